"""`tracker db`: migrations."""

from __future__ import annotations

import click

from tracker.cli.session import echo_json, in_app, json_option, say


@click.group("db")
def db_command() -> None:
    """Migrations: upgrade, downgrade, check, current."""


@db_command.command("upgrade")
@click.argument("revision", default="head")
@in_app
def upgrade_command(revision: str) -> None:
    """Bring the database to the newest migration, or up to REVISION."""
    from tracker.migrations import state
    from tracker.services.upgrading import upgrade_database

    before = state.present_revision()
    renewed = upgrade_database(revision)
    _say_moved(before, state.present_revision())
    if renewed:
        say(f"What is copied from the histories of {renewed} manuscripts was written anew, as this version defines it.")


@db_command.command("downgrade")
@click.argument("revision", default="-1")
@in_app
def downgrade_command(revision: str) -> None:
    """Take the last migration back, or go down to REVISION. What only it can hold is lost: back up first."""
    from tracker.domain.errors import Refused
    from tracker.migrations import state

    before = state.present_revision()
    if before is None:
        raise Refused("The database is empty: there is no migration to take back.")
    state.downgrade(revision)
    _say_moved(before, state.present_revision())


@db_command.command("check")
@json_option
@in_app
def check_command(as_json: bool) -> None:
    """Compare the tables with the program; exit status 1 where they differ."""
    from tracker.domain.errors import Refused
    from tracker.migrations import state

    if not state.is_up_to_date():
        raise Refused(state.behind_sentence())
    state.must_match_models()
    if as_json:
        echo_json({"current": state.newest_revision(), "up_to_date": True, "tables_match": True})
        return
    say(f"The database is at the newest migration, {state.newest_revision()}, and its tables are as they should be.")


@db_command.command("current")
@json_option
@in_app
def current_command(as_json: bool) -> None:
    """Say which migration the database is at."""
    from tracker.migrations import state

    present, newest = state.present_revision(), state.newest_revision()
    if as_json:
        echo_json({"current": present, "newest": newest, "up_to_date": present == newest})
    else:
        say(f"{present or 'empty'}{' (newest)' if present == newest else f', newest is {newest}'}")


def _say_moved(before: str | None, after: str | None) -> None:
    if before == after:
        say(f"Nothing to do: the database is at {after or 'no migration'}.")
    else:
        say(f"The database went from {before or 'empty'} to {after or 'empty'}.")
