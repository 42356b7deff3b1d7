"""What the app is about: sessions, preferences, plans, places, and what is asked for.

Frozen values without I/O; named tuples where every load builds dozens, as those are
made six times faster. Times of day are minutes after midnight (local to the city);
instants are timezone-aware UTC datetimes.
"""

from itinerary_app.model.edits import (
    AddStop,
    ChangeDays,
    ChangePace,
    Edit,
    MoveStop,
    Refit,
    RemoveDay,
    RemoveStop,
    SetHours,
    SwapStop,
)
from itinerary_app.model.fields import UNSTORABLE, hhmm
from itinerary_app.model.place import Access, Category, City, Diet, Interest, Place
from itinerary_app.model.plan import Day, Itinerary, Stop, StopKind
from itinerary_app.model.preferences import (
    CLOCKS,
    Budget,
    Mobility,
    Pace,
    Preferences,
)
from itinerary_app.model.request import PlanRequest
from itinerary_app.model.session import (
    MAX_MESSAGE_CHARS,
    Message,
    Role,
    TripSession,
    TripSummary,
)

__all__ = [
    "CLOCKS",
    "MAX_MESSAGE_CHARS",
    "UNSTORABLE",
    "Access",
    "AddStop",
    "Budget",
    "Category",
    "ChangeDays",
    "ChangePace",
    "City",
    "Day",
    "Diet",
    "Edit",
    "Interest",
    "Itinerary",
    "Message",
    "Mobility",
    "MoveStop",
    "Pace",
    "Place",
    "PlanRequest",
    "Preferences",
    "Refit",
    "RemoveDay",
    "RemoveStop",
    "Role",
    "SetHours",
    "Stop",
    "StopKind",
    "SwapStop",
    "TripSession",
    "TripSummary",
    "hhmm",
]
