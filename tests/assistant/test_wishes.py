"""Whole messages about dates, hours, needs, money, locks and moves become replies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from itinerary_app.model import (
    AddStop,
    ChangePace,
    Edit,
    MoveStop,
    Refit,
    RemoveStop,
    SetHours,
    SwapStop,
)
from tests.assistant.planned import NEW, PLAN, PLANNED, TOLD, said


@pytest.mark.parametrize(
    ("text", "patch"),
    [
        ("3 days in Rome from 24 December", {"start_date": "2026-12-24"}),
        ("Rome Dec 24-27", {"start_date": "2026-12-24", "duration_days": 4}),
        (
            "Rome, arriving Friday evening, leaving Sunday afternoon",
            {
                "start_date": "2026-11-27",
                "duration_days": 3,
                "arrive": "18:00",
                "depart": "15:00",
            },
        ),
        ("next weekend in Rome", {"start_date": "2026-12-05", "duration_days": 2}),
        ("this long weekend in Rome", {"start_date": "2026-11-27", "duration_days": 3}),
        ("New York from 3/4/2027", {"start_date": "2027-03-04"}),
        ("London from 3/4/2027", {"start_date": "2027-04-03"}),
        (
            "3 days in Paris, we must see the Louvre and the Eiffel Tower",
            {"must_see": ["eiffel-tower", "louvre-museum"], "duration_days": 3},
        ),
        ("Rome, don't want to see the Colosseum", {"excluded": ["colosseum"]}),
        ("Rome 2 days including the Pantheon", {"must_see": ["pantheon"]}),
        ("Rome, the Pantheon is a must", {"must_see": ["pantheon"]}),
        (
            "Rome, Colosseum and Pantheon a must",
            {"must_see": ["colosseum", "pantheon"]},
        ),
        (
            "London, must see British Museum + Tower of London",
            {"must_see": ["british-museum", "tower-of-london"]},
        ),
        ("Paris, the Orsay museum is a must", {"must_see": ["musee-dorsay"]}),
        (
            "London, from sat 15 may to mon 17 may 2027",
            {"start_date": "2027-05-15", "duration_days": 3},
        ),
        ("Rome, 2 days. Don't miss the Pantheon!", {"must_see": ["pantheon"]}),
        ("Rome under 50 euros for tickets", {"spend_limit": 50}),
        (
            "Rome, arriving 24 December 3pm, flight home 27 December 2pm",
            {"duration_days": 4, "arrive": "15:00", "depart": "11:00"},
        ),
        ("London 12/08 - 15/08", {"start_date": "2027-08-12", "duration_days": 4}),
        ("Amsterdam, one day, today", {"start_date": "2026-11-25", "duration_days": 1}),
        ("2 days in Paris, but the Orsay is a must", {"must_see": ["musee-dorsay"]}),
        (
            "Arriving in New York at 3pm on July 4 for 3 days",
            {"city": "New York", "start_date": "2027-07-04", "arrive": "15:00"},
        ),
        (
            "Arriving in Jaipur on 24 December at 9:40pm, flying out 27 December 6am",
            {
                "city": "Jaipur",
                "arrive": "21:40",
                "depart": "03:00",
                "duration_days": 4,
            },
        ),
        ("2 days in Rome, max 20 euros a day for tickets", {"spend_limit": 40}),
        ("Rome, vegan, with a pram", {"diets": ["vegan"], "mobility": ["step_free"]}),
        (
            "start at 10, Rome, back by 8pm, my parents are elderly, 3 days",
            {
                "day_start": "10:00",
                "day_end": "20:00",
                "mobility": ["less_walking"],
                "duration_days": 3,
            },
        ),
        (
            (
                "We're vegeterian, 4 days in Kyoto from 3rd march, relaxed, temples, "
                "no museums, arriving at 3pm"
            ),
            {
                "diets": ["vegetarian"],
                "start_date": "2027-03-03",
                "duration_days": 4,
                "pace": "relaxed",
                "arrive": "15:00",
                "avoid": ["museum", "gallery"],
                "city": "Kyoto",
            },
        ),
    ],
)
def test_all_that_is_told_at_the_start_is_taken(
    text: str, patch: dict[str, Any]
) -> None:
    """Wishes of all kinds in one message, in any order, are all kept."""
    told = said(text, NEW).preferences
    assert patch.items() <= told.items()


@pytest.mark.parametrize(
    ("text", "patch"),
    [
        ("from 24 December", {"start_date": "2026-12-24"}),
        (
            "we arrive on 3 March at 3pm",
            {"start_date": "2027-03-03", "arrive": "15:00"},
        ),
        ("leaving on Sunday", {"start_date": "2026-11-27"}),
        ("start at 10", {"day_start": "10:00"}),
        ("can we start at 10?", {"day_start": "10:00"}),
        ("is it possible to start at 10?", {"day_start": "10:00"}),
        ("could you plan it so that we're back by 8?", {"day_end": "20:00"}),
        ("we leave at 11 on the last day", {"depart": "11:00"}),
        ("we're vegetarian", {"diets": ["vegetarian"]}),
        ("Vegan, please", {"diets": ["vegan"]}),
        ("not so much walking please", {"mobility": ["less_walking"]}),
        ("at most 1000 rupees for tickets", {"spend_limit": 1000}),
        ("no museums", {"avoid": ["museum", "gallery"]}),
        ("I want to sleep longer", {"day_start": "10:30"}),
        ("what if we start at 10?", {"day_start": "10:00"}),
        ("don't change anything but start at 10", {"day_start": "10:00"}),
        (
            "no museums but keep Amber Fort",
            {
                "avoid": ["museum", "gallery"],
                "must_see": ["amber-fort"],
            },
        ),
        (
            "start at 10 and no museums",
            {"day_start": "10:00", "avoid": ["museum", "gallery"]},
        ),
        (
            "we must see Galtaji and Nahargarh Fort",
            {"must_see": ["galtaji-temple", "nahargarh-fort"]},
        ),
        (
            "vegan, start at 9, from 3 March, no temples, back by 8",
            {
                "diets": ["vegan"],
                "day_start": "09:00",
                "start_date": "2027-03-03",
                "avoid": ["temple", "shrine"],
                "day_end": "20:00",
            },
        ),
    ],
)
def test_constraints_refit_the_plan(text: str, patch: dict[str, Any]) -> None:
    """A constraint that changes leaves the rest of the plan as it is."""
    reply = said(text)
    assert reply.preferences == patch
    assert reply.edit == Refit()
    assert not reply.plan


@pytest.mark.parametrize(
    ("text", "patch"),
    [
        ("Dec 24-27", {"start_date": "2026-12-24", "duration_days": 4}),
        (
            "make it 4 days from 24 December",
            {"start_date": "2026-12-24", "duration_days": 4},
        ),
        ("add a day", {"duration_days": 4}),
        (
            "more food and start at 10",
            {"interests": ["culture", "food"], "day_start": "10:00"},
        ),
        ("more relaxed, vegan", {"pace": "relaxed", "diets": ["vegan"]}),
        ("actually 2 days in Rome", {"city": "Rome", "duration_days": 2}),
    ],
)
def test_other_wishes_are_planned(text: str, patch: dict[str, Any]) -> None:
    """City, days, interests, pace and budget are the manager's to plan."""
    reply = said(text)
    assert reply.preferences == patch
    assert reply.plan


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("move Amber Fort to day 3", MoveStop("amber-fort", 3)),
        ("please move amber fort to the last day", MoveStop("amber-fort", 3)),
        ("can you move Amber Fort to day 1?", MoveStop("amber-fort", 1)),
        ("shift the Hawa Mahal to the second day", MoveStop("hawa-mahal", 2)),
        ("move Amber Fort from day 2 to day 3", MoveStop("amber-fort", 3)),
        ("move the fort to day 1", MoveStop("amber-fort", 1)),
        ("do the City Palace on the last day", MoveStop("city-palace", 3)),
        ("I'd rather see Hawa Mahal on day 3", MoveStop("hawa-mahal", 3)),
        ("put Jantar Mantar on day 1", MoveStop("jantar-mantar", 1)),
        ("visit City Palace on day 2 instead", MoveStop("city-palace", 2)),
        ("add Nahargarh Fort on day 3", AddStop(3, "nahargarh-fort")),
        ("do Nahargarh Fort on day 3", AddStop(3, "nahargarh-fort")),
        (
            "could you put Amber Fort on day 3 instead of day 2?",
            MoveStop("amber-fort", 3),
        ),
        ("Amber Fort on day 3 please", MoveStop("amber-fort", 3)),
        ("I want Amber Fort on the first day", MoveStop("amber-fort", 1)),
        ("reduce the cost of day 2", Refit(cheaper=True, day=2)),
        ("we only have until 4pm on the last day", SetHours(3, end=960)),
        ("day 1 start 12:00", SetHours(1, start=720)),
        ("start day 2 at 11", SetHours(2, start=660)),
        ("on the last day back by 6pm", SetHours(3, end=1080)),
        ("day 1 from 10am to 4pm", SetHours(1, 600, 960)),
        ("cheaper on day 2", Refit(cheaper=True, day=2)),
        ("make day 2 cheaper please", Refit(cheaper=True, day=2)),
        ("day 3 is too expensive", Refit(cheaper=True, day=3)),
        ("more relaxed on day 2", ChangePace(2, calmer=True)),
        ("swap Amber Fort", SwapStop(2, "amber-fort")),
        (
            "swap Amber Fort for Nahargarh Fort",
            SwapStop(2, "amber-fort", other_id="nahargarh-fort"),
        ),
        ("remove Hawa Mahal", RemoveStop(1, "hawa-mahal")),
    ],
)
def test_edits(text: str, edit: Edit) -> None:
    """What names stops or days of the plan is an edit, and no wish for all of it."""
    reply = said(text)
    assert (reply.edit, reply.preferences) == (edit, {})


