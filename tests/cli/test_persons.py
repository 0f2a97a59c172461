"""`tracker person`: everything held on one person, and an erasure that leaves a tombstone and whole histories."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, select, text

from tests.cli.running import Terminal
from tests.people import NOW, People, manuscript_in, manuscript_that_is, people, step
from tracker.db import db, transaction
from tracker.domain.words import Action, State
from tracker.formats.article_record import AuthorRecord
from tracker.models import Answer, Letter, Manuscript, StatusNote
from tracker.services.actors import OPERATOR
from tracker.services.remarks import set_tags, write_note

ADA = AuthorRecord("Ada", "Lovelace", "Ada@Example.org")


@pytest.fixture
def terminal(app: Flask, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture
def who(app: Flask) -> People:
    """A journal in which Grace reviewed Ada's open manuscript, and Ada has published another."""
    everybody = people()
    open_one = manuscript_in(everybody.journal, authors=(ADA,), editor=everybody.editor)
    step(open_one, Action.SENT_TO_REVIEW, date(2026, 3, 9), reviewers=["Grace Hopper <grace@example.org>"])
    manuscript_that_is(State.PUBLISHED, everybody.journal, title="What Was Published", authors=(ADA,))
    with transaction() as session:
        session.add_all([letter_to("grace@example.org", open_one.journal_id, "Dear Grace Hopper"),
                         letter_to("editor@example.org", open_one.journal_id, "Grace Hopper agreed"),
                         StatusNote(manuscript_id=open_one.id, text="Ask grace@example.org", actor="x",
                                    written_at=NOW)])  # fmt: skip
    db.session.remove()
    return everybody


def letter_to(address: str, journal_id: int, words: str) -> Letter:
    return Letter(
        journal_id=journal_id, to_email=address, to_key=address, subject=words, text_body=words,
        message_id=f"<{len(words)}@example.org>", queued_at=NOW, not_before_at=NOW,
    )  # fmt: skip


def everything_in_the_database(also_the_index: bool = False) -> str:
    """Every row of every table as text."""
    db.session.remove()
    with db.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        tables = [name for name in tables if also_the_index or not name.startswith("search_index")]
        queries = {name: text(f'SELECT * FROM "{name}"') for name in tables}  # noqa: S608  names from the schema
        rows = {name: [tuple(row) for row in connection.execute(query)] for name, query in queries.items()}
    db.engine.dispose()
    return str(rows)


def test_an_export_has_all_that_is_held(terminal: Terminal, who: People) -> None:
    document = terminal.run("person", "export", "GRACE@example.org").document
    assert [row["manuscript"] for row in document["reviewer_of"]] == ["IJCP-2026-001", "IJCP-2026-002"]
    assert [row["text_body"] for row in document["letters"]] == ["Dear Grace Hopper"]
    assert document["account"] is None
    authored = terminal.run("person", "export", "ada@example.org").document["author_of"]
    assert [(row["manuscript"], row["family"]) for row in authored] == [
        ("IJCP-2026-001", "Lovelace"), ("IJCP-2026-002", "Lovelace")
    ]  # fmt: skip


def test_an_export_of_somebody_with_an_account_hides_no_role_and_shows_no_secret(
    terminal: Terminal, who: People
) -> None:
    document = terminal.run("person", "export", "editor@example.org").document
    assert document["roles"] == [{"journal": "ijcp", "role": "editor"}]
    assert {change["what"] for change in document["changes"]} == {"account_added", "password_set", "role_given"}
    assert "argon2" not in json.dumps(document)


def test_an_export_is_noted(terminal: Terminal, who: People) -> None:
    terminal.run("person", "export", "editor@example.org")
    looks = terminal.run("audit", "--looks", "--json").document["looks"]
    assert [(look["what"], look["by"], look["whom"]) for look in looks] == [("person", "command line", "Editor")]


def test_without_yes_nothing_is_erased(terminal: Terminal, who: People) -> None:
    before = everything_in_the_database()
    ran = terminal.run("person", "erase", "grace@example.org")
    assert "nothing has been yet" in ran.out
    assert "2  reviewer records" in ran.out
    assert everything_in_the_database() == before


def test_an_erased_reviewer_is_nowhere_in_the_database_and_the_histories_verify(
    terminal: Terminal, who: People
) -> None:
    done = terminal.run("person", "erase", "grace@example.org", "--yes", "--json").document
    assert done["counts"] == {"letters": 1, "reviewer records": 2, "texts": 2}
    everything = everything_in_the_database()
    assert "grace" not in everything.lower()
    assert "hopper" not in everything.lower()
    assert terminal.run("verify").status == 0
    assert "Nothing is held" in terminal.refused("person", "export", "grace@example.org")


def test_only_the_person_is_erased_and_exported_and_nobody_of_a_like_name_or_address(
    terminal: Terminal, who: People, tmp_path: Path
) -> None:
    element = manuscript_in(who.journal, title="Of Another", authors=(AuthorRecord("Ann", "Li", "ann@b.org"),))
    texts = "Ask Ann Lindgren or joann@b.org, or ann@b.org.uk; not ann@b.org. ANN LI, Mary-Ann Li, Ann Li"
    with transaction() as session:
        session.add(StatusNote(manuscript_id=element.id, text=texts, actor="x", written_at=NOW))
    sheet = tmp_path / "in.csv"
    rows = ["X-1,One,Ada Lovelace,never,ann@b.org", "X-2,Two,Ada Lovelace,never,joann@b.org"]  # refused, kept
    sheet.write_text("\n".join(["Reference,Title,Author,Received,Asked", *rows]))
    terminal.run("import", "sheet", str(sheet), "--journal", "ijcp", "--dates", "ymd")
    held = terminal.run("person", "export", "ann@b.org").document["imported_rows"]
    assert [row["cells"][-1] for row in held] == ["ann@b.org"]
    terminal.run("person", "erase", "ann@b.org", "--yes")
    db.session.rollback()
    left = db.session.scalars(select(StatusNote.text).where(StatusNote.manuscript_id == element.id)).one()
    assert left == "Ask Ann Lindgren or joann@b.org, or ann@b.org.uk; not [erased]. [erased], Mary-Ann Li, [erased]"
    assert "joann@b.org" in everything_in_the_database()
    assert terminal.run("person", "export", "joann@b.org").document["imported_rows"] != []


