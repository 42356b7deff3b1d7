"""The PostgreSQL storage keeps the contract, and what only it can promise."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import psycopg
import pytest

from itinerary_app.errors import CorruptSession, StorageUnavailable
from itinerary_app.model import Message, Pace, Preferences, Role, TripSession
from itinerary_app.storage.base import Changes, Record, SessionStorage, State
from itinerary_app.storage.database import Database, open_database
from itinerary_app.storage.postgres import PostgresStorage
from itinerary_app.storage.statements import LOAD, MESSAGES
from itinerary_app.storage.testing import (
    IDLE,
    OWNER,
    SessionStorageContract,
    itinerary,
    said,
    turn,
)

PROCESSES = multiprocessing.get_context("spawn")


class PostgresContract(SessionStorageContract):
    database: Database
    encryption_keys: ClassVar[Mapping[str, bytes]] = {}

    @pytest.fixture
    def storage(self, database: Database) -> Iterator[PostgresStorage]:
        self.database = database
        storage = PostgresStorage(
            database, pool_size=8, encryption_keys=self.encryption_keys
        )
        yield storage
        storage.close()

    @pytest.fixture(autouse=True)
    def _admin(self, postgresql: psycopg.Connection) -> None:
        postgresql.autocommit = True
        self.admin = postgresql

    def pass_time(self, storage: SessionStorage, by: timedelta) -> None:
        """The database's clock cannot be set, so all rows grow older instead."""
        self.admin.execute(
            "UPDATE sessions SET created_at = created_at - %(by)s, "
            "last_accessed = last_accessed - %(by)s, ends_at = ends_at - %(by)s, "
            "sweep_after = sweep_after - %(by)s",
            {"by": by},
        )

    def damage(self, storage: SessionStorage, session_id: str) -> None:
        self.admin.execute(
            "UPDATE sessions SET preferences = '{\"pace\": 7}' WHERE session_id = %s",
            [session_id],
        )


