"""What is planned: schedule, what is in it, how many, how full, on which dates."""

from __future__ import annotations

import re

from itinerary_app.acts.acts import Add, Ask, Calmer, Fuller, Topic
from itinerary_app.acts.chips import Chip
from itinerary_app.acts.values import Meal
from itinerary_app.assistant.answers import facts, kinds
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.claims import Claim, claim
from itinerary_app.assistant.answers.nothing import nothing_planned, of_kind
from itinerary_app.assistant.answers.question import Planned, Question
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Day, Place, StopKind
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import from_to, in_words
from itinerary_app.text.words import counted, lasting, listed

MOST_DAYS = 3  # that are told stop by stop
# Words that ask for nothing of their own.
_FILLING = frozenset(
    "a an any some the in on of at our my plan trip itinerary day there planned "
    "is are do we have which what see visit will included morning afternoon evening "
    "1 2 3 4 5 6 7 8 9".split()
)


def schedule(question: Question) -> Answer:
    if place := question.place:
        return _when(question, place)
    if not question.stops:
        return nothing_planned(question)
    if question.ask.meal and (bound := _BOUND.search(question.ask.about or "")):
        return _bounded(question, bound)
    days = list(dict.fromkeys(item.day.number for item in question.stops))
    words = _timed if len(days) > 1 else _spanned
    texts = [
        f"{_title(day)}: {listed(map(words, here))}."
        for day in question.days
        if (here := [it for it in question.stops if it.day.number == day.number])
    ]
    chips: tuple[Chip, ...] = ()
    if len(texts) > MOST_DAYS:
        chips = tuple(_look(number) for number in days[MOST_DAYS:][:3])
        texts = [*texts[:MOST_DAYS], f"{counted(len(texts) - MOST_DAYS, 'day')} more."]
    stops = tuple(item.stop.place.id for item in question.stops)
    return Answer(" ".join(texts), chips, stops, days[0] if len(days) == 1 else None)


# "Lunch after 1pm"; the hour of a meal is after noon unless it says otherwise.
_BOUND = re.compile(
    r"\b(?P<side>after|later than|before|earlier than) (?P<hour>\d{1,2})"
    r"(?: (?P<minute>\d\d))? ?(?P<half>am|pm)?\b"
)
_NOON = 12


def _bounded(question: Question, bound: re.Match[str]) -> Answer:
    """The meals that begin after an hour, or before it."""
    hour = int(bound["hour"])
    if hour < _NOON and (bound["half"] == "pm" or (not bound["half"] and hour < 11)):
        hour += _NOON
    limit = hour * 60 + int(bound["minute"] or 0)
    late = bound["side"] in ("after", "later than")
    found = [
        it
        for it in question.stops
        if (it.stop.arrive > limit if late else it.stop.arrive < limit)
    ]
    meal = f"{question.ask.meal}".capitalize()
    when = f"{'after' if late else 'before'} {clock(limit)}"
    if not found:
        every = listed(facts.located(question.stops))
        return Answer(f"{meal} is never {when}: {every}.")
    stops = tuple(it.stop.place.id for it in found)
    return Answer(f"{meal} is {when} here: {listed(facts.located(found))}.", (), stops)


def included(question: Question) -> Answer:
    ask = question.ask
    if place := question.place:
        return _place_included(question, place)
    every = [it for it in question.planned if it.day in question.days]
    count = f"{facts.stops(len(every))} of your plan"
    said = tuple(item.stop.place.id for item in question.stops)
    if ask.about and not _is_covered(question):
        return _in_part(question)
    if not (ask.meal or ask.kind):
        return schedule(question)
    if not said:
        return _none_included(question, count)
    stops = listed(facts.located(question.stops))
    if ask.meal:
        text = claim(Claim.MEAL_PLANNED, meal=_described(question), stops=stops)
    else:
        number = kinds.counted(len(said), ask.kind or "")
        text = claim(
            Claim.KIND_PLANNED, count=number, where=question.within, stops=stops
        )
    return Answer(text, stops=said, day=question.when.number)


def count(question: Question) -> Answer:
    ask, plan = question.ask, question.plan
    assert plan is not None
    number = question.when.number
    if ask.kind is None and ask.meal is None:
        visits = [it for it in question.stops if it.stop.kind is StopKind.VISIT]
        meals = len(question.stops) - len(visits)
        days = question.within or f" in {counted(len(plan.days), 'day')}"
        text = f"{counted(len(visits), 'sight')} and {counted(meals, 'meal')}{days}."
        return Answer(text, day=number)
    if not question.stops:
        return nothing_planned(question)
    length = len(question.stops)
    told = kinds.counted(length, ask.kind) if ask.kind else _meals(length, ask.meal)
    if ask.kind and ask.meal:
        told += f" for {ask.meal}"
    text = f"{told}{question.within}: {listed(facts.located(question.stops))}."
    return Answer(text, stops=tuple(it.stop.place.id for it in question.stops))


