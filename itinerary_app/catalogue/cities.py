"""Which city a message speaks of: one that has places, another one, or none."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import DamerauLevenshtein

from itinerary_app.catalogue import regions, world
from itinerary_app.catalogue.aliases import ALIASES, OTHER_NAMES, spelled_out
from itinerary_app.catalogue.namesakes import Around
from itinerary_app.catalogue.regions import Region
from itinerary_app.catalogue.spelling import plain, plain_letters, tidy
from itinerary_app.catalogue.world import WorldCity
from itinerary_app.model import City

MAX_READ = 400  # characters of a message in which names are looked for
LOOK_BACK = 40  # characters, in which it is said what a name is about
LONGER = 3  # words by which another city's name may go on
_WORD = re.compile(r"[^\W\d_][\w'’.-]*")
# Behind these stands where one comes from, has been or does not go.
_NOT_GOAL = re.compile(
    r"\b(?:not(?: in| to)?|no|from|lives? in|living in|based in|was in|were in"
    r"|been (?:to|in)|went to|back from|anywhere but|seen|except|like in)(?: the)?\s*$"
)
_GOAL = re.compile(
    r"\b(?<!allergic )(?:in|to|visit|visiting|explore|exploring|around|see|plan|it"
    r"|actually)$"
)
_JOURNEY = re.compile(
    r"\b(?:trip|travel\w*|go|going|fly\w*|days?|weeks?|weekend|holidays?|vacation|tour"
    r"|journey|visit(?:ing)?) (?:to|in|around|through)$|\bvisit(?:ing)?$"
)
_PAUSE = re.compile(r"[,.;:!?]")
_CHOICE = re.compile(r"\b(?:or|better|versus|vs)\b")
_CUE = re.compile(
    r"(?:in|to|visit|visiting|at|about|around|explore|exploring|see|for)$"
)
_COUNTRIES = frozenset("hungary turkey chad jordan georgia china guinea".split())
_WORDS_FIRST = _COUNTRIES | {"nice", "bath", "split"}
# Words with a capital that are no cities, and cities whose names are words first.
_NO_CITY = frozenset(
    "a an the i we us my our you it he she they this that there here and or but so if "
    "of on at in to for from by with as is are am be been do does did have has had can "
    "could would should will may might must not no yes ok okay hi hello hey thanks "
    "please maybe sure well good great nice best most same love like want need plan "
    "trip travel visit go going day days week weeks weekend night nights month "
    "morning mornings evening afternoon monday tuesday wednesday thursday friday "
    "saturday sunday january february march april june july august september october "
    "november december spring summer autumn winter christmas easter reading bath "
    "orange mobile split male street food museum museums kids central park parks fort "
    "temple culture cheap relaxed moderate packed budget art history shopping nature "
    "family what where when how why which something anything nothing everything more "
    "less one two three four five six seven eight nine ten add make swap replace "
    "change remove skip drop instead help new old english show me stop stops lunch "
    "dinner breakfast pairs party somewhere anywhere else map start over surprise "
    "friends wife husband mother father home hotel airport beach market markets city "
    "town country euros dollars everyone temples gardens slow easy "
    "normal pace liberty paradise forest young "
    "just only around about really very too bit lot see eat walk fun quick long parts "
    "ports proto parish munch plague brushes delphi".split()
)


@dataclass(frozen=True, slots=True)
class Mention:
    """What was found. Just one of the parts is set, or none.

    `names` are spellings to choose from, self-contained, as quick replies.
    """

    city: City | None = None  # covered
    another: City | None = None  # a second covered city in the same message
    choice: tuple[City, ...] = ()  # covered, between which the traveller wavers
    elsewhere: Elsewhere | None = None  # known, without places
    names: tuple[str, ...] = ()  # which of them?
    ambiguous: str = ""  # the name that they share
    region: Region | None = None  # a whole country, say
    unknown: str = ""  # a name that we don't know at all


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A city of the world for which we have no places."""

    label: str  # "Springfield, Illinois"
    lat: float
    lon: float