@pytest.mark.parametrize(
    ("text", "edit", "patch"),
    [
        (
            "move Amber Fort to day 3 and we're vegan",
            MoveStop("amber-fort", 3),
            {"diets": ["vegan"]},
        ),
        (
            "remove Amber Fort and start at 10",
            RemoveStop(2, "amber-fort"),
            {"day_start": "10:00"},
        ),
        (
            "from 24 December; swap Hawa Mahal",
            SwapStop(1, "hawa-mahal"),
            {"start_date": "2026-12-24"},
        ),
        ("cheaper", Refit(cheaper=True), {"budget": "low"}),
        ("I'd like to spend less", Refit(cheaper=True), {"budget": "low"}),
        ("too expensive", Refit(cheaper=True), {"budget": "low"}),
    ],
)
def test_edit_and_wishes(text: str, edit: Edit, patch: dict[str, Any]) -> None:
    """An edit and other wishes in one message are both done."""
    reply = said(text)
    assert (reply.edit, reply.preferences) == (edit, patch)


@pytest.mark.parametrize(
    ("text", "locked"),
    [
        ("lock Amber Fort", ["amber-fort"]),
        ("please lock in the City Palace", ["city-palace"]),
        ("keep Hawa Mahal where it is", ["hawa-mahal"]),
        ("keep Amber Fort on day 2", ["amber-fort"]),
        ("Amber Fort must stay", ["amber-fort"]),
        ("lock Amber Fort and Hawa Mahal", ["amber-fort", "hawa-mahal"]),
    ],
)
def test_locks(text: str, locked: list[str]) -> None:
    """Locked stops are remembered; nothing in the plan changes for that."""
    reply = said(text)
    assert reply.preferences == {"locked": locked}
    assert (reply.edit, reply.plan) == (None, False)
    assert reply.text


def test_a_whole_day_is_locked_and_a_stop_unlocked() -> None:
    """“Leave day 1 alone” locks all its stops; “unlock” frees one again."""
    locked = said("leave day 1 alone").preferences["locked"]
    assert set(locked) == {stop.place.id for stop in PLAN.days[0].stops}
    session = replace(PLANNED, preferences=replace(TOLD, locked=tuple(locked)))
    assert "hawa-mahal" not in said("unlock Hawa Mahal", session).preferences["locked"]
    assert said("unlock everything", session).preferences == {"locked": None}


@pytest.mark.parametrize(
    "text",
    [
        "2 days in Tokyo, I want to see the Meiji Shrine",
        "London, 3 days, must see British Museum",
    ],
)
def test_names_of_places_are_no_interests(text: str) -> None:
    """Who names a shrine or a museum tells of no love for religion or culture."""
    assert "interests" not in said(text, NEW).preferences
