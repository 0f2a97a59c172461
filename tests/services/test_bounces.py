"""Letters that came back (RFC 3464): which letter, which address, and what nobody should believe."""

from __future__ import annotations

import mailbox
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from sqlalchemy import select

from tests.services.reminding import FIRST_LETTER_ON, at, letters, live_journal, one_pass, revision_due
from tracker.db import db, transaction
from tracker.domain.errors import BadInput
from tracker.formats.delivery_reports import read_delivery_reports
from tracker.mail.mailboxes import messages_in
from tracker.models import Letter, RefusedAddress
from tracker.services import outbox
from tracker.services.actors import OPERATOR
from tracker.services.bounces import Bounced, note_bounce, note_bounces

DAY = FIRST_LETTER_ON
REPORT = """\
From: MAILER-DAEMON@mx.example.net
To: tracker@example.org
Date: {date}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="edge"

--edge
Content-Type: text/plain

I am sorry to have to inform you.

--edge
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Wed, 20 May 2026 09:00:05 +0000

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {answer}

--edge
Content-Type: {returned}

Message-ID: {message_id}
Subject: Your revised manuscript

--edge--
"""


def report(
    *, recipient: str = "ada@example.org", action: str = "failed", status: str = "5.1.1",
    answer: str = "550 5.1.1 no such person here", message_id: str = "", returned: str = "text/rfc822-headers",
    date: str = "Wed, 20 May 2026 10:00:00 +0000",
) -> bytes:  # fmt: skip
    return REPORT.format(**locals()).encode()


def sent() -> Letter:
    """A letter to ada@example.org that has left."""
    revision_due(live_journal(), email="ada@example.org")
    one_pass(DAY)
    (letter,) = letters()
    assert letter.state == "sent"
    return letter


def noted(raw: bytes) -> Bounced:
    with transaction():
        return note_bounce(raw, now=at(DAY, 12))


def refused() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(RefusedAddress.address)))


def state() -> tuple[str, str]:
    (letter,) = letters()
    return letter.state, letter.last_error


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_letter_that_came_back_is_parked_and_its_address_written_to_no_more(returned: str) -> None:
    letter = sent()
    raw = report(message_id=letter.message_id, recipient="forwarded@elsewhere.example", returned=returned)
    assert noted(raw).returned == 1
    assert state() == ("parked", "It came back: 550 5.1.1 no such person here")
    assert refused() == ["ada@example.org"]
    assert noted(raw).returned == 0, "told twice, it is known already"


@pytest.mark.usefixtures("app")
def test_a_report_without_the_letters_name_is_matched_by_its_recipient() -> None:
    sent()
    assert noted(report(recipient="ADA@example.org")).returned == 1
    assert refused() == ["ada@example.org"]


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize(
    ("action", "status", "is_parked"),
    [("delayed", "4.4.1", False), ("relayed", "2.0.0", False), ("failed", "5.2.2", True), ("failed", "4.4.7", True),
     ("failed", "5.7.1", True)],
)  # fmt: skip
def test_only_a_failure_parks_the_letter_and_only_a_bad_address_is_marked(
    action: str, status: str, is_parked: bool
) -> None:
    letter = sent()
    noted(report(message_id=letter.message_id, action=action, status=status))
    assert (state()[0], refused()) == ("parked" if is_parked else "sent", [])


@pytest.mark.usefixtures("app")
def test_a_report_about_an_earlier_sending_says_nothing_about_the_next() -> None:
    raw = report(message_id=sent().message_id)
    noted(raw)
    with transaction() as session:
        outbox.release_letter(session.scalars(select(Letter)).one(), by=OPERATOR, now=at(DAY, 13), today=DAY)
    one_pass(DAY, now=at(DAY, 14))
    assert state()[0] == "sent"
    assert noted(raw).returned == 0
    assert (state()[0], refused()) == ("sent", [])


@pytest.mark.usefixtures("app")
def test_a_report_about_nobody_we_wrote_to_changes_nothing() -> None:
    sent()
    done = noted(report(recipient="stranger@example.net", message_id="<forged@example.net>"))
    assert done.sentences == ("A report about stranger@example.net is about none of our letters.",)
    assert (state()[0], refused()) == ("sent", [])


@pytest.mark.usefixtures("app")
def test_a_mailbox_and_a_maildir_are_read_whole_and_left_as_they_are(tmp_path: Path) -> None:
    letter = sent()
    file, folder = tmp_path / "bounces", tmp_path / "Maildir"
    boxes: list[mailbox.Mailbox[mailbox.Message]] = [mailbox.mbox(file), mailbox.Maildir(folder)]
    for box in boxes:
        box.add(b"Subject: A letter from a person\n\nHello\n")
        box.add(report(message_id=letter.message_id))
        box.close()
    before = file.read_bytes()
    with transaction():
        assert note_bounces(messages_in(file), now=at(DAY, 12)).returned == 1
        assert note_bounces(messages_in(folder), now=at(DAY, 12)) == Bounced(
            1, 0, (f"Letter {letter.id} to ada@example.org: known already.",)
        )
    assert file.read_bytes() == before
    for wrong in (tmp_path / "nothing", tmp_path):
        with pytest.raises(BadInput):
            list(messages_in(wrong))


def test_what_a_report_says_stands_on_one_line_without_tricks() -> None:
    (found,) = read_delivery_reports(report(answer="550 no\x00 such person\x1b[2J " + "x" * 5000))
    assert found.answer.startswith("550 no such person")
    assert len(found.answer) <= 300
    assert found.answer.isprintable()


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\x00" * 5000, b"x" * 2_100_000, b"Date: \xff\n" + report(date="Mon, 99 Foo 0000 99:99:99 +9999"),
        b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3000)),
        b"Content-Type: message/delivery-status\n\nnot a block at all",
        report(returned="text/rfc822-headers; charset=nonsense\nContent-Transfer-Encoding: base64"),
    ],
)  # fmt: skip
def test_what_is_written_to_confuse_is_read_or_passed_over(raw: bytes) -> None:
    assert len(read_delivery_reports(raw)) <= 1


@budget(deadline=None, max_examples=150)
@given(st.data())
def test_no_bytes_make_reading_fail(data: st.DataObject) -> None:
    raw = bytearray(report(message_id="<a@b>"))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    read_delivery_reports(bytes(raw))
    read_delivery_reports(data.draw(st.binary(max_size=300)))
