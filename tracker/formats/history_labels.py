"""Finds the label of a date in the words around it: “; accepted for publication ” is an acceptance.

A journal prints the same few words before thousands of dates, so what was found in them is remembered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tracker.formats.folding import fold
from tracker.formats.history_vocabulary import NEUTRAL, VOCABULARY, Meaning
from tracker.formats.history_vocabulary.small_words import CONNECTORS, JOINERS, LABEL_NOUNS
from tracker.formats.history_wording import (
    BREAKS,
    CJK_FILLER,
    TOKEN,
    Label,
    Link,
    Token,
    composed,
    is_of_another,
    link_of,
    tokens_of,
)

REACH = 160
"""How many characters before or after a date are searched for its label: keeps any line linear."""


class Clause(NamedTuple):
    """The labels that the words before a date end with: `row`; those of them that share the date: `shared`."""

    row: tuple[Label, ...] = ()
    shared: tuple[Label, ...] = ()
    link: Link = "none"
    has_labels: bool = False
    is_list: bool = False
    """“Received, revised and accepted”: the row ends with a joining word."""
    continues: bool = False
    """There is no label, only what joins a date to the one before: a comma, “and”."""
    next_column: bool = False
    """There is nothing at all, or the rule between two columns of a table."""


_CJK = r"\u3400-\u9fff"
_SUFFIX = re.compile(r"(?:稿?件?的?(?:日期|时间|時間|日|时|期))?")
_AFTER_LABEL = re.compile(r"[ )\]]*(?:$|[;,./|]|(?:and|und|et|y|e|ed|en) )")
_BEFORE_LABEL = re.compile(r"[ :(\[,–-]*(?:was |wurde |have been |has been )?")

_Entry = tuple[tuple[str, ...], Meaning | None, frozenset[str]]


def _phrases(text: str) -> Iterator[str]:
    return (" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


def _index() -> tuple[dict[str, list[_Entry]], dict[str, tuple[Meaning, frozenset[str]]]]:
    """The vocabulary by first word, longest phrase first; and that of Chinese, which has no spaces."""
    languages: dict[tuple[tuple[str, ...], Meaning], set[str]] = {}
    chinese: dict[str, tuple[Meaning, frozenset[str]]] = {}
    for language, meanings in VOCABULARY.items():
        for meaning, text in meanings.items():
            for phrase in _phrases(text):
                if language == "zh":
                    chinese[phrase] = (meaning, frozenset({"zh"}))
                else:
                    words = tuple(re.findall("[a-z]+", fold(phrase)))
                    languages.setdefault((words, meaning), set()).add(language)
    entries: list[_Entry] = [(words, meaning, frozenset(known)) for (words, meaning), known in languages.items()]
    entries += [(tuple(fold(phrase).split()), None, frozenset()) for phrase in _phrases(NEUTRAL)]
    by_word: dict[str, list[_Entry]] = {}
    for entry in sorted(entries, key=lambda entry: -len(entry[0])):
        by_word.setdefault(entry[0][0], []).append(entry)
    return by_word, chinese


_BY_FIRST_WORD, _CHINESE = _index()
_CHINESE_PHRASE = re.compile("|".join(sorted(_CHINESE, key=len, reverse=True)))


def begins_a_label(folded: str) -> bool:
    """Whether the first word of `folded` can open a label."""
    token = TOKEN.search(folded)
    return token is not None and (token[0] in _BY_FIRST_WORD or _CHINESE_PHRASE.match(token[0]) is not None)


def is_label(folded: str) -> bool:
    """Whether `folded` is one label and no more: “Received:”."""
    clause = clause_before(folded)
    return clause.link == "direct" and len(clause.row) == 1 and not folded[: clause.row[0].start].strip()


@lru_cache(maxsize=8192)
def clause_before(words: str) -> Clause:
    """The labels that the folded `words`, which stand before a date, end with."""
    tokens = tokens_of(words)
    labels = composed(_labels(tokens), tokens)
    if not labels:
        continues = bool(words.strip()) and _only(tokens, JOINERS | CONNECTORS, breaks=";/")
        return Clause(continues=continues, next_column=not words.strip(" |"))
    gap = [token for token in tokens if token.start >= labels[-1].end]
    row = _joined(labels, tokens, breaks=BREAKS, need_word=False)
    shared = _joined(labels, tokens, breaks=frozenset(), need_word=True)
    link = link_of(gap, words[labels[-1].end :])
    return Clause(tuple(row), tuple(shared), link, has_labels=True, is_list=len(shared) > 1)


@lru_cache(maxsize=8192)
def label_after(words: str) -> Label | None:
    """The label that the folded `words`, which stand after a date, open with (“am 3. Mai 2019 angenommen; …”).

    Only if something parts it from what follows: in “12 May 2020. Received 3 May 2020” it belongs to the next date.
    """
    opening = _BEFORE_LABEL.match(words)
    start = opening.end() if opening else 0
    tokens = tokens_of(words, start)
    labels = composed(_labels(tokens), tokens)
    if len(labels) != 1 or labels[0].start != start:
        return None
    is_chinese_and_attached = start == 0 and "zh" in labels[0].languages
    parted = is_chinese_and_attached or _AFTER_LABEL.match(words, labels[0].end)
    return labels[0] if parted else None


def _labels(tokens: list[Token]) -> list[Label]:
    """The phrases of the vocabulary in their order; a phrase that says nothing belongs to the label before it."""
    labels: list[Label] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        entry = None
        if token.text[0] > "\u3000":
            labels += _chinese_labels(token)
        elif (entry := _longest_phrase(tokens, index)) is not None:
            words, meaning, languages = entry
            start, end = _start_with_noun(tokens, index), tokens[index + len(words) - 1].end
            if meaning is not None:
                labels.append(Label("other" if is_of_another(tokens, index) else meaning, languages, start, end))
            elif labels and index and labels[-1].end == tokens[index - 1].end:
                labels[-1] = labels[-1]._replace(end=end)
        index += len(entry[0]) if entry else 1
    return labels


def _start_with_noun(tokens: list[Token], index: int) -> int:
    """Where the phrase begins with the noun before it: “Manuscript received” is quoted whole."""
    if index and tokens[index - 1].text in LABEL_NOUNS and tokens[index - 1].end + 1 == tokens[index].start:
        return tokens[index - 1].start
    return tokens[index].start


def _longest_phrase(tokens: list[Token], index: int) -> _Entry | None:
    for entry in _BY_FIRST_WORD.get(tokens[index].text, ()):
        words = entry[0]
        if all(
            index + offset < len(tokens) and tokens[index + offset].text == word for offset, word in enumerate(words)
        ):
            return entry
    return None


def _chinese_labels(token: Token) -> Iterator[Label]:
    for match in _CHINESE_PHRASE.finditer(token.text):
        meaning, languages = _CHINESE[match[0]]
        suffix = _SUFFIX.match(token.text, match.end())
        end = suffix.end() if suffix else match.end()
        yield Label(meaning, languages, token.start + match.start(), token.start + end)


def _only(tokens: list[Token], words: frozenset[str], *, breaks: str) -> bool:
    return all(
        token.text in words or token.text in breaks or bool(CJK_FILLER.fullmatch(token.text)) for token in tokens
    )


def _joined(labels: list[Label], tokens: list[Token], *, breaks: frozenset[str], need_word: bool) -> list[Label]:
    """The last label and those before it with nothing between but `breaks` and joining words."""
    group = [labels[-1]]
    for label in reversed(labels[:-1]):
        between = [token.text for token in tokens if label.end <= token.start < group[0].start]
        if not all(text in JOINERS or text in breaks for text in between) or (need_word and not between):
            break
        group.insert(0, label)
    return group
