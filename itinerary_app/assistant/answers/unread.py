"""What is said to words that could not be understood: which, and what would do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from itinerary_app.acts.acts import Act, Add, Ask, Calmer, SetCity, Topic
from itinerary_app.acts.chips import Chip
from itinerary_app.assistant.answers import facts
from itinerary_app.assistant.answers.alike import alike, cities_alike
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import beginnings
from itinerary_app.assistant.answers.question import Question
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.aliases import OTHER_NAMES
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import TripSession
from itinerary_app.text.words import listed

MOST = 3  # chips
MOST_WORDS = 4  # spans that are named
MOST_CHARS = 60  # of one span


def not_understood(words: Sequence[str], scene: Scene, trip: TripSession) -> Answer:
    """Names the words; never the sentence of the message before."""
    question = Question(Ask(topic=Topic.UNKNOWN), scene, trip)
    if len(words) == 1 and (found := _named(words[0], question)):
        return found
    meant = _meant(words, question)
    named = listed(f"“{_cut(word)}”" for word in words[:MOST_WORDS]) or "that"
    names = listed((question.places[it].name for it in meant), "or")
    text = question.fresh(
        (
            f"I did not get {named}, so nothing of it was done.",
            f"I can't read {named}, and nothing was changed for it.",
        ),
        f"Do you mean {names}?" if meant else _example(question),
    )
    chips = [*_of_places(meant, question), *_steps(question)][:MOST]
    return Answer(text, tuple(chips), tuple(meant))


def _named(words: str, question: Question) -> Answer | None:
    """When what is planned of which nothing but the names was said."""
    by_name = {plain(it.name): it for it in question.places.values()}
    said = re.split(r",| and ", plain(words).removesuffix(" please"))
    places = [by_name[it.strip()] for it in said if it.strip() in by_name]
    ids = [it.id for it in places]
    planned = [it for it in question.planned if it.stop.place.id in ids]
    if len(places) != len(said) or not planned:
        return None
    text = f"In your plan: {listed(facts.located(planned))}. What shall I change?"
    return Answer(text, tuple(_of_places(ids[:MOST], question)), tuple(ids))


def city_meant(words: Sequence[str], scene: Scene) -> Answer | None:
    """Which city the words may name, while none was."""
    if scene.preferences.city or not (cities := cities_alike(words, scene.cities)):
        return None
    names = listed((it.name for it in cities), "or")
    said = listed(f"“{_cut(word)}”" for word in words[:MOST_WORDS])
    text = f"I know no {said}. Do you mean {names}?"
    return Answer(text, tuple(Chip(it.name, (SetCity(city=it.name),)) for it in cities))


def not_told(words: Sequence[str], acts: Sequence[Act]) -> tuple[str, ...]:
    """Those that no answer is about: that a city has no places is said by its name."""
    cities = [
        plain(act.about or "")
        for act in acts
        if isinstance(act, Ask) and act.topic is Topic.CITIES
    ]
    return tuple(
        word
        for word in words
        if not any(OTHER_NAMES.get(plain(word), plain(word)) in it for it in cities)
    )


def _meant(words: Sequence[str], question: Question) -> list[str]:
    """The ids of places that a slip of the pen may mean."""
    places = question.places.values()
    found = [place.id for word in words[:MOST_WORDS] for place in alike(word, places)]
    return list(dict.fromkeys(found))[:2]


def _of_places(ids: Sequence[str], question: Question) -> Iterator[Chip]:
    planned = {item.stop.place.id for item in question.planned}
    for place_id in ids:
        name = question.places[place_id].name
        if place_id in planned:
            about = Ask(topic=Topic.SCHEDULE, place=place_id)
            yield Chip(f"When is {name}?", (about,))
        else:
            yield Chip(f"Add {name}", (Add(place=place_id),))


def _steps(question: Question) -> Iterator[Chip]:
    if question.plan is None or not question.plan.days:
        yield from beginnings(question.scene)
        return
    fullest = max(question.plan.days, key=lambda day: len(day.stops)).number
    yield Chip(f"Make day {fullest} calmer", (Calmer(day=fullest),))
    number = question.scene.focus.day or 1
    yield Chip(f"Show day {number}", (Ask(topic=Topic.SCHEDULE, day=number),))
    yield Chip("What can you do?", (Ask(topic=Topic.HELP),))


def _example(question: Question) -> str:
    if question.plan is None:
        return "Say a city and how many days, for example “three days in Rome”."
    return "Say it in other words, for example “swap the museum on day 2 for a park”."


def _cut(word: str) -> str:
    return word if len(word) <= MOST_CHARS else f"{word[: MOST_CHARS - 1]}…"
