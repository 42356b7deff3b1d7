"""Elsewhere: cities of the world that a message names, without places here."""

from __future__ import annotations

import re
from functools import lru_cache

from itinerary_app.acts.acts import Act, AddCity, Ask, SetCity, Topic
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.cities import Gazetteer
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.world import LARGE, WorldCity, cities_named
from itinerary_app.model import City

NEAR_KM = 15  # of a city of ours, what has a name of its own is a part of it
_COUNT = r"(?:\d{1,2}|an?|one|two|three|four|five|six|seven)"
_LONG = rf"{_COUNT}[ -](?:day|night)s?"
_NAME = r"(?P<name>[^\W\d_][\w'’-]+(?: (?-i:[A-Z])[\w'’-]+){,2})"
_JOINED = r"(?:(?:[,;+&]|\b(?:and|then|plus|add|followed by|on to|with|visit))\s*)*"
_STAYS = (
    re.compile(rf"{_JOINED}\b{_NAME}(?: for| [-–:]|:)? \(?{_LONG}\b\)?", re.I),
    re.compile(rf"{_JOINED}\b{_LONG} (?:in|at) {_NAME}", re.I),
    re.compile(rf"{_JOINED}\b{_COUNT} in {_NAME}(?=\W*$|[,;.])", re.I),
)
_COUNTED = re.compile(rf"\b({_COUNT}) in\b", re.I)
_SAYING = re.compile(r"\b[^\W\d_]{2,}\b")
_ADDING = frozenset(
    "add and then plus please also we want to go i'd we'd like let's can could you with".split()
)


def stays(text: str, scene: Scene) -> tuple[str, list[tuple[Act, str]]]:
    """The text without days in cities that have no places here, and questions for those.

    A trip must have, or the rest of the text name, a city that has some: what is told
    of a trip elsewhere is no part of one.
    """
    rest, found = text, list[tuple[Act, str]]()
    for pattern in _STAYS:
        for said in pattern.finditer(text):
            city = _without_places(said["name"], scene)
            if city is not None and said[0] in rest:
                rest = rest.replace(said[0], "", 1)
                label = f"{city.name}, {city.region}"
                found.append(
                    (Ask(topic=Topic.CITIES, about=label), said[0].strip(" ,;"))
                )
    here = scene.preferences.city or _gazetteer(tuple(scene.cities)).find(rest).city
    if not found or not here:
        return text, []
    return _COUNTED.sub(r"\1 days in", rest).strip(" ,;"), found


def is_all(rest: str) -> bool:
    """Whether nothing but the wish to add it is left of a message."""
    return all(it[0].lower() in _ADDING for it in _SAYING.finditer(rest))


def _without_places(name: str, scene: Scene) -> WorldCity | None:
    ours = _gazetteer(tuple(scene.cities))
    if ours.is_word(name) or ours.find(name).city:
        return None
    named = [
        it for it in cities_named(name) if name[0].isupper() or it.population > LARGE
    ]
    if not named or any(
        distance_km(it.lat, it.lon, named[0].lat, named[0].lon) < NEAR_KM
        for it in scene.cities
    ):
        return None
    return named[0]


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
