"""Meals: each once a day, at its time, near the stops beside it."""

from __future__ import annotations

from itinerary_app.catalogue.mealtimes import usual
from itinerary_app.checker.subject import Subject, span
from itinerary_app.checker.verdicts import Check, Finding
from itinerary_app.language import _
from itinerary_app.model import AnchorKind, Category, City, Day, Stop, StopKind
from itinerary_app.text.clock import clock

MEALS = (StopKind.LUNCH, StopKind.DINNER)
LONG_MINUTES = 3 * 60  # of a visit at which one may eat
MEAL_WAY = 25  # minutes to the nearer one of its neighbours
NEAR_WAY = 12  # minutes to both that nobody minds
SHORTEST_MEAL = 30  # minutes
PAUSE_MINUTES = 45  # for a meal that is not planned
DINNER_MINUTES = 75
SHOW_MINUTES = 90  # by which dinner is earlier or later for a show
BEDS = (AnchorKind.BASE, AnchorKind.MIDDLE)


def meals(plan: Subject) -> Check:
    findings, own = [], []
    for day in plan.itinerary.days:
        starts = usual(plan.itinerary.city_of(day.number).country)
        for kind, (earliest, latest, _last) in starts.items():
            had = [stop for stop in day.stops if kind in (stop.kind, stop.holds)]
            if kind is StopKind.DINNER and _has_show(plan, day, earliest, latest):
                earliest, latest = earliest - SHOW_MINUTES, latest + SHOW_MINUTES
            if len(had) > 1:
                findings.append(
                    Finding(
                        _(
                            "%(kind)s comes %(count)s times",
                            kind=_(kind.value),
                            count=len(had),
                        ),
                        day.number,
                    )
                )
            for stop in had:
                if what := _untimely(plan, stop, kind, (earliest, latest)):
                    findings.append(plan.found(day, stop, what))
                elif what := _as_set(plan, stop, (earliest, latest)):
                    own.append(plan.found(day, stop, what))

    cities = plan.itinerary.cities
    told = " ".join(_meal_times(city, city is cities[0]) for city in cities)
    return Check(
        "meals",
        _("Meals on time"),
        _(
            "%(told)s Each comes once a day; times of your own go first, a long visit "
            "may hold lunch, and for a show dinner is up to %(minutes)s minutes "
            "earlier or later.",
            told=told,
            minutes=SHOW_MINUTES,
        ),
        tuple(findings),
        tuple(own),
        own=len(own),
    )


def _has_show(plan: Subject, day: Day, earliest: int, latest: int) -> bool:
    """Whether a show takes some of the time in which one begins dinner."""
    return any(
        plan.facts(stop).category is Category.SHOW
        and stop.arrive < latest + DINNER_MINUTES
        and earliest < stop.leave
        for stop in day.stops
        if stop.kind is StopKind.VISIT
    )


def _meal_times(city: City, is_first: bool) -> str:
    starts = usual(city.country)
    told = {
        f"{kind}_{end}": clock(getattr(starts[kind], end))
        for kind in MEALS
        for end in ("earliest", "latest")
    }
    if is_first:
        return _(
            "Lunch begins from %(lunch_earliest)s to %(lunch_latest)s and dinner from "
            "%(dinner_earliest)s to %(dinner_latest)s.",
            **told,
        )
    return _(
        "Lunch begins from %(lunch_earliest)s to %(lunch_latest)s and dinner from "
        "%(dinner_earliest)s to %(dinner_latest)s in %(city)s.",
        **told,
        city=city.name,
    )


def _untimely(plan: Subject, stop: Stop, kind: StopKind, hours: tuple[int, int]) -> str:
    """What is wrong with the time of the meal, or of the visit that holds it."""
    request = plan.request
    earliest, latest = hours
    if (own := dict(request.meal_times).get(kind)) is not None:
        earliest = latest = own
    if stop.holds is kind:
        away = plan.facts(stop).away
        begins, ends = stop.arrive - away, stop.leave + away
        over = begins < earliest + 60 and min(latest, earliest + 60) < ends
        if kind is StopKind.LUNCH and over and ends - begins >= LONG_MINUTES:
            return ""
        return _(
            "%(times)s is no visit that holds %(kind)s",
            times=span(stop),
            kind=_(kind.value),
        )
    in_time = earliest <= stop.arrive <= latest
    if in_time or own is not None or stop.place.id in dict(request.times):
        return ""
    return _("%(kind)s at %(time)s", kind=_(kind.value), time=clock(stop.arrive))


