"""DOAJ: articles of its API and of tables in, articles for its API out.

What is written is held against DOAJ's published description of `bibjson` (API v4): the names and kinds of its fields.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.formats.articles import ARTICLE, JOURNAL, as_bytes, only, told
from tracker.domain.errors import BadInput
from tracker.formats.doaj import doaj_json, read_doaj

ENTRY: dict[str, Any] = {
    "id": "abc",
    "bibjson": {
        "title": "On Tides", "year": "2023", "month": "8", "start_page": "101", "end_page": "118",
        "author": [{"name": "Ada Lovelace", "affiliation": "London", "orcid_id": "https://orcid.org/0000-0002-1825-0097"}],
        "identifier": [{"type": "doi", "id": "10.5555/ams.2023.17"}, {"type": "eissn", "id": "2049-3630"}],
        "journal": {"title": "Annals of Made-up Studies", "volume": "7", "number": "3"},
        "keywords": ["tides"], "abstract": "Tides rise.",
    },
}  # fmt: skip


@pytest.mark.parametrize("document", [ENTRY, [ENTRY], {"total": 1, "results": [ENTRY]}], ids=["one", "dump", "search"])
def test_an_article_is_read_however_it_is_wrapped(document: Any) -> None:
    article = only(read_doaj(as_bytes(document)))
    assert told(article) == [("published", "2023-08")]
    assert (article.title, article.doi, article.pages) == ("On Tides", "10.5555/ams.2023.17", "101–118")
    assert (article.authors[0].given, article.authors[0].family) == ("Ada", "Lovelace")
    assert (article.volume, article.issue, article.issns) == ("7", "3", ("2049-3630",))


def test_a_table_is_read_by_its_headings() -> None:
    table = (
        "Title,Author(s),DOI,Year,Month,Journal Title,Volume,Number,Start Page,End Page\r\n"
        'On Tides,"Lovelace, Ada; Jean Möller",10.5555/ams.2023.17,2023,8,Annals,7,3,101,118\r\n'
        ",,,2023,,,,,,\r\n"
    )
    good, bad = read_doaj(table.encode("utf-8-sig"))
    assert told(good) == [("published", "2023-08")]  # type: ignore[arg-type]
    assert [(a.given, a.family) for a in good.authors] == [("Ada", "Lovelace"), ("Jean", "Möller")]  # type: ignore[union-attr]
    assert str(bad) == "The row has no title."


@pytest.mark.parametrize("data", [b"{}", b'{"results": []}', b"Journal title,Journal URL\r\nX,Y\r\n", b""])
def test_what_has_no_articles_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"^the file "):
        read_doaj(data)


def test_what_is_written_has_the_fields_that_doaj_asks_for() -> None:
    about = doaj_json(ARTICLE, JOURNAL, address="https://ams.example.org/17")["bibjson"]
    assert about["identifier"] == [
        {"type": "doi", "id": "10.5555/ams.2023.17"}, {"type": "eissn", "id": "2049-3630"},
        {"type": "pissn", "id": "1050-124X"},
    ]  # fmt: skip
    assert (about["year"], about["month"], about["start_page"], about["end_page"]) == ("2023", "8", "101", "118")
    assert about["journal"]["number"] == "3"
    assert about["link"] == [{"type": "fulltext", "content_type": "HTML", "url": "https://ams.example.org/17"}]
    assert all(isinstance(value, (str, list, dict)) for value in about.values())


def test_what_is_written_is_read_again() -> None:
    again = only(read_doaj(as_bytes(doaj_json(ARTICLE, JOURNAL))))
    same = ("title", "doi", "volume", "issue", "pages", "keywords", "abstract")
    assert [getattr(again, name) for name in same] == [getattr(ARTICLE, name) for name in same]
    assert told(again) == [("published", "2023-08")]
