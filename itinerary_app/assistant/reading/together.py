"""Acts of one message that belong together: said twice, or of the day named before."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace

from itinerary_app.acts.acts import (
    SAID,
    Act,
    Add,
    AddCity,
    Ask,
    Avoid,
    BestOrder,
    Calmer,
    Clear,
    Complain,
    Fuller,
    Lock,
    NoMore,
    OrderCities,
    Remove,
    RemoveDay,
    Replan,
    SetCity,
    SetDates,
    SetDays,
    SetHours,
    SetMobility,
    SetPace,
    SetParty,
    SkipMeal,
    Swap,
    Topic,
)
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading import cities, lodging
from itinerary_app.assistant.reading.tokens import Token

Quoted = tuple[Act, str]

MATTERS = 3  # cities: of two the first one is first anyway


def together(acts: Sequence[Quoted], tokens: Sequence[Token] = ()) -> list[Quoted]:
    """The acts, each once, with the day that the message named before.

    `tokens` are those of the message, which may tell the order of its cities.
    """
    made: list[Quoted] = []
    day: int | str | None = None
    for act, quote in _swapped(_without_grounds(_without_complaints(acts))):
        of_days = bool(made) and isinstance(made[-1][0], SetHours | Calmer | Fuller)
        act = _of_day(act, day, quote, of_days=of_days)
        act = _further(act, [it for it, _ in made])
        day = getattr(act, "day", None) or day
        paced = any(isinstance(it, SetPace) for it, _ in made)
        if paced and isinstance(act, SetPace) and act.step:
            continue
        if _instead(made, act, quote) or _kept_after_all(made, act):
            continue
        if _goes_with(made, act) or _saves_ways(made, act, quote):
            continue
        if _is_reason(made, act, quote):
            continue
        if isinstance(act, SkipMeal) and act.day is None and _is_skipped(made, act):
            continue  # "no restaurants on day 4, we'll picnic"
        made = _contradicted(made, act)
        if isinstance(act, NoMore) and Avoid(kind=act.kind) in [it for it, _ in made]:
            continue
        if isinstance(act, SetHours) and _same_hours(made, act):
            if not any(char.isdigit() for char in quote):
                continue
            made = [it for it in made if not _same_hours([it], act)]
        last = made[-1][0] if made else None
        if isinstance(act, SetCity) and isinstance(last, OrderCities):
            made[-1] = (OrderCities(cities=(*last.cities, act.city)), quote)
            continue
        if isinstance(act, SetParty) and _joined(made, act):
            continue
        if isinstance(act, SetPace) and act.pace and _is_free(made, quote):
            continue
        if isinstance(act, Ask) and (
            _is_answered(made, act)
            or _asked_before(made, act)
            or _suggested(made, act, quote)
        ):
            continue
        if isinstance(act, Ask) and isinstance(last, Ask):
            act = _of_the_same(act, last)
        if isinstance(act, SetDays) or act not in [it for it, _ in made]:
            made.append((act, quote))  # two cities may be as long as each other
    made = _each_once(cities.each_long(lodging.in_turn(made), tokens))
    return _counted([*made, *_ordered([act for act, _ in made], tokens)])


def _is_skipped(made: list[Quoted], act: SkipMeal) -> bool:
    said = [it for it, _ in made if isinstance(it, SkipMeal)]
    return any(it.meal is act.meal and it.day is not None for it in said)


def _each_once(acts: Sequence[Quoted]) -> list[Quoted]:
    said = [act for act, _ in acts]
    return [it for at, it in enumerate(acts) if said.index(it[0]) == at]


def _ordered(acts: Sequence[Act], tokens: Sequence[Token]) -> list[Quoted]:
    """ "Rome, then Venice, then Florence": the order is told, where it matters."""
    cities = [it.city for it in acts if isinstance(it, SetCity | AddCity)]
    at = [i for i, it in enumerate(tokens) if it.kind == "CITY"]
    if len(cities) < MATTERS or len(at) < MATTERS:
        return []
    between = tokens[at[0] : at[-1]]
    if not any(it.kind in ("THEN", "LAST") for it in between):
        return []
    return [(OrderCities(cities=tuple(cities)), between[0].text)]


def _is_free(made: list[Quoted], quote: str) -> bool:
    """ "Day 4 free, we just want to stroll": said of that day, not of the trip."""
    free = bool(made) and isinstance(made[-1][0], Clear) and made[-1][0].day is not None
    return free and not any(it in quote for it in _OF_ALL)


def _is_answered(made: list[Quoted], act: Ask) -> bool:
    """ "Day 3 isn't us. Alternatives?": asked for already."""
    replanned = any(isinstance(it, Replan) for it, _ in made[-1:])
    return replanned and act.topic is Topic.ALTERNATIVES and act.place is None


def _without_complaints(acts: Sequence[Quoted]) -> list[Quoted]:
    """Without the displeasure that only says why something is to change."""
    changes = any(not isinstance(act, SAID) for act, _ in acts)
    return [it for it in acts if not (changes and isinstance(it[0], Complain))]


def _without_grounds(acts: Sequence[Quoted]) -> list[Quoted]:
    """Without what only says why one asks: "Is there a lift? She's in a wheelchair"."""
    topics = {act.topic for act, _ in acts if isinstance(act, Ask)}
    asked = Topic.ACCESS in topics
    return [it for it in acts if not (asked and isinstance(it[0], SetMobility))]


def _swapped(acts: list[Quoted]) -> list[Quoted]:
    """ "Not X again! Somewhere else on Friday": what else is asked for in its place."""
    for at in range(1, len(acts)):
        before, act = acts[at - 1][0], acts[at][0]
        stop = before.stop if isinstance(before, Remove) else None
        stop = before.place if isinstance(before, Avoid) else stop
        if stop is None or not isinstance(act, Ask) or act.place is not None:
            continue
        if act.topic is Topic.ALTERNATIVES:
            made = (Swap(stop=stop), acts[at - 1][1])
            return [*acts[: at - 1], made, *acts[at + 1 :]]
    return acts


def once(acts: Sequence[Quoted]) -> tuple[list[Quoted], list[str]]:
    """Without lengths and dates that contradict each other, and the words of these."""
    kept = list(acts)
    doubtful: list[str] = []
    lengths = [it for it in kept if isinstance(it[0], SetDays)]
    if len({act for act, _ in lengths}) > 1:
        kept = [it for it in kept if it not in lengths]
        doubtful += [quote for _, quote in lengths]
    dates = [it for it in kept if isinstance(it[0], SetDates)]
    for extra in dates[1:]:
        kept.remove(extra)
        doubtful.append(extra[1])
    return kept, doubtful


def _of_the_same(act: Ask, before: Ask) -> Ask:
    """ "Where is dinner on Friday, and is it vegetarian": of what was asked for first."""
    if act.place != Reference(focus="it"):
        return act
    if before.place is not None:
        return replace(act, place=before.place)
    if before.meal is None:
        return act
    return replace(act, place=None, meal=before.meal, day=act.day or before.day)


def _asked_before(made: list[Quoted], act: Ask) -> bool:
    """Whether the question only says more of one that was asked before."""
    for i, (other, quote) in enumerate(made):
        if not isinstance(other, Ask) or other.topic is not act.topic:
            continue
        values = asdict(act)
        del values["about"], values["topic"]
        before = {name: getattr(other, name) for name in values}
        if all(it is None or before[name] in (None, it) for name, it in values.items()):
            more = {name: it for name, it in values.items() if it is not None}
            made[i] = (replace(other, **more), quote)
            return True
    return False


def _counted(made: list[Quoted]) -> list[Quoted]:
    """The people that are named with a question are those it asks for."""
    acts = [it for it, _ in made]
    parties = [it for it in acts if isinstance(it, SetParty)]
    asks = [it for it in acts if isinstance(it, Ask)]
    if not parties or len(parties) + len(asks) < len(acts) or not asks:
        return made
    people = sum((it.adults or 0) + (it.children or 0) for it in parties)
    return [
        (replace(it, people=it.people or people), quote)
        for it, quote in made
        if isinstance(it, Ask)
    ]


def _suggested(made: list[Quoted], act: Ask, quote: str) -> bool:
    """ "A gelato after the Pantheon. Giolitti?": the place that would suit."""
    last, before = made[-1] if made else (None, "")
    place = act.place
    if not isinstance(last, Add) or not isinstance(last.place, Reference):
        return False
    if not isinstance(place, Reference) or place.name != quote or last.place.ids:
        return False
    made[-1] = (replace(last, place=place), before)
    return True


def _joined(made: list[Quoted], act: SetParty) -> bool:
    """Whether these people come with others: "2 adults, 1 teenager, 1 baby"."""
    for i, (other, before) in enumerate(made):
        if not isinstance(other, SetParty) or other == act:
            continue
        people = (act.adults or 0) + (act.children or 0)
        adults, children = other.adults, act.children or other.children
        if other.children and act.children:
            children = other.children + act.children
        if adults and act.adults:
            adults = act.adults if adults == people else adults + act.adults
        elif adults and act.children and "of" in before.split():
            adults -= act.children  # "party of six: …, two daughters"
        adults = adults or act.adults
        made[i] = (SetParty(adults=adults, children=children), before)
        return True
    return False


def _contradicted(made: list[Quoted], act: Act) -> list[Quoted]:
    """The acts before without a wish that this one says more exactly, or instead."""
    if isinstance(act, Calmer | Fuller | BestOrder | Replan) and act.day is not None:
        made = [it for it in made if it[0] not in (BestOrder(), Replan())]
    if isinstance(act, Replan | Calmer) and act.day is not None:
        gone = RemoveDay(day=act.day)  # "scrap day 2, do something else instead"
        made = [it for it in made if it[0] != gone]
    if isinstance(act, Replan):
        return [it for it in made if it[0] != Clear(day=act.day)]
    return made


def _goes_with(made: list[Quoted], act: Act) -> bool:
    """ "We don't do department stores, so lose it": one rule."""
    if not (made and isinstance(act, Remove) and isinstance(act.stop, Reference)):
        return False
    last = made[-1][0]
    ruled = (isinstance(last, Avoid) and last.kind) or isinstance(last, SkipMeal)
    return bool(ruled and act.stop.focus in ("it", "them") and not act.stop.kind)


def _saves_ways(made: list[Quoted], act: Act, quote: str) -> bool:
    """ "Sort Saturday so that there's least walking": why, and no wish for the trip."""
    sorted_out = any(isinstance(it, BestOrder) for it, _ in made[-1:])
    return isinstance(act, SetMobility) and sorted_out and "walking" in quote


def _is_reason(made: list[Quoted], act: Act, quote: str) -> bool:
    """ "Drop the Forum, too tiring": why it goes, and no wish for the trip."""
    gone = any(isinstance(it, Remove | Swap) for it, _ in made[-1:])
    of_all = any(it in quote for it in _OF_ALL)
    return gone and isinstance(act, SetPace) and "too " in quote and not of_all


def _further(act: Act, made: list[Act]) -> Act:
    """A second city is another leg of the trip."""
    if isinstance(act, SetCity) and any(isinstance(it, SetCity) for it in made):
        return AddCity(city=act.city)
    return act


def _same_hours(made: list[Quoted], act: SetHours) -> bool:
    """Whether the day's begin, or end, was set before in the message."""
    return any(
        isinstance(it, SetHours)
        and it.day == act.day
        and bool(it.start) == bool(act.start)
        and bool(it.end) == bool(act.end)
        for it, _ in made
    )


