"""What a place is, why it is in the plan or not, what else could be, is it worth it."""

from __future__ import annotations

from collections.abc import Iterator

from itinerary_app.acts.acts import Add, Allow, Ask, NoMore, Swap, Topic
from itinerary_app.acts.chips import Chip
from itinerary_app.assistant.answers import facts, kinds, opening
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import nothing_planned
from itinerary_app.assistant.answers.plan import busyness
from itinerary_app.assistant.answers.question import Planned, Question
from itinerary_app.assistant.answers.wishes import wishes
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.model import Access, Diet, Mobility, Place, StopKind
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import in_words
from itinerary_app.text.money import money
from itinerary_app.text.words import counted, listed, no_access, price

MOST = 3
REMOTE_KM = 3.0  # from the nearest stop, from which on the way is worth a word
_WEIGHT = {
    5: "a sight that a first visit should not miss",
    4: "well known",
    3: "a good one of its kind",
    2: "for those with time to spare",
    1: "one of the lesser known",
}

_TELLING = ("Near ", "On the way", "Free", "Serves ")  # with a fact of their own
_NO_OPINION = (
    "I have no opinion of my own, only facts: name a place, and I give those of it.",
    "I can't judge that. Of a place I can say how well known it is and what it costs.",
)


def why(question: Question) -> Answer:
    place = question.place
    if place is None:
        return _why_kind(question) if question.ask.kind else _why_day(question)
    visits = question.visits(place)
    if not visits:
        return why_not(question)
    item = visits[0]
    reasons = listed(_reasons(question, item)) or "it fits the day"
    text = f"{place.name} is planned {facts.when(item)}: {reasons}."
    chip = Chip(
        "What else could be there?", (Ask(topic=Topic.ALTERNATIVES, place=place.id),)
    )
    return Answer(text, (chip,), (place.id,), item.day.number)


def why_not(question: Question) -> Answer:
    """What is known to speak against the place; nothing is made up."""
    place = question.place
    if place is None:
        return _why_no_kind(question)
    visits = question.visits(place)
    if visits:
        text = f"{place.name} is planned: {facts.when(visits[0]).removeprefix('on ')}."
        return Answer(text, stops=(place.id,), day=visits[0].day.number)
    against = list(_against(question, place))
    chips = (Chip(f"Add {place.name}", (Add(place=place.id),)),)
    if against:
        text = f"{place.name} is not in your plan: {listed(against)}."
        return Answer(text, chips, (place.id,))
    text = (
        f"I find nothing that speaks against {place.name} ({weight(place)}): others "
        "were chosen for the time there is."
    )
    return Answer(f"{text}{_remote(question, place)}", chips, (place.id,))


def alternatives(question: Question) -> Answer:
    place = question.place
    if place is None and len(question.stops) == 1:  # that day's dinner
        place = question.stops[0].stop.place
    if place is None:
        return _of_which(question)
    if not question.visits(place):
        text = f"{place.name} is not in your plan, so there is nothing to replace."
        return Answer(text, (_add(place),), (place.id,))
    if question.given.alternatives is None:
        text = f"“Change” at {place.name} shows what fits there instead."
        return Answer(text, (_swap(place, None),), (place.id,))
    others = list(question.given.alternatives(place.id))[:MOST]
    if not others:
        text = f"I found nothing else that fits there instead of {place.name}."
        return Answer(text, stops=(place.id,))
    told = listed((f"{it.name} ({it.category.label})" for it in others), "or")
    text = f"Instead of {place.name}, these fit there: {told}."
    chips = tuple(_swap(place, other) for other in others)
    return Answer(text, chips, (*(it.id for it in others), place.id))


def opinion(question: Question) -> Answer:
    place, other = question.place, question.other
    if place is None:
        if question.ask.day is not None and question.days:
            return busyness(question)
        return _of_the_plan(question)
    told = [_worth(question, it) for it in (place, other) if it]
    text = f"{' '.join(told)} Others may see it differently."
    planned = bool(question.visits(place))
    return Answer(text, () if planned else (_add(place),), (place.id,))


