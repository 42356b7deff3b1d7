"""Questions about a plan that is there, answered from its facts alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from itinerary_app.assistant import alternatives, daynumbers, mustsees, needs, opening
from itinerary_app.assistant.stops import Answer
from itinerary_app.assistant.vocabulary import SUBJECTS
from itinerary_app.catalogue.almanac import in_words
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import (
    Access,
    Diet,
    Itinerary,
    Place,
    Preferences,
    Stop,
    StopKind,
)
from itinerary_app.text.clock import clock
from itinerary_app.text.words import counted, hours, listed, price

SURE = 90  # of 100, that a question names a stop
SHORTEST_NAME = 5  # letters
_ASKS = re.compile(
    r"\s*(?:so |and |but |ok |hey |hi |please )*(?:what(?!'?s? (?:if|about))(?:'s)?"
    r"|when|where|which|who|why(?! not)|how(?! about)|is|are|was|were|am i"
    r"|does|do (?:we|i|you|they|any)|do(?! not)(?=[^?]*\?)|did|has"
    r"|have (?:we|you|i) |can i|can you tell|could you tell"
    r"|tell me|show (?:me|us) (?:the|my|our) (?:plan|itinerary)|will|should (?:we|i)"
    r"|would you|alternatives?|any|got any|i wonder)\b"
    r"|\s*(?:(?:what|how) about |show me |and )?day \w+[?.! ]*$"
)
_WANTS = re.compile(
    r"\b(?:remove|skip|drop|delete|swap|replace|change|exchange|add|include|make)\b"
)
_WHOLE = re.compile(r"\b(?:how many days|how long is (?:it|this|the trip|my trip))\b")
_MONEY = re.compile(
    r"\b(?:cost|costs|price|prices|expensive|how much|pay"
    r"|tickets?|admissions?|fees?)\b"
)
_DATES = re.compile(
    r"\bdates?\b|\b(?:which|what) day (?:of the week )?is (?=day |the \w+ day)"
    r"|\bwhat weekday\b|\bwhen (?:is|are) day \w+"
    r"|\bwhen (?:do|does|is|are) (?:we|i|it|the trip|my trip|our trip) "
    r"(?:start|begin|end|going|leaving|leave|arrive)"
)
_OPEN = re.compile(r"\b(?:open|opens|opening|opened|close|closes|closed|closing)\b")
_ACCESS = {
    Access.YES: "wheelchairs get in",
    Access.LIMITED: "wheelchairs get in in part",
    Access.NO: "it is known to have no step-free access",
    None: "whether wheelchairs get in is unknown to me; ask there",
}
# An order that is put as a question.
_POLITE = re.compile(
    r"\s*(?:is it possible to|would it be possible to|would you|will you|can you"
    r"|could you|should we|any chance to|is there a way to) (?:please |just |maybe )?"
    r"(?:start|begin|make|move|swap|add|keep|lock|unlock|plan|avoid|set|leave|end"
    r"|finish|change|replace|do|shift|limit|arrange)\b"
)
_KINDS = {StopKind.LUNCH: r"\blunch\b", StopKind.DINNER: r"\b(?:dinner|supper)\b"}
CANNOT = (
    "That I can't tell. I know this plan: ask what is on a day, or about a stop, a "
    "meal or the prices. I changed nothing."
)


def asks(text: str) -> bool:
    """Whether lower-case text asks about the plan rather than for a change."""
    if _POLITE.match(text) or not _ASKS.match(text):
        return False
    if re.match(r"\s*(?:any|got any)\b", text) and not text.rstrip().endswith("?"):
        return False
    polite = re.match(r"\s*can i\b", text)
    return not (polite and _WANTS.search(text))


def answer(
    itinerary: Itinerary,
    text: str,
    told: Preferences,
    places: Sequence[Place],
) -> Answer:
    """What plan and places say to the question in lower-case text; nothing is made
    up.
    """
    if alternatives.ASKED.search(text):
        return alternatives.answer(itinerary, text, told, places)
    day = daynumbers.first(text, len(itinerary.days))
    return Answer(_answer(itinerary, text, day, places))


def _answer(
    itinerary: Itinerary, text: str, day: int | None, places: Sequence[Place]
) -> str:
    days = [each for each in itinerary.days if day in (None, each.number)]
    if not days:
        return f"Your plan has {counted(len(itinerary.days), 'day')}."
    if _DATES.search(text):
        return _dates(itinerary, day)
    stops = [(each.number, stop) for each in days for stop in each.stops]
    all_stops = [(it.number, stop) for it in itinerary.days for stop in it.stops]
    if _OPEN.search(text) and (place := _place(itinerary, all_stops, text, places)):
        number = day or next(
            (number for number, stop in all_stops if stop.place.id == place.id), None
        )
        date = itinerary.days[number - 1].date if number else None
        return opening.on(place, date) if date else opening.usually(place)
    if facts := _facts(itinerary, all_stops, text, places):
        return facts
    if found := _named(stops, text):
        return _about(*found)
    for kind, pattern in _KINDS.items():
        if re.search(pattern, text):
            meals = [item for item in stops if item[1].kind is kind]
            return _meals(kind, meals)
    if _WHOLE.search(text):
        return f"Your plan has {counted(len(itinerary.days), 'day')}."
    if _MONEY.search(text):
        return _money([stop for _, stop in stops])
    if kinds := _of_a_kind(stops, text):
        return kinds
    if day is not None or re.search(r"\b(?:plan|itinerary)\b", text):
        return " ".join(
            f"Day {each.number}: {listed(map(_timed, each.stops))}." for each in days
        )
    return CANNOT


def _dates(itinerary: Itinerary, day: int | None) -> str:
    dates = [each.date for each in itinerary.days if each.date]
    if not dates:
        return "Your plan has no dates yet. Say for example “from 24 December”."
    if day is not None:
        return f"Day {day} is {in_words(dates[day - 1])}."
    if len(dates) == 1:
        return f"Your day is {in_words(dates[0])}."
    return f"Your dates are {in_words(dates[0])} to {in_words(dates[-1])}."


def _facts(
    itinerary: Itinerary,
    stops: Iterable[tuple[int, Stop]],
    text: str,
    places: Sequence[Place],
) -> str:
    """What is known of access and diets where a place is asked about."""
    asked, _ = needs.read(text)
    if not (asked.diets or asked.mobility):
        return ""
    place = _place(itinerary, stops, text, places)
    if place is None:
        return ""
    if asked.mobility:
        access = _ACCESS[place.wheelchair]
        return f"{place.name}: {access}."
    if not place.diets:
        return f"What diets {place.name} serves is unknown to me; ask there."
    said = f"{place.name} is known to serve {_food(place.diets)}"
    if rest := [diet for diet in asked.diets if diet not in place.diets]:
        return f"{said}; whether {_food(rest)} too is unknown to me, ask there."
    return f"{said}."


def _food(diets: Sequence[Diet]) -> str:
    return f"{listed(diet.replace('_', '-') for diet in diets)} food"


def _place(
    itinerary: Itinerary,
    stops: Iterable[tuple[int, Stop]],
    text: str,
    places: Sequence[Place],
) -> Place | None:
    """The place that a question names, in the plan or not."""
    if found := _named(stops, text):
        return found[1].place
    name = re.sub(r"\b(?:is|are|when|does|do|what time|will|be|the)\b", " ", text)
    name = daynumbers.DAY.sub(" ", _OPEN.sub(" ", name))
    return mustsees.best(name.strip(" ?.!"), places, itinerary.city.name)


def _named(stops: Iterable[tuple[int, Stop]], text: str) -> tuple[int, Stop] | None:
    flat = plain(text)
    best: tuple[float, int, tuple[int, Stop]] | None = None
    for item in stops:
        for name in re.split(r"\s*[(),]\s*|\s+and\s+", plain(item[1].place.name)):
            if len(name) < SHORTEST_NAME or len(name) > len(flat):
                continue
            score = fuzz.partial_ratio(name, flat)
            if score >= SURE and (best is None or (score, len(name)) > best[:2]):
                best = (score, len(name), item)
    return best[2] if best else None


def _about(day: int, stop: Stop) -> str:
    place = stop.place
    return (
        f"{place.name} ({place.category.label}) is on day {day}, "
        f"{clock(stop.arrive)}–{clock(stop.leave)}; {hours(place)}, {price(place)}. "
        f"It is in your plan for this: {stop.reason}. More I don't know."
    )


def _meals(kind: StopKind, meals: list[tuple[int, Stop]]) -> str:
    if not meals:
        return f"No {kind} is planned there."
    told = (
        f"on day {day} at {clock(stop.arrive)}, {stop.place.name}"
        for day, stop in meals
    )
    return f"{kind.capitalize()}: {'; '.join(told)}."


def _money(stops: list[Stop]) -> str:
    known = [stop.place for stop in stops if stop.place.price is not None]
    sums: dict[str, float] = {}
    for place in known:
        if place.price:
            currency = place.currency or ""
            sums[currency] = sums.get(currency, 0.0) + place.price
    total = (
        listed(f"{name} {amount:,.10g}" for name, amount in sums.items()) or "nothing"
    )
    return (
        f"I know the admission of {len(known)} of {counted(len(stops), 'stop')}: "
        f"{total} in all for an adult. What meals cost I don't know."
    )


def _of_a_kind(stops: list[tuple[int, Stop]], text: str) -> str:
    for subject in SUBJECTS:
        if subject.categories and (said := subject.pattern.search(text)):
            found = [
                f"{stop.place.name} on day {day}"
                for day, stop in stops
                if stop.place.category in subject.categories
            ]
            if found:
                return f"Yes: {listed(found)}."
            return f"No {said[0]} there so far. Say “add” and I look for one."
    return ""


def _timed(stop: Stop) -> str:
    meal = "" if stop.kind is StopKind.VISIT else f"{stop.kind} at "
    return f"{clock(stop.arrive)} {meal}{stop.place.name}"
