"""`tracker import jats|ojs|pubmed|crossref|doaj`, `tracker article` and `tracker dates`, end to end."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from tests.cli.running import Terminal
from tests.formats.articles import ARTICLE, JOURNAL, as_bytes
from tests.formats.test_crossref import WORK
from tests.formats.test_doaj import ENTRY
from tests.formats.test_ojs import ARTICLE as OJS_ARTICLE
from tests.formats.test_pubmed import FETCHED
from tracker.formats.jats import read_jats
from tracker.formats.jats_writing import write_jats


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], database_url: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url.replace("+psycopg", ""))
    terminal = Terminal(capsys)
    terminal.run("journal", "add", "ams", "--title", "Annals of Made-up Studies")
    return terminal


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with a JATS file, one deeper down, one that is broken, and one that is something else."""
    folder = tmp_path / "backfiles"
    (folder / "2023" / "7").mkdir(parents=True)
    (folder / "a.xml").write_text(write_jats(ARTICLE, JOURNAL), encoding="utf-8")
    other = write_jats(ARTICLE, JOURNAL).replace("On &lt;Tides&gt;", "On Tables").replace(ARTICLE.doi, "10.5555/2")
    (folder / "2023" / "7" / "b.nxml").write_text(other, encoding="utf-8")
    (folder / "broken.xml").write_text("<article><front></article>", encoding="utf-8")
    (folder / "notes.txt").write_text("nothing", encoding="utf-8")
    return folder


def test_a_tree_of_jats_is_imported_and_the_broken_file_refused_alone(terminal: Terminal, tree: Path) -> None:
    ran = terminal.run("import", "jats", str(tree), "--journal", "ams", "--json")
    assert ran.status == 1
    assert (ran.document["created"], len(ran.document["refused"])) == (2, 1)
    assert ran.document["refused"][0]["file"].endswith("broken.xml")
    assert ran.err.startswith("broken.xml: the file is not well-formed XML (line 1: ")
    again = terminal.run("import", "jats", str(tree), "--journal", "ams", "--json").document
    assert (again["created"], again["unchanged"]) == (0, 2)


def test_an_article_that_comes_again_with_another_corresponding_author_has_that_one(
    terminal: Terminal, tmp_path: Path
) -> None:
    def marked_after(*marks: bool) -> list[bool]:
        byline = zip(ARTICLE.authors, marks, strict=True)
        authors = tuple(replace(author, is_corresponding=is_marked) for author, is_marked in byline)
        (tmp_path / "a.xml").write_text(write_jats(replace(ARTICLE, authors=authors), JOURNAL), encoding="utf-8")
        terminal.run("import", "jats", str(tmp_path / "a.xml"), "--journal", "ams")
        (reading,) = read_jats(terminal.run("dates", "AMS-2023-001", "--format", "jats").out.encode())
        return [author.is_corresponding for author in reading.authors]

    assert marked_after(True, False, False) == [True, False, False]
    assert marked_after(False, True, False) == [False, True, False]
    assert marked_after(False, False, False) == [False, True, False], "nobody is marked, so nothing is said"


def test_jats_comes_out_as_it_went_in(terminal: Terminal, tree: Path) -> None:
    terminal.run("import", "jats", str(tree / "a.xml"), "--journal", "ams")
    (reading,) = read_jats(terminal.run("dates", "AMS-2023-001", "--format", "jats").out.encode())
    (original,) = read_jats((tree / "a.xml").read_bytes())
    same = ("title", "authors", "dates", "doi", "volume", "issue", "pages", "article_number", "abstract", "keywords")
    assert [getattr(reading, name) for name in same] == [getattr(original, name) for name in same]


@pytest.mark.parametrize(
    ("kind", "content", "dates"),
    [
        ("ojs", OJS_ARTICLE.encode(), ["received 2023-01-09", "published 2023-08-15"]),
        ("doaj", as_bytes(ENTRY), ["published 2023-08"]),
        ("crossref", as_bytes({"message": WORK}),
         ["received 2023-01-09", "resubmitted 2023-05-02", "accepted 2023-07-01", "published 2023-08-15",
          "issue_assigned 2023-10", "notice_added 2024-01-30"]),
        ("pubmed", FETCHED,
         ["received 2023-01-09", "resubmitted 2023-05-02", "resubmitted 2023-06-11", "accepted 2023-07-01",
          "published 2023-08-15", "issue_assigned 2023-10"]),
    ],
)  # fmt: skip
def test_every_format_goes_into_the_ledger(
    terminal: Terminal, tmp_path: Path, kind: str, content: bytes, dates: list[str]
) -> None:
    (tmp_path / "file").write_bytes(content)
    imported = terminal.run("import", kind, str(tmp_path / "file"), "--journal", "ams", "--json").document
    assert (imported["created"], imported["refused"]) == (1, [])
    (reference,) = imported["manuscripts"]
    events = terminal.run("show", reference, "--json").document["events"]
    assert [f"{event['action']} {event['on']}" for event in events] == dates
    assert events[0]["source"] == f"import {imported['import_id']}: file"
    assert terminal.run("verify").status == 0


