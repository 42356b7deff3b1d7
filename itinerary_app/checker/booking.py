"""Whether who has to book is told so, in time to do it."""

from __future__ import annotations

from itinerary_app.checker.subject import Subject
from itinerary_app.checker.verdicts import Check
from itinerary_app.language import _
from itinerary_app.model import Booking


def has_to_book(plan: Subject) -> bool:
    """Whether there is anything to book, by the facts that the plan was made with."""
    return any(stop.place.booking for _, stop in plan.stops)


def booking(plan: Subject) -> Check:
    told = " ".join(it for it in plan.itinerary.notes if "Book ahead: " in it)
    words = {
        Booking.NEEDED: _("has to be booked: not told"),
        Booking.ADVISED: _("should be booked: not told"),
    }
    return Check(
        "booking",
        _("Booking told"),
        _("What has to be booked ahead, or should be, is named below the plan."),
        tuple(
            plan.found(day, stop, words[stop.place.booking])
            for day, stop in plan.stops
            if stop.place.booking and stop.place.name not in told
        ),
    )
