"""A plan as a picture of 1200 x 630 pixels, for previews of its link: where its stops
are, and the way of each day.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from itinerary_app.catalogue.geo import Flat

WIDTH, HEIGHT = 1200, 630  # pixels, as previews want them
FINE = 2  # times as large it is drawn, as the library draws hard edges
TEXT = 430  # pixels on the left that are the words'
MARGIN = 60  # pixels around words, and around the stops on the map
LEAST_KM = 1.0  # that the map shows from side to side
PIN, PLACE = 13, 3  # pixels
MOST_DAYS = 8  # in the legend; colours are as many
DAYS = (  # .day-1 to .day-8 in static/app.css
    *("#0b62a8", "#b3440a", "#00734f", "#8a3a8f"),
    *("#7a5c00", "#b0175a", "#44566b", "#006d80"),
)
PAPER, INK, QUIET, ACCENT = "#f7f5f0", "#1b2830", "#55626b", "#0e6b64"
LAND, GRID, DOT, EDGE = "#e9eeec", "#dbe3e0", "#c4d0cc", "#ffffff"
MOST_MAPS, IN_A_ROW = 6, 3
Point = tuple[float, float]  # latitude and longitude in degrees
Box = tuple[float, float, float, float]  # left, top, right, bottom in pixels


@dataclass(frozen=True, slots=True)
class City:
    """What a map shows: stops by day, from day `first` on; what is around is faint."""

    name: str
    first: int
    days: tuple[tuple[Point, ...], ...]
    around: tuple[Point, ...] = ()


@lru_cache(maxsize=64)
def draw(
    title: str, subtitle: str, cities: tuple[City, ...], untitled: str = "A trip"
) -> bytes:
    """The picture as PNG, with a map for each of the first cities.

    The font that comes along has the letters of ASCII: accents are left out, and
    `untitled` stands for a title in other letters.
    """
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), LAND)
    pen = ImageDraw.Draw(image)
    shown = cities[:MOST_MAPS]
    for city, box in zip(shown, _boxes(len(shown)), strict=True):
        part = Image.new("RGB", (int(box[2] - box[0]), int(box[3] - box[1])), LAND)
        _map(ImageDraw.Draw(part), part.size, city, is_named=len(cities) > 1)
        image.paste(part, (int(box[0]), int(box[1])))
    days = sum(len(city.days) for city in cities)
    _words(pen, _in_ascii(title) or _in_ascii(untitled), subtitle, days)
    out = BytesIO()
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    small.quantize(128, Image.Quantize.FASTOCTREE).save(out, "PNG")
    return out.getvalue()


def _boxes(count: int) -> Iterator[Box]:
    """Where the maps are: side by side, or in two rows."""
    rows = 1 if count <= IN_A_ROW else 2
    columns = math.ceil(count / rows)
    wide, high = (WIDTH - TEXT) * FINE / columns, HEIGHT * FINE / rows
    for at in range(count):
        row, column = divmod(at, columns)
        left, top = TEXT * FINE + column * wide, row * high
        yield left, top, left + wide, top + high


def _map(
    pen: ImageDraw.ImageDraw, size: tuple[int, int], city: City, *, is_named: bool
) -> None:
    for far in range(0, max(size), 48 * FINE):
        pen.line([(far, 0), (far, size[1])], GRID, FINE)
        pen.line([(0, far), (size[0], far)], GRID, FINE)
    to_pixels = _Projection([at for day in city.days for at in day], size)
    for at in city.around:
        _dot(pen, to_pixels(at), PLACE, DOT)
    for colour, day in _coloured(city):
        way = [to_pixels(at) for at in day]
        pen.line(way, EDGE, width=9 * FINE, joint="curve")
        pen.line(way, colour, width=5 * FINE, joint="curve")
    for colour, day in _coloured(city):
        for at in day:
            _dot(pen, to_pixels(at), PIN + 3, EDGE)
            _dot(pen, to_pixels(at), PIN, colour)
    if is_named:
        pen.rectangle([(0, 0), size], outline=EDGE, width=2 * FINE)
        name = _in_ascii(city.name)
        pen.text((18 * FINE, 16 * FINE), name, INK, _font(24), stroke_width=1)


class _Projection:
    """From degrees to pixels of a map of this size, with all points in it."""

    def __init__(self, points: Sequence[Point], size: tuple[int, int]) -> None:
        self._flat = flat = Flat(points)
        self._middle = size[0] / 2, size[1] / 2
        across, down = (it - 2 * MARGIN * FINE for it in size)
        most = across / max(flat.wide, LEAST_KM), down / max(flat.high, LEAST_KM)
        self._scale = min(most)  # pixels a km

    def __call__(self, at: Point) -> tuple[float, float]:
        right, down = self._flat(at)
        x, y = self._middle
        return x + right * self._scale, y + down * self._scale


def _in_ascii(text: str) -> str:
    """Without accents; "" if it has letters that are none of ASCII even so."""
    spread = unicodedata.normalize("NFKD", text)
    bare = "".join(it for it in spread if not unicodedata.combining(it))
    return bare if bare.isascii() else ""


def _coloured(city: City) -> Iterator[tuple[str, Sequence[Point]]]:
    days = enumerate(city.days, start=city.first - 1)
    return ((DAYS[at % len(DAYS)], day) for at, day in days if day)


def _dot(pen: ImageDraw.ImageDraw, at: tuple[float, float], size: int, of: str) -> None:
    pen.circle(at, size * FINE, of)


def _words(pen: ImageDraw.ImageDraw, title: str, subtitle: str, days: int) -> None:
    pen.rectangle([0, 0, TEXT * FINE, HEIGHT * FINE], PAPER)
    pen.rectangle([TEXT * FINE, 0, (TEXT + 4) * FINE, HEIGHT * FINE], ACCENT)
    _pin(pen)
    pen.text((110 * FINE, 66 * FINE), "Itinerary", INK, _font(30))
    size, lines = _fitting(pen, title)
    top = 170.0
    for line in lines:
        pen.text((MARGIN * FINE, top * FINE), line, INK, _font(size), stroke_width=1)
        top += size * 1.2
    pen.text((MARGIN * FINE, (top + 14) * FINE), subtitle, QUIET, _font(26))
    for at in range(min(days, MOST_DAYS)):
        centre = (MARGIN + 14 + at * 40) * FINE, (HEIGHT - 80) * FINE
        _dot(pen, centre, 14, DAYS[at])
        pen.text(centre, str(at + 1), EDGE, _font(18), anchor="mm")


def _pin(pen: ImageDraw.ImageDraw) -> None:
    centre = 78 * FINE, 76 * FINE
    pen.polygon(
        [(62 * FINE, 84 * FINE), (94 * FINE, 84 * FINE), (78 * FINE, 110 * FINE)],
        ACCENT,
    )
    _dot(pen, centre, 18, ACCENT)
    _dot(pen, centre, 7, PAPER)


def _fitting(pen: ImageDraw.ImageDraw, title: str) -> tuple[int, list[str]]:
    """The largest size in which the title is at most four lines, and these."""
    for size in (58, 48, 40, 32):
        lines = _broken(pen, title, size)
        if len(lines) <= 4 and all(_is_narrow(pen, it, size) for it in lines):
            return size, lines
    return size, [*lines[:3], lines[3] + " ..."] if len(lines) > 4 else lines


def _broken(pen: ImageDraw.ImageDraw, title: str, size: int) -> list[str]:
    lines = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if _is_narrow(pen, longer, size):
            lines[-1] = longer
        else:
            lines.append(word)
    return [line for line in lines if line]


def _is_narrow(pen: ImageDraw.ImageDraw, line: str, size: int) -> bool:
    return pen.textlength(line, _font(size)) <= (TEXT - 2 * MARGIN) * FINE


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size * FINE)
    assert isinstance(font, ImageFont.FreeTypeFont)  # wheels have FreeType
    return font
