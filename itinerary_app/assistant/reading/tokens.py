"""Tokens: what each stretch of a message is, found once, fuzzily, with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from itinerary_app.assistant.reading import spans
from itinerary_app.assistant.reading.dates import DateReader
from itinerary_app.assistant.reading.found import Found, of_trip
from itinerary_app.assistant.reading.lexicon import Lexicon, lexicon, words_of
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.spelling import Speller, common_words
from itinerary_app.catalogue.aliases import ALIASES, spelled_out
from itinerary_app.catalogue.almanac import MONTHS, WEEKDAYS
from itinerary_app.catalogue.spelling import plain, plain_letters
from itinerary_app.model import City

WEEKDAY_NAMES = "mon tue wed thu fri sat sun".split()
_WORD = re.compile(
    r"[^\W_]+(?:['’][^\W_]+)*|[&+]|\.{2,}|[.,;:!?–—/…→]|(?<=\s)-(?=\s)|(?<=\d)-(?=\d)"
)
_BREAKS = {".": "PERIOD", "!": "PERIOD", "..": "PERIOD", "…": "PERIOD", ";": "PERIOD"}
_BREAKS |= {"?": "QUESTION"}
_PAUSES = {",": "COMMA", "–": "DASH", "—": "DASH", "-": "DASH", ":": "COLON"}
_PAUSES |= {"/": "COMMA", "→": "COLON"}
# "1) … 2) …": each begins a sentence.
_LISTED = re.compile(rf"(?:(?<=\s)|^)\(?\d[).](?=\s)(?!\s(?:of\b|{'|'.join(MONTHS)}))")
CONNECTORS = frozenset("COMMA DASH COLON AND BUT THEN".split())
# Shortened days with an s that are other words.
_NO_DAYS = ("sats", "suns", "weds", "mons")
# What ends with a dot that ends no sentence.
_SHORT = ("max", "min", "approx", "incl", "ca")
# City names that are words first: they need a capital.
_NO_WORDS = frozenset("porto rio sf dc ny hk".split())
_WORDS_FIRST = frozenset("nice bath split la orange".split()) | _NO_WORDS
_TO_A_CITY = frozenset("in to for around visit".split())


class Token(NamedTuple):
    """`kind` is a class of the lexicon, of `spans`, or PLACE, CITY, DATE, WORD or a
    mark; `text` are the words as they were compared.
    """

    kind: str
    value: Any
    text: str
    start: int
    end: int

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All that words are looked up in. `cities` are the covered ones by plain name."""

    names: Names
    cities: Mapping[tuple[str, ...], City]
    today: date
    month_first: bool = False
    days: Mapping[date, int] = field(default_factory=dict)  # of the plan, by date
    planned: bool = False
    here: str = ""  # the name of the trip's city
    month: str = ""  # that was named before, without a day
    lexicon: Lexicon = field(default_factory=lambda: lexicon("en"))


@lru_cache(maxsize=2)
def city_names(cities: Sequence[City]) -> dict[tuple[str, ...], City]:
    """The covered cities by all the names that people give them."""
    proper = {plain(city.name): city for city in cities}
    named = {
        alias: proper[plain(it)] for alias, it in ALIASES.items() if plain(it) in proper
    }
    return {tuple(words_of(name)): city for name, city in {**named, **proper}.items()}


