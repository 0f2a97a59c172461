"""A journal's facts and its people; the chief editor changes the facts. The people are changed in `members`."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import transaction
from tracker.domain.errors import BadInput
from tracker.domain.policy import ANONYMITY
from tracker.domain.roles import MAY_SET_UP, Role
from tracker.domain.words import spoken
from tracker.models import Journal
from tracker.queries.journals import members_of
from tracker.services.invitations import last_invitations
from tracker.services.journals import change_journal
from tracker.web.failures import Problem, or_again
from tracker.web.frame import sentence_case
from tracker.web.loaders import actor, chosen_memberships, journal_or_404, memberships, must_set_up, role_in

pages = Blueprint("settings", __name__)


@pages.get("/settings/")
def overview() -> ResponseReturnValue:
    """The settings of the journal in view; of the first, where several are."""
    seats = chosen_memberships()
    if len(seats) == 1:
        return journal_page(seats[0].journal.slug)
    return render_template("settings/journals.html", seats=memberships())


@pages.get("/settings/<slug>")
def show(slug: str) -> ResponseReturnValue:
    return journal_page(slug)


def journal_page(slug: str, problem: Problem | None = None, uid: str = "") -> ResponseReturnValue:
    """The page; with a problem, of the form that was sent: that of the facts, or one about the people."""
    journal = journal_or_404(slug)
    members, is_about_facts = members_of(journal.id), request.endpoint in ("settings.save", "settings.show")
    waiting = [member.account_id for member in members if member.account.password is None and member.account.active]
    return render_template(
        "settings/journal.html",
        edited=journal,
        policy=journal.policy,
        members=members,
        roles=[(str(role), sentence_case(spoken(role))) for role in Role],
        invitations=last_invitations(waiting) if waiting else {},
        may_change=role_in(journal) in MAY_SET_UP,
        typed=request.form if is_about_facts and request.form else facts_of(journal),
        person=request.form if not is_about_facts and not uid else {},
        people_problem=None if is_about_facts else problem,
        anonymities=[(word, spoken(word).capitalize()) for word in ANONYMITY],
        problem=problem if is_about_facts else None,
    )


def facts_of(journal: Journal) -> dict[str, Any]:
    """The form's values as the journal stands."""
    policy = journal.policy
    return {
        "title": journal.title, "timezone": journal.timezone, "country": journal.country,
        "required_reviews": policy.required_reviews, "anonymity": policy.anonymity,
        **({"reminders_live": "y"} if policy.reminders_live else {}),
        **({"public_articles": "y"} if policy.public_articles else {}),
        **({"public_status": "y"} if policy.public_status else {}),
        **({"public_turnaround": "y"} if policy.public_turnaround else {}),
    }  # fmt: skip


@pages.post("/settings/<slug>")
@or_again(journal_page)
def save(slug: str) -> ResponseReturnValue:
    form = request.form
    with transaction():
        journal = journal_or_404(slug)
        must_set_up(journal)
        changed = change_journal(
            journal,
            by=actor(journal),
            now=clock.now(),
            title=given(form.get("title", ""), "title"),
            timezone=given(form.get("timezone", ""), "time zone"),
            country=form.get("country", ""),
            settings={
                "required_reviews": whole_number(form.get("required_reviews", "")),
                "anonymity": form.get("anonymity", ""),
                "reminders_live": "reminders_live" in form,
                "public_articles": "public_articles" in form,
                "public_status": "public_status" in form,
                "public_turnaround": "public_turnaround" in form,
            },
        )
    flash(f"The settings of {journal.title} are saved." if changed else "Nothing was different.", "success")
    return redirect(url_for("settings.show", slug=slug))


def given(text: str, what: str) -> str:
    """What was typed. Raises BadInput where the field was emptied."""
    if not text.strip():
        raise BadInput(f"A journal needs a {what}.")
    return text


def whole_number(text: str) -> int:
    """A count that was typed. Raises BadInput."""
    if not (text.strip().isascii() and text.strip().isdigit() and len(text.strip()) < 4):
        raise BadInput(f"The required reviews “{text}” are no number: write 1, 2 or 3.")
    return int(text)
