"""What is said of a trip's cities: which, how long, in which order, which instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import lark

from itinerary_app.acts.acts import (
    Act,
    AddCity,
    OrderCities,
    RemoveCity,
    SetCity,
    SetDates,
    SetDays,
    SetNights,
)
from itinerary_app.assistant.reading.frames import Acts, Frame, Node
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.assistant.reading.whichdays import last_day

MAX_DAYS = 60
_AROUND_NAMES = frozenset("SKIP COURTESY COMMA AND THEN PERIOD YES".split())
_ONLY = frozenset("only just".split())
# What a statement about cities may say of them besides.
_ABOUT = frozenset(
    "CITY DELTA LENGTH NIGHTS FROM TO AND MORE LESS FIRST LAST PERDAY FOR WITH "
    "WHOLETRIP INSTEAD".split()
)


def brought_back(text: str, done: Sequence[Act]) -> str:
    """ "Add it back, but only one night", of the city that went just now, by its name."""
    gone = [it.city for it in done if isinstance(it, RemoveCity)]
    if len(gone) != 1:
        return text
    city = gone[0]
    back = rf"\b(?:add|put|bring|take|get) (?:it|that|{re.escape(city)}) back\b(?: in)?"
    if len(done) == 1 and re.fullmatch(rf"{back}(?: please)?[.!]?", text, re.I):
        return "undo"
    long = r"(?:,? (?:but|though))?(?: (?:for|just|only))*(?= (?:an?|one|two|\d+) )"
    text = re.sub(rf"{back}{long}", f"add {city} for", text, flags=re.I)
    return re.sub(back, f"add {city}", text, flags=re.I)


def names(frame: Frame) -> list[str]:
    """The cities that are named, each once."""
    return list(dict.fromkeys(it.name for it in frame.values.get("CITY", [])))


def named(frame: Frame, known: Known) -> list[Act]:
    """The cities of a frame, with their nights and their order."""
    cities = names(frame)
    if not cities:
        return []
    values = frame.values
    if known.planned or known.preferences.city:
        for name in ("BEFORE_CITY", "AFTER_CITY"):
            if other := values.get(name):
                pair = [cities[0], other[0].name]
                order = pair if name == "BEFORE_CITY" else pair[::-1]
                return [OrderCities(cities=tuple(order))]
        if len(cities) == 1 and (there := known.stays_in(cities[0], frame)):
            frame.lengths = []
            return there
        nights = [it for it in frame.lengths if it.unit == "night"]
        if nights and len(cities) == 1:
            frame.lengths = []
            if cities[0] == known.preferences.city:
                return [SetNights(city=cities[0], nights=nights[0].days)]
            return [AddCity(city=cities[0], nights=nights[0].days)]
        if len(frame.lengths) == 1 and known.has_cities(cities) and len(cities) == 1:
            if len(known.cities) > 1 and not known.planned:
                return _each_so_long(cities, frame, known)
        if frame.has("MORE", "LESS", "DELTA") and known.has_cities(cities):
            return []  # how much longer, before it is said how long
        if len(known.cities) > 1 and known.has_cities(cities) and not frame.lengths:
            if frame.all_days or frame.has("DATE"):
                return []  # where something is, and no other trip
            if not known.planned:
                return [AddCity(city=it) for it in cities]
        if frame.has("FIRST", "LAST") and len(cities) == 1:
            return _at_the_rim(cities[0], known, last=frame.has("LAST"))
    first, *rest = cities
    if rest and len(frame.lengths) == len(cities):  # "Agra one day, Delhi two days"
        return _each_so_long(cities, frame, known)
    made: list[Act] = [SetCity(city=first), *(AddCity(city=it) for it in rest)]
    nights = [it for it in frame.lengths if it.unit == "night"]
    if rest and nights:
        made.append(SetNights(city=first, nights=nights[0].days))
        frame.lengths = [it for it in frame.lengths if it.unit != "night"]
    return made


def only(tokens: Sequence[Token], known: Known) -> tuple[Act, ...]:
    """ "Just Prague then": the other cities of a trip to several go."""
    said = [it for it in tokens if it.kind not in _AROUND_NAMES]
    named = [it.value.name for it in said if it.kind == "CITY"]
    others = [it for it in known.cities if it not in named]
    first = [it.kind for it in said[:1]] == ["ATMOST"] and said[0].text in _ONLY
    if not first or len(named) != len(said) - 1 or not known.has_cities(named):
        return ()
    if not others:
        return tuple(AddCity(city=it) for it in named)  # that is so already
    return tuple(RemoveCity(city=it) for it in others)


def between(frame: Frame, known: Known) -> list[Act]:
    """ "10 to 12 May Rome and 13 to 15 May Florence": from when to when in each."""
    cities, found = names(frame), frame.values.get("DATE", [])
    if known.planned or len(cities) < 2 or len(found) != 2 * len(cities):
        return []
    pairs = list(zip(found[::2], found[1::2], strict=True))
    days, ends = [it.day for it, _ in pairs], [last_day(*it) for it in pairs]
    if None in days or None in ends or days != sorted(days) or frame.lengths:
        return []
    nights = [(to - on).days for on, to in pairwise([*days, ends[-1]])]
    nights[-1] += 1  # the last day is that of leaving
    if any(it < 1 for it in nights):
        return []
    first, *rest = cities
    made: list[Act] = [SetCity(city=first)]
    made += [
        AddCity(city=city, nights=count)
        for city, count in zip(rest, nights[1:], strict=True)
    ]
    made.append(SetNights(city=first, nights=nights[0]))
    made.append(SetDates(start=days[0].isoformat()))
    made.append(SetDays(days=(ends[-1] - days[0]).days + 1))
    return made


def joined(frame: Frame, known: Known) -> list[Act]:
    """Other cities that come behind those of the plan: "and then on to Venice"."""
    cities = names(frame)
    if known.planned and len(cities) == 1 and cities[0] in known.cities:
        return _longer(cities[0], frame, known)
    if not known.planned or known.preferences.city in cities:
        return []
    nights = frame.lengths[0].days if frame.lengths else None
    return [AddCity(city=it, nights=nights) for it in cities]


def removed(frame: Frame, known: Known) -> Acts:
    """Drop Florence; drop a night in Florence."""
    cities = names(frame)
    if not frame.has("DELTA", "LENGTH", "NIGHTS", "PERDAY"):
        return [RemoveCity(city=it) for it in cities]
    count, nights = _count(frame), known.nights_in(cities[0])
    if len(cities) > 1 or count is None or nights is None or count >= nights:
        return None
    return [SetNights(city=cities[0], nights=nights - count)]


def left_out(frame: Frame, known: Known) -> Acts:
    """Without Florence."""
    cities = names(frame)
    if not _is_only_of_cities(frame) or not known.has_cities(cities):
        return None
    return [RemoveCity(city=it) for it in cities]


def exchanged(nodes: list[Node], known: Known) -> Acts:
    """Two cities that change places, or another one instead of one."""
    frame = Frame.of(*nodes)
    cities = names(frame)
    if len(cities) != 2 or not _is_only_of_cities(frame):
        return None
    there = [it in known.cities for it in cities]
    if all(there):
        one, other = cities
        turned = {one: other, other: one}
        return [OrderCities(cities=tuple(turned.get(it, it) for it in known.cities))]
    if any(there):  # "swap Florence for Milan"
        gone, come = cities if there[0] else reversed(cities)
        return _instead(come, gone, known)
    return None


def replaced(come: Frame, gone: Frame, known: Known) -> Acts:
    """Venice instead of Florence."""
    cities = names(come), names(gone)
    if not (_is_only_of_cities(come) and _is_only_of_cities(gone)):
        return None
    if [len(it) for it in cities] != [1, 1] or not known.has_cities(cities[1]):
        return None
    return _instead(cities[0][0], cities[1][0], known)


def moved(nodes: list[Node], known: Known) -> Acts:
    """A night, or some, from one city to another."""
    frame = Frame.of(*nodes)
    ends = dict(_ends(nodes))
    if not _is_only_of_cities(frame) or ends.keys() != {"FROM", "TO"}:
        return None
    count = _count(frame)
    one, other = (known.nights_in(ends[it]) for it in ("FROM", "TO"))
    if count is None or one is None or other is None or count >= one:
        return None
    return [
        SetNights(city=ends["FROM"], nights=one - count),
        SetNights(city=ends["TO"], nights=other + count),
    ]


def begun(frame: Frame, known: Known, *, last: bool) -> list[Act]:
    """Start in Florence; end in Rome."""
    cities = names(frame)
    several = len(known.cities) > 1 and known.has_cities(cities)
    if len(cities) != 1 or not several or not _is_only_of_cities(frame):
        return []
    return _at_the_rim(cities[0], known, last=last)


def each_long(
    acts: Sequence[tuple[Act, str]], tokens: Sequence[Token] = ()
) -> list[tuple[Act, str]]:
    """ "Rome 3 nights, then Florence 2 nights": lengths of cities, not of the trip."""
    cities = [it.city for it, _ in acts if isinstance(it, SetCity | AddCity)]
    nights: dict[str, int] = {}
    waiting: str | None = None  # the city whose length is next
    group: list[str] = []  # cities of one statement, which the sum of theirs may follow
    said = ""
    for act, quote in acts:
        group, said = (group if quote == said else []), quote
        match act:
            case SetCity(city=city) | AddCity(city=city, nights=None):
                waiting = city
            case AddCity(city=city, nights=count) | SetNights(city=city, nights=count):
                waiting, nights[city] = None, count or 0
                group.append(city)
            case SetDays(days=days) if waiting:
                nights[waiting], waiting = days - ("night" in quote), None
            case SetDays(days=days) if days == sum(nights[it] for it in group):
                pass
            case SetDays():
                return list(acts)  # one of them is of the whole trip: which?
    told = any(isinstance(it, SetDays) for it, _ in acts)
    least = 1 if _is_left_then(tokens) else 2
    if len(cities) < 2 or len(nights) < least or not told or nights.keys() - {*cities}:
        return list(acts)
    made: list[tuple[Act, str]] = []
    first: list[tuple[Act, str]] = []  # of the first city, once there are several
    for act, quote in acts:
        if isinstance(act, AddCity):
            act = AddCity(city=act.city, nights=nights.get(act.city))
        elif isinstance(act, SetCity) and act.city in nights:
            first = [(SetNights(city=act.city, nights=nights[act.city]), quote)]
        if not isinstance(act, SetNights | SetDays):
            made.append((act, quote))
    made += first
    in_days = not any("night" in quote for _, quote in acts)
    if in_days and nights.keys() == {*cities}:
        made.append((SetDays(days=min(MAX_DAYS, sum(nights.values()))), acts[-1][1]))
    return made


def _is_left_then(tokens: Sequence[Token]) -> bool:
    """ "Tokyo 4 nights, then Kyoto": how long before one goes on, not in all."""
    kinds = [it.kind for it in tokens if it.kind in ("CITY", "LENGTH", "THEN", "COMMA")]
    listed = [it for it in kinds if it != "COMMA"]
    beside = listed[:2] == ["CITY", "LENGTH"] or kinds[:2] == ["LENGTH", "CITY"]
    return beside and listed[2:4] == ["THEN", "CITY"]


def taken_over(tokens: list[Token]) -> list[Token]:
    """ "Take a night from Rome and give it to Florence" as one move."""
    kinds = [it.kind for it in tokens]
    if "TAKE" not in kinds or kinds.count("CITY") != 2 or "FROM" not in kinds:
        return tokens
    at = kinds.index("CITY") + 1
    rest = [it for it in kinds[at:] if it not in ("SKIP", "COMMA")]
    if rest not in (
        ["AND", "MAKE", "IT", "TO", "CITY"],
        ["AND", "ADD", "IT", "TO", "CITY"],
    ):
        return tokens
    kept = (*tokens[:at], *(it for it in tokens[at:] if it.kind in ("TO", "CITY")))
    return [it._replace(kind="MOVE") if it.kind == "TAKE" else it for it in kept]


def _is_only_of_cities(frame: Frame) -> bool:
    others = frame.refs or frame.all_days or frame.times or frame.parts or frame.meals
    return frame.has("CITY") and not others and frame.values.keys() <= _ABOUT


def _count(frame: Frame) -> int | None:
    """How many nights are named; a day of a trip is a night."""
    counts = [*frame.deltas, *(it.days for it in frame.lengths)]
    if not counts and frame.has("PERDAY", "NIGHTS"):
        return 1
    return counts[0] if len(counts) == 1 else None


def _longer(city: str, frame: Frame, known: Known) -> list[Act]:
    """Add a night in Florence."""
    count, nights = _count(frame), known.nights_in(city)
    if count is None or nights is None:
        return []
    return [SetNights(city=city, nights=nights + count)]


def _instead(come: str, gone: str, known: Known) -> Acts:
    """The one city gets the other's nights; the only one of a trip is another trip's."""
    if len(known.cities) == 1:
        return [SetCity(city=come)]
    nights = known.nights_in(gone)
    if come not in known.cities:
        return [AddCity(city=come, nights=nights), RemoveCity(city=gone)]
    had = known.nights_in(come)
    if nights is None or had is None:
        return [RemoveCity(city=gone)]
    return [SetNights(city=come, nights=had + nights), RemoveCity(city=gone)]


def _at_the_rim(city: str, known: Known, *, last: bool) -> list[Act]:
    if not last:
        return [OrderCities(cities=(city,))]
    if city not in known.cities:
        return []
    others = (it for it in known.cities if it != city)
    return [OrderCities(cities=(*others, city))]


def _ends(nodes: list[Node]) -> list[tuple[str, str]]:
    """The cities behind "from" and "to"."""
    leaves = [
        token
        for node in nodes
        for token in (
            node.scan_values(lambda it: True) if isinstance(node, lark.Tree) else [node]
        )
    ]
    said: list[Token] = [it.value for it in leaves]
    return [
        (before.kind, token.value.name)
        for before, token in pairwise(said)
        if token.kind == "CITY" and before.kind in ("FROM", "TO")
    ]


def _is_last(city: str, known: Known) -> bool:
    return city == known.cities[-1]


def _each_so_long(cities: list[str], frame: Frame, known: Known) -> list[Act]:
    """Cities with a length for each; days and nights of all tell the trip's length."""
    lengths, frame.lengths = frame.lengths, []
    fewer = known.planned or len(cities) < len(known.cities)
    if fewer and known.has_cities(cities):
        return [
            SetNights(
                city=city,
                nights=it.days - (it.unit != "night" and _is_last(city, known)),
            )
            for city, it in zip(cities, lengths, strict=True)
        ]
    first, *rest = zip(cities, (it.days for it in lengths), strict=True)
    made: list[Act] = [SetCity(city=first[0])]
    made += [AddCity(city=city, nights=nights) for city, nights in rest]
    made.append(SetNights(city=first[0], nights=first[1]))
    if all(it.unit != "night" for it in lengths):
        made.append(SetDays(days=min(MAX_DAYS, sum(it.days for it in lengths))))
    return made