def test_an_article_finds_its_journal_by_its_title(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("journal", "add", "other", "--title", "Another Journal")
    (tmp_path / "file").write_bytes(FETCHED)
    assert terminal.run("import", "pubmed", str(tmp_path / "file"), "--json").document["manuscripts"] == [
        "AMS-2023-001"
    ]
    (tmp_path / "file").write_bytes(FETCHED.replace(b"Annals of", b"Journal of"))
    assert terminal.refused("import", "pubmed", str(tmp_path / "file")) == (
        "file: The article names the journal “Journal of Made-up Studies”: say which of yours it is with --journal "
        "(ams, other)."
    )


def test_of_several_articles_in_a_file_the_refused_one_is_named_by_its_number(
    terminal: Terminal, tmp_path: Path
) -> None:
    works = [{**WORK, "title": [None]}, WORK]
    (tmp_path / "works.json").write_bytes(as_bytes({"message": {"items": works}}))
    ran = terminal.run("import", "crossref", str(tmp_path / "works.json"), "--journal", "ams", "--json")
    assert [(refusal["row"], refusal["reason"]) for refusal in ran.document["refused"]] == [
        (1, "works.json, article 1: The work 10.5555/ams.2023.17 has no title.")
    ]
    assert ran.document["created"] == 1


def test_a_file_that_is_not_there_is_named(terminal: Terminal, tmp_path: Path) -> None:
    missing = str(tmp_path / "none.xml")
    assert terminal.refused("import", "jats", missing, "--journal", "ams") == "none.xml: there is no such file."


@pytest.fixture
def reference(terminal: Terminal, tree: Path) -> str:
    """An article of a journal that has an imprint and public pages."""
    facts = ("publisher=Nowhere Press", "issn_online=2049-3630", "depositor_email=dois@example.org")
    terminal.run("journal", "imprint", "ams", "--public-articles", "yes", *(f"--set={fact}" for fact in facts))
    (reference,) = terminal.run("import", "jats", str(tree / "a.xml"), "--journal", "ams", "--json").document[
        "manuscripts"
    ]
    return str(reference)


def test_the_dates_are_printed_in_every_format(terminal: Terminal, reference: str) -> None:
    printed = {
        shape: terminal.run("dates", reference, "--format", shape)
        for shape in ("line", "json", "jats", "crossref", "pubmed", "jsonld", "html", "markdown")
    }
    assert {ran.status for ran in printed.values()} == {0}
    line = printed["line"].out.strip()
    assert line == (
        "Received 9 January 2023; Re-submitted 2 May 2023; Re-submitted 11 June 2023; Accepted 1 July 2023; "
        "Published online 15 August 2023; Correction 30 January 2024"
    )
    assert printed["json"].document["line"] == line
    assert printed["jsonld"].document["url"].endswith("/j/ams/volume/7/article/17")
    for shape, root in (("jats", "article"), ("crossref", "doi_batch"), ("pubmed", "ArticleSet")):
        assert etree.QName(etree.fromstring(printed[shape].out.encode())).localname == root


def test_the_dates_are_printed_in_the_journals_own_words(terminal: Terminal, reference: str) -> None:
    terminal.run("journal", "imprint", "ams", "--language", "de", "--resubmissions", "last", "--label", "accepted=Ja")
    assert terminal.run("dates", reference).out.strip() == (
        "Eingegangen 9. Januar 2023; Überarbeitet 11. Juni 2023; Ja 1. Juli 2023; "
        "Online veröffentlicht 15. August 2023; Korrigiert 30. Januar 2024"
    )
    assert terminal.run("dates", reference, "--style", "iso").out.startswith("Eingegangen 2023-01-09; ")
    assert terminal.refused("dates", reference, "--style", "nature").startswith("There is no style “nature”")


def test_what_crossref_would_refuse_is_said_and_the_rest_is_printed(terminal: Terminal, reference: str) -> None:
    terminal.run("journal", "imprint", "ams", "--public-articles", "no", "--set", "depositor_email=")
    ran = terminal.run("dates", reference, "--format", "crossref")
    assert (ran.status, ran.out.startswith("<?xml")) == (1, True)
    assert ran.err.strip() == (
        f"{reference} is not ready to be deposited: Crossref needs an address for the DOI to lead to, "
        "the depositor's e-mail in the journal's imprint."
    )


@pytest.mark.parametrize(
    ("shape", "piece"),
    [
        ("html", '<meta name="citation_title" content="On &lt;Tides&gt; &amp; Tables'),
        ("apa", "Lovelace, A., Möller, J.-P., & The Tide Table Consortium. (2023). On <Tides> & Tables"),
        ("bibtex", "@article{lovelace2023tides,"),
        ("ris", "TY  - JOUR\r\n"),
        ("csl", '"type": "article-journal"'),
        ("doaj", '"bibjson": {'),
    ],
)
def test_an_article_is_printed_in_every_format(terminal: Terminal, reference: str, shape: str, piece: str) -> None:
    assert piece in terminal.run("article", reference, "--format", shape).out


def test_the_imprint_says_what_it_is_now(terminal: Terminal) -> None:
    shown = terminal.run(
        "journal", "imprint", "ams", "--style", "elsevier", "--set", "address=https://x.org/", "--json"
    )
    assert shown.document["imprint"] == {"address": "https://x.org"}
    assert shown.document["example"].startswith("Received 11 November 2020; received in revised form 26 November 2020")
    assert json.loads(shown.out)["public_articles"] is False
    assert terminal.refused("journal", "imprint", "ams", "--set", "colour=red").startswith(
        "A journal has no “colour” in its imprint; there is "
    )
