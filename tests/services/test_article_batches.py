"""Articles by the hundred: what becomes of each is what the door for one would have made of it."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from tests.formats.articles import ARTICLE
from tests.people import NOW, TODAY
from tracker.db import db, transaction
from tracker.domain.dates import parse_iso
from tracker.domain.errors import TrackerError
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.models import Journal, Manuscript
from tracker.queries.articles import article_of
from tracker.queries.verification import verify_all
from tracker.services.actors import OPERATOR
from tracker.services.article_batches import ArticleBatch
from tracker.services.articles import import_article
from tracker.services.journals import add_journal

PLAIN = ArticleRecord("On Tables", (AuthorRecord("Bo", "Ek"),), (DatedFact("received", parse_iso("2023-02-01")),))
ARTICLES = [
    ARTICLE,
    PLAIN,
    replace(PLAIN, title="On Chairs"),
    replace(PLAIN, dates=(*PLAIN.dates, DatedFact("accepted", parse_iso("2023-03")))),  # known, and one date more
    ARTICLE,  # the same again
    replace(PLAIN, title="On Stools", dates=()),
    replace(PLAIN, title="On Beds", dates=(DatedFact("received", parse_iso("2099-01-01")),)),
    replace(PLAIN, title="On Desks", reference="MY-1"),
    replace(PLAIN, title="On Shelves", reference="my-1"),  # known by its reference
]


def told_by(journal: Journal, *, together: bool) -> tuple[list[str], list[ArticleRecord]]:
    """What became of each article, and all that is there in the end."""
    outcomes = []
    with transaction():
        batch = ArticleBatch(by=OPERATOR, now=NOW)
        for article in ARTICLES:
            try:
                if together:
                    outcomes.append(batch.take(journal, article, source="import", today=TODAY).outcome)
                else:
                    with db.session.begin_nested():
                        done = import_article(journal, article, source="import", by=OPERATOR, now=NOW, today=TODAY)
                        outcomes.append(done.outcome)
            except TrackerError as refusal:
                outcomes.append(str(refusal))
        batch.finish()
    rows = db.session.query(Manuscript).filter_by(journal_id=journal.id).order_by(Manuscript.title).all()
    return outcomes, [replace(article_of(row), reference="", journal_title="") for row in rows]


def test_many_become_what_each_would_have_become(app: Flask) -> None:
    with transaction():
        one, other = (add_journal(slug=slug, title=slug.upper(), by=OPERATOR, now=NOW) for slug in ("one", "two"))
    together, single = told_by(one, together=True), told_by(other, together=False)
    assert together == single
    assert [outcome if len(outcome) < 10 else "refused" for outcome in together[0]] == [
        "created", "created", "created", "updated", "unchanged", "refused", "refused", "created", "updated",
    ]  # fmt: skip
    assert not verify_all().problems
