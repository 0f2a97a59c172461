"""The documents that calls give, as openapi.json describes them. The queries build them; the tests compare the two.

The shapes are those of the command line's `--json`: a name may be added to them, and none changed.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from tracker.domain.roles import Role
from tracker.domain.words import Holder, State

Day = Annotated[str, Field(description="A day: 2020-11-30.", json_schema_extra={"format": "date"})]
When = Annotated[str, Field(description="A day, month or year, as far as it is known.", pattern=r"^\d{4}(-\d\d){0,2}$")]
Instant = Annotated[str, Field(description="An instant in UTC.", json_schema_extra={"format": "date-time"})]
Precision = Literal["day", "month", "year"]


class Document(BaseModel):
    model_config = ConfigDict(populate_by_name=True)


class FieldProblem(Document):
    """What is wrong with one field of a request."""

    field: str
    detail: str


class Problem(Document):
    """Why nothing was done (RFC 9457). `detail` is a sentence that may be shown to a person."""

    type: str
    title: str
    status: int
    detail: str
    needs_confirmation: Annotated[bool, Field(description="Unusual: send it again with confirmed.")] = False
    errors: list[FieldProblem] = []


class Journal(Document):
    """A journal, and what it decides for itself. `role` is yours in it."""

    slug: str
    title: str
    timezone: str
    country: str
    language: str
    required_reviews: int
    anonymity: str
    reminders: Literal["live", "dry-run"]
    public_articles: bool
    public_status: bool
    public_turnaround: bool
    role: Role


class Journals(Document):
    """Your journals."""

    journals: list[Journal]


class VerifyProblem(Document):
    """One thing that is wrong: of which manuscript, at which event."""

    reference: str
    event: int | None
    problem: str


class Verification(Document):
    """How much was checked, and every problem found."""

    manuscripts: int
    events: int
    problems: list[VerifyProblem]


class ListedManuscript(Document):
    """One line of a list. `as_of` is the journal's own today."""

    reference: str
    journal: str
    title: str
    first_author: str
    state: State
    kind: str | None
    round: int
    waiting_on: Holder
    since_on: Day | None
    due_on: Day | None
    days_overdue: int
    received_on: Day | None
    editor: str
    as_of: Day
    on_hold: bool
    returned_incomplete: bool
    appeal_open: bool
    state_since_on: Day | None
    days_open: int | None
    section: str
    tags: list[str]
    status_note: str


class Manuscripts(Document):
    """A page of a list, and how many there are in all."""

    total: int
    manuscripts: list[ListedManuscript]


class Author(Document):
    """An author as the byline names them."""

    given: str
    family: str
    email: str
    orcid: str
    affiliation: str
    biography: str


class Event(Document):
    """One entry of a history. One that does not stand was undone."""

    id: int
    action: str
    kind: str | None
    on: When
    precision: Precision
    recorded_at: Instant
    actor: str
    note: str
    source: str
    stands: bool


class Manuscript(Document):
    """A manuscript with its whole history. `state` is null once everything was undone."""

    reference: str
    journal: str
    title: str
    authors: list[Author]
    keywords: list[str]
    abstract: str
    citation: str
    volume: str
    issue: str
    article_number: str
    pages: str
    doi: str
    state: State | None
    kind: str | None
    round: int
    waiting_on: Holder
    due_on: Day | None
    received_on: When | None
    first_resubmitted_on: When | None
    last_resubmitted_on: When | None
    accepted_on: When | None
    published_on: When | None
    origin: str | None
    paper_received_on: Day | None
    version: int
    events: list[Event]
    processing_dates: str


class PrintedEvent(Document):
    """One dated event of a printed line."""

    kind: str
    on: When
    precision: Precision
    label: str


class Dates(Document):
    """The processing dates, as a line and one by one."""

    reference: str
    line: str
    events: list[PrintedEvent]


class LineProblem(Document):
    """A date that was not read, and why."""

    text: str
    reason: str


class ReadLine(Document):
    """A printed line, and what it says."""

    line: str
    events: list[PrintedEvent]
    problems: list[LineProblem]


class ReadLines(Document):
    """The lines in the order in which they were sent."""

    lines: list[ReadLine]


class AlsoAbout(Document):
    """A further task in the same letter."""

    reference: str
    task: str
    step: int


class PlannedLetter(Document):
    """A letter that will go out, or would: `held` says why not."""

    on: Day
    to: str
    role: str
    reference: str
    task: str
    step: int
    reason: str
    subject: str
    held: str | None
    also: list[AlsoAbout]


class Preview(Document):
    """The letters of some days, both included."""

    from_: Annotated[Day, Field(alias="from")]
    to: Day
    letters: list[PlannedLetter]


class Letter(Document):
    """A letter and its fate."""

    id: int
    to: str
    subject: str
    reference: str | None
    state: Literal["queued", "sending", "sent", "failed", "parked", "uncertain", "cancelled"]
    attempts: int
    message_id: str
    last_error: str | None
    queued_at: Instant
    sent_at: Instant | None


class Outbox(Document):
    """Letters, the newest first."""

    letters: list[Letter]
