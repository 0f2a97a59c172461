"""`tracker retention`: what a journal keeps no longer."""

from __future__ import annotations

from typing import Any

import click

from tracker.cli.session import echo_json, in_app, json_option, say

journal_option = click.option("--journal", "slug", required=True, metavar="SLUG")


@click.group("retention")
def retention_command() -> None:
    """What a journal keeps no longer: preview, arm, disarm, run."""


@retention_command.command("preview")
@journal_option
@json_option
@in_app
def preview_command(slug: str, as_json: bool) -> None:
    """Show what the rules would forget today: words and people of manuscripts rejected long ago, idle reviewers."""
    _say(slug, as_json, is_done=False)


@retention_command.command("run")
@journal_option
@click.option("--yes", is_flag=True, required=True, help="Said on purpose: it cannot be undone.")
@json_option
@in_app
def run_command(slug: str, yes: bool, as_json: bool) -> None:
    """Forget now what the preview shows, whether the rules are armed or not."""
    _say(slug, as_json, is_done=True)


@retention_command.command("arm")
@journal_option
@click.option("--rejected-months", type=click.IntRange(1, 600), help="Rejected manuscripts are kept so long; 24.")
@click.option("--idle-months", type=click.IntRange(1, 600), help="Reviewers not asked again are kept so long; 60.")
@json_option
@in_app
def arm_command(slug: str, rejected_months: int | None, idle_months: int | None, as_json: bool) -> None:
    """From now on, forget once a day what the rules say. Look at the preview first."""
    given = {"keep_rejected_months": rejected_months, "keep_idle_reviewers_months": idle_months}
    months = {name: number for name, number in given.items() if number is not None}
    rules = _set(slug, retention_armed=True, **months)
    sentence = f"The rules of {slug} are armed: the scheduler forgets once a day what they say."
    echo_json(rules) if as_json else say(sentence)


@retention_command.command("disarm")
@journal_option
@json_option
@in_app
def disarm_command(slug: str, as_json: bool) -> None:
    """Forget nothing by itself any more."""
    rules = _set(slug, retention_armed=False)
    sentence = f"The rules of {slug} are not armed: nothing is forgotten by itself."
    echo_json(rules) if as_json else say(sentence)


def _set(slug: str, **settings: int | bool) -> dict[str, Any]:
    """Change the rules; gives what they are now."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.services.actors import OPERATOR
    from tracker.services.journals import change_journal

    with transaction():
        journal = journal_by_slug(slug)
        change_journal(journal, by=OPERATOR, now=clock.now(), settings=settings)
        policy = journal.policy
    return {
        "journal": slug, "armed": policy.retention_armed, "rejected_months": policy.keep_rejected_months,
        "idle_months": policy.keep_idle_reviewers_months,
    }  # fmt: skip


def _say(slug: str, as_json: bool, *, is_done: bool) -> None:
    from tracker import clock
    from tracker.db import rehearsal, transaction
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.services.actors import OPERATOR
    from tracker.services.retention import forget_what_is_due

    with transaction() if is_done else rehearsal():
        journal = journal_by_slug(slug)
        today = clock.today(journal.timezone)
        due = forget_what_is_due(journal, by=OPERATOR, now=clock.now(), today=today)
        references, reviewers = [manuscript.reference for manuscript in due.manuscripts], len(due.reviewers)
        is_armed = journal.policy.retention_armed
    if as_json:
        echo_json({"journal": slug, "armed": is_armed, "forgotten": is_done, "manuscripts": references,
                   "reviewers": reviewers})  # fmt: skip
        return
    begin = "Forgotten" if is_done else "Due, and not forgotten yet"
    say(f"{begin}: {len(references)} manuscripts, {reviewers} reviewer records.")
    say(f"The rules are {'armed' if is_armed else 'not armed: nothing goes by itself'}.")
    for reference in references:
        say(f"  {reference}")
