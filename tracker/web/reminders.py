"""What goes out in the coming week, to whom and why: so that nobody is surprised by a letter."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.roles import WRITERS
from tracker.models import Journal
from tracker.queries.answers import open_answers
from tracker.queries.conflicts import references_of
from tracker.queries.courtesy import Draft, courtesy_drafts
from tracker.queries.reminders import PlannedLetter
from tracker.queries.schedule import last_outcomes, last_seen
from tracker.queries.stuck import Stuck, stuck_tasks
from tracker.queries.upcoming import letters_to_come, muted_manuscripts
from tracker.web.loaders import chosen_memberships, hidden, today_in
from tracker.web.outgoing import how_many_do_not, how_many_go_out

pages = Blueprint("reminders", __name__)

DAYS_AHEAD = 7


@pages.get("/reminders/")
def week() -> ResponseReturnValue:
    seats = chosen_memberships()
    letters = sorted(
        (letter for seat in seats for letter in letters_of_week(seat.journal)), key=lambda letter: letter.on
    )
    return render_template(
        "reminders/week.html",
        go_out=how_many_go_out(letters) if letters else "No letters",
        do_not=how_many_do_not(letters),
        answered=[
            one for one in open_answers([seat.journal_id for seat in seats]) if one.manuscript_id not in hidden()
        ],
        drafts=[draft for seat in seats for draft in drafts_of(seat.journal)],
        muted=muted_manuscripts([seat.journal for seat in seats], hidden=hidden()),
        stuck=[line for seat in seats for line in stuck_in(seat.journal)],
        may_decide=any(seat.role in WRITERS for seat in seats),
        days=[(on, list(of_day)) for on, of_day in groupby(letters, key=lambda letter: letter.on)],
        dry_run=[seat.journal for seat in seats if not seat.journal.policy.reminders_live],
        days_ahead=DAYS_AHEAD,
        last_seen=last_seen(),
        trouble=[outcome for outcome in last_outcomes().values() if outcome],
    )


def drafts_of(journal: Journal) -> list[Draft]:
    """The journal's courtesy letters to be released, but for those about the person's own work."""
    return [draft for draft in courtesy_drafts(journal, today_in(journal)) if draft.manuscript.id not in hidden()]


def stuck_in(journal: Journal) -> list[Stuck]:
    """What an editor has to unstick in the journal, but for the person's own work: it names reviewers."""
    return [line for line in stuck_tasks(journal, today_in(journal)) if line.task.manuscript_id not in hidden()]


def letters_of_week(journal: Journal) -> list[PlannedLetter]:
    """The journal's letters from its today on, by its own calendar; none that mentions the person's own work."""
    today, own = today_in(journal), references_of(hidden())
    letters = letters_to_come([journal.id], today, today + timedelta(days=DAYS_AHEAD), now=clock.now())
    return [letter for letter in letters if not letter.mentions(own)]
