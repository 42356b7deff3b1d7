"""Sentences on a plan whose cities, or the days in them, are others than before."""

from __future__ import annotations

from itinerary_app.assistant.telling import plans
from itinerary_app.assistant.telling.step import Planned, Step
from itinerary_app.text.words import counted


def rerouted(step: Step) -> str:
    """The cities and ways of now, what is new there, and what went from the others."""
    before, after = step.before, step.after
    assert before is not None
    assert after is not None
    days = counted(len(after.days), "day")
    said = [f"Now it is {days}: {', '.join(plans.route(after))}."]
    known = {stage.transfer for stage in before.stages}
    said += [
        told
        for told, stage in zip(plans.ways(after), after.stages[1:], strict=False)
        if stage.transfer not in known
    ]
    both = {city.id for city in before.cities} & {city.id for city in after.cities}
    new = [
        day for part in after.parts() for day in part.days if part.city.id not in both
    ]
    if new:
        said.append(plans.highlights(new))
    stayed = {place for part in before.parts() if part.city.id in both
              for place in (it.place.id for it in part.stops)}  # fmt: skip
    gone = [it for it in step.gone if it.stop.place.id in stayed]
    come = [it for it in step.come if after.city_of(it.day.number).id in both]
    return " ".join([*filter(None, said), *_beside(gone, come)])


def _beside(gone: list[Planned], come: list[Planned]) -> list[str]:
    """What went from cities that stay, and what came into them."""
    went = f"{plans.names(gone)} went." if gone else ""
    came = f"{plans.names(come)} came in." if come else ""
    return [it for it in (went, came) if it]
