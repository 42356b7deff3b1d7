"""Suggestions with a reason from facts: where to go, what to see or eat, when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from itinerary_app.acts.acts import Add, AddCity, SetCity, SetMeal
from itinerary_app.acts.chips import Chip
from itinerary_app.acts.values import Meal
from itinerary_app.assistant.answers import facts, kinds
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.money import EATING
from itinerary_app.assistant.answers.question import Planned, Question
from itinerary_app.assistant.answers.reasons import weight
from itinerary_app.catalogue import regions, world
from itinerary_app.catalogue.almanac import MONTHS
from itinerary_app.catalogue.continents import grouped, varied
from itinerary_app.catalogue.continents import name as continent
from itinerary_app.catalogue.geo import distance_km
from itinerary_app.catalogue.spelling import plain
from itinerary_app.catalogue.world import ALIKE, WorldCity
from itinerary_app.model import Access, Category, City, Mobility, Place
from itinerary_app.text.words import counted, hours, listed

MOST = 3
MOST_NAMES = 4  # of a continent
TROPICS = 23.4  # degrees of latitude
_WARM = re.compile(
    r"\b(?:warm|hot|sun|sunny|heat|summer"
    r"|(?:hates?|no|not|escape|avoid|from)(?: the| so| too)? cold)\b"
)
_EATING = re.compile(r"\b(?:eat|food|dish|breakfast|lunch|dinner|restaurant)")
_SEASONAL = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b")
_NORTHERN_SUMMER, _SOUTHERN_SUMMER = {5, 6, 7, 8, 9}, {11, 12, 1, 2, 3}


def suggest(question: Question) -> Answer:
    """What to see or eat in the trip's city; where to go while there is none."""
    if question.scene.places and _region(question) is None:
        return _here(question)
    return _where(question)


def cities(question: Question) -> Answer:
    """Which there are, in the region that is asked for or on all continents."""
    covered = question.scene.cities
    if found := _elsewhere(question):
        return found
    region = _region(question)
    if region and region.cities:
        names = listed(city.name for city in region.cities)
        chips = tuple(map(_go, region.cities[:MOST]))
        return Answer(f"In {region.name} I can plan {names}.", chips)
    groups = grouped(covered)
    each = "; ".join(f"{name}: {_few(own)}" for name, own in groups.items())
    none = f"I have no city in {region.name} yet. " if region else ""
    text = f"{none}I can plan {len(covered)} cities. {each}."
    return Answer(text, tuple(map(_go, list(varied(covered))[:MOST])))


def _elsewhere(question: Question) -> Answer | None:
    """That there are no places for the city of the world that is named."""
    name, covered = question.ask.about or "", question.scene.cities
    ours = plain(name) in (plain(city.name) for city in covered)
    if ours or regions.named(plain(name), covered):
        return None
    found = world.cities_named(name) if name else []
    if not found:
        return None
    alike = [it for it in found if it.population * ALIKE >= found[0].population]
    if len(alike) > 1 and "," not in name:
        where = listed(dict.fromkeys(it.region for it in alike[:MOST_NAMES]))
        return Answer(
            f"There are several cities called {found[0].name} (in {where}), and I have "
            "no places in any of them yet.",
            tuple(map(_go, list(varied(covered))[:MOST])),
        )
    if there := _there(question, found[0]):
        names = listed(it.name for it in there)
        return Answer(
            f"I have no city {found[0].name} yet, so no days are planned there. What I "
            f"can plan there from {question.city}: {names}.",
            tuple(Chip(f"Add {it.name}", (Add(place=it.id),)) for it in there),
        )
    planned = question.plan.cities if question.plan else ()
    near = sorted(
        (it for it in covered if it not in planned),
        key=lambda it: distance_km(it.lat, it.lon, found[0].lat, found[0].lon),
    )[:MOST]
    return Answer(
        f"I have no places for {found[0].name}, {found[0].region} yet, and I don't "
        f"make any up. The nearest that I can plan: {listed(it.name for it in near)}.",
        tuple(_too(it) if planned else _go(it) for it in near),
    )


def _there(question: Question, city: WorldCity) -> list[Place]:
    """Places of the trip's own city that are in the other one, as an outing."""
    found = [it for it in question.places.values() if city.holds(it.lat, it.lon)]
    sights = [it for it in found if it.category not in EATING]
    return sorted(sights, key=lambda it: -it.importance)[:MOST]


def best_time(question: Question) -> Answer:
    """Not known, but what facts there are of seasons and hours."""
    if place := question.place:
        text = f"When {place.name} is quietest or at its best I don't know."
        if place.hours:
            text += f" Its {hours(place)} (from {facts.source(place)})."
        return Answer(text, stops=(place.id,))
    named = _city(question)
    where = named.name if named else question.city or "a city"
    text = (
        f"When {where} is at its best I don't know: I have no weather, crowds or "
        "prices by season."
    )
    seasonal = [
        it for it in question.places.values() if _SEASONAL.search(it.hours or "")
    ]
    if seasonal:
        text += (
            f" What I know: {len(seasonal)} of my {len(question.places)} places there "
            "keep other hours by season. Name dates, and I plan by the hours of then."
        )
    return Answer(text)


def _here(question: Question) -> Answer:
    ask = question.ask
    found = sorted(_fitting(question), key=lambda it: _rank(question, it))[:MOST]
    what = kinds.some(ask.kind) if ask.kind else "places"
    if _is_eating(question):
        what = "places to eat"
    there = [it for it in question.planned if ask.kind and _is_of(it, ask.kind)]
    planned = f"In your plan: {listed(facts.located(there))}. " if there else ""
    if not found:
        more = " more" if there or not ask.kind else ""
        none = (
            f"My list for {question.city} has no {what}{more} that fit what you said."
        )
        return Answer(planned + none, stops=tuple(it.stop.place.id for it in there))
    told = "; ".join(f"{it.name}: {_reason(question, it)}" for it in found)
    chips = tuple(_chosen(it, question) for it in found)
    text = f"{planned}From my list for {question.city}, not planned yet: {told}."
    return Answer(text, chips, tuple(it.id for it in found), question.when.number)


def _chosen(place: Place, question: Question) -> Chip:
    meal, day = question.ask.meal, question.when.number
    if meal is None or day is None:
        return Chip(f"Add {place.name}", (Add(place=place.id, day=day),))
    eaten = SetMeal(meal=meal, day=day, place=place.id)
    return Chip(f"{meal.capitalize()} at {place.name}", (eaten,))


def _is_of(item: Planned, kind: str) -> bool:
    return kinds.is_of(item.stop.place, kind)


def _fitting(question: Question) -> Iterator[Place]:
    ask, wishes = question.ask, question.scene.preferences
    planned = {item.stop.place.id for item in question.planned}
    eating = _is_eating(question)
    for place in question.places.values():
        if place.id in planned or place.id in wishes.excluded:
            continue
        if place.category in wishes.avoid or place.is_outing:
            continue
        if Mobility.STEP_FREE in wishes.mobility and place.access is Access.NO:
            continue
        to_eat = place.category in EATING
        if ask.kind and not eating and not kinds.is_of(place, ask.kind):
            continue
        if not ask.kind and to_eat is not eating:
            continue
        if eating and not (to_eat and set(wishes.diets) <= set(place.diets)):
            continue
        yield place


def _is_eating(question: Question) -> bool:
    ask = question.ask
    if ask.kind:
        return ask.kind == "food" or bool(ask.meal)
    return bool(ask.meal or _EATING.search(plain(ask.about or "")))


def _rank(question: Question, place: Place) -> tuple[float, str]:
    """The least first: well known, of one's interests, near the day's stops."""
    matches = len(_matches(question, place))
    far = (_nearest(question, place) or (0.0, ""))[0]
    light = question.ask.meal is Meal.DINNER and place.category is Category.CAFE
    return far - place.importance - matches + 2 * light, place.name


def _reason(question: Question, place: Place) -> str:
    told = [place.category.label, weight(place)]
    if matches := _matches(question, place):
        told.append(f"it matches {listed(matches)}")
    if place.diets and question.scene.preferences.diets:
        told.append(f"it serves {listed(it.replace('_', '-') for it in place.diets)}")
    if near := _nearest(question, place):
        told.append(f"{near[0]:.1f} km from {near[1]}")
    return ", ".join(told)


def _matches(question: Question, place: Place) -> list[str]:
    return [it for it in question.scene.preferences.interests if it in place.interests]


def _nearest(question: Question, place: Place) -> tuple[float, str] | None:
    """The nearest stop of the day asked for, or the place asked for."""
    ends = [item.stop.place for item in question.stops_of_day]
    if question.place:
        ends = [question.place]
    far = [(distance_km(place.lat, place.lon, it.lat, it.lon), it.name) for it in ends]
    return min(far, default=None)


def _where(question: Question) -> Answer:
    region = _region(question)
    pool = list(region.cities) if region else list(question.scene.cities)
    if region and not pool:
        return cities(question)
    found = list(_by_wish(question, pool))[:MOST]
    told = "; ".join(f"{city.name}: {reason}" for city, reason in found)
    where = f" in {region.name}" if region else ""
    text = f"From the {len(pool)} cities that I can plan{where}: {told}."
    return Answer(text, tuple(_go(city) for city, _ in found))


def _by_wish(question: Question, pool: Sequence[City]) -> Iterator[tuple[City, str]]:
    """The cities that suit best, each with the fact that speaks for it."""
    about, month = plain(question.ask.about or ""), _month(question)
    start = _city(question)
    if start and re.search(r"\b(?:near|close|around|far)\b", about):
        others = sorted((_km(start, it), it.name, it) for it in pool if it != start)
        for km, _, city in others:
            yield city, f"{km:,.0f} km from {start.name} in a straight line"
        return
    if _WARM.search(about):
        pool = [city for city in pool if _is_warm(city, month)] or pool
    wanted = [question.ask.kind] if question.ask.kind else []
    wanted += [*question.scene.preferences.interests]
    counts = {city: _count(question, city, wanted) for city in pool}
    if wanted and any(counts.values()):
        order = sorted(pool, key=lambda it: (-counts[it], it.name))
    else:
        order = list(varied(pool))
    for city in order:
        told = []
        if counts[city]:
            places = counted(counts[city], "place")
            told.append(f"{places} in my list for {listed(wanted)}")
        if _WARM.search(about):
            told.append(_latitude(city, month))
        if not told:
            told.append(_famous(question, city))
        yield city, ", ".join(told).replace("_", " ")


def _count(question: Question, city: City, wanted: Sequence[str]) -> int:
    if question.given.places is None or not wanted:
        return 0
    places = question.given.places(city.name)
    return sum(any(kinds.is_of(it, kind) for kind in wanted) for it in places)


def _famous(question: Question, city: City) -> str:
    """What speaks for a city where nothing was wished."""
    if question.given.places is None:
        return continent(city)
    best = [it.name for it in question.given.places(city.name) if it.is_famous]
    return f"it has {listed(best[:2])}" if best else continent(city)


def _is_warm(city: City, month: int | None) -> bool:
    """By latitude alone, as no weather is known."""
    if abs(city.lat) <= TROPICS:
        return True
    summer = _NORTHERN_SUMMER if city.lat > 0 else _SOUTHERN_SUMMER
    return month in summer


def _latitude(city: City, month: int | None) -> str:
    side = "north" if city.lat >= 0 else "south"
    text = f"it lies at {abs(city.lat):.0f}° {side}"
    if abs(city.lat) <= TROPICS:
        return f"{text}, in the tropics"
    if month in (_NORTHERN_SUMMER if city.lat > 0 else _SOUTHERN_SUMMER):
        return f"{text}, where that is the warm half of the year"
    return text


def _city(question: Question) -> City | None:
    """The covered city that the words name."""
    words = f" {' '.join(_words(question))} "
    cities = question.scene.cities
    return next((it for it in cities if f" {plain(it.name)} " in words), None)


def _words(question: Question) -> list[str]:
    return re.findall(r"[\w-]+", plain(question.ask.about or ""))


def _month(question: Question) -> int | None:
    words = _words(question)
    start = question.scene.preferences.start_date
    named = next((MONTHS[word] for word in words if word in MONTHS), None)
    return named or (start.month if start else None)


def _region(question: Question) -> regions.Region | None:
    """The first region that the words name, the longest name first."""
    words = _words(question)
    for size in (3, 2, 1):
        for at in range(len(words) - size + 1):
            phrase = " ".join(words[at : at + size])
            if found := regions.named(phrase, question.scene.cities):
                return found
    return None


def _few(own: Sequence[City]) -> str:
    names = [city.name for city in own]
    if len(names) <= MOST_NAMES + 1:
        return listed(names)
    return listed([*names[:MOST_NAMES], f"{len(names) - MOST_NAMES} more"])


def _too(city: City) -> Chip:
    """Of a trip that is planned: it goes there as well."""
    return Chip(f"Add {city.name}", (AddCity(city=city.name),))


def _go(city: City) -> Chip:
    return Chip(city.name, (SetCity(city=city.name),))


def _km(one: City, other: City) -> float:
    return distance_km(one.lat, one.lon, other.lat, other.lon)
