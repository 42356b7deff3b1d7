"""Wishes to change a plan become edits of the stop and the day that are meant."""

from __future__ import annotations

import pytest

from itinerary_app.assistant.edits import EditReader
from itinerary_app.assistant.stops import Answer
from itinerary_app.model import (
    AddStop,
    Category,
    ChangePace,
    City,
    Day,
    Edit,
    Interest,
    Itinerary,
    Pace,
    Place,
    RemoveStop,
    Stop,
    StopKind,
    SwapStop,
)
from tests.assistant.talk import CATALOGUE

PLACES = {place.id: place for place in CATALOGUE.places("Jaipur")}


def place(name: str) -> Place:
    return next(place for place in PLACES.values() if place.name == name)


def day(number: int, lunch: str, dinner: str, *visits: str) -> Day:
    stops = [
        Stop(StopKind.VISIT, 540, 600, 0, "walk", "", place(name)) for name in visits
    ]
    stops.append(Stop(StopKind.LUNCH, 720, 780, 5, "walk", "", place(lunch)))
    stops.append(Stop(StopKind.DINNER, 1110, 1170, 5, "walk", "", place(dinner)))
    return Day(number, Pace.MODERATE, tuple(stops))


RESTAURANTS = [p.name for p in PLACES.values() if p.category is Category.RESTAURANT]
PLAN = Itinerary(
    City("jaipur", "Jaipur", "IN", 26.9, 75.8),
    (
        day(1, RESTAURANTS[0], RESTAURANTS[1], "City Palace", "Hawa Mahal"),
        day(2, RESTAURANTS[2], RESTAURANTS[3], "Amber Fort", "Albert Hall Museum"),
        day(3, RESTAURANTS[4], RESTAURANTS[5], "Jantar Mantar", "Central Park"),
    ),
)
READER = EditReader(PLAN, tuple(PLACES.values()))


def id_of(name: str) -> str:
    return place(name).id


@pytest.mark.parametrize(
    ("text", "edit"),
    [
        ("make day 2 more relaxed", ChangePace(2, calmer=True)),
        ("day 2 is too much", ChangePace(2, calmer=True)),
        ("less busy on the second day", ChangePace(2, calmer=True)),
        ("slow down day two", ChangePace(2, calmer=True)),
        ("the last day is too packed", ChangePace(3, calmer=True)),
        ("make the 1st day relaxed", ChangePace(1, calmer=True)),
        ("fill day 1 up", ChangePace(1, calmer=False)),
        ("day 3 could be busier", ChangePace(3, calmer=False)),
        ("more on day 1", ChangePace(1, calmer=False)),
        (
            "swap the museum for a park",
            SwapStop(2, id_of("Albert Hall Museum"), Category.PARK),
        ),
        (
            "replace hawa mahal with something else",
            SwapStop(1, id_of("Hawa Mahal")),
        ),
        ("change the fort", SwapStop(2, id_of("Amber Fort"))),
        ("swap amber fort", SwapStop(2, id_of("Amber Fort"))),
        (
            "instead of the city palace i'd like a market",
            SwapStop(1, id_of("City Palace"), Category.MARKET),
        ),
        (
            "a temple instead of jantar mantar",
            SwapStop(3, id_of("Jantar Mantar"), Category.TEMPLE),
        ),
        (
            "swap the museum for nahargarh fort",
            SwapStop(2, id_of("Albert Hall Museum"), other_id=id_of("Nahargarh Fort")),
        ),
        ("i don't like amber fort", SwapStop(2, id_of("Amber Fort"))),
        ("we hate the hawa mahal", SwapStop(1, id_of("Hawa Mahal"))),
        ("change dinner on day 1", SwapStop(1, id_of(RESTAURANTS[1]))),
        ("swap lunch on day 2", SwapStop(2, id_of(RESTAURANTS[2]))),
        ("skip hawa mahal", RemoveStop(1, id_of("Hawa Mahal"))),
        ("remove the museum", RemoveStop(2, id_of("Albert Hall Museum"))),
        ("no museum on day 2", RemoveStop(2, id_of("Albert Hall Museum"))),
        ("please drop albert hal museum", RemoveStop(2, id_of("Albert Hall Museum"))),
        ("add a viewpoint on day 3", AddStop(3, wanted=Category.VIEWPOINT)),
        ("add nahargarh fort", AddStop(None, id_of("Nahargarh Fort"))),
        ("add a market", AddStop(None, wanted=Category.MARKET)),
        ("more food on day 2", AddStop(2, wanted=Interest.FOOD)),
        # wishes for the whole trip, questions and thanks are no edits
        ("no museums", None),
        ("no museums at all", None),
        ("drop the museums", None),
        ("more relaxed", None),
        ("cheaper", None),
        ("add a day", None),
        ("make it 4 days", None),
        ("thanks, looks great", None),
        ("we want more food", None),
        ("actually singapore", None),
        ("no, 4 days", None),
    ],
)
def test_edit(text: str, edit: Edit | None) -> None:
    """Each phrasing is the edit that a person would mean, or none."""
    assert READER.read(text) == edit


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("make day 9 more relaxed", "3 days"),
        ("swap the zoo for a park", "zoo"),
        ("remove the mosque", "mosque"),
    ],
)
def test_what_is_not_there_is_said(text: str, said: str) -> None:
    """A day or a stop that the plan does not have is told, not guessed."""
    answer = READER.read(text)
    assert isinstance(answer, Answer)
    assert said in answer.text
