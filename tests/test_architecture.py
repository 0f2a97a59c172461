"""The house keeps its shape: imports point down, the domain is plain, and help costs nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("flask", "sqlalchemy", "flask_security", "lxml", "holidays", "pydantic")
PUT_TOGETHER = "import sys; {statement}; print(*[name for name in {heavy} if name in sys.modules])"


def loaded_by(statement: str, heavy: Sequence[str] = HEAVY) -> list[str]:
    """The heavy packages that a fresh interpreter has loaded after this statement."""
    program = PUT_TOGETHER.format(statement=statement, heavy=heavy)
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return ran.stdout.splitlines()[-1].split()


def test_imports_point_down() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)
    assert ran.returncode == 0, ran.stdout


def test_the_domain_loads_neither_flask_nor_sqlalchemy() -> None:
    modules = [f"tracker.domain.{path.stem}" for path in (ROOT / "tracker" / "domain").glob("[!_]*.py")]
    assert loaded_by(f"import tracker.domain, {', '.join(modules)}") == []


def test_the_formats_load_neither_flask_nor_sqlalchemy() -> None:
    modules = [f"tracker.formats.{path.stem}" for path in (ROOT / "tracker" / "formats").glob("[!_]*.py")]
    assert {"flask", "sqlalchemy"} & set(loaded_by(f"import {', '.join(modules)}")) == set()


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert loaded_by(f"from tracker.cli import main; main({arguments!r})") == []


def test_the_pages_start_without_the_api() -> None:
    rooms = [f"tracker.api.{path.stem}" for path in (ROOT / "tracker" / "api").glob("[!_]*.py")]
    assert loaded_by("import tracker.app; tracker.app.create_app()", ["tracker.api", *rooms]) == ["tracker.api"]


def test_every_room_says_what_it_is() -> None:
    rooms = [path for path in (ROOT / "tracker").iterdir() if list(path.glob("*.py"))]
    silent = [room.name for room in rooms if not (room / "__init__.py").read_text(encoding="utf-8").startswith('"""')]
    assert silent == []
