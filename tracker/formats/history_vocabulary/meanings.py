"""What a label of a date can mean."""

from __future__ import annotations

from typing import Literal

Kind = Literal[
    "received", "revision_requested", "resubmitted", "accepted",
    "published", "published_in_issue", "corrected", "retracted",
]  # fmt: skip

Meaning = Kind | Literal["original", "decision", "early", "record", "appeared", "limit", "other"]
"""A kind of event, or one of seven that only the rest of the line can place:

original — “in original form” (MNRAS): this date is the receipt, and the one called Received a revised version;
decision — a decision that does not say which: a request for revision if a re-submission follows it;
early — a preliminary version online: the publication only if the line has no other;
record — the version of record: the publication only if the line has no other but an early one;
appeared — “published” and no more: that of the issue if the line also has an earlier date online;
limit — the last day for something, “deadline”: what it is for has no date here;
other — the date of something else, such as “date of current version”: left out.
"""
