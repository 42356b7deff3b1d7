"""An import: from the entries of a file to rows, with a report of what was left out."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from itinerary_app.catalogue import countries
from itinerary_app.errors import InvalidInput
from itinerary_app.imports import facts, reading
from itinerary_app.imports.homes import Homes
from itinerary_app.imports.listing import Listing, Skipped
from itinerary_app.model import City, Place
from itinerary_app.storage.database import Database
from itinerary_app.storage.places import Incoming, importing

BATCH = 5_000  # entries
EXAMPLES = 3  # of each reason
UNREAD_HOURS = "hours that could not be read (kept as unknown)"
UNREAD_PRICE = "prices that could not be read (kept as unknown)"
TOO_LONG = f"a text of more than {facts.MAX_FACT:,} characters"
Advance = Callable[[int], object]  # is told how many bytes more were read


@dataclass(slots=True)
class Report:
    """What an import did."""

    entries: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    cities: Counter[str] = field(default_factory=Counter)  # places by name of city
    skipped: Counter[str] = field(default_factory=Counter)  # entries by reason
    unread: Counter[str] = field(default_factory=Counter)  # places by reason
    examples: dict[str, list[str]] = field(default_factory=dict)  # by reason

    @property
    def places(self) -> int:
        return self.new + self.changed + self.same

    def skip(self, reason: str, example: str) -> None:
        self.skipped[reason] += 1
        self._example(reason, example)

    def leave_unknown(self, reason: str, told: str) -> None:
        self.unread[reason] += 1
        self._example(reason, told)

    def _example(self, reason: str, example: str) -> None:
        examples = self.examples.setdefault(reason, [])
        if len(examples) < EXAMPLES and example not in examples:
            examples.append(example)


class Importer:
    """One file into the database. Safe to repeat: what is there already stays."""

    def __init__(
        self, database: Database, known: Sequence[City], *, only: City | None = None
    ) -> None:
        self._database = database
        self._homes = Homes(known, only)
        self._report = Report()
        self._seen: set[str] = set()
        self._put: set[City] = set()

    def run(
        self, path: Path, origin: reading.Origin, *, advance: Advance = lambda _: None
    ) -> Report:
        """All of the file or nothing of it: InvalidInput says where it is broken."""
        with reading.opened(path) as file:
            done = 0
            try:
                entries = reading.entries(file, origin)
                with importing(self._database) as incoming:
                    while batch := list(islice(entries, BATCH)):
                        self._write(incoming, batch)
                        advance(file.tell() - done)
                        done = file.tell()
                    incoming.tell(f"{path.name}: {self._report.places:,} places")
            except InvalidInput as exc:
                raise InvalidInput(f"{path}, {exc} Nothing was imported.") from exc
            advance(os.fstat(file.fileno()).st_size - done)
        return self._report

    def _write(self, incoming: Incoming, batch: Iterable[Listing | Skipped]) -> None:
        rows = list(self._rows(batch))
        for city in {city for city, _ in rows} - self._put:
            incoming.put_city(city)
            self._put.add(city)
        written = incoming.put((city.id, place) for city, place in rows)
        self._report.new += written.new
        self._report.changed += written.changed
        self._report.same += len(rows) - sum(written)

    def _rows(self, batch: Iterable[Listing | Skipped]) -> Iterator[tuple[City, Place]]:
        for entry in batch:
            self._report.entries += 1
            if isinstance(entry, Skipped):
                self._report.skip(*entry)
                continue
            place = entry.place
            example = f"{place.source_id} {place.name}"
            if place.id in self._seen:
                self._report.skip("told before in the same file", example)
                continue
            self._seen.add(place.id)
            if any(isinstance(it, str) and len(it) > facts.MAX_FACT for it in place):
                self._report.skip(TOO_LONG, example)
                continue
            city = self._homes.of(entry)
            if city is None:
                self._report.skip("outside of the city, or of any", example)
                continue
            if entry.unread_hours:
                self._report.leave_unknown(UNREAD_HOURS, entry.unread_hours)
            if entry.price:
                home = countries.currency(city.country)
                if price := facts.price(entry.price, home):
                    place = place._replace(price=price[0], currency=price[1])
                else:
                    self._report.leave_unknown(UNREAD_PRICE, entry.price)
            self._report.cities[city.name] += 1
            yield city, place
