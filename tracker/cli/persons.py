"""`tracker person`: what is held on somebody, and erasing it."""

from __future__ import annotations

import click

from tracker.cli.session import echo_json, in_app, json_option, say


@click.group("person")
def person_command() -> None:
    """One person's data: export, erase."""


@person_command.command("export")
@click.argument("email")
@in_app
def export_command(email: str) -> None:
    """Print everything that is held on the person as one JSON document. That it was looked at is noted."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.domain.audit import Look
    from tracker.queries.persons import held_on, person_with
    from tracker.services.actors import OPERATOR
    from tracker.services.audit import note_look

    with transaction():
        person = person_with(email)
        document = held_on(person)
        account = person.account.uid if person.account else None
        note_look(Look.PERSON, by=OPERATOR.uid, now=clock.now(), account=account)
    echo_json(document)


@person_command.command("erase")
@click.argument("email")
@click.option("--yes", is_flag=True, help="Do it. Without this, only what would become of it is shown.")
@json_option
@in_app
def erase_command(email: str, yes: bool, as_json: bool) -> None:
    """Blank everything that tells of the person. The ledger stays whole: it holds no names. It cannot be undone."""
    from tracker import clock
    from tracker.db import rehearsal, transaction
    from tracker.queries.persons import person_with
    from tracker.services.actors import OPERATOR
    from tracker.services.persons import erase_person

    with transaction() if yes else rehearsal():
        done = erase_person(person_with(email), by=OPERATOR, now=clock.now())
    if as_json:
        echo_json({"email": email, "erased": yes, "counts": done.counts, "kept": done.kept})
        return
    say("Erased:" if yes else "This would be erased (nothing has been yet; add --yes to do it):")
    for what, number in done.counts.items():
        say(f"  {number:>5}  {what}")
    for sentence in done.kept:
        say(sentence)
