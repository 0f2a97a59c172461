"""Names that are hard: a group, one name only, a suffix, Chinese letters; alike in every format that tells of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.formats.articles import ARTICLE, JOURNAL, only
from tracker.formats.article_html import article_body
from tracker.formats.article_record import ArticleRecord, AuthorRecord
from tracker.formats.author_names import NameParts, is_group, parts_of
from tracker.formats.citations import cite_apa, cite_bibtex, cite_csl, cite_ris
from tracker.formats.crossref_deposit import write_crossref_deposit
from tracker.formats.embeddings import highwire_tags, json_ld
from tracker.formats.jats_writing import write_jats
from tracker.formats.pubmed_writing import write_pubmed
from tracker.formats.sources import SOURCES

PEOPLE = (
    AuthorRecord("", "Suharto"),
    AuthorRecord("", "The Tide Table Consortium"),
    AuthorRecord("Sammy", "Davis, Jr."),
    AuthorRecord("Martin L.", "King III"),
    AuthorRecord("Ann", "Smith and Sons"),
    AuthorRecord("小明", "王"),
    AuthorRecord("", "国际路径研究协作组"),
)


def article() -> ArticleRecord:
    return replace(ARTICLE, authors=PEOPLE, title="On {one} half", citation="")


@pytest.mark.parametrize(
    ("author", "group", "parts"),
    [
        (PEOPLE[0], False, ("", "Suharto", "")),
        (AuthorRecord("Plato", ""), False, ("", "Plato", "")),
        (PEOPLE[1], True, ("", "The Tide Table Consortium", "")),
        (PEOPLE[2], False, ("Sammy", "Davis", "Jr.")),
        (AuthorRecord("Sammy Jr.", "Davis"), False, ("Sammy", "Davis", "Jr.")),
        (PEOPLE[3], False, ("Martin L.", "King", "III")),
        (PEOPLE[5], False, ("小明", "王", "")),
        (AuthorRecord("", "欧阳娜娜"), False, ("", "欧阳娜娜", "")),
        (PEOPLE[6], True, ("", "国际路径研究协作组", "")),
    ],
)
def test_a_name_is_known_in_its_parts(author: AuthorRecord, group: bool, parts: tuple[str, str, str]) -> None:
    assert (is_group(author), parts_of(author)) == (group, NameParts(*parts))


def test_citations_name_everybody_as_their_rules_say() -> None:
    assert cite_apa(article(), JOURNAL).startswith(
        "Suharto, The Tide Table Consortium, Davis, S., Jr., King, M. L., III, Smith and Sons, A., 王小明, & "
        "国际路径研究协作组. (2023). On {one} half."
    )
    assert cite_bibtex(article(), JOURNAL).splitlines()[1:3] == [
        "  author = {{Suharto} and {The Tide Table Consortium} and Davis, Jr., Sammy and King, III, Martin L. and "
        "{Smith and Sons}, Ann and 王, 小明 and {国际路径研究协作组}},",
        r"  title = {{On \textbraceleft{}one\textbraceright{} half}},",
    ]
    assert [line[6:] for line in cite_ris(article(), JOURNAL).splitlines() if line.startswith("AU")] == [
        "Suharto", "The Tide Table Consortium", "Davis, Sammy, Jr.", "King, Martin L., III", "Smith and Sons, Ann",
        "王, 小明", "国际路径研究协作组",
    ]  # fmt: skip
    assert cite_csl(article(), JOURNAL)[0]["author"][:3] == [
        {"literal": "Suharto"},
        {"literal": "The Tide Table Consortium"},
        {"family": "Davis", "given": "Sammy", "suffix": "Jr."},
    ]


def test_pages_name_everybody_in_the_order_of_their_language() -> None:
    assert "King III, Ann Smith and Sons, 王小明 and 国际路径研究协作组</p>" in article_body(article(), JOURNAL, "")
    assert ("citation_author", "Davis, Sammy Jr.") in highwire_tags(article(), JOURNAL)
    assert [(author["@type"], author["name"]) for author in json_ld(article(), JOURNAL)["author"]][:2] == [
        ("Person", "Suharto"),
        ("Organization", "The Tide Table Consortium"),
    ]


def test_deposits_tell_persons_from_groups() -> None:
    deposit = write_crossref_deposit(article(), JOURNAL, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert (deposit.count("<person_name"), deposit.count("<organization"), deposit.count("<suffix>")) == (5, 2, 2)
    pubmed = write_pubmed([(article(), JOURNAL)])
    assert (pubmed.count("<CollectiveName>"), pubmed.count('<FirstName EmptyYN="Y"/>')) == (2, 1)
    jats = write_jats(article(), JOURNAL)
    assert (jats.count("<collab>"), jats.count("<surname>"), jats.count("<suffix>")) == (2, 5, 2)


def test_hard_names_come_back_from_jats() -> None:
    back = only(list(SOURCES["jats"].read(write_jats(article(), JOURNAL).encode()))).authors
    assert [(author.given, author.family) for author in back] == [
        (author.given, author.family.replace(",", "")) for author in PEOPLE
    ]
