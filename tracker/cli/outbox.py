"""`tracker outbox`: letters waiting, sent and undecided."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.reminders import (
    chosen_journals,
    delivery_document,
    delivery_sentence,
    journal_option,
    must_have_left,
)
from tracker.cli.session import echo_json, in_app, installation, json_option, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.models import Letter
    from tracker.services.bounces import Bounced

STATES = ("queued", "sending", "sent", "failed", "parked", "uncertain", "cancelled")
letter_argument = click.argument("letter_id", metavar="ID", type=click.IntRange(1, 2**31 - 1))


@click.group("outbox")
def outbox_command() -> None:
    """Letters: list, deliver, check, retry, release, bounce, bounces."""


@outbox_command.command("list")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only these; may be repeated.")
@click.option("--limit", default=None, type=click.IntRange(1), help="At most so many, the newest first.")
@journal_option
@json_option
@in_app
def list_command(states: tuple[str, ...], limit: int | None, slug: str | None, as_json: bool) -> None:
    """List the letters, the newest first, with their fate."""
    from tracker.queries.outbox import as_document, letters_in_outbox

    ids = [journal.id for journal in chosen_journals(slug)]
    letters = letters_in_outbox(ids, states=states, limit=limit, about_accounts=slug is None)
    if as_json:
        echo_json({"letters": [as_document(letter) for letter in letters]})
        return
    for letter in letters:
        say(_line(letter))
    if not letters:
        say("The outbox is empty.")


@outbox_command.command("deliver")
@click.option("--any-hour", is_flag=True, help="Do not wait for 08:00–17:00; still on working days only.")
@json_option
@in_app
def deliver_command(any_hour: bool, as_json: bool) -> None:
    """Send every letter whose time has come."""
    from tracker import clock
    from tracker.jobs.passes import deliver

    done = deliver(now_of=clock.now, today_of=clock.today, settings=installation(), at_any_hour=any_hour)
    echo_json(delivery_document(done)) if as_json else say(delivery_sentence(done))
    must_have_left(done)


@outbox_command.command("check")
@click.option("--to", default="", metavar="ADDRESS", help="Whom the test letter goes to; else TRACKER_MAIL_FROM.")
@json_option
@in_app
def check_command(to: str, as_json: bool) -> None:
    """Send a test letter through the mail server, and say what is wrong."""
    from tracker import clock
    from tracker.mail.check import check_mail

    settings = installation()
    done = check_mail(settings.smtp_url, settings.mail_from, to, now=clock.now())
    if as_json:
        echo_json({"sent": done.is_sent, "sentences": list(done.sentences)})
    for number, sentence in enumerate(() if as_json else done.sentences):
        say(sentence, err=number > 0 or not done.is_sent)
    if not done.is_sent:
        raise click.exceptions.Exit(1)


@outbox_command.command("bounce")
@json_option
@in_app
def bounce_command(as_json: bool) -> None:
    """Read one returned letter from standard input, as a mail server's pipe gives it. The status is always 0."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.formats.delivery_reports import LONGEST_BYTES
    from tracker.services.bounces import note_bounce

    with transaction():
        done = note_bounce(sys.stdin.buffer.read(LONGEST_BYTES + 1), now=clock.now())
    _tell_bounces(done, as_json)


@outbox_command.command("bounces")
@click.argument("mailbox", metavar="[MAILBOX]", default="")
@json_option
@in_app
def bounces_command(mailbox: str, as_json: bool) -> None:
    """Read the returned letters in a mailbox: imaps://user:password@host/INBOX, an mbox file or a maildir.

    Without MAILBOX, that of TRACKER_BOUNCES_URL, which the scheduler reads every ten minutes. On a server only what is
    new is read, and marked as seen; files are not changed, and may be read again.
    """
    from tracker import clock
    from tracker.domain.errors import BadInput
    from tracker.jobs.bounces import read_returned

    address = mailbox or installation().bounces_url
    if not address:
        raise BadInput("Name a mailbox, or set TRACKER_BOUNCES_URL.")
    _tell_bounces(read_returned(address, now_of=clock.now), as_json)


def _tell_bounces(done: Bounced, as_json: bool) -> None:
    if as_json:
        echo_json({"reports": done.reports, "returned": done.returned, "sentences": list(done.sentences)})
        return
    for sentence in done.sentences or ("No delivery report was found.",):
        say(sentence)


@outbox_command.command("retry")
@letter_argument
@json_option
@in_app
def retry_command(letter_id: int, as_json: bool) -> None:
    """Try a letter again that failed or was parked."""
    from tracker.services.outbox import retry_letter

    _queue_again(letter_id, retry_letter, as_json)


@outbox_command.command("release")
@letter_argument
@json_option
@in_app
def release_command(letter_id: int, as_json: bool) -> None:
    """Send a letter after all that is parked or uncertain. An uncertain one may then arrive twice."""
    from tracker.services.outbox import release_letter

    _queue_again(letter_id, release_letter, as_json)


def _queue_again(letter_id: int, decide: Callable[..., None], as_json: bool) -> None:
    from tracker import clock
    from tracker.db import db, transaction
    from tracker.models import Journal
    from tracker.queries.outbox import as_document, letter_by_id
    from tracker.services.actors import OPERATOR

    with transaction():
        letter = letter_by_id(letter_id)
        journal = db.session.get(Journal, letter.journal_id) if letter.journal_id is not None else None
        decide(letter, by=OPERATOR, now=clock.now(), today=clock.today(journal.timezone if journal else "UTC"))
    if as_json:
        echo_json(as_document(letter))
    else:
        say(f"Letter {letter.id} to {letter.to_email} is queued; the next delivery sends it.")


def _line(letter: Letter) -> str:
    why = f"  ({letter.last_error})" if letter.last_error else ""
    return f"{letter.id:>6}  {letter.state:<10} {letter.to_email:<32} {letter.subject}{why}"