def about(question: Question) -> Answer:
    """What a place is, by its facts, and where in the plan."""
    place = question.place
    if place is None:
        return Answer("Name a place, and I say what I know of it.")
    kind, visits = place.category.label, question.visits(place)
    likes = f" for {listed(place.interests)}" if place.interests else ""
    article = "an" if kind[0] in "aeiou" else "a"
    told = facts.told(place) or "neither hours nor price are known"
    planned = listed(facts.when(item) for item in visits)
    where = f"planned {planned}" if visits else "not in your plan"
    text = (
        f"{place.name} is {article} {kind}{likes}, {weight(place)}: {told}. "
        f"It is {where}."
    )
    return Answer(text, () if visits else (_add(place),), (place.id,))


def weight(place: Place) -> str:
    """The importance of a place in words."""
    return _WEIGHT[min(5, max(1, place.importance))]


def _of_the_plan(question: Question) -> Answer:
    """Whether it is enough or too much: what the plan has of what there is."""
    if not question.planned:
        return Answer(question.fresh(_NO_OPINION))
    planned = {item.stop.place.id for item in question.planned}
    sights = sum(item.stop.kind is StopKind.VISIT for item in question.planned)
    best = [it.id for it in question.places.values() if it.is_famous]
    days = counted(len(question.days), "day")
    text = f"Your plan has {counted(sights, 'sight')} in {days}"
    if best:
        there = len(planned.intersection(best))
        text += f", and {there} of the {len(best)} that a first visit should not miss"
    return Answer(question.fresh(_NO_OPINION, f"{text}."))


def _worth(question: Question, place: Place) -> str:
    matches = [
        it for it in question.scene.preferences.interests if it in place.interests
    ]
    likes = f", and it goes with {listed(matches)}" if matches else ""
    cost = f"; {price(place)}" if place.price is not None else "; its price is unknown"
    return (
        f"In our list {place.name} has weight {place.importance} of 5: "
        f"{weight(place)}{likes}{cost}."
    )


def _reasons(question: Question, item: Planned) -> Iterator[str]:
    place, wishes = item.stop.place, question.scene.preferences
    if place.id in wishes.must_see:
        yield "you asked for it"
    if place.id in wishes.locked:
        yield "it is locked there"
    if item.stop.kind is not StopKind.VISIT:
        yield f"it is for {item.stop.kind}"
    if place.importance >= 4:
        yield f"it is {weight(place)}"
    if matches := [it for it in wishes.interests if it in place.interests]:
        yield f"it matches your interest in {listed(matches)}"
    if item.stop.reason.startswith(_TELLING):
        yield f"noted when it was planned: “{item.stop.reason}”"


def _against(question: Question, place: Place) -> Iterator[str]:
    wishes = question.scene.preferences
    if place.id in wishes.excluded:
        yield "you took it out"
    if place.category in wishes.avoid:
        yield f"you want no {kinds.some(place.category)}"
    if Mobility.STEP_FREE in wishes.mobility and place.access is Access.NO:
        yield f"{no_access(place)} (from {facts.source(place)})"
    if _is_to_eat(place) and (missing := set(wishes.diets) - set(place.diets)):
        yield f"it is not known to serve {_food(missing)}"
    if question.plan and (dates := [it.date for it in question.plan.days if it.date]):
        windows = [opening.on_date(question, place, day) for day in dates]
        if all(it == () for it in windows):
            days = listed(in_words(day) for day in dates)
            yield f"by its hours it is closed on {days} (from {facts.source(place)})"
    limit = wishes.spend_limit
    if limit is not None and place.price:
        paid = [it.stop.place for it in question.planned if it.stop.place.price]
        spent = sum(it.price or 0 for it in paid if it.currency == place.currency)
        own = question.currency
        if place.currency == own and spent + place.price > limit:
            yield (
                f"it costs {price(place)}, and {money(own, spent)} of your limit of "
                f"{money(own, limit)} is spent"
            )


def _remote(question: Question, place: Place) -> str:
    """How far it is from the nearest stop, where that is far."""
    far = [
        (distance_km(place.lat, place.lon, it.lat, it.lon), it.name)
        for it in (item.stop.place for item in question.planned)
    ]
    km, name = min(far, default=(0.0, ""))
    if km < REMOTE_KM:
        return ""
    return f" It lies {km:.1f} km from {name}, your nearest stop, in a straight line."


