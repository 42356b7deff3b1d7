"""Lending: what the statements of a clause lend to those behind them."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.clause import EMPTY, NAMING, OPENERS, STRONG, has
from itinerary_app.assistant.reading.tokens import Token

_TOPIC = frozenset(
    "PLACE STOP KIND TAG THING ORDINAL LAST FIRST DAY DAYS PART TIME ON NUMBER AFTER "
    "BEFORE MEAL IT NEAR SIGHTS".split()
)


def _is_topic(part: Sequence[Token], following: Sequence[Token]) -> bool:
    """Whether it only names a stop by its place in the plan, for what comes next."""
    kinds = {it.kind for it in part} - EMPTY
    points = any(it.kind in ("IT", "THEM") for it in following)
    if kinds and part[0].kind == "TAKE":  # "take the castle and put it behind …"
        return bool(kinds & {"PLACE", "STOP", "KIND"}) and kinds <= _TOPIC | {"TAKE"}
    named = {"PLACE", "STOP", "KIND", "THING", "REST", "MEAL"}
    if has(following, {"KEEP", "LOCK", "REPLAN", "BESTORDER"}):
        named |= {"DAY"}  # "day 3 is lovely, don't touch it"
    if points and kinds & named:
        relative = {
            "WORD",
            "WANT",
            "EVERY",
            "SOMETHING",
            "REST",
            "BETWEEN",
            "AND",
            "TAG",
        }
        return kinds <= _TOPIC | relative and bool(
            has(following, OPENERS | {"GO", "REVERSE"})
        )
    pointed = kinds & {"KIND", "THING", "ORDINAL", "LAST", "FIRST"}
    return (bool(pointed) and kinds <= _TOPIC and part[0].text == "the") or bool(
        kinds & {"STOP", "THING", "ORDINAL"} and kinds <= _TOPIC
    )


def _about_topic(part: list[Token], topic: list[Token]) -> list[Token]:
    """The part with its "it" replaced by the stop that was named before."""
    if not topic:
        return part
    if has(topic, {"PLACE"}):  # without when it is now
        told = {it.kind for it in part} & {"PART", "DAY", "DAYS", "TIME"}
        topic = [it for it in topic if it.kind not in told]
    at = next((i for i, it in enumerate(part) if it.kind in ("IT", "THEM")), None)
    if at is not None:
        return [*part[:at], *topic, *part[at + 1 :]]
    at = next((i for i, it in enumerate(part) if it.kind == "THEM"), None)
    if at is not None:
        return [*part[:at], *topic, *part[at + 1 :]]
    if has(part, {"PLACE", "KIND", "THING"}) and not has(part, {"SWAP"}):
        return [*topic, *part]
    if has(part, {"SWAP"}):
        at = next(i for i, it in enumerate(part) if it.kind == "SWAP")
        return [*part[: at + 1], *topic, *part[at + 1 :]]
    return [*topic, *part]


def _kinds_lent(before: list[Token], part: list[Token]) -> list[Token]:
    """ "We like gardens but one a day will do", "the markets stay, no further ones"."""
    limits = [it for it in part if it.kind == "ATMOST" and it.text not in _ONLY]
    rule = (
        limits
        or has(part, {"NOMORE"})
        or (has(part, {"NUMBER"}) and has(part, {"PERDAY"}))
    )
    if not rule or has(part, _RULED) or has(before, {"NUMBER", "PERDAY", "DAY"}):
        return []
    return [it for it in before if it.kind in ("KIND", "TAG", "CUISINE")]


def _of_before(before: list[Token], part: list[Token]) -> list[Token]:
    """ "Ten minutes for the steps, tops", "Chartier, no": a word on what was named."""
    words = [it for it in part if it.kind not in EMPTY]
    named = {it.kind for it in before} - EMPTY
    priced = named & {"CHEAPER", "DEARER"} and named & {"PLACE", "STOP", "MEAL"}
    if priced and has(words, {"CHEAPER", "DEARER", "SOMETHING"}):
        if {it.kind for it in words} <= _PRICED:
            return before  # "X is too posh, something simpler"
    if len(words) != 1:
        return []
    limits = {"MONEY", "DURATION", "NUMBER", "PERDAY"}
    if words[0].kind == "ATMOST" and named & limits:
        return [*before, *words]
    if words[0].kind == "NO" and named <= {"PLACE", "STOP", "KIND", "AND"}:
        return [*before, words[0]._replace(kind="REMOVE")]
    return []


def _is_denied(before: list[Token], part: list[Token]) -> bool:
    """ "5 minutes, not fifteen": what it is not, once it is said what it is."""
    kinds = [it.kind for it in part if it.kind not in EMPTY]
    if kinds[:1] != ["NOT"] or len(kinds) != 2:
        return False
    like = {"NUMBER": {"DURATION", "NUMBER", "TIME"}}.get(kinds[1], {kinds[1]})
    return kinds[1] in ("NUMBER", "DURATION", "TIME") and has(before, like)


def _slept(before: list[Token], part: list[Token]) -> list[Token]:
    """ "We stay in A, then in B": the verb of both."""
    kinds = {it.kind for it in part} - EMPTY
    if not kinds & {"PLACE", "BED"} or not kinds <= _OF_BEDS:
        return []
    return [it for it in before if it.kind == "SLEEP"][:1]


def _when_free(before: list[Token], part: list[Token]) -> list[Token]:
    """ "Saturday night we see friends, no plans needed": when that is."""
    kinds = {it.kind for it in part} - EMPTY
    if "CLEAR" not in kinds or not kinds <= {"CLEAR", "IT", "KEEP"}:
        return []
    if has(before, OPENERS - {"WANT", "LIKE"} | {"PLACE", "KIND", "MEAL", "CLEAR"}):
        return []
    when = [it for it in before if it.kind in ("DAY", "DAYS", "PART", "NTHPART")]
    return when if has(when, {"DAY", "DAYS", "NTHPART"}) else []


_OF_BEDS = frozenset("PLACE BED NEAR CITY DAY DAYS NTHPART LENGTH FOR LAST ON".split())
_PRICED = frozenset("MAKE CHEAPER DEARER SOMETHING WANT FOR INSTEAD ADD EAT".split())
_ONLY = ("just", "only")
_RULED = frozenset(
    "KIND TAG CUISINE INTEREST PLACE THING MONEY LIMITWORD TIME DURATION LENGTH MEAL "
    "CHANGED ADULTS CHILDREN".split()
)


_WHEN = frozenset("DAY DAYS TIME ON NUMBER AND".split())
_LIMITS = frozenset("NOTBEFORE NOTAFTER UNTIL".split())  # "…, and not before eight"
_LENDING = STRONG | {"PUT", "SWAP", "START", "END", "KEEP"}


def lent(parts: list[list[Token]]) -> list[list[Token]]:
    """ "Day 3: no Cluny, Notre Dame two hours": the day is lent to what follows; "put A
    on day 1 and B on day 2": the verb is.
    """
    made: list[list[Token]] = []
    day: list[Token] = []
    verb: Token | None = None
    topic: list[Token] = []
    for i, part in enumerate(parts):
        meaning = [it for it in part if it.kind not in EMPTY]
        if (
            meaning
            and all(it.kind in ("DAY", "DAYS", "PART") for it in meaning)
            and has(meaning, {"DAY", "DAYS"})
            and i + 1 < len(parts)
        ):
            day = meaning
            continue
        if day and not has(part, {"DAY", "DAYS"}):
            part = [*part, *day]
        if made and (kinds := _kinds_lent(made[-1], part)):
            if not has(made[-1], {"ADD", "MORE"}):
                made.pop()
            part = [*kinds, *part]
        if made and _is_denied(made[-1], part):
            continue
        if made and (when := _when_free(made[-1], part)):
            made.pop()
            part = [*part, *when]
        if made and (more := _of_before(made[-1], part)):
            made[-1] = more
            continue
        if made and (slept := _slept(made[-1], part)):
            part = [*slept, *part]
        part = _about_topic(part, topic)
        following = parts[i + 1] if i + 1 < len(parts) else []
        topic = part if following and _is_topic(part, following) else []
        topic = [it for it in topic if it.kind not in ("WORD", "WANT", "IT", "TAKE")]
        if topic:
            continue
        meal = next(
            (it for it in (made[-1] if made else []) if it.kind == "MEAL"), None
        )
        kinds_said = {it.kind for it in part} - EMPTY
        of_days = any(it.text.startswith("nothing") for it in part)
        if meal is not None and kinds_said <= _WHEN | _LIMITS and not of_days:
            limited = kinds_said & _LIMITS and not kinds_said & {"DAY", "DAYS"}
            days = [it for it in made[-1] if it.kind in ("DAY", "DAYS")]
            part = [meal, *(days if limited else []), *part]
        kind = next(
            (it for it in (made[-1] if made else []) if it.kind == "KIND"), None
        )
        daily = has(part, {"NUMBER"}) and has(part, {"PERDAY"})
        if kind is not None and daily and not has(part, NAMING):
            part = [kind, *part]
        first = next((it for it in part if it.kind in _LENDING), None)
        if first is not None:
            verb = (
                first if has(part, {"DAY", "DAYS", "PLACE", "KIND", "TIME"}) else None
            )
        elif (
            verb is not None
            and meaning
            and meaning[0].kind
            in ("PLACE", "KIND", "ORDINAL", "DAY", "TIME", "TO", "ON")
        ):
            said = {"GO", "ALLOW"}
            if verb.kind not in ("START", "END"):
                said |= {"TIME", "CALMER", "FULLER", "CLEAR"}
            alone = verb.kind == "SWAP" and not has(part, {"WITH", "FOR", "TO"})
            if not (alone or has(part, said)):
                part = [verb, *part]
        made.append(part)
    return made
