"""Crossref: works of its REST API in, deposits out.

No package that can be had carries the XSD of the deposit schema 5.3.1. Deposits are held against its published rules
instead: the order of the elements of <journal_article>, <head>, <journal_issue> and <person_name>, and the limits of
length (Crossref, “crossref5.3.1.xsd”, “common5.3.1.xsd”).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from lxml import etree

from tests.formats.articles import ARTICLE, JOURNAL, as_bytes, only, told
from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord
from tracker.formats.crossref import read_crossref
from tracker.formats.crossref_deposit import NAMESPACE, missing_for_deposit, write_crossref_deposit
from tracker.formats.imprint import Imprint

NOW = datetime(2026, 6, 1, 12, 30, tzinfo=UTC)
WORK: dict[str, Any] = {
    "DOI": "10.5555/ams.2023.17", "type": "journal-article", "title": ["On <i>Tides</i>"], "subtitle": ["A study"],
    "container-title": ["Annals of Made-up Studies"], "ISSN": ["2049-3630"], "volume": "7", "issue": "3",
    "page": "101-118", "article-number": "17",
    "author": [
        {"given": "Ada", "family": "Lovelace", "ORCID": "http://orcid.org/0000-0002-1825-0097",
         "affiliation": [{"name": "London"}]},
        {"name": "The Tide Table Consortium"},
    ],
    "abstract": "<jats:title>Abstract</jats:title><jats:p>Tides &amp; tables.</jats:p><jats:p>End.</jats:p>",
    "published-online": {"date-parts": [[2023, 8, 15]]}, "published-print": {"date-parts": [[2023, 10]]},
    "issued": {"date-parts": [[2023, 8, 15]]}, "accepted": {"date-parts": [[2023, 7, 1]]},
    "assertion": [
        {"value": "9 January 2023", "name": "received", "label": "Received", "group": {"name": "ArticleHistory"}},
        {"value": "2 May 2023", "name": "rev-recd", "label": "Revised", "group": {"name": "ArticleHistory"}},
        {"value": "1 July 2023", "name": "accepted", "label": "Accepted", "group": {"name": "ArticleHistory"}},
        {"value": "The authors declare 3 May 2020 no conflicts.", "name": "Ethics", "label": "Competing interests"},
    ],
    "updated-by": [
        {"type": "correction", "DOI": "10.5555/ams.2024.1", "updated": {"date-parts": [[2024, 1, 30]]}},
    ],
}  # fmt: skip


def test_a_work_gives_its_history_from_assertions_and_its_own_fields() -> None:
    article = only(read_crossref(as_bytes({"status": "ok", "message": WORK})))
    assert sorted(told(article)) == [
        ("accepted", "2023-07-01"), ("corrected", "2024-01-30"), ("published", "2023-08-15"),
        ("published_in_issue", "2023-10"), ("received", "2023-01-09"), ("resubmitted", "2023-05-02"),
    ]  # fmt: skip
    assert (article.title, article.pages, article.doi) == ("On Tides: A study", "101–118", "10.5555/ams.2023.17")
    assert article.abstract == "Tides & tables.\n\nEnd."
    assert [author.family for author in article.authors] == ["Lovelace", "The Tide Table Consortium"]


@pytest.mark.parametrize(
    "document", [WORK, [WORK], {"message": WORK}, {"message": {"items": [WORK]}}], ids=["bare", "list", "one", "many"]
)
def test_a_work_is_read_however_it_is_wrapped(document: Any) -> None:
    assert only(read_crossref(as_bytes(document))).doi == "10.5555/ams.2023.17"


def test_works_may_stand_on_lines_of_their_own() -> None:
    assert len(read_crossref(as_bytes(WORK) + b"\n" + as_bytes(WORK) + b"\n")) == 2


def test_without_a_day_of_publication_the_issued_date_is_it() -> None:
    work = {"title": ["On Tides"], "issued": {"date-parts": [[2023]]}}
    assert told(only(read_crossref(as_bytes(work)))) == [("published", "2023")]


@pytest.mark.parametrize(
    "assertion",
    [
        {"value": "Received 9 January 2023; Revised 2 May 2023; Accepted 1 July 2023", "name": "history"},
        {"value": "Received: 9 Jan 2023 | Revised: 2 May 2023 | Accepted: 1 Jul 2023", "label": "Article history"},
    ],
)
def test_an_assertion_may_hold_the_whole_line(assertion: dict[str, str]) -> None:
    (reading,) = read_crossref(as_bytes({"title": ["On Tides"], "assertion": [assertion]}))
    dates = [("received", "2023-01-09"), ("resubmitted", "2023-05-02"), ("accepted", "2023-07-01")]
    assert sorted(told(only([reading]))) == sorted(dates)


@pytest.mark.parametrize(
    ("name", "kind"), [("date_received", "received"), ("rev-recd", "resubmitted"), ("date_epub", "published")]
)
def test_the_name_of_an_assertion_counts_where_its_label_does_not(name: str, kind: str) -> None:
    assertion = {"value": "2023-01-09", "name": name, "label": "Päivä"}
    assert (kind, "2023-01-09") in told(
        only(read_crossref(as_bytes({"title": ["On Tides"], "assertion": [assertion]})))
    )


def test_an_asserted_date_that_could_be_two_days_is_not_guessed() -> None:
    assertion = {"value": "03/04/2019", "name": "received", "label": "Received"}
    (reading,) = read_crossref(as_bytes({"title": ["On Tides"], "assertion": [assertion]}))
    assert str(reading).startswith("The date “03/04/2019” of “Received” cannot be used: ")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty."),
        (b"{", "the file is no JSON (line 1: "),
        (b"[]", "the file holds no works: "),
        (b'{"message": 3}', "the file holds no works: "),
        (b"[" * 100_000, "the file is nested too deeply."),
        (b'{"a": ' + b"9" * 10_000 + b"}", "the file holds a number that is too long."),
    ],
)
def test_what_is_no_work_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_crossref(data)
    assert str(refusal.value).startswith(sentence)


def test_a_work_of_odd_values_is_refused_or_read_without_them() -> None:
    odd = {**WORK, "volume": {"a": 1}, "author": "me", "ISSN": [3], "page": None, "assertion": [7], "title": [None]}
    nameless, plain = read_crossref(as_bytes([odd, {**odd, "title": "On Tides"}]))
    assert str(nameless) == "The work 10.5555/ams.2023.17 has no title."
    assert isinstance(plain, ArticleRecord)
    assert (plain.volume, plain.authors, plain.issns, plain.pages) == ("", (), (), "")


# Deposits

ORDER = {
    "doi_batch": ("head", "body"),
    "head": ("doi_batch_id", "timestamp", "depositor", "registrant"),
    "journal": ("journal_metadata", "journal_issue", "journal_article"),
    "journal_metadata": ("full_title", "abbrev_title", "issn", "issn"),
    "journal_issue": ("publication_date", "journal_volume", "issue"),
    "journal_article": (
        "titles", "contributors", "abstract", "publication_date", "acceptance_date", "pages", "publisher_item",
        "crossmark", "doi_data",
    ),
    "person_name": ("given_name", "surname", "affiliations", "ORCID"),
    "crossmark": ("crossmark_policy", "custom_metadata"),
    "doi_data": ("doi", "resource"),
    "publication_date": ("month", "day", "year"),
    "acceptance_date": ("month", "day", "year"),
}  # fmt: skip


def names(element: Any) -> list[str]:
    return [etree.QName(child).localname for child in element]


def deposit(article: ArticleRecord = ARTICLE, journal: Imprint = JOURNAL) -> Any:
    written = write_crossref_deposit(article, journal, now=NOW, address="https://ams.example.org/17")
    return etree.fromstring(written.encode())


def one(root: Any, path: str) -> Any:
    (found,) = root.findall(f".//{{{NAMESPACE}}}" + f"/{{{NAMESPACE}}}".join(path.split("/")))
    return found


def test_elements_stand_in_the_order_of_the_schema() -> None:
    for element in deposit().iter(f"{{{NAMESPACE}}}*"):
        expected = list(ORDER.get(etree.QName(element).localname, names(element)))
        found = names(element)
        assert found == [name for name in expected if name in found], etree.QName(element).localname


def test_acceptance_and_publication_have_their_own_dates() -> None:
    root = deposit()
    for path, parts in (
        ("journal_article/publication_date", ["08", "15", "2023"]),
        ("journal_article/acceptance_date", ["07", "01", "2023"]),
        ("journal_issue/publication_date", ["10", "2023"]),
    ):
        assert [part.text for part in one(root, path)] == parts


def test_the_history_is_asserted_as_publication_history() -> None:
    assertions = list(one(deposit(), "custom_metadata"))
    assert [(item.get("name"), item.text) for item in assertions] == [
        ("received", "2023-01-09"), ("revision_requested", "2023-03-20"), ("revised", "2023-05-02"),
        ("revised", "2023-06-11"), ("accepted", "2023-07-01"), ("published_online", "2023-08-15"),
        ("published_in_issue", "2023-10"),
    ]  # fmt: skip
    assert {item.get("group_name") for item in assertions} == {"publication_history"}
    assert [item.get("order") for item in assertions] == [str(number) for number in range(7)]


def test_first_and_additional_authors_people_and_organizations() -> None:
    contributors = list(one(deposit(), "contributors"))
    assert [(etree.QName(item).localname, item.get("sequence")) for item in contributors] == [
        ("person_name", "first"), ("person_name", "additional"), ("organization", "additional"),
    ]  # fmt: skip


def test_the_version_is_told_everywhere_alike() -> None:
    root = deposit()
    assert (root.get("version"), etree.QName(root).namespace) == ("5.3.1", "http://www.crossref.org/schema/5.3.1")
    assert one(root, "head/timestamp").text == "20260601123000000"


def test_what_is_too_long_for_the_schema_is_cut() -> None:
    long = replace(ARTICLE, authors=(replace(ARTICLE.authors[0], given="A" * 100, family="B" * 100),))
    person = one(deposit(long), "person_name")
    assert [len(person[0].text), len(person[1].text)] == [60, 60]


def test_what_a_deposit_lacks_is_named() -> None:
    assert missing_for_deposit(ARTICLE, JOURNAL) == []
    assert missing_for_deposit(ArticleRecord("On Tides"), Imprint("J")) == [
        "the article's DOI", "a publication date", "an address for the DOI to lead to",
        "the depositor's e-mail in the journal's imprint",
    ]  # fmt: skip
