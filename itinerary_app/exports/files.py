"""A trip's plan as a file: its format, its name, its bytes."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from itinerary_app.exports import geojson, gpx, ics, markdown
from itinerary_app.language import _
from itinerary_app.model import Itinerary, TripSession, fields
from itinerary_app.text.words import title

MEDIA_TYPES = {  # by kind, which is the file's extension
    "ics": "text/calendar; charset=utf-8",
    "gpx": "application/gpx+xml",
    "geojson": "application/geo+json",
    "md": "text/markdown; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class File:
    """`name` is of letters, digits and hyphens that any system takes."""

    name: str
    media_type: str
    content: bytes


def export(
    trip: TripSession, kind: str, *, first_day: str | None, now: datetime
) -> File | None:
    """The plan as a file of this kind; None while there is none.

    `first_day` (YYYY-MM-DD) gives dates to a plan without. Raises InvalidInput for
    what is no date, and for a calendar of a plan without any.
    """
    if trip.itinerary is None:
        return None
    plan = trip.itinerary
    if first_day is not None:
        plan = _dated(plan, fields.calendar_date("first_day", first_day))
    return File(
        f"{_slug(title(plan))}.{kind}",
        MEDIA_TYPES[kind],
        _render(plan, kind, trip, now),
    )


def _render(plan: Itinerary, kind: str, trip: TripSession, now: datetime) -> bytes:
    notes = dict(trip.preferences.notes)  # of others' trips there are none
    if kind == "ics":
        return ics.render(
            plan, notes, trip_id=trip.session_id, version=trip.version, now=now
        )
    renderers = {"gpx": gpx.render, "geojson": geojson.render, "md": markdown.render}
    return renderers[kind](plan, notes)


def _dated(plan: Itinerary, first_day: date) -> Itinerary:
    """The plan with dates from `first_day` on, unless it was made for others."""
    if any(day.date for day in plan.days):
        return plan
    days = (
        replace(day, date=first_day + timedelta(days=day.number - 1))
        for day in plan.days
    )
    remark = _(
        "The dates were chosen after the plan was made: check that each place is open "
        "on its day."
    )
    return replace(plan, days=tuple(days), notes=(*plan.notes, remark))


def _slug(text: str) -> str:
    """3-days-in-jaipur; only what has no Latin letters is left out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", "-", plain.lower()).strip("-")[:80]
