"""How a reading is judged against the outcomes of a labelled message."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from itinerary_app.acts import codec
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.reader import Scene
from itinerary_app.model import Itinerary, StopKind

Json = dict[str, Any]

COURTESY = ("thank", "greet")
CHANGE_NOTHING = (
    *COURTESY,
    "ask",
    "suppose",
    "deny",
    "anything",
    "complain",
    "out_of_scope",
    "export",
)
ADDED_UP = ("set_interests", "set_diet", "set_mobility", "set_party", "set_hours")


class Grade(IntEnum):
    """From best to worst; of several outcomes the best grade counts."""

    RIGHT = 0
    PARTLY = 1  # some of the changes, and the rest is named as not understood
    REFUSED = 2  # nothing changes, which is said
    WRONG = 3  # nothing wrong changes, but the answer is another
    SILENT = 4  # a change that nobody asked for, or one missing without a word


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a message: resolved acts, and what was asked or not understood."""

    acts: Sequence[Act] = ()
    question: bool = False
    unread: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """`noise`: right, but words were called unread, or supposed, that need not be.

    `found`, `spurious` and `missing` count the slots: an act, or a field of one.
    """

    grade: Grade
    noise: bool = False
    found: int = 0
    spurious: int = 0
    missing: int = 0


def judge(reading: Reading, want: Sequence[Mapping[str, Any]], scene: Scene) -> Verdict:
    """The grade of a reading; each of the outcomes wanted is as good as the others."""
    best: Verdict | None = None
    for outcome in want:
        verdict = _judged(reading, outcome, scene)
        if best is None or _faults(verdict) < _faults(best):
            best = verdict
        if _faults(best) == (Grade.RIGHT, False, 0):
            break
    assert best
    return best


def _faults(verdict: Verdict) -> tuple[Grade, bool, int]:
    return verdict.grade, verdict.noise, verdict.missing + verdict.spurious


def _judged(reading: Reading, outcome: Mapping[str, Any], scene: Scene) -> Verdict:
    wanted = normal(codec.dumps(codec.loads(outcome["acts"])), scene)
    got = normal(codec.dumps(reading.acts), scene)
    if reading.question:  # then nothing is carried out
        got = [act for act in got if not changes(act)]
    if outcome.get("question"):
        wanted = [act for act in wanted if not changes(act)]
    words, matched = _paired([act for act in got if not changes(act)], wanted)
    got_changes = _keys(filter(changes, got))
    wanted_changes = _keys(filter(changes, wanted))
    supposed = [act for act in words if act["act"] in ("suppose", *COURTESY)]
    as_told = reading.question == outcome.get("question", False) and (
        bool(reading.unread) or not outcome.get("unread", False)
    )
    answered = matched and len(supposed) == len(words)
    told = reading.question or bool(reading.unread)
    if got_changes - wanted_changes:
        grade = Grade.SILENT
    elif got_changes == wanted_changes and answered and as_told:
        grade = Grade.RIGHT
    elif told:
        grade = Grade.PARTLY if got_changes else Grade.REFUSED
    elif got_changes:
        lost = wanted_changes - got_changes or outcome.get("unread", False)
        grade = Grade.SILENT if lost else Grade.WRONG
    else:
        grade = Grade.SILENT if wanted_changes and not words else Grade.WRONG
    noise = bool(
        (reading.unread and not outcome.get("unread", False))
        or any(act["act"] == "suppose" for act in supposed)
    )
    return Verdict(
        grade, noise and grade is Grade.RIGHT, *_slots(got, wanted, scene=scene)
    )


def changes(act: Json) -> bool:
    return act["act"] not in CHANGE_NOTHING


def _paired(got: list[Json], wanted: list[Json]) -> tuple[list[Json], bool]:
    """What is left of `got` without those wanted, and whether all wanted are there."""
    left = list(got)
    for want in wanted:
        if changes(want) or (want["act"] in COURTESY and len(wanted) > 1):
            continue
        found = next((act for act in left if _fits(act, want)), None)
        if found is None:
            return left, False
        left.remove(found)
    return left, True


def _fits(act: Json, want: Json) -> bool:
    """Whether an act that changes nothing has all that is given in `want`.

    The acts that were supposed are compared where both have some.
    """
    return all(
        act.get(name) == value or (name == "acts" and not (value and act.get("acts")))
        for name, value in want.items()
    )


def _slots(
    got: Iterable[Json], wanted: Iterable[Json], *, scene: Scene
) -> tuple[int, int, int]:
    """The slots found, spurious and missing."""
    wanted = [act for act in wanted if act["act"] not in COURTESY]
    given = {(act["act"], name) for act in wanted for name in act}
    have, need = Counter[str](), Counter[str]()
    for counter, acts in ((have, got), (need, wanted)):
        for act in acts:
            for name, value in act.items():
                said = changes(act) or (act["act"], name) in given or name == "act"
                if said and act["act"] not in (*COURTESY, "suppose"):
                    counter[f"{act['act']}.{name}={_key(value)}"] += 1
    found = (have & need).total()
    return found, have.total() - found, need.total() - found