class Gazetteer:
    """Finds cities in text."""

    def __init__(self, cities: Sequence[City]) -> None:
        world.cities()  # loaded in half a second, which no traveller shall wait for
        self.covered = tuple(cities)
        self._proper = {
            name: city
            for city in cities
            for name in (plain(city.name), plain_letters(city.name))
        }
        self._names = {
            alias: self._proper[plain(name)]
            for alias, name in ALIASES.items()
            if plain(name) in self._proper
        } | self._proper
        alternatives = "|".join(sorted(map(re.escape, self._names), key=len)[::-1])
        self._exact = re.compile(rf"\b(?:{alternatives or '(?!)'})\b")

    def find(self, text: str) -> Mention:
        """The city that the text speaks of."""
        text = _read(text)
        if found := self._exactly(text):
            return found
        text = self._without_origins(text)
        if city := self._misspelt(text):
            return Mention(city=city)
        return self._in_the_world(text)

    @staticmethod
    def is_word(name: str) -> bool:
        """Whether all of it are words that are no cities first."""
        flat = plain(name)
        return flat in _WORDS_FIRST or all(it in _NO_CITY for it in flat.split())

    def _exactly(self, text: str) -> Mention | None:
        flat = plain_letters(text)
        sure: dict[City, None] = {}
        unsure: dict[City, None] = {}
        for match in self._exact.finditer(flat):
            around = _around(text, *match.span())
            if _NOT_GOAL.search(around.before.lower()) or around.is_of_somebody():
                continue
            city = self._names[match[0]]
            if _goes_on(flat[match.start() :], len(match[0].split()), city):
                continue
            region = self._region_after(flat[match.end() :], city)
            if region is not None:
                return region
            (unsure if around.goes_on(_NO_CITY) else sure)[city] = None
        found = list(sure or unsure)
        if not found:
            return None
        if len(found) > 1 and _CHOICE.search(flat):
            return Mention(choice=tuple(found))
        return Mention(city=found[0], another=found[1] if len(found) > 1 else None)

    def _without_origins(self, text: str) -> str:
        """The text without the covered cities that are no goal."""
        pattern = re.compile(self._exact.pattern, re.IGNORECASE)
        return pattern.sub(
            lambda match: (
                " " if _NOT_GOAL.search(text[: match.start()].lower()) else match[0]
            ),
            text,
        )

    def _region_after(self, rest: str, city: City) -> Mention | None:
        """Another city of the name, when a region like "Texas" follows it."""
        for place in world.cities().get(plain(city.name), ()):
            same = place.country == city.country and _close(city, place)
            region = re.escape(plain(place.region))
            if not same and re.match(rf",? (?:in )?{region}\b", rest):
                return _elsewhere(place)
        return None

    def _misspelt(self, text: str) -> City | None:
        words = [plain(word) for word in _WORD.findall(text)]
        pairs = [f"{first} {second}" for first, second in pairwise(words)]
        for word in [*words, *pairs]:
            is_word = all(part in _NO_CITY for part in word.split())
            if len(word) < 5 or is_word or word in world.cities():
                continue
            # Aliases are left out: "munching" is no München.
            for name, city in self._proper.items():
                allowed = 1 if len(name) < 7 else 2
                if (
                    len(name) >= 5
                    and word[0] == name[0]
                    and (DamerauLevenshtein.distance(word, name) <= allowed)
                ):
                    return city
        return None

    def _in_the_world(self, text: str) -> Mention:
        words = [(m[0].rstrip(".'’-"), m.start()) for m in _WORD.finditer(text)]
        unknown = ""
        for start in range(len(words)):
            for length in (3, 2, 1):
                group = words[start : start + length]
                if len(group) < length:
                    continue
                name = " ".join(word for word, _ in group)
                end = group[-1][1] + len(group[-1][0])
                around = _around(text, group[0][1], end)
                before = around.before.rstrip().lower()
                cue = bool(_CUE.search(before))
                if _NOT_GOAL.search(before) or around.is_of_somebody():
                    continue
                if mention := self._named(around, cue, len(words), text):
                    return mention
                if length == 1 and cue and _looks_like_a_name(name) and not unknown:
                    unknown = _whole_name(words[start:])
        return Mention(unknown=unknown or self._lone_name(words))

    def _lone_name(self, words: list[tuple[str, int]]) -> str:
        names = [word for word, _ in words]
        if 1 <= len(names) <= 2 and all(_looks_like_a_name(name) for name in names):
            return " ".join(names)
        return ""

    def _named(
        self, around: Around, cue: bool, words: int, text: str
    ) -> Mention | None:
        name = around.name
        flat = OTHER_NAMES.get(plain(name), plain(name))
        is_word = len(flat) < 3 or all(word in _NO_CITY for word in flat.split())
        if flat in _WORDS_FIRST:
            is_word = not (_is_goal(around) or (words == 1 and flat in _COUNTRIES))
        if is_word:
            return None
        proper = name[0].isupper() and (cue or words <= 8 or " " in name)
        if not (proper or cue or words <= 3):
            return None
        if region := regions.named(flat, self.covered):
            return Mention(region=region)
        candidates = world.cities().get(flat, [])
        if not candidates and cue and len(flat) >= 6:
            candidates = world.cities().get(world.alike(flat), [])
        return self._which(candidates, text) if candidates else None

    def _which(self, candidates: list[WorldCity], text: str) -> Mention:
        flat = plain(text)
        for candidate in candidates:
            if re.search(rf"\b{re.escape(plain(candidate.region))}\b", flat):
                return _elsewhere(candidate)
        first = candidates[0]
        alike = [c for c in candidates if c.population * 3 >= first.population]
        if len(alike) == 1 or first.population >= 1_000_000:
            return _elsewhere(first)
        regions = dict.fromkeys(city.region for city in alike)
        return Mention(
            names=tuple(f"{first.name}, {region}" for region in regions)[:4],
            ambiguous=first.name,
        )


