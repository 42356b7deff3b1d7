"""What is said where there is nothing to answer from."""

from __future__ import annotations

from msgspec.structs import replace

from itinerary_app.acts.acts import Add, SetCity, SetDays
from itinerary_app.acts.chips import Chip
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.answers import facts, kinds
from itinerary_app.assistant.answers.alike import alike
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.question import Question, name_of
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.continents import varied
from itinerary_app.text.dates import from_to
from itinerary_app.text.words import counted, listed

MOST = 3  # chips


def no_plan(scene: Scene) -> Answer:
    """Nothing is planned yet: what is missing comes first."""
    if scene.preferences.city is None:
        text = "There is no plan yet that I could look into. Which city shall it be?"
    else:
        text = (
            f"There is no plan for {scene.preferences.city} yet that I could look "
            "into. How many days shall it have?"
        )
    return Answer(text, beginnings(scene))


def beginnings(scene: Scene) -> tuple[Chip, ...]:
    """The first steps to a plan."""
    if scene.preferences.city is None:
        cities = list(varied(scene.cities))[:MOST]
        return tuple(Chip(it.name, (SetCity(city=it.name),)) for it in cities)
    return tuple(Chip(counted(n, "day"), (SetDays(days=n),)) for n in (2, 3, 5))


def no_such_day(question: Question) -> Answer:
    plan = question.plan
    assert plan is not None
    asked = question.ask.day
    what = f"no day {asked}" if isinstance(asked, int) else "no such day"
    first, last = plan.days[0].date, plan.days[-1].date
    text = f"Your plan has {what}: it has {counted(len(plan.days), 'day')}"
    if first and last:
        return Answer(f"{text}, {from_to(first, last)}.")
    return Answer(f"{text}{'' if isinstance(asked, int) else ' and no dates yet'}.")


def no_such_place(question: Question) -> Answer:
    """The name is no place that we know: nothing is said of it, others are offered."""
    name = name_of(question.ask.place)
    if not name:
        what = _described(question.ask.place)
        text = f"I can't tell which stop you mean{what}. Name it, and I'll look."
        return Answer(text, _instead(question, _of_the_kind(question)))
    where = question.city or "my list"
    text = (
        f"I don't find “{name}” in {where}: it is neither in your plan nor in my list "
        "of places, so I know nothing of it."
    )
    others = [place.id for place in alike(name, question.places.values())]
    if others:
        names = listed((question.places[it].name for it in others), "or")
        text += f" Do you mean {names}?"
    return Answer(text, _instead(question, others))


def nothing_planned(question: Question) -> Answer:
    """No stop of the plan is of the kind, meal or time that is asked for."""
    ask, day = question.ask, question.when.number
    if ask.meal:
        holding = question.holding
        if holding and not ask.kind:
            at = listed(facts.located(holding))
            return Answer(
                f"You have no {ask.meal} at a table{question.within}: {at}.", day=day
            )
        what = f"{ask.meal} at {kinds.one(ask.kind)}" if ask.kind else ask.meal
        return Answer(f"There is no {what} planned{question.within}.", day=day)
    if ask.kind:
        text = f"Your plan has no {_bare(ask.kind)}{question.within}."
        return Answer(text, (of_kind(ask.kind, day),), day=day)
    if ask.time:
        text = f"Nothing is planned{question.within}."
        return Answer(f"{text} You are on the way or free then.", day=day)
    return Answer(f"Nothing is planned{question.within}: that time is free.", day=day)


def of_kind(kind: str, day: int | None) -> Chip:
    act = Add(place=Reference(kind=kind), day=day)
    label = f"Look for {kind}" if "“" in kinds.one(kind) else f"Add {kinds.one(kind)}"
    return Chip(label, (act,))


def _bare(kind: str) -> str:
    return kinds.one(kind).split(" ", 1)[1]


def _described(where: object) -> str:
    kind = where.kind if isinstance(where, Reference) else None
    return f" by “{kind.replace('_', ' ')}”" if kind else ""


def _of_the_kind(question: Question) -> list[str]:
    """The stops that may be meant: those of the kind, else the first."""
    asked = question.ask.place
    kind = asked.kind if isinstance(asked, Reference) else None
    stops = [item.stop.place for item in question.planned]
    same = [place for place in stops if kind and kinds.is_of(place, kind)]
    return [place.id for place in (same or stops)[:MOST]]


def _instead(question: Question, ids: list[str]) -> tuple[Chip, ...]:
    """The same question of other places."""
    return tuple(
        Chip(question.places[it].name, (replace(question.ask, place=it),)) for it in ids
    )
