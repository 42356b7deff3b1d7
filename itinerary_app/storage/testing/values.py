"""Values that the promises are tried with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from itinerary_app.model import (
    Category,
    City,
    Day,
    Interest,
    Itinerary,
    Message,
    Pace,
    Place,
    Role,
    Stop,
    StopKind,
    TripSession,
)

OWNER = bytes(range(32))
STRANGER = bytes(32)
IDLE = timedelta(minutes=60)
LIFETIME = timedelta(hours=24)
MOMENT = timedelta(seconds=5)  # for what the test itself takes on the real clock


def said(text: str) -> Message:
    return Message(Role.USER, text)


def turn(text: str) -> tuple[Message, Message]:
    return said(text), Message(Role.ASSISTANT, f"You said: {text}", ("Yes", "No"))


def itinerary(note: str = "") -> Itinerary:
    fort = Place(
        id="amber-fort",
        name="Amber Fort · आमेर",
        lat=26.98551,
        lon=75.85134,
        category=Category.FORT,
        interests=(Interest.HISTORY, Interest.VIEWS),
        importance=5,
        hours="Mo-Su 08:00-17:30",
        price=None,
        currency=None,
        source="test",
        source_id="1",
        licence="CC0-1.0",
    )
    stop = Stop(StopKind.VISIT, 540, 660, 0, "walk", "Must-see", fort)
    city = City("jaipur", "Jaipur", "IN", 26.9196, 75.7878)
    return Itinerary(city, (Day(1, Pace.RELAXED, (stop,)),), (note,) if note else ())


def contents(session: TripSession | None) -> list[str]:
    assert session is not None
    return [message.content for message in session.conversation_history]


def plan(*days: str) -> Itinerary:
    """A plan of visits that follow each other by the hour, each day's by a letter."""
    whole = itinerary()
    stop = whole.stops[0]
    return replace(
        whole,
        days=tuple(
            Day(
                number,
                Pace.MODERATE,
                tuple(
                    stop._replace(
                        arrive=60 * hour,
                        leave=60 * hour + 50,
                        place=stop.place._replace(id=name, name=name.upper()),
                    )
                    for hour, name in enumerate(names, start=9)
                ),
            )
            for number, names in enumerate(days, start=1)
        ),
    )
