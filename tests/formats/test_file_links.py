"""Links to files are read from lines, and shown whatever became of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.errors import BadInput
from tracker.formats.file_links import FileLink, file_links, links_to_show, tidy_file_links


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Figures: https://files.example.org/12", "Figures"),
        ("https://files.example.org/12 – the figures", "the figures"),
        ("https://files.example.org/a%20b.pdf?version=2", "a b.pdf"),
        ("https://files.example.org/", "files.example.org"),
    ],
)
def test_a_line_is_an_address_with_words_around_it(line: str, label: str) -> None:
    [link] = file_links(f"\n{line}\n\n")
    assert link.label == label
    assert link.href in line


@pytest.mark.parametrize(
    "line", ["the second drawer", "https://a.example https://b.example", "https://", "http://[x", "ftp://a.example/x"]
)
def test_a_line_that_is_no_link_is_refused(line: str) -> None:
    with pytest.raises(BadInput, match="is no link"):
        file_links(line)
    assert links_to_show(line) == [FileLink(line, "")]


@given(st.text(max_size=200))
def test_any_text_is_shown_and_leads_only_to_the_web(text: str) -> None:
    for link in links_to_show(text):
        assert link.label.strip() or not text.strip()
        assert not link.href or link.href.startswith(("http://", "https://"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40))
def test_what_is_stored_reads_the_same_again(words: str) -> None:
    text = f"{words} https://files.example.org/12"
    try:
        links = file_links(text)
    except BadInput:
        return
    assert file_links(tidy_file_links(text)) == links
