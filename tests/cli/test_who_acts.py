"""Every command of the command line: what it needs, what it leaves behind, and in whose name.

The command line is the operator's: whoever may run it has the files and the database's address, so there is nobody to
sign in, and what it does is done as `command line`. In the table, a command leaves an entry of that name in the
histories (`ledger`), in the audit trail (`audit`), among the changes of a record (`record`) or in the list of looks
(`look`); an import leaves one in the trail, and its histories say `import` themselves (`import`). `nothing` is for
what reads, for what the scheduler does by itself
at other times, and for what moves or copies the whole database: what is restored is, to the byte, what was saved.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlalchemy import select

from tests.cli.running import Terminal
from tests.formats.articles import ARTICLE, JOURNAL
from tests.people import TODAY, manuscript_in, manuscript_that_is, people, step
from tests.services.reminding import revision_due
from tracker.cli import tracker
from tracker.db import db, transaction
from tracker.domain.by_hand import IMPORTER
from tracker.domain.words import State
from tracker.formats.jats_writing import write_jats
from tracker.models import AuditEntry, LedgerEntry, Letter, LookEntry, RecordChange
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal

# In an order in which each can be done after those before it. {folder} is a folder, {letter} a letter that is parked.
RUN = """
init                    audit    --journal first --title First --timezone UTC --country GB --admin first@example.org
db current              nothing
db check                nothing
journal add             audit    second --title Second
journal list            nothing
journal show            nothing  ijcp
journal set             audit    ijcp --required-reviews 3
journal imprint         audit    ijcp --separator ;
account add             audit    new@example.org --journal ijcp
account list            nothing
account link            audit    new@example.org
account role            audit    new@example.org ijcp reader
account token           audit    new@example.org --name figures
account sign-out        audit    reader@example.org
account drop-factors    audit    reader@example.org
account disable         audit    new@example.org
reminders hold          audit    IJCP-2026-001 revision:1 -7
reminders release       audit    IJCP-2026-001 revision:1 -7
reminders edit          audit    IJCP-2026-001 revision:1 -7 --subject Soon --words {folder}/words.txt
reminders send-now      audit    IJCP-2026-001 revision:1 -7
reminders skip          audit    IJCP-2026-001 revision:1 3
reminders mute          record   IJCP-2026-001
reminders arm           record   IJCP-2026-001
record                  ledger   IJCP-2026-001 held --on 2026-05-04 --note x
correct                 ledger   IJCP-2026-001 1 --on 2026-01-06 --reason misread
undo                    ledger   IJCP-2026-001 --reason mistaken
show                    nothing  IJCP-2026-001
list                    nothing
dates                   nothing  IJCP-2026-002
article                 nothing  IJCP-2026-002
report turnaround       nothing  --journal ijcp
report board            nothing  --journal ijcp --year 2026 --format json
report doaj             nothing  --journal ijcp --year 2026
report plan-s           nothing  --journal ijcp --year 2026
reminders due           nothing
reminders preview       nothing
outbox list             nothing
outbox retry            audit    {letter}
outbox release          audit    {letter}
outbox bounces          nothing  {folder}/returned.mbox
import jats             import   {folder}/article.xml --journal ijcp
import page             import   {folder}/page.txt --journal ijcp
import sheet            import   {folder}/in.csv --journal ijcp --dates ymd
sheet                   nothing  {folder}/out.csv --journal ijcp
export                  nothing  {folder}/export
verify                  nothing
audit                   nothing
person export           look     grace@example.org
person erase            audit    grace@example.org --yes
retention preview       nothing  --journal ijcp
retention arm           audit    --journal ijcp
retention disarm        audit    --journal ijcp
retention run           audit    --journal ijcp --yes
parse-dates             nothing
lifecycle               nothing
backup                  nothing  {folder}/backup.sqlite
restore                 nothing   {folder}/backup.sqlite
"""
# What another test runs, as it needs more than a database: why it leaves no name, and which one that is.
ELSEWHERE = {
    "demo": "a database of its own: tests/test_demo.py",
    "serve": "people sign in to what it serves: tests/cli/test_serve.py",
    "scheduler": "the rules of the journals act: tests/jobs/test_scheduler.py",
    "db upgrade": "tables and no rows: tests/models/test_migrations.py",
    "db downgrade": "tables and no rows: tests/models/test_migrations.py",
    "import export": "takes over histories and trail as they are: tests/cli/test_export.py",
    "import ojs": "as import jats, by another reader: tests/cli/test_import_articles.py",
    "import pubmed": "as import jats, by another reader: tests/cli/test_import_articles.py",
    "import crossref": "as import jats, by another reader: tests/cli/test_import_articles.py",
    "import doaj": "as import jats, by another reader: tests/cli/test_import_articles.py",
    "reminders send": "one pass of the scheduler: tests/cli/test_reminders.py",
    "outbox deliver": "one pass of the scheduler: tests/cli/test_reminders.py",
    "outbox bounce": "as outbox bounces, one letter by a pipe: tests/services/test_bounces.py",
    "outbox check": "a letter to the operator: tests/mail/test_check.py",
    "doctor": "its status says how well the machine is: tests/cli/test_doctor.py",
}
PAGE = "On True Dates\nAda Lovelace\nReceived 5 January 2026; Accepted 2 March 2026; Published online 9 March 2026\n"


def commands() -> set[str]:
    """Every command that there is, by the words that call it."""

    def walk(command: click.Command, path: tuple[str, ...]) -> Iterator[str]:
        if not isinstance(command, click.Group):
            yield " ".join(path)
            return
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found is not None
            yield from walk(found, (*path, name))

    return set(walk(tracker, ()))


def lines() -> list[tuple[str, str, list[str]]]:
    """Command, what it leaves, and its arguments."""
    rows = [(line[:24].strip(), *line[24:].split(maxsplit=1)) for line in RUN.strip().split("\n")]
    return [(row[0], row[1], row[2].split() if len(row) > 2 else []) for row in rows]


def test_every_command_is_in_the_table() -> None:
    named = [command for command, _, _ in lines()] + list(ELSEWHERE)
    assert sorted(named) == sorted(commands())
    for where in ELSEWHERE.values():
        assert (Path(__file__).parents[2] / where.rsplit(": ", 1)[1]).is_file(), where


@pytest.fixture
def terminal(
    app: Flask, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Terminal:
    """A journal with a letter to come, a manuscript rejected long ago and a published one; and files to read."""
    monkeypatch.setenv("TRACKER_TODAY", "2026-05-18")
    who = people()
    with transaction() as session:
        change_journal(session.merge(who.journal), by=OPERATOR, now=_now(), settings={"reminders_live": True})
    revision_due(who.journal, 1, email="ada@example.org")
    long_ago = manuscript_in(who.journal, title="Long Ago", received_on=date(2020, 3, 2))
    step(long_ago, "rejected", date(2020, 3, 9), kind="desk")
    manuscript_that_is(State.PUBLISHED, who.journal, title="Printed")
    (tmp_path / "words.txt").write_text("How is it coming on?\n\n{{ facts }}", encoding="utf-8")
    (tmp_path / "article.xml").write_text(write_jats(ARTICLE, JOURNAL), encoding="utf-8")
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "in.csv").write_text("Reference,Title,Author,Received\nX-1,On Rows,Ada Lovelace,2026-01-05\n")
    (tmp_path / "returned.mbox").write_text("")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Received 4 May 2026\n")))
    db.session.remove()
    return Terminal(capsys)


def _now() -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 9, tzinfo=UTC)


def parked_letter() -> str:
    """The number of a letter that waits for a person's decision."""
    with transaction() as session:
        letter = session.scalars(select(Letter).where(Letter.journal_id.is_not(None)).order_by(Letter.id)).first()
        assert letter is not None
        letter.state = "parked"
        number = str(letter.id)
    db.session.remove()
    return number


