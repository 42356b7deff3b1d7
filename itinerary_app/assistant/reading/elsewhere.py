"""Elsewhere: cities of the world that a message names, without places here."""

from __future__ import annotations

import re
from functools import lru_cache

from itinerary_app.acts.acts import Act, AddCity, Ask, SetCity, Topic
from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.reading.lexicon import lexicon
from itinerary_app.catalogue import regions
from itinerary_app.catalogue.cities import Gazetteer
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.spelling import plain
from itinerary_app.catalogue.world import LARGE, WorldCity, cities_named
from itinerary_app.model import City

NEAR_KM = 30  # of a city of ours, what has a name of its own is an outing at most
FAR_KM = 2_000  # from the trip's city: who says a name means no city so far away
_COUNT = r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven)"
_LONG = rf"{_COUNT}[ -](?:day|night)s?"
_NAME = r"(?P<name>[^\W\d_][\w'’-]+(?: (?-i:[A-Z])[\w'’-]+){,2})"
_JOINED = r"(?:(?:[,;+&]|\b(?:and|then|plus|add|followed by|on to|with|visit))\s*)*"
_STAYS = (
    re.compile(rf"{_JOINED}\b{_NAME}(?: for| [-–:]|:)? \(?{_LONG}\b\)?", re.I),
    re.compile(rf"{_JOINED}\b{_LONG} (?:in|at) {_NAME}", re.I),
    re.compile(rf"{_JOINED}\b{_COUNT} in {_NAME}(?=\W*$|[,;.])", re.I),
)
_LONG_AHEAD = re.compile(rf"{_JOINED}\b{_LONG} {_NAME}", re.I)
_COUNT_BEHIND = re.compile(
    rf"{_JOINED}\b{_NAME} \d{{1,2}}(?=\s*(?:$|[,;.]|[^\W\d]))", re.I
)
_COUNTED = re.compile(rf"\b({_COUNT}) in\b", re.I)
_OR = re.compile(r"\W*or\b", re.I)
_SAYING = re.compile(r"\b[^\W\d_]{2,}\b")
_ADDING = frozenset(
    "add and then plus please also we want to go like let can could you with".split()
)


def stays(text: str, scene: Scene) -> tuple[str, list[tuple[Act, str]]]:
    """The text without days in cities that have no places here, and questions for those.

    A trip must have, or the text name, a city that has some: what is told of a trip
    elsewhere is no part of one.
    """
    rest, found = text, list[tuple[Act, str]]()
    here = _here(text, scene)
    if here is None:
        return text, []
    for said in (
        it for pattern in _forms(text, scene) for it in pattern.finditer(text)
    ):
        if _OR.match(text, said.end()):
            continue  # "Naples or wherever"
        city = _without_places(said["name"], here, scene)
        if city and said[0] in rest:
            rest = rest.replace(said[0], "", 1)
            act = Ask(topic=Topic.CITIES, about=f"{city.name}, {city.region}")
            found.append((act, said[0].strip(" ,;")))
    if not found:
        return text, []
    return _COUNTED.sub(r"\1 days in", rest).strip(" ,;"), found


def _forms(text: str, scene: Scene) -> tuple[re.Pattern[str], ...]:
    """How the text says how long one is where: "2 nights A 3 nights B", "A 2 B 3"."""
    names = "|".join(sorted((re.escape(it.name) for it in scene.cities), key=len))
    if re.search(rf"^\W*{_LONG} (?:{names})\b", text, re.I):
        return (_LONG_AHEAD, *_STAYS[1:])
    counts = rf"\b(?:{names}) \d{{1,2}}(?! ?(?:days?|nights?|[/.:–-]\d|\d))"
    return (*_STAYS, _COUNT_BEHIND) if re.search(counts, text, re.I) else _STAYS


def is_all(rest: str) -> bool:
    """Whether nothing but the wish to add it is left of a message."""
    return all(it[0].lower() in _ADDING for it in _SAYING.finditer(rest))


def _here(text: str, scene: Scene) -> City | None:
    """The city that the trip, or else the text, is about."""
    named = {it.name: it for it in scene.cities}
    known = named.get(scene.preferences.city or "")
    return known or _gazetteer(tuple(scene.cities)).find(text).city


def _without_places(name: str, here: City, scene: Scene) -> WorldCity | None:
    """The city of the name that is nearest to the trip, if it is none of ours."""
    ours, flat = _gazetteer(tuple(scene.cities)), plain(name)
    words = lexicon("en").words
    if ours.is_word(name) or all(it in words for it in flat.split()):
        return None
    if ours.find(name).city or regions.named(flat, ours.covered):
        return None
    least = 0 if name[0].isupper() else LARGE
    found = [
        (distance_km(here.lat, here.lon, it.lat, it.lon), it)
        for it in cities_named(name)
        if it.population > least
    ]
    far, city = min(found, key=lambda it: it[0], default=(FAR_KM, None))
    if city is None or far >= FAR_KM:
        return None
    near = (distance_km(it.lat, it.lon, city.lat, city.lon) for it in scene.cities)
    return city if min(near) >= NEAR_KM else None


def told(acts: list[tuple[Act, str]], text: str, scene: Scene) -> list[tuple[Act, str]]:
    """The acts, with a city without places named as such, and not taken for ours."""
    if scene.preferences.city or not (
        name := city_elsewhere(text, tuple(scene.cities))
    ):
        return acts
    kept = [it for it in acts if not isinstance(it[0], SetCity | AddCity)]
    return [*kept, (Ask(topic=Topic.CITIES, about=name), name)]


def city_elsewhere(text: str, covered: tuple[City, ...]) -> str:
    """The name of the city without places that the text is about, "" if none is.

    With its region ("Paris, Texas") unless there are several such cities.
    """
    mention = _gazetteer(covered).find(text)
    return mention.elsewhere.label if mention.elsewhere else mention.ambiguous


@lru_cache(maxsize=2)
def _gazetteer(covered: tuple[City, ...]) -> Gazetteer:
    return Gazetteer(covered)
