"""A journal's numbers for reminders. What they would do is shown before they are saved."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.db import rehearsal, transaction
from tracker.domain.sending_window import CLOSES, OPENS
from tracker.services.policies import (
    EDITOR_WORDS,
    RULE_WORDS,
    STEP_WORDS,
    Consequences,
    as_typed,
    consequences_of,
    default_numbers,
    save_policy,
    typed_policy,
)
from tracker.web.failures import Problem, or_again
from tracker.web.loaders import actor, hidden, journal_or_404, must_set_up, today_in

pages = Blueprint("policies", __name__)


@pages.get("/settings/<slug>/reminders")
def show(slug: str) -> ResponseReturnValue:
    return policy_page(slug)


def policy_page(
    slug: str, problem: Problem | None = None, consequences: Consequences | None = None
) -> ResponseReturnValue:
    journal = journal_or_404(slug)
    must_set_up(journal)
    return render_template(
        "policies/show.html",
        edited=journal,
        rules=RULE_WORDS,
        steps=STEP_WORDS,
        editor_steps=EDITOR_WORDS,
        defaults=default_numbers(),
        typed=request.form or as_typed(journal.policy),
        consequences=consequences,
        window=(OPENS.strftime("%H:%M"), CLOSES.strftime("%H:%M")),
        problem=problem,
    )


@pages.post("/settings/<slug>/reminders")
@or_again(policy_page)
def try_or_save(slug: str) -> ResponseReturnValue:
    """Without `save`, show what the numbers would do; with it, save them."""
    return save(slug) if "save" in request.form else tried(slug)


def tried(slug: str) -> ResponseReturnValue:
    settings = typed_policy(request.form)
    with rehearsal():
        journal = journal_or_404(slug)
        must_set_up(journal)
        found = consequences_of(journal, settings, now=clock.now(), today=today_in(journal), hidden=hidden())
    return policy_page(slug, consequences=found)


def save(slug: str) -> ResponseReturnValue:
    settings = typed_policy(request.form)
    with transaction():
        journal = journal_or_404(slug)
        must_set_up(journal)
        changed = save_policy(journal, settings, by=actor(journal), now=clock.now())
    flash(
        "The numbers are saved, and every letter is planned anew." if changed else "Nothing was different.", "success"
    )
    return redirect(url_for("policies.show", slug=slug))
