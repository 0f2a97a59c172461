"""What an author may see of a manuscript: a value of its own, so that nothing else can slip onto their page.

Reviewers are “Reviewer 1”, “Reviewer 2” unless the journal shows all identities (NISO Z39.106). A review's text for the
author is shown once the round has a decision; recommendations and texts for editors never are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import select

from tracker.db import db
from tracker.domain.standing import Fold
from tracker.domain.words import Holder, State
from tracker.formats.processing_dates import PrintedDate, printed_dates
from tracker.models import Manuscript, Review, Reviewer, StatusLink
from tracker.queries.articles import dates_style_of
from tracker.queries.histories import standing_of

WITH_WHOM = {
    Holder.EDITOR: "with the editors",
    Holder.REVIEWERS: "with reviewers",
    Holder.AUTHOR: "with you",
    Holder.PRODUCTION: "in production",
    Holder.HOLD: "on hold",
}
SHOWS_REVIEWERS = "all_identities_visible"


@dataclass(frozen=True)
class ReviewForAuthor:
    """A review as the author may read it."""

    round: int
    reviewer: str
    text: str


@dataclass(frozen=True)
class AuthorView:
    """The whole of what an author sees. `due_on` is the author's own due date, if they owe something.

    Reviewers keep the number that letters and decisions know them by, though one before them never reported.
    """

    reference: str
    title: str
    journal: str
    state: State | None
    is_appealed: bool
    with_whom: str
    since_on: date | None
    due_on: date | None
    dates: tuple[PrintedDate, ...]
    reviews: tuple[ReviewForAuthor, ...]

    @property
    def reported(self) -> list[tuple[int, str]]:
        """Round by round who has reported: `Reviewer 1 and Reviewer 3`."""
        rounds = groupby(self.reviews, key=lambda review: review.round)
        return [(number, _listed([review.reviewer for review in reviews])) for number, reviews in rounds]


def _listed(names: Sequence[str]) -> str:
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def author_view(manuscript: Manuscript) -> AuthorView:
    """What the authors of this manuscript may see of it now."""
    standing = standing_of(manuscript)
    waits_for_author = standing.holder is Holder.AUTHOR
    return AuthorView(
        reference=manuscript.reference,
        title=manuscript.title,
        journal=manuscript.journal.title,
        state=standing.state,
        is_appealed=standing.appeal_open,
        with_whom=WITH_WHOM.get(standing.holder, ""),
        since_on=standing.holder_since,
        due_on=manuscript.due_on if waits_for_author else None,
        dates=tuple(printed_dates(standing, dates_style_of(manuscript.journal))),
        reviews=tuple(_reviews(manuscript, standing)),
    )


def _reviews(manuscript: Manuscript, standing: Fold) -> list[ReviewForAuthor]:
    decided = {decided_round for _, decided_round in standing.decisions}
    mine = select(Review).where(Review.manuscript_id == manuscript.id, Review.to_author != "")
    stands = {key for key, part in standing.reviewing.items() if part.status == "reviewed"}
    names = _names(manuscript)
    return [
        ReviewForAuthor(review.round, names.get(review.reviewer_number, f"Reviewer {review.reviewer_number}"), text)
        for review in db.session.scalars(mine.order_by(Review.round, Review.reviewer_number))
        if (review.round, review.reviewer_number) in stands and review.round in decided and (text := review.to_author)
    ]


def _names(manuscript: Manuscript) -> dict[int, str]:
    """Reviewers' names by number, where the journal shows all identities; nothing otherwise."""
    if manuscript.journal.policy.anonymity != SHOWS_REVIEWERS:
        return {}
    known = select(Reviewer.number, Reviewer.name).where(Reviewer.manuscript_id == manuscript.id, Reviewer.name != "")
    return {row.number: row.name for row in db.session.execute(known)}


def manuscript_of_status_link(token_hash: str) -> Manuscript | None:
    """The manuscript whose status page this is, if the link stands and the journal has such pages switched on."""
    link = db.session.scalar(select(StatusLink).where(StatusLink.token_hash == token_hash))
    return link.manuscript if link and link.manuscript.journal.policy.public_status else None
