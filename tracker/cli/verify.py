"""`tracker verify`: is every history what it was, and does every page show what the ledger says?"""

from __future__ import annotations

from dataclasses import asdict

import click

from tracker.cli.session import complain, echo_json, in_app, json_option, say


@click.command("verify")
@json_option
@in_app
def verify_command(as_json: bool) -> None:
    """Replay every history against its stored copy and check the chain of hashes.

    The exit status is 1 if anything is wrong.
    """
    from tracker.queries.verification import verify_all

    result = verify_all()
    if as_json:
        echo_json(asdict(result))
    else:
        say(f"{result.manuscripts} manuscripts, {result.events} events, {len(result.problems)} problems")
    for problem in result.problems:
        event = f", event {problem.event}" if problem.event else ""
        complain(f"{problem.reference}{event}: {problem.problem}")
    if result.problems:
        raise click.exceptions.Exit(1)
