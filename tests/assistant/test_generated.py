"""Promises about sentences that are composed of acts: they are read back as these."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import get_args

import msgspec

from itinerary_app.acts import codec
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.reader import Scene
from tests.assistant.generator import Generator, Sentence, phrases, shrunk
from tests.assistant.labelled.grading import (
    CHANGE_NOTHING,
    Grade,
    Reading,
    judge,
)
from tests.assistant.labelled.messages import CATALOGUE, TODAY, planned
from tests.assistant.labelled.reading import new_reader, understood

PLANS = ("rome", "paris", "jaipur", "amsterdam")
SENTENCES = 2_000
SEED = 20261128
MOST_SHRUNK = 150
READER = new_reader()


def test_a_sentence_of_acts_is_read_back_as_these() -> None:
    """Of 2,000 at least 97 % are, and none changes what it did not ask for."""
    wrong = []
    for sentence, scene in sentences(SENTENCES):
        grade, _ = read_back(sentence, scene)
        if grade is not Grade.RIGHT:
            wrong.append((grade, sentence, scene))
    silent = [each for each in wrong if each[0] is Grade.SILENT]
    report = "\n".join(
        (
            f"{len(wrong)} of {SENTENCES} are not read back, {len(silent)} silently:",
            *smallest(sorted(wrong, key=lambda each: -each[0])[:MOST_SHRUNK]),
        )
    )
    assert not silent, report
    assert len(wrong) <= 0.03 * SENTENCES, report


def test_each_act_that_changes_something_can_be_composed() -> None:
    """No act is left out of the test above; yes is no sentence of its own, and a day
    changes its place, and a place of one's own is made, by hand only.
    """
    known = {cls.__struct_config__.tag for cls in get_args(Act)}
    changing = known - {*CHANGE_NOTHING, "confirm", "move_day", "add_own"}
    assert {phrase.act["act"] for phrase in phrases()} == changing


def test_the_smallest_form_still_fails() -> None:
    """Shrinking leaves the clause at fault, without courtesy and slips."""
    for sentence, _ in sentences(200):
        fault = sentence.clauses[-1].act
        small = shrunk(sentence, lambda it, fault=fault: fault in it.acts)
        assert small.acts == (fault,)
        assert small.text == small.clauses[0].plainest


def sentences(count: int) -> Iterator[tuple[Sentence, Scene]]:
    """Always the same ones, about the four plans in turn."""
    random = Random(SEED)
    made = []
    for name in PLANS:
        preferences, plan = planned(name)
        places = CATALOGUE.places(plan.city.name)
        scene = Scene(TODAY, CATALOGUE.cities, preferences, plan, places)
        made.append((Generator(random, plan, places), scene))
    for number in range(count):
        generator, scene = made[number % len(made)]
        yield generator.sentence(), scene


def read_back(sentence: Sentence, scene: Scene) -> tuple[Grade, Reading]:
    reading = understood(READER, sentence.text, scene)
    wanted = [{"acts": codec.dumps(sentence.acts)}]
    return judge(reading, wanted, scene).grade, reading


def smallest(wrong: list[tuple[Grade, Sentence, Scene]]) -> list[str]:
    """The smallest forms with the same grade, of each way of saying it one."""
    shown: dict[tuple[Grade, tuple[str, ...]], str] = {}
    for grade, sentence, scene in wrong:
        small = shrunk(
            sentence,
            lambda it, grade=grade, scene=scene: read_back(it, scene)[0] is grade,
        )
        ways = tuple(clause.way for clause in small.clauses)
        _, reading = read_back(small, scene)
        shown[grade, ways] = (
            f"{grade.name:8}{small.text}\n"
            f"    wanted: {as_json(small.acts)}\n"
            f"    got:    {as_json(reading.acts)}, question: {reading.question}, "
            f"unread: {list(reading.unread)}"
        )
    return list(shown.values())


def as_json(acts: Sequence[Act]) -> str:
    return msgspec.json.encode(codec.dumps(acts)).decode()
