"""When places are open, by the hours that are known of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from itinerary_app.acts.values import minutes_of
from itinerary_app.assistant.almanac import in_words
from itinerary_app.assistant.answers import facts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.claims import Claim, claim
from itinerary_app.assistant.answers.nothing import nothing_planned
from itinerary_app.assistant.answers.question import Planned, Question
from itinerary_app.model import Place
from itinerary_app.planner.hours import Window, closed_days
from itinerary_app.planner.hours import known as known_windows
from itinerary_app.words import clock, hours, listed

ALWAYS = "24/7"
# Which days are holidays here is not known; on these they are almost everywhere.
_HOLIDAYS = {(1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31)}


def opening(question: Question) -> Answer:
    if place := question.place:
        return _of_place(question, place)
    if not question.stops:
        return nothing_planned(question)
    day = question.when.date
    text = _on(question, day) if day else _there(question)
    stops = tuple(item.stop.place.id for item in question.stops)
    return Answer(text, stops=stops, day=question.when.number)


def is_within(windows: Sequence[Window], arrive: int, leave: int) -> bool:
    return any(start <= arrive and leave <= end for start, end in windows)


def on_date(place: Place, day: date, country: str) -> tuple[Window, ...] | None:
    """Its known windows; None where they are not known or vague."""
    return known_windows(place.hours, day, country) if place.hours else None


def _of_place(question: Question, place: Place) -> Answer:
    visits = question.visits(place)
    here = visits[0] if visits else None
    number = question.when.number or (here.day.number if here else None)
    day = question.when.date
    if day is None and question.ask.day is None and here:
        day = here.day.date
    sentences = [_opens(question, place, day)]
    if here and here.day.number == number:
        sentences.append(f"You are there {facts.span(here.stop)}.")
    if day and (day.month, day.day) in _HOLIDAYS:
        sentences.append("Hours on public holidays may differ: check before you go.")
    return Answer(" ".join(sentences), stops=(place.id,), day=number)


def _opens(question: Question, place: Place, day: date | None) -> str:
    if place.hours is None:
        return (
            f"The opening hours of {place.name} are not known to me: look at its own "
            "page or ask there before you go."
        )
    if place.hours == ALWAYS and not question.ask.time:
        return f"{place.name} is always open, {facts.source(place)}."
    if day is None:
        return _usually(question, place)
    windows = on_date(place, day, question.country)
    if windows is None:
        return f"{place.name}: {hours(place)}, which does not say when on that day."
    if question.ask.time:
        return _at(place, day, windows, minutes_of(question.ask.time))
    if not windows:
        return (
            f"{place.name} is closed on {in_words(day)}: its {hours(place)} "
            f"({facts.source(place)})."
        )
    return (
        f"{place.name} is open {_spans(windows)} on {in_words(day)}, by its known "
        f"hours ({facts.source(place)})."
    )


def _usually(question: Question, place: Place) -> str:
    text = f"{place.name}: {hours(place)} ({facts.source(place)})"
    if closed := closed_days(place.hours):
        text += f"; closed on {listed(closed)}"
    if question.ask.day is None and not question.ask.time:
        return f"{text}."
    return f"{text}. Your plan has no dates, so I can't say more of that day."


def _at(place: Place, day: date, windows: Sequence[Window], minute: int) -> str:
    is_open = any(start <= minute < end for start, end in windows)
    return claim(
        Claim.OPEN if is_open else Claim.CLOSED,
        name=place.name,
        time=clock(minute),
        date=in_words(day),
        hours=hours(place).removeprefix("known hours: "),
        source=facts.source(place),
    )


def _on(question: Question, day: date) -> str:
    """All that are asked for on one date."""
    told: dict[str, list[str]] = {"open": [], "closed": [], "hours not known": []}
    for place in _places(question.stops):
        windows = on_date(place, day, question.country)
        if windows is None:
            told["hours not known"].append(place.name)
        elif windows:
            told["open"].append(f"{place.name} {_spans(windows)}")
        else:
            told["closed"].append(place.name)
    parts = [f"{word}: {listed(names)}" for word, names in told.items() if names]
    text = f"By the known hours, on {in_words(day)} {'; '.join(parts)}."
    if (day.month, day.day) in _HOLIDAYS:
        text += " Hours on public holidays may differ: check before you go."
    return text


def _there(question: Question) -> str:
    """All that are asked for while one is there."""
    unknown = [
        it.stop.place.name for it in question.stops if it.stop.place.hours is None
    ]
    misses = [miss for item in question.stops if (miss := _miss(question, item))]
    known = len(question.stops) - len(unknown)
    text = f"The hours are known for {known} of {facts.stops(len(question.stops))}"
    text += f"{question.within}: "
    if misses:
        text += f"{'; '.join(misses)}."
    elif all(item.day.date for item in question.stops):
        text += "by them, each is open while you are there."
    else:
        text += "by them, each opens every day of the week."
    return text + (f" Not known: {listed(unknown)}." if unknown else "")


def _miss(question: Question, item: Planned) -> str:
    place, stop = item.stop.place, item.stop
    if place.hours is None:
        return ""
    if item.day.date is None:
        closed = closed_days(place.hours)
        return f"{place.name} is closed on {listed(closed)}" if closed else ""
    windows = on_date(place, item.day.date, question.country)
    if windows is None or is_within(windows, stop.arrive, stop.leave):
        return "" if windows is not None else f"{place.name}: {hours(place)}"
    spans = f"open {_spans(windows)}" if windows else "closed"
    return (
        f"{place.name} is {spans} on {in_words(item.day.date)}, and you are there "
        f"{facts.span(stop)}"
    )


def _places(stops: Sequence[Planned]) -> list[Place]:
    return list({item.stop.place.id: item.stop.place for item in stops}.values())


def _spans(windows: Sequence[Window]) -> str:
    if any(end - start >= 24 * 60 for start, end in windows):
        return "all day"
    return listed(f"{clock(start)}–{clock(end)}" for start, end in windows)
