"""Delivery to a real mail server: every letter's fate, whatever the server does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from tests.mail.servers import Mailbox, free_port, smtp_server
from tests.people import NOW
from tests.services.reminding import (
    FIRST_LETTER_ON,
    act,
    at,
    deliver,
    fates,
    letters,
    live_journal,
    next_looks,
    one_pass,
    plan,
    revision_due,
    states,
)
from tracker.db import db, transaction
from tracker.domain.audit import Change
from tracker.domain.errors import Refused
from tracker.mail import messages, smtp
from tracker.mail.heads import Head, Person, people_head
from tracker.models import AuditEntry, Letter, RefusedAddress
from tracker.services import outbox
from tracker.services.actors import OPERATOR, Actor
from tracker.services.delivery import RETRY_DELAYS
from tracker.services.history import undo_last_step
from tracker.services.journals import change_journal

pytestmark = pytest.mark.usefixtures("app")
DAY = FIRST_LETTER_ON


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def url(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(smtp, "TIMEOUT_SECONDS", 1.0)
    with smtp_server(mailbox) as address:
        yield address


def queued(*names: str) -> None:
    """A letter to each of these people, waiting."""
    journal = live_journal()
    for n, name in enumerate(names or ("ada",), start=1):
        revision_due(journal, n, email=f"{name}@example.org")
    plan(DAY)


def only_letter() -> Letter:
    (letter,) = letters()
    return letter


def decide(verb: str, *, by: Actor = OPERATOR, day: date = DAY) -> None:
    with transaction() as session:
        letter = session.scalars(select(Letter)).one()
        if verb == "cancel":
            outbox.cancel_letter(letter, by=by, now=at(day))
        else:
            {"retry": outbox.retry_letter, "release": outbox.release_letter}[verb](
                letter, by=by, now=at(day), today=day
            )


def test_a_letter_that_is_due_arrives_once(url: str, mailbox: Mailbox) -> None:
    queued("ada")
    for _ in range(3):
        one_pass(DAY, url)
    (taken,) = mailbox.letters
    letter = only_letter()
    assert str(taken["Message-ID"]) == letter.message_id
    assert (letter.state, letter.attempts, letter.sent_at) == ("sent", 1, at(DAY))


def test_every_failure_has_its_fate_and_holds_up_nobody(url: str, mailbox: Mailbox) -> None:
    queued("unknown", "busy", "dropped", "hangs", "content", "grace")
    done = deliver(DAY, url)
    assert states() == {
        "unknown@example.org": "parked", "busy@example.org": "failed", "dropped@example.org": "uncertain",
        "hangs@example.org": "uncertain", "content@example.org": "parked", "grace@example.org": "sent",
    }  # fmt: skip
    assert (done.sent, done.failed, done.parked, done.uncertain) == (1, 1, 2, 2)
    assert list(db.session.scalars(select(RefusedAddress.address))) == ["unknown@example.org"]
    assert {letter.state: letter.last_error for letter in letters()}["failed"] == "451 4.3.0 come again later"


def test_a_letter_that_fails_is_tried_again_with_growing_delays_and_then_parked(url: str) -> None:
    queued("busy")
    now, waits = at(DAY, 9), []
    for _ in range(6):
        deliver(now.date(), url, now=now)
        letter = only_letter()
        waits.append(letter.not_before_at - now)
        now = max(letter.not_before_at, now)
        if now.hour >= 17 or now.hour < 8:
            now = at(now.date() + timedelta(days=1), 8)
    assert waits[:5] == list(RETRY_DELAYS)
    assert (only_letter().state, only_letter().attempts) == ("parked", 6)


def test_a_letter_that_would_go_to_somebody_else_is_left_to_a_person_and_holds_up_nobody(
    url: str, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrongly_written(name: str, people: Iterable[Person]) -> Head:
        head = people_head(name, people)
        if (name, str(head.addresses[0].username)) == ("To", "ada"):
            head.lines = ["To: evil@evil.example, ada@example.org"]
        return head

    monkeypatch.setattr(messages, "people_head", wrongly_written)
    queued("grace", "ada", "bo")
    done = deliver(DAY, url)
    assert states() == {"grace@example.org": "sent", "ada@example.org": "parked", "bo@example.org": "sent"}
    assert (done.sent, done.parked, sorted(mailbox.recipients)) == (2, 1, ["bo@example.org", "grace@example.org"])
    (error,) = (letter.last_error for letter in letters() if letter.state == "parked")
    assert error.startswith("The letter was not sent, as it would come from, or go to, somebody else.")
    assert list(db.session.scalars(select(RefusedAddress.address))) == []


def test_a_server_that_is_down_costs_no_letter_an_attempt() -> None:
    queued("ada", "grace")
    done = deliver(DAY, f"smtp://127.0.0.1:{free_port()}")
    assert "cannot be used" in done.problem
    assert [(letter.state, letter.attempts) for letter in letters()] == [("queued", 0), ("queued", 0)]


def test_a_sender_that_is_refused_leaves_the_letters_waiting(url: str, mailbox: Mailbox) -> None:
    mailbox.rejects_sender = True
    queued("ada", "grace")
    assert "does not take letters from tracker@example.org" in deliver(DAY, url).problem
    assert [(letter.state, letter.attempts) for letter in letters()] == [("queued", 0), ("queued", 0)]


def test_without_a_server_letters_wait() -> None:
    queued("ada")
    assert deliver(DAY, "").problem.startswith("No mail server is configured")
    assert states() == {"ada@example.org": "queued"}


def test_completed_at_one_minute_to_eight_means_no_letter_at_eight(mailbox: Mailbox, url: str) -> None:
    manuscript, morning = revision_due(live_journal()), DAY + timedelta(days=1)
    plan(DAY, now=at(DAY, 16, 59))
    deliver(DAY, url, now=at(DAY, 17))
    act(manuscript, "resubmitted", morning)  # at 07:59
    deliver(morning, url, now=at(morning, 8))
    assert mailbox.letters == []
    assert only_letter().state == "cancelled"
    assert fates() == []


@pytest.mark.parametrize(
    ("action", "wish"),
    [
        ("held", {"note": "The author is ill."}),
        ("withdrawn", {"note": "The author asked for it."}),
        ("extended", {"due_on": date(2026, 7, 1), "details": {"task": "revision:1"}}),
    ],
)
def test_a_hold_a_withdrawal_or_another_date_cancels_what_waits(
    action: str, wish: dict[str, object], mailbox: Mailbox, url: str
) -> None:
    manuscript = revision_due(live_journal())
    plan(DAY)
    act(manuscript, action, DAY, **wish)
    deliver(DAY, url)
    assert (mailbox.letters, only_letter().state) == ([], "cancelled")


def test_what_was_undone_is_owed_again(mailbox: Mailbox, url: str) -> None:
    manuscript = revision_due(live_journal())
    plan(DAY)
    act(manuscript, "resubmitted", DAY)
    deliver(DAY, url)
    with transaction() as session:
        undo_last_step(session.merge(manuscript), by=OPERATOR, now=at(DAY, 11), today=DAY)
    one_pass(DAY + timedelta(days=1), url)
    assert sorted(letter.state for letter in letters()) == ["cancelled", "sent"]
    assert len(mailbox.letters) == 1


def test_a_letter_about_two_tasks_goes_on_about_the_one_that_is_left(mailbox: Mailbox, url: str) -> None:
    journal = live_journal()
    done, _ = (revision_due(journal, n, email="ada@example.org") for n in (1, 2))
    plan(DAY)
    act(done, "resubmitted", DAY)
    deliver(DAY, url)
    (taken,) = mailbox.letters
    assert taken["Subject"] == "Your revised manuscript IJCP-2026-002 for Careful Practice, due on 27 May 2026"
    letter = only_letter()
    assert (letter.state, letter.task_key, len(letter.steps)) == ("sent", "revision:1", 1)


def test_a_letter_that_waited_past_its_due_date_is_worded_anew(mailbox: Mailbox, url: str) -> None:
    journal = live_journal(settings={"reminders_live": True, "letter_steps": {"revision": [-1]}})
    revision_due(journal, email="ada@example.org")
    plan(date(2026, 5, 26))
    deliver(date(2026, 5, 28), url)
    assert [str(taken["Subject"]) for taken in mailbox.letters] == [
        "Your revised manuscript IJCP-2026-001 for Careful Practice: when may we expect it?"
    ]


def test_a_letter_that_could_not_leave_for_six_days_is_out_of_date(mailbox: Mailbox, url: str) -> None:
    queued("ada")
    deliver(DAY + timedelta(days=6), url)
    assert (mailbox.letters, only_letter().state, fates()) == ([], "cancelled", [(-7, "stale")])


def test_what_waits_overnight_leaves_when_the_window_opens(mailbox: Mailbox, url: str) -> None:
    queued("ada")
    deliver(DAY, url, now=at(DAY, 17, 1))
    assert only_letter().not_before_at == at(DAY + timedelta(days=1), 8)
    deliver(DAY + timedelta(days=1), url, now=at(DAY + timedelta(days=1), 8))
    assert only_letter().state == "sent"


def test_switching_to_dry_run_stops_what_waits(mailbox: Mailbox, url: str) -> None:
    journal = live_journal()
    revision_due(journal)
    plan(DAY)
    with transaction() as session:
        change_journal(session.merge(journal), by=OPERATOR, now=NOW, settings={"reminders_live": False})
    deliver(DAY, url)
    assert (mailbox.letters, only_letter().state) == ([], "queued")


def test_a_claim_whose_process_died_becomes_uncertain_and_stays_so(mailbox: Mailbox, url: str) -> None:
    queued("ada")
    with transaction() as session:
        session.execute(update(Letter).values(state="sending", claimed_at=at(DAY, 9)))
    deliver(DAY, url, now=at(DAY, 9, 10))
    assert states() == {"ada@example.org": "sending"}
    done = deliver(DAY, url, now=at(DAY, 9, 16))
    assert (done.set_aside, states()) == (1, {"ada@example.org": "uncertain"})
    deliver(DAY, url, now=at(DAY, 12))
    assert mailbox.letters == []


def test_a_person_may_release_what_is_uncertain_and_the_message_id_stays(mailbox: Mailbox, url: str) -> None:
    queued("dropped")
    deliver(DAY, url)
    decide("release")
    deliver(DAY, url)
    assert len({str(letter["Message-ID"]) for letter in mailbox.letters}) == 1
    assert len(mailbox.letters) == 2


def test_releasing_a_parked_letter_gives_its_address_another_chance(url: str) -> None:
    queued("unknown")
    deliver(DAY, url)
    decide("release", day=DAY + timedelta(days=30))
    assert list(db.session.scalars(select(RefusedAddress))) == []
    deliver(DAY + timedelta(days=30), url)
    assert only_letter().state == "parked"


def test_a_letter_that_a_person_cancelled_is_not_planned_again(mailbox: Mailbox, url: str) -> None:
    queued("ada")
    decide("cancel")
    one_pass(DAY, url)
    one_pass(DAY + timedelta(days=1), url)
    assert (mailbox.letters, only_letter().state, fates()) == ([], "cancelled", [(-7, "written")])
    assert next_looks() == [date(2026, 6, 1)]


def test_only_what_waits_for_a_person_is_decided_about() -> None:
    queued("ada")
    with pytest.raises(Refused, match="is queued; it cannot be released"):
        decide("release")
    with pytest.raises(Refused, match="is queued; it cannot be tried again"):
        decide("retry")
    with pytest.raises(Refused, match="by an editor or an assistant"):
        decide("cancel", by=Actor("somebody", "reader"))
    deliver(DAY)
    with pytest.raises(Refused, match="is sent; it cannot be cancelled"):
        decide("cancel")


def test_an_address_that_cannot_be_written_in_a_head_parks_its_letter(mailbox: Mailbox, url: str) -> None:
    queued("ada", "grace")
    with transaction() as session:
        session.execute(update(Letter).where(Letter.to_email == "ada@example.org").values(to_name="Ada\r\nBcc: x@y.z"))
    deliver(DAY, url)
    assert states() == {"ada@example.org": "parked", "grace@example.org": "sent"}


def test_what_a_person_decides_about_a_letter_is_in_the_trail(url: str) -> None:
    queued("ada")
    decide("cancel")
    decisions = select(AuditEntry).where(AuditEntry.what == Change.LETTER_DECIDED)
    assert [(one.actor, one.after["decided"]) for one in db.session.scalars(decisions)] == [(OPERATOR.uid, "cancelled")]
