"""The byline of a JATS article: <contrib-group>, with affiliations, addresses and biographies where they are told."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.formats.article_record import AuthorRecord, bare_orcid
from tracker.formats.xml_reading import Element, every, first, text_at, text_of

# What stands in an affiliation beside the address.
MARKS = ("label", "sup", "institution-id", "email", "named-content-id")


def authors_of(meta: Element) -> tuple[AuthorRecord, ...]:
    """The authors in order; editors, reviewers and the members of a group author are left out."""
    affiliations = {aff.get("id"): _affiliation(aff) for aff in meta.iter("aff") if aff.get("id")}
    addresses = {note.get("id"): note for note in meta.iter("corresp") if note.get("id")}
    return tuple(
        author
        for contrib, group in _contribs(meta)
        if (author := _author(contrib, group, affiliations, addresses)) is not None
    )


def _contribs(meta: Element) -> Iterator[tuple[Element, Element]]:
    for group in every(meta, "contrib-group"):
        group_type = group.get("content-type") or ""
        for contrib in every(group, "contrib"):
            kind = contrib.get("contrib-type") or ("author" if "edit" not in group_type else "editor")
            if kind in ("author", "group", "collab", "Author"):
                yield contrib, group


def _author(
    contrib: Element, group: Element, affiliations: dict[str | None, str], addresses: dict[str | None, Element]
) -> AuthorRecord | None:
    given, family = _name(contrib)
    if not (given or family):
        return None
    notes = [addresses[rid] for rid in _references(contrib, "corresp") if rid in addresses]
    emails = [*contrib.iter("email"), *(email for note in notes for email in note.iter("email"))]
    return AuthorRecord(
        given=given,
        family=family,
        email=next((text for email in emails if "@" in (text := text_of(email))), ""),
        orcid=next((orcid for item in every(contrib, "contrib-id") if (orcid := bare_orcid(text_of(item)))), ""),
        affiliation=_affiliations(contrib, group, affiliations),
        biography=text_of(first(contrib, "bio")),
        is_corresponding=contrib.get("corresp") == "yes" or bool(notes),
    )


def _name(contrib: Element) -> tuple[str, str]:
    name = next((found for path in ("name", "name-alternatives/name", "string-name", "name-alternatives/string-name")
                 if (found := first(contrib, path)) is not None), None)  # fmt: skip
    if name is None:
        collab = first(contrib, "collab")
        return "", text_of(collab, without=("contrib-group", "xref", "email", "address"))
    family, given = text_at(name, "surname"), text_at(name, "given-names")
    suffix = text_at(name, "suffix")
    if not (family or given):
        return "", text_of(name)
    return given, f"{family} {suffix}".strip() if family else ""


def _references(contrib: Element, kind: str) -> list[str]:
    return [
        rid for xref in every(contrib, "xref") if xref.get("ref-type") == kind
        for rid in (xref.get("rid") or "").split()
    ]  # fmt: skip


def _affiliations(contrib: Element, group: Element, known: dict[str | None, str]) -> str:
    named = [known.get(rid, "") for rid in _references(contrib, "aff")]
    own = [_affiliation(aff) for aff in every(contrib, "aff")]
    shared = [_affiliation(aff) for aff in every(group, "aff") if not aff.get("id")] if not (named or own) else []
    return "; ".join(dict.fromkeys(text for text in (*named, *own, *shared) if text))


def _affiliation(aff: Element) -> str:
    original = [item for item in every(aff, "institution") if item.get("content-type") == "original"]
    return text_of(original[0] if original else aff, without=MARKS).strip(" ,;.").replace(" ,", ",")
