"""Turns of phrase: statements about a plan that say one thing by words for another."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.values import Part, Reference
from itinerary_app.assistant.reading.clocks import as_hour
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.lexicon import lexicon
from itinerary_app.assistant.reading.spans import NOON, Clock
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.assistant.reading.whichdays import is_each
from itinerary_app.catalogue.light import daylight

BEFORE_SUNSET = 40  # minutes that one is there before the sun sets
GRAIN = 5  # minutes
_SILENT = frozenset("SKIP COURTESY COMMA".split())
_DATED = frozenset("DAY DAYS NO AVOID REMOVE CLEAR ATMOST".split())
_FREED = frozenset(
    "KEEP MAKE WANT DEPART CLEAR EVERY PART SKIP COURTESY TO FOR".split()
)
_DAILY = frozenset(
    "KIND CUISINE TAG WHOLETRIP PART ON THING WANT ADD SKIP COURTESY".split()
)
_EARLY = frozenset("PLACE STOP DAY WORD PART ON BEFORE TIME MOVE WANT PUT".split())
_NAMES = frozenset("PLACE STOP".split())
_KEPT = _NAMES | frozenset("AND ON DAY DAYS".split())
_AROUND_OUTINGS = _SILENT | frozenset("TO ON WANT ADD TAKE GO TRIP WORD".split())
_BITES = frozenset(  # which no dinner is made of
    "bakery,baklava,beer,beer hall,brunch,cake,cheese,chocolate,churros,cocktail bar,"
    "crepe,croissant,custard tart,gelato,ice cream,lassi,ouzo,pancake,raki,sake,"
    "sandwich,tea,whisky,wine".split(",")
)
_THAT_NIGHT = ("that night", "that evening")
_OF_RIMS = frozenset("START END MAKE WORD ON DAY DAYS THATDAY WHOLETRIP EVERY".split())
_RIMS = {
    ("START", "late"): ("late", "start"),
    ("START", "early"): ("early", "start"),
    ("END", "early"): ("end", "early"),
}
# "End each day with a bar", without what is silent.
_ENDED = (("END",), ("PERDAY", "WHOLETRIP"), ("WITH",), ("KIND", "CUISINE", "TAG"))
_DRINKS = frozenset("drink drinks nightcap pint".split())
_ON_A_NIGHT = frozenset("TAG KIND LENGTH WANT ADD".split())
_TENS = {"5": 5, "five": 5, "10": 10, "ten": 10}
_TO = ("TO", "UNTIL", "DASH")
_BEFORE_HOURS = _NAMES | frozenset("FROM BETWEEN DAY".split())


def plainly(tokens: Sequence[Token], known: Known) -> list[Token]:
    """The tokens as the grammar has them; the same ones if it is none of these."""
    made = list(tokens)
    made = _cheaper(_emptied(made), known)
    for step in (
        _but,
        _instead,
        _swapped_to,
        _day_out,
        _eaten_at_night,
        _rims,
        _so_to_say,
        _sleeping_in,
        _one_night,
        _full,
        _from_to,
        _early,
    ):
        made = step(made)
    made = _every_part(_ended_with(made, known), known)
    return _at_sunset(_to_an_hour(made, known), known)


def between_meals(tokens: Sequence[Token]) -> list[Token]:
    """ "Between lunch and dinner": in the afternoon."""
    made = list(tokens)
    for at in range(len(made) - 3, -1, -1):
        said = [it.kind for it in made[at : at + 4]]
        meals = [it.value for it in made[at : at + 4] if it.kind == "MEAL"]
        if said == ["BETWEEN", "MEAL", "AND", "MEAL"] and meals == ["lunch", "dinner"]:
            text = " ".join(it.text for it in made[at : at + 4])
            part = made[at]._replace(kind="PART", value=Part.AFTERNOON.value, text=text)
            made[at : at + 4] = [part._replace(end=made[at + 3].end)]
    return made


def _kinds(tokens: Sequence[Token]) -> list[str]:
    return [it.kind for it in tokens if it.kind not in _SILENT]


def _but(tokens: list[Token]) -> list[Token]:
    """ "No museums but the Prado", "remove all churches but that": except that one."""
    kinds = [it for it in _kinds(tokens) if it != "EVERY"]
    at = next((i for i, it in enumerate(tokens) if it.kind == "BUT"), 0)
    behind = _kinds(tokens[at + 1 :])
    named = behind[:1] in (["PLACE"], ["STOP"]) and {*behind} <= _KEPT
    begins = kinds[:1] in (["NO"], ["AVOID"], ["REMOVE"]) and kinds[1:2] == ["KIND"]
    if not (begins and at and named):
        return tokens
    return [it._replace(kind="EXCEPT") if it.kind == "BUT" else it for it in tokens]


def _instead(tokens: list[Token]) -> list[Token]:
    """ "Forget A, B instead": B instead of A."""
    said = [it for it in tokens if it.kind not in _SILENT]
    kinds = [it.kind for it in said]
    if kinds not in (
        ["REMOVE", "PLACE", "PLACE", "INSTEAD"],
        ["NO", "PLACE", "PLACE", "INSTEAD"],
    ):
        return tokens
    return [said[2], said[3]._replace(kind="INSTEADOF"), said[1]]


def _cheaper(tokens: list[Token], known: Known) -> list[Token]:
    """ "Somewhere cheaper", where a meal was spoken of last: in its place."""
    said = [it for it in tokens if it.kind not in _SILENT | {"AND"}]
    if [it.kind for it in said] not in (["CHEAPER"], ["DEARER"]):
        return tokens
    some = said[0].text.startswith(("some", "a ", "cheaper pl", "cheaper one"))
    if not some or not known.shown or known.shown[0] not in known.eating:
        return tokens
    one = said[0]
    return [
        one._replace(kind="SWAP", value=""),
        one._replace(kind="IT", value=""),
        one._replace(kind="FOR", value=""),
        one,
    ]


def _eaten_at_night(tokens: list[Token]) -> list[Token]:
    """ "Seafood on Sunday night": for dinner."""
    kinds = [it.kind for it in tokens]
    cuisine = next((it for it in tokens if it.kind == "CUISINE"), None)
    dated = {"DAY", "THATDAY"} & {*kinds}
    if cuisine is None or cuisine.value in _BITES or not dated:
        return tokens
    evening = [it for it in tokens if it.kind == "PART" and it.value == Part.EVENING]
    night = [it for it in tokens if it.kind == "THATDAY" and it.text in _THAT_NIGHT]
    if not (evening or night) or {"MEAL", "PLACE"} & {*kinds}:
        return tokens
    said = (evening or night)[0]
    meal = [said._replace(kind="FOR"), said._replace(kind="MEAL", value="dinner")]
    at = tokens.index(cuisine) + 1
    left = [it for it in tokens[at:] if it not in evening]
    return [*tokens[:at], *meal, *left]


def _emptied(tokens: list[Token]) -> list[Token]:
    """ "Delete everything on Sunday afternoon": it is kept free, the trip is not deleted."""
    kinds = _kinds(tokens)
    whole = "DAY" in kinds and {*kinds} <= {"DELETETRIP", "ON", "DAY", "PART"}
    if kinds[:1] != ["DELETETRIP"] or not whole:
        return tokens
    return [it._replace(kind="CLEAR") if it.kind == kinds[0] else it for it in tokens]


def _day_out(tokens: list[Token]) -> list[Token]:
    """ "A day trip to Nikko instead of day 4", "replace day 4 with a trip to Nikko"."""
    said = [it for it in tokens if it.kind not in _AROUND_OUTINGS]
    kinds = [it.kind for it in said]
    if kinds in (["PLACE", "INSTEADOF", "DAY"], ["INSTEADOF", "DAY", "PLACE"]):
        place = next(it for it in said if it.kind == "PLACE")
        day = next(it for it in said if it.kind == "DAY")
        return [place, day._replace(kind="ON", value=""), day]
    if kinds == ["SWAP", "DAY", "WITH", "PLACE"]:
        return said
    return tokens


def _swapped_to(tokens: list[Token]) -> list[Token]:
    """ "Swap the park to the morning": moved there."""
    if _kinds(tokens) not in (
        ["SWAP", "PLACE", "TO", "PART"],
        ["SWAP", "STOP", "TO", "PART"],
    ):
        return tokens
    return [it._replace(kind="MOVE") if it.kind == "SWAP" else it for it in tokens]


def _rims(tokens: list[Token]) -> list[Token]:
    """ "Start late on day 2", "day 2 starts early": a late start on day 2."""
    at = next((i for i, it in enumerate(tokens) if it.kind in ("START", "END")), None)
    word = next((it for it in tokens if it.text in ("early", "late")), None)
    if at is None or word is None or not {*_kinds(tokens)} <= _OF_RIMS:
        return tokens
    phrase = _RIMS.get((tokens[at].kind, word.text))
    found = phrase and lexicon("en").longest(phrase, 0)
    if not found:
        return tokens
    rim = tokens[at]._replace(kind=found[1].kind, value=found[1].value)
    left = (word, *(it for it in tokens if it.kind == "MAKE"))
    return [rim if it is tokens[at] else it for it in tokens if it not in left]


def _so_to_say(tokens: list[Token]) -> list[Token]:
    """ "Start earlier, like eight": at eight."""
    kinds = [it for it in _kinds(tokens) if it not in ("COMMA", "PART")]
    if kinds[-3:-1] not in (["EARLIER", "LIKE"], ["LATER", "LIKE"]):
        return tokens
    if kinds[-1] not in ("NUMBER", "TIME") or "START" not in kinds:
        return tokens
    left = ("EARLIER", "LATER", "COMMA", "LIKE", "PART")
    return [*(it for it in tokens[:-1] if it.kind not in left), as_hour(tokens[-1])]


def _sleeping_in(tokens: list[Token]) -> list[Token]:
    """ "Sleep in until eleven", "sleep in on day 2, say till 11": the day begins then."""
    made: list[Token] = []
    late = False
    for token in tokens:
        if late and token.kind in ("UNTIL", "COMMA"):
            continue
        hour = as_hour(token) if late else token
        late = token.kind == "LATESTART" or (late and token.kind in _WHEN_LATE)
        made.append(hour)
    return made


_WHEN_LATE = frozenset("ON DAY DAYS PERDAY WHOLETRIP SKIP UNTIL COMMA".split())


def _from_to(tokens: list[Token]) -> list[Token]:
    """ "The Prado 10 to 1", "the Prado between 10 and 1": hours."""
    tokens = _not_to_the_hour(tokens)
    kinds = [it.kind for it in tokens]
    if sum(it in _NAMES for it in kinds) != 1:
        return tokens
    made = list(tokens)
    for at in range(1, len(tokens) - 2):
        before, one, to, other = kinds[at - 1 : at + 3]
        joined = to in _TO or (before, to) == ("BETWEEN", "AND")
        if not joined or not {one, other} <= {"NUMBER", "TIME"}:
            continue
        if before in _BEFORE_HOURS:
            made[at] = as_hour(made[at])
            made[at + 1] = made[at + 1]._replace(kind="TO", value="")
            made[at + 2] = as_hour(made[at + 2])
        if before == "BETWEEN":
            made[at - 1] = made[at - 1]._replace(kind="FROM", value="")
    return made


def _not_to_the_hour(tokens: list[Token]) -> list[Token]:
    """ "The Prado 10 to 12": from ten on, where nothing says "at"."""
    made: list[Token] = []
    for token in tokens:
        ten, *rest = token.text.split()
        span = token.kind == "TIME" and rest[:1] == ["to"] and ten in _TENS
        if not (span and made and made[-1].kind in _NAMES and rest[1:]):
            made.append(token)
            continue
        hour = token.value.minutes // 60 + 1
        made += [
            token._replace(kind="NUMBER", value=_TENS[ten], text=f"{_TENS[ten]}"),
            token._replace(kind="TO", value="", text="to"),
            token._replace(kind="NUMBER", value=hour, text=f"{hour}"),
        ]
    return made


def _one_night(tokens: list[Token]) -> list[Token]:
    """ "Opera one night": one evening."""
    kinds = _kinds(tokens)
    if not {"LENGTH"} <= {*kinds} <= _ON_A_NIGHT or not {"TAG", "KIND"} & {*kinds}:
        return tokens
    return [
        it._replace(kind="PART", value=Part.EVENING.value)
        if it.kind == "LENGTH" and it.text in ("one night", "a night", "1 night")
        else it
        for it in tokens
    ]


def _full(tokens: list[Token]) -> list[Token]:
    """ "The last day full": a full one, where "a full day" is only a day."""
    made: list[Token] = []
    for token, behind in zip(tokens, [*tokens[1:], None], strict=True):
        ends = behind is None or behind.kind in ("COMMA", "AND")
        if token.text == "full" and ends and made and made[-1].kind == "DAY":
            token = token._replace(kind="FULLER", value="")
        made.append(token)
    return made


def _early(tokens: list[Token]) -> list[Token]:
    """ "The Colosseum early", "the Colosseum before noon": in the morning."""
    kinds = _kinds(tokens)
    named = sum(it in _NAMES for it in kinds) == 1
    if not named or not {*kinds} <= _EARLY:
        return tokens
    made: list[Token] = []
    for token in tokens:
        noon = token.kind == "TIME" and token.value.minutes == NOON
        if noon and made and made[-1].kind == "BEFORE":
            made[-1] = token._replace(kind="PART", value=Part.MORNING.value)
        elif token.text != "early" or token.kind != "WORD":
            made.append(token)
        elif "PART" not in kinds:
            made.append(token._replace(kind="PART", value=Part.MORNING.value))
    return made


def _to_an_hour(tokens: list[Token], known: Known) -> list[Token]:
    """ "Move the castle to 10", where there is no day 10."""
    days = len(known.itinerary.days) if known.itinerary else 0
    kinds = _kinds(tokens)
    if len(kinds) != 4 or [kinds[0], *kinds[2:]] != ["MOVE", "TO", "NUMBER"]:
        return tokens
    if kinds[1] not in ("PLACE", "STOP", "KIND", "IT") or tokens[-1].kind != "NUMBER":
        return tokens
    return [*tokens[:-1], as_hour(tokens[-1])] if tokens[-1].value > days else tokens


def _every_part(tokens: list[Token], known: Known) -> list[Token]:
    """ "Coffee every afternoon", "gelato on both days": on each day."""
    plan = known.itinerary
    kinds = {it.kind for it in tokens}
    named = [it for it in tokens if it.kind in ("KIND", "CUISINE", "TAG")]
    meal = any(it.kind == "CUISINE" and it.value not in _BITES for it in named)
    daily = len(named) == 1 and not meal and kinds <= _DAILY
    of_two = plan is not None and len(plan.days) == 2
    freed = "CLEAR" in kinds and kinds <= _FREED
    wished = bool(kinds & {"KIND", "CUISINE", "TAG"}) and not kinds & _DATED
    if plan is None or not (freed or wished):
        return tokens
    days = [day.number for day in plan.days]
    return [
        token._replace(kind="DAYS", value=days)
        if (token.kind == "EVERY" and behind.kind == "PART")
        or (daily and token.kind == "WHOLETRIP" and is_each(token, both=of_two))
        else token
        for token, behind in zip(tokens, [*tokens[1:], tokens[-1]], strict=True)
    ]


def _ended_with(tokens: list[Token], known: Known) -> list[Token]:
    """ "End each day with a drink": one on the evening of each day."""
    plan = known.itinerary
    said = [it for it in tokens if it.kind not in _SILENT]
    if plan is None or len(said) != len(_ENDED):
        return tokens
    end, every, with_, what = said
    if what.text in _DRINKS and what.kind == "WORD":
        what = what._replace(kind="KIND", value="bar")
    if any(
        it.kind not in kinds
        for it, kinds in zip((end, every, with_, what), _ENDED, strict=True)
    ):
        return tokens
    days = [day.number for day in plan.days]
    evening = end._replace(kind="PART", value=Part.EVENING.value)
    return [what, every._replace(kind="DAYS", value=days), evening]


def _at_sunset(tokens: list[Token], known: Known) -> list[Token]:
    """ "The hill at sunset on day 1": at an hour, where the date is known."""
    plan = known.itinerary
    at = next((i for i, it in enumerate(tokens) if "sunset" in it.text.split()), None)
    places = [it for it in tokens if it.kind == "PLACE"]
    if plan is None or at is None or tokens[at].kind != "PART" or len(places) != 1:
        return tokens
    days = [it.value for it in tokens if it.kind == "DAY"]
    number = days[0] if days else known.day_of(Reference(ids=tuple(places[0].value)))
    day = next((it for it in plan.days if it.number == number), None)
    if day is None or day.date is None or len(days) > 1:
        return tokens
    light = daylight(plan.city_of(day.number), day.date)
    if light is None:
        return tokens
    there = (light[1] - BEFORE_SUNSET) // GRAIN * GRAIN
    time = tokens[at]._replace(kind="TIME", value=Clock(there))
    return [*tokens[:at], time, *tokens[at + 1 :]]
