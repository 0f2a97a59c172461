"""`tracker audit`: every change of settings, roles and accounts; who looked at what; who signed in."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from tracker.cli.session import echo_json, in_app, json_option, say

if TYPE_CHECKING:
    from tracker.queries.audit import AuditLine, LookLine
    from tracker.queries.sign_in_log import SignInLine


@click.command("audit")
@click.option("--journal", "slug", metavar="SLUG", help="Only this journal and the accounts of its people.")
@click.option("--query", default="", help="Only changes with these words.")
@click.option("--looks", is_flag=True, help="Who looked at reviewers, their texts, letters, and people, instead.")
@click.option("--sign-ins", is_flag=True, help="Who signed in, or tried to, and changed how they do, instead.")
@json_option
@in_app
def audit_command(slug: str | None, query: str, looks: bool, sign_ins: bool, as_json: bool) -> None:
    """Print the audit trail, the newest change first. Nobody can change or delete an entry."""
    from tracker.domain.events import instant_as_text
    from tracker.queries.audit import audit_lines, look_lines
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.queries.sign_in_log import sign_in_lines

    if looks + sign_ins + bool(query) > 1:
        raise click.UsageError("Use one of --looks, --sign-ins and --query.")
    ids = None if slug is None else [journal_by_slug(slug).id]
    name = "looks" if looks else "sign_ins" if sign_ins else "entries"
    lines: list[AuditLine] | list[LookLine] | list[SignInLine] = (
        look_lines(ids) if looks else sign_in_lines(ids) if sign_ins else audit_lines(ids, query=query)
    )
    if as_json:
        echo_json({name: [{**asdict(line), "at": instant_as_text(line.at)} for line in lines]})
        return
    for line in lines:
        say(f"{line.at:%Y-%m-%d %H:%M}  {_said(line)}".rstrip())
    if not lines:
        say("There is no such entry.")


def _said(line: AuditLine | LookLine | SignInLine) -> str:
    """One entry in words, but for its instant."""
    from tracker.domain.sign_in_log import in_words
    from tracker.formats.audit_table import changes_in_words
    from tracker.queries.audit import AuditLine
    from tracker.queries.sign_in_log import SignInLine

    if isinstance(line, SignInLine):
        return f"{line.who}  {in_words(line.what, line.way)}  {line.address}"
    about = [line.journal, line.whom]
    about += changes_in_words(line.before, line.after) if isinstance(line, AuditLine) else [line.manuscript]
    said = "; ".join(part for part in about if part)
    return f"{line.by}  {line.what.replace('_', ' ')}  {said}"