def _instead(made: list[Quoted], act: Act, quote: str) -> bool:
    """ "Drop the palace. Replace it with …", "… put A there instead": one swap."""
    last = made[-1][0] if made else None
    gone = last.stop if isinstance(last, Remove) else None
    gone = last.place if isinstance(last, Avoid) else gone
    stead = any(it in quote for it in ("instead", "its place", "their place", "stead"))
    come = isinstance(act, Add) and stead and not act.day
    of_it = isinstance(act, Swap) and act.stop == Reference(focus="it")
    if gone is None or not isinstance(act, Add | Swap) or not (come or of_it):
        return False
    made[-1] = (Swap(stop=gone, place=act.place), quote)
    return True


def _kept_after_all(made: list[Quoted], act: Act) -> bool:
    """ "Drop Jordaan. No, keep Jordaan": nothing at all."""
    if not isinstance(act, Lock) or not isinstance(act.stop, Reference):
        return False
    for i, (other, _) in enumerate(made):
        stop = other.stop if isinstance(other, Remove) else None
        same = isinstance(stop, Reference) and stop.ids and stop.ids == act.stop.ids
        if same or (stop and act.stop.focus == "it" and other == made[-1][0]):
            del made[i]
            return True
    return False


_OF_ALL = (
    "rest",
    "others",
    "remaining",
    "overall",
    "over all",
    "whole",
    "trip",
    "everything",
    "in general",
    "altogether",
    "every",
    "each",
    "all days",
    "always",
    "both",
    "daily",
    "general",
)


def _of_day(act: Act, day: int | str | None, quote: str, *, of_days: bool) -> Act:
    """A calmer pace behind a day that was named is that day's, unless of the trip."""
    if day is None or any(it in quote for it in _OF_ALL):
        return act
    if isinstance(act, SetHours) and act.day is None and of_days:
        return replace(act, day=day)
    if isinstance(act, SetPace) and act.step:
        return Calmer(day=day) if act.step < 0 else Fuller(day=day)
    if isinstance(act, Replan | BestOrder) and act.day is None:
        return replace(act, day=day)
    return act
