"""What people with bad intentions type is text wherever it comes out: pages, pictures, feeds, files and letters."""

from __future__ import annotations

import csv
import io
import logging
import os
import re
import stat
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from flask import Flask
from lxml import etree
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from tests.cli.running import Terminal
from tests.formats.test_reports import made_up
from tests.mail.servers import Mailbox, smtp_server
from tests.mail.test_heads import HEADS as HEADS_OF_A_LETTER
from tests.mail.test_heads import INJECTED, LONG_NAME
from tests.people import NOW, PASSWORD, TODAY, manuscript_in, post, signed_in, step
from tests.services.reminding import deliver, plan
from tests.web.routes import ANSWER, UNSUBSCRIBE
from tests.web.test_roles import routes_of, sqlite_only
from tests.web.world import World, a_world, let_go
from tracker.app import create_app
from tracker.db import db, transaction
from tracker.domain.yearly import BoardReport
from tracker.formats.article_record import AuthorRecord
from tracker.formats.board_report import board_pdf
from tracker.models import Manuscript, Reviewer
from tracker.services.actors import OPERATOR
from tracker.services.journals import change_journal
from tracker.web.safety import HEADERS

SCRIPT = "<script>alert(1)</script>"
MARKUP = f"{SCRIPT}\"'><img src=x onerror=alert(1)>&amp;]]>"
FORMULA = '=HYPERLINK("http://evil.example","x")'
TEMPLATE = "{{ 7*191 }}{% for x in [1] %}{{ config }}{% endfor %}${7*191}"
BREAKS = "On\r\nBcc: evil@example.org\r\nBEGIN:VEVENT"
TOO_LONG = {"CONTENT_LENGTH": str(21 * 1024 * 1024)}
FORM = "multipart/form-data; boundary=x"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    return a_world(app)


def a_bad_work(world: World, text: str) -> Manuscript:
    """A manuscript whose every word is bad: title, author, affiliation, section, tags, notes and reviewer."""
    author = AuthorRecord(text, text, "bad@example.org", affiliation=text, biography=text)
    found = manuscript_in(
        world.who.journal, title=f"{text} {len(text)}", authors=[author], editor=world.who.editor
    )  # fmt: skip
    step(found, "sent_to_review", TODAY - timedelta(days=28), reviewers=["Bad <r@example.org>"], note=text)
    with transaction() as session:  # nobody can type such a name any more; it may be there from before
        reviewer = session.scalars(select(Reviewer).where(Reviewer.manuscript_id == found.id)).one()
        reviewer.name = " ".join(re.sub("[<>]", "", text).split())[:200]
    step(found, "agreed", TODAY - timedelta(days=27), reviewer=1, due_on=TODAY + timedelta(days=7))
    for field in ("section", "tags", "status_note", "keywords", "abstract"):
        address = world.address("editing.save", reference=found.reference, name=field)
        post(world.clients["chief"], address, value=text[:60] if field in ("section", "tags") else text)
    return found


def published(world: World, text: str) -> Manuscript:
    found = manuscript_in(world.who.journal, title=text, authors=[AuthorRecord(text, text, "bad@example.org")])
    step(found, "accepted", TODAY - timedelta(days=20), details={"confirmed": True}, confirmed=True)
    details = {"volume": "7", "article_number": "1", "doi": "10.1234/bad"}
    step(found, "published", TODAY - timedelta(days=10), details=details)
    return found


@sqlite_only
def test_markup_is_text_on_every_page(world: World) -> None:
    found = a_bad_work(world, MARKUP)
    published(world, MARKUP)
    chief = world.clients["chief"]
    paths = {
        world.address(endpoint) for method, endpoint in routes_of(world.app) if method == "GET" and endpoint != "static"
    }
    paths |= {f"/manuscripts/{found.reference}{more}" for more in ("", "/as-author", "/as-reviewer", "/edit/title")}
    paths |= {f"/manuscripts/{found.reference}/record/{action}" for action in ("reviewed", "accepted", "released")}
    paths |= {"/j/ijcp/volume/7/article/1", "/reports/turnaround?journal=ijcp&by=section"}
    seen = 0
    for path in sorted(paths):
        answer = chief.get(path)
        if answer.mimetype in ("text/html", "image/svg+xml"):
            assert "alert(1)</script>" not in answer.text, path
            assert "<img src=x" not in answer.text, path
            seen += "alert(1)" in answer.text
    assert seen > 8