def read(text: str, vocabulary: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a message in their order; every word is in one of them."""
    return _as_long(_Reading(text, vocabulary).tokens(), planned=vocabulary.planned)


def _by_trips(tokens: Sequence[Token], *, planned: bool) -> list[Token]:
    """ "A day trip to Tivoli" beside a length is an outing, "a weekend" is two days."""
    lengths = [it for it in tokens if it.kind == "LENGTH"]
    cities = {it.value.name for it in tokens if it.kind == "CITY"}
    made: list[Token] = []
    for at, token in enumerate(tokens):
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.kind == "WEEKEND" and lengths and len(cities) > 1:
            token = token._replace(kind="LENGTH", value=spans.Length(2))
        elif token.kind == "LENGTH" and token.value.days == 1:
            trip = "trip" in token.text or (
                behind is not None and behind.text[:4] == "trip"
            )
            dated = sum(it.kind == "DATE" for it in tokens) > 1
            beside = planned or len(lengths) > 1 or dated
            if trip and (beside or not _names_city(tokens[at + 1 : at + 4])):
                token = token._replace(kind="SKIP", value="")
        made.append(token)
    return made


def _each_so_long(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "Two days each in Rome and Venice": the length behind each of the cities."""
    cities = [it for it in tokens if it.kind == "CITY"]
    lengths = [it for it in tokens if it.kind == "LENGTH"]
    each = [it for it in tokens if it.text in _EACH]
    if len(cities) < 2 or len(lengths) != 1 or not each:
        return tokens
    made: list[Token] = []
    for token in tokens:
        if token not in (*lengths, *each):
            made.append(token)
        if token.kind == "CITY":
            made.append(lengths[0]._replace(start=token.start, end=token.end))
    return made


_EACH = (
    "each",
    "apiece",
    "in each",
    "each city",
    "per city",
    "in each city",
    "in each of",
)


def _as_long(tokens: Sequence[Token], *, planned: bool) -> tuple[Token, ...]:
    """ "Two nights in Florence then three in Rome, one in Venice": nights, too."""
    tokens = _each_so_long(_by_trips(tokens, planned=planned))
    made: list[Token] = []
    said = None
    nights = any(it.kind in ("NIGHTS", "LENGTH") or "night" in it.text for it in tokens)
    for i, token in enumerate(tokens):
        said = token.value if token.kind == "LENGTH" else said
        behind = [it.kind for it in tokens[i + 1 : i + 3]]
        if token.kind == "NIGHTS" and made and made[-1].kind == "DELTA":
            continue  # "one night more in Florence"
        if token.text == "night" and i and tokens[i - 1].text == "a":
            if _names_city(tokens[i + 1 :]):
                night = spans.Length(1, "night", exact=True)
                token = token._replace(kind="LENGTH", value=night)
        if token.kind == "NUMBER" and behind in (
            ["NIGHTS", "MORE"],
            ["NIGHTS", "LESS"],
        ):
            token = token._replace(kind="DELTA")
        otherwise = token.kind == "NUMBER" and nights and behind[:1] in _OTHERWISE
        if otherwise and _names_city(tokens[i + 1 :]):
            token = token._replace(kind="DELTA")  # "…, one more in Florence"
        if token.kind == "NUMBER" and said is not None and "CITY" in behind:
            token = token._replace(kind="LENGTH", value=said._replace(days=token.value))
        made.append(token)
    return tuple(made)


_OTHERWISE = (["MORE"], ["LESS"])


def _names_city(tokens: Sequence[Token]) -> bool:
    """Whether what follows is only where: "more in Florence", "from Rome"."""
    around = ("MORE", "LESS", "ON", "FROM", "TO", "SKIP")
    first = next((it.kind for it in tokens if it.kind not in around), "")
    return first == "CITY"


def words(tokens: Sequence[Token]) -> str:
    """What the tokens say, without marks and connectors."""
    return " ".join(token.text for token in tokens if token.kind not in CONNECTORS)


class _Reading:
    """One message on its way; a stretch that was read is taken."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self._known = vocabulary
        self._speller = Speller(vocabulary.lexicon, vocabulary.names, vocabulary.cities)
        if len(_LISTED.findall(text)) > 1:
            text = _LISTED.sub(lambda match: f";{' ' * (len(match[0]) - 1)}", text)
        written = self._speller.corrected(spelled_out(text))
        self._text = plain_letters(written).replace("’", "'").replace("`", "'")
        self._written = written
        self._words = [
            ("".join(words_of(match[0])) or match[0], *match.span())
            for match in _WORD.finditer(self._text)
        ]
        self._found: list[Token] = []

    def tokens(self) -> tuple[Token, ...]:
        self._long_names()
        self._dates()
        for span in spans.find(self._text, self._taken()):
            kind, value = span.kind, span.value
            if kind == "ORDINAL" and (number := self._nth_of_month(span)):
                kind, value = "DAY", number
            self._take(kind, value, span.start, span.end)
        self._rest()
        found = sorted(self._found, key=lambda token: token.start)
        return tuple(_by_neighbours(found))

    def _long_names(self) -> None:
        """Names of several words, which may hold numbers, dates and common words."""
        at = 0
        while at < len(self._words):
            words = [word for word, _, _ in self._words]
            match = self._known.names.longest(words, at)
            city = self._city(words, at)
            if match is None or not match.whole:
                alike = self._known.names.alike(words, at)
                if alike and (match is None or alike.words > match.words):
                    match = alike
            phrase = self._known.lexicon.longest(words, at)
            if match and phrase and not match.whole and phrase[0] >= match.words:
                if phrase[1].kind != "TAG" or len(match.ids) > 1:
                    match = None  # but "opera house" is the only one that has both
            if (
                match
                and match.words > (city[0] if city and not match.whole else 1)
                and not set(words[at : at + match.words]) <= _STRUCTURE
            ):
                self._take_words("PLACE", match.ids, at, match.words)
                at += match.words
                continue
            if city and city[0] > 1:
                self._take_words("CITY", city[1], at, city[0])
                at += city[0]
                continue
            at += 1

    def _dates(self) -> None:
        known = self._known
        text = self._text
        for token in self._found:
            text = (
                text[: token.start]
                + "_" * (token.end - token.start)
                + text[token.end :]
            )
        for found in DateReader(
            known.today, month_first=known.month_first, month=known.month
        ).find(text):
            if self._overlaps(found.start, found.end):
                continue
            found = of_trip(found, known.days)
            if found.fault:
                self._take("FAULT", found.fault, found.start, found.end)
            elif found.day is None:
                self._take("SKIP", None, found.start, found.end)
            elif found.weekday and (known.planned or known.days):
                value = self._weekday(found.day.weekday())
                self._take("DAY", value, found.start, found.end)
            elif found.day in known.days:
                self._take("DAY", known.days[found.day], found.start, found.end)
            else:
                self._take("DATE", found, found.start, found.end)

    def _nth_of_month(self, span: spans.Span) -> int | None:
        """The day of the plan that "the 13th" is."""
        if not self._text[span.start].isdigit():
            return None
        on = [n for day, n in self._known.days.items() if day.day == span.value]
        return on[0] if len(on) == 1 else None

    def _rest(self) -> None:
        """The words that are left: names, cities, the lexicon, or unknown."""
        words = [word for word, _, _ in self._words]
        at = 0
        while at < len(self._words):
            _, start, end = self._words[at]
            if self._overlaps(start, end):
                at += 1
                continue
            at += self._one(words, at)

    def _is_quarter(self, at: int) -> bool:
        """ "Old Delhi" is a part of the city, "5 years old, Delhi" is not."""
        before, start, end = self._words[at - 1] if at else ("", 0, 0)
        return before == "old" and not self._overlaps(start, end - 3)

    def _one(self, words: list[str], at: int) -> int:
        """Take the token that begins here; how many words it has."""
        word, start, end = self._words[at]
        if kind := _BREAKS.get(
            word[:2] if word[:1] == "." else word, _PAUSES.get(word)
        ):
            short = word == "." and words[max(0, at - 1)] in _SHORT
            if not short and (word != "-" or self._between_numbers(start, end)):
                self._take(kind, word, start, end)
            return 1
        free = self._free(at)
        phrase = self._known.lexicon.longest(words[: at + free], at)
        name = self._known.names.longest(words[: at + free], at)
        city = self._city(words[: at + free], at)
        if city and self._is_quarter(at):
            self._take_words("WORD", word, at, city[0])
            return city[0]
        if name and name.words == 1 and not name.whole and self._is_plain(at):
            name = None
        longest = max(phrase[0] if phrase else 0, city[0] if city else 0)
        if name and name.words + (name.whole or not (city or phrase)) > longest:
            self._take_words("PLACE", name.ids, at, name.words)
            return name.words
        if city and city[0] >= (phrase[0] if phrase else 0):
            self._take_words("CITY", city[1], at, city[0])
            return city[0]
        if phrase and phrase[1].kind == "MEMORY" and self._is_now(at):
            phrase = None  # "we're in Rome" is not "were in Rome"
        if phrase:
            count, entry = phrase
            self._take_words(entry.kind, entry.value, at, count)
            return count
        name_of_day = word if word in WEEKDAYS else word.removesuffix("s")
        written = self._text[start:end]
        whole = "'" not in written or written.endswith("'s")
        if self._is_now(at):
            self._take_words("SKIP", word, at, 1)
            return 1
        if name_of_day in WEEKDAYS and whole and word not in _NO_DAYS:
            self._named_day(WEEKDAYS[name_of_day], start, end)
            return 1
        if not self._is_english(word) and (found := self._known.names.misspelt(word)):
            self._take_words("PLACE", found.ids, at, 1)
            return 1
        kind = "SKIP" if word == "wed" else "WORD"  # "we'd", which is no Wednesday
        self._take_words(kind, word, at, 1)
        return 1

    def _is_now(self, at: int) -> bool:
        """Whether the word is "we're", which without its apostrophe tells of the past."""
        _, start, end = self._words[at]
        return self._text[start:end].lower() == "we're"

    def _is_english(self, word: str) -> bool:
        return word in common_words() or word in self._known.lexicon.words

    def _is_plain(self, at: int) -> bool:
        """Whether a word of a name is just a word here: "towers", but "the tower"."""
        word, start, _ = self._words[at]
        if word not in common_words() or self._written[start : start + 1].isupper():
            return False
        behind = self._words[at + 1][0] if at + 1 < len(self._words) else ""
        if behind in _BEHIND_NAMES and (
            at == 0 or not self._words[at - 1][0].isalpha()
        ):
            return False  # "forum to friday"
        return at == 0 or self._words[at - 1][0] not in ("the", "that", "this")

    def _named_day(self, number: int, start: int, end: int) -> None:
        known = self._known
        if known.planned or known.days:
            self._take("DAY", self._weekday(number), start, end)
            return
        ahead = timedelta(days=(number - known.today.weekday()) % 7)
        day = Found(start, end, known.today + ahead, loose=True, weekday=True)
        self._take("DATE", day, start, end)

    def _weekday(self, number: int) -> int | str:
        """The day of the plan on this weekday, if it is just one."""
        on = [n for day, n in self._known.days.items() if day.weekday() == number]
        return on[0] if len(on) == 1 else WEEKDAY_NAMES[number]

    def _city(self, words: Sequence[str], at: int) -> tuple[int, City] | None:
        for length in (3, 2, 1):
            run = tuple(words[at : at + length])
            if len(run) == length and (city := self._known.cities.get(run)):
                start = self._words[at][1]
                led = at and self._words[at - 1][0] in _TO_A_CITY
                if (
                    length == 1
                    and run[0] in _WORDS_FIRST
                    and not (led and run[0] in _NO_WORDS)
                    and not self._written[start : start + 1].isupper()
                ):
                    continue
                return length, city
        return None

    def _between_numbers(self, start: int, end: int) -> bool:
        """Whether a dash is no part of a date: "10-6", "first - then"."""
        near = [it.kind for it in self._found if it.end == start or it.start == end]
        return all(kind == "NUMBER" for kind in near)

    def _free(self, at: int) -> int:
        """How many words from here on nothing else has taken."""
        count = 0
        for _, start, end in self._words[at:]:
            if self._overlaps(start, end):
                break
            count += 1
        return count

    def _taken(self) -> list[tuple[int, int]]:
        return [(token.start, token.end) for token in self._found]

    def _overlaps(self, start: int, end: int) -> bool:
        return any(start < it.end and it.start < end for it in self._found)

    def _take_words(self, kind: str, value: Any, at: int, count: int) -> None:
        start, end = self._words[at][1], self._words[at + count - 1][2]
        self._take(kind, value, start, end)

    def _take(self, kind: str, value: Any, start: int, end: int) -> None:
        self._found.append(Token(kind, value, self._text[start:end], start, end))


# Behind these a word that begins a statement is the name of what it is about.
_BEHIND_NAMES = frozenset("to first last out in before after →".split())
# Words that alone never make a name, even where a name has them in a row.
_STRUCTURE = frozenset("a an and at by in of on the to for with from day days".split())


_NTH_THINGS = {
    f"{nth} {thing}": number
    for nth, number in (("first", 1), ("last", -1), ("final", -1))
    for thing in ("thing", "stop")
}
_DONE_TO_STOPS = frozenset("REMOVE SWAP LOCK UNLOCK".split())
_RIMS: dict[str, tuple[str, int | str]] = {
    "FIRST": ("ARRIVE", 1),
    "LAST": ("DEPART", "last"),
}


def _by_neighbours(tokens: Sequence[Token]) -> list[Token]:
    """Tokens that are something else beside others.

    "Day 3 …, no lunch on the fourth": a day; "Friday night": an evening; "the train
    home": how one leaves.
    """
    made: list[Token] = []
    for i, token in enumerate(tokens):
        if token.kind == "END" and token.text in ("home", "back", "return"):
            beside = tokens[max(0, i - 1) : i + 2]
            if any(it.kind == "TRANSPORT" for it in beside):
                token = token._replace(kind="DEPART")
        before = next((it for it in reversed(made) if it.kind != "SKIP"), None)
        if token.kind == "LENGTH" and before is not None and before.kind == "OR":
            token = token._replace(kind="WORD")  # "three or four days"
        if token.kind == "BUT" and before is not None and before.kind == "REST":
            token = token._replace(kind="EXCEPT")  # "everything but the Pantheon"
        if token.kind == "NIGHTS" and before is not None:
            if token.text == "night" and before.kind in ("DAY", "DATE"):
                token = token._replace(kind="PART", value="evening")
            elif before.kind == "EVERY" or before.text == "both":
                made.remove(before)
                token = token._replace(kind="WHOLETRIP", text=f"every {token.text}")
        behind = next((it.kind for it in tokens[i + 1 :] if it.kind != "SKIP"), "")
        if token.kind in _RIMS and behind in ("", "COMMA", "PERIOD", "AND"):
            journey, rim = _RIMS[token.kind]
            if any(it.kind == journey for it in made[-6:]):
                token = token._replace(
                    kind="DAY", value=rim
                )  # "flight at 11, the last"
        placed = behind in ("AFTER", "BEFORE")
        done = before is not None and before.kind in _DONE_TO_STOPS
        if (placed or done) and token.text.removeprefix("the ") in _NTH_THINGS:
            nth, thing = token.text.rsplit(None, 1)
            middle = token.end - len(thing)
            value = _NTH_THINGS[token.text.removeprefix("the ")]
            made.append(Token("ORDINAL", value, nth, token.start, middle - 1))
            token = Token("THING", "", thing, middle, token.end)
        if (
            token.kind == "ORDINAL"
            and token.value > 0
            and behind
            not in ("KIND", "THING", "PLACE", "MEAL", "TAG", "CUISINE", "NUMBER")
            and any(it.kind in ("DAY", "DAYS") for it in made)
            and any(it.kind == "ON" for it in made[-2:])
        ):
            token = token._replace(kind="DAY")
        made.append(token)
    return made
