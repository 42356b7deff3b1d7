"""A plan as a picture: of the size that previews want, whatever the plan."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from PIL import Image

from itinerary_app.config import STATIC
from itinerary_app.exports import card

ROME = ((41.890, 12.492), (41.899, 12.477), (41.906, 12.456))
HERE = ((41.890, 12.492),)
MAP = (card.TEXT + 10, 0, card.WIDTH, card.HEIGHT)


def png(title: str, *days: tuple[card.Point, ...], cities: int = 1) -> bytes:
    parts = (card.City("Rome", 1, days),) * cities
    return card.draw(title, "3 stops, day by day", parts)


def drawn(title: str, *days: tuple[card.Point, ...], cities: int = 1) -> Image.Image:
    return Image.open(BytesIO(png(title, *days, cities=cities)))


def colours(picture: Image.Image, box: tuple[int, int, int, int]) -> set[str]:
    found = picture.convert("RGB").crop(box).getcolors(1_000_000)
    assert found is not None
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in found}


@pytest.mark.parametrize(
    "days",
    [(ROME,), (ROME, HERE), (HERE,), ((), ROME), ((),), tuple([ROME] * 30)],
    ids=["a day", "two days", "one stop", "a free day", "nothing", "a month"],
)
def test_any_plan_has_a_picture(days: tuple[tuple[card.Point, ...], ...]) -> None:
    """PNG, 1200 x 630, and small enough for those that look at links."""
    for cities in (1, 2, 5, 9):
        picture = drawn("3 days in Rome", *days, cities=cities)
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
        assert len(png("3 days in Rome", *days, cities=cities)) < 300_000


def test_days_are_told_apart() -> None:
    """A day more brings another colour onto the map."""
    one = colours(drawn("Rome", ROME), MAP)
    two = colours(drawn("Rome", ROME[:2], ROME[2:]), MAP)
    assert any(it.startswith("#b3") for it in two - one)  # that of day 2


def test_a_title_in_other_letters_is_left_out() -> None:
    """The font has none of them: no empty boxes; accents are left out."""
    other = drawn("3 days in 東京", ROME).convert("RGB").tobytes()
    assert other == drawn("A trip", ROME).convert("RGB").tobytes()
    accents = drawn("3 days in Zürich", ROME).convert("RGB").tobytes()
    assert accents == drawn("3 days in Zurich", ROME).convert("RGB").tobytes()


def test_a_long_title_stays_on_its_side() -> None:
    """However many cities it names, no letter is on the map."""
    short, long = (
        drawn(f"12 days in {', '.join(['Thessaloniki'] * count)}", ROME)
        for count in (1, 9)
    )
    assert short.convert("RGB").crop(MAP).tobytes() == (
        long.convert("RGB").crop(MAP).tobytes()
    )


def test_colours_are_those_of_the_pages() -> None:
    """What is blue on the picture is blue in the list."""
    look = (STATIC / "app.css").read_text("utf-8")
    assert re.findall(r"\.day-\d \{ --day: (#\w{6}); \}", look) == list(card.DAYS)