def names() -> dict[str, Counter[str]]:
    """How many entries of each name there are, in each place."""
    places = {"ledger": LedgerEntry, "audit": AuditEntry, "record": RecordChange, "look": LookEntry}
    found = {place: Counter(db.session.scalars(select(model.actor))) for place, model in places.items()}
    db.session.remove()
    return found


def left_by(word: str) -> dict[str, set[str]]:
    """What a word of the table stands for."""
    if word == "import":
        return {"ledger": {IMPORTER}, "audit": {OPERATOR.uid}, "record": set(), "look": set()}
    return {place: {OPERATOR.uid} if place == word else set() for place in ("ledger", "audit", "record", "look")}


def test_every_command_that_writes_leaves_the_operators_name(terminal: Terminal, tmp_path: Path) -> None:
    found, refused, before = {}, {}, names()
    for command, _, given in lines():
        arguments = [parked_letter() if one == "{letter}" else one.replace("{folder}", str(tmp_path)) for one in given]
        ran = terminal.run(*command.split(), *arguments)
        refused |= {command: ran.err} if ran.status else {}
        after = names()
        new = {place: set(after[place] - before[place]) for place in after}
        found[command], before = new, after
    wrong = {command: found[command] for command, leaves, _ in lines() if found[command] != left_by(leaves)}
    assert refused == {}
    assert wrong == {}
