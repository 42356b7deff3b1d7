"""Tokens made ready for the grammar: words that carry nothing go, what belongs
together becomes one token.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from itinerary_app.assistant.reading.frames import is_plural
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.spans import Clock, Length
from itinerary_app.assistant.reading.spelling import common_words
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.model import Place

NOTHING = frozenset(
    "SOMEWHERE SKIP ITS COURTESY TOO COMMA COLON DASH AGAIN THEN TRIP BUT SO".split()
)
NOUNS = frozenset("PLACE KIND THING INTEREST TAG CUISINE MEAL SIGHTS".split())
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
        _transport,
        _retyped,
        _hours,
        _counted,
        _determined,
        _unsure,
        _without_nothing,
        _without_verbs,
        _joined_days,
        _ordinals,
    ):
        made = step(made)
    made = _named_kinds(made, names, {place.id: place for place in places})
    return made


def _transport(tokens: list[Token]) -> list[Token]:
    """A train, a flight: how one arrives or leaves."""
    kinds = {it.kind for it in tokens}
    if "TRANSPORT" not in kinds:
        return tokens
    kept = [it for it in tokens if it.kind != "TRANSPORT"]
    if "ARRIVE" in kinds:
        return [it for it in kept if it.kind != "DEPART"]
    if not kinds & {"TIME", "PART", "NUMBER"}:
        return [
            it._replace(kind="WORD") if it.kind == "TRANSPORT" else it for it in tokens
        ]
    if "DEPART" not in kinds:
        first = any(it.kind == "DAY" and it.value == 1 for it in tokens)
        at = next(i for i, it in enumerate(tokens) if it.kind == "TRANSPORT")
        leaves = any(it.text in _HOMEWARD for it in tokens) or not first
        kept.insert(at, tokens[at]._replace(kind="DEPART" if leaves else "ARRIVE"))
    return [it for it in kept if it.kind != "END" or it.text not in _HOMEWARD]


_HOMEWARD = frozenset("home back return out leaves goes departs to".split())


def _hours(tokens: list[Token]) -> list[Token]:
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
            and (before is not None or behind == "SKIP")
            and not limited
            and behind not in (*NOUNS, "ADULTS", "CHILDREN", "LENGTH")
            and (
                (before and before.text in _HOURLY_WORDS)
                or kind in ("UNTIL", "NOTBEFORE", "NOTAFTER", "START", "END")
                or kind in ("MEAL", "ARRIVE", "DEPART", "BOOKED")
                or (kind in ("TO", "DASH", "AND", "BETWEEN") and timed)
                or (before and before.text in ("to", "-", "–") and _was_hour(made))
                or (behind == "TO" and _spans_hours(tokens))
                or (token.text.isdigit() and len(token.text) >= 3)
                or tokens[i + 1 : i + 2] and tokens[i + 1].text in _SHARP
            )
            and (clock := _clock(token))
        ):
            timed = True
            token = token._replace(kind="TIME", value=clock)
        made.append(token)
    return made


_SHARP = ("sharp", "on the dot", "ish", "o'clock", "exactly", "precisely")


def _spans_hours(tokens: list[Token]) -> bool:
    """ "Nine to six", of days and nothing else."""
    meaning = [it for it in tokens if it.kind not in ("SKIP", "ON", "WANT")]
    kinds = [it.kind for it in meaning]
    for at in range(len(kinds) - 2):
        if kinds[at : at + 3] == ["NUMBER", "TO", "NUMBER"]:
            rest = set(kinds) - {"NUMBER", "TO", "COLON", "COMMA", "COURTESY"}
            return bool(rest & _OF_DAYS) and rest <= _OF_DAYS | {"LIKE", "WORD"}
    return False


_OF_DAYS = {"DAY", "DAYS", "WHOLETRIP", "PERDAY", "THATDAY"}


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


def _retyped(tokens: list[Token]) -> list[Token]:
    """Words that are something else beside others: "leave the morning free"."""
    kinds = {token.kind for token in tokens}
    made: list[Token] = []
    for i, token in enumerate(tokens):
        behind = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        behind_all = next((it.kind for it in tokens[i + 1 :] if it.kind != "SKIP"), "")
        if token.text == "leave" and kinds & {"CLEAR", "REST", "OUT"}:
            token = token._replace(kind="TAKE" if "OUT" in kinds else "KEEP")
        elif token.text == "leave" and "SOLO" in kinds:
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
        elif token.kind == "END" and token.text == "back" and "MOVE" in kinds:
            continue
        elif token.kind == "INSTEADOF" and behind in ("ON", *_TIMELY) and made:
            if any(it.kind in _TIMELY for it in made):
                break  # "at seven rather than half six": what it was
        elif token.kind == "MORE" and token.text in _LENGTHEN:
            if kinds & {"LENGTH", "DELTA", "PERDAY"}:
                token = token._replace(kind="ADD")
        elif token.text == "over" and not (
            i and tokens[i - 1].kind in NOUNS and behind in (*NOUNS, "SKIP")
        ):
            if behind not in ("ON", "UNTIL", "WITH", *_TIMELY):
                continue
            token = token._replace(kind="END")
        elif token.kind == "FROM" and _begins_at(tokens, i):
            token = token._replace(kind="NOTBEFORE")
        elif token.kind == "PUT" and behind == "IT" and _goes_in(tokens[i + 2 :]):
            token = token._replace(kind="ADD")
        elif token.text == "a day" and made and made[-1].text == "by":
            token = token._replace(kind="LENGTH", value=Length(1))
        elif token.kind == "LATESTART" and "TIME" in kinds:
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
        elif token.kind == "DEPART" and "ARRIVE" in kinds and token.text[:3] in (
            "our", "my ", "the",
        ):  # fmt: skip
            continue
        elif token.kind == "PERDAY" and token.text == "the day" and behind == "AFTER":
            token = token._replace(kind="DAY", value="next")
        elif token.kind == "AFTER" and made and made[-1].value == "next":
            continue
        elif token.kind == "NOMORE" and "DURATION" in kinds:
            continue
        elif token.kind in ("AFTER", "BEFORE") and _is_change(tokens, i):
            token = token._replace(kind="LATER" if token.kind == "AFTER" else "EARLIER")
        elif token.kind == "ITS" and behind in ("SKIP", "PLACE") and "GO" in kinds:
            continue
        elif token.kind == "IT" and token.text == "that" and behind == "GO":
            continue
        elif token.kind == "NIGHTS" and token.text in ("night", "nights"):
            before = next((it.kind for it in reversed(made) if it.kind != "SKIP"), "")
            if before in ("DAY", "LAST", "FIRST", "ORDINAL"):
                token = token._replace(kind="PART", value="evening")
            elif "MEAL" in kinds and before in ("EVERY", "THEM", "PERDAY"):
                while made[-1].kind in ("SKIP", "EVERY", "THEM"):
                    made.pop()
                continue
        elif token.kind in ("KIND", "INTEREST") and {
            it.text for it in tokens[i + 1 : i + 2]
        } & {"group", "choir", "club", "outing", "crowd", "trip", "lovers"}:
            continue  # "my church group"
        elif token.kind == "INTEREST" and i and tokens[i - 1].text in ("while", "when"):
            token = token._replace(kind="WORD")
        elif token.kind == "IT" and token.text in ("that", "this") and behind == "MEAL":
            token = token._replace(kind="THATDAY", text="that day", value="")
        elif token.text == "off" and token.kind == "FROM" and "TAKE" in kinds and not behind:
            token = token._replace(kind="OUT")
        elif token.text == "take off" and kinds & {"PLACE", "KIND", "STOP"}:
            token = token._replace(kind="REMOVE")
        elif token.kind == "THEM" and "REVERSE" in kinds and kinds & {"STOP", "PLACE"}:
            continue
        elif token.kind == "EVERY" and behind_all == "MEAL":
            continue
        elif token.kind == "NOT" and "DIET" in kinds and _twice(tokens, "NOT"):
            continue  # "not taking non veg"
        elif token.text in ("late", "early") and i and tokens[i - 1].kind == "DURATION":
            token = token._replace(kind="LATER" if token.text == "late" else "EARLIER")
        elif token.text == "in" and behind == "PLACE" and "stead" in {
            it.text for it in tokens[i + 2 : i + 3]
        }:
            token = token._replace(kind="INSTEADOF")
        elif token.text == "stead" and i > 1 and tokens[i - 1].kind == "PLACE":
            continue
        elif "INSTEADOF" in kinds and "ADULTS" in kinds and (
            token.kind == "INSTEADOF" or (i and tokens[i - 1].kind == "INSTEADOF")
        ):
            continue  # "three of us now instead of two"
        elif token.kind in ("LENGTH", "WHOLETRIP") and _is_daily(tokens, i):
            token = token._replace(kind="PERDAY", value=1)
        elif token.kind == "ATMOST" and (
            ("ALLOW" in kinds and token.text == "limit") or (token.text in ("just", "only") and kinds & _PEOPLE)
        ):
            continue
        elif token.kind == "ALLOW" and kinds >= {"ATMOST", "NUMBER"} and (
            "limit" not in {it.text for it in tokens}
        ):
            continue
        elif token.kind in ("LESS", "MORE") and (
            [it.kind for it in tokens[i + 1 :]] == ["COMMA", "DURATION"]
        ):
            continue  # "shorter, twenty minutes"
        elif token.kind == "NUMBER" and kinds & {"DIET", "MOBILITY"} and (
            i + 1 < len(tokens) and tokens[i + 1].text.startswith("of ")
        ):
            continue
        elif token.kind == "NUMBER" and i and tokens[i - 1].text in ("us", "we"):
            if not _noun_behind(tokens, i):
                token = token._replace(kind="ADULTS")
        elif token.kind == "NOMORE" and "NUMBER" in kinds and "PERDAY" in kinds:
            token = token._replace(kind="ATMOST")
        elif token.kind == "ATMOST" and any(it.kind == "ATMOST" for it in made):
            continue
        elif token.kind == "KEEP" and "ATMOST" in kinds and token.text == "keep":
            continue
        elif token.kind == "RATHER" and kinds & {"THAN", "WANT", "INSTEADOF"}:
            continue
        elif behind == "DATE" and token.kind in ("UNTIL", "FROM", "BETWEEN", "BEFORE"):
            continue
        elif token.text == "by" and (behind == "TIME" or _is_hour(tokens, i + 1)):
            token = token._replace(kind="UNTIL")
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
        elif (
            token.kind in ("KIND", "TAG", "CUISINE", "INTEREST")
            and i
            and _definite(tokens[i - 1])
        ):
            token = token._replace(text=f"the {token.text}")
        elif (
            token.kind in ("KIND", "TAG", "CUISINE")
            and i
            and tokens[i - 1].text in ("a", "an", "some", "another", "one more", "one")
        ):
            token = token._replace(text=f"a {token.text}")
        made.append(token)
    return made


_PEOPLE = frozenset("ADULTS CHILDREN FRIENDS SOLO".split())


def _is_daily(tokens: list[Token], at: int) -> bool:
    """ "Maximum one fort in one day", "the one-museum-a-day rule"."""
    kinds = {it.kind for it in tokens}
    if not ("NUMBER" in kinds and kinds & {"KIND", "TAG", "CUISINE"}):
        return False
    if tokens[at].kind == "LENGTH":
        daily = tokens[at].value.days == 1 and tokens[at - 1].text == "in"
        return daily and bool(kinds & {"ATMOST", "NOMORE"})
    return tokens[at].text in ("a day", "a-day", "per day", "each day", "every day")


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
    of_days = any(it.kind in _OF_DAYS for it in tokens)
    return bool(rest) and rest[0].kind in _TIMELY and hours == 1 and of_days


def _goes_in(rest: list[Token]) -> bool:
    """ "Put it in": into the plan, wherever it fits."""
    if not rest or rest[0].text != "in":
        return False
    return len(rest) == 1 or rest[1].kind in (
        "COURTESY", "SOMEWHERE", "COMMA", "ON", "DAY", "WORD", "INSTEAD",
    )  # fmt: skip


_TIMELY = ("TIME", "NUMBER")
_LENGTHEN = ("extend", "prolong", "lengthen", "stretch")


def _remarked(rest: list[Token]) -> bool:
    """Whether what follows "it's" says how things are, not how they are to be."""
    first = next((it for it in rest if it.kind not in ("SKIP", "WORD", "SO")), None)
    return first is not None and first.kind in ("CALMER", "FULLER", "CHEAPER", "DEARER")


def _twice(tokens: list[Token], kind: str) -> bool:
    return sum(it.kind == kind for it in tokens) > 1


def _noun_behind(tokens: list[Token], at: int) -> bool:
    rest = [it for it in tokens[at + 1 : at + 4] if it.kind not in ("SKIP", "NUMBER")]
    return bool(rest) and rest[0].kind in {*NOUNS, "ORDINAL", "IT", "THEM"}


def _is_hour(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind == "NUMBER" and tokens[at].value <= 24


def _definite(token: Token) -> bool:
    return token.text in ("the", "that", "this", "your")


def _counted(tokens: list[Token]) -> list[Token]:
    """ "Four adults", "two couples", "7 people, 3 are kids": how many as one token."""
    made: list[Token] = []
    several = sum(it.kind == "CHILDREN" for it in tokens) > 1
    for i, token in enumerate(tokens):
        before = next((it for it in reversed(made) if it.kind != "SKIP"), None)
        if token.kind == "NUMBER" and _is_group(tokens[max(0, i - 2) : i]):
            made[-2:] = [token._replace(kind="ADULTS")]
            continue
        if token.kind in ("ADULTS", "CHILDREN"):
            value = int(token.value or 0)
            if before is not None and before.kind == "NUMBER":
                value = before.value * (value or 1)
                apart = any(it.text in _OF_THESE for it in made[made.index(before) :])
                made.remove(before)
                if token.kind == "CHILDREN" and apart:
                    made = [_less(it, before.value) for it in made]
            elif token.kind == "CHILDREN" and not value and (before or several):
                many = is_plural(token.text) or token.text.endswith("children")
                value = 0 if many else 1
            token = token._replace(value=value)
        made.append(token)
    return made


def _is_group(tokens: Sequence[Token]) -> bool:
    """ "Family of", "party of", "group of"."""
    words = [it.text for it in tokens]
    return words[1:] == ["of"] and words[0] in ("family", "party", "group", "band")


_OF_THESE = ("are", "of them", "of them are", "of whom", "of which", "being")


def _less(token: Token, children: int) -> Token:
    """The number of all as the number of adults among them."""
    if token.kind == "ADULTS" and isinstance(token.value, int):
        return token._replace(value=max(0, token.value - children))
    return token


def _unsure(tokens: list[Token]) -> list[Token]:
    """A part of a name beside a word that we don't know is another name."""
    made = list(tokens)
    for i, token in enumerate(tokens):
        if token.kind != "PLACE" or " " in token.text:
            continue
        before = tokens[i - 1] if i else None
        if before is None or before.text in common_words():
            continue
        if before.kind == "WORD" and _touch(before, token):
            if token.text not in before.text and len(token.value) == 1:
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
        if token.kind == "IT" and behind in (*NOUNS, "ORDINAL", "LAST", "FIRST"):
            if token.text in ("that", "this"):
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
    limited = any(token.kind == "LIMITWORD" for token in tokens)
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
        if token.kind == "ON" and (limited or token.text not in ("at", "around")):
            continue
        made.append(token)
    return [
        token
        for i, token in enumerate(made)
        if token.kind != "ON" or (made[i + 1 : i + 2] and made[i + 1].kind == "NUMBER")
    ]


