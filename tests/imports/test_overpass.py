"""Asking an Overpass server: politely, and never taking half an answer for a whole."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from itinerary_app.errors import SourceUnavailable
from itinerary_app.imports.overpass import FRESH, Overpass, query
from itinerary_app.model import City
from tests.imports.conftest import LIMA, node, overpass
from tests.imports.overpass_server import Answer, Server

LIMA_CITY = City("lima", "Lima", "PE", *LIMA, 10)
WHOLE = overpass(*(node(key) for key in range(1, 7)))


def ok(text: str = WHOLE) -> Answer:
    return 200, {}, text.encode()


def busy(status: int, **headers: str) -> Answer:
    return status, {key.replace("_", "-"): it for key, it in headers.items()}, b"busy"


def test_a_whole_answer_is_kept(remote: Server, tmp_path: Path) -> None:
    """The second time nobody is asked, and the age of the answer is told."""
    remote.answers = [ok()]
    first = Overpass(remote.url, tmp_path).fetch(LIMA_CITY)
    assert first.path.read_text() == WHOLE
    assert first.age is None
    os.utime(first.path, (1_000, 1_000))
    again = Overpass(remote.url, tmp_path, clock=lambda: 4_600.0).fetch(LIMA_CITY)
    assert (again.path, again.age) == (first.path, 3_600.0)
    assert len(remote.queries) == 1
    assert remote.agents[0].startswith("itinerary_app/")


def test_an_old_answer_is_renewed(remote: Server, tmp_path: Path) -> None:
    """After a week, or when told so, the server is asked again."""
    remote.answers = [ok(), ok(overpass(node(9))), ok()]
    path = Overpass(remote.url, tmp_path).fetch(LIMA_CITY).path
    os.utime(path, (0, 0))
    late = Overpass(remote.url, tmp_path, clock=lambda: FRESH + 1.0)
    assert late.fetch(LIMA_CITY).age is None
    assert path.read_text() == overpass(node(9))
    assert late.fetch(LIMA_CITY, fresh=True).age is None
    assert path.read_text() == WHOLE


def test_a_busy_server_is_waited_for(remote: Server, tmp_path: Path) -> None:
    """As long as it asks for, or else longer each time."""
    remote.answers = [
        busy(429, Retry_After="7"),
        busy(504),
        busy(429, Retry_After="Thu, 01 Jan 1970 00:01:40 GMT"),
        ok(),
    ]
    pauses: list[float] = []
    asked = Overpass(remote.url, tmp_path, sleep=pauses.append, clock=lambda: 60.0)
    assert asked.fetch(LIMA_CITY).path.read_text() == WHOLE
    assert pauses == [7.0, 30.0, 40.0]


def test_a_server_that_stays_busy_is_left_alone(remote: Server, tmp_path: Path) -> None:
    """After four questions, or when it asks for an hour, we go away and say so."""
    pauses: list[float] = []
    asked = Overpass(remote.url, tmp_path, sleep=pauses.append)
    remote.answers = [busy(504)] * 4
    with pytest.raises(SourceUnavailable, match="HTTP 504, asked 4 times"):
        asked.fetch(LIMA_CITY)
    assert pauses == [15.0, 30.0, 60.0]
    remote.answers = [busy(429, Retry_After="3600")]
    with pytest.raises(SourceUnavailable, match="HTTP 429, asked 1 time"):
        asked.fetch(LIMA_CITY)


@pytest.mark.parametrize(
    ("answer", "complaint"),
    [
        (ok("<html>Sorry</html>"), "no JSON"),
        (ok(WHOLE[:-9]), "no JSON"),
        (ok(""), "no JSON"),
        (ok("{}"), "no elements"),
        (
            ok('{"elements": [], "remark": "runtime error: Query timed out"}'),
            "gave up: runtime error: Query timed out",
        ),
        (busy(400), "refused the query .HTTP 400"),
    ],
)
def test_half_an_answer_is_none(
    remote: Server, tmp_path: Path, answer: Answer, complaint: str
) -> None:
    """It is refused, not kept, and what was kept before stays."""
    remote.answers = [ok(), answer]
    asked = Overpass(remote.url, tmp_path)
    path = asked.fetch(LIMA_CITY).path
    with pytest.raises(SourceUnavailable, match=complaint):
        asked.fetch(LIMA_CITY, fresh=True)
    assert path.read_text() == WHOLE
    assert list(tmp_path.glob("*.part")) == []


def test_an_empty_answer_is_whole(remote: Server, tmp_path: Path) -> None:
    """A place without places is an answer."""
    remote.answers = [ok('{"elements": []}')]
    assert Overpass(remote.url, tmp_path).fetch(LIMA_CITY).path.exists()


def test_a_packed_answer_is_unpacked(remote: Server, tmp_path: Path) -> None:
    """gzip spares the server three quarters of the bytes."""
    remote.answers = [
        (200, {"Content-Encoding": "gzip"}, gzip.compress(WHOLE.encode()))
    ]
    assert Overpass(remote.url, tmp_path).fetch(LIMA_CITY).path.read_text() == WHOLE


def test_a_server_that_is_away(tmp_path: Path) -> None:
    """The setting to look at is named."""
    with pytest.raises(SourceUnavailable, match="OVERPASS_URL"):
        Overpass("http://127.0.0.1:1/", tmp_path).fetch(LIMA_CITY)


def test_the_query_asks_for_what_we_have_kinds_for() -> None:
    """A bounded square, a time limit, and no memorial that Wikidata doesn't know."""
    text = query(LIMA_CITY)
    assert "[timeout:180][bbox:-12.1331," in text
    assert 'nwr["tourism"~"^(museum|' in text
    assert next(it for it in text.splitlines() if "memorial" in it).endswith(
        '["name"]["wikidata"];'
    )
    assert text.endswith("out center tags qt;")
