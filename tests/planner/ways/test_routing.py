"""Travel times from a routing server, by a local one that speaks the protocol."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import PlanRequest
from itinerary_app.planner.planner import Planner
from itinerary_app.planner.ways.routing import (
    Osrm,
    Routing,
    Valhalla,
    open_travel_times,
)
from itinerary_app.planner.ways.travel import RIDING_OVERHEAD_MINUTES, Estimates

PLACES = [it for it in Catalogue().places("Paris") if it.approach is None]
WALK, RIDE = 300, 600  # seconds, whatever the places


class Server(ThreadingHTTPServer):
    """A router for which all places are equally far; `mood` is what goes wrong."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.mood = "well"
        self.asked: list[str] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        """OSRM's table service."""
        _, service, rest = self.path.partition("/table/v1/")
        assert service
        profile, rest = rest.split("/")
        points, _, query = rest.partition("?")
        named = dict(part.split("=") for part in query.split("&"))
        assert named["annotations"] == "duration"
        rows, columns = (named[it].split(";") for it in ("sources", "destinations"))
        assert points.count(";") + 1 == len(rows) + len(columns)
        seconds = WALK if profile == "foot" else RIDE
        table: list[list[float | None]] = [[seconds] * len(columns) for _ in rows]
        if self.server.mood == "gaps":
            table = [[None] * len(columns) for _ in rows]
        self._answer({"code": "Ok", "durations": table})

    def do_POST(self) -> None:
        """Valhalla's matrix service."""
        assert self.path == "/sources_to_targets"
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        seconds = WALK if said["costing"] == "pedestrian" else RIDE
        row = [{"time": seconds, "distance": 1} for _ in said["targets"]]
        self._answer({"sources_to_targets": [row for _ in said["sources"]]})

    def _answer(self, answer: dict[str, Any]) -> None:
        self.server.asked.append(self.path)
        mood = self.server.mood
        if mood == "silent":
            self.server.released.wait(30)
            return
        if mood == "refuses":
            answer = {"code": "TooBig", "durations": []}
        if mood == "shortened":
            answer = {key: value[:1] for key, value in answer.items()}
            answer["code"] = "Ok"
        body = b"<html>" if mood == "garbled" else json.dumps(answer).encode()
        self.send_response(500 if mood == "broken" else 200)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing: the tests look at `asked`."""


@pytest.fixture
def server() -> Iterator[Server]:
    """A running router in good mood."""
    server = Server()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.released.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize("kind", ["osrm", "valhalla"])
def test_the_server_tells_the_minutes(server: Server, kind: str) -> None:
    """A short way is walked, a long one ridden, both as long as the server says."""
    ways = open_travel_times(f"{kind}+{server.url}").ways(PLACES, ())
    guess = Estimates().ways(PLACES, ())
    for one in PLACES:
        for other in PLACES:
            if one is other:
                continue
            minutes, mode = ways.hop(one, other)
            assert mode == guess.hop(one, other).mode
            rides = RIDE // 60 + RIDING_OVERHEAD_MINUTES
            assert minutes == (WALK // 60 if mode == "walk" else rides)


def test_a_city_is_asked_for_once(server: Server) -> None:
    """Blocks of 50 by 50 for both profiles, and then memory serves."""
    travel = open_travel_times(f"osrm+{server.url}")
    travel.ways(PLACES, ())
    blocks = (-(-len(PLACES) // 50)) ** 2
    assert len(server.asked) == 2 * blocks
    travel.ways(PLACES, ())
    assert len(server.asked) == 2 * blocks


def test_a_place_in_the_url_names_the_profile(server: Server) -> None:
    """One server a profile: “{profile}” becomes foot or driving."""
    Routing(Osrm(server.url + "/to-{profile}", 5.0), lambda: 0.0).ways(PLACES[:2], ())
    assert [path.split("/")[1] for path in server.asked] == ["to-foot", "to-driving"]


@pytest.mark.parametrize("mood", ["broken", "garbled", "refuses", "shortened"])
def test_bad_answers_are_estimated(
    server: Server, mood: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The plan is made all the same; one warning a minute says why."""
    server.mood = mood
    now = [1000.0]
    travel = Routing(Osrm(server.url, 5.0), lambda: now[0])
    guess = Estimates().ways(PLACES, ())
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            ways = travel.ways(PLACES, ())
            assert ways.source is None
            assert ways.minutes(*PLACES[:2]) == guess.minutes(*PLACES[:2])
    assert len(caplog.records) == 1
    now[0] += 61
    server.mood = "well"
    assert travel.ways(PLACES, ()).source == "OSRM"


def test_a_silent_server_is_not_waited_for(server: Server) -> None:
    """After the timeout estimates serve."""
    server.mood = "silent"
    travel = open_travel_times(f"valhalla+{server.url}", timeout=0.2)
    assert travel.ways(PLACES[:3], ()).source is None


def test_a_server_that_is_away_is_estimated() -> None:
    """Nobody listens: estimates."""
    travel = Routing(Valhalla("http://127.0.0.1:1", 1.0), lambda: 0.0)
    assert travel.ways(PLACES[:3], ()).source is None


def test_ways_that_the_server_does_not_know_are_estimated(server: Server) -> None:
    """An island without a bridge gets the estimate."""
    server.mood = "gaps"
    ways = open_travel_times(f"osrm+{server.url}").ways(PLACES, ())
    guess = Estimates().ways(PLACES, ())
    assert ways.source == "OSRM"
    assert ways.minutes(*PLACES[:2]) == guess.minutes(*PLACES[:2])


@pytest.mark.parametrize(
    "url", ["http://host", "osrm+ftp://host", "graphhopper+http://h"]
)
def test_other_urls_are_refused(url: str) -> None:
    """The complaint names the variable and what it takes."""
    with pytest.raises(ConfigurationError, match="ROUTING_URL must begin with osrm"):
        open_travel_times(url)


def test_plans_say_whose_times_they_are(server: Server) -> None:
    """“by OSRM” when it answered, “estimates” when not; the stops have its minutes."""
    request = PlanRequest("Paris", 1)
    planner = Planner(Catalogue(), travel=open_travel_times(f"osrm+{server.url}"))
    plan = planner.plan(request)
    assert plan.notes[0].startswith("Travel times are by OSRM")
    rides = RIDE // 60 + RIDING_OVERHEAD_MINUTES
    climbs = {it.place.approach.minutes for it in plan.stops if it.place.approach}
    ways = {stop.travel_minutes for stop in plan.stops[1:]}
    usual = {WALK // 60, rides}
    assert ways <= usual | {way + climb for way in usual for climb in climbs}
    guessed = Planner(Catalogue()).plan(request)
    assert guessed.notes[0].startswith("Travel times are estimates")
