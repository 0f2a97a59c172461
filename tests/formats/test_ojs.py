"""The native XML of OJS, as its versions 3.3, 3.4 and 3.5 write it."""

from __future__ import annotations

import pytest

from tests.formats.articles import only, told
from tracker.domain.errors import BadInput
from tracker.formats.ojs import read_ojs

ARTICLE = """<article xmlns="http://pkp.sfu.ca" locale="de_DE" date_submitted="2023-01-09" status="3"
 submission_progress="0" current_publication_id="12" stage="production">
 <id type="internal" advice="ignore">431</id>
 <publication locale="de_DE" version="1" status="3" date_published="2023-08-15" section_ref="ART"
  primary_contact_id="2"><id type="internal">11</id><title locale="de_DE">Über Gezeiten</title></publication>
 <publication locale="de_DE" version="2" status="3" date_published="2023-09-01" section_ref="ART"
  primary_contact_id="2">
  <id type="internal" advice="ignore">12</id><id type="doi" advice="update">10.5555/ams.2023.17</id>
  <title locale="en_US">On Tides</title><title locale="de_DE">Über Gezeiten</title>
  <prefix locale="de_DE">Noch einmal</prefix><subtitle locale="de_DE">eine Studie</subtitle>
  <abstract locale="de_DE">&lt;p&gt;Die Gezeiten &amp;amp; wir.&lt;/p&gt;&lt;p&gt;Ende.&lt;/p&gt;</abstract>
  <keywords locale="de_DE"><keyword>Ebbe</keyword><keyword>Flut</keyword></keywords>
  <authors xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
   <author user_group_ref="Author" seq="0" id="1"><givenname locale="de_DE">Ada</givenname>
    <familyname locale="de_DE">Lovelace</familyname>AFFILIATION<email>ada@example.org</email>
    <orcid>https://orcid.org/0000-0002-1825-0097</orcid></author>
   <author user_group_ref="Author" seq="1" id="2"><givenname locale="de_DE">Aristoteles</givenname></author></authors>
  <issue_identification><volume>7</volume><number>3</number><year>2023</year></issue_identification>
  <pages>101-118</pages></publication></article>"""
OLD_AFFILIATION = '<affiliation locale="de_DE">Institut für Maschinen</affiliation>'
NEW_AFFILIATION = '<affiliation><ror/><name locale="de_DE">Institut für Maschinen</name></affiliation>'


@pytest.mark.parametrize("affiliation", [OLD_AFFILIATION, NEW_AFFILIATION], ids=["3.3", "3.5"])
def test_the_current_publication_is_read_in_the_submissions_own_language(affiliation: str) -> None:
    article = only(read_ojs(ARTICLE.replace("AFFILIATION", affiliation).encode()))
    assert article.title == "Noch einmal Über Gezeiten: eine Studie"
    assert (article.reference, article.doi, article.pages) == ("OJS-431", "10.5555/ams.2023.17", "101–118")
    assert (article.volume, article.issue, article.keywords) == ("7", "3", ("Ebbe", "Flut"))
    assert article.abstract == "Die Gezeiten & wir.\n\nEnde."
    first, second = article.authors
    assert (first.given, first.family, first.affiliation) == ("Ada", "Lovelace", "Institut für Maschinen")
    assert (second.given, second.family, second.is_corresponding) == ("", "Aristoteles", True)


def test_the_first_version_that_was_published_is_the_publication() -> None:
    assert told(only(read_ojs(ARTICLE.encode()))) == [("received", "2023-01-09"), ("published", "2023-08-15")]


def test_what_is_only_scheduled_is_not_published() -> None:
    scheduled = ARTICLE.replace('status="3"', 'status="5"')
    assert told(only(read_ojs(scheduled.encode()))) == [("received", "2023-01-09")]


def test_the_articles_of_an_issue_take_its_number_and_the_names_of_its_sections() -> None:
    own = "<issue_identification><volume>7</volume><number>3</number><year>2023</year></issue_identification>"
    issue = (
        f'<issue xmlns="http://pkp.sfu.ca">{own.replace(">3<", ">4<")}<sections><section ref="ART">'
        f'<title locale="de_DE">Aufsätze</title></section></sections><articles>{ARTICLE.replace(own, "")}</articles>'
        "</issue>"
    )
    article = only(read_ojs(issue.encode()))
    assert (article.issue, article.section) == ("4", "Aufsätze")


@pytest.mark.parametrize("number", ["../../etc", "<b/>", "12345678901234567890", "٣"])
def test_a_reference_is_made_of_a_plain_number_only(number: str) -> None:
    assert only(read_ojs(ARTICLE.replace(">431<", f">{number}<").encode())).reference == ""


def test_a_submission_without_a_title_is_refused_alone() -> None:
    nameless = '<article date_submitted="2023-01-09"><publication/></article>'
    good, bad = read_ojs(f'<articles xmlns="http://pkp.sfu.ca">{ARTICLE}{nameless}</articles>'.encode())
    assert (getattr(good, "reference", ""), str(bad)) == ("OJS-431", "The submission has no title.")


def test_a_declined_submission_is_refused_since_its_day_is_unknown() -> None:
    (refused,) = read_ojs(ARTICLE.replace('status="3"', 'status="4"').encode())
    assert "was declined, and the file does not tell on which day" in str(refused)


def test_other_xml_is_refused() -> None:
    with pytest.raises(BadInput, match=r"no native XML of OJS 3: expected <articles>, found <rss>"):
        read_ojs(b"<rss/>")
