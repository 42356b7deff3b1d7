"""Retyping: words that are something else beside others."""

from __future__ import annotations

from itertools import pairwise

from itinerary_app.assistant.reading.clocks import OF_DAYS, as_hour
from itinerary_app.assistant.reading.nouns import NOUNS
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.assistant.reading.transport import OF_WAYS

_ENGAGED = ("plans", "invitation", "invite", "engagement")
_DATED = frozenset("DAY DAYS NTHPART THATDAY".split())
_DENIALS = ("NO", "AVOID", "REMOVE")
_WALKING = ("as little walking as possible", "least walking")
_TIMELY = ("TIME", "NUMBER")
_SAVING = frozenset("save leave keep reserve".split())
_NAMED = frozenset("SKIP COURTESY PLACE ON DAY PART AND".split())
_LENGTHEN = ("extend", "extended", "prolonged", "prolong", "lengthen", "stretch")


def retyped(tokens: list[Token]) -> list[Token]:
    """Words that are something else beside others: "leave the morning free"."""
    tokens = _left_to_us(tokens)
    kinds = {token.kind for token in tokens}
    made: list[Token] = []
    for i, token in enumerate(tokens):
        behind = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        behind_all = next((it.kind for it in tokens[i + 1 :] if it.kind != "SKIP"), "")
        if token.text == "leave" and kinds & {"CLEAR", "REST", "OUT"}:
            token = token._replace(kind="TAKE" if "OUT" in kinds else "KEEP")
        elif token.text == "plan" and behind_all == "MEAL":
            token = token._replace(kind="ADD")
        elif token.text in ("stay", "stay in") and _is_of_nights(kinds):
            token = token._replace(kind="SLEEP")
        elif token.text == "leave" and ("SOLO" in kinds or _as_it_is(tokens)):
            token = token._replace(kind="KEEP")
        elif (token.kind == "SOLO" and any(it.text == "leave" for it in tokens)) or (
            token.kind == "NOT" and behind in ("TIME", "DAY") and _twice(tokens, behind)
        ):
            continue
        elif (
            token.kind in ("TIME", "DAY")
            and i
            and tokens[i - 1].kind == "NOT"
            and (_twice(tokens, token.kind))
        ):
            continue  # "at half nine, not at ten": what it is not
        elif (token.text in ("stop at", "stop by") and _is_hour(tokens, i + 1)) or (
            token.text in ("stop at", "stop by") and behind == "TIME"
        ):
            token = token._replace(kind="END")
        elif (
            token.kind == "ITS"
            and kinds & {"CALMER", "FULLER", "CHEAPER", "DEARER"}
            and (_remarked(tokens[i + 1 :]))
        ):
            token = token._replace(kind="REMARK")
        elif token.kind == "UNTIL" and "latest" in token.text and behind not in _TIMELY:
            if "END" in kinds:
                continue  # "by half past five at the latest"
            if made and made[-1].kind in _TIMELY:
                made.insert(-1, token)
                continue
        elif token.kind == "NOTBEFORE" and "earliest" in token.text:
            at = next((i for i, it in enumerate(made) if it.kind in _TIMELY), None)
            if at is not None and behind not in _TIMELY:
                made.insert(at, token)
                continue  # "ten at the earliest"
        elif token.kind == "END" and token.text == "back" and "MOVE" in kinds:
            continue
        elif token.kind == "NOT" and behind == "NUMBER" and made:
            if made[-1].kind in ("LENGTH", "DURATION", "TIME"):
                break  # "two days not three"
        elif token.kind == "INSTEADOF" and behind in ("ON", "DAY", *_TIMELY) and made:
            when = ("DAY",) if _behind_on(tokens, i) == "DAY" else (*_TIMELY, "LENGTH")
            if any(it.kind in when for it in made):
                break  # "at seven rather than half six": what it was
        elif token.text in _WALKING and not kinds & OF_DAYS:
            token = token._replace(kind="MOBILITY", value="less_walking")
        elif token.kind == "MORE" and token.text in _LENGTHEN:
            if kinds & {"LENGTH", "DELTA", "PERDAY"}:
                token = token._replace(kind="ADD")
        elif token.text == "over" and not (
            i and tokens[i - 1].kind in NOUNS and behind in (*NOUNS, "SKIP")
        ):
            if behind not in ("ON", "UNTIL", "WITH", *_TIMELY):
                continue
            token = token._replace(kind="END")
        elif token.text in _SAVING and _is_put_off(tokens[i + 1 :]):
            token = token._replace(kind="MOVE")
        elif (
            token.kind == "UNTIL"
            and behind_all in ("DAY", "PART")
            and any(it.kind == "MOVE" for it in made)
        ):
            token = token._replace(kind="TO")
        elif token.kind == "REMOVE" and _is_shortened(tokens[i + 1 :]):
            token = token._replace(kind="LESS")
        elif token.text in ("get", "have") and "OUT" in kinds and "PLACE" not in kinds:
            token = token._replace(kind="TAKE")  # "get it out"
        elif token.kind == "TAKE" and "INSTEAD" in kinds and "OUT" not in kinds:
            continue  # "take the zoo rather"
        elif token.text == "cut it" and "DURATION" in kinds:
            made.append(token._replace(kind="LESS"))  # "cut it by an hour"
            if kinds & {"PLACE", "STOP", "KIND"}:
                continue
            token = token._replace(kind="IT")
        elif token.text == "rather" and "THAN" in kinds and not made:
            token = token._replace(kind="RATHER")
        elif token.text == "let" and any(it.text == "go" for it in tokens):
            continue
        elif token.text == "go" and not behind_all and tokens[0].text == "let":
            token = token._replace(kind="GO")
        elif token.text == "go on" and behind_all == "DAY":
            token = token._replace(kind="MOVE")
        elif token.text == "goes" and not behind_all and not _has_in(tokens[:i]):
            token = token._replace(kind="GO")
        elif token.text == "in" and not behind_all and kinds <= _NAMED:
            token = token._replace(kind="ADD")  # "Vatican out, castle in"
        elif token.text == "off" and i and tokens[i - 1].kind in ("PART", "DAY"):
            token = token._replace(kind="OUT" if "TAKE" in kinds else "CLEAR")
        elif token.text == "off" and "TAKE" in kinds:
            token = token._replace(kind="OUT")
        elif token.text == "off" and token.kind == "FROM" and "KEEP" in kinds:
            token = token._replace(kind="OUT")
        elif token.kind == "NUMBER" and token.value == 0 and behind in NOUNS:
            token = token._replace(kind="NO")  # "zero churches"
        elif token.text == "single" and behind in NOUNS:
            token = token._replace(kind="NUMBER", value=1)
        elif (
            (token.kind == "TO" and i and tokens[i - 1].kind == "NOT")
            or (token.kind == "REST" and behind == "KEEP" and "EXCEPT" in kinds)
            or (token.text == "either" and not behind and kinds & {"NOT", *_DENIALS})
        ):
            continue  # "not to visit churches", "everything stays except X"
        elif token.kind == "OWN" and behind == "MEAL":
            token = token._replace(kind="CLEAR")
        elif token.text in _ENGAGED and made and made[-1].kind == "MEAL":
            if tokens[0].text.startswith(("we", "i", "there")) and kinds & _DATED:
                token = token._replace(kind="CLEAR")  # "we have dinner plans"
        elif (token.kind == "THAN" and kinds & {"CHEAPER", "DEARER"}) or (
            token.text == "forward" and "MOVE" in kinds and "TIME" in kinds
        ):
            continue  # "something cheaper than X", as X is
        elif (
            token.kind == "NOT"
            and i
            and tokens[i - 1].kind == "AND"
            and next((it.kind for it in made if it.kind != "SKIP"), "") in _DENIALS
        ):
            continue  # "no bars and not the brewery either"
        elif token.kind == "NUMBER" and kinds <= {"SKIP", "NUMBER"}:
            if not any(it.text.startswith(("we", "there")) for it in tokens[:i]):
                return tokens
            token = token._replace(kind="ADULTS")  # "we are four now"
        elif token.kind == "FROM" and _begins_at(tokens, i):
            token = token._replace(kind="NOTBEFORE")
        elif token.kind == "PUT" and behind == "IT" and _goes_in(tokens[i + 2 :]):
            token = token._replace(kind="ADD")
        elif token.text == "a day" and made and made[-1].text == "by":
            token = token._replace(kind="DELTA", value=1)
        elif token.text == "by" and behind_all in ("LENGTH", "DELTA"):
            continue
        elif token.kind == "INSTEAD" and {"MOVE", "IT"} <= kinds:
            if kinds & {*_TIMELY, "DAY", "PART"} and "PLACE" not in kinds:
                made[-1:] = map(as_hour, made[-1:])
                continue  # "move it to ten instead": of when it is
        elif token.kind in ("LATESTART", "EARLYSTART") and kinds & {*_TIMELY}:
            token = token._replace(kind="START")
        elif token.kind == "PLACE" and behind == "DAYWORD":
            token = token._replace(kind="REMARK")
        elif (
            token.kind == "NUMBER"
            and token.text == "one"
            and i
            and tokens[i - 1].text == "the"
            and behind not in NOUNS
        ):
            token = token._replace(kind="THING", value="stop")
        elif token.text == "of us" and kinds & {"DIET", "MOBILITY"}:
            if made and made[-1].kind == "NUMBER":
                made.pop()
            continue
        elif (token.kind == "BOOKED" and kinds & {"HOTEL"}) or (
            token.kind == "DEPART"
            and "ARRIVE" in kinds
            and token.text.split()[0] in OF_WAYS
        ):
            continue
        elif token.kind == "PERDAY" and token.text == "the day" and behind == "AFTER":
            token = token._replace(kind="DAY", value="next")
        elif (token.kind == "AFTER" and made and made[-1].value == "next") or (
            token.kind == "NOMORE" and "DURATION" in kinds
        ):
            continue
        elif token.kind in ("AFTER", "BEFORE") and _is_change(tokens, i):
            token = token._replace(kind="LATER" if token.kind == "AFTER" else "EARLIER")
        elif (
            token.kind == "ITS" and behind in ("SKIP", "PLACE") and "GO" in kinds
        ) or (token.kind == "IT" and token.text == "that" and behind == "GO"):
            continue
        elif token.kind == "NIGHTS" and token.text in ("night", "nights", "night's"):
            before = next((it.kind for it in reversed(made) if it.kind != "SKIP"), "")
            if before in ("DAY", "LAST", "FIRST", "ORDINAL") or (
                _behind_on(tokens, i) == "DAY" and token.text == "night"
            ):
                token = token._replace(kind="PART", value="evening")
            elif "MEAL" in kinds and before in ("EVERY", "THEM", "PERDAY"):
                while made[-1].kind in ("SKIP", "EVERY", "THEM"):
                    made.pop()
                continue
        elif (
            token.text == "off"
            and token.kind == "FROM"
            and "TAKE" in kinds
            and not behind
        ):
            token = token._replace(kind="OUT")
        elif token.text == "take off" and kinds & {"PLACE", "KIND", "STOP"}:
            token = token._replace(kind="REMOVE")
        elif (
            token.kind == "THEM" and "REVERSE" in kinds and kinds & {"STOP", "PLACE"}
        ) or (token.kind == "EVERY" and behind_all == "MEAL"):
            continue
        elif token.kind == "NOT" and "DIET" in kinds and _twice(tokens, "NOT"):
            continue  # "not taking non veg"
        elif token.text in ("late", "early") and i and tokens[i - 1].kind == "DURATION":
            token = token._replace(kind="LATER" if token.text == "late" else "EARLIER")
        elif (
            token.text == "in"
            and behind == "PLACE"
            and "stead" in {it.text for it in tokens[i + 2 : i + 3]}
        ):
            token = token._replace(kind="INSTEADOF")
        elif token.text == "stead" and i > 1 and tokens[i - 1].kind == "PLACE":
            continue
        elif token.kind in ("LESS", "MORE") and _is_told(tokens[i + 1 :]):
            continue  # "shorter, twenty minutes"
        elif (token.kind == "RATHER" and kinds & {"WANT", "INSTEADOF"}) or (
            behind_all == "DATE"
            and token.kind in ("UNTIL", "FROM", "BETWEEN", "BEFORE")
        ):
            continue
        elif token.text == "by" and "START" in kinds and "END" not in kinds:
            token = token._replace(kind="ON", text="at")  # "start by ten"
        elif (
            token.text in ("have", "has", "got")
            and i
            and tokens[i - 1].text.startswith(("we", "i"))
            and kinds & {"KIND", "TAG", "LIMITWORD"}
            and kinds & {"TIME", "DAY", "NUMBER"}
            and not kinds & {"MEAL", "COURTESY", "MONEY", "SPEND"}
        ):
            token = token._replace(kind="REMARK")  # "we have a concert at eight"
        elif token.text == "by" and (behind == "TIME" or _is_hour(tokens, i + 1)):
            there = "PLACE" in kinds and any(
                it.text in ("be", "reach") for it in tokens
            )
            token = token._replace(
                kind="ON" if there else "UNTIL", text="at" if there else "by"
            )
        elif (
            (
                token.kind in ("DEPART", "ARRIVE")
                and any(it.kind == token.kind for it in made)
            )
            or (token.kind == "EVERY" and not _noun_behind(tokens, i))
            or (
                token.kind in ("FROM", "TO")
                and behind in ("WORD", "")
                and kinds & {"DEPART", "ARRIVE"}
            )
            or (token.kind == "END" and "DEPART" in kinds and token.text == "home")
        ):
            continue
        made.append(token)
    return made


