"""The labelled messages, read by models that are always right or always wrong."""

from __future__ import annotations

import random
from typing import Any

from itinerary_app.acts import codec
from tests.assistant.labelled.messages import Labelled, messages, scene
from tests.assistant.model_scene import Clock, reader
from tests.assistant.model_server import ModelHost, says

SEEN = [message for message in messages("seen") if message.want[0].get("acts")]
CHANGING = [
    act
    for message in SEEN
    for act in message.want[0]["acts"]
    if act["act"] not in ("ask", "suppose", "thank", "greet", "complain")
]
Acts = list[dict[str, Any]]


def test_most_of_what_a_right_model_says_is_taken(host: ModelHost) -> None:
    """At least 7 of 10; the rest are found by position only, or badly misspelt."""
    assert taken(host, [(it, it.want[0]["acts"]) for it in SEEN]) > 0.7


def test_hardly_anything_that_a_wrong_model_says_is_taken(host: ModelHost) -> None:
    """At most one in forty of the acts that were said of another message."""
    chance = random.Random(10)
    wrong = [(message, [chance.choice(CHANGING)]) for message in SEEN]
    assert taken(host, [it for it in wrong if not is_wanted(*it)]) < 0.025


def is_wanted(message: Labelled, acts: Acts) -> bool:
    return any(acts[0] in outcome.get("acts", ()) for outcome in message.want)


def taken(host: ModelHost, said: list[tuple[Labelled, Acts]]) -> float:
    """The share that is read if the model says these acts of the whole messages."""
    model = reader(host, Clock(), max_per_day=len(said))
    count = 0
    for message, acts in said:
        host.answers.append(says(*((message.say, act) for act in acts)))
        understood = model.read(message.say, scene(message)).acts
        assert understood in ((), codec.loads(acts))
        count += bool(understood)
    assert len(host.questions) == len(said)
    return count / len(said)
