"""Itineraries: the cities of a first message as a list, with how long one is in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.tokens import Token, words

_LINKS = frozenset("DASH TO THEN AND COMMA SKIP END LENGTH FOR ON".split())
_PAUSES = frozenset("COMMA THEN AND DASH PERIOD".split())
_DENYING = frozenset("NO NOT AVOID NOMORE REMOVE EXCEPT ATMOST".split())
_KINDS = frozenset("KIND TAG CUISINE".split())
_MARKS = frozenset("COMMA PERIOD COLON DASH".split())
_ENDS = _MARKS | {"CITY", "AND", "THEN"}
_BEFORE = frozenset("ON SKIP COLON".split())


def listed(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with a length behind each city that has one, and that of all apart."""
    if len({it.value.name for it in tokens if it.kind == "CITY"}) < 2:
        return tuple(tokens)
    made = _counted(_summed(_once(_placed(list(tokens)))))
    return tuple(_returned(_apart(_of_all(made))))


def days_in(tokens: Sequence[Token], nights: Mapping[str, int]) -> tuple[Token, ...]:
    """ "The first day in B" as that day of the trip; told where it is not known."""
    order = list(dict.fromkeys(it.value.name for it in tokens if it.kind == "CITY"))
    if len(order) < 2:
        return tuple(tokens)
    made: list[Token] = []
    for token in tokens:
        said = made[-2:]
        placed = [it.kind for it in said] == ["DAY", "ON"] and said[1].text == "in"
        if token.kind != "CITY" or not placed:
            made.append(token)
            continue
        day, name = said[0], token.value.name
        before = order[: order.index(name)]
        known = all(it in nights for it in before)
        nth = {"first": 1, "last": nights.get(name)}.get(day.value, day.value)
        if not (known and isinstance(nth, int)):
            day = day._replace(kind="WORD", value="", text=words([*said, token]))
        else:
            day = day._replace(value=sum(nights[it] for it in before) + nth)
        made[-2:] = [day]
    return tuple(made)


def _placed(tokens: list[Token]) -> list[Token]:
    """ "A museum in Florence", which is one of the cities: none in the others."""
    made: list[Token] = []
    seen: set[str] = set()
    denied = False
    for token in tokens:
        kinds = [it.kind for it in made[-2:]]
        denied = token.kind in _DENYING or (denied and token.kind != "PERIOD")
        if token.kind == "CITY" and token.value.name in seen and len(kinds) == 2:
            if kinds[0] in _KINDS and kinds[1] == "ON" and not denied:
                name = token.value.name
                made[-1:] = [token._replace(kind="INCITY", value=name)]
                continue
        if token.kind == "CITY":
            seen.add(token.value.name)
        made.append(token)
    return made


