"""What holds for every plan, whatever was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

from itinerary_app.catalogue.holidays import holiday, named, region, stands_still
from itinerary_app.catalogue.mealtimes import usual
from itinerary_app.catalogue.observances import is_ramadan
from itinerary_app.checker.ends import checking_in, coming_out
from itinerary_app.checker.hops import why_too_short
from itinerary_app.checker.hours import (
    Openness,
    is_always_open,
    is_open,
    opens,
    season,
    times,
)
from itinerary_app.checker.subject import Subject, apart, km, span
from itinerary_app.checker.verdicts import HOURS, Check, Finding
from itinerary_app.language import _, number, pgettext
from itinerary_app.model import Day, Interest, Pace, Stop, StopKind
from itinerary_app.text.clock import clock
from itinerary_app.text.dates import briefly, month, weekday

# Of a day by its pace: earliest start, latest end, visits at most.
PACES = {
    Pace.RELAXED: (10 * 60, 20 * 60 + 45, 3),
    Pace.MODERATE: (9 * 60, 21 * 60, 5),
    Pace.PACKED: (8 * 60 + 30, 21 * 60 + 30, 7),
}
NIGHTLIFE_END = 23 * 60 + 30
SOON_MINUTES = 30  # from the usual time of dinner, for a day that is to end with it
DINNER_MINUTES = 75
MORNING_MINUTES = 90  # before lunch, in which one can visit something
SAME_SPOT_KM = 0.05


def real(plan: Subject) -> Check:
    city = plan.itinerary.city

    def findings() -> Iterator[Finding]:
        if city.name.casefold() != plan.request.city.strip().casefold():
            yield Finding(
                _(
                    "the plan is for %(city)s, not for %(city_2)s",
                    city=city.name,
                    city_2=plan.request.city,
                )
            )
        for day, stop in plan.stops:
            known = plan.catalogue.get(stop.place.id)
            centre = km(stop.place.lat, stop.place.lon, city.lat, city.lon)
            if known is None:
                yield plan.found(
                    day, stop, _("not in our list of %(city)s", city=city.name)
                )
            elif (off := apart(known, stop.place)) > SAME_SPOT_KM:
                yield plan.found(
                    day,
                    stop,
                    _(
                        "%(off)s km from where our list has it",
                        off=number(round(off, 1)),
                    ),
                )
            outing = known is not None and known.is_outing
            if centre > city.radius_km and not outing:
                what = _(
                    "%(centre)s km from the centre of %(city)s",
                    centre=round(centre),
                    city=city.name,
                )
                yield plan.found(day, stop, what)

    radius = f"{city.radius_km:g}"
    return Check(
        "real",
        _("Real places"),
        _(
            "Each place is in our list of %(city)s, stands where the list says and, "
            "but for outings, lies within %(radius_km)s km of the centre.",
            city=city.name,
            radius_km=radius,
        ),
        tuple(findings()),
    )


def once(plan: Subject) -> Check:
    seen: set[str] = set()
    findings = []
    for day, stop in plan.stops:
        if stop.place.id in seen:
            findings.append(plan.found(day, stop, _("in the plan before")))
        seen.add(stop.place.id)
    promise = _("No place comes twice.")
    return Check("once", _("No place twice"), promise, tuple(findings))


def open_(plan: Subject) -> Check:
    findings, remarks = [], []
    known = 0
    for day, stop in plan.stops:
        answer, what = _opening(plan, day, stop)
        known += answer in (Openness.YES, Openness.NO)
        if answer is Openness.NO:
            findings.append(plan.found(day, stop, what))
        elif what:
            remarks.append(plan.found(day, stop, what))
    when = _("on every weekday on which it opens at all")
    if plan.request.start_date is not None:
        when = _("on its date")
    return Check(
        "open",
        _("Open when you come"),
        _("Each place is open all the time you are there, %(when)s.", when=when),
        tuple(findings),
        tuple(remarks),
        fact=HOURS,
        known=known,
        of=len(plan.stops),
    )


def _opening(plan: Subject, day: Day, stop: Stop) -> tuple[Openness, str]:
    """Whether it is open then, and in words what is wrong if it is not."""
    hours = plan.facts(stop).hours
    on = plan.request.date_of(day.number)
    if not hours:
        return Openness.UNKNOWN, ""
    if on is None:
        answer, when = is_always_open(hours, stop.arrive, stop.leave)
        if answer is Openness.YES:
            return answer, _season(hours)
        if answer is Openness.UNKNOWN:
            return answer, ""
        if when is None:
            return answer, _("on no weekday surely open")
        open_then = times(hours, when) or pgettext("place", "closed")
        return answer, _(
            "not open %(times)s on %(weekday)ss in %(month)s (%(open_then)s)",
            times=span(stop),
            weekday=weekday(when),
            month=month(when),
            open_then=open_then,
        )
    city = plan.itinerary.city
    where = region(city)
    answer = is_open(hours, on, stop.arrive, stop.leave, where, city)
    if answer is Openness.UNKNOWN and "Ramadan" in hours and is_ramadan(on, where):
        return answer, _(
            "its hours do not tell of %(date)s, in Ramadan", date=briefly(on)
        )
    if answer in (Openness.YES, Openness.UNKNOWN):
        return answer, ""
    if answer is Openness.HOLIDAY:
        name = holiday(on, where)
        return answer, _(
            "its hours do not tell of %(date)s, %(name)s",
            date=briefly(on),
            name=named(name),
        )
    if not opens(hours, on, where, city):
        return answer, _("closed on %(date)s", date=briefly(on))
    open_then = times(hours, on, where, city) or _("at night")
    return answer, _(
        "not open %(times)s on %(date)s (%(open_then)s)",
        times=span(stop),
        date=briefly(on),
        open_then=open_then,
    )


def _season(hours: str) -> str:
    """In which months only it opens, or "" for all of them."""
    months = sorted(season(hours))
    if len(months) == 12:
        return ""
    return _(
        "open in %(list)s only",
        list=", ".join(month(date(2026, it, 1)) for it in months),
    )


def ways(plan: Subject) -> Check:
    def findings() -> Iterator[Finding]:
        for day in plan.itinerary.days:
            city = plan.itinerary.city_of(day.number)
            is_still = stands_still(day.date, region(city))
            for stop in day.stops:
                if stop.leave <= stop.arrive:
                    yield plan.found(day, stop, _("ends before it begins"))
                if is_still and plan.facts(stop).is_by_timetable:
                    yield plan.found(day, stop, _("no train, bus or ferry goes then"))
            for before, stop in pairwise(day.stops):
                if what := _bad_way(plan, before, stop):
                    yield plan.found(day, stop, what)

    return Check(
        "ways",
        _("Ways fit"),
        _(
            "Stops follow each other without overlap, with the time told for the way "
            "between them, and no way is told shorter than can be."
        ),
        tuple(findings()),
    )


def _bad_way(plan: Subject, before: Stop, stop: Stop) -> str:
    name = before.place.name
    if stop.arrive < before.leave:
        return _(
            "begins at %(time)s, before %(name)s ends",
            time=clock(stop.arrive),
            name=name,
        )
    if stop.arrive < before.leave + stop.travel_minutes:
        return _(
            "%(travel_minutes)s min from %(name)s do not fit between %(time)s and "
            "%(time_2)s",
            travel_minutes=stop.travel_minutes,
            name=name,
            time=clock(before.leave),
            time_2=clock(stop.arrive),
        )
    return why_too_short(
        stop.travel_minutes, stop.travel_mode, plan.spot(before), plan.spot(stop)
    )


def day_hours(plan: Subject) -> Check:
    findings, remarks = [], []
    own = list(_own_hours(plan))
    for day in plan.itinerary.days:
        start, end = _window(plan, day)
        most = PACES[day.pace][2] + (Interest.NIGHTLIFE in plan.request.interests)
        visits = sum(stop.kind is StopKind.VISIT for stop in day.stops)
        asked = any(stop.place.id in plan.request.must_see for stop in day.stops)
        why = _(", with a place that you asked for") if asked else ""
        first = min((stop.arrive for stop in day.stops), default=start)
        last = max((stop.leave for stop in day.stops), default=end)
        if first < start:
            what = _(
                "begins at %(time)s, before %(time_2)s%(why)s",
                time=clock(first),
                time_2=clock(start),
                why=why,
            )
            findings.append(Finding(what, day.number))
        if last > end:
            what = _(
                "ends at %(time)s, after %(time_2)s%(why)s",
                time=clock(last),
                time_2=clock(end),
                why=why,
            )
            findings.append(Finding(what, day.number))
        findings += [Finding(f"{it}{why}", day.number) for it in _late(plan, day)]
        if what := _idle_morning(plan, day, start):
            remarks.append(Finding(what, day.number))
        if visits > most:
            what = _(
                "%(visits)s visits; a %(pace)s day has %(most)s at most%(why)s",
                visits=visits,
                pace=_(day.pace.value),
                most=most,
                why=why,
            )
            remarks.append(Finding(what, day.number))
    return Check(
        "hours",
        _("In your hours"),
        _(
            "Each day lies within the hours you asked for, its first and last way "
            "too, or, where you asked for none, its stops within those of its pace."
        ),
        tuple(findings),
        (*remarks, *own),
        own=len(own),
    )


def _idle_morning(plan: Subject, day: Day, start: int) -> str:
    """What is said of a day with a morning that begins with a meal nonetheless."""
    if not day.stops or day.free or day.rests:
        return ""
    first, lunch = day.stops[0], usual(plan.itinerary.city_of(day.number).country)
    if first.kind is StopKind.VISIT or plan.itinerary.starts(day.number):
        return ""
    if lunch[StopKind.LUNCH].earliest - start < MORNING_MINUTES:
        return ""
    return _(
        "begins with %(meal)s at %(time)s; it may from %(start)s",
        meal=_(first.kind.value),
        time=clock(first.arrive),
        start=clock(start),
    )


def _own_hours(plan: Subject) -> Iterator[Finding]:
    """The stops that make their day longer, as the traveller gave them a time."""
    for day, stop in plan.stops:
        start, end = _window(plan, replace(day, start=None, end=None))
        if stop.place.id not in dict(plan.request.times):
            continue
        if stop.arrive < start:
            what = _(
                "at %(time)s, before %(time_2)s, as you set it",
                time=clock(stop.arrive),
                time_2=clock(start),
            )
            yield plan.found(day, stop, what)
        elif stop.leave > end:
            what = _(
                "until %(time)s, after %(time_2)s, as you set it",
                time=clock(stop.leave),
                time_2=clock(end),
            )
            yield plan.found(day, stop, what)


def _late(plan: Subject, day: Day) -> Iterator[str]:
    """Which ways do not lie within the hours that were asked for."""
    request, leaves, back = plan.request, day.leaves, day.back
    if leaves is None or back is None:
        return
    since = [day.start if day.start is not None else request.day_start]
    until = [day.end if day.end is not None else request.day_end]
    if day.number == request.first and request.arrive is not None:
        since.append(request.arrive + coming_out(day))
    if day.number == request.last and request.depart is not None:
        until.append(request.depart - checking_in(day, request))
    start = max((it for it in since if it is not None), default=leaves)
    end = min((it for it in until if it is not None), default=back)
    if leaves < start and day.origin:
        yield _(
            "leaves %(origin)s at %(time)s, before %(time_2)s",
            origin=day.origin.called,
            time=clock(leaves),
            time_2=clock(start),
        )
    if back > end and day.target:
        yield _(
            "is at %(target)s at %(time)s, after %(time_2)s",
            target=day.target.called,
            time=clock(back),
            time_2=clock(end),
        )


def _window(plan: Subject, day: Day) -> tuple[int, int]:
    """When the day may begin and must be over: what was asked last goes first."""
    request = plan.request
    start, end, _ = PACES[day.pace]
    if Interest.NIGHTLIFE in request.interests:
        end = NIGHTLIFE_END
    start = next(t for t in (day.start, request.day_start, start) if t is not None)
    if StopKind.DINNER not in (*request.skipped, *day.skipped):
        usual_dinner = usual(plan.itinerary.city_of(day.number).country)[
            StopKind.DINNER
        ].earliest
        dinner = dict(request.meal_times).get(
            StopKind.DINNER, usual_dinner + SOON_MINUTES
        )
        end = max(end, dinner + DINNER_MINUTES)  # a late one makes the evening longer
    end = next(t for t in (day.end, request.day_end, end) if t is not None)
    if day.number == request.first and request.arrive is not None:
        start = max(start, request.arrive)
    if day.number == request.last and request.depart is not None:
        end = min(end, request.depart)
    return start, end


def days(plan: Subject) -> Check:
    def findings() -> Iterator[Finding]:
        numbers = [day.number for day in plan.itinerary.days]
        if len(numbers) != plan.request.days:
            yield Finding(
                _(
                    "%(count)s days, not %(days)s",
                    count=len(numbers),
                    days=plan.request.days,
                )
            )
        elif numbers != list(range(1, len(numbers) + 1)):
            yield Finding(
                _("days are numbered %(list)s", list=", ".join(map(str, numbers)))
            )
        for day in plan.itinerary.days:
            if (right := plan.request.date_of(day.number)) != day.date:
                told = briefly(day.date) if day.date else _("no date")
                wanted = briefly(right) if right else _("none")
                yield Finding(
                    _("%(told)s instead of %(wanted)s", told=told, wanted=wanted),
                    day.number,
                )

    promise = _("There are as many days as you asked for, each with its date.")
    if plan.request.start_date is None:
        promise = _("There are as many days as you asked for.")
    return Check("days", _("Days right"), promise, tuple(findings()))


def reasons(plan: Subject) -> Check:
    bare = [(day, stop) for day, stop in plan.stops if not stop.reason.strip()]
    return Check(
        "reasons",
        _("Reasons told"),
        _("Each stop tells why it is in the plan."),
        tuple(plan.found(day, stop, _("no reason is told")) for day, stop in bare),
    )
