"""Tokens made ready for the grammar: words that carry nothing go, what belongs
together becomes one token.
"""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.frames import is_plural
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.retyping import NOUNS, OF_DAYS, retyped, transport
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.spelling import common_words
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.model import Place

EATING = ("restaurant", "cafe", "street_food", "bar", "food")
NOTHING = frozenset(
    "SOMEWHERE SKIP COURTESY TOO COMMA COLON DASH AGAIN THEN TRIP BUT SO".split()
)
# Behind these a bare number is an hour.
_HOURLY = frozenset(
    "ON FROM UNTIL BEFORE AFTER NOTBEFORE NOTAFTER START END BOOKED ARRIVE DEPART "
    "BETWEEN LIKE SKIP".split()
)
_HOURLY_WORDS = frozenset(
    "at around about by from until till before after like".split()
)


def shaped(
    tokens: Sequence[Token], names: Names, places: Sequence[Place]
) -> list[Token]:
    """The tokens of a clause that mean something, in their order."""
    made = list(tokens)
    for step in (
        transport,
        retyped,
        _hours,
        _counted,
        _determined,
        _unsure,
        _without_nothing,
        _joined_days,
        _ordinals,
    ):
        made = step(made)
    made = _named_kinds(made, names, {place.id: place for place in places})
    return made


