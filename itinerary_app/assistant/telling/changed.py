"""The words of a change, of a proposal and of a refusal."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.answers import changes
from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling import deeds, plans, wishes
from itinerary_app.assistant.telling.step import Step
from itinerary_app.model import Place
from itinerary_app.text.words import counted, listed

LEFT = "I left your plan as it is."
IN_A_PLAN = frozenset({"pace", "budget", "interests"})  # what a first one shows
NO_PLAN = "There is no plan yet in which I could do that."


def change(steps: Sequence[Step], scene: Scene) -> str:
    """What each step did, in its order; `scene` is as it is afterwards."""
    sentences: list[str] = []
    for step in steps:
        sentences += _wishes(step, scene, planned=steps[-1].after is not None)
        if step.after is not None and _is_new(step):
            sentences.append(plans.first(step.after, step.wishes))
        elif step.after and (step.before != step.after or _is_on_plan(step)):
            sentences.append(deeds.done(step))
        if step.why:
            sentences.append(step.why)
        elif _is_in_vain(step) and not steps[-1].after:
            sentences.append(NO_PLAN)
    if any(isinstance(step.act, do.StartOver) for step in steps):
        sentences.insert(0, "All is forgotten; “undo” brings it back.")
    sentences += _unmet(steps)
    return " ".join(dict.fromkeys(filter(None, sentences)))


def proposal(steps: Sequence[Step], scene: Scene) -> str:
    """What acts would change that was not asked for, as a question."""
    cities = {step.wishes.city for step in steps} - {None}
    plan = scene.itinerary
    if plan is not None and cities - {plan.city.name}:
        [*_, city] = [step.wishes.city for step in steps]
        days = counted(len(plan.days), "day")
        return (
            f"A plan for {city} would take the place of your {days} in "
            f"{plan.city.name}. Shall I do it?"
        )
    whole = Step(
        None, steps[0].told, steps[-1].wishes, steps[0].before, steps[-1].after
    )
    cleared = [it.act for it in steps if isinstance(it.act, do.Clear)]
    insisted = [it for it in whole.gone if it.stop.place.id in whole.told.must_see]
    said = [_extent(whole)]
    if cleared and whole.changed_days:
        went = f": {plans.names(whole.gone)} would go" if whole.gone else ""
        said = [f"Day {whole.changed_days[0]} would be free{went}."]
    elif insisted:
        listed_ = plans.names(insisted)
        said.append(f"{listed_}, on your list, would go.")
    return f"{' '.join(said)} Shall I do it?"


def refusal(act: Act | None, why: str, scene: Scene, *, rest: bool) -> str:
    """Why acts were not carried out; all of them are left, and the rest is offered."""
    left = LEFT if scene.itinerary else ""
    if not rest:
        return f"{why} {left}".strip()
    what = f" ({spoken((act,), scene)})" if act else ""
    return f"{why} So nothing was done yet. Shall I do the rest without that{what}?"


def doubt(acts: Sequence[Act], scene: Scene) -> str:
    """What a message may mean of which a part was not read."""
    return f"Do I read that right: {spoken(acts, scene)}? Nothing is done yet."


def spoken(acts: Sequence[Act], scene: Scene) -> str:
    """Acts as somebody would say them, for the message that a button stands for."""
    text = changes.words(acts, _places(scene), "spoken")
    return f"{text[:1].upper()}{text[1:]}"


def done(acts: Sequence[Act], scene: Scene) -> str:
    """Acts in a few words, as what was done."""
    return changes.words(acts, _places(scene))


def _places(scene: Scene) -> dict[str, Place]:
    planned = scene.itinerary.stops if scene.itinerary else ()
    known = {place.id: place for place in scene.places}
    return known | {stop.place.id: stop.place for stop in planned}


def _extent(step: Step) -> str:
    """“7 of 14 stops would change, on days 2 and 3.”"""
    changed = {it.stop.place.id for it in (*step.gone, *step.moved)}
    days = step.changed_days
    on = f"on day{'s' if len(days) > 1 else ''} {listed(str(it) for it in days)}"
    if not changed:
        return f"Stops would change {on}."
    stops = counted(len(step.old), "stop")
    return f"{len(changed)} of {stops} would change, {on}."


def _wishes(step: Step, scene: Scene, *, planned: bool) -> list[str]:
    """What is wished now; what the plan's own sentences say is left to them."""
    without = IN_A_PLAN if planned and step.before is None else frozenset[str]()
    if step.before is not None and _is_on_plan(step):
        without = wishes.BY_PLAN
    elif step.before is not None and isinstance(step.act, do.SetDates):
        without = frozenset({"duration_days"})
    if isinstance(step.act, do.StartOver | do.SetCity):
        return []
    return wishes.said(step.told, step.wishes, scene, without=without)


def _is_new(step: Step) -> bool:
    return step.before is None or step.before.city != getattr(step.after, "city", None)


def _is_on_plan(step: Step) -> bool:
    for_all = isinstance(step.act, do.SetHours) and step.act.day is None
    acts = step.act is None or type(step.act) in deeds.TELL
    return step.before is not None and acts and not for_all


def _is_in_vain(step: Step) -> bool:
    """Whether it is for a plan that is not there, and no wish either."""
    on_plan = type(step.act) in deeds.TELL
    return on_plan and step.after is None and step.told == step.wishes


def _unmet(steps: Sequence[Step]) -> list[str]:
    """The remarks below the plan that answer a wish, unless they stood there before."""
    before = next((it.before for it in steps), None)
    after = steps[-1].after if steps else None
    if after is None or before == after:
        return []
    known = {plans.shape(note) for note in before.notes} if before else set()
    return [
        note
        for note in after.notes
        if plans.shape(note) not in known and plans.ANSWERS.search(note)
    ]
