"""Who is answered what, at every address: nine people, and the answers written out.

`chief`, `editor` (of the manuscript), `colleague` (an editor who does not handle it), `assistant` and `reader` belong
to the journal; `other_editor` is the chief editor of another, `stranger` has an account and no journal, `disabled` had
signed in before their account was closed, `visitor` has no account. `ok` is done or shown, `no` refused with a
sentence, `404` not found, `in` asked to sign in, `400` a form of a session that is over.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.people import TODAY, post, reloaded
from tests.web.world import ROUTES, World, a_world

PEOPLE = ("chief", "editor", "colleague", "assistant", "reader", "other_editor", "stranger", "disabled", "visitor")
# An upload, a deed to several and a personal view are their owner's (here the editor's); links and feeds are for
# whoever has their secret address. The chief editor of another journal has an audit trail too: their own journal's.
ANSWERS = """
                                    chief   editor  colleag assist  reader  other   strang  disabl  visitor
GET  account.ask_address            ok      ok      ok      ok      ok      ok      ok      in      in
GET  account.ask_confirmation       no      no      no      no      no      no      no      in      in
POST account.confirm_address        no      no      no      no      no      no      no      400     400
POST account.end_one                404     404     404     404     404     404     404     400     400
POST account.end_others             ok      ok      ok      ok      ok      ok      ok      400     400
POST account.save_name              ok      ok      ok      ok      ok      ok      ok      400     400
POST account.send_address           ok      ok      ok      ok      ok      ok      ok      400     400
GET  account.show                   ok      ok      ok      ok      ok      ok      ok      in      in
GET  answers.ask                    ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  answers.ask_unsubscribe        ok      ok      ok      ok      ok      ok      ok      ok      ok
POST answers.end_digests            ok      ok      ok      ok      ok      ok      ok      ok      ok
POST answers.give                   ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  api_tokens.listing             ok      ok      ok      ok      ok      ok      ok      in      in
POST api_tokens.make                no      no      no      no      no      no      no      400     400
POST api_tokens.revoke              404     404     404     404     404     404     404     400     400
GET  audit.looks                    ok      no      no      no      no      ok      no      in      in
GET  audit.table                    ok      no      no      no      no      ok      no      in      in
GET  audit.trail                    ok      no      no      no      no      ok      no      in      in
GET  board.show                     ok      ok      ok      ok      ok      ok      ok      in      in
POST bulk.ask                       ok      ok      ok      ok      no      no      no      400     400
POST bulk.do                        ok      ok      ok      ok      no      no      no      400     400
POST bulk.preview                   ok      ok      ok      ok      no      no      no      400     400
GET  bulk.show                      404     ok      404     404     404     404     404     in      in
POST bulk.undo                      404     ok      404     404     404     404     404     400     400
GET  calendar.feed                  ok      ok      ok      ok      ok      ok      ok      ok      ok
POST calendar.make                  ok      ok      ok      ok      ok      ok      ok      400     400
POST calendar.revoke                ok      ok      ok      ok      ok      ok      ok      400     400
GET  calendar.week                  ok      ok      ok      ok      ok      ok      ok      in      in
POST courtesy.leave_out             ok      ok      ok      ok      no      404     404     400     400
POST courtesy.release               ok      ok      ok      ok      no      404     404     400     400
GET  dashboard.outgoing             ok      ok      ok      ok      ok      ok      ok      in      in
GET  dashboard.show                 ok      ok      ok      ok      ok      ok      ok      in      in
GET  editing.ask                    ok      ok      ok      ok      no      404     404     in      in
POST editing.link                   ok      ok      ok      ok      no      404     404     400     400
POST editing.reminders              ok      ok      ok      ok      no      404     404     400     400
POST editing.save                   ok      ok      ok      ok      no      404     404     400     400
POST editing.unlink                 ok      ok      ok      ok      no      404     404     400     400
GET  forecasts.show                 ok      ok      ok      ok      no      404     404     in      in
GET  health.healthz                 ok      ok      ok      ok      ok      ok      ok      ok      ok
POST letter_texts.decide            ok      no      no      no      no      404     404     400     400
GET  letter_texts.listing           ok      no      no      no      no      404     404     in      in
GET  letter_texts.show              ok      no      no      no      no      404     404     in      in
POST manuscripts.enter              ok      ok      ok      ok      no      404     404     400     400
GET  manuscripts.export             ok      ok      ok      ok      ok      ok      ok      in      in
GET  manuscripts.listing            ok      ok      ok      ok      ok      ok      ok      in      in
GET  manuscripts.new                ok      ok      ok      ok      no      ok      ok      in      in
GET  manuscripts.show               ok      ok      ok      ok      ok      404     404     in      in
POST members.add                    ok      no      no      no      no      404     404     400     400
POST members.change_role            404     no      no      no      no      404     404     400     400
POST members.write_again            404     no      no      no      no      404     404     400     400
POST outbox.address                 ok      ok      ok      ok      no      404     404     400     400
POST outbox.cancel                  ok      ok      ok      ok      no      404     404     400     400
GET  outbox.listing                 ok      ok      ok      ok      ok      ok      ok      in      in
POST outbox.release                 ok      ok      ok      ok      no      404     404     400     400
POST outbox.retry                   ok      ok      ok      ok      no      404     404     400     400
GET  outbox.show                    ok      ok      ok      ok      ok      404     404     in      in
GET  paste.ask                      ok      ok      ok      ok      no      ok      no      in      in
POST paste.keep                     ok      ok      ok      ok      no      404     404     400     400
POST paste.read                     ok      ok      ok      ok      no      404     404     400     400
GET  policies.show                  ok      no      no      no      no      404     404     in      in
POST policies.try_or_save           ok      no      no      no      no      404     404     400     400
GET  public.article                 ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  public.contents                ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  quick.ask                      ok      ok      ok      ok      ok      ok      ok      in      in
POST quick.read                     ok      ok      ok      ok      no      ok      ok      400     400
GET  recording.ask                  ok      ok      ok      ok      no      404     404     in      in
GET  recording.correct              ok      ok      ok      ok      no      404     404     in      in
POST recording.record               ok      ok      ok      ok      no      404     404     400     400
POST recording.save_correction      ok      ok      ok      ok      no      404     404     400     400
POST recording.undo                 ok      ok      ok      ok      no      404     404     400     400
GET  reminders.week                 ok      ok      ok      ok      ok      ok      ok      in      in
GET  reports.behind                 ok      ok      ok      ok      ok      404     404     in      in
GET  reports.turnaround             ok      ok      ok      ok      ok      404     404     in      in
GET  reports.turnaround_csv         ok      ok      ok      ok      ok      404     404     in      in
GET  reports.turnaround_json        ok      ok      ok      ok      ok      404     404     in      in
GET  reports.turnaround_pdf         ok      ok      ok      ok      ok      404     404     in      in
GET  reports.turnaround_png         ok      ok      ok      ok      ok      404     404     in      in
GET  reports.turnaround_svg         ok      ok      ok      ok      ok      404     404     in      in
GET  reports.turnaround_xlsx        ok      ok      ok      ok      ok      404     404     in      in
GET  reviewers.ask                  ok      ok      ok      ok      no      404     404     in      in
POST reviewers.save                 ok      ok      ok      ok      no      404     404     400     400
POST saved_views.remove             404     ok      404     404     404     404     404     400     400
POST saved_views.save               ok      ok      ok      ok      ok      ok      ok      400     400
GET  security.change_password       ok      ok      ok      ok      ok      ok      ok      in      in
POST security.change_password       ok      ok      ok      ok      ok      ok      ok      in      in
GET  security.forgot_password       ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.forgot_password       ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  security.login                 ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.login                 ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.logout                ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  security.mf_recovery           ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.mf_recovery           ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  security.mf_recovery_codes     ok      ok      ok      ok      ok      ok      ok      in      in
POST security.mf_recovery_codes     ok      ok      ok      ok      ok      ok      ok      in      in
GET  security.reset_password        ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.reset_password        ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  security.tf_select             ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.tf_select             ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  security.two_factor_rescue     ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.two_factor_rescue     ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  security.two_factor_setup      ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.two_factor_setup      ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.two_factor_setup_validate ok      ok      ok      ok      ok      ok      ok      in      in
GET  security.two_factor_token_validation ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.two_factor_token_validation ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  security.verify                ok      ok      ok      ok      ok      ok      ok      in      in
POST security.verify                ok      ok      ok      ok      ok      ok      ok      in      in
GET  security.wan_delete            ok      ok      ok      ok      ok      ok      ok      in      in
POST security.wan_delete            ok      ok      ok      ok      ok      ok      ok      in      in
GET  security.wan_register          ok      ok      ok      ok      ok      ok      ok      in      in
POST security.wan_register          ok      ok      ok      ok      ok      ok      ok      in      in
POST security.wan_register_response ok      ok      ok      ok      ok      ok      ok      in      in
GET  security.wan_signin            ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.wan_signin            ok      ok      ok      ok      ok      ok      ok      ok      ok
POST security.wan_signin_response   ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  security.wan_verify            ok      ok      ok      ok      ok      ok      ok      in      in
POST security.wan_verify            ok      ok      ok      ok      ok      ok      ok      in      in
POST security.wan_verify_response   ok      ok      ok      ok      ok      ok      ok      in      in
GET  settings.overview              ok      ok      ok      ok      ok      ok      ok      in      in
POST settings.save                  ok      no      no      no      no      404     404     400     400
GET  settings.show                  ok      ok      ok      ok      ok      404     404     in      in
GET  sheet_imports.begin            ok      ok      ok      ok      no      ok      no      in      in
GET  sheet_imports.columns          404     ok      404     404     404     404     404     in      in
POST sheet_imports.discard          404     ok      404     404     404     404     404     400     400
GET  sheet_imports.outcome          404     ok      404     404     404     404     404     in      in
POST sheet_imports.preview          404     ok      404     404     404     404     404     400     400
GET  sheet_imports.refused_file     ok      ok      ok      ok      ok      404     404     in      in
POST sheet_imports.run              404     ok      404     404     404     404     404     400     400
GET  sheet_imports.show             ok      ok      ok      ok      ok      404     404     in      in
POST sheet_imports.undo             ok      ok      ok      ok      no      404     404     400     400
POST sheet_imports.upload           ok      ok      ok      ok      no      404     404     400     400
GET  sheet_imports.written          ok      ok      ok      ok      ok      404     404     in      in
GET  static                         ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  status.as_author               ok      ok      ok      ok      ok      404     404     in      in
GET  status.as_reviewer             ok      ok      ok      ok      ok      404     404     in      in
POST status.make                    ok      ok      ok      ok      no      404     404     400     400
POST status.revoke                  ok      ok      ok      ok      no      404     404     400     400
GET  status.show                    ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  turnaround_card.picture        ok      ok      ok      ok      ok      ok      ok      ok      ok
GET  turnaround_card.show           ok      ok      ok      ok      ok      ok      ok      ok      ok
POST upcoming.again                 ok      ok      ok      ok      no      404     404     400     400
GET  upcoming.edit                  ok      ok      ok      ok      no      404     404     in      in
POST upcoming.hold                  ok      ok      ok      ok      no      404     404     400     400
POST upcoming.keep                  ok      ok      ok      ok      no      404     404     400     400
GET  upcoming.of_manuscript         ok      ok      ok      ok      ok      404     404     in      in
GET  upcoming.read                  ok      ok      ok      ok      ok      404     404     in      in
POST upcoming.release               ok      ok      ok      ok      no      404     404     400     400
POST upcoming.revoke                ok      ok      ok      ok      no      404     404     400     400
POST upcoming.send                  ok      ok      ok      ok      no      404     404     400     400
POST upcoming.settle                ok      ok      ok      ok      no      404     404     400     400
POST upcoming.skip                  ok      ok      ok      ok      no      404     404     400     400
POST upcoming.unskip                ok      ok      ok      ok      no      404     404     400     400
"""
# What is recorded depends on whose the manuscript is: the editor handles it, the colleague does not.
RECORDING = """
                          chief  editor  colleag assist reader
