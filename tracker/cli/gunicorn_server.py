"""Several worker processes under gunicorn, with the scheduler as a thread in exactly one of them.

A thread in gunicorn's master would be copied half-alive into every worker it forks. So the master names one worker
the keeper of the schedule before forking it, and names the next worker it forks when the keeper is gone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gunicorn.app.base import BaseApplication

from tracker.cli.addresses import netloc


class Keeper:
    """Which worker keeps the schedule. Asked in the master before each fork; the answer is inherited."""

    def __init__(self) -> None:
        self.worker: Any = None
        self.stop: Callable[[], None] | None = None

    def choose(self, server: Any, worker: Any) -> None:
        if self.worker is None or self.worker.pid not in server.WORKERS:
            self.worker = worker

    def forget(self, server: Any) -> None:
        self.worker = None

    def start_scheduler(self, worker: Any) -> None:
        if worker is self.worker:
            from tracker.jobs.scheduler import start_in_background

            self.stop = start_in_background(worker.wsgi)

    def stop_scheduler(self, server: Any, worker: Any) -> None:
        if self.stop is not None:
            self.stop()


class _Server(BaseApplication):
    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Called in each worker, after the fork: no connection is shared between processes."""
        from tracker.app import create_app

        return create_app()


def serve_with_gunicorn(host: str, port: int, workers: int) -> None:
    """Serve until stopped. Settings are those given here: no gunicorn file, no control socket."""
    keeper = Keeper()
    options = {
        "bind": netloc(host, port), "workers": workers, "worker_class": "gthread", "threads": 4,
        "control_socket_disable": True, "preload_app": False, "timeout": 60,
        "pre_fork": keeper.choose, "on_reload": keeper.forget, "post_worker_init": keeper.start_scheduler,
        "worker_exit": keeper.stop_scheduler,
    }  # fmt: skip
    _Server(options).run()
