"""What is good to know is said in the reader's language, whatever a plan is of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from itinerary_app import language
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import (
    Base,
    Diet,
    Interest,
    Itinerary,
    Leg,
    Mobility,
    Pace,
    PlanRequest,
)
from itinerary_app.planner.planner import Planner
from itinerary_app.text.notes import note
from tests.conftest import MakeCatalogue
from tests.exports.plan import place, plan, stop
from tests.planner.hasty import SOLVE
from tests.planner.test_constraints import row

NOON = 12 * 60
CHRISTMAS = date(2027, 12, 24)
RAMADAN = date(2027, 2, 20)
SOME = (Base("Louvre Museum", "Paris", 2),)
FAMOUS = ("pompeii", "vatican-museums-and-sistine-chapel", "borghese-gallery")
OUTINGS = ("cambridge", "roman-baths-bath")
STEEP = ("gellert-hill-and-citadella", "house-of-terror")
REQUESTS = (
    PlanRequest("Tokyo", 2, (Interest.FOOD,)),
    PlanRequest("Dubai", 8),
    PlanRequest("Hong Kong", 8, pace=Pace.PACKED),
    PlanRequest("Rome", 2, start_date=CHRISTMAS),
    PlanRequest("Lisbon", 2, start_date=CHRISTMAS),
    PlanRequest("London", 2, start_date=CHRISTMAS),
    PlanRequest("Istanbul", 2, start_date=RAMADAN),
    PlanRequest("Cairo", 3, start_date=date(2027, 3, 8)),
    PlanRequest("Lisbon", 2, diets=(Diet.GLUTEN_FREE, Diet.VEGAN)),
    PlanRequest("Rome", 2, diets=(Diet.KOSHER,), mobility=(Mobility.STEP_FREE,)),
    PlanRequest("Mexico City", 3, mobility=(Mobility.STEP_FREE,), spend_limit=2000),
    PlanRequest("Budapest", 2, mobility=(Mobility.STEP_FREE,), must_see=STEEP),
    PlanRequest("Delhi", 2, (Interest.ADVENTURE,), spend_limit=50),
    PlanRequest("San Francisco", 1, spend_limit=10, must_see=("alcatraz-island",)),
    PlanRequest("Rome", 3, base="Monti", bases=(Base("Trastevere", "Rome", 2),)),
    PlanRequest("Rome", 2, base="Inn of the Moon", day_end=NOON),
    PlanRequest("Paris", 4, base="Inn of the Moon", bases=SOME),
    PlanRequest("Paris", 2, base="a hotel near the Louvre Museum"),
    PlanRequest("Rome", 3, bases=(Base("Monti", "Rome", 9),), day_start=1200),
    PlanRequest("New York", 2, arrive=NOON, depart=NOON, depart_at="the airport"),
    PlanRequest("Delhi", 1, arrive=NOON, arrive_at="the airport"),
    PlanRequest("Rome", 2, depart=NOON, depart_at="Fiumicino", depart_there=True),
    PlanRequest("Paris", 2, arrive=600, arrive_at="Mars", depart=1080, depart_at="Io"),
    PlanRequest("Rome", 1, depart=17 * 60, must_see=("pompeii", "colosseum")),
    PlanRequest("Rome", 1, must_see=FAMOUS, day_end=NOON),
    PlanRequest("London", 1, must_see=OUTINGS),
    PlanRequest("London", 1, must_see=OUTINGS, start_date=date(2027, 5, 12)),
    PlanRequest(
        "Stockholm", 1, start_date=CHRISTMAS, arrive=16 * 60, must_see=("haga-park",)
    ),
    PlanRequest("Rome", 4, legs=(Leg("Rome", 2), Leg("Florence", 2)), spend_limit=20),
    PlanRequest("London", 4, legs=(Leg("London", 2), Leg("Delhi", 2)), spend_limit=90),
)
TOY = PlanRequest(
    "Toytown",
    1,
    must_see=("market", "dear", "diner", "steep"),
    diets=(Diet.VEGAN,),
    mobility=(Mobility.STEP_FREE,),
    spend_limit=20,
)
TOYS = (
    row("gate"),
    row("market", "Nov 20-Dec 23 10:00-21:00", kind="museum"),
    row("dear", price="30"),
    row("diner", kind="restaurant"),
    row("steep", wheelchair="no"),
)


@pytest.fixture(scope="module")
def planner() -> Planner:
    return Planner(Catalogue(), solve=SOLVE)


def told(kept: str, made: Itinerary | None = None, code: str = "de") -> str:
    with language.using(code):
        return note(kept, made)


def left_in_english(made: Itinerary, code: str) -> list[str]:
    return [kept for kept in made.notes if told(kept, made, code) == kept]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda it: f"{it.city}-{it.days}")
def test_every_note_of_a_plan_is_translated(
    planner: Planner, request_: PlanRequest
) -> None:
    """Into German and Spanish; in English each is as it is kept."""
    made = planner.plan(request_)
    assert made.notes
    assert left_in_english(made, "de") == []
    assert left_in_english(made, "es") == []
    assert [note(kept, made) for kept in made.notes] == [*made.notes]


def test_every_reason_to_leave_out_is_translated(toytown: MakeCatalogue) -> None:
    """A season, a price, a diet, steps, and a date on which it is closed."""
    planner = Planner(toytown(TOYS))
    for on in (None, date(2027, 7, 5)):
        made = planner.plan(replace(TOY, start_date=on))
        assert sum(" is left out: " in it for it in made.notes) == 4
        assert left_in_english(made, "de") == []


def test_lists_in_german() -> None:
    """Their parts, weekdays and months are worded, too."""
    assert told("Check your days: Amber is closed on Mondays and Sundays.") == (
        "Prüfe deine Tage: Amber ist montags und sonntags geschlossen."
    )
    assert told("Open in a part of the year only: Zoo, April–October; Dom, May.") == (
        "Nur in einem Teil des Jahres offen: Zoo, April–Oktober; Dom, Mai."
    )
    assert told(
        "Day 2 is a public holiday, Eid al-Fitr (estimated): ask before you go to "
        "Amber, Zoo, Dom and 2 more."
    ) == (
        "Tag 2 ist ein Feiertag (Eid al-Fitr (geschätzt)). Frag nach, bevor du "
        "hingehst: Amber, Zoo, Dom und 2 weitere."
    )


def test_days_in_german() -> None:
    """For meals, of nights, and how long the way is."""
    assert told(
        "There is time to eat where you like for lunch on days 2 and 3 and for dinner "
        "on day 3."
    ) == (
        "Du hast Zeit, mittags an Tag 2 und 3 und abends an Tag 3 zu essen, wo du "
        "magst."
    )
    assert told(
        "Your days begin and end at the middle of the central sights (the night after "
        "day 1) and Dahshur (Red and Bent) (the nights after days 2 and 3)."
    ) == (
        "Start und Ende deiner Tage: die Mitte der zentralen Sehenswürdigkeiten (die "
        "Nacht nach Tag 1) und Dahshur (Red and Bent) (die Nächte nach Tag 2 und 3)."
    )
    assert told(
        "Out of town: Pompeii on day 2 (about 2 h 25 min by train each way besides "
        "that in town, estimated)."
    ) == (
        "Ausflüge: Pompeii an Tag 2 (etwa 2 Std. 25 Min. mit dem Zug je Strecke, dazu "
        "der Weg in der Stadt, geschätzt)."
    )


def test_sums_in_german() -> None:
    """As they are written there."""
    assert told(
        "Known admissions come to EUR 1,034.50 of your EUR 50 for one adult, at prices "
        "of 2023 to 2025."
    ) == (
        "Die bekannten Eintritte kosten für eine erwachsene Person zusammen "
        "1.034,50\xa0€ (Preise von 2023 bis 2025); deine Grenze ist 50\xa0€."
    )


def test_sentences_that_are_put_together_in_german() -> None:
    """Each is; a note of one of several cities begins with its name."""
    assert told(
        "Rome: Day 1 begins at Fiumicino Airport, at 12:45: it takes about 45 minutes "
        "to get out. You named no airport: we took the one that most use. Is it yours, "
        "or Ciampino Airport?"
    ) == (
        "Rome: Tag 1 beginnt um 12:45 bei Fiumicino Airport: Bis du draußen bist, "
        "dauert es etwa 45 Minuten. Du hast keinen Flughafen genannt: Wir haben den "
        "angenommen, den die meisten nutzen. Ist es deiner, oder Ciampino Airport?"
    )
    assert told(
        "St. Pius is left out: it needs 1 h 30 min, and day 1 ends at 18:00. With that "
        "day until 20:15 and without Dom and dinner that day it would fit."
    ) == (
        "St. Pius fehlt: Es braucht 1 Std. 30 Min., und Tag 1 endet um 18:00. Mit "
        "diesem Tag bis 20:15 und ohne Dom und Abendessen an diesem Tag würde es "
        "passen."
    )


def test_a_name_is_no_list() -> None:
    """That of a place of the plan is left whole, whatever is in it."""
    kept = "Book ahead: Lungs, Bath, Kew and Pipes and Mews."
    names = ("Lungs, Bath", "Kew and Pipes", "Mews")
    made = plan(*(stop(place(name), 600 + 60 * n) for n, name in enumerate(names)))
    assert told(kept, made) == "Vorab buchen: Lungs, Bath, Kew and Pipes und Mews."
    assert told(kept) == "Vorab buchen: Lungs, Bath, Kew and Pipes and Mews."


@pytest.mark.parametrize(
    "kept",
    [
        "Bring an umbrella.",
        "Book ahead: Amber. Bring an umbrella!",
        "Amber is left out: it rains.",
        "Check your days: Amber is closed on a whim; Bazaar is closed on Mondays.",
    ],
)
def test_a_note_of_an_unknown_form_stays(kept: str) -> None:
    """As it is kept, and whole: no half of it is translated."""
    assert told(kept) == kept
