"""`tracker reminders`: what is owed now, what will go out, and one pass by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracker.cli import upcoming
from tracker.cli.session import echo_json, in_app, installation, json_option, say

if TYPE_CHECKING:
    from tracker.jobs.passes import Delivered
    from tracker.models import Journal
    from tracker.queries.reminders import PlannedLetter

journal_option = click.option("--journal", "slug", metavar="SLUG", help="Only this journal.")


@click.group("reminders")
def reminders_command() -> None:
    """Reminders: due, preview, send; hold, release, skip, edit, send-now; mute, arm."""


for command in upcoming.COMMANDS:
    reminders_command.add_command(command)


@reminders_command.command("due")
@journal_option
@json_option
@in_app
def due_command(slug: str | None, as_json: bool) -> None:
    """Show the letters that are owed today."""
    _show_planned(slug, 0, as_json)


@reminders_command.command("preview")
@click.option("--days", default=7, show_default=True, type=click.IntRange(0, 366), help="How far to look ahead.")
@journal_option
@json_option
@in_app
def preview_command(days: int, slug: str | None, as_json: bool) -> None:
    """Show the letters that will go out, by the rules that send them."""
    _show_planned(slug, days, as_json)


@reminders_command.command("send")
@click.option("--any-hour", is_flag=True, help="Do not wait for 08:00–17:00; still on working days only.")
@journal_option
@json_option
@in_app
def send_command(slug: str | None, any_hour: bool, as_json: bool) -> None:
    """Make one pass: queue what is owed now, and deliver what waits in the outbox.

    With --journal, only that journal's reminders are queued; the outbox is delivered whole.
    """
    from tracker import clock
    from tracker.jobs import passes

    told: dict[str, Any] = {
        "now_of": clock.now, "today_of": clock.today, "settings": installation(), "at_any_hour": any_hour,
    }  # fmt: skip
    ids = [journal.id for journal in chosen_journals(slug)]
    planned = passes.plan(**told, journal_ids=ids)
    delivered = passes.deliver(**told)
    if as_json:
        echo_json({"queued": planned.queued, "given_up": planned.given_up, **delivery_document(delivered)})
    else:
        say(f"{_letters(planned.queued)} queued. {delivery_sentence(delivered)}")
    must_have_left(delivered)


def chosen_journals(slug: str | None) -> list[Journal]:
    """The journal of this short name, or all of them."""
    from sqlalchemy import select

    from tracker.db import db
    from tracker.models import Journal
    from tracker.queries.manuscripts import journal_by_slug

    return [journal_by_slug(slug)] if slug else list(db.session.scalars(select(Journal).order_by(Journal.id)))


def delivery_document(done: Delivered) -> dict[str, Any]:
    """What a delivery pass did, for scripts."""
    return {
        "sent": done.sent, "failed": done.failed, "parked": done.parked,
        "uncertain": done.uncertain + done.set_aside, "problem": done.problem or None,
    }  # fmt: skip


def delivery_sentence(done: Delivered) -> str:
    """What a delivery pass did, for people."""
    parts = [f"{_letters(done.sent)} sent"]
    parts += [f"{count} to be tried again" for count in [done.failed] if count]
    parts += [f"{count} refused for good" for count in [done.parked] if count]
    parts += [f"{count} uncertain" for count in [done.uncertain + done.set_aside] if count]
    return ", ".join(parts) + "."


def must_have_left(done: Delivered) -> None:
    """Exit with status 1, and the reason on standard error, where something did not leave."""
    undone = done.failed or done.parked or done.uncertain or done.set_aside
    if done.problem or undone:
        say(done.problem or "Not every letter left: “tracker outbox list” says which, and why.", err=True)
        raise click.exceptions.Exit(1)


def _letters(count: int) -> str:
    return f"{count} letter{'' if count == 1 else 's'}"


def _show_planned(slug: str | None, days: int, as_json: bool) -> None:
    from tracker import clock
    from tracker.queries.upcoming import preview_of

    preview = preview_of(chosen_journals(slug), days, now=clock.now(), today_of=clock.today)
    if as_json:
        echo_json(preview.as_document())
    else:
        _print(preview.letters)


def _print(letters: list[PlannedLetter]) -> None:
    for letter in letters:
        say(f"{letter.on}  {letter.to or '(no address)':<32} {letter.subject}")
        say(f"            {letter.reason}")
    if not letters:
        say("No letters: nothing that is waited for has come to a reminder in this time.")
