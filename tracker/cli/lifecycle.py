"""`tracker lifecycle`: the diagram of docs/lifecycle.md."""

from __future__ import annotations

import click

from tracker.cli.session import say


@click.command("lifecycle")
def lifecycle_command() -> None:
    """Print the lifecycle as a page with a Mermaid diagram: docs/lifecycle.md is this output."""
    from tracker.formats.lifecycle_page import lifecycle_page

    say(lifecycle_page(), nl=False)
