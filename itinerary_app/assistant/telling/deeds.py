"""Sentences on what an act did to a plan, with its hours and what it did besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from itinerary_app.acts import acts as do
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.telling import freed, gaps, order, ways
from itinerary_app.assistant.telling.plans import highlights, names
from itinerary_app.assistant.telling.step import Planned, Step
from itinerary_app.catalogue.kinds import words_of_kind
from itinerary_app.model import Day, Itinerary, Stop, StopKind
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted, lasting, listed

MOST_OF = 0.4  # of the stops: if more are others, they are no longer named
ALL_STAY = "All your stops stay; some times moved."
MOVED = "Some times moved."
NOTHING = "Nothing in your plan had to change for that."


def done(step: Step, *, is_fresh: bool = False, shifts: bool = True) -> str:
    """What an act did to the plan, and what it did besides, unless nobody saw that plan
    before: it was made in the same turn (`is_fresh`). With `shifts` it is told what
    begins at another time.
    """
    if step.before is None or step.after is None:
        return ""
    same = _shape(step.before) == _shape(step.after)
    other = (
        [] if is_fresh or isinstance(step.act, order.ON_A_STOP) else ways.changed(step)
    )
    nothing = "" if is_fresh else " ".join(other) or NOTHING
    if same and step.act is None:
        return nothing
    said, named = TELL.get(type(step.act), _refitted)(step, step.act)
    if same:
        return said or nothing
    besides = _late(step) if is_fresh else beside(step, named, shifts=shifts)
    besides += freed.no_longer(step)
    # Who changes stops expects other ways to them.
    besides += other if step.act is None else []
    return " ".join(filter(None, [said, *order.unmet(step), *besides]))


def beside(step: Step, named: set[str], *, shifts: bool = True) -> list[str]:
    """What changed besides the stops named: what went, came, moved or shifted."""
    gone = [it for it in step.gone if it.stop.place.id not in named]
    come = [it for it in step.come if it.stop.place.id not in named]
    moved = [it for it in step.moved if it.stop.place.id not in named]
    said = []
    if gone:
        said.append(f"{names(gone)} had to go.")
    if come:
        said.append(f"{names(come)} came in{_on(come, step)}{_at(come)}.")
    if moved:
        said.append(f"{_to_days(moved)}.")
    other = order.shifted(step) if shifts else {}
    shifted = _shifted(step, named | other.keys()) if shifts else []
    return [
        *order.lengths(step, named),
        *said,
        *other.values(),
        *shifted,
        *gaps.left(step),
        *_late(step),
    ]


def _shape(plan: Itinerary) -> list[tuple[object, ...]]:
    """All that a traveller does by the plan, whatever its reasons."""
    return [
        (
            *(day.date, day.start, day.end, day.free, day.rests, day.skipped),
            *map(_what, day.stops),
        )
        for day in plan.days
    ]


def _what(stop: Stop) -> tuple[object, ...]:
    return stop.kind, stop.place.id, stop.arrive, stop.leave


def _at(stops: Sequence[Planned]) -> str:
    """When a single one begins."""
    return f" at {clock(stops[0].stop.arrive)}" if len(stops) == 1 else ""


def _on(stops: Sequence[Planned], step: Step) -> str:
    """Their day, if it is one that the act does not name."""
    days = {it.day.number for it in stops}
    if len(days) != 1 or getattr(step.act, "day", None) is not None:
        return ""
    return f" on day {days.pop()}"


def _to_days(moved: Sequence[Planned]) -> str:
    by_day: dict[int, list[Planned]] = {}
    for item in moved:
        by_day.setdefault(item.day.number, []).append(item)
    return listed(f"{names(them)} moved to day {day}" for day, them in by_day.items())


def _shifted(step: Step, named: set[str]) -> list[str]:
    """The stops of a day that stayed there and begin at another time now."""
    shifted = [
        item
        for key, item in step.new.items()
        if key not in named
        and key in step.old
        and step.old[key].day.number == item.day.number
        and step.old[key].stop.arrive != item.stop.arrive
    ]
    if not shifted:
        return []
    if len(shifted) <= 2:
        now = listed(
            f"{it.stop.place.name} at {clock(it.stop.arrive)}" for it in shifted
        )
        return [f"Now {now}."]
    return [f"{counted(len(shifted), 'other stop')} begin at another time."]


def _late(step: Step) -> list[str]:
    """The days that run longer than they may, and did not before."""
    said = []
    assert step.after is not None
    for day in step.after.days:
        end = day.end if day.end is not None else step.wishes.day_end
        if end is None or not day.stops or day.stops[-1].leave <= end:
            continue
        if day.number in step.changed_days:
            last = clock(day.stops[-1].leave)
            said.append(f"Day {day.number} runs until {last}, past {clock(end)}.")
    return said


def _when(item: Planned) -> str:
    return f"{clock(item.stop.arrive)}–{clock(item.stop.leave)}"


Told = tuple[str, set[str]]  # the sentence, and the ids of the places it speaks of


def _added(step: Step, act: do.Add) -> Told:
    if isinstance(act.place, str):
        item = step.new.get(act.place)
        if item and act.place in step.old:
            return f"{item.stop.place.name} is on day {item.day.number} already.", set()
        come = [item] if item else []
    else:
        kinds = [it for it in step.come if it.stop.kind is StopKind.VISIT]
        come = (kinds or step.come)[:1]
    said = _placed(come, "is on")
    return said and wished_kind(act) + said, {it.stop.place.id for it in come}


def wished_kind(act: object) -> str:
    """ "For “boat”: ", before what was chosen for a kind, or why nothing was."""
    match act:
        case do.Add(place=Reference(kind=str() as kind)):
            return f"For “{words_of_kind(kind)}”: "
    return ""


def _placed(come: Sequence[Planned], verb: str) -> str:
    return " ".join(
        f"{it.stop.place.name} {verb} day {it.day.number}, {_when(it)}." for it in come
    )


def _removed(step: Step, act: do.Remove) -> Told:
    item = step.old.get(str(act.stop))
    if item is None:
        keeps = "; I keep it out" if act.for_good else ""
        return f"That is not in your plan{keeps}.", set()
    stays = " and stays out" if act.for_good else ""
    said = f"{item.stop.place.name} is out of day {item.day.number}{stays}."
    return said, {str(act.stop)}


def _swapped(step: Step, act: do.Swap) -> Told:
    old = step.old.get(str(act.stop))
    come = [it for it in step.come if old and it.stop.kind is old.stop.kind]
    if isinstance(act.place, str) and act.place in step.new:
        come = [step.new[act.place]]
    if old is None or not come:
        return "", set()
    new = come[0]
    said = (
        f"{new.stop.place.name} takes the place of {old.stop.place.name} on day "
        f"{new.day.number}, {_when(new)}."
    )
    return said, {old.stop.place.id, new.stop.place.id}


def _moved(step: Step, act: do.Move | do.Order) -> Told:
    item = step.new.get(str(act.stop))
    if item is None:
        return "", set()
    name, number, at = item.stop.place.name, item.day.number, clock(item.stop.arrive)
    if step.before == step.after:
        return f"{name} is on day {number} already, at {at}.", {item.stop.place.id}
    ids = [stop.place.id for stop in item.day.stops]
    spot = ids.index(item.stop.place.id)
    if spot == 0:
        where = f"first on day {number}"
    elif spot == len(ids) - 1:
        where = f"last on day {number}"
    else:
        where = f"on day {number} after {item.day.stops[spot - 1].place.name}"
    return f"{name} is {where} now, at {at}.", {item.stop.place.id}


def _timed(step: Step, act: do.SetTime) -> Told:
    item = step.new.get(str(act.stop))
    if item is None:
        return "", set()
    name, at = item.stop.place.name, clock(item.stop.arrive)
    if act.time is None:
        said = f"The time of {name} is no longer fixed; it is at {at}."
    else:
        said = f"{name} is fixed on day {item.day.number} at {at}."
    return said, {item.stop.place.id}


def _stayed(step: Step, act: do.SetStay) -> Told:
    item = step.new.get(str(act.stop))
    if item is None:
        return "", set()
    minutes = lasting(item.stop.leave - item.stop.arrive)
    return f"{item.stop.place.name} lasts {minutes} now, {_when(item)}.", {
        item.stop.place.id
    }


def _hours(step: Step, act: do.SetHours) -> Told:
    assert step.after is not None
    day = next((it for it in step.after.days if it.number == act.day), None)
    if day is None or not day.stops:
        return "", set()
    was = step.before and next(
        (it for it in step.before.days if it.number == act.day and it.stops), None
    )
    begins, ends = day.stops[0].arrive, day.stops[-1].leave
    parts, still = [], []
    if act.start and was and was.stops[0].arrive == begins:
        still.append(
            f"Day {day.number} may begin at {act.start} now; its first stop is still "
            f"at {clock(begins)}."
        )
    elif act.start:
        parts.append(f"begins at {clock(begins)}")
    if act.end and was and was.stops[-1].leave == ends:
        still.append(
            f"Day {day.number} may last until {act.end} now; its last stop still ends "
            f"at {clock(ends)}."
        )
    elif act.end:
        parts.append(f"ends at {clock(ends)}")
    said = [f"Day {day.number} {listed(parts)} now."] if parts else []
    return " ".join(said + still), set()


def _paced(step: Step, act: do.Calmer | do.Fuller) -> Told:
    if isinstance(act, do.Calmer):
        went = f": {names(step.gone)} went" if step.gone else ""
        named = {it.stop.place.id for it in step.gone}
        return f"Day {act.day} is calmer{went}.", named
    came = f": {names(step.come)} came in{_at(step.come)}" if step.come else ""
    return f"Day {act.day} is fuller{came}.", {it.stop.place.id for it in step.come}


def _swapped_days(step: Step, act: do.SwapDays) -> Told:
    return f"Days {act.first} and {act.second} have changed places.", set(step.new)


def _moved_day(step: Step, act: do.MoveDay) -> Told:
    assert isinstance(act.day, int)
    assert isinstance(act.to, int)
    way = "earlier" if act.to > act.day else "later"
    between = abs(act.to - act.day)
    rest = f"the {counted(between, 'day')} between {'is' if between == 1 else 'are'}"
    return f"Day {act.day} is day {act.to} now; {rest} one day {way}.", set(step.new)


def _length(step: Step, act: do.AddDay | do.RemoveDay | do.SetDays) -> Told:
    assert step.before is not None
    assert step.after is not None
    was, now = len(step.before.days), len(step.after.days)
    everything = set(step.old) | set(step.new)
    if now > was:
        front = isinstance(act, do.AddDay) and act.front
        new = step.after.days[: now - was] if front else step.after.days[was:]
        said = f"I added {_numbered(new)}. {highlights(new)}".strip()
        return said, {it.place.id for day in new for it in day.stops}
    if now == was:
        return f"The trip has {counted(now, 'day')} already.", set()
    went = f" {names(step.gone)} went with it." if step.gone else ""
    if isinstance(act, do.RemoveDay) and isinstance(act.day, int) and act.day <= now:
        later = " The days after it moved up."
        return f"Day {act.day} is out.{went}{later}", everything
    return f"{_numbered(step.before.days[now:]).capitalize()} is out.{went}", everything


def _replanned(step: Step, act: do.Replan) -> Told:
    assert step.after is not None
    if act.day is None:
        said = f"All days are planned anew. {highlights(step.after.days)}"
        return said, set(step.old) | set(step.new)
    new = [it for it in step.new.values() if it.day.number == act.day]
    said = f"Day {act.day} is planned anew: {names(new)}."
    must = step.told.must_see
    if gone := sorted(step.gone, key=lambda it: it.stop.place.id not in must):
        said += f" {names(gone)} went."
    return said, {it.stop.place.id for it in (*new, *step.gone)}


def _ordered(step: Step, act: do.BestOrder) -> Told:
    assert step.after is not None
    days = [it for it in step.after.days if act.day in (None, it.number)]
    if not step.changed_days:
        return "The order is the one with the least travel already.", set()
    said = "; ".join(
        f"day {day.number}: {listed(it.place.name for it in day.stops)}"
        for day in days
        if day.number in step.changed_days
    )
    return f"In the order with the least travel now, {said}.", set(step.new)


def _meal(step: Step, act: do.SetMeal) -> Told:
    eaten = [
        it
        for key, it in step.new.items()
        if it.stop.kind.value == act.meal.value
        and act.day in (None, it.day.number)
        and step.old.get(key) != it
        and (key not in step.old or step.old[key].stop != it.stop)
    ]
    if not eaten:
        there = [
            f"{it.stop.place.name} on day {it.day.number} at {clock(it.stop.arrive)}"
            for it in step.new.values()
            if it.stop.kind.value == act.meal.value and act.day in (None, it.day.number)
        ]
        at = f": {listed(there)}" if there else ""
        asked = (act.time, act.place, act.near, act.kind, act.budget, act.step)
        wished = asked != (None,) * len(asked)
        is_so = "like that" if wished else "planned"
        return f"{act.meal.capitalize()} is {is_so} already{at}.", set()
    said = listed(
        f"{it.stop.place.name} on day {it.day.number} at {clock(it.stop.arrive)}"
        for it in eaten
    )
    named = {it.stop.place.id for it in eaten}
    named |= {it.stop.place.id for it in step.gone if it.stop.kind == act.meal.value}
    where = " near there" if act.near else ""
    return f"{act.meal.capitalize()}{where}: {said}.", named


def _skipped(step: Step, act: do.SkipMeal) -> Told:
    gone = [it for it in step.gone if it.stop.kind.value == act.meal.value]
    where = f" on day {act.day}" if act.day is not None else ""
    if not gone:
        return f"No {act.meal} is planned{where}.", set()
    said = f"No {act.meal}{where} any more: {names(gone)} went."
    return said, {it.stop.place.id for it in gone}


def _refitted(step: Step, act: object) -> Told:
    """The plan after a change of wishes: what made room for what."""
    others = step.come or step.moved
    if others and len(step.gone) + len(step.moved) > len(step.old) * MOST_OF:
        days = step.after.days if step.after else ()
        said = f"Most of the plan is new. {highlights(days)}"
        return said, {*step.old, *step.new}
    if not step.gone and not step.come:
        if step.changed_days:
            return "", set()
        return ALL_STAY, set(step.new)
    if step.gone and step.come:
        said = f"{names(step.gone)} made room for {names(step.come)}."
    else:
        said = (
            f"{names(step.gone)} went." if step.gone else f"{names(step.come)} came in."
        )
    return said, {it.stop.place.id for it in (*step.gone, *step.come)}


def _numbered(days: Sequence[Day]) -> str:
    numbers = listed(str(day.number) for day in days)
    return f"day {numbers}" if len(days) == 1 else f"days {numbers}"


TELL: dict[type, Callable[..., Told]] = {
    do.Add: _added,
    do.Remove: _removed,
    do.Swap: _swapped,
    do.Move: _moved,
    do.Order: _moved,
    do.SetTime: _timed,
    do.SetStay: _stayed,
    do.SetHours: _hours,
    do.Calmer: _paced,
    do.Fuller: _paced,
    do.Clear: freed.cleared,
    do.SwapDays: _swapped_days,
    do.MoveDay: _moved_day,
    do.AddDay: _length,
    do.RemoveDay: _length,
    do.SetDays: _length,
    do.Replan: _replanned,
    do.BestOrder: _ordered,
    do.SetMeal: _meal,
    do.SkipMeal: _skipped,
}