def busiest(question: Question) -> Answer:
    return _extreme(question, busy=True)


def calmest(question: Question) -> Answer:
    return _extreme(question, busy=False)


def busyness(question: Question) -> Answer:
    """How full the day asked for is; whether that is too much is not ours to say."""
    day = question.days[0]
    text = (
        f"Day {day.number} has {_load_words(day)}. Whether that suits you is yours to "
        "say."
    )
    chips = (
        Chip("Make it calmer", (Calmer(day=day.number),)),
        Chip("Make it fuller", (Fuller(day=day.number),)),
    )
    return Answer(text, chips, day=day.number)


def stay(question: Question) -> Answer:
    """How long one is at a place, or at all places asked for."""
    if place := question.place:
        return _stay_at(question, place)
    if not question.stops:
        return nothing_planned(question)
    total = sum(item.stop.leave - item.stop.arrive for item in question.stops)
    each = listed(
        f"{item.stop.place.name} {lasting(item.stop.leave - item.stop.arrive)}"
        for item in question.stops[:8]
    )
    more = len(question.stops) - 8
    rest = f" and {counted(more, 'more stop')}" if more > 0 else ""
    text = f"{lasting(total)} at stops{question.within}: {each}{rest}."
    return Answer(f"{text} These are usual lengths.", day=question.when.number)


def dates(question: Question) -> Answer:
    plan, asked = question.plan, question.days
    assert plan is not None
    number = question.when.number
    if plan.days[0].date is None or plan.days[-1].date is None:
        return Answer(
            f"Your plan has {counted(len(plan.days), 'day')} and no dates yet: say "
            "when it begins, for example “from 24 December”.",
            day=number,
        )
    if number is not None and asked and asked[0].date:
        return Answer(f"Day {number} is {in_words(asked[0].date)}.", day=number)
    first, last = plan.days[0].date, plan.days[-1].date
    if first == last:
        return Answer(f"Your one day is {in_words(first)}.")
    return Answer(f"Your {len(plan.days)} days are {from_to(first, last)}.")


def _none_included(question: Question, count: str) -> Answer:
    """A no, with what comes near, as kinds are not always called the same."""
    kind, number = question.ask.kind, question.when.number
    text = claim(
        Claim.NOTHING_PLANNED,
        count=count,
        where=question.within,
        what=_described(question),
    )
    akin = [
        it for it in question.without_kind if kinds.is_akin(it.stop.place, kind or "")
    ]
    if akin:
        told = listed(
            f"{it.stop.place.name} ({it.stop.place.category.label}) {facts.when(it)}"
            for it in akin
        )
        text += f" What comes near: {told}."
    chips = (of_kind(kind, number),) if kind and not question.ask.meal else ()
    return Answer(text, chips, tuple(it.stop.place.id for it in akin), number)


def _described(question: Question) -> str:
    """A church; dinner; lunch at a place for street food."""
    kind, meal = question.ask.kind, question.ask.meal
    if meal is None:
        return kinds.one(kind or "")
    return f"{meal} at {kinds.one(kind)}" if kind else meal.value


def _when(question: Question, place: Place) -> Answer:
    visits = question.visits(place)
    if not visits:
        text = f"{place.name} is not among the {len(question.planned)} stops planned."
        return Answer(text, (_add(question, place),), (place.id,))
    kind = visits[0].stop.kind
    meal = "" if kind is StopKind.VISIT else f", for {kind}"
    told = listed(f"on day {it.day.number}, {facts.span(it.stop)}" for it in visits)
    text = f"{place.name} is {told}{meal}."
    return Answer(text, stops=(place.id,), day=visits[0].day.number)


def _place_included(question: Question, place: Place) -> Answer:
    visits = question.visits(place)
    if not visits:
        return _not_planned(question, place)
    when = listed(facts.when(item) for item in visits)
    day = question.when.number
    if day and all(item.day.number != day for item in visits):
        text = f"{place.name} is planned {when}, not on day {day}."
    else:
        text = claim(Claim.PLANNED, name=place.name, when=when)
    return Answer(text, stops=(place.id,), day=visits[0].day.number)


