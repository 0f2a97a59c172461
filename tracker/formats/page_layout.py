"""Which plain blocks of an article page are its title, byline, biographies and abstract."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice, takewhile

from tracker.formats.page_blocks import Block
from tracker.formats.page_citation import Citation
from tracker.formats.page_people import (
    EMAIL,
    ORCID,
    PageAuthor,
    biography_of,
    comparable,
    read_byline,
)  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """The parts of a page that only their place, or the citation, tells apart."""

    title: str = ""
    authors: tuple[PageAuthor, ...] = ()
    abstract: str = ""


_LONGEST_HEADING = 400  # characters of a title or byline
_MOST_HEADINGS = 300  # short lines that are looked at for them: keeps a page of any length quick
_LONG = 80  # characters that a paragraph of an abstract has at least
_ALIKE = 0.9
_HE_OR_SHE = re.compile(r"(?:he|she|they|his|her|their)\b", re.I)


def lay_out(blocks: list[Block], citation: Citation, known: tuple[PageAuthor, ...] = ()) -> Layout:
    """Find title, byline, biographies and abstract; what is not there stays empty. `known` are the authors if told."""
    lines = _heading_lines(blocks)
    byline, authors = _byline(lines, citation)
    authors = known or authors
    title_lines, title = _title(blocks, lines, byline, citation)
    taken = set(title_lines) | set(byline)
    rest = [_without(block, position, taken) for position, block in enumerate(blocks)]
    biographies, others = _biographies(rest, authors)
    return Layout(title, _with_contacts(authors, biographies, blocks), _abstract(blocks, others))


_Place = tuple[int, int]
"""The number of a block, and of a line in it."""


def _heading_lines(blocks: list[Block]) -> dict[_Place, str]:
    places = (
        ((position, number), line)
        for position, block in enumerate(blocks)
        if block.part == "prose"
        for number, line in enumerate(block.lines)
        if len(line) <= _LONGEST_HEADING
    )
    return dict(islice(places, _MOST_HEADINGS))


def _byline(lines: dict[_Place, str], citation: Citation) -> tuple[tuple[_Place, ...], tuple[PageAuthor, ...]]:
    """The line or lines of the authors: those that hold every cited family name, or else look like names."""
    best: tuple[int, tuple[_Place, ...], tuple[PageAuthor, ...]] = (0, (), ())
    title = comparable(citation.title)
    places = list(lines)
    for start in range(len(places)):
        for count in (1, 2, 3, 4, 5, 6):
            run = tuple(places[start : start + count])
            if run[0][0] != run[-1][0]:
                break
            joined = _join_names([lines[place] for place in run])
            if len(run) < count or (title and comparable(joined) in title):
                break
            authors = read_byline(joined, citation.authors)
            score = _score(authors, citation, start, count)
            if score > best[0]:
                best = (score, run, authors)
    return best[1], best[2]


def _join_names(lines: list[str]) -> str:
    """Names on lines of their own become a list; a list broken after a comma or “and” goes on."""
    joined = lines[0]
    for line in lines[1:]:
        goes_on = re.search(r"(?:[,;&]|\band)$", joined) or re.match(r"(?:and\b|&|,|;)", line)
        joined += f" {line}" if goes_on else f"; {line}"
    return joined


def _score(authors: tuple[PageAuthor, ...], citation: Citation, start: int, count: int) -> int:
    if not authors:
        return 0
    if citation.authors:
        cited = {comparable(author.family) for author in citation.authors}
        found = {comparable(author.family) for author in authors}
        matches = len(cited & found)
        return 1000 * matches - 100 * len(found - cited) - start - count if matches else 0
    # Without a citation the first line is the title, also when it is all capitals, and the next is the byline.
    joins = len(authors) > 1 and count == 1
    return max(1, 500 - 10 * abs(start - 1) + 25 * joins + 2 * (count - 1))


def _title(
    blocks: list[Block], lines: dict[_Place, str], byline: tuple[_Place, ...], citation: Citation
) -> tuple[tuple[_Place, ...], str]:
    labelled = next((block.joined for block in blocks if block.part == "title" and block.joined), "")
    if labelled:
        return (), labelled
    places = [place for place in lines if place not in byline]
    run = _cited_title(places, lines, citation.title) or _title_by_place(places, byline)
    title = " ".join(lines[place] for place in run)
    if citation.title and not _alike(title, citation.title):
        return (), citation.title
    return run, title


def _cited_title(places: list[_Place], lines: dict[_Place, str], title: str) -> tuple[_Place, ...]:
    if not title:
        return ()
    for start in range(len(places)):
        for count in (1, 2, 3, 4):
            run = tuple(places[start : start + count])
            if _alike(" ".join(lines[place] for place in run), title):
                return run
    return ()


def _alike(one: str, other: str) -> bool:
    first, second = comparable(one), comparable(other)
    if first == second or abs(len(first) - len(second)) > 0.2 * len(second):
        return first == second
    return SequenceMatcher(None, first[:400], second[:400], autojunk=False).ratio() >= _ALIKE


def _title_by_place(places: list[_Place], byline: tuple[_Place, ...]) -> tuple[_Place, ...]:
    """The lines just above the byline (a title may take several); with none above, the block just below."""
    above = [place for place in places if not byline or place < byline[0]]
    if above:
        last_block = above[-1][0] if byline else above[0][0]
        return tuple(place for place in above if place[0] == last_block)
    return tuple(place for place in places if place[0] == places[0][0])[:2] if places else ()


def _without(block: Block, position: int, taken: set[_Place]) -> Block:
    lines = [line for number, line in enumerate(block.lines) if (position, number) not in taken]
    return Block(block.part, lines)


def _biographies(blocks: list[Block], authors: tuple[PageAuthor, ...]) -> tuple[dict[int, str], list[str]]:
    """Each author's biography, and the other paragraphs.

    A line that opens with an author's name opens a biography; lines under it, and a paragraph about him or her,
    go on with it.
    """
    found: dict[int, list[str]] = {}
    others: list[str] = []
    for block in blocks:
        if block.part not in ("prose", "people"):
            continue
        current: int | None = None
        paragraph: list[str] = []
        for number, line in enumerate(block.lines):
            author = biography_of(line, authors)
            if author is None and number == 0 and found and _HE_OR_SHE.match(line):
                author = list(found)[-1]
            if author is not None and not _opens_anew(author, current, line, authors):
                author = current
            current = author if author is not None else current
            if current is None:
                paragraph.append(line)
            else:
                found.setdefault(current, []).append(line)
        others.append(" ".join(paragraph))
    biographies = {author: " ".join(lines) for author, lines in found.items()}
    return biographies, [paragraph for paragraph in others if paragraph]


def _opens_anew(author: int, current: int | None, line: str, authors: tuple[PageAuthor, ...]) -> bool:
    return author != current and (current is None or comparable(line).find(comparable(authors[author].family)) < 40)


def _with_contacts(
    authors: tuple[PageAuthor, ...], biographies: dict[int, str], blocks: list[Block]
) -> tuple[PageAuthor, ...]:
    lines = [line for block in blocks if block.part != "citation" for line in block.lines]
    emails = [email for line in lines for email in EMAIL.findall(line)]
    completed = []
    for index, author in enumerate(authors):
        biography = biographies.get(index, "")
        about = [
            biography,
            *(line for line in lines if len(line) < 200 and author.full in line and _is_about_one(line, authors)),
        ]
        email = next((email for text in about for email in EMAIL.findall(text)), "")
        email = email or next((e for e in emails if comparable(author.family) in comparable(e.split("@")[0])), "")
        orcid = next((orcid for text in about for orcid in ORCID.findall(text)), "")
        completed.append(replace(author, biography=biography, email=email or author.email, orcid=orcid or author.orcid))
    return tuple(completed)


def _is_about_one(line: str, authors: tuple[PageAuthor, ...]) -> bool:
    return sum(author.full in line for author in authors) == 1


def _abstract(blocks: list[Block], others: list[str]) -> str:
    """The paragraphs under “Abstract”, or else the longest other paragraph and the long ones beside it."""
    for position, block in enumerate(blocks):
        if block.part != "abstract":
            continue
        further = _under_heading(blocks[position + 1 :], others) if block.is_under_heading else []
        return "\n\n".join([block.joined, *further])
    long = [paragraph for paragraph in others if len(paragraph) >= _LONG]
    return "\n\n".join(long)


def _under_heading(following: list[Block], others: list[str]) -> list[str]:
    """The further paragraphs of an abstract that has a heading: those that follow at once and are no biography."""
    more = takewhile(lambda block: block.part == "prose" and len(block.joined) >= _LONG / 2, following)
    return [block.joined for block in takewhile(lambda block: block.joined in others, more)]
