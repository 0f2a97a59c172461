"""What every test may ask for: a fresh database on SQLite and on PostgreSQL, the application on it, and people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings

from tests.databases import PostgresDatabases, SqliteFiles, postgres_server
from tracker.app import create_app
from tracker.db import db

# How fast a machine makes up input says nothing of the product: no test fails by a time.
settings.register_profile("any machine", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("any machine")

CHEAP_PASSWORDS = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
SHARED = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteFiles:
    return SqliteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[PostgresDatabases]:
    with postgres_server() as server:
        yield PostgresDatabases(server)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh, migrated database; the test runs once on each kind."""
    kinds = {"sqlite": "sqlite_files", "postgresql": "postgres_databases"}
    with request.getfixturevalue(kinds[request.param]).fresh() as url:
        yield url


@pytest.fixture(autouse=True)
def own_instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the developer's own data, settings or fixed day."""
    for name in ("DATABASE_URL", "SMTP_URL", "TODAY", "BASE_URL", "BOUNCES_URL"):
        monkeypatch.delenv(f"TRACKER_{name}", raising=False)
    monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "instance"


@pytest.fixture
def app(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application on a fresh database, inside an application context."""
    monkeypatch.setenv("TRACKER_DATABASE_URL", database_url.replace("+psycopg", ""))
    app = create_app(TESTING=True, SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS=CHEAP_PASSWORDS)
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real data beside the project; a test that wants it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real data is not beside this checkout")
    return SHARED
