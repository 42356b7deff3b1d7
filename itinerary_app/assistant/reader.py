"""The contract of a reader: from what a traveller says to acts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from itinerary_app.acts.acts import Act
from itinerary_app.acts.focus import Focus
from itinerary_app.model import City, Itinerary, Place, Preferences


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a message may be read in the light of.

    `places` are those of the trip's cities, () while there is none. `today` is UTC's.
    By `session_id` a reader that costs money counts; None: it is not counted.
    """

    today: date
    cities: Sequence[City]  # covered
    preferences: Preferences = field(default_factory=Preferences)
    itinerary: Itinerary | None = None
    places: Sequence[Place] = ()
    focus: Focus = field(default_factory=Focus)
    session_id: str | None = None


@dataclass(frozen=True, slots=True)
class Understanding:
    """The acts of a message, in its order, with references as they were made.

    `quotes` has for each act the words that it was read from; `unread` the words that
    could not be read and are no courtesy; with `unsure` they may change what the acts
    mean, which are to be proposed only. `language` is an ISO 639-1 code; of another
    than English nothing is read. `faults` are unread dates and numbers that cannot be,
    as they were written, each with the sentence why.
    """

    acts: tuple[Act, ...] = ()
    quotes: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    language: str = "en"
    unsure: bool = False
    faults: tuple[tuple[str, str], ...] = ()
    supposed: tuple[tuple[Act, Act], ...] = ()
    month: str = ""  # "in March", of which no day was told

    @property
    def meant(self) -> tuple[Act, ...]:
        """The acts with what they imply."""
        more = dict(self.supposed)
        return tuple(more.get(act, act) for act in self.acts)


class Reader(ABC):
    """Keeps no state and does no storage I/O."""

    @abstractmethod
    def read(self, text: str, scene: Scene) -> Understanding:
        """What `text` says. Never raises for odd input."""
