"""The words of what was not done yet: proposals, doubts and refusals."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling import plans
from itinerary_app.assistant.telling.changed import done, spoken
from itinerary_app.assistant.telling.freed import extent, rests
from itinerary_app.assistant.telling.step import Step
from itinerary_app.text.words import counted, listed, title

LEFT = "I left your plan as it is."
ALREADY = "That is so already."
MOST_MOVED = 2  # stops that are named with the days that they would move to
SHALL_I = "Shall I do it?"
NO_PLAN_LEFT = f"There was no plan yet then: your plan would go. {SHALL_I}"


def proposal(steps: Sequence[Step], scene: Scene) -> str:
    """What acts would change that was not asked for, as a question."""
    plan, wishes = scene.itinerary, steps[-1].wishes
    wanted = [leg.city for leg in wishes.legs] or [wishes.city or ""]
    named = any(isinstance(step.act, do.SetCity) for step in steps)
    if plan is not None and named and {it.name for it in plan.cities} - {*wanted}:
        return (
            f"A plan for {listed(wanted)} would take the place of your {title(plan)}. "
            f"{SHALL_I}"
        )
    whole = Step(
        None, steps[0].told, steps[-1].wishes, steps[0].before, steps[-1].after
    )
    acts = [step.act for step in steps]
    diets = [it for act in acts if isinstance(act, do.SetDiet) for it in act.add]
    if diets and whole.left_open:
        return _without_tables(whole, diets)
    cleared = [it.act for it in steps if isinstance(it.act, do.Clear)]
    insisted = [it for it in whole.gone if it.stop.place.id in whole.told.must_see]
    others = [it for it in whole.gone if it not in insisted]
    others.sort(key=lambda it: not it.stop.place.is_famous)
    said = [_extent(whole)]
    if cleared and whole.changed_days:
        went = f": {plans.names(whole.gone)} would go" if whole.gone else ""
        what = rests(whole) or extent(cleared[0].part, whole.changed_days[0])
        said = [f"{what} would be free{went}."]
    elif insisted:
        listed_ = plans.names(insisted)
        said.append(f"{listed_}, on your list, would go.")
    if not cleared and others:
        said.append(f"{plans.names(others)} would go.")
    if not cleared and whole.come:
        said.append(f"{plans.names(whole.come)} would come in.")
    if not cleared and len(whole.moved) <= MOST_MOVED:
        said += [
            f"{it.stop.place.name} would move to day {it.day.number}."
            for it in whole.moved
        ]
    return f"{' '.join(said)} {SHALL_I}"


def _without_tables(step: Step, diets: Sequence[str]) -> str:
    """Which meals a diet would leave open, before it does."""
    food = listed(diet.replace("_", "-") for diet in diets)
    of_days: dict[str, list[str]] = {}
    for item in step.left_open:
        of_days.setdefault(str(item.stop.kind), []).append(str(item.day.number))
    meals = listed(
        f"{meal} on day{'s' if len(days) > 1 else ''} {listed(days)}"
        for meal, days in of_days.items()
    )
    return (
        f"I know no place near that serves {food} food for {meals}: these would be "
        f"left open. The other meals would be where {food} food is known to be served, "
        f"for all of you. {SHALL_I} If not, all meals stay as they are."
    )


def kept_out(interests: Sequence[str]) -> str:
    """What "no history" may mean where nobody asked for history."""
    names = listed(interests, "or")
    return f"{names.capitalize()} was no wish of yours. Shall I leave out all of it?"


def refusal(why: str, rest: Sequence[Act], scene: Scene) -> str:
    """Why acts were not carried out; all of them are left, and the rest is offered."""
    left = LEFT if scene.itinerary else ""
    if not rest:
        return f"{why} {left}".strip()
    what = spoken(rest, scene)
    return f"{why} So nothing was done yet. Shall I do the rest: {what}?"


def doubt(acts: Sequence[Act], scene: Scene) -> str:
    """What a message may mean of which a part was not read."""
    return f"Do I read that right: {spoken(acts, scene)}? That is not done yet."


def anew(acts: Sequence[Act], made: Sequence[Act], scene: Scene) -> str:
    """Whether acts meant for an older state are wanted after others were `made`."""
    others = f": {done(made, scene)}" if made else ""
    return (
        f"The trip changed meanwhile{others}. Shall I do it on the new plan: "
        f"{spoken(acts, scene)}?"
    )


def _extent(step: Step) -> str:
    """“7 of 14 stops would change, on days 2 and 3.”"""
    changed = {it.stop.place.id for it in (*step.gone, *step.moved)}
    days = step.changed_days
    on = f"on day{'s' if len(days) > 1 else ''} {listed(str(it) for it in days)}"
    if not changed:
        return f"Stops would change {on}."
    stops = counted(len(step.old), "stop")
    return f"{len(changed)} of {stops} would change, {on}."
