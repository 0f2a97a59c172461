"""`tracker init`: from nothing to a journal whose first editor can sign in. Running it twice is harmless."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from tracker.cli.session import echo_json, in_app, json_option, say


@click.command("init")
@click.option("--journal", "slug", required=True, metavar="SLUG", help="Short name, such as ijcp.")
@click.option("--title", required=True, metavar="T", help="The journal's title.")
@click.option("--timezone", default="UTC", show_default=True, metavar="Z", help="IANA name, such as Europe/London.")
@click.option("--country", default="", metavar="CC", help="Two letters, for public holidays.")
@click.option("--language", default="en", show_default=True, metavar="L")
@click.option("--admin", required=True, metavar="EMAIL", help="The first account: chief editor of the journal.")
@json_option
@in_app
def init_command(slug: str, title: str, timezone: str, country: str, language: str, admin: str, as_json: bool) -> None:
    """Create or upgrade the database, a journal and its first account."""
    from tracker.services import accounts, journals
    from tracker.services.upgrading import upgrade_database

    journals.checked_slug(slug), journals.checked_title(title), journals.checked_timezone(timezone)
    journals.checked_country(country), journals.checked_language(language), accounts.checked_email(admin)
    upgrade_database()
    report = _made_ready(slug, title, timezone, country, language, admin)
    if as_json:
        echo_json(report)
        return
    for line in _in_words(report):
        say(line)


def _made_ready(slug: str, title: str, timezone: str, country: str, language: str, admin: str) -> dict[str, Any]:
    """Make what is missing, and say what was made. The link is there as long as nobody has set the password."""
    from tracker import clock
    from tracker.cli.password_links import password_link
    from tracker.db import transaction
    from tracker.domain.errors import NotFound
    from tracker.domain.roles import Role
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.services.accounts import account_with, add_account, give_role
    from tracker.services.actors import OPERATOR
    from tracker.services.journals import add_journal, checked_slug

    now = clock.now()
    with transaction():
        try:
            journal, journal_is_new = journal_by_slug(checked_slug(slug)), False
        except NotFound:
            journal = add_journal(
                slug=slug, title=title, timezone=timezone, country=country, language=language, by=OPERATOR, now=now
            )
            journal_is_new = True
        account = account_with(admin)
        account_is_new = account is None
        account = account or add_account(email=admin, by=OPERATOR, now=now)
        role_is_new = give_role(account, journal, Role.CHIEF_EDITOR, by=OPERATOR, now=now)
    return {
        "journal": journal.slug, "title": journal.title, "journal_created": journal_is_new, "account": account.email,
        "account_created": account_is_new, "role_given": role_is_new,
        "password_link": None if account.password else password_link(account),
    }  # fmt: skip


def _in_words(report: dict[str, Any]) -> Iterator[str]:
    made = "was created" if report["journal_created"] else "was there already and is unchanged"
    yield f"The journal {report['journal']} ({report['title']}) {made}."
    made = "was created" if report["account_created"] else "was there already"
    role = "and is chief editor now" if report["role_given"] else "and is chief editor"
    yield f"The account {report['account']} {made} {role}."
    if report["password_link"]:
        yield "Set the password through this link; it works once:"
        yield f"  {report['password_link']}"
        yield "Then start the dashboard: tracker serve"
