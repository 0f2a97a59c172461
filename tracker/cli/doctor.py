"""`tracker doctor`: what is wrong with this installation, in plain words."""

from __future__ import annotations

import click

from tracker.cli.session import echo_json, json_option, say

MARKS = {"ok": "ok   ", "warn": "warn ", "wrong": "WRONG"}


@click.command("doctor")
@json_option
def doctor_command(as_json: bool) -> None:
    """Say what is wrong with this installation, in plain words. Exit status 1 if something is."""
    from tracker.cli.checkup import checkup

    findings = list(checkup())
    if as_json:
        echo_json({"healthy": all(finding.grade != "wrong" for finding in findings),
                   "checks": [finding._asdict() for finding in findings]})  # fmt: skip
    else:
        for finding in findings:
            say(f"{MARKS[finding.grade]}  {finding.subject}: {finding.says}")
    if any(finding.grade == "wrong" for finding in findings):
        raise click.exceptions.Exit(1)
