"""What stands around the words of a letter, by language: greeting, dates, what is wanted, how to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.dates import day_in_words


@dataclass(frozen=True)
class Language:
    """One language. `day` is a format of `{day}`, `{month}` and `{year}`; `weekday_day` of `{weekday}` and `{on}`."""

    code: str
    name: str
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    day: str
    weekday_day: str
    wanted: Mapping[str, str]
    frame: Mapping[str, str]

    def day_in_words(self, on: date) -> str:
        """`4 May 2026`, `4. Mai 2026`."""
        if not self.months:
            return day_in_words(on)
        return self.day.format(day=on.day, month=self.months[on.month - 1], year=on.year)

    def weekday_in_words(self, on: date) -> str:
        """`Monday, 4 May 2026`, `Montag, 4. Mai 2026`."""
        return self.weekday_day.format(weekday=self.weekdays[on.weekday()], on=self.day_in_words(on))


ENGLISH = Language(
    code="en", name="English",
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(), day="", weekday_day="{weekday}, {on}",
    wanted={
        "invitation": "an answer to our invitation to review", "review": "your review",
        "revision": "your revised manuscript", "proofs": "your corrections to the proofs",
        "completion": "what was missing from your submission",
    },
    frame={
        "greeting": "Dear", "colleague": "colleague", "due_on": "due on", "was_due_on": "was due on",
        "regards": "With kind regards,", "answer": "Answer in one click",
        "answer_line": "To answer in one click (done, more time, or cannot), without an account:",
        "answer_invitation": "To answer in one click (yes, more time, or no), without an account:",
    },
)  # fmt: skip

GERMAN = Language(
    code="de", name="Deutsch",
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    months=(
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
        "Dezember",
    ),
    day="{day}. {month} {year}", weekday_day="{weekday}, {on}",
    wanted={
        "invitation": "eine Antwort auf unsere Anfrage", "review": "Ihr Gutachten",
        "revision": "Ihr überarbeitetes Manuskript", "proofs": "Ihre Korrekturen",
        "completion": "was in Ihrer Einreichung noch fehlte",
    },
    frame={
        "greeting": "Guten Tag", "colleague": "", "due_on": "erbeten bis",
        "was_due_on": "erbeten war es bis", "regards": "Mit freundlichen Grüßen", "answer": "Mit einem Klick antworten",
        "answer_line": "Antworten Sie mit einem Klick (erledigt, mehr Zeit, nicht möglich), ohne Konto:",
        "answer_invitation": "Antworten Sie mit einem Klick (ja, mehr Zeit, nein), ohne Konto:",
    },
)  # fmt: skip

LANGUAGES = {"en": ENGLISH, "de": GERMAN}


def language_of(tag: str) -> Language:
    """The language of a tag such as `de-CH`; English where there are no letters in it."""
    return LANGUAGES.get(tag.partition("-")[0].lower(), ENGLISH)
