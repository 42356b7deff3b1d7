"""What things cost: known prices are added up, unknown ones are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from itinerary_app.assistant.answers import facts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import nothing_planned
from itinerary_app.assistant.answers.question import Question
from itinerary_app.catalogue.tickets import included, tickets, years
from itinerary_app.model import Category, Place
from itinerary_app.text.money import money
from itinerary_app.text.words import WHO, listed, price

EATING = {
    Category.RESTAURANT,
    Category.CAFE,
    Category.STREET_FOOD,
    Category.BAR,
}
_NUMBERS = "one two three four five six seven eight nine ten".split()


def cost(question: Question) -> Answer:
    people = question.ask.people or 1
    if place := question.place:
        text = _of_place(place, people)
        if paid_at := included(it.stop.place for it in question.planned).get(place.id):
            text = f"{place.name} is included in the ticket of {paid_at.name}. " + (
                _of_place(paid_at, people)
            )
        return Answer(text, stops=(place.id,))
    if not question.stops:
        return nothing_planned(question)
    places = {item.stop.place.id: item.stop.place for item in question.stops}
    text = _of_all(list(places.values()), people, question.within)
    limit = question.scene.preferences.spend_limit
    if limit is not None and question.ask.day is None and question.ask.kind is None:
        text += f" Your limit is {money(question.currency, limit)} for one adult."
    return Answer(text, stops=tuple(places), day=question.when.number)


def _of_place(place: Place, people: int) -> str:
    if place.price is None:
        if place.category in EATING:
            return (
                f"What a meal at {place.name} costs is not known to me: look at its "
                "menu before you sit down."
            )
        return (
            f"The price of {place.name} is not known to me: look at its own page "
            "before you go."
        )
    if place.price == 0:
        return f"{place.name} is free to enter (from {facts.price_source(place)})."
    each = price(place)
    if people == 1:
        return (
            f"{place.name} costs {each} for an adult "
            f"(from {facts.price_source(place)}); {_others(place)}."
        )
    total = money(place.currency, place.price * people)
    return (
        f"{place.name} costs {total} for {_number(people)}, {each} for each adult "
        f"(from {facts.price_source(place)}); {_others(place)}."
    )


def _others(place: Place) -> str:
    """What others pay, and since when the price is so; else that it is not known."""
    told = f"prices of {place.price_year}" if place.price_year else ""
    fares = listed(
        f"{WHO.get(it.who, it.who)} pay "
        + (money(place.currency, it.price) if it.price else "nothing")
        for it in place.fares
    )
    return "; ".join(filter(None, (fares or "other rates are not known to me", told)))


def _of_all(places: Sequence[Place], people: int, within: str) -> str:
    paid = [place for place in places if place.price]
    free = [place for place in places if place.price == 0]
    eating = [it for it in places if it.price is None and it.category in EATING]
    unknown = [it for it in places if it.price is None and it.category not in EATING]
    if len(eating) == len(places):
        return f"What meals cost at {facts.few(_names(eating))} is not known to me."
    said = []
    if paid:
        others = included(paid)
        each = listed(
            f"{it.name} {price(it)}{_with(it, paid, others)}" for it in tickets(paid)
        )
        whom = f" for {_number(people)}" if people > 1 else " for one adult"
        said.append(f"{_told(_sums(paid, people))}{whom}{within}: {each}")
        if people > 1:
            said[-1] += " each"
    else:
        said.append(f"I know of no admission{within} that costs anything")
    if free:
        said.append(f"free: {facts.few(_names(free))}")
    if unknown:
        verb = "place has" if len(unknown) == 1 else "places have"
        said.append(
            f"{len(unknown)} {verb} no known price: {facts.few(_names(unknown))}"
        )
    if people > 1:
        said.append("other rates are not known to me")
    if eating:
        said.append("what meals cost is not known to me")
    text = f"{'; '.join(said)}."
    known = [*paid, *free]
    if not known:
        return text
    when = f", and of {years(known)}" if years(known) else ""
    return f"{text} Prices are from {_sources(known)}{when}."


def _with(place: Place, paid: Iterable[Place], included: Mapping[str, Place]) -> str:
    """What else its ticket is for."""
    more = [it.name for it in paid if included.get(it.id) is place]
    return f" ({listed(more)} included)" if more else ""


def _told(sums: dict[str, float]) -> str:
    """EUR 36 and USD 10."""
    return listed(money(name, amount) for name, amount in sums.items())


def _sums(places: Iterable[Place], people: int) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for place in tickets(places):
        sums[place.currency or ""] += (place.price or 0) * people
    return dict(sums)


def _sources(places: Iterable[Place]) -> str:
    parts = (
        part for place in places for part in facts.price_source(place).split(" + ")
    )
    return listed(sorted(set(parts)))


def _number(count: int) -> str:
    return _NUMBERS[count - 1] if 1 <= count <= len(_NUMBERS) else str(count)


def _names(places: Iterable[Place]) -> list[str]:
    return [place.name for place in places]
