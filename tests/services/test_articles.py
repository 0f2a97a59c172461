"""Importing articles: told once, told again, told better, and told otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask

from tests.formats.articles import ARTICLE, told
from tests.people import NOW, TODAY
from tracker.db import db, transaction
from tracker.domain.dates import parse_iso
from tracker.domain.errors import BadInput, Refused
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact, FactKind
from tracker.models import Journal, Manuscript
from tracker.queries.articles import article_of
from tracker.queries.verification import verify_all
from tracker.services.actors import OPERATOR
from tracker.services.articles import Imported, import_article
from tracker.services.journals import add_journal


@pytest.fixture
def journal(app: Flask) -> Journal:
    with transaction():
        return add_journal(slug="ams", title="Annals of Made-up Studies", by=OPERATOR, now=NOW)


def imported(journal: Journal, article: ArticleRecord, source: str = "import 1: file.xml") -> Imported:
    with transaction() as session:
        return import_article(session.merge(journal), article, source=source, by=OPERATOR, now=NOW, today=TODAY)


def dated(*dates: tuple[FactKind, str], title: str = "On Tides", **facts: str) -> ArticleRecord:
    told = tuple(DatedFact(kind, parse_iso(iso)) for kind, iso in dates)
    return ArticleRecord(title, (AuthorRecord("Ada", "Lovelace"),), told, **facts)  # type: ignore[arg-type]


def test_an_article_is_told_as_it_was_read(journal: Journal) -> None:
    manuscript = imported(journal, ARTICLE).manuscript
    again = article_of(manuscript)
    assert told(again) == told(ARTICLE)
    assert replace(again, dates=(), journal_title="", issns=()) == replace(ARTICLE, dates=())
    assert not verify_all().problems


def test_the_same_article_again_changes_nothing(journal: Journal) -> None:
    first = imported(journal, ARTICLE)
    again = imported(journal, ARTICLE, "import 2: file.xml")
    assert (first.outcome, again.outcome) == ("created", "unchanged")
    assert again.manuscript.reference == first.manuscript.reference
    assert again.manuscript.version == len(ARTICLE.dates)


@pytest.mark.parametrize(
    "again",
    [
        dated(("accepted", "2020-03-01"), title="Another title", doi="10.5555/AMS.1"),
        dated(("accepted", "2020-03-01"), title="On  TIDES"),
        dated(("accepted", "2020-03-01"), title="Another title", reference="ams-7"),
    ],
    ids=["DOI", "title and first author", "reference"],
)
def test_a_known_manuscript_gets_what_it_lacks(journal: Journal, again: ArticleRecord) -> None:
    first = imported(journal, dated(("received", "2020-01-01"), doi="10.5555/ams.1", reference="AMS-7"))
    second = imported(journal, again)
    assert (second.manuscript.id, second.outcome) == (first.manuscript.id, "updated")
    assert told(article_of(second.manuscript)) == [("received", "2020-01-01"), ("accepted", "2020-03-01")]


def test_the_same_title_under_another_doi_is_another_article(journal: Journal) -> None:
    one = imported(journal, dated(("published", "2020-01-01"), title="Editorial", doi="10.5555/1"))
    two = imported(journal, dated(("published", "2021-01-01"), title="Editorial", doi="10.5555/2"))
    assert one.manuscript.id != two.manuscript.id


def test_a_date_known_to_the_month_becomes_exact(journal: Journal) -> None:
    imported(journal, dated(("received", "2020-01"), ("accepted", "2020")))
    manuscript = imported(journal, dated(("received", "2020-01-09"), ("accepted", "2020-05")), "import 2: x").manuscript
    assert told(article_of(manuscript)) == [("received", "2020-01-09"), ("accepted", "2020-05")]
    assert not verify_all().problems


def test_a_more_exact_date_gives_way_to_a_vague_one_that_would_then_stand_before_it(journal: Journal) -> None:
    imported(journal, dated(("received", "2020-01"), ("accepted", "2020")))
    again = imported(journal, dated(("received", "2020-01-09")), "import 2: x")
    assert (again.outcome, told(article_of(again.manuscript))[0]) == ("unchanged", ("received", "2020-01"))
    assert not verify_all().problems


def test_a_vaguer_date_that_agrees_changes_nothing(journal: Journal) -> None:
    imported(journal, dated(("received", "2020-01-09")))
    assert imported(journal, dated(("received", "2020"))).outcome == "unchanged"


def test_another_date_for_a_milestone_is_refused_with_both(journal: Journal) -> None:
    first = imported(journal, dated(("received", "2020-01-09")))
    with pytest.raises(Refused) as refusal:
        imported(journal, dated(("received", "2020-01-10"), title="On Tides"))
    assert "has Received 9 January 2020, the article says 10 January 2020" in str(refusal.value)
    assert told(article_of(first.manuscript)) == [("received", "2020-01-09")]


@pytest.mark.parametrize(
    ("dates", "sentence"),
    [
        ((("received", "2020-05-02"), ("accepted", "2020-03-01")), "2 May 2020"),
        ((("received", "2020-05-02"), ("received", "2020-06-02")), "2 June 2020"),
        ((("received", "2027-01-01"),), "lies in the future"),
    ],
    ids=["accepted before received", "received twice", "future"],
)
def test_what_cannot_follow_is_refused_whole(
    journal: Journal, dates: tuple[tuple[FactKind, str], ...], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        imported(journal, dated(*dates))
    assert db.session.query(Manuscript).count() == 0


def test_without_any_date_an_article_is_refused(journal: Journal) -> None:
    with pytest.raises(BadInput, match="The article has no dates"):
        imported(journal, dated())


def test_an_issue_that_is_dated_before_the_article_appeared_is_left_out(journal: Journal) -> None:
    manuscript = imported(journal, dated(("published", "2020-05-02"), ("published_in_issue", "2020-05-01"))).manuscript
    assert told(article_of(manuscript)) == [("published", "2020-05-02")]


def test_an_issue_date_alone_is_the_publication(journal: Journal) -> None:
    article = dated(("published_in_issue", "2020-05-02"), ("published_in_issue", "2020-06"))
    manuscript = imported(journal, article).manuscript
    assert told(article_of(manuscript)) == [("published", "2020-05-02"), ("published_in_issue", "2020-06")]


def test_a_vague_date_finds_its_place_among_exact_ones(journal: Journal) -> None:
    article = dated(("received", "2020-03-10"), ("resubmitted", "2020-03"), ("accepted", "2020-03-20"))
    manuscript = imported(journal, article).manuscript
    assert [kind for kind, _ in told(article_of(manuscript))] == ["received", "resubmitted", "accepted"]


def test_authors_keep_what_the_next_source_does_not_say(journal: Journal) -> None:
    imported(journal, ARTICLE)
    plain = replace(ARTICLE, authors=tuple(AuthorRecord(a.given, a.family) for a in ARTICLE.authors[:2]))
    manuscript = imported(journal, plain).manuscript
    assert [author.email for author in manuscript.authors] == ["ada@example.org", ""]


def test_letters_go_to_the_author_whom_the_latest_byline_marks(journal: Journal) -> None:
    ada, grace = AuthorRecord("Ada", "Lovelace", "ada@example.org"), AuthorRecord("Grace", "Hopper", "g@example.org")
    article = dated(("received", "2020-01-09"), doi="10.5555/1")

    def marked_after(*byline: AuthorRecord) -> list[str]:
        manuscript = imported(journal, replace(article, authors=byline)).manuscript
        marked = [author.given for author in manuscript.authors if author.is_corresponding]
        addressee = manuscript.corresponding_author
        assert addressee is not None
        assert addressee.given == marked[0]
        return marked

    assert marked_after(replace(ada, is_corresponding=True), grace) == ["Ada"]
    assert marked_after(ada, replace(grace, is_corresponding=True)) == ["Grace"]
    assert marked_after(ada, grace) == ["Grace"], "nobody is marked, so nothing is said"
    assert marked_after(grace, replace(ada, email="", is_corresponding=True)) == ["Ada"]


def test_namesakes_are_told_apart_by_their_order(journal: Journal) -> None:
    first, second = AuthorRecord("Wei", "Wang"), AuthorRecord("Wei", "Wang", "second@example.org")
    article = replace(dated(("received", "2020-01-09")), authors=(first, second))
    imported(journal, article)
    again = imported(journal, article)
    assert again.outcome == "unchanged"
    assert [author.email for author in again.manuscript.authors] == ["", "second@example.org"]


def test_a_name_that_is_parted_otherwise_is_taken_as_it_is_told(journal: Journal) -> None:
    article = dated(("received", "2020-01-09"), doi="10.5555/1")
    imported(journal, replace(article, authors=(AuthorRecord("The Tide", "Consortium", "tide@example.org"),)))
    group = replace(article, authors=(AuthorRecord("", "The Tide Consortium"),))
    (author,) = imported(journal, group).manuscript.authors
    assert (author.given, author.family, author.email) == ("", "The Tide Consortium", "tide@example.org")


def test_an_article_is_known_by_the_title_that_it_was_given_last(journal: Journal) -> None:
    first = imported(journal, dated(("received", "2020-01-09"), doi="10.5555/1"))
    imported(journal, dated(("received", "2020-01-09"), doi="10.5555/1", title="On Ebb and Flow"))
    again = imported(journal, dated(("received", "2020-01-09"), title="On Ebb and Flow"))
    assert (again.manuscript.id, again.outcome) == (first.manuscript.id, "unchanged")


def test_a_reference_of_another_journal_does_not_stand_in_the_way(journal: Journal) -> None:
    with transaction():
        other = add_journal(slug="other", title="Another Journal", by=OPERATOR, now=NOW)
    imported(other, dated(("received", "2020-01-09"), reference="OJS-1"))
    manuscript = imported(journal, dated(("received", "2020-01-09"), reference="OJS-1")).manuscript
    assert manuscript.reference == "AMS-OJS-1"
    assert imported(journal, dated(("received", "2020-01-09"), reference="OJS-1")).outcome == "unchanged"


def test_a_field_that_is_too_long_is_refused_by_name(journal: Journal) -> None:
    with pytest.raises(BadInput, match=r"The volume “1{30}…” is too long: 20 characters at most"):
        imported(journal, dated(("received", "2020-01-09"), volume="1" * 50))


def test_control_characters_are_taken_out(journal: Journal) -> None:
    article = dated(("received", "2020-01-09"), title="On\x00 \ud800Tides\x1b", abstract="a\x00b")
    manuscript = imported(journal, article).manuscript
    assert (manuscript.title, manuscript.abstract) == ("On Tides", "ab")