def _behind_on(tokens: list[Token], at: int) -> str:
    """The class behind a token, and behind "on"."""
    passed = ("ON", "SKIP")
    return next((it.kind for it in tokens[at + 1 :] if it.kind not in passed), "")


def _is_told(rest: list[Token]) -> bool:
    """Whether it follows behind a pause how long it is to be: "longer there, an hour"."""
    kinds = [it for it in _meaning(rest) if it != "ON"]
    if kinds[:1] and kinds[0] in ("IT", "PLACE", "STOP", "KIND"):
        kinds = kinds[1:]
    return kinds in (["COMMA", "DURATION"], ["DASH", "DURATION"], ["COLON", "DURATION"])


def _has_in(tokens: list[Token]) -> bool:
    return any(it.text == "in" for it in tokens)


def _is_put_off(rest: list[Token]) -> bool:
    """ "Save X for Sunday", "leave X till the last day"."""
    kinds = [it.kind for it in rest if it.kind not in ("SKIP", "COURTESY")]
    until = {("UNTIL", "DAY"), ("FOR", "DAY"), ("UNTIL", "PART"), ("FOR", "PART")}
    named = kinds[:1] in (["PLACE"], ["STOP"], ["KIND"], ["IT"], ["TAG"])
    return named and set(pairwise(kinds[:4])) & until != set()


