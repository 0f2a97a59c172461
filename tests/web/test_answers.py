"""Answering a letter by its link: no account, nothing done by looking, nothing possible beyond the one task."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.mail.servers import Mailbox, smtp_server
from tests.people import TODAY, People, manuscript_in, post, reloaded, step
from tests.services.reminding import BASE_URL, deliver, letters, plan
from tracker.db import db, transaction
from tracker.models import Answer, Journal, LedgerEntry, LetterLink, Manuscript, OptOut, Task

As = Callable[[str], FlaskClient]
LINK = re.compile(rf"{re.escape(BASE_URL)}(/answer/[\w-]+)")


@pytest.fixture
def live(who: People) -> People:
    with transaction() as session:
        journal = session.scalars(select(Journal).where(Journal.id == who.journal.id)).one()
        journal.settings = {"reminders_live": True, "anonymity": "double_anonymized"}
    return who


def mailed(day: date = TODAY) -> list[str]:
    """Plan and deliver; gives the texts that arrived."""
    mailbox = Mailbox()
    with smtp_server(mailbox) as url:
        plan(day)
        deliver(day, url)
    return [str(message.get_body(("plain",)).get_content()) for message in mailbox.letters]


def link_in(text: str) -> str:
    (link,) = set(LINK.findall(text.replace("\n", " ")))
    return str(link)


def reviewer_due(who: People, *, agreed: bool = True) -> Manuscript:
    """A reviewer of whom a letter reminds today."""
    found = manuscript_in(who.journal, editor=who.editor)
    sent_on = date(2026, 5, 4) if agreed else TODAY - timedelta(days=4)
    step(found, "sent_to_review", sent_on, reviewers=["Grace Hopper <grace@example.org>"])
    if agreed:
        step(found, "agreed", date(2026, 5, 5), reviewer=1, due_on=TODAY + timedelta(days=7))
    return found


def author_due(who: People) -> Manuscript:
    found = manuscript_in(who.journal, editor=who.editor)
    step(found, "sent_to_review", date(2026, 5, 4), reviewers=["Grace Hopper <grace@example.org>"])
    step(found, "revision_requested", date(2026, 5, 20), kind="minor", due_on=TODAY + timedelta(days=7))
    return found


def give(visitor: FlaskClient, link: str, **chosen: str) -> FlaskClient:
    page = visitor.get(link).text
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    return visitor.post(link, data={"csrf_token": token, **chosen})


def answers() -> list[tuple[str, bool]]:
    db.session.rollback()
    return [(row.kind, row.stops_letters) for row in db.session.scalars(select(Answer).order_by(Answer.id))]


def entries(manuscript: Manuscript) -> list[tuple[str, str]]:
    rows = select(LedgerEntry).where(LedgerEntry.manuscript_id == manuscript.id).order_by(LedgerEntry.position)
    return [(row.action, row.actor) for row in db.session.scalars(rows)]


def test_looking_does_nothing_and_the_page_names_nobody(visitor: FlaskClient, live: People) -> None:
    manuscript = reviewer_due(live)
    (text,) = mailed()
    link, before = link_in(text), len(entries(manuscript))
    for _ in range(3):
        page = visitor.get(link)
        assert (page.status_code, page.headers["Referrer-Policy"]) == (200, "no-referrer")
        assert page.headers["Cache-Control"] == "no-store"
    assert "On the Keeping of True Dates" in page.text
    assert "Lovelace" not in page.text
    assert "Hopper" not in page.text
    assert visitor.head(link).status_code == 200
    assert (answers(), len(entries(manuscript))) == ([], before)
    assert visitor.post(link, data={"answer": "done"}).status_code == 400
    assert answers() == []


def test_the_token_stands_in_the_letter_alone(visitor: FlaskClient, as_: As, live: People) -> None:
    reviewer_due(live)
    (text,) = mailed()
    token = urlsplit(link_in(text)).path.rsplit("/", 1)[-1]
    assert len(token) >= 43  # 256 bits
    (letter,), (link,) = letters(), list(db.session.scalars(select(LetterLink)))
    assert token not in letter.text_body + letter.html_body + link.token_hash
    assert "a link that only the recipient has" in as_("editor").get(f"/outbox/{letter.id}").text
    assert visitor.get(f"/answer/{token[:-1]}x").status_code == 404
    assert visitor.get("/").status_code == 302  # it is no sign-in


def test_done_stops_the_letters_until_the_editor_has_looked(visitor: FlaskClient, as_: As, live: People) -> None:
    reviewer_due(live)
    link = link_in(mailed()[0])
    assert "Thank you" in give(visitor, link, answer="done").text
    assert answers() == [("done", True)]
    assert mailed(TODAY + timedelta(days=8)) == []
    editor = as_("editor")
    assert "One answer waits for you" in editor.get("/reminders/").text
    (answer,) = db.session.scalars(select(Answer))
    assert post(as_("other_editor"), f"/answers/{answer.id}/settle").status_code == 404
    post(editor, f"/answers/{answer.id}/settle")
    assert "answer waits" not in editor.get("/reminders/").text
    assert len(mailed(TODAY + timedelta(days=8))) == 1


def test_a_manuscript_shows_the_answers_about_it_until_what_was_owed_is_recorded(
    visitor: FlaskClient, as_: As, live: People
) -> None:
    manuscript = reviewer_due(live)
    page, editor = f"/manuscripts/{manuscript.reference}", as_("editor")
    give(visitor, link_in(mailed()[0]), answer="done")
    record = f'href="{page}/record/reviewed?reviewer=1">Record review</a>'
    assert (record in editor.get("/reminders/").text, record in editor.get(page).text) == (True, True)
    assert "One answer waits for an editor" in as_("reader").get(page).text
    assert "/settle" not in as_("reader").get(page).text
    step(manuscript, "reviewed", TODAY, reviewer=1)
    for address in (page, "/reminders/", "/"):
        assert "ne answer" not in editor.get(address).text
    post(editor, f"{page}/undo", version=reloaded(manuscript).version)
    assert "One answer waits for an editor" in editor.get(page).text  # it says so still
    (answer,) = db.session.scalars(select(Answer))
    assert post(editor, f"/answers/{answer.id}/settle", then="manuscript").location == page
    assert "answer waits" not in editor.get(page).text


def test_who_cannot_is_followed_by_another_and_that_settles_it(visitor: FlaskClient, as_: As, live: People) -> None:
    manuscript, other = reviewer_due(live), manuscript_in(live.journal, title="Another Work")
    step(other, "sent_to_review", TODAY, reviewers=["Tim Berners <tim@example.org>"])
    give(visitor, link_in(mailed()[0]), answer="cannot")
    (answer,) = db.session.scalars(select(Answer))
    page, editor = f"/manuscripts/{manuscript.reference}", as_("editor")
    invite = f"{page}/record/invited?answer={answer.id}"
    assert f'href="{invite}">Invite another</a>' in editor.get("/reminders/").text
    assert f'<input type="hidden" name="answer" value="{answer.id}">' in editor.get(invite).text
    form = {"on": TODAY.isoformat(), "reviewers": "Ada Byron <byron@example.org>", "answer": answer.id}
    elsewhere = f"/manuscripts/{other.reference}/record/invited"
    assert post(editor, elsewhere, **form, version=reloaded(other).version).status_code == 404
    assert "One answer waits for an editor" in editor.get(page).text
    post(editor, f"{page}/record/invited", **form, version=reloaded(manuscript).version)
    assert "answer waits" not in editor.get(page).text
    assert "Ada Byron" in editor.get(page).text


def test_more_time_is_granted_within_bounds_and_the_editor_is_told(visitor: FlaskClient, as_: As, live: People) -> None:
    manuscript = reviewer_due(live)
    link = link_in(mailed()[0])
    for day in ("2027-06-01", "2026-05-01", "", "tomorrow"):
        assert give(visitor, link, answer="later", until=day).status_code == 422
    assert give(visitor, link, answer="later", until="2026-06-20", note="A busy month.").status_code == 200
    task = db.session.scalars(select(Task).where(Task.kind == "review")).one()
    assert task.due_on == date(2026, 6, 20)
    assert entries(manuscript)[-1] == ("extended", "reviewer by letter")
    assert "A busy month." in as_("editor").get("/reminders/").text
    assert give(visitor, link, answer="later", until="2026-06-25").status_code == 200
    assert "moved twice" in give(visitor, link, answer="later", until="2026-06-30").text


def test_the_page_offers_the_days_that_are_taken(visitor: FlaskClient, live: People) -> None:
    reviewer_due(live)  # due on 8 June, 34 days after it was agreed to
    link = link_in(mailed()[0])
    assert 'min="2026-06-09" max="2026-07-12"' in visitor.get(link).text
    for day, status in (("2026-06-08", 422), ("2026-07-13", 422), ("2026-06-09", 200)):
        assert give(visitor, link, answer="later", until=day).status_code == status


def test_whom_a_letter_in_german_reached_is_answered_in_german(visitor: FlaskClient, live: People) -> None:
    with transaction() as session:
        session.get_one(Journal, live.journal.id).language = "de"
    reviewer_due(live)
    link = link_in(mailed()[0])
    refused = give(visitor, link, answer="later", until="2026-06-08").text
    assert "Wählen Sie einen Tag nach dem 8. Juni 2026 und nicht nach dem 12. Juli 2026." in refused
    for day in ("2026-06-20", "2026-06-25"):
        assert give(visitor, link, answer="later", until=day).status_code == 200
    assert "schon zweimal verschoben" in give(visitor, link, answer="later", until="2026-06-30").text
    assert "Wählen Sie eine der Antworten." in give(visitor, link, answer="perhaps").text
    assert give(visitor, link, answer="cannot").status_code == 200
    dead = visitor.get(link)
    assert (dead.status_code, '<html lang="de">' in dead.text) == (404, True)
    assert "Dieser Link führt nirgends mehr hin" in dead.text
    assert "This link no longer leads anywhere" in visitor.get("/answer/none").text


@pytest.mark.parametrize("agreed", [True, False])
def test_a_reviewer_who_cannot_has_declined_and_the_link_is_dead(
    visitor: FlaskClient, live: People, agreed: bool
) -> None:
    manuscript = reviewer_due(live, agreed=agreed)
    link = link_in(mailed()[0])
    assert give(visitor, link, answer="cannot").status_code == 200
    assert entries(manuscript)[-1] == ("declined", "reviewer by letter")
    dead = visitor.get(link)
    assert (dead.status_code, dead.headers["Referrer-Policy"]) == (404, "no-referrer")
    assert "This link has done its work" in dead.text
    assert mailed(TODAY + timedelta(days=8)) == []


def test_an_invitation_is_answered_with_yes(visitor: FlaskClient, live: People) -> None:
    manuscript = reviewer_due(live, agreed=False)
    link = link_in(mailed()[0])
    assert give(visitor, link, answer="done").status_code == 422
    assert give(visitor, link, answer="agreed").status_code == 200
    assert entries(manuscript)[-1] == ("agreed", "reviewer by letter")
    assert visitor.get(link).status_code == 404


def test_an_invitation_says_by_when_to_answer_and_when_the_review_would_be_due(
    visitor: FlaskClient, live: People
) -> None:
    reviewer_due(live, agreed=False)
    link = link_in(mailed()[0])
    page = visitor.get(link).text
    assert "Please answer by Thursday, 4 June 2026" in page
    assert "The review would be due on Monday, 29 June 2026" in page
    assert "Due on" not in page
    assert "Your review is due on Monday, 29 June 2026" in give(visitor, link, answer="agreed").text


def test_who_cannot_review_is_asked_once_more_and_may_suggest_another(
    visitor: FlaskClient, as_: As, live: People
) -> None:
    manuscript = reviewer_due(live)
    with transaction() as session:
        session.get_one(Manuscript, manuscript.id).abstract = "What dates are for."
    link = link_in(mailed()[0])
    page = visitor.get(link).text
    assert '<button class="btn btn-wide" type="submit" name="answer" value="cannot">' not in page
    assert page.index(">I cannot</summary>") < page.index("Whom would you suggest") < page.index("Send: I cannot")
    assert "What dates are for." in page
    assert give(visitor, link, answer="cannot", note="Ask Ada Byron.").status_code == 200
    assert "<q>Ask Ada Byron.</q>" in as_("editor").get(f"/manuscripts/{manuscript.reference}").text


def test_an_author_who_cannot_tells_the_editor_and_nothing_is_withdrawn(visitor: FlaskClient, live: People) -> None:
    manuscript = author_due(live)
    (text,) = mailed()
    link = link_in(text)
    page = visitor.get(link).text
    assert "Hopper" not in page + text
    assert give(visitor, link, answer="cannot").status_code == 200
    assert answers() == [("cannot", True)]
    assert reloaded(manuscript).state == "revision_requested"
    assert mailed(TODAY + timedelta(days=10)) == []


def test_a_link_dies_with_its_task_and_when_it_is_taken_back(visitor: FlaskClient, as_: As, live: People) -> None:
    manuscript = author_due(live)
    link = link_in(mailed()[0])
    post(as_("editor"), f"/manuscripts/{manuscript.reference}/links/revision:1/revoke")
    assert visitor.get(link).status_code == 404
    again = link_in(mailed(TODAY + timedelta(days=10))[0])
    assert visitor.get(again).status_code == 200
    step(manuscript, "resubmitted", TODAY)
    assert visitor.get(again).status_code == 404


def test_no_more_reminders_is_a_flag_and_a_task_for_the_editor(visitor: FlaskClient, as_: As, live: People) -> None:
    reviewer_due(live)
    link = link_in(mailed()[0])
    assert give(visitor, link, answer="opted_out").status_code == 200
    assert [row.address for row in db.session.scalars(select(OptOut))] == ["grace@example.org"]
    assert mailed(TODAY + timedelta(days=8)) == []
    page = as_("editor").get("/reminders/").text
    assert "wants no more reminders" in page


def test_a_title_cannot_make_a_link(app: Flask, live: People) -> None:
    other = author_due(live)
    with transaction() as session:
        found = session.scalars(select(Manuscript).where(Manuscript.id == other.id)).one()
        found.title = f"~answer:{other.id + 1}:review:1:1~ and ~unsubscribe~"
    (text,) = mailed()
    assert len(set(LINK.findall(text))) == 1
    assert "/unsubscribe/" not in text
    assert len(list(db.session.scalars(select(LetterLink)))) == 1


def test_of_answers_that_nobody_has_looked_at_the_last_stands(visitor: FlaskClient, as_: As, live: People) -> None:
    manuscript = author_due(live)
    link = link_in(mailed()[0])
    for number in range(5):
        give(visitor, link, answer="done", note=f"Sent, attempt {number}.")
    give(visitor, link, answer="later", until="2026-06-20", note="Two weeks more.")
    give(visitor, link, answer="done", note="Sent after all.")
    give(visitor, link, answer="cannot", note="The data are lost.")
    assert answers() == [("later", False), ("cannot", True)], "a day that was moved is history, and is counted"
    page = as_("editor").get("/reminders/").text
    assert ("The data are lost." in page, "Sent after all." in page) == (True, False)
    assert entries(manuscript)[-1] == ("extended", "author by letter")
    post(as_("editor"), f"/answers/{db.session.scalars(select(Answer.id).where(Answer.stops_letters)).one()}/settle")
    give(visitor, link, answer="done")
    assert answers() == [("later", False), ("cannot", True), ("done", True)], "what an editor has looked at stays"


def test_asking_for_no_more_reminders_takes_back_no_answer(visitor: FlaskClient, live: People) -> None:
    reviewer_due(live)
    link = link_in(mailed()[0])
    for chosen in ("done", "opted_out", "opted_out"):
        give(visitor, link, answer=chosen)
    assert answers() == [("done", True), ("opted_out", False)]
