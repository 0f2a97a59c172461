"""A process that has loaded the product and forks a child for each piece of work, so that a kill hits work only.

`python -m tests.chaos.nursery` reads a line for each child, the command line that it runs, and answers twice: with the
child's number when it begins, and with `over` when it has ended, however it did.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


class Nursery:
    """The test's side of it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, *arguments: str, kill_after: float | None = None) -> float:
        """Run one command, kill -9 after so many seconds if it is still at it; gives the seconds it took."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(arguments) + "\n")
        self.process.stdin.flush()
        child, begin = int(self._answer()), time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)  # not reaped before `over` is said, so the number is still its own
        assert self._answer("go on\n") == "over"
        return time.monotonic() - begin

    def _answer(self, first: str = "") -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        if first:
            self.process.stdin.write(first)
            self.process.stdin.flush()
        return self.process.stdout.readline().strip()


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery with the environment of this moment."""
    command = [sys.executable, "-m", "tests.chaos.nursery"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Nursery(process)
        assert process.stdin is not None
        process.stdin.close()


def _main() -> None:
    from tracker.cli import audit, backups, database, main, outbox, sheet_import  # noqa: F401  loaded once, for all children

    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os._exit(main(json.loads(line)))
        print(child, flush=True)  # noqa: T201  this is how it answers
        sys.stdin.readline()
        os.waitpid(child, 0)
        print("over", flush=True)  # noqa: T201


if __name__ == "__main__":
    _main()
