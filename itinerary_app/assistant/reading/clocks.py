"""Clocks: bare numbers that are hours by what stands around them."""

from __future__ import annotations

from itinerary_app.assistant.reading.nouns import NOUNS
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.tokens import Token

# Behind these a bare number is an hour.
_HOURLY_WORDS = frozenset(
    "at around about by from until till before after like".split()
)
OF_DAYS = {"DAY", "DAYS", "WHOLETRIP", "PERDAY", "THATDAY"}
_SHARP = ("sharp", "on the dot", "ish", "o'clock", "exactly", "precisely")


_LIMITING = {"BEFORE": "NOTBEFORE", "UNTIL": "NOTBEFORE", "AFTER": "NOTAFTER"}
_DENYING = frozenset("NOT NO AVOID".split())
_EVENING = 18 * 60  # no day begins then
_ANY = ("anything", "any", "something", "out", "later", "earlier", "than", "be")
_OF_HOURS = OF_DAYS | frozenset(
    "NOT NO AVOID START END ADD WANT GO DEPART LIKE RATHER SKIP ON COURTESY TIME NUMBER "
    "BEFORE UNTIL AFTER SOMETHING EVERY HOTEL REST THING SIGHTS EARLIER LATER".split()
)


def bounded(tokens: list[Token]) -> list[Token]:
    """ "We can't do anything on Friday until one": as "not before one on Friday"."""
    denied = next((i for i, it in enumerate(tokens) if it.kind in _DENYING), None)
    ends = any(it.kind == "END" for it in tokens)
    if denied is None or (
        ends and any(it.kind in ("BEFORE", "UNTIL") for it in tokens)
    ):
        return tokens  # "never in bed before midnight"
    if any(it.kind not in _OF_HOURS and it.text not in _ANY for it in tokens):
        return tokens
    for at in range(denied + 1, len(tokens) - 1):
        token, behind = tokens[at], tokens[at + 1]
        if token.kind in _LIMITING and behind.kind in ("TIME", "NUMBER"):
            limit = token._replace(kind=_LIMITING[token.kind])
            kept = [it for it in tokens if it.kind in OF_DAYS]
            clock = _clock(behind) if behind.kind == "NUMBER" else behind.value
            begins = limit.kind == "NOTBEFORE"
            if clock is None or (begins and clock.minutes >= _EVENING):
                return tokens
            return [limit, behind._replace(kind="TIME", value=clock), *kept]
    return tokens


def hours(tokens: list[Token]) -> list[Token]:
    """Bare numbers behind "at", "until", "dinner" … as times of day."""
    made: list[Token] = []
    timed = any(token.kind == "TIME" for token in tokens) or _spans_hours(tokens)
    limited = any(token.kind == "LIMITWORD" for token in tokens)
    for i, token in enumerate(tokens):
        before = made[-1] if made else None
        kind = before.kind if before else ""
        behind = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        if (
            token.kind == "NUMBER"
            and (before is not None or behind in ("SKIP", *_TO))
            and not limited
            and behind not in (*NOUNS, "ADULTS", "CHILDREN", "LENGTH")
            and (
                (before and before.text in _HOURLY_WORDS)
                or kind in ("UNTIL", "NOTBEFORE", "NOTAFTER", "START", "END")
                or kind in ("MEAL", "ARRIVE", "DEPART", "BOOKED")
                or (kind in ("TO", "DASH", "AND", "BETWEEN") and timed)
                or (before and before.text in ("to", "-", "–") and _was_hour(made))
                or (behind in _TO and _spans_hours(tokens))
                or (before and before.text == "say" and _of_begin(made))
                or (token.text.isdigit() and len(token.text) >= 3)
                or (tokens[i + 1 : i + 2] and tokens[i + 1].text in _SHARP)
            )
            and (clock := _clock(token))
        ):
            timed = True
            token = token._replace(kind="TIME", value=clock)
        made.append(token)
    return made


def _spans_hours(tokens: list[Token]) -> bool:
    """ "Nine to six", of days and nothing else."""
    meaning = [it for it in tokens if it.kind not in ("SKIP", "ON", "WANT")]
    kinds = [it.kind for it in meaning]
    for at in range(len(kinds) - 2):
        first, to, last = kinds[at : at + 3]
        if (first, last) == ("NUMBER", "NUMBER") and to in _TO:
            rest = set(kinds) - {"NUMBER", *_TO, "COLON", "COMMA", "COURTESY"}
            return bool(rest & OF_DAYS) and rest <= OF_DAYS | {"LIKE", "WORD"}
    return False


_TO = ("TO", "UNTIL", "DASH")


def _of_begin(made: list[Token]) -> bool:
    return any(it.kind in ("START", "LATESTART", "EARLYSTART", "END") for it in made)


def _was_hour(made: list[Token]) -> bool:
    return len(made) > 1 and made[-2].kind in ("TIME", "NUMBER")


def as_hour(token: Token) -> Token:
    """A bare number up to 24 as a time of day, and any other token as it is."""
    if token.kind != "NUMBER" or not 0 < token.value <= 24:
        return token
    return token._replace(kind="TIME", value=_clock(token))


def _clock(token: Token) -> Clock | None:
    number = token.value
    if number <= 24:
        return Clock(number * 60, open=0 < number <= 12 and token.text[0] != "0")
    hours, minutes = divmod(number, 100)
    if 1 <= hours <= 24 and minutes < 60:
        return Clock(hours * 60 + minutes, open=hours <= 12)
    return None
