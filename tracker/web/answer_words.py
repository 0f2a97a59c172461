"""The words of the pages on which readers of letters answer, by language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker.domain.errors import TrackerError
from tracker.mail.languages import ENGLISH, GERMAN, Language, language_of
from tracker.services.answers import DayOutOfReach, MovedTooOften, NoSuchAnswer
from tracker.services.letter_links import OVER


@dataclass(frozen=True)
class AnswerWords:
    """One language's words. `choices` and `thanks` go by the kind of answer, `tasks` by the kind of task."""

    language: Language
    texts: Mapping[str, str]
    tasks: Mapping[str, str]
    choices: Mapping[str, str]
    thanks: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.texts[name]

    def sentence_of(self, error: TrackerError) -> str:
        """Why an answer was not taken, in this language where there are words for it."""
        match error:
            case DayOutOfReach():
                after, until = self.language.day_in_words(error.after), self.language.day_in_words(error.until)
                return self["day_out_of_reach"].format(after=after, until=until)
            case MovedTooOften():
                return self["moved_too_often"]
            case NoSuchAnswer():
                return self["choose"]
            case _:
                return str(error)


_ENGLISH = AnswerWords(
    language=ENGLISH,
    texts={
        "due": "Due on", "was_due": "Was due on", "until": "I need until", "between": "Any day up to",
        "ask_later": "Ask for this day", "note": "A word to the editor", "optional": "(optional)",
        "stop": "Please send me no more reminders", "over": "This link has done its work", "thanks": "Thank you",
        "stop_hint": "The editor is told. You stay responsible for what you have promised.",
        "not_saved": "This was not sent yet", "close": "You can close this page.",
        "unsubscribe": "No more weekly digests?", "unsubscribe_button": "Send me no more digests",
        "unsubscribed": "You will get no more weekly digests",
        "day_out_of_reach": "Choose a day after {after} and not later than {until}. For more, please reply to the "
        "letter.",
        "moved_too_often": "The day has been moved twice. For more time, please reply to the letter: your editor will "
        "help.",
        "choose": "Choose one of the answers.", "over_sentence": OVER,
        "answer_by": "Please answer by", "answer_was_by": "We had hoped for your answer by",
        "would_be_due": "The review would be due on", "review_due": "Your review is due on",
        "suggest": "Whom would you suggest in your place?", "send_cannot": "Send: I cannot", "abstract": "Abstract",
    },
    tasks={
        "invitation": "Our invitation to review", "review": "Your review", "revision": "Your revised manuscript",
        "proofs": "Your corrections to the proofs", "completion": "What was missing from your submission",
    },
    choices={
        "agreed": "Yes, I will review it", "done": "It is done", "later": "I need more time", "cannot": "I cannot",
    },
    thanks={
        "agreed": "We have noted that you will review the manuscript. Your editor sends you what you need.",
        "done": "Your editor is told, and you get no further reminder about it.",
        "later": "We have noted the new day, and your editor is told.",
        "cannot": "We have noted it, and your editor is told. No further letter about it will follow.",
        "opted_out": "You will get no more reminders from this journal. Your editor is told, and may write to you.",
    },
)  # fmt: skip

_GERMAN = AnswerWords(
    language=GERMAN,
    texts={
        "due": "Erbeten bis", "was_due": "Erbeten war es bis", "until": "Ich brauche Zeit bis",
        "between": "Ein Tag bis zum", "ask_later": "Um diesen Tag bitten", "note": "Ein Wort an die Redaktion",
        "optional": "(freiwillig)", "stop": "Bitte keine Erinnerungen mehr", "thanks": "Vielen Dank",
        "over": "Dieser Link hat seinen Dienst getan", "close": "Sie können diese Seite schließen.",
        "stop_hint": "Die Redaktion erfährt davon. Was Sie zugesagt haben, bleibt zugesagt.",
        "not_saved": "Das wurde noch nicht abgeschickt", "unsubscribe": "Keine Wochenübersicht mehr?",
        "unsubscribe_button": "Keine Wochenübersicht mehr schicken",
        "unsubscribed": "Sie erhalten keine Wochenübersicht mehr",
        "day_out_of_reach": "Wählen Sie einen Tag nach dem {after} und nicht nach dem {until}. Wenn Sie mehr Zeit "
        "brauchen, antworten Sie bitte auf den Brief.",
        "moved_too_often": "Der Tag wurde schon zweimal verschoben. Wenn Sie mehr Zeit brauchen, antworten Sie bitte "
        "auf den Brief: die Redaktion hilft Ihnen.",
        "choose": "Wählen Sie eine der Antworten.",
        "answer_by": "Bitte antworten Sie bis", "answer_was_by": "Auf Ihre Antwort hatten wir gehofft bis",
        "would_be_due": "Das Gutachten wäre erbeten bis", "review_due": "Ihr Gutachten ist erbeten bis",
        "suggest": "Wen würden Sie an Ihrer Stelle empfehlen?", "send_cannot": "Abschicken: Es geht nicht",
        "abstract": "Zusammenfassung",
        "over_sentence": "Dieser Link führt nirgends mehr hin: worum es ging, ist erledigt oder wurde geändert. Wenn "
        "Sie uns etwas sagen möchten, antworten Sie bitte auf den Brief.",
    },
    tasks={
        "invitation": "Unsere Bitte um ein Gutachten", "review": "Ihr Gutachten",
        "revision": "Ihr überarbeitetes Manuskript", "proofs": "Ihre Korrekturen",
        "completion": "Was in Ihrer Einreichung fehlte",
    },
    choices={
        "agreed": "Ja, ich übernehme es", "done": "Es ist erledigt", "later": "Ich brauche mehr Zeit",
        "cannot": "Es geht nicht",
    },
    thanks={
        "agreed": "Wir haben vermerkt, dass Sie das Gutachten übernehmen. Die Redaktion schickt Ihnen alles Nötige.",
        "done": "Die Redaktion erfährt davon, und Sie erhalten dazu keine Erinnerung mehr.",
        "later": "Wir haben den neuen Tag vermerkt, und die Redaktion erfährt davon.",
        "cannot": "Wir haben es vermerkt, und die Redaktion erfährt davon. Dazu kommt kein weiterer Brief.",
        "opted_out": "Sie erhalten von dieser Zeitschrift keine Erinnerungen mehr. Die Redaktion erfährt davon.",
    },
)  # fmt: skip


def words_in(tag: str) -> AnswerWords:
    """The words for a language tag; English where there are none in it."""
    return {"en": _ENGLISH, "de": _GERMAN}[language_of(tag).code]