def _hours(tokens: list[Token]) -> list[Token]:
    """Bare numbers behind "at", "until", "dinner" … as times of day."""
    made: list[Token] = []
    timed = any(token.kind == "TIME" for token in tokens) or _spans_hours(tokens)
    for i, token in enumerate(tokens):
        before = made[-1] if made else None
        behind = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        if (
            token.kind == "NUMBER"
            and before is not None
            and behind not in (*NOUNS, "ADULTS", "CHILDREN", "LENGTH")
            and (
                before.text in _HOURLY_WORDS
                or before.kind in ("UNTIL", "NOTBEFORE", "NOTAFTER", "START", "END")
                or before.kind in ("MEAL", "ARRIVE", "DEPART", "BOOKED")
                or (before.kind in ("TO", "DASH", "AND", "BETWEEN") and timed)
                or (behind == "TO" and _spans_hours(tokens))
                or (before.text in ("to", "-", "–") and _was_hour(made))
                or (token.text.isdigit() and len(token.text) >= 3)
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
        if kinds[at : at + 3] == ["NUMBER", "TO", "NUMBER"]:
            rest = set(kinds) - {"NUMBER", "TO", "COLON", "COMMA", "COURTESY"}
            return bool(rest & OF_DAYS) and rest <= OF_DAYS | {"LIKE", "WORD"}
    return False


def _was_hour(made: list[Token]) -> bool:
    return len(made) > 1 and made[-2].kind in ("TIME", "NUMBER")


def _clock(token: Token) -> Clock | None:
    number = token.value
    if number <= 24:
        return Clock(number * 60, open=0 < number <= 12 and token.text[0] != "0")
    hours, minutes = divmod(number, 100)
    if 1 <= hours <= 24 and minutes < 60:
        return Clock(hours * 60 + minutes, open=hours <= 12)
    return None


def _counted(tokens: list[Token]) -> list[Token]:
    """ "Four adults", "my two kids": how many people as one token."""
    made: list[Token] = []
    for token in tokens:
        before = next((it for it in reversed(made) if it.kind != "SKIP"), None)
        if token.kind == "FRIENDS" and before is not None and before.kind == "NUMBER":
            made.remove(before)  # "two couples"
            token = token._replace(kind="ADULTS", value=2 * before.value)
        elif token.kind in ("ADULTS", "CHILDREN"):
            value = int(token.value or 0)
            if before is not None and before.kind == "NUMBER":
                value = before.value
                made.remove(before)
            elif token.kind == "CHILDREN" and not value:
                value = (
                    1 if not is_plural(token.text) and token.text != "children" else 0
                )
            token = token._replace(value=value)
        made.append(token)
    return made


def _unsure(tokens: list[Token]) -> list[Token]:
    """A part of a name beside a word that we don't know is another name."""
    made = list(tokens)
    for i, token in enumerate(tokens):
        if i and token.kind in ("KIND", "TAG", "CUISINE"):
            near = tokens[i - 1]
            rare = near.kind == "WORD" and near.text not in common_words()
            if rare and _touch(near, token):
                made[i] = token._replace(kind="WORD", value=token.text)
        if token.kind != "PLACE" or " " in token.text:
            continue
        before = tokens[i - 1] if i else None
        if before is None or before.text in common_words():
            continue
        if (
            before.kind == "WORD"
            and _touch(before, token)
            and token.text not in before.text
            and len(token.value) == 1
        ):
            made[i] = token._replace(kind="WORD", value=token.text)
    return made


def _touch(first: Token, second: Token) -> bool:
    return second.start - first.end <= 1


def _determined(tokens: list[Token]) -> list[Token]:
    """ "That second church" is the second church, "both markets" are all markets."""
    made: list[Token] = []
    for i, token in enumerate(tokens):
        rest = [it for it in tokens[i + 1 : i + 4] if it.kind != "SKIP"]
        behind = rest[0].kind if rest else ""
        if (
            token.kind == "IT"
            and behind in (*NOUNS, "ORDINAL", "LAST", "FIRST")
            and token.text in ("that", "this")
        ):
            continue
        if token.kind == "THEM" and behind in ("KIND", "TAG", "CUISINE", "THING"):
            token = token._replace(kind="EVERY")
        if (
            token.kind == "ATMOST"
            and token.text in ("only", "just")
            and behind not in ("NUMBER", "INTEREST", "DAY", "PART", "LENGTH", "TAG")
        ):
            continue
        made.append(token)
    return made


def _without_nothing(tokens: list[Token]) -> list[Token]:
    made: list[Token] = []
    for token in tokens:
        if token.kind in NOTHING:
            continue
        one = token.kind == "NUMBER" and token.text == "one"
        if (
            one
            and made
            and made[-1].kind in ("IT", "OTHER", "ORDINAL", "LAST", "FIRST")
        ):
            continue
        if token.kind == "ON" and token.text not in ("at", "around"):
            continue
        made.append(token)
    return [
        token
        for i, token in enumerate(made)
        if token.kind != "ON" or (made[i + 1 : i + 2] and made[i + 1].kind == "NUMBER")
    ]


def _joined_days(tokens: list[Token]) -> list[Token]:
    """ "Day 1 and day 3" as one token with both days."""
    made: list[Token] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "NTHPART":
            day, part = token.value
            made.append(token._replace(kind="DAY", value=day))
            made.append(token._replace(kind="PART", value=part))
            i += 1
            continue
        if token.kind == "DAYLIST":
            token = token._replace(kind="DAYS")
        if token.kind in ("DAY", "DAYS"):
            days = list(token.value) if token.kind == "DAYS" else [token.value]
            while (
                i + 2 < len(tokens)
                and tokens[i + 1].kind == "AND"
                and tokens[i + 2].kind in ("DAY", "DAYS")
            ):
                more = tokens[i + 2]
                days += more.value if more.kind == "DAYS" else [more.value]
                token = token._replace(
                    text=f"{token.text} and {more.text}", end=more.end
                )
                i += 2
            kind = "DAYS" if len(days) > 1 else "DAY"
            token = token._replace(kind=kind, value=days if len(days) > 1 else days[0])
        made.append(token)
        i += 1
    return made


def _ordinals(tokens: list[Token]) -> list[Token]:
    """ "First" before a noun counts; alone it is a place in the order."""
    made = []
    for i, token in enumerate(tokens):
        behind = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        if token.kind in ("FIRST", "LAST") and behind in NOUNS:
            token = token._replace(
                kind="ORDINAL", value=1 if token.kind == "FIRST" else -1
            )
        elif token.kind == "ORDINAL" and token.value == 1 and behind not in NOUNS:
            token = token._replace(kind="FIRST")
        elif token.kind == "ORDINAL" and token.value > 9 and behind not in NOUNS:
            token = token._replace(kind="WORD")
        made.append(token)
    return made


def _named_kinds(
    tokens: list[Token], names: Names, places: dict[str, Place]
) -> list[Token]:
    """ "The Monet place", "Trastevere's church": a name and its kind of place."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        if token.kind in ("TAG", "CUISINE") and token.text.startswith("the "):
            named = names.within(token.text[4:])
            if len(named) == 1:
                token = token._replace(kind="PLACE", value=named)
        if (
            before is not None
            and before.kind == token.kind == "PLACE"
            and set(before.value) & set(token.value)
        ):
            shared = tuple(it for it in before.value if it in token.value)
            made[-1] = before._replace(value=shared, end=token.end)
            continue
        if (
            before is not None
            and before.kind == "PLACE"
            and token.kind in ("THING", "PLACE", "KIND")
        ):
            if token.kind == "THING":
                continue
            if token.kind == "KIND":
                alike = names.within(before.text) or before.value
                kinds = token.value.split(",")
                ids = tuple(it for it in alike if places[it].category in kinds)
                if ids:
                    made[-1] = before._replace(value=ids, end=token.end)
                    continue
                if token.end - before.end < len(token.text) + 2:
                    continue
        if before is not None and before.kind == "KIND" and token.kind == "PLACE":
            kinds = before.value.split(",")
            ids = tuple(it for it in token.value if places[it].category in kinds)
            if ids and token.start - before.end < 3:
                made[-1] = token._replace(value=ids, start=before.start)
                continue
        if (
            before is not None
            and before.kind in ("TAG", "CUISINE")
            and token.kind == "PLACE"
            and token.start - before.end < 10
        ):
            made[-1] = token
            continue
        if before is not None and before.kind in ("KIND", "TAG", "CUISINE"):
            eating = before.kind == "CUISINE" and token.value in EATING
            if token.kind == "THING" or eating:
                continue
        made.append(token)
    return made
