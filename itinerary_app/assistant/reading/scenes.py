"""Scenes: in the light of which names, cities and days a message is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.names import names_of
from itinerary_app.assistant.reading.spelling import Speller
from itinerary_app.assistant.reading.tokens import Vocabulary, city_names
from itinerary_app.model import City


def vocabulary(scene: Scene) -> Vocabulary:
    """All that its words are looked up in."""
    plan = scene.itinerary
    days = {day.date: day.number for day in plan.days if day.date} if plan else {}
    start = scene.preferences.start_date
    if plan is None and start is not None:
        count = scene.preferences.duration_days or 0
        days = {start + timedelta(days=n): n + 1 for n in range(count)}
    return Vocabulary(
        names=names_of(tuple(scene.places)),
        cities=city_names(tuple(scene.cities)),
        today=scene.today,
        days=days,
        planned=plan is not None,
        here=plan.city.name if plan else "",
        month=scene.focus.month,
        month_first=bool(plan and plan.city.country == "US"),
    )


def cities(text: str, scene: Scene) -> Sequence[City]:
    """Those that the message may speak of: the plan's, or those that it names."""
    if scene.itinerary is not None:
        return scene.itinerary.cities
    known = vocabulary(scene)
    spelled = Speller(known.lexicon, known.names, known.cities).corrected(text)
    here, said = scene.preferences.city, f" {' '.join(words_of(spelled))} "
    named = {
        city.name
        for words, city in known.cities.items()
        if f" {' '.join(words)} " in said
    }
    return [it for it in scene.cities if it.name == here or it.name in named]
