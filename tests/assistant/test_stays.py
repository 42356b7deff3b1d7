"""When a trip begins and ends, said in free English on a Wednesday in November."""

from __future__ import annotations

from datetime import date

import pytest

from itinerary_app.assistant import stays

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("from 24 december", "2026-12-24"),
        ("3 days from saturday 15 may", "2027-05-15"),
        ("from saturday, the 15th of may", "2027-05-15"),
        ("from friday 21 may", "2027-05-21"),
        ("on friday 7 may", "2027-05-07"),
        ("starting sat 15 may 2027", "2027-05-15"),
        ("arriving on thu, dec 24", "2026-12-24"),
        ("from the 24th of december", "2026-12-24"),
        ("december 24", "2026-12-24"),
        ("december 24th", "2026-12-24"),
        ("dec 24", "2026-12-24"),
        ("dec. 24", "2026-12-24"),
        ("24 dec '26", "2026-12-24"),
        ("december the 24th", "2026-12-24"),
        ("3 days in rome starting december 24th, vegetarian", "2026-12-24"),
        ("on 3rd march for 4 days", "2027-03-03"),
        ("may 3", "2027-05-03"),
        ("on may 3rd", "2027-05-03"),
        ("march 3, 2027", "2027-03-03"),
        ("3 march", "2027-03-03"),
        ("25 november", "2026-11-25"),
        ("24 november", "2027-11-24"),
        ("29 february", "2028-02-29"),
        # full dates
        ("24/12/2026", "2026-12-24"),
        ("24.12.2026", "2026-12-24"),
        ("24-12-2026", "2026-12-24"),
        ("24/12/26", "2026-12-24"),
        ("2026-12-24", "2026-12-24"),
        ("03/04/2027", "2027-04-03"),
        ("12/24/2026", "2026-12-24"),
        ("from 24/12", "2026-12-24"),
        # typos
        ("febuary 3rd", "2027-02-03"),
        ("24 decmber", "2026-12-24"),
        ("24th of decemebr", "2026-12-24"),
        ("3 septmber", "2027-09-03"),
        ("tommorow", "2026-11-26"),
        ("tommorrow", "2026-11-26"),
        ("next wensday", "2026-12-02"),
        ("this saterday", "2026-11-28"),
        # relative to today
        ("tomorrow", "2026-11-26"),
        ("from tomorrow, 3 days", "2026-11-26"),
        ("the day after tomorrow", "2026-11-27"),
        ("starting today", "2026-11-25"),
        ("this friday", "2026-11-27"),
        ("next friday", "2026-12-04"),
        ("next monday", "2026-11-30"),
        ("friday", "2026-11-27"),
        ("on friday", "2026-11-27"),
        ("from friday", "2026-11-27"),
        ("arriving on friday", "2026-11-27"),
        ("3 days in rome on friday", "2026-11-27"),
        ("we land on wednesday", "2026-11-25"),
        ("4 days in tokyo in two weeks", "2026-12-09"),
        ("in 3 weeks' time", "2026-12-16"),
        ("in a fortnight", "2026-12-09"),
        ("in a couple of weeks", "2026-12-09"),
        ("we leave in a week", "2026-12-02"),
        ("we fly in 10 days", "2026-12-05"),
        ("i'll be there in 5 days", "2026-11-30"),
        ("two weeks from now", "2026-12-09"),
        ("3 days from tomorrow", "2026-11-29"),
        ("a week from friday", "2026-12-04"),
        ("this weekend", "2026-11-28"),
        ("next weekend", "2026-12-05"),
        ("this long weekend", "2026-11-27"),
        ("the weekend of 12 december", "2026-12-12"),
        ("christmas eve", "2026-12-24"),
        ("on new year's day", "2027-01-01"),
        ("arriving on the 24th", "2026-12-24"),
        ("not 24 but 26 december", "2026-12-26"),
    ],
)
def test_first_day(text: str, start: str) -> None:
    """However the first day is put, it is this one; the past is next year's."""
    stay, _ = stays.read(text, TODAY)
    assert (str(stay.start), stay.end, stay.fault) == (start, None, "")


