"""Running the command line as people do, in this process."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from tracker.cli import main


class Ran(NamedTuple):
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document that it printed."""
        return json.loads(self.out)


class Terminal:
    """Runs commands, and gives what each printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.capsys = capsys

    def run(self, *arguments: str) -> Ran:
        status = main(list(arguments))
        return Ran(status, *self.capsys.readouterr())

    def refused(self, *arguments: str) -> str:
        """The sentence on standard error of a command that must be refused with status 1."""
        ran = self.run(*arguments)
        assert (ran.status, ran.out) == (1, "")
        assert "Traceback" not in ran.err
        return ran.err.strip()
