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
    Lock,
    Move,
    Order,
    Remove,
    SetBase,
    SetCity,
    SetMeal,
    SetStay,
    SetTime,
    Suppose,
    Swap,
    Topic,
)
from itinerary_app.acts.candidates import Candidates, Scene
from itinerary_app.acts.fitting import fitted
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import MAX_DAYS, Reference
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import StopKind

MOST_OPTIONS = 4  # that one question offers
PLAN_FIELDS = frozenset({"stop", "after", "before"})
_OF_SITES = (Remove, Avoid, Move, Lock)
_OF_A_STOP = (Remove, Swap, Move, Order, SetTime, SetStay, Lock)


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
    left: tuple[int, ...] = ()  # which acts are of a plan that is not there yet
    focus: Focus = field(default_factory=Focus)


def resolve(acts: Sequence[Act], scene: Scene) -> Resolution:
    """The acts with ids and numbers of days for all references."""
    resolver = _Resolver(scene)
    made: list[Act] = []
    unknown: list[str] = []
    left: list[int] = []
    begins = scene.itinerary is None and any(isinstance(it, SetCity) for it in acts)
    for at, act in enumerate(acts):
        try:
            made += resolver.act(act)
        except _Unclear as exc:
            if exc.question and begins:
                left.append(at)  # "museums in the morning": of which day?
            elif exc.question:
                focus = replace(resolver.focus(made), pending=tuple(acts))
                return Resolution(
                    tuple(it for it in made if isinstance(it, Ask)),
                    exc.question,
                    focus=replace(focus, options=exc.question.options),
                )
            else:
                unknown.append(exc.name)
    made = resolver.without_replaced(list(dict.fromkeys(made)))
    focus = resolver.focus(made)
    return Resolution(tuple(made), None, tuple(unknown), tuple(left), focus)


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
        self._known = Candidates(scene)
        self._there: list[Ask] = []  # planned already; nothing else was asked of them

    def focus(self, acts: Sequence[Act]) -> Focus:
        """What the message was about, for the next one."""
        gone = [it.stop for it in acts if isinstance(it, Remove | Swap)]
        before, known = self._scene.focus, self._known
        named = dict.fromkeys(reversed(known.named))
        if len(named) < 2:  # of several just named "them" are these
            named |= dict.fromkeys(before.stops)
        return Focus(
            stops=tuple(named)[:10],
            day=known.day or before.day,
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
            if isinstance(act, SetBase) and value.name and not value.ids:
                continue  # no place of ours: its words are kept
            if name in ("after", "before"):
                value = self._beside(value, several[0])
            wanted = name == "place" and not asked and not value.definite
            best = value == Reference() or bool(value.kind)
            if wanted and best and not (value.ids or value.nth or value.focus):
                continue  # the best, or the best of a kind: the planner chooses
            found = self._found(value, act, name)
            if len(found) == 1 or name in ("after", "before"):
                several = [{**it, name: found[0]} for it in several]
            else:
                several = [{**it, name: one} for it in several for one in found]
        for fields in several:
            fields = {name: None if it == "" else it for name, it in fields.items()}
            if self._is_there(act, fields):
                included = Ask(topic=Topic.INCLUDED, place=fields["place"])
                self._there.append(included)
                yield included
                continue
            made = fitted(msgspec.convert(_plain(fields), type(act)), self._known)
            if made is None:
                raise _Unclear(Question("when", act))
            self._remember(made)
            yield made

    def without_replaced(self, acts: list[Act]) -> list[Act]:
        """Without the removal of a meal's stop whose meal is set in the same breath."""
        meals = {
            (it.day, it.meal.value)
            for it in acts
            if isinstance(it, SetMeal) and (it.place or it.kind)
        }
        meant = {getattr(it, "stop", None) for it in acts}
        known = [it for it in self._there if it.place in meant]
        acts = [it for it in acts if it not in known]
        swapped = [Remove(stop=it.stop) for it in acts if isinstance(it, Swap)]
        acts = [it for it in acts if it not in swapped]
        kept = [it for it in acts if not self._is_meal(it, meals)]
        return self._eaten_instead(_moved_once(kept))

    def _eaten_instead(self, acts: list[Act]) -> list[Act]:
        """ "Chartier, no. La Coupole, yes.": one place to eat instead of the other."""
        gone = [it for it in acts if isinstance(it, Remove) and self._is_eaten(it)]
        come = [it for it in acts if isinstance(it, Add) and self._eats_at(it)]
        if len(gone) != 1 or len(come) != 1:
            return acts
        swap = Swap(stop=gone[0].stop, place=come[0].place)
        rest = [it for it in acts if it not in (*gone, *come)]
        return [*rest, swap]

    def _is_eaten(self, act: Remove) -> bool:
        entry = self._known.stops.get(str(act.stop))
        return entry is not None and entry[2].kind is not StopKind.VISIT

    def _eats_at(self, act: Add) -> bool:
        place = self._known.places.get(str(act.place))
        free = not (act.day or act.part or act.after or act.before or act.time)
        return free and place is not None and place.category in FOOD

    def _is_meal(self, act: Act, meals: set[tuple[Any, str]]) -> bool:
        if not isinstance(act, Remove) or act.stop not in self._known.stops:
            return False
        day, _, stop = self._known.stops[str(act.stop)]
        return (day, stop.kind.value) in meals

    def _beside(self, neighbour: Reference, values: dict[str, Any]) -> Reference:
        """The neighbour on the day where the stop is, or is to be."""
        known = (self._known.stops.get(str(values.get(it))) for it in ("stop", "after"))
        here = next((it[0] for it in known if it is not None), None)
        if neighbour.ids or neighbour.focus or neighbour.day is not None:
            return neighbour
        return replace(neighbour, day=values.get("day") or here)

    def _exchanged(self, act: Swap) -> list[Act]:
        """Two stops of different days that change places, as two moves."""
        if not isinstance(act.place, Reference) or not isinstance(act.stop, Reference):
            return []
        if not (act.place.ids or act.place.definite):
            return []
        both = [self._known.of(it, in_plan=True) for it in (act.stop, act.place)]
        if not all(len(it) == 1 and it[0] in self._known.stops for it in both):
            return []
        (first,), (second,) = both
        one, two = self._known.stops[first][0], self._known.stops[second][0]
        if one == two:
            return []
        self._known.named += [first, second]
        return [Move(stop=first, day=two), Move(stop=second, day=one)]

    def _is_there(self, act: Act, values: dict[str, Any]) -> bool:
        """Whether the act asks for nothing but what is planned already."""
        if not isinstance(act, Add) or values["place"] not in self._known.stops:
            return False
        self._known.named.append(values["place"])
        return not any(values[it] for it in ("day", "part", "after", "before", "time"))

    def _with_days(self, act: Act) -> dict[str, Any]:
        values = asdict(act)
        if values.get("day") == "next":
            said = self._known.day  # "A on day 1, B the day after"
            after = said + 1 if said else self._day_after(values.get("stop"))
            values["day"] = after or "next"
        for name in ("day", "first", "second", "night"):
            if name == "night" and values.get(name) == "last":
                continue  # it is the one before the last day
            if isinstance(act, Move) and values.get(name) == "other":
                continue  # any but its own
            if isinstance(values.get(name), str):
                number = self._known.number(values[name])
                if number is None and isinstance(act, Ask):
                    continue  # a weekday or date of its own
                if number is None:
                    raise _Unclear(Question("day", act))
                values[name] = number
        last = len(self._plan.days) if self._plan else MAX_DAYS
        for day in (values.get("day"), values.get("night")):
            if isinstance(day, int) and day > last and not isinstance(act, Ask):
                raise _Unclear(Question("day", act))
        return values

    def _day_after(self, stop: object) -> int | None:
        """The day behind that of a stop."""
        if isinstance(stop, Reference):
            found = self._known.of(stop, in_plan=True)
            stop = found[0] if len(found) == 1 else None
        return self._known.stops[stop][0] + 1 if stop in self._known.stops else None

    def _found(self, ref: Reference, act: Act, name: str) -> list[str]:
        """The ids that a reference means; a question or a name unknown otherwise."""
        in_plan = name in PLAN_FIELDS or ref.definite
        dateless = isinstance(ref.day, str) and self._known.number(ref.day) is None
        if dateless and self._plan and not isinstance(act, Ask):
            raise _Unclear(Question("day", act))
        found = self._known.of(ref, in_plan=in_plan)
        if isinstance(act, Move) and act.day == "other" and ref.kind:
            found = self._on_day_spoken_of(found)
        if ref.every and ref.count not in (None, len(found)):
            raise _Unclear(Question("which", act, ref, tuple(found[:MOST_OPTIONS])))
        if found and isinstance(act, _OF_SITES) and self._is_site(ref):
            return list(ref.ids) if isinstance(act, Avoid) else found
        if len(found) == 1 or (ref.every and found):
            return found
        if ref.focus == "them" and found:
            return found
        planned = any(it in self._known.stops for it in ref.ids)
        if not found and ref.ids and in_plan and len(ref.ids) == 1 and not planned:
            return list(ref.ids)  # named, but not planned: `fitted` sees to it
        timed = in_plan and isinstance(act, SetTime | SetStay | Move)
        if not found and timed and not planned:
            known = self._known.places
            named = [known[it] for it in ref.ids if it in known]
            sights = [it.id for it in named if it.category not in FOOD]
            if len(sights) == 1:
                return sights  # "the studio tour", whose canteen bears its name
        if not found and isinstance(act, Ask):
            if ref.focus or not (ref.name or ref.kind):
                return [""]  # nothing was spoken of yet: a question about no place
            raise _Unclear(name=ref.name or ref.kind or "")
        if not found and (ref.name or ref.kind) and not in_plan:
            raise _Unclear(name=ref.name or ref.kind or "")
        options = tuple(found[:MOST_OPTIONS])
        if isinstance(act, Ask) and not (ref.focus == "it" and found):
            if ref.ids:  # of a name that several have, the most famous
                found.sort(key=lambda it: self._weight(it, ref.name or ""))
            return found[:1]
        raise _Unclear(Question("which" if found else "none", act, ref, options))

    def _weight(self, place_id: str, name: str) -> tuple[bool, int]:
        """The least first: what is called so itself, as the Acropolis "of Athens"."""
        place = self._known.places.get(place_id)
        if place is None:
            return True, 0
        called, _, _ = plain(place.name).partition(" of ")
        return called != plain(name), -place.importance

    def _on_day_spoken_of(self, found: list[str]) -> list[str]:
        """ "Move the museums to other days": those of the day that was asked about."""
        day = self._known.day or self._scene.focus.day
        there = [it for it in found if self._known.stops[it][0] == day]
        return there or found

    def _is_site(self, ref: Reference) -> bool:
        """Whether the name is that of a whole of which each place is a part."""
        sites = {
            self._known.places[it].site for it in ref.ids if it in self._known.places
        }
        return len(sites) == 1 and plain(ref.name or "") == plain(sites.pop() or "-")

    def _remember(self, act: Act) -> None:
        for name in ("place", "stop", "other"):
            value = getattr(act, name, None)
            if isinstance(value, str) and value in self._known.places:
                self._known.named.append(value)
        day = getattr(act, "day", None)
        last = self._known.named[-1] if self._known.named else ""
        if isinstance(day, int):
            self._known.day = day
        elif isinstance(act, _OF_A_STOP) and last in self._known.stops:
            self._known.day = self._known.stops[last][0]


def _moved_once(acts: list[Act]) -> list[Act]:
    """ "A to Friday, B to Sunday, both in the morning": one move of each."""
    made: list[Act] = []
    for act in acts:
        at = next((i for i, it in enumerate(made) if _is_same_move(it, act)), None)
        if at is None:
            made.append(act)
        elif isinstance(act, Move):
            made[at] = replace(made[at], part=act.part)
    return made


def _is_same_move(one: Act, other: Act) -> bool:
    if not isinstance(one, Move) or not isinstance(other, Move):
        return False
    more = other.part and not (other.after or other.before or one.part)
    return bool(one.stop == other.stop and more and other.day in (None, one.day))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    built: dict[str, Any] = msgspec.to_builtins(
        {name: value for name, value in values.items() if value is not None}
    )
    return built
