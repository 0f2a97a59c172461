"""Authors one a line, read and written back."""

from __future__ import annotations

import pytest

from tracker.domain.errors import BadInput
from tracker.formats.article_record import AuthorRecord
from tracker.formats.author_lines import author_line, read_author_line, read_author_lines


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Ada Lovelace <ada@example.org>", AuthorRecord("Ada", "Lovelace", "ada@example.org")),
        ("Ana Brown ana@brown.example", AuthorRecord("Ana", "Brown", "ana@brown.example")),
        ("du Châtelet, Émilie", AuthorRecord("Émilie", "du Châtelet")),
        ("Ada Lovelace <ada@example.org> *", AuthorRecord("Ada", "Lovelace", "ada@example.org", is_corresponding=True)),
        ("Ada Lovelace* ada@example.org", AuthorRecord("Ada", "Lovelace", "ada@example.org", is_corresponding=True)),
        ("The Quiet Consortium,", AuthorRecord("", "The Quiet Consortium")),
        ("Aristoteles", AuthorRecord("", "Aristoteles")),
    ],
)
def test_a_line_is_an_author(line: str, author: AuthorRecord) -> None:
    assert read_author_line(line) == author


@pytest.mark.parametrize(
    "author",
    [
        AuthorRecord("Ada", "Lovelace", "ada@example.org"),
        AuthorRecord("Ludwig", "van Beethoven", "l@example.org", is_corresponding=True),
        AuthorRecord("Ada K.", "Lovelace"),
        AuthorRecord("", "The Quiet Consortium", "quiet@example.org"),
        AuthorRecord("", "Aristoteles"),
        AuthorRecord("Ada", ""),
        AuthorRecord("Sammy, Jr.", "Davis"),
    ],
)
def test_what_is_written_is_read_back(author: AuthorRecord) -> None:
    line = author_line(author.given, author.family, author.email, is_corresponding=author.is_corresponding)
    assert read_author_line(line) == author


@pytest.mark.parametrize(
    "line", ["Ada <a", "Ada a@example.org b@example.org", "ada@example.org", "Ada <ada@home>", "*"]
)
def test_what_is_no_author_is_refused_and_named(line: str) -> None:
    with pytest.raises(BadInput, match=r"The author “.*” could not be read") as refused:
        read_author_lines(f"Carlo Bianchi\n\n{line}\n")
    assert f"“{line}”" in str(refused.value)
