"""The labels of Italian journals."""

from __future__ import annotations

from tracker.formats.history_vocabulary.meanings import Meaning

LABELS: dict[Meaning, str] = {
    "received": """
        ricevuto, ricevuta, pervenuto, inviato, sottomesso, ricevimento, presentato, sottoposto, data di
        ricezione, data di ricevimento, ricezione, data di sottomissione, data invio, data di invio, invio, data
        ricezione, data ricevimento, data sottomissione, data di presentazione, sottomissione, proposto,
        proposta, pervenuta, pervenuto in redazione, ricevuto in redazione, ricevuta in redazione, ricevuto in
        prima versione, prima versione, prima versione ricevuta, data di arrivo, arrivo, giunto in redazione,
        giunto, consegnato, consegna, data di consegna, inviata, sottoposta, presentata, arrivato, spedito
    """,
    "revision_requested": """
        revisione richiesta, revisioni richieste, richiesta di revisione, restituito per revisione, rinviato per
        revisione, rinviato agli autori, restituito agli autori, restituito all'autore, modifiche richieste,
        correzioni richieste, richiesta di modifiche, richieste modifiche, richiesta revisione
    """,
    "resubmitted": """
        rivisto, riveduto, revisionato, revisione, versione rivista, ricevuto in forma rivista, versione
        riveduta, ripresentato, risottomesso, ricevuto in forma definitiva, versione finale, in forma
        definitiva, in forma rivista, versione definitiva, versione revisionata, modificato, data di revisione,
        revisione ricevuta, ricevuto nella forma definitiva, ricevuto nella forma finale, ricevuto nella
        versione definitiva, ricevuto nella versione finale, ricevuto in versione definitiva, ricevuto in
        versione finale, ricevuto in forma finale, ricevuto in forma riveduta, ricevuto in versione rivista,
        ricevuto in versione riveduta, ricevuto dopo revisione, ricevuto dopo la revisione, nella forma
        definitiva, nella versione definitiva, nella versione finale, in versione definitiva, in forma finale,
        versione finale ricevuta, versione definitiva ricevuta, versione rivista ricevuta, versione corretta,
        versione corretta ricevuta, versione modificata, data revisione, ultima revisione, revisione finale,
        revisioni ricevute, rivista, riveduta, revisionata, nuova sottomissione, risottomissione, rinviato, data
        di risottomissione, seconda versione, modificata, pervenuto in versione definitiva, pervenuto in forma
        definitiva, pervenuto in versione rivista, rielaborato
    """,
    "accepted": """
        accettato, accettata, accolto, approvato, accettazione, accettato per la pubblicazione, accettato per
        pubblicazione, data di accettazione, approvazione, accettato dopo revisione, data accettazione, data di
        approvazione, data approvazione, accettato in via definitiva, accettato definitivamente, accettazione
        definitiva, accettazione finale, accettato con revisioni, accettato con modifiche, accettato dopo la
        revisione, accettato in forma definitiva, accettato in versione definitiva, accettato in forma rivista,
        accettato in versione rivista, versione definitiva accettata, versione finale accettata, versione
        rivista accettata, accettati, approvata, approvato per la pubblicazione, accettata per la pubblicazione,
        accolta, accettato alla pubblicazione, licenziato per la stampa
    """,
    "appeared": """
        pubblicato, pubblicata, pubblicazione, data di pubblicazione, data pubblicazione, uscito, data di uscita
    """,
    "published": """
        pubblicato online, disponibile online, pubblicazione online, pubblicato on line, in linea, prima
        pubblicazione, data di pubblicazione online, pubblicato in rete, pubblicato in linea, pubblicato
        elettronicamente, pubblicazione elettronica, pubblicato online first, disponibile in linea, disponibile
        in rete, disponibile online dal, disponibile dal, online dal, messo in linea, messo online, uscito
        online, prima pubblicazione online, pubblicata online, in rete dal, apparso online, edito online
    """,
    "published_in_issue": "pubblicato nel fascicolo, versione a stampa, pubblicato a stampa",
    "corrected": "corretto, correzione, errata corrige",
    "retracted": "ritirato, ritrattato, ritrattazione",
    "limit": "scadenza, termine, termine ultimo, data ultima, entro, entro il, fino al, fino a",
    "other": """
        valutato, aggiornato, in corso di stampa, referato, rifiutato, respinto, ultimo accesso, ultimo
        aggiornamento, consultato, presentato al, presentato a, inviato ai revisori, inviato in revisione,
        inizio revisione, sarà pubblicato, valutazione, accettato con riserva, accettato provvisoriamente,
        accettazione condizionata, accettato con condizioni
    """,
}
