"""What the app is about: sessions, preferences, plans, places, and what is asked for.

Frozen values without I/O; named tuples where every load builds dozens, as those are
made six times faster. Times of day are minutes after midnight (local to the city);
instants are timezone-aware UTC datetimes.
"""

from itinerary_app.model.dayparts import Part, StopKind
from itinerary_app.model.fields import UNSTORABLE, hhmm
from itinerary_app.model.place import (
    OWN,
    Access,
    Approach,
    Booking,
    Category,
    City,
    Diet,
    Fare,
    Interest,
    Place,
    Way,
)
from itinerary_app.model.plan import (
    CHECKING_IN,
    COMING_OUT,
    Anchor,
    AnchorKind,
    Day,
    Itinerary,
    Stage,
    Stop,
    Transfer,
)
from itinerary_app.model.preferences import (
    CLOCKS,
    Base,
    Budget,
    Leg,
    Mobility,
    OwnPlace,
    Pace,
    Preferences,
)
from itinerary_app.model.request import PlanRequest, Refit
from itinerary_app.model.session import (
    MAX_MESSAGE_CHARS,
    Companion,
    Message,
    Right,
    Role,
    TripSession,
    TripSummary,
    right_of,
)

__all__ = [
    "CHECKING_IN",
    "CLOCKS",
    "COMING_OUT",
    "MAX_MESSAGE_CHARS",
    "OWN",
    "UNSTORABLE",
    "Access",
    "Anchor",
    "AnchorKind",
    "Approach",
    "Base",
    "Booking",
    "Budget",
    "Category",
    "City",
    "Companion",
    "Day",
    "Diet",
    "Fare",
    "Interest",
    "Itinerary",
    "Leg",
    "Message",
    "Mobility",
    "OwnPlace",
    "Pace",
    "Part",
    "Place",
    "PlanRequest",
    "Preferences",
    "Refit",
    "Right",
    "Role",
    "Stage",
    "Stop",
    "StopKind",
    "Transfer",
    "TripSession",
    "TripSummary",
    "Way",
    "hhmm",
    "right_of",
]
