"""`tracker record`, `undo`, `correct`, `show`, `list`: manuscripts from the command line."""

from __future__ import annotations

import click

from tracker.cli.session import echo_json, in_app, json_option, say


@click.command("record")
@click.argument("reference", metavar="REF")
@click.argument("action")
@click.option(
    "--on", "on", required=True, metavar="DATE", help="The day it happened: 2020-11-30. It may lie in the past."
)
@click.option("--note", default="", help="A note or, where one is needed, the reason.")
@click.option("--kind", default="", help="minor, major, conditional, desk, after_review, …")
@click.option("--due", metavar="DATE", help="When it is due, instead of the journal's own number of days.")
@click.option(
    "--reviewer", "reviewers", multiple=True, metavar="NAME <EMAIL>", help="A reviewer; a number for a known one."
)
@click.option("--internal", is_flag=True, help="Internal review: sent to review without reviewers.")
@click.option("--recommendation", default="", help="accept, minor_revision, major_revision or reject.")
@click.option(
    "--set", "facts", multiple=True, metavar="NAME=VALUE", help="doi, volume, issue, article_number, pages, link, …"
)
@click.option("--confirm", "confirmed", is_flag=True, help="Yes, although it is unusual.")
@json_option
@in_app
def record_command(
    reference: str, action: str, on: str, note: str, kind: str, due: str | None, reviewers: tuple[str, ...],
    internal: bool, recommendation: str, facts: tuple[str, ...], confirmed: bool, as_json: bool,
) -> None:  # fmt: skip
    """Record one action of the lifecycle, such as sent_to_review, revision_requested, resubmitted or accepted.

    Yes-or-no facts are set like the others: --set conditions_met=yes, --set author_consents=yes. “received” on a
    manuscript that was rejected with an invitation to re-submit enters a new one, linked to it.
    """
    from tracker import clock
    from tracker.db import transaction
    from tracker.domain.dates import parse_day, parse_iso
    from tracker.queries.manuscripts import manuscript_by_reference
    from tracker.services.actions import Wish
    from tracker.services.actors import OPERATOR
    from tracker.services.recording import record_wish

    details = {**_facts(facts), "recommendation": recommendation, "internal": internal, "confirmed": confirmed}
    wish = Wish(
        action, parse_iso(on), kind=kind, note=note, reviewers=reviewers,
        due_on=parse_day(due, field="due date") if due is not None else None, confirmed=confirmed, details=details,
    )  # fmt: skip
    with transaction():
        manuscript = manuscript_by_reference(reference)
        today = clock.today(manuscript.journal.timezone)
        manuscript = record_wish(manuscript, wish, by=OPERATOR, now=clock.now(), today=today)
    _say(manuscript.reference, as_json)


def _facts(texts: tuple[str, ...]) -> dict[str, str | bool]:
    """`doi=10.5555/1` → {"doi": "10.5555/1"}."""
    facts: dict[str, str | bool] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign:
            raise click.UsageError(f"--set {text}: write it as NAME=VALUE.")
        facts[name.strip().replace("-", "_")] = value.strip()
    return facts


@click.command("undo")
@click.argument("reference", metavar="REF")
@click.option("--reason", default="", help="Why; it stays in the history.")
@json_option
@in_app
def undo_command(reference: str, reason: str, as_json: bool) -> None:
    """Take back the last step that was recorded. The ledger keeps it, marked as undone."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.queries.manuscripts import manuscript_by_reference
    from tracker.services.actors import OPERATOR
    from tracker.services.history import undo_last_step

    with transaction():
        manuscript = manuscript_by_reference(reference)
        today = clock.today(manuscript.journal.timezone)
        undo_last_step(manuscript, by=OPERATOR, now=clock.now(), today=today, reason=reason)
    _say(manuscript.reference, as_json)


@click.command("correct")
@click.argument("reference", metavar="REF")
@click.argument("event", type=int)
@click.option("--on", "on", required=True, metavar="DATE", help="The right date.")
@click.option("--reason", required=True, help="Why; it stays in the history.")
@click.option("--confirm", "confirmed", is_flag=True, help="Yes, although it is unusual.")
@json_option
@in_app
def correct_command(reference: str, event: int, on: str, reason: str, confirmed: bool, as_json: bool) -> None:
    """Correct the date of an event (its number is the id that `tracker show` prints)."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.domain.dates import parse_iso
    from tracker.queries.manuscripts import manuscript_by_reference
    from tracker.services.actors import OPERATOR
    from tracker.services.history import correct_date

    with transaction():
        manuscript = manuscript_by_reference(reference)
        today = clock.today(manuscript.journal.timezone)
        correct_date(
            manuscript, event, parse_iso(on), reason=reason, by=OPERATOR, now=clock.now(), today=today,
            confirmed=confirmed,
        )  # fmt: skip
    _say(manuscript.reference, as_json)


@click.command("show")
@click.argument("reference", metavar="REF")
@json_option
@in_app
def show_command(reference: str, as_json: bool) -> None:
    """Show one manuscript with its history."""
    _say(reference, as_json)


@click.command("list")
@click.option("--journal", "slug", help="Only this journal.")
@click.option("--state", help="Only this state: received, under_review, …")
@click.option("--waiting-on", "waiting_on", help="Only what waits on editor, reviewers, author, production or hold.")
@click.option("--overdue", is_flag=True, help="Only what is overdue.")
@click.option("--query", default="", help="Words in title, authors or reference.")
@click.option("--jsonl", is_flag=True, help="Print one JSON document a manuscript.")
@json_option
@in_app
def list_command(
    slug: str | None, state: str | None, waiting_on: str | None, overdue: bool, query: str, jsonl: bool, as_json: bool
) -> None:
    """List manuscripts: where each stands, who has it, and since when."""
    from tracker.cli.listing import listed, print_table

    total, rows = listed(slug, state, waiting_on, overdue, query)
    if as_json:
        echo_json({"total": total, "manuscripts": rows})
    elif jsonl:
        import json

        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
    else:
        print_table(total, rows)


def _say(reference: str, as_json: bool) -> None:
    from tracker.domain.words import spoken
    from tracker.queries.manuscripts import manuscript_by_reference
    from tracker.queries.shown import shown_manuscript

    shown = shown_manuscript(manuscript_by_reference(reference))
    if as_json:
        echo_json(shown)
        return
    authors = ", ".join(f"{author['given']} {author['family']}".strip() for author in shown["authors"])
    waiting = "" if shown["waiting_on"] == "nobody" else f", waiting on {shown['waiting_on']}"
    due = f", due {shown['due_on']}" if shown["due_on"] else ""
    say(f"{shown['reference']}  {shown['title']}\n{authors}")
    state = f"{spoken(shown['state']).capitalize()}, round {shown['round']}" if shown["state"] else "Void: all undone"
    say(f"{state}{waiting}{due}")
    if shown["processing_dates"]:
        say(f"Processing dates: {shown['processing_dates']}")
    for event in shown["events"]:
        kind = f" ({spoken(event['kind'])})" if event["kind"] else ""
        gone = "" if event["stands"] or event["action"] in ("undone", "date_corrected") else "  [undone]"
        note = f"  {event['note']}" if event["note"] else ""
        say(f"{event['id']:>4}  {event['on']:<10}  {spoken(event['action'])}{kind}{note}{gone}")
