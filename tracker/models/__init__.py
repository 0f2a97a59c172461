"""The tables. Import them from here, so that every table is known whenever one is."""

from tracker.models.accounts import Account, Membership, Passkey, SignIn, TryCount
from tracker.models.answers import Answer, LetterLink, LetterText, OptOut, StepWish
from tracker.models.api_tokens import ApiToken
from tracker.models.audit import AuditEntry, LookEntry
from tracker.models.desk import BulkDeed, CalendarFeed, SavedView
from tracker.models.imports import Import, ImportRow, SheetMapping
from tracker.models.journals import Journal, ReferenceCounter
from tracker.models.ledger import LedgerEntry
from tracker.models.letters import Letter, RefusedAddress, ReminderStep
from tracker.models.manuscripts import Author, Manuscript
from tracker.models.remarks import RecordChange, StatusNote, Tag
from tracker.models.reviewers import Review, Reviewer
from tracker.models.schedule import JobRun
from tracker.models.search import SearchText
from tracker.models.sign_in_log import SignInEntry
from tracker.models.status_links import StatusLink
from tracker.models.tasks import Task
from tracker.models.turnaround import Assignment, Closing, Exclusion, HolderDays, Interval, TurnaroundCount

__all__ = [
    "Account", "Answer", "ApiToken", "Assignment", "AuditEntry", "Author", "BulkDeed", "CalendarFeed", "Closing",
    "Exclusion", "HolderDays", "Import", "ImportRow", "Interval", "JobRun", "Journal", "LedgerEntry", "Letter",
    "LetterLink", "LetterText", "LookEntry", "Manuscript", "Membership", "OptOut", "Passkey", "RecordChange",
    "ReferenceCounter",
    "RefusedAddress", "ReminderStep", "Review", "Reviewer", "SavedView", "SearchText", "SheetMapping", "SignIn",
    "SignInEntry", "StatusLink", "StatusNote", "StepWish", "Tag", "Task", "TryCount", "TurnaroundCount",
]  # fmt: skip