class TestPostgres(PostgresContract):
    # Processes

    def test_processes_append_gap_free(self, storage: PostgresStorage) -> None:
        """Of two processes' 50 appends each, all stand, seq gap-free and unique."""
        trip = storage.create_session(owner_hash=OWNER)
        args = [
            (self.database.parameters, trip.session_id, name) for name in ("a", "b")
        ]
        with PROCESSES.Pool(2) as pool:
            pool.starmap(append_fifty, args)
        messages = storage.messages(trip.session_id, limit=200)
        assert [message.seq for message in messages] == list(range(1, 101))

    def test_killed_writer_leaves_whole_turns(self, storage: PostgresStorage) -> None:
        """Kill -9 of a writing process leaves whole turns or nothing of them."""
        trip = storage.create_session(owner_hash=OWNER)
        reader, writer = PROCESSES.Pipe(duplex=False)
        process = PROCESSES.Process(
            target=append_forever,
            args=(self.database.parameters, trip.session_id, writer),
        )
        process.start()
        assert reader.poll(30)
        for _ in range(50):
            reader.recv()
        process.kill()
        process.join()
        session = storage.get_session(trip.session_id, history=100_000)
        assert session is not None
        messages = session.conversation_history
        assert len(messages) == session.message_count >= 100
        assert session.clarifying_questions_count * 2 == len(messages)
        for user, assistant in zip(messages[::2], messages[1::2], strict=True):
            assert (user.role, assistant.role) == (Role.USER, Role.ASSISTANT)
            assert assistant.content == f"You said: {user.content}"

    def test_one_session_never_waits_for_another(
        self, storage: PostgresStorage
    ) -> None:
        """While one session's row is locked, another session is written at once."""
        locked = storage.create_session(owner_hash=OWNER)
        other = storage.create_session(owner_hash=OWNER)
        with self.admin.transaction():
            self.admin.execute(
                "SELECT FROM sessions WHERE session_id = %s FOR UPDATE",
                [locked.session_id],
            )
            saved = storage.update_session(
                other.session_id, Changes(), messages=turn("a")
            )
        assert saved.version == 2

    def test_touching_sweeping_and_writing_do_not_deadlock(
        self, storage: PostgresStorage
    ) -> None:
        """Four sweepers, four writers: no error, and each row is deleted once."""
        old = [storage.create_session(owner_hash=OWNER) for _ in range(200)]
        self.pass_time(storage, timedelta(hours=3))
        live = [storage.create_session(owner_hash=OWNER) for _ in range(4)]

        def sweep(_: int) -> int:
            deleted = 0
            while count := storage.delete_expired_sessions(limit=7):
                deleted += count
            return deleted

        def write(trip: TripSession) -> int:
            for number in range(20):
                storage.update_session(trip.session_id, Changes(), messages=turn("a"))
                storage.get_session(trip.session_id, history=number)
            return 0

        with ThreadPoolExecutor(8) as pool:
            sweeps = [pool.submit(sweep, number) for number in range(4)]
            writes = [pool.submit(write, trip) for trip in live]
            deleted = sum(future.result() for future in sweeps + writes)
        deleted += sweep(0)
        assert deleted == len(old)
        assert len(storage.list_sessions(OWNER)) == len(live)

    # What it costs

    def test_reading_costs_the_same_for_any_history(
        self, storage: PostgresStorage
    ) -> None:
        """The last 20 of 10,000 messages come by the index, from few pages."""
        trip = storage.create_session(owner_hash=OWNER)
        for _ in range(10):
            storage.update_session(
                trip.session_id,
                Changes(),
                messages=[said(f"message {n}") for n in range(1_000)],
            )
        self.admin.execute("ANALYZE")
        for statement in (LOAD, MESSAGES):
            plan = self.admin.execute(
                "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + statement,
                {
                    "session_id": trip.session_id,
                    "history": 20,
                    "owner_hash": None,
                    "limit": 20,
                    "before": None,
                },
            ).fetchone()
            assert plan is not None
            top = plan[0][0]["Plan"]
            assert top["Shared Hit Blocks"] + top["Shared Read Blocks"] < 20

    def test_reads_write_twice_a_minute_at_the_most(
        self, storage: PostgresStorage
    ) -> None:
        """A hundred reads in a minute cause two row updates at most."""
        trip = storage.create_session(owner_hash=OWNER)
        self.pass_time(storage, timedelta(minutes=5))
        before = self.row_version(trip)
        versions = set()
        for _ in range(100):
            storage.get_session(trip.session_id)
            versions.add(self.row_version(trip))
        assert len(versions - {before}) <= 2

    def row_version(self, trip: TripSession) -> Any:
        row = self.admin.execute(
            "SELECT ctid::text FROM sessions WHERE session_id = %s", [trip.session_id]
        ).fetchone()
        assert row is not None
        return row[0]

    def test_turn_does_not_rewrite_the_itinerary(
        self, storage: PostgresStorage
    ) -> None:
        """A turn that leaves a large itinerary alone writes little to the log."""
        trip = storage.create_session(owner_hash=OWNER)
        plan = itinerary("".join(chr(0x4E00 + n % 20_000) for n in range(60_000)))
        storage.update_session(trip.session_id, Changes(itinerary=plan))
        self.admin.execute("CHECKPOINT")
        storage.update_session(trip.session_id, Changes(), messages=turn("warm"))
        before = self.log_position()
        storage.update_session(trip.session_id, Changes(), messages=turn("a"))
        assert self.log_position() - before < 20_000

    def log_position(self) -> int:
        row = self.admin.execute(
            "SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn"
        ).fetchone()
        assert row is not None
        return int(row[0])

    # Expiry

    def test_clocks_of_app_and_database_time_zone_do_not_matter(
        self, storage: PostgresStorage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Odd time zones of app and database neither end nor shift a session."""
        name = self.admin.info.dbname
        self.admin.execute(f"ALTER DATABASE \"{name}\" SET timezone = 'Asia/Kolkata'")
        monkeypatch.setenv("TZ", "Pacific/Auckland")
        storage.close()
        trip = storage.create_session(owner_hash=OWNER)
        session = storage.get_session(trip.session_id, touch=False)
        assert session == trip
        assert session.created_at.utcoffset() == timedelta(0)

    # Identity

    def test_a_dump_holds_no_secret(self, storage: PostgresStorage) -> None:
        """Of the owner the tables hold the digest, and nothing else."""
        storage.create_session(owner_hash=OWNER)
        row = self.admin.execute("SELECT sessions::text FROM sessions").fetchone()
        assert row is not None
        assert OWNER.hex() in row[0]

    # Trouble

    @pytest.mark.parametrize(
        "damage",
        [
            "preferences = '{\"pace\": 7}'",
            "preferences = '{\"unknown\": 1}'",
            "itinerary = '[1, 2]'",
            "itinerary = '{\"v\": 99}'",
            'itinerary = \'{"v": 1, "city": []}\'',
            'itinerary = \'{"v": 1, "city": ["\\ud800"]}\'',
        ],
    )
    def test_corrupt_row_is_a_typed_error(
        self, storage: PostgresStorage, damage: str
    ) -> None:
        """An unreadable session raises CorruptSession and is left untouched."""
        trip = storage.create_session(owner_hash=OWNER)
        self.admin.execute(f"UPDATE sessions SET {damage}")
        before = self.row_version(trip)
        with pytest.raises(CorruptSession):
            storage.get_session(trip.session_id)
        assert self.row_version(trip) == before

    def test_another_migration_makes_no_worker_fail_for_ever(
        self, storage: PostgresStorage
    ) -> None:
        """Statements prepared before a column changed are prepared anew, unnoticed."""
        trip = storage.create_session(owner_hash=OWNER).session_id
        storage.get_session(trip)
        self.admin.execute("ALTER TABLE messages ALTER quick_replies TYPE json")
        for number in range(3):
            assert storage.get_session(trip) is not None
            assert (
                storage.update_session(trip, Changes(questions=1)).version == number + 2
            )

    def test_a_connection_to_what_became_read_only_is_given_up(
        self, storage: PostgresStorage, postgresql: psycopg.Connection
    ) -> None:
        """While the server takes no writes it is told and not ready; reads go on. Then
        the next write succeeds, by a new connection.
        """
        name = postgresql.info.dbname
        trip = storage.create_session(owner_hash=OWNER).session_id
        storage.close()
        self.admin.execute(
            f"ALTER DATABASE {name} SET default_transaction_read_only = on"
        )
        deaf = PostgresStorage(self.database, pool_size=1)
        for attempt in (deaf.check, lambda: deaf.update_session(trip, Changes())):
            with pytest.raises(StorageUnavailable):
                attempt()
        assert deaf.get_session(trip, touch=False) is not None
        self.admin.execute(f"ALTER DATABASE {name} RESET ALL")
        assert deaf.update_session(trip, Changes()).version == 2
        deaf.check()
        deaf.close()

    def test_a_session_that_cannot_be_deleted_stops_no_sweep(
        self, storage: PostgresStorage, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The others go, once and for all; it is told of once, by its id and why."""
        keys = [storage.create_session(owner_hash=OWNER).session_id for _ in range(5)]
        self.admin.execute("CREATE TABLE held (id uuid REFERENCES sessions)")
        self.admin.execute("INSERT INTO held VALUES (%s)", [keys[2]])
        self.pass_time(storage, 3 * IDLE)
        assert storage.delete_expired_sessions(limit=3) == 3
        assert storage.delete_expired_sessions(limit=3) == 1
        assert storage.delete_expired_sessions(limit=3) == 0
        assert storage.backlog().sessions == 1
        told = [it.message for it in caplog.records if it.levelname == "ERROR"]
        assert len(told) == 1
        assert keys[2] in told[0]
        assert "held" in told[0]

    @pytest.mark.parametrize(
        "damage",
        [
            "way_back = '7'",
            """way_back = '[{"op": "test", "path": "/plan"}]'""",
            """way_back = '[{"op": "remove", "path": "/plan/days/9"}]'""",
            """way_back = '[{"op": "remove", "path": "plan"}]'""",
            """way_back = '[{"op": "add", "path": "/preferences/x", "value": 1}]'""",
            """way_back = '[{"op": "replace", "path": "/plan", "value": 1}]'""",
        ],
    )
    def test_corrupt_way_back_hides_what_is_behind_it_alone(
        self, storage: PostgresStorage, damage: str
    ) -> None:
        """A patch that does not fit is a typed error for the states behind it."""
        key = storage.create_session(owner_hash=OWNER).session_id
        for note in "abc":
            storage.update_session(key, Changes(itinerary=itinerary(note)))
        self.admin.execute(f"UPDATE plan_versions SET {damage} WHERE number = 2")
        with pytest.raises(CorruptSession):
            storage.state(key, 1)
        state = storage.state(key, 2)
        assert state is not None
        assert state.itinerary == itinerary("b")
        assert len(storage.versions(key)) == 3
        self.admin.execute("UPDATE plan_versions SET acts = '7' WHERE number = 2")
        with pytest.raises(CorruptSession):
            storage.versions(key)
        assert storage.get_session(key) is not None

    def test_what_the_build_before_changes_can_be_undone(
        self, storage: PostgresStorage
    ) -> None:
        """Statements that know nothing of versions make some, and break none."""
        key = storage.create_session(owner_hash=OWNER).session_id
        storage.update_session(key, Changes({"city": "Jaipur"}, itinerary("a")))
        self.admin.execute(
            "UPDATE sessions SET version = version + 1, "
            'preferences = preferences || \'{"pace": "packed"}\', itinerary = '
            "replace(itinerary::text, '\"a\"', '\"b\"')::json"
        )
        self.admin.execute("UPDATE sessions SET last_accessed = now()")
        before = storage.get_session(key)
        assert before is not None
        record = Record([{"act": "Undo"}], before, undone_from=2)
        storage.update_session(
            key, Changes({"pace": None}, itinerary("a"), record=record)
        )
        assert [it.number for it in storage.versions(key)] == [3, 2, 1]
        first, second, third = (storage.state(key, number) for number in (1, 2, 3))
        assert first == third == State(Preferences(city="Jaipur"), itinerary("a"))
        assert second == State(
            Preferences(city="Jaipur", pace=Pace.PACKED), itinerary("b")
        )

    def test_old_versions_are_deleted(self, storage: PostgresStorage) -> None:
        """Those that nobody can see any more lie for some versions at the most."""
        key = storage.create_session(owner_hash=OWNER).session_id
        for number in range(100):
            before = storage.get_session(key, history=0)
            assert before is not None
            record = Record([], before)
            storage.update_session(key, Changes({"spend_limit": number}, record=record))
        query = "SELECT count(*), min(number) FROM plan_versions"
        assert self.admin.execute(query).fetchone() == (68, 33)
        storage.update_session(key, Changes({"spend_limit": 7}))
        assert self.admin.execute(query).fetchone() == (64, 38)

    def test_cut_connections_are_replaced(self, storage: PostgresStorage) -> None:
        """After all idle connections were cut, reads and writes just succeed."""
        trip = storage.create_session(owner_hash=OWNER)
        for number in range(3):
            self.cut_connections()
            saved = storage.update_session(
                trip.session_id, Changes(), messages=[said(str(number))]
            )
            assert saved.messages[0].seq == number + 1
            self.cut_connections()
            assert storage.get_session(trip.session_id) is not None

    def cut_connections(self) -> None:
        # Waits until they are gone: their end must reach the client's socket.
        self.admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )

    def test_failing_updates_leave_no_transaction_open(
        self, storage: PostgresStorage
    ) -> None:
        """After 1,000 failing updates no connection is idle in transaction."""
        self.admin.execute(
            "ALTER TABLE messages ADD CONSTRAINT none_allowed CHECK (seq < 0) NOT VALID"
        )
        trip = storage.create_session(owner_hash=OWNER)
        for _ in range(1_000):
            with pytest.raises(StorageUnavailable):
                storage.update_session(trip.session_id, Changes(), messages=turn("a"))
        row = self.admin.execute(
            "SELECT count(*) FILTER (WHERE state LIKE 'idle in transaction%'), "
            "count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid()"
        ).fetchone()
        assert row is not None
        assert row[0] == 0
        assert 0 < row[1] <= 8
        self.admin.execute("ALTER TABLE messages DROP CONSTRAINT none_allowed")
        saved = storage.update_session(trip.session_id, Changes(), messages=turn("a"))
        assert [message.seq for message in saved.messages] == [1, 2]

    def test_busy_pool_does_not_park_callers(self, database: Database) -> None:
        """With every connection taken, a caller gets an error in bounded time."""
        storage = PostgresStorage(database, pool_size=1)
        trip = storage.create_session(owner_hash=OWNER)
        with self.admin.transaction(), ThreadPoolExecutor(2) as pool:
            self.admin.execute("LOCK TABLE sessions")
            waiting = [
                pool.submit(storage.get_session, trip.session_id) for _ in range(2)
            ]
            for future in waiting:
                with pytest.raises(StorageUnavailable):
                    future.result(timeout=60)
        storage.close()

    def test_preloaded_parent_and_child_share_no_connection(
        self, storage: PostgresStorage
    ) -> None:
        """A child forked from a process with open connections makes its own."""
        trip = storage.create_session(owner_hash=OWNER)
        before = self.backends()
        fork = multiprocessing.get_context("fork")
        ours, childs = fork.Pipe()
        child = fork.Process(
            target=read_and_wait, args=(storage, trip.session_id, childs)
        )
        child.start()
        assert ours.poll(30)
        assert ours.recv() == trip.session_id
        assert self.backends() == before + 1
        ours.send("go")
        child.join()
        assert storage.get_session(trip.session_id) is not None
        assert child.exitcode == 0

    def backends(self) -> int:
        row = self.admin.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        ).fetchone()
        assert row is not None
        return int(row[0])

    @pytest.mark.parametrize(
        "statement",
        [
            "INSERT INTO messages VALUES (%s, 9, 'robot', 'x', null, null, 0, now())",
            "INSERT INTO messages VALUES (%s, 9, 'user', '', null, null, 0, now())",
            "UPDATE messages SET content = repeat('x', 8001) WHERE session_id = %s",
        ],
    )
    def test_database_refuses_what_the_app_would(
        self, storage: PostgresStorage, statement: str
    ) -> None:
        """Roles and lengths are constrained in the database too."""
        trip = storage.create_session(owner_hash=OWNER)
        storage.update_session(trip.session_id, Changes(), messages=turn("a"))
        with pytest.raises(psycopg.errors.CheckViolation):
            self.admin.execute(statement, [trip.session_id])