def _not_planned(question: Question, place: Place) -> Answer:
    count = facts.stops(len(question.planned))
    text = claim(Claim.NOT_PLANNED, name=place.name, count=count)
    return Answer(text, (_add(question, place),), (place.id,))


def _add(question: Question, place: Place) -> Chip:
    act = Add(place=place.id, day=question.when.number)
    return Chip(f"Add {place.name}", (act,))


def _is_covered(question: Question) -> bool:
    """Whether the words asked for say no more than the kind or meal, which we know."""
    ask = question.ask
    known = set(_FILLING)
    if ask.kind:
        known.update(f"{kinds.one(ask.kind)} {kinds.some(ask.kind)} {ask.kind}".split())
    if ask.meal:
        known.add(ask.meal.value)
    return known.issuperset(plain(ask.about or "").split())


def _in_part(question: Question) -> Answer:
    """More is asked for than kinds and days can say: no yes, only what is planned."""
    about = f"“{question.ask.about}”"
    if not (question.ask.kind or question.ask.meal):
        text = f"I know no kind of place called {about}, so I can't say if it is in."
        return Answer(text, (_look(question.when.number or 1),))
    text = f"Whether {about} holds is nothing that I know."
    if stops := question.stops:
        text += f" What is planned{question.within}: {listed(facts.located(stops))}."
    else:
        text += f" {nothing_planned(question).text}"
    return Answer(text, stops=tuple(it.stop.place.id for it in stops))


def _extreme(question: Question, *, busy: bool) -> Answer:
    plan = question.plan
    assert plan is not None
    load = {day.number: day.busy_minutes for day in plan.days}
    best = max(load.values()) if busy else min(load.values())
    found = [day for day in plan.days if load[day.number] == best]
    if len(found) == len(plan.days) > 1:
        return Answer(f"All days are equally full: {_load_words(found[0])} each.")
    day = found[0]
    names = listed(str(it.number) for it in found)
    word = "busiest" if busy else "calmest"
    text = f"Day {names} is the {word}: {_load_words(day)}."
    if len(plan.days) == 1:
        text = f"Your plan has one day: {_load_words(day)}."
    elif len(found) > 1:
        text = f"Days {names} are equally the {word}: {_load_words(day)} each."
    act = Calmer(day=day.number) if busy else Fuller(day=day.number)
    label = f"Make day {day.number} {'calmer' if busy else 'fuller'}"
    return Answer(text, (Chip(label, (act,)),), day=day.number)


def _load_words(day: Day) -> str:
    if not day.stops:
        return "nothing planned"
    visits = sum(it.kind is StopKind.VISIT for it in day.stops)
    return (
        f"{counted(visits, 'sight')}, {lasting(day.busy_minutes)} at sights and on the "
        f"way, {clock(day.stops[0].arrive)}–{clock(day.stops[-1].leave)}"
    )


def _stay_at(question: Question, place: Place) -> Answer:
    visits = question.visits(place)
    if visits:
        day, stop = visits[0]
        length = lasting(stop.leave - stop.arrive)
        own = stop.kind is StopKind.VISIT and stop.place.minutes is not None
        usual = "the usual time there" if own else "usual for such a place"
        text = (
            f"{length} at {place.name}, {facts.span(stop)} on day {day.number}: that "
            f"is {usual} unless you asked for another."
        )
        return Answer(text, stops=(place.id,), day=day.number)
    if place.minutes is not None:
        text = f"Usually {lasting(place.minutes)} at {place.name}; it is not planned."
    else:
        text = f"How long one stays at {place.name} is not known to me."
    return Answer(text, stops=(place.id,))


def _meals(count: int, meal: Meal | None) -> str:
    if count == 1:
        return f"1 {meal}"
    return f"{count} {'lunches' if meal is Meal.LUNCH else 'dinners'}"


def _title(day: Day) -> str:
    return (
        f"Day {day.number}, {in_words(day.date)}" if day.date else f"Day {day.number}"
    )


def _timed(item: Planned) -> str:
    kind = item.stop.kind
    meal = "" if kind is StopKind.VISIT else f"{kind} at "
    return (
        f"{clock(item.stop.arrive)} {meal}{item.stop.place.name}{facts.meal(item.stop)}"
    )


def _spanned(item: Planned) -> str:
    return f"{facts.span(item.stop)}{_timed(item)[len('09:30') :]}"


def _look(number: int) -> Chip:
    return Chip(f"Show day {number}", (Ask(topic=Topic.SCHEDULE, day=number),))
