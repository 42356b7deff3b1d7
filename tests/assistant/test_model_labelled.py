"""The labelled messages, read by models that are always right or always wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

from itinerary_app.acts import codec
from itinerary_app.assistant.model_reader.reader import ModelReader
from itinerary_app.assistant.model_reader.server import ModelServer
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from tests.assistant.labelled.messages import Labelled, messages, scene
from tests.assistant.model_server import ModelHost, says

SEEN = [message for message in messages("seen") if message.want[0].get("acts")]
CHANGING = [
    act
    for message in SEEN
    for act in message.want[0]["acts"]
    if act["act"] not in ("ask", "suppose", "thank", "greet", "complain")
]


class Nobody(Reader):
    """A fallback that understands nothing."""

    def read(self, text: str, scene: Scene) -> Understanding:
        return Understanding(unread=(text,))


@contextmanager
def model() -> Iterator[tuple[ModelHost, ModelReader]]:
    with ModelHost() as host:
        thread = Thread(target=host.serve_forever, args=(0.01,))
        thread.start()
        server = ModelServer(host.url)
        yield host, ModelReader(server, Nobody(), model="small", max_per_day=10_000)
        host.shutdown()
        thread.join()


def acts_read(
    host: ModelHost, reader: Reader, message: Labelled, acts: list[dict[str, Any]]
) -> bool:
    """Whether these acts are read if the model says them of the whole message."""
    host.answers.append(says(*((message.say, act) for act in acts)))
    understood = reader.read(message.say, scene(message))
    assert understood.acts in ((), codec.loads(acts))
    return bool(understood.acts)


def test_most_of_what_a_right_model_says_is_taken() -> None:
    """At least four of five; the rest are resolved by position, or badly misspelt."""
    with model() as (host, reader):
        taken = [acts_read(host, reader, it, it.want[0]["acts"]) for it in SEEN]
    assert sum(taken) / len(taken) > 0.78


def test_hardly_anything_that_a_wrong_model_says_is_taken() -> None:
    """At most one in fifty of the acts that were said of another message."""
    chance = random.Random(10)
    with model() as (host, reader):
        taken = [
            acts_read(host, reader, message, [act])
            for message in SEEN
            for act in chance.choices(CHANGING, k=1)
            if not any(act in outcome.get("acts", ()) for outcome in message.want)
        ]
    assert sum(taken) / len(taken) < 0.02
