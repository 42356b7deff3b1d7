"""Sentences on wishes: what the traveller's preferences say now that they did not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import timedelta

from itinerary_app.assistant.answers import kinds
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.kinds import SIGHT
from itinerary_app.catalogue.places import local_currency
from itinerary_app.model import Category, Mobility, Place, Preferences, Stop
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import from_to, in_words
from itinerary_app.text.ends import beside, sleeping
from itinerary_app.text.words import counted, listed

MOST = 5  # places or kinds that are named
_WAYS = {
    Mobility.STEP_FREE: "places known to have no step-free access are left out",
    Mobility.LESS_WALKING: "ways on foot are kept short",
}
# What acts on the plan change in passing: the plan's own sentences speak of it.
_OF_PLACES = frozenset("must_see excluded locked times stays notes".split())
BY_PLAN = frozenset({"must_see", "excluded", "times", "stays", "duration_days"})


def said(
    told: Preferences, wishes: Preferences, scene: Scene, *, without: frozenset[str]
) -> list[str]:
    """A sentence for each preference that is another now."""
    places = {place.id: place for place in scene.places}
    places |= {it.place.id: it.place for it in _stops(scene)}
    speaker = _Speaker(
        told,
        wishes,
        places,
        _gateways(scene),
        _currency(wishes, scene),
        planned=scene.itinerary is not None,
    )
    changed = [
        item.name
        for item in fields(Preferences)
        if getattr(told, item.name) != getattr(wishes, item.name)
        and item.name not in without
    ]
    return [text for name in changed for text in speaker.of(name)]


def _gateways(scene: Scene) -> dict[str, str]:
    """The proper names of where one comes in and leaves, as far as planned."""
    days = scene.itinerary.days if scene.itinerary else ()
    ends = {"arrive_at": days[0].origin, "depart_at": days[-1].target} if days else {}
    return {name: end.name for name, end in ends.items() if end and not end.is_base}


def _currency(wishes: Preferences, scene: Scene) -> str:
    """That of the first city: where that is not planned yet, of all together."""
    plan = scene.itinerary
    places = [it.place for it in next(plan.parts()).stops] if plan else []
    return local_currency(places) or local_currency(scene.places)


class _Speaker:
    def __init__(
        self,
        told: Preferences,
        wishes: Preferences,
        places: Mapping[str, Place],
        gateways: Mapping[str, str],
        currency: str,
        *,
        planned: bool,
    ) -> None:
        self.told, self.wishes = told, wishes
        self._places, self._gateways, self._currency = places, gateways, currency
        self._planned = planned

    def of(self, name: str) -> Iterator[str]:
        now = getattr(self.wishes, name)
        if name in _LISTS:
            yield from self._listed(name)
        elif now is None or now == () or now is False:
            if gone := _GONE.get(name):
                yield gone
        elif sentence := _SAYINGS.get(name):
            yield sentence(self.wishes)
        elif name == "bases" or (name == "base" and self.wishes.legs):
            told = self.wishes.bases if name == "bases" else self.wishes.slept[:1]
            for base in (it for it in told if it not in self.told.slept):
                yield f"{sleeping(base, self._places.get(base.where))}."
        elif name in _WITHOUT_WAY and self._planned and name not in self._gateways:
            yield _WITHOUT_WAY[name].format(self._word(now))
        elif name == "depart_at" and self.wishes.depart_there:
            end = self._gateways.get(name) or self._word(now)
            yield f"You leave from {end}: the way there counts."
        elif name == "base":
            yield _SLEEPING.format(beside(now, self._places.get(now)))
        elif name in ("arrive_at", "depart_at"):
            when = "known" if getattr(self.wishes, name.removesuffix("_at")) else "when"
            yield _ENDS[name, when].format(self._gateways.get(name) or self._word(now))
        elif name == "spend_limit":
            limit = f"{self._currency} {now:,}".strip()
            yield f"Known admissions stay within {limit} for an adult."

    def _listed(self, name: str) -> Iterator[str]:
        """What came to a list of places or kinds, and what went from it."""
        was, now = dict.fromkeys(getattr(self.told, name)), getattr(self.wishes, name)
        come = [it for it in now if it not in was]
        gone = [it for it in was if it not in dict.fromkeys(now)]
        if name in _OF_PLACES:  # what went with its city needs no word
            gone = [it for it in gone if _id_of(it) in self._places]
        if name == "at_most" and not any(count for _, count in (*come, *gone)):
            # None at all is no number a day.
            name, come, gone = (
                "avoid",
                *([it for it, _ in some] for some in (come, gone)),
            )
        for items, sentence in zip((come, gone), _LISTS[name], strict=True):
            if items and sentence:
                words = [self._word(item) for item in items[:MOST]]
                if more := len(items) - MOST:
                    words += [f"{more} more"] if more > 0 else []
                one = len(items) == 1 and not isinstance(items[0], Category)
                verb = "is" if one else "are"
                said = sentence.format(words=listed(words), verb=verb)
                yield f"{said[0].upper()}{said[1:]}"

    def _word(self, item: object) -> str:
        if isinstance(item, tuple):  # of a note, or of a limit for a kind
            key, value = item
            name = self._name(key)
            if isinstance(value, int):
                if key == SIGHT:
                    return counted(value, name)
                if value and key in list(Category):
                    return kinds.counted(value, key)
                return f"{value or 'no'} {name.replace(',', ' or ')}"
            return f"{name}: {value}"
        return kinds.some(item) if isinstance(item, Category) else self._name(item)

    def _name(self, item: object) -> str:
        place = self._places.get(str(item))
        return place.name if place else str(item).replace("_", " ")


def _id_of(item: object) -> object:
    return item[0] if isinstance(item, tuple) else item


def _stops(scene: Scene) -> tuple[Stop, ...]:
    return scene.itinerary.stops if scene.itinerary else ()


def _dates(wishes: Preferences) -> str:
    assert wishes.start_date is not None
    days = wishes.duration_days or 1
    if days == 1:
        return f"Day 1 is {in_words(wishes.start_date)}."
    last = wishes.start_date + timedelta(days=days - 1)
    return f"Your dates are {from_to(wishes.start_date, last)}."


def _diets(wishes: Preferences) -> str:
    names = listed(diet.replace("_", "-") for diet in wishes.diets)
    return f"Meals are chosen where {names} food is known to be served."


def _mobility(wishes: Preferences) -> str:
    words = listed(_WAYS[way] for way in wishes.mobility)
    return f"{words[0].upper()}{words[1:]}."


def _interests(wishes: Preferences) -> str:
    return f"I look for {listed(wishes.interests)}."


def _people(wishes: Preferences) -> str:
    both = (
        counted(wishes.adults, "adult") if wishes.adults else "",
        f"{wishes.children} {'child' if wishes.children == 1 else 'children'}"
        if wishes.children
        else "",
    )
    return f"I noted {listed(filter(None, both))} travelling."


def _legs(wishes: Preferences) -> str:
    nights = [leg.nights for leg in wishes.legs]
    in_days = wishes.duration_days == sum(it or 0 for it in nights)
    unit = "day" if None not in nights and in_days else "night"
    cities = listed(
        leg.city + (f" ({counted(leg.nights, unit)})" if leg.nights else "")
        for leg in wishes.legs
    )
    return f"The trip goes to {cities}, in this order: tell me if you want another."


_SAYINGS: dict[str, Callable[[Preferences], str]] = {
    "interests": _interests,
    "pace": lambda it: f"The pace is {it.pace}.",
    "budget": lambda it: f"The budget is {it.budget}.",
    "start_date": _dates,
    "arrive": lambda it: f"Day 1 begins after {clock(it.arrive or 0)}.",
    "depart": lambda it: f"The last day is over by {clock(it.depart or 0)}.",
    "depart_there": lambda it: "I take that as when you must be there.",
    "day_start": lambda it: f"Days begin at {clock(it.day_start or 0)} or later.",
    "day_end": lambda it: f"Days end by {clock(it.day_end or 0)}.",
    "diets": _diets,
    "mobility": _mobility,
    "adults": _people,
    "children": _people,
    "legs": _legs,
    "meal_times": lambda it: " ".join(
        f"{meal.capitalize()} is at {clock(at)}." for meal, at in it.meal_times
    ),
    "shared": lambda it: (
        "Whoever has the link can look at your plan; you find it under “Take it "
        "with you”."
    ),
}
_SLEEPING = "You sleep {}: days begin and end there, as far as I know where it is."
# Of where one comes in and leaves; the plan's notes say what is known of it.
_ENDS = {
    ("arrive_at", "known"): "You come in at {}: the way from there counts.",
    ("arrive_at", "when"): "You come in at {}: the way from there counts, from an hour "
    "that you tell me.",
    ("depart_at", "known"): "You leave from {}: the way there counts, and time before "
    "you go.",
    ("depart_at", "when"): "You leave from {}: tell me when, and the last day ends in "
    "time for it.",
}
# Of one that nobody knows: the plan's notes say so.
_WITHOUT_WAY = {"arrive_at": "You come in at {}.", "depart_at": "You leave from {}."}
_GONE = {
    "base": "Where you sleep is open again.",
    "bases": "Where you sleep is the same for all nights again.",
    "start_date": "Your dates are open again.",
    "arrive": "Your arrival is open again.",
    "depart": "Your departure is open again.",
    "depart_there": "Time before you leave is kept free again.",
    "day_start": "Days begin as the pace has it again.",
    "day_end": "Days end as the pace has it again.",
    "diets": "Diets don't matter for meals any more.",
    "mobility": "Walking and access don't matter any more.",
    "spend_limit": "There is no limit for admissions any more.",
    "interests": "No interest counts more than another now.",
    "legs": "The trip is to one city again.",
    "meal_times": "Meals are when it suits the day again.",
    "shared": "The link to your plan opens nothing any more.",
}
# What came to a list, and what went from it; "" where nothing is said.
_LISTS = {
    "must_see": ("{words} {verb} on your list.", "{words} {verb} off your list."),
    "excluded": ("{words} {verb} left out.", "{words} may come again."),
    "locked": (
        "{words} {verb} locked: day and time stay.",
        "{words} {verb} no longer locked.",
    ),
    "avoid": ("From now on without: {words}.", "{words} {verb} fine again."),
    "at_most": ("At most a day: {words}.", "No limit any more: {words}."),
    "no_more": (
        "Nothing is added to the {words} stops you have.",
        "{words} {verb} fine again.",
    ),
    "notes": ("Noted: {words}.", "No longer noted: {words}."),
    "skipped": ("No {words} is planned any more.", "{words} {verb} planned again."),
}
