"""Pages as browsers save them: labels and dates apart, tables, lists, and the tags for search engines."""

from __future__ import annotations

import pytest

from tracker.formats.article_page import ArticlePage, read_article_page

TITLE = "What the waiting room knows: silence before a first session"
ABSTRACT = "We sat in forty rooms and wrote down what people did before anyone spoke to them. Five habits were found."
MORE = "They predict how the first session goes better than any questionnaire."
DAYS = ["2024-01-07", "2024-03-03", "2024-04-29", "2024-05-02", "2024-06-17"]


def days(page: ArticlePage) -> list[str]:
    return sorted(event.on.iso for event in page.history.events)


DEFINITIONS = f"""<!doctype html><html><body><main><h1>{TITLE}</h1><p>Ifeoma Adeyemi &amp; Fatima al-Lind</p>
<p>Volume 6, Article 4</p>
<dl><dt>Received:</dt><dd>7 January 2024</dd><dt>Re-submitted:</dt><dd>3 March 2024</dd><dd>29 April 2024</dd>
<dt>Accepted:</dt><dd>2 May 2024</dd><dt>Published online:</dt><dd>17 June 2024</dd></dl>
<h2>Abstract</h2><p>{ABSTRACT}</p><p>{MORE}</p><h2>Keywords</h2><ul><li>waiting</li><li>silence</li></ul>
<h2>About the authors</h2><p>Ifeoma Adeyemi is a lecturer.</p><p>Fatima al-Lind is a coach.</p></main></body></html>"""

TABLE = f"""<html><body><table><tr><td colspan=2><b>Volume 6, Article 4</b></td></tr><tr><td><h2>{TITLE}</h2></td></tr>
<tr><td>Ifeoma Adeyemi<sup>a</sup>, Fatima al-Lind<sup>b,*</sup></td></tr>
<tr><td>Received</td><td>7 January 2024</td></tr><tr><td>Re-submitted</td><td>3 March 2024, 29 April 2024</td></tr>
<tr><td>Accepted</td><td>2 May 2024</td></tr><tr><td>Published online</td><td>17 June 2024</td></tr>
<tr><td>Abstract</td><td>{ABSTRACT}</td></tr><tr><td>Key words</td><td>waiting; silence</td></tr>
</table></body></html>"""


@pytest.mark.parametrize(
    ("html", "abstract"), [(DEFINITIONS, f"{ABSTRACT}\n\n{MORE}"), (TABLE, ABSTRACT)], ids=["definitions", "table"]
)
def test_labels_and_dates_may_stand_apart(html: str, abstract: str) -> None:
    page = read_article_page(html)
    assert (page.title, page.volume, page.article_number) == (TITLE, 6, "4")
    assert [author.full for author in page.authors] == ["Ifeoma Adeyemi", "Fatima al-Lind"]
    assert days(page) == DAYS
    assert page.keywords == ("waiting", "silence")
    assert page.abstract == abstract


TAGGED = f"""<!DOCTYPE html><html><head><title>{TITLE} | Journal of Quiet Practice</title>
<meta name="DC.Date.dateSubmitted" content="2024-01-06"/><meta name="citation_title" content="{TITLE}"/>
<meta name="citation_author" content="Ifeoma Adeyemi"/><meta name="citation_author_institution" content="Somewhere"/>
<meta name="citation_author" content="Lind, Tomasz"/><meta name="citation_volume" content="6"/>
<meta name="citation_issue" content="2"/><meta name="citation_firstpage" content="22"/>
<meta name="citation_lastpage" content="37"/><meta name="citation_doi" content="10.5555/jqp.812"/></head>
<body><header><nav><ol><li>Home</li><li>Vol. 6 No. 2 (2024)</li></ol></nav></header><h1>{TITLE}</h1>
<section><h2>Authors</h2><ul class="authors"><li><span>Ifeoma Adeyemi</span><span>University of Somewhere</span></li>
<li><span>Tomasz Lind</span><span>Private practice</span></li></ul></section>
<section><h2>Abstract</h2><p>{ABSTRACT}</p></section>
<section><h2>References</h2><p>Roe, J. (2019). Silence. Journal of Paths, 1, 2-3. Received 3 May 2018.</p></section>
<div><h2>Published</h2><div>2024-06-17</div></div>
<div><h2>Article history</h2><div>Submitted 2024-01-07<br>Revised 2024-03-03<br>Accepted 2024-05-02</div></div>
<div><h2>License</h2><p>Copyright (c) 2024 Ifeoma Adeyemi, Tomasz Lind</p></div>
<aside><h2>Information</h2><ul><li>For Readers</li><li>For Authors</li></ul></aside></body></html>"""


def test_the_tags_of_a_saved_page_are_a_witness() -> None:
    page = read_article_page(TAGGED)
    assert page.title == TITLE
    assert [(author.given, author.family) for author in page.authors] == [("Ifeoma", "Adeyemi"), ("Tomasz", "Lind")]
    assert (page.volume, page.issue, page.pages, page.doi) == (6, "2", "22-37", "10.5555/jqp.812")
    assert days(page) == ["2024-01-07", "2024-03-03", "2024-05-02", "2024-06-17"]


def test_a_name_that_begins_small_is_a_name() -> None:
    text = f"{TITLE}\nFatima al-Rashid, Jef d'Hondt and Cy Roe\n\nReceived 3 May 2024; Accepted 4 June 2024"
    page = read_article_page(text)
    assert [author.family for author in page.authors] == ["al-Rashid", "d'Hondt", "Roe"]
