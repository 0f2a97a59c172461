"""The turnaround page and its files, as people get them."""

from __future__ import annotations

import csv
import html
import json
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from tests.people import NOW, TODAY, People, manuscript_that_is
from tracker.db import transaction
from tracker.demo.seed import seed_article
from tracker.domain.words import State
from tracker.formats.report_tables import TABLES
from tracker.services.accounts import give_role
from tracker.services.actors import OPERATOR

REPORT = "/reports/turnaround"
SEED = {
    "first_resubmission": 21,
    "acceptance": 26,
    "last_resubmission_to_acceptance": 5,
    "production": 38,
    "publication": 64,
}


@pytest.fixture
def seeded(app, who: People) -> People:
    with transaction() as session:
        seed_article(session.merge(who.journal), now=NOW, today=TODAY)
    return who


@pytest.fixture
def editor(as_: Callable[[str], FlaskClient]) -> FlaskClient:
    return as_("editor")


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_seed_article_alone_gives_its_five_intervals_as_json(seeded: People, editor: FlaskClient) -> None:
    report = editor.get(f"{REPORT}.json").get_json()
    found = {key: metric for key, metric in report["metrics"].items() if metric["n"] and key in SEED}
    assert {key: metric["values"] for key, metric in found.items()} == {key: [days] for key, days in SEED.items()}
    assert {metric["n"] for metric in found.values()} == {1}
    assert {metric["median"] for metric in found.values()} == {None}
    assert report["metrics"]["publication"]["doaj_weeks"] == 9
    assert report["metrics"]["journal_time"]["n"] == report["metrics"]["first_decision"]["n"] == 0
    assert report["flow"]["balances"]


def test_the_page_lists_single_values_and_says_no_median(seeded: People, editor: FlaskClient) -> None:
    html = editor.get(REPORT).text
    rows = dict(re.findall(r'<tr data-row>\s*<th scope="row">([^<]+)</th>(.*?)</tr>', html, re.S))
    assert "64 days" in text_of(rows["Received to published online"])
    assert "26 days" in text_of(rows["Received to acceptance"])
    assert "Median days" not in rows["Received to acceptance"]
    assert "9 weeks as DOAJ asks" in html
    assert "One manuscript finally decided: 26 days." in html


def test_what_an_import_cannot_tell_is_listed_with_a_link_and_its_reason(seeded: People, editor: FlaskClient) -> None:
    html = editor.get(REPORT).text
    reference = re.search(r'<a href="/manuscripts/([^"]+)">\1</a>', html)
    assert reference
    assert "The imported history does not say when the decisions were made" in html


def test_a_report_without_manuscripts_reads_well(editor: FlaskClient) -> None:
    html = editor.get(REPORT).text
    assert "No manuscript decided yet." in html
    assert "Nothing is left out." in html
    assert "No year has a value yet." in html


def test_another_journals_report_is_not_found(seeded: People, editor: FlaskClient) -> None:
    for path in (REPORT, f"{REPORT}.json", f"{REPORT}.csv", f"{REPORT}/manuscripts"):
        assert editor.get(path, query_string={"journal": "other", "of": "cohort"}).status_code == 404


def test_a_stranger_to_every_journal_gets_no_figures(seeded: People, as_) -> None:
    stranger = as_("stranger")
    assert stranger.get(f"{REPORT}.json?journal=ijcp").status_code == 404
    assert "64 days" not in stranger.get(REPORT).text


def test_the_figures_of_one_journal_do_not_leak_into_another(seeded: People, as_) -> None:
    other = as_("other_editor")
    report = other.get(f"{REPORT}.json?by=month").get_json()
    assert {metric["n"] for metric in report["metrics"].values()} == {0}
    assert report["groups"] == report["months"] == report["excluded"] == []


@pytest.mark.parametrize(
    "of", ["metric:acceptance", "outcome:accepted", "flow:received", "flow:closed:published", "cohort"]
)
def test_a_number_leads_to_the_manuscripts_behind_it(seeded: People, editor: FlaskClient, of: str) -> None:
    html = editor.get(f"{REPORT}/manuscripts", query_string={"of": of}).text
    assert "Desperately seeking" in html
    assert "1 line" in text_of(html)


def test_a_number_that_no_report_has_is_not_found(editor: FlaskClient) -> None:
    for of in ("", "metric:speed", "flow", "outcome:lost", "reviews:bribed"):
        assert editor.get(f"{REPORT}/manuscripts", query_string={"of": of}).status_code == 404