@pytest.mark.parametrize(
    ("text", "start", "days"),
    [
        ("dec 24-27", "2026-12-24", 4),
        ("24-27 december", "2026-12-24", 4),
        ("24 to 27 dec", "2026-12-24", 4),
        ("from the 24th to the 27th of december", "2026-12-24", 4),
        ("from december 24 to 27", "2026-12-24", 4),
        ("between 3 and 7 may", "2027-05-03", 5),
        ("3-7 may", "2027-05-03", 5),
        ("27 dec to 3 jan", "2026-12-27", 8),
        ("dec 28 - jan 2", "2026-12-28", 6),
        ("24 december until 2 january 2027", "2026-12-24", 10),
        ("2026-12-24 to 2026-12-27", "2026-12-24", 4),
        ("24.12.26 - 27.12.26", "2026-12-24", 4),
        ("from 24/12 to 27/12", "2026-12-24", 4),
        ("friday to sunday", "2026-11-27", 3),
        ("from mon to thu", "2026-11-30", 4),
        ("next friday until sunday", "2026-12-04", 3),
        ("from the 3rd to the 7th", "2026-12-03", 5),
        ("arriving friday evening, leaving sunday afternoon", "2026-11-27", 3),
        ("leaving on sunday, arriving on friday", "2026-11-27", 3),
        ("we arrive on the 3rd of march and leave on the 7th", "2027-03-03", 5),
        ("i arrive dec 3 and fly home dec 9", "2026-12-03", 7),
        ("tomorrow until sunday", "2026-11-26", 4),
        ("24 december to sunday", "2026-12-24", 4),
        ("1 january to 28 february", "2027-01-01", 59),
    ],
)
def test_days_follow_from_both_dates(text: str, start: str, days: int) -> None:
    """First and last day are told in many ways, over the year's end too."""
    stay, _ = stays.read(text, TODAY)
    assert (str(stay.start), stay.days) == (start, days)


@pytest.mark.parametrize("text", ["leaving on sunday", "until 29 november"])
def test_last_day_alone(text: str) -> None:
    """A date of departure is the last day, not the first."""
    stay, _ = stays.read(text, TODAY)
    assert (stay.start, stay.end) == (None, date(2026, 11, 29))


@pytest.mark.parametrize(
    "text",
    [
        "we may 2 of us come",
        "may we start at 10",
        "day 2 may be too busy",
        "we may go to the fort on day 3",
        "we march 3 miles a day",
        "open 24/7",
        "on the 24th day",
        "the second day",
        "a long weekend in rome",
        "rome in 10 days",
        "rome for two weeks",
        "at the end of march",
        "we want museums on sunday",
        "are mondays quiet",
        "i have 24 sisters",
        "at 9.30",
        "rated 4/5",
        "august and march are lovely",
        "the sun was out",
        "from 10 to 12 euros",
        "sat 3 hours",
        "my son is 12",
        "i was there today",
        "swap the second stop",
        "for 3 days",
    ],
)
def test_no_date(text: str) -> None:
    """Verbs, idioms, prices and counts are no dates, and nothing is taken out."""
    assert stays.read(text, TODAY) == (stays.Stay(), text)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("24 december 2020", "Thursday 24 December 2020 is past."),
        ("2025-01-01", "Wednesday 1 January 2025 is past."),
        ("31 february", "There is no 31 February."),
        ("30/02/2027", "There is no 30 February."),
        ("39 december", "There is no 39 December."),
        ("24/12/2126", "too far ahead"),
        ("from 27 to 24 december", "end before they begin"),
    ],
)
def test_impossible_dates_are_told(text: str, fault: str) -> None:
    """A date that cannot be is told with the reason, and none is taken."""
    stay, _ = stays.read(text, TODAY)
    assert fault in stay.fault
    assert (stay.start, stay.end) == (None, None)


def test_month_first_where_that_is_usual() -> None:
    """3/4 is the fourth of March in the United States, if it can be."""
    stay, _ = stays.read("3/4/2027 to 3/7/2027", TODAY, month_first=True)
    assert (stay.start, stay.days) == (date(2027, 3, 4), 4)
    stay, _ = stays.read("24/12/2026", TODAY, month_first=True)
    assert stay.start == date(2026, 12, 24)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("paris from 24 december, art", "paris , art"),
        ("rome 24-27 december vegan", "rome vegan"),
        ("on 3rd march for 4 days", "for 4 days"),
        ("next weekend in rome", "weekend in rome"),
    ],
)
def test_what_is_read_is_taken_out(text: str, rest: str) -> None:
    """The dates and the words that join them go, the rest keeps its position."""
    _, left = stays.read(text, TODAY)
    assert len(left) == len(text)
    assert " ".join(left.split()) == rest


@pytest.mark.parametrize("text", ["forget the dates", "no dates", "dates are flexible"])
def test_dates_can_be_forgotten(text: str) -> None:
    """Dates told before can be taken back."""
    assert stays.read(text, TODAY)[0].forgotten
