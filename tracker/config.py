"""Settings: defaults here, then the instance folder's `tracker.env`, then TRACKER_* in the environment."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import FilePath, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from tracker.domain.errors import BadInput


def instance_folder() -> Path:
    """The folder for data: TRACKER_INSTANCE, else ./instance. Never inside an installed package."""
    return Path(os.environ.get("TRACKER_INSTANCE") or "instance").expanduser().resolve()


def template_folder() -> Path:
    """The templates: beside the package in a checkout, inside it in a wheel."""
    package = Path(str(files("tracker")))
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


class Settings(BaseSettings):
    """What an installation is told from outside. See docs of the environment in the README."""

    model_config = SettingsConfigDict(env_prefix="TRACKER_", extra="ignore")

    database_url: str = ""
    smtp_url: str = ""
    mail_from: str = "tracker@localhost"
    bounces_url: str = ""
    base_url: str = "http://127.0.0.1:5000"
    secret_key: str = ""
    proxies: int = 0
    second_factor: Literal["", "required"] = ""
    breached_passwords: FilePath | Literal[""] = ""
    orcid_client_id: str = ""
    orcid_client_secret: str = ""
    orcid_issuer: str = "https://orcid.org"

    @property
    def sqlalchemy_url(self) -> str:
        """The database as SQLAlchemy names it: SQLite in the instance folder unless told otherwise."""
        url = self.database_url or f"sqlite:///{instance_folder() / 'tracker.sqlite'}"
        for prefix in ("postgresql://", "postgres://"):
            if url.startswith(prefix):
                url = f"postgresql+psycopg://{url.removeprefix(prefix)}"
        if not url.startswith(("sqlite:", "postgresql+psycopg:")):
            kind = url[:12].partition(":")[0]  # never the whole: it may hold a password
            raise BadInput(f"TRACKER_DATABASE_URL begins with “{kind}”: it is neither sqlite:///… nor postgresql://….")
        try:
            make_url(url)
        except (ArgumentError, ValueError):
            raise BadInput("TRACKER_DATABASE_URL cannot be read: write postgresql://user:password@host/name.") from None
        return url


def load_settings() -> Settings:
    """Read the settings as they are now. Makes and keeps a secret key in the instance folder if none is given.

    Raises BadInput, naming the file or the variable, for what cannot be read.
    """
    folder = instance_folder()
    path = folder / "tracker.env"
    try:
        settings = Settings(_env_file=path)  # type: ignore[call-arg]  # the name is pydantic-settings' own
    except UnicodeDecodeError:
        raise BadInput(f"{path} is no text in UTF-8: write one TRACKER_NAME=value a line.") from None
    except ValidationError as error:
        wrong = error.errors()[0]
        raise BadInput(f"TRACKER_{str(wrong['loc'][0]).upper()} cannot be read: {wrong['msg']}.") from None
    if not settings.secret_key:
        settings = settings.model_copy(update={"secret_key": kept_secret(folder)})
    return settings


def kept_secret(folder: Path) -> str:
    """The instance folder's own secret, made at first use and readable by its owner only.

    It appears whole or not at all, whoever comes first: nobody signs with half of it. Raises BadInput for an empty one.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except FileExistsError:
        raise BadInput(f"TRACKER_INSTANCE {folder} is a file; it names a folder for the data.") from None
    path = folder / "secret_key"
    if not path.exists():
        with tempfile.NamedTemporaryFile("w", dir=folder, prefix="secret_key-", encoding="ascii") as made:
            made.write(secrets.token_urlsafe(48))
            made.flush()
            os.fsync(made.fileno())
            with suppress(FileExistsError):
                os.link(made.name, path)
    kept = path.read_text(encoding="ascii").strip()
    if not kept:
        raise BadInput(f"{path} is empty. Delete it: a new one is made, and everybody signs in again.")
    return kept