@sqlite_only
def test_markup_is_text_in_pictures_feeds_and_what_other_systems_read(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    found = published(world, MARKUP)
    a_bad_work(world, MARKUP)
    for by in ("section", "editor", "type"):
        picture = world.clients["chief"].get(f"/reports/turnaround.svg?journal=ijcp&picture=groups&by={by}")
        if picture.status_code == 200:
            must_be_plain_svg(picture.get_data())
    must_be_plain_svg(world.clients["chief"].get(world.address("turnaround_card.picture")).get_data())
    let_go()
    terminal = Terminal(capsys)
    for shape in ("jats", "crossref", "pubmed"):
        ran = terminal.run("article", found.reference, "--format", shape)
        if ran.status == 0:
            tree = etree.fromstring(ran.out.encode())
            assert MARKUP in "".join(tree.itertext()), shape
            assert not [node for node in tree.iter() if str(node.tag).endswith(("script", "img"))], shape
    page = terminal.run("article", found.reference, "--format", "html")
    assert page.status == 0
    assert "<script>alert" not in page.out


def must_be_plain_svg(data: bytes) -> None:
    names = {etree.QName(node).localname for node in etree.fromstring(data).iter() if isinstance(node.tag, str)}
    assert not names & {"script", "foreignObject", "image"}


@sqlite_only
def test_line_breaks_make_no_new_lines_in_feeds_and_letters(world: World) -> None:
    a_bad_work(world, BREAKS)
    feed = world.clients["visitor"].get(world.address("calendar.feed")).get_data()
    calendar = icalendar.Calendar.from_ical(feed)
    assert len(calendar.walk("VEVENT")) == len(re.findall(rb"^BEGIN:VEVENT", feed, re.M)) == feed.count(b"\nUID:")
    mailbox = Mailbox()
    with smtp_server(mailbox) as url:
        plan(TODAY)
        deliver(TODAY, url)
    assert mailbox.letters
    for message in mailbox.letters:
        assert message["Bcc"] is None
        assert not [name for name in message if name.lower() in ("bcc", "x-evil")]
    assert all("evil@example.org" not in recipient for recipient in mailbox.recipients)


@pytest.mark.parametrize("text", [INJECTED, LONG_NAME])
def test_no_title_or_name_becomes_a_head_a_recipient_or_the_words_of_a_letter(world: World, text: str) -> None:
    found, mailbox = a_bad_work(world, text), Mailbox()
    own = {"subject": "Your review: {{ title }}", "words": "About {{ title }}:\n\n{{ facts }}"}
    saved = post(world.clients["chief"], world.address("letter_texts.decide", kind="review_before"), **own)
    assert saved.status_code == 302
    with smtp_server(mailbox) as url:
        plan(TODAY)
        deliver(TODAY, url)
    (message,) = (letter for letter in mailbox.letters if str(letter["Subject"]).startswith("Your review: "))
    assert mailbox.recipients[mailbox.letters.index(message)] == "r@example.org"
    assert message.keys() == HEADS_OF_A_LETTER
    assert message["Subject"] == f"Your review: {found.title}"
    assert [address.addr_spec for address in message["To"].addresses] == ["r@example.org"]
    assert [address.addr_spec for address in message["Reply-To"].addresses] == ["editor@example.org"]
    body = message.get_body(("plain",))
    assert body is not None
    assert " ".join(str(body.get_content()).split()).startswith(f"Dear {text}, About {found.title}: {found.title} ")


@sqlite_only
def test_line_breaks_in_an_address_make_no_header_of_the_answer(world: World) -> None:
    evil = "q=x\r\nSet-Cookie: evil=1\r\n\r\n<b>"
    bulk = {"deed": "tag", "tag": "y", "selected": [world.args["reference"]], "query": evil}
    answer = post(world.clients["chief"], "/manuscripts/bulk/do", **bulk)
    assert "evil" not in str(answer.headers.getlist("Set-Cookie"))
    assert "\n" not in answer.headers["Location"]
    for path in (
        "/login?next=/%0d%0aSet-Cookie:%20evil=1",
        "/manuscripts/x%0d%0aSet-Cookie:%20evil=1",
        "/%0d%0aevil: 1",
    ):
        for person in ("chief", "visitor"):
            headers = world.clients[person].get(path).headers
            assert "evil=1" not in str(headers.getlist("Set-Cookie")), path
            assert headers.get("evil") is None


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1+1", "@SUM(1)", "\t=1"])
@sqlite_only
def test_no_cell_of_a_file_is_a_formula(world: World, text: str) -> None:
    a_bad_work(world, text)
    chief = world.clients["chief"]
    files = ["/manuscripts.csv?columns=title,author,section,tags,note,editor", "/settings/audit.csv",
             "/import/sheet/ijcp.csv", "/reports/turnaround.csv?journal=ijcp&by=section",
             world.address("sheet_imports.refused_file")]  # fmt: skip
    for path in files:
        rows = list(csv.reader(io.StringIO(chief.get(path).get_data().decode("utf-8-sig"))))
        assert len(rows) > 1, path
        bad = [cell for row in rows for cell in row if cell.startswith(DANGEROUS) and not re.fullmatch(r"-?\d+", cell)]
        assert bad == [], path
    for path in ("/manuscripts.xlsx", "/import/sheet/ijcp.xlsx", "/reports/turnaround.xlsx?journal=ijcp&by=section"):
        with zipfile.ZipFile(io.BytesIO(chief.get(path).get_data())) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert sheets
        assert not [sheet for sheet in sheets if "<f>" in sheet or "<hyperlink" in sheet], path


@sqlite_only
def test_templates_in_what_is_typed_are_text(world: World) -> None:
    found = a_bad_work(world, TEMPLATE)
    chief = world.clients["chief"]
    page = chief.get(f"/manuscripts/{found.reference}").text
    assert "{{ 7*191 }}" in page
    assert "1337" not in page
    assert "SECRET_KEY" not in page
    texts = world.address("letter_texts.show")
    for words in ("{{ config }}", "{{ title.__class__ }}", "{% print 1 %}", "{# x #}", "{{ title|attr('x') }}", "{{"):
        assert post(chief, texts, deed="save", subject="A word", words=words).status_code == 422, words
    mailbox = Mailbox()
    with smtp_server(mailbox) as url:
        plan(TODAY)
        deliver(TODAY, url)
    bodies = [str(message.get_body(("plain",)).get_content()) for message in mailbox.letters]
    assert any("{{ 7*191 }}" in " ".join(body.split()) for body in bodies)
    assert not [body for body in bodies if "1337" in body]


def test_a_pdf_is_set_from_data_and_runs_nothing() -> None:
    worry = ('#panic("no") $x$ *bold* #read("/etc/passwd") \\ [', '#eval("1")', "editor", 40)
    board = BoardReport(made_up(1, 2, 3, title='#panic("no")'), [worry], [worry], 99)
    assert board_pdf(board).startswith(b"%PDF")


OUTSIDE = (
    "https://evil.example", "//evil.example", "/\\evil.example", "/%5Cevil.example", "\thttps://evil.example",
    "https:evil.example", "/login/../..//evil.example", "javascript:alert(1)", "/\t/evil.example", "%2F%2Fevil.example",
)  # fmt: skip


@pytest.mark.parametrize("where", OUTSIDE)
@sqlite_only
def test_nobody_is_led_out(world: World, where: str) -> None:
    visitor = world.app.test_client()
    page = visitor.get("/login", query_string={"next": where}).text
    token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
    sent = {"csrf_token": token, "email": "chief@example.org", "password": PASSWORD, "next": where}
    answer = visitor.post("/login", query_string={"next": where}, data=sent)
    assert answer.status_code == 302
    assert re.match(r"/(?![/\\])", answer.location), answer.location
    again = post(visitor, "/logout", next=where)
    assert re.match(r"/(?![/\\])", again.location), again.location


@sqlite_only
def test_every_answer_says_what_a_browser_may_do_with_it(world: World, tmp_path: Path) -> None:
    back, wrong = world.snapshot(tmp_path), []
    for method, endpoint in sorted(routes_of(world.app)):
        for name in ("chief", "reader", "stranger", "visitor"):
            answer = world.send(name, method, endpoint)
            wrong += [(method, endpoint, name)] if not has_headers(answer) else []
            answer.close()
        if method == "POST":
            back()
    assert wrong == []


def has_headers(answer: Any) -> bool:
    """Whether every header of safety is there; a page behind a secret address names no referrer at all."""
    found = {name: answer.headers.get(name) for name in HEADERS}
    if found["Referrer-Policy"] == "no-referrer":
        found["Referrer-Policy"] = HEADERS["Referrer-Policy"]
    return found == HEADERS and "Cache-Control" in answer.headers


@sqlite_only
def test_errors_have_the_same_headers(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.app.config["PROPAGATE_EXCEPTIONS"] = False
    chief = world.clients["chief"]
    answers = [
        chief.get("/none"), chief.post("/", data={}), chief.post("/manuscripts/new", data={}), chief.put("/login"),
        chief.get("/static/../tracker/config.py"), chief.options("/"), chief.head("/"), chief.open("/", method="TRACE"),
        chief.post("/import/", environ_overrides=TOO_LONG, data=b"x", content_type=FORM),
    ]  # fmt: skip
    for code in (401, 403, 408, 410, 415, 418, 429, 500, 501, 503):
        answers.append(failing(world, monkeypatch, code))
    assert [answer.status_code for answer in answers if not has_headers(answer)] == []
    assert {answer.status_code for answer in answers} >= {400, 404, 405, 413, 429, 500, 503}
    assert not [answer for answer in answers if "Traceback" in answer.text or "werkzeug" in answer.text.lower()]


def failing(world: World, monkeypatch: pytest.MonkeyPatch, code: int) -> Any:
    """The dashboard, as it answers when something raises this status."""

    def view() -> None:
        error = HTTPException("said by a test")
        error.code = code
        raise error

    monkeypatch.setitem(world.app.view_functions, "dashboard.show", view)
    return world.clients["chief"].get("/")


@sqlite_only
def test_cookies_are_for_us_alone_and_over_https_where_that_is_the_address(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cookie = signed_in(world.app.test_client(), world.who.chief).get("/").headers.get("Set-Cookie", "")
    fresh = world.app.test_client().get("/login").headers["Set-Cookie"]
    for words in (cookie or fresh, fresh):
        assert "HttpOnly" in words
        assert "SameSite=Lax" in words
    monkeypatch.setenv("TRACKER_BASE_URL", "https://tracker.example.org")
    secure = create_app(TESTING=True).test_client().get("/login")
    assert secure.headers["Set-Cookie"].startswith("__Host-tracker_session=")
    assert "Secure" in secure.headers["Set-Cookie"]
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert world.send("chief", "POST", "security.logout").headers["Clear-Site-Data"] == '"cache", "storage"'


@sqlite_only
def test_no_secret_is_in_a_log(world: World, caplog: pytest.LogCaptureFixture, own_instance: Path) -> None:
    caplog.set_level(logging.DEBUG)
    client = world.app.test_client()
    signed_in(client, world.who.chief)
    for path in (f"/answer/{ANSWER}", f"/unsubscribe/{UNSUBSCRIBE}", world.address("status.show"), "/none"):
        world.clients["visitor"].get(path)
    wrong = {"email": "chief@example.org", "password": "not-the-password-1"}
    for endpoint in ("security.login", "security.forgot_password"):
        assert world.send("visitor", "POST", endpoint, **wrong).status_code == 200
    plan(TODAY)
    deliver(TODAY, "smtp://someone:sesame-pass@127.0.0.1:1")
    secret = (own_instance / "secret_key").read_text()
    secrets = (PASSWORD, "not-the-password-1", "sesame-pass", secret.strip(), ANSWER, UNSUBSCRIBE, world.args["token"])
    for words in secrets:
        assert words not in caplog.text, words


def test_who_asks_for_what_is_not_theirs_is_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    token = world.args["token"]
    asked = {
        "reader": ("POST", "manuscripts.enter"), "colleague": ("GET", "settings.show"),
        "other_editor": ("GET", "manuscripts.show"), "visitor": ("GET", "manuscripts.show"),
    }  # fmt: skip
    caplog.set_level(logging.WARNING)
    statuses = {name: world.send(name, *ask).status_code for name, ask in asked.items()}
    world.clients["editor"].get(f"/status/{token}x\nforged")
    assert statuses == {"reader": 403, "colleague": 200, "other_editor": 404, "visitor": 302}
    reader, other, editor = (world.who.everybody[name].uid for name in ("reader", "other_editor", "editor"))
    assert [record.getMessage() for record in caplog.records] == [
        f"NotAllowed: account {reader}, POST manuscripts.enter {{}}",
        f"NotFound: account {other}, GET manuscripts.show {{'reference': '{world.manuscript.reference}'}}",
        f"NotFound: account {editor}, GET status.show {{}}",
    ]


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
@sqlite_only
def test_what_is_secret_is_readable_by_its_owner_alone_whatever_the_umask(
    world: World,
    own_instance: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    let_go()
    before = os.umask(0)
    try:
        monkeypatch.setenv("TRACKER_INSTANCE", str(tmp_path / "new"))
        monkeypatch.delenv("TRACKER_DATABASE_URL")
        terminal = Terminal(capsys)
        assert terminal.run("db", "upgrade").status == 0
        assert terminal.run("backup", str(tmp_path / "saved.sqlite")).status == 0
    finally:
        os.umask(before)
    new = tmp_path / "new"
    modes = {
        path.name: oct(stat.S_IMODE(path.stat().st_mode))
        for path in (new, new / "secret_key", tmp_path / "saved.sqlite")
    }
    assert modes == {"new": "0o700", "secret_key": "0o600", "saved.sqlite": "0o600"}
    uploads = own_instance / "uploads"
    assert stat.S_IMODE(uploads.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in uploads.glob("*/sheet*")} == {0o600}


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")
@pytest.mark.parametrize("command", ["db upgrade", "init --journal a --title A --admin a@example.org"])
def test_a_database_in_a_folder_that_was_there_is_readable_by_its_owner_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    folder = tmp_path / "open to all"
    folder.mkdir()
    before = os.umask(0)
    try:
        folder.chmod(0o755)
        monkeypatch.setenv("TRACKER_INSTANCE", str(folder))
        assert Terminal(capsys).run(*command.split()).status == 0
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.glob("tracker.sqlite*")} == {0o600}


@sqlite_only
def test_a_token_of_somebody_elses_session_is_refused(world: World) -> None:
    for person in ("editor", "reader"):
        answer = world.clients["chief"].post(
            "/manuscripts/bulk/do",
            data={"csrf_token": world.tokens[person], "deed": "tag", "tag": "x", "selected": world.args["reference"]},
        )
        assert answer.status_code == 400
    plain = world.clients["chief"].post("/settings/ijcp", json={"title": "Taken"})
    assert plain.status_code == 400


@sqlite_only
def test_the_audit_trail_and_a_journals_title_are_escaped_too(world: World) -> None:
    with transaction() as session:
        change_journal(session.merge(world.who.journal), title=MARKUP, by=OPERATOR, now=NOW)
    db.session.rollback()
    for path in ("/settings/audit", "/", "/settings/ijcp", "/j/ijcp/", world.address("answers.ask"), "/calendar/"):
        text = world.clients["chief"].get(path).text
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path
    assert db.session.scalars(select(Manuscript.id)).first()