def _key(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _keys(acts: Iterable[Json]) -> Counter[str]:
    return Counter(map(_key, acts))


# What is the same said in other ways


def normal(acts: Sequence[Json], scene: Scene) -> list[Json]:
    """The acts in one of the forms that mean the same for this trip."""
    plan = scene.itinerary
    made = [_alone(act, plan) for act in acts]
    if not (scene.focus.proposed or scene.focus.pending):
        made = [act for act in made if act["act"] != "deny"]  # "no, I meant …"
    return _every_day(_added_up(made), plan)


def _alone(act: Json, plan: Itinerary | None) -> Json:
    """One act in its plainest form."""
    made = {
        name: sorted(value, key=_key)
        if isinstance(value, list) and name not in ("acts", "cities")
        else value
        for name, value in act.items()
    }
    if isinstance(made.get("place"), dict):
        made["place"] = {k: v for k, v in made["place"].items() if k != "ids"}
    for name in ("city", "kind", "about"):
        if isinstance(made.get(name), str):
            made[name] = made[name].casefold()
    if made["act"] == "set_spend_limit":
        made.pop("currency", None)  # labelled are sums in the city's own
    if made["act"] == "swap_days":
        made["first"], made["second"] = sorted(
            (made["first"], made["second"]), key=_key
        )
    if made["act"] == "suppose":
        made["acts"] = sorted(
            (_alone(each, plan) for each in made.get("acts", [])), key=_key
        )
    if plan is not None:
        made = _in_plan(made, plan)
    return made


def _in_plan(act: Json, plan: Itinerary) -> Json:
    days = len(plan.days)
    match act:
        case {"act": "add_day"} if not act.get("front"):
            return {"act": "set_days", "days": days + act.get("count", 1)}
        case {"act": "remove_day"} if act.get("day") in (None, days):
            return {"act": "set_days", "days": days - 1}
        case {"act": "set_dates", "shift": shift} if plan.days[0].date:
            start: date = plan.days[0].date + timedelta(days=shift)
            return {"act": "set_dates", "start": start.isoformat()}
    home = _home(act, plan)
    if home is not None and act.get("day") == home and _more_than_day(act):
        act = {name: value for name, value in act.items() if name != "day"}
    match act:
        case {"act": "set_time", "stop": str(stop), "time": time} if "day" not in act:
            for day in plan.days:
                for each in day.stops:
                    if each.place.id == stop and each.kind is not StopKind.VISIT:
                        return {
                            "act": "set_meal",
                            "meal": each.kind.value,
                            "day": day.number,
                            "time": time,
                        }
        case {"act": "move", "stop": str(stop)} if "day" not in act:
            beside = act.get("after") or act.get("before")
            same_day = beside and _day_of(beside, plan) == _day_of(stop, plan)
            if same_day and "part" not in act:
                return {**act, "act": "order"}
    return act


def _home(act: Json, plan: Itinerary) -> int | None:
    """The day on which the act happens if it names none."""
    if act["act"] == "add":
        return _day_of(act.get("after") or act.get("before"), plan)
    if act["act"] == "ask" and act.get("topic") != "hours":
        return _day_of(act.get("place"), plan)
    return _day_of(act.get("stop"), plan)


def _more_than_day(act: Json) -> bool:
    """Whether something is left of the act without its day."""
    rest = act.keys() - {"act", "stop", "day"}
    return bool(rest) or act["act"] not in ("move", "set_time")


def _day_of(place: Any, plan: Itinerary) -> int | None:
    for day in plan.days:
        if any(stop.place.id == place for stop in day.stops):
            return day.number
    return None


def _added_up(acts: Sequence[Json]) -> list[Json]:
    """Acts of a type that only add to each other, as one."""
    made: list[Json] = []
    for act in acts:
        beside = next(
            (
                each
                for each in made
                if act["act"] in ADDED_UP
                and each["act"] == act["act"]
                and each.get("day") == act.get("day")
                and not any(
                    each[name] != act[name]
                    for name in each.keys() & act.keys()
                    if not isinstance(act[name], list)
                )
            ),
            None,
        )
        if beside is None:
            made.append(dict(act))
            continue
        for name, value in act.items():
            if isinstance(value, list):
                value = sorted({*beside.get(name, []), *value})
            beside[name] = value
    return made


def _every_day(acts: list[Json], plan: Itinerary | None) -> list[Json]:
    """The same for each of the days is the same for all."""
    if plan is None:
        return acts
    numbers = {day.number for day in plan.days}
    made: list[Json] = []
    for act in acts:
        rest = {name: value for name, value in act.items() if name != "day"}
        alike = [each for each in acts if {**each, "day": 0} == {**rest, "day": 0}]
        if "day" not in act or not {each.get("day") for each in alike} >= numbers:
            made.append(act)
        elif rest not in made:
            made.append(rest)
    return made
