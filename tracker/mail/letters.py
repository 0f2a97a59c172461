"""Composing letters: subject, text and HTML from the templates in `templates/letters/`.

One template a kind of task holds the words, once in each language; two frames set them as plain text and as HTML.
Templates run in a sandbox: they can show what they are given and nothing else. A journal's own words, and those of an
editor for one letter, are no templates at all: names in them are replaced (`mail.own_words`), and nothing runs.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from tracker.config import template_folder
from tracker.mail.languages import Language, language_of
from tracker.mail.own_words import OwnWords, parts_of

LINE_LENGTH = 72
SPACES = re.compile(r"[ \t\n]+")
NO_BREAK = "\N{NO-BREAK SPACE}"  # holds a date together until its line is set


@dataclass(frozen=True)
class About:
    """One thing that the letter is about: a kind of task, its manuscript, the day (None: no day), and where to answer.

    `link` is a place-holder until the letter leaves (`mail.links`).
    """

    kind: str
    title: str
    reference: str
    due_on: date | None
    link: str = ""
    days_here: int = 0


@dataclass(frozen=True)
class Occasion:
    """What a letter is made from. `today` decides between the wording before and after the due date.

    `texts` are the journal's own words by kind of letter; `edited` are an editor's, for this one letter.
    """

    to_name: str
    journal: str
    signed_by: str
    today: date
    about: Sequence[About]
    is_last: bool = False
    language: str = "en"
    texts: Mapping[str, OwnWords] = field(default_factory=dict)
    edited: OwnWords | None = None


@dataclass(frozen=True)
class Composed:
    """A letter in words."""

    subject: str
    text: str
    html: str


def compose(occasion: Occasion) -> Composed:
    """Write the letter: one template for one task, another for several tasks in one letter."""
    words = _words(occasion)
    framed = {**words, **_written(occasion, words)}
    return Composed(
        subject=framed["subject"],
        text=_text(framed),
        html=_templates().get_template("letters/frame.html").render(framed),
    )


def subject_of(occasion: Occasion) -> str:
    """Only the subject, for lists of letters to come."""
    words = _words(occasion)
    own = own_words_of(occasion)
    return parts_of(own, words).subject if own else _subject(_template(occasion), words)


def words_as_text(occasion: Occasion) -> OwnWords:
    """Subject and words as an editor can change them: paragraphs, with `{{ facts }}` where the facts stand."""
    own = own_words_of(occasion)
    if own is not None:
        return own
    written = _written(occasion, _words(occasion))
    paragraphs = [*written["paragraphs"], "{{ facts }}", *written["closing"]]
    return OwnWords(written["subject"], "\n\n".join(part.replace(NO_BREAK, " ") for part in paragraphs))


def built_in_words(occasion: Occasion) -> OwnWords:
    """The words that come with the tracker for such a letter, with names in the place of this occasion's facts."""
    named = {name: "{{ " + name + " }}" for name in ("journal", "title", "reference", "due", "day", "days_here")}
    plain = replace(occasion, texts={}, edited=None)
    written = _written(plain, {**_words(plain), **named, "things": [named]})
    paragraphs = [*written["paragraphs"], "{{ facts }}", *written["closing"]]
    return OwnWords(written["subject"], "\n\n".join(paragraphs))


def kind_of(occasion: Occasion) -> str:
    """The kind of letter, as a journal's own words are kept under: `review_before`, `review_after`, `review_last`."""
    name, (first, *_) = _template_name(occasion), occasion.about
    if name in ("several", "courtesy") or first.due_on is None:
        return name
    if first.due_on >= occasion.today:
        return f"{name}_before"
    return f"{name}_last" if name == "review" and occasion.is_last else f"{name}_after"


def own_words_of(occasion: Occasion) -> OwnWords | None:
    """The editor's words for this letter, else the journal's for its kind, else None."""
    return occasion.edited or occasion.texts.get(kind_of(occasion))


def _written(occasion: Occasion, words: dict[str, Any]) -> dict[str, Any]:
    own = own_words_of(occasion)
    if own is not None:
        parts = parts_of(own, words)
        return {"subject": parts.subject, "paragraphs": parts.before, "closing": parts.after}
    template = _template(occasion)
    return {
        "subject": _subject(template, words),
        "paragraphs": _paragraphs(_block(template, "body", words)),
        "closing": _paragraphs(_block(template, "closing", words)),
    }