def append_fifty(parameters: dict[str, Any], session_id: str, name: str) -> None:
    storage = PostgresStorage(Database(parameters), pool_size=1)
    for number in range(50):
        storage.update_session(
            session_id, Changes(), messages=[said(f"{name} {number}")]
        )
    storage.close()


def append_forever(parameters: dict[str, Any], session_id: str, done: Any) -> None:
    storage = PostgresStorage(Database(parameters), pool_size=1)
    number = 0
    while True:
        number += 1
        storage.update_session(
            session_id,
            Changes(questions=1),
            messages=[
                Message(Role.USER, str(number)),
                Message(Role.ASSISTANT, f"You said: {number}"),
            ],
        )
        done.send(number)


def read_and_wait(storage: PostgresStorage, session_id: str, parent: Any) -> None:
    session = storage.get_session(session_id)
    parent.send(session and session.session_id)
    parent.recv()


EVERY_METHOD = [
    lambda s: s.create_session(owner_hash=OWNER),
    lambda s: s.get_session("00000000-0000-4000-8000-000000000000"),
    lambda s: s.update_session("00000000-0000-4000-8000-000000000000", Changes()),
    lambda s: s.update_session(
        "00000000-0000-4000-8000-000000000000",
        Changes(),
        messages=turn("a"),
        turn_key="k",
    ),
    lambda s: s.delete_session("00000000-0000-4000-8000-000000000000"),
    lambda s: s.messages("00000000-0000-4000-8000-000000000000"),
    lambda s: s.list_sessions(OWNER),
    lambda s: s.delete_expired_sessions(limit=1),
    lambda s: s.check(),
]


@pytest.mark.parametrize(("durable", "told"), [(True, "on"), (False, "off")])
def test_durability_is_set_for_every_connection(
    database_url: str, tmp_path: Path, durable: bool, told: str
) -> None:
    """Commits wait for the disk unless the setting says otherwise."""
    database = open_database(database_url, tmp_path, synchronous_commit=durable)
    with psycopg.connect(**database.parameters) as connection:
        assert connection.execute("SHOW synchronous_commit").fetchone() == (told,)


@pytest.mark.parametrize("call", EVERY_METHOD)
def test_every_method_says_when_the_server_is_away(call: Any) -> None:
    """Without a server every method raises StorageUnavailable, no driver error."""
    away = Database({"host": "127.0.0.1", "port": "1", "connect_timeout": "2"})
    storage = PostgresStorage(away, pool_size=1)
    with pytest.raises(StorageUnavailable) as caught:
        call(storage)
    assert "127.0.0.1" not in str(caught.value)
