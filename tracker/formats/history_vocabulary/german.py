"""The labels of German journals."""

from __future__ import annotations

from tracker.formats.history_vocabulary.meanings import Meaning

LABELS: dict[Meaning, str] = {
    "received": """
        eingegangen, eingereicht, eingang, eingangsdatum, manuskripteingang, eingang des manuskripts,
        eingelangt, erhalten, ersteinreichung, einreichung, eingesandt, redaktionseingang, eingang bei der
        redaktion, eingang der erstfassung, erstfassung eingegangen, vorgelegt, eingegangen bei der redaktion,
        einreichungsdatum, datum der einreichung, tag des eingangs, zugegangen
    """,
    "revision_requested": """
        zur überarbeitung zurückgesandt, überarbeitung angefordert, revision angefordert, revision erbeten,
        überarbeitung erbeten, zur revision zurückgesandt, zur überarbeitung zurückgegeben, zur revision
    """,
    "resubmitted": """
        überarbeitet, überarbeitete fassung, überarbeitete version, in überarbeiteter form, revidiert,
        überarbeitete fassung eingegangen, überarbeitete version eingegangen, in revidierter form,
        überarbeitung, revidierte fassung, revidierte fassung eingegangen, revidierte version,
        wiedereingereicht, erneut eingereicht, in überarbeiteter fassung, eingegangen in überarbeiteter form,
        revision eingegangen, eingegangen in revidierter form, in revidierter fassung, endfassung eingegangen,
        neu eingereicht, ueberarbeitet, ueberarbeitete fassung, eingang der überarbeiteten fassung, eingang der
        revidierten fassung, eingang der überarbeiteten version, eingang der revision, eingang der endfassung,
        eingang überarbeitete fassung, eingang revidierte fassung, wiedereinreichung, neueinreichung, erneute
        einreichung, überarbeitung eingegangen, überarbeitetes manuskript eingegangen, überarbeitetes
        manuskript, revidiertes manuskript eingegangen, revidiertes manuskript, endfassung, schlussfassung,
        endgültige fassung, endgültige fassung eingegangen, erneut eingegangen, wieder eingereicht, nach
        überarbeitung eingereicht, überarbeitet eingereicht, überarbeitet eingegangen, geändert, revision
        eingereicht, in revidierter version, in überarbeiteter version, korrigierte fassung eingegangen, letzte
        überarbeitung, überarbeitete, revidierte, geänderte fassung
    """,
    "accepted": """
        angenommen, akzeptiert, annahme, angenommen zur publikation, zur publikation angenommen, zur
        veröffentlichung angenommen, angenommen nach revision, angenommen nach überarbeitung, annahmedatum, zum
        druck angenommen, nach revision angenommen, nach überarbeitung angenommen, manuskriptannahme,
        freigegeben, genehmigt, annahme nach revision, annahme nach überarbeitung, annahme zur publikation,
        annahme zur veröffentlichung, datum der annahme, annahme des manuskripts, endgültig angenommen,
        endgültige annahme, überarbeitete fassung angenommen, revidierte fassung angenommen, überarbeitete
        fassung akzeptiert, akzeptiert nach revision, in überarbeiteter form angenommen, in revidierter form
        angenommen, akzeptanz, akzeptierung, zum abdruck angenommen, zur publikation freigegeben, druckfreigabe
    """,
    "appeared": """
        veröffentlicht, publiziert, veröffentlichung, erschienen, veröffentlichungsdatum, veroeffentlicht,
        publikationsdatum, publikation, erscheinungsdatum, erscheinungstag, erscheint
    """,
    "published": """
        online veröffentlicht, online publiziert, online erschienen, online veröffentlichung, online verfügbar,
        onlineveröffentlichung, online publikation, online veroeffentlicht,
        erstveröffentlichung, online seit, online verfügbar seit, verfügbar
        seit, verfügbar ab, online ab, online publiziert seit, online gestellt, vorab online publiziert, vorab
        online veröffentlicht, elektronisch veröffentlicht, erstmals online, erstmals online veröffentlicht,
        elektronische veröffentlichung, publikation online, veröffentlichung online, publiziert online, online
        first publiziert, freigeschaltet
    """,
    "published_in_issue": """
        im heft erschienen, gedruckt erschienen, heft erschienen, gedruckt veröffentlicht, im
        druck erschienen, in der druckausgabe erschienen, heft veröffentlicht, druckausgabe
    """,
    "corrected": "korrigiert, berichtigt, korrektur, berichtigung, korrektur veröffentlicht",
    "retracted": "zurückgezogen, retrahiert, retraktion",
    "limit": """
        einsendeschluss, bis, bis zum, vor dem, einreichungsfrist, frist, fristende, redaktionsschluss,
        abgabetermin, einreichungsschluss, spätestens, stichtag, anmeldeschluss
    """,
    "other": """
        begutachtet, in druck, gutachten eingegangen, aktualisiert, wird veröffentlicht, gutachten erhalten,
        abgelehnt, vorgetragen, abgerufen, zugriff, letzter zugriff, vorläufig angenommen, vorläufig akzeptiert,
        unter vorbehalt angenommen, bedingt angenommen, begutachtung, gutachten
    """,
}
