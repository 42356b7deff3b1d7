"""Candidates: the places of a plan and its city that a reference may mean."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Protocol

from msgspec.structs import replace

from itinerary_app.acts.acts import SetTime
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import Part, Reference, minutes_of
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.model import Itinerary, Place, Preferences, Stop, StopKind

WEEKDAYS = "mon tue wed thu fri sat sun".split()
ABOUT = 20  # minutes: "the thing at five" begins at ten past
NOON, EVENING = 12 * 60, 18 * 60

Entry = tuple[int, int, Stop]  # day, position within it, stop


class Scene(Protocol):
    """What references are resolved in (assistant.reader.Scene is one)."""

    @property
    def itinerary(self) -> Itinerary | None: ...
    @property
    def places(self) -> Sequence[Place]: ...
    @property
    def focus(self) -> Focus: ...
    @property
    def preferences(self) -> Preferences: ...


class Candidates:
    """Of one message: "it" may be what it has named so far, in `named` and `day`."""

    def __init__(self, scene: Scene) -> None:
        self._focus = scene.focus
        self._plan = scene.itinerary
        self.places = {place.id: place for place in scene.places}
        self.stops: dict[str, Entry] = {}
        for day in self._plan.days if self._plan else ():
            for position, stop in enumerate(day.stops):
                self.stops[stop.place.id] = (day.number, position, stop)
                self.places.setdefault(stop.place.id, stop.place)
        # When stops begin, or would if what was proposed were done.
        self.begins = {it: entry[2].arrive for it, entry in self.stops.items()} | {
            it.stop: minutes_of(it.time)
            for it in scene.focus.proposed
            if isinstance(it, SetTime) and isinstance(it.stop, str) and it.time
        }
        self.named: list[str] = []
        self.day: int | None = None

    def number(self, day: int | str | None) -> int | None:
        """The number of the day that is meant in this plan."""
        if not isinstance(day, str):
            return day
        if self._plan is None:
            return {"first": 1}.get(day)
        numbers = [it.number for it in self._plan.days]
        focus = self.day or self._focus.day
        if day == "last":
            return numbers[-1]
        if day == "first":
            return numbers[0]
        if day == "same":
            return focus
        if day == "next":
            return focus + 1 if focus and focus < len(numbers) else None
        if day == "other":
            return _only([it for it in numbers if it != focus])
        return _only(
            [
                it.number
                for it in self._plan.days
                if it.date and day in (it.date.isoformat(), WEEKDAYS[it.date.weekday()])
            ]
        )

    def of(self, ref: Reference, *, in_plan: bool) -> list[str]:
        """The ids of all places that fit; of stops of the plan only, if `in_plan`."""
        if ref.focus:
            return self._in_focus(ref)
        if ref.ids:
            return self._named(ref, in_plan)
        return self._positioned(ref) if self._plan else []

    def _named(self, ref: Reference, in_plan: bool) -> list[str]:
        planned = [it for it in ref.ids if it in self.stops]
        if ref.kind:
            planned = [it for it in planned if self.is_of(it, ref.kind)] or planned
        if not (in_plan or len(ref.ids) > 1):
            return list(ref.ids)
        chosen = planned or ([] if in_plan else list(ref.ids))
        if len(chosen) > 1 and not in_plan:
            chosen = self._likeliest(chosen)
        day = self.number(ref.day)
        if in_plan and len(chosen) == 1 and day not in (None, self.stops[chosen[0]][0]):
            return []  # not on the day that was said with its name
        on_day = [it for it in chosen if it in self.stops and self.stops[it][0] == day]
        return on_day or chosen

    def _likeliest(self, ids: list[str]) -> list[str]:
        """Of several places that share a name the one that is far more famous."""
        if not all(it in self.places for it in ids):  # of a city to come
            return ids[:1]
        ranked = sorted(ids, key=lambda it: -self.places[it].importance)
        first, second = (self.places[it].importance for it in ranked[:2])
        return ranked[:1] if first > second else ids

    def _in_focus(self, ref: Reference) -> list[str]:
        focus = self._focus
        stops = list(dict.fromkeys([*reversed(self.named), *focus.stops]))
        if ref.nth is not None:
            shown = list(focus.options or focus.stops)
            return _nth(self.named if len(self.named) > 1 else shown, ref.nth)
        if ref.focus == "other" and ref.kind and stops:
            return self._others(ref, stops[0])
        if ref.kind:
            stops = [it for it in stops if self.is_of(it, ref.kind)]
        if ref.focus == "gone":
            return list(focus.gone)
        if ref.focus == "other":
            return stops[1:2]
        if ref.focus == "them":
            return stops
        if focus.listed and not self.named:
            return stops  # of a list: which?
        return stops[:1] or list(focus.gone[:1])

    def _others(self, ref: Reference, one: str) -> list[str]:
        """ "The other church": of the kind, on the day named, but not the one named."""
        day = self.number(ref.day)
        if day is None and one in self.stops:
            same = replace(ref, day=self.stops[one][0])
            if found := [it for it in self._positioned(same) if it != one]:
                return found
        return [it for it in self._positioned(replace(ref, day=day)) if it != one]

    def _positioned(self, ref: Reference) -> list[str]:
        """By kind, day, part, meal, neighbour and place in the order."""
        day = self.number(ref.day)
        if isinstance(ref.day, str) and day is None:
            return []
        entries = sorted(self.stops.values(), key=lambda it: it[:2])
        if day is not None:
            entries = [it for it in entries if it[0] == day]
        if ref.meal:
            entries = [it for it in entries if it[2].kind is StopKind(ref.meal.value)]
        neighbour = ref.after or ref.before
        if neighbour is not None:
            entries = self._beside(entries, ref)
        if ref.part:
            entries = [it for it in entries if part_of(it[2]) is ref.part] or entries
        if ref.at:
            entries = _at(entries, minutes_of(ref.at))
        if ref.kind:
            entries = [
                it
                for it in entries
                if self.is_of(it[2].place.id, ref.kind)
                or (ref.kind == "restaurant" and it[2].kind is not StopKind.VISIT)
            ]
            if not ref.every:  # "the museum" is one that is called so, if there is one
                called = [it for it in entries if it[2].place.category == ref.kind]
                entries = called or entries
        elif not (ref.meal or ref.at or (neighbour and not ref.every)):
            entries = [it for it in entries if it[2].kind is StopKind.VISIT]
        if ref.city:
            parts = self._plan.parts() if self._plan else ()
            there = {
                day.number
                for part in parts
                for day in part.days
                if part.city.name == ref.city
            }
            entries = [it for it in entries if it[0] in there]
        if ref.but:
            kept = {it for one in ref.but for it in self._ids(one)}
            entries = [it for it in entries if it[2].place.id not in kept]
        return self._counted(entries, ref)

    def _counted(self, entries: list[Entry], ref: Reference) -> list[str]:
        """Those that are left by their place in the order and what they are near."""
        if ref.most:
            entries = self._longest(entries, ref)
        ids = [it[2].place.id for it in entries]
        days = [
            [it[2].place.id for it in group]
            for _, group in groupby(entries, key=lambda it: it[0])
        ]
        if ref.nth is not None:
            if ref.every or ref.before or ref.after:  # on each day
                return [it for day in days for it in _nth(day, ref.nth)]
            if ref == Reference(nth=ref.nth):  # "the second thing": of which day?
                return self._of_shown(days, ref.nth)
            return _nth(ids, ref.nth)
        if ref.near is not None and len(ids) > 1:
            return self._nearest(ids, ref.near)
        if (ref.after or ref.before) and not (ref.kind or ref.every):
            return [it for day in days for it in _nth(day, 1 if ref.after else -1)]
        return ids

    def _of_shown(self, days: list[list[str]], nth: int) -> list[str]:
        """Of what was shown last, else of the day spoken of, else of each day."""
        shown = self._focus.options or (self._focus.stops if self._focus.listed else ())
        day = self.day or self._focus.day
        if len(shown) > 1 and self.day is None:
            return _nth(list(shown), nth)
        if day:
            days = [it for it in days if self.stops[it[0]][0] == day]
        return [it for one in days for it in _nth(one, nth)]

    def _longest(self, entries: list[Entry], ref: Reference) -> list[Entry]:
        """The longest, or shortest: of those just shown, where nothing narrows it."""
        if not (ref.day or ref.kind or ref.part or ref.after or ref.before):
            shown = [it for it in entries if it[2].place.id in self._focus.stops]
            entries = shown if len(shown) > 1 else entries
        lengths = [it[2].leave - it[2].arrive for it in entries]
        best = (max if ref.most == "longest" else min)(lengths, default=0)
        return [it for it in entries if it[2].leave - it[2].arrive == best]

    def _nearest(self, ids: list[str], near: str | Reference) -> list[str]:
        """The one that is closest to what is named."""
        there = self._ids(near)
        if len(there) != 1 or there[0] not in self.places:
            return ids
        to = self.places[there[0]]
        return sorted(
            (it for it in ids if it != to.id),
            key=lambda it: distance_km(
                self.places[it].lat, self.places[it].lon, to.lat, to.lon
            ),
        )[:1]

    def _beside(self, entries: list[Entry], ref: Reference) -> list[Entry]:
        """The stops of the same day behind, or before, the neighbour."""
        for neighbour, sign in ((ref.after, 1), (ref.before, -1)):
            if neighbour is None:
                continue
            if isinstance(neighbour, Reference) and neighbour.day is None:
                neighbour = replace(neighbour, day=self.number(ref.day))
            marks = {
                self.stops[it][0]: self.stops[it][1]
                for it in self._ids(neighbour)
                if it in self.stops
            }
            entries = [
                it
                for it in entries
                if it[0] in marks and sign * (it[1] - marks[it[0]]) > 0
            ]
        return entries

    def _ids(self, one: str | Reference) -> list[str]:
        return [one] if isinstance(one, str) else self.of(one, in_plan=True)

    def is_of(self, place_id: str, kind: str) -> bool:
        """Whether a place is of one of these kinds, which commas part."""
        place = self.places.get(place_id)
        return place is not None and any(
            is_of_kind(place, it) for it in kind.split(",")
        )


def part_of(stop: Stop) -> Part:
    """The part of the day in which a stop begins."""
    if stop.arrive < NOON:
        return Part.MORNING
    return Part.AFTERNOON if stop.arrive < EVENING else Part.EVENING


def _at(entries: list[Entry], minutes: int) -> list[Entry]:
    """The stops at this time, or that begin about then."""
    there = [it for it in entries if it[2].arrive <= minutes < it[2].leave]
    near = [it for it in entries if abs(it[2].arrive - minutes) <= ABOUT]
    return there or near


def _only(numbers: list[int]) -> int | None:
    return numbers[0] if len(numbers) == 1 else None


def _nth(ids: list[str], nth: int) -> list[str]:
    """The one at this place from 1, or from the end with -1; none if there is none."""
    at = nth - 1 if nth > 0 else nth
    return ids[at : at + 1 or None] if -len(ids) <= at < len(ids) else []
