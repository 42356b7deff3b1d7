"""What a plan says of the beds and gateways that it was made for."""

from __future__ import annotations

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.model import Base, Itinerary, PlanRequest
from itinerary_app.planner.planner import Planner
from tests.planner.hasty import SOLVE

PLANNER = Planner(Catalogue(), solve=SOLVE)


def planned(city: str = "Rome", days: int = 3, **told: object) -> Itinerary:
    return PLANNER.plan(PlanRequest(city, days, **told))  # type: ignore[arg-type]  # by its fields


def said(plan: Itinerary) -> str:
    return " ".join(plan.notes)


def test_beds_of_several_nights_are_told() -> None:
    """Which after which day, and days begin and end there."""
    plan = planned(base="Monti", bases=(Base("Trastevere", "Rome", 2),))
    ends = [
        (day.origin.name, day.target.name)
        for day in plan.days
        if day.origin and day.target
    ]
    assert ends == [
        ("Monti", "Monti"),
        ("Monti", "Trastevere"),
        ("Trastevere", "Trastevere"),
    ]
    assert (
        "Monti (the night after day 1) and Trastevere (the night after day 2)"
        in said(plan)
    )


def test_a_bed_that_is_not_known_is_admitted() -> None:
    """For the nights that it is of."""
    plan = planned(base="Monti", bases=(Base("Inn of the Moon", "Rome", 2),))
    assert "We do not know where “Inn of the Moon” is: the night after day 2" in said(
        plan
    )


def test_a_bed_for_nights_that_are_not_there_is_told() -> None:
    """The ninth night of three days."""
    plan = planned(bases=(Base("Monti", "Rome", 9),))
    assert "No night of this plan is at “Monti”" in said(plan)


def test_an_airport_that_was_taken_is_named() -> None:
    """With those that it may be instead, where there are others."""
    flying = {"depart": 18 * 60, "depart_at": "the airport"}
    rome = planned(**flying)
    assert rome.days[-1].target
    assert rome.days[-1].target.name == "Fiumicino Airport"
    assert "You named no airport: we took the one that most use" in said(rome)
    assert "or Ciampino Airport?" in said(rome)
    lisbon = planned("Lisbon", **flying)
    assert "We took it as the airport" in said(lisbon)
    named = planned(depart=18 * 60, depart_at="Ciampino")
    assert "took" not in said(named)


def test_being_there_by_four_is_no_flight_at_four() -> None:
    """No two hours are kept before it."""
    plan = planned(depart=16 * 60, depart_at="Fiumicino", depart_there=True)
    assert plan.days[-1].back is not None
    assert 14 * 60 < plan.days[-1].back <= 16 * 60
    assert "ends at Fiumicino Airport, at 16:00, when you must be there" in said(plan)
