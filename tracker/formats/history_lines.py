"""Reads the line of dates that journals print with an article: “Received 11 November 2020; Accepted …”.

Pure text in, values out. The languages are English, German, French, Spanish, Portuguese, Italian, Dutch and Chinese.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tracker.formats.date_readings import Reading, Unreadable, settle
from tracker.formats.folding import fold, tidy
from tracker.formats.history_events import Entry, PrintedEvent, events_of
from tracker.formats.history_labels import REACH, Clause, begins_a_label, clause_before, label_after
from tracker.formats.history_vocabulary import DAY_FIRST_MARKS, Meaning
from tracker.formats.history_wording import Label
from tracker.formats.printed_dates import FoundDate, find_dates
from tracker.formats.printed_text import closed_up, printed_text


@dataclass(frozen=True)
class Problem:
    """A labelled date that gives no day: its text, and why, in words for an editor."""

    text: str
    reason: str


@dataclass(frozen=True)
class HistoryLine:
    """What a line says, in printed order, and what in it could not be read."""

    line: str
    events: tuple[PrintedEvent, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Labelled(NamedTuple):
    """The number of a date, one of its labels, and where the words begin in which that was found."""

    date: int
    label: Label
    offset: int


_LOST_SPACE = re.compile(r"(?<=[a-z])(?=[A-Z][a-z]{2})")
_BEGINS_OR_ENDS_A_TIME = re.compile(" ?(?:[之以]?[前后後]|截?止|起)")  # “2020年5月3日前”: by then, not then
_MAY_END_A_YEAR = re.compile(r" ?(?:$|[;,.)\]/|])")
# A second date after one of these labels is another of the kind; after “received” it is that of a revised version.
_LISTED_AS: dict[Meaning, Meaning] = {
    "received": "resubmitted",
    "resubmitted": "resubmitted",
    "revision_requested": "revision_requested",
    "corrected": "corrected",
}


def parse_history(text: str) -> HistoryLine:
    """Read a line of processing dates as any publisher prints it; never raises, never guesses.

    A line without a history gives no events. A labelled date that is impossible, or whose day and month the line
    does not settle, is among the problems instead of the events. Dates of other things (the current version, a
    copyright, a first decision) are left out. Takes time in proportion to the length of `text`.
    """
    line = tidy(printed_text(text))
    events, problems = _read(line)
    if not events and not problems and (closed := closed_up(line)) != line:
        events, problems = _read(closed)
    return HistoryLine(text, events, problems)


def as_json(history: HistoryLine) -> dict[str, object]:
    """The object that `tracker parse-dates` writes for the line."""
    return {
        "line": history.line,
        "events": [
            {"kind": event.kind, "on": event.on.iso, "precision": event.on.precision, "label": event.label}
            for event in history.events
        ],
        "problems": [{"text": problem.text, "reason": problem.reason} for problem in history.problems],
    }


def _read(line: str) -> tuple[tuple[PrintedEvent, ...], tuple[Problem, ...]]:
    line = _LOST_SPACE.sub(" ", line)
    folded = fold(line)
    dates = find_dates(folded)
    labelled = _label_dates(folded, dates) if dates else []
    if not labelled:
        return (), ()
    marks = _day_first_marks(labelled) if any(found.pair for found in dates) else ""
    readings = settle(dates, line, day_first_marks=marks)
    entries, problems = _sort_out(labelled, dates, readings, line)
    return events_of(entries), tuple(dict.fromkeys(problems))


def _label_dates(folded: str, dates: list[FoundDate]) -> list[_Labelled]:
    starts = [max(0, dates[0].start - REACH)]
    starts += [max(before.end, found.start - REACH) for before, found in pairwise(dates)]
    clauses = [clause_before(folded[start : found.start]) for start, found in zip(starts, dates, strict=True)]
    if not clauses[0].has_labels and (after := _labels_after(folded, dates)):
        return after
    labelled: list[_Labelled] = []
    carried: _Labelled | None = None
    for index, (found, clause) in enumerate(zip(dates, clauses, strict=True)):
        if clause.has_labels:
            mine = []
            if _fits(found, clause, folded):
                labels = _own_labels(clause, clauses, index)
                mine = [_Labelled(index + shift, label, starts[index]) for shift, label in labels]
            labelled += mine
            carried = mine[-1] if mine and mine[-1].date == index else None
        elif clause.continues and carried:
            labelled += _listed(carried, index, found)
        else:
            carried = None
    return labelled


def _own_labels(clause: Clause, clauses: list[Clause], index: int) -> list[tuple[int, Label]]:
    """The labels of the date that `clause` precedes, and of those after it if the labels head columns of dates.

    “Received / Revised / Accepted: 3 May 2019 / 4 June 2019 / 5 July 2019”: as many labels as dates, each its own.
    """
    if len(clause.row) == 1 or clause.is_list:
        return [(0, label) for label in clause.shared]
    meanings = {label.meaning for label in clause.row}
    follow_up = 0
    while index + follow_up + 1 < len(clauses) and _goes_on(clauses[index + follow_up + 1]):
        follow_up += 1
    if len(meanings) < 2 or not follow_up:
        return [(0, label) for label in clause.shared]
    if len(clause.row) != follow_up + 1:
        return []
    return list(enumerate(clause.row))


def _goes_on(clause: Clause) -> bool:
    return clause.continues or clause.next_column


def _fits(found: FoundDate, clause: Clause, folded: str) -> bool:
    """Whether a date that so follows its label is the label's: the less there is of the date, the closer.

    A label cut short goes with whole dates only: “Rev. 3 May 2019” is a revision, “Phys. Rev. 2019” is a journal.
    """
    if _BEGINS_OR_ENDS_A_TIME.match(folded, found.end):
        return False
    if found.day is not None or found.pair is not None:
        return clause.link != "none"
    label = clause.row[-1]
    if clause.link != "direct" or _is_cut_short(label):
        return False
    if found.month is not None:
        return True
    rest = folded[found.end : found.end + REACH]
    return _MAY_END_A_YEAR.match(rest) is not None or begins_a_label(rest)


def _is_cut_short(label: Label) -> bool:
    return label.end - label.start == len("rec") and "zh" not in label.languages


def _listed(carried: _Labelled, index: int, found: FoundDate) -> list[_Labelled]:
    meaning = _LISTED_AS.get(carried.label.meaning)
    if meaning is None or (found.day is None and found.pair is None):
        return []
    return [_Labelled(index, carried.label._replace(meaning=meaning), carried.offset)]


def _labels_after(folded: str, dates: list[FoundDate]) -> list[_Labelled]:
    """The labels of a line that prints them after its dates; nothing if it does not do so throughout."""
    labelled = []
    for index, found in enumerate(dates):
        end = dates[index + 1].start if index + 1 < len(dates) else len(folded)
        words = folded[found.end : min(end, found.end + REACH)]
        label = label_after(words)
        if label:
            labelled.append(_Labelled(index, label, found.end))
        elif index in (0, len(dates) - 1):
            return []
    return labelled


def _day_first_marks(labelled: list[_Labelled]) -> str:
    """The marks of numeric dates that can only be day first in the language of the labels."""
    known = [item.label.languages for item in labelled if item.label.languages]
    if not known:
        return ""
    languages = frozenset.intersection(*known) or frozenset.union(*known)
    marks = [DAY_FIRST_MARKS.get(language, "") for language in languages]
    return "".join(mark for mark in "-/." if all(mark in known_marks for known_marks in marks))


def _sort_out(
    labelled: list[_Labelled], dates: list[FoundDate], readings: list[Reading], line: str
) -> tuple[list[Entry], list[Problem]]:
    entries, problems = [], []
    for index, label, offset in labelled:
        if label.meaning in ("other", "limit"):
            continue
        reading = readings[index]
        if isinstance(reading, Unreadable):
            text = line[dates[index].start : dates[index].end].strip(" ,.")
            problems.append(Problem(text, reading.reason))
        else:
            entries.append(Entry(label.meaning, reading, line[offset + label.start : offset + label.end]))
    return entries, problems
