"""Quick entry: one line is read, what was understood is shown in the usual form, and only that form saves."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from tracker import clock
from tracker.domain.errors import BadInput
from tracker.formats.page_people import PageAuthor
from tracker.formats.quick_lines import QuickLine, read_quick_line
from tracker.web.days import day_in_view
from tracker.web.failures import Problem, or_again
from tracker.web.loaders import chosen_memberships, today_in
from tracker.web.manuscripts import new_form

pages = Blueprint("quick", __name__)


@pages.get("/manuscripts/quick")
def ask() -> ResponseReturnValue:
    return quick_form()


def quick_form(problem: Problem | None = None) -> ResponseReturnValue:
    return render_template("quick/ask.html", line=request.values.get("line", ""), problem=problem)


@pages.post("/manuscripts/quick")
@or_again(quick_form)
def read() -> ResponseReturnValue:
    """Show what the line was understood to say, as a form that can be put right and sent. Nothing is saved."""
    read_line = read_quick_line(request.form.get("line", ""), today=today_here())
    if not read_line.title:
        raise BadInput("There is no title in the line. Write: 11 Nov 2020, Henderson & Palmer, The title.")
    filled = {
        "title": read_line.title,
        "authors": "\n".join(typed_name(author) for author in read_line.authors),
        "received_on": day_of(read_line),
    }
    return new_form(filled=filled, understood=sentences_about(read_line))


def today_here() -> date:
    """Today in the journal that is looked at."""
    seats = chosen_memberships()
    return today_in(seats[0].journal) if seats else clock.today("UTC")


def day_of(read_line: QuickLine) -> str:
    on = read_line.received_on
    return on.iso if on is not None and on.precision == "day" else ""


def typed_name(author: PageAuthor) -> str:
    """The name as the form takes it: “Henderson, A.”, or “Henderson” alone."""
    name = f"{author.family}, {author.given}" if author.given else author.family
    return f"{name} <{author.email}>" if author.email and not author.given else name


def sentences_about(read_line: QuickLine) -> list[str]:
    """What was understood, one sentence a fact, and what was not."""
    on, people = read_line.received_on, ", ".join(author.full for author in read_line.authors)
    if day_of(read_line) and on is not None:
        day = f"Received on {day_in_view(on.first)}{': the line gives no year' if read_line.lacks_year else ''}."
    elif on is not None:
        day = f"Received in {day_in_view(on)}: give the day below."
    else:
        day = f"{read_line.problem} Give the day below." if read_line.problem else "No day was found: give it below."
    return [day, f"Authors: {people}." if people else "No authors were found.", f"Title: {read_line.title}"]
