"""Settings: defaults here, then the instance folder's `tracker.env`, then TRACKER_* in the environment."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

from tracker.domain.errors import BadInput


def instance_folder() -> Path:
    """The folder for data: TRACKER_INSTANCE, else ./instance. Never inside an installed package."""
    return Path(os.environ.get("TRACKER_INSTANCE") or "instance").expanduser().resolve()


class Settings(BaseSettings):
    """What an installation is told from outside. See docs of the environment in the README."""

    model_config = SettingsConfigDict(env_prefix="TRACKER_", extra="ignore")

    database_url: str = ""
    smtp_url: str = ""
    mail_from: str = "tracker@localhost"
    base_url: str = "http://127.0.0.1:5000"
    secret_key: str = ""

    @property
    def sqlalchemy_url(self) -> str:
        """The database as SQLAlchemy names it: SQLite in the instance folder unless told otherwise."""
        url = self.database_url or f"sqlite:///{instance_folder() / 'tracker.sqlite'}"
        for prefix in ("postgresql://", "postgres://"):
            if url.startswith(prefix):
                return f"postgresql+psycopg://{url.removeprefix(prefix)}"
        if not url.startswith(("sqlite:", "postgresql+psycopg:")):
            raise BadInput(f"TRACKER_DATABASE_URL “{url}” is neither sqlite:///… nor postgresql://….")
        return url


def load_settings() -> Settings:
    """Read the settings as they are now. Makes and keeps a secret key in the instance folder if none is given."""
    folder = instance_folder()
    settings = Settings(_env_file=folder / "tracker.env")  # type: ignore[call-arg]
    if not settings.secret_key:
        settings = settings.model_copy(update={"secret_key": kept_secret(folder)})
    return settings


def kept_secret(folder: Path) -> str:
    """The instance folder's own secret, made at first use and readable by its owner only."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "secret_key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text(encoding="ascii").strip()
