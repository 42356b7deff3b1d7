"""What a day of each pace looks like, from the calmest to the fullest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from itinerary_app.model import Interest, Pace

NIGHT_END = 23 * 60 + 30  # for those who want nightlife
GRAIN = 5  # minutes; nobody plans to be somewhere at 10:07


@dataclass(frozen=True, slots=True)
class Shape:
    """The usual limits of a day. Times are minutes after midnight."""

    start: int
    end: int
    visits: int  # at most; meals come on top
    rest: int  # minutes at least between two stops, on top of travel


_SHAPES = {
    Pace.RELAXED: Shape(start=600, end=1245, visits=3, rest=15),
    Pace.MODERATE: Shape(start=540, end=1260, visits=5, rest=10),
    Pace.PACKED: Shape(start=510, end=1290, visits=7, rest=5),
}


def shape(
    pace: Pace, interests: Sequence[Interest] = (), children: int | None = None
) -> Shape:
    """The day of this pace; nightlife makes it longer, by a visit after dinner, and
    children make a moderate one calmer, by a visit.
    """
    usual = _SHAPES[pace]
    if children and pace is Pace.MODERATE:
        usual = replace(usual, visits=usual.visits - 1)
    if Interest.NIGHTLIFE not in interests:
        return usual
    return replace(usual, end=NIGHT_END, visits=usual.visits + 1)
