"""Resolve: who is meant by "it", "the second church", "Friday" → ids of this plan.

One question where nothing or several things fit; nothing changes then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import msgspec
from msgspec.structs import asdict, replace

from itinerary_app.acts.acts import (
    Act,
    Add,
    Ask,
    Avoid,
    Clear,
    Lock,
    Move,
    Order,
    Remove,
    SetMeal,
    SetStay,
    SetTime,
    Suppose,
    Swap,
)
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import Meal, Part, Reference, minutes_of, time_of
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
MOST_OPTIONS = 4  # that one question offers
NOON, EVENING = 12 * 60, 18 * 60
PLAN_FIELDS = frozenset({"stop", "after", "before"})


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


@dataclass(frozen=True, slots=True)
class Question:
    """`options` are the places between which the traveller is to choose, if any."""

    why: str  # "which", "none", "when", "day"
    act: Act
    reference: Reference | None = None
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolution:
    """`acts` are resolved; with a `question` none of them may be carried out."""

    acts: tuple[Act, ...] = ()
    question: Question | None = None
    unknown: tuple[str, ...] = ()  # names and kinds that nothing here bears
    focus: Focus = field(default_factory=Focus)


def resolve(acts: Sequence[Act], scene: Scene) -> Resolution:
    """The acts with ids and numbers of days for all references."""
    resolver = _Resolver(scene)
    made: list[Act] = []
    unknown: list[str] = []
    for act in acts:
        try:
            made += resolver.act(act)
        except _Unclear as exc:
            if exc.question:
                focus = replace(resolver.focus(made), pending=tuple(acts))
                return Resolution(
                    tuple(it for it in made if isinstance(it, Ask)),
                    exc.question,
                    focus=replace(focus, options=exc.question.options),
                )
            unknown.append(exc.name)
    made = list(dict.fromkeys(made))
    return Resolution(tuple(made), None, tuple(unknown), resolver.focus(made))


class _Unclear(Exception):
    """A reference that nothing or several things fit."""

    def __init__(self, question: Question | None = None, name: str = "") -> None:
        self.question = question
        self.name = name


class _Resolver:
    """Works through the acts of one message in order: "it" may be one just named."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._plan = scene.itinerary
        self._places = {place.id: place for place in scene.places}
        self._stops: dict[str, tuple[int, int, Stop]] = {}
        for day in self._plan.days if self._plan else ():
            for position, stop in enumerate(day.stops):
                self._stops[stop.place.id] = (day.number, position, stop)
                self._places.setdefault(stop.place.id, stop.place)
        self._named: list[str] = []
        self._day: int | None = None

    def focus(self, acts: Sequence[Act]) -> Focus:
        """What the message was about, for the next one."""
        gone = [it.stop for it in acts if isinstance(it, Remove | Swap)]
        before = self._scene.focus
        return Focus(
            stops=tuple(dict.fromkeys([*reversed(self._named), *before.stops]))[:10],
            day=self._day or before.day,
            gone=tuple(it for it in gone if isinstance(it, str)) or before.gone,
        )

    def act(self, act: Act) -> Iterator[Act]:
        """The act, or several where a reference means several."""
        if isinstance(act, Suppose):
            inner: list[Act] = []
            for each in act.acts:
                try:
                    inner += self.act(each)
                except _Unclear:  # nothing changes, so nothing needs to be clear
                    continue
            yield replace(act, acts=tuple(inner))
            return
        if isinstance(act, Swap) and self._exchanged(act):
            yield from self._exchanged(act)
            return
        values = self._with_days(act)
        asked = isinstance(act, Ask)
        several: list[dict[str, Any]] = [values]
        for name, value in list(values.items()):
            if not isinstance(value, Reference):
                continue
            wanted = name == "place" and not asked and not value.definite
            if wanted and value.kind and not (value.ids or value.nth or value.focus):
                continue  # the best of a kind: the planner chooses
            found = self._found(value, act, name, values)
            if len(found) == 1 or name in ("after", "before"):
                several = [{**it, name: found[0]} for it in several]
            else:
                several = [{**it, name: one} for it in several for one in found]
        for each in several:
            each = {name: None if it == "" else it for name, it in each.items()}
            if self._is_there(act, each):
                continue
            made = self._fitted(msgspec.convert(_plain(each), type(act)), act)
            self._remember(made)
            yield made

    def _exchanged(self, act: Swap) -> list[Act]:
        """Two stops of different days that change places, as two moves."""
        if not isinstance(act.place, Reference) or not isinstance(act.stop, Reference):
            return []
        if not (act.place.ids or act.place.definite):
            return []
        both = [self._candidates(it, True, {}) for it in (act.stop, act.place)]
        if not all(len(it) == 1 and it[0] in self._stops for it in both):
            return []
        (first,), (second,) = both
        one, two = self._stops[first][0], self._stops[second][0]
        if one == two:
            return []
        self._named += [first, second]
        return [Move(stop=first, day=two), Move(stop=second, day=one)]

    def _is_there(self, act: Act, values: dict[str, Any]) -> bool:
        """Whether the act asks for nothing but what is planned already."""
        if not isinstance(act, Add) or values["place"] not in self._stops:
            return False
        self._named.append(values["place"])
        return not any(values[it] for it in ("day", "part", "after", "before", "time"))

    def _with_days(self, act: Act) -> dict[str, Any]:
        values = asdict(act)
        if values.get("day") == "next":
            values["day"] = self._day_after(values.get("stop")) or "next"
        for name in ("day", "first", "second", "night"):
            if isinstance(values.get(name), str):
                number = self._number(values[name])
                if number is None and isinstance(act, Ask):
                    continue  # a weekday or date of its own
                if number is None:
                    raise _Unclear(Question("day", act))
                values[name] = number
        day = values.get("day")
        if self._plan and isinstance(day, int) and not isinstance(act, Ask):
            if day > len(self._plan.days):
                raise _Unclear(Question("day", act))
        return values

    def _day_after(self, stop: object) -> int | None:
        """The day behind that of a stop."""
        if isinstance(stop, Reference):
            found = self._candidates(stop, True, {})
            stop = found[0] if len(found) == 1 else None
        return self._stops[stop][0] + 1 if stop in self._stops else None

    def _number(self, day: str) -> int | None:
        """The number of the day that is meant in this plan."""
        if self._plan is None:
            return {"first": 1}.get(day)
        numbers = [it.number for it in self._plan.days]
        focus = self._day or self._scene.focus.day
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

    def _found(
        self, ref: Reference, act: Act, name: str, values: dict[str, Any]
    ) -> list[str]:
        """The ids that a reference means; a question or a name unknown otherwise."""
        in_plan = name in PLAN_FIELDS or ref.definite
        found = self._candidates(ref, in_plan, values)
        if len(found) == 1 or (ref.every and found):
            return found
        if ref.focus == "them" and found:
            return found
        planned = any(it in self._stops for it in ref.ids)
        if not found and ref.ids and in_plan and len(ref.ids) == 1 and not planned:
            return list(ref.ids)  # named, but not planned: `_fitted` sees to it
        if not found and isinstance(act, Ask):
            if ref.focus or not (ref.name or ref.kind):
                return [""]  # nothing was spoken of yet: a question about no place
            raise _Unclear(name=ref.name or ref.kind or "")
        if not found and (ref.name or ref.kind) and not in_plan:
            raise _Unclear(name=ref.name or ref.kind or "")
        if isinstance(act, Ask):
            return found[:1]
        options = tuple(found[:MOST_OPTIONS])
        raise _Unclear(Question("which" if found else "none", act, ref, options))

    def _candidates(
        self, ref: Reference, in_plan: bool, values: dict[str, Any]
    ) -> list[str]:
        if ref.focus:
            return self._in_focus(ref)
        if ref.ids:
            planned = [it for it in ref.ids if it in self._stops]
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
        day = self._number(ref.day) if isinstance(ref.day, str) else ref.day
        return day is None or self._stops[place_id][0] == day

    def _likeliest(self, ref: Reference, ids: list[str]) -> list[str]:
        """Of several places that share a name those that bear it whole, else the one
        that is far more famous."""
        if not all(it in self._places for it in ids):  # of a city to come
            return ids[:1]
        ranked = sorted(ids, key=lambda it: -self._places[it].importance)
        first, second = (self._places[it].importance for it in ranked[:2])
        return ranked[:1] if first > second else ids

    def _narrowed(self, ids: list[str], ref: Reference) -> list[str]:
        day = self._number(ref.day) if isinstance(ref.day, str) else ref.day
        on_day = [it for it in ids if self._stops.get(it, (None,))[0] == day]
        return on_day or ids

    def _in_focus(self, ref: Reference) -> list[str]:
        focus = self._scene.focus
        stops = [*reversed(self._named), *focus.stops]
        stops = list(dict.fromkeys(stops))
        if ref.nth is not None:
            listed = (
                self._named
                if len(self._named) > 1
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
        day = self._number(ref.day) if isinstance(ref.day, str) else ref.day
        if isinstance(ref.day, str) and day is None:
            return []
        entries = sorted(self._stops.values(), key=lambda it: it[:2])
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
                self._candidates(it, True, {})
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
        there = [near] if isinstance(near, str) else self._candidates(near, True, {})
        if len(there) != 1 or there[0] not in self._places:
            return ids
        to = self._places[there[0]]
        return sorted(
            (it for it in ids if it != to.id),
            key=lambda it: distance_km(
                self._places[it].lat, self._places[it].lon, to.lat, to.lon
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
                ids = self._candidates(neighbour, True, {})
            marks = {
                self._stops[it][0]: self._stops[it][1]
                for it in ids
                if it in self._stops
            }
            entries = [
                it
                for it in entries
                if it[0] in marks and sign * (it[1] - marks[it[0]]) > 0
            ]
        return entries

    def _is(self, place_id: str, kind: str) -> bool:
        place = self._places.get(place_id)
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

    def _fitted(self, act: Any, said: Act) -> Act:
        """As what it comes to in this plan: a stop that is there is not added."""
        if isinstance(act, Move):
            act = self._moved(act)
        if (
            isinstance(act, Add)
            and isinstance(act.place, str)
            and act.place in self._stops
        ):
            if act.time:
                act = SetTime(stop=act.place, time=act.time, day=act.day)
            elif act.day or act.part or act.after or act.before:
                act = self._moved(
                    Move(
                        stop=act.place,
                        day=act.day,
                        part=act.part,
                        after=act.after,
                        before=act.before,
                    )
                )
        if isinstance(act, Add) and isinstance(act.place, str):
            act = self._as_meal(act)
        if isinstance(act, Avoid) and act.place in self._stops:
            act = Remove(stop=act.place)
        if isinstance(act, Swap):
            act = self._swapped(act)
        if isinstance(act, SetTime) and act.change is not None:
            now = self._stops[act.stop][2].arrive if act.stop in self._stops else None
            if now is None:
                raise _Unclear(Question("when", said))
            act = replace(act, time=time_of(now + act.change), change=None)
        if (
            isinstance(act, SetTime)
            and isinstance(act.stop, str)
            and act.stop not in self._stops
        ):
            act = Add(place=act.stop, time=act.time, day=act.day)
        if isinstance(act, Clear) and act.day is None and act.part is None:
            return act
        return act  # type: ignore[no-any-return]

    def _as_meal(self, act: Add) -> Act:
        """A restaurant in the evening is dinner there."""
        place = self._places.get(str(act.place))
        if place is None or place.category is not Category.RESTAURANT:
            return act
        if act.part is None or act.after or act.before or act.part is Part.MORNING:
            return act
        meal = Meal.DINNER if act.part is Part.EVENING else Meal.LUNCH
        return SetMeal(meal=meal, day=act.day, place=act.place, time=act.time)

    def _moved(self, act: Move) -> Act:
        stop = act.stop
        if isinstance(stop, str) and stop not in self._stops:
            return Add(
                place=stop,
                day=act.day,
                part=act.part,
                after=act.after,
                before=act.before,
            )
        if not (act.day or act.part or act.after or act.before):
            raise _Unclear(Question("when", act))
        now = self._stops[stop] if isinstance(stop, str) else None
        other = act.after or act.before
        if now and isinstance(other, str) and not act.part:
            there = self._stops.get(other)
            if there and there[0] == now[0] and act.day in (None, now[0]):
                return Order(stop=stop, after=act.after, before=act.before)
        return act

    def _swapped(self, act: Swap) -> Act:
        stop, place = act.stop, act.place
        if isinstance(stop, str) and stop not in self._stops and isinstance(place, str):
            if place in self._stops:  # "not Van Gogh, …" the other way round
                return Swap(stop=place, place=stop)
            return Add(place=place)
        if isinstance(place, str) and place in self._stops and isinstance(stop, str):
            if self._stops[place][0] == self._stops[stop][0]:
                return Order(stop=place, before=stop)
        return act

    def _remember(self, act: Act) -> None:
        for name in ("place", "stop", "other"):
            value = getattr(act, name, None)
            if isinstance(value, str) and value in self._places:
                self._named.append(value)
        day = getattr(act, "day", None)
        if isinstance(day, int):
            self._day = day
        elif self._named and self._named[-1] in self._stops:
            if isinstance(act, Remove | Swap | Move | Order | SetTime | SetStay | Lock):
                self._day = self._stops[self._named[-1]][0]


def _part(stop: Stop) -> Part:
    if stop.arrive < NOON:
        return Part.MORNING
    return Part.AFTERNOON if stop.arrive < EVENING else Part.EVENING


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(
        {name: value for name, value in values.items() if value is not None}
    )
    return built
