"""Whatever people type, a letter has the heads that it was given, each once, and goes to one person."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import getaddresses

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.mail.test_messages import NOW, row
from tracker.domain.errors import BadInput
from tracker.mail.addresses import checked_address
from tracker.mail.heads import LETTER, Head, Person, people_head, text_head, verbatim_head
from tracker.mail.messages import message_of
from tracker.mail.mime import fill, put
from tracker.mail.smtp import open_post
from tracker.mail.smtp_answers import RefusedForGood
from tracker.mail.wire import wire_of

INJECTED = "Trust =?utf-8?q?in=0d=0aX-Injected:_yes=0d=0aReply-To:_evil=40evil.example=0d=0a=0d=0aPlease_write?= teams"
LONG_NAME = (
    "Prof. Dr. Maximiliana Alexandra Josephine von und zu Wittelsbach, attacker@evil.example, and others of the house"
)
HEADS = ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
         "MIME-Version", "Content-Type"]  # fmt: skip
MARKS = [
    "=?", "?=", "=?utf-8?q?", "=?utf-8?b?DQpYOiB5?=", "=?utf-8?q?=0d=0aX-Injected:_yes=0d=0a=0d=0a?=", "=0d=0a", "=",
    ",", ";", ":", "@", "<", ">", "(", ")", "[", "]", '"', "\\", ".", "'", "_", "?", "#", " ", "  ", "\t", "\v", "\f",
    "\x1c", "\x1b", "\x7f", "\x85", "\xa0", "\u2028", "\u2029", "\ud800", "\udfff", "\u202e", "\u200f", "\u200b",
    "e\u0301", "שלום", "مرحبا", "漢字", "\N{ROCKET}", "Ada", "attacker@evil.example", "<attacker@evil.example>",
    "Bcc: all@x.org", "x" * 90, "ä" * 90,
]  # fmt: skip
ANYTHING = st.characters(exclude_characters="\r\n\0", exclude_categories=())
TEXTS = st.one_of(
    st.text(ANYTHING, max_size=500),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=500),
    st.lists(st.sampled_from(MARKS), max_size=40).map("".join),
    st.lists(st.sampled_from(["Prof.", "Ada", "O'Hara-King", "von", "x" * 60, "y" * 67]), max_size=12).map(" ".join),
    st.lists(st.one_of(st.sampled_from(MARKS), st.text(ANYTHING, max_size=9)), max_size=60).map(" ".join),
)
BREAKS = st.builds("{}{}{}".format, TEXTS, st.sampled_from(["\r", "\n", "\0", "\r\n", "\r\nBcc: a@x.org"]), TEXTS)


def put_right(text: str) -> str:
    """What a reader should see of it."""
    return " ".join(re.sub("[\ud800-\udfff]", "\ufffd", re.sub("[\x00-\x1f\x7f-\x9f]", " ", text)).split())


def unfolded(read: Message, name: str) -> str:
    return re.sub(r"\r?\n(?=[ \t])", "", str(read[name]))


def decoded(text: str) -> str:
    return str(make_header(decode_header(text)))


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
@example(INJECTED, LONG_NAME, INJECTED)
@example("", "", "")
@example(" \t ", "   ", "\u2028")
@example("x" * 500, "x" * 500, "ä" * 500)
@example("=?utf-8?q?a?=", '"', "\\")
@example("Prof. " + "x" * 80, "Prof. " + "x" * 80, "Prof. Ada " * 12)
def test_what_was_meant_is_what_is_read(subject: str, from_name: str, to_name: str) -> None:
    letter = row(subject=subject, from_name=from_name, to_name=to_name)
    wire = wire_of(message_of(letter, mail_from="tracker@example.org", now=NOW))
    head, _, body = wire.partition(b"\r\n\r\n")
    assert max(map(len, head.split(b"\r\n"))) <= 76
    assert (head.isascii(), re.search(rb"\r(?!\n)|(?<!\r)\n|\0|\n[ \t]*\r", head)) == (True, None)
    modern = BytesParser(policy=policy.default).parsebytes(wire)
    assert modern.keys() == HEADS
    assert (str(modern["Subject"]), modern["Subject"].defects) == (put_right(subject), ())
    old = BytesParser(policy=policy.compat32).parsebytes(wire)
    assert old.keys() == HEADS
    assert decoded(unfolded(old, "Subject")) == put_right(subject)
    for name, address, shown in (("From", "tracker@example.org", from_name), ("To", "ada@example.org", to_name)):
        (person,) = modern[name].addresses
        # The package puts a space between encoded words of a name, and forgets one at the end of the last.
        assert (person.addr_spec, unspaced(person.display_name)) == (address, unspaced(shown))
        ((called, found),) = getaddresses([unfolded(old, name)])
        assert (found, decoded(called)) == (address, put_right(shown))
        assert [found for _, found in getaddresses([str(old[name])])] == [address]
    assert body.startswith(b"--=_next\r\n")


def unspaced(text: str) -> str:
    return put_right(text).replace(" ", "")


@settings(max_examples=60, deadline=None)
@given(BREAKS)
def test_a_line_break_or_nul_is_refused_wherever_it_stands(text: str) -> None:
    with pytest.raises(BadInput, match="line break"):
        text_head("Subject", text)
    with pytest.raises(BadInput, match="line break"):
        people_head("To", [Person("ada@example.org", text)])
    with pytest.raises(BadInput, match="ASCII alone"):
        verbatim_head("Message-ID", text)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("", "To: ada@example.org"), ("Ada Lovelace", "To: Ada Lovelace <ada@example.org>"),
        ("Prof. Ada O'Hara-King", 'To: "Prof. Ada O\'Hara-King" <ada@example.org>'),
        ("King, Ada", "To: =?utf-8?q?King=2C_Ada?= <ada@example.org>"),
        ("Zoë", "To: =?utf-8?q?Zo=C3=AB?= <ada@example.org>"),
        ("=?utf-8?q?a?=", "To: =?utf-8?q?=3D=3Futf-8=3Fq=3Fa=3F=3D?= <ada@example.org>"),
    ],
)  # fmt: skip
def test_a_name_is_as_readable_as_it_can_safely_be(name: str, written: str) -> None:
    assert people_head("To", [Person("ada@example.org", name)]).lines == [written]


def test_a_plain_subject_stands_as_it_is_and_is_folded_between_words() -> None:
    subject = "Your review for the Journal of Careful Practice: “On True Dates”, due on Monday, 1 June 2026"
    assert text_head("Subject", subject.replace("“", "'").replace("”", "'")).lines == [
        "Subject: Your review for the Journal of Careful Practice: 'On True Dates',",
        " due on Monday, 1 June 2026",
    ]
    assert text_head("Subject", subject).lines == [
        "Subject: =?utf-8?q?Your_review_for_the_Journal_of_Careful_Practice=3A_?=",
        " =?utf-8?q?=E2=80=9COn_True_Dates=E2=80=9D=2C_due_on_Monday=2C_1_J?=",
        " =?utf-8?q?une_2026?=",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "=?utf-8?q?a=40evil.example=2C?=@example.org", "a=?b@example.org", "a(b)@example.org", "a@example.org(b)",
        "[a]@example.org", "a..b@example.org", ".a@example.org", "a.@example.org", "a@b@example.org", "a@exa mple.org",
        "a@example..org", "a@-\u2028.org", "a\x7f@example.org", "a\x1b@example.org", "a\u202e@example.org",
        "a\ud800@example.org", "a@\ud800.org", "a@example.org\uff0cattacker\uff20evil.example", "a@x\uff20y.org",
        "a@example\uff0corg", "a\xa0b@example.org", "a@example.org\n", "a" * 250 + "@example.org", '"a b"@example.org',
    ],
)  # fmt: skip
def test_an_address_in_which_a_second_one_could_be_read_is_none(address: str) -> None:
    with pytest.raises(BadInput, match="no mail address"):
        checked_address(address)


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("o'hara+x=y@mail.example.org", "o'hara+x=y@mail.example.org"), ("Tracker@localhost", "Tracker@localhost"),
        ("jürgen@für.example", "jürgen@xn--fr-xka.example"), ("a@例え。テスト", "a@xn--r8jz45g.xn--zckzah"),
    ],
)  # fmt: skip
def test_an_address_is_known_as_every_server_knows_it(address: str, known: str) -> None:
    assert checked_address(address) == known


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(TEXTS, st.sampled_from(["example.org", "für.example"])))
def test_what_passes_for_an_address_is_one(local: str, domain: str) -> None:
    try:
        address = checked_address(f"{local}@{domain}")
    except BadInput:
        return
    assert getaddresses([f"{address}, b@example.org"]) == [("", address), ("", "b@example.org")]
    assert getaddresses([f"Ada <{address}>"]) == [("Ada", address)]


def injecting(*heads: Head) -> EmailMessage:
    """A letter in which these heads stand instead of its own, as if they had been written wrongly."""
    message = message_of(row(), mail_from="tracker@example.org", now=NOW)
    for head in heads:
        message.replace_header(head.name, head)
    return message


ADA = people_head("To", [Person("ada@example.org")]).addresses
TWO = [*ADA, *people_head("To", [Person("evil@evil.example")]).addresses]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        (Head("Subject", "x", ["Subject: x", "X-Injected: yes"]), "not those"),
        (Head("Subject", "x", ["Subject: x", "Subject: y"]), "not those"),
        (Head("Subject", "x", ["Subject: x\nX-Injected: yes"]), "not those|cannot be written"),
        (Head("Subject", "x", ["Subject: x", "", "Please write"]), "not those|cannot be written"),
        (Head("Subject", "x", ["Subject: x", "Please write"]), "not those|cannot be written"),
        (Head("Subject", "x", ["Subject: \ud800"]), "cannot be written"),
        (Head("To", "x", ["To: Ada, evil@evil.example, <ada@example.org>"], ADA), "somebody else"),
        (Head("To", "x", ["To: evil@evil.example"], ADA), "somebody else"),
        (Head("To", "x", ["To: ada@example.org, evil@evil.example"], TWO), "somebody else"),
        (Head("Reply-To", "x", ["Reply-To: evil@evil.example"], ADA), "somebody else"),
    ],
)
def test_a_letter_that_would_say_another_thing_stays_here(head: Head, why: str) -> None:
    with pytest.raises(RefusedForGood, match=f"was not sent, as .*({why})") as refused:
        wire_of(injecting(head))
    assert not refused.value.address_at_fault
    with open_post("demo:") as post, pytest.raises(RefusedForGood):
        post.deliver(injecting(head))


def test_no_head_stands_twice() -> None:
    message = EmailMessage(policy=LETTER)
    put(message, text_head("Subject", "One"))
    with pytest.raises(ValueError, match="at most 1"):
        put(message, text_head("subject", "Two"))


def test_half_a_character_in_the_words_does_not_stop_a_letter() -> None:
    message = EmailMessage(policy=LETTER)
    fill(message, "a\ud800b\n", "")
    assert message_from_bytes(message.as_bytes(), policy=policy.default).get_content() == "a?b\r\n"
