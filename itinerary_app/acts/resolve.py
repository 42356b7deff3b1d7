"""Resolve: who is meant by "it", "the second church", "Friday" → ids of this plan.

One question where nothing or several things fit; nothing changes then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

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
from itinerary_app.acts.references import References, Scene
from itinerary_app.acts.values import Meal, Part, Reference, time_of
from itinerary_app.model import (
    Category,
)

WEEKDAYS = "mon tue wed thu fri sat sun".split()
MOST_OPTIONS = 4  # that one question offers
NOON, EVENING = 12 * 60, 18 * 60
PLAN_FIELDS = frozenset({"stop", "after", "before"})


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
        self._references = References(scene)
        self._places, self._stops = self._references.places, self._references.stops
        self._named = self._references.named

    def focus(self, acts: Sequence[Act]) -> Focus:
        """What the message was about, for the next one."""
        gone = [it.stop for it in acts if isinstance(it, Remove | Swap)]
        before = self._scene.focus
        return Focus(
            stops=tuple(dict.fromkeys([*reversed(self._named), *before.stops]))[:10],
            day=self._references.day or before.day,
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
        for found_values in several:
            meant = {name: it for name, it in found_values.items() if it != ""}
            if self._is_there(act, meant):
                continue
            made = self._fitted(msgspec.convert(_plain(meant), type(act)), act)
            self._remember(made)
            yield made

    def _exchanged(self, act: Swap) -> list[Act]:
        """Two stops of different days that change places, as two moves."""
        if not isinstance(act.place, Reference) or not isinstance(act.stop, Reference):
            return []
        if not (act.place.ids or act.place.definite):
            return []
        both = [
            self._references.candidates(it, in_plan=True)
            for it in (act.stop, act.place)
        ]
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
                number = self._references.number(values[name])
                if number is None and isinstance(act, Ask):
                    continue  # a weekday or date of its own
                if number is None:
                    raise _Unclear(Question("day", act))
                values[name] = number
        day = values.get("day")
        if (
            self._plan
            and isinstance(day, int)
            and not isinstance(act, Ask)
            and day > len(self._plan.days)
        ):
            raise _Unclear(Question("day", act))
        return values

    def _day_after(self, stop: object) -> int | None:
        """The day behind that of a stop."""
        if isinstance(stop, Reference):
            found = self._references.candidates(stop, in_plan=True)
            stop = found[0] if len(found) == 1 else None
        return self._stops[stop][0] + 1 if stop in self._stops else None

    def _found(
        self, ref: Reference, act: Act, name: str, values: dict[str, Any]
    ) -> list[str]:
        """The ids that a reference means; a question or a name unknown otherwise."""
        in_plan = name in PLAN_FIELDS or ref.definite
        found = self._references.candidates(ref, in_plan=in_plan)
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
        if (
            isinstance(place, str)
            and place in self._stops
            and isinstance(stop, str)
            and self._stops[place][0] == self._stops[stop][0]
        ):
            return Order(stop=place, before=stop)
        return act

    def _remember(self, act: Act) -> None:
        for name in ("place", "stop", "other"):
            value = getattr(act, name, None)
            if isinstance(value, str) and value in self._places:
                self._named.append(value)
        day = getattr(act, "day", None)
        if isinstance(day, int):
            self._references.day = day
        elif (
            self._named
            and self._named[-1] in self._stops
            and isinstance(act, Remove | Swap | Move | Order | SetTime | SetStay | Lock)
        ):
            self._references.day = self._stops[self._named[-1]][0]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(
        {name: value for name, value in values.items() if value is not None}
    )
    return built
