"""Where one sleeps: near what, in which city, which nights."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace as with_

from itinerary_app.acts.acts import Act, AddCity, SetBase, SetCity
from itinerary_app.acts.values import Part, Reference
from itinerary_app.assistant.reader import Understanding
from itinerary_app.assistant.reading import cities
from itinerary_app.assistant.reading.frames import Acts, Frame
from itinerary_app.assistant.reading.gates import spellings
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.quoting import as_written
from itinerary_app.assistant.reading.spans import Length
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.catalogue.gateways import gateways
from itinerary_app.model import City, Place

# Words of the lexicon that stand for what is no place of a city.
_PLACEHOLDERS = ("bedplacea", "bedplaceb", "bedplacec", "bedplaced")
_CUE = (
    r"\b(?:stay(?:s|ing)?|sleep(?:s|ing)?|based|hotel|hostel|airbnb|apartment|flat"
    r"|accommodation|lodging|rooms?|nights?)\b"
)
# Between the cue and the place: no other statement, no way to come or leave.
_BETWEEN = (
    r"(?:(?!\b(?:and|then|but|train|flight|fly|land|arrive|leave|from|until|till)\b)"
    r"[^.;:!?,\n]){0,40}?"
)
_BESIDE = (
    r"(?:right )?(?:near|nearby|close to|next to|beside|by|opposite|not far from|at"
    r"|around|in)(?: the)?"
)
_INSIDE = re.compile(r"^(?:in|at)(?: the)? (?=[A-Z])")
_KINDS = r"(?:(?:main|central|train|railway|bus) )?(?:airport|station|port|harbour)"
_INNS = (
    r"(?:Hotel|Hostel|Albergo|Pensione|Pension|Locanda|Riad|Ryokan|Residence|Suites"
    r"|Apartments|B&B|Guesthouse|Guest House|Airbnb)"
)
_NAME = r"[A-Z0-9](?:[\w'’&-]|\.(?!\s)|(?<=\b[SM]t)\.)*"
_HOTEL = (
    rf"(?:(?:the )?(?:{_NAME} ){{0,3}}{_INNS}(?: (?:{_NAME}|d[aeiu]l?|of|the|la|le)){{0,4}}"
    rf"|(?:Via|Viale|Piazza|Corso|Rue|Calle|Carrer|Avenue|Rua)(?: {_NAME}| d[aeiu]l?){{1,4}}"
    rf"|\d+ (?:{_NAME} ){{1,3}}(?:Street|Road|Avenue|Lane|Square))"
)
# Where one sleeps afterwards, behind where one sleeps first.
_THEN = (
    r"\b(?:then|afterwards|after that|the (?:rest|other nights?|remaining nights?))\b"
)
_CUES = re.compile(_CUE, re.IGNORECASE)
_AT_HOTEL = re.compile(
    rf"(?P<before>(?i:(?:{_CUE}{_BETWEEN}|{_THEN} )(?:\bat|\bin|\bis|\bcalled|:)))"
    rf"\s+(?P<where>{_HOTEL})"
)
_BESIDE_NAME = re.compile(
    rf"(?P<before>(?i:{_CUE}{_BETWEEN}))\s*(?P<where>(?i:{_BESIDE})) "
    rf"(?P<name>{_NAME}(?: {_NAME})*)"
)
# What a statement about beds may hold besides.
_ABOUT = frozenset(
    "SLEEP HOTEL BED CITY FROM TO FOR WITH AND NIGHTS LENGTH FIRST LAST PART PERDAY "
    "INSTEAD WANT".split()
)

_MARKS = frozenset("COMMA PERIOD QUESTION THEN BUT DASH COLON".split())
_TELLING_NIGHTS = frozenset(
    "ORDINAL FIRST LAST FROM DAY DAYS NTHPART UNTIL REST AND".split()
)


class Bed(NamedTuple):
    """Where one sleeps, as it was said; `city` is that of the same breath."""

    words: str
    city: str | None


def taken(
    text: str,
    named: Sequence[City],
    places: Callable[[City], Sequence[Place]],
    *,
    planned: bool,
) -> tuple[str, list[Bed]]:
    """The text with a placeholder for what is no place of a city, and what that was.

    Stations and airports, hotels and addresses; in a first message places of all cities
    but the first, whose names are known without.
    """
    if not _CUES.search(text):
        return text, []
    spots = {it for city in named for it in _spots(city)}
    whole = "|".join(sorted(map(re.escape, spots), key=len, reverse=True)) or "(?!)"
    found: list[Bed] = []

    def replaced(match: re.Match[str], said: str = "") -> str:
        if len(found) == len(_PLACEHOLDERS):
            return match[0]
        before = re.split(r"[.,;!?]", match.string[: match.start("where")])[-1]
        behind = match.string[match.end() :]
        cities = [it.name for it in named if re.match(rf",? in {it.name}\b", behind)]
        cities = cities or [
            it.name for it in named if re.search(rf"\b{it.name}\b", before)
        ]
        city = cities[0] if len(cities) == 1 else None
        found.append(Bed(_INSIDE.sub("", said or match["where"]), city))
        return f"{match['before']} {_PLACEHOLDERS[len(found) - 1]}"

    text = re.sub(
        rf"(?P<before>{_CUE}{_BETWEEN}|(?<=[,; ]){_THEN})\s*"
        rf"(?P<where>{_BESIDE} (?:(?:{whole})(?! airport)|{_KINDS}))\b",
        replaced,
        text,
        flags=re.IGNORECASE,
    )
    text = _AT_HOTEL.sub(replaced, text)
    others = [] if planned else sorted(named, key=lambda it: text.find(it.name))[1:]
    known = [it for city in others for it in places(city)]

    def of_others(match: re.Match[str]) -> str:
        if any(words_of(match["name"]) == words_of(it.name) for it in named):
            return match[0]
        said = {*words_of(match["name"])}
        alike = (it for it in known if said <= {*words_of(it.name)})
        place = max(alike, key=lambda it: it.importance, default=None)
        return replaced(match, f"{match['where']} {place.name}") if place else match[0]

    return (_BESIDE_NAME.sub(of_others, text) if known else text), found


def restored(understood: Understanding, beds: Sequence[Bed]) -> Understanding:
    """With what was said in what was not read, and in what acts were read from."""

    def again(text: str) -> str:
        for placeholder, bed in zip(_PLACEHOLDERS, beds, strict=False):
            text = text.replace(placeholder, bed.words)
        return text

    return replace(
        understood,
        unread=tuple(map(again, understood.unread)),
        quotes=tuple(map(again, understood.quotes)),
    )


def as_said(act: Act, text: str) -> Act:
    """A bed with the words of `text`, where these are a part of several names."""
    where = act.where if isinstance(act, SetBase) else None
    if not isinstance(where, Reference) or len(where.ids) < 2 or not where.name:
        return act
    return with_(act, where=Reference(name=as_written(where.name, text)))


def told(tokens: Sequence[Token], beds: Sequence[Bed]) -> tuple[Token, ...]:
    """The tokens, of which the placeholders have the beds for which they stand."""
    known = dict(zip(_PLACEHOLDERS, beds, strict=False))
    return tuple(
        it._replace(value=known.get(it.text)) if it.kind == "BED" else it
        for it in tokens
    )


def staying(tokens: Sequence[Token], *, planned: bool = False) -> tuple[Token, ...]:
    """The tokens, where "stay in A" says where one sleeps, and in a first message "near
    A" alone as well.
    """
    made: list[Token] = []
    for at, token in enumerate(tokens):
        behind = [it.kind for it in tokens[at + 1 : at + 3]]
        alone = not made or made[-1].kind in _MARKS
        ends = behind[1:] in ([], *([mark] for mark in _MARKS))
        stays = token.kind == "TRIP" and token.text.startswith("stay")
        if behind[:1] == ["PLACE"] and (
            stays or (token.kind == "NEAR" and alone and ends and not planned)
        ):
            token = token._replace(kind="SLEEP")
        made.append(token)
    return tuple(made)


def with_first_nights(tokens: Sequence[Token], *, planned: bool) -> tuple[Token, ...]:
    """ "We sleep in A for two nights", "until day 3": the first two nights.

    Not where these are the length of the trip, or the nights in a city.
    """
    counted = planned or sum(it.kind == "LENGTH" for it in tokens) > 1
    made: list[Token] = []
    for at, token in enumerate(tokens):
        part = _part(tokens, at)
        kinds = {it.kind for it in part}
        of_bed = bool(kinds & {"SLEEP", "HOTEL"}) and "CITY" not in kinds
        before = tokens[at - 1] if at else None
        until = before is not None and (
            before.kind == "UNTIL" or before.text == "up to"
        )
        if of_bed and until and token.kind == "DAY" and token.value in range(2, 60):
            nights = token._replace(
                kind="LENGTH", value=Length(token.value - 1, unit="night")
            )
            made[-1:] = [token._replace(kind="ORDINAL", value=1, text="first"), nights]
            continue
        if of_bed and (span := _from_day_to_day(tokens, at)):
            made[-3:] = [token._replace(kind="DAYS", value=[*span])]
            continue
        long = token.kind == "LENGTH" and token.value.unit == "night"
        if of_bed and long and counted and not kinds & _TELLING_NIGHTS:
            made.append(token._replace(kind="ORDINAL", value=1, text="first"))
        made.append(token)
    return tuple(made)


def _from_day_to_day(tokens: Sequence[Token], at: int) -> range:
    """The nights of "from day 1 to day 3", at whose end this token is."""
    said = tokens[max(0, at - 3) : at + 1]
    days = [it.value for it in said if it.kind == "DAY" and isinstance(it.value, int)]
    if [it.kind for it in said] != ["FROM", "DAY", "TO", "DAY"] or len(days) < 2:
        return range(0)
    return range(days[0], days[1])


def _part(tokens: Sequence[Token], at: int) -> Sequence[Token]:
    """What stands around a token between two marks, or what comes "then"."""
    ends = [i for i, it in enumerate(tokens) if it.kind in _MARKS]
    start = max((i + 1 for i in ends if i < at), default=0)
    return tokens[start : min((i for i in ends if i >= at), default=len(tokens))]


def where(frame: Frame) -> Reference | None:
    """What one sleeps at or near."""
    named = [it for it in frame.refs if it.ids]
    said = [it for it in frame.values.get("BED", []) if it]
    if frame.near or named:
        return frame.near or named[0]
    return Reference(name=said[0].words) if len(said) == 1 else None


def city(frame: Frame) -> str | None:
    """In which city that is, if it was said."""
    named = cities.names(frame)
    beds = [it.city for it in frame.values.get("BED", []) if it]
    if len(named) == 1:
        return named[0]
    return beds[0] if len(beds) == 1 else None


def is_of_nights(frame: Frame) -> bool:
    """Whether it is said of nights or a city: to be read as such, or not at all."""
    told = frame.has("NIGHTS", "LENGTH", "CITY") or frame.all_days
    return bool(told and frame.has("SLEEP", "BED") and where(frame))


def slept(frame: Frame, known: Known) -> Acts:
    """From day 3 on we stay in A; the last night near the airport; in Florence at B."""
    place, names = where(frame), cities.names(frame)
    others = [it for it in frame.refs if not (it.ids or (it.nth and not it.kind))]
    if place is None or others or frame.times or frame.meals or len(names) > 1:
        return None
    if not {*frame.values} <= _ABOUT or {*frame.parts} - {Part.EVENING}:
        return None
    if names and known.planned and not known.has_cities(names):
        return None
    there = city(frame) if len(known.cities) > 1 else None
    nights = list(_nights(frame, there, known))
    if not nights:
        return None
    return [
        SetBase(where=place, city=there, night=night, nights=count)
        for night, count in nights
    ]


def _nights(
    frame: Frame, there: str | None, known: Known
) -> Iterator[tuple[int | str | None, int | None]]:
    """From which night on, and how many; nothing where that is not clear."""
    nth = [it.nth for it in frame.refs if it.nth]
    first = known.first_day(there) if there else 1
    long = [it.days for it in frame.lengths if it.unit == "night"]
    if (frame.lengths and not long) or len(long) > 1 or len(nth) > 1:
        return
    if long and (frame.has("LAST") or nth == [-1]):
        yield "last", long[0]
    elif long and (frame.has("FIRST") or nth == [1]):
        yield first, long[0]
    elif long:
        return
    elif nth == [-1] or frame.all_days == ["last"]:
        yield "last", None
    elif nth and nth[0]:
        yield first + nth[0] - 1, 1
    elif frame.has("FIRST") and frame.has("NIGHTS"):
        yield first, 1
    elif frame.has("LAST") and frame.has("NIGHTS"):
        yield "last", None
    elif frame.has("FROM") and len(frame.all_days) == 1:
        yield frame.all_days[0], None
    elif frame.all_days and not frame.has("FROM"):
        yield from _runs(frame.all_days)
    elif not frame.all_days:
        yield None, None


def _runs(days: Sequence[int | str]) -> Iterator[tuple[int | str, int]]:
    """Days in a row as one stay."""
    numbers = [it for it in days if isinstance(it, int)]
    if len(numbers) == len(days) and all(b - a == 1 for a, b in pairwise(numbers)):
        yield numbers[0], len(numbers)
        return
    yield from ((it, 1) for it in days)


def in_turn(acts: Sequence[tuple[Act, str]]) -> list[tuple[Act, str]]:
    """Beds one after the other: "the first two nights in A, then in B"; without the
    city where the trip has but one.
    """
    named = {it.city for it, _ in acts if isinstance(it, SetCity | AddCity)}
    made: list[tuple[Act, str]] = []
    for act, quote in acts:
        before = made[-1][0] if made else None
        if isinstance(act, SetBase) and isinstance(before, SetBase):
            follows = isinstance(before.night, int) and before.nights
            if follows and act.night is None and act.city in (None, before.city):
                night = before.night + before.nights  # type: ignore[operator]  # numbers
                act = with_(act, night=night, city=before.city)
        if isinstance(act, SetBase) and {act.city} == named:
            act = with_(act, city=None)
        made.append((act, quote))
    return made


def _spots(city: City) -> Iterator[str]:
    for it in gateways(city):
        names = [*spellings(it.anchor.name), *([it.code] if len(it.code) > 2 else [])]
        yield from (name for name in names if name != city.name)
