"""What a message changes in a plan that is there: an edit, locks, must-sees."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from itinerary_app.assistant import acts, locks, mustsees, wording
from itinerary_app.assistant.constraints import Constraints
from itinerary_app.assistant.edits import EditReader
from itinerary_app.assistant.names import unwanted
from itinerary_app.assistant.stops import Answer, PlanStops
from itinerary_app.model import Edit, Itinerary, Place, Preferences, Refit

# What is left of "remove the Louvre and start at 9:30".
_DANGLING = re.compile(
    r"(?<![\s,;.])(?:^|\s)(?:[\s,;.]|\b(?:and|but|or|also|then|with|both|too)\b)+$"
    r"|^(?:[\s,;.]|\b(?:and|but|or|also|then|with)\b)+"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A message without its constraints, as written and in lower case; and these."""

    text: str
    lower: str
    noted: Constraints


@dataclass(frozen=True, slots=True)
class Change:
    """`answer` are words instead of an edit; `said` is told besides. `rest` is the
    text that was not understood yet.
    """

    patch: Mapping[str, Any] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    edit: Edit | None = None
    answer: Answer | None = None
    rest: str = ""


def read(
    message: Said, told: Preferences, itinerary: Itinerary, places: Sequence[Place]
) -> Change | None:
    """The change that the message asks for; None if it names nothing of the plan."""
    noted, lower = message.noted, _DANGLING.sub(" ", message.lower)
    patch, said = dict(noted.patch), list(noted.remarks)
    if lock := locks.read(lower, PlanStops(itinerary, places), told.locked):
        if set(lock.ids) != set(told.locked):
            patch["locked"] = list(lock.ids) or None
        said.append(lock.text)
        lower = lock.rest
    named = _must_sees(message.text, lower, told, itinerary, places)
    if isinstance(named, Answer):
        return Change(patch, tuple(said), answer=named)
    if named:
        patch["must_see"] = named
        return Change(patch, tuple(said), Refit())
    edit = EditReader(itinerary, places).read(lower)
    if isinstance(edit, Answer):
        if not edit.vague or not (patch or said or noted.hours):
            return Change(patch, tuple(said), answer=edit)
        edit = None
    if noted.hours and edit:
        said.append(f"Tell me the hours of day {noted.hours.day} once more after.")
    if edit := edit or noted.hours:
        return Change(patch, tuple(said), edit)
    return Change(patch, tuple(said), rest=lower) if lock else None


def _must_sees(
    text: str,
    lower: str,
    told: Preferences,
    itinerary: Itinerary,
    places: Sequence[Place],
) -> list[str] | Answer | None:
    """Several must-sees at once; one alone is an addition, or is there already."""
    city = itinerary.city.name
    named = mustsees.read(lower, text, places, city).places
    wanted = {it.id for it in named} - {it.id for it in unwanted(lower, places)}
    planned = {stop.place.id for stop in itinerary.stops}
    if len(wanted) > 1 and not wanted <= planned and not acts.ORDERS.search(lower):
        return sorted({*told.must_see, *wanted})
    if wanted and wanted <= planned and mustsees.SURELY.search(lower):
        names = [place.name for place in named if place.id in wanted]
        return Answer(wording.already_planned(names, itinerary))
    return None
