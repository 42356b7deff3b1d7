"""Corrections of what was just done: "no, I meant day 3"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from msgspec.structs import replace

from itinerary_app.acts.acts import (
    Act,
    Ask,
    Calmer,
    Deny,
    Redo,
    Remove,
    Restore,
    SetArrival,
    SetBudget,
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
    SkipMeal,
    Swap,
    Undo,
)
from itinerary_app.acts.candidates import WEEKDAYS
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import Part, Reference
from itinerary_app.assistant.reading.days import PM_END, PM_START
from itinerary_app.assistant.reading.frames import at
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token

MOST_DONE = 2  # acts; of more not all are kept in mind, so none are done anew
# Wishes of which there is one each: the new one takes the place of the old.
_ONE_EACH = (
    SetDates
    | SetDays
    | SetNights
    | SetPace
    | SetBudget
    | SetSpendLimit
    | SetParty
    | SetArrival
    | SetDeparture
    | SetDiet
    | SetMobility
    | SetInterests
)
_OF_ALL_DAYS = SetMeal | SkipMeal | SetHours
_QUIET = CONNECTORS | {"SKIP", "COURTESY", "PERIOD", "ON"}


@dataclass(frozen=True, slots=True)
class Correction:
    """`tokens` are those of the message, behind "I meant"; `acts` what was done last
    with what was named instead, where that says all.
    """

    tokens: Sequence[Token]
    acts: tuple[Act, ...] = ()
    done: tuple[Act, ...] = ()  # if it is corrected

    def instead(self, read: list[tuple[Act, str]]) -> list[tuple[Act, str]]:
        """These acts, with what was done last undone where they say the same anew."""
        acts = [act for act, _ in read if not isinstance(act, Deny)]
        alike = {type(it) for it in self.done} == {type(it) for it in acts}
        if not alike or not acts or isinstance(acts[0], Ask | _ONE_EACH):
            return read
        return [(Undo(), read[0][1]), *read]


def corrected(tokens: Sequence[Token], focus: Focus, known: Known) -> Correction:
    """What a message corrects, if it begins with "no," or "I meant"."""
    kinds = [it.kind for it in tokens if it.kind not in _QUIET]
    meant = "MEANT" in kinds[:3]
    done = tuple(it for it in focus.done if not isinstance(it, Undo | Redo | Restore))
    waits = focus.proposed or focus.pending
    asks = any(it.kind == "QUESTION" for it in tokens)
    if waits or asks:
        return Correction(tokens)
    if known.planned and (narrowed := _narrowed(tokens)):
        return Correction(tokens, _anew(narrowed, done, known))
    if not (meant or kinds[:1] == ["NO"]):
        return Correction(tokens)
    start = max(i for i, it in enumerate(tokens) if it.kind in ("MEANT", "NO"))
    opening = {it.kind for it in tokens[:start]} - _QUIET
    if opening - {"NO", "WORD", "NOT", "ATMOST"} or start > _OPENING:
        return Correction(tokens)
    rest = tokens[start + 1 :]
    if not meant and rest[:1] and rest[0].kind not in ("COMMA", "DASH", "PERIOD"):
        return Correction(tokens)  # "no museums": a wish of its own
    acts = _anew(rest, done, known) if len(focus.done) <= MOST_DONE else ()
    dated = _dated(rest, focus.done, known)
    if not known.planned:
        return Correction(rest if meant else tokens)
    if not meant:
        return Correction(tokens, acts or dated)
    return Correction(rest, acts or dated, done)


def _narrowed(tokens: Sequence[Token]) -> list[Token]:
    """The day of "only on day 1", or of "not day 1, day 2"."""
    said = [it for it in tokens if it.kind not in _QUIET]
    kinds = [it.kind for it in said]
    only = sorted(kinds) == ["ATMOST", "DAY"] and any(it.text in _ONLY for it in said)
    if only or kinds == ["NOT", "DAY", "DAY"]:
        return [it for it in said if it.kind == "DAY"][-1:]
    return []


_ONLY = ("only", "just")
_OPENING = 6  # tokens of "oh no, sorry, I meant"


def _anew(
    tokens: Sequence[Token], done: Sequence[Act], known: Known
) -> tuple[Act, ...]:
    """What was done last, undone and done with another day, place or hour; none of it
    where that is not clear.
    """
    slots = [
        it for it in tokens if it.kind not in _QUIET and it.text not in ("only", "just")
    ]
    if len(done) > 1 and [it.kind for it in slots] == ["PLACE"]:
        named = [it for it in done if getattr(it, "stop", "") in slots[0].value]
        return (Undo(), named[0]) if len(named) == 1 else ()
    if len(done) != 1 or len(slots) != 1:
        return ()
    made = _with(done[0], slots[0])
    if made is None or made == done[0]:
        return ()
    return (made,) if isinstance(made, Ask | _ONE_EACH) else (Undo(), made)


def _with(act: Act, slot: Token) -> Act | None:
    """The act with this instead of what it had of the kind; None: not clear."""
    fields = {it for it in act.__struct_fields__ if getattr(act, it) is not None}
    match slot.kind:
        case "DAY" if isinstance(act, Remove | Swap):  # which one there?
            ref = Reference(day=slot.value, definite=True)
            return replace(act, stop=ref)
        case "DAY" if isinstance(act, SetPace) and act.step == -1:
            return Calmer(day=slot.value)
        case "DAY" if "day" in fields or isinstance(act, _OF_ALL_DAYS):
            return replace(act, day=slot.value)
        case "PART" if "part" in fields:
            return replace(act, part=Part(slot.value))
        case "TIME" | "NUMBER" if "time" in fields:
            return replace(act, time=_clock(slot, _LATE))
        case "TIME" | "NUMBER" if isinstance(act, SetHours):
            name = "start" if act.start else "end"
            late = PM_START if act.start else PM_END
            both = act.start and act.end
            return None if both else replace(act, **{name: _clock(slot, late)})
        case "NUMBER" | "LENGTH" if isinstance(act, SetDays):
            return replace(act, days=getattr(slot.value, "days", slot.value))
        case "PLACE":
            names = fields & {"stop", "place", "after", "before"}
            ref = Reference(name=slot.text[:200], ids=tuple(slot.value))
            return replace(act, **{names.pop(): ref}) if len(names) == 1 else None
        case "KIND" | "TAG":
            names = fields & {"stop", "place"}
            ref = Reference(kind=slot.value, definite="stop" in names)
            return replace(act, **{names.pop(): ref}) if len(names) == 1 else None
    return None


_LATE = 7  # an hour up to this is in the afternoon, of stops and meals


def _clock(slot: Token, late_until: int) -> str | None:
    """As an act's time: "11", "half past three"."""
    clock = Clock(slot.value * 60, open=True) if slot.kind == "NUMBER" else slot.value
    return at(clock, late_until=late_until)


