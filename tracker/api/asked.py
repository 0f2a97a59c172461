"""What calls may ask for: queries and bodies. Dates are texts such as 2020-11-30, read by the rules' own reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from tracker.api.operations import Strict
from tracker.domain.reports import BASES, GROUPINGS
from tracker.domain.words import RECOMMENDATIONS, Holder, State

LAST_PAGE, MOST_ROWS = 100_000, 500
Line = Annotated[str, StringConstraints(max_length=200)]
Reviewer = Annotated[str, StringConstraints(max_length=450)]  # Ada Lovelace <ada@example.org>
Text = Annotated[str, StringConstraints(max_length=100_000)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$", description="A day: 2020-11-30.", examples=["2020-11-30"])]
When = Annotated[
    str,
    Field(
        pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$", description="A day, month or year, as far as it is known: 2020-11-30.",
        examples=["2020-11-30"],
    ),
]  # fmt: skip
Slug = Annotated[str, Field(max_length=60, description="The short name of a journal.")]
Version = Annotated[
    int | None, Field(ge=0, le=1_000_000, description="The version that was seen; 409 where the history has grown.")
]
Page = Annotated[int, Field(ge=1, le=LAST_PAGE)]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS)]


def word_of(words: Iterable[str]) -> Any:
    """One of these words; the rules that know them refuse another, with a sentence."""
    return Field(max_length=60, json_schema_extra={"enum": list(words)})


SHAPES = Literal["json", "line", "html", "markdown", "jats", "crossref", "pubmed", "jsonld"]


class ManuscriptsAsked(Strict):
    """Which manuscripts, in which order."""

    journal: Slug | None = None
    state: State | Literal["open"] | None = None
    waiting_on: Holder | None = None
    overdue: bool = False
    query: Annotated[str, Field(max_length=400, description="Words in title, authors or reference.")] = ""
    sort: Annotated[str, Field(max_length=20, pattern=r"^-?[a-z_]+$")] = "-received"
    page: Page = 1
    limit: Limit = 50


class DatesAsked(Strict):
    """In which form, and in whose words."""

    format: SHAPES = "json"
    style: Annotated[str, Field(max_length=40, description="A preset: seed, elsevier, springer, …")] = ""


class TurnaroundAsked(Strict):
    """Which journal's report, over which period, split by what."""

    journal: Slug
    from_: Annotated[When | None, Field(alias="from")] = None
    to: When | None = None
    basis: Annotated[str, word_of(BASES)] = "ended"
    by: Annotated[str, word_of(("", *GROUPINGS))] = ""
    compare: Annotated[bool, Field(description="Put the period before beside it.")] = False
    compare_with: Annotated[
        str, Field(max_length=22, description="Put another period beside it: a year, or FIRST-DAY..LAST-DAY.")
    ] = ""
    by_paper: Annotated[
        bool, Field(description="Count a paper that came back after a rejection once, from its first receipt.")
    ] = False
    imported: Annotated[bool, Field(description="False leaves imported histories out.")] = True


class PreviewAsked(Strict):
    """How far to look ahead; 0 days: what is owed today."""

    journal: Slug | None = None
    days: Annotated[int, Field(ge=0, le=366)] = 7


class OutboxAsked(Strict):
    """Which letters."""

    journal: Slug | None = None
    state: Literal["queued", "sending", "sent", "failed", "parked", "uncertain", "cancelled"] | None = None
    page: Page = 1
    limit: Limit = 50


class JournalAsked(Strict):
    """Which journal."""

    journal: Slug | None = None


class NewAuthorBody(Strict):
    """An author as the byline names them."""

    given: Line = ""
    family: Line = ""
    email: Annotated[str, StringConstraints(max_length=254)] = ""
    orcid: Annotated[str, StringConstraints(max_length=19)] = ""
    affiliation: Text = ""
    biography: Text = ""
    is_corresponding: bool = False


class NewManuscript(Strict):
    """A manuscript that a journal has received."""

    journal: Slug
    title: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    authors: Annotated[list[NewAuthorBody], Field(max_length=5000)] = Field(default_factory=list)
    received_on: When
    reference: Annotated[str, Field(max_length=60, description="Left empty: the next number of the year.")] = ""
    section: Annotated[str, StringConstraints(max_length=120)] = ""
    article_type: Annotated[str, StringConstraints(max_length=80)] = ""
    handling_editor: Annotated[str | None, Field(max_length=254, description="The email address of an editor.")] = None
    note: Text = ""
    confirmed: Annotated[bool, Field(description="Yes, although it is unusual.")] = False


class NewStep(Strict):
    """One action of the lifecycle, such as sent_to_review, revision_requested, resubmitted or accepted."""

    action: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    on: When
    kind: Annotated[str, Field(max_length=60, description="minor, major, conditional, desk, …")] = ""
    note: Text = ""
    due_on: Day | None = None
    reviewers: Annotated[list[Reviewer], Field(max_length=50)] = Field(default_factory=list)
    reviewer: Annotated[int | None, Field(ge=1, le=99_999, description="The number of a known reviewer.")] = None
    recommendation: Annotated[str, word_of(("", *RECOMMENDATIONS))] = ""
    to_author: Text = ""
    to_editor: Text = ""
    internal: bool = False
    author_consents: bool = False
    conditions_met: bool = False
    doi: Line = ""
    volume: Annotated[str, StringConstraints(max_length=20)] = ""
    issue: Annotated[str, StringConstraints(max_length=20)] = ""
    article_number: Annotated[str, StringConstraints(max_length=20)] = ""
    pages: Annotated[str, StringConstraints(max_length=40)] = ""
    link: Annotated[str, StringConstraints(max_length=2000)] = ""
    transferred_to: Line = ""
    task: Annotated[str, StringConstraints(max_length=40)] = ""
    confirmed: Annotated[bool, Field(description="Yes, although it is unusual.")] = False
    expected_version: Version = None


class Undoing(Strict):
    """Taking back the last step."""

    reason: Text = ""
    expected_version: Version = None


class Correction(Strict):
    """Another date for an event; `event` is its id."""

    event: Annotated[int, Field(ge=1, le=1_000_000)]
    on: When
    reason: Annotated[str, StringConstraints(min_length=1, max_length=10_000)]
    confirmed: Annotated[bool, Field(description="Yes, although it is unusual.")] = False
    expected_version: Version = None


class Lines(Strict):
    """Printed lines of dates."""

    lines: Annotated[list[Annotated[str, StringConstraints(max_length=10_000)]], Field(max_length=1000)]
