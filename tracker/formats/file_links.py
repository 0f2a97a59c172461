"""Links to a manuscript's files, as people keep them: one a line, an address with words before or after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from tracker.domain.errors import BadInput

ADDRESS = re.compile(r"https?://[^\s<>\"]+")
LONGEST_LINE = 2_000
MOST_LINKS = 50


@dataclass(frozen=True)
class FileLink:
    """A file that is kept elsewhere. `label` is what people call it."""

    label: str
    href: str


def file_links(text: str) -> list[FileLink]:
    """The links in the text, a line each. Raises BadInput for a line without a web address, or with two."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINKS:
        raise BadInput(f"That are {len(lines)} links: {MOST_LINKS} at most. Link to the folder instead.")
    return [_link(line) for line in lines]


def links_to_show(text: str) -> list[FileLink]:
    """The links of a stored text; a line that is no link any more, after an erasure in it, has no address."""
    shown = []
    for line in text.splitlines():
        try:
            shown += file_links(line)
        except BadInput:
            shown.append(FileLink(line, ""))
    return shown


def tidy_file_links(text: str) -> str:
    """The same text as it is stored: words first, then the address."""
    return "\n".join(f"{link.label} {link.href}" for link in file_links(text))


def _link(line: str) -> FileLink:
    if len(line) > LONGEST_LINE:
        raise BadInput(f"The link “{line[:40]}…” is too long: {LONGEST_LINE} characters at most.")
    found = ADDRESS.findall(line)
    if len(found) != 1 or not _has_host(found[0]):
        raise BadInput(f"“{line[:60]}” is no link: write one a line, such as Figures https://files.example.org/12.")
    words = " ".join(line.replace(found[0], " ").split()).strip(" :-–")
    return FileLink(words or _name_of(found[0]), found[0])


def _has_host(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:  # brackets that are no IPv6 address
        return False


def _name_of(address: str) -> str:
    """The file's name in the address, or the host where there is none."""
    parts = urlsplit(address)
    return unquote(parts.path.rstrip("/").rpartition("/")[2]).replace("\n", " ").strip() or str(parts.hostname)
