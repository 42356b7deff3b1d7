"""Which places, or cities, may be meant by a name that none of them has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from itinerary_app.assistant.reading.lexicon import lexicon
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import City, Place

MOST = 3
ALIKE = 82  # of 100: of a word, or of the whole name
SHORTEST, LONGEST = 4, 60  # letters of a word, characters of a name
# Words that many names have: by these alone no place is meant.
_GENERAL = frozenset(
    "bridge central church city garden gardens gate grand great hall hill house island "
    "lake market modern museum national palace park place restaurant river royal "
    "square station street temple tower town view world".split()
)


def alike(name: str, places: Iterable[Place]) -> list[Place]:
    """The best first; none where too many are as good."""
    said = plain(name[:LONGEST])
    known = _GENERAL | lexicon("en").words  # spelt as they are meant: no slip of a name
    words = [
        word
        for word in re.findall(r"\w+", said)
        if len(word) >= SHORTEST and word not in known
    ]
    scored = [(_likeness(said, words, place), place) for place in places]
    best = max((score for score, _ in scored), default=0.0)
    if not best:
        return []
    found = [place for score, place in scored if score >= best - 1]
    return found if len(found) <= MOST else []


def cities_alike(words: Sequence[str], cities: Iterable[City]) -> list[City]:
    """Those whose name one of the words is nearly."""
    said = {it for each in words for it in (plain(each), *plain(each).split())}
    likely = [it for it in said if SHORTEST <= len(it) <= LONGEST]
    return [
        city
        for city in cities
        if any(fuzz.ratio(plain(city.name), it) >= ALIKE for it in likely)
    ][:MOST]


def _likeness(said: str, words: list[str], place: Place) -> float:
    """0, or how alike the whole name or the words of their own are."""
    name = plain(place.name)
    whole = fuzz.ratio(said, name)
    if whole >= ALIKE:
        return 1000 + whole
    own = re.findall(r"\w+", name)
    each = [max(fuzz.ratio(word, it) for it in own) for word in words if own]
    return sum(score for score in each if score >= ALIKE)
