"""Whatever bytes a file holds, its reader gives articles or a sentence. `tests/fuzz_formats.py` goes on from here."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.formats.test_crossref import WORK
from tests.formats.test_doaj import ENTRY
from tests.formats.test_jats import history, jats
from tests.formats.test_ojs import ARTICLE as OJS_ARTICLE
from tests.formats.test_pubmed import FETCHED
from tracker.domain.errors import BadInput
from tracker.formats.article_record import ArticleRecord, cleaned
from tracker.formats.sources import SOURCES

SEEDS: dict[str, bytes] = {
    "jats": jats(history(("received", "<day>3</day><month>3</month><year>2019</year>"))),
    "ojs": OJS_ARTICLE.encode(),
    "pubmed": FETCHED,
    "crossref": json.dumps(WORK).encode(),
    "doaj": json.dumps(ENTRY).encode(),
    "page": b"Volume 2, Article 3\n\nOn Tides\nAda Lovelace\n\nProcessing dates: Received 3 March 2019\n",
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WORK, *ENTRY["bibjson"]]), inner),
    max_leaves=12,
)


def readings_of(kind: str, data: bytes) -> list[Any]:
    """What the reader made of the bytes; each article can be tidied, each refusal is one sentence."""
    try:
        readings = list(SOURCES[kind].read(data))
    except BadInput as refusal:
        readings = [refusal]
    for reading in readings:
        if isinstance(reading, ArticleRecord):
            with suppress(BadInput):
                cleaned(reading)
        else:
            assert str(reading)
            assert "\n" not in str(reading)
    return readings


@pytest.mark.parametrize("kind", sorted(SEEDS))
def test_the_seeds_are_articles(kind: str) -> None:
    assert [type(reading) for reading in readings_of(kind, SEEDS[kind])] == [ArticleRecord]


@pytest.mark.parametrize("kind", sorted(SEEDS))
@given(data=st.binary(max_size=400))
@example(b"\xff\xfe<\x00a\x00>\x00")
@example(b"\x00")
@settings(deadline=2000)
def test_any_bytes_give_articles_or_a_sentence(kind: str, data: bytes) -> None:
    readings_of(kind, data)


@pytest.mark.parametrize("kind", sorted(SEEDS))
@given(cut=st.integers(0, 3000), put=st.text(max_size=12), length=st.integers(0, 40))
@settings(deadline=2000)
def test_a_damaged_file_gives_articles_or_a_sentence(kind: str, cut: int, put: str, length: int) -> None:
    seed = SEEDS[kind]
    at = cut % len(seed)
    readings_of(kind, seed[:at] + put.encode("utf-8", "replace") + seed[at + length :])


@pytest.mark.parametrize("kind", ["crossref", "doaj"])
@given(document=JSON)
@settings(deadline=2000)
def test_any_json_gives_articles_or_a_sentence(kind: str, document: Any) -> None:
    readings_of(kind, json.dumps(document).encode())


@pytest.mark.parametrize("field", sorted(WORK))
@given(value=JSON)
@settings(deadline=2000, max_examples=25)
def test_any_value_in_a_field_of_a_work_gives_an_article_or_a_sentence(field: str, value: Any) -> None:
    readings_of("crossref", json.dumps({**WORK, field: value}).encode())
