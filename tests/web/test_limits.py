"""Nobody crowds out another, and who is refused loses nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import psycopg
import pytest
import redis
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.errors import ConfigurationError, TooMany
from itinerary_app.storage.base import MAX_LISTED_TRIPS, MAX_MESSAGES, Changes
from itinerary_app.storage.testing import said
from itinerary_app.web.gate import Gate
from tests.waiting import until
from tests.web.talk import Caller
from tests.web.test_pages import Traveller

HELLO = {"text": "hello"}


class From(Traveller):
    """A browser at this address."""

    def __init__(self, app: Flask, address: str) -> None:
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = address
        super().__init__(client)


def calls(app: Flask, address: str, forwarded: str = "") -> Caller:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    if forwarded:
        client.environ_base["HTTP_X_FORWARDED_FOR"] = forwarded
    return Caller(client)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """With limits that are soon reached."""
    return replace(settings, limit_requests=40, limit_turns=8, limit_new_trips=5)


def statuses(caller: Caller, count: int) -> list[int]:
    return [caller.create().status_code for _ in range(count)]


def test_trips_cannot_be_begun_without_end(app: Flask) -> None:
    """An address is refused after its share, told when to come again, and another
    address is not; a network of IPv6 is one address.
    """
    greedy = calls(app, "198.51.100.7")
    assert statuses(greedy, 6) == [201] * 5 + [429]
    refused = greedy.create()
    assert int(refused.headers["Retry-After"]) > 0
    assert refused.headers["RateLimit-Remaining"] == "0"
    assert "Wait a moment" in refused.json["detail"]
    assert statuses(calls(app, "198.51.100.8"), 1) == [201]
    assert statuses(calls(app, "2001:db8::1"), 5) == [201] * 5
    assert statuses(calls(app, "2001:db8::2"), 1) == [429]


def test_a_trip_cannot_be_talked_to_without_end(app: Flask) -> None:
    """Of an address's turns one trip has a half, whoever sends them."""
    caller = calls(app, "198.51.100.7")
    path = caller.begin()
    said_to = [caller.call("POST", f"{path}/messages", json=HELLO) for _ in range(5)]
    assert [it.status_code for it in said_to] == [201] * 4 + [429]
    other = calls(app, "203.0.113.9")
    other.token = caller.token
    assert other.call("POST", f"{path}/messages", json=HELLO).status_code == 429


def test_who_looks_on_has_a_limit_of_his_own(app: Flask) -> None:
    """Pages that ask whether others changed their trip take nothing from the others of
    their network, and have an end all the same.
    """
    caller = calls(app, "198.51.100.7")
    path = caller.begin().replace("/api/v1/sessions", "/trips") + "/version"
    asked = [caller.call("GET", path).status_code for _ in range(401)]
    assert asked == [200] * 400 + [429]
    assert caller.create().status_code == 201


def test_pages_have_a_limit_of_their_own(app: Flask) -> None:
    """Looking is limited by address, too; health checks never are."""
    caller = calls(app, "198.51.100.7")
    seen = [caller.call("GET", "/").status_code for _ in range(41)]
    assert seen == [200] * 40 + [429]
    free = [caller.call("GET", path).status_code for path in ("/livez", "/readyz")]
    assert free == [200, 200]


def test_what_was_typed_is_not_lost(app: Flask) -> None:
    """Who is refused finds the text in a form, on the start page and in a trip."""
    asha = From(app, "198.51.100.7")
    trip = asha.plans("I would like to visit Jaipur")
    for _ in range(4):
        asha.send(trip.writing, text="hello")
    refused = asha.send(trip.writing, text="no museums, please")
    assert refused.status == 429
    assert refused.writing.fields["text"] == "no museums, please"
    start = asha.get("/")
    for number in range(5):
        answer = asha.send(start.writing, text=f"2 days in Kyoto {number}")
    assert answer.status == 429
    assert answer.writing.fields["text"] == "2 days in Kyoto 4"


def test_an_unknown_proxy_does_not_make_all_one(app: Flask) -> None:
    """Behind a proxy that TRUSTED_PROXIES does not count nobody is refused for what
    others do.
    """
    assert statuses(calls(app, "10.0.0.1", "198.51.100.7"), 8) == [201] * 8
    assert 429 in statuses(calls(app, "44.0.0.1", "203.0.113.1"), 6)


def test_a_travellers_turns_take_turns() -> None:
    """Inside a gate there is one at a time; two wait for it, and the fourth is
    refused at once.
    """
    gate, inside, go_on = (
        Gate(at_once=1, in_line=2),
        threading.Event(),
        threading.Event(),
    )
    at_once = []

    def passes() -> None:
        with gate.passing("asha"):
            at_once.append(1)
            assert sum(at_once) == 1
            inside.set()
            go_on.wait(60)
            at_once.pop()

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(passes)
        assert inside.wait(60)
        others = [pool.submit(passes) for _ in range(2)]
        until(lambda: gate.count("asha") == 3)
        with pytest.raises(TooMany), gate.passing("asha"):
            pass
        with gate.passing("ben"):
            pass
        go_on.set()
        for done in (first, *others):
            done.result(60)
    assert gate.count("asha") == 0


def test_who_waits_too_long_is_refused() -> None:
    """A place in the line is for a while, and free again afterwards."""
    gate = Gate(at_once=1, in_line=1, patience=0.01)
    with gate.passing("asha"):
        with pytest.raises(TooMany), gate.passing("asha"):
            pass
        assert gate.count("asha") == 1


def test_trips_and_messages_have_a_number(app: Flask) -> None:
    """The 101st trip of a traveller and the 2,001st message are refused, with what to
    do, and what is there stays.
    """
    with app.app_context():
        parts = services()
        owner = bytes(range(32))
        for number in range(MAX_LISTED_TRIPS):
            trip = parts.conversation.start(owner, turn_key=str(number))
        with pytest.raises(Exception, match="Delete one"):
            parts.conversation.start(owner)
        assert parts.conversation.start(owner, turn_key="0").session_id
        for _ in range(MAX_MESSAGES // 500):
            parts.storage.update_session(
                trip.session_id, Changes(), messages=[said("a")] * 500
            )
        with pytest.raises(Exception, match="Begin another trip"):
            parts.conversation.send(trip.session_id, "b", "k", owner_hash=owner)


@pytest.mark.parametrize("url", ["postgresql://x", "memory", "file:///tmp"])
def test_a_store_that_cannot_count_is_refused(url: str) -> None:
    """LIMIT_STORE_URL is a Redis, the app's own PostgreSQL, or unset."""
    env = {"APP_ENV": "development", "LIMIT_STORE_URL": url}
    with pytest.raises(ConfigurationError, match="LIMIT_STORE_URL must be"):
        Settings.from_env(env)


def test_the_database_counts_where_there_is_one() -> None:
    """A storage without tables cannot, and says so at the start."""
    env = {"APP_ENV": "development", "LIMIT_STORE_URL": "database:"}
    assert Settings.from_env(env).limit_store_url == "database:"
    with pytest.raises(ConfigurationError, match="needs a PostgreSQL"):
        Settings.from_env({**env, "DATABASE_URL": "redis://localhost"})


@pytest.fixture
def by_redis(settings: Settings, redis_url: str) -> Settings:
    server = redis_url.removesuffix("/0") + "/8"
    redis.Redis.from_url(server).flushdb()
    return replace(settings, limit_store_url=server)


@pytest.fixture
def by_database(settings: Settings, database_url: str) -> Settings:
    return replace(settings, storage_url=database_url, limit_store_url="database:")


@pytest.mark.parametrize("store", ["by_redis", "by_database"])
def test_workers_count_together(store: str, request: pytest.FixtureRequest) -> None:
    """By a Redis of their own, or the app's database, limits of two processes are
    one.
    """
    shared = request.getfixturevalue(store)
    one, other = (create_app(shared) for _ in range(2))
    address = "192.0.2.33"
    assert statuses(calls(one, address), 3) + statuses(calls(other, address), 3) == [
        *([201] * 5),
        429,
    ]
    refused = calls(other, address).create()
    assert 0 < int(refused.headers["Retry-After"]) <= 61
    assert statuses(calls(other, "192.0.2.34"), 1) == [201]


def test_the_database_holds_no_address(
    by_database: Settings, postgresql: psycopg.Connection
) -> None:
    """What is counted stands there as an HMAC, and goes when its minutes are over."""
    app = create_app(by_database)
    assert statuses(calls(app, "192.0.2.33"), 1) == [201]
    kept = postgresql.execute("SELECT key FROM request_counts").fetchall()
    assert kept
    assert {len(key) for (key,) in kept} == {16}


def test_while_the_database_is_away_each_counts_for_itself(
    by_database: Settings, postgresql: psycopg.Connection
) -> None:
    """No page is lost by it, and the limits hold in each process."""
    app = create_app(by_database)
    postgresql.execute("ALTER TABLE request_counts RENAME TO away")
    postgresql.commit()
    seen = statuses(calls(app, "192.0.2.33"), 6)
    assert seen == [201] * 5 + [429]
