"""`tracker journal imprint`: how a journal prints processing dates, its imprint, and whether articles are public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from tracker.cli.session import echo_json, in_app, json_option, say

STYLE_OPTIONS = ("language", "resubmissions", "date_format", "separator", "label_separator", "ending")


@click.command("imprint")
@click.argument("slug")
@click.option("--public-articles", type=click.Choice(["yes", "no"]), help="Whether everybody may read /j/SLUG/.")
@click.option("--style", "preset", help="Processing dates as printed by: seed, elsevier, springer, mdpi, plos, iso.")
@click.option("--order", help="The dates in their order, such as received,accepted,published.")
@click.option("--label", "labels", multiple=True, metavar="DATE=TEXT", help="The word for a date: accepted=Approved.")
@click.option("--language", help="The language of the dates: en, de, fr, es, pt, it, nl or zh.")
@click.option("--resubmissions", help="all, last, first_and_last or none.")
@click.option("--date-format", help="long, short, month_first or iso.")
@click.option("--separator", help="What stands between two dates.")
@click.option("--label-separator", help="What stands between a label and its date.")
@click.option("--ending", help="What stands at the end of the line.")
@click.option(
    "--set", "facts", multiple=True, metavar="NAME=VALUE", help="publisher, issn_online, issn_print, address …"
)
@json_option
@in_app
def imprint_command(
    slug: str,
    as_json: bool,
    public_articles: str | None,
    preset: str | None,
    order: str | None,
    labels: Sequence[str],
    facts: Sequence[str],
    **style: str | None,
) -> None:
    """Change what is given and leave the rest; then show the line as it is printed now, and the imprint."""
    from tracker import clock
    from tracker.db import transaction
    from tracker.queries.manuscripts import journal_by_slug
    from tracker.services.actors import OPERATOR
    from tracker.services.imprints import change_imprint

    wanted: dict[str, Any] = {name: value for name, value in style.items() if value is not None}
    if preset is not None:
        wanted["preset"] = preset
    if order is not None:
        wanted["order"] = [kind.strip() for kind in order.split(",") if kind.strip()]
    if labels:
        wanted["labels"] = _pairs(labels, "--label")
    with transaction():
        journal = journal_by_slug(slug)
        change_imprint(
            journal,
            by=OPERATOR,
            now=clock.now(),
            dates_style=wanted,
            imprint=_pairs(facts, "--set"),
            public_articles=None if public_articles is None else public_articles == "yes",
        )
    _show(journal, as_json)


def _pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.UsageError(f"{option} wants NAME=VALUE, and got “{text}”.")
        pairs[name.strip()] = value
    return pairs


def _show(journal: Any, as_json: bool) -> None:
    from tracker.formats.processing_dates import example_line
    from tracker.queries.articles import dates_style_of

    policy = journal.policy
    line = example_line(dates_style_of(journal))
    if as_json:
        facts = {"public_articles": policy.public_articles, "imprint": policy.imprint, "example": line}
        echo_json({"slug": journal.slug, **facts, "dates_style": policy.dates_style})
        return
    say(line)
    say(f"Articles are {'public' if policy.public_articles else 'not public'}.")
    for name, value in policy.imprint.items():
        say(f"{name.replace('_', ' '):<18} {value}")
