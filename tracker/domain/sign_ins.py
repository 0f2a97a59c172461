"""How long a sign-in lasts, and how often it may be tried: the numbers, and what follows from them."""

from __future__ import annotations

import ipaddress
import re
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(hours=12)  # not seen for so long: over, unless the person asked to stay signed in
LONGEST = timedelta(days=14)  # over, whatever the person does
SEEN_AGAIN_AFTER = timedelta(minutes=5)  # between two notes that a sign-in is in use
FRESH = timedelta(minutes=30)  # what is sensitive asks for the password again after that

OWN = ("", "unix:")  # a socket of our own machine has no address
UNREADABLE = "unreadable"  # what an address is counted as that cannot be read
WITH_PORT = re.compile(r"\[(?P<bracketed>[^][]*)\](:\d*)?|(?P<v4>\d+(\.\d+){3}):\d*")

SLOTS = 65_536  # of each kind of try: the counts of more than that share one
FORGOTTEN_AFTER = timedelta(days=1)


def is_over(*, begun_at: datetime, seen_at: datetime, kept: bool, now: datetime) -> bool:
    """Whether a sign-in has ended by itself: idle for too long, unless it was to be kept, or too old in any case."""
    return now - begun_at > LONGEST or (not kept and now - seen_at > IDLE)


def network_of(address: str) -> str:
    """The address by which tries are counted; of IPv6 the network, of which one line has billions.

    A web server before us may say it with a port, `203.0.113.99:51234` or `[2001:db8::9]:443`. An IPv4 address that
    came to a socket for both (`::ffff:192.0.2.7`) is that IPv4 address. All that cannot be read is counted as one.

    Empty for our own machine, by its address, its socket or none: that would be a web server before us that does not
    say whom it asks for (TRACKER_PROXIES).
    """
    if address in OWN:
        return ""
    try:
        found = ipaddress.ip_address(_bare(address))
    except ValueError:
        return UNREADABLE
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback:
        return ""
    return str(ipaddress.ip_network((int(found), 64), strict=False)) if found.version == 6 else str(found)


def _bare(address: str) -> str:
    """The address without brackets and port."""
    match = WITH_PORT.fullmatch(address.strip())
    return (match["bracketed"] or match["v4"]) if match else address.strip()


class Try(StrEnum):
    """What is counted when somebody tries to sign in, each by itself.

    A browser in which the account has signed in before is counted instead of account and address: so nobody is kept
    out of their account by what others try.
    """

    ACCOUNT = "account"
    BROWSER = "browser"
    ADDRESS = "address"
    CODE = "code"
    LETTER = "letter"


# tries that cost nothing, seconds of the first wait, of the longest; each try doubles the wait
WAITS: dict[Try, tuple[int, int, int]] = {
    Try.ACCOUNT: (5, 1, 900),
    Try.BROWSER: (5, 1, 900),
    Try.ADDRESS: (30, 1, 900),
    Try.CODE: (5, 2, 900),
    Try.LETTER: (3, 60, 6 * 3600),
}


def seconds_to_wait(kind: Try, tries: int, last_at: datetime, now: datetime) -> float:
    """How long after `last_at`, seen from `now`, the next try has to wait after so many in vain; 0 for not at all."""
    free, first, longest = WAITS[kind]
    if tries < free or now - last_at > FORGOTTEN_AFTER:
        return 0.0
    wait = min(longest, first << min(tries - free, 20))
    return max(0.0, wait - (now - last_at).total_seconds())
