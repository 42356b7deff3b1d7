"""Segments: a clause cut where its next statement begins."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.tokens import CONNECTORS, Token
from itinerary_app.assistant.reading.whichdays import exchanged

# With one of these as its first word that means something, a statement begins.
OPENERS = frozenset(
    "REMOVE ADD MOVE PUT SWAP KEEP LOCK UNLOCK MAKE START END REPLAN BESTORDER AVOID "
    "NO NOMORE ATMOST SPEND EAT ARRIVE DEPART LIKE NOTBEFORE NOTAFTER TAKE WANT UNDO "
    "REDO SHARE EXPORT NOT MORE LESS INSTEADOF CALMER FULLER CHEAPER OUT INSTEAD "
    "RATHER".split()
)
# Verbs that begin a statement even without a pause before them.
STRONG = frozenset("REMOVE ADD MOVE LOCK REPLAN BESTORDER".split())
SPLITTING = STRONG | {"KEEP", "SWAP", "NO", "NOMORE"}
# What a clause says of what it names.
PREDICATES = frozenset(
    "TIME CALMER FULLER PACE CLEAR PART PLACE STOP MEAL DURATION GO NOTBEFORE NOTAFTER "
    "UNTIL REPLAN CHEAPER DEARER MORE LESS ALLOW ATMOST KIND INTEREST BOOKED START END "
    "ADD REMOVE DEPART ARRIVE UNDO".split()
)
NAMING = frozenset(
    "PLACE STOP KIND TAG MEAL IT THEM INTEREST DAY DAYS THING DIET".split()
)
_EMPTY = frozenset("SKIP COURTESY TOO AGAIN".split())


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
    parts: list[list[Token]] = [[]]
    tokens = exchanged(tokens)
    for at, token in enumerate(tokens):
        rest = tokens[at + 1 :]
        if token.kind in CONNECTORS and parts[-1] and _begins(rest, parts[-1], token):
            parts.append([])
            continue
        if (
            token.kind in ("MORE", "LESS")
            and _has(parts[-1], {"INTEREST"})
            and _has(parts[-1], {"MORE", "LESS"})
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
            and _has(parts[-1], SPLITTING)
            and _named(parts[-1])
        ):
            parts.append([])
        parts[-1].append(token)
    parts = [part for part in map(_trimmed, parts) if part]
    return _lent(parts)


def _begins(rest: Sequence[Token], before: Sequence[Token], mark: Token) -> bool:
    """Whether a new statement begins behind a connector."""
    while rest and rest[0].kind in CONNECTORS:
        rest = rest[1:]
    ahead = _until_connector(rest)
    first = next((it for it in rest if it.kind not in _EMPTY), None)
    if first is None or not _means(before):
        return False
    if before[-1].kind in ("NO", "YES") or first.kind == "DITTO":
        return True
    if before[-1].kind == "OUT" and first.kind in NAMING and len(ahead) > 1:
        return True  # "Cluny out, Orangerie in"
    if (
        mark.kind == "COLON"
        and not _has(ahead, {"IT", "THEM"})
        and all(
            it.kind in NAMING | _EMPTY | CONNECTORS | {"ORDINAL", "EVERY"}
            for it in before
        )
        and not all(it.kind in {"DAY", "DAYS"} | _EMPTY for it in before)
    ):
        return False
    pair = {"WITH", "FOR", "TO"}
    paired = _has(before, {"SWAP"}) and _has(before, pair) and _has(ahead, pair)
    ends = {"FIRST", "LAST"}
    if _has(before, ends) and _has(ahead, ends) and first.kind in ("PLACE", "STOP"):
        return True  # "put A first and B last"
    if paired and first.kind in ("PLACE", "STOP", "KIND"):
        return True  # "replace A with B and C with D"
    named = all(it.kind in NAMING | _EMPTY for it in before)
    if mark.kind == "AND" and named and _has(ahead, {"SWAP", "REVERSE"}):
        return False  # "A and B swap places"
    if first.kind == "THEM" and mark.kind == "COMMA" and _has(before, {"PLACE"}):
        return _has(ahead, {"PART", "TIME", "DAY"})  # "…, both in the morning"
    if first.kind == "LIKE" and _has(ahead, {"NUMBER", "TIME"}):
        return False
    if mark.kind == "BUT" and first.kind == "NOT" and not _has(rest, OPENERS - {"NOT"}):
        return False  # "an hour less there, but not here"
    if mark.kind == "THEN" and named:
        return False  # "dinner after that at Spice Court"
    ends = {"DEPART", "END", "OUT"}
    if _has(before, {"DATE"}) and _has(ahead, {"DATE"}) and _has(ahead, ends):
        return False  # "we arrive on the 3rd and fly home on the 7th"
    if first.kind == "CLEAR" and mark.kind not in ("AND", "COLON"):
        free = {it.kind for it in ahead} - _EMPTY <= {"CLEAR", "IT"}
        return free and _has(before, {"DAY", "DAYS", "PART"})
    if mark.kind == "BUT" or mark.kind == "THEN":
        return first.kind not in ("PLACE",) or _has(rest, OPENERS)
    if first.kind == "MEAL" and _has(before, OPENERS | _BEFORE_MEALS):
        return _has(ahead, _OF_MEALS)
    if (
        first.kind in ("MORE", "LESS")
        and _has(ahead, {"INTEREST", "DURATION", "KIND", "PLACE"})
        and _has(before, OPENERS | PREDICATES - {"PLACE", "INTEREST"})
    ):
        return True
    if first.kind in ("DAY", "DAYS") and mark.kind != "AND" and _has(ahead, _OF_DAYS):
        return _has(before, OPENERS | PREDICATES - {"PLACE", "KIND"})
    if (
        first.kind == "DURATION"
        and _has(before, {"MORE", "LESS"})
        and _has(ahead, {"MORE", "LESS"})
    ):
        return True
    if first.kind in ("MORE", "LESS") and not _has(
        before, {"INTEREST", "DURATION", "MORE", "LESS"}
    ):
        return False
    if first.kind in OPENERS and not (first.kind == "NOT" and mark.kind == "AND"):
        return True
    if any(it.kind == "COURTESY" for it in rest[:2]) and _has(ahead, OPENERS):
        return True
    if mark.kind != "AND" and _has(before, {"TIME"}) and _has(ahead, {"TIME"}):
        return _has(ahead, {"MEAL", "DAY", "START", "END", "PLACE", "ARRIVE", "DEPART"})
    if _has(before, {"ATMOST"}) and _has(ahead, {"ATMOST"}):
        return True
    if mark.kind == "COLON":
        return not _has(
            before, {"PLACE", "KIND", "MEAL", "THING", "LIMITWORD"}
        ) or _has(rest, OPENERS)
    if _has(before, {"DAY", "DAYS", "NTHPART"}) and _has(
        ahead, {"DAY", "DAYS", "NTHPART"}
    ):
        if _has(before, {"FROM"}) and _has(ahead, {"FROM"}):
            return True  # "day 1 from half nine, day 2 from ten"
        return _has(before, PREDICATES) and _has(ahead, PREDICATES)
    if mark.kind != "AND" and _has(
        ahead,
        {"GO", "ALLOW", "NOMORE", "BOOKED", "SWAP", "REMOVE", "MOVE", "KEEP", "UNLOCK"},
    ):
        return _has(before, PREDICATES)
    return mark.kind != "AND" and _is_remark(ahead)


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
    return any(it.kind not in _EMPTY for it in tokens)


def _has(tokens: Sequence[Token], kinds: frozenset[str] | set[str]) -> bool:
    return any(it.kind in kinds for it in tokens)


def _named(tokens: Sequence[Token]) -> bool:
    return _has(tokens, NAMING)


def _trimmed(tokens: list[Token]) -> list[Token]:
    while tokens and tokens[0].kind in CONNECTORS:
        tokens = tokens[1:]
    while tokens and tokens[-1].kind in CONNECTORS:
        tokens = tokens[:-1]
    return tokens


_TOPIC = frozenset(
    "PLACE STOP KIND TAG THING ORDINAL LAST FIRST DAY DAYS PART TIME ON NUMBER AFTER "
    "BEFORE MEAL IT NEAR SIGHTS".split()
)


def _is_topic(part: Sequence[Token], following: Sequence[Token]) -> bool:
    """Whether it only names a stop by its place in the plan, for what comes next."""
    kinds = {it.kind for it in part} - _EMPTY
    points = any(it.kind in ("IT", "THEM") for it in following)
    if kinds and part[0].kind == "TAKE":  # "take the castle and put it behind …"
        return bool(kinds & {"PLACE", "STOP", "KIND"}) and kinds <= _TOPIC | {"TAKE"}
    named = {"PLACE", "STOP", "KIND", "THING", "REST", "MEAL"}
    if _has(following, {"KEEP", "LOCK", "REPLAN", "BESTORDER"}):
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
            _has(following, OPENERS | {"GO", "REVERSE"})
        )
    pointed = kinds & {"KIND", "THING", "ORDINAL", "LAST", "FIRST"}
    return (bool(pointed) and kinds <= _TOPIC and part[0].text == "the") or bool(
        kinds & {"STOP", "THING", "ORDINAL"} and kinds <= _TOPIC
    )


def _about_topic(part: list[Token], topic: list[Token]) -> list[Token]:
    """The part with its "it" replaced by the stop that was named before."""
    if not topic:
        return part
    if _has(topic, {"PLACE"}):  # without when it is now
        told = {it.kind for it in part} & {"PART", "DAY", "DAYS", "TIME"}
        topic = [it for it in topic if it.kind not in told]
    at = next((i for i, it in enumerate(part) if it.kind in ("IT", "THEM")), None)
    if at is not None:
        return [*part[:at], *topic, *part[at + 1 :]]
    at = next((i for i, it in enumerate(part) if it.kind == "THEM"), None)
    if at is not None:
        return [*part[:at], *topic, *part[at + 1 :]]
    if _has(part, {"PLACE", "KIND", "THING"}) and not _has(part, {"SWAP"}):
        return [*topic, *part]
    if _has(part, {"SWAP"}):
        at = next(i for i, it in enumerate(part) if it.kind == "SWAP")
        return [*part[: at + 1], *topic, *part[at + 1 :]]
    return [*topic, *part]


def _kinds_lent(before: list[Token], part: list[Token]) -> list[Token]:
    """ "We like gardens but one a day will do", "the markets stay, no further ones"."""
    limits = [it for it in part if it.kind == "ATMOST" and it.text not in _ONLY]
    rule = (
        limits
        or _has(part, {"NOMORE"})
        or (_has(part, {"NUMBER"}) and _has(part, {"PERDAY"}))
    )
    if not rule or _has(part, _RULED) or _has(before, {"NUMBER", "PERDAY", "DAY"}):
        return []
    return [it for it in before if it.kind in ("KIND", "TAG", "CUISINE")]


def _of_before(before: list[Token], part: list[Token]) -> list[Token]:
    """ "Ten minutes for the steps, tops", "Chartier, no": a word on what was named."""
    words = [it for it in part if it.kind not in _EMPTY]
    named = {it.kind for it in before} - _EMPTY
    priced = named & {"CHEAPER", "DEARER"} and named & {"PLACE", "STOP", "MEAL"}
    if priced and _has(words, {"CHEAPER", "DEARER", "SOMETHING"}):
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
    kinds = [it.kind for it in part if it.kind not in _EMPTY]
    if kinds[:1] != ["NOT"] or len(kinds) != 2:
        return False
    like = {"NUMBER": {"DURATION", "NUMBER", "TIME"}}.get(kinds[1], {kinds[1]})
    return kinds[1] in ("NUMBER", "DURATION", "TIME") and _has(before, like)


def _when_free(before: list[Token], part: list[Token]) -> list[Token]:
    """ "Saturday night we see friends, no plans needed": when that is."""
    kinds = {it.kind for it in part} - _EMPTY
    if "CLEAR" not in kinds or not kinds <= {"CLEAR", "IT", "KEEP"}:
        return []
    if _has(before, OPENERS - {"WANT", "LIKE"} | {"PLACE", "KIND", "MEAL", "CLEAR"}):
        return []
    when = [it for it in before if it.kind in ("DAY", "DAYS", "PART", "NTHPART")]
    return when if _has(when, {"DAY", "DAYS", "NTHPART"}) else []


_PRICED = frozenset("MAKE CHEAPER DEARER SOMETHING WANT FOR INSTEAD ADD EAT".split())
_ONLY = ("just", "only")
_RULED = frozenset(
    "KIND TAG CUISINE INTEREST PLACE THING MONEY LIMITWORD TIME DURATION LENGTH MEAL "
    "CHANGED ADULTS CHILDREN".split()
)


_WHEN = frozenset("DAY DAYS TIME ON NUMBER AND".split())
_LIMITS = frozenset("NOTBEFORE NOTAFTER UNTIL".split())  # "…, and not before eight"
_LENDING = STRONG | {"PUT", "SWAP", "START", "END", "KEEP"}


def _lent(parts: list[list[Token]]) -> list[list[Token]]:
    """ "Day 3: no Cluny, Notre Dame two hours": the day is lent to what follows; "put A
    on day 1 and B on day 2": the verb is.
    """
    made: list[list[Token]] = []
    day: list[Token] = []
    verb: Token | None = None
    topic: list[Token] = []
    for i, part in enumerate(parts):
        meaning = [it for it in part if it.kind not in _EMPTY]
        if (
            meaning
            and all(it.kind in ("DAY", "DAYS", "PART") for it in meaning)
            and _has(meaning, {"DAY", "DAYS"})
            and i + 1 < len(parts)
        ):
            day = meaning
            continue
        if day and not _has(part, {"DAY", "DAYS"}):
            part = [*part, *day]
        if made and (kinds := _kinds_lent(made[-1], part)):
            if not _has(made[-1], {"ADD", "MORE"}):
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
        part = _about_topic(part, topic)
        following = parts[i + 1] if i + 1 < len(parts) else []
        topic = part if following and _is_topic(part, following) else []
        topic = [it for it in topic if it.kind not in ("WORD", "WANT", "IT", "TAKE")]
        if topic:
            continue
        meal = next(
            (it for it in (made[-1] if made else []) if it.kind == "MEAL"), None
        )
        kinds_said = {it.kind for it in part} - _EMPTY
        if meal is not None and kinds_said <= _WHEN | _LIMITS:
            limited = kinds_said & _LIMITS and not kinds_said & {"DAY", "DAYS"}
            days = [it for it in made[-1] if it.kind in ("DAY", "DAYS")]
            part = [meal, *(days if limited else []), *part]
        kind = next(
            (it for it in (made[-1] if made else []) if it.kind == "KIND"), None
        )
        daily = _has(part, {"NUMBER"}) and _has(part, {"PERDAY"})
        if kind is not None and daily and not _has(part, NAMING):
            part = [kind, *part]
        first = next((it for it in part if it.kind in _LENDING), None)
        if first is not None:
            verb = (
                first if _has(part, {"DAY", "DAYS", "PLACE", "KIND", "TIME"}) else None
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
            alone = verb.kind == "SWAP" and not _has(part, {"WITH", "FOR", "TO"})
            if not (alone or _has(part, said)):
                part = [verb, *part]
        made.append(part)
    return made
