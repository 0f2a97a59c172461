"""PubMed XML in, as efetch gives it and as publishers deposit it, and out.

What is written is held against NLM's published rules (“XML Help for PubMed Data Providers”, PubMed DTD 2.8): no package
carries the DTD. The rules are the order of the elements of <Article> and the values of @PubStatus.
"""

from __future__ import annotations

import pytest
from lxml import etree

from tests.formats.articles import ARTICLE, JOURNAL, only, told
from tracker.domain.errors import BadInput
from tracker.formats.pubmed import read_pubmed
from tracker.formats.pubmed_writing import write_pubmed

FETCHED = b"""<?xml version="1.0"?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"
"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd"><PubmedArticleSet><PubmedArticle><MedlineCitation>
<PMID>1</PMID><Article PubModel="Print-Electronic"><Journal><ISSN IssnType="Electronic">2049-3630</ISSN>
<JournalIssue><Volume>7</Volume><Issue>3</Issue><PubDate><Year>2023</Year><Month>Oct</Month></PubDate></JournalIssue>
<Title>Annals of Made-up Studies</Title></Journal><ArticleTitle>On <i>Tides</i>.</ArticleTitle>
<Pagination><MedlinePgn>1234-9</MedlinePgn></Pagination><ELocationID EIdType="doi">10.5555/ams.2023.17</ELocationID>
<Abstract><AbstractText Label="AIMS">To see.</AbstractText><AbstractText>Seen.</AbstractText></Abstract>
<AuthorList><Author><LastName>Lovelace</LastName><ForeName>Ada M</ForeName><Initials>AM</Initials>
<Identifier Source="ORCID">https://orcid.org/0000-0002-1825-0097</Identifier>
<AffiliationInfo><Affiliation>London.</Affiliation></AffiliationInfo></Author>
<Author><CollectiveName>The Tide Table Consortium</CollectiveName></Author></AuthorList>
<ArticleDate DateType="Electronic"><Year>2023</Year><Month>08</Month><Day>15</Day></ArticleDate></Article>
<KeywordList><Keyword>tides</Keyword></KeywordList></MedlineCitation><PubmedData><History>
<PubMedPubDate PubStatus="received"><Year>2023</Year><Month>1</Month><Day>9</Day></PubMedPubDate>
<PubMedPubDate PubStatus="revised"><Year>2023</Year><Month>5</Month><Day>2</Day></PubMedPubDate>
<PubMedPubDate PubStatus="revised"><Year>2023</Year><Month>6</Month><Day>11</Day></PubMedPubDate>
<PubMedPubDate PubStatus="accepted"><Year>2023</Year><Month>7</Month><Day>1</Day></PubMedPubDate>
<PubMedPubDate PubStatus="entrez"><Year>2023</Year><Month>8</Month><Day>16</Day><Hour>6</Hour></PubMedPubDate>
</History></PubmedData></PubmedArticle></PubmedArticleSet>"""

# <Article>, in the order of the DTD; what is optional may be missing.
ORDER = (
    "Journal", "ArticleTitle", "FirstPage", "LastPage", "ELocationID", "ELocationID", "Language", "AuthorList",
    "PublicationType", "ArticleIdList", "History", "Abstract", "ObjectList",
)  # fmt: skip
STATUSES = {"received", "accepted", "revised", "aheadofprint", "epublish", "ppublish", "ecollection"}


def test_a_fetched_article_gives_its_history_and_its_facts() -> None:
    article = only(read_pubmed(FETCHED))
    assert told(article) == [
        ("received", "2023-01-09"), ("resubmitted", "2023-05-02"), ("resubmitted", "2023-06-11"),
        ("accepted", "2023-07-01"), ("published", "2023-08-15"), ("published_in_issue", "2023-10"),
    ]  # fmt: skip
    assert (article.title, article.pages, article.doi) == ("On Tides", "1234–1239", "10.5555/ams.2023.17")
    assert article.abstract == "Aims: To see.\n\nSeen."
    assert [(author.given, author.family, author.orcid) for author in article.authors] == [
        ("Ada M", "Lovelace", "0000-0002-1825-0097"), ("", "The Tide Table Consortium", ""),
    ]  # fmt: skip


def test_what_is_deposited_is_read_again() -> None:
    article = only(read_pubmed(write_pubmed([(ARTICLE, JOURNAL)]).encode()))
    kept = ("received", "resubmitted", "accepted", "published", "published_in_issue")
    assert told(article) == [pair for pair in told(ARTICLE) if pair[0] in kept]
    same = ("title", "doi", "volume", "issue", "pages", "article_number", "keywords")
    assert [getattr(article, name) for name in same] == [getattr(ARTICLE, name) for name in same]
    assert [(a.given, a.family, a.affiliation) for a in article.authors] == [
        (a.given, a.family, a.affiliation) for a in ARTICLE.authors
    ]


def test_what_is_deposited_keeps_the_order_of_the_dtd() -> None:
    root = etree.fromstring(write_pubmed([(ARTICLE, JOURNAL)]).encode())
    assert tuple(child.tag for child in root[0]) == ORDER
    assert [child.tag for child in root[0][0]] == [
        "PublisherName",
        "JournalTitle",
        "Issn",
        "Volume",
        "Issue",
        "PubDate",
    ]
    assert {date.get("PubStatus") for date in root.iter("PubDate")} <= STATUSES
    assert all([part.tag for part in date] == ["Year", "Month", "Day"][: len(date)] for date in root.iter("PubDate"))


def test_an_article_without_a_title_is_refused_and_the_others_are_read() -> None:
    two = FETCHED.replace(b"</PubmedArticleSet>", b"<PubmedArticle/></PubmedArticleSet>")
    good, bad = read_pubmed(two)
    assert (str(bad), getattr(good, "title", "")) == ("The entry has no article.", "On Tides")


@pytest.mark.parametrize("data", [b"<article/>", b"<ArticleSet/>", b"{}"])
def test_what_is_no_pubmed_xml_is_refused(data: bytes) -> None:
    with pytest.raises(BadInput, match=r"^the file is no"):
        read_pubmed(data)
