"""Reads the native XML of Open Journal Systems 3.3 to 3.5 (PKP, `native.xsd`): articles, or issues with articles.

It knows when a manuscript was submitted and when published; decisions and revisions are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator

from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord, AuthorRecord, DatedFact
from tracker.formats.dated_parts import date_of_iso
from tracker.formats.plain_text import plain_line, plain_text
from tracker.formats.sources import Reading
from tracker.formats.xml_reading import Element, every, first, local_name, parse_xml, text_at, text_of

PUBLISHED = "3"  # PKPSubmission::STATUS_PUBLISHED; 5 is scheduled: its date lies ahead
DECLINED = "4"


def read_ojs(data: bytes) -> list[Reading]:
    """The submissions of the file; in the place of one that cannot be used, the reason. Raises BadInput for others.

    The reference is `OJS-` and the submission's own number in OJS, where the file tells it.
    """
    root = parse_xml(data)
    articles = list(root.iter("article"))
    if not articles or local_name(root) not in ("article", "articles", "issue", "issues"):
        raise BadInput(f"the file is no native XML of OJS 3: expected <articles>, found <{local_name(root) or '?'}>.")
    return [_reading(article) for article in articles]


def _reading(article: Element) -> Reading:
    try:
        return _article(article)
    except BadInput as error:
        return error


def _article(article: Element) -> ArticleRecord:
    publications = every(article, "publication") or [article]  # before 3.2 the article itself was the publication
    current = _current(article, publications)
    locale = current.get("locale") or article.get("locale") or ""
    title = _title(current, locale)
    if not title:
        raise BadInput("The submission has no title.")
    if article.get("status") == DECLINED:  # taken without its end it would wait on an editor for ever
        raise BadInput(
            f"“{title[:80]}” was declined, and the file does not tell on which day: enter it by hand, or by "
            "a sheet that has the day of the decision."
        )
    issue = _issue(current)
    return ArticleRecord(
        title=title,
        authors=tuple(_authors(current, locale)),
        dates=tuple(_dates(article, publications)),
        reference=_reference(article),
        doi=next((text_of(item) for item in every(current, "id") if item.get("type") == "doi"), ""),
        volume=text_at(issue, "volume") if issue is not None else "",
        issue=text_at(issue, "number") if issue is not None else "",
        pages=text_at(current, "pages").replace("-", "–"),
        abstract=plain_text(_in_locale(current, "abstract", locale)),
        keywords=_keywords(current, locale),
        section=_section(article, current, locale),
    )


def _current(article: Element, publications: list[Element]) -> Element:
    wanted = article.get("current_publication_id")
    for publication in publications:
        ids = [text_of(item) for item in every(publication, "id") if item.get("type") == "internal"]
        if wanted and wanted in ids:
            return publication
    return publications[-1]


def _reference(article: Element) -> str:
    ids = [text_of(item) for item in every(article, "id") if item.get("type") == "internal"]
    number = ids[0] if ids else ""
    return f"OJS-{number}" if number.isascii() and number.isdecimal() and len(number) <= 12 else ""


def _dates(article: Element, publications: list[Element]) -> Iterator[DatedFact]:
    """Submitted, and published first: the earliest date of the versions that are published."""
    if received := date_of_iso(article.get("date_submitted") or "", what="date_submitted"):
        yield DatedFact("received", received, "date_submitted")
    published = [
        on for item in publications
        if (item.get("status") or article.get("status") or PUBLISHED) == PUBLISHED
        and (on := date_of_iso(item.get("date_published") or "", what="date_published"))
    ]  # fmt: skip
    if published:
        yield DatedFact("published", min(published), "date_published")


def _in_locale(element: Element, name: str, locale: str) -> str:
    """The text in the locale of the submission, else in the first that there is."""
    found = every(element, name)
    same = [item for item in found if item.get("locale") == locale]
    return next((text for item in [*same, *found] if (text := text_of(item))), "")


def _title(publication: Element, locale: str) -> str:
    title, subtitle = (plain_line(_in_locale(publication, name, locale)) for name in ("title", "subtitle"))
    prefix = _in_locale(publication, "prefix", locale)
    whole = f"{prefix} {title}".strip() if title else ""
    return f"{whole.rstrip(' :')}: {subtitle}" if whole and subtitle else whole


def _authors(publication: Element, locale: str) -> Iterator[AuthorRecord]:
    contact = publication.get("primary_contact_id")
    for author in every(publication, "authors/author"):
        given, family = (_in_locale(author, name, locale) for name in ("givenname", "familyname"))
        if given or family:
            yield AuthorRecord(
                given=given if family else "",
                family=family or given,
                email=text_at(author, "email"),
                orcid=text_at(author, "orcid"),
                affiliation=_affiliation(author, locale),
                biography=plain_text(_in_locale(author, "biography", locale)),
                is_corresponding=bool(contact) and author.get("id") == contact,
            )


def _affiliation(author: Element, locale: str) -> str:
    """Until OJS 3.4 a text in each locale; since 3.5 an element with the name in each locale."""
    named = [_in_locale(item, "name", locale) for item in every(author, "affiliation") if len(item)]
    return "; ".join(name for name in named if name) or _in_locale(author, "affiliation", locale)


def _keywords(publication: Element, locale: str) -> tuple[str, ...]:
    lists = every(publication, "keywords")
    chosen = [item for item in lists if item.get("locale") == locale] or lists[:1]
    return tuple(text_of(word) for item in chosen for word in every(item, "keyword") if text_of(word))


def _issue(publication: Element) -> Element | None:
    """The issue that the publication names, else the one that it stands in."""
    own = first(publication, "issue_identification")
    if own is not None:
        return own
    return next((found for item in publication.iterancestors("issue")
                 if (found := first(item, "issue_identification")) is not None), None)  # fmt: skip


def _section(article: Element, publication: Element, locale: str) -> str:
    reference = publication.get("section_ref") or article.get("section_ref") or ""
    for issue in article.iterancestors("issue"):
        for section in every(issue, "sections/section"):
            if section.get("ref") == reference:
                return _in_locale(section, "title", locale)
    return reference