def _is_shortened(rest: list[Token]) -> bool:
    """ "Cut X to an hour", "cut X by an hour", "take an hour off X": not X itself."""
    kinds = [it.kind for it in rest if it.kind not in ("SKIP", "COURTESY")]
    pairs = set(pairwise(kinds))
    shorter = {("TO", "DURATION"), ("WITH", "DURATION"), ("DURATION", "FROM")}
    return (
        bool(shorter & pairs) and {"PLACE", "IT", "KIND", "STOP"} & set(kinds) != set()
    )


def _is_of_nights(kinds: set[str]) -> bool:
    """Whether it is said where one sleeps, not how long one is at a stop."""
    place = kinds & {"PLACE", "BED"}
    nights = kinds & {"NIGHTS", "BED", "NTHPART"} or {"FROM", "DAY"} <= kinds
    return bool(place and nights and not kinds & {"DURATION", "TIME"})


def _as_it_is(tokens: list[Token]) -> bool:
    """ "Leave day 2 as it is": nobody leaves then."""
    said = {*" ".join(it.text for it in tokens).split()}
    return {"as", "is"} <= said or {"as", "are"} <= said or "unchanged" in said


def _left_to_us(tokens: list[Token]) -> list[Token]:
    """ "Leave dinner to us": nothing is to be planned there."""
    said = {it.text for it in tokens}
    if not ("leave" in said and said & {"to us", "to me"}):
        return tokens
    return [
        it._replace(kind="KEEP")
        if it.text == "leave"
        else it._replace(kind="CLEAR")
        if it.text in ("to us", "to me")
        else it
        for it in tokens
    ]


