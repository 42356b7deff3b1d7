"""Hours of arrival, departure and days, out of free English."""

from __future__ import annotations

from typing import Any

import pytest

from itinerary_app.assistant import dayhours
from itinerary_app.assistant.dayhours import Hours


def minutes(clock: str) -> int:
    hours, rest = clock.split(":")
    return 60 * int(hours) + int(rest)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("arrive at 3pm", {"arrive": "15:00"}),
        ("we arrive at 3", {"arrive": "15:00"}),
        ("we land at 15:30", {"arrive": "17:00", "lands": True}),
        ("our plane lands at 7.45 pm", {"arrive": "21:15", "lands": True}),
        ("we get in at 22:15", {"arrive": "22:15"}),
        ("the train arrives at 11:45", {"arrive": "11:45"}),
        ("arriving around noon", {"arrive": "12:00"}),
        ("arriving in the evening", {"arrive": "18:00"}),
        ("arriving late afternoon", {"arrive": "16:00"}),
        ("arrive 8 in the evening", {"arrive": "20:00"}),
        ("evening arrival", {"arrive": "18:00"}),
        ("we'll be there at 2", {"arrive": "14:00"}),
        ("check in at 4 pm", {"arrive": "16:00"}),
        ("arrive at half past three", {"arrive": "15:30"}),
        ("we leave at 11 on the last day", {"depart": "11:00"}),
        ("leaving at 5", {"depart": "17:00"}),
        ("our flight leaves at 17:30", {"depart": "14:30", "flies": True}),
        ("our flight home is at 6pm", {"depart": "15:00", "flies": True}),
        ("leaving in the afternoon", {"depart": "15:00"}),
        ("check out at 11", {"depart": "11:00"}),
        ("we have to be at the airport by 4pm", {"depart": "16:00"}),
        ("depart at noon", {"depart": "12:00"}),
        (
            "arrive at 3pm and fly home at 11am",
            {"arrive": "15:00", "depart": "08:00", "flies": True},
        ),
        ("arriving evening, leaving afternoon", {"arrive": "18:00", "depart": "15:00"}),
        ("start at 10", {"day_start": "10:00"}),
        ("starting at ten", {"day_start": "10:00"}),
        ("start at half past nine", {"day_start": "09:30"}),
        ("start at quarter to ten", {"day_start": "09:45"}),
        ("start at 9.30", {"day_start": "09:30"}),
        ("begin at 9h30", {"day_start": "09:30"}),
        ("start at 10am please", {"day_start": "10:00"}),
        ("can we start at 10?", {"day_start": "10:00"}),
        ("days start at 10 o'clock", {"day_start": "10:00"}),
        ("10am start", {"day_start": "10:00"}),
        ("not before 9:30", {"day_start": "09:30"}),
        (
            "leaving at 6pm on the last day, not before 9:30",
            {"depart": "18:00", "day_start": "09:30"},
        ),
        (
            "landing at 11am on day one. not before 9:30",
            {"arrive": "12:30", "day_start": "09:30", "lands": True},
        ),
        ("nothing before 10 please", {"day_start": "10:00"}),
        ("don't start before ten", {"day_start": "10:00"}),
        ("i don't want to get up before 9", {"day_start": "09:00"}),
        ("leave the hotel at 9", {"day_start": "09:00"}),
        ("leave at 9 every day", {"day_start": "09:00"}),
        ("wake up at 8", {"day_start": "09:00"}),
        ("late starts", {"day_start": "10:30"}),
        ("we like to sleep in", {"day_start": "10:30"}),
        ("no early mornings", {"day_start": "10:30"}),
        ("we're not morning people", {"day_start": "10:30"}),
        ("we are early birds", {"day_start": "08:00"}),
        ("start early", {"day_start": "08:00"}),
        ("back by 8pm", {"day_end": "20:00"}),
        ("back by 8", {"day_end": "20:00"}),
        ("back at the hotel by 9", {"day_end": "21:00"}),
        ("be home around 22:00", {"day_end": "22:00"}),
        ("nothing after 9pm", {"day_end": "21:00"}),
        ("no later than 22:00", {"day_end": "22:00"}),
        ("finish by 18h", {"day_end": "18:00"}),
        ("end at 6", {"day_end": "18:00"}),
        ("done by 7ish", {"day_end": "19:00"}),
        ("back by midnight", {"day_end": "24:00"}),
        ("early nights please", {"day_end": "19:00"}),
        ("start at 10 and be back by 6", {"day_start": "10:00", "day_end": "18:00"}),
        ("from 10 to 6 each day", {"day_start": "10:00", "day_end": "18:00"}),
        ("sightseeing from 10am to 6pm", {"day_start": "10:00", "day_end": "18:00"}),
        ("9 to 5", {"day_start": "09:00", "day_end": "17:00"}),
        ("make it 10-6 please", {"day_start": "10:00", "day_end": "18:00"}),
        ("nine to five", {"day_start": "09:00", "day_end": "17:00"}),
        ("from 9 to 5", {"day_start": "09:00", "day_end": "17:00"}),
        ("9am-5pm", {"day_start": "09:00", "day_end": "17:00"}),
        ("9:30 to 18:00", {"day_start": "09:30", "day_end": "18:00"}),
        ("10 to 18 every day", {"day_start": "10:00", "day_end": "18:00"}),
        ("days between 9:30 and 17:00", {"day_start": "09:30", "day_end": "17:00"}),
    ],
)
def test_hours(text: str, told: dict[str, str | bool]) -> None:
    """Hours are read from any phrasing; an hour without am or pm is the likely one.
    Of flights, the way from and to the airport is taken off.
    """
    hours, _ = dayhours.read(text, 3)
    expected: dict[str, Any] = {
        name: it if isinstance(it, bool) else minutes(it) for name, it in told.items()
    }
    assert hours == Hours(**expected)


