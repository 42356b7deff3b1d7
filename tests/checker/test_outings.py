"""Days out, planted in a plan of Toytown, against the checker's own rule."""

from __future__ import annotations

from tests.checker.toytown import KNOWN, Case, minutes

GOOD = Case()


def _out(case: Case, place_id: str, north: float, lasts: int = 150) -> Case:
    """The place as far north of the middle as so many degrees, for a long visit."""
    return case.stop(
        place_id,
        lambda it: it._replace(
            place=KNOWN[place_id]._replace(lat=10.0 + north),
            leave=it.arrive + lasts,
        ),
    )


def _remarks(case: Case) -> str:
    check = case.checks()["outings"]
    assert check.findings == ()
    return " ".join(it.words for it in check.remarks)


def test_a_plan_in_town_promises_nothing_of_days_out() -> None:
    """Nor does one with a short stop out of town; a day out alone has no remark."""
    assert "outings" not in GOOD.checks()
    assert "outings" not in _out(GOOD, "museum", 0.2, lasts=60).checks()
    assert not _remarks(_out(GOOD, "museum", 0.2))


def test_two_regions_on_one_day_are_found() -> None:
    """22 km to the north and then 22 km to the south, but not two at one place."""
    north = _out(GOOD, "museum", 0.2)
    assert "Tower: 44 km from Museum, on the same day" in _remarks(
        _out(north, "tower", -0.2, lasts=45)
    )
    assert not _remarks(_out(north, "tower", 0.21, lasts=45))


def test_a_full_programme_in_town_after_a_day_out_is_found() -> None:
    """Two hours and a half of it are too much, 45 minutes are not."""
    north = _out(GOOD, "museum", 0.2)
    long = north.stop("tower", lambda it: it._replace(leave=it.arrive + 150))
    assert "a day out, with 150 min of visits in town" in _remarks(long)


def test_a_day_out_between_two_visits_in_town_is_found() -> None:
    """Out and back again has one way each."""
    day = GOOD.itinerary.days[0]
    early = day.stops[2]._replace(
        place=KNOWN["garden"], arrive=minutes("08:00"), leave=minutes("08:45")
    )
    between = _out(GOOD.day(1, stops=(early, *day.stops)), "museum", 0.2)
    assert "far out at 10:00, with visits in town before and after" in _remarks(between)
