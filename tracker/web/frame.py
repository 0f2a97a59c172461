"""What every page has around it: the journals to choose from, the ways in, how things stand, the day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import Flask, flash, request
from flask_security import current_user

from tracker import clock
from tracker.domain.dates import day_in
from tracker.domain.words import spoken
from tracker.formats.file_links import links_to_show
from tracker.mail.letters import unwrapped
from tracker.mail.links import for_reading
from tracker.mail.smtp import DEMO
from tracker.queries.schedule import NEVER, late_since
from tracker.web.days import brief_day, day_in_view
from tracker.web.loaders import choose_journal, chosen_memberships, installation, memberships, today_in

# label, address; an address is current for everything below it
NAV = (
    ("Dashboard", "/"),
    ("Manuscripts", "/manuscripts/"),
    ("Board", "/board/"),
    ("Calendar", "/calendar/"),
    ("Reminders", "/reminders/"),
    ("Outbox", "/outbox/"),
    ("Turnaround", "/reports/turnaround"),
    ("Settings", "/settings/"),
)


def install(app: Flask) -> None:
    app.before_request(choose_journal)
    app.context_processor(frame)
    app.add_template_filter(day_in_view, "day")
    app.add_template_filter(brief_day, "brief_day")
    app.add_template_filter(day_in, "day_in")
    app.add_template_filter(days_word, "days_word")
    app.add_template_filter(spoken, "spoken")
    app.add_template_filter(sentence_case, "sentence_case")
    app.add_template_filter(links_to_show, "file_links")
    app.add_template_filter(for_reading, "without_links")
    app.add_template_filter(unwrapped, "unwrapped")


def frame() -> dict[str, Any]:
    """What base.html needs beside current_user and csrf_token()."""
    if not current_user or not current_user.is_authenticated:
        return {"nav": [], "journals": [], "banners": banners(), "today": clock.fixed_today()}
    return {"nav": navigation(), "journals": journals(), "banners": banners(), "today": common_today()}


def navigation() -> list[dict[str, Any]]:
    return [{"label": label, "href": href, "current": is_current(href)} for label, href in NAV]


def is_current(href: str) -> bool:
    return request.path == href if href == "/" else request.path.startswith(href)


def journals() -> list[dict[str, Any]]:
    """The person's journals, with “All journals” before several."""
    seats, chosen = memberships(), chosen_memberships()
    one = chosen[0].journal.slug if len(chosen) == 1 else ""
    entries = [{"slug": s.journal.slug, "title": s.journal.title, "current": s.journal.slug == one} for s in seats]
    return [{"slug": "", "title": "All my journals", "current": not one}, *entries] if len(seats) > 1 else entries


def common_today() -> date | None:
    """Today, unless the journals in view lie in different days."""
    days = {today_in(seat.journal) for seat in chosen_memberships()}
    return days.pop() if len(days) == 1 else None


def banners() -> list[dict[str, str]]:
    """What nobody may overlook, on every page: the day is fixed, letters go nowhere, nobody sends them."""
    found = []
    fixed = clock.fixed_today()
    if fixed is not None:
        day = day_in_view(fixed)
        text = f"Today is fixed at {day} (TRACKER_TODAY): every due date and report counts from that day."
        found.append({"kind": "info", "text": text})
    if current_user and current_user.is_authenticated:
        is_live = any(seat.journal.policy.reminders_live for seat in memberships())
        found += mail_banners(installation().smtp_url, is_live, clock.now())
    return found


def mail_banners(smtp_url: str, is_live: bool, now: datetime) -> list[dict[str, str]]:
    """What keeps letters from leaving; nothing but the demonstration is told while all reminders are in dry-run."""
    if smtp_url == DEMO:
        return [{"kind": "info", "text": "This is a demonstration: letters are shown as sent and go to nobody."}]
    found = []
    late = late_since(now) if is_live else None
    if late is not None:
        since = "has never run" if late == NEVER else f"has not run since {day_in_view(late.date())}, {late:%H:%M} UTC"
        text = f"The scheduler {since}: no reminder leaves. Start “tracker scheduler”, or “tracker serve”."
        found.append({"kind": "error", "text": text})
    if is_live and not smtp_url:
        text = "No mail server is configured: letters wait. Set TRACKER_SMTP_URL, and try “tracker outbox check”."
        found.append({"kind": "warning", "text": text})
    return found


def days_word(count: int) -> str:
    """`1 day`, `12 days`."""
    return f"{count} day" if count == 1 else f"{count} days"


def sentence_case(text: str) -> str:
    """The first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def flash_with_undo(text: str, href: str, values: Mapping[str, str] | None = None) -> None:
    """Say what was done, with a button beside it that takes it back by a POST of these values to `href`.

    What an address should not show, because logs keep addresses, is put into `values`.
    """
    undo = {"href": href, "label": "Undo", **({"sends": dict(values)} if values else {})}
    flash({"text": text, "undo": undo}, "success")  # type: ignore[arg-type]  # see notices
