"""Pages in the seed's style: blocks in any order, with people and titles made up."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.errors import BadInput
from tracker.formats.article_page import ArticlePage, read_article_file, read_article_page

SEED = Path(__file__).parents[3] / "shared" / "data" / "seed-article.txt"

VOLUME = "Volume 4, Article 7"
TITLE = "Walking beside the river: what walkers hear in silence"
BYLINE = "Dr Anna-Lena Vogel PhD, Pieter van der Meer and Chidi O. Okafor"
CITATION = (
    "Citation: Vogel, A.-L., van der Meer, P., & Okafor, C. O. (2022). Walking beside the river: what walkers "
    "hear in silence. Journal of Invented Paths, 4, 7, 12-30."
)
DATES = (
    "Processing dates: Received 3 March 2021; Re-submitted 1 June 2021; Re-submitted 4 Aug 2021; "
    "Accepted 9 September 2021; Published online 10 January 2022"
)
ABSTRACT = (
    "This paper asks forty walkers what they hear when nobody speaks for an hour. A theory of the quiet path is "
    "offered, and two limits of the method are named for those who would walk further."
)
KEYWORDS = "Key words: walking, silence, river paths"
VOGEL = "Dr Anna-Lena Vogel PhD teaches quiet methods at the University of Nowhere. anna@nowhere.example"
MEER = "Pieter van der Meer is a walker and writer. He keeps a small garden."
OKAFOR = "Prof Chidi O. Okafor leads the Institute of Paths and has published over 20 books since 2001."

BLOCKS = (VOLUME, f"{TITLE}\n{BYLINE}", CITATION, DATES, VOLUME, ABSTRACT, KEYWORDS, VOGEL, MEER, OKAFOR)
FAMILIES = ["Vogel", "van der Meer", "Okafor"]
DAYS = ["2021-03-03", "2021-06-01", "2021-08-04", "2021-09-09", "2022-01-10"]


def text_of(*blocks: str, gap: str = "\n\n") -> str:
    return gap.join(blocks)


def families(page: ArticlePage) -> list[str]:
    return [author.family for author in page.authors]


def days(page: ArticlePage) -> list[str]:
    return [event.on.iso for event in page.history.events]


def essence(page: ArticlePage) -> tuple[object, ...]:
    return (page.title, families(page), days(page), page.abstract, [a.biography for a in page.authors])


WHOLE = (TITLE, FAMILIES, DAYS, ABSTRACT, [VOGEL, MEER, OKAFOR])


@pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the project")
def test_the_seed_article_is_read_whole() -> None:
    page = read_article_file(SEED)
    assert (page.volume, page.article_number, page.pages, page.year) == (2, "3", "1-5", 2021)
    assert [author.full for author in page.authors] == ["Alanna Henderson", "Stephen Palmer"]
    assert days(page) == ["2020-11-11", "2020-12-02", "2020-12-07", "2021-01-14"]
    assert [len(author.biography) > 200 for author in page.authors] == [True, True]
    assert len(page.keywords) == 4


def test_every_field_of_a_page_is_read() -> None:
    page = read_article_page(text_of(*BLOCKS))
    assert essence(page) == WHOLE
    assert (page.volume, page.issue, page.article_number, page.pages, page.year) == (4, "", "7", "12-30", 2022)
    assert page.keywords == ("walking", "silence", "river paths")
    assert page.authors[0].given == "Anna-Lena"
    assert page.authors[0].email == "anna@nowhere.example"
    assert page.citation == CITATION.removeprefix("Citation: ")


@pytest.mark.parametrize("seed", range(40))
def test_the_order_of_the_blocks_is_free(seed: int) -> None:
    blocks = list(BLOCKS)
    random.Random(seed).shuffle(blocks)  # noqa: S311 - a repeatable order, no secret
    assert essence(read_article_page(text_of(*blocks))) == WHOLE


def test_a_byline_may_stand_above_the_title() -> None:
    page = read_article_page(text_of(VOLUME, BYLINE, TITLE, CITATION, DATES, ABSTRACT))
    assert (page.title, families(page)) == (TITLE, FAMILIES)


def test_blank_lines_may_be_missing() -> None:
    assert essence(read_article_page(text_of(*BLOCKS, gap="\n"))) == WHOLE


def test_carriage_returns_and_hard_spaces_change_nothing() -> None:
    text = text_of(*BLOCKS).replace("\n", "\r\n").replace(" ", "\u00a0")
    assert essence(read_article_page(text)) == WHOLE


def test_a_title_may_take_two_lines() -> None:
    text = text_of(*BLOCKS).replace("river: what", "river:\nwhat")
    assert essence(read_article_page(text)) == WHOLE


def test_a_page_without_a_citation_is_read_by_its_order() -> None:
    page = read_article_page(text_of(*(block for block in BLOCKS if block != CITATION)))
    assert essence(page) == WHOLE
    assert (page.citation, page.pages, page.year) == ("", "", 2022)


def test_a_two_line_title_without_a_citation_is_joined() -> None:
    text = text_of(VOLUME, "Walking beside the river:\nwhat walkers hear\nAnna Vogel and Bo Lind", DATES, ABSTRACT)
    page = read_article_page(text)
    assert (page.title, families(page)) == ("Walking beside the river: what walkers hear", ["Vogel", "Lind"])


def test_a_title_in_capitals_is_not_taken_for_a_name() -> None:
    page = read_article_page(text_of(VOLUME, "Coaching Quiet People\nAnna Vogel", DATES, ABSTRACT))
    assert (page.title, families(page)) == ("Coaching Quiet People", ["Vogel"])


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        ("Anna Vogel", ["Anna Vogel"]),
        ("By Anna Vogel & Bo Lind", ["Anna Vogel", "Bo Lind"]),
        ("Anna Vogel, Bo Lind, and Cy Roe", ["Anna Vogel", "Bo Lind", "Cy Roe"]),
        ("Anna Vogel; Bo Lind & Cy Roe", ["Anna Vogel", "Bo Lind", "Cy Roe"]),
        ("Dr. Anna Vogel, PhD, MSc; Prof. Bo Lind, CPsychol", ["Anna Vogel", "Bo Lind"]),
        ("Anna Vogel¹, Bo Lind²,* and Cy Roe1", ["Anna Vogel", "Bo Lind", "Cy Roe"]),
        ("A. B. Vogel and J.-P. Lind", ["A. B. Vogel", "J.-P. Lind"]),
        ("Anna de la Cruz and Jürgen von Ähm", ["Anna de la Cruz", "Jürgen von Ähm"]),
        ("Vogel, Anna; Lind, Bo", ["Anna Vogel", "Bo Lind"]),
        ("Siobhán O’Neill and Mary-Jane Smith-Jones", ["Siobhán O’Neill", "Mary-Jane Smith-Jones"]),
        ("Anna Vogel\nBo Lind\nCy Roe", ["Anna Vogel", "Bo Lind", "Cy Roe"]),
    ],
)
def test_bylines_are_split_into_people(byline: str, expected: list[str]) -> None:
    page = read_article_page(text_of(VOLUME, f"What walkers hear in silence\n\n{byline}", DATES, ABSTRACT))
    assert [author.full for author in page.authors] == expected


def test_a_family_name_of_two_words_is_settled_by_the_citation() -> None:
    citation = "Citation: García Luz, A. (2022). What walkers hear. Journal of Invented Paths, 4, 7, 1-9."
    page = read_article_page(text_of(VOLUME, "What walkers hear\nAna García Luz", citation, DATES))
    assert [(a.given, a.family) for a in page.authors] == [("Ana", "García Luz")]


def test_biographies_follow_their_authors_in_any_order() -> None:
    page = read_article_page(text_of(*BLOCKS[:-3], "About the authors", OKAFOR, VOGEL))
    assert [author.biography for author in page.authors] == [VOGEL, "", OKAFOR]


def test_a_biography_may_be_broken_over_lines() -> None:
    page = read_article_page(text_of(*BLOCKS[:-3], VOGEL.replace("quiet ", "quiet\n")))
    assert page.authors[0].biography == VOGEL


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Volume 3, Issue 2, Article 5", (3, "2", "5")),
        ("Vol. 3, No. 2, Article 5", (3, "2", "5")),
        ("Volume 3 (2), Article 5", (3, "2", "5")),
        ("Volume XII, Article 5", ("XII", "", "5")),
    ],
)
def test_volume_issue_and_article_are_told_apart(heading: str, expected: tuple[object, ...]) -> None:
    page = read_article_page(text_of(heading, f"{TITLE}\n{BYLINE}", DATES))
    assert (page.volume, page.issue, page.article_number) == expected


@pytest.mark.parametrize(
    "line", ["DOI: 10.5555/paths.2022.7", "https://doi.org/10.5555/paths.2022.7", "doi:10.5555/paths.2022.7."]
)
def test_a_doi_is_found(line: str) -> None:
    assert read_article_page(text_of(*BLOCKS, line)).doi == "10.5555/paths.2022.7"


@pytest.mark.parametrize("opening", ["Keywords:", "Key-words:", "KEY WORDS", "Keywords –"])
def test_key_words_have_several_openings(opening: str) -> None:
    page = read_article_page(text_of(VOLUME, f"{TITLE}\n{BYLINE}", DATES, f"{opening} walking; silence"))
    assert page.keywords == ("walking", "silence")


def test_html_says_the_same_as_text() -> None:
    paragraphs = "".join(f"<p>{b}</p>" for b in (CITATION, DATES, ABSTRACT, KEYWORDS, VOGEL, MEER, OKAFOR))
    text = (
        "<!DOCTYPE html><html><head><title>Paths</title><style>p{}</style><script>var a = 'Received';</script></head>"
        f"<body><nav><a href='/'>Home</a></nav><div>{VOLUME}</div><h1>{TITLE}</h1>"
        f"<p>Dr Anna-Lena <b>Vogel</b><sup>1</sup> PhD, Pieter van der&nbsp;Meer<sup>2</sup> and Chidi O. Okafor</p>"
        f"{paragraphs.replace('&', '&amp;')}</body></html>"
    )
    assert essence(read_article_page(text)) == WHOLE


def test_html_with_line_breaks_keeps_its_lines() -> None:
    text = f"<div><p>{VOLUME}<br>{TITLE}<br/>{BYLINE}</p><p>{DATES}</p></div>"
    page = read_article_page(text)
    assert (page.title, families(page), days(page)) == (TITLE, FAMILIES, DAYS)


def test_a_missing_date_is_only_missing() -> None:
    dates = "Processing dates: Received 3 Mar 2021; Accepted 9 September 2021"
    page = read_article_page(text_of(VOLUME, f"{TITLE}\n{BYLINE}", dates))
    assert [event.kind for event in page.history.events] == ["received", "accepted"]


@pytest.mark.parametrize(
    "dates",
    [
        "Received: 3 March 2021\nAccepted: 9 September 2021",
        "Received: 3 March 2021\n\nAccepted: 9 September 2021",
        "Article history:\nReceived 3 March 2021\nAccepted 9 September 2021",
        "Processing dates\n\nReceived 3 March 2021; Accepted 9 September 2021",
        "Processing dates: Received 3 March 2021;\nAccepted 9 September 2021",
    ],
)
def test_dates_may_stand_on_lines_of_their_own(dates: str) -> None:
    page = read_article_page(text_of(VOLUME, f"{TITLE}\n{BYLINE}", dates, ABSTRACT))
    assert days(page) == ["2021-03-03", "2021-09-09"]


@pytest.mark.parametrize(
    ("dates", "named"),
    [
        ("", "has no processing dates"),
        ("Processing dates: Received; Accepted", "has no processing dates"),
        ("Processing dates: Received 03/04/2021", "03/04/2021 may be 3 April 2021 or 4 March 2021"),
        ("Processing dates: Received 31 February 2021", "31 February 2021"),
    ],
)
def test_a_page_without_sure_dates_is_refused(dates: str, named: str) -> None:
    with pytest.raises(BadInput, match=named):
        read_article_page(text_of(VOLUME, f"{TITLE}\n{BYLINE}", dates, ABSTRACT))


def test_a_page_without_a_title_is_refused() -> None:
    with pytest.raises(BadInput, match="no title"):
        read_article_page(text_of(VOLUME, DATES))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_files_are_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(text_of(VOLUME, "Où l’on marche\nJosé Núñez", DATES).encode(encoding))
    page = read_article_file(file)
    assert (page.title, families(page)) == ("Où l’on marche", ["Núñez"])


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 text", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"a\x00b\x00", b"", b"\x81\x8d\x8f\x90" * 9]
)
def test_files_that_are_not_text_are_refused_by_name(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(data)
    with pytest.raises(BadInput, match=r"^page\.txt: "):
        read_article_file(file)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"^nowhere\.txt: "):
        read_article_file(tmp_path / "nowhere.txt")


def test_a_byline_gives_each_orcid_to_its_author() -> None:
    byline = "Anna Vogel (0000-0001-2345-6789) and Bo Lind (ORCID: 0000-0002-2345-678X)"
    page = read_article_page(text_of(VOLUME, "What walkers hear", byline, DATES))
    assert [author.orcid for author in page.authors] == ["0000-0001-2345-6789", "0000-0002-2345-678X"]


def test_a_very_long_page_takes_time_in_proportion() -> None:
    long = "\n".join("Anna Vogel" + "x" * (number % 50) for number in range(20_000))
    began = time.process_time()
    read_article_page(text_of(DATES, long))
    assert time.process_time() - began < 15


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600))
def test_any_text_is_a_page_or_refused(text: str) -> None:
    try:
        page = read_article_page(text)
    except BadInput:
        return
    assert page.title
    assert page.history.events
