"""The stops of a plan, found by name, by kind or by their place in a day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from itinerary_app.assistant import numbers
from itinerary_app.assistant.daynumbers import ORDINAL
from itinerary_app.assistant.names import SURE, bare, likeness
from itinerary_app.assistant.vocabulary import SUBJECTS
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Edit, Itinerary, Place, Stop, StopKind

MOST_CHARS = 300  # a longer message tells a story rather than an edit
_NTH = re.compile(rf"\b({ORDINAL}|last)\b(?= (?:stop|place|sight|visit|museum))")
_ANY_STOP = re.compile(r"^(?:stops?|places?|something|one|sights?|visits?|thing)$")


@dataclass(frozen=True, slots=True)
class Answer:
    """Words instead of an edit: what is not there, or which is meant. A `vague` one
    counts only if nothing else was understood.
    """

    text: str
    quick_replies: tuple[str, ...] = ()
    vague: bool = False


Found = tuple[int, Stop]  # day and stop


class PlanStops:
    """Finds stops of one itinerary; `places` are those of its city."""

    def __init__(self, itinerary: Itinerary, places: Sequence[Place]) -> None:
        self._itinerary = itinerary
        self._places = places
        self._all = [(day.number, s) for day in itinerary.days for s in day.stops]

    @property
    def days(self) -> int:
        return len(self._itinerary.days)

    def one_of(
        self,
        phrase: str,
        day: int | None,
        edit: Callable[[Found], Edit | Answer],
        *,
        verb: str = "Remove",
        end: str = "",
    ) -> Edit | Answer:
        """The edit of the stop meant; of several the least of a sight goes first.

        `verb` and `end` word the wish for one of several stops.
        """
        if len(several := self.several(phrase)) > 1:
            return Answer(
                "One change at a time, please: which comes first?",
                tuple(f"{verb} {stop.place.name}{end}" for _, stop in several),
            )
        found = self.named(phrase) or self._of_kind(phrase)
        here = [item for item in found if day is None or item[0] == day]
        if place := _NTH.search(phrase):
            n = -1 if place[1] == "last" else numbers.ORDINALS[place[1]] - 1
            here = here[n:][:1]
        if here:
            return edit(min(here, key=lambda item: item[1].place.importance))
        what = bare(phrase) or "such stop"
        stops = [
            stop.place.name
            for each in self._itinerary.days
            if day in (None, each.number)
            for stop in each.stops
        ]
        where = "your plan" if day is None else f"day {day}"
        return Answer(
            f"I don't find “{what}” in {where}. There is: {', '.join(stops[:12])}.",
            tuple(f"Swap {name}" for name in stops[:3]),
        )

    def several(self, phrase: str) -> list[Found]:
        """The stops of a list: "the Louvre, Notre-Dame and the Pantheon"."""
        each = [self.named(part) for part in re.split(r",| and | & ", phrase)]
        found = [items[0] for items in each if items]
        return list({stop.place.id: (day, stop) for day, stop in found}.values())

    def other_day(self, phrase: str, day: int) -> int | None:
        """The first day but `day` that has a stop of the kind."""
        found = self._of_kind(phrase)
        return next((number for number, _ in found if number != day), None)

    def on(self, day: int) -> list[Found]:
        return [item for item in self._all if item[0] == day]

    def named(self, phrase: str) -> list[Found]:
        name = bare(phrase)
        exact = [it for it in self._all if plain(it[1].place.name) == plain(name)]
        if exact:
            return exact
        scored = [
            (likeness(name, stop.place.name), (day, stop)) for day, stop in self._all
        ]
        best = max((score for score, _ in scored), default=0)
        if best < SURE or self._is_another(name):
            return []
        return [found for score, found in scored if score == best]

    def _is_another(self, name: str) -> bool:
        """Whether just this is the name of a place that is not planned."""
        planned = {stop.place.id for stop in self._itinerary.stops}
        same = [p for p in self._places if plain(p.name) == plain(name)]
        return bool(same) and all(place.id not in planned for place in same)

    def _of_kind(self, phrase: str) -> list[Found]:
        name = bare(_NTH.sub("", phrase))
        if _ANY_STOP.search(name):
            return [item for item in self._all if item[1].kind is StopKind.VISIT]
        for kind in (StopKind.LUNCH, StopKind.DINNER):
            if kind.value in name:
                return [item for item in self._all if item[1].kind is kind]
        for subject in SUBJECTS:
            if subject.categories and subject.pattern.search(name):
                found = [
                    item
                    for item in self._all
                    if item[1].place.category in subject.categories
                ]
                if found:
                    return found
        return []


def is_about_stops(phrase: str) -> bool:
    name = bare(_NTH.sub("", phrase))
    if _ANY_STOP.search(name) or re.search(r"\b(?:lunch|dinner|meal)\b", name):
        return True
    return any(s.categories and s.pattern.search(name) for s in SUBJECTS)
