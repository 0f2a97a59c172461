"""`tracker import page` and `tracker dates`: the main job, end to end, on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Terminal
from tests.pages import LINE, PAGE


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    terminal = Terminal(capsys)
    terminal.run("init", "--journal", "jcp", "--title", "Journal of Careful Practice", "--admin", "ada@example.org")
    return terminal


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_page_becomes_a_manuscript_with_its_four_events(terminal: Terminal, page: Path) -> None:
    imported = terminal.run("import", "page", str(page), "--journal", "jcp", "--json").document
    assert (imported["created"], imported["refused"], imported["manuscripts"]) == (1, [], ["JCP-2024-001"])

    shown = terminal.run("show", "JCP-2024-001", "--json").document
    assert [(event["action"], event["on"]) for event in shown["events"]] == [
        ("received", "2024-03-03"), ("resubmitted", "2024-05-08"), ("accepted", "2024-05-20"),
        ("published", "2024-07-01"),
    ]  # fmt: skip
    assert [f"{author['given']} {author['family']}" for author in shown["authors"]] == [
        "Marta Oyelaran",
        "Jonas Lindqvist",
    ]
    assert shown["authors"][1]["biography"].startswith("Jonas Lindqvist is a supervisor")
    assert (shown["volume"], shown["article_number"], shown["pages"]) == ("4", "12", "101-109")
    assert shown["keywords"] == ["supervision", "silence", "listening"]
    assert shown["processing_dates"] == LINE
    assert terminal.run("dates", "JCP-2024-001").out == f"{LINE}\n"


def test_the_same_page_twice_stays_one_manuscript(terminal: Terminal, page: Path) -> None:
    terminal.run("import", "page", str(page), "--journal", "jcp")
    again = terminal.run("import", "page", str(page), "--journal", "jcp", "--json").document
    assert (again["created"], again["unchanged"]) == (0, 1)
    assert terminal.run("list", "--json").document["total"] == 1
    assert len(terminal.run("show", "JCP-2024-001", "--json").document["events"]) == 4


def test_a_page_that_knows_one_date_more_adds_it(terminal: Terminal, page: Path) -> None:
    page.write_text(PAGE.replace("; Published online 1 July 2024", ""), encoding="utf-8")
    terminal.run("import", "page", str(page), "--journal", "jcp")
    page.write_text(PAGE, encoding="utf-8")
    assert terminal.run("import", "page", str(page), "--journal", "jcp", "--json").document["updated"] == 1
    assert terminal.run("dates", "JCP-2024-001").out == f"{LINE}\n"


def test_a_page_that_contradicts_the_ledger_changes_nothing(terminal: Terminal, page: Path) -> None:
    terminal.run("import", "page", str(page), "--journal", "jcp")
    page.write_text(PAGE.replace("Accepted 20 May", "Accepted 21 May"), encoding="utf-8")
    refused = terminal.run("import", "page", str(page), "--journal", "jcp")
    assert refused.status == 1
    assert "article.txt: JCP-2024-001 has Accepted 20 May 2024, the article says 21 May 2024." in refused.err
    assert terminal.run("dates", "JCP-2024-001").out == f"{LINE}\n"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("Processing dates: ", "Printed in: "), None),
        ((LINE, ""), "article.txt: The page has no processing dates"),
        (("Accepted 20 May 2024", "Accepted 20 May 2023"), "Accepted on 20 May 2023 lies before"),
        (("1 July 2024", "1 July 2034"), "Published online on 1 July 2034 lies in the future"),
        (("20 May 2024", "31 June 2024"), "31 June 2024"),
        (("3 March 2024", "03/04/2024"), "03/04/2024"),
    ],
)
def test_a_page_that_cannot_be_right_is_refused_whole(
    terminal: Terminal, page: Path, change: tuple[str, str], sentence: str | None
) -> None:
    page.write_text(PAGE.replace(*change), encoding="utf-8")
    result = terminal.run("import", "page", str(page), "--journal", "jcp")
    if sentence is None:
        assert result.status == 0  # the label before the line may be another, or none
        return
    assert result.status == 1
    assert sentence in result.err
    assert result.err.startswith("article.txt: ")
    assert terminal.run("list", "--json").document["total"] == 0


def test_a_refused_file_does_not_stop_the_others(terminal: Terminal, page: Path, tmp_path: Path) -> None:
    picture = tmp_path / "scan.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    result = terminal.run("import", "page", str(picture), str(page), "--journal", "jcp", "--json")
    assert result.status == 1
    assert result.document["created"] == 1
    assert [item["file"] for item in result.document["refused"]] == [str(picture)]
    assert "scan.png" in result.err


def test_an_unknown_journal_is_refused_before_anything_is_read(terminal: Terminal, page: Path) -> None:
    result = terminal.run("import", "page", str(page), "--journal", "nope")
    assert (result.status, result.err) == (1, "There is no journal “nope”. There are: jcp.\n")


def test_the_seed_article_itself(terminal: Terminal, shared_data: Path) -> None:
    seed = str(shared_data / "seed-article.txt")
    reference = terminal.run("import", "page", seed, "--journal", "jcp", "--json").document["manuscripts"][0]
    assert terminal.run("dates", reference).out == (
        "Received 11 November 2020; Re-submitted 2 December 2020; "
        "Accepted 7 December 2020; Published online 14 January 2021\n"
    )
    metrics = terminal.run("report", "turnaround", "--journal", "jcp", "--format", "json").document["metrics"]
    values = {key: summary["values"] for key, summary in metrics.items() if summary["n"]}
    assert values == {
        "first_resubmission": [21], "final_decision": [26], "final_decision_without_desk": [26], "acceptance": [26],
        "last_resubmission_to_acceptance": [5], "production": [38], "publication": [64],
    }  # fmt: skip
    assert metrics["publication"]["doaj_weeks"] == 9
