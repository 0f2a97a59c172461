"""Who acts, as services and the ledger know them, and what they may."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.domain.by_hand import IMPORTER
from tracker.domain.errors import NotAllowed, OwnWork
from tracker.domain.roles import Deed, Whose, may, may_record, who_may_record
from tracker.domain.transitions import done_words
from tracker.models import Manuscript
from tracker.queries.conflicts import whose


@dataclass(frozen=True)
class Actor:
    """Who acts: an account's uid and role in the journal, or the operator at the command line."""

    uid: str
    role: str

    @property
    def as_importer(self) -> str:
        """Who the ledger says imported: the person, or `import` where nobody is signed in."""
        return IMPORTER if self == OPERATOR else self.uid

    def must_write(self, what: str) -> None:
        """Raise NotAllowed for a reader from the board; `what` is plural, such as “Letters are decided about”."""
        if not may(self.role, Deed.WRITE):
            raise NotAllowed(f"{what} by an editor or an assistant. Ask one of them.")

    def whose(self, manuscript: Manuscript) -> Whose:
        """Whose the manuscript is to whoever acts."""
        return Whose.NOBODYS if self == OPERATOR else whose(manuscript, self.uid)

    def must_be_allowed(self, action: str, manuscript: Manuscript) -> None:
        """Raise NotAllowed if this role may not record the action of this manuscript, OwnWork for an author of it.

        That a new manuscript was received is what authors say: an editor may enter their own.
        """
        theirs = self.whose(manuscript)
        if theirs is Whose.AUTHORED and manuscript.version:
            raise OwnWork(manuscript.reference)
        theirs = Whose.NOBODYS if theirs is Whose.AUTHORED else theirs
        if not may_record(self.role, action, theirs):
            raise NotAllowed(
                f"“{done_words(action)}” is recorded by {who_may_record(action, theirs)}. Ask one of them."
            )


OPERATOR = Actor("command line", "chief_editor")
