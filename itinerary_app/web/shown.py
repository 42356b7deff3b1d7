"""A plan as pages show it: markup that is made when the plan changes, not at each view.

What is kept is a function of its arguments alone and serves everybody who may see as
much. Forms' tokens, and all that depends on who looks or when, stay outside.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Self

from flask import current_app, request
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from itinerary_app.checker import Check
from itinerary_app.current import services
from itinerary_app.model import Itinerary, TripSession
from itinerary_app.text.credits import credits
from itinerary_app.trips import opening
from itinerary_app.web.plan_view import badges, map_data


class Hands(NamedTuple):
    """Of a trip what the ways to change its plan are made of; notes by place."""

    session_id: str
    locked: frozenset[str]
    fixed: frozenset[str]
    notes: dict[str, str]

    @classmethod
    def on(cls, trip: TripSession) -> Self:
        told = trip.preferences
        fixed = frozenset(dict(told.times))
        return cls(trip.session_id, frozenset(told.locked), fixed, dict(told.notes))


class Shown(NamedTuple):
    """`links` lead to the days; `days` has what was checked, and the sources, too."""

    links: Markup
    days: Markup
    map_data: Markup  # JSON for static/map.js


def plan(
    it: Itinerary | None,
    checks: Iterable[Check] = (),
    *,
    to_change: TripSession | None = None,
) -> Shown:
    """With the ways to change it, as the plan of this trip."""
    macros: Any = current_app.jinja_env.get_template("_plan.html").module
    facts = json(map_data(it, services().settings))
    if it is None:
        return Shown(Markup(), Markup(), facts)
    hands = to_change and Hands.on(to_change)
    days = macros.whole_plan(it, badges(checks), credits(it), hands)
    return Shown(macros.day_links(it), days, facts)


def shared_plan(trip: TripSession, hidden: Iterable[str]) -> Shown:
    """That of the trip for others, who do not learn of the checks with these keys."""
    checks = services().checks(trip)
    seen = [it for it in checks if it.key not in hidden]
    return services().recent.of(
        _name("shared"), trip, [checks], lambda: plan(trip.itinerary, seen)
    )


def own_plan(trip: TripSession, *, can_edit: bool) -> tuple[Shown, Markup]:
    """That of the trip for those who have it; and its outline, as JSON."""
    checks = services().checks(trip)
    return services().recent.of(
        _name("to change" if can_edit else "to look at"),
        trip,
        [checks],
        lambda: (
            plan(trip.itinerary, checks, to_change=trip if can_edit else None),
            json(opening.outline(trip)),
        ),
    )


def json(it: Any) -> Markup:
    return htmlsafe_json_dumps(it, current_app.json.dumps)


def _name(kind: str) -> str:
    """With the path before all links."""
    return f"plan {kind} {request.script_root}"
