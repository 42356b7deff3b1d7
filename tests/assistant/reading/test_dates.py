"""Promises about dates and lengths as they are said in a first message."""

from __future__ import annotations

import pytest

from itinerary_app.acts.acts import SetCity
from tests.assistant.reading.said import acts, understood

SAID = {
    "Rome 3 days from 12 March 2027": ("2027-03-12", 3),
    "Rome 03.04.-06.04.2027": ("2027-04-03", 4),
    "Rome for 2 days from Good Friday 2027": ("2027-03-26", 2),
    "Athens for 2 days from Orthodox Good Friday 2027": ("2027-04-30", 2),
    "Rome 12-15 March 2027": ("2027-03-12", 4),
    "Rome 6-9.3.2027": ("2027-03-06", 4),
    "2 days in Rome, first week of March": ("2027-03-01", 2),
    "Rome 14-17 March next year": ("2027-03-14", 4),
    "Rome, 10 to 12 December this year": ("2026-12-10", 3),
    "we're a family of 4 going to Rome 3-6 May, kids are 5 and 9": ("2027-05-03", 4),
    "Rome from friday 7 may to tuesday 11 may 2027 - landing 14:30 the first day, "
    "flight home 11am the last": ("2027-05-07", 5),
    "Rome, arriving in five days, 2 days": ("2026-12-03", 2),
    "2 days in Rome, we land on 5 June 2027 at 10am": ("2027-06-05", 2),
}


@pytest.mark.parametrize(("text", "meant"), SAID.items())
def test_a_date_is_a_day(text: str, meant: tuple[str, int]) -> None:
    """Numeric, written out, from Easter: the first day and how many."""
    found = {it["act"]: it for it in acts(text, None)}
    assert (found["set_dates"]["start"], found["set_days"]["days"]) == meant


def test_less_than_a_week_is_no_week() -> None:
    """A length that is only bounded is not set."""
    assert "set_days" not in [it["act"] for it in acts("Rome, less than a week", None)]


def test_words_about_a_date_that_are_unknown_leave_it_open() -> None:
    """ "The week after carnival": no wrong date is set."""
    found = acts("Rome for some days the week after carnival", None)
    assert not {"set_dates", "set_days"} & {it["act"] for it in found}


def test_a_date_that_is_past_is_named_as_such() -> None:
    """The rest of the message is read; why the date is not stands beside its words."""
    found = understood("Rome from 10 to 12 November 2025", None)
    assert [it.city for it in found.acts if isinstance(it, SetCity)] == ["Rome"]
    assert ("12 November 2025", "Wednesday 12 November 2025 is past.") in found.faults


def test_what_else_was_not_read_takes_no_date_away() -> None:
    """Hours or ages that are not read are no part of the date beside them."""
    found = acts("Rome on Wednesday 9 December 2026, one day, 7:00 to 22:00", None)
    assert {"act": "set_dates", "start": "2026-12-09"} in found
