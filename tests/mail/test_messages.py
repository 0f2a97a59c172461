"""A letter's row as a message: heads, threads, and what is refused in them."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest

from tracker.domain.errors import BadInput
from tracker.mail.addresses import sender_address
from tracker.mail.links import UNSUBSCRIBE
from tracker.mail.messages import message_id, message_of, thread_id
from tracker.models import Letter

NOW = datetime(2026, 6, 1, 9, 30, tzinfo=UTC)


def row(**changed: str) -> Letter:
    columns = {
        "to_name": "Ada Lovelace", "to_email": "ada@example.org", "reply_to": "editor@example.org",
        "from_name": "Zoë Editor via Journal of Careful Practice", "subject": "Your review, due soon",
        "text_body": "Dear Ada,\n", "html_body": "<p>Dear Ada,</p>", "message_id": "<abc@example.org>",
        "thread_id": "<thread.1@example.org>",
    }  # fmt: skip
    return Letter(**{**columns, **changed})


def test_the_head_says_who_writes_to_whom_and_that_a_program_wrote_it() -> None:
    message = message_of(row(), mail_from="Tracker <tracker@example.org>", now=NOW)
    assert {name: str(value) for name, value in message.items() if name not in ("MIME-Version", "Content-Type")} == {
        "From": "Zoë Editor via Journal of Careful Practice <tracker@example.org>",
        "To": "Ada Lovelace <ada@example.org>",
        "Reply-To": "editor@example.org",
        "Subject": "Your review, due soon",
        "Date": "Mon, 01 Jun 2026 09:30:00 +0000",
        "Message-ID": "<abc@example.org>",
        "In-Reply-To": "<thread.1@example.org>",
        "References": "<thread.1@example.org>",
        "Auto-Submitted": "auto-generated",
    }
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize(
    "field", ["to_name", "to_email", "reply_to", "from_name", "subject", "message_id", "thread_id"]
)
@pytest.mark.parametrize("mark", ["\r", "\n", "\0", "\r\nBcc: all@example.org"])
def test_a_line_break_or_nul_in_a_head_is_refused(field: str, mark: str) -> None:
    with pytest.raises(BadInput):
        message_of(row(**{field: f"ada{mark}@example.org"}), mail_from="tracker@example.org", now=NOW)


@pytest.mark.parametrize("address", ["", "ada", "ada@", "@example.org", "a b@example.org", "a@b,c@d", "<a@b>"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(BadInput, match="no mail address"):
        message_of(row(to_email=address), mail_from="tracker@example.org", now=NOW)


def test_a_message_id_is_made_of_the_row_and_the_installations_name() -> None:
    assert message_id("f00", "https://tracker.example.org:8000/x") == "<f00@tracker.example.org>"
    assert message_id("f00", "http://127.0.0.1:5000") == "<f00@[127.0.0.1]>"
    assert message_id("f00", "http://[::1]:5000") == "<f00@[IPv6:::1]>"


def test_a_thread_belongs_to_one_person_and_one_manuscript() -> None:
    base = "https://tracker.example.org"
    threads = {
        thread_id(manuscript, email, role, base)
        for manuscript in ("m1", "m2")
        for email, role in (("ada@example.org", "author"), ("grace@example.org", "reviewer"))
    }
    assert len(threads) == 4
    assert thread_id("m1", "Ada@Example.org", "author", base) in threads
    assert not any("ada" in thread or "m1" in thread for thread in threads)


def test_the_sender_may_be_given_with_a_name() -> None:
    assert sender_address("The Journal <office@example.org>") == "office@example.org"
    assert sender_address("tracker@localhost") == "tracker@localhost"


LONG_NAME = "submissions-and-reviews.journal-of-careful-practice.faculty.university.example.org"


def test_identifiers_and_the_link_to_unsubscribe_stand_on_the_wire_as_they_are() -> None:
    link = f"https://{LONG_NAME}/unsubscribe/{'t' * 43}"
    ours, thread = message_id("f" * 32, f"https://{LONG_NAME}"), thread_id("m1", "a@b.org", "author", f"//{LONG_NAME}")
    letter = row(message_id=ours, thread_id=thread, text_body=f"To get no more: {UNSUBSCRIBE}\n")
    message = message_of(letter, mail_from="tracker@example.org", now=NOW, links={UNSUBSCRIBE: link})
    heads = message.as_bytes().partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    assert {
        f"Message-ID: {ours}", f"In-Reply-To: {thread}", f"References: {thread}", f"List-Unsubscribe: <{link}>",
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "Auto-Submitted: auto-generated",
    } <= set(heads)  # fmt: skip


def test_a_link_to_a_name_beyond_ascii_is_written_as_every_server_knows_it() -> None:
    letter = row(text_body=f"To get no more: {UNSUBSCRIBE}\n")
    links = {UNSUBSCRIBE: "https://für.example:8000/unsubscribe/token"}
    message = message_of(letter, mail_from="tracker@example.org", now=NOW, links=links)
    assert b"<https://xn--fr-xka.example:8000/unsubscribe/token>" in message.as_bytes()


@pytest.mark.parametrize(
    "text",
    [
        "Dear Ada,\n\n.a line with a dot\n.\n=_next\n--=_next\nFrom here on\n", "trailing space \nand a tab\t\n\n\n",
        "“Über” — ñ 漢字 \N{ROCKET} " * 40 + "\n", "a=b " + "x" * 300 + "\n", "\r\nold\r\nlines\r\n", "no end of line",
        "a\N{LINE SEPARATOR}b\x0cc\n",
    ],
)  # fmt: skip
def test_every_text_arrives_as_it_was_written(text: str) -> None:
    letter = row(text_body=text, html_body=f"<p>{text}</p>")
    wire = message_of(letter, mail_from="tracker@example.org", now=NOW).as_bytes()
    assert max(len(line) for line in wire.split(b"\r\n")) <= 78
    assert b"\n" not in wire.replace(b"\r\n", b"")
    read = message_from_bytes(wire, policy=policy.default)
    written = {"plain": text, "html": f"<p>{text}</p>"}
    for subtype, body in written.items():
        part = read.get_body((subtype,))
        assert part is not None
        wanted = body.replace("\r\n", "\n").removesuffix("\n") + "\n"
        assert part.get_content().replace("\r\n", "\n") == wanted
    plain = message_of(row(text_body=text, html_body=""), mail_from="tracker@example.org", now=NOW)
    assert message_from_bytes(plain.as_bytes(), policy=policy.default).get_content_type() == "text/plain"


def test_an_answer_goes_to_everybody_named() -> None:
    several = row(reply_to="ada@example.org, grace@example.org")
    wire = message_of(several, mail_from="tracker@example.org", now=NOW).as_bytes()
    assert b"\r\nReply-To: ada@example.org, grace@example.org\r\n" in wire
