"""The wheel, installed elsewhere, is the whole product: it runs migrations and renders pages with nothing beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = """
from tracker.app import create_app
from tracker.config import template_folder
print(template_folder())
print(create_app().test_client().get("/login").text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python_elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own with the wheel installed; what the wheel needs is lent by this environment.

    Lent through a .pth file, so that nothing is downloaded. The checkout itself is kept out of sight.
    """
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    where = subprocess.run(
        [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(where)
    (Path(where) / "zz_lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def elsewhere(python: Path, *arguments: str, folder: Path) -> str:
    names = ("TRACKER_INSTANCE", "TRACKER_DATABASE_URL", "PYTHONPATH")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    ran = subprocess.run(
        [str(python), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_the_wheel_holds_what_is_not_python(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    templates = {f"tracker/{path.relative_to(ROOT)}" for path in (ROOT / "templates").rglob("*") if path.is_file()}
    others = {
        str(path.relative_to(ROOT))
        for room in ("static", "migrations")
        for path in (ROOT / "tracker" / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert templates | others <= names
    assert {
        "tracker/migrations/alembic.ini",
        "tracker/migrations/script.py.mako",
        "tracker/static/tracker.css",
    } <= names
    assert not [name for name in names if name.startswith(("tests/", "instance/")) or "__pycache__" in name]


def test_it_is_itself_and_not_the_checkout(python_elsewhere: Path, tmp_path: Path) -> None:
    where = elsewhere(python_elsewhere, "-c", "import tracker; print(tracker.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(python_elsewhere.parents[1])


def test_it_runs_migrations_and_renders_pages(python_elsewhere: Path, tmp_path: Path) -> None:
    assert "went from empty to" in elsewhere(python_elsewhere, "-m", "tracker", "db", "upgrade", folder=tmp_path)
    assert (tmp_path / "instance" / "tracker.sqlite").is_file()

    page = elsewhere(python_elsewhere, "-c", PAGE, folder=tmp_path)
    assert str(python_elsewhere.parents[1]) in page.splitlines()[0]
    assert "csrf_token" in page


def test_it_builds_the_demonstration(python_elsewhere: Path, tmp_path: Path) -> None:
    printed = elsewhere(python_elsewhere, "-m", "tracker", "demo", "--no-serve", "--json", folder=tmp_path)
    assert json.loads(printed)["database"] == f"sqlite:///{tmp_path / 'instance' / 'demo.sqlite'}"
