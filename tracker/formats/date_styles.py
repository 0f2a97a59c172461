"""How a journal prints its processing dates: labels, order, re-submissions, separators, date format, language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from tracker.domain.dates import MONTHS, PartialDate
from tracker.domain.errors import BadInput
from tracker.formats.date_words import KINDS, LANGUAGES, Language, language_of

Resubmissions = Literal["all", "last", "first_and_last", "none"]
DateFormat = Literal["long", "iso", "short", "month_first"]

USUAL = (
    "received", "resubmitted", "accepted", "published", "correction", "expression_of_concern", "retraction", "removal"
)  # fmt: skip


@dataclass(frozen=True)
class DateStyle:
    """One way of printing the line. Empty separators are those of the language; `labels` replace its labels.

    `continued` is the label of a re-submission after the first, where it differs. `date_format` is `long` (in the
    words of the language), `short` (3 May 2020 with the month cut to three letters), `month_first`
    (May 3, 2020), both English, or `iso` (2020-05-03).
    """

    language: str = "en"
    order: tuple[str, ...] = USUAL
    resubmissions: Resubmissions = "all"
    labels: Mapping[str, str] = field(default_factory=dict)
    label_separator: str = ""
    separator: str = ""
    ending: str = ""
    date_format: DateFormat = "long"

    @property
    def words(self) -> Language:
        return LANGUAGES[self.language]

    def label(self, kind: str) -> str:
        """What the journal prints before a date of this kind."""
        return self.labels.get(kind) or self.words.labels[kind]

    @property
    def between(self) -> str:
        """What stands between two dates."""
        return self.separator or self.words.separator

    @property
    def after_label(self) -> str:
        """What stands between a label and its date."""
        return self.label_separator or ("：" if self.language == "zh" else " ")

    def date(self, on: PartialDate) -> str:
        """The date as this style writes it, as far as it is known."""
        if self.date_format == "iso":
            return on.iso
        if self.date_format == "long" or on.precision == "year":
            return self.words.date(on)
        month = MONTHS[on.first.month - 1]
        if self.date_format == "short":
            month = month[:3]
        if on.precision == "month":
            return f"{month} {on.first.year}"
        day_first = self.date_format == "short"
        return f"{on.first.day} {month} {on.first.year}" if day_first else f"{month} {on.first.day}, {on.first.year}"


PRESETS: dict[str, Mapping[str, Any]] = {
    "seed": {},
    "elsevier": {
        "labels": {"received": "Received", "resubmitted": "received in revised form", "accepted": "accepted",
                   "published": "available online"},
        "ending": ".",
    },
    "springer": {"label_separator": ": ", "separator": " / ", "labels": {"resubmitted": "Revised"}},
    "mdpi": {"label_separator": ": ", "separator": " / ", "labels": {"resubmitted": "Revised",
                                                                      "published": "Published"}},
    "plos": {"label_separator": ": ", "date_format": "month_first", "labels": {"published": "Published"},
             "resubmissions": "none"},
    "iso": {"date_format": "iso"},
}  # fmt: skip
SEED = DateStyle()


def style_of(settings: Mapping[str, Any], *, language: str = "en", preset: str = "") -> DateStyle:
    """The style that a journal's settings describe, or the preset asked for instead, in the journal's language.

    The settings are the fields of DateStyle, with `preset` as what they are laid over. A preset with English labels
    is English. Raises BadInput, naming the field, for a name or value that there is not.
    """
    chosen = dict(settings) if not preset else {"preset": preset, "language": settings.get("language", "")}
    name = str(chosen.pop("preset", "") or "seed")
    if name not in PRESETS:
        raise BadInput(f"There is no style “{name}” for processing dates; there is {', '.join(PRESETS)}.")
    base = dict(PRESETS[name])
    own_language = chosen.pop("language", "") or (language_of(language) if "labels" not in base else "en")
    unknown = set(chosen) - {item.name for item in fields(DateStyle)}
    if unknown:
        raise BadInput(f"The style of processing dates has no “{min(unknown)}”.")
    labels = {**base.pop("labels", {}), **_checked_labels(chosen.pop("labels", {}))}
    return _checked({**base, **chosen, "language": own_language, "labels": labels})


def _checked(values: dict[str, Any]) -> DateStyle:
    _one_of(values["language"], tuple(LANGUAGES), "language")
    _one_of(values.get("resubmissions", "all"), get_args(Resubmissions), "choice of re-submissions")
    _one_of(values.get("date_format", "long"), get_args(DateFormat), "date format")
    order = values.get("order", USUAL)
    if isinstance(order, str) or not isinstance(order, Sequence):
        raise BadInput("The order of the processing dates is a list, such as [“received”, “accepted”, “published”].")
    for kind in order:
        _one_of(kind, KINDS, "date")
    for name in ("label_separator", "separator", "ending"):
        if not isinstance(values.get(name, ""), str) or len(values.get(name, "")) > 20:
            raise BadInput(f"The {name.replace('_', ' ')} of the processing dates is a text of 20 characters at most.")
    return DateStyle(**{**values, "order": tuple(dict.fromkeys(order))})


def _checked_labels(labels: Any) -> dict[str, str]:
    if not isinstance(labels, Mapping):
        raise BadInput("The labels of the processing dates are pairs, such as “accepted”: “Approved”.")
    for kind, label in labels.items():
        _one_of(kind, KINDS, "date")
        if not isinstance(label, str) or len(label) > 60:
            raise BadInput(f"The label of “{kind}” is a text of 60 characters at most.")
    return dict(labels)


def _one_of(word: Any, words: Sequence[str], what: str) -> None:
    if word not in words:
        raise BadInput(f"There is no {what} “{word}” for processing dates; there is {', '.join(words)}.")
