"""Promises about the grades: what is silently wrong is never called anything else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from itinerary_app.acts import codec
from itinerary_app.acts.focus import Focus
from itinerary_app.assistant.reader import Scene, Understanding
from tests.assistant.labelled.grading import Grade, Reading, judge, normal
from tests.assistant.labelled.messages import CATALOGUE, TODAY, planned
from tests.assistant.labelled.turns import Outcome, State, grade

ROME = State(*planned("rome"))
JAIPUR = State(*planned("jaipur"))
SCENE = Scene(TODAY, CATALOGUE.cities, *ROME)
DROP = {"act": "remove", "stop": "pantheon"}
KEEP = {"act": "lock", "stop": "colosseum"}
PRICE = {"act": "ask", "topic": "price", "people": 2}


def graded(
    *acts: dict[str, Any],
    want: list[dict[str, Any]],
    question: bool = False,
    unread: tuple[str, ...] = (),
) -> Grade:
    reading = Reading(codec.loads(list(acts)), question, unread)
    return judge(reading, want, SCENE).grade


def test_a_change_that_nobody_asked_for_is_silently_wrong() -> None:
    """Whatever else is right, asked or called unread."""
    want = [{"acts": [DROP]}]
    assert graded(DROP, KEEP, want=want) is Grade.SILENT
    assert graded(KEEP, want=want, unread=("drop",)) is Grade.SILENT
    assert graded(DROP, want=[{"acts": [PRICE]}]) is Grade.SILENT


def test_the_same_twice_is_once_too_often() -> None:
    """The second removal of a stop cannot be carried out."""
    assert graded(DROP, DROP, want=[{"acts": [DROP]}]) is Grade.SILENT


def test_a_change_that_is_missing_is_to_be_named() -> None:
    """Else it is silently wrong."""
    want = [{"acts": [DROP, KEEP]}]
    assert graded(DROP, want=want) is Grade.SILENT
    assert graded(want=want) is Grade.SILENT
    assert graded(DROP, want=want, unread=("the Colosseum",)) is Grade.PARTLY
    assert graded(want=want, unread=("all of it",)) is Grade.REFUSED


def test_with_a_question_nothing_changes() -> None:
    """So that acts beside one are refused, not carried out."""
    assert graded(DROP, want=[{"acts": [DROP]}], question=True) is Grade.REFUSED
    assert graded(DROP, want=[{"acts": [], "question": True}]) is Grade.SILENT


def test_another_answer_is_wrong_and_changes_nothing() -> None:
    """It is no silent error."""
    busiest = {"act": "ask", "topic": "busiest"}
    assert graded(busiest, want=[{"acts": [PRICE]}]) is Grade.WRONG
    assert graded(busiest, want=[{"acts": [DROP]}]) is Grade.WRONG


def test_of_a_question_only_what_is_given_counts() -> None:
    """The topic, and the fields that the outcome has."""
    assert graded(PRICE, want=[{"acts": [{"act": "ask", "topic": "price"}]}]) is (
        Grade.RIGHT
    )
    assert graded({"act": "ask", "topic": "price"}, want=[{"acts": [PRICE]}]) is (
        Grade.WRONG
    )


def test_what_was_supposed_may_be_left_open() -> None:
    """By the outcome, or by the reading; where both have acts they are the same."""
    supposed = {"act": "suppose", "force": "asked"}
    with_acts = {**supposed, "acts": [DROP]}
    assert graded(with_acts, want=[{"acts": [supposed]}]) is Grade.RIGHT
    assert graded(supposed, want=[{"acts": [with_acts]}]) is Grade.RIGHT
    other = {**supposed, "acts": [KEEP]}
    assert graded(other, want=[{"acts": [with_acts]}]) is Grade.WRONG


def test_words_called_unread_beside_right_acts_are_noise() -> None:
    """Right, and counted in a column of their own."""
    reading = Reading(codec.loads([DROP]), unread=("kindly",))
    verdict = judge(reading, [{"acts": [DROP]}], SCENE)
    assert verdict.grade is Grade.RIGHT
    assert verdict.noise


def test_any_of_the_outcomes_will_do() -> None:
    """The best grade counts."""
    assert graded(KEEP, want=[{"acts": [DROP]}, {"acts": [KEEP]}]) is Grade.RIGHT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([{"act": "set_days", "days": 4}], [{"act": "add_day"}]),
        ([{"act": "set_days", "days": 2}], [{"act": "remove_day", "day": 3}]),
        (
            [{"act": "set_dates", "start": "2027-03-13"}],
            [{"act": "set_dates", "shift": 1}],
        ),
        (
            [{"act": "set_hours", "start": "10:00"}],
            [{"act": "set_hours", "day": day, "start": "10:00"} for day in (1, 2, 3)],
        ),
        (
            [{"act": "set_meal", "meal": "dinner", "day": 2, "time": "20:00"}],
            [{"act": "set_time", "stop": "pizzarium-bonci", "time": "20:00"}],
        ),
        (
            [{"act": "set_time", "stop": "pantheon", "time": "10:00", "day": 1}],
            [{"act": "set_time", "stop": "pantheon", "time": "10:00"}],
        ),
        (
            [{"act": "move", "stop": "pantheon", "day": 1, "part": "morning"}],
            [{"act": "move", "stop": "pantheon", "part": "morning"}],
        ),
        (
            [{"act": "move", "stop": "pantheon", "before": "colosseum"}],
            [{"act": "order", "stop": "pantheon", "before": "colosseum"}],
        ),
        (
            [{"act": "set_interests", "more": ["art", "food"]}],
            [{"act": "set_interests", "more": [name]} for name in ("food", "art")],
        ),
    ],
)
def test_what_is_the_same_is_graded_alike(
    one: list[dict[str, Any]], other: list[dict[str, Any]]
) -> None:
    """In the plan of Rome, which has three days from Friday 12 March."""
    assert normal(one, SCENE) == normal(other, SCENE)


def test_what_is_not_the_same_stays_apart() -> None:
    """A stop moved to another day; a first day, not the last, dropped."""
    assert normal(
        [{"act": "move", "stop": "pantheon", "day": 2, "part": "morning"}], SCENE
    ) != normal([{"act": "move", "stop": "pantheon", "part": "morning"}], SCENE)
    assert normal([{"act": "remove_day", "day": 1}], SCENE) != normal(
        [{"act": "remove_day"}], SCENE
    )


def test_a_turn_that_breaks_what_held_is_silently_wrong() -> None:
    """Though it says that something was not understood."""
    outcome = Outcome(ROME, JAIPUR, read=Understanding(unread=("words",)))
    assert grade({"has": ["pantheon"]}, outcome) is Grade.SILENT
    assert grade({"same": True}, outcome) is Grade.SILENT
    assert grade({"has": ["amber-fort"]}, outcome) is Grade.RIGHT


def test_a_turn_that_changes_nothing_is_refused_if_it_says_so() -> None:
    """Else it is wrong."""
    quiet = Outcome(ROME, ROME)
    asked = replace(quiet, focus=Focus(asked="which"))
    assert grade({"lacks": ["pantheon"]}, quiet) is Grade.WRONG
    assert grade({"lacks": ["pantheon"]}, asked) is Grade.REFUSED
    assert grade({"has": ["pantheon"], "same": True}, quiet) is Grade.RIGHT


def test_only_the_named_days_change() -> None:
    """By places and times of the other days."""
    _, plan = ROME
    assert plan is not None
    first = replace(plan.days[0], stops=plan.days[0].stops[1:])
    after = State(ROME.preferences, replace(plan, days=(first, *plan.days[1:])))
    outcome = Outcome(ROME, after, states=[ROME])
    assert grade({"only": [1]}, outcome) is Grade.RIGHT
    assert grade({"only": [2]}, outcome) is Grade.SILENT
    assert grade({"as": 1}, outcome) is Grade.SILENT
    assert grade({"on": {"pantheon": 1}, "at": {"pantheon": "17:15"}}, outcome) is (
        Grade.RIGHT
    )
