"""Every question gets an answer, whatever it names and whatever there is."""

from __future__ import annotations

from typing import Any

import pytest

from itinerary_app.acts import codec
from itinerary_app.acts.acts import Topic
from itinerary_app.acts.values import Meal, Part, Reference
from itinerary_app.assistant.answers import Given
from tests.assistant.answers.asking import asked, scene
from tests.assistant.plans import NAMES, plan

ASKS: tuple[dict[str, Any], ...] = (
    {},
    {"day": 1},
    {"day": 60},
    {"day": "sun"},
    {"day": "2027-02-30"},
    {"kind": "museum"},
    {"kind": "unicorns"},
    {"place": Reference(name="Atlantis")},
    {"place": Reference(kind="church", nth=2)},
    {"place": "no-such-id"},
    {"meal": Meal.DINNER, "part": Part.EVENING},
    {"time": "27:59", "people": 0},
    {"about": "{city} %s \N{SNOWMAN}"},
    {"place": "colosseum", "other": Reference(name="Atlantis"), "time": "23:00"},
    {"place": "pantheon", "other": "pantheon", "day": "mon"},
)


@pytest.mark.parametrize("name", [*NAMES, None])
@pytest.mark.parametrize("topic", Topic)
def test_each_topic_is_answered(topic: Topic, name: str | None) -> None:
    """A sentence without holes, with chips whose acts can be sent."""
    for parts in ASKS:
        for given in (Given(), Given(last_changes=list, alternatives=lambda _: ())):
            answer = asked(topic, of=scene(name), given=given, **parts)
            assert answer.text.endswith((".", "?")) or "https://" in answer.text
            assert "None" not in answer.text
            assert "  " not in answer.text
            assert len(answer.chips) <= 3
            for chip in answer.chips:
                assert codec.loads(codec.dumps(chip.acts)) == chip.acts


def test_stops_are_of_the_city() -> None:
    """What "it" means afterwards is a place that is known."""
    known = {place.id for place in plan("rome").places}
    for topic in Topic:
        for parts in ASKS:
            assert known.issuperset(asked(topic, **parts).stops)


@pytest.mark.parametrize("topic", [Topic.PRICE, Topic.SCHEDULE, Topic.WALKING])
def test_without_a_plan_that_is_said(topic: Topic) -> None:
    """Of a plan that is not there nothing is claimed; the first step is offered."""
    answer = asked(topic, of=scene(None))
    assert answer.text.startswith("There is no plan yet")
    assert len(answer.chips) == 3


def test_a_day_that_is_none() -> None:
    """A day beyond the plan is said to be none, with the days that there are."""
    answer = asked(Topic.SCHEDULE, day=9)
    assert answer.text == (
        "Your plan has no day 9: it has 3 days, Friday 12 March to Sunday "
        "14 March 2027."
    )


def test_an_unknown_place_is_said_to_be_unknown() -> None:
    """Of a place that we do not have nothing is said; names like it are offered."""
    answer = asked(Topic.HOURS, place=Reference(name="Collosseum"))
    assert answer.text.startswith("I don't find “Collosseum” in Rome")
    assert [chip.label for chip in answer.chips] == ["Colosseum"]
    (act,) = answer.chips[0].acts
    assert (act.topic, act.place) == (Topic.HOURS, "colosseum")
