"""When places are open: by known hours, for the day that is asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from itinerary_app.acts.acts import Topic
from tests.assistant.answers.asking import asked, scene


def hours(**parts: object) -> str:
    return asked(Topic.HOURS, **parts).text


def test_a_stop_on_its_own_day() -> None:
    """Of a stop the hours of its date are given, the source, and when one is there."""
    assert hours(place="colosseum") == (
        "Colosseum is open 08:30–17:30 on Friday 12 March 2027, by its known hours "
        "(from wikivoyage-fr GPX of 2016-10-20). You are there 15:20–16:50."
    )


def test_another_weekday() -> None:
    """A weekday outside the trip is the next one from its start on."""
    text = hours(place="castel-santangelo", day="mon")
    assert text.startswith("Castel Sant'Angelo is closed on Monday 15 March 2027, by")
    assert text.endswith("Your visit is on day 2 at 09:00.")


def test_a_time_gets_a_yes_or_no() -> None:
    """Open at a time is a yes with hours and source, or a no with them."""
    assert hours(place="pantheon", time="18:30").startswith(
        "Yes: Pantheon is open at 18:30 on Friday 12 March 2027, by its hours daily "
        "09:00–19:00; closed Dec 25 (from wikivoyage-fr GPX of 2016-10-20)."
    )
    assert hours(place="pantheon", time="19:00").startswith("No: Pantheon is closed")


def test_unknown_hours_are_unknown() -> None:
    """Without hours nothing is claimed, not even for a time, and a step is named."""
    for time in (None, "20:00"):
        text = hours(place="pizzarium-bonci", time=time)
        assert text.startswith("The opening hours of Pizzarium Bonci are not known")
        assert "before you go" in text


def test_without_dates() -> None:
    """A plan without dates gets the usual hours and the days on which it is closed."""
    text = hours(of=scene("paris"), place="louvre-museum")
    assert "closed on Tuesdays" in text
    assert "Wed, Fri 09:00–21:00" in text


def test_a_day_without_a_date_is_not_guessed() -> None:
    """Day 3 of a plan without dates has no weekday, so nothing is said of it."""
    text = hours(of=scene("paris"), place="louvre-museum", day=3, time="20:00")
    assert "Without a date I can't say more." in text


def test_a_whole_day() -> None:
    """All stops of a day: open with hours, closed, and not known, apart."""
    text = hours(day=2)
    assert text.startswith("By the known hours, on Saturday 13 March 2027 open: Castel")
    assert text.endswith("hours not known: Pizzarium Bonci.")


def test_a_kind_at_a_time() -> None:
    """A kind at a time: each is open or closed then, on the day it is planned."""
    text = hours(kind="church", time="18:40")
    assert text == (
        "By the known hours, at 18:40 open: Santa Maria Maggiore 07:00–18:45 and Santa "
        "Maria in Trastevere 07:30–20:30; closed: Basilica of San Clemente "
        "10:00–12:30 and 14:00–17:30 and St. Peter's Basilica 07:00–18:30."
    )


def test_all_of_a_dated_plan() -> None:
    """Whether all is open while one is there, of those whose hours are known."""
    assert hours() == (
        "The hours are known for 18 of 21 stops: by them, each is open while you are "
        "there. Not known: Roscioli Salumeria con Cucina, Pizzarium Bonci and Supplì "
        "Roma."
    )


def test_public_holidays_are_named() -> None:
    """A question about a public holiday hears which one it is."""
    for day, name in {
        "2026-12-25": "Christmas Day",
        "2027-03-29": "Easter Monday",
        "2027-06-02": "Republic Day",
    }.items():
        told = f"is a public holiday, {name}."
        assert told in hours(place="trevi-fountain", day=day)
        assert told in hours(kind="church", day=day)
    assert "holiday" not in hours(place="trevi-fountain", day="2027-07-14")
    paris = hours(of=scene("paris"), place="louvre-museum", day="2027-07-14")
    assert "a public holiday, National Day" in paris


def test_usual_hours_are_not_claimed_for_a_holiday() -> None:
    """Hours that say nothing of public holidays do not tell that it opens on one."""
    seen = scene("rome")
    assert seen.itinerary
    planned = {stop.place.id for stop in seen.itinerary.stops}
    place = next(it for it in seen.places if it.id not in planned)
    place = place._replace(hours="Mo-Su 09:00-18:00")
    seen = replace(seen, places=(place,))
    on_holiday = hours(of=seen, place=place.id, day="2027-06-02")
    assert "is not known to me: known hours: daily 09:00–18:00" in on_holiday
    day_before = hours(of=seen, place=place.id, day="2027-06-01")
    assert f"{place.name} is open 09:00–18:00" in day_before


def test_a_plan_over_christmas() -> None:
    """Where a day of the plan is a public holiday, that is said of all its hours."""
    seen = scene("amsterdam")
    assert seen.itinerary is not None
    days = tuple(replace(day, date=date(2026, 12, 25)) for day in seen.itinerary.days)
    seen = replace(seen, itinerary=replace(seen.itinerary, days=days))
    assert hours(of=seen).endswith("is a public holiday, Christmas Day.")
