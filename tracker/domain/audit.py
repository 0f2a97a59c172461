"""The words of the audit trail, and what of a change it holds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any


class Change(StrEnum):
    """What was changed, beside the histories of manuscripts: those have the ledger."""

    JOURNAL_ADDED = "journal_added"
    SETTINGS_CHANGED = "settings_changed"
    TEMPLATE_CHANGED = "template_changed"
    ACCOUNT_ADDED = "account_added"
    PASSWORD_SET = "password_set"  # noqa: S105  a word, no password
    ACCOUNT_CHANGED = "account_changed"
    ACCOUNT_DISABLED = "account_disabled"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    PERSON_EXPORTED = "person_exported"
    PERSON_ERASED = "person_erased"
    RECORD_FORGOTTEN = "record_forgotten"
    LETTER_DECIDED = "letter_decided"  # from the command line
    DATA_IMPORTED = "data_imported"


class RecordField(StrEnum):
    """What stands on a manuscript's record beside its ledger, and is written over: each change of it is kept."""

    TITLE = "title"
    SECTION = "section"
    HANDLING_EDITOR = "handling_editor"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    FILES = "files"
    REMINDERS = "reminders"
    AUTHORS = "authors"
    REVIEWER_NAME = "reviewer_name"
    REVIEWER_ADDRESS = "reviewer_address"


class Look(StrEnum):
    """What somebody looked at that not everybody may know."""

    REVIEWERS = "reviewers"
    REVIEW_TEXTS = "review_texts"
    LETTERS = "letters"
    AUDIT = "audit"
    PERSON = "person"


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What each of two states says that the other does not; a name that one lacks is left out there."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )
