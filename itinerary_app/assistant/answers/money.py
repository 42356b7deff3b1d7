"""What things cost: known prices are added up, unknown ones are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

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
    party = _party(question)
    if place := question.place:
        text = _of_place(place, party)
        if paid_at := included(it.stop.place for it in question.planned).get(place.id):
            text = f"{place.name} is included in the ticket of {paid_at.name}. " + (
                _of_place(paid_at, party)
            )
        return Answer(text, stops=(place.id,))
    if not question.stops:
        return nothing_planned(question)
    places = {item.stop.place.id: item.stop.place for item in question.stops}
    text = _of_all(list(places.values()), party, question.within)
    limit = question.scene.preferences.spend_limit
    if limit is not None and question.ask.day is None and question.ask.kind is None:
        text += f" Your limit is {money(question.currency, limit)} for one adult."
    return Answer(text, stops=tuple(places), day=question.when.number)


class Party(NamedTuple):
    """Who pays. Children pay as adults where no price for them is known."""

    adults: int = 1
    children: int = 0

    def __str__(self) -> str:
        adults = f"{_number(self.adults)} adult{'s' * (self.adults != 1)}"
        if not self.children:
            return adults
        kids = "child" if self.children == 1 else "children"
        return f"{adults} and {_number(self.children)} {kids}"

    def pays(self, place: Place) -> float:
        price = place.price or 0
        child = _of_child(place)
        return self.adults * price + self.children * (price if child is None else child)


def _party(question: Question) -> Party:
    """Those who are asked for, else who travels, as far as told; else one adult."""
    people, told = question.ask.people, question.scene.preferences
    children = told.children or 0
    if people is None:
        return Party(told.adults or 1, children)
    all_of_us = told.adults is None or people == told.adults + children
    if all_of_us and people > children:
        return Party(people - children, children)
    return Party(people)


def _of_child(place: Place) -> float | None:
    return next((it.price for it in place.fares if it.who == "child"), None)


def _of_place(place: Place, party: Party) -> str:
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
    if party == Party():
        return (
            f"{place.name} costs {each} for an adult "
            f"(from {facts.price_source(place)}); {_others(place)}."
        )
    total = money(place.currency, party.pays(place))
    return (
        f"{place.name} costs {total} for {party}, {each} for each adult "
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


def _of_all(places: Sequence[Place], party: Party, within: str) -> str:
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
        said.append(f"{_told(_sums(paid, party))} for {party}{within}: {each}")
        if party != Party():
            said[-1] += " for each adult"
        if party.children:
            said += _reduced(tickets(paid))
    else:
        said.append(f"I know of no admission{within} that costs anything")
    if free:
        said.append(f"free: {facts.few(_names(free))}")
    if unknown:
        verb = "place has" if len(unknown) == 1 else "places have"
        said.append(
            f"{len(unknown)} {verb} no known price: {facts.few(_names(unknown))}"
        )
    if eating:
        said.append("what meals cost is not known to me")
    text = f"{'; '.join(said)}."
    known = [*paid, *free]
    if not known:
        return text
    when = f", and of {years(known)}" if years(known) else ""
    return f"{text} Prices are from {_sources(known)}{when}."


def _reduced(paid: Sequence[Place]) -> Iterator[str]:
    """What children pay where it is known, and that they are counted as adults else."""
    known = [it for it in paid if _of_child(it) is not None]
    if not known:
        yield "other rates are not known to me"
        return
    told = listed(
        f"{money(it.currency, child) if child else 'nothing'} at {it.name}"
        for it in known
        if (child := _of_child(it)) is not None
    )
    yield f"children pay {told}"
    if len(known) < len(paid):
        yield "elsewhere they are counted as adults, as no price for them is known"


def _with(place: Place, paid: Iterable[Place], included: Mapping[str, Place]) -> str:
    """What else its ticket is for."""
    more = [it.name for it in paid if included.get(it.id) is place]
    return f" ({listed(more)} included)" if more else ""


def _told(sums: dict[str, float]) -> str:
    """EUR 36 and USD 10."""
    return listed(money(name, amount) for name, amount in sums.items())


def _sums(places: Iterable[Place], party: Party) -> dict[str, float]:
    sums: defaultdict[str, float] = defaultdict(float)
    for place in tickets(places):
        sums[place.currency or ""] += party.pays(place)
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