def _dated(
    tokens: Sequence[Token], done: Sequence[Act], known: Known
) -> tuple[Act, ...]:
    """ "No, Friday", "no, Saturday to Tuesday": those next to the dates just said."""
    slots = [it for it in tokens if it.kind not in _QUIET]
    told = [it.start for it in done if isinstance(it, SetDates) and it.start]
    if not told or [it.kind for it in slots] not in (["DAY"], ["DAY", "TO", "DAY"]):
        return ()
    numbers = [_weekday(it.value, known) for it in slots if it.kind == "DAY"]
    first, *rest = [it for it in numbers if it is not None]
    if None in numbers:
        return ()
    before = date.fromisoformat(str(told[-1]))
    start = before + timedelta(days=(first - before.weekday() + 3) % 7 - 3)
    if start < known.today:
        start += timedelta(days=7)
    lasting = [SetDays(days=(it - first) % 7 + 1) for it in rest]
    return (SetDates(start=start.isoformat()), *lasting)


def _weekday(value: object, known: Known) -> int | None:
    """0 for Monday; a day of the plan by its date."""
    if value in WEEKDAYS:
        return WEEKDAYS.index(str(value))
    for day in known.itinerary.days if known.itinerary else ():
        if day.number == value and day.date:
            return day.date.weekday()
    return None
