"""Recording a step on the web: in the past, refused, asked about, in conflict, undone, corrected."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from tests.people import NOW, People, manuscript_in, manuscript_that_is, post, reloaded, step
from tracker.db import transaction
from tracker.domain.words import State
from tracker.queries.people import reviewers_and_reviews_of, reviewers_of
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal

As = Callable[[str], FlaskClient]


def test_a_step_in_the_past(as_: As, who: People) -> None:
    manuscript, editor = manuscript_in(who.journal), as_("editor")
    page = f"/manuscripts/{manuscript.reference}"
    form = editor.get(f"{page}/record/sent_to_review").text
    assert 'value="2026-06-01"' in form
    assert 'name="version" value="1"' in form
    answer = post(
        editor, f"{page}/record/sent_to_review", version=1, on="2026-03-10",
        reviewers="Grace Hopper <grace@example.org>\nMary Somerville <mary@example.org>",
    )  # fmt: skip
    assert answer.location == page
    shown = editor.get(page).text
    assert "Sent to review on 10 March 2026. It is with the reviewers now" in shown
    assert "Mary Somerville" in shown
    assert reloaded(manuscript).waiting_since_on == date(2026, 3, 10)


def no_letter_line(client: FlaskClient, page: str, action: str) -> str:
    """What the form of an action says about letters."""
    found = re.search(r"No letter is sent by this step: [^<]*", client.get(f"{page}/record/{action}").text)
    return html.unescape(found[0]) if found else ""


def test_a_form_says_that_nobody_is_written_to_and_when_the_first_reminder_goes(as_: As, who: People) -> None:
    manuscript, editor = manuscript_in(who.journal), as_("editor")
    page = f"/manuscripts/{manuscript.reference}"
    told = "No letter is sent by this step: write to the"
    assert no_letter_line(editor, page, "sent_to_review") == (
        f"{told} reviewers yourself; the journal's reminders are in dry-run."
    )
    with transaction() as session:
        change_journal(session.merge(who.journal), settings={"reminders_live": True}, by=OPERATOR, now=NOW)
    line = no_letter_line(editor, page, "sent_to_review")
    assert line == f"{told} reviewers yourself; the first reminder goes out on 5 June 2026."
    late = no_letter_line(editor, page, "sent_to_review?on=2026-05-29")
    assert late == f"{told} reviewers yourself; the first reminder goes out on 2 June 2026."
    post(editor, f"{page}/record/sent_to_review", version=1, on="2026-06-01", reviewers="Grace <grace@example.org>")
    assert 'goes out on <time class="nowrap" datetime="2026-06-05">' in editor.get(f"{page}/letters-to-come").text
    assert no_letter_line(editor, page, "revision_requested") == (
        f"{told} author yourself; the first reminder goes out on 24 June 2026 at the earliest."
    )
    assert no_letter_line(editor, page, "accepted") == f"{told} author yourself."
    assert no_letter_line(editor, page, "held") == ""
    post(editor, f"{page}/reminders", armed="no")
    assert no_letter_line(editor, page, "invited") == (
        f"{told} reviewer yourself; the manuscript's reminders are muted."
    )


def test_a_review_with_its_two_texts(as_: As, who: People) -> None:
    manuscript, editor = manuscript_that_is(State.UNDER_REVIEW, who.journal), as_("editor")
    page = f"/manuscripts/{manuscript.reference}"
    assert "Grace Hopper (invited)" in editor.get(f"{page}/record/reviewed").text
    post(
        editor, f"{page}/record/reviewed", version=manuscript.version, on="2026-04-01", reviewer=1,
        recommendation="minor_revision", to_author="Say more.", to_editor="Sound.",
    )  # fmt: skip
    review = reviewers_and_reviews_of(reloaded(manuscript))[1][1, 1]
    assert (review.to_author, review.to_editor) == ("Say more.", "Sound.")
    assert "Minor revision" in editor.get(page).text


def test_a_future_date_is_refused_and_everything_typed_is_kept(as_: As, who: People) -> None:
    manuscript = manuscript_in(who.journal)
    answer = post(
        as_("editor"), f"/manuscripts/{manuscript.reference}/record/sent_to_review", version=1, on="2026-06-02",
        reviewers="Grace Hopper <grace@example.org>", note="Typed with care", internal="y",
    )  # fmt: skip
    assert answer.status_code == 422
    assert "lies in the future" in answer.text
    assert "Grace Hopper &lt;grace@example.org&gt;" in answer.text
    assert "Typed with care" in answer.text
    assert 'value="2026-06-02"' in answer.text
    assert 'name="internal" value="y" checked' in answer.text
    assert reloaded(manuscript).version == 1


def test_what_cannot_be_read_is_said(as_: As, who: People) -> None:
    manuscript, editor = manuscript_that_is(State.UNDER_REVIEW, who.journal), as_("editor")
    page = f"/manuscripts/{manuscript.reference}/record"
    version = manuscript.version
    for action, typed, sentence in [
        ("revision_requested", {"on": "2026-05-01"}, "needs a kind"),
        ("revision_requested", {"on": "1 May", "kind": "minor"}, "is not a date"),
        ("revision_requested", {"on": "2026-05-01", "kind": "minor", "due_on": "2026-06"}, "is not a whole day"),
        ("reviewed", {"on": "2026-05-01", "reviewer": "x"}, "could not be read"),
        ("reviewed", {"on": "2026-05-01", "reviewer": "7"}, "is not active"),
        ("reviewed", {"on": "2026-05-01", "reviewer": "1", "recommendation": "maybe"}, "is not one of"),
    ]:
        answer = post(editor, f"{page}/{action}", version=version, **typed)
        assert answer.status_code == 422
        assert sentence in answer.text
    assert "does not say which state" in post(editor, f"{page}/held", on="2026-05-01", note="x").text


def test_an_action_that_the_state_does_not_allow_is_answered_in_a_sentence(as_: As, who: People) -> None:
    manuscript, chief = manuscript_that_is(State.ACCEPTED, who.journal), as_("chief")
    page = f"/manuscripts/{manuscript.reference}/record"
    answer = chief.get(f"{page}/resubmitted")
    assert answer.status_code == 422
    assert "cannot be recorded for a manuscript that is accepted" in answer.text
    assert "The manuscript is not on hold." in chief.get(f"{page}/resumed").text
    assert chief.get(f"{page}/levitated").status_code == 404
    assert "is recorded by the chief editor or an editor" in as_("assistant").get(f"{page}/accepted").text
    posted = post(chief, f"{page}/resubmitted", version=manuscript.version, on="2026-05-01", note="Typed")
    assert posted.status_code == 422
    assert "Typed" in posted.text


def test_what_happened_earlier_can_be_entered_later(as_: As, who: People) -> None:
    manuscript, chief = manuscript_that_is(State.UNDER_REVIEW, who.journal), as_("chief")
    page = f"/manuscripts/{manuscript.reference}/record/returned"
    assert chief.get(page).status_code == 422
    form = chief.get(f"{page}?on=2026-03-04")
    assert form.status_code == 200
    assert 'value="2026-03-04"' in form.text


def test_the_unusual_is_asked_about_and_then_recorded(as_: As, who: People) -> None:
    manuscript, chief = manuscript_in(who.journal), as_("chief")
    page = f"/manuscripts/{manuscript.reference}/record/accepted"
    assert 'name="confirmed"' in chief.get(page).text
    asked = post(chief, page, version=1, on="2026-05-01", note="As agreed")
    assert asked.status_code == 422
    assert "has not been reviewed" in asked.text
    assert "As agreed" in asked.text
    assert post(chief, page, version=1, on="2026-05-01", confirmed="y").status_code == 302
    assert reloaded(manuscript).state == "accepted"


@pytest.mark.parametrize("action", ["sent_to_review", "invited"])
def test_everybody_named_on_a_line_is_invited(as_: As, who: People, action: str) -> None:
    found = manuscript_that_is(State.RECEIVED if action == "sent_to_review" else State.UNDER_REVIEW, who.journal)
    answer = post(
        as_("editor"), f"/manuscripts/{found.reference}/record/{action}", version=found.version, on="2026-04-01",
        reviewers="M. Aoki <aoki@rev.example>, Jan Pauwels jan@rev.example; No Body\nOyelaran, Marta <m@rev.example>",
    )  # fmt: skip
    assert answer.status_code == 302
    assert [(one.name, one.email) for one in reviewers_of(reloaded(found)) if one.name != "Grace Hopper"] == [
        ("M. Aoki", "aoki@rev.example"),
        ("Jan Pauwels", "jan@rev.example"),
        ("No Body", ""),
        ("Oyelaran, Marta", "m@rev.example"),
    ]


@pytest.mark.parametrize(
    "nonsense", ["Jan <jan@rev.example", "Jan <nowhere>", "Jan a@rev.example b@rev.example", "jan@"]
)
def test_a_name_with_half_an_address_in_it_is_refused_and_named(as_: As, who: People, nonsense: str) -> None:
    found = manuscript_in(who.journal)
    page, typed = f"/manuscripts/{found.reference}/record/sent_to_review", f"Grace <g@example.org>\n{nonsense}"
    answer = post(as_("editor"), page, version=1, on="2026-04-01", reviewers=typed)
    assert answer.status_code == 422
    assert f"The reviewer “{escape(nonsense)}” could not be read" in answer.text
    assert reviewers_of(reloaded(found)) == []


def test_to_invite_an_author_is_asked_about(as_: As, who: People) -> None:
    found, editor = manuscript_in(who.journal), as_("editor")
    page = f"/manuscripts/{found.reference}/record/sent_to_review"
    form = {"version": 1, "on": "2026-04-01", "reviewers": "Grace <g@example.org>\nA. L. <ADA@example.org>"}
    asked = post(editor, page, **form)
    assert asked.status_code == 422
    assert "Ada Lovelace &lt;ada@example.org&gt; is an author of this manuscript. Confirm" in asked.text
    assert 'name="confirmed"' in asked.text
    assert reviewers_of(reloaded(found)) == []
    assert post(editor, page, **form, confirmed="y").status_code == 302
    assert [one.email for one in reviewers_of(reloaded(found))] == ["g@example.org", "ADA@example.org"]


def test_of_two_editors_the_second_is_told_and_loses_nothing(as_: As, who: People) -> None:
    manuscript, second = manuscript_in(who.journal), as_("editor")
    step(manuscript, "held", date(2026, 5, 1), note="Waiting.")
    page = f"/manuscripts/{manuscript.reference}"
    answer = post(
        second, f"{page}/record/sent_to_review", version=1, on="2026-05-02", reviewers="Grace <g@example.org>"
    )
    assert answer.status_code == 409
    assert "has changed since you opened it" in answer.text
    assert "Grace &lt;g@example.org&gt;" in answer.text
    assert f'href="{page}#history"' in answer.text
    assert 'name="version" value="2"' in answer.text
    assert reloaded(manuscript).version == 2


def test_undo_takes_back_only_what_its_button_was_made_for(as_: As, who: People) -> None:
    manuscript, chief = manuscript_in(who.journal), as_("chief")
    page = f"/manuscripts/{manuscript.reference}"
    post(chief, f"{page}/record/held", version=1, on="2026-05-01", note="Waiting.")
    assert f"{page}/undo?version=2" in chief.get(page).text
    step(manuscript, "resumed", date(2026, 5, 2), note="Goes on.")
    stale = post(chief, f"{page}/undo?version=2")
    assert stale.status_code == 409
    assert post(chief, f"{page}/undo", version=3).location == page
    assert reloaded(manuscript).on_hold


def test_a_correction_needs_a_reason_and_keeps_what_was_typed(as_: As, who: People) -> None:
    manuscript, chief = manuscript_in(who.journal), as_("chief")
    page = f"/manuscripts/{manuscript.reference}/correct/1"
    refused = post(chief, page, version=1, on="2026-03-01")
    assert refused.status_code == 422
    assert "Give the reason for the correction" in refused.text
    assert 'value="2026-03-01"' in refused.text
    assert post(chief, page, version=1, on="2026-03-01", reason="The letter.").status_code == 302
    assert reloaded(manuscript).received_on == date(2026, 3, 1)


def test_what_was_invited_back_becomes_a_new_record(as_: As, who: People) -> None:
    manuscript, chief = manuscript_that_is(State.UNDER_REVIEW, who.journal), as_("chief")
    manuscript = step(manuscript, "rejected", date(2026, 4, 1), kind="resubmit_invited")
    page = f"/manuscripts/{manuscript.reference}"
    assert "Enter the re-submission" in chief.get(f"{page}/record/received").text
    answer = post(chief, f"{page}/record/received", version=manuscript.version, on="2026-05-01")
    assert answer.location != page
    assert f'<a href="{page}">{manuscript.reference}</a>' in chief.get(answer.location).text
    assert reloaded(manuscript).state == "rejected"


def test_production_facts_are_kept(as_: As, who: People) -> None:
    manuscript, chief = manuscript_that_is(State.ACCEPTED, who.journal), as_("chief")
    page = f"/manuscripts/{manuscript.reference}"
    post(
        chief, f"{page}/record/published", version=manuscript.version, on="2026-05-20", doi="10.5555/12345678",
        volume="2", article_number="3",
    )  # fmt: skip
    shown = chief.get(page).text
    assert "10.5555/12345678" in shown
    assert "Published online 20 May 2026" in shown


def test_settings_are_changed_by_the_chief_editor_only(as_: As, who: People) -> None:
    chief = as_("chief")
    facts = {
        "title": "A Better Title",
        "timezone": "Europe/Lisbon",
        "required_reviews": "3",
        "anonymity": "double_anonymized",
    }
    assert post(as_("editor"), "/settings/ijcp", **facts).status_code == 403
    assert post(chief, "/settings/ijcp", **{**facts, "timezone": "Nowhere/Land"}).status_code == 422
    assert "write 1, 2 or 3" in post(chief, "/settings/ijcp", **{**facts, "required_reviews": "many"}).text
    assert post(chief, "/settings/ijcp", **facts).location == "/settings/ijcp"
    page = chief.get("/settings/").text
    assert "A Better Title" in page
    assert "Europe/Lisbon" in page