@pytest.mark.parametrize(
    ("text", "by_day"),
    [
        ("start day 2 at 11", {2: ("11:00", None)}),
        ("on day 2 start at 11", {2: ("11:00", None)}),
        ("start at 11 on the second day", {2: ("11:00", None)}),
        ("start the last day at 10", {3: ("10:00", None)}),
        ("end day 3 at 6pm", {3: (None, "18:00")}),
        ("back by 8 on day 1", {1: (None, "20:00")}),
        ("on day 2 start at 10 and end at 17:00", {2: ("10:00", "17:00")}),
        ("start day 2 at 10, end day 3 at 5", {2: ("10:00", None), 3: (None, "17:00")}),
        ("start day 1 in the afternoon", {1: ("13:00", None)}),
        ("day 2: 10 to 4", {2: ("10:00", "16:00")}),
        ("9 to 5 on day 3", {3: ("09:00", "17:00")}),
        ("day 9: start at 10", {9: ("10:00", None)}),
    ],
)
def test_hours_of_one_day(text: str, by_day: dict[int, Any]) -> None:
    """A day that is named has hours of its own; the others stay."""
    hours, _ = dayhours.read(text, 3)
    expected = {
        day: tuple(clock and minutes(clock) for clock in pair)
        for day, pair in by_day.items()
    }
    assert hours == Hours(by_day=expected)


@pytest.mark.parametrize(
    ("text", "later", "longer"),
    [
        ("can we start later", 60, 0),
        ("start half an hour earlier", -30, 0),
        ("a later start please", 60, 0),
        ("end earlier", 0, -60),
        ("finish half an hour later", 0, 30),
    ],
)
def test_later_and_earlier(text: str, later: int, longer: int) -> None:
    """Comparatives shift the hours by one, or by the half hour that was said."""
    hours, _ = dayhours.read(text, 3)
    assert (hours.later, hours.longer) == (later, longer)


@pytest.mark.parametrize(
    "text",
    [
        "day 2 at 10 places",
        "start at the louvre",
        "start with 10 museums",
        "start at 10 downing street",
        "leave out the evening show",
        "leave day 1 alone",
        "leave it as it is",
        "leave the museum out",
        "i stop at 10 places a day",
        "arrive in 3 days",
        "i'll be there in 5 days",
        "3 stops from 10 to 12 euros",
        "3 to 5",
        "5 to 7 please",
        "3 to 5 days",
        "2 to 3 museums a day",
        "from 10 to 6 euros",
        "go to 7-11",
        "lunch at 2pm",
        "dinner at 8",
        "move the fort to day 3",
        "not more than 3 stops",
        "at most 100 euros for tickets",
        "start over",
        "finish with a bar",
        "no more than 10 places",
        "the end",
        "back to day 2",
        "we are 4 people",
        "slow mornings",
    ],
)
def test_no_hours(text: str) -> None:
    """Counts, prices, meals and other senses of the words are no hours."""
    assert dayhours.read(text, 3) == (Hours(), text)