def _why_day(question: Question) -> Answer:
    """Why a day is as it is: what was asked for it."""
    days = question.days
    if question.ask.day is None:
        said = wishes(question).text
        return Answer(
            f"{said} The plan follows that. Name a stop, and I say why it is in.",
            tuple(
                Chip(f"Why {it.stop.place.name}?", (_why(it.stop.place),))
                for it in question.planned[:MOST]
            ),
        )
    day = days[0]
    text = f"Day {day.number} is planned at a {day.pace} pace"
    if day.start is not None:
        text += f", from {clock(day.start)}"
    if day.end is not None:
        text += f", until {clock(day.end)}"
    visits = sum(stop.kind is StopKind.VISIT for stop in day.stops)
    return Answer(f"{text}, which gives {counted(visits, 'sight')}.", day=day.number)


def _why_kind(question: Question) -> Answer:
    """How many of a kind there are, and which interests they meet."""
    kind = question.ask.kind
    if kind is None or not question.stops:
        return _why_no_kind(question)
    places = [item.stop.place for item in question.stops]
    told = [f"your plan has {kinds.counted(len(places), kind)}{question.within}"]
    for interest in question.scene.preferences.interests:
        if matching := sum(interest in place.interests for place in places):
            told.append(f"{matching} of them match your interest in {interest}")
    if famous := [place.name for place in places if place.is_famous]:
        told.append(f"a first visit should not miss {listed(famous)}")
    text = "; ".join(told)
    chip = Chip(f"Keep it at these {kinds.some(kind)}", (NoMore(kind=kind),))
    ids = tuple(place.id for place in places)
    return Answer(f"{text[0].upper()}{text[1:]}.", (chip,), ids, question.when.number)


def _why_no_meal(question: Question) -> Answer:
    """Where it is, if it is planned after all."""
    if not question.stops:
        return nothing_planned(question)
    text = f"It is planned: {listed(facts.located(question.stops))}."
    return Answer(text, stops=tuple(it.stop.place.id for it in question.stops))


def _why_no_kind(question: Question) -> Answer:
    kind = question.ask.kind
    if kind is None and question.ask.meal:
        return _why_no_meal(question)
    if kind is None:
        return Answer("Name a place, and I say what keeps it out of your plan.")
    if question.stops:
        stops = listed(facts.located(question.stops))
        return Answer(
            f"Your plan has {kinds.counted(len(question.stops), kind)}: {stops}.",
            stops=tuple(it.stop.place.id for it in question.stops),
        )
    known = [it for it in question.places.values() if kinds.is_of(it, kind)]
    if kind in question.scene.preferences.avoid:
        allow = Chip(f"{kinds.some(kind).capitalize()} are fine", (Allow(kind=kind),))
        return Answer(f"You said that you want no {kinds.some(kind)}.", (allow,))
    if not known:
        return Answer(f"My list for {question.city} has no {kinds.some(kind)}.")
    best = sorted(known, key=lambda it: (-it.importance, it.name))[:MOST]
    text = (
        f"You did not rule {kinds.some(kind)} out. My list has "
        f"{kinds.counted(len(known), kind)}; others were chosen for the time there is."
    )
    return Answer(text, tuple(map(_add, best)), tuple(it.id for it in best))


def _of_which(question: Question) -> Answer:
    stops = [it.stop.place for it in question.stops or question.planned][:MOST]
    return Answer(
        "Which stop shall have alternatives?",
        tuple(
            Chip(it.name, (Ask(topic=Topic.ALTERNATIVES, place=it.id),)) for it in stops
        ),
        tuple(it.id for it in stops),
    )


def _is_to_eat(place: Place) -> bool:
    return place.category in ("restaurant", "cafe", "street_food")


def _food(diets: set[Diet]) -> str:
    return f"{listed(sorted(diet.replace('_', '-') for diet in diets))} food"


def _why(place: Place) -> Ask:
    return Ask(topic=Topic.WHY, place=place.id)


def _add(place: Place) -> Chip:
    return Chip(f"Add {place.name}", (Add(place=place.id),))


def _swap(place: Place, other: Place | None) -> Chip:
    label = f"Swap for {other.name}" if other else f"Swap {place.name}"
    return Chip(label, (Swap(stop=place.id, place=other.id if other else None),))
