"""`tracker journal` and `tracker account`, on both databases."""

from __future__ import annotations

import pytest

from tests.cli.running import Terminal


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], database_url: str, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url.replace("+psycopg", ""))
    return Terminal(capsys)


def test_a_journal_is_added_shown_changed_and_listed(terminal: Terminal) -> None:
    terminal.run("journal", "add", "IJCP", "--title", "A  Journal", "--country", "gb")
    changed = terminal.run(
        "journal",
        "set",
        "ijcp",
        "--timezone",
        "pacific/auckland",
        "--reminders",
        "live",
        "--public-turnaround",
        "--json",
    )

    expected = {
        "slug": "ijcp", "title": "A Journal", "timezone": "Pacific/Auckland", "country": "GB", "language": "en",
        "required_reviews": 2, "anonymity": "single_anonymized", "reminders": "live", "public_articles": False,
        "public_status": False, "public_turnaround": True,
    }  # fmt: skip
    assert changed.document == expected
    assert terminal.run("journal", "show", "ijcp", "--json").document == expected
    assert terminal.run("journal", "list", "--json").document == {"journals": [expected]}
    assert "Pacific/Auckland" in terminal.run("journal", "list").out
    assert "A Journal" in terminal.run("journal", "show", "ijcp").out


def test_setting_what_is_so_already_changes_nothing(terminal: Terminal) -> None:
    terminal.run("journal", "add", "ijcp", "--title", "A Journal")
    assert terminal.run("journal", "set", "ijcp", "--title", "A Journal").out == "Changed in ijcp: nothing.\n"


def test_a_second_journal_of_the_same_name_is_refused(terminal: Terminal) -> None:
    terminal.run("journal", "add", "ijcp", "--title", "A Journal")
    assert "already" in terminal.refused("journal", "add", "Ijcp", "--title", "Another")


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--timezone", "../etc/passwd", "no time zone"),
        ("--required-reviews", "0", "cannot be"),
        ("--anonymity", "double blind", "no anonymity"),
        ("--country", "ZZ", "no country code"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_and_nothing_changes(
    terminal: Terminal, option: str, value: str, part: str
) -> None:
    terminal.run("journal", "add", "ijcp", "--title", "A Journal")
    before = terminal.run("journal", "show", "ijcp", "--json").document

    assert part in terminal.refused("journal", "set", "ijcp", "--title", "Other", option, value)
    assert terminal.run("journal", "show", "ijcp", "--json").document == before


def test_an_unknown_journal_is_named_with_those_there_are(terminal: Terminal) -> None:
    terminal.run("journal", "add", "ijcp", "--title", "A Journal")
    assert terminal.refused("journal", "show", "jjcp") == "There is no journal “jjcp”. There are: ijcp."


def test_an_account_is_added_given_a_role_and_disabled(terminal: Terminal) -> None:
    terminal.run("journal", "add", "ijcp", "--title", "A Journal")
    added = terminal.run(
        "account", "add", " Ada@Example.org", "--name", "Ada L.", "--journal", "ijcp", "--json"
    ).document
    assert added["roles"] == [{"journal": "ijcp", "role": "editor"}]
    assert "/reset/" in added["password_link"]

    given = terminal.run("account", "role", "ada@example.org", "ijcp", "assistant", "--json").document
    assert given["roles"] == [{"journal": "ijcp", "role": "assistant"}]
    assert "already" in terminal.run("account", "role", "ada@example.org", "ijcp", "assistant").out

    taken = terminal.run("account", "role", "ADA@example.org", "ijcp", "none", "--json").document
    assert taken["roles"] == []

    assert terminal.run("account", "disable", "ada@example.org", "--json").document["active"] is False
    assert "already" in terminal.run("account", "disable", "ada@example.org").out
    assert "(disabled)" in terminal.run("account", "list").out


def test_the_list_of_accounts_can_be_that_of_one_journal(terminal: Terminal) -> None:
    terminal.run("journal", "add", "ijcp", "--title", "A Journal")
    terminal.run("account", "add", "in@example.org", "--journal", "ijcp")
    terminal.run("account", "add", "out@example.org")

    listed = terminal.run("account", "list", "--journal", "ijcp", "--json").document["accounts"]
    assert [account["email"] for account in listed] == ["in@example.org"]


def test_the_only_chief_editor_stays_one(terminal: Terminal) -> None:
    terminal.run("journal", "add", "ijcp", "--title", "A Journal")
    terminal.run("account", "add", "chief@example.org", "--journal", "ijcp", "--role", "chief_editor")
    only = "chief@example.org is the only chief editor of A Journal"

    assert terminal.refused("account", "role", "chief@example.org", "ijcp", "reader").startswith(only)
    assert terminal.refused("account", "role", "chief@example.org", "ijcp", "none").startswith(only)
    assert terminal.refused("account", "disable", "chief@example.org").startswith(only)

    terminal.run("account", "add", "next@example.org", "--journal", "ijcp", "--role", "chief_editor")
    assert terminal.run("account", "disable", "chief@example.org").status == 0


def test_nothing_is_half_written_where_the_journal_is_unknown(terminal: Terminal) -> None:
    assert "no journal" in terminal.refused("account", "add", "ada@example.org", "--journal", "ijcp")
    assert terminal.run("account", "list", "--json").document == {"accounts": []}


def test_bad_addresses_and_roles_are_refused(terminal: Terminal) -> None:
    assert "no e-mail address" in terminal.refused("account", "add", "ada@")
    assert "no account" in terminal.refused("account", "link", "ada@example.org")
    assert terminal.run("account", "role", "ada@example.org", "ijcp", "king").status == 2


def test_a_second_account_of_one_address_is_refused(terminal: Terminal) -> None:
    terminal.run("account", "add", "ada@example.org")
    assert terminal.refused("account", "add", "ADA@example.org") == "ada@example.org has an account already."
    assert "/reset/" in terminal.run("account", "link", "ada@example.org", "--json").document["password_link"]
