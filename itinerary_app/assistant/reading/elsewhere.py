"""Elsewhere: cities of the world that a first message names, without places here."""

from __future__ import annotations

from functools import lru_cache

from itinerary_app.acts.acts import Act, AddCity, Ask, SetCity, Topic
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.cities import Gazetteer
from itinerary_app.model import City


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
