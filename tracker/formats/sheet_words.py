"""What the columns of a sheet can become, and the names that people give to them, in several languages."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.formats.article_record import FactKind
from tracker.formats.folding import fold
from tracker.formats.history_lines import parse_history
from tracker.formats.sheet_dates import ORDERS, Order

# field → what the mapping page calls it; the order is that of its lists.
FIELDS: dict[str, str] = {
    "reference": "Reference", "title": "Title", "authors": "Authors", "given": "First author’s given name",
    "family": "First author’s family name", "email": "Corresponding author’s e-mail", "orcid": "First author’s ORCID",
    "affiliation": "First author’s affiliation", "received": "Received", "sent_to_review": "Sent to review",
    "revision_requested": "Revision requested", "resubmitted": "Re-submitted", "accepted": "Accepted",
    "rejected": "Rejected", "withdrawn": "Withdrawn", "published": "Published online",
    "published_in_issue": "Published in an issue", "decision": "Decision (a word)", "decided_on": "Decision date",
    "history": "History line with several dates", "event": "What happened (one row an event)",
    "event_on": "When it happened (one row an event)", "doi": "DOI", "volume": "Volume", "issue": "Issue",
    "article_number": "Article number", "pages": "Pages", "section": "Section", "article_type": "Article type",
    "keywords": "Keywords", "abstract": "Abstract", "citation": "Citation", "journal": "Journal",
    "note": "Keep as a note", "ignore": "Leave out",
}  # fmt: skip
DATE_FIELDS: tuple[FactKind, ...] = (
    "received", "sent_to_review", "revision_requested", "resubmitted", "accepted", "rejected", "withdrawn", "published",
    "published_in_issue",
)  # fmt: skip
WITH_DATES = frozenset((*DATE_FIELDS, "decided_on", "event_on"))
MAY_REPEAT = frozenset({"resubmitted", "revision_requested", "sent_to_review", "authors", "note", "ignore", "keywords"})

_NAMES: dict[str, str] = {
    "reference": """reference|ref|ref no|ref nr|id|manuscript|manuscript id|manuscript no|manuscript nr|manuscript
        number|manuscript reference|ms|ms id|ms no|ms nr|ms number|msid|ms ref|submission|submission id|submission no|
        submission number|paper id|paper no|paper number|article id|number|no|nr|tracking number|code|
        manuskript|manuskriptnummer|manuskript nr|nummer|referenz|kennung|einreichung|numero|numero du manuscrit|
        n|no de manuscrit|referencia|codigo|numero de manuscrito|codice|riferimento|referentie|manuscriptnummer|
        编号|稿号|稿件编号|稿件号""",
    "title": """title|article title|paper title|manuscript title|name of article|name of paper|titel|beitragstitel|
        titel des beitrags|titel des manuskripts|titre|titre de l'article|titulo|titulo del articulo|titulo do artigo|
        titolo|titolo dell'articolo|题目|题名|标题|篇名|文章标题""",
    "authors": """authors|author|author s|author names|author name|all authors|author list|contributors|autor|
        autoren|autorin|autor in|autor innen|autorinnen|verfasser|verfasserin|auteur|auteurs|autores|autor es|autore|
        autori|auteur s|作者|全部作者""",
    "given": """first name|given name|given names|author first name|forename|vorname|prenom|nombre|nome|voornaam|名""",
    "family": """last name|family name|surname|author last name|author surname|first author|lead author|nachname|
        familienname|nom|nom de famille|apellido|apellidos|primer autor|sobrenome|cognome|achternaam|第一作者|姓""",
    "email": """email|e mail|mail|e mail address|email address|contact|contact email|author email|author s email|
        corresponding email|corresponding author email|corresponding author's email|corresponding author e mail|
        email of corresponding author|kontakt|courriel|correo|correo electronico|
        correio eletronico|posta elettronica|邮箱|电子邮件""",
    "orcid": "orcid|orcid id|orcid id s|author orcid",
    "affiliation": """affiliation|affiliations|institution|university|universitat|einrichtung|etablissement|afiliacion|
        institucion|instituicao|affiliazione|instelling|单位""",
    "sent_to_review": """sent to review|sent to reviewers|sent to reviewer|sent for review|sent out|sent out for review|
        review started|under review since|out for review|to reviewers|in review since|review start|
        in begutachtung seit|an gutachter|envoye aux evaluateurs|enviado a revision|enviado a revisores|
        送审|送审日期""",
    "revision_requested": """revision requested|revisions requested|revision request|revise decision|
        first decision revise|returned for revision|returned to author|sent back to author|revision due from|
        uberarbeitung angefordert|uberarbeitung erbeten|revision demandee|revision solicitada|退修|退修日期""",
    "rejected": """rejected|rejected on|date rejected|rejection|rejection date|date of rejection|declined|abgelehnt|
        ablehnung|abgelehnt am|refuse|refuse le|rejete|rechazado|fecha de rechazo|rejeitado|rifiutato|
        afgewezen|退稿|退稿日期""",
    "withdrawn": """withdrawn|withdrawn on|date withdrawn|withdrawal|withdrawal date|zuruckgezogen|zuruckgezogen am|
        retire|retirado|ritirato|teruggetrokken|撤稿""",
    "decision": """decision|decision type|latest decision|last decision|editor decision|
        editorial decision|final decision|outcome|verdict|result|recommendation|
        entscheidung|ergebnis|urteil|dictamen|decisao|decisione|beslissing|resultado|审稿结果""",
    "decided_on": """decision date|date of decision|latest decision date|last decision date|
        decided|decided on|decision on|date decision|final decision date|
        first decision date|first decision|1st decision|date of final decision|outcome date|entscheidungsdatum|
        datum der entscheidung|entscheidung am|date de decision|date de la decision|fecha de decision|
        data da decisao""",
    "published": "pub date|publ date|epub|online|online first|online since|early view|published|date pub",
    "published_in_issue": "issue date|date of issue|print date|published in print|print publication date|heft vom",
    "history": """history|article history|processing dates|dates|manuscript history|publication history|verlauf|
        historie|historique|historial|historico|cronologia""",
    "event": """event|action|step|activity|milestone|what|stage|status change|ereignis|aktion|schritt|vorgang|
        evenement|etape|evento|accion|etapa|acao|azione|gebeurtenis|事件""",
    "doi": "doi|doi link|doi url|article doi",
    "volume": "volume|vol|band|jahrgang|tome|volumen|tomo|jaargang|卷",
    "issue": "issue|issue no|issue number|heft|fascicule|numero de fascicule|fasciculo|fascicolo|aflevering|期",
    "article_number": "article number|article no|artikelnummer|elocation id|eid|e number|numero d'article",
    "pages": "pages|page|pp|page range|page numbers|seiten|seite|paginas|pagine|pagina s|页码",
    "section": "section|rubric|department|track|rubrik|rubrique|seccion|secao|sezione|rubriek|栏目",
    "article_type": """article type|type|paper type|manuscript type|type of article|category|beitragsart|artikeltyp|
        type d'article|tipo|tipo de articulo|tipo de artigo|文章类型""",
    "keywords": """keywords|keyword|key words|schlagworter|schlusselworter|stichworte|mots cles|palabras clave|
        palavras chave|parole chiave|trefwoorden|关键词""",
    "abstract": "abstract|summary|zusammenfassung|resume|resumen|resumo|riassunto|samenvatting|摘要",
    "citation": "citation|cite as|zitation|zitiervorschlag|citacion|citazione",
    "ignore": "row in the file|refused because",
    "journal": "journal|journal title|journal name|zeitschrift|revue|revista|rivista|tijdschrift|期刊",
    "note": """year|publication year|issue year|remarks|remark|comments|comment|notes|note|bemerkung|bemerkungen|
        anmerkung|editor|handling editor|associate editor|reviewers|reviewer|status|state|current status|days|
        turnaround|country|publisher|due date|due|deadline|reviewer 1|reviewer 2|reviewer 3""",
}
_EVENT_DATE = frozenset({"date", "event date", "date of event", "on", "when", "datum", "fecha", "data", "day", "日期"})
_LETTERS = str.maketrans("tja", "dyy")  # TT.MM.JJJJ, jj/mm/aaaa
_KINDS: dict[str, FactKind] = {
    "received": "received", "resubmitted": "resubmitted", "accepted": "accepted", "published": "published",
    "revision_requested": "revision_requested", "published_in_issue": "published_in_issue",
}  # fmt: skip
_NOT_A_DATE = re.compile(r"\b(by|version|editor|days?|weeks?|reviewers?|status|y/n|in days|who)\b")
_ROUND = re.compile(r"^(?:r|rev|revision|round|version|v)\.? ?\d$")
_FORMAT = re.compile(r"[(\[]?\b([dmytja]{1,4})[-/. ]([dmytja]{1,4})[-/. ]([dmytja]{1,4})\b[)\]]?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_LETTERS = re.compile(r"[\W_]+")


def plain_name(header: str) -> str:
    """A column's name for comparing: `Date_Received:` and `dateReceived` are both `date received`."""
    return " ".join(_NOT_LETTERS.sub(" ", fold(_CAMEL.sub(" ", header))).split())


_FIELD_OF = {
    plain_name(name): field for field, names in _NAMES.items() for name in " ".join(names.split()).split("|") if name
}


@lru_cache(maxsize=4096)
def field_named(header: str) -> str | None:
    """The field that a column's name says, in any of the languages; None where it says nothing known."""
    header = _FORMAT.sub("", header)
    return _field_called(header) or _field_called(_IN_BRACKETS.sub(" ", header))


def _field_called(header: str) -> str | None:
    name = plain_name(header)
    for suffix in ("", " 1", " optional"):
        if name.endswith(suffix) and (field := _FIELD_OF.get(name.removesuffix(suffix))):
            return field
    if _ROUND.match(name):
        return "resubmitted"
    return _milestone_named(header, name)


def is_plain_date(header: str) -> bool:
    """Whether the column is just called “Date”."""
    return plain_name(header) in _EVENT_DATE


def order_named(header: str) -> Order | None:
    """The order of day and month that the name itself says: `Received (dd/mm/yyyy)`."""
    match = _FORMAT.search(header)
    letters = "".join(part[0] for part in match.groups()).lower().translate(_LETTERS) if match else ""
    return next((order for order in ORDERS if order == letters), None)


def _milestone_named(header: str, name: str) -> FactKind | None:
    """The milestone in the words of printed histories: `Eingegangen am`, `Fecha de aceptación`."""
    if _NOT_A_DATE.search(name) or len(header) > 80:
        return None
    spaced = _CAMEL.sub(" ", header).replace("_", " ").rstrip(" :")
    events = parse_history(f"{spaced}: 13 May 2019").events or parse_history(f"{name}: 13 May 2019").events
    return _KINDS.get(events[0].kind) if len(events) == 1 else None


# A decision or an event as a sheet words it → (kind of fact, its detail). The first pattern found counts.
_WORDINGS: tuple[tuple[str, FactKind, str], ...] = (
    (r"(desk|editor(ial)?|direct|initial|without review)[ -]*(reject|declin)|(reject|declin)\w* .*desk",
     "rejected", "desk"),
    (r"reject\w* (and|&|with) .*(re-? ?submi|invit)|resubmission invited|neueinreichung",
     "rejected", "resubmit_invited"),
    (r"\bminor\b|kleiner?e? (revision|uberarb)|mineure|menor|piccola|小修", "revision_requested", "minor"),
    (r"\bmajor\b|gro(ss|ß)ere? (revision|uberarb)|majeure|mayor|大修", "revision_requested", "major"),
    (r"condition|vorbehalt|sous reserve", "revision_requested", "conditional"),
    (r"reject|declin|refus|rejet|rechaz|rejeit|rifiut|abgelehnt|ablehn|afgewezen|拒|退稿", "rejected", "after_review"),
    (r"withdr|zuruckgezogen|retir|ritirat|撤", "withdrawn", "by_author"),
    (r"(sent|send|out|to) (to|for|out|in) .*review|review started|to reviewers|under review|an gutachter|送审",
     "sent_to_review", ""),
    (r"revis\w*,? (request|ask|invit|needed|required|due)|(request|ask)\w* .*revis|returned (to|for)|\brevise\b|"
     r"uberarbeitung|退修|修改", "revision_requested", ""),
    (r"re-? ?submi|revis\w* (received|version|submi)|^revised|^revision( received)?$|^r\d$", "resubmitted", ""),
    (r"accept|angenomm|acept|accett|aceit|geaccept|录用|接受", "accepted", ""),
    (r"publi|veroffentl|online|pubblic|出版|发表", "published", ""),
    (r"receiv|submi|eingegangen|eingereicht|recu|recib|receb|ricevut|ontvangen|收稿|投稿", "received", ""),
)  # fmt: skip
_WORDING_PATTERNS = tuple((re.compile(pattern), kind, detail) for pattern, kind, detail in _WORDINGS)


@lru_cache(maxsize=4096)
def worded(text: str) -> tuple[FactKind, str] | None:
    """The kind of fact, and its detail, that an event's or a decision's words mean; None if they mean none."""
    words = " ".join(fold(text[:120]).replace("_", " ").split())
    return next(((kind, detail) for pattern, kind, detail in _WORDING_PATTERNS if pattern.search(words)), None)
