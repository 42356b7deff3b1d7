"""Whole days: all that is planned on one comes later, goes to another, makes way."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.tokens import Token

_FORWARD = ("forward", "forwards", "up")
_ALL = frozenset("REST DAY WHOLETRIP".split())
_NOTHING = frozenset("SKIP COURTESY ON COMMA".split())
# What may be meant otherwise: what a day is spent with makes way for the rest, or all
# of the rest for it; what all goes to another day changes places with that, or not.
DOUBTFUL = (
    r"\b(?:spend|devote|dedicate|replace|swap|exchange|change) (?:the )?"
    r"(?:whole |entire |all )?(?:of )?(?:day \w+|\w+ day|\w+day) "
    r"(?:at|in|on|to|with|for|by)\b"
    r"|\b(?:everything|all) (?:from|of|on) .*\bto\b"
    r"|\b(?:finish|end|stop)\b.*\bearlier\b"
)


def as_days(tokens: Sequence[Token]) -> list[Token]:
    """The tokens as the grammar has them for days; the same ones if it is none."""
    made = [it for it in tokens if it.kind not in _NOTHING]
    kinds = [it.kind for it in made]
    for step in (_pushed, _carried, _spent, _instead):
        if (found := step(made, kinds)) is not None:
            return found
    return list(tokens)


def _pushed(tokens: list[Token], kinds: list[str]) -> list[Token] | None:
    """ "Push everything back an hour", "move day 2 forward by 30 minutes"."""
    days = [it for it in tokens if it.kind == "DAY" or _is_all_of_day(it)]
    rest = [
        it for it in tokens[1:] if it not in days and it.kind not in ("REST", "WITH")
    ]
    if kinds[:1] != ["MOVE"] or not (days or "REST" in kinds):
        return None
    moved = [it for it in rest if it.kind != "DURATION"]
    if len(rest) != 2 or len(moved) != 1 or "DURATION" not in kinds:
        return None
    if moved[0].text in _FORWARD:
        way = "EARLIER"
    elif moved[0].kind == "END" and moved[0].text.startswith("back"):
        way = "LATER"
    else:
        return None
    start = tokens[0]._replace(kind="START", value="", text="start")
    lasting = next(it for it in rest if it.kind == "DURATION")
    return [start, *map(as_day, days), lasting, moved[0]._replace(kind=way, value="")]


def _carried(tokens: list[Token], kinds: list[str]) -> list[Token] | None:
    """ "Move everything from day 3 to day 1": the days change places."""
    whole = tokens[1:2] and _is_all_of_day(tokens[1])
    if whole and kinds == ["MOVE", "STOP", "TO", "DAY"]:
        return [tokens[0], as_day(tokens[1]), *tokens[2:]]
    if kinds == ["MOVE", "REST", "FROM", "DAY", "TO", "DAY"]:
        return [tokens[0], *tokens[3:]]
    return None


def _spent(tokens: list[Token], kinds: list[str]) -> list[Token] | None:
    """ "Spend day 3 at X", "replace day 3 with X": X on that day."""
    if kinds not in (
        ["SPEND", "DAY", "PLACE"],
        ["SWAP", "DAY", "WITH", "PLACE"],
        ["SWAP", "DAY", "FOR", "PLACE"],
    ):
        return None
    return [tokens[0]._replace(kind="ADD", value="", text="add"), tokens[-1], tokens[1]]


def _instead(tokens: list[Token], kinds: list[str]) -> list[Token] | None:
    """ "Replace all churches with museums", "dinner to something Italian"."""
    if kinds[:2] == ["REPLAN", "KIND"] and tokens[0].text.endswith(" all"):
        swap = tokens[0]._replace(kind="SWAP", value="")
        every = tokens[0]._replace(kind="EVERY", value="", text="all")
        return [swap, every, *tokens[1:]]
    if kinds[-2:] == ["KIND", "LIMITWORD"] and tokens[-1].text == "for museums":
        of = tokens[-1]._replace(kind="FOR", text="for")
        return [
            *tokens[:-1],
            of,
            of._replace(kind="KIND", value="museum", text="museums"),
        ]
    if kinds[0:1] == ["SWAP"] and "MEAL" in kinds and kinds[-2:-1] == ["SOMETHING"]:
        return [*tokens[:-2], tokens[-1]]
    return None


def _is_all_of_day(token: Token) -> bool:
    """Whether it is "everything on day 2"."""
    if token.kind != "STOP" or not token.text.startswith("everything"):
        return False
    ref, *more = token.value
    return bool(
        ref.every and ref.day and not (ref.kind or ref.part or ref.after or more)
    )


def as_day(token: Token) -> Token:
    """ "Everything on day 2" as the day, of which all is meant."""
    whole = _is_all_of_day(token)
    return token._replace(kind="DAY", value=token.value[0].day) if whole else token
