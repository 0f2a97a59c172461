"""`tracker audit`: every change of settings, roles and accounts, and who looked at what."""

from __future__ import annotations

from dataclasses import asdict

import click

from tracker.cli.session import echo_json, in_app, json_option


@click.command("audit")
@click.option("--journal", "slug", metavar="SLUG", help="Only this journal and the accounts of its people.")
@click.option("--query", default="", help="Only entries with these words.")
@click.option("--looks", is_flag=True, help="Who looked at reviewers, their texts, letters, and people, instead.")
@json_option
@in_app
def audit_command(slug: str | None, query: str, looks: bool, as_json: bool) -> None:
    """Print the audit trail, the newest change first. Nobody can change or delete an entry."""
    from tracker.domain.events import instant_as_text
    from tracker.formats.audit_table import changes_in_words
    from tracker.queries.audit import audit_lines, look_lines
    from tracker.queries.manuscripts import journal_by_slug

    ids = None if slug is None else [journal_by_slug(slug).id]
    lines = look_lines(ids) if looks else audit_lines(ids, query=query)
    if as_json:
        rows = [{**asdict(line), "at": instant_as_text(line.at)} for line in lines]
        echo_json({"looks" if looks else "entries": rows})
        return
    for line in lines:
        about = [line.journal, line.whom]
        about += [line.manuscript] if hasattr(line, "manuscript") else changes_in_words(line.before, line.after)
        said = "; ".join(part for part in about if part)
        click.echo(f"{line.at:%Y-%m-%d %H:%M}  {line.by}  {line.what.replace('_', ' ')}  {said}".rstrip())
    if not lines:
        click.echo("There is no such entry.")
