"""What is known of one place, in a few words, and from whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from itinerary_app.assistant.answers.question import Planned
from itinerary_app.model import Place, Stop
from itinerary_app.text.clock import clock
from itinerary_app.text.words import booking, counted, held, hours, listed, price

OURS = "editorial"  # the source of what nobody else has
_DATE = re.compile(r" \((?:dump )?([^)]*?)(?: copy)?\)")


def source(place: Place) -> str:
    return source_name(place.source)


def price_source(place: Place) -> str:
    """Whom the price is from: one with its year is ours, whoever told the rest."""
    return "our own list" if place.price_year else source(place)


def source_name(source: str) -> str:
    """Whom the facts are from, with the date where there is one."""
    if source == OURS:
        return "our own undated list"
    return _DATE.sub(r" of \1", source)


def span(stop: Stop) -> str:
    return f"{clock(stop.arrive)}–{clock(stop.leave)}"


def when(item: Planned) -> str:
    """On day 2 at 14:00."""
    return f"on day {item.day.number} at {clock(item.stop.arrive)}"


def meal(stop: Stop) -> str:
    """What stands behind a visit that holds a meal."""
    return f" ({held(stop)})" if stop.holds else ""


def located(items: Iterable[Planned]) -> list[str]:
    """Each stop by its name, with its day and hour, and the meal that a visit holds."""
    return [f"{item.stop.place.name} {when(item)}{meal(item.stop)}" for item in items]


def told(place: Place) -> str:
    """Hours, price and booking, with who says so; "" if none is known."""
    facts = [hours(place)] if place.hours else []
    facts += [price(place)] if place.price is not None else []
    facts += [booking(place)] if place.booking else []
    return f"{', '.join(facts)} (from {source(place)})" if facts else ""


def known(place: Place) -> str:
    """What is told of it as a sentence; "" if nothing is known."""
    return f"What I do know of {place.name}: {it}." if (it := told(place)) else ""


def few(names: Sequence[str], most: int = 6) -> str:
    """The names; of many the first ones, and how many more there are."""
    if len(names) <= most:
        return listed(names)
    return listed([*names[: most - 1], f"{len(names) - most + 1} more"])


def bare_hours(place: Place) -> str:
    return hours(place).removeprefix("known ").removeprefix("hours: ")


def stops(number: int) -> str:
    return counted(number, "stop")