def test_names_in_any_script_are_erased_from_rows_and_reviews(terminal: Terminal, who: People, tmp_path: Path) -> None:
    authors = (AuthorRecord("Élodie", "Šimić", "es@b.org"), AuthorRecord("明", "李 ", "lm@b.org"))
    manuscript = manuscript_in(who.journal, title="Of Many", authors=authors)
    step(manuscript, "sent_to_review", date(2026, 3, 9), reviewers=["Élodie Šimić <es@b.org>"], confirmed=True)
    step(manuscript, "reviewed", date(2026, 3, 20), reviewer=1, to_author="With regards, ÉLODIE ŠIMIĆ")
    sheet = tmp_path / "in.csv"
    sheet.write_text("Reference,Title,Author,Received,Asked\nX-1,One,Ada Lovelace,never,élodie šimić", "utf-8")
    terminal.run("import", "sheet", str(sheet), "--journal", "ijcp", "--dates", "ymd")
    terminal.run("person", "erase", "es@b.org", "--yes")
    with db.engine.connect() as connection:
        kept = [connection.execute(text(f"SELECT {column} FROM {table}")).scalars().all()  # noqa: S608  ours
                for column, table in (("to_author", "reviews"), ("cells", "import_rows"))]  # fmt: skip
    assert kept[0] == ["With regards, [erased]"]
    assert "[erased]" in str(kept[1])


def test_nothing_of_a_name_stays_in_notes_tags_answers_letters_and_the_search(terminal: Terminal, who: People) -> None:
    authors = (AuthorRecord("Siobhán", "O'Neill", "so@b.org"),)
    manuscript = manuscript_in(who.journal, title="Of Marks", authors=authors)
    step(manuscript, "sent_to_review", date(2026, 3, 9), reviewers=["Madonna <m@b.org>"])
    wrapped = letter_to(
        "editor@example.org", manuscript.journal_id, "Dear editor,\nwe heard from Siobhán\nO'Neill again"
    )
    wrapped.html_body = "<p>Siobhán O&#39;Neill</p>"
    with transaction() as session:
        row = session.scalars(select(Manuscript).where(Manuscript.id == manuscript.id)).one()
        set_tags(row, ["ask Siobhán O'Neill", "urgent"])
        write_note(row, "Siobhán O'Neill is away", by=OPERATOR, now=NOW)
        session.add_all([wrapped, Answer(
            journal_id=manuscript.journal_id, manuscript_id=manuscript.id, task_key="invitation:1:1", kind="done",
            name="Madonna", answered_at=NOW,
        )])  # fmt: skip
    assert terminal.run("list", "--query", "Neill", "--json").document["total"] == 1
    for email in ("so@b.org", "m@b.org"):
        terminal.run("person", "erase", email, "--yes")
    everything = everything_in_the_database(also_the_index=True)
    assert [word for word in ("Siobh", "Neill", "siobh", "neill", "Madonna", "madonna") if word in everything] == []
    assert terminal.run("list", "--query", "Neill", "--json").document["total"] == 0
    assert terminal.run("list", "--query", "urgent", "--json").document["total"] == 1


def test_an_erased_author_keeps_the_byline_of_what_is_published(terminal: Terminal, who: People) -> None:
    done = terminal.run("person", "erase", "ada@example.org", "--yes", "--json").document
    assert "IJCP-2026-002" in done["kept"][0]
    names = {
        number: [author["family"] for author in terminal.run("show", number, "--json").document["authors"]]
        for number in ("IJCP-2026-001", "IJCP-2026-002")
    }
    assert names == {"IJCP-2026-001": ["Erased person"], "IJCP-2026-002": ["Lovelace"]}
    assert "ada@example.org" not in everything_in_the_database().lower()
    assert terminal.run("list", "--query", "Lovelace", "--json").document["total"] == 1
    assert terminal.run("verify").status == 0


def test_an_erased_account_leaves_a_tombstone(terminal: Terminal, who: People) -> None:
    terminal.run("person", "erase", "editor@example.org", "--yes")
    everything = everything_in_the_database()
    assert "editor@example.org" not in everything.replace("other_editor@example.org", "")
    assert who.editor.uid in everything
    entry = terminal.run("audit", "--json").document["entries"][0]
    assert (entry["what"], entry["whom"]) == ("person_erased", "Erased person")
    assert terminal.run("verify").status == 0


def test_the_only_chief_editor_is_not_erased(terminal: Terminal, who: People) -> None:
    before = everything_in_the_database()
    assert "only chief editor" in terminal.refused("person", "erase", "chief@example.org", "--yes")
    assert everything_in_the_database() == before


def test_somebody_unknown_is_said(terminal: Terminal, who: People) -> None:
    assert "Nothing is held on “nobody@example.org”" in terminal.refused("person", "erase", "nobody@example.org")
