"""What is said back of dates, hours, needs and spending that were told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from itinerary_app.catalogue.almanac import in_words
from itinerary_app.model import Itinerary, Mobility, Place, Preferences
from itinerary_app.text.words import listed

_WAYS = {
    Mobility.STEP_FREE: "places known to have no step-free access are left out",
    Mobility.LESS_WALKING: "ways on foot are kept short",
}
# Remarks below a plan that answer a wish: what could not be met, and what it costs.
_TELLING = re.compile(
    r"\bleft out\b|\bno room\b|^Nothing\b|\bserves\b|\bKnown admissions come\b"
    r"|^Step-free\b"
)


def told(
    patch: Mapping[str, Any],
    before: Preferences,
    currency: str,
    places: Sequence[Place] = (),
    itinerary: Itinerary | None = None,
) -> str:
    """A sentence for each wish in the patch; `before` are those without it,
    `places` were named just now, the itinerary is what came of it.
    """
    wishes, had = before.merged(patch), before.to_dict()
    said = (
        _SAYINGS[name](wishes, currency) if patch[name] else _GONE[name]
        for name in _SAYINGS
        if name in patch and (patch[name] or name in had)
    )
    return " ".join([*said, *_named(patch, places, itinerary)])


def unmet(after: Itinerary, before: Itinerary | None) -> str:
    """The remarks below the plan that answer a wish, unless they were told before."""
    known = {_shape(note) for note in before.notes} if before else set()
    return " ".join(
        note
        for note in after.notes
        if _shape(note) not in known and _TELLING.search(note)
    )


def _shape(note: str) -> str:
    """The remark whatever its numbers."""
    return re.sub(r"\d[\d,.]*(?:(?:, | and )\d+)*", "0", note)


def _dates(wishes: Preferences, _: str) -> str:
    assert wishes.start_date is not None
    days = wishes.duration_days or 1
    if days == 1:
        return f"Day 1 is {in_words(wishes.start_date)}."
    last = wishes.start_date + timedelta(days=days - 1)
    return f"Your dates are {_short(wishes.start_date, last)} to {in_words(last)}."


def _short(first: date, last: date) -> str:
    """The first date, without a year that the last one has too."""
    said = in_words(first)
    return said.rsplit(" ", 1)[0] if first.year == last.year else said


def _diets(wishes: Preferences, _: str) -> str:
    names = listed(diet.replace("_", "-") for diet in wishes.diets)
    return f"Meals are chosen where {names} food is known to be served."


def _mobility(wishes: Preferences, _: str) -> str:
    said = listed(_WAYS[way] for way in wishes.mobility)
    return f"{said[0].upper()}{said[1:]}."


def _clock(minutes: int | None) -> str:
    assert minutes is not None
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


_SAYINGS: dict[str, Callable[[Preferences, str], str]] = {
    "start_date": _dates,
    "arrive": lambda wishes, _: f"Day 1 begins after {_clock(wishes.arrive)}.",
    "depart": lambda wishes, _: f"The last day is over by {_clock(wishes.depart)}.",
    "day_start": lambda wishes, _: (
        f"Days begin at {_clock(wishes.day_start)} or later."
    ),
    "day_end": lambda wishes, _: f"Days end by {_clock(wishes.day_end)}.",
    "diets": _diets,
    "mobility": _mobility,
    "spend_limit": lambda wishes, currency: (
        f"Known admissions stay within {currency} {wishes.spend_limit:,} for an adult."
    ),
}
_GONE = {
    "start_date": "Your dates are open again.",
    "arrive": "Your arrival is open again.",
    "depart": "Your departure is open again.",
    "day_start": "Days begin as the pace has it again.",
    "day_end": "Days end as the pace has it again.",
    "diets": "Diets don't matter for meals any more.",
    "mobility": "Walking and access don't matter any more.",
    "spend_limit": "There is no limit for admissions any more.",
}


def _named(
    patch: Mapping[str, Any], places: Sequence[Place], itinerary: Itinerary | None
) -> Iterator[str]:
    """What becomes of the places that were named; the planner tells which don't fit."""
    planned = {stop.place.id for stop in itinerary.stops} if itinerary else set()
    must_see, excluded = patch.get("must_see") or (), patch.get("excluded") or ()
    seen = [it.name for it in places if it.id in must_see and it.id in planned]
    waiting = [it.name for it in places if it.id in must_see and not itinerary]
    gone = [it.name for it in places if it.id in excluded]
    for names, end in (
        (seen, "in your plan"),
        (waiting, "on your list"),
        (gone, "left out"),
    ):
        if names:
            yield f"{listed(names)} {'is' if len(names) == 1 else 'are'} {end}."


def places_of(
    patch: Mapping[str, Any], before: Preferences, places: Sequence[Place]
) -> list[Place]:
    """The places that the patch names and that were not named before."""
    known = {*before.must_see, *before.excluded}
    told_now = {*(patch.get("must_see") or ()), *(patch.get("excluded") or ())}
    return [place for place in places if place.id in told_now - known]