def _once(tokens: list[Token]) -> list[Token]:
    """ "6 nights 7 days", which are the same."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        if token.kind == "LENGTH" and before is not None and before.kind == "LENGTH":
            both = sorted((before.value, token.value), key=lambda it: it.unit)
            if both[0].unit == "day" and both[1] == Length(both[0].days - 1, "night"):
                made[-1] = token._replace(value=both[0], text=words([before, token]))
                continue
        made.append(token)
    return made


def _summed(tokens: list[Token]) -> list[Token]:
    """ "A and B, 3 + 4 days": three in A, and four in B."""
    cities = list({it.value.name: it for it in tokens if it.kind == "CITY"}.values())
    lengths = [i for i, it in enumerate(tokens) if it.kind == "LENGTH"]
    if len(lengths) != 1:
        return tokens
    last = first = lengths[0]
    counts = [tokens[last]]
    while first > 1 and tokens[first - 1].kind == "AND":
        if tokens[first - 2].kind != "NUMBER":
            break
        first -= 2
        counts.insert(0, tokens[first])
    if len(counts) != len(cities) or cities[-1].start > counts[0].start:
        return tokens
    unit = tokens[last].value.unit
    long = dict(zip((it.start for it in cities), counts, strict=True))
    made: list[Token] = []
    for at, token in enumerate(tokens):
        if first <= at <= last:
            continue
        made.append(token)
        if token.kind == "CITY" and token.start in long:
            said = long.pop(token.start)
            days = said.value.days if said.kind == "LENGTH" else said.value
            made.append(said._replace(kind="LENGTH", value=Length(days, unit)))
    return made


def _counted(tokens: list[Token]) -> list[Token]:
    """ "A 6 B 4": six days in A, and four in B."""
    bare = [
        at
        for at, it in enumerate(tokens)
        if it.kind == "NUMBER"
        and at
        and tokens[at - 1].kind == "CITY"
        and (at + 1 == len(tokens) or tokens[at + 1].kind in _ENDS)
    ]
    long = [at for at, it in enumerate(tokens) if it.kind == "LENGTH" and at]
    if len(bare) + sum(tokens[at - 1].kind == "CITY" for at in long) < 2:
        return tokens
    return [
        it._replace(kind="LENGTH", value=Length(it.value)) if at in bare else it
        for at, it in enumerate(tokens)
    ]


def _of_all(tokens: list[Token]) -> list[Token]:
    """ "A, B and C, nine nights", "nine nights in A, B and C": ten days in all."""
    lengths = [i for i, it in enumerate(tokens) if it.kind == "LENGTH"]
    first: dict[str, int] = {}
    for i, it in enumerate(tokens):
        if it.kind == "CITY":
            first.setdefault(it.value.name, i)
    cities = [*first.values()]
    if len(lengths) != 1 or tokens[lengths[0]].value.unit != "night":
        return tokens
    at = lengths[0]
    between = {it.kind for it in tokens[cities[0] : cities[-1]]}
    before = {it.kind for it in tokens[at + 1 : cities[0]]} <= _BEFORE
    if "THEN" in between or (at < cities[-1] and not (at < cities[0] and before)):
        return tokens
    token = tokens[at]
    whole = token._replace(value=Length(token.value.days + 1))
    return [*tokens[:at], whole, *tokens[at + 1 :]]


def _apart(tokens: list[Token]) -> list[Token]:
    """ "A 3 days B 2 days" with a pause between them."""
    made: list[Token] = []
    first = next(i for i, it in enumerate(tokens) if it.kind == "CITY")
    if first and tokens[first - 1].kind == "LENGTH":
        return tokens
    for token in tokens:
        kinds = [it.kind for it in made[-2:]]
        if token.kind == "CITY" and kinds == ["CITY", "LENGTH"]:
            made.append(token._replace(kind="COMMA", value="", text=","))
        made.append(token)
    return made


def _returned(tokens: list[Token]) -> list[Token]:
    """ "A, B and back to A": that one comes back is no other stay, and is told."""
    made: list[Token] = []
    kinds = [it.kind for it in tokens]
    each = kinds.count("LENGTH") >= kinds.count("CITY")
    seen: dict[str, bool] = {}  # whether it was told how long one is there
    last = -1  # where the last city stands
    for at, token in enumerate(tokens):
        if token.kind == "CITY":
            name, tail = token.value.name, _tail(made, last)
            behind = tokens[at + 1 : at + 2]
            long = any(it.kind == "LENGTH" for it in (*made[tail:], *behind))
            linked = {it.kind for it in made[last + 1 :]} <= _LINKS
            ends = not behind or behind[0].kind in _ENDS | {"LENGTH", "FROM"}
            other = last >= 0 and name != made[last].value.name
            again = seen.get(name) is long and (each or not long)
            if other and linked and ends and again:
                said = [made[last], *made[tail:], token]
                made[tail:] = []
                token = token._replace(kind="WORD", value="", text=words(said))
            else:
                seen[name], last = long, len(made)
        elif token.kind == "LENGTH" and made and made[-1].kind == "WORD":
            if at and tokens[at - 1].kind == "CITY":
                made[-1] = made[-1]._replace(text=f"{made[-1].text} {token.text}")
                continue
        made.append(token)
    return made


def _tail(tokens: Sequence[Token], last: int) -> int:
    """Where what is said of the next city begins."""
    pauses = [i for i in range(last + 1, len(tokens)) if tokens[i].kind in _PAUSES]
    return max(pauses, default=last) + 1
