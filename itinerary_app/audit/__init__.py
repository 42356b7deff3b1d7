"""The audit trail that the database's triggers write: read, verified and sealed.

Each session has a chain of events: an event's hash is over its own content and the hash
before it. A seal keeps the ends of all chains that grew, under an HMAC whose key the
database does not know: whoever rewrites a chain, or a seal, cannot make it fit again.
"""

from itinerary_app.audit.chain import Damage, Event
from itinerary_app.audit.seals import Forgotten, Seal
from itinerary_app.audit.trail import Trail
from itinerary_app.audit.upkeep import Upkeep

__all__ = ["Damage", "Event", "Forgotten", "Seal", "Trail", "Upkeep"]
