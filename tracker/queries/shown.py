"""One manuscript as the public contract shows it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.events import Event, instant_as_text, standing_events
from tracker.domain.standing import Fold, fold_events
from tracker.formats.processing_dates import printed_dates, processing_dates_line
from tracker.models import Account, Author, Manuscript
from tracker.queries.articles import dates_style_of
from tracker.queries.histories import ledger_of


def shown_manuscript(manuscript: Manuscript) -> dict[str, Any]:
    """The manuscript as `tracker show --json` prints it; dates are ISO, as far as they are known."""
    ledger = ledger_of(manuscript)
    standing = fold_events(standing_events(ledger))
    style = dates_style_of(manuscript.journal)
    return {
        "reference": manuscript.reference,
        "journal": manuscript.journal.slug,
        "title": manuscript.title,
        "authors": [_author(author) for author in manuscript.authors],
        "keywords": manuscript.keywords,
        "abstract": manuscript.abstract,
        "citation": manuscript.citation,
        "volume": manuscript.volume,
        "issue": manuscript.issue,
        "article_number": manuscript.article_number,
        "pages": manuscript.pages,
        "doi": manuscript.doi,
        "state": manuscript.state,
        "kind": manuscript.kind or manuscript.stage,
        "round": manuscript.round,
        "waiting_on": manuscript.waiting_on,
        "due_on": manuscript.due_on and manuscript.due_on.isoformat(),
        **_milestones(standing),
        "origin": manuscript.origin.reference if manuscript.origin else None,
        "paper_received_on": manuscript.paper_received_on and manuscript.paper_received_on.isoformat(),
        "version": manuscript.version,
        "events": shown_events(ledger),
        "processing_dates": processing_dates_line(printed_dates(standing, style), style),
    }


def shown_events(ledger: list[Event]) -> list[dict[str, Any]]:
    """The whole ledger in the order of happening: undone entries too, marked as not standing."""
    standing = {event.position: event for event in standing_events(ledger)}
    names = names_of_actors({entry.actor for entry in ledger})
    shown = sorted((standing.get(entry.position, entry) for entry in ledger), key=lambda entry: entry.order)
    return [
        {
            "id": entry.position,
            "action": str(entry.action),
            "kind": entry.kind,
            "on": entry.on.iso,
            "precision": entry.precision,
            "recorded_at": instant_as_text(entry.recorded_at),
            "actor": names.get(entry.actor, entry.actor),
            "note": entry.note,
            "source": entry.source,
            "stands": entry.position in standing,
        }
        for entry in shown
    ]


def names_of_actors(uids: set[str]) -> dict[str, str]:
    """The names of those who recorded, by the uid that the ledger holds."""
    rows = db.session.execute(select(Account.uid, Account.name, Account.email).where(Account.uid.in_(uids)))
    return {uid: name or email for uid, name, email in rows}


def _author(author: Author) -> dict[str, str]:
    return {
        "given": author.given, "family": author.family, "email": author.email, "orcid": author.orcid,
        "affiliation": author.affiliation, "biography": author.biography,
    }  # fmt: skip


def _milestones(standing: Fold) -> dict[str, str | None]:
    dates = {
        "received_on": standing.first("received"),
        "first_resubmitted_on": standing.first("resubmitted"),
        "last_resubmitted_on": standing.latest("resubmitted"),
        "accepted_on": standing.latest("accepted"),
        "published_on": standing.latest("published"),
    }
    return {name: on.iso if on else None for name, on in dates.items()}
