"""The citation of an article: APA as journals print it, BibTeX, RIS and CSL-JSON for reference managers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tracker.domain.dates import PartialDate
from tracker.formats.article_record import ArticleRecord, AuthorRecord, tidy
from tracker.formats.author_names import in_order, is_east_asian, is_group, parts_of
from tracker.formats.folding import fold
from tracker.formats.imprint import Imprint

MOST_AUTHORS = 20  # APA 7, section 9.8: with more, the first nineteen, an ellipsis, and the last
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&",
    "#": r"\#", "%": r"\%", "_": r"\_", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip
_BRACES = str.maketrans({"{": "%7B", "}": "%7D"})
_BIBTEX_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_JOINS_NAMES = re.compile(r"\band\b|,", re.IGNORECASE)
_NAME_PARTS = re.compile(r"[\s.]+")


def publication_of(article: ArticleRecord) -> PartialDate | None:
    """When the article appeared: online, else in its issue."""
    return article.first("published") or article.first("published_in_issue")


def pages_of(article: ArticleRecord) -> tuple[str, str]:
    """The first and the last page; empty where they are not known."""
    low, _, high = article.pages.replace("–", "-").partition("-")
    return low.strip(), high.strip()


def cite_apa(article: ArticleRecord, journal: Imprint) -> str:
    """`Henderson, A., & Palmer, S. (2021). Title. Journal, 2, 3, 1-5.`

    Publication Manual of the American Psychological Association, 7th edition, section 10.1; with article number and
    pages after the volume, as the journal's own page has them.
    """
    published = publication_of(article)
    accepted = article.first("accepted")
    year = f"({published.first.year})" if published else "(in press)" if accepted else "(n.d.)"
    title = _ended(tidy(article.title))
    authors = _apa_authors(article.authors)
    opening = f"{_ended(authors)} {year}. {title}" if authors else f"{title} {year}."
    volume = f"{article.volume}({article.issue})" if article.volume and article.issue else article.volume
    place = [text for text in (journal.title, volume, article.article_number, article.pages.replace("–", "-")) if text]
    doi = f" https://doi.org/{article.doi}" if article.doi else ""
    return f"{opening} {_ended(', '.join(place))}{doi}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", "…")) or not text else f"{text}."


def _apa_authors(authors: Sequence[AuthorRecord]) -> str:
    names = [_apa_name(author) for author in authors]
    if len(names) > MOST_AUTHORS:
        return f"{', '.join(names[: MOST_AUTHORS - 1])}, … {names[-1]}"
    return f"{', '.join(names[:-1])}, & {names[-1]}" if len(names) > 1 else "".join(names)


def _apa_name(author: AuthorRecord) -> str:
    if is_east_asian(author):
        return in_order(author)
    given, family, suffix = parts_of(author)
    initials = " ".join(_initials(part) for part in _NAME_PARTS.split(given) if part)
    return ", ".join(text for text in (family, initials, suffix) if text)


def _initials(name: str) -> str:
    """`J.` for Jane, `J.-P.` for Jean-Paul."""
    return "-".join(f"{part[0].upper()}." for part in name.split("-") if part)


def cite_bibtex(article: ArticleRecord, journal: Imprint) -> str:
    """One `@article` entry in UTF-8, the characters that TeX takes for commands escaped."""
    published, (low, high) = publication_of(article), pages_of(article)
    fields = {
        "author": " and ".join(_tex_name(author) for author in article.authors),
        "title": f"{{{_tex(article.title)}}}",
        "journal": _tex(journal.title),
        "year": str(published.first.year) if published else "",
        "volume": _tex(article.volume),
        "number": _tex(article.issue),
        "eid": _tex(article.article_number),
        "pages": _tex(f"{low}--{high}" if high else low),
        "publisher": _tex(journal.publisher),
        "issn": ", ".join(journal.issns),
        "doi": article.doi.translate(_BRACES),
        "keywords": _tex(", ".join(article.keywords)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    if published and published.precision != "year":
        lines.append(f"  month = {_BIBTEX_MONTHS[published.first.month - 1]},")
    return "\n".join([f"@article{{{_key(article)},", *lines, "}"]) + "\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in tidy(text))


def _tex_name(author: AuthorRecord) -> str:
    given, family, suffix = parts_of(author)
    if not given:
        return f"{{{_tex(family)}}}"
    return ", ".join(_tex_part(part) for part in (family, suffix, given) if part)


def _tex_part(name: str) -> str:
    """A part of a name, in braces where BibTeX would take it for two authors or two parts."""
    return f"{{{_tex(name)}}}" if _JOINS_NAMES.search(name) else _tex(name)


def _key(article: ArticleRecord) -> str:
    """`henderson2021desperately`: first author, year, first word of the title."""
    published = publication_of(article)
    family = article.authors[0].family or article.authors[0].given if article.authors else "anonymous"
    words = re.findall(r"[a-z0-9]{3,}", fold(article.title))
    name = re.sub(r"[^a-z0-9]", "", fold(family)) or "author"
    return f"{name[:30]}{published.first.year if published else ''}{words[0][:30] if words else ''}"


def cite_ris(article: ArticleRecord, journal: Imprint) -> str:
    """One reference in RIS (Research Information Systems, 2001): tag, two spaces, dash, value; CRLF at line ends."""
    published, (low, high) = publication_of(article), pages_of(article)
    lines = [("TY", "JOUR")]
    lines += [("AU", _ris_name(author)) for author in article.authors]
    lines += [("TI", article.title), ("JO", journal.title), ("JA", journal.abbreviation)]
    if published:
        lines += [("PY", str(published.first.year)), ("DA", _ris_date(published))]
    lines += [("VL", article.volume), ("IS", article.issue), ("C7", article.article_number), ("SP", low), ("EP", high)]
    lines += [("PB", journal.publisher), *(("SN", issn) for issn in journal.issns), ("DO", article.doi)]
    lines += [("UR", f"https://doi.org/{article.doi}" if article.doi else ""), ("AB", article.abstract)]
    lines += [("KW", word) for word in article.keywords]
    return "".join(f"{tag}  - {tidy(value)}\r\n" for tag, value in lines if tidy(value)) + "ER  - \r\n"


def _ris_name(author: AuthorRecord) -> str:
    """`Davis, Sammy, Jr.`: family name, given name, suffix."""
    given, family, suffix = parts_of(author)
    return ", ".join(text for text in (family, given, suffix) if text)


def _ris_date(on: PartialDate) -> str:
    """`2021/01/14/`: year, month, day and other, each as far as it is known."""
    parts = on.iso.split("-")
    return "/".join([*parts, *[""] * (4 - len(parts))])


def cite_csl(article: ArticleRecord, journal: Imprint) -> list[dict[str, Any]]:
    """The item as CSL-JSON (Citation Style Language 1.0.2), in the list that reference managers read."""
    received, published = article.first("received"), publication_of(article)
    item = {
        "id": _key(article),
        "type": "article-journal",
        "title": article.title,
        "author": [_csl_name(author) for author in article.authors],
        "container-title": journal.title,
        "container-title-short": journal.abbreviation,
        "publisher": journal.publisher,
        "volume": article.volume,
        "issue": article.issue,
        "number": article.article_number,
        "page": article.pages.replace("–", "-"),
        "DOI": article.doi,
        "ISSN": ", ".join(journal.issns),
        "issued": _csl_date(published),
        "submitted": _csl_date(received),
        "keyword": ", ".join(article.keywords),
        "abstract": article.abstract,
        "language": journal.language,
    }
    return [{name: value for name, value in item.items() if value}]


def _csl_name(author: AuthorRecord) -> dict[str, str]:
    given, family, suffix = parts_of(author)
    if is_group(author) or not given:
        return {"literal": family}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def _csl_date(on: PartialDate | None) -> dict[str, Any] | None:
    return {"date-parts": [[int(part) for part in on.iso.split("-")]]} if on else None
