"""The words of a language, from its file: which class each phrase belongs to."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from itinerary_app.catalogue.spelling import plain

_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d"}
)


class Entry(NamedTuple):
    """What a phrase stands for: a class of words, and which of its values."""

    kind: str
    value: str = ""


class Lexicon:
    """Phrases, and how long they are by their first word."""

    def __init__(self, phrases: Mapping[tuple[str, ...], Entry]) -> None:
        self._phrases = phrases
        self._lengths: dict[str, set[int]] = {}
        for words in phrases:
            self._lengths.setdefault(words[0], set()).add(len(words))
        self.words = frozenset(word for words in phrases for word in words)

    def longest(
        self, words: Sequence[str], at: int, *, kinds: Container[str] | None = None
    ) -> tuple[int, Entry] | None:
        """How many words from `at` on are a phrase, of these classes if some are
        given, and which; None if none is.
        """
        for length in sorted(self._lengths.get(words[at], ()), reverse=True):
            run = tuple(words[at : at + length])
            entry = self._phrases.get(run)
            if entry and (kinds is None or entry.kind in kinds):
                return len(run), entry
        return None


@cache
def lexicon(name: str) -> Lexicon:
    """The lexicon of a file of this folder: "en", "en.questions"."""
    file = resources.files(__package__).joinpath(f"{name}.txt")
    return read(file.read_text("utf-8"))


def read(text: str) -> Lexicon:
    """The lexicon that the lines of a file make.

    ValueError names a phrase that stands twice, for different things.
    """
    phrases: dict[tuple[str, ...], Entry] = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, _, listed = line.partition(" = ")
        entry = Entry(*name.strip().split(":", 1))
        for phrase in listed.split(" | "):
            for form in _forms(phrase.strip()):
                words = tuple(map(sys.intern, words_of(form)))
                if (known := phrases.setdefault(words, entry)) != entry:
                    raise ValueError(f"{form!r} is {known} and {entry}.")
    return Lexicon(phrases)


def words_of(text: str) -> list[str]:
    """The words of a phrase as they are compared: "St Peter's" is st, peters."""
    if text.isascii() and text.isalnum():  # the quick way for most
        return [text.lower()]
    kept = "".join(
        char if char.isalnum() or char in "&+" else "" if char in "'’" else " "
        for char in plain(text).translate(_LETTERS)
    )
    return kept.split()


def _forms(phrase: str) -> Iterator[str]:
    """The phrase; of "word+" its plural too, of "verb~" its other forms, of "{a,b}
    word" each of its choices.
    """
    head, found, rest = phrase.partition("{")
    if found:
        choices, _, rest = rest.partition("}")
        for choice in choices.split(","):
            yield from _forms(" ".join(f"{head}{choice}{rest}".split()))
        return
    for mark in "+~":
        head, found, rest = phrase.partition(mark)
        if found and head and head[-1].isalpha() and rest[:1] in ("", " "):
            stem = head.rsplit(" ", 1)[-1]
            yield head + rest
            if mark == "+":
                yield head[: len(head) - len(stem)] + _plural(stem) + rest
                return
            base = stem.removesuffix("e")
            for form in (_plural(stem), f"{base}ed", f"{base}ing"):
                yield head[: len(head) - len(stem)] + form + rest
            if base == stem:  # "remov~" is written without its e
                yield f"{head}e{rest}"
                yield f"{head}es{rest}"
            return
    yield phrase


def _plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "z", "ch", "sh")) else f"{word}s"
