"""In whose name a letter goes out, and to whom an answer to it goes: the editors who handle what it is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.mail.messages import REPLY_TO_SEPARATOR
from tracker.models import Account, Manuscript
from tracker.queries.conflicts import is_author

LONGEST_NAME, LONGEST_REPLY_TO = 300, 254  # what the columns of a letter hold


class Sender(NamedTuple):
    """Who signs a letter, the name it comes from, and the addresses that an answer goes to."""

    signed_by: str
    from_name: str
    reply_to: str


def sender_of(manuscripts: Sequence[Manuscript]) -> Sender:
    """The sender of a letter about these manuscripts of one journal, which come with their editors and authors.

    One editor writes as “Ada Editor via Careful Practice”. Where several handle them, the journal writes, all sign, and
    an answer goes to all: only they know which of them it concerns. But nobody gets answers about what they are an
    author of. Without an editor, answers go to the journal's own address.
    """
    title, editors = manuscripts[0].journal.title, _editors(manuscripts)
    names = [editor.name for editor in editors if editor.name]
    from_name = f"{names[0]} via {title}" if len(editors) == 1 and names else title
    told = [editor.email for editor in editors if not any(is_author(one, editor) for one in manuscripts)]
    while len(REPLY_TO_SEPARATOR.join(told)) > LONGEST_REPLY_TO:
        told.pop()
    return Sender(", ".join(names), from_name[:LONGEST_NAME], REPLY_TO_SEPARATOR.join(told))


def _editors(manuscripts: Sequence[Manuscript]) -> list[Account]:
    return list(dict.fromkeys(one.handling_editor for one in manuscripts if one.handling_editor is not None))