def _template(occasion: Occasion) -> Any:
    name, code = _template_name(occasion), language_of(occasion.language).code
    return _templates().select_template([f"letters/{code}/{name}.txt", f"letters/{name}.txt"])


def _template_name(occasion: Occasion) -> str:
    return occasion.about[0].kind if len(occasion.about) == 1 else "several"


def _words(occasion: Occasion) -> dict[str, Any]:
    language = language_of(occasion.language)
    things = [_facts(about, occasion.today, language) for about in occasion.about]
    return {
        "to_name": occasion.to_name, "journal": occasion.journal, "signed_by": occasion.signed_by, "things": things,
        "is_last": occasion.is_last, "language": language.code, "frame": language.frame, **things[0],
        "overdue": any(thing["overdue"] for thing in things),
        "reference": ", ".join(about.reference for about in occasion.about),
    }  # fmt: skip


def _facts(about: About, today: date, language: Language) -> dict[str, Any]:
    facts = {
        "kind": about.kind, "title": about.title, "reference": about.reference, "link": about.link,
        "wanted": language.wanted.get(about.kind, about.kind), "days_here": about.days_here,
    }  # fmt: skip
    if about.due_on is None:
        return {**facts, "overdue": False, "day": "", "due": ""}
    day = language.day_in_words(about.due_on)
    due = language.weekday_in_words(about.due_on).replace(day, day.replace(" ", NO_BREAK))
    return {**facts, "overdue": about.due_on < today, "day": day, "due": due}


@cache
def _templates() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(template_folder()), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        autoescape=lambda name: bool(name and name.endswith(".html")),
    )  # fmt: skip


def _block(template: Any, name: str, words: dict[str, Any]) -> str:
    return "".join(template.blocks[name](template.new_context(words)))


def _subject(template: Any, words: dict[str, Any]) -> str:
    return " ".join(_block(template, "subject", words).split())


def _paragraphs(text: str) -> list[str]:
    return [SPACES.sub(" ", part).strip() for part in re.split(r"\n\s*\n", text) if part.strip()]


def _text(words: dict[str, Any]) -> str:
    filled = {
        **words,
        "paragraphs": [_wrapped(part) for part in words["paragraphs"]],
        "closing": [_wrapped(part) for part in words["closing"]],
        "things": [{**thing, "title": _wrapped(thing["title"], indent="    ").strip()} for thing in words["things"]],
    }
    return _templates().get_template("letters/frame.txt").render(filled).replace(NO_BREAK, " ").strip() + "\n"


def _wrapped(text: str, indent: str = "") -> str:
    lines = textwrap.fill(
        text, LINE_LENGTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip
    return lines.replace(NO_BREAK, " ")


def unwrapped(text: str) -> str:
    """A letter's text with its paragraphs on one line each, for a screen of any width.

    Two lines were one where the first word of the second had no room on the first; a link stands by itself.
    """
    lines = text.split("\n")
    joined = [lines[0]]
    for above, line in pairwise(lines):
        indent, (word, *_) = len(line) - len(line.lstrip()), line.split() or [""]
        had_no_room = len(above) <= LINE_LENGTH < len(above) + 1 + len(word)
        if word and had_no_room and not above.endswith(":") and len(above) - len(above.lstrip()) == indent:
            joined[-1] += f" {line.strip()}"
        else:
            joined.append(line)
    return "\n".join(joined)


def compose_plain(name: str, words: dict[str, Any]) -> Composed:
    """Write a letter that is about no manuscript, from the template of this name in the frame of all letters."""
    template = _templates().get_template(name)
    framed = {
        **words, "subject": _subject(template, words), "paragraphs": _paragraphs(_block(template, "body", words)),
        "closing": _paragraphs(_block(template, "closing", words)),
    }  # fmt: skip
    html = _templates().get_template("letters/frame.html").render(framed)
    return Composed(framed["subject"], _text(framed), html)


def compose_digest(words: Mapping[str, Any]) -> Composed:
    """Set an editor's weekly digest as text and HTML, from the words that `mail.digests` has for it."""
    templates = _templates()
    text = templates.get_template("letters/digest.txt").render(words).strip() + "\n"
    html = templates.get_template("letters/digest.html").render(words)
    return Composed(str(words["subject"]), text, html)
