"""What is answered, said back and left as it is when wishes of all kinds are told."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from itinerary_app.assistant.base import Reply
from itinerary_app.assistant.rules import MAX_READ
from itinerary_app.model import (
    ChangePace,
    Edit,
    MoveStop,
    Preferences,
    Refit,
    SetHours,
    TripSession,
)
from tests.assistant.planned import DATED, NEW, PLAN, PLANNED, TOLD, said
from tests.assistant.talk import ASSISTANT


@pytest.mark.parametrize(
    "text",
    [
        "I lock my bike",
        "we may like it",
        "day 2 at 10 places",
        "our budget is 500 euros",
        "at most 100 euros for tickets",
        "24 December 2020",
        "31 February",
        "in December",
        "sometime in march",
        "I'm allergic to nuts",
        "put Amber Fort first",
        "move Amber Fort to the morning",
        "swap day 1 and day 2",
        "lunch at 2pm",
        "move day 1 to day 2",
        "start at the City Palace on day 2",
        "can we move Amber Fort?",
        "200 euro budget",
        "I have to see a doctor on day 2",
        "I want to see the city",
        "leave the plan alone",
        "is Niros vegetarian?",
        "half a day is enough",
        "move Amber Fort to day 9",
        "move Amber Fort to day 2",
        "we must see Amber Fort",
        "we must see the Taj Mahal",
        "undo",
        "unlock the door",
        "keep in mind that we love it",
        "what date is day 2?",
        "is Amber Fort open on day 2?",
        "how much are the tickets?",
        "what are the alternatives to Amber Fort?",
        "which of these places are vegetarian?",
        "when do we arrive?",
        "will day 2 start at 10?",
        "is there much walking?",
    ],
)
def test_what_cannot_be_done_is_said(text: str) -> None:
    """Other senses, questions and wishes beyond us change nothing and are answered."""
    reply = said(text)
    assert (dict(reply.preferences), reply.edit, reply.plan) == ({}, None, False)
    assert reply.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "at most 100 euros for tickets",
            "I know prices in INR only",
        ),
        ("our budget is 500 euros", "at most INR 100 for tickets"),
        ("24 December 2020", "Thursday 24 December 2020 is past"),
        ("31 February", "There is no 31 February"),
        ("in December", "Tell me your first day, such as “from 12 December”"),
        ("at the end of March", "such as “from 25 March”"),
        ("mid-May", "such as “from 15 May”"),
        ("early june maybe", "such as “from 3 June”"),
        ("in a month", "Tell me your first day"),
        ("we must see the Taj Mahal", "I don't know where to find “Taj Mahal”"),
        ("we must see Amber Fort", "Amber Fort is on day 2 already"),
        ("move Amber Fort to day 2", "Amber Fort is on day 2 already"),
        ("move Amber Fort to day 9", "Your plan has 3 days"),
        ("start at 10 and end at 9am", "A day can't end before it begins"),
        ("what date is day 2?", "no dates yet"),
        ("is Amber Fort open on day 2?", "Amber Fort: known hours: daily 08:00–18:00."),
        ("how much are the tickets?", "I know the admission of"),
        ("can we move Amber Fort?", "Say which day it shall move to."),
        ("is Amber Fort wheelchair accessible?", "to have no step-free access"),
        ("is Hawa Mahal wheelchair accessible?", "is unknown to me"),
        ("does Niros serve vegetarian food?", "is known to serve vegetarian"),
        ("does Handi Restaurant serve vegan food?", "is unknown to me"),
        ("move day 1 to day 2", "I can't change the order"),
        ("what are the alternatives to Amber Fort?", "Instead of Amber Fort I could"),
        ("alternatives to the moon?", "I don't find “moon” in your plan"),
    ],
)
def test_words(text: str, words: str) -> None:
    """The answer says what is known, and why something cannot be done."""
    assert words in said(text).text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("what date is day 2?", "Day 2 is Friday 25 December 2026."),
        (
            "what are my dates?",
            "Thursday 24 December 2026 to Saturday 26",
        ),
        ("is Amber Fort open on day 2?", "open 08:00–18:00 on Friday 25 December"),
        (
            "is Amber Fort open on Friday?",
            "open 08:00–18:00 on Friday 25 December",
        ),
        ("what's on Friday?", "Day 2: "),
        ("what's on the 24th?", "Day 1: "),
    ],
)
def test_questions_about_dates(text: str, words: str) -> None:
    """With dates, days can be asked about by date and weekday."""
    assert words in said(text, DATED).text


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("move Hawa Mahal to Saturday", MoveStop("hawa-mahal", 3)),
        ("move Hawa Mahal to 26 December", MoveStop("hawa-mahal", 3)),
        ("start Friday at 11", SetHours(2, start=660)),
        ("more relaxed on Friday", ChangePace(2, calmer=True)),
    ],
)
def test_edits_by_date(text: str, edit: Edit) -> None:
    """With dates, a day of the plan may be called by its weekday or date."""
    assert said(text, DATED).edit == edit


def test_dates_of_the_whole_trip_still_move() -> None:
    """“From Friday” and “leaving Sunday” are about the trip, not about a day of it."""
    assert said("start on 26 December", DATED).preferences == {
        "start_date": "2026-12-26"
    }
    assert said("we leave on 27 December", DATED).preferences == {"duration_days": 4}
    assert said("forget the dates", DATED).preferences == {"start_date": None}


def test_later_is_counted_from_the_plan() -> None:
    """“Later” is an hour after the first stop, or after the hour told before."""
    assert said("can we start later").preferences == {"day_start": "10:00"}
    told = replace(PLANNED, preferences=replace(TOLD, day_start=660))
    assert said("can we start later", told).preferences == {"day_start": "12:00"}
    assert said("start day 2 later").edit == SetHours(2, start=600)


def test_needs_end() -> None:
    """What was told before can be taken back."""
    diets = Preferences.from_dict({**TOLD.to_dict(), "diets": ["vegan"]})
    session = replace(PLANNED, preferences=diets)
    assert said("we're not vegan", session).preferences == {"diets": None}
    assert said("we're vegan", session).preferences == {}


def test_optional_wishes_are_never_asked_for() -> None:
    """Dates, hours, diets and money are offered at most; what was told is said back."""
    reply = said("vegan, from 3 March", NEW)
    assert "vegan" in reply.text
    assert "Wednesday 3 March 2027" in reply.text
    assert reply.text.count("?") == 1
    assert "Where would you like to go?" in reply.text


def test_presented_wishes_are_said_back() -> None:
    """The words beside a plan tell what was done for each wish, and what was not."""
    reply = said("from 24 December, start at 10, vegan, at most 1000 for tickets")
    after = replace(PLAN, notes=("There was no room for Galtaji Temple.",))
    words = ASSISTANT.present(PLANNED, reply, after).text
    for part in (
        "Thursday 24 December to Saturday 26 December 2026",
        "Days begin at 10:00",
        "vegan food",
        "INR 1,000",
        "no room for Galtaji Temple",
    ):
        assert part in words


def test_only_what_was_told_is_taken_back() -> None:
    """A new city says nothing of limits that nobody set."""
    reply = Reply(preferences={"city": "Rome", "spend_limit": None}, plan=True)
    assert "limit" not in ASSISTANT.present(PLANNED, reply, PLAN).text
    limited = replace(PLANNED, preferences=replace(TOLD, spend_limit=100))
    words = ASSISTANT.present(limited, reply, PLAN).text
    assert "There is no limit for admissions any more." in words


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (MoveStop("amber-fort", 3), "I moved Amber Fort to day 3."),
        (SetHours(2, 660, None), "Day 2 now begins at 11:00 or later."),
        (
            SetHours(2, 660, 1080),
            "Day 2 now begins at 11:00 or later and ends by 18:00.",
        ),
        (Refit(), "Nothing in your plan had to change for that."),
    ],
)
def test_words_for_edits(edit: Edit, words: str) -> None:
    """Each edit is told in a short sentence."""
    assert ASSISTANT.present(PLANNED, Reply(edit=edit), PLAN).text == words


def test_a_reply_takes_less_than_20_ms() -> None:
    """The median reply to mixed messages is quick, and so are long ones."""
    texts = (
        "from 24 December, start at 10, vegan, no museums, move Amber Fort to day 3",
        "what are the alternatives to Amber Fort?",
        "we must see Galtaji, Nahargarh Fort and Jal Mahal, at most 1000 for tickets",
        "arriving Friday evening, leaving Sunday afternoon, my knees are bad",
    )
    took = []
    for text in texts * 5:
        begun = time.perf_counter()
        ASSISTANT.reply(DATED, text)
        took.append(time.perf_counter() - begun)
    assert sorted(took)[len(took) // 2] < 0.02


@pytest.mark.parametrize("session", [NEW, DATED])
@pytest.mark.parametrize(
    "words",
    [
        "may 1 ",
        "mon to tue ",
        "from 9 to 5 ",
        "vegan ",
        "add a museum, ",
        "in two weeks ",
        "to Abcdefg ",
    ],
)
def test_endless_texts_are_read_quickly(session: TripSession, words: str) -> None:
    """However often something is repeated, the work for it is bounded."""
    text = (words * MAX_READ)[:MAX_READ]
    took = []
    for _ in range(5):
        begun = time.process_time()
        ASSISTANT.reply(session, text)
        took.append(time.process_time() - begun)
    assert min(took) < 0.1
