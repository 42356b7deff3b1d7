"""`make bench`: a turn on our PostgreSQL storage beside the raw driver, in one run.

A turn is: load the session with its newest 20 messages and its itinerary, then append
a user message of 120 and an assistant message of 600 characters and change a
preference. The limit, `raw-2rt` of the design's performance.md, is one SELECT and one
data-modifying CTE on a bare psycopg connection over tables of their own, values parsed
no further than JSON. Both take turns in small rounds; what counts is the median of the
rounds' ratios, since the machine is noisy.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg

from itinerary_app.model import Message, PlanRequest, Role
from itinerary_app.planner.places import Catalogue
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import Changes
from itinerary_app.storage.codec import dump_itinerary
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.postgres import PostgresStorage
from tests.conftest import migrate

OWNER = bytes(32)
USER, ASSISTANT = "u" * 120, "a" * 600
TURNS = 60  # of each contestant in a round
THREADS = 8
RESULTS = Path("bench-results")

RAW_TABLES = """
CREATE TABLE raw_sessions (id uuid PRIMARY KEY, prefs jsonb NOT NULL, itinerary json,
  turn_count int NOT NULL DEFAULT 0, msg_count int NOT NULL DEFAULT 0,
  version int NOT NULL DEFAULT 1, last_accessed timestamptz NOT NULL DEFAULT now())
  WITH (fillfactor = 90);
CREATE TABLE raw_messages (session_id uuid REFERENCES raw_sessions ON DELETE CASCADE,
  seq int, role text, content text, PRIMARY KEY (session_id, seq))
"""
RAW_LOAD = """
SELECT s.prefs, s.itinerary, s.turn_count, s.version, m.seqs, m.roles, m.contents
FROM raw_sessions s LEFT JOIN LATERAL (
  SELECT array_agg(seq) seqs, array_agg(role) roles, array_agg(content) contents
  FROM (SELECT seq, role, content FROM raw_messages WHERE session_id = s.id
        ORDER BY seq DESC LIMIT 20) x) m ON true
WHERE s.id = %(id)s
"""
RAW_SAVE = """
WITH s AS (UPDATE raw_sessions SET prefs = %(prefs)s::jsonb,
    turn_count = turn_count + 1, msg_count = msg_count + 2, version = version + 1,
    last_accessed = now()
  WHERE id = %(id)s AND version = %(version)s RETURNING id, msg_count, version),
m AS (INSERT INTO raw_messages SELECT s.id, s.msg_count - 2 + u.o, u.role, u.content
  FROM s, (VALUES (1, 'user', %(user)s::text), (2, 'assistant', %(reply)s::text))
    u(o, role, content))
