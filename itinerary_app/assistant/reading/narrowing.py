"""Narrowing: words that make a statement mean less, or another thing, than its acts
say: "only", "every day" of what is said of one day, "all day", "in total".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from itinerary_app.acts.acts import (
    Act,
    Add,
    AddDay,
    Ask,
    AtMost,
    Calmer,
    Clear,
    Move,
    Remove,
    SetBudget,
    SetDays,
    SetDiet,
    SetMeal,
    SetPace,
    Swap,
    Topic,
)
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token

_WISHED = re.compile(r"\b(?:i|we)(?: would|'d) (?:like|love)\b|^(?:want|would love)$")
_LIMITS = frozenset("ATMOST NOMORE LESS NOT NO".split())
_BARE = frozenset("KIND TAG CUISINE DAY ON SKIP COMMA".split())
_ARTICLES = frozenset(("a", "an", "some"))
_ELSE = frozenset(("otherwise", "apart from that", "the rest", "else"))
_DEGREES = frozenset("BUDGET CHEAPER DEARER".split())
_SILENT = frozenset("SKIP COURTESY".split())
_ONLY = frozenset("only solely exclusively".split())
_IN_ALL = re.compile(r"\b(?:in total|in all|altogether|overall|all in all)\b")
# Behind a place these say more than that it is planned on a day.
_ALL_DAY = re.compile(r"\b(?:all|whole|entire|full|half|half a) day\b")
_ON_DAYS = re.compile(r"\b(?:different|separate|both) days\b")


def passed_over(tokens: Sequence[Token], acts: Sequence[Act], known: Known) -> bool:
    """Whether a word of the statement narrows it, and none of the acts says so."""
    text = " ".join(it.text for it in tokens)
    return (
        _is_only(tokens, acts)
        or _is_of_every_day(tokens, acts, known)
        or any(
            before.kind == "EVERY" and it.kind == "DAY"
            for before, it in pairwise(tokens)  # "a nap every day 1-3"
        )
        or (any(isinstance(it, AtMost) for it in acts) and bool(_IN_ALL.search(text)))
        or (any(map(_is_of_place, acts)) and bool(_ALL_DAY.search(text)))
        or (
            len({*map(_day_of_place, acts)} - {""}) == 1 and bool(_ON_DAYS.search(text))
        )
        or _is_of_last_days(tokens, acts)
        or _is_either_day(tokens)
        or _is_in_place(tokens, acts)
        or _is_one_meal(tokens, acts)
        or _is_of_hotels(tokens, acts)
        or {"OTHERDAY", "THAN"} <= {it.kind for it in tokens}
        or (known.planned and _is_of_one_place(tokens, acts, known))
    )


def without_rest(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """ "A fancy dinner on the last night, cheap eats otherwise": what is said of all
    other meals, of which there is no act, apart from the rest.
    """
    at = next((i for i, it in enumerate(tokens) if it.text in _ELSE), None)
    if at is None:
        return list(tokens), []
    pauses = [i for i, it in enumerate(tokens) if it.kind in CONNECTORS]
    begin = max((i for i in pauses if i < at), default=0)
    end = min((i for i in pauses if i > at), default=len(tokens))
    said, rest = tokens[begin:end], [*tokens[:begin], *tokens[end:]]
    of_meals = any(it.kind == "MEAL" for it in rest) and begin
    if not ((of_meals or not rest) and any(it.kind in _DEGREES for it in said)):
        return list(tokens), []
    return rest, [it for it in said if it.kind not in CONNECTORS]


def there_already(
    tokens: Sequence[Token], acts: Sequence[Act], known: Known
) -> list[Act]:
    """ "Bazaar on the last day", where one is on it: no other is asked for."""
    kinds = {it.kind for it in tokens}
    if len(acts) != 1 or not kinds <= _BARE or {it.text for it in tokens} & _ARTICLES:
        return []
    [act] = acts
    if not isinstance(act, Add) or act.day is None or act.part or act.time:
        return []
    if not isinstance(act.place, Reference) or act.place.kind is None:
        return []
    if not known.has_kind(act.place.kind, act.day):
        return []
    return [Ask(topic=Topic.INCLUDED, kind=act.place.kind, day=act.day)]


def _is_only(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """ "On day 3 only museums", "we are only free in the mornings"."""
    said = any(it.kind == "ATMOST" and it.text in _ONLY for it in tokens)
    return said and any(
        (isinstance(it, Clear) and it.free)
        or (isinstance(it, Add) and it.day is not None)
        for it in acts
    )


def _is_of_every_day(
    tokens: Sequence[Token], acts: Sequence[Act], known: Known
) -> bool:
    """ "Lunch at 12 on day 2 and dinner at 7 every day", of which one is one day's."""
    plan = known.itinerary
    if plan is None or not any(it.kind in ("PERDAY", "WHOLETRIP") for it in tokens):
        return False
    meals = [it for it in acts if isinstance(it, SetMeal) and it.day is not None]
    days = [
        {it.day for it in meals if it.meal is meal} for meal in {m.meal for m in meals}
    ]
    return any(len(it) < len(plan.days) for it in days)


