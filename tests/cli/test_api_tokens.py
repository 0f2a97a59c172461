"""`tracker account token`: made, listed and revoked by the operator."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.cli.running import Terminal
from tests.people import people


@pytest.fixture
def terminal(app: Flask, capsys: pytest.CaptureFixture[str]) -> Terminal:
    people()
    return Terminal(capsys)


def opens(app: Flask, token: str) -> int:
    return app.test_client().get("/api/v1/journals", headers={"Authorization": f"Bearer {token}"}).status_code


def test_a_token_is_made_listed_and_revoked(app: Flask, terminal: Terminal) -> None:
    command = ("account", "token", "editor@example.org")
    made = terminal.run(*command, "--name", "nightly", "--scope", "write", "--days", "30", "--json").document
    assert opens(app, made["token"]) == 200
    listed = terminal.run(*command, "--list", "--json").document["tokens"]
    assert [(row["id"], row["name"], row["scope"]) for row in listed] == [(made["id"], "nightly", "write")]
    assert "token" not in listed[0]
    assert made["id"] in terminal.run(*command, "--list").out
    assert terminal.run(*command, "--revoke", made["id"]).out == "The token “nightly” works no more.\n"
    assert opens(app, made["token"]) == 401
    assert "no tokens" in terminal.run(*command, "--list").out


def test_a_token_is_printed_for_whoever_it_is_for(app: Flask, terminal: Terminal) -> None:
    out = terminal.run("account", "token", "reader@example.org", "--name", "site").out
    assert "it cannot be shown again" in out
    assert opens(app, out.split()[-1]) == 200


def test_what_cannot_be_is_a_sentence(terminal: Terminal) -> None:
    editor = ("account", "token", "editor@example.org")
    assert "Give the token a name" in terminal.refused(*editor)
    assert "from 1 to 3660 days" in terminal.refused(*editor, "--name", "x", "--days", "0")
    assert "no token “beef”" in terminal.refused(*editor, "--revoke", "beef")
    assert "no account" in terminal.refused("account", "token", "nobody@example.org", "--name", "x")
    terminal.run("account", "disable", "editor@example.org")
    assert "is disabled" in terminal.refused(*editor, "--name", "x")
