"""Every endpoint, with what its address and its form need.

A test holds this against the application's own map: a new page has to be put in here, and is then part of every walk.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from tracker.db import db
from tracker.domain.policy import DAYS_DUE, LETTER_STEPS
from tracker.models import Manuscript

SHEET = "Reference;Title;Author;Received\nS-1;On Sheets;Lovelace, Ada;2019-04-03\nS-2;;;soon\n"
ANSWER, UNSUBSCRIBE = "a" * 43, "u" * 43

Args = dict[str, Any]


@dataclass(frozen=True)
class Route:
    """What an endpoint needs beside what all share: parts of its address, its query, its form."""

    args: Args = field(default_factory=dict)
    query: Args = field(default_factory=dict)
    form: Args = field(default_factory=dict)


def _of(name: str) -> Callable[[Any], Any]:
    return lambda world: world.args[name]


def _version(world: Any) -> int:
    db.session.rollback()
    wanted = select(Manuscript.version).where(Manuscript.reference == world.args["reference"])
    return db.session.scalars(wanted).one()


LETTER = {"task": "review:2:3", "step": -7}
KIND = {"kind": "review_after"}
STAYS = Route()
NO_TOKEN = Route(args={"token": "none"})  # a link that was never sent
OWN_SHEET = Route(args={"token": "upload"})
BULK = {"selected": _of("reference"), "deed": "tag", "tag": "seen"}
PAGE = """A Pasted Work
Ada Lovelace

Citation: Lovelace, A. (2024). A Pasted Work. Careful Practice, 4, 12, 101-109.

