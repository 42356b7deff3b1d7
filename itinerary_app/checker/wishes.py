"""What holds because the traveller asked for it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from itinerary_app.checker.hops import climb, walked_km
from itinerary_app.checker.subject import Subject
from itinerary_app.checker.verdicts import ACCESS, LEVELS, PRICES, Check, Finding
from itinerary_app.language import N_, _, number
from itinerary_app.model import (
    Access,
    Budget,
    Category,
    Day,
    Diet,
    Interest,
    Mobility,
    Part,
    Place,
    StopKind,
)
from itinerary_app.text.clock import clock
from itinerary_app.text.money import money as in_words
from itinerary_app.text.words import listed

SIGHT = N_("sight")
CATEGORIES = frozenset(Category)
INTERESTS = frozenset(Interest)
PARTS = {
    Part.MORNING: (0, 12 * 60),
    Part.AFTERNOON: (13 * 60, 18 * 60),
    Part.EVENING: (18 * 60, 30 * 60),
}
IN_PARTS = {
    Part.MORNING: N_("in the morning, which you keep free"),
    Part.AFTERNOON: N_("in the afternoon, which you keep free"),
    Part.EVENING: N_("in the evening, which you keep free"),
}
DEAREST = 4  # level of a place to eat
SHORT_WALK_KM = 0.6
SHORT_WALK_MINUTES = 20


def wishes(plan: Subject) -> Check:
    request = plan.request
    planned = {stop.place.id for _, stop in plan.stops}

    def findings() -> Iterator[Finding]:
        for place_id in request.must_see:
            if place_id not in planned:
                yield Finding(
                    _("you asked for it, and it is left out"), None, name(place_id)
                )
        for place_id in set(request.locked) - set(request.excluded):
            if place_id not in planned:
                yield Finding(
                    _("you locked it, and it is left out"), None, name(place_id)
                )
        for day, stop in plan.stops:
            place = plan.facts(stop)
            if place.id in request.must_see:
                continue
            if place.id in request.excluded:
                yield plan.found(day, stop, _("you did not want it"))
            for kind in request.avoid:
                if place.id not in request.excluded and _is(place, kind):
                    what = _("you wanted no %(kind)s", kind=kind.label)
                    yield plan.found(day, stop, what)

    name = plan.name
    return Check(
        "wishes",
        _("Wishes kept"),
        _("What you asked for is in, what you did not want is out."),
        tuple(findings()),
    )


def company(plan: Subject) -> Check:
    request = plan.request
    what = _("a bar, and you did not ask for nightlife")
    if request.children:
        what = _("a bar, and children come along")
    wanted = Interest.NIGHTLIFE in request.interests and not request.children
    bars = [
        (day, stop)
        for day, stop in plan.stops
        if plan.facts(stop).category is Category.BAR
        and stop.place.id not in (*request.must_see, *request.locked)
    ]
    return Check(
        "company",
        _("For your company"),
        _("Bars come only for those who want nightlife, and none with children."),
        () if wanted else tuple(plan.found(*it, what) for it in bars),
    )


def times(plan: Subject) -> Check:
    begins, lasts = dict(plan.request.times), dict(plan.request.stays)
    eats = dict(plan.request.meal_times)

    def findings() -> Iterator[Finding]:
        for day, stop in plan.stops:
            at = begins.get(stop.place.id, eats.get(stop.kind))
            if at not in (None, stop.arrive):
                what = _(
                    "begins at %(time)s, not at %(time_2)s",
                    time=clock(stop.arrive),
                    time_2=clock(at or 0),
                )
                yield plan.found(day, stop, what)
            minutes = stop.leave - stop.arrive
            if lasts.get(stop.place.id, minutes) != minutes:
                what = _(
                    "lasts %(minutes)s min, not %(lasts)s",
                    minutes=minutes,
                    lasts=lasts[stop.place.id],
                )
                yield plan.found(day, stop, what)

    promise = _("What you gave a time or a length keeps it.")
    return Check("times", _("Your times"), promise, tuple(findings()))


def limits(plan: Subject) -> Check:
    had = {stop.place.id for stop in plan.before.stops} if plan.before else None

    def findings() -> Iterator[Finding]:
        for kind, most in plan.request.at_most:
            for day in plan.itinerary.days:
                count = sum(_is(plan.facts(stop), kind) for stop in day.stops)
                if count > most:
                    word = _(kind.replace("_", " "))
                    yield Finding(
                        _(
                            "%(count)s of %(word)s, and you want %(most)s",
                            count=count,
                            word=word,
                            most=most,
                        ),
                        day.number,
                    )
        for day, stop in plan.stops:
            place = plan.facts(stop)
            if had is None or place.id in {*had, *plan.request.must_see}:
                continue
            for kind in plan.request.no_more:
                if _is(place, kind):
                    what = _(
                        "one more of %(word)s, and you want none",
                        word=_(kind.replace("_", " ")),
                    )
                    yield plan.found(day, stop, what)

    promise = _("There is not more of a kind of place than you want.")
    return Check("limits", _("Not too many"), promise, tuple(findings()))


def kept_free(plan: Subject) -> Check:
    def findings() -> Iterator[Finding]:
        for day, stop in plan.stops:
            times = {_(IN_PARTS[part]): PARTS[part] for part in day.free}
            times |= {
                _(
                    "in %(start)s–%(end)s, which you keep free",
                    start=clock(start),
                    end=clock(end),
                ): (start, end)
                for start, end in day.rests
            }
            for what, (start, end) in times.items():
                if stop.arrive < end and start < stop.leave:
                    yield plan.found(day, stop, what)
            for kind in {*day.skipped, *plan.request.skipped}:
                if kind in (stop.kind, stop.holds):
                    yield plan.found(
                        day, stop, _("you wanted no %(kind)s", kind=_(kind.value))
                    )

    promise = _(
        "What you keep free is free, and meals that you leave out are left out."
    )
    return Check("free", _("Kept free"), promise, tuple(findings()))


_WIDER = {Category.GALLERY: Category.MUSEUM}  # whoever wants no museum wants neither


def _is(place: Place, kind: str) -> bool:
    """Whether a place is of the kind: a category, else an interest, else a word;
    a sight is all that serves no food or drink.
    """
    if kind == SIGHT:
        return place.category not in ("restaurant", "street_food", "cafe", "bar")
    if kind in CATEGORIES:
        return kind in (place.category, _WIDER.get(place.category))
    if kind in INTERESTS:
        return kind in place.interests
    wanted = _bare(kind).replace("_", " ").removesuffix("s")
    names = f" {_bare(place.name)} {_bare(place.local_name or '')}"
    return f" {wanted}" in re.sub(r"[-']", " ", names)


def _bare(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in spread if not unicodedata.combining(char))


def spending(plan: Subject) -> Check:
    limit = plan.request.spend_limit or 0
    counts = Counter(place.currency for place in plan.places if place.currency)
    currency = max(counts, key=lambda it: (counts[it], it), default="")
    free_or_paid = [
        (stop, place.price)
        for stop, place in ((stop, plan.facts(stop)) for _, stop in plan.stops)
        if place.price is not None and (not place.price or place.currency == currency)
    ]
    sites = {
        (site, price) for stop, price in free_or_paid if (site := plan.facts(stop).site)
    }
    total = sum(price for _, price in sites)
    total += sum(price for stop, price in free_or_paid if not plan.facts(stop).site)
    money = in_words(currency, total)
    over = [
        Finding(
            _(
                "known admissions come to %(money)s, over %(limit)s",
                money=money,
                limit=number(limit),
            )
        )
    ]
    return Check(
        "spending",
        _("Within limit"),
        _(
            "Known admissions come to %(money)s; your limit is %(limit)s.",
            money=money,
            limit=number(limit),
        ),
        tuple(over if total > limit else ()),
        fact=PRICES,
        known=sum(stop.kind is StopKind.VISIT for stop, _ in free_or_paid),
        of=sum(stop.kind is StopKind.VISIT for _, stop in plan.stops),
    )


def budget(plan: Subject) -> Check:
    """Of meals at places whose level is known; 4 is the dearest."""
    meals = [it for it in plan.stops if it[1].kind is not StopKind.VISIT]
    asked = {*plan.request.must_see, *plan.request.locked}
    dear = [
        (day, stop)
        for day, stop in meals
        if plan.facts(stop).level == DEAREST and stop.place.id not in asked
    ]
    most = int(plan.request.budget is not Budget.LOW)
    promise = (
        N_(
            "Of the dearest places to eat there is one at most in a city, as your "
            "budget is %(budget)s."
        )
        if most
        else N_(
            "Of the dearest places to eat there is none in a city, as your budget is "
            "%(budget)s."
        )
    )
    told = plan.request.budget
    return Check(
        "budget",
        _("Within budget"),
        _(promise, budget=told and _(told.value)),
        tuple(
            plan.found(day, stop, _("one of the dearest places to eat"))
            for day, stop in dear[most:]
        ),
        fact=LEVELS,
        known=sum(plan.facts(stop).level is not None for _, stop in meals),
        of=len(meals),
    )


def diets(plan: Subject) -> Check:
    wished = set(plan.request.diets)
    findings = []
    for day, stop in plan.stops:
        served = set(plan.facts(stop).diets)
        if Diet.VEGAN in served:
            served.add(Diet.VEGETARIAN)
        if stop.kind is not StopKind.VISIT and (lacking := wished - served):
            told = ", ".join(sorted(_(diet.replace("_", "-")) for diet in lacking))
            findings.append(
                plan.found(day, stop, _("not known to serve %(told)s", told=told))
            )
    told = listed(_(diet.replace("_", "-")) for diet in plan.request.diets)
    promise = _("Each meal is at a place known to serve %(told)s food.", told=told)
    return Check("diets", _("Fits diet"), promise, tuple(findings))


def mobility(plan: Subject) -> Check:
    step_free = Mobility.STEP_FREE in plan.request.mobility
    less_walking = Mobility.LESS_WALKING in plan.request.mobility
    findings = []
    for day in plan.itinerary.days:
        for stop in day.stops:
            if step_free and plan.facts(stop).wheelchair is Access.NO:
                findings.append(plan.found(day, stop, _("no access for wheelchairs")))
            up = climb(plan.facts(stop))
            if step_free and up and plan.facts(stop).wheelchair is None:
                what = _(
                    "up a climb of %(up)s min, no way for wheelchairs is known", up=up
                )
                findings.append(plan.found(day, stop, what))
        for before, stop in pairwise(day.stops):
            off = walked_km(plan.spot(before), stop.place)
            minutes = stop.travel_minutes - climb(plan.spot(stop))
            far = off > SHORT_WALK_KM or minutes > SHORT_WALK_MINUTES
            if less_walking and stop.travel_mode == "walk" and far:
                what = _(
                    "%(off)s m and %(travel_minutes)s min on foot",
                    off=round(off * 1000),
                    travel_minutes=stop.travel_minutes,
                )
                findings.append(plan.found(day, stop, what))
        if less_walking:
            findings += _long_walks(plan, day)
    promises = (
        _("No place is known to be without access for wheelchairs.") * step_free,
        _(
            "No walk is over %(metres)s m straight or %(minutes)s minutes.",
            metres=round(SHORT_WALK_KM * 1000),
            minutes=SHORT_WALK_MINUTES,
        )
        * less_walking,
    )
    asked = len(plan.stops) * step_free
    known = sum(plan.facts(stop).wheelchair is not None for _, stop in plan.stops)
    return Check(
        "mobility",
        _("Easy to get about"),
        " ".join(filter(None, promises)),
        tuple(findings),
        fact=ACCESS,
        known=min(known, asked),
        of=asked,
    )


def _long_walks(plan: Subject, day: Day) -> Iterator[Finding]:
    """The first and the last way, where they are far on foot."""
    if not (day.stops and day.origin and day.target):
        return
    first, last = plan.spot(day.stops[0]), plan.spot(day.stops[-1])
    there = day.stops[0].travel_minutes - climb(first)
    for end, place, far, minutes, mode in (
        (
            day.origin, first, walked_km(day.origin, first), there,
            day.stops[0].travel_mode,
        ),
        (
            day.target, last, walked_km(last, day.target), day.back_minutes,
            day.back_mode,
        ),
    ):  # fmt: skip
        if mode == "walk" and (far > SHORT_WALK_KM or minutes > SHORT_WALK_MINUTES):
            what = _(
                "%(far)s m and %(minutes)s min on foot from %(end)s",
                far=round(far * 1000),
                minutes=minutes,
                end=end.name,
            )
            yield Finding(what, day.number, place.name)
