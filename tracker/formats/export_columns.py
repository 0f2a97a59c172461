"""What the files of an export hold, in words: the tables, and each of their columns."""

from __future__ import annotations

TABLES = {
    "journals": "The journals, with what each has decided for itself.",
    "reference_counters": "The last number given out for a journal's references in a year.",
    "accounts": "The people who sign in. Passwords are not exported: each sets a new one.",
    "memberships": "Who has which role in which journal.",
    "manuscripts": "The manuscripts, with a copy of where each stands by its ledger.",
    "authors": "The authors of each manuscript, in the order of the byline.",
    "ledger": "The histories: every event as it was recorded, sealed by a chain of hashes.",
    "reviewers": "The reviewers of each manuscript, by the numbers that its ledger has for them.",
    "reviews": "What reviewers wrote.",
    "letters": "The outbox: every letter as it was rendered, and its fate.",
    "reminder_steps": "What became of each automatic letter that was owed.",
    "refused_addresses": "Addresses that a mail server has refused for good.",
    "audit_entries": "Who changed settings, roles and accounts; people are named by uid.",
    "looks": "Who looked at what is sensitive; people are named by uid.",
    "imports": "The imports of sheets.",
    "import_rows": "What became of each row of an imported sheet.",
    "sheet_mappings": "How the columns of a journal's last sheet were read.",
    "tags": "The tags of each manuscript.",
    "status_notes": "Notes on how each manuscript stands; the last one counts.",
    "record_changes": "Who changed what on a manuscript's record; people are named by uid.",
    "saved_views": "Named views of the list, each of one person or of one journal.",
    "answers": "What readers of letters answered.",
    "opt_outs": "Who wants no letters of a kind.",
    "step_wishes": "What editors wish of a letter to come.",
    "letter_texts": "A journal's own words in its letters.",
    "tasks": "Who owes what by when; written by the same fold as the standing.",
    "intervals": "Turnaround: whole days between two events; written by the same fold as the standing.",
    "exclusions": "What each figure of a report leaves out, and why.",
    "closings": "When each manuscript was closed, and opened again.",
    "holder_days": "The days that a closed manuscript was with each holder.",
    "assignments": "Each reviewer's part in each round.",
}
# A column that means the same wherever it stands, or `table.column` where it does not.
COLUMNS = {
    "journal": "short name of the journal",
    "manuscript": "reference of the manuscript",
    "account": "uid of the account",
    "letter": "uid of the letter",
    "import": "uid of the import",
    "uid": "name that never changes; the chain of hashes of a manuscript begins with it",
    "slug": "short name",
    "timezone": "IANA time zone: the journal's own calendar",
    "country": "two letters of ISO 3166, for public holidays",
    "language": "language tag",
    "settings": "what differs from the defaults, as JSON",
    "created_at": "UTC instant",
    "year": "calendar year",
    "reference_counters.last": "the last number given out",
    "role": "role in the journal",
    "reference": "reference of the manuscript",
    "identity_key": "title and first author reduced to letters, for telling the same manuscript again",
    "handling_editor": "uid of the account",
    "origin": "reference of the rejected manuscript that this one came back from",
    "is_armed": "whether automatic letters are written",
    "state": "where it stands: a word of the lifecycle",
    "waiting_on": "who has to act next",
    "status_note": "the last note on how it stands",
    "files": "links to its files, one a line: words, then an address",
    "field": "what was changed: a word",
    "before": "as it was; an editor by uid",
    "after": "as it is since; an editor by uid",
    "tags.key": "the tag in small letters",
    "saved_views.query": "filters, order and columns, as in the address of the list",
    "version": "number of entries in the ledger",
    "head_hash": "hash of the last entry in the ledger",
    "position": "place in the list, from 1",
    "action": "what was done: a word of the lifecycle, or undone or date_corrected",
    "occurred_on": "calendar date in the journal's own calendar; the first day of a month or year that is all we know",
    "sequence": "order within the day",
    "precision": "day, month or year: how far the date is known",
    "details": "what was recorded with it, as JSON in one spelling",
    "recorded_at": "UTC instant",
    "actor": "uid of the account, or a word such as import",
    "note": "remark of the person who recorded it",
    "source": "live, or where an import had it from",
    "step": "position of the first entry of the same step",
    "hash": "SHA-256 over the hash before and every field, in hexadecimal",
    "number": "number",
    "email": "e-mail address",
    "days": "whole calendar days",
    "metric": "key of the figure, as in reports",
    "n": "how many",
}


def meaning_of(table: str, column: str) -> str:
    """What a column holds. One without an entry is told from its name: `_on` is a date, `_at` an instant, in UTC."""
    known = COLUMNS.get(f"{table}.{column}") or COLUMNS.get(column)
    if known:
        return known
    words = column.replace("_", " ")
    if column.endswith("_on"):
        return f"calendar date: {words.removesuffix(' on')}"
    if column.endswith("_at"):
        return f"UTC instant: {words.removesuffix(' at')}"
    return words


def export_readme(columns: dict[str, list[str]]) -> str:
    """The README of an export: its files, and every column of each."""
    lines = [
        "# Export of the Journal Tracker",
        "",
        "Every table twice: `.csv` for people and spreadsheets, `.jsonl` (one JSON object a line) for programs.",
        "`tracker import export FOLDER` reads the `.jsonl` files into an empty installation. Dates are `YYYY-MM-DD`,",
        "instants are UTC. In CSV an empty cell is “none”, and a text that a spreadsheet would take for a formula",
        "(it begins with `=`, `+`, `-`, `@`, tab or return) has an apostrophe in front.",
    ]
    for table, names in columns.items():
        lines += ["", f"## {table}", "", TABLES.get(table, ""), "", "| column | meaning |", "|---|---|"]
        lines += [f"| `{name}` | {meaning_of(table, name)} |" for name in names]
    return "\n".join(lines) + "\n"
