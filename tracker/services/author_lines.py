"""A manuscript's authors as people write them anew: a name put right, an address added, another order, somebody more.

What the lines do not show (ORCID, affiliation, biography) stays with whom it belongs to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from tracker.domain.addresses import address_key
from tracker.domain.audit import RecordField
from tracker.domain.errors import NeedsConfirmation
from tracker.formats.article_record import AuthorRecord
from tracker.formats.author_lines import MARK, lines_of, read_author_line
from tracker.models import Author, Manuscript
from tracker.queries.articles import byline_of
from tracker.queries.histories import ledger_of
from tracker.services.actors import Actor
from tracker.services.article_changes import must_name_no_member
from tracker.services.manuscripts import must_not_be_an_author
from tracker.services.outbox import write_anew
from tracker.services.records import kept, know_again, line_of
from tracker.services.reminders import look_again
from tracker.services.search import keep_searchable

Key = Callable[[Author | AuthorRecord, int], object]


def put_authors(
    manuscript: Manuscript, text: str, *, by: Actor, now: datetime, today: date, confirmed: bool = False
) -> None:
    """Write the byline anew, one author a line. Letters to come go to whom it marks, or to the first with an address.

    Raises BadInput naming a line that cannot be read, Refused where the handling editor would be an author, NotAllowed
    where a colleague would be one and it is not the chief editor who says so, and NeedsConfirmation where somebody
    leaves of whom more is known than the lines show.
    """
    typed, authors = _as_meant(manuscript, text), list(manuscript.authors)
    known = _known_of(authors, typed)
    must_name_no_member(manuscript, byline_of(manuscript), typed, ledger_of(manuscript), by=by)
    if not confirmed:
        _must_lose_nothing(author for author in authors if author not in known.values())
    old = manuscript.corresponding_author
    wrote_to = old.email if old else ""
    with kept(manuscript, RecordField.AUTHORS, by, now):
        manuscript.authors = [_row(known.get(place), author, place + 1) for place, author in enumerate(typed)]
    must_not_be_an_author(manuscript, manuscript.handling_editor)
    know_again(manuscript)
    keep_searchable([manuscript.id])
    new = manuscript.corresponding_author
    if wrote_to and (new is None or address_key(new.email) != address_key(wrote_to)):
        write_anew(manuscript, "author", wrote_to, today=today)
    look_again([manuscript.id])


def _as_meant(manuscript: Manuscript, text: str) -> list[AuthorRecord]:
    """The authors typed. A line that nobody has touched is taken for what it was written from, not read again."""
    written = {_without_mark(line_of(author)): author for author in manuscript.authors}
    return [_meant(line, written.get(_without_mark(line))) for line in lines_of(text)]


def _without_mark(line: str) -> str:
    return line.removesuffix(MARK).rstrip()


def _meant(line: str, author: Author | None) -> AuthorRecord:
    if author is None:
        return read_author_line(line)
    return AuthorRecord(author.given, author.family, author.email, is_corresponding=line.endswith(MARK))


def _known_of(authors: Sequence[Author], typed: Sequence[AuthorRecord]) -> dict[int, Author]:
    """By place in the new byline: who of the old one it is. By the address, else by the name, else by a name of the
    same initials at the same place, which is one put right.
    """
    found: dict[int, Author] = {}
    for key in (_address, _name, _place_and_initials):
        left = {key(author, place): author for place, author in enumerate(authors) if author not in found.values()}
        for place, author in enumerate(typed):
            one = key(author, place)
            if place not in found and one and one in left:
                found[place] = left.pop(one)
    return found


def _address(author: Author | AuthorRecord, place: int) -> object:
    return address_key(author.email)


def _name(author: Author | AuthorRecord, place: int) -> object:
    return " ".join(sorted(f"{author.given} {author.family}".casefold().split()))


def _place_and_initials(author: Author | AuthorRecord, place: int) -> object:
    return place, tuple(sorted(name[:1].casefold() for name in (author.given, author.family)))


def _must_lose_nothing(leaving: Iterable[Author]) -> None:
    names = [author.full_name for author in leaving if author.orcid or author.affiliation or author.biography]
    if names:
        raise NeedsConfirmation(
            f"{', '.join(names)} would leave the byline, and with the name the ORCID, affiliation or biography that "
            "this text does not show and no undo brings back. Confirm that this is right."
        )


def _row(known: Author | None, typed: AuthorRecord, position: int) -> Author:
    row = known or Author(orcid="", affiliation="", biography="")
    row.position, row.is_corresponding = position, typed.is_corresponding
    row.given, row.family, row.email = typed.given, typed.family, typed.email
    return row
