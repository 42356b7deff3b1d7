"""What a traveller changes by hand: the pages of a stop, of a day, of places to add.

With JavaScript they open above the plan (static/hands.js). Their forms send acts.
"""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from itinerary_app import language
from itinerary_app.catalogue import own
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.current import services
from itinerary_app.errors import CannotPlan
from itinerary_app.language import N_, _
from itinerary_app.model import (
    Category,
    City,
    Day,
    Itinerary,
    Place,
    Right,
    Stop,
    TripSession,
)
from itinerary_app.trips.admission import refuse_unless
from itinerary_app.trips.finding import Wanted, beside, found, named
from itinerary_app.web import assets
from itinerary_app.web.pages import NOBODY
from itinerary_app.web.security import current_owner, holder

MOST = 24  # places on a page
GONE = N_("This is no longer in the plan. Go back to the trip to see what is.")

blueprint = Blueprint("hands", __name__)


@blueprint.get("/trips/<session_id>/stops/<path:place_id>")
def stop(session_id: str, place_id: str) -> str:
    trip, plan = _trip(session_id)
    day, chosen = _stop(plan, place_id)
    return _stop_page(trip, plan, day, chosen)


@blueprint.get("/trips/<session_id>/days/<int:number>")
def day(session_id: str, number: int) -> str:
    trip, plan = _trip(session_id)
    return _day_page(trip, plan, _day(plan, number))


@blueprint.get("/trips/<session_id>/offline")
def offline(session_id: str) -> Response:
    """The pages of all days and stops by path, for when there is no network; without
    what needs one.
    """
    trip, plan = _trip(session_id)
    etag = f"{trip.version}-{assets.version()}-{language.current()}"
    if etag in request.headers.get("If-None-Match", ""):  # compressed it has a suffix
        return Response(status=HTTPStatus.NOT_MODIFIED)
    pages = {}
    for day in plan.days:
        path = url_for("hands.day", session_id=session_id, number=day.number)
        pages[path] = _day_page(trip, plan, day, offline=True)
        for it in day.stops:
            path = url_for("hands.stop", session_id=session_id, place_id=it.place.id)
            pages[path] = _stop_page(trip, plan, day, it, offline=True)
    answer = jsonify(pages)
    answer.headers["X-Holder"] = holder()
    answer.set_etag(etag)
    return answer


def _stop_page(
    trip: TripSession, plan: Itinerary, day: Day, stop: Stop, *, offline: bool = False
) -> str:
    at, place_id = day.stops.index(stop), stop.place.id
    around = [*day.stops[max(0, at - 1) : at], *day.stops[at + 1 : at + 2]]
    others: tuple[Place, ...] = ()
    if not offline:
        others = services().conversation.alternatives(trip, place_id)
    return render_template(
        "stop.html",
        **_shared(trip, plan, day),
        offline=offline,
        stop=stop,
        before=day.stops[at - 1] if at else None,
        after=next(iter(day.stops[at + 1 : at + 2]), None),
        pinned=dict(trip.preferences.times).get(place_id),
        note=dict(trip.preferences.notes).get(place_id, ""),
        others=[beside(it, around or [stop]) for it in others],
    )


def _day_page(
    trip: TripSession, plan: Itinerary, day: Day, *, offline: bool = False
) -> str:
    locked = {it.place.id in trip.preferences.locked for it in day.stops}
    return render_template(
        "day.html",
        **_shared(trip, plan, day),
        offline=offline,
        is_locked=locked == {True},
    )


@blueprint.get("/trips/<session_id>/days/<int:number>/places")
def places(session_id: str, number: int) -> str:
    """The places of the day's city by name, kind, and whether they open that day."""
    trip, plan = _trip(session_id)
    chosen = _day(plan, number)
    asked = request.args
    kind = asked.get("kind")
    wanted = Wanted(
        name=asked.get("name", ""),
        kind=Category(kind) if kind in list(Category) else None,
        is_open=asked.get("open") == "yes",
    )
    there: tuple[Place, ...] = ()
    with suppress(CannotPlan):  # planned before the city was taken out
        there = services().catalogue.places(plan.city_of(number).name)
    there = (*there, *own.places(trip.preferences.own, plan.city_of(number).name))
    fitting = found(plan, chosen, there, wanted)
    return render_template(
        "places.html",
        **_shared(trip, plan, chosen),
        wanted=wanted,
        kinds=sorted({it.category for it in there}),
        food=FOOD,
        found=fitting[:MOST],
        middle=_middle(chosen, plan.city_of(number)),
        planned=named(plan, wanted.name),
        more=max(0, len(fitting) - MOST),
    )


def _shared(trip: TripSession, plan: Itinerary, day: Day) -> dict[str, Any]:
    """What all of these pages show."""
    return {"trip": trip, "plan": plan, "day": day, "city": plan.city_of(day.number)}


def _trip(session_id: str) -> tuple[TripSession, Itinerary]:
    owner = current_owner() or NOBODY
    trip = services().conversation.trip(session_id, owner, history=0)
    refuse_unless(trip.right_of(owner), Right.EDIT)
    if trip.itinerary is None:
        abort(404, _("There is no plan yet. Tell where to and for how long."))
    return trip, trip.itinerary


def _middle(day: Day, city: City) -> Place | City:
    """Where a map begins on which a place is pointed out: the day's first stop."""
    return day.stops[0].place if day.stops else city


def _day(plan: Itinerary, number: int) -> Day:
    if not 1 <= number <= len(plan.days):
        abort(404, _(GONE))
    return plan.days[number - 1]


def _stop(plan: Itinerary, place_id: str) -> tuple[Day, Stop]:
    for day in plan.days:
        for stop in day.stops:
            if stop.place.id == place_id:
                return day, stop
    abort(404, _(GONE))
