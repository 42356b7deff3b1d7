"""The words of a change: what each act did, one after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.answers import changes
from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.telling import deeds, gaps, plans, routes, wishes
from itinerary_app.assistant.telling.step import Step, as_left, as_one
from itinerary_app.model import Itinerary, Place
from itinerary_app.text.clock import clock
from itinerary_app.text.words import listed

IN_A_PLAN = frozenset({"pace", "budget", "interests"})  # what a first one shows
FOR_CHILDREN = "Say “plan everything anew” for days that are made for children."
FORGOTTEN = "All is forgotten; “undo” brings it back."
_BEGINS = re.compile(r" Day (\d+) begins at (\d\d:\d\d) now\.")
_LASTING = re.compile(r" (?:Day \d+ has no \w+ now|[^.]+ there instead of [^.]+)\.")
_THERE = re.compile(
    r"For “(?P<kind>.+)”: (?P<place>.+) is on (?P<day>day \d+) already\."
)
NO_PLAN = "There is no plan yet in which I could do that."


def change(steps: Sequence[Step], scene: Scene) -> str:
    """What each step did, in its order; `scene` is as it is afterwards.

    Of a first plan in lines: the plan, what was taken in for it, what could not be.
    """
    steps = as_left(as_one(steps))
    at = next((i for i, it in enumerate(steps) if it.after and _is_new(it)), None)
    if at is not None and steps[0].before is None:
        return _lines(steps, at, scene)
    sentences: list[str] = []
    did: list[str] = []
    is_fresh = False  # the plan was made in this turn
    last_city = max((i for i, it in enumerate(steps) if _is_of_cities(it)), default=-1)
    for i, step in enumerate(steps):
        if i >= last_city or not _is_of_cities(step):  # said once, of all
            sentences += _wishes(step, scene, planned=steps[-1].after is not None)
        if step.after is not None and _is_new(step):
            sentences.insert(0, plans.first(_as_it_is(steps[i:]), step.wishes))
            is_fresh = True
        else:
            # The first one tells of all that shifted, by whichever step.
            deed = _deeds(step, scene, is_fresh=is_fresh, shifts=not any(did))
            did += deed
            sentences += deed
        sentences += _not_done(step, is_planned=bool(steps[-1].after))
    if any(isinstance(step.act, do.StartOver) for step in steps):
        sentences.insert(0, FORGOTTEN)
    sentences += _unmet(steps)
    if any(it not in ("", deeds.NOTHING) for it in did):
        sentences = [it for it in sentences if it != deeds.NOTHING]
    return _once(_true(_joined(sentences), steps), steps)


def _once(text: str, steps: Sequence[Step]) -> str:
    """Without what a later step says again, or makes untrue of a day's beginning or of
    a meal.
    """
    after = steps[-1].after if steps else None
    days = after.days if after else ()
    for day in days:
        for meal in gaps.eaten(day):
            text = text.replace(gaps.without(day, meal), "").replace("  ", " ")
    now = {(f"{it.number}", clock(it.stops[0].arrive)) for it in days if it.stops}
    said: set[str] = set()

    def first(found: re.Match[str]) -> str:
        again = found[0] in said or found.groups() not in now
        said.add(found[0])
        return "" if again else found[0]

    def anew(found: re.Match[str]) -> str:
        again = found[0] in said
        said.add(found[0])
        return "" if again else found[0]

    return _LASTING.sub(anew, _BEGINS.sub(first, text))


def _true(text: str, steps: Sequence[Step]) -> str:
    """Without “all your stops stay” where a later step of the turn took some out."""
    old, new = steps[0].old if steps else {}, steps[-1].new if steps else {}
    if old.keys() <= new.keys():
        return text
    return text.replace(deeds.ALL_STAY, deeds.MOVED)


def _lines(steps: Sequence[Step], at: int, scene: Scene) -> str:
    """The words of a plan where there was none: `at` it is made."""
    plan = plans.first(_as_it_is(steps[at:]), steps[at].wishes)
    made, rest = replace(steps[at], told=steps[0].told), steps[at + 1 :]
    taken_in = _wishes(made, scene, planned=True)
    vain = [it for step in steps[:at] for it in _not_done(step, is_planned=True)]
    for step in rest:
        taken_in += _wishes(step, scene, planned=True)
        taken_in += _deeds(step, scene, is_fresh=True)
        vain += _not_done(step, is_planned=True)
    vain += _not_done(steps[at], is_planned=True)
    if any(isinstance(step.act, do.StartOver) for step in steps):
        plan = f"{FORGOTTEN} {plan}"
    lines = (plan, _joined(taken_in), _joined(_by_kind([*vain, *_unmet(steps)])))
    return "\n".join(filter(None, lines))


def _by_kind(sentences: Sequence[str]) -> list[str]:
    """Several kinds that the plan has already in one sentence, each once."""
    there = {it: found for it in sentences if (found := _THERE.fullmatch(it))}
    kinds = {
        it["kind"]: f"{it['place']} ({it['kind']}, {it['day']})"
        for it in there.values()
    }
    if len(kinds) < 2:
        return [it for it in sentences if it]
    said = f"Of the kinds you named are planned: {listed(kinds.values())}."
    return [said, *(it for it in sentences if it not in there)]


def _joined(sentences: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(filter(None, sentences)))


def _deeds(
    step: Step, scene: Scene, *, is_fresh: bool, shifts: bool = True
) -> list[str]:
    """What the step did to a plan that was there."""
    if step.after is None or (step.why and step.before == step.after):
        return []  # why it could not be done says all
    if step.before != step.after or _is_on_plan(step):
        return [_done(step, scene, is_fresh=is_fresh, shifts=shifts)]
    return []


def _not_done(step: Step, *, is_planned: bool) -> list[str]:
    """Why the plan could not follow."""
    if step.why:
        return [f"{deeds.wished_kind(step.act)}{step.why}"]
    return [NO_PLAN] if _is_in_vain(step) and not is_planned else []


def spoken(acts: Sequence[Act], scene: Scene) -> str:
    """Acts as somebody would say them, for the message that a button stands for."""
    text = changes.words(acts, _places(scene), "spoken")
    return f"{text[:1].upper()}{text[1:]}"


def done(acts: Sequence[Act], scene: Scene) -> str:
    """Acts in a few words, as what was done."""
    return changes.words(acts, _places(scene))


def _as_it_is(steps: Sequence[Step]) -> Itinerary:
    """The plan of the first step, as the steps after it have left it."""
    plan = steps[0].after
    assert plan is not None
    for step in steps[1:]:
        if step.after and step.after.cities == plan.cities:
            plan = step.after
    return plan


def _done(step: Step, scene: Scene, *, is_fresh: bool, shifts: bool) -> str:
    gone = step.act if isinstance(step.act, do.Remove) else None
    place = _places(scene).get(str(gone.stop)) if gone else None
    if gone and place and place.id not in step.old:
        keeps = "; I keep it out" if gone.for_good else ""
        return f"{place.name} is not in your plan{keeps}."
    if step.after and step.before and _lengths(step.before) != _lengths(step.after):
        return routes.rerouted(step)
    return deeds.done(step, is_fresh=is_fresh, shifts=shifts)


def _lengths(plan: Itinerary) -> list[tuple[str, int]]:
    """The cities with their days, of a plan that has several."""
    return [(it.city.id, len(it.days)) for it in plan.parts() if plan.stages]


def _places(scene: Scene) -> dict[str, Place]:
    planned = scene.itinerary.stops if scene.itinerary else ()
    known = {place.id: place for place in scene.places}
    return known | {stop.place.id: stop.place for stop in planned}


def _wishes(step: Step, scene: Scene, *, planned: bool) -> list[str]:
    """What is wished now; what the plan's own sentences say is left to them."""
    without = IN_A_PLAN if planned and step.before is None else frozenset[str]()
    if planned:  # whose cities are told with it
        without |= {"legs"}
    if step.before is not None and _is_on_plan(step):
        without |= wishes.BY_PLAN
    now = step.wishes
    if step.before is not None and isinstance(step.act, do.SetDates):
        without |= {"duration_days"}
    if "duration_days" in without or _is_of_cities(step):  # told as it is in the end
        now = replace(now, duration_days=scene.preferences.duration_days)
    if isinstance(step.act, do.StartOver | do.SetCity):
        return []
    found = wishes.said(step.told, now, scene, without=without)
    if step.before is not None and step.wishes.children and not step.told.children:
        found.append(FOR_CHILDREN)
    return found


def _is_new(step: Step) -> bool:
    now = step.after.cities if step.after else ()
    return step.before is None or not set(step.before.cities) & set(now)


def _is_on_plan(step: Step) -> bool:
    for_all = isinstance(step.act, do.SetHours) and step.act.day is None
    acts = step.act is None or type(step.act) in deeds.TELL
    return step.before is not None and acts and not for_all


def _is_of_cities(step: Step) -> bool:
    of_cities = isinstance(step.act, do.AddCity | do.SetNights | do.OrderCities)
    return of_cities and step.told.legs != step.wishes.legs


def _is_in_vain(step: Step) -> bool:
    """Whether it is for a plan that is not there, and no wish either."""
    on_plan = type(step.act) in deeds.TELL and not isinstance(step.act, do.SetDays)
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
