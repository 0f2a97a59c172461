"""Everything about one manuscript, read once and put in order for its page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from tracker.domain.events import Event, standing_events
from tracker.domain.recording import chosen_of, last_step
from tracker.domain.roles import Deed, Whose, may, may_record
from tracker.domain.spells import Reviewing
from tracker.domain.standing import Fold, fold_events
from tracker.domain.transitions import Transition, done_words
from tracker.domain.words import Holder
from tracker.formats.processing_dates import printed_dates, processing_dates_line
from tracker.models import Answer, Letter, Manuscript, Review, Reviewer, Task
from tracker.queries.answers import tasks_and_answers_of
from tracker.queries.articles import dates_style_of
from tracker.queries.histories import ledger_of
from tracker.queries.people import (
    letters_of,
    notes_of,
    record_changes_of,
    returns_of,
    reviewers_and_reviews_of,
    tags_of,
)
from tracker.queries.shown import names_of_actors
from tracker.web.audit_trail import ChangeLine, LedgerLine, change_lines, known, ledger_lines, people_in, words_of
from tracker.web.next_steps import grouped, usual_action
from tracker.web.timeline_picture import Milestone, Segment, TimelinePicture, timeline_picture


@dataclass(frozen=True)
class ReviewLine:
    """One reviewer's part in a round, and what they wrote."""

    name: str
    part: Reviewing
    review: Review | None


@dataclass(frozen=True)
class NoteLine:
    """A note on how the manuscript stood. An empty text cleared the one before."""

    text: str
    who: str
    written_at: datetime


@dataclass(frozen=True)
class Page:
    """What the page shows, in the order in which it shows it."""

    standing: Fold
    usual: Transition | None
    buttons: list[tuple[str, list[Transition]]]
    undo_words: str
    picture: TimelinePicture | None
    rounds: list[tuple[int, list[ReviewLine]]]
    tasks: list[tuple[Task, str]]
    answers: list[Answer]
    letters_are_left: bool
    processing_dates: str
    letters: list[Letter]
    ledger: list[LedgerLine]
    may_write: bool
    may_assign: bool
    others_decide: bool
    tags: list[str]
    notes: list[NoteLine]
    changes: list[ChangeLine]
    returns: list[str]


def everything_about(manuscript: Manuscript, *, role: str, whose: Whose, today: date) -> Page:
    """The page of a manuscript for a person of this role, to whom it is theirs or another's, on this day."""
    ledger = ledger_of(manuscript)
    standing = fold_events(standing_events(ledger))
    reviewers, reviews = reviewers_and_reviews_of(manuscript)
    names, style = named(reviewers), dates_style_of(manuscript.journal)
    allowed = buttons(standing, role, whose)
    usual = next((row for row in allowed if row.action == usual_action(manuscript)), None)
    changes = record_changes_of(manuscript)
    people = names_of_actors(people_in(ledger, changes))
    owed, answers = tasks_and_answers_of(manuscript)
    tasks = [(task, names.get(task.reviewer_number or 0, "")) for task in owed]
    return Page(
        standing=standing,
        usual=usual,
        buttons=grouped(allowed),
        undo_words=undo_words(ledger, role, whose),
        picture=picture_of(standing, today),
        rounds=rounds_of(standing, names, reviews),
        tasks=tasks,
        answers=answers,
        letters_are_left=any(task.next_letter_on for task, _ in tasks),
        processing_dates=processing_dates_line(printed_dates(standing, style), style),
        letters=letters_of(manuscript),
        ledger=ledger_lines(ledger, names, people, role, whose),
        may_write=may(role, Deed.WRITE, whose),
        may_assign=may(role, Deed.ASSIGN, whose),
        others_decide=may(role, Deed.DECIDE) and not may(role, Deed.DECIDE, whose),
        tags=tags_of(manuscript),
        notes=note_lines(manuscript),
        changes=change_lines(changes, people, names),
        returns=returns_of(manuscript),
    )


def note_lines(manuscript: Manuscript) -> list[NoteLine]:
    """The notes, the last one first."""
    return [NoteLine(note.text, who, note.written_at) for note, who in notes_of(manuscript)]


def buttons(standing: Fold, role: str, whose: Whose) -> list[Transition]:
    """The rows of the lifecycle that the state allows and the role may record: the buttons, and no others."""
    return [row for row in standing.available() if may_record(role, row.action, whose)]


def named(reviewers: Iterable[Reviewer]) -> dict[int, str]:
    return {reviewer.number: reviewer.name or reviewer.email for reviewer in reviewers}


def undo_words(ledger: Sequence[Event], role: str, whose: Whose) -> str:
    """What the next undo takes back, or empty where there is nothing to undo or the role may not."""
    step = last_step(ledger)
    if not step or not may(role, Deed.WRITE, whose):
        return ""
    if not all(may_record(role, e.action, whose) for e in step if e.is_live and known(e)):
        return ""
    return f"“{words_of(chosen_of(step), ledger).lower()}”" if step[0].is_live else "the import"


def picture_of(standing: Fold, today: date) -> TimelinePicture | None:
    """Who had the manuscript and for how long, with its milestones; open spells run up to today."""
    spans = [span for span in standing.spans_until(today) if span.holder is not Holder.NOBODY]
    segments = [Segment(str(span.holder), span.started_on, span.ended_on) for span in spans]
    milestones = [
        Milestone(on.first, done_words(action)) for action, dates in standing.milestones.items() for on in dates
    ]
    return timeline_picture(segments, milestones)


def rounds_of(
    standing: Fold, names: Mapping[int, str], reviews: Mapping[tuple[int, int], Review]
) -> list[tuple[int, list[ReviewLine]]]:
    """The rounds that had reviewers, the newest first."""
    lines: dict[int, list[ReviewLine]] = {}
    for part in standing.reviewing.values():
        name = names.get(part.reviewer, f"Reviewer {part.reviewer}")
        lines.setdefault(part.round, []).append(ReviewLine(name, part, reviews.get((part.round, part.reviewer))))
    return sorted(lines.items(), reverse=True)
