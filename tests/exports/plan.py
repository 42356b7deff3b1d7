"""A fixed plan with all that could spoil a file: the cast of the exports' tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from itinerary_app.model import (
    Booking,
    Category,
    City,
    Day,
    Interest,
    Itinerary,
    Pace,
    Place,
    Preferences,
    Stop,
    StopKind,
    TripSession,
)

NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TRIP_ID = "0b0e7b3a-0000-4000-8000-000000000001"
JAIPUR = City("jaipur", "Jaipur", "IN", 26.9196, 75.7878)


def place(name: str = "Amber Fort", **facts: object) -> Place:
    """A fort of which nothing is known but where it is, and what is given."""
    known = {
        "id": name.lower(),
        "name": name,
        "lat": 26.98549,
        "lon": 75.85134,
        "category": Category.FORT,
        "interests": (Interest.HISTORY,),
        "importance": 5,
        "hours": None,
        "price": None,
        "currency": None,
        "source": "editorial",
        "source_id": "editorial",
        "licence": "CC0-1.0",
    }
    return Place(**{**known, **facts})  # type: ignore[arg-type]


def stop(where: Place, arrive: int = 540, kind: StopKind = StopKind.VISIT) -> Stop:
    """An hour there, from `arrive` (minutes after midnight)."""
    return Stop(kind, arrive, arrive + 60, 0, "walk", "A first visit's must", where)


def plan(*stops: Stop, on: date | None = None, city: City = JAIPUR) -> Itinerary:
    """A plan of one day."""
    return Itinerary(city, (Day(1, Pace.RELAXED, stops, on),))


def trip(itinerary: Itinerary | None, version: int = 7) -> TripSession:
    """A trip with this plan."""
    return TripSession(
        session_id=TRIP_ID,
        owner_hash=b"a" * 32,
        version=version,
        preferences=Preferences(),
        itinerary=itinerary,
        conversation_history=(),
        message_count=0,
        clarifying_questions_count=0,
        created_at=NOW,
        last_accessed=NOW,
        idle=timedelta(hours=1),
        ends_at=NOW + timedelta(days=1),
    )


FORT = stop(
    place(
        hours="Mo-Su 08:00-17:30",
        price=500.0,
        currency="INR",
        source="Wikidata",
        source_id="Q464535",
        licence="CC0 1.0",
        local_name="आमेर का किला",
        booking=Booking.NEEDED,
    )
)
LUNCH = Stop(
    StopKind.LUNCH,
    *(750, 825, 18, "ride"),
    "On the way; known for thali, and sweets",
    place(
        'Laxmi "LMB", Sweets; Co\\Sons\nSecond line 🍛',
        id="lmb",
        lat=26.9211,
        lon=75.8267,
        category=Category.RESTAURANT,
        source="wikivoyage-en (2026 copy)",
        source_id="https://en.wikivoyage.org/wiki/Jaipur_(city)#Eat",
        licence="CC BY-SA 4.0",
    ),
)
BAZAAR = Stop(
    StopKind.VISIT,
    *(1410, 1470, 9, "walk"),  # until half past midnight
    "A *night* market <b>& more</b>",
    place(
        "بازار | \u202eJohari_Bazaar\u202c [old] #1",
        id="johari",
        lat=26.9197,
        lon=75.8263,
        category=Category.MARKET,
        price=0.0,
        local_name="بازار جوہری",
    ),
)
WHOLE = Itinerary(
    JAIPUR,
    (
        Day(1, Pace.RELAXED, (FORT, LUNCH, BAZAAR), date(2026, 12, 24)),
        Day(2, Pace.MODERATE, (), date(2026, 12, 25)),
    ),
    ("Prices are known for 2 of 3 stops;\nask, and see.",),
)
