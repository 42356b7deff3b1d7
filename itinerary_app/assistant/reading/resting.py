"""Resting: a time of a day that is to be free, by the clock or beside a meal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from itinerary_app.acts.acts import Clear
from itinerary_app.acts.values import Meal, Reference, time_of
from itinerary_app.assistant.reading.clocks import as_hour
from itinerary_app.assistant.reading.frames import Acts, Frame
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.tokens import Token

NAP = 90  # minutes, where nobody says how long
APPOINTMENT = 60  # minutes, which are put to whoever did not say how long it takes
_EARLIEST = 7 * 60  # a bare hour before is in the afternoon
_BUSY = frozenset(
    "meeting appointment call conference workshop seminar interview wedding".split()
)
_NAPS = frozenset("nap naps naptime siesta siestas".split())
_OF_DAYS = frozenset("DAY DAYS THATDAY OTHERDAY PERDAY WHOLETRIP NOLONGER".split())
_RESTS = frozenset("rest resting".split())
_LASTING = frozenset("BETWEEN FROM TO UNTIL DASH DURATION".split())
_HOURS = frozenset("BETWEEN FROM AND TO UNTIL".split())
_BESIDE = frozenset("PART TIME DURATION AFTER BEFORE BETWEEN FROM UNTIL NUMBER".split())


def rested(frame: Frame, known: Known) -> Acts:
    """Free from then to then: on each of these days, or on all."""
    made: list[Clear] = []
    days = [*_days(frame, known)]
    for day in days:
        span = _span(frame, known, day)
        if span is None and len(days) > 1:
            continue  # a day without that meal
        if span is None:
            return None
        start, end = map(time_of, span)
        free = not frame.has("NOLONGER")
        made.append(Clear(day=day, start=start, end=end, free=free))
    return [*made] or None


def _days(frame: Frame, known: Known) -> Iterator[int | str | None]:
    if frame.all_days or known.itinerary is None:
        yield from frame.each_day
    elif frame.has("PERDAY", "WHOLETRIP") or len(known.itinerary.days) == 1:
        yield from (it.number for it in known.itinerary.days)
    else:
        yield known.focus_day


def _span(frame: Frame, known: Known, day: int | str | None) -> tuple[int, int] | None:
    """From and to, in minutes after midnight."""
    lasting = frame.durations[0] if frame.durations else NAP
    times = [*frame.times]
    if isinstance(frame.until, Clock) and (frame.not_before or times):
        times = [frame.not_before or times[0], frame.until]
    if len(times) > 1:
        start, end = (it.from_on(_EARLIEST) for it in times[:2])
        return start, end if end > start else times[1].from_on(max(_EARLIEST, start))
    meal = _meal(frame.after)
    if meal and (ends := known.meal_ends(meal, day)):
        return ends, ends + lasting
    meal = _meal(frame.before)
    if meal and (begins := known.meal_begins(meal, day)):
        return begins - lasting, begins
    first = times[0] if times else frame.not_before
    if first and frame.durations:
        return first.from_on(_EARLIEST), first.from_on(_EARLIEST) + lasting
    return None


def _meal(ref: object) -> Meal | None:
    return ref.meal if isinstance(ref, Reference) and not ref.ids else None


def as_rest(tokens: Sequence[Token]) -> list[Token]:
    """ "Rest in the afternoon", "take a nap at three": that time is to be free."""
    made = list(tokens)
    kinds = {it.kind for it in made}
    spanned = "NUMBER" in kinds and not kinds.isdisjoint(("FROM", "BETWEEN"))
    timed = "TIME" in kinds or any(_is_at(*two) for two in pairwise(made))
    of_hours = bool(kinds & {"DAY", "THATDAY"}) and (spanned or timed)
    if of_hours and is_open_ended(made):
        made = [as_hour(it) if it.kind == "NUMBER" else it for it in made]
        made.append(made[-1]._replace(kind="DURATION", value=APPOINTMENT, text=""))
    for at, token in enumerate(made):
        named = token.kind == "REST" and token.text in _RESTS
        if of_hours and token.kind == "WORD" and token.text in _BUSY:
            made[at] = token._replace(kind="CLEAR", value="")
        if (
            named
            and kinds & _BESIDE
            and not kinds & {"PLACE", "STOP", "MOVE", "REMOVE"}
        ):
            made[at] = token._replace(kind="CLEAR", value="")
    if not any(it.kind == "CLEAR" for it in made):
        return made
    made = _napping(_by_dash(made))
    made = [it for it in made if it.kind != "TAKE" or it.text != "take"]
    if "WANT" in kinds:  # "the kids want a rest": who rests says nothing of the party
        made = [it for it in made if it.kind != "CHILDREN"]
    return [
        as_hour(it) if _is_hour(before, behind) else it
        for before, it, behind in zip(
            [None, *made], made, [*made[1:], None], strict=False
        )
    ]


def _by_dash(tokens: list[Token]) -> list[Token]:
    """ "Rest 2-4": from 2 to 4."""
    kinds = [it.kind for it in tokens]
    at = next((i for i, it in enumerate(kinds) if it == "DASH"), 0)
    around = [*kinds[at - 1 : at], *kinds[at + 1 : at + 2]]
    if not at or around != ["NUMBER", "NUMBER"] or "FROM" in kinds:
        return tokens
    to = tokens[at]._replace(kind="TO", text="to")
    start = tokens[at]._replace(kind="FROM", text="from")
    return [*tokens[: at - 1], start, tokens[at - 1], to, *tokens[at + 1 :]]


def is_open_ended(tokens: Sequence[Token]) -> bool:
    """Whether an appointment is told of without how long it takes."""
    busy = any(it.kind == "WORD" and it.text in _BUSY for it in tokens)
    return busy and not any(it.kind in _LASTING for it in tokens)


def _is_at(before: Token, token: Token) -> bool:
    return before.text in ("at", "around") and token.kind == "NUMBER"


def _napping(tokens: list[Token]) -> list[Token]:
    """ "A nap": after lunch, if no time is said, and every day, if no day is."""
    nap = next((it for it in tokens if _NAPS & set(it.text.split())), None)
    if nap is None or nap.kind != "CLEAR":
        return tokens
    kinds = {it.kind for it in tokens if it.text != "one"}  # "the little one"
    if not kinds & _BESIDE:
        lunch = nap._replace(kind="MEAL", value=Meal.LUNCH.value)
        tokens = [*tokens, nap._replace(kind="AFTER", value=""), lunch]
    if "TIME" in kinds and not kinds & _LASTING:
        tokens = [*tokens, nap._replace(kind="DURATION", value=NAP, text="")]
    if not kinds & _OF_DAYS:
        tokens = [*tokens, nap._replace(kind="PERDAY", value="")]
    return tokens


def _is_hour(before: Token | None, behind: Token | None) -> bool:
    """ "Between 2 and 4", "1–3 pm"."""
    timed = behind is not None and behind.kind == "TIME"
    return timed or (before is not None and before.kind in _HOURS)
