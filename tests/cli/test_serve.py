"""`tracker serve`: one scheduler however many workers, and no start on a database that is behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from tests.cli.running import Terminal

# The server as a process, with a scheduler that only says where it runs.
STAND_IN = """
import os, sys, types
scheduler = types.ModuleType("tracker.jobs.scheduler")
def start(app):
    print("scheduler in", os.getpid(), flush=True)
    return lambda: print("scheduler stopped", flush=True)
scheduler.start_in_background = start
sys.modules["tracker.jobs.scheduler"] = scheduler
from tracker.cli import main
sys.exit(main(sys.argv[1:]))
"""
PATIENCE_SECONDS = 90  # as long as a busy machine may take


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(capsys)


@pytest.fixture
def port() -> int:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        return int(unused.getsockname()[1])


@pytest.fixture
def server(request: pytest.FixtureRequest, port: int, terminal: Terminal) -> Iterator[subprocess.Popen[str]]:
    terminal.run("db", "upgrade")
    process = subprocess.Popen(
        [sys.executable, "-c", STAND_IN, "serve", "--port", str(port), "--workers", str(request.param)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env={**os.environ},
    )  # fmt: skip
    yield process
    process.kill()
    process.communicate()


def health(server: subprocess.Popen[str], port: int) -> dict[str, object]:
    """What /healthz answers, once it does."""
    began = time.monotonic()
    while server.poll() is None and time.monotonic() - began < PATIENCE_SECONDS:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                document: dict[str, object] = json.load(answer)
                return document
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise AssertionError(f"the server did not answer: {server.communicate()[0]}")


@pytest.mark.parametrize("signal_sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("server", [1, 3], indirect=True)
def test_it_answers_with_exactly_one_scheduler_and_stops_when_asked(
    server: subprocess.Popen[str], port: int, signal_sent: signal.Signals
) -> None:
    assert health(server, port)["status"] == "ok"
    time.sleep(1)  # every worker has come up by now
    server.send_signal(signal_sent)
    said = server.communicate(timeout=PATIENCE_SECONDS)[0]

    assert said.count("scheduler in") == 1, said
    assert said.count("scheduler stopped") == 1, said
    assert f"Journal Tracker at http://127.0.0.1:{port}/" in said
    assert "Traceback" not in said


def test_it_does_not_start_on_a_database_that_is_behind(terminal: Terminal) -> None:
    terminal.run("db", "upgrade")
    terminal.run("db", "downgrade")
    assert "run “tracker db upgrade” first" in terminal.refused("serve")
    assert "run “tracker db upgrade” first" in terminal.refused("scheduler")


def test_it_does_not_start_on_a_port_that_is_taken(terminal: Terminal) -> None:
    terminal.run("db", "upgrade")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "--port" in terminal.refused("serve", "--port", str(taken.getsockname()[1]))


def test_a_port_that_cannot_be_is_wrong_usage(terminal: Terminal) -> None:
    assert terminal.run("serve", "--port", "0").status == 2
    assert terminal.run("serve", "--workers", "0").status == 2


@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn is for Unix")
def test_when_the_keeper_of_the_schedule_dies_the_next_worker_keeps_it() -> None:
    from tracker.cli.gunicorn_server import Keeper

    keeper, first, second, third = Keeper(), *(SimpleNamespace(pid=number) for number in (1, 2, 3))
    keeper.choose(SimpleNamespace(WORKERS={}), first)
    keeper.choose(SimpleNamespace(WORKERS={1: first}), second)
    assert keeper.worker is first

    keeper.choose(SimpleNamespace(WORKERS={2: second}), third)
    assert keeper.worker is third