def _as_set(plan: Subject, stop: Stop, hours: tuple[int, int]) -> str:
    """What is unusual of a meal whose time or length is the traveller's own."""
    earliest, latest = hours
    lasts = stop.leave - stop.arrive
    if stop.holds is not None:
        return ""
    if not earliest <= stop.arrive <= latest:
        return _(
            "%(kind)s at %(time)s, not %(time_2)s to %(time_3)s, as you set it",
            kind=_(stop.kind.value),
            time=clock(stop.arrive),
            time_2=clock(earliest),
            time_3=clock(latest),
        )
    if lasts < SHORTEST_MEAL and stop.place.id in dict(plan.request.stays):
        return _(
            "%(kind)s of %(lasts)s min only, as you set it",
            kind=_(stop.kind.value),
            lasts=lasts,
        )
    return ""


def meals_near(plan: Subject) -> Check:
    remarks = [
        plan.found(
            day,
            stop,
            _(
                "%(kind)s is %(minutes)s min from a stop beside it",
                kind=_(stop.kind.value),
                minutes=max(ways),
            ),
        )
        for day in plan.itinerary.days
        for i, stop in enumerate(day.stops)
        if stop.kind in MEALS and max(ways := _meal_ways(day, i), default=0) > NEAR_WAY
    ]
    findings = [
        plan.found(
            day,
            stop,
            _(
                "%(kind)s is %(way)s min from the nearest stop",
                kind=_(stop.kind.value),
                way=way,
            ),
        )
        for day in plan.itinerary.days
        for i, stop in enumerate(day.stops)
        if stop.kind in MEALS and (way := _meal_way(day, i)) > MEAL_WAY
    ]
    return Check(
        "near",
        _("Meals near"),
        _(
            "Each meal is at most %(minutes)s minutes from the stop before or after "
            "it, or from where you sleep.",
            minutes=MEAL_WAY,
        ),
        tuple(findings),
        tuple(remarks),
    )


def pauses(plan: Subject) -> Check:
    """Of meals that are not planned, on days that last over their usual time."""
    findings: list[Finding] = []
    remarks: list[Finding] = []
    for day in plan.itinerary.days:
        city = plan.itinerary.city_of(day.number)
        for kind, (earliest, latest, lasts) in usual(city.country).items():
            if kind in (*day.skipped, *plan.request.skipped):
                continue
            if kind is StopKind.DINNER and _has_show(plan, day, earliest, latest):
                earliest, latest = earliest - SHOW_MINUTES, latest + SHOW_MINUTES
            own = dict(plan.request.meal_times).get(kind)
            if own is not None:
                earliest = latest = own
            had = any(kind in (stop.kind, stop.holds) for stop in day.stops)
            is_over = day.stops and (
                day.stops[0].arrive - day.stops[0].travel_minutes <= earliest
                and day.stops[-1].leave > latest + PAUSE_MINUTES
            )
            if had or not is_over:
                continue
            if _longest_break(day, earliest, latest + lasts) >= PAUSE_MINUTES:
                continue
            told = any(
                "No time is left" in note and f"for {kind}" in note
                for note in plan.itinerary.notes
            )
            finding = Finding(
                _("no time is left for %(kind)s", kind=_(kind.value)), day.number
            )
            (remarks if told else findings).append(finding)
    return Check(
        "pauses",
        _("Time to eat"),
        _(
            "Where no lunch or dinner is planned, %(minutes)s minutes are free for it "
            "at its time, or it is told that there is no time.",
            minutes=PAUSE_MINUTES,
        ),
        tuple(findings),
        tuple(remarks),
    )


def _longest_break(day: Day, since: int, until: int) -> int:
    """Minutes without a stop and a way between these times; until the last stop."""
    free, longest = since, 0
    for stop in day.stops:
        leaves = stop.arrive - stop.travel_minutes
        longest = max(longest, min(leaves, until) - free)
        free = max(free, stop.leave)
    return max(longest, until - free - day.back_minutes)


def _meal_way(day: Day, i: int) -> int:
    ways = _meal_ways(day, i)
    if not ways:
        return 0
    if i == 0 and day.origin and day.origin.kind in BEDS:
        ways.append(day.stops[0].travel_minutes)
    if i == len(day.stops) - 1 and day.target and day.target.kind in BEDS:
        ways.append(day.back_minutes)
    return min(ways)


def _meal_ways(day: Day, i: int) -> list[int]:
    return [stop.travel_minutes for stop in day.stops[max(1, i) : i + 2]]
