"""`tracker reminders hold|release|skip|edit|send-now|mute|arm`: what is decided about letters to come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.session import in_app, installation, say

if TYPE_CHECKING:
    from tracker.models import Manuscript
    from tracker.queries.upcoming import Upcoming

LETTER = (
    click.argument("reference", metavar="REF"), click.argument("task", metavar="TASK"),
    click.argument("step", metavar="STEP", type=int),
)  # fmt: skip
CONTEXT = {"ignore_unknown_options": True}  # a step such as -7 is no option


def letter_arguments(command: Callable[..., Any]) -> Callable[..., Any]:
    """REF TASK STEP, as `tracker reminders preview --json` names a letter."""
    for argument in reversed(LETTER):
        command = argument(command)
    return command


@click.command("hold", context_settings=CONTEXT)
@letter_arguments
@in_app
def hold_command(reference: str, task: str, step: int) -> None:
    """Hold a letter back until it is released."""
    from tracker.services.actors import OPERATOR
    from tracker.services.upcoming import hold_letter

    _decide(reference, task, step, lambda letter, told: hold_letter(letter, by=OPERATOR), "held back")


@click.command("release", context_settings=CONTEXT)
@letter_arguments
@in_app
def release_command(reference: str, task: str, step: int) -> None:
    """Let a letter go that was held back."""
    from tracker.services.actors import OPERATOR
    from tracker.services.upcoming import let_go

    def deed(letter: Upcoming, told: dict[str, Any]) -> None:
        let_go(letter, by=OPERATOR, today=told["today"])

    _decide(reference, task, step, deed, "released")


@click.command("skip", context_settings=CONTEXT)
@letter_arguments
@in_app
def skip_command(reference: str, task: str, step: int) -> None:
    """Leave a letter out for good; later ones still go."""
    from tracker.services.actors import OPERATOR
    from tracker.services.upcoming import skip_letter

    def deed(letter: Upcoming, told: dict[str, Any]) -> None:
        skip_letter(letter, by=OPERATOR, today=told["today"])

    _decide(reference, task, step, deed, "left out")


@click.command("edit", context_settings=CONTEXT)
@letter_arguments
@click.option("--subject", required=True, help="The subject; {{ reference }} and other names are replaced.")
@click.option("--words", "file", required=True, type=click.File(encoding="utf-8"), help="A file; - for standard input.")
@in_app
def edit_command(reference: str, task: str, step: int, subject: str, file: Any) -> None:
    """Put one letter into other words."""
    from tracker.services.actors import OPERATOR
    from tracker.services.upcoming import edit_letter

    words = file.read()

    def deed(letter: Upcoming, told: dict[str, Any]) -> None:
        edit_letter(letter, subject=subject, words=words, by=OPERATOR)

    _decide(reference, task, step, deed, "reworded")


@click.command("send-now", context_settings=CONTEXT)
@letter_arguments
@in_app
def send_now_command(reference: str, task: str, step: int) -> None:
    """Queue a letter now, before its day."""
    from tracker.services.actors import OPERATOR
    from tracker.services.upcoming import send_now

    def deed(letter: Upcoming, told: dict[str, Any]) -> None:
        send_now(letter, by=OPERATOR, **told)

    _decide(reference, task, step, deed, "queued")


@click.command("mute")
@click.argument("reference", metavar="REF")
@in_app
def mute_command(reference: str) -> None:
    """Write no automatic letters about a manuscript."""
    _arm(reference, False)


@click.command("arm")
@click.argument("reference", metavar="REF")
@in_app
def arm_command(reference: str) -> None:
    """Write automatic letters about a manuscript that was muted or imported."""
    _arm(reference, True)


COMMANDS = (
    hold_command, release_command, skip_command, edit_command, send_now_command, mute_command, arm_command,
)  # fmt: skip


def _decide(reference: str, task: str, step: int, deed: Callable[[Upcoming, dict[str, Any]], None], words: str) -> None:
    from tracker import clock
    from tracker.db import transaction
    from tracker.services.actors import OPERATOR
    from tracker.services.audit import note_letter_decision
    from tracker.services.upcoming import letter_to_come

    with transaction():
        manuscript = _manuscript(reference)
        today, base_url = clock.today(manuscript.journal.timezone), installation().base_url
        now = clock.now()
        deed(letter_to_come(manuscript, task, step), {"now": now, "today": today, "base_url": base_url})
        note_letter_decision(manuscript, words, by=OPERATOR, now=now, letter=f"{task} {step}")
    say(f"{reference} {task} {step}: {words}.")


def _arm(reference: str, wanted: bool) -> None:
    from tracker import clock
    from tracker.db import transaction
    from tracker.services.actors import OPERATOR
    from tracker.services.records import arm_reminders

    with transaction():
        arm_reminders(_manuscript(reference), wanted, by=OPERATOR, now=clock.now())
    say(f"{reference}: reminders {'armed' if wanted else 'muted'}.")


def _manuscript(reference: str) -> Manuscript:
    from tracker.queries.manuscripts import manuscript_by_reference

    return manuscript_by_reference(reference)
