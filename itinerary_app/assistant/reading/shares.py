"""Shares: how long a first message wants to be in each city, beside how long in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from itinerary_app.acts.acts import Act, AddCity, SetDays, SetNights
from itinerary_app.assistant.reading.clause import parted
from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.tokens import Token

_PAUSES = frozenset("COMMA COLON DASH PERIOD THEN".split())
# What stands beside a city and its length, and says no more.
_AROUND = frozenset("ON FOR SKIP ORDINAL FIRST EVERY START".split())
_LENGTHS = ("LENGTH", "NUMBER")


@dataclass(frozen=True, slots=True)
class Shares:
    """`tokens` name the cities once, in their order, and how long the trip is in all;
    `nights` in a city are known where they were told, `days` where all are.
    """

    tokens: tuple[Token, ...]
    nights: Mapping[str, int] = field(default_factory=dict)
    days: int | None = None
    unread: tuple[str, ...] = ()  # a length of the trip that the cities' do not add to

    def added(self, acts: Sequence[tuple[Act, str]]) -> list[tuple[Act, str]]:
        """The acts with the nights in each city."""
        made: list[tuple[Act, str]] = []
        told = dict(self.nights)
        for act, quote in acts:
            if isinstance(act, AddCity) and act.city in told:
                act = AddCity(city=act.city, nights=told.pop(act.city))
            if not (isinstance(act, SetDays) and self.days):
                made.append((act, quote))
        quote = made[0][1] if made else ""
        made += [(SetNights(city=it, nights=n), quote) for it, n in told.items()]
        if self.days:
            made.append((SetDays(days=self.days), quote))
        return made


def shared_out(tokens: Sequence[Token]) -> Shares:
    """The message without what it says of single cities, where it says that clearly."""
    order = _order(tokens)
    if len(order) < 2:
        return Shares(tuple(tokens))
    told: dict[str, Length] = {}
    whole: list[Token] = []
    gone: list[Token] = []
    other: list[Token] = []  # cities of which something else is said
    for part in _parts(tokens):
        cities = [it for it in part if it.kind == "CITY"]
        lengths = [it for it in part if _is_length(it, part)]
        if len(lengths) > 1:
            return Shares(tuple(tokens))
        each = any(it.kind == "EVERY" and it.text == "each" for it in part)
        if lengths and each and not cities:
            told |= dict.fromkeys(order, _length(lengths[0]))
        elif lengths and len(cities) == 1:
            told[cities[0].value.name] = _length(lengths[0])
        else:
            whole += lengths
            if {it.kind for it in part} - _AROUND - {"CITY", "LENGTH", "AND"}:
                other += cities
            continue
        gone += [it for it in part if it in lengths or it.kind in _AROUND]
    if not told or len(whole) > 1 or not _is_new(told, whole, tokens, order):
        return Shares(tuple(tokens))
    kept = [it for it in tokens if it not in gone]
    other = [it for it in other if it not in order.values()]
    return _shares(_once(kept, order, other), told, whole, list(order))


def _shares(
    tokens: list[Token],
    told: Mapping[str, Length],
    whole: Sequence[Token],
    order: Sequence[str],
) -> Shares:
    total = whole[0].value if whole else None
    last, all_told = order[-1], len(told) == len(order)
    nights = {city: it.days for city, it in told.items()}
    by_days = all(it.unit != "night" for it in told.values())
    days = sum(nights.values()) + (0 if by_days else 1) if all_told else None
    if last in told and told[last].unit != "night":
        rest = total.days + (total.unit == "night") - 1 if total else None
        if days is None or rest is None or sum(nights.values()) != rest:
            nights[last] = max(1, nights[last] - 1)  # one leaves on its last day
        else:
            days = rest + 1
    unread: tuple[str, ...] = ()
    if total and days not in (None, total.days + (total.unit == "night")):
        unread = (whole[0].text,)
    return Shares(tuple(tokens), nights, days, unread)


def _parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """What stands between pauses; also on both sides of "and", if both are so long."""
    for part in parted(tokens, _PAUSES):
        halves = parted(part, {"AND"})
        if len(halves) > 1 and all(_is_share(it) for it in halves):
            yield from halves
        else:
            yield part


def _is_share(part: Sequence[Token]) -> bool:
    kinds = [it.kind for it in part]
    return "CITY" in kinds and any(it in kinds for it in _LENGTHS)


def _is_length(token: Token, part: Sequence[Token]) -> bool:
    """A bare number is one beside nothing but its city: "Florence 3"."""
    if token.kind == "LENGTH":
        return True
    kinds = {it.kind for it in part} - _AROUND
    return token.kind == "NUMBER" and kinds == {"CITY", "NUMBER"}


def _length(token: Token) -> Length:
    return token.value if token.kind == "LENGTH" else Length(token.value)


def _order(tokens: Sequence[Token]) -> dict[str, Token]:
    """The cities as they are visited, each with its first token."""
    named: dict[str, Token] = {}
    for token in tokens:
        if token.kind == "CITY":
            named.setdefault(token.value.name, token)
    for before, token in pairwise(it for it in tokens if it.kind != "ON"):
        if before.kind == "START" and token.kind == "CITY":
            name = token.value.name
            return {name: named[name], **named}
    return named


def _is_new(
    told: Mapping[str, Length],
    whole: Sequence[Token],
    tokens: Sequence[Token],
    order: Mapping[str, Token],
) -> bool:
    """Whether it is more than a list of cities with their lengths, and nothing else."""
    cities = [it for it in tokens if it.kind == "CITY"]
    bare = any(it.kind == "NUMBER" for it in tokens)
    return bool(whole) or bare or len(cities) > len(order)


def _once(
    tokens: Sequence[Token], order: Mapping[str, Token], other: Sequence[Token]
) -> list[Token]:
    """The tokens with all cities where the first one stands, but for the `other`."""
    at = next(i for i, it in enumerate(tokens) if it.kind == "CITY")
    chain: list[Token] = []
    for token in order.values():
        mark = tokens[at]._replace(kind="AND", value="", text="and")
        chain += [mark, token] if chain else [token]
    made = [*tokens[:at], *chain]
    for token in tokens[at + 1 :]:
        pauses = token.kind in (*_PAUSES, "AND")
        named = token.kind == "CITY" and token not in other
        gone = made[-1].kind in _PAUSES or (
            made[-1] in chain and token.kind != "PERIOD"
        )
        if named or (pauses and gone):
            continue
        made.append(token)
    return made
