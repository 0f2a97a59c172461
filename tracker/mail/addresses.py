"""What a mail address is: letters go to it, and nothing in it can be read as a second one."""

from __future__ import annotations

import re
from email.utils import parseaddr

from tracker.domain.errors import BadInput

LONGEST = 254  # RFC 5321, 4.5.3.1.3, without its brackets
_ATOM = r"""[^\s()<>\[\]:;@\\,."]+"""  # RFC 5322, 3.2.3, and beyond ASCII RFC 6531
LOCAL_PART = re.compile(rf"(?!.*=\?){_ATOM}(?:\.{_ATOM})*")  # “=?” begins an encoded word, which programs decode
DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*", re.ASCII)


def checked_address(text: str) -> str:
    """The address, if it can be one, its domain as every server knows it (`xn--…`). Raises BadInput."""
    local, _, domain = text.rpartition("@")
    known = _known_domain(domain)
    if not (LOCAL_PART.fullmatch(local) and local.isprintable() and DOMAIN.fullmatch(known) and len(text) <= LONGEST):
        raise BadInput(f"“{' '.join(text.split())[:80]}” is no mail address.")
    return f"{local}@{known}"


def _known_domain(domain: str) -> str:
    """The domain in ASCII, empty for what cannot be one. “，” and “＠” become “,” and “@” here, so look at it after."""
    try:
        return domain.encode("idna").decode("ascii") if not domain.isascii() else domain
    except UnicodeError:
        return ""


def sender_address(mail_from: str) -> str:
    """The address alone of TRACKER_MAIL_FROM, which may be written with a name. Raises BadInput."""
    return checked_address(parseaddr(mail_from)[1] or mail_from)
