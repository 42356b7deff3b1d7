"""When places are open, by the hours that are known of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from itinerary_app.acts.values import Time, minutes_of
from itinerary_app.assistant.answers import facts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.claims import Claim, claim
from itinerary_app.assistant.answers.nothing import nothing_planned
from itinerary_app.assistant.answers.question import Planned, Question
from itinerary_app.catalogue.holidays import holiday
from itinerary_app.catalogue.hours import in_doubt, known
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.observances import RAMADAN, is_ramadan
from itinerary_app.catalogue.osm_hours import ALWAYS, Window
from itinerary_app.catalogue.seasons import closed_days
from itinerary_app.model import Place
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import in_words
from itinerary_app.text.words import hours, listed

MOST = 10  # names of one group


def opening(question: Question) -> Answer:
    if place := question.place:
        return _of_place(question, place)
    # the time asked for is one of opening, not one of being there
    at, question = question.ask.time, question.without_time
    if not question.stops:
        return nothing_planned(question)
    day = question.when.date
    if day or (at and all(item.day.date for item in question.stops)):
        text = _on(question, day, at)
    else:
        text = _there(question)
    stops = tuple(item.stop.place.id for item in question.stops)
    return Answer(text, stops=stops, day=question.when.number)


def on_date(question: Question, place: Place, day: date) -> tuple[Window, ...] | None:
    """Its known windows; None where they are not known or vague."""
    if place.hours is None:
        return None
    city = question.city_of(place)
    light = daylight(city, day) if city else None
    return known(place.hours, day, question.region_of(place), light)


def _holiday(day: date | None, region: str) -> str:
    """That it is a public holiday, or Ramadan, or ""."""
    name = holiday(day, region)
    if day and is_ramadan(day, region):
        return f"{in_words(day)} is in {RAMADAN}, to within a day."
    return f"{in_words(day)} is a public holiday, {name}." if day and name else ""


def _of_place(question: Question, place: Place) -> Answer:
    visits = question.visits(place)
    here = visits[0] if visits else None
    number, day = question.when
    if question.ask.day is None and here:
        number, day = here.day.number, here.day.date
    sentences = [_opens(question, place, day)]
    if here and here.day.number == number:
        sentences.append(f"You are there {facts.span(here.stop)}.")
    elif here:
        sentences.append(f"Your visit is {facts.when(here)}.")
    sentences.append(_holiday(day, question.region_of(place)))
    return Answer(" ".join(filter(None, sentences)), stops=(place.id,), day=number)


def _opens(question: Question, place: Place, day: date | None) -> str:
    if place.hours is None:
        return (
            f"The opening hours of {place.name} are not known to me: look at its own "
            "page or ask there before you go."
        )
    if place.hours == ALWAYS and not question.ask.time:
        return f"{place.name} is always open (from {facts.source(place)})."
    if day is None:
        return _usually(question, place)
    windows = on_date(question, place, day)
    name = in_doubt(place.hours, day, question.region_of(place))
    if windows is None and name:
        doubt = "all of Ramadan" if name == RAMADAN else "public holidays"
        return (
            f"Whether {place.name} opens on that day is not known to me: {hours(place)}"
            f" (from {facts.source(place)}), which does not tell of {doubt}. "
            "Ask there before you go."
        )
    if windows is None:
        return f"{place.name}: {hours(place)}, which does not say when on that day."
    if question.ask.time:
        return _at(question, place, day, windows)
    if not windows:
        return (
            f"{place.name} is closed on {in_words(day)}, by its {hours(place)} "
            f"(from {facts.source(place)})."
        )
    return (
        f"{place.name} is open {_spans(windows)} on {in_words(day)}, by its known "
        f"hours (from {facts.source(place)})."
    )


def _usually(question: Question, place: Place) -> str:
    text = f"The hours of {place.name}, as far as known: {facts.bare_hours(place)} "
    text += f"(from {facts.source(place)})"
    if closed := closed_days(place.hours):
        text += f"; closed on {listed(closed)}"
    if question.ask.day is None and not question.ask.time:
        return f"{text}."
    return f"{text}. Without a date I can't say more."


def _at(question: Question, place: Place, day: date, windows: Sequence[Window]) -> str:
    minute = minutes_of(question.ask.time or "")
    is_open = _is_at(question, place, day, windows, minute)
    return claim(
        Claim.OPEN if is_open else Claim.CLOSED,
        name=place.name,
        time=clock(minute),
        date=in_words(day),
        hours=facts.bare_hours(place),
        source=f"from {facts.source(place)}",
    )


def _is_at(
    question: Question, place: Place, day: date, windows: Sequence[Window], minute: int
) -> bool:
    late = _after_midnight(question, place, day)
    return any(start <= minute < end for start, end in (*windows, *late))


def _after_midnight(question: Question, place: Place, day: date) -> list[Window]:
    """What is left of the evening before."""
    before = on_date(question, place, day - timedelta(days=1)) or ()
    return [(0, end - 24 * 60) for _, end in before if end > 24 * 60]


def _on(question: Question, day: date | None, at: Time | None) -> str:
    """All that are asked for on one date, or each on its own; at a time, if given."""
    told: dict[str, list[str]] = {"open": [], "closed": [], "hours not known": []}
    for item in {item.stop.place.id: item for item in question.stops}.values():
        place, on = item.stop.place, day or item.day.date
        assert on is not None
        windows = on_date(question, place, on)
        if windows is None:
            told["hours not known"].append(place.name)
            continue
        spans = f"{place.name} {_spans(windows)}" if windows else place.name
        minute = minutes_of(at) if at else None
        if minute is None:
            is_open = bool(windows)
        else:
            is_open = _is_at(question, place, on, windows, minute)
        told["open" if is_open else "closed"].append(spans)
    parts = [
        f"{word}: {facts.few(names, MOST)}" for word, names in told.items() if names
    ]
    when = f" on {in_words(day)}" if day else ""
    when = f" at {at}{when}" if at else when
    text = f"By the known hours,{when} {'; '.join(parts)}."
    caution = _holiday(day, question.region_on(day)) if day else ""
    return f"{text} {caution}".strip()


def _there(question: Question) -> str:
    """All that are asked for while one is there."""
    unknown = [
        it.stop.place.name for it in question.stops if it.stop.place.hours is None
    ]
    dated = all(item.day.date for item in question.stops)
    misses = list(_misses(question)) if dated else _closed_days(question)
    known = len(question.stops) - len(unknown)
    if not known:
        return f"The opening hours of {listed(unknown)} are not known to me."
    text = f"The hours are known for {known} of {facts.stops(len(question.stops))}"
    text += f"{question.within}: "
    if misses:
        text += f"{'; '.join(misses)}."
    elif dated:
        text += "by them, each is open while you are there."
    else:
        text += "by them, each opens every day of the week."
    if unknown:
        text += f" Not known: {listed(unknown)}."
    cautions = {
        _holiday(it.day.date, question.region_of(it.stop.place))
        for it in question.stops
    }
    return " ".join([text, *filter(None, cautions)])


def _misses(question: Question) -> Iterator[str]:
    """The stops that are not known to be open all the time that one is there."""
    for day, stop in question.stops:
        if stop.place.hours is None or day.date is None:
            continue
        windows = on_date(question, stop.place, day.date)
        if windows is None:
            yield f"{stop.place.name}: {hours(stop.place)}"
        elif not _is_within(windows, stop.arrive, stop.leave):
            spans = f"open {_spans(windows)}" if windows else "closed"
            yield (
                f"{stop.place.name} is {spans} on {in_words(day.date)}, and you are "
                f"there {facts.span(stop)}"
            )


def _closed_days(question: Question) -> list[str]:
    """Closed on Mondays: A and B."""
    closed: dict[tuple[str, ...], list[str]] = {}
    for place in _places(question.stops):
        if days := closed_days(place.hours):
            closed.setdefault(days, []).append(place.name)
    return [f"closed on {listed(days)}: {listed(it)}" for days, it in closed.items()]


def _is_within(windows: Sequence[Window], arrive: int, leave: int) -> bool:
    return any(start <= arrive and leave <= end for start, end in windows)


def _places(stops: Sequence[Planned]) -> list[Place]:
    return list({item.stop.place.id: item.stop.place for item in stops}.values())


def _spans(windows: Sequence[Window]) -> str:
    if any(end - start >= 24 * 60 for start, end in windows):
        return "all day"
    return listed(f"{clock(start)}–{clock(end)}" for start, end in windows)
