"""The application: settings, database, sign-in and pages, put together."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tracker.config import instance_folder, load_settings, template_folder
from tracker.db import db
from tracker.migrations import migrate


def create_app(**overrides: Any) -> Flask:
    """Build the application from the settings; `overrides` are Flask configuration keys, for tests."""
    app = bare_app(**overrides)
    from tracker import api, web  # the command line does without them where it can

    web.install(app)
    api.mount(app)
    proxies = app.config["TRACKER_SETTINGS"].proxies
    if proxies:  # so many web servers before us say for whom they ask, and how they were asked: pages and API alike
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]  # how WSGI is wrapped
    return app


def bare_app(**overrides: Any) -> Flask:
    """The application without its pages: settings and database, for the command line and the jobs."""
    settings = load_settings()
    app = Flask("tracker", instance_path=str(instance_folder()), template_folder=str(template_folder()))
    over_https = settings.base_url.startswith("https://")
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.sqlalchemy_url,
        SESSION_COOKIE_SECURE=over_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_NAME="__Host-tracker_session" if over_https else "tracker_session",
        REMEMBER_COOKIE_SECURE=over_https,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=20 * 1024 * 1024,
        TRACKER_SETTINGS=settings,
    )
    app.config.update(overrides)
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the provider of Flask
    db.init_app(app)
    migrate.init_app(app, db)
    return app
