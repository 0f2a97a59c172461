"""The pages: one file per subject, with a folder of templates each. `install` puts them on an application."""

from __future__ import annotations

from flask import Flask


def install(app: Flask) -> None:
    """Register sign-in, safety, the answers to errors, and every page. Other edges may be added after it."""
    from tracker.web import (
        account,
        answers,
        api_tokens,
        audit,
        board,
        bulk,
        calendar,
        courtesy,
        dashboard,
        editing,
        failures,
        forecasts,
        frame,
        health,
        letter_texts,
        listing,
        members,
        orcid,
        outbox,
        paste,
        policies,
        public,
        quick,
        recording,
        reminders,
        reports,
        reviewers,
        row_numbers,
        safety,
        saved_views,
        settings,
        sheet_imports,
        sign_in,
        status,
        turnaround_card,
        upcoming,
    )

    row_numbers.install(app)
    safety.install(app)
    sign_in.install(app)
    failures.install(app)
    frame.install(app)
    for room in (
        dashboard,
        listing,  # it shares its room with the pages of one manuscript
        saved_views,
        bulk,
        editing,
        board,
        quick,
        paste,
        calendar,
        recording,
        reviewers,
        forecasts,
        reminders,
        upcoming,
        courtesy,
        answers,
        outbox,
        reports,
        turnaround_card,
        sheet_imports,
        settings,
        members,
        policies,
        letter_texts,
        account,
        audit,
        api_tokens,
        status,
        public,
        health,
    ):
        app.register_blueprint(room.pages)
    orcid.install(app)
