"""What is said where a wish was for sunset or sunrise, which plans know no hour of."""

from __future__ import annotations

import re

from itinerary_app.acts.acts import Ask, Topic
from itinerary_app.assistant.answers import Answer, Given, answer
from itinerary_app.assistant.reader import Scene, Understanding
from itinerary_app.model import TripSession

_SUN = re.compile(r"\b(sunset|sundown|dusk|sunrise|dawn|daybreak)\b")


def sunlight(
    read: Understanding, day: int | None, scene: Scene, trip: TripSession
) -> Answer | None:
    """When that is on the day that was changed; None where nobody spoke of it."""
    said = _SUN.search(" ".join(read.quotes))
    plan = scene.itinerary
    if said is None or plan is None:
        return None
    if plan.days[0].date is None:
        return Answer(
            f"When {said[0]} is depends on the date: name the first day of the trip, "
            "and set the hour by it."
        )
    ask = Ask(topic=Topic.LIGHT, day=day or 1)
    return answer(ask, scene, trip, Given())
