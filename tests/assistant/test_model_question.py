"""What a language model is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from itinerary_app.acts.focus import Focus
from tests.assistant.model_scene import (
    BY_GRAMMAR,
    KEY,
    PLACES,
    Clock,
    read,
    reader,
    scene,
)
from tests.assistant.model_server import (
    ModelHost,
)


def test_the_question_follows_the_protocol(host: ModelHost) -> None:
    """Model, key, schema and the scene with its ids, in one POST."""
    read(host, "undo", ("undo", {"act": "undo"}), focus=Focus(stops=("pantheon",)))
    [question] = host.questions
    assert host.paths == ["/v1/chat/completions"]
    assert host.keys == [f"Bearer {KEY}"]
    assert question["model"] == "small"
    assert [turn["role"] for turn in question["messages"]] == ["system", "user"]
    assert host.scene["today"] == "Sat 2026-11-28"
    assert host.scene["focus"] == {"stops": ["pantheon"]}
    assert host.scene["plan"][1] == {
        "day": 2,
        "from": "10:00",
        "as": "visit",
        "id": "pantheon",
        "name": "Pantheon",
        "kind": PLACES["pantheon"].category,
    }


def test_the_schema_is_one_that_strict_servers_take(host: ModelHost) -> None:
    """Every object names all its fields as required and allows no other."""
    read(host, "undo", ("undo", {"act": "undo"}))
    form = host.questions[0]["response_format"]
    assert form["type"] == "json_schema"
    assert form["json_schema"]["strict"] is True
    schema = form["json_schema"]["schema"]
    assert {"Act", "Remove", "Reference"} <= set(schema["$defs"])
    objects = [part for part in parts(schema) if part.get("type") == "object"]
    assert len(objects) > 50
    for part in objects:
        assert part["required"] == list(part["properties"])
        assert part["additionalProperties"] is False
    words = {key for part in parts(schema) for key in part}
    assert not words & {"default", "discriminator", "minLength", "pattern", "minimum"}


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """All schemas within a schema."""
    if isinstance(schema, dict):
        yield schema
        inner = [schema.get("items"), *schema.get("anyOf", ())]
        for name in ("properties", "$defs"):
            inner += schema.get(name, {}).values()
        for part in inner:
            yield from parts(part)


def test_the_question_is_bounded(host: ModelHost) -> None:
    """However long the message and however many the places: at most 80 kB. Places
    that the message names come along first."""
    many = [
        PLACES["pantheon"]._replace(id=f"x{n}", name=f"Inn {n} " + "x" * 150)
        for n in range(2_000)
    ]
    fame = PLACES["pantheon"]._replace(id="hut", name="Zwiebelhaus", importance=1)
    read(host, "to the Zwiebelhaus " + "é" * 7_000, places=(*many, fame))
    assert host.sizes[0] < 80_000
    assert host.scene["places"][0]["id"] == "hut"
    assert len(host.scene["places"]) == 150


def test_what_was_cut_off_a_message_is_unread(host: ModelHost) -> None:
    """The model does not see it, so nobody has read it."""
    text = "undo " + "blah " * 500 + "finis"
    understood = read(host, text, ("undo", {"act": "undo"}))
    assert "finis" not in host.scene["message"]
    assert understood.unread[0].endswith("finis")


def test_an_empty_message_asks_nobody(host: ModelHost, clock: Clock) -> None:
    """White space costs no call."""
    assert reader(host, clock).read(" \n", scene()) == BY_GRAMMAR
    assert not host.questions