Received 3 March 2024; Accepted 20 May 2024; Published online 1 July 2024
"""
NUMBERS = {
    **{f"due.{rule}": "31" for rule in DAYS_DUE},
    **{f"steps.{kind}": "-7, 1" for kind in LETTER_STEPS},
}
FACTS = {
    "title": "Journal of Careful Practice", "timezone": "UTC", "country": "", "required_reviews": "2",
    "anonymity": "double_anonymized",
}  # fmt: skip

# endpoint → what it needs. The names of `args` stand for what the world has under them.
ROUTES: dict[str, Route] = {
    "account.ask_address": STAYS,
    "account.ask_confirmation": NO_TOKEN,
    "account.confirm_address": NO_TOKEN,
    "account.end_one": STAYS,
    "account.end_others": STAYS,
    "account.save_name": Route(form={"name": "A New Name"}),
    "account.send_address": Route(form={"email": "new@example.org", "password": "wrong"}),
    "account.show": STAYS,
    "answers.ask": Route(args={"token": ANSWER}),
    "answers.ask_unsubscribe": Route(args={"token": UNSUBSCRIBE}),
    "answers.end_digests": Route(args={"token": UNSUBSCRIBE}),
    "answers.give": Route(args={"token": ANSWER}, form={"answer": "done"}),
    "api_tokens.listing": STAYS,
    "api_tokens.make": Route(form={"name": "A script", "scope": "read"}),
    "api_tokens.revoke": Route(args={"uid": "none"}),
    "audit.looks": STAYS,
    "audit.table": STAYS,
    "audit.trail": STAYS,
    "board.show": STAYS,
    "bulk.ask": Route(form=BULK),
    "bulk.do": Route(form=BULK),
    "bulk.preview": Route(form=BULK),
    "bulk.show": Route(args={"uid": "deed"}),
    "bulk.undo": Route(args={"uid": "deed"}),
    "calendar.feed": Route(args={"token": "feed"}),
    "calendar.make": STAYS,
    "calendar.revoke": STAYS,
    "calendar.week": STAYS,
    "courtesy.leave_out": Route(args={"reference": "waiting"}),
    "courtesy.release": Route(args={"reference": "waiting"}),
    "dashboard.outgoing": STAYS,
    "dashboard.show": STAYS,
    "editing.ask": Route(args={"name": "section"}),
    "editing.link": Route(args={"reference": "again"}, form={"origin": _of("origin")}),
    "editing.reminders": Route(form={"armed": "yes"}),
    "editing.save": Route(args={"name": "section"}, form={"value": "Reports"}),
    "editing.unlink": Route(args={"reference": "again"}),
    "forecasts.show": STAYS,
    "health.healthz": STAYS,
    "letter_texts.decide": Route(
        args=KIND, form={"deed": "save", "subject": "A reminder", "words": "Dear colleague,\n\n{{ title }}"}
    ),
    "letter_texts.listing": STAYS,
    "letter_texts.show": Route(args=KIND),
    "manuscripts.enter": Route(
        form={"journal": "ijcp", "title": "New Work", "authors": "Ada Lovelace", "received_on": "2026-05-01"}
    ),
    "manuscripts.export": STAYS,
    "manuscripts.listing": STAYS,
    "manuscripts.new": STAYS,
    "manuscripts.show": STAYS,
    "members.add": Route(form={"email": "new@example.org", "name": "Somebody New", "role": "reader"}),
    "members.change_role": Route(args={"uid": "none"}, form={"role": "reader"}),
    "members.write_again": Route(args={"uid": "none"}),
    "outbox.address": Route(form={"email": "right@example.org"}),
    "outbox.cancel": STAYS,
    "outbox.listing": STAYS,
    "outbox.release": STAYS,
    "outbox.retry": STAYS,
    "outbox.show": STAYS,
    "paste.ask": STAYS,
    "paste.keep": Route(form={"journal": "ijcp", "page": PAGE}),
    "paste.read": Route(form={"journal": "ijcp", "page": PAGE}),
    "policies.show": STAYS,
    "policies.try_or_save": Route(form=NUMBERS),
    "public.article": STAYS,
    "public.contents": STAYS,
    "quick.ask": STAYS,
    "quick.read": Route(form={"line": "11 Nov 2020, Henderson & Palmer, A Quick Work"}),
    "recording.ask": Route(args={"action": "held"}),
    "recording.correct": Route(args={"position": 1}),
    "recording.record": Route(
        args={"action": "held"}, form={"on": "2026-06-01", "note": "A question", "version": _version}
    ),
    "recording.save_correction": Route(
        args={"position": 1}, form={"on": "2026-03-01", "reason": "As the letter says", "version": _version}
    ),
    "recording.undo": Route(form={"version": _version}),
    "reminders.week": STAYS,
    "reports.behind": Route(query={"journal": "ijcp", "of": "cohort"}),
    **{f"reports.turnaround{kind}": Route(query={"journal": "ijcp"})
       for kind in ("", "_csv", "_json", "_pdf", "_png", "_svg", "_xlsx")},
    "reviewers.ask": STAYS,
    "reviewers.save": Route(form={"name": "Somebody Else", "email": "else@example.org"}),
    "saved_views.remove": Route(args={"uid": "view"}),
    "saved_views.save": Route(form={"name": "Late", "query": "overdue=yes"}),
    "security.change_password": STAYS,
    "security.mf_recovery": STAYS,
    "security.mf_recovery_codes": STAYS,
    "security.tf_select": STAYS,
    "security.two_factor_rescue": STAYS,
    "security.two_factor_setup": STAYS,
    "security.two_factor_setup_validate": NO_TOKEN,
    "security.two_factor_token_validation": STAYS,
    "security.wan_delete": STAYS,
    "security.wan_register": STAYS,
    "security.wan_register_response": NO_TOKEN,
    "security.wan_signin": STAYS,
    "security.wan_signin_response": NO_TOKEN,
    "security.wan_verify": STAYS,
    "security.wan_verify_response": NO_TOKEN,
    "security.forgot_password": Route(form={"email": "editor@example.org"}),
    "security.login": Route(form={"email": "nobody@example.org", "password": "wrong"}),
    "security.logout": STAYS,
    "security.reset_password": Route(args={"token": "none"}),
    "security.verify": STAYS,
    "settings.overview": STAYS,
    "settings.save": Route(form=FACTS),
    "settings.show": STAYS,
    "sheet_imports.begin": STAYS,
    "sheet_imports.columns": OWN_SHEET,
    "sheet_imports.discard": OWN_SHEET,
    "sheet_imports.outcome": OWN_SHEET,
    "sheet_imports.preview": Route(args={"token": "upload"}, form={"columns": "4"}),
    "sheet_imports.refused_file": Route(args={"uid": "import"}),
    "sheet_imports.run": OWN_SHEET,
    "sheet_imports.show": Route(args={"uid": "import"}),
    "sheet_imports.undo": Route(args={"uid": "import"}),
    "sheet_imports.upload": Route(
        form={"journal": "ijcp", "sheet": lambda world: (io.BytesIO(SHEET.encode()), "sheet.csv")}
    ),
    "sheet_imports.written": STAYS,
    "static": Route(args={"filename": "tracker.css"}),
    "status.as_author": STAYS,
    "status.as_reviewer": STAYS,
    "status.make": STAYS,
    "status.revoke": STAYS,
    "status.show": Route(args={"token": "token"}),
    "turnaround_card.picture": STAYS,
    "turnaround_card.show": STAYS,
    "upcoming.edit": Route(args=LETTER),
    "upcoming.again": Route(args=LETTER),
    "upcoming.hold": Route(args=LETTER),
    "upcoming.keep": Route(args=LETTER, form={"subject": "A word", "words": "Dear colleague,\n\nplease."}),
    "upcoming.of_manuscript": STAYS,
    "upcoming.read": Route(args=LETTER),
    "upcoming.release": Route(args=LETTER),
    "upcoming.revoke": Route(args=LETTER),
    "upcoming.send": Route(args=LETTER),
    "upcoming.settle": STAYS,
    "upcoming.skip": Route(args=LETTER),
    "upcoming.unskip": Route(args=LETTER),
}  # fmt: skip
SHARED = {
    "slug": "ijcp", "kind": "csv", "language": "en", "volume": "1", "number": "1", "position": 1, "action": "held",
    "name": "section", "sign_in_id": 10_000, **LETTER,
}  # fmt: skip
