"""The words of an editor's weekly digest, in the journal's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote

from tracker.domain.words import spoken
from tracker.mail.languages import ENGLISH, GERMAN, Language, language_of
from tracker.mail.letters import Composed, compose_digest
from tracker.mail.links import UNSUBSCRIBE


class Topic(StrEnum):
    """What a section of the digest is about."""

    WAITING = "waiting"
    ANSWERS = "answers"
    RETURNED = "returned"
    STUCK = "stuck"
    ESCALATED = "escalated"


@dataclass(frozen=True)
class Line:
    """One manuscript: a task's kind and for how many days it has lain and is late; or of an answer or a letter, whose
    it is, what it says or what became of it (`kind`), and how many days ago.
    """

    reference: str
    title: str
    kind: str
    days: int
    late: int = 0
    name: str = ""


@dataclass(frozen=True)
class Section:
    """A topic and its manuscripts; `days` is the bound after which they were escalated."""

    topic: Topic
    lines: tuple[Line, ...]
    days: int = 0


class Counted(NamedTuple):
    """A phrase with a number, for one and for all others."""

    one: str
    many: str

    def of(self, count: int) -> str:
        return (self.one if count == 1 else self.many).format(count)


@dataclass(frozen=True)
class DigestWords:
    """One language's words. `kinds` are of tasks, answers and letters; where one is missing it is said as it is."""

    language: Language
    subject: Counted
    texts: Mapping[str, str]
    topics: Mapping[Topic, str]
    kinds: Mapping[str, str]
    todo: Mapping[str, str]
    lain: Counted
    late: Counted
    ago: Counted

    def heading(self, section: Section) -> str:
        return self.topics[section.topic].format(days=section.days)

    def what(self, line: Line, topic: Topic) -> str:
        kind = self.kinds.get(line.kind, spoken(line.kind))
        match topic:
            case Topic.ANSWERS | Topic.RETURNED:
                return f"{line.name}: {kind}"
            case Topic.STUCK:
                return f"{kind}: {self.todo[line.kind]}"
            case _:
                return kind

    def days(self, line: Line, topic: Topic) -> str:
        if topic in (Topic.ANSWERS, Topic.RETURNED):
            return self.ago.of(line.days) if line.days > 0 else self.texts["now"]
        return self.lain.of(line.days) + (f", {self.late.of(line.late)}" if line.late > 0 else "")


# kind of task → what its editor can do about it, in words
WHAT_TO_DO = {
    "invitation": "invite another reviewer", "review": "extend, release, or write personally",
    "revision": "extend, or close as lapsed", "completion": "extend, or close", "proofs": "write personally",
}  # fmt: skip

_ENGLISH = DigestWords(
    language=ENGLISH,
    subject=Counted("Your week at {{journal}}: {} to look at", "Your week at {{journal}}: {} to look at"),
    texts={
        "begin": "Here is your week at {journal}.", "everything": "Everything is here:", "open": "Open the dashboard",
        "stop": "To get no more of these weekly letters:", "stop_link": "Send me no more of these weekly letters",
        "now": "today",
    },
    topics={
        Topic.WAITING: "Waiting on you", Topic.ANSWERS: "Answers to look at", Topic.STUCK: "To be unstuck",
        Topic.RETURNED: "Letters that wait for a decision", Topic.ESCALATED: "Escalated: more than {days} days late",
    },
    kinds={
        "done": "says it is done", "later": "needs more time", "agreed": "will review", "cannot": "cannot",
        "opted_out": "wants no more reminders", "parked": "the letter did not get there",
        "uncertain": "nobody knows whether the letter left",
    },
    todo=WHAT_TO_DO,
    lain=Counted("for {} day", "for {} days"),
    late=Counted("{} day late", "{} days late"),
    ago=Counted("yesterday", "{} days ago"),
)  # fmt: skip

_GERMAN = DigestWords(
    language=GERMAN,
    subject=Counted("Ihre Woche bei {{journal}}: {} Vorgang", "Ihre Woche bei {{journal}}: {} Vorgänge"),
    texts={
        "begin": "hier ist Ihre Woche bei {journal}.", "everything": "Alles Weitere steht hier:",
        "open": "Übersicht öffnen", "stop": "Um diese Wochenübersicht nicht mehr zu erhalten:",
        "stop_link": "Keine Wochenübersicht mehr schicken", "now": "heute",
    },
    topics={
        Topic.WAITING: "Wartet auf Sie", Topic.ANSWERS: "Antworten zum Ansehen", Topic.STUCK: "Kommt nicht voran",
        Topic.RETURNED: "Briefe, über die zu entscheiden ist",
        Topic.ESCALATED: "Bei anderen seit mehr als {days} Tagen überfällig",
    },
    kinds={
        "screening": "Eingangsprüfung", "decision": "Entscheidung", "appeal": "Entscheidung über den Einspruch",
        "resubmission": "Entscheidung über die überarbeitete Fassung", "production": "Herstellung",
        "invitation": "Anfrage", "review": "Gutachten", "revision": "Überarbeitung", "proofs": "Fahnen",
        "completion": "vervollständigte Einreichung", "done": "meldet: erledigt", "later": "braucht mehr Zeit",
        "agreed": "übernimmt das Gutachten", "cannot": "kann nicht", "opted_out": "möchte keine Erinnerungen mehr",
        "parked": "der Brief kam nicht an", "uncertain": "unklar, ob der Brief hinausging",
    },
    todo={
        "invitation": "jemand anderen anfragen", "review": "verlängern, entbinden oder persönlich schreiben",
        "revision": "verlängern oder als verfallen abschließen", "completion": "verlängern oder abschließen",
        "proofs": "persönlich schreiben",
    },
    lain=Counted("seit {} Tag", "seit {} Tagen"),
    late=Counted("{} Tag überfällig", "{} Tage überfällig"),
    ago=Counted("gestern", "vor {} Tagen"),
)  # fmt: skip

WORDS = {words.language.code: words for words in (_ENGLISH, _GERMAN)}


def digest_letter(sections: Sequence[Section], *, journal: str, language: str, to_name: str, base_url: str) -> Composed:
    """Write the digest of these sections. The link to unsubscribe is a place-holder until the letter leaves."""
    words = WORDS[language_of(language).code]
    count, home = sum(len(section.lines) for section in sections), f"{base_url.rstrip('/')}/"
    return compose_digest(
        {
            "journal": journal, "to_name": to_name, "language": words.language.code, "frame": words.language.frame,
            "subject": words.subject.of(count).format(journal=journal), "address": home,
            "unsubscribe": UNSUBSCRIBE,
            "words": {name: text.format(journal=journal) for name, text in words.texts.items()},
            "sections": [
                {
                    "heading": words.heading(section),
                    "lines": [
                        {
                            "reference": line.reference, "title": line.title, "what": words.what(line, section.topic),
                            "days": words.days(line, section.topic),
                            "href": f"{home}manuscripts/{quote(line.reference)}",
                        }
                        for line in section.lines
                    ],
                }
                for section in sections
            ],
        }
    )  # fmt: skip
