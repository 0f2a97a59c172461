"""Letters as they are worded."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.domain.letters import AboutAccount, News
from tracker.domain.policy import LETTER_STEPS
from tracker.mail.account_letters import compose_about_account
from tracker.mail.letters import LINE_LENGTH, About, Composed, Occasion, compose, subject_of, unwrapped
from tracker.mail.own_words import OwnWords

DUE = date(2026, 6, 1)
BEFORE, AFTER = date(2026, 5, 25), date(2026, 6, 2)


def occasion(*about: About, today: date = BEFORE, **changed: object) -> Occasion:
    told = {"to_name": "Grace Hopper", "journal": "Careful Practice", "signed_by": "Ada Lovelace", "is_last": False}
    return Occasion(today=today, about=about or (thing(),), **{**told, **changed})  # type: ignore[arg-type]


def thing(kind: str = "review", title: str = "On True Dates", due_on: date = DUE) -> About:
    return About(kind, title, "IJCP-2026-001", due_on)


def flat(letter: Composed) -> str:
    return " ".join(letter.text.split())


@pytest.mark.parametrize("kind", sorted(LETTER_STEPS))
@pytest.mark.parametrize("today", [BEFORE, AFTER])
@pytest.mark.parametrize("is_last", [False, True])
def test_every_letter_thanks_first_gives_the_facts_and_may_be_ignored(kind: str, today: date, is_last: bool) -> None:
    letter = compose(occasion(thing(kind), today=today, is_last=is_last))
    said = flat(letter)
    assert letter.text.startswith("Dear Grace Hopper,\n\nThank you ")
    assert "On True Dates IJCP-2026-001, " in said
    assert "Monday, 1 June 2026" in said
    assert "please ignore this letter, with our thanks." in said
    assert letter.text.endswith("With kind regards,\n\nAda Lovelace\nCareful Practice\n")
    assert ("was due on" in said) == (today > DUE)
    assert "!" not in letter.text + letter.subject
    assert max(map(len, letter.text.splitlines())) <= LINE_LENGTH
    assert "\n\n\n" not in letter.text


@pytest.mark.parametrize("kind", sorted(LETTER_STEPS))
def test_text_and_html_say_the_same(kind: str) -> None:
    letter = compose(occasion(thing(kind)))
    visible = re.sub(r"<head>.*</head>|<[^>]+>", " ", letter.html, flags=re.S).replace("·", "")
    words = set(re.findall(r"\w+", visible))
    assert words - {"Careful", "Practice"} == set(re.findall(r"\w+", letter.text)) - {"Careful", "Practice"}


def test_on_the_day_itself_nothing_is_late_yet() -> None:
    assert "was due" not in flat(compose(occasion(today=DUE)))


def test_the_last_letter_about_a_review_is_a_personal_one() -> None:
    assert "Is there anything that keeps you from it" in flat(compose(occasion(today=AFTER, is_last=True)))


def test_several_tasks_stand_in_one_letter() -> None:
    letter = compose(occasion(thing(), thing("invitation", "Another", date(2026, 5, 20))))
    assert letter.subject == "Still awaited for Careful Practice: IJCP-2026-001, IJCP-2026-001"
    assert "your review due on Monday, 1 June 2026" in flat(letter)
    assert "was due on Wednesday, 20 May 2026" in flat(letter)


def test_a_person_without_a_name_is_a_colleague_and_no_editor_signs_for_the_journal() -> None:
    letter = compose(occasion(to_name="", signed_by=""))
    assert letter.text.startswith("Dear colleague,")
    assert letter.text.endswith("With kind regards,\n\nCareful Practice\n")


def test_the_preview_and_the_letter_have_one_subject() -> None:
    assert subject_of(occasion()) == compose(occasion()).subject


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=300).filter(str.strip))
def test_no_title_can_become_markup_code_or_a_head(title: str) -> None:
    letter = compose(occasion(thing(title=title + "<script>{{ 7 * 7 }}</script>")))
    assert "<script>" not in letter.html
    assert "{{ 7 * 7 }}" in flat(letter)
    assert "\n" not in letter.subject


EVERY_KIND = [*LETTER_STEPS, "courtesy"]


@pytest.mark.parametrize(
    ("language", "greeting", "first"), [("en", "Dear Grace Hopper,", "T"), ("de", "Guten Tag Grace Hopper,", "vn")]
)
@pytest.mark.parametrize("today", [BEFORE, AFTER])
def test_the_first_sentence_begins_as_the_language_has_it_after_a_comma(
    language: str, greeting: str, first: str, today: date
) -> None:
    letters = [compose(occasion(thing(kind), today=today, language=language)) for kind in EVERY_KIND]
    letters.append(compose(occasion(thing(), thing("revision"), today=today, language=language)))
    letters.append(compose(occasion(today=AFTER, is_last=True, language=language)))
    for letter in letters:
        begun, words = letter.text.split("\n\n")[:2]
        assert (begun, words[0] in first) == (greeting, True)


def test_every_letter_about_an_account_begins_so_too() -> None:
    told = {"to_name": "Grace Hopper", "from_name": "Careful Practice", "inviter": "Ada", "old": "o@x.org",
            "role": "chief_editor", "reset_address": "https://x.org/reset", "journal": "Careful Practice",
            "address": "n@x.org", "orcid": "0000-0002-1825-0097"}  # fmt: skip
    for kind in AboutAccount:
        for news in News if kind is AboutAccount.NEWS else [News.ROLE]:
            english, german = (
                compose_about_account(kind, code, {**told, "news": news}).text.split("\n\n")[1] for code in ("en", "de")
            )
            assert english[0].isupper()
            assert german[0].islower() or german.startswith(("Ada", "Sie"))


def test_roles_and_news_are_told_in_the_language_of_the_letter() -> None:
    told = {"to_name": "", "from_name": "Tracker", "role": "assistant", "journal": "J", "reset_address": "-"}
    english, german = (
        compose_about_account(AboutAccount.NEWS, code, {**told, "news": News.ROLE}) for code in ("en", "de")
    )
    assert english.subject == "Your account: you are assistant of J now"
    assert "geändert: Ihre Rolle bei J ist jetzt Redaktionsassistenz." in flat(german)


@pytest.mark.parametrize(
    ("language", "one", "many"), [("en", "1 day now", "2 days now"), ("de", "1 Tag bei", "2 Tagen bei")]
)
def test_the_days_of_a_courtesy_letter_are_counted_as_people_count(language: str, one: str, many: str) -> None:
    for days, words in ((1, one), (2, many)):
        about = About("courtesy", "On True Dates", "IJCP-2026-001", None, days_here=days)
        assert words in flat(compose(occasion(about, language=language)))


def test_own_words_about_several_name_every_number() -> None:
    things = thing(), About("revision", "On Others", "IJCP-2026-002", DUE)
    own = {"several": OwnWords("About {{ reference }}", "Please look.\n\n{{ facts }}")}
    assert compose(occasion(*things, texts=own)).subject == "About IJCP-2026-001, IJCP-2026-002"
    assert subject_of(occasion(*things)) == "Coming up for Careful Practice: IJCP-2026-001, IJCP-2026-002"


@pytest.mark.parametrize("kind", LETTER_STEPS)
def test_on_a_screen_a_paragraph_is_one_line_and_all_else_stays(kind: str) -> None:
    title = "Implementation intentions between sessions: do they help? A preregistered replication in four studies"
    letter = compose(occasion(About(kind, title, "IJCP-2026-001", DUE, link="https://x.org/answer/" + "t" * 43)))
    shown = unwrapped(letter.text).split("\n")
    paragraphs = re.findall(r"<p [^>]*>([^<]+)</p>", letter.html)
    assert {html.unescape(words).replace("\N{NO-BREAK SPACE}", " ") for words in paragraphs} <= set(shown)
    assert [line for line in shown if line.startswith(" ")] == [
        f"    {title}", *[line for line in letter.text.split("\n") if line.startswith("    ")][2:]
    ]  # fmt: skip
    assert shown[-3:] == ["Ada Lovelace", "Careful Practice", ""]
