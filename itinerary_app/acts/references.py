"""References: what of this plan "it", "the second church", "Friday" may mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import Part, Reference, minutes_of
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.model import (
    Category,
    Interest,
    Itinerary,
    Place,
    Preferences,
    Stop,
    StopKind,
)

WEEKDAYS = "mon tue wed thu fri sat sun".split()
NOON, EVENING = 12 * 60, 18 * 60


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


class References:
    """Finds them in one message's plan; "it" may be what it named just before."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._plan = scene.itinerary
        self.places = {place.id: place for place in scene.places}
        self.stops: dict[str, tuple[int, int, Stop]] = {}
        for day in self._plan.days if self._plan else ():
            for position, stop in enumerate(day.stops):
                self.stops[stop.place.id] = (day.number, position, stop)
                self.places.setdefault(stop.place.id, stop.place)
        self.named: list[str] = []  # in this message, the last one last
        self.day: int | None = None  # that this message was about last

    def number(self, day: str) -> int | None:
        """The number of the day that is meant in this plan."""
        if self._plan is None:
            return {"first": 1}.get(day)
        numbers = [it.number for it in self._plan.days]
        focus = self.day or self._scene.focus.day
        if day == "last":
            return numbers[-1]
        if day == "first":
            return numbers[0]
        if day == "same":
            return focus
        if day == "next":
            return focus + 1 if focus and focus < len(numbers) else None
        if day == "other":
            others = [it for it in numbers if it != focus]
            return others[0] if len(others) == 1 else None
        dated = [
            it.number
            for it in self._plan.days
            if it.date
            and (it.date.isoformat() == day or day == WEEKDAYS[it.date.weekday()])
        ]
        return dated[0] if len(dated) == 1 else None

    def candidates(self, ref: Reference, *, in_plan: bool) -> list[str]:
        if ref.focus:
            return self._in_focus(ref)
        if ref.ids:
            planned = [it for it in ref.ids if it in self.stops]
            if in_plan or len(ref.ids) > 1:
                chosen = planned or ([] if in_plan else list(ref.ids))
            else:
                chosen = list(ref.ids)
            if len(chosen) > 1 and not in_plan:
                chosen = self._likeliest(ref, chosen)
            if in_plan and len(chosen) == 1 and not self._is_on(chosen[0], ref):
                return []
            return self._narrowed(chosen, ref) if len(chosen) > 1 else chosen
        if self._plan is None:
            return []
        return self._positioned(ref)

    def _is_on(self, place_id: str, ref: Reference) -> bool:
        """Whether a stop is on the day that was said with its name."""
        day = self.number(ref.day) if isinstance(ref.day, str) else ref.day
        return day is None or self.stops[place_id][0] == day

    def _likeliest(self, ref: Reference, ids: list[str]) -> list[str]:
        """Of several places that share a name those that bear it whole, else the one
        that is far more famous."""
        if not all(it in self.places for it in ids):  # of a city to come
            return ids[:1]
        ranked = sorted(ids, key=lambda it: -self.places[it].importance)
        first, second = (self.places[it].importance for it in ranked[:2])
        return ranked[:1] if first > second else ids

    def _narrowed(self, ids: list[str], ref: Reference) -> list[str]:
        day = self.number(ref.day) if isinstance(ref.day, str) else ref.day
        on_day = [it for it in ids if self.stops.get(it, (None,))[0] == day]
        return on_day or ids

    def _in_focus(self, ref: Reference) -> list[str]:
        focus = self._scene.focus
        stops = [*reversed(self.named), *focus.stops]
        stops = list(dict.fromkeys(stops))
        if ref.nth is not None:
            listed = (
                self.named
                if len(self.named) > 1
                else list(focus.options or focus.stops)
            )
            at = ref.nth - 1 if ref.nth > 0 else ref.nth
            return (
                listed[at : at + 1 or None] if -len(listed) <= at < len(listed) else []
            )
        if ref.kind:
            stops = [it for it in stops if self._is(it, ref.kind)]
        if ref.focus == "gone":
            return list(focus.gone)
        if ref.focus == "other":
            return stops[1:2] if len(stops) > 1 else []
        if ref.focus == "them":
            return stops
        return stops[:1] or list(focus.gone[:1])

    def _positioned(self, ref: Reference) -> list[str]:
        """By kind, day, part, meal, neighbour and place in the order."""
        day = self.number(ref.day) if isinstance(ref.day, str) else ref.day
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
            entries = [it for it in entries if _part(it[2]) is ref.part] or entries
        if ref.at:
            wanted = minutes_of(ref.at)
            entries = [it for it in entries if it[2].arrive <= wanted < it[2].leave]
        if ref.kind:
            entries = [it for it in entries if self._is(it[2].place.id, ref.kind)]
        elif not (ref.meal or ref.at):
            entries = [
                it for it in entries if it[2].kind is StopKind.VISIT or neighbour
            ]
        ids = [it[2].place.id for it in entries]
        if ref.but:
            kept = [
                self.candidates(it, in_plan=True)
                for it in ref.but
                if isinstance(it, Reference)
            ]
            ids = [it for it in ids if not any(it in some for some in kept)]
        if ref.nth is not None:
            at = ref.nth - 1 if ref.nth > 0 else ref.nth
            return ids[at : at + 1 or None] if -len(ids) <= at < len(ids) else []
        if ref.near is not None and len(ids) > 1:
            ids = self._nearest(ids, ref.near)
        if neighbour is not None and ids and not ref.kind:
            return ids[:1] if ref.after else ids[-1:]
        return ids

    def _nearest(self, ids: list[str], near: str | Reference) -> list[str]:
        """The one that is closest to what is named."""
        there = [near] if isinstance(near, str) else self.candidates(near, in_plan=True)
        if len(there) != 1 or there[0] not in self.places:
            return ids
        to = self.places[there[0]]
        return sorted(
            (it for it in ids if it != to.id),
            key=lambda it: distance_km(
                self.places[it].lat, self.places[it].lon, to.lat, to.lon
            ),
        )[:1]

    def _beside(
        self, entries: list[tuple[int, int, Stop]], ref: Reference
    ) -> list[tuple[int, int, Stop]]:
        """The stops of the same day behind, or before, the neighbour."""
        for neighbour, sign in ((ref.after, 1), (ref.before, -1)):
            if neighbour is None:
                continue
            if isinstance(neighbour, str):
                ids = [neighbour]
            elif neighbour.meal and neighbour.day is None:
                kind = StopKind(neighbour.meal.value)
                ids = [it[2].place.id for it in entries if it[2].kind is kind]
            else:
                ids = self.candidates(neighbour, in_plan=True)
            marks = {
                self.stops[it][0]: self.stops[it][1] for it in ids if it in self.stops
            }
            entries = [
                it
                for it in entries
                if it[0] in marks and sign * (it[1] - marks[it[0]]) > 0
            ]
        return entries

    def _is(self, place_id: str, kind: str) -> bool:
        place = self.places.get(place_id)
        if place is None:
            return False
        kinds = kind.split(",")
        if place.category.value in kinds:
            return True
        if any(it in set(Category) for it in kinds):
            return False
        if kind in set(Interest):
            return Interest(kind) in place.interests
        return kind in place.name.lower()


def _part(stop: Stop) -> Part:
    if stop.arrive < NOON:
        return Part.MORNING
    return Part.AFTERNOON if stop.arrive < EVENING else Part.EVENING
