"""The words of processing dates in eight languages: labels, month names, and how a date is written.

Labels are those that journals of each language print. Every line written with them can be read back by
`formats.history_lines`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.dates import MONTHS, PartialDate

KINDS = (
    "received", "revision_requested", "resubmitted", "accepted", "published", "published_in_issue", "correction",
    "expression_of_concern", "retraction", "removal",
)  # fmt: skip


@dataclass(frozen=True)
class Language:
    """One language: `day`, `month` and `year` are patterns of a date known that far; `d` is the day, `M` the month."""

    heading: str
    labels: Mapping[str, str]
    months: tuple[str, ...]
    day: str = "{d} {M} {y}"
    month: str = "{M} {y}"
    year: str = "{y}"
    first: str = "1"
    colon: str = ": "
    separator: str = "; "

    def date(self, on: PartialDate) -> str:
        """The date as the language writes it, as far as it is known."""
        first = on.first
        pattern = {"day": self.day, "month": self.month, "year": self.year}[on.precision]
        day = self.first if first.day == 1 else str(first.day)
        return pattern.format(d=day, M=self.months[first.month - 1], m=first.month, y=first.year)


def _labels(*words: str) -> Mapping[str, str]:
    return dict(zip(KINDS, words, strict=True))


LANGUAGES: dict[str, Language] = {
    "en": Language(
        "Processing dates",
        _labels("Received", "Revision requested", "Re-submitted", "Accepted", "Published online", "Published in issue",
                "Correction", "Expression of concern", "Retracted", "Removed"),
        MONTHS,
    ),
    "de": Language(
        "Bearbeitungsdaten",
        _labels("Eingegangen", "Überarbeitung angefordert", "Überarbeitet", "Angenommen", "Online veröffentlicht",
                "Im Heft erschienen", "Korrigiert", "Bedenken geäußert", "Zurückgezogen", "Entfernt"),
        ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
         "Dezember"),
        day="{d}. {M} {y}",
    ),
    "fr": Language(
        "Dates de traitement",
        _labels("Reçu le", "Révision demandée le", "Révisé le", "Accepté le", "Publié en ligne le",
                "Paru dans le numéro", "Corrigé le", "Réserves émises le", "Rétracté le", "Retiré le"),
        ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
         "décembre"),
        first="1er", colon=" : ",
    ),
    "es": Language(
        "Fechas de tramitación",
        _labels("Recibido", "Revisión solicitada", "Revisado", "Aceptado", "Publicado en línea",
                "Publicado en el número", "Corregido", "Expresión de preocupación", "Retractado", "Eliminado"),
        ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
         "noviembre", "diciembre"),
        day="{d} de {M} de {y}", month="{M} de {y}",
    ),
    "pt": Language(
        "Datas de tramitação",
        _labels("Recebido", "Revisão solicitada", "Revisado", "Aceito", "Publicado online", "Publicado na edição",
                "Corrigido", "Expressão de preocupação", "Retratado", "Removido"),
        ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro",
         "novembro", "dezembro"),
        day="{d} de {M} de {y}", month="{M} de {y}",
    ),
    "it": Language(
        "Date di lavorazione",
        _labels("Ricevuto", "Revisione richiesta", "Revisionato", "Accettato", "Pubblicato online",
                "Pubblicato nel fascicolo", "Corretto", "Espressione di preoccupazione", "Ritrattato", "Rimosso"),
        ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre",
         "novembre", "dicembre"),
    ),
    "nl": Language(
        "Verwerkingsdata",
        _labels("Ontvangen", "Revisie gevraagd", "Herzien", "Geaccepteerd", "Online gepubliceerd",
                "In druk verschenen", "Gecorrigeerd", "Bezwaar geuit", "Ingetrokken", "Verwijderd"),
        ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
         "november", "december"),
    ),
    "zh": Language(
        "处理日期",
        _labels("收稿日期", "退修日期", "修回日期", "录用日期", "网络出版日期", "刊出日期", "更正日期", "关注声明日期",
                "撤稿日期", "移除日期"),
        tuple(f"{number}月" for number in range(1, 13)),
        day="{y}年{m}月{d}日", month="{y}年{m}月", year="{y}年", colon="：", separator="；",
    ),
}  # fmt: skip


def language_of(tag: str) -> str:
    """The language whose words there are for a tag such as `pt-BR`; English where there are none."""
    base = tag.partition("-")[0].lower()
    return base if base in LANGUAGES else "en"
