"""The question that is asked where nothing or several things fit, and its chips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import asdict, replace

from itinerary_app.acts.acts import Act
from itinerary_app.acts.chips import Chip
from itinerary_app.acts.resolve import Question
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling.step import planned
from itinerary_app.catalogue.kinds import is_of_kind, words_of_kind
from itinerary_app.model import StopKind
from itinerary_app.text.words import counted, listed

MOST_DAYS = 6  # that are offered
MOST_OTHERS = 3  # of the kind on other days, that are named


def asked(question: Question, scene: Scene) -> str:
    """One question, about what cannot be told apart or found."""
    days = {it.stop.place.id: it.day.number for it in planned(scene.itinerary)}
    if question.why == "which":
        names = [
            f"{_name(it, scene)} on day {days[it]}" if it in days else _name(it, scene)
            for it in question.options
        ]
        return f"Which one do you mean: {listed(names, 'or')}?"
    if question.why == "day":
        if scene.itinerary is None:
            return "Which day do you mean? There is no plan yet."
        count = counted(len(scene.itinerary.days), "day")
        return f"Which day do you mean? Your plan has {count}."
    if question.why == "when":
        return f"{_of_act(question.act, scene)}: which day, or what time?"
    ref = question.reference
    there = [it for it in ref.ids if it in days] if ref and ref.day else []
    if len(there) == 1:
        return (
            f"{_name(there[0], scene)} is on day {days[there[0]]}. What shall I change?"
        )
    if ref and ref == Reference(
        kind=ref.kind, day=ref.day, every=ref.every, definite=ref.definite
    ):
        return _lacking(ref, scene)
    return f"I don't find {_described(ref)} in your plan. Which stop do you mean?"


def _lacking(ref: Reference, scene: Scene) -> str:
    """“Day 1 has no park. Prater is on day 3.”"""
    kind = ref.kind or "stop"
    where = f"Day {ref.day}" if isinstance(ref.day, int) else "Your plan"
    others = [
        f"{it.stop.place.name} is on day {it.day.number}"
        for it in planned(scene.itinerary)
        if it.stop.kind is StopKind.VISIT and is_of_kind(it.stop.place, kind)
    ]
    told = [f"{where} has no {words_of_kind(kind)}.", _sentence(others[:MOST_OTHERS])]
    if not ref.every:
        told.append("Which stop do you mean?")
    return " ".join(filter(None, told))


def _sentence(parts: Sequence[str]) -> str:
    return f"{listed(parts)}." if parts else ""


def chips(question: Question, acts: Sequence[Act], scene: Scene) -> tuple[Chip, ...]:
    """The same acts with each answer in the place of what was unclear."""
    if question.options:
        return tuple(
            Chip(_name(it, scene), _with(question, acts, it)) for it in question.options
        )
    if scene.itinerary and question.why in ("day", "when"):
        numbers = [day.number for day in scene.itinerary.days][:MOST_DAYS]
        return tuple(
            Chip(f"Day {number}", _on_day(question.act, acts, number))
            for number in numbers
            if hasattr(question.act, "day")
        )
    return ()


def _with(question: Question, acts: Sequence[Act], place_id: str) -> tuple[Act, ...]:
    def clear(act: Act) -> Act:
        same = {
            name: place_id
            for name, value in asdict(act).items()
            if value == question.reference
        }
        return replace(act, **same)

    return tuple(clear(act) if act == question.act else act for act in acts)


def _on_day(unclear: Act, acts: Sequence[Act], number: int) -> tuple[Act, ...]:
    return tuple(replace(it, day=number) if it == unclear else it for it in acts)


def _name(place_id: str, scene: Scene) -> str:
    return next(_names(place_id, scene), place_id.replace("-", " "))


def _names(place_id: str, scene: Scene) -> Iterator[str]:
    for item in planned(scene.itinerary):
        if item.stop.place.id == place_id:
            yield item.stop.place.name
    yield from (place.name for place in scene.places if place.id == place_id)


def _of_act(act: Act, scene: Scene) -> str:
    stop = getattr(act, "stop", None) or getattr(act, "place", None)
    return _name(stop, scene) if isinstance(stop, str) else "That"


def _described(ref: Reference | None) -> str:
    """“the second church on day 2”, as far as the reference says it."""
    if ref is None:
        return "that"
    if ref.name:
        return f"“{ref.name}”"
    kind = (ref.kind or ref.meal or "stop").replace("_", " ")
    day = f" on day {ref.day}" if isinstance(ref.day, int) else ""
    return f"such a {kind}{day}"
