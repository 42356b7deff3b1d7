"""Whether the recorded events of one session fit each other, and what stands now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from itinerary_app.storage.base import MAX_VERSIONS


class Event(NamedTuple):
    """One event of a session, as it is kept; `payload` is what was hashed of it."""

    session_id: UUID
    seq: int
    at: datetime
    version: int
    kind: str
    detail: str
    db_role: str
    actor: str | None
    request_id: str | None
    hash: bytes
    payload: str


class Standing(NamedTuple):
    """What the tables hold of a session now, as digests."""

    session_id: UUID
    version: int
    preferences: str
    plan: str | None
    messages: dict[str, str] | None
    versions: dict[str, str] | None


class Damage(NamedTuple):
    """What does not fit, and where."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where} {self.what}."


def check_chain(
    session_id: UUID, events: Sequence[Event], standing: Standing | None
) -> Iterator[Damage]:
    """Each event that does not follow from the one before; then, if all do, whether
    the last one leads to what stands.
    """
    where = f"session {session_id}"
    # Digests of what is left of the events that migration 0009 shortened.
    redacted = " ".join(event.detail for event in events if event.kind == "redacted")
    intact, before, due = True, b"", 1
    for event in events:
        here = f"{where}, event {event.seq}"
        if event.seq != due:
            intact = False
            gap = (
                f"{due} is" if event.seq == due + 1 else f"{due} to {event.seq - 1} are"
            )
            yield Damage(f"{where}, event {gap}", "missing")
        elif not _follows(event, before, redacted):
            intact = False
            yield Damage(here, "was changed, moved or put in, or the one before it")
        before, due = event.hash, event.seq + 1
    if not intact:
        return
    told = _Told()
    try:
        for event in events:
            told = _Told() if event.kind == "created" else told
            told.learn(event)
        wrong = told.against(standing)
    except (AttributeError, KeyError, TypeError, ValueError):
        wrong = "has a detail that no trigger of ours wrote"
    if wrong:
        last = f", after event {events[-1].seq}," if events else ""
        yield Damage(f"{where}{last}", wrong)


def _follows(event: Event, before: bytes, redacted: str) -> bool:
    payload = event.payload.encode()
    if hashlib.sha256(before + payload).digest() == event.hash:
        return True
    return hashlib.sha256(payload).hexdigest() in redacted


@dataclass
class _Told:
    """What the events so far say of a session."""

    alive: bool = False
    version: int = 0
    preferences: str | None = None  # unknown, as of a time before digests
    plan: str | None = None
    messages: dict[int, str] = field(default_factory=dict)
    versions: dict[int, str] = field(default_factory=dict)
    # Of what was there before the trail no digest is known; nor, where the digests
    # begin with the owner's hash, of what was there for another owner.
    plan_known: bool = True
    messages_known_after: int = 0
    versions_known_after: int = 0

    def learn(self, event: Event) -> None:
        detail = json.loads(event.detail)
        self.version = event.version
        match event.kind:
            case "created":
                self.alive, self.preferences = True, detail.get("sha256")
            case "adopted":
                self.alive, self.preferences = True, detail.get("sha256")
                self._forget_digests(detail["messages"])
            case "preferences":
                self.preferences = detail.get("sha256")
            case "itinerary":
                self._planned(detail)
            case "turn":
                self._said(detail["messages"])
                self.preferences = detail.get("preferences", self.preferences)
                if "itinerary" in detail:
                    self._planned(detail["itinerary"])
                if "version" in detail:
                    self._kept(detail["version"])
            case "messages":
                self._said(detail)
            case "edited":
                self.messages.pop(detail["old_seq"], None)
                self.messages[detail["seq"]] = detail["sha256"]
            case "removed":
                self.messages.pop(detail["seq"], None)
            case "version":
                self._kept(detail)
            case "changed":
                if detail["owner"] == "changed":
                    self._forget_digests(detail["messages"])
                    self.preferences = None
            case "exported" | "shared" | "unshared" | "companion" | "redacted":
                pass
            case _:
                self.alive = False

    def _said(self, messages: Iterable[Mapping[str, Any]]) -> None:
        self.messages |= {it["seq"]: it["sha256"] for it in messages}

    def _planned(self, plan: Mapping[str, Any]) -> None:
        self.plan, self.plan_known = plan["sha256"], True

    def _kept(self, version: Mapping[str, Any]) -> None:
        self.versions[version["number"]] = version["sha256"]

    def _forget_digests(self, messages: int) -> None:
        self.messages.clear()
        self.messages_known_after = messages
        self.versions_known_after = max(self.versions, default=0)
        self.plan_known = False

    def against(self, standing: Standing | None) -> str | None:
        """How what stands differs from what was told, if it does."""
        if standing is None:
            return "is gone, and no event tells why" if self.alive else None
        if not self.alive:
            return "lives, and no event tells how it began"
        if standing.version != self.version:
            return f"is at version {standing.version}, told is {self.version}"
        if self.preferences not in (None, standing.preferences):
            return "has other preferences than were told"
        if self.plan_known and standing.plan != self.plan:
            return "has another itinerary than was told"
        known_after = self.messages_known_after
        for seq in _different(standing.messages, self.messages, known_after):
            return f"has another message {seq} than was told"
        newest = max(self.versions, default=0)
        known_after = max(self.versions_known_after, newest - MAX_VERSIONS)
        for number in _different(standing.versions, self.versions, known_after):
            return f"has another version {number} of its plan than was told"
        return None


def _different(
    standing: dict[str, str] | None, told: dict[int, str], known_after: int
) -> Iterator[int]:
    """Which digests are others than those told, of those that are known."""
    stored = {int(number): digest for number, digest in (standing or {}).items()}
    for number in sorted(stored.keys() | told.keys()):
        if number > known_after and stored.get(number) != told.get(number):
            yield number
