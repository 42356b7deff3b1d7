"""Leisure: long times with nothing planned, which the plan has to call free."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from itinerary_app.checker.subject import Subject
from itinerary_app.checker.verdicts import Check, Finding
from itinerary_app.language import _
from itinerary_app.model import Day, Itinerary
from itinerary_app.text.clock import clock

LONG_MINUTES = 120  # between two stops, besides the way
_TOLD = re.compile(r"day (\d+), (\d\d):(\d\d) to (\d\d):(\d\d)")
Span = tuple[int, int]  # minutes after midnight


def is_given(plan: Subject) -> bool:
    """Whether a day has such a time."""
    return any(any(_breaks(day)) for day in plan.itinerary.days)


def leisure(plan: Subject) -> Check:
    told = _told(plan.itinerary)
    findings = [
        Finding(
            _(
                "nothing from %(start)s to %(end)s, and no word of it",
                start=clock(span[0]),
                end=clock(span[1]),
            ),
            day.number,
        )
        for day in plan.itinerary.days
        for span in _breaks(day)
        if _left(span, told.get(day.number, [])) > LONG_MINUTES
    ]
    return Check(
        "leisure",
        _("Free time told"),
        _(
            "Of over %(minutes)s minutes without a stop the plan says that they are "
            "free, and what is near.",
            minutes=LONG_MINUTES,
        ),
        tuple(findings),
    )


def _breaks(day: Day) -> Iterator[Span]:
    for before, stop in pairwise(day.stops):
        leaves = stop.arrive - stop.travel_minutes
        if leaves - before.leave > LONG_MINUTES:
            yield before.leave, leaves


def _told(itinerary: Itinerary) -> dict[int, list[Span]]:
    """The times that the remarks call free, by day."""
    found: dict[int, list[Span]] = {}
    for note in itinerary.notes:
        if "Free time: " in note:
            for numbers in _TOLD.findall(note):
                day, a, b, c, d = map(int, numbers)
                since, until = 60 * a + b, 60 * c + d
                until += 24 * 60 * (until < since)
                found.setdefault(day, []).append((since, until))
    return found


def _left(span: Span, told: list[Span]) -> int:
    """Minutes of the time that are not told."""
    since, until = span
    return until - since - sum(max(0, min(until, b) - max(since, a)) for a, b in told)