def _is_of_last_days(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """ "The last two days more relaxed": no days are added."""
    kinds = [it.kind for it in tokens if it.kind not in _SILENT]
    made = any(isinstance(it, AddDay) for it in acts) and "MAKE" in kinds
    return made and ("LAST", "DELTA") in pairwise(kinds)


def _is_either_day(tokens: Sequence[Token]) -> bool:
    """ "On the second or third day": which is not ours to say."""
    kinds = [it.kind for it in tokens if it.kind not in _SILENT]
    return ("ORDINAL", "OR", "DAY") in zip(kinds, kinds[1:], kinds[2:], strict=False)


def _is_in_place(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """ "Skip the Rijksmuseum cafe": what is in a place is not the place."""
    said = [it.kind for it in tokens]
    return any(isinstance(it, Remove) for it in acts) and any(
        two in pairwise(said) for two in (("PLACE", "KIND"), ("PLACE", "TAG"))
    )


def _is_one_meal(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """ "Splurge on one dinner": of which day is not ours to say."""
    kinds = [it.kind for it in tokens if it.kind not in _SILENT]
    one = ("NUMBER", "MEAL") in pairwise(kinds) or any(
        it.kind == "DEARER" and it.text.startswith("one ") for it in tokens
    )
    return one and any(isinstance(it, SetMeal) and it.day is None for it in acts)


def is_of_two_degrees(tokens: Sequence[Token]) -> bool:
    """ "The first day easy, the last day full": each day as it is said of it."""
    kinds = [it.kind for it in tokens]
    degrees = sum(it in ("PACE", "CALMER", "FULLER") for it in kinds)
    return degrees > 1 and kinds.count("DAY") > 1


def _is_of_one_place(
    tokens: Sequence[Token], acts: Sequence[Act], known: Known
) -> bool:
    """ "Dinner at 8, somewhere quiet", "cheap in Prague, splurge in Vienna": no pace,
    and no price, of the whole trip.
    """
    said = [it.kind for it in tokens if it.kind not in _SILENT]
    named = any(one in _SOMEWHERE and two in _QUALITIES for one, two in pairwise(said))
    named = named or ("CITY" in said and len(known.cities) > 1)
    return named and any(isinstance(it, _OF_THE_TRIP) for it in acts)


_SOMEWHERE = frozenset("SOMEWHERE SOMETHING".split())
_QUALITIES = frozenset("PACE BUDGET".split())
_OF_THE_TRIP = SetPace | SetBudget | Calmer


def of_one_only(tokens: Sequence[Token], acts: Sequence[Act]) -> str:
    """ "Vegan just for me": whom alone a diet is told of, in the words for it; no word
    where it is told of all.
    """
    if not any(isinstance(it, SetDiet) for it in acts):
        return ""
    for at, token in enumerate(tokens):
        whom = " ".join(it.text for it in tokens[at + 1 : at + 2])
        one = token.kind == "ATMOST" and token.text in ("only", "just")
        if one and (whom == "i" or whom.startswith("for ")):
            return f"{token.text} {whom}"
    return ""


def _is_of_hotels(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """ "Change hotels, to something near X": no sight is exchanged."""
    said = [it.kind for it in tokens if it.kind not in _SILENT]
    return said[:2] == ["SWAP", "HOTEL"] and any(isinstance(it, Swap) for it in acts)


def _is_of_place(act: Act) -> bool:
    place = act.place if isinstance(act, Add) else None
    place = act.stop if isinstance(act, Move) and act.day != "other" else place
    return isinstance(place, Reference) and bool(place.ids or place.kind)


def _day_of_place(act: Act) -> int | str | None:
    """The day that a place is put on; "" where none is, as by other acts."""
    return (getattr(act, "day", None) or "any") if _is_of_place(act) else ""


def is_wished_daily(tokens: Sequence[Token], acts: Sequence[Act]) -> bool:
    """ "We'd like two cafes a day": as many, or at most as many? "Leave day 2": does
    one, or does it stay?
    """
    said = [it for it in tokens if it.kind != "SKIP"]
    if any(
        one.text == "leave" and two.kind == "DAY" and two.text.startswith("day")
        for one, two in pairwise(said)
    ):
        return any(isinstance(it, SetDays) for it in acts)
    limits = any(isinstance(it, AtMost) and it.count > 1 for it in acts)
    wished = any(_WISHED.search(it.text) for it in tokens)
    return limits and wished and not any(it.kind in _LIMITS for it in tokens)
