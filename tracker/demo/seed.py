"""The seed article: the published article whose printed dates this product exists to keep."""

from __future__ import annotations

from datetime import date, datetime

from tracker.domain.dates import parse_iso
from tracker.domain.recording import Entry
from tracker.domain.words import Action
from tracker.formats.article_record import AuthorRecord
from tracker.models import Journal, Manuscript
from tracker.services.actors import OPERATOR
from tracker.services.history import record_facts
from tracker.services.manuscripts import new_record

TITLE = "Desperately seeking…a theory of the coaching relationship"
AUTHORS = (AuthorRecord("Alanna", "Henderson"), AuthorRecord("Stephen", "Palmer"))
FACTS = (
    (Action.RECEIVED, "2020-11-11"),
    (Action.RESUBMITTED, "2020-12-02"),
    (Action.ACCEPTED, "2020-12-07"),
    (Action.PUBLISHED, "2021-01-14"),
)
CITATION = (
    "Henderson, A., & Palmer, S. (2021). ‘Desperately seeking… a theory of the coaching relationship.‘ "
    "International Journal of Coaching Psychology, 2, 3, 1-5."
)


def seed_article(journal: Journal, *, now: datetime, today: date) -> Manuscript:
    """Enter the article with the four dates that were printed under it, as an imported history."""
    manuscript = new_record(journal, title=TITLE, authors=AUTHORS, year=2020, now=now)
    manuscript.volume, manuscript.article_number, manuscript.pages = "2", "3", "1-5"
    manuscript.citation, manuscript.section = CITATION, "Articles"
    manuscript.keywords = [
        "coaching relationship", "coaching relationship theory", "working alliance", "social psychology theories"
    ]  # fmt: skip
    entries = [Entry(action, parse_iso(on)) for action, on in FACTS]
    record_facts(manuscript, entries, source="import seed article", by=OPERATOR, now=now, today=today)
    return manuscript