_SLOTS = frozenset("BUDGET PACE DIET MOBILITY".split())
_AROUND_SLOTS = frozenset("WANT TO FOR WITH MAKE LIKE RATHER".split())


def _without_verbs(tokens: list[Token]) -> list[Token]:
    """Where only wishes for the whole trip are named, verbs say nothing more."""
    kinds = {it.kind for it in tokens}
    if kinds & _SLOTS and kinds <= _SLOTS | _AROUND_SLOTS | {"AND"}:
        return [it for it in tokens if it.kind not in _AROUND_SLOTS]
    return tokens


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
            continue
        made.append(token)
    return made


def _named_kinds(
    tokens: list[Token], names: Names, places: dict[str, Place]
) -> list[Token]:
    """ "The Monet place", "Trastevere's church": a name and what kind of place it is."""
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        if token.kind in ("TAG", "CUISINE") and token.text.startswith("the "):
            named = names.within(token.text[4:])
            if len(named) == 1:
                token = token._replace(kind="PLACE", value=named)
        if before is not None and before.kind == token.kind == "PLACE":
            if set(before.value) & set(token.value):
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
            if ids and token.start - before.end < 8:
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
        if (
            before is not None
            and before.kind in ("KIND", "TAG", "CUISINE", "DIET")
            and token.kind == "THING"
        ):
            continue
        made.append(token)
    return made


def of_city(tokens: Sequence[Token], names: Names) -> tuple[Token, ...]:
    """ "Edinburgh: the castle" is Edinburgh Castle, if there is a place of that name."""
    city = next((it.value.name for it in tokens if it.kind == "CITY"), "")
    return tuple(
        it._replace(kind="PLACE", value=ids)
        if it.kind == "KIND" and (ids := names.within(f"{city} {it.text}"))
        else it
        for it in tokens
    )


def quoted(tokens: Iterable[Token], text: Callable[[int, int], str]) -> str:
    """The words of the message from the first to the last of these tokens."""
    spans = [(token.start, token.end) for token in tokens]
    return text(min(it[0] for it in spans), max(it[1] for it in spans)) if spans else ""
