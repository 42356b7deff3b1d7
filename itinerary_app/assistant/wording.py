"""The assistant's sentences about plans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from itinerary_app.catalogue import continents
from itinerary_app.model import (
    AddStop,
    Budget,
    Category,
    ChangeDays,
    ChangePace,
    City,
    Day,
    Edit,
    Itinerary,
    MoveStop,
    Preferences,
    Refit,
    RemoveDay,
    RemoveStop,
    SetHours,
    Stop,
    StopKind,
    SwapStop,
)
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted, listed

MOST_NAMES = 8  # of cities; of more only some are named
SOME_NAMES, FEW_NAMES = 6, 4
NOTHING_CHANGED = "Nothing in your plan had to change for that."
LATE = 10 * 60  # a day's start that is worth offering


def covered(cities: Sequence[City]) -> str:
    """The cities by name; of many some of each continent and how many more."""
    if len(cities) <= MOST_NAMES:
        return listed(city.name for city in cities)
    return few(list(continents.varied(cities)), SOME_NAMES)


def few(cities: Sequence[City], most: int = FEW_NAMES) -> str:
    """The first names, and how many more there are."""
    if len(cities) <= most + 1:
        return listed(city.name for city in cities)
    names = [city.name for city in cities[:most]]
    return listed([*names, f"{len(cities) - most} more"])


def plan(itinerary: Itinerary, told: Preferences, before: Itinerary | None) -> str:
    """What was planned, and what was assumed for it."""
    days = len(itinerary.days)
    pace = f"{told.pace} " if told.pace else ""
    kept = "Here is your plan"
    if before and before.city == itinerary.city:
        if same := _days_kept(before, itinerary):
            return same
        kept = "I planned all days anew"
    sentences = [f"{kept}: {counted(days, f'{pace}day')} in {itinerary.city.name}."]
    sentences.append(_highlights(itinerary.days))
    if told.budget not in (None, Budget.MODERATE):
        sentences.append(
            "I know few prices, so the budget mainly decides where you eat."
        )
    assumed = [
        name
        for name, value in (("pace", told.pace), ("budget", told.budget))
        if value is None
    ]
    if assumed:
        sentences.append(
            f"I assumed a moderate {listed(assumed)}; tell me if you'd like another."
        )
    return " ".join(filter(None, sentences))


def _days_kept(before: Itinerary, after: Itinerary) -> str:
    """What was done if it left all common days as they were, '' otherwise."""
    common = min(len(before.days), len(after.days))
    if before.days[:common] != after.days[:common]:
        return ""
    new, gone = after.days[common:], before.days[common:]
    if new:
        done = f"I added {_numbered(new)}. {_highlights(new)}"
    elif gone:
        done = f"I took out {_numbered(gone)}."
    else:
        return NOTHING_CHANGED
    return f"{done} The other days are as they were."


def _numbered(days: Sequence[Day]) -> str:
    numbers = listed(str(day.number) for day in days)
    return f"day {numbers}" if len(days) == 1 else f"days {numbers}"


def _highlights(days: Sequence[Day]) -> str:
    parts = []
    for day in days[:3]:
        best = sorted(_visits(day), key=lambda stop: -stop.place.importance)[:2]
        if best:
            names = listed(stop.place.name for stop in best)
            parts.append(f"day {day.number} has {names}")
    if not parts:
        return ""
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}{' …' if len(days) > 3 else '.'}"


def edit(change: Edit, before: Itinerary, after: Itinerary) -> str:
    """What an edit did: what went, what came, on which day."""
    old = {stop.place.id: stop for stop in before.stops}
    new = {stop.place.id: stop for stop in after.stops}
    gone = _names(stop for key, stop in old.items() if key not in new)
    come = _names(stop for key, stop in new.items() if key not in old)
    number = _changed_day(before, after)
    on = f"day {number}" if number else "your plan"
    match change:
        case ChangePace(calmer=True):
            text = f"{on.capitalize()} is calmer now"
            return f"{text}: I took out {gone}." if gone else f"{text}."
        case ChangePace():
            text = f"{on.capitalize()} is fuller now"
            return f"{text}: I added {come}." if come else f"{text}."
        case SwapStop():
            return f"I swapped {gone} for {come} on {on}."
        case RemoveStop():
            return f"I took {gone} out of {on}."
        case AddStop():
            return f"I added {come} to {on}." + (f" {gone} had to go." if gone else "")
        case RemoveDay(number):
            later = " The days after it moved up." if number <= len(after.days) else ""
            return f"I took out day {number}.{later}"
        case ChangeDays():
            return _days_kept(before, after)
        case MoveStop(place_id, number):
            name = new[place_id].place.name if place_id in new else "It"
            had_to = f" {gone} had to go." if gone else ""
            return f"I moved {name} to day {number}.{had_to}"
        case SetHours(number, start, end):
            return f"{_hours(number, start, end)} {_changed(gone, come)}".strip()
        case Refit(cheaper=True):
            saved = _saved(before, after)
            return f"{saved} {_changed(gone, come)} The rest is as it was."
        case Refit():
            return refitted(before, after)


def refitted(before: Itinerary, after: Itinerary) -> str:
    """What changed so that the plan keeps to new wishes; days may come or go."""
    if same := _days_kept(before, after):
        return same
    common = min(len(before.days), len(after.days))
    old = [stop for day in before.days[:common] for stop in day.stops]
    new = [stop for day in after.days[:common] for stop in day.stops]
    was, now = ({stop.place.id for stop in stops} for stops in (old, new))
    gone = _names(stop for stop in old if stop.place.id not in now)
    come = _names(stop for stop in new if stop.place.id not in was)
    said = []
    if more := after.days[common:]:
        said.append(f"I added {_numbered(more)}. {_highlights(more)}")
    if less := before.days[common:]:
        said.append(f"I took out {_numbered(less)}.")
    if gone or come:
        return " ".join([*said, _changed(gone, come), "The rest is as it was."])
    return " ".join([*said, _times_moved(old, new)])


def _times_moved(old: Sequence[Stop], new: Sequence[Stop]) -> str:
    times = [(stop.place.id, stop.arrive) for stop in old]
    if times == [(stop.place.id, stop.arrive) for stop in new]:
        return "All your stops stay as they are."
    return "All your stops stay; some times moved."


def _hours(day: int, start: int | None, end: int | None) -> str:
    begins = f"begins at {clock(start)} or later" if start is not None else ""
    ends = f"ends by {clock(end)}" if end is not None else ""
    return f"Day {day} now {listed(filter(None, (begins, ends)))}."


def _changed(gone: str, come: str) -> str:
    if gone and come:
        return f"{gone} made room for {come}."
    if gone or come:
        return f"I took out {gone}." if gone else f"I added {come}."
    return ""


def _saved(before: Itinerary, after: Itinerary) -> str:
    """What known admissions came to, and come to now."""
    was, now = _admissions(before), _admissions(after)
    if now < was:
        return f"Known admissions are {now:,.10g} now instead of {was:,.10g}."
    return ""


def _admissions(itinerary: Itinerary) -> float:
    return sum(stop.place.price or 0 for stop in itinerary.stops)


def quoted(names: Iterable[str]) -> str:
    return listed((f"“{name}”" for name in names), "or")


def already_planned(names: Sequence[str], itinerary: Itinerary) -> str:
    """Where the named places are in the plan."""
    days = {stop.place.name: day.number for day in itinerary.days for stop in day.stops}
    said = listed(f"{name} is on day {days[name]}" for name in names)
    return f"{said} already."


def _changed_day(before: Itinerary, after: Itinerary) -> int | None:
    pairs = zip(before.days, after.days, strict=False)
    return next((new.number for old, new in pairs if old != new), None)


def _names(stops: Iterable[Stop]) -> str:
    return listed(stop.place.name for stop in stops)


def _visits(day: Day) -> list[Stop]:
    return [stop for stop in day.stops if stop.kind is StopKind.VISIT]


def next_steps(itinerary: Itinerary, told: Preferences) -> tuple[str, ...]:
    """What could be said next about this plan."""
    fullest = max(itinerary.days, key=lambda day: len(_visits(day)))
    visits = [stop for day in itinerary.days for stop in _visits(day)]
    steps = []
    if len(_visits(fullest)) > 1:
        steps.append(f"Make day {fullest.number} more relaxed")
    if visits:
        least = min(visits, key=lambda stop: stop.place.importance)
        steps.append(f"Swap {least.place.name}")
    if any(stop.place.category is Category.MUSEUM for stop in visits):
        steps.append("No museums")
    steps.append("Add a day")
    first = min((stop.arrive for stop in itinerary.stops), default=LATE)
    if told.day_start is None and first < LATE:
        steps.append("Start at 10")
    if not told.diets:
        steps.append("We're vegetarian")
    return tuple(steps)
