"""Words typed in a hurry, put right where just one known word can be meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources
from typing import Any

from rapidfuzz.distance import OSA

from itinerary_app.assistant.reading import lexicon as lexicons
from itinerary_app.assistant.reading import numbers
from itinerary_app.assistant.reading.lexicon import Lexicon, lexicon, words_of
from itinerary_app.assistant.reading.names import Names
from itinerary_app.catalogue.almanac import MONTHS, WEEKDAYS

SHORTEST = 4  # letters of a word that is put right
SHORTEST_JOINED = 6  # letters of words written as one
_WORD = re.compile(r"(?<!\d)[^\W\d_]+(?:['’][^\W\d_]+)?(?!\d)")
_GLUED = re.compile(
    r"\b([a-z]{3,})(\d{1,2})(?=\b|days?\b|nights?\b|d\b|n\b)"
    r"|\b(\d{1,2})(days?|nights?|of|hours?)\b"
)
# What counts and measures, and months and weekdays: as often mistyped as the rest.
_UNITS = frozenset(
    "fortnight fortnights day days night nights week weeks hour hours minute minutes "
    "evening weekend "
    "noon midday midnight euro euros first second third fourth last both half "
    "quarter".split()
)


class Speller:
    """Knows the words of a lexicon, of names and of cities."""

    def __init__(
        self, lexicon: Lexicon, names: Names, cities: Mapping[tuple[str, ...], Any]
    ) -> None:
        self._lexicon, self._names = lexicon, names
        self._cities = frozenset(word for run in cities for word in run)

    def corrected(self, text: str) -> str:
        """The text with its slips put right; what is a word or a name stays."""
        text = re.sub(
            r"\b(b4|gr8|2moro|2day|l8r|l8)\b", lambda it: _written_out(it[0]), text
        )
        text = _GLUED.sub(_parted, text).replace("w/", "with ")
        text = _GLUED.sub(_parted, text)
        text = re.sub(r"\b(st|s|mt|dr)\.", r"\1 ", text, flags=re.IGNORECASE)
        text = re.sub(r"\b([a-zA-Z]+)\s+2\s+(?=day ?\d)", r"\1 to ", text)
        return _WORD.sub(lambda match: self._word(match[0]), text)

    def _word(self, written: str) -> str:
        word = "".join(words_of(written))
        short = _written_out(word)
        if short and (len(word) < SHORTEST or not self._names.knows(word)):
            return short
        if len(word) < SHORTEST or self._is_known(word):
            return written
        if city := self._near_city(word):
            return city
        if self._names.is_near(word):
            return written
        found = self._alike(word) or self._without_vowels(word)
        return found or written

    def _is_known(self, word: str) -> bool:
        return (
            word in self._lexicon.words
            or word in common_words()
            or word in _UNITS
            or word in self._cities
            or word in MONTHS
            or word in WEEKDAYS
            or word in numbers.WORDS
            or word in numbers.ORDINALS
            or self._names.knows(word)
        )

    def _alike(self, word: str) -> str | None:
        """The only known word that differs by one letter, or by two exchanged."""
        near = {
            known
            for known in _same_initial(self._lexicon, word[0])
            if abs(len(known) - len(word)) <= 1
            and OSA.distance(word, known, score_cutoff=1) <= 1
        }
        if len(word) == SHORTEST:  # too short for a lost letter to tell
            near = {it for it in near if sorted(it) == sorted(word)}
        same = {it for it in near if sorted(it) == sorted(word)}  # two are exchanged
        longer = {it for it in near if len(it) > len(word)}  # a letter is lost
        for meant in (near, same, longer):
            if len({it.removesuffix("s") for it in meant}) == 1:
                return min(meant, key=lambda it: (len(it), it))
        return None

    def _without_vowels(self, word: str) -> str | None:
        """The only known word that is typed like this without its vowels: "lnch"."""
        if len(word) < 3 or re.search("[aeiou]", word):
            return None
        near = [
            it
            for it in _same_initial(self._lexicon, word[0])
            if _consonants(it) == _consonants(word)
        ]
        near = sorted(near, key=len)
        return near[0] if near and near[0].removesuffix("s") in near[-1] else None

    def _near_city(self, word: str) -> str | None:
        """The only covered city whose name differs by a letter, or two if long."""
        most = 1 if len(word) < 8 else 2
        near = {
            city
            for city in self._cities
            if len(word) > 5
            and len(city) > 4
            and city[0] == word[0]
            and OSA.distance(word, city, score_cutoff=most) <= most
        }
        return near.pop() if len(near) == 1 else None


@cache
def _consonants(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiou]", "", word))


@cache
def _same_initial(lexicon: Lexicon, letter: str) -> Collection[str]:
    words = {
        *lexicon.words,
        *_UNITS,
        *numbers.WORDS,
        *(it for it in WEEKDAYS if len(it) > 5),
    }
    return frozenset(it for it in words if it[0] == letter and len(it) >= SHORTEST)


def _written_out(word: str) -> str:
    """What a word stands for that is typed short, or often typed wrong; else ""."""
    found = lexicon("en.slips").longest([word], 0)
    return found[1].kind if found else ""


def _parted(match: re.Match[str]) -> str:
    letters, digits, count, unit = match.groups()
    return f"{letters} {digits}" if letters else f"{count} {unit}"


@cache
def common_words() -> frozenset[str]:
    """Words that are no slips of those that we know, for we know them, too."""
    listed = resources.files(lexicons).joinpath("en.common.txt").read_text("utf-8")
    other = (lexicon(name).words for name in ("en.talk", "en.questions"))
    return frozenset(listed.split()).union(*other)
