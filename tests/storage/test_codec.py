"""What is kept of a plan: it comes back whole, and so do plans kept before."""

from __future__ import annotations

import json
from dataclasses import replace

from itinerary_app.model import Part, StopKind
from itinerary_app.storage.codec import dump_itinerary, load_itinerary
from itinerary_app.storage.testing import itinerary


def test_a_days_free_parts_and_skipped_meals_come_back() -> None:
    """What was asked for a single day is kept with it."""
    whole = itinerary()
    day = replace(
        whole.days[0],
        free=(Part.AFTERNOON,),
        skipped=(StopKind.DINNER,),
    )
    kept = replace(whole, days=(day,))
    assert load_itinerary(dump_itinerary(kept), "") == kept


def test_a_plan_without_them_is_written_as_before() -> None:
    """Of no free part and no skipped meal nothing is written, and none is needed."""
    text = dump_itinerary(itinerary())
    [day] = json.loads(text)["days"]
    assert set(day) == {"number", "pace", "stops", "date", "start", "end"}
    assert load_itinerary(text, "") == itinerary()
