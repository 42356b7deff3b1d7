"""The promises that every SessionStorage keeps: subclass them and give them a storage.

A backend's test module subclasses `SessionStorageContract` and defines the fixture
`storage` and the method `pass_time`. It needs pytest, which the app itself does not.
"""

from itinerary_app.storage.testing.bounds import BoundsContract
from itinerary_app.storage.testing.companions import CompanionsContract
from itinerary_app.storage.testing.damage import DamageContract
from itinerary_app.storage.testing.keeping import KeepingContract
from itinerary_app.storage.testing.lists import ListsContract
from itinerary_app.storage.testing.owners import OwnersContract
from itinerary_app.storage.testing.sessions import SessionsContract
from itinerary_app.storage.testing.values import (
    IDLE,
    LIFETIME,
    MOMENT,
    OWNER,
    STRANGER,
    contents,
    itinerary,
    plan,
    said,
    turn,
)
from itinerary_app.storage.testing.versions import VersionsContract

__all__ = [
    "IDLE",
    "LIFETIME",
    "MOMENT",
    "OWNER",
    "STRANGER",
    "SessionStorageContract",
    "contents",
    "itinerary",
    "plan",
    "said",
    "turn",
]


class SessionStorageContract(
    SessionsContract,
    ListsContract,
    OwnersContract,
    BoundsContract,
    KeepingContract,
    CompanionsContract,
    VersionsContract,
    DamageContract,
):
    """All of them."""
