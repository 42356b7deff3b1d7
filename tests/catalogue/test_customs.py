"""Hours on religious days, as the places' own hours tell of them."""

from __future__ import annotations

from datetime import date

import pytest

from itinerary_app.catalogue.customs import with_ramadan
from itinerary_app.catalogue.hours import in_doubt, is_known, openings
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.seasons import closed_days
from itinerary_app.model import Place
from itinerary_app.text.words import hours as in_words

RAMADAN, AFTER = date(2027, 2, 15), date(2027, 4, 15)
LIGHT = (400, 1060)  # sunrise and sunset
CATALOGUE = Catalogue()


def of(city: str, place_id: str) -> Place:
    return next(it for it in CATALOGUE.places(city) if it.id == place_id)


def test_kitchens_are_known_to_be_open_after_sunset_only() -> None:
    """By day nobody knows, in Ramadan; on other days the hours hold."""
    place = of("Cairo", "naguib-mahfouz-cafe")
    found = openings(place.hours, RAMADAN, "EG", LIGHT)
    assert all(start >= LIGHT[1] for start, _ in found.surely)
    assert all(end <= LIGHT[1] for _, end in found.perhaps)
    assert found.surely
    assert found.perhaps
    assert not openings(place.hours, AFTER, "EG", LIGHT).perhaps
    assert in_doubt(place.hours, RAMADAN, "EG") == "Ramadan"
    assert in_doubt(place.hours, AFTER, "EG") == ""


def test_sights_may_close_early() -> None:
    """Until three they are open as usual; later nobody knows."""
    hours = of("Cairo", "egyptian-museum").hours
    assert is_known(hours, RAMADAN, 600, 900, "EG", LIGHT)
    assert not is_known(hours, RAMADAN, 600, 960, "EG", LIGHT)
    assert is_known(hours, AFTER, 600, 960, "EG", LIGHT)


@pytest.mark.parametrize("hours", [None, "24/7", "Mo-Su 12:00-23:00"])
def test_no_more_is_said_than_is_so(hours: str | None) -> None:
    """What is unknown stays so, and no other country is touched."""
    place = of("Cairo", "egyptian-museum")._replace(hours=hours)
    assert with_ramadan(place, "FR") is place
    assert (with_ramadan(place, "AE") is place) == (hours in (None, "24/7"))


@pytest.mark.parametrize(
    ("city", "place_id", "closed", "other"),
    [
        ("Prague", "jewish-museum-and-old-jewish-cemetery", (10, 11), (10, 12)),
        ("Prague", "jewish-museum-and-old-jewish-cemetery", (4, 22), (4, 26)),
        ("Berlin", "jewish-museum-berlin", (10, 3), (4, 22)),
        ("Rome", "ba-ghetto", (10, 11), (10, 12)),
        ("Paris", "las-du-fallafel", (10, 16), (10, 18)),
    ],
)
def test_jewish_places_close_on_their_holidays(
    city: str, place_id: str, closed: tuple[int, int], other: tuple[int, int]
) -> None:
    """Some on all of them, museums on the high ones; not on any other day."""
    hours = of(city, place_id).hours
    assert openings(hours, date(2027, *closed)) == ((), ())
    assert any(openings(hours, date(2027, *other)))


@pytest.mark.parametrize(
    ("city", "place_id"),
    [
        ("Istanbul", "blue-mosque"),
        ("Istanbul", "suleymaniye-mosque"),
        ("Cairo", "mosque-of-sultan-hassan"),
        ("Delhi", "jama-masjid"),
        ("Singapore", "sultan-mosque"),
        ("Dubai", "sheikh-zayed-grand-mosque-abu-dhabi"),
    ],
)
def test_mosques_are_closed_to_visitors_at_friday_prayers(
    city: str, place_id: str
) -> None:
    """Around one o'clock, and on Fridays only."""
    hours, friday = of(city, place_id).hours, date(2027, 6, 4)
    for weekday, is_open in ((friday, False), (date(2027, 6, 3), True)):
        found = openings(hours, weekday)
        windows = (*found.surely, *found.perhaps)
        assert any(start < 810 and end > 780 for start, end in windows) == (
            is_open and city not in ("Delhi", "Singapore")  # closed at noon on any day
        )


def test_without_dates_friday_noon_is_no_time_for_a_mosque() -> None:
    """What is closed on one weekday only is left out where nobody knows which it is."""
    found = openings(of("Istanbul", "blue-mosque").hours)
    assert found == ((), ((0, 690), (870, 1440)))
    assert closed_days(of("Florence", "great-synagogue-of-florence").hours) == (
        "Saturdays",
    )


def test_it_is_told_in_words() -> None:
    """Without the syntax, and what is unknown is not called known."""
    assert in_words(of("Istanbul", "blue-mosque")) == (
        "hours: daily at unknown times (not at prayer times); closed Fri 11:30–14:30 "
        "(Friday prayers)"
    )
    assert in_words(of("Krakow", "remuh-synagogue-and-cemetery")) == (
        "known hours: Sun–Fri 09:00–16:00 (closed on Jewish holidays)"
    )
