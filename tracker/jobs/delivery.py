"""The delivery pass: claims letters, hands them over one connection, and commits what became of them in groups.

See `services.claims` for what a claim is, and what a crash leaves behind.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial

from sqlalchemy.exc import OperationalError

from tracker.config import Settings
from tracker.db import db, transaction
from tracker.mail.smtp import Post, open_post
from tracker.mail.smtp_answers import NotDelivered, RefusedForGood, ServerUnreachable, Uncertain
from tracker.queries.outbox import is_anything_due
from tracker.services.claims import MOST_AT_ONCE, Claim, claim_letters
from tracker.services.delivery import Fate, note_fates, set_aside_lost_claims

SECONDS_A_CLAIM = 0.25  # what a crash may leave in doubt
LONGEST_CLAIM_SECONDS = 10.0  # then the rest of it goes back, long before another process would call it lost
TIMES_TO_NOTE = 4  # each waits as long as the database's own patience lasts
NO_SERVER = "No mail server is configured: set TRACKER_SMTP_URL. Letters wait until then."
TodayOf = Callable[[str], date]
NowOf = Callable[[], datetime]


@dataclass
class Delivered:
    """What a delivery pass did. `problem` is a sentence where the server could not be used at all."""

    sent: int = 0
    failed: int = 0
    parked: int = 0
    uncertain: int = 0
    set_aside: int = 0
    problem: str = ""

    def count(self, fates: Sequence[Fate]) -> None:
        """Add what became of these letters."""
        for fate in fates:
            self.sent += fate.tried and fate.error is None
            self.parked += isinstance(fate.error, RefusedForGood)
            self.uncertain += isinstance(fate.error, Uncertain)
            self.failed += isinstance(fate.error, NotDelivered)


def deliver(
    *, now_of: NowOf, today_of: TodayOf, settings: Settings, at_any_hour: bool = False,
    stopping: threading.Event | None = None,
) -> Delivered:  # fmt: skip
    """Send every letter whose time has come. Without a server nothing is touched, and the letters wait."""
    done = Delivered()
    with transaction():
        done.set_aside = set_aside_lost_claims(now=now_of())
    if not is_anything_due(now_of()):
        return done
    if not settings.smtp_url:
        done.problem = NO_SERVER
        return done
    db.session.rollback()  # a read must not stay open while a server is waited for

    def claim(most: int) -> list[Claim] | None:
        return claim_letters(most, now=now_of(), today_of=today_of, settings=settings, at_any_hour=at_any_hour)

    try:
        with open_post(settings.smtp_url) as post:
            _Round(post, claim, now_of, done, stopping or threading.Event()).run()
    except ServerUnreachable as error:
        done.problem = str(error)
    return done


@dataclass
class _Round:
    """One connection's worth of letters."""

    post: Post
    claim: Callable[[int], list[Claim] | None]
    now_of: NowOf
    done: Delivered
    stopping: threading.Event
    most: int = 1
    fates: list[Fate] = field(default_factory=list)

    def run(self) -> None:
        """Claim and hand over until nothing is left. Whatever happens, what is known of a letter is committed."""
        try:
            while not self.stopping.is_set() and (claims := self._settled(partial(self.claim, self.most))) is not None:
                self._hand_over(claims)
        finally:
            if self.fates:
                self._settled(lambda: None)

    def _settled(self, then: Callable[[], list[Claim] | None]) -> list[Claim] | None:
        """Commit what became of the last claim, and the next claim with it; a busy database is asked again."""
        for attempt in range(1, TIMES_TO_NOTE + 1):
            try:
                with transaction():
                    note_fates(self.fates, now=self.now_of())
                    claims = then()
            except OperationalError:
                if attempt == TIMES_TO_NOTE:
                    raise
            else:
                break
        self.done.count(self.fates)
        self.fates = []
        return claims

    def _hand_over(self, claims: Sequence[Claim]) -> None:
        begun = time.monotonic()
        waiting = deque(claims)
        try:
            while waiting and not self.stopping.is_set() and time.monotonic() - begun < LONGEST_CLAIM_SECONDS:
                self._send(waiting.popleft())
        finally:
            self.fates += [Fate(claim.letter_id, tried=False) for claim in waiting]
        self.most = _next_size(self.most, time.monotonic() - begun)

    def _send(self, claim: Claim) -> None:
        try:
            self.post.deliver(claim.message)
        except (NotDelivered, RefusedForGood, Uncertain) as error:
            self.fates.append(Fate(claim.letter_id, error))
        except ServerUnreachable:  # said before the letter was handed over
            self.fates.append(Fate(claim.letter_id, tried=False))
            raise
        except Exception as error:  # nobody knows what had left by then
            self.fates.append(Fate(claim.letter_id, Uncertain(f"The program failed while it was being sent: {error}")))
            raise
        else:
            self.fates.append(Fate(claim.letter_id))


def _next_size(most: int, seconds: float) -> int:
    """How many letters to claim next: twice as many while they leave quickly, half as many when they do not."""
    if seconds > SECONDS_A_CLAIM:
        return max(1, most // 2)
    return min(MOST_AT_ONCE, most * 2) if seconds < SECONDS_A_CLAIM / 2 else most
