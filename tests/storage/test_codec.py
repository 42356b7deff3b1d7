"""What is kept of a plan: it comes back whole, and so do plans kept before."""

from __future__ import annotations

import json
from dataclasses import replace

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.renamed import renamed
from itinerary_app.model import Anchor, AnchorKind, Part, Stage, StopKind, Transfer
from itinerary_app.storage.codec import (
    dump_itinerary,
    load_itinerary,
    load_preferences,
)
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


def test_stages_come_back() -> None:
    """Which days are in which city is kept, with the ways between."""
    whole = itinerary()
    there = whole.city._replace(id="there", name="There")
    way = Transfer("train", 95, 8 * 60, 9 * 60 + 35, known=True)
    kept = replace(whole, stages=(Stage(whole.city, 1), Stage(there, 2, way)))
    assert load_itinerary(dump_itinerary(kept), "") == kept
    from_door = json.loads(dump_itinerary(kept))["stages"][1][2]
    assert from_door == ["train", 95, 480, 575, True]  # as plans of before have it
    station = Anchor("Hbf", 48.1, 11.5, AnchorKind.STATION)
    stage = Stage(there, 2, way._replace(known=False, origin=station))
    kept = replace(kept, stages=(kept.stages[0], stage))
    assert load_itinerary(dump_itinerary(kept), "") == kept


def test_what_was_kept_with_an_id_of_before_has_that_of_now() -> None:
    """A plan and wishes of one city name their places as the catalogue does now."""
    city = Catalogue().city("Paris")
    whole = replace(itinerary(), city=city)
    [day] = whole.days
    old = day.stops[0].place._replace(id="pantheon")
    day = replace(day, stops=(day.stops[0]._replace(place=old),))
    loaded = load_itinerary(dump_itinerary(replace(whole, days=(day,))), "")
    assert loaded is not None
    assert loaded.stops[0].place.id == "pantheon-paris"
    wishes = {
        "city": "Paris",
        "must_see": ["pantheon"],
        "times": [{"pantheon": "10:00"}],
    }
    kept = load_preferences(wishes, "")
    assert kept.must_see == ("pantheon-paris",)
    assert kept.times == (("pantheon-paris", 600),)
    assert load_preferences({**wishes, "city": "Rome"}, "").must_see == ("pantheon",)


def test_all_renamed_places_are_shipped() -> None:
    """An id of now is in the catalogue, and that of before is not in that city."""
    catalogue = Catalogue()
    for city in catalogue.shipped:
        ids = {place.id for place in catalogue.shipped_places(city)}
        assert ids.issuperset(renamed(city.id).values())
        assert ids.isdisjoint(renamed(city.name))