SELECT version, msg_count FROM s
"""

Turn = Callable[[], None]


def raw_turn(database: Database, itinerary: str, messages: int) -> Turn:
    connection = psycopg.connect(
        **database.parameters, autocommit=True, prepare_threshold=0
    )
    session = uuid.uuid4()
    connection.execute(
        "INSERT INTO raw_sessions (id, prefs, itinerary, msg_count) "
        "VALUES (%s, '{}', %s, %s)",
        [session, itinerary, messages],
    )
    connection.execute(
        "INSERT INTO raw_messages SELECT %s, n, 'user', repeat('m', 360) "
        "FROM generate_series(1, %s) n",
        [session, messages],
    )

    def turn() -> None:
        row = connection.execute(RAW_LOAD, {"id": session}, binary=True).fetchone()
        assert row is not None
        connection.execute(
            RAW_SAVE,
            {
                "id": session,
                "version": row[3],
                "prefs": json.dumps({"pace": "relaxed"}),
                "user": USER,
                "reply": ASSISTANT,
            },
            binary=True,
        ).fetchone()

    return turn


def our_turn(storage: PostgresStorage, plan: Changes, messages: int) -> Turn:
    session_id = storage.create_session(owner_hash=OWNER).session_id
    storage.update_session(session_id, plan)
    for start in range(0, messages, 1_000):
        count = min(1_000, messages - start)
        storage.update_session(
            session_id, Changes(), messages=[Message(Role.USER, "m" * 360)] * count
        )

    def turn() -> None:
        session = storage.get_session(session_id, touch=False)
        assert session is not None
        storage.update_session(
            session_id,
            Changes({"pace": "relaxed"}, questions=1),
            messages=(Message(Role.USER, USER), Message(Role.ASSISTANT, ASSISTANT)),
            expected_version=session.version,
            turn_key=uuid.uuid4().hex,
        )

    return turn


def seconds(turns: list[Turn]) -> float:
    """For TURNS turns of each, in as many threads as there are turns."""

    def run(turn: Turn) -> None:
        for _ in range(TURNS):
            turn()

    start = time.perf_counter()
    if len(turns) == 1:
        run(turns[0])
    else:
        with ThreadPoolExecutor(len(turns)) as pool:
            list(pool.map(run, turns))
    return time.perf_counter() - start


def compare(raw: list[Turn], ours: list[Turn], rounds: int) -> dict[str, list[float]]:
    """Turns a second of both, per round; who goes first alternates."""
    rates: dict[str, list[float]] = {"raw": [], "ours": []}
    contestants = [("raw", raw), ("ours", ours)]
    for turns in (raw, ours):
        seconds(turns)
    for _ in range(rounds):
        contestants.reverse()
        for name, turns in contestants:
            rates[name].append(TURNS * len(turns) / seconds(turns))
    return rates


def report(label: str, rates: dict[str, list[float]]) -> dict[str, object]:
    ratios = [ours / raw for ours, raw in zip(rates["ours"], rates["raw"], strict=True)]
    line = {
        "workload": label,
        "raw turns/s": round(statistics.median(rates["raw"])),
        "our turns/s": round(statistics.median(rates["ours"])),
        "ratio": round(statistics.median(ratios), 2),
        "from": round(min(ratios), 2),
        "to": round(max(ratios), 2),
    }
    print("  ".join(f"{value!s:>16}" for value in line.values()), flush=True)
    return line


def plot(lines: list[dict[str, object]]) -> None:
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 3.5), layout="constrained")
    places = range(len(lines))
    for shift, name in ((-0.2, "raw turns/s"), (0.2, "our turns/s")):
        bars = axes.bar([p + shift for p in places], [x[name] for x in lines], 0.38)
        bars.set_label(name)
    for place, line in enumerate(lines):
        axes.text(place + 0.2, line["our turns/s"], f"×{line['ratio']}", ha="center")
    axes.set_xticks(list(places), [str(line["workload"]) for line in lines])
    axes.set_title("A turn on PostgreSQL: our storage and the raw driver")
    axes.legend()
    figure.savefig(RESULTS / "turn.svg")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--messages", type=int, nargs="*", default=[20, 2_000])
    options = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    plan = Planner(Catalogue()).plan(PlanRequest("Jaipur", 3))
    text = dump_itinerary(plan)
    print(f"itinerary: {len(text):,} bytes; {options.rounds} rounds of {TURNS} turns")
    with tempfile.TemporaryDirectory() as folder:
        database = open_database("embedded:", Path(folder))
        migrate(autocommit=True, **database.parameters)
        with psycopg.connect(**database.parameters) as connection:
            connection.execute(RAW_TABLES)
        storage = PostgresStorage(database, pool_size=THREADS)
        changes = Changes(itinerary=plan)
        names = ("workload", "raw turns/s", "our turns/s", "ratio", "from", "to")
        print("  ".join(f"{name:>16}" for name in names))
        lines = []
        for messages in options.messages:
            rates = compare(
                [raw_turn(database, text, messages)],
                [our_turn(storage, changes, messages)],
                options.rounds,
            )
            lines.append(report(f"1 client, {messages:,}", rates))
        rates = compare(
            [raw_turn(database, text, 20) for _ in range(THREADS)],
            [our_turn(storage, changes, 20) for _ in range(THREADS)],
            options.rounds,
        )
        lines.append(report(f"{THREADS} threads, 20", rates))
        storage.close()
    (RESULTS / "turn.json").write_text(json.dumps(lines, indent=2))
    plot(lines)
    print(f"written: {RESULTS}/turn.json, {RESULTS}/turn.svg")


if __name__ == "__main__":
    main()
