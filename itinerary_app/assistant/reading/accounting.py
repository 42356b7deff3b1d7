"""Accounting: whether the acts of a clause hold all that its words name.

What is left over would be dropped in silence; such a reading is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from itinerary_app.acts.acts import (
    Act,
    Add,
    AddCity,
    AddDay,
    Allow,
    Ask,
    AtMost,
    Avoid,
    BestOrder,
    Calmer,
    Clear,
    Fuller,
    Lock,
    Move,
    NoMore,
    Order,
    OrderCities,
    Remove,
    RemoveCity,
    RemoveDay,
    Replan,
    SetArrival,
    SetBase,
    SetBudget,
    SetCity,
    SetDates,
    SetDays,
    SetDeparture,
    SetDiet,
    SetHours,
    SetInterests,
    SetMeal,
    SetMobility,
    SetNights,
    SetPace,
    SetParty,
    SetSpendLimit,
    SetStay,
    SetTime,
    SkipMeal,
    Swap,
    SwapDays,
    Unlock,
)
from itinerary_app.acts.values import Reference, minutes_of
from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.assistant.reading.whichdays import is_each

_HALF_DAY = 12 * 60
# With a word of these classes one of these acts is meant.
_BY_CLASS: dict[str, tuple[type[Act], ...]] = {
    "CALMER": (Calmer, SetPace),
    "FULLER": (Fuller, SetPace),
    "CLEAR": (Clear, SkipMeal, SetHours),
    "REPLAN": (Replan, Swap),
    "BESTORDER": (BestOrder,),
    "REVERSE": (Swap, SwapDays, OrderCities),
    "LOCK": (Lock, SetTime),
    "SPEND": (
        SetStay, SetTime, SetSpendLimit, SetNights, SetBase, AtMost, Add, SetDays,
    ),
    "NOT": (
        Avoid, SetInterests, Remove, Swap, Lock, SkipMeal, Clear, SetDiet, SetMobility,
        NoMore, AtMost, RemoveCity,
    ),
    "EARLIER": (SetDates, SetHours, SetMeal, SetTime, Move, AddDay, RemoveDay, Order),
    "LATER": (SetDates, SetHours, SetMeal, SetTime, Move, AddDay, RemoveDay, Order),
    "SOMETHING": (Swap, Add, SetMeal, Replan, Fuller, Calmer, Remove, SetStay, AddDay),
    "THING": (
        Add, Remove, Swap, Move, Order, SetTime, SetStay, Lock, Unlock, Clear, Fuller,
        AtMost, Calmer, SetMeal, SetDiet, SkipMeal,
    ),
    "NIGHTS": (SetNights, SetDays, SetBase, AddCity, SetMeal, Clear, SkipMeal),
    "EXCEPT": (Remove, Allow, Lock, Avoid),
    "BOOKED": (SetTime, Add, SetMeal, Lock, SetHours),
    "KEEP": (
        Lock, Clear, SetDiet, SetStay, SetTime, SetSpendLimit, AtMost, SetHours, Remove,
        SkipMeal,
    ),
    "WEEKEND": (SetDays, SetDates),
    "UNLOCK": (Unlock, Allow),
    "UNFIX": (SetTime,),
    "OTHERTHAN": (Swap,),
    "REMOVE": (
        Allow, Remove, RemoveDay, SkipMeal, Clear, Swap, Calmer, SetDiet, SetMobility,
        SetSpendLimit, SetDates, Avoid, RemoveCity, SetNights, SetStay,
    ),
    "GO": (
        Remove, RemoveDay, SkipMeal, Clear, SetDiet, SetMobility, SetSpendLimit, Avoid,
        RemoveCity,
    ),
    "TAKE": (
        Remove, Swap, SkipMeal, RemoveDay, Clear, RemoveCity, SetNights, SetStay,
    ),
    "OUT": (Remove, Swap, SkipMeal, RemoveDay, Clear, RemoveCity, SetStay),
    "SWAP": (Swap, SwapDays, Move, SetMeal, OrderCities, RemoveCity, SetCity, SetDates),
    "AVOID": (
        Avoid, SetInterests, Remove, NoMore, SkipMeal, Replan, Clear, Allow, RemoveDay,
        SetMeal, RemoveCity,
    ),
    "NO": (
        Avoid, SetInterests, Remove, NoMore, SkipMeal, Clear, Allow, SetMobility,
        SetDiet, SetSpendLimit, SetParty, RemoveDay, SetMeal, RemoveCity,
    ),
    "NOMORE": (NoMore, AtMost, SetInterests),
    "ALLOW": (Allow,),
    "DIET": (SetDiet,),
    "MOBILITY": (SetMobility,),
    "BUDGET": (SetBudget, SetMeal),
    "PACE": (SetPace, Calmer, Fuller),
    "CHEAPER": (SetBudget, SetMeal, Swap),
    "DEARER": (SetBudget, SetMeal),
    "MONEY": (SetSpendLimit,),
    "LIMITWORD": (SetSpendLimit,),
    "DATE": (SetDates,),
    "DELTA": (Move, AddDay, RemoveDay, SetDates, SetDays, SetNights),
    "LENGTH": (
        SetDays, SetDates, SetNights, AddDay, RemoveDay, AddCity, Clear, SetBase,
    ),
    "BED": (SetBase,),
    "ADULTS": (SetParty,),
    "ARRIVE": (SetTime, SetArrival, AddDay, RemoveDay, SetDates, SetHours),
    "DEPART": (SetDeparture, AddDay, RemoveDay, SetDays, SetDates, SetNights, Ask),
    "LATESTART": (SetHours,),
    "EARLYSTART": (SetHours,),
    "EARLYEND": (SetHours,),
    "CITY": (SetCity, AddCity, SetNights, OrderCities, RemoveCity, SetBase),
}  # fmt: skip
_OF_CHILDREN = (SetParty, SetInterests, SetDiet, SetMobility)
_EVENING = (SetMeal, SkipMeal, SetArrival, SetDeparture, SetTime, SetBase)


def is_whole(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """Whether nothing that the tokens name is missing in the acts, or used twice."""
    held = [*_values(acts), *_nights(acts)]
    hours = sum(token.kind == "TIME" for token in tokens)
    fixed = [act for act in acts if isinstance(act, SetTime) and act.time]
    if len(fixed) > hours > 0:
        return False
    timed = [it for it in tokens if it.kind == "TIME"]
    if len(timed) == 2 and any(getattr(it, "minutes", None) for it in acts):
        tokens = [it for it in tokens if it is not timed[1]]  # until then
    if any(it.kind == "INSTEADOF" for it in tokens):
        if all(isinstance(act, Remove) for act in acts):  # the other one is there
            tokens = [it for it in tokens if it.kind != "PLACE"]
    lengths = [token.value for token in tokens if token.kind == "DURATION"]
    lasting = [act for act in acts if not (hours and act in fixed)]
    if not all(any(_lasts(act, it) for act in lasting) for it in lengths):
        return False
    if _are_all_children(tokens, held):
        tokens = [it for it in tokens if it.kind != "CHILDREN"]
    if _are_moved(tokens, acts):
        tokens = [it for it in tokens if it.kind != "LENGTH"]
    ends = SetDays | SetNights | Ask
    if any(it.kind == "DEPART" for it in tokens) and isinstance(acts[0], ends):
        tokens = [it for it in tokens if it.kind not in ("DATE", "DAY")]
    return all(_is_in(token, acts, held) for token in tokens)


def _are_all_children(tokens: Sequence[Token], held: list[Any]) -> bool:
    """ "A baby and a toddler", which are held as two; "toddler twins" are not three."""
    kinds = [it.kind for it in tokens]
    apart = ("CHILDREN", "CHILDREN") not in pairwise(kinds)
    counts = [it.value or 0 for it in tokens if it.kind == "CHILDREN"]
    return apart and len(counts) > 1 and sum(counts) in held


def _nights(acts: Sequence[Act]) -> Iterator[int]:
    """The days before the nights for which there is a bed."""
    for act in acts:
        if isinstance(act, SetBase) and isinstance(act.night, int):
            yield from range(act.night, act.night + (act.nights or 1))


def _are_moved(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """Whether nights are so many more or less: the acts have how many there are then."""
    kinds = {token.kind for token in tokens}
    nights = any(isinstance(act, SetNights) for act in acts)
    return nights and bool(kinds & {"MOVE", "TAKE", "ADD", "MORE", "LESS", "REMOVE"})


def _is_in(token: Token, acts: Sequence[Act], held: list[Any]) -> bool:
    if (wanted := _BY_CLASS.get(token.kind)) and not any(
        isinstance(act, wanted) for act in acts
    ):
        return False
    match token.kind:
        case "PLACE":
            return _is_priced(acts) or any(it in held for it in token.value)
        case "KIND" | "TAG" | "CUISINE" | "INTEREST":
            eaten = token.value == "restaurant" and (
                _is_priced(acts) or any(isinstance(it, SkipMeal) for it in acts)
            )
            return eaten or any(
                it in held for it in (token.value, *token.value.split(","))
            )
        case "STOP":
            return any(_is_held(it, held) for it in token.value)
        case "DAY":
            rim = any(isinstance(it, SetArrival | SetDeparture | AddDay) for it in acts)
            return rim or token.value in held
        case "DAYS":
            return all(it in held for it in token.value)
        case "TIME":
            return Ask in map(type, acts) or _is_timed(token, held)
        case "PART" if any(isinstance(it, Clear) and not it.free for it in acts):
            return True  # the others are free no longer
        case "PART":
            return token.value in held or any(
                isinstance(act, _EVENING) or _ends(act) for act in acts
            )
        case "BUDGET" | "CHEAPER" | "DEARER":
            return any(
                isinstance(act, SetBudget)
                or getattr(act, "step", None)
                or getattr(act, "budget", None)
                for act in acts
            )
        case "CITY":
            return token.value.name in held
        case "MEAL" if _rests(acts):
            return True  # beside which one rests
        case "DIET" | "MOBILITY" | "MEAL":
            return token.value.removeprefix("-") in held
        case "NUMBER":
            if token.value > 1 and {*map(type, acts)} == {Clear}:
                return token.value == len(acts) or _rests(acts)
            return token.value in held or token.value == 1 or _is_spent(acts)
        case "ORDINAL":
            return token.value in held or any(
                isinstance(it, Order) or _is_night(it) for it in acts
            )
        case "REST":
            stops = [it.stop for it in acts if isinstance(it, Remove | Move | Swap)]
            return not any(isinstance(it, Reference) and it.ids for it in stops)
        case "CHILDREN":
            return any(isinstance(act, _OF_CHILDREN) for act in acts) and (
                not token.value or token.value in held
            )
        case "LENGTH":
            return _is_counted(token.value, acts)
        case "MORE":
            return any(map(_is_more, acts))
        case "LESS":
            return any(map(_is_less, acts))
        case "AFTER" | "BEFORE":
            return _is_ordered(acts)
        case "FIRST" | "LAST":
            return any(
                isinstance(it, Order | AddDay | SetHours | OrderCities) or _is_night(it)
                for it in acts
            )
        case "PERDAY":
            return not any(isinstance(act, Add) for act in acts)
        case "SLEEP":
            return not any(isinstance(act, Add | Move | SetTime) for act in acts)
        case "HOTEL":
            return not all(isinstance(act, SetTime) for act in acts)
        case "WHOLETRIP" if is_each(token) and Add in map(type, acts):
            return False
        case "WHOLETRIP":
            return all(
                getattr(it, "day", None) is None
                or getattr(getattr(it, "stop", None), "nth", None)
                for it in acts
            )
    return True


def _is_night(act: Act) -> bool:
    return isinstance(act, SetBase) and act.night is not None


def _is_held(ref: Reference, held: list[Any]) -> bool:
    """Whether all that places the stop in the plan is held."""
    placed = (ref.kind, ref.nth, ref.day, ref.at, ref.meal)
    return all(it in held for it in placed if it is not None)


def _is_priced(acts: Sequence[Act]) -> bool:
    """Whether a meal gets another price, wherever it is."""
    return any(isinstance(it, SetMeal) and it.step for it in acts)


def _is_counted(length: Length, acts: Sequence[Act]) -> bool:
    """Whether the number of days, or of nights, is held."""
    counts = {length.days, length.days + 1, -length.days}
    for act in acts:
        if isinstance(act, SetNights) and act.nights == length.days - 1:
            return True  # of the last city, where the last day has no night
        said = [getattr(act, it, None) for it in ("days", "nights", "shift", "count")]
        if counts & {it for it in said if isinstance(it, int)}:
            return True
    removed = sum(isinstance(act, RemoveDay | SetDays) for act in acts)
    return removed > 0 or not length.exact or Clear in map(type, acts)


def _rests(acts: Sequence[Act]) -> bool:
    return any(isinstance(act, Clear) and act.start for act in acts)


def _lasts(act: Act, minutes: int) -> bool:
    if isinstance(act, SetStay):
        return minutes in (act.minutes, abs(act.change or 0))
    if isinstance(act, Add):
        return act.minutes == minutes
    if isinstance(act, SetTime):
        return act.time is not None or act.change is not None
    return isinstance(act, SetMeal | SetHours | SetDays | Ask) or (
        isinstance(act, Clear) and act.start is not None
    )


def _is_more(act: Act) -> bool:
    if isinstance(act, SetStay | SetTime):
        return (act.change or 0) > 0 or getattr(act, "minutes", None) is not None
    if isinstance(act, SetInterests):
        return bool(act.more)
    more = AddDay | Add | Fuller | SetPace | SetMeal | SetDates | SetNights
    return isinstance(act, more)


def _is_less(act: Act) -> bool:
    if isinstance(act, SetStay):
        return (act.change or 0) < 0 or act.minutes is not None
    if isinstance(act, SetInterests):
        return bool(act.less)
    return isinstance(
        act,
        AtMost | RemoveDay | SetDays | Remove | Calmer | SetPace | SetMobility | NoMore
        | SetNights,
    )  # fmt: skip


def _is_ordered(acts: Sequence[Act]) -> bool:
    """Whether a neighbour, or an hour behind "after", is held."""
    for act in acts:
        stop = getattr(act, "stop", None)
        refs = [act, stop] if isinstance(stop, Reference) else [act]
        if any(getattr(it, name, None) for it in refs for name in ("after", "before")):
            return True
    return any(
        isinstance(
            it,
            SetHours
            | SetMeal
            | SetTime
            | SetDeparture
            | SetArrival
            | AddDay
            | Clear
            | OrderCities
            | Ask,
        )
        for it in acts
    )


def _is_timed(token: Token, held: list[Any]) -> bool:
    minutes = token.value.minutes
    allowed = {minutes, minutes + _HALF_DAY, minutes + 2 * _HALF_DAY}
    return any(
        minutes_of(it) in allowed
        for it in held
        if isinstance(it, str) and len(it) == 5 and it[2] == ":"
    ) or any(getattr(it, "value", it) == "part" for it in held)


def _ends(act: Act) -> bool:
    return isinstance(act, SetHours) and act.end is not None


def _is_spent(acts: Sequence[Act]) -> bool:
    return any(isinstance(it, Allow | SetParty | SetSpendLimit | Clear) for it in acts)


def _values(value: Any) -> Iterator[Any]:
    """All values within acts, however deep."""
    for item in value:
        if isinstance(item, msgspec.Struct):
            yield from _values(getattr(item, name) for name in item.__struct_fields__)
        elif isinstance(item, tuple | list):
            yield from _values(item)
        elif item is not None:
            yield item
