"""`tracker init`, `tracker db`: from nothing to a journal whose editor can sign in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import Terminal

INIT = (
    "init",
    "--journal",
    "ijcp",
    "--title",
    "A Journal",
    "--timezone",
    "Europe/London",
    "--admin",
    "Ada@Example.org",
)


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


def test_init_makes_the_database_the_journal_and_the_first_account(terminal: Terminal, own_instance: Path) -> None:
    made = terminal.run(*INIT, "--json").document

    assert (own_instance / "tracker.sqlite").is_file()
    assert (made["journal"], made["journal_created"]) == ("ijcp", True)
    assert (made["account"], made["account_created"]) == ("ada@example.org", True)
    assert made["password_link"].startswith("http://127.0.0.1:5000/reset/")
    assert terminal.run("account", "list", "--json").document["accounts"] == [
        {
            "email": "ada@example.org", "name": "", "active": True, "has_password": False,
            "roles": [{"journal": "ijcp", "role": "chief_editor"}],
        }
    ]  # fmt: skip


def test_init_twice_is_harmless_and_says_what_was_there(terminal: Terminal) -> None:
    terminal.run(*INIT)
    again = terminal.run(*INIT)

    assert again.status == 0
    assert "The journal ijcp (A Journal) was there already" in again.out
    assert "The account ada@example.org was there already" in again.out


@pytest.mark.parametrize(
    ("option", "value", "sentence"),
    [
        ("--admin", "ada", "“ada” is no e-mail address."),
        ("--timezone", "Londn", "There is no time zone “Londn”. Write its IANA name, such as Europe/London."),
        ("--country", "UK", "“UK” is no country code. Write the two letters of ISO 3166, such as GB or NZ."),
        ("--language", "english", "“english” is no language code. Write it as en, fr or pt-BR."),
        ("--journal", "my journal", "The short name “my journal” may hold a–z, 0–9 and dashes only"),
        ("--title", "  ", "A journal needs a title"),
    ],
)
def test_init_refuses_what_is_wrong_before_it_makes_anything(
    terminal: Terminal, own_instance: Path, option: str, value: str, sentence: str
) -> None:
    assert terminal.refused(*INIT, option, value).startswith(sentence)
    assert not (own_instance / "tracker.sqlite").exists()


def test_init_without_a_journal_is_wrong_usage(terminal: Terminal) -> None:
    assert terminal.run("init").status == 2


def test_commands_without_a_database_say_what_to_do(terminal: Terminal) -> None:
    assert "tracker init" in terminal.refused("journal", "list")


def test_the_database_goes_up_and_down_by_command(terminal: Terminal) -> None:
    assert terminal.run("db", "current", "--json").document["current"] is None
    assert "is empty" in terminal.refused("db", "check")
    assert terminal.run("db", "upgrade").status == 0
    assert "as they should be" in terminal.run("db", "check").out
    assert "Nothing to do" in terminal.run("db", "upgrade").out
    newest = terminal.run("db", "current", "--json").document["newest"]
    checked = terminal.run("db", "check", "--json").document
    assert checked == {"current": newest, "up_to_date": True, "tables_match": True}
    assert f"went from {newest} to 0001" in terminal.run("db", "downgrade", "0001").out
    assert "run “tracker db upgrade” first" in terminal.refused("db", "check")
    assert terminal.run("db", "downgrade", "base").status == 0
    assert "no migration to take back" in terminal.refused("db", "downgrade")


def test_a_database_address_of_another_kind_is_a_sentence(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", "mysql://localhost/x")
    assert "neither sqlite:///… nor postgresql://…" in terminal.refused("db", "upgrade")