def test_a_fixed_today_is_said_on_the_page_and_in_the_file(editor: FlaskClient) -> None:
    assert "(fixed by TRACKER_TODAY)" in editor.get(REPORT).text
    assert editor.get(f"{REPORT}.json").get_json()["today_is_fixed"] is True
    for kind in ("csv", "svg"):
        text = editor.get(f"{REPORT}.{kind}", query_string={"titled": "yes"}).text
        assert "(fixed by TRACKER_TODAY)" in " ".join(re.sub("<[^>]*>", " ", text).split()), kind


def test_a_period_that_ends_before_it_begins_is_refused_in_words(editor: FlaskClient) -> None:
    answer = editor.get(REPORT, query_string={"from": "2026-02-01", "to": "2026-01-01"})
    assert answer.status_code == 422
    assert "The period begins on 1 February 2026 and ends before that" in answer.text


def test_every_grouping_has_the_manuscripts_that_the_whole_has(app, who: People, editor: FlaskClient) -> None:
    for state in State:
        manuscript_that_is(state, who.journal, title=f"On {state}", editor=who.editor)
    whole = editor.get(f"{REPORT}.json").get_json()["metrics"]
    for by in ("year", "month", "section", "type", "outcome", "round"):
        groups = editor.get(f"{REPORT}.json?by={by}").get_json()["groups"]
        for key in ("first_decision", "final_decision", "acceptance", "author_revision"):
            assert sum(group["metrics"][key]["n"] for group in groups) == whole[key]["n"], (by, key)
        assert editor.get(f"{REPORT}?by={by}").status_code == 200


def test_editors_with_fewer_than_five_are_not_shown(app, who: People, editor: FlaskClient) -> None:
    def shown() -> dict[str, tuple[int, str | None]]:
        groups = editor.get(f"{REPORT}.json?by=editor").get_json()["groups"]
        found = {group["value"]: group["metrics"]["first_decision"] for group in groups}
        return {name: (metric["n"], metric["flag"]) for name, metric in found.items()}

    for number in range(5):
        manuscript_that_is(State.REJECTED, who.journal, title=f"One {number}", editor=who.editor)
    assert shown() == {"Editor": (5, "few")}
    for number in range(4):
        manuscript_that_is(State.REJECTED, who.journal, title=f"Two {number}", editor=who.chief)
    # nine in all less the editor's five would be the chief's four
    assert shown() == {"Chief": (0, "held_back"), "Editor": (0, "held_back")}
    for number in range(6):
        manuscript_that_is(State.REJECTED, who.journal, title=f"Three {number}", editor=who.assistant)
    assert shown() == {"Assistant": (6, None), "Chief": (0, "held_back"), "Editor": (0, "held_back")}
    page = editor.get(f"{REPORT}?by=editor").text
    assert "Figures of fewer than five manuscripts are not shown" in page
    table = csv.DictReader(editor.get(f"{REPORT}.csv?by=editor").text.splitlines())
    rows = [row for row in table if row["metric"] == "first_decision"]
    assert [row["group"] for row in rows if row["flag"] == "held_back"] == ["Chief", "Editor"]


def test_the_csv_is_one_line_a_metric(seeded: People, editor: FlaskClient) -> None:
    answer = editor.get(f"{REPORT}.csv?year=2021")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="ijcp-turnaround-2021.csv"'
    lines = [line.split(",") for line in answer.text.splitlines()]
    assert ["all", "production", "Acceptance to published online", "1"] in [line[:4] for line in lines]


def test_the_period_includes_its_last_day(seeded: People, editor: FlaskClient) -> None:
    inside = editor.get(f"{REPORT}.json", query_string={"from": "2020-12-08", "to": "2021-01-14"}).get_json()
    outside = editor.get(f"{REPORT}.json", query_string={"from": "2020-12-08", "to": "2021-01-13"}).get_json()
    assert (inside["metrics"]["publication"]["n"], outside["metrics"]["publication"]["n"]) == (1, 0)
    assert json.dumps(inside)
    assert date.fromisoformat(inside["as_of"]) == TODAY


