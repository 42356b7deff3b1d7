"""Questions about where days begin and end, and where one sleeps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from itinerary_app.acts.acts import Topic
from itinerary_app.assistant.answers import ways
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.question import Question
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Anchor, AnchorKind, Day, Place
from itinerary_app.text.clock import clock
from itinerary_app.text.ends import beside
from itinerary_app.text.words import listed

_WHERE = re.compile(r"\b(where|wheres|from where|what place|point)\b")
_BED = re.compile(
    r"\b(hotel|hostel|airbnb|apartment|accommodation|(?:stay|sleep|staying)$)"
)
_BEGINS = re.compile(r"\b(start|starts|starting|begin|begins|set off|leave from)\b")
_ENDS = re.compile(r"\b(end|ends|end up|finish|finishes|finishing)\b")


def of_days(question: Question) -> Answer | None:
    """Where a day, or the trip, begins and ends; None where nothing of it is asked."""
    ask, plan = question.ask, question.plan
    about = plain(ask.about or "")
    if plan is None or ask.topic is not Topic.SCHEDULE or not _WHERE.search(about):
        return None
    begins, ends = bool(_BEGINS.search(about)), bool(_ENDS.search(about))
    if not (begins or ends) or ask.place is not None or ask.kind or ask.meal:
        return None
    named = question.when.number is not None and question.days
    first, last = (question.days[0],) * 2 if named else (plan.days[0], plan.days[-1])
    told = [_begins(first)] if begins else []
    told += [_ends(last)] if ends else []
    return Answer(" ".join(told), day=(first if begins else last).number)


def of_bed(question: Question) -> Answer | None:
    """The way to where one sleeps, or what is near there; None if it is not named."""
    ask, place = question.ask, question.place
    if ask.topic not in (Topic.WAY, Topic.NEARBY) or not _BED.search(ask.about or ""):
        return None
    if place and _BED.search(plain(place.name)):
        return None
    ends = [day.target for day in question.days if day.target]
    bed = next((it for it in ends if it.kind is AnchorKind.BASE), None)
    if bed is None:
        return Answer(
            "I don't know where you sleep: tell me, for example “we stay near the "
            "station”, and I estimate the ways from there."
        )
    if ask.topic is Topic.NEARBY or place is None:
        return ways.near_to(question, bed)
    return Answer(ways.apart(bed, place), stops=(place.id,))


def _begins(day: Day) -> str:
    if not day.stops:
        return f"Day {day.number} has no stops, so it begins where you like."
    stop = day.stops[0]
    if day.origin is None or day.leaves is None:
        return (
            f"Day {day.number} begins with {stop.place.name} at {clock(stop.arrive)}."
        )
    return (
        f"Day {day.number} begins {_at(day.origin)}: you leave at {clock(day.leaves)} "
        f"for {stop.place.name}."
    )


def _ends(day: Day) -> str:
    if not day.stops:
        return f"Day {day.number} has no stops, so it ends where you like."
    stop = day.stops[-1]
    if day.target is None or day.back is None:
        return f"Day {day.number} ends with {stop.place.name} at {clock(stop.leave)}."
    return (
        f"Day {day.number} ends {_at(day.target)}: you are there at {clock(day.back)}, "
        f"after {stop.place.name}."
    )


def _at(end: Anchor) -> str:
    if end.kind is AnchorKind.MIDDLE:
        return f"in {end.name}, as I don't know where you sleep"
    return f"at {end.name}"


def lodging(question: Question) -> Answer:
    """Where one sleeps, night by night; of beds that nobody told, what lies between."""
    plan = question.plan
    if plan is not None and (told := _beds(question)):
        return Answer(told, day=question.when.number)
    parts = list(plan.parts()) if plan else []
    if len(parts) > 1:
        middles = listed(
            f"{_middle([stop.place for stop in part.stops])[0].name} in "
            f"{part.city.name}"
            for part in parts
            if part.stops
        )
        return Answer(f"I know no hotels. The middle of your stops is {middles}.")
    stops = [item.stop.place for item in question.planned]
    if not stops:
        return Answer("Where you sleep is not known to me, and I know no hotels.")
    middle, far = _middle(stops)
    text = (
        f"I know no hotels. The middle of your stops is {middle.name}: the farthest "
        f"stop is {far:.1f} km from it in a straight line, so a bed near there makes "
        "the ways short."
    )
    return Answer(text, stops=(middle.id,))


def _beds(question: Question) -> str:
    """ "You sleep in Trastevere after days 1 and 2, in Prati after day 3."; "" where
    nobody told of any.
    """
    nights: defaultdict[str, list[int]] = defaultdict(list)
    every = question.plan.days if question.plan else ()
    known = {it.name: it for it in question.places.values()}
    for day in question.days:
        has_night = day is not every[-1] or len(question.days) == 1
        if has_night and day.target and day.target.kind is AnchorKind.BASE:
            place = known.get(day.target.name)
            at = beside(place.id, place) if place else f"at {day.target.name}"
            nights[at].append(day.number)
    if not nights:
        return ""
    if len(nights) == 1 and sum(map(len, nights.values())) >= len(every) - 1:
        return f"You sleep {listed(nights)}: your days begin and end there."
    told = (
        f"{at} after day{'s' * (len(days) > 1)} {listed(map(str, days))}"
        for at, days in nights.items()
    )
    open_ = len(every) - 1 > sum(map(len, nights.values())) and len(question.days) > 1
    rest = " Where you sleep in the other nights I don't know." if open_ else ""
    return f"You sleep {listed(told)}.{rest}"


def _middle(places: Sequence[Place]) -> tuple[Place, float]:
    """The place from which the others are nearest, and how far the farthest is (km)."""
    middle = min(
        places,
        key=lambda one: sum(
            distance_km(one.lat, one.lon, o.lat, o.lon) for o in places
        ),
    )
    far = max(distance_km(middle.lat, middle.lon, o.lat, o.lon) for o in places)
    return middle, far