def _looks_like_a_name(word: str) -> bool:
    return word[0].isupper() and len(word) > 2 and plain(word) not in _NO_CITY


def _is_goal(around: Around) -> bool:
    """Whether a word that is a city or a country too is where one goes to."""
    before = around.before.rstrip().lower()
    if not around.name[0].isupper():
        return bool(_JOURNEY.search(before))
    first = not before and re.match(r",| (?:for )?\d", around.behind)
    return bool(first or _GOAL.search(before))


def _read(text: str) -> str:
    return tidy(spelled_out(text[:MAX_READ]))


def _around(text: str, start: int, end: int) -> Around:
    before = text[max(0, start - LOOK_BACK) : start]
    return Around(before, text[start:end], text[end : end + LOOK_BACK])


def _goes_on(flat: str, words: int, city: City) -> bool:
    """Whether text that begins with the city's name, of so many words, has the longer
    name of another city there: Porto Alegre.
    """
    said = _PAUSE.split(flat, maxsplit=1)[0].split()[: words + LONGER]
    for length in range(words + 1, len(said) + 1):
        for place in world.cities().get(" ".join(said[:length]), ()):
            if not _close(city, place):
                return True
    return False


def _whole_name(words: list[tuple[str, int]]) -> str:
    name = []
    for word, _ in words:
        if not word[0].isupper() or plain(word) in _NO_CITY:
            break
        name.append(word)
    return " ".join(name)


def _elsewhere(city: WorldCity) -> Mention:
    return Mention(
        elsewhere=Elsewhere(f"{city.name}, {city.region}", city.lat, city.lon)
    )


def _close(city: City, place: WorldCity) -> bool:
    return _distance(city, place.lat, place.lon) < 1.0


def _distance(city: City, lat: float, lon: float) -> float:
    """In degrees, good enough for an order."""
    east = abs(city.lon - lon)
    return math.hypot(
        city.lat - lat, min(east, 360 - east) * math.cos(math.radians(lat))
    )
