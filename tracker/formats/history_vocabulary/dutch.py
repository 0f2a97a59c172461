"""The labels of Dutch journals."""

from __future__ import annotations

from tracker.formats.history_vocabulary.meanings import Meaning

LABELS: dict[Meaning, str] = {
    "received": """
        ontvangen, ingediend, ingezonden, ontvangst, ontvangstdatum, datum van ontvangst, datum ontvangst,
        binnengekomen, binnengekomen op, datum van indiening, indiening, datum indiening, datum ingediend,
        inzending, datum inzending, ontvangen door de redactie, eerste versie ontvangen, eerste versie, bijdrage
        ontvangen, ingestuurd, toegezonden, aangeboden, kopij ontvangen, eerste indiening, oorspronkelijke
        versie ontvangen, datum van ontvangst manuscript, ingekomen
    """,
    "revision_requested": """
        revisie gevraagd, herziening gevraagd, teruggestuurd voor revisie, terug naar auteur, terug naar
        auteurs, teruggestuurd naar auteur, teruggestuurd naar auteurs, teruggestuurd naar de auteur,
        teruggestuurd naar de auteurs, verzoek om revisie, verzoek tot revisie, verzoek tot herziening, revisies
        gevraagd, aanpassingen gevraagd, wijzigingen gevraagd, revisieverzoek
    """,
    "resubmitted": """
        herzien, herziene versie, herziene versie ontvangen, ontvangen in herziene vorm, gereviseerd, in
        herziene vorm, revisie, revisie ontvangen, opnieuw ingediend, herziening, gewijzigd, ontvangen in
        gereviseerde vorm, gereviseerde versie ontvangen, definitieve versie, definitieve versie ontvangen,
        eindversie, eindversie ontvangen, finale versie, finale versie ontvangen, gewijzigde versie, gewijzigde
        versie ontvangen, aangepaste versie, aangepaste versie ontvangen, aangepast, gecorrigeerde versie,
        gecorrigeerde versie ontvangen, bewerkt, gereviseerde versie, in gereviseerde vorm, ontvangen in
        definitieve vorm, ontvangen in gewijzigde vorm, ontvangen na revisie, ontvangen na herziening,
        herziening ontvangen, herindiening, hernieuwde indiening, opnieuw ontvangen, heringediend, laatste
        revisie, laatste herziening, herzien manuscript, herzien manuscript ontvangen, herzien ontvangen,
        revisiedatum, datum van herziening, datum herziening, datum revisie, tweede versie, tweede versie
        ontvangen
    """,
    "accepted": """
        geaccepteerd, aanvaard, aangenomen, geaccepteerd voor publicatie, acceptatie, goedgekeurd, aanvaard voor
        publicatie, acceptatiedatum, aanvaarding, datum acceptatie, datum van acceptatie, datum aanvaarding,
        datum van aanvaarding, datum geaccepteerd, aanvaard na revisie, aanvaard na herziening, geaccepteerd na
        revisie, geaccepteerd na herziening, aangenomen voor publicatie, goedgekeurd voor publicatie, definitief
        aanvaard, definitief geaccepteerd, definitieve acceptatie, herziene versie geaccepteerd, herziene versie
        aanvaard, definitieve versie geaccepteerd, goedkeuring, aanneming, voor publicatie aanvaard, voor
        publicatie geaccepteerd, ter publicatie aanvaard
    """,
    "appeared": """
        gepubliceerd, verschenen, publicatie, publicatiedatum, datum publicatie, datum van publicatie, datum
        gepubliceerd, verschijningsdatum
    """,
    "published": """
        online gepubliceerd, online verschenen, online beschikbaar, beschikbaar online, eerst online
        gepubliceerd, datum online publicatie, datum van online publicatie, online publicatie, online
        publicatiedatum, elektronisch gepubliceerd, elektronische publicatie, online sinds, online beschikbaar
        sinds, beschikbaar sinds, online geplaatst, op internet geplaatst, eerste online publicatie, verschenen
        online, gepubliceerd online, publicatie online, online vanaf, uitgegeven, geplaatst
    """,
    "published_in_issue": """
        in druk verschenen, gepubliceerd in nummer, in druk gepubliceerd, gedrukt verschenen, in print
        verschenen, verschenen in nummer, verschenen in druk, gedrukte publicatie
    """,
    "corrected": "gecorrigeerd, correctie, gerectificeerd, rectificatie",
    "retracted": "ingetrokken, teruggetrokken",
    "limit": """
        uiterste, uiterste datum, sluitingsdatum, uiterlijk, tot, tot en met, vóór, inzendtermijn, uiterste
        inzenddatum
    """,
    "other": """
        beoordeeld, bijgewerkt, geraadpleegd, laatst bijgewerkt, afgewezen, in druk, wordt gepubliceerd,
        beoordeling, gepresenteerd, voorlopig geaccepteerd, voorlopig aanvaard, voorwaardelijk geaccepteerd,
        voorwaardelijk aanvaard
    """,
}
