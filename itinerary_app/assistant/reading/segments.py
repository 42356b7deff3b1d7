"""Segments: a clause cut where its next statement begins."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.cities import taken_over
from itinerary_app.assistant.reading.clause import EMPTY, NAMING, OPENERS, STRONG, has
from itinerary_app.assistant.reading.lending import lent
from itinerary_app.assistant.reading.sequences import sequenced
from itinerary_app.assistant.reading.staying import come_and_gone
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token
from itinerary_app.assistant.reading.whichdays import exchanged

SPLITTING = STRONG | {"KEEP", "SWAP", "NO", "NOMORE"}
# What a clause says of what it names.
PREDICATES = frozenset(
    "TIME CALMER FULLER PACE CLEAR PART PLACE STOP MEAL DURATION GO NOTBEFORE NOTAFTER "
    "UNTIL REPLAN CHEAPER DEARER MORE LESS ALLOW ATMOST KIND INTEREST BOOKED START END "
    "ADD REMOVE DEPART ARRIVE UNDO LATER EARLIER".split()
)


_NAMES = frozenset("PLACE STOP KIND TAG MEAL IT HOTEL".split())
_BEFORE_MEALS = PREDICATES - {"MEAL"} | {"CITY", "LENGTH"}
_OF_MEALS = frozenset(
    "PLACE TIME DAY DAYS CUISINE CHEAPER DEARER BUDGET NUMBER LATER".split()
)
# What is said of a day behind its name.
_OF_DAYS = frozenset("CALMER FULLER CLEAR REPLAN BESTORDER START END".split())
# "Plan day 2 anew": behind what it is about.
_POSTPOSED = frozenset("REPLAN BESTORDER".split())
_WHOLE_DAYS = frozenset("DAY DAYS REST WHOLETRIP".split())


def segments(tokens: Sequence[Token]) -> list[list[Token]]:
    """The statements of a clause, each with what the ones before lend it."""
    if sequence := sequenced(tokens):
        return sequence
    taken, stay = come_and_gone(tokens)
    if stay:
        return [*segments([it for it in tokens if it not in taken]), *stay]
    parts: list[list[Token]] = [[]]
    tokens = taken_over(exchanged(tokens))
    for at, token in enumerate(tokens):
        rest = tokens[at + 1 :]
        if token.kind in CONNECTORS and parts[-1] and _begins(rest, parts[-1], token):
            parts.append([])
            continue
        if (
            token.kind in ("MORE", "LESS")
            and has(parts[-1], {"INTEREST"})
            and has(parts[-1], {"MORE", "LESS"})
        ):
            parts.append([])
        bound = bool(parts[-1]) and parts[-1][-1].kind in (
            "NOT",
            "NO",
            "WORD",
            "COURTESY",
        )
        if (
            parts[-1]
            and token.kind in SPLITTING
            and not (token.kind in _POSTPOSED and parts[-1][-1].kind in _WHOLE_DAYS)
            and not bound
            and has(parts[-1], SPLITTING)
            and _named(parts[-1])
        ):
            parts.append([])
        parts[-1].append(token)
    parts = [part for part in map(_trimmed, parts) if part]
    return lent(parts)


def _begins(rest: Sequence[Token], before: Sequence[Token], mark: Token) -> bool:
    """Whether a new statement begins behind a connector."""
    then = mark.kind == "THEN" or any(it.kind == "THEN" for it in rest[:1])
    while rest and rest[0].kind in CONNECTORS:
        rest = rest[1:]
    ahead = _until_connector(rest)
    first = next((it for it in rest if it.kind not in EMPTY), None)
    if first is None or not _means(before):
        return False
    if before[-1].kind in ("NO", "YES") or first.kind == "DITTO":
        return True
    if mark.kind == "COMMA" and first.kind == "NUMBER" and has(before, {"NO", "AVOID"}):
        if first.text == "one" and has(ahead, {"KIND", "TAG", "CUISINE", "MEAL"}):
            return True  # "no churches, one museum"
    if mark.kind == "COMMA" and _is_wished_again(rest, before, first):
        return True  # "no churches, art and food"
    daily = before[-1].kind == "PERDAY" and has(before, {"ATMOST", "NOMORE"})
    if mark.kind == "COMMA" and daily and has(before, _COUNTED):
        return first.kind in _LISTED  # "at most three sights a day, zoo"
    if has(before, {"SLEEP"}) and has(before, _WHERE) and has(ahead, _WHERE):
        placed = has(ahead, _OF_BEDS) or (then and has(before, _LONG))
        return placed and not has(ahead, OPENERS - _OF_BEDS)
    counted = has(before, {"LENGTH"}) and has(ahead, {"LENGTH"})
    if (_is_bed(ahead) and (counted or has(before, _LISTED))) or (
        _is_bed(_behind_connector(before)) and first.kind in _LISTED
    ):
        return True  # "churches, hotel in A, museums"
    both = before, ahead
    if all(has(it, {"CITY"}) and has(it, _WHERE) for it in both):
        if any(has(it, {"NEAR", "BED"}) for it in both) and not has(ahead, OPENERS):
            return True  # "we sleep near A in B, in C near D and in E near F"
    away = before[-1].kind == "OUT" or (before[-1].text == "in" and len(before) > 1)
    if away and first.kind in NAMING and len(ahead) > 1:
        return True  # "Cluny out, Orangerie in, and the Louvre four hours"
    if (
        mark.kind == "COLON"
        and not has(ahead, {"IT", "THEM"})
        and all(
            it.kind in NAMING | EMPTY | CONNECTORS | {"ORDINAL", "EVERY"}
            for it in before
        )
        and not all(it.kind in {"DAY", "DAYS"} | EMPTY for it in before)
    ):
        return False
    pair = {"WITH", "FOR", "TO"}
    paired = has(before, {"SWAP"}) and has(before, pair) and has(ahead, pair)
    ends = {"FIRST", "LAST"}
    if has(before, ends) and has(ahead, ends) and first.kind in ("PLACE", "STOP"):
        return True  # "put A first and B last"
    if first.kind == "BOOKED" and has(before, {"PLACE"}) and not has(ahead, _NAMES):
        return False  # "the Prado please, booked for ten"
    if paired and first.kind in ("PLACE", "STOP", "KIND"):
        return True  # "replace A with B and C with D"
    named = all(it.kind in NAMING | EMPTY for it in before)
    if mark.kind == "AND" and named and has(ahead, {"SWAP", "REVERSE"}):
        return False  # "A and B swap places"
    if first.kind == "THEM" and mark.kind == "COMMA" and has(before, {"PLACE"}):
        return has(ahead, {"PART", "TIME", "DAY"})  # "…, both in the morning"
    if first.kind == "LIKE" and has(ahead, {"NUMBER", "TIME"}):
        return False
    if first.kind in ("SLEEP", "HOTEL") and has(before, {"ARRIVE", "DEPART"}):
        return True  # "we land at 11:40, our hotel is in A"
    if first.kind in _OF_ALL and has(before, {"ARRIVE", "DEPART"}):
        return True  # "we land at 11:40, food lovers"
    if mark.kind == "BUT" and first.kind == "NOT" and not has(rest, OPENERS - {"NOT"}):
        return False  # "an hour less there, but not here"
    if has(before, {"CITY"}) and has(before, {"DELTA"}) and has(ahead, {"DELTA"}):
        return has(ahead, {"CITY"})  # "a night more in A and one less in B"
    if mark.kind == "THEN" and named:
        return False  # "dinner after that at Spice Court"
    if {it.kind for it in before} - EMPTY == {"DEPART"} and first.kind == "DEPART":
        return False  # "checking out and leaving"
    if first.kind == "INTEREST" and ahead[-1].kind == "AVOID" and before[0].text in _WE:
        return True  # "we're foodies, history bores us"
    ends = {"DEPART", "END", "OUT"}
    if has(before, {"DATE"}) and has(ahead, {"DATE"}) and has(ahead, ends):
        return False  # "we arrive on the 3rd and fly home on the 7th"
    if first.kind == "CLEAR" and mark.kind not in ("AND", "COLON"):
        free = {it.kind for it in ahead} - EMPTY <= {"CLEAR", "IT"}
        return free and has(before, {"DAY", "DAYS", "PART"})
    if mark.kind == "BUT" or mark.kind == "THEN":
        return first.kind not in ("PLACE",) or has(rest, OPENERS)
    if first.kind == "MEAL" and {it.kind for it in before} - EMPTY == {"SWAP", "MEAL"}:
        return False  # "swap lunch and dinner on day 1"
    if first.kind == "MEAL" and has(before, OPENERS | _BEFORE_MEALS):
        return has(ahead, _OF_MEALS)
    if (
        first.kind in ("MORE", "LESS")
        and has(ahead, {"INTEREST", "DURATION", "KIND", "PLACE"})
        and has(before, OPENERS | PREDICATES - {"PLACE", "INTEREST"})
    ):
        return True
    if first.kind in ("DAY", "DAYS") and mark.kind != "AND" and has(ahead, _OF_DAYS):
        return has(before, OPENERS | PREDICATES - {"PLACE", "KIND"})
    if first.kind == "DURATION" and has(ahead, {"MORE", "LESS"}):
        if has(before, {"MORE", "LESS"}):
            return True
        if has(before, {"ADD"}) and has(ahead, {"PLACE", "STOP"}):
            return True  # "add A, half an hour more at B"
    if first.kind in ("MORE", "LESS") and not has(
        before, {"INTEREST", "DURATION", "MORE", "LESS"}
    ):
        return False
    if first.kind in OPENERS and not (first.kind == "NOT" and mark.kind == "AND"):
        return True
    if any(it.kind == "COURTESY" for it in rest[:2]) and has(ahead, OPENERS):
        return True
    if mark.kind != "AND" and has(before, {"TIME"}) and has(ahead, {"TIME"}):
        return has(ahead, {"MEAL", "DAY", "START", "END", "PLACE", "ARRIVE", "DEPART"})
    if has(before, {"ATMOST"}) and has(ahead, {"ATMOST"}):
        return True
    if mark.kind == "COLON" and {it.kind for it in before} - EMPTY <= {"WANT"}:
        return False  # "must-sees: A, B"
    if mark.kind == "COLON":
        return not has(before, {"PLACE", "KIND", "MEAL", "THING", "LIMITWORD"}) or has(
            rest, OPENERS
        )
    if has(before, {"DAY", "DAYS", "NTHPART"}) and has(
        ahead, {"DAY", "DAYS", "NTHPART"}
    ):
        if has(before, {"FROM"}) and has(ahead, {"FROM"}):
            return True  # "day 1 from half nine, day 2 from ten"
        at_hours = has(before, {"TIME"}) and ahead[-1].kind == "NUMBER"
        return has(before, PREDICATES) and (has(ahead, PREDICATES) or at_hours)
    if mark.kind != "AND" and has(
        ahead,
        {"GO", "ALLOW", "NOMORE", "BOOKED", "SWAP", "REMOVE", "MOVE", "KEEP", "UNLOCK"},
    ):
        return has(before, PREDICATES)
    return mark.kind != "AND" and _is_remark(ahead)


def _is_wished_again(
    rest: Sequence[Token], before: Sequence[Token], first: Token
) -> bool:
    """Whether a list goes on behind what is denied in it with what is wished."""
    at = max((i for i, it in enumerate(before) if it.kind in _DENIALS), default=None)
    if at is None:
        return False
    denied = {_LISTED_AS.get(it.kind, "") for it in before[at:]} - {""}
    if not denied or has(rest, {"OR", "NO", "NOT"}):
        return False
    if first.kind == "PLACE":
        return has(_until_connector(rest), {"ORDINAL", "FIRST", "LAST"})
    if first.kind == "INTEREST":
        return True
    return first.kind in _LISTED_AS and _LISTED_AS[first.kind] not in denied


_DENIALS = frozenset("NO AVOID".split())
# Who denies some of these and names others behind them wishes for those.
_LISTED_AS = {"KIND": "sight", "TAG": "sight", "CUISINE": "food", "PLACE": "place"}
_LISTED_AS |= {"INTEREST": "interest"}
_COUNTED = frozenset("KIND TAG CUISINE SIGHTS THING".split())


# Where one sleeps, and of which nights or city that is said.
_WHERE = frozenset("PLACE BED".split())
_OF_BEDS = frozenset("CITY DAY DAYS NTHPART SLEEP LENGTH NIGHTS".split())
_NEAR_BEDS = (
    frozenset("SLEEP HOTEL NEAR ON IT PLACE BED LENGTH FOR ORDINAL FIRST LAST".split())
    | EMPTY
)
_LISTED = frozenset("KIND TAG CUISINE INTEREST PLACE".split())
_OF_ALL = frozenset("INTEREST DIET MOBILITY PACE BUDGET".split())
_LONG = frozenset("LENGTH NIGHTS NTHPART DAY DAYS".split())
_WE = ("we're", "i'm", "we", "i", "we are", "i am")


def _is_bed(tokens: Sequence[Token]) -> bool:
    """Whether these words are all of where one sleeps: "our hotel in A"."""
    return (
        has(tokens, {"SLEEP", "HOTEL"})
        and {it.kind for it in tokens} <= _NEAR_BEDS
        and sum(it.kind in _WHERE for it in tokens) == 1
    )


def _behind_connector(tokens: Sequence[Token]) -> Sequence[Token]:
    """What stands behind the last connector; all, if there is none."""
    at = max((i for i, it in enumerate(tokens) if it.kind in CONNECTORS), default=-1)
    return tokens[at + 1 :]


def _until_connector(tokens: Sequence[Token]) -> Sequence[Token]:
    for at, token in enumerate(tokens):
        if token.kind in CONNECTORS:
            return tokens[:at]
    return tokens


def _is_remark(tokens: Sequence[Token]) -> bool:
    """Whether most of these words say nothing that we know."""
    unknown = sum(it.kind == "WORD" for it in tokens)
    known = sum(it.kind in NAMING for it in tokens)
    return unknown > known


def _means(tokens: Sequence[Token]) -> bool:
    return any(it.kind not in EMPTY for it in tokens)


def _named(tokens: Sequence[Token]) -> bool:
    return has(tokens, NAMING)


def _trimmed(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[0].kind in CONNECTORS:
        tokens = tokens[1:]
    while tokens and tokens[-1].kind in CONNECTORS:
        tokens = tokens[:-1]
    return tokens
