"""Citations for readers and for reference managers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.formats.articles import ARTICLE, JOURNAL
from tracker.domain.dates import parse_iso
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.formats.citations import cite_apa, cite_bibtex, cite_csl, cite_ris
from tracker.formats.imprint import Imprint

ANNALS = Imprint("Annals")


def published(title: str, *names: tuple[str, str], **facts: str) -> ArticleRecord:
    dates = (DatedFact("published", parse_iso("2021-01-14")),)
    authors = tuple(AuthorRecord(given, family) for given, family in names)
    return ArticleRecord(title, authors, dates, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("article", "citation"),
    [
        (published("On Tides", ("Ada", "Lovelace"), ("Jean-Paul M.", "Möller"), volume="2", article_number="3",
                   pages="1–5"),
         "Lovelace, A., & Möller, J.-P. M. (2021). On Tides. Annals, 2, 3, 1-5."),
        (published("Why tides?", ("Ada", "Lovelace"), volume="2", issue="4", doi="10.5555/x"),
         "Lovelace, A. (2021). Why tides? Annals, 2(4). https://doi.org/10.5555/x"),
        (published("On Tides", ("", "The Consortium")), "The Consortium. (2021). On Tides. Annals."),
        (published("On Tides"), "On Tides. (2021). Annals."),
        (ArticleRecord("On Tides", (AuthorRecord("Ada", "Lovelace"),)), "Lovelace, A. (n.d.). On Tides. Annals."),
        (ArticleRecord("On Tides", dates=(DatedFact("accepted", parse_iso("2021")),)), "On Tides. (in press). Annals."),
    ],
)  # fmt: skip
def test_apa(article: ArticleRecord, citation: str) -> None:
    assert cite_apa(article, ANNALS) == citation


def test_apa_names_nineteen_and_the_last_of_more_than_twenty_authors() -> None:
    twenty = published("T", *(("A", f"F{number}") for number in range(20)))
    more = published("T", *(("A", f"F{number}") for number in range(21)))
    assert cite_apa(twenty, ANNALS).count("F") == 20
    assert "F18, A., … F20, A. (2021)" in cite_apa(more, ANNALS)


def test_bibtex_escapes_what_tex_would_take_for_a_command() -> None:
    entry = cite_bibtex(ARTICLE, JOURNAL)
    assert entry.startswith("@article{lovelace2023tides,\n")
    assert r"title = {{On <Tides> \& Tables: a study of 50\% of everything}}," in entry
    assert "author = {Lovelace, Ada and Möller, Jean-Paul and {The Tide Table Consortium}}," in entry
    assert "pages = {101--118}," in entry
    assert "month = aug," in entry
    assert entry.count("{") == entry.count("}")


@pytest.mark.parametrize("text", ["\\input{x}", "{", "}}}", "$#%_^~&"])
def test_bibtex_braces_stay_paired(text: str) -> None:
    entry = cite_bibtex(published(text, (text, text)), ANNALS)
    unescaped = entry.replace(r"\{", "").replace(r"\}", "")
    assert unescaped.count("{") == unescaped.count("}")


def test_ris_has_a_tag_on_every_line() -> None:
    lines = cite_ris(replace(ARTICLE, title="On\r\nER  - Tides"), JOURNAL).split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert "TI  - On ER - Tides" in lines
    assert [line for line in lines if line.startswith(("AU", "DA", "SP", "EP", "VL", "IS"))] == [
        "AU  - Lovelace, Ada", "AU  - Möller, Jean-Paul", "AU  - The Tide Table Consortium", "DA  - 2023/08/15/",
        "VL  - 7", "IS  - 3", "SP  - 101", "EP  - 118",
    ]  # fmt: skip


def test_csl_json_has_names_and_dates_in_parts() -> None:
    (item,) = cite_csl(ARTICLE, JOURNAL)
    assert item["author"][1:] == [{"family": "Möller", "given": "Jean-Paul"}, {"literal": "The Tide Table Consortium"}]
    assert (item["issued"], item["submitted"]) == ({"date-parts": [[2023, 8, 15]]}, {"date-parts": [[2023, 1, 9]]})
    assert (item["type"], item["page"], item["number"]) == ("article-journal", "101-118", "17")
