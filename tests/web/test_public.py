"""The public pages: nothing until the journal says so, then nothing but what was published, and nothing executed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.formats.articles import ARTICLE
from tests.people import NOW, TODAY, People, manuscript_that_is
from tests.web.test_browser import address, chromium  # noqa: F401  fixtures
from tracker.db import transaction
from tracker.formats.article_page import read_article_page
from tracker.formats.article_record import ArticleRecord, AuthorRecord
from tracker.models import Journal
from tracker.services.actors import OPERATOR
from tracker.services.articles import import_article
from tracker.services.imprints import change_imprint

PATH = "/j/ijcp/volume/7/article/17"
HOSTILE = '</script><script>document.title="caught"</script><img src=x onerror="document.title=1">'


def publish(journal: Journal, article: ArticleRecord = ARTICLE, *, public: bool = True) -> None:
    """Import an article, and switch the journal's public pages."""
    with transaction() as session:
        journal = session.merge(journal)
        change_imprint(journal, by=OPERATOR, now=NOW, public_articles=public)
        import_article(journal, article, source="import", by=OPERATOR, now=NOW, today=TODAY)


def test_there_is_nothing_until_the_journal_switches_it_on(visitor: FlaskClient, who: People) -> None:
    publish(who.journal, public=False)
    assert [visitor.get(path).status_code for path in ("/j/ijcp/", PATH, "/j/nobody/")] == [404, 404, 404]


def test_a_visitor_reads_the_article(visitor: FlaskClient, who: People) -> None:
    publish(who.journal)
    answer = visitor.get(PATH)
    page = read_article_page(answer.text)
    assert (answer.status_code, page.title) == (200, ARTICLE.title)
    assert [(event.kind, event.on.iso) for event in page.history.events if event.kind != "corrected"] == [
        ("received", "2023-01-09"), ("resubmitted", "2023-05-02"), ("resubmitted", "2023-06-11"),
        ("accepted", "2023-07-01"), ("published", "2023-08-15"),
    ]  # fmt: skip
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_machines_find_tags_data_and_the_canonical_address(visitor: FlaskClient, who: People) -> None:
    publish(who.journal)
    head = html.document_fromstring(visitor.get(PATH).text).find("head")
    assert head is not None
    tags = {tag.get("name"): tag.get("content") for tag in head.iter("meta")}
    assert (tags["citation_title"], tags["citation_online_date"]) == (ARTICLE.title, "2023/08/15")
    assert "robots" not in tags
    (data,) = [json.loads(script.text or "") for script in head.iter("script")]
    (canonical,) = [link.get("href") for link in head.iter("link") if link.get("rel") == "canonical"]
    assert (data["@type"], data["url"], str(canonical).endswith(PATH)) == ("ScholarlyArticle", canonical, True)


def test_the_contents_list_what_was_published_and_nothing_else(visitor: FlaskClient, who: People) -> None:
    publish(who.journal)
    publish(who.journal, replace(ARTICLE, title="Second", doi="10.5555/2", reference="", article_number="18"))
    manuscript_that_is("under_review", who.journal)
    page = html.document_fromstring(visitor.get("/j/ijcp/").text)
    assert [(link.text, link.get("href")) for link in page.iterfind(".//li/a")] == [
        ("Second", "/j/ijcp/volume/7/article/18"), (ARTICLE.title, PATH),
    ]  # fmt: skip
    assert "True Dates" not in page.text_content()


def test_a_journal_without_articles_says_so(visitor: FlaskClient, who: People) -> None:
    with transaction() as session:
        change_imprint(session.merge(who.journal), by=OPERATOR, now=NOW, public_articles=True)
    assert "No article has been published yet." in visitor.get("/j/ijcp/").text


def test_another_journals_article_is_not_found_under_this_one(visitor: FlaskClient, who: People) -> None:
    publish(who.other_journal)
    publish(who.journal, replace(ARTICLE, article_number="99"))
    assert visitor.get(PATH).status_code == 404


def hostile() -> ArticleRecord:
    author = AuthorRecord(HOSTILE[:150], HOSTILE[:150], affiliation=HOSTILE, biography=HOSTILE)
    return replace(ARTICLE, title=HOSTILE, abstract=HOSTILE, citation=HOSTILE, authors=(author,), keywords=(HOSTILE,))


@pytest.mark.browser
def test_a_browser_finds_nothing_to_complain_about_and_executes_nothing(
    chromium: Any,  # noqa: F811
    address: str,  # noqa: F811
    who: People,
) -> None:
    publish(who.journal, hostile())
    page = chromium.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for path in (PATH, "/j/ijcp/"):
        page.goto(f"{address}{path}")
        assert "caught" not in page.title().split("document")[0]
        assert page.locator("img").count() == 0
    page.goto(f"{address}{PATH}")
    data = json.loads(page.locator("script[type='application/ld+json']").text_content())
    assert data["headline"] == HOSTILE
    assert complaints == []
    page.close()


def test_the_chief_editor_switches_it_on_in_the_settings(as_: Callable[[str], FlaskClient], who: People) -> None:
    publish(who.journal, public=False)
    assert "Public article pages" in as_("chief").get("/settings/ijcp").text
