"""Articles as the outside world knows them, and the journals that they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.db import db
from tracker.domain.errors import BadInput, NotFound
from tracker.domain.events import Event, standing_events
from tracker.domain.standing import Fold, fold_events
from tracker.domain.words import Action, State
from tracker.formats.article_record import AUTHOR_FIELDS, ArticleRecord, AuthorRecord, DatedFact, FactKind
from tracker.formats.date_styles import DateStyle, style_of
from tracker.formats.imprint import FIELDS, Imprint
from tracker.models import Journal, Manuscript
from tracker.queries.histories import ledger_of

# The ledger's action → what is told outside. The latest acceptance and publication only are in force.
TOLD: dict[str, FactKind] = {
    Action.RECEIVED: "received", Action.SENT_TO_REVIEW: "sent_to_review",
    Action.REVISION_REQUESTED: "revision_requested", Action.RESUBMITTED: "resubmitted",
    Action.ACCEPTED: "accepted", Action.REJECTED: "rejected", Action.WITHDRAWN: "withdrawn",
    Action.PUBLISHED: "published", Action.ISSUE_ASSIGNED: "published_in_issue",
}  # fmt: skip
NOTICES: dict[str, FactKind] = {
    "correction": "corrected", "expression_of_concern": "expression_of_concern", "retraction": "retracted",
    "removal": "removed",
}  # fmt: skip


def article_of(manuscript: Manuscript) -> ArticleRecord:
    """The manuscript as the value that every format is written from, with the dates in force by its ledger."""
    events = standing_events(ledger_of(manuscript))
    return ArticleRecord(
        title=manuscript.title, authors=byline_of(manuscript),
        dates=tuple(_facts(events, fold_events(events))), reference=manuscript.reference, doi=manuscript.doi,
        volume=manuscript.volume, issue=manuscript.issue, article_number=manuscript.article_number,
        pages=manuscript.pages, citation=manuscript.citation, abstract=manuscript.abstract,
        keywords=tuple(manuscript.keywords), section=manuscript.section, article_type=manuscript.article_type,
        journal_title=manuscript.journal.title, issns=imprint_of(manuscript.journal).issns,
    )  # fmt: skip


def byline_of(manuscript: Manuscript) -> tuple[AuthorRecord, ...]:
    """The authors of the manuscript, in order."""
    return tuple(
        AuthorRecord(**{name: getattr(author, name) for name in AUTHOR_FIELDS}) for author in manuscript.authors
    )


def _facts(events: Sequence[Event], standing: Fold) -> Iterator[DatedFact]:
    for event in events:
        if event.action == Action.NOTICE_ADDED:
            yield DatedFact(NOTICES[event.kind or "correction"], event.on, link=str(event.details.get("link", "")))
        elif event.action in TOLD and _is_in_force(event, standing):
            detail = event.kind or "" if event.action == Action.REVISION_REQUESTED else ""
            yield DatedFact(TOLD[event.action], event.on, detail=detail)


def _is_in_force(event: Event, standing: Fold) -> bool:
    dates = standing.milestones.get(event.action, [])
    if event.action in (Action.ACCEPTED, Action.PUBLISHED):
        return dates[-1:] == [event.on]
    return event.action == Action.ISSUE_ASSIGNED or event.on in dates


def imprint_of(journal: Journal) -> Imprint:
    """The journal as its articles name it."""
    settings = journal.policy.imprint
    known = {name: str(settings[name]) for name in FIELDS if settings.get(name)}
    return Imprint(title=journal.title, slug=journal.slug, language=journal.language, **known)


def dates_style_of(journal: Journal, *, preset: str = "") -> DateStyle:
    """How the journal prints its processing dates, or the preset asked for. Raises BadInput for an unknown preset."""
    return style_of(journal.policy.dates_style, language=journal.language, preset=preset)


def public_journal(slug: str) -> Journal:
    """The journal of this short name, if its articles are public. Raises NotFound."""
    journal = db.session.scalar(select(Journal).where(Journal.slug == slug))
    if journal is None or not journal.policy.public_articles:
        raise NotFound("There is no such page.")
    return journal


def public_path(manuscript: Manuscript) -> str:
    """The path of the article's public page; empty where it has none: unpublished, unnumbered, or not switched on."""
    is_public = manuscript.journal.policy.public_articles and manuscript.state == State.PUBLISHED
    if not (is_public and manuscript.volume and manuscript.article_number):
        return ""
    volume, number = (quote(text, safe="") for text in (manuscript.volume, manuscript.article_number))
    return f"/j/{manuscript.journal.slug}/volume/{volume}/article/{number}"


def published_articles(journal: Journal) -> list[Manuscript]:
    """The journal's published articles with their authors, newest first; two queries."""
    published = (
        select(Manuscript)
        .options(selectinload(Manuscript.authors))
        .where(Manuscript.journal_id == journal.id, Manuscript.state == State.PUBLISHED)
        .order_by(Manuscript.published_on.desc(), Manuscript.id.desc())
    )
    return list(db.session.scalars(published))


def published_article(journal: Journal, volume: str, number: str) -> Manuscript:
    """The published article of this volume and article number. Raises NotFound."""
    place = (
        Manuscript.journal_id == journal.id, Manuscript.state == State.PUBLISHED, Manuscript.volume == volume,
        Manuscript.article_number == number,
    )  # fmt: skip
    found = db.session.scalar(select(Manuscript).where(*place).order_by(Manuscript.id).limit(1))
    if found is None:
        raise NotFound("There is no such page.")
    return found


def journal_of_record(record: ArticleRecord) -> Journal:
    """The journal that the article names by ISSN or title, else the only one there is. Raises BadInput."""
    journals = list(db.session.scalars(select(Journal).order_by(Journal.slug)))
    named = [journal for journal in journals if _is_named(journal, record)]
    if len(named) == 1:
        return named[0]
    if len(journals) == 1 and not record.journal_title:
        return journals[0]
    known = ", ".join(journal.slug for journal in journals) or "none yet"
    which = f"names the journal “{record.journal_title}”" if record.journal_title else "names no journal"
    raise BadInput(f"The article {which}: say which of yours it is with --journal ({known}).")


def _is_named(journal: Journal, record: ArticleRecord) -> bool:
    same_title = record.journal_title.casefold() == journal.title.casefold()
    return same_title or not set(record.issns).isdisjoint(imprint_of(journal).issns)
