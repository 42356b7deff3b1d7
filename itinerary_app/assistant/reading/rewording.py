"""Rewording: statements about a plan in other words, as the grammar has them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.meals import EATING
from itinerary_app.assistant.reading.resting import as_rest
from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.spells import respelled
from itinerary_app.assistant.reading.tables import at_tables
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.assistant.reading.turns_of_phrase import plainly
from itinerary_app.assistant.reading.whole_days import as_day, as_days
from itinerary_app.model import Interest, Mobility

_SILENT = frozenset("SKIP COURTESY".split())
_ONLY = frozenset("only just".split())
_RESTING = ("rest day", "day off", "free day")


def reworded(tokens: Sequence[Token], known: Known) -> list[Token]:
    """The tokens of a statement; the same ones where nothing is to be reworded."""
    if not known.planned:
        return list(tokens)
    made = plainly(tokens, known)
    for step in (
        _longer,
        _stretched,
        _cheaper,
        _less_on_foot,
        partial(_on_one_day, known=known),
        as_days,
        _pushed,
        _all_later,
        _so_long,
        _eaten,
        _booked,
        _nearer,
        _new_one,
        _only_diet,
        _city,
        _resting,
        as_rest,
        _for_children,
        at_tables,
        _slept,
    ):
        made = step(made)
    made = respelled(made, known)
    return _unlimited(made) if known.preferences.spend_limit else made


def _kinds(tokens: Sequence[Token]) -> list[str]:
    return [it.kind for it in tokens if it.kind not in _SILENT]


def _without(tokens: Sequence[Token], *kinds: str) -> list[Token]:
    return [it for it in tokens if it.kind not in kinds]


def _longer(tokens: list[Token]) -> list[Token]:
    """ "30 more minutes": as many more, and not so many."""
    made: list[Token] = []
    for token in tokens:
        made.append(token)
        if token.kind == "DURATION" and _MORE & {*token.text.split()}:
            made.append(token._replace(kind="MORE", value="", text="more"))
    return made


_MORE = frozenset("more extra another".split())


def _stretched(tokens: list[Token]) -> list[Token]:
    """ "Spend more time at X", "put 30 more minutes on X": more time at X."""
    kinds = _kinds(tokens)
    degree = next((i for i, it in enumerate(tokens) if _is_of_time(tokens, i)), None)
    named = [it for it in kinds if it in ("PLACE", "STOP", "IT", "MEAL")]
    if degree is None or len(named) != 1 or kinds[:1] not in _GIVING:
        return tokens
    rest = _without(tokens, kinds[0], "TO", "ON", "FOR")
    return [_more(it) if it is tokens[degree] else it for it in rest]


_GIVING = (["SPEND"], ["ADD"], ["PUT"], ["MAKE"], ["WANT"])


def _is_of_time(tokens: Sequence[Token], at: int) -> bool:
    """ "More time", "30 minutes less", "some time"."""
    token, behind = tokens[at], [it.text for it in tokens[at + 1 : at + 2]]
    if token.kind == "SOMETHING":
        return behind == ["time"] and token.text != "another"
    timed = "time" in (*token.text.split(), *behind)
    minutes = at > 0 and tokens[at - 1].kind == "DURATION"
    return token.kind in ("MORE", "LESS") and (timed or minutes)


def _more(token: Token) -> Token:
    return token._replace(kind="MORE") if token.kind == "SOMETHING" else token


def _cheaper(tokens: list[Token]) -> list[Token]:
    """ "A cheaper alternative to X", "swap X for something cheaper": of X alone."""
    kinds = _kinds(tokens)
    named = [it for it in kinds if it in ("PLACE", "STOP", "IT", "MEAL")]
    if len(named) != 1 or not {"SWAP", "CHEAPER"} <= {*kinds} <= _OF_PRICES:
        return tokens
    swap, cheaper = _first(tokens, "SWAP"), _first(tokens, "CHEAPER")
    rest = _without(tokens, "SWAP", "CHEAPER", "FOR", "WITH", "TO", "NUMBER")
    return [swap, *rest, cheaper]


_OF_PRICES = frozenset(
    "SWAP CHEAPER PLACE STOP IT MEAL FOR WITH TO ON DAY NUMBER SOMETHING COMMA "
    "PART THING".split()
)


def _less_on_foot(tokens: list[Token]) -> list[Token]:
    """ "Less walking on day 2": its stops in an order with less."""
    kinds = [it for it in _kinds(tokens) if it != "ON"]
    if kinds[:2] == ["CALMER", "COMMA"] and _first(tokens, "CALMER").text == "too much":
        tokens, kinds = _without(tokens, "CALMER", "COMMA"), kinds[2:]
    days = sorted(it for it in kinds if it != "MOBILITY")
    if days not in _ON_DAYS or "MOBILITY" not in kinds:
        return tokens
    return [
        it._replace(kind="BESTORDER", value="") if it.kind == "MOBILITY" else it
        for it in tokens
        if it.kind != "MOBILITY" or it.value == Mobility.LESS_WALKING
    ]


_ON_DAYS = (["DAY"], ["THATDAY"], ["DAYS"], ["DAYLIST"], ["AND", "DAY", "DAY"])


def _pushed(tokens: list[Token]) -> list[Token]:
    """ "Push everything on day 2 by an hour": later."""
    said = [as_day(it) for it in tokens if it.kind not in ("ON", "WITH", "REST")]
    kinds = [it for it in _kinds(said) if it != "END"]
    if kinds != ["MOVE", "DAY", "DURATION"] or said[0].text not in _LATER:
        return tokens
    if any(it.kind == "END" and it.text != "back" for it in said):
        return tokens
    later = said[-1]._replace(kind="LATER", value="", text="later")
    return [*(it for it in said if it.kind != "END"), later]


_LATER = frozenset("push delay postpone".split())


def _all_later(said: list[Token]) -> list[Token]:
    """ "Make everything an hour later": days begin then."""
    tokens = [as_day(it) for it in said]
    kinds = [it for it in _kinds(tokens) if it not in ("MAKE", "MOVE", "ON")]
    rest = [it for it in kinds if it not in ("DAY", "DURATION")]
    of_all = rest in (["REST", "LATER"], ["REST", "EARLIER"], ["WHOLETRIP", "LATER"])
    of_day = "DAY" in kinds and rest in (["LATER"], ["EARLIER"])
    if not (of_all or of_day):
        return said
    if "DURATION" not in kinds:
        return said
    kept = _without(tokens, "MAKE", "MOVE", "REST", "WHOLETRIP", "ON")
    return [tokens[0]._replace(kind="START", value="", text="start"), *kept]


def _on_one_day(tokens: list[Token], known: Known) -> list[Token]:
    """ "Put X and Y on the same day": on that of X."""
    places = [it for it in tokens if it.kind == "PLACE"]
    same = [it for it in tokens if it.kind == "THATDAY" and "same" in it.text]
    if len(places) != 2 or not same or not {*_kinds(tokens)} <= _JOINING:
        return tokens
    days = [known.day_of(Reference(ids=tuple(it.value))) for it in places]
    day = next((it for it in days if it), None)
    return [it._replace(kind="DAY", value=day) if it in same else it for it in tokens]


_JOINING = frozenset("PUT MOVE WANT PLACE AND ON THATDAY".split())


def _so_long(tokens: list[Token]) -> list[Token]:
    """ "Make Jaipur only two": days."""
    kinds = _kinds(_without(tokens, "ATMOST", "TO", "FOR"))
    if kinds not in (["MAKE", "CITY", "NUMBER"], ["KEEP", "CITY", "NUMBER"]):
        return tokens
    return [
        it._replace(kind="LENGTH", value=Length(it.value))
        if it.kind == "NUMBER"
        else it
        for it in _without(tokens, "ATMOST", "TO", "FOR")
    ]


def _eaten(tokens: list[Token]) -> list[Token]:
    """ "A cheaper restaurant for lunch", "a picnic on day 2"."""
    kinds = _kinds(tokens)
    picnic = [it for it in tokens if it.text in ("picnic", "picnics")]
    if picnic and "PLACE" not in kinds:
        at = tokens.index(picnic[0])
        if kinds[:1] == ["SWAP"]:  # "replace lunch on day 2 with a picnic"
            return [it for it in tokens[1:at] if it.kind != "WITH"] + [
                picnic[0]._replace(kind="CLEAR", value="")
            ]
        own = picnic[0]._replace(kind="CLEAR", value="")
        lunch = picnic[0]._replace(kind="MEAL", value="lunch")
        eaten = [own] if "MEAL" in kinds else [lunch, own]
        return [*_without(tokens[:at], "WANT"), *eaten, *tokens[at + 1 :]]
    if "MEAL" not in kinds or not {"CHEAPER", "DEARER"} & {*kinds}:
        return tokens
    return [it for it in tokens if not (it.kind == "KIND" and it.value in EATING)]


def _booked(tokens: list[Token]) -> list[Token]:
    """ "The tickets for the Colosseum are booked for 9:30": the visit is."""
    kinds = _kinds(tokens)
    if kinds[:2] == ["PLACE", "LIMITWORD"] and "TIME" in kinds:
        tickets = _first(tokens, "LIMITWORD")
        if tickets.text == "tickets":  # "Prado tickets, 10:00"
            return [
                it._replace(kind="BOOKED", value="") if it is tickets else it
                for it in _without(tokens, "FOR", "COMMA")
            ]
    if "BOOKED" in kinds and kinds[0] == "PLACE":
        at = tokens.index(_first(tokens, "BOOKED"))
        said = [it for it in tokens[:at] if it.kind not in ("COMMA", "COURTESY")]
        return [*said, *(it for it in tokens[at:] if it.kind != "FROM")]
    if kinds[:3] != ["LIMITWORD", "FOR", "PLACE"] or "BOOKED" not in kinds:
        return tokens
    return tokens[tokens.index(_first(tokens, "PLACE")) :]


def _nearer(tokens: list[Token]) -> list[Token]:
    """ "Change dinner on day 3 to something closer to X": dinner near X."""
    kinds = _kinds(tokens)
    if not {"SWAP", "MEAL", "NEAR", "PLACE"} <= {*kinds} <= _OF_NEARNESS:
        return tokens
    return _without(tokens, "SWAP", "SOMETHING", "TO", "FOR", "WITH", "THING", "MOVE")


_OF_NEARNESS = frozenset(
    "SWAP MEAL NEAR PLACE SOMETHING TO FOR WITH THING ON DAY".split()
)


def _new_one(tokens: list[Token]) -> list[Token]:
    """ "A hammam on day 4, two hours": one that is not planned yet."""
    if not tokens or tokens[0].text not in ("a", "an", "some"):
        return tokens
    kinds = _kinds(tokens)
    if (
        kinds[0] not in ("TAG", "KIND")
        or not {"DURATION", "DAY"} <= {*kinds} <= _OF_NEW
    ):
        return tokens
    return [tokens[0]._replace(kind="ADD", value="", text="add"), *tokens]


_OF_NEW = frozenset("TAG KIND ON DAY PART COMMA DURATION FOR".split())


def _only_diet(tokens: list[Token]) -> list[Token]:
    """ "Vegetarian restaurants only"."""
    kinds = {*_kinds(tokens)}
    if not {"DIET", "ATMOST"} <= kinds <= {"DIET", "ATMOST", "KIND", "AND", "WANT"}:
        return tokens
    if _first(tokens, "ATMOST").text not in _ONLY:
        return tokens
    if any(it.kind == "KIND" and it.value not in EATING for it in tokens):
        return tokens
    return _without(tokens, "ATMOST", "KIND", "WANT")


def _city(tokens: list[Token]) -> list[Token]:
    """ "Change the city to Vienna"."""
    if _kinds(tokens) not in (
        ["SWAP", "CITYWORD", "TO", "CITY"],
        ["SWAP", "TO", "CITY"],
    ):
        return tokens
    return [_first(tokens, "CITY")]


def _slept(tokens: list[Token]) -> list[Token]:
    """ "Change our hotel to Montmartre", "to one near the Louvre": one sleeps there."""
    said = [it for it in tokens if it.kind not in _SILENT]
    kinds = [it.kind for it in said if it.text not in ("one", "somewhere")]
    moved = kinds[:2] in (["SWAP", "HOTEL"], ["MOVE", "HOTEL"])
    to = kinds[2:3] in (["TO"], ["FOR"], ["WITH"])
    if not (moved and to) or kinds[3:] not in (["PLACE"], ["NEAR", "PLACE"], ["BED"]):
        return tokens
    where = [it for it in said[2:] if it.kind in ("NEAR", "PLACE", "BED")]
    return [said[0]._replace(kind="SLEEP", value="", text="sleep"), *where]


def _resting(tokens: list[Token]) -> list[Token]:
    """ "We want a rest day": one of the days."""
    if _kinds(tokens) not in (["WANT", "CLEAR"], ["ADD", "CLEAR"], ["CLEAR"]):
        return tokens
    free = _first(tokens, "CLEAR")
    if not free.text.endswith(_RESTING):
        return tokens
    return [free, free._replace(kind="PERDAY", value=1)]


def _for_children(tokens: list[Token]) -> list[Token]:
    """ "Add something for kids", "dinner at six with the kids", of whom it is not said
    how many.
    """
    if _kinds(tokens)[-2:] == ["WITH", "CHILDREN"] and "MEAL" in _kinds(tokens):
        if not tokens[-1].value:
            return _without(tokens, "WITH", "CHILDREN")
    if _kinds(tokens)[:4] != ["ADD", "SOMETHING", "FOR", "CHILDREN"]:
        return tokens
    made = _without(tokens, "SOMETHING", "FOR")
    return [
        it._replace(kind="INTEREST", value=Interest.FAMILY)
        if it.kind == "CHILDREN"
        else it
        for it in made
    ]


def _unlimited(tokens: list[Token]) -> list[Token]:
    """ "No limit": of spending, where there is one."""
    if _kinds(tokens) != ["NO", "ATMOST"] or tokens[-1].text != "limit":
        return tokens
    no, limit = tokens[-2:]
    return [no._replace(kind="REMOVE"), limit._replace(kind="LIMITWORD", value="")]


def _first(tokens: Sequence[Token], kind: str) -> Token:
    return next(it for it in tokens if it.kind == kind)
