"""Sessions in Redis or Valkey: one transaction to load, one script to save.

Enable with DATABASE_URL=redis://host:port/0, rediss://… or redis+cluster://…. A
session is a hash (state), a list (messages), a hash (turn keys) and a list (versions),
in one slot of a cluster by their common {id}; they expire together, by the server's
clock. Analytics and audit across sessions are PostgreSQL's; Redis keeps trips and
nothing else.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import OutOfMemoryError, RedisClusterException, RedisError

from itinerary_app.errors import (
    SessionNotFound,
    StorageUnavailable,
    VersionConflict,
)
from itinerary_app.model import Message, TripSession, TripSummary
from itinerary_app.storage import scripts
from itinerary_app.storage.base import (
    MAX_LISTED_TRIPS,
    Changes,
    Expiry,
    KeptVersion,
    ListCursor,
    Mark,
    PlanVersion,
    Portable,
    Reencryptable,
    Saved,
    SessionStorage,
    Snapshot,
    State,
)
from itinerary_app.storage.circuit import Circuit
from itinerary_app.storage.codec import (
    MAX_SEQ,
    check_limit,
    check_owner,
    clean,
    dump_json,
    empty_session,
    new_session_uuid,
    session_uuid,
    storable,
    storable_itinerary,
    storable_preferences,
)
from itinerary_app.storage.encryption import Encryption
from itinerary_app.storage.listing import check_page
from itinerary_app.storage.redis_reading import (
    PREFIX,
    index_of,
    keys_of,
    read_fields,
    read_holders,
    read_index,
    read_list,
    read_session,
    read_versions,
    read_whole,
)
from itinerary_app.storage.redis_reencrypting import reencrypt_arguments
from itinerary_app.storage.redis_restoring import restore_arguments
from itinerary_app.storage.redis_server import (
    ANSWER_WITHIN,
    connect,
    probe,
    verify_writable,
)
from itinerary_app.storage.redis_values import (
    EPOCH,
    PREFERENCE,
    dump_companions,
    dump_message,
    dump_version,
    holders_of,
    instant,
    is_touch_due,
    load_messages,
    load_session,
    load_summary,
    load_versions,
    micros,
    plan_argument,
    right_in,
)
from itinerary_app.storage.versions import (
    dump_acts,
    expected,
    listed,
    state_at,
    up_to,
    way_back,
)

logger = logging.getLogger(__name__)

ALL = 2**31 - 1  # messages
VERSION_OF = (b"version", b"owner", b"companions")


class RedisStorage(SessionStorage, Portable, Reencryptable):
    """Each method is one script, but where it says."""

    def __init__(
        self,
        url: str,
        *,
        expiry: Expiry | None = None,
        pool_size: int = 8,
        answer_within: float = ANSWER_WITHIN,
        encryption_keys: Mapping[str, bytes] | None = None,
    ) -> None:
        self._expiry = expiry or Expiry()
        self._encryption = Encryption(encryption_keys)
        self._client = connect(url, pool_size=pool_size, answer_within=answer_within)
        self.circuit: Circuit = Circuit(partial(probe, url))
        # A script is sent by its digest, and whole where the server does not know it.
        register = self._client.register_script
        self._create = register(scripts.CREATE)
        self._index = register(scripts.INDEX)
        self._read = register(scripts.READ)
        self._touch = register(scripts.TOUCH_SESSION)
        self._save = register(scripts.SAVE)
        self._change_owner = register(scripts.CHANGE_OWNER)
        self._page = register(scripts.MESSAGES)
        self._restore = register(scripts.RESTORE)
        self._discard = register(scripts.DISCARD)
        self._reencrypt = register(scripts.REENCRYPT)

    def create_session(
        self, *, owner_hash: bytes, session_id: str | None = None
    ) -> TripSession:
        """Two scripts: the owner's index may name a session that never came to be."""
        key = str(new_session_uuid(session_id, owner_hash))
        owner, lifetime = owner_hash.hex(), micros(self._expiry.lifetime)
        self._run(self._index, [index_of(owner)], [key, lifetime, 0])
        created = self._run(
            self._create,
            keys_of(key),
            [owner, micros(self._expiry.idle), lifetime],
        )
        if created is not None:
            return empty_session(key, owner_hash, instant(created), self._expiry)
        session = self.get_session(key, owner_hash=owner_hash, history=0, touch=False)
        if session is None or session.owner_hash != owner_hash:  # a companion's is not
            raise SessionNotFound(key)
        return session

    def get_session(
        self,
        session_id: str,
        *,
        owner_hash: bytes | None = None,
        history: int = 20,
        touch: bool = True,
    ) -> TripSession | None:
        check_limit("history", history)
        if session_uuid(session_id) is None:
            return None
        state, said, lives = self._run(read_session, self._read, session_id, history)
        if not state or (owner_hash is not None and not right_in(state, owner_hash)):
            return None
        session = load_session(session_id, state, said, self._encryption)
        if touch and is_touch_due(session_id, state, lives):
            # At most once a minute and session; the common read stays one round trip.
            accessed = self._touched(session_id, state[b"accessed"])
            if not accessed:
                return None
            return replace(session, last_accessed=instant(accessed))
        return session

    def _touched(self, session_id: str, accessed: bytes) -> bytes | None:
        """When it was used last, as it was before where the server is full."""
        try:
            touched: bytes | None = self._run(self._touch, keys_of(session_id))
        except StorageUnavailable as exc:
            if not isinstance(exc.__cause__, OutOfMemoryError):
                raise
            return accessed
        return touched

    def version(self, session_id: str, *, owner_hash: bytes) -> int | None:
        if session_uuid(session_id) is None:
            return None
        state = self._run(read_fields, self._client, session_id, *VERSION_OF)
        return int(state[b"version"]) if right_in(state, owner_hash) else None

    def update_session(
        self,
        session_id: str,
        changes: Changes,
        *,
        messages: Sequence[Message] = (),
        expected_version: int | None = None,
        turn_key: str | None = None,
    ) -> Saved:
        appended = storable(messages, turn_key)
        preferences = storable_preferences(changes)
        plan = storable_itinerary(changes.itinerary)
        acts, record = dump_acts(changes.record), changes.record
        expected_version = expected(session_id, changes, expected_version)
        if session_uuid(session_id) is None:
            raise SessionNotFound(session_id)
        recorded, encryption = "", self._encryption
        if record:
            before = State.of(record.before)
            back = way_back(before, preferences, plan)
            number = record.before.plan_version + 1
            acts, back = encryption.encrypt_version(session_id, number, acts, back)
            recorded = dump_version(acts, back, record)
        arguments: list[str | int | bytes] = [
            "" if expected_version is None else expected_version,
            "" if turn_key is None else clean(turn_key),
            changes.questions,
            plan_argument(encryption, session_id, plan),
            recorded,
            *self._expiring(session_id, changes),
            len(preferences),
        ]
        for name, value in encryption.encrypt_preferences(
            session_id, preferences
        ).items():
            arguments += [PREFERENCE + name, "" if value is None else dump_json(value)]
        arguments += [
            dump_message(encryption.encrypt_message(session_id, it)) for it in appended
        ]
        # Only what stands once however often it is sent may be sent again.
        repeatable = turn_key is not None and bool(appended)
        outcome, *rest = self._run(
            self._save, keys_of(session_id), arguments, repeatable=repeatable
        )
        if outcome == b"gone":
            raise SessionNotFound(session_id)
        version = int(rest[0])
        if outcome == b"conflict":
            raise VersionConflict(
                session_id, expected=expected_version or 0, actual=version
            )
        first = int(rest[1])
        if outcome == b"replayed":
            said = load_messages(session_id, first, rest[2], self._encryption)
            return Saved(version, said, replayed=True)
        now = instant(rest[2])
        return Saved(
            version,
            tuple(
                message._replace(seq=seq, created_at=now)
                for seq, message in enumerate(appended, start=first)
            ),
        )

    def delete_session(self, session_id: str) -> bool:
        if session_uuid(session_id) is None:
            return False
        keys = keys_of(session_id)
        return bool(self._run(self._client.delete, *keys, repeatable=False))

    def change_owner(self, owner_hash: bytes, new_hash: bytes) -> int:
        """A round trip, and two for each session."""
        check_owner(new_hash)
        old, new = owner_hash.hex(), new_hash.hex()
        changed = 0
        for key, ends in self._run(read_index, self._client, old):
            self._run(self._index, [index_of(new)], [key, 0, ends])
            changed += self._run(self._change_owner, keys_of(key), [old, new])
        return changed

    def messages(
        self, session_id: str, *, before: int | None = None, limit: int = 50
    ) -> list[Message]:
        check_limit("limit", limit)
        before = None if before is None else min(before, MAX_SEQ)
        found = session_uuid(session_id) and self._run(
            self._page, keys_of(session_id), ["" if before is None else before, limit]
        )
        if not found:
            raise SessionNotFound(session_id)
        first, said = found
        return list(load_messages(session_id, first, said, self._encryption))

    def versions(self, session_id: str, *, limit: int = 50) -> list[PlanVersion]:
        check_limit("limit", limit)
        return listed(session_id, self._versions(session_id)[:limit])

    def state(self, session_id: str, number: int) -> State | None:
        """Two transactions; a version made between them does not count."""
        session = self.get_session(session_id, history=0, touch=False)
        if session is None:
            raise SessionNotFound(session_id)
        return state_at(session, self._versions(session_id), number)

    def list_sessions(
        self,
        owner_hash: bytes,
        *,
        after: ListCursor | None = None,
        limit: int = MAX_LISTED_TRIPS,
    ) -> list[TripSummary]:
        """Three round trips: of all its owner's but those listed, little is read."""
        check_page(after, limit)
        owner = owner_hash.hex()
        listed = self._run(read_list, self._client, owner, after, limit)
        return [
            replace(load_summary(key, it, self._encryption), right=right)
            for key, it, right in listed
        ]

    def delete_expired_sessions(self, *, limit: int) -> int:
        """0: Redis deletes what expired by itself."""
        check_limit("limit", limit)
        return 0

    def check(self) -> None:
        """By a write to each server: a replica answers, too, and keeps nothing."""
        self._run(verify_writable, self._client)

    def close(self) -> None:
        self._client.close()

    def session_ids(self, *, after: str = "") -> Iterator[str]:
        """Looks through all keys first: Redis has no order of sessions."""
        keys = self._run(
            lambda: set(self._client.scan_iter(f"{PREFIX}:{{*}}:state", count=1_000))
        )
        ids = (key.decode().split("{")[1].split("}")[0] for key in keys)
        yield from sorted(key for key in ids if key > after)

    def snapshot(self, session_id: str) -> Snapshot | None:
        session = self.get_session(session_id, history=ALL, touch=False)
        if session is None:
            return None
        try:
            versions = self._versions(session_id)
        except SessionNotFound:
            return None
        return Snapshot(session, up_to(session, versions))

    def restore(self, snapshot: Snapshot) -> bool:
        """Two scripts, as creation."""
        session_id, owner = snapshot.session.session_id, snapshot.session.owner_hash
        ends = micros(snapshot.session.ends_at - EPOCH)
        for it in (owner.hex(), *holders_of(snapshot.session.companions)):
            self._run(self._index, [index_of(it)], [session_id, 0, ends])
        arguments = restore_arguments(snapshot, self._encryption)
        return bool(self._run(self._restore, keys_of(session_id), arguments))

    def discard(self, session_id: str, mark: Mark) -> bool:
        expected = [mark.version, micros(mark.created_at - EPOCH)]
        return bool(self._run(self._discard, keys_of(session_id), expected))

    def kept_ids(self, *, after: str = "") -> Iterator[str]:
        return self.session_ids(after=after)  # what has expired is gone

    def reencrypt(self, session_id: str) -> bool | None:
        """A transaction and a script."""
        if session_uuid(session_id) is None:
            return None
        kept = self._run(read_whole, self._client, session_id)
        if not kept.state:
            return None
        arguments = reencrypt_arguments(session_id, kept, self._encryption)
        if not any(arguments):
            return False
        written = self._run(self._reencrypt, keys_of(session_id), arguments)
        return True if written else None

    def _expiring(self, session_id: str, changes: Changes) -> list[str | int]:
        """Expiry and companions as SAVE wants them; the indexes of all who have the
        session have to know it before, and for as long.
        """
        expiry, companions = changes.expiry, changes.companions
        if expiry is None and companions is None:
            return ["", "", ""]
        held = self._run(read_holders, self._client, session_id)
        if held is None:
            raise SessionNotFound(session_id)
        ends, holders = held
        lifetime = micros(expiry.lifetime) if expiry else 0
        for it in {*holders, *holders_of(companions or ())}:
            self._run(self._index, [index_of(it)], [session_id, lifetime, ends])
        return [
            micros(expiry.idle) if expiry else "",
            lifetime or "",
            "" if companions is None else dump_companions(companions),
        ]

    def _versions(self, session_id: str) -> list[KeptVersion]:
        """The newest first, none of before the build before wrote once more.

        Raises SessionNotFound.
        """
        if session_uuid(session_id) is None:
            raise SessionNotFound(session_id)
        (version, seen, newest), stored = self._run(
            read_versions, self._client, session_id
        )
        if version is None:
            raise SessionNotFound(session_id)
        kept = stored if newest and seen == version else []
        return load_versions(session_id, int(newest or 0), kept, self._encryption)

    def _run(
        self, call: Callable[..., Any], *arguments: Any, repeatable: bool = True
    ) -> Any:
        """The answer of one command or script; its errors become ours here.

        A connection that breaks on the way leaves open whether the command was
        carried out, so only a `repeatable` one is sent a second time.
        """
        try:
            with self.circuit.passing():
                try:
                    return call(*arguments)
                except ConnectionLost:
                    if not repeatable:
                        raise
                    return call(*arguments)
        except (RedisError, RedisClusterException, OSError) as exc:
            logger.warning("Redis failed: %s: %s", type(exc).__name__, exc)
            raise StorageUnavailable from exc
