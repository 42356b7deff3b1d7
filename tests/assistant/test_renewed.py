"""The assistant knows the cities that are covered now."""

from __future__ import annotations

from itinerary_app.assistant import open_assistant
from itinerary_app.model import City
from itinerary_app.storage.memory import MemoryStorage

LIMA = City("lima", "Lima", "PE", -12.04, -77.03, 20)
CUSCO = City("cusco", "Cusco", "PE", -13.52, -71.97, 10)


def test_a_city_that_comes_later_is_understood() -> None:
    """What an import brings can be planned at the next turn; the rest stays so."""
    covered = [LIMA]
    assistant = open_assistant(
        "rules:", cities=lambda: tuple(covered), places=lambda _: ()
    )
    trip = MemoryStorage().create_session(owner_hash=bytes(32))
    text = "3 days in Cusco"
    assert "city" not in assistant.reply(trip, text).preferences
    covered.append(CUSCO)
    assert assistant.reply(trip, text).preferences["city"] == "Cusco"
    assert assistant.reply(trip, "3 days in Lima").preferences["city"] == "Lima"