def _is_change(tokens: list[Token], at: int) -> bool:
    """ "An hour later than that", "one hour before": no neighbour, but a change."""
    if not at or tokens[at - 1].kind != "DURATION":
        return False
    rest = [it.kind for it in tokens[at + 1 :] if it.kind not in ("SKIP", "COURTESY")]
    return not rest or rest == ["IT"]


def _begins_at(tokens: list[Token], at: int) -> bool:
    """ "Sunday from ten": an hour behind "from", and no other."""
    rest = [it for it in tokens[at + 1 :] if it.kind not in ("SKIP", "ON")]
    hours = sum(it.kind in _TIMELY for it in tokens)
    of_days = any(it.kind in OF_DAYS for it in tokens)
    return bool(rest) and rest[0].kind in _TIMELY and hours == 1 and of_days


def _goes_in(rest: list[Token]) -> bool:
    """ "Put it in": into the plan, wherever it fits."""
    if not rest or rest[0].text != "in":
        return False
    return len(rest) == 1 or rest[1].kind in (
        "COURTESY", "SOMEWHERE", "COMMA", "ON", "DAY", "WORD", "INSTEAD",
    )  # fmt: skip


def _meaning(tokens: list[Token]) -> list[str]:
    """The classes of the words that say something."""
    return [it.kind for it in tokens if it.kind not in ("SKIP", "EVERY", "COURTESY")]


def _remarked(rest: list[Token]) -> bool:
    """Whether what follows "it's" says how things are, not how they are to be."""
    first = next((it for it in rest if it.kind not in ("SKIP", "WORD", "SO")), None)
    return first is not None and first.kind in ("CALMER", "FULLER", "CHEAPER", "DEARER")


def _twice(tokens: list[Token], kind: str) -> bool:
    like = (kind, "NUMBER") if kind == "TIME" else (kind,)
    return sum(it.kind in like for it in tokens) > 1


def _noun_behind(tokens: list[Token], at: int) -> bool:
    rest = [it for it in tokens[at + 1 : at + 4] if it.kind not in ("SKIP", "NUMBER")]
    return bool(rest) and rest[0].kind in {*NOUNS, "ORDINAL", "IT", "THEM"}


def _is_hour(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind == "NUMBER" and tokens[at].value <= 24