held                      ok     ok      ok      ok     no
invited                   ok     ok      ok      ok     no
accepted                  ok     ok      no      no     no
rejected                  ok     ok      no      no     no
revision_requested        ok     ok      no      no     no
"""


def table(text: str) -> dict[str, list[str]]:
    """Each line by its first words; the line of names is for the reader."""
    split = [line.rsplit(maxsplit=9 if line.startswith(("GET", "POST")) else 5) for line in text.split("\n")[2:-1]]
    return {" ".join(line[0].split()): line[1:] for line in split}


def in_a_word(answer: Any) -> str:
    """`ok`, `no`, `404`, `in`; any other status as it is."""
    if answer.status_code == 302 and answer.location.startswith("/login?next="):
        return "in"
    return {200: "ok", 302: "ok", 403: "no", 422: "no"}.get(answer.status_code, str(answer.status_code))


@pytest.fixture
def world(app: Flask, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("TRACKER_TODAY", TODAY.isoformat())
    return a_world(app)


sqlite_only = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # a file is brought back in no time


def routes_of(app: Flask) -> set[tuple[str, str]]:
    """Every method of every endpoint that the application has."""
    rules = app.url_map.iter_rules()
    return {(method, rule.endpoint) for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}}


@sqlite_only
def test_everybody_is_answered_at_every_address_as_the_table_says(world: World, tmp_path: Path) -> None:
    back, found = world.snapshot(tmp_path), {}
    for method, endpoint in sorted(routes_of(world.app)):
        row = []
        for name in PEOPLE if endpoint in ROUTES else ():
            answer = world.send(name, method, endpoint)
            row.append(in_a_word(answer))
            answer.close()
            if method == "POST" or endpoint.startswith("security."):  # a look at a step of signing in starts it anew
                back()
        found[f"{method} {endpoint}"] = row
    wrong = {line: row for line, row in found.items() if table(ANSWERS).get(line) != row}
    assert not wrong, "\n".join(f"{line:36}" + " ".join(f"{word:7}" for word in row) for line, row in wrong.items())


@sqlite_only
def test_no_address_is_missing_from_the_walks(world: World) -> None:
    assert {endpoint for _, endpoint in routes_of(world.app)} == set(ROUTES)
    assert {f"{method} {endpoint}" for method, endpoint in routes_of(world.app)} == set(table(ANSWERS))


def test_what_may_be_recorded_depends_on_whose_the_manuscript_is(world: World) -> None:
    version = reloaded(world.manuscript).version
    for action, row in table(RECORDING).items():
        address = world.address("recording.ask", action=action)
        assert [in_a_word(world.clients[name].get(address)) for name in PEOPLE[:5]] == row, action
        for name, word in zip(PEOPLE, row, strict=False):
            if word == "no":
                form = {"on": "2026-06-01", "version": version, "kind": "minor", "note": "x", "confirmed": "y"}
                assert in_a_word(post(world.clients[name], address, **form)) == "no", (name, action)
    assert reloaded(world.manuscript).version == version


def test_an_editor_takes_no_manuscript_from_another_alone_or_in_bulk(world: World) -> None:
    editing = world.address("editing.ask", name="handling_editor")
    said = {name: in_a_word(world.clients[name].get(editing)) for name in PEOPLE[:5]}
    assert said == {"chief": "ok", "editor": "ok", "colleague": "no", "assistant": "ok", "reader": "no"}
    mine, reference = world.who.everybody["colleague"].uid, world.manuscript.reference
    assert post(world.clients["colleague"], editing, value=mine).status_code == 403
    bulk = {"deed": "assign", "editor": mine, "selected": [reference]}
    assert "Another editor handles it" in post(world.clients["colleague"], "/manuscripts/bulk/preview", **bulk).text
    post(world.clients["colleague"], "/manuscripts/bulk/do", **bulk)
    assert reloaded(world.manuscript).handling_editor_id == world.who.editor.id
    assert "handles it, and decides" in world.clients["colleague"].get(world.address("manuscripts.show")).text


def test_a_decision_is_undone_and_dated_anew_by_those_who_may_take_it(world: World) -> None:
    decided = next(
        entry.split('"')[0]
        for entry in world.clients["chief"].get(world.address("manuscripts.show")).text.split("/correct/")[1:]
        if "Revision requested" in entry[:200]
    )
    form = {"on": "2026-04-02", "reason": "As the letter says", "version": reloaded(world.manuscript).version}
    address = f"/manuscripts/{world.manuscript.reference}/correct/{decided}"
    refused = post(world.clients["colleague"], address, **form)
    assert refused.status_code == 403
    assert "corrected by the chief editor or its handling editor" in refused.text
    assert post(world.clients["editor"], address, **form).status_code == 302
