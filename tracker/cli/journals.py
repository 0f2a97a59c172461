"""`tracker journal`: add, list, show, set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.journal_imprint import imprint_command
from tracker.cli.session import echo_json, in_app, json_option, say

if TYPE_CHECKING:
    from tracker.models import Journal


@click.group("journal")
def journal_command() -> None:
    """Journals: add, list, show, set, imprint."""


journal_command.add_command(imprint_command)


@journal_command.command("add")
@click.argument("slug")
@click.option("--title", required=True)
@click.option("--timezone", default="UTC", show_default=True, help="IANA name, such as Europe/London.")
@click.option("--country", default="", help="Two letters, for public holidays.")
@click.option("--language", default="en", show_default=True)
@json_option
@in_app
def add_command(slug: str, title: str, timezone: str, country: str, language: str, as_json: bool) -> None:
    """Add a journal under the short name SLUG."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.services.actors import OPERATOR
    from tracker.services.journals import add_journal

    with transaction():
        journal = add_journal(
            slug=slug,
            title=title,
            timezone=timezone,
            country=country,
            language=language,
            by=OPERATOR,
            now=clock.now(),
        )
    _print(journal, as_json, f"The journal {journal.slug} ({journal.title}) was added.")


@journal_command.command("list")
@json_option
@in_app
def list_command(as_json: bool) -> None:
    """List the journals."""
    from sqlalchemy import select

    from tracker.db import db
    from tracker.models import Journal
    from tracker.queries.journals import journal_document

    journals = list(db.session.scalars(select(Journal).order_by(Journal.slug)))
    if as_json:
        echo_json({"journals": [journal_document(journal) for journal in journals]})
        return
    for journal in journals:
        say(f"{journal.slug:<12} {journal.timezone:<20} {journal.title}")
    if not journals:
        say("There is no journal yet. Make one with “tracker init --journal …”.")


@journal_command.command("show")
@click.argument("slug")
@json_option
@in_app
def show_command(slug: str, as_json: bool) -> None:
    """Show a journal and what it decides for itself."""
    from tracker.queries.journals import journal_document
    from tracker.queries.manuscripts import journal_by_slug

    facts = journal_document(journal_by_slug(slug))
    if as_json:
        echo_json(facts)
        return
    for name, value in facts.items():
        say(f"{name.replace('_', ' '):<18} {value if value != '' else '–'}")


@journal_command.command("set")
@click.argument("slug")
@click.option("--title")
@click.option("--timezone", help="IANA name, such as Europe/London.")
@click.option("--country", help="Two letters; “” for none.")
@click.option("--language")
@click.option("--required-reviews", type=int, help="Reviews that a decision waits for.")
@click.option("--anonymity", help="As NISO Z39.106 names it, such as single_anonymized.")
@click.option("--reminders", type=click.Choice(["live", "dry-run"]), help="live sends them; dry-run only shows them.")
@click.option("--public-articles/--no-public-articles", default=None, help="Pages of what is published, for everybody.")
@click.option("--public-status/--no-public-status", default=None, help="Status pages that an editor may share.")
@click.option("--public-turnaround/--no-public-turnaround", default=None, help="Last year's figures, for everybody.")
@json_option
@in_app
def set_command(
    slug: str,
    as_json: bool,
    title: str | None,
    timezone: str | None,
    country: str | None,
    language: str | None,
    reminders: str | None,
    **settings: Any,
) -> None:
    """Change what is given, and leave the rest."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.services.actors import OPERATOR
    from tracker.services.journals import change_journal

    given = {name: value for name, value in settings.items() if value is not None}
    given |= {} if reminders is None else {"reminders_live": reminders == "live"}
    with transaction():
        journal = journal_by_slug(slug)
        changed = change_journal(
            journal, by=OPERATOR, now=clock.now(), title=title, timezone=timezone, country=country, language=language,
            settings=given,
        )  # fmt: skip
    what = ", ".join(changed) if changed else "nothing"
    _print(journal, as_json, f"Changed in {journal.slug}: {what}.")


def _print(journal: Journal, as_json: bool, sentence: str) -> None:
    from tracker.queries.journals import journal_document

    echo_json(journal_document(journal)) if as_json else say(sentence)
