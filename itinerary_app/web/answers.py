"""What the JSON API answers of a session."""

from __future__ import annotations

from typing import Any

from itinerary_app.catalogue.holidays import region
from itinerary_app.catalogue.observances import feast
from itinerary_app.catalogue.places import local_currency
from itinerary_app.catalogue.zones import zone_of
from itinerary_app.checker import Check
from itinerary_app.current import services
from itinerary_app.model import Itinerary, Message, Right, TripSession
from itinerary_app.trips.companions import BY
from itinerary_app.trips.turns import Turn
from itinerary_app.web import schemas
from itinerary_app.web.joining import invitation_url
from itinerary_app.web.plan_view import shared_tickets, unknown_hours
from itinerary_app.web.schema_fields import instant
from itinerary_app.web.sharing import share_url


def told(session: TripSession, holder: bytes) -> dict[str, Any]:
    """The session as its schema wants it: with what was checked of its plan, and its
    link for others if it has one.
    """
    link, plan = share_url(session), session.itinerary
    itinerary = plan and planned(plan, services().checks(session))
    shared = {"share_url": link} if link else {}
    right = session.right_of(holder)
    return {
        **schemas.fields_of(session),
        **shared,
        "itinerary": itinerary,
        "right": right,
        "companions": [
            {
                "number": it.number,
                "right": it.right,
                "since": it.since,
                "joined": it.owner_hash is not None,
                **(
                    {"url": invitation_url(session.session_id, it)}
                    if right is Right.OWN and it.owner_hash is None
                    else {}
                ),
            }
            for it in session.companions
        ],
    }


def turn_told(turn: Turn) -> dict[str, Any]:
    """What `schemas.TurnSchema` dumps of the turn, and the API answers most, without
    its ten microseconds a field.
    """
    return {
        "user": _message(turn.user),
        "assistant": _message(turn.assistant),
        "version": turn.version,
        "replayed": turn.replayed,
    }


def _message(message: Message) -> dict[str, Any]:
    context = message.context or {}
    chips = zip(message.quick_replies, context.get("chips", ()), strict=False)
    told = {
        "role": message.role,
        "content": message.content,
        "timestamp": message.created_at and instant(message.created_at),
        "seq": message.seq,
        "quick_replies": message.quick_replies,
        "chips": [{"label": label, "acts": acts} for label, acts in chips],
    }
    return told if BY not in context else {**told, "companion": context[BY]}


def planned(plan: Itinerary, checks: tuple[Check, ...]) -> dict[str, Any]:
    """The plan as its schema wants it."""
    return {
        "city": plan.city,
        "days": plan.days,
        "holidays": [
            {"day": day.number, "date": day.date, "name": name}
            for day in plan.days
            if (name := feast(day.date, region(plan.city_of(day.number))))
        ],
        "stages": [_stage(plan, part) for part in plan.parts()],
        "unknown_hours": unknown_hours(plan),
        "tickets": shared_tickets(plan),
        "notes": plan.notes,
        "checks": checks,
    }


def _stage(plan: Itinerary, part: Itinerary) -> dict[str, Any]:
    """The days in one city, and the way there."""
    zone, first = zone_of(part.city), part.days[0].number
    arrival = plan.arrival(first)
    return {
        "city": part.city,
        "first_day": first,
        "days": len(part.days),
        "time_zone": zone and zone.key,
        "currency": local_currency(stop.place for stop in part.stops) or None,
        "transfer": arrival and arrival[1],
    }
