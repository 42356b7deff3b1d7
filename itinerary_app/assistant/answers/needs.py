"""Access and diets, as far as sources know them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from itinerary_app.assistant.answers import facts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.nothing import nothing_planned
from itinerary_app.assistant.answers.question import Question
from itinerary_app.model import Access, Diet, Place, StopKind
from itinerary_app.text.words import listed

_ACCESS = {
    Access.YES: "wheelchairs get in",
    Access.LIMITED: "wheelchairs get in only in part",
    Access.NO: "it is known to have no step-free access",
    None: "access for wheelchairs is not known to me, so ask there",
}
_GROUPS = {
    Access.YES: "wheelchairs get in",
    Access.LIMITED: "only in part",
    Access.NO: "no step-free access",
    None: "access not known",
}


_NOT = re.compile(r"\b(?:not|isn'?t|aren'?t|inaccessible)\b")


def access(question: Question) -> Answer:
    if place := question.place:
        by = f" (from {facts.source(place)})" if place.wheelchair else ""
        text = f"{place.name}: {_ACCESS[place.wheelchair]}{by}."
        if place.wheelchair in (Access.YES, Access.LIMITED):
            text += " How many steps there are inside I don't know."
        return Answer(text, stops=(place.id,))
    if not question.stops:
        return nothing_planned(question)
    places = [item.stop.place for item in question.stops]
    if _NOT.search(question.ask.about or ""):  # "what is not accessible"
        places = [it for it in places if it.wheelchair is not Access.YES] or places
    parts = [
        f"{words}: {listed(names)}"
        for access, words in _GROUPS.items()
        if (names := _names(it for it in places if it.wheelchair is access))
    ]
    text = f"As far as known{question.within}, {'; '.join(parts)}."
    return Answer(text, stops=_ids(places), day=question.when.number)


def diets(question: Question) -> Answer:
    if place := question.place:
        return Answer(_serves(place), stops=(place.id,))
    meals = [
        item.stop.place
        for item in question.stops
        if item.stop.kind is not StopKind.VISIT or question.ask.kind
    ]
    if not meals:
        return Answer(f"There is no meal planned{question.within}.")
    known = [place for place in meals if place.diets]
    unknown = _names(place for place in meals if not place.diets)
    parts = [f"{place.name} serves {_food(place.diets)}" for place in known]
    if unknown:
        parts.append(f"not known of {listed(unknown)}: ask there before you sit down")
    text = f"{'; '.join(parts)}."
    return Answer(text[0].upper() + text[1:], stops=_ids(meals))


def _serves(place: Place) -> str:
    if not place.diets:
        return (
            f"What diets {place.name} serves is not known to me: ask there before you "
            "sit down."
        )
    return (
        f"{place.name} is known to serve {_food(place.diets)} "
        f"(from {facts.source(place)}); of other diets and of "
        "allergies I know nothing there, so ask."
    )


def _food(diets: Sequence[Diet]) -> str:
    return f"{listed(diet.replace('_', '-') for diet in diets)} food"


def _names(places: Iterable[Place]) -> list[str]:
    return list(dict.fromkeys(place.name for place in places))


def _ids(places: Iterable[Place]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.id for place in places))
