"""The article page as HTML: readers, machines, and our own reader understand it, and nothing in it is executed."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.formats.articles import ARTICLE, JOURNAL
from tracker.formats.article_html import article_fragment
from tracker.formats.article_page import read_article_page
from tracker.formats.article_record import ArticleRecord, AuthorRecord
from tracker.formats.embeddings import coins, highwire_tags, json_for_html, json_ld
from tracker.formats.processing_dates import PrintedDate, processing_dates_html

ADDRESS = "https://ams.example.org/17"
DATES = processing_dates_html(
    [PrintedDate("received", ARTICLE.dates[0].on), PrintedDate("accepted", ARTICLE.dates[4].on)]
)
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\u2028<!--"


def fragment(article: ArticleRecord = ARTICLE) -> str:
    return article_fragment(article, JOURNAL, DATES, address=ADDRESS)


def test_our_own_reader_understands_the_page() -> None:
    plain = replace(ARTICLE, title="On Tides and Tables", abstract="Tides rise and fall, and tables do not. " * 5)
    page = read_article_page(fragment(plain))
    assert (page.title, page.volume, page.article_number, page.issue) == ("On Tides and Tables", 7, "17", "3")
    assert [(author.given, author.family) for author in page.authors][:2] == [
        ("Ada", "Lovelace"),
        ("Jean-Paul", "Möller"),
    ]
    assert [(event.kind, event.on.iso) for event in page.history.events] == [
        ("corrected", "2024-01-30"), ("received", "2023-01-09"), ("accepted", "2023-07-01"),
    ]  # fmt: skip
    assert page.abstract == plain.abstract.strip()
    assert page.keywords == ("tides", "tables & chairs")


def test_scholar_finds_every_tag_that_it_asks_for() -> None:
    tags = highwire_tags(ARTICLE, JOURNAL, address=ADDRESS)
    found = dict(tags)
    assert found["citation_title"] == ARTICLE.title
    assert (found["citation_publication_date"], found["citation_online_date"]) == ("2023/08/15", "2023/08/15")
    assert (found["citation_firstpage"], found["citation_lastpage"]) == ("101", "118")
    assert [content for name, content in tags if name == "citation_author"] == [
        "Lovelace, Ada", "Möller, Jean-Paul", "The Tide Table Consortium",
    ]  # fmt: skip


def test_json_ld_says_when_it_was_submitted_accepted_and_published() -> None:
    document = json_ld(ARTICLE, JOURNAL, address=ADDRESS)
    assert document["@type"] == "ScholarlyArticle"
    assert [document[name] for name in ("dcterms:dateSubmitted", "dcterms:dateAccepted", "datePublished")] == [
        "2023-01-09", "2023-07-01", "2023-08-15",
    ]  # fmt: skip
    assert document["isPartOf"]["isPartOf"]["isPartOf"]["issn"] == ["2049-3630", "1050-124X"]


def test_coins_is_an_openurl() -> None:
    span = html.fromstring(coins(ARTICLE, JOURNAL))
    values = parse_qs(span.get("title") or "")
    assert values["rft.atitle"] == [ARTICLE.title]
    assert (values["rft.spage"], values["rft.date"], values["rft_id"]) == (
        ["101"], ["2023-08-15"], ["info:doi/10.5555/ams.2023.17"],
    )  # fmt: skip


def test_every_text_from_outside_is_escaped() -> None:
    author = AuthorRecord(HOSTILE, HOSTILE, affiliation=HOSTILE, biography=HOSTILE)
    fields = ("title", "abstract", "citation", "volume", "issue", "article_number", "pages", "doi")
    article = replace(ARTICLE, authors=(author,), keywords=(HOSTILE,), **dict.fromkeys(fields, HOSTILE))
    tree = html.fromstring(f"<div>{fragment(article)}</div>")
    assert not tree.xpath("//img")
    assert [script.get("type") for script in tree.iter("script")] == ["application/ld+json"]
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]


@given(st.text())
def test_nothing_in_json_can_end_the_script(text: str) -> None:
    written = json_for_html({"name": text})
    assert not re.search(r"[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"name": text}


def test_a_notice_links_to_nothing_but_the_web() -> None:
    notice = replace(ARTICLE.dates[-1], link="javascript:alert(1)")
    assert "javascript" not in fragment(replace(ARTICLE, dates=(*ARTICLE.dates[:-1], notice)))