@pytest.mark.parametrize(
    ("ending", "kind", "begins"),
    [
        ("pdf", "application/pdf", b"%PDF"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("svg", "image/svg+xml", b"<svg"),
        ("png", "image/png", b"\x89PNG"),
    ],
)
def test_the_same_report_as_a_file(seeded: People, editor: FlaskClient, ending: str, kind: str, begins: bytes) -> None:
    answer = editor.get(f"{REPORT}.{ending}")
    assert (answer.status_code, answer.content_type) == (200, kind)
    assert answer.data.startswith(begins)


def test_a_picture_that_no_report_has_is_not_found(editor: FlaskClient) -> None:
    assert editor.get(f"{REPORT}.svg?picture=pie").status_code == 404


def test_a_person_with_several_journals_sees_them_side_by_side(app, seeded: People, as_) -> None:
    with transaction() as session:
        give_role(session.merge(seeded.editor), session.merge(seeded.other_journal), "editor", by=OPERATOR, now=NOW)
    html = as_("editor").get(f"{REPORT}?metric=acceptance&journal=").text
    assert "journal by journal" in html
    assert f"{REPORT}?journal=other" in html
    assert "26 days" in text_of(html)


def test_any_two_periods_can_be_compared(seeded: People, editor: FlaskClient) -> None:
    found = editor.get(f"{REPORT}.json?year=2021&compare=2020").get_json()["comparison"]
    assert (found["from"], found["to"]) == ("2020-01-01", "2020-12-31")
    found = editor.get(f"{REPORT}.json?year=2021&compare=2019-03-01..2019-04-30").get_json()["comparison"]
    assert (found["from"], found["to"]) == ("2019-03-01", "2019-04-30")
    refused = editor.get(f"{REPORT}?year=2021&compare=lately")
    assert refused.status_code == 422
    assert "The first day to compare with “lately” is not a date" in refused.text
    assert "give the period its first and its last day" in editor.get(f"{REPORT}?compare=before").text


def test_a_year_is_seen_beside_those_before_it_and_each_leads_to_its_manuscripts(
    seeded: People, editor: FlaskClient
) -> None:
    page = editor.get(f"{REPORT}?year=2025&metric=acceptance").text
    link = page.split("the manuscripts of 2020")[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert "IJCP-2020-001" in editor.get(link).text
    assert editor.get(f"{REPORT}.json?year=2025").get_json()["metrics"]["acceptance"]["n"] == 0


@pytest.mark.parametrize("table", TABLES)
def test_every_table_of_the_page_is_a_file(seeded: People, editor: FlaskClient, table: str) -> None:
    answer = editor.get(f"{REPORT}.csv?table={table}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ijcp-turnaround-{table}.csv"'
    assert answer.text.splitlines()[0] == ",".join(TABLES[table].header)


def test_a_table_that_is_none_is_not_found(seeded: People, editor: FlaskClient) -> None:
    assert editor.get(f"{REPORT}.csv?table=weather").status_code == 404


def test_every_link_of_the_report_leads_to_as_many_manuscripts_as_it_says(
    app, who: People, editor: FlaskClient
) -> None:
    for state in State:
        manuscript_that_is(state, who.journal, title=f"On {state}", editor=who.editor)
    page = html.unescape(editor.get(f"{REPORT}?year=2026&by=outcome").text)
    links = re.findall(r'<a href="(/reports/turnaround/manuscripts[^"]*)" aria-label="(\d+): ', page)
    assert len(links) > 40
    for href, number in links:
        assert f">{number} line" in editor.get(href).text.replace("\n", ""), href


def test_the_numbers_in_words_lead_to_as_many_manuscripts_too(app, who: People, editor: FlaskClient) -> None:
    for state in State:
        manuscript_that_is(state, who.journal, title=f"On {state}", editor=who.editor)
    page = html.unescape(editor.get(f"{REPORT}?from=2026-01-01&to=2026-12-31&compare=2026-01-01..2026-12-31").text)
    links = re.findall(r'<a href="(/reports/turnaround/manuscripts[^"]*)">([^<]*)</a>', page)
    said = [(href, re.search(r"(?:n = |See the )(\d+)", words)) for href, words in links]
    counted = {href: int(found[1]) for href, found in said if found}
    assert sum("survival" in href for href in counted) == 2
    assert len(counted) > 10
    for href, number in counted.items():
        assert f">{number} line" in editor.get(href).text.replace("\n", ""), href


def test_a_picture_as_a_file_says_what_it_shows(seeded: People, editor: FlaskClient) -> None:
    bare, titled = (
        editor.get(f"{REPORT}.svg?picture=distribution&metric=publication{more}").text for more in ("", "&titled=yes")
    )
    assert "as of" not in bare
    assert "Received to published online: the share of the 1 that was done within so many days." in titled
    assert "as of" in titled
