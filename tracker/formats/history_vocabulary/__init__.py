"""What journals print before (or after) the dates of an article's history, language by language.

Phrases are written as printed, parted by commas; case, accents and punctuation between their words do not matter,
and a phrase that begins with another (“accepted in revised form”, “accepted”) wins over it. Collected from the
pages of publishers: Elsevier, Springer, Wiley, MDPI, PLOS, IEEE, ACM, IOP, SciELO, Thieme, CNKI and others.
"""

from __future__ import annotations

from tracker.formats.history_vocabulary import (
    chinese,
    dutch,
    english,
    french,
    german,
    italian,
    portuguese,
    spanish,
)
from tracker.formats.history_vocabulary.meanings import Kind, Meaning

__all__ = ["DAY_FIRST_MARKS", "NEUTRAL", "VOCABULARY", "Kind", "Meaning"]

VOCABULARY: dict[str, dict[Meaning, str]] = {
    "en": english.LABELS,
    "de": german.LABELS,
    "fr": french.LABELS,
    "es": spanish.LABELS,
    "pt": portuguese.LABELS,
    "it": italian.LABELS,
    "nl": dutch.LABELS,
    "zh": chinese.LABELS,
}
"""Language, meaning, and the phrases for it, parted by commas."""

NEUTRAL = """
    for publication, for review, for consideration, zur publikation, zur veröffentlichung, pour publication,
    para publicación, para su publicación, para publicação, per la pubblicazione, voor publicatie,
    para evaluación, para su evaluación, para su revisión, para avaliação, para apreciação, zur begutachtung,
    pour évaluation, pour expertise, per la valutazione, ter beoordeling
"""
"""Phrases that hold a word of the vocabulary and say nothing."""

DAY_FIRST_MARKS = {"de": "-/.", "fr": "-/.", "it": "-/.", "nl": "-/.", "pt": "-/.", "es": "."}
"""The marks of numeric dates that are day first in every country of the language.

From the date formats of CLDR (unicode.org/cldr): English has both orders, and so has Spanish (Puerto Rico, Panama)
with dashes and slashes.
"""
