"""`tracker backup` and `tracker restore`: the whole database as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.session import echo_json, in_app, installation, json_option, say


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@in_app
def backup_command(file: Path, as_json: bool) -> None:
    """Save the whole database into FILE, while others go on writing, and verify what was saved.

    Keep the instance folder's secret_key with it: without that, everybody sets a new password after a restore.
    """
    from tracker import clock
    from tracker.services.backups import make_backup

    made = make_backup(file, now=clock.now(), secret_key=installation().secret_key)
    if as_json:
        echo_json({"file": str(made.path), "bytes": made.bytes, "revision": made.revision,
                   "manuscripts": made.manuscripts, "events": made.events})  # fmt: skip
    elif made.events is None:
        say(f"{file} was written ({made.bytes / 1e6:.1f} MB) at migration {made.revision}; the file is whole.")
    else:
        say(
            f"{file} was written ({made.bytes / 1e6:.1f} MB): {made.manuscripts} manuscripts, {made.events} events, "
            "every history verified."
        )


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@in_app
def restore_command(file: Path, as_json: bool) -> None:
    """Put the backup FILE in the place of the database, once it has verified. The old database is kept aside.

    Stop the server and the scheduler first: what they write at the last moment is in neither.
    """
    from tracker import clock
    from tracker.config import instance_folder
    from tracker.services.backup_restoring import restore_backup

    done = restore_backup(file, folder=instance_folder(), now=clock.now(), secret_key=installation().secret_key)
    if as_json:
        echo_json({"file": str(file), "made_at": done.made_at, "manuscripts": done.manuscripts, "events": done.events,
                   "kept": done.kept, "passwords_work": done.passwords_work})  # fmt: skip
        return
    say(f"The backup of {done.made_at} is in place: {done.manuscripts} manuscripts, {done.events} events.")
    if done.kept:
        say(f"The database as it was is kept: {done.kept}")
    if not done.passwords_work:
        say(
            "It was made with another secret key, so no password works here: put the secret_key of that installation "
            "into the instance folder, or print a link for each person with “tracker account link EMAIL”."
        )
