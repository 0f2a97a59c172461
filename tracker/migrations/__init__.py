"""Alembic's wiring: the scripts stand in this folder, so that a wheel carries them."""

from __future__ import annotations

from pathlib import Path

from flask_migrate import Migrate

migrate = Migrate(directory=str(Path(__file__).parent), render_as_batch=True, compare_type=True)
