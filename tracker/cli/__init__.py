"""The command line. Commands are loaded when they are called, so that `tracker --help` answers at once."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

# command → (module in this room, one line of help)
COMMANDS = {
    "demo": ("demo", "Serve a sample journal in a database of its own."),
    "init": ("setup", "Create or upgrade the database, a journal and its first account."),
    "db": ("database", "Migrations: upgrade, downgrade, check, current."),
    "serve": ("serve", "Serve the dashboard."),
    "scheduler": ("serve", "Run the reminder scheduler as a process of its own."),
    "journal": ("journals", "Journals: add, list, show, set."),
    "account": ("accounts", "Accounts: add, list, role, disable, token."),
    "import": ("imports", "Read articles, sheets or an export into a journal."),
    "export": ("export", "Write everything as CSV and JSON."),
    "sheet": ("sheets", "Write a journal's manuscripts as CSV or XLSX."),
    "record": ("manuscripts", "Record one action of the lifecycle."),
    "undo": ("manuscripts", "Take back the last step of a manuscript."),
    "correct": ("manuscripts", "Correct the date of an event, with a reason."),
    "show": ("manuscripts", "Show one manuscript with its history."),
    "list": ("manuscripts", "List manuscripts."),
    "dates": ("dates", "Print the processing dates of a manuscript."),
    "article": ("articles", "Print an article: its page, its citation, its data for other systems."),
    "parse-dates": ("dates", "Read printed history lines from standard input."),
    "report": ("reports", "Turnaround reports."),
    "reminders": ("reminders", "Reminders: due, preview, send."),
    "outbox": ("outbox", "Letters: list, deliver, retry, release."),
    "verify": ("verify", "Check every history against its stored copy and its chain of hashes."),
    "backup": ("backups", "Save the whole database into one file, while it is in use."),
    "restore": ("backups", "Verify a backup, then put it in the place of the database."),
    "audit": ("audit", "Who changed what was set up, and who looked at what."),
    "person": ("persons", "One person's data: export, erase."),
    "retention": ("retention", "What a journal keeps no longer: preview, arm, disarm, run."),
    "doctor": ("doctor", "Say what is wrong with this installation, in plain words."),
    "lifecycle": ("lifecycle", "Print the lifecycle as a Mermaid diagram."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on use, and listed from the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"tracker.cli.{COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="journal-tracker", prog_name="tracker")
def tracker() -> None:
    """The Journal Tracker: where each manuscript stands, who has it, and since when."""


def main(arguments: list[str] | None = None) -> Any:
    """Run the command line. What the product refuses is a line on standard error and exit status 1."""
    from tracker.cli.failures import exit_status

    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        if any("\0" in argument for argument in arguments):
            raise click.UsageError("An argument holds a NUL character, which is in no text.")
        return tracker.main(args=arguments, prog_name="tracker", standalone_mode=False) or 0
    except Exception as error:  # every edge has one handler; see failures
        return exit_status(error)


def entry_point() -> None:
    sys.exit(main())
