"""Evidence: whether the words of a message bear out what an act says."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import NamedTuple

from rapidfuzz import fuzz, process

from itinerary_app.assistant.model_reader import words
from itinerary_app.assistant.reading.lexicon import Entry, lexicon, words_of
from itinerary_app.catalogue.aliases import ALIASES
from itinerary_app.catalogue.spelling import plain, plain_letters
from itinerary_app.model import Place

SIMILAR = 82  # of 100: a word with a slip of the finger
SHORTEST_MISSPELT = 5  # letters; shorter words are other words when misspelt
LATEST = 3 * 366  # days from today that a trip begins
_WORD = re.compile(r"[^\W_]+")


class Naming(NamedTuple):
    """How far a place is named: by its whole name, or by some words of its own."""

    whole: bool = False
    own: frozenset[str] = frozenset()

    def is_any(self) -> bool:
        return self.whole or bool(self.own)


class Said:
    """Words of a traveller, and what they bear out. They are proof of no more than
    that a value was spoken of: what is said about it is for the model to read.
    """

    def __init__(self, text: str) -> None:
        self.text = plain_letters(text).replace("’", "'")
        self._found: dict[str, bool] = {}

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(self.text)

    def has(self, pattern: str) -> bool:
        return re.search(pattern, self.text) is not None

    def find(self, words: str, start: int = 0) -> tuple[int, int] | None:
        """Where these words stand, whole and in this order, at `start` or behind it."""
        parts = plain_letters(words).replace("’", "'").split()
        if not parts:
            return None
        pattern = r"\s+".join(map(re.escape, parts))
        found = re.compile(rf"(?<!\w){pattern}(?!\w)").search(self.text, start)
        return found and found.span()

    @cached_property
    def numbers(self) -> frozenset[int]:
        """All that its digits and number words may stand for."""
        found = {int(digits) for digits in re.findall(r"\d{1,8}", self.text)}
        found |= {words.NUMBERS[word] for word in self.words if word in words.NUMBERS}
        found |= {
            int(re.sub(r"\D", "", grouped))
            for grouped in re.findall(r"\d{1,3}(?:[.,' ]\d{3})+", self.text)
        }
        if self.has(r"\bhundred|\bthousand|\dk\b"):
            found |= {n * factor for n in found | {1} for factor in (100, 1000)}
        return frozenset(found)

    @cached_property
    def lengths(self) -> frozenset[int]:
        """The numbers of days that it speaks of."""
        found = set()
        for match in words.LENGTH.finditer(self.text):
            number = match["number"]
            count = words.NUMBERS.get(number) or int(number if number.isdigit() else 0)
            days = count * words.UNITS[match["unit"][0]]
            found |= {days, days + 1} if match["unit"][0] == "n" else {days}
        if self.has(r"\band a half\b"):
            found |= {days + 1 for days in found | {1}}
        if self.has(r"\bweekend\b"):
            found |= {2, 3}
        for unit in (r"\ba (?:full |whole )?week\b", r"\bweek[- ]?long\b"):
            found |= {7} if self.has(unit) else set()
        if self.has(r"\bfortnight\b"):
            found.add(14)
        if self.has(r"\btomorrow and the day after\b"):
            found.add(2)
        return frozenset(found) | self._between_dates

    @property
    def _between_dates(self) -> frozenset[int]:
        """Days of "24 to 27 December" and of "Friday till Monday"."""
        if not self.has(r"-|–|\b(?:to|until|till|through)\b"):
            return frozenset()
        dated = self.has(words.A_DATE)  # "from 9 to 5" is no length
        days = [int(it) for it in re.findall(r"\d{1,2}", self.text) if dated]
        found = {b - a + 1 for a in days for b in days if 0 < b - a < 31}
        found |= {b - a + 32 for a in days for b in days if a > 20 > b > 0}
        week = [word[:3] for word in self.words if word[:3] in words.WEEKDAYS]
        numbers = [words.WEEKDAYS.index(word) for word in week]
        found |= {(b - a) % 7 + 1 for a in numbers for b in numbers if a != b}
        return frozenset(found)

    def has_days(self, days: int) -> bool:
        """Whether so many days are said to be the length of the trip."""
        return self.has(words.ONE_DAY) if days == 1 else days in self.lengths

    def has_minutes(self, minutes: int) -> bool:
        """A length of time, in minutes, hours, halves or quarters of them."""
        found = set(self.numbers)
        if self.has(r"hour|\dh\b|hr"):
            found |= {60 * n for n in self.numbers | {1}}
            found |= {n + part for n in (0, *found) for part in (15, 30, 45)}
        return minutes in found

    def has_time(self, time: str) -> bool:
        """The hour of an "HH:MM", as 9, 21, nine, 930, noon …; or the one after it, as
        in "quarter to ten".
        """
        hour = int(time[:2])
        if hour % 12 == 0 and self.has(r"\b(?:noon|midday|midnight|lunch ?time)\b"):
            return True
        hours = {n if n < 100 else n // 100 for n in self.numbers}
        said = {n % 12 for n in hours if n <= 27}
        return hour % 12 in said or (time[3:] > "29" and (hour + 1) % 12 in said)

    def has_date(self, day: date, today: date) -> bool:
        """The day of a month, the weekday, or words that lead there from today."""
        away = (day - today).days
        if not -1 <= away <= LATEST:
            return False
        month = self.has(rf"\b{words.MONTHS[day.month - 1]}")
        number = rf"\b0?{day.day}(?:st|nd|rd|th)?\b"
        return (
            (month and (self.has(number) or self.has(words.PART_OF_MONTH)))
            or self.has(rf"\b0?{day.day}(?:st|nd|rd|th)\b|\b0?{day.day}[./-]")
            or self.has(rf"[./-]0?{day.day}\b")
            or self.has(rf"\b{words.WEEKDAYS[day.weekday()]}")
            or (away < 70 and self.has(words.SOON))
            or (away < 3 and self.has(r"\b(?:today|tonight|now|tomorrow)\b"))
            or any(
                self.has(rf"\b{name}") and day.month in months
                for name, months in words.HOLIDAYS.items()
            )
        )

    def has_day(self, day: int) -> bool:
        """The number of a day, or a word that may stand for one."""
        ordinal = any(words.ORDINALS.get(word) == day for word in self.words)
        return ordinal or day in self.numbers or self.has(words.DAY)

    def has_city(self, city: str) -> bool:
        """Its name as it is written, or one of its other names."""
        if self.find(city):
            return True
        named = (alias for alias, name in ALIASES.items() if plain(name) == plain(city))
        return any(self.find(alias) for alias in named)

    def has_value(self, value: str) -> bool:
        """A word for a kind, an interest, a pace … that has a name of ours."""
        name = re.escape(plain(value).replace("_", " "))
        if value in self._values or words.STEPS.get(value) in self.classes:
            return True
        return self.has(rf"\b{name}")

    @cached_property
    def classes(self) -> frozenset[str]:
        """The lexicon's classes of its phrases, none within another: "if possible" is
        courtesy, and no "if".
        """
        found, at = set(), 0
        while at < len(self._phrases):
            match = self._phrases[at]
            found |= {match[1].kind} if match else set()
            at += match[0] if match else 1
        return frozenset(found)

    @cached_property
    def _phrases(self) -> list[tuple[int, Entry] | None]:
        """The lexicon's longest phrase from each word on: its length and meaning."""
        said = words_of(self.text)
        return [lexicon("en").longest(said, at) for at in range(len(said))]

    @cached_property
    def _values(self) -> frozenset[str]:
        return frozenset(match[1].value for match in self._phrases if match)

    def names(self, place: Place, city: Iterable[str] = ()) -> Naming:
        """How far the words name this place; slips of the finger are allowed."""
        general = words.GENERAL.union(city)
        best = Naming()
        for name in filter(None, (place.name, place.local_name)):
            parts = [part for part in _WORD.findall(plain(name)) if len(part) > 2]
            said = [part for part in parts if self._has_word(part)]
            whole = bool(parts) and len(said) == len(parts)
            own = frozenset(said).difference(general)
            best = max(best, Naming(whole, own), key=lambda it: (it.whole, len(it.own)))
        return best

    def _has_word(self, word: str) -> bool:
        if word not in self._found:
            self._found[word] = word in self.words or (
                len(word) >= SHORTEST_MISSPELT and self._has_like(word)
            )
        return self._found[word]

    def _has_like(self, word: str) -> bool:
        found = process.extractOne(
            word, self.words, scorer=fuzz.ratio, score_cutoff=SIMILAR
        )
        return found is not None
