"""People in a line, as they are typed or copied out of a mail program."""

from __future__ import annotations

from time import perf_counter

import pytest

from tracker.formats.named_addresses import name_and_address, people_in


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Ada Lovelace <ada@example.org>", ["Ada Lovelace <ada@example.org>"]),
        ("Lovelace, Ada <ada@example.org>", ["Lovelace, Ada <ada@example.org>"]),
        ("Lovelace, Ada", ["Lovelace, Ada"]),
        (
            "M. Aoki <aoki@rev.example>, Jan Pauwels jan@rev.example",
            ["M. Aoki <aoki@rev.example>", "Jan Pauwels jan@rev.example"],
        ),
        (
            "Aoki, M. <aoki@rev.example>, Pauwels, Jan jan@rev.example,",
            ["Aoki, M. <aoki@rev.example>", "Pauwels, Jan jan@rev.example"],
        ),
        ("aoki@rev.example, jan@rev.example", ["aoki@rev.example", "jan@rev.example"]),
        ("M. Aoki; Pauwels, Jan ; ", ["M. Aoki", "Pauwels, Jan"]),
        (" ", []),
    ],
)
def test_a_line_names_one_person_or_several(line: str, people: list[str]) -> None:
    assert people_in(line) == people


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ada Lovelace <ada@example.org>", ("Ada Lovelace", "ada@example.org")),
        ("Ada  Lovelace   ada@example.org", ("Ada Lovelace", "ada@example.org")),
        ("Ada Lovelace<ada@example.org>", ("Ada Lovelace", "ada@example.org")),
        ("Ada Lovelace (ada@example.org)", ("Ada Lovelace", "ada@example.org")),
        ('"Lovelace, Ada" <mailto:ada@example.org>', ("Lovelace, Ada", "ada@example.org")),
        ("ada@example.org", ("", "ada@example.org")),
        ("Ada Lovelace", ("Ada Lovelace", "")),
        ("", ("", "")),
        ("Ada Lovelace <ada", None),
        ("Ada Lovelace <ada@example.org", None),
        ("Ada @ home", None),
        ("ada@", None),
        ("Ada <a@example.org> Carlo <c@example.org>", None),
        ("Ada a@example.org c@example.org", None),
    ],
)
def test_one_person_has_a_name_an_address_or_both(text: str, read: tuple[str, str] | None) -> None:
    assert name_and_address(text) == read


@pytest.mark.parametrize("text", ["x" * 100_000, "<" * 100_000, "a@" * 50_000, " ," * 50_000, "x " * 50_000 + "<"])
def test_a_long_line_is_read_as_fast_as_a_short_one(text: str) -> None:
    began = perf_counter()
    people_in(text)
    name_and_address(text)
    assert perf_counter() - began < 2
