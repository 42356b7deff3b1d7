"""The figures as charts: a number to read first, a drawing, and the table behind it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from itinerary_app.storage.analytics import SPANS, Bucket, Figures, Group, TableSize
from itinerary_app.storage.base import Backlog, SweepTotals
from itinerary_app.text.dates import instant
from itinerary_app.text.words import counted
from itinerary_app.web.drawings import Bars, Drawing, Heat, Lines
from itinerary_app.web.wording import rough_span

SHOWN = 12  # bars of a chart; the table has all
MANY = 10  # values from here on share a bar
NONE = "–"
REASONS = {
    "expired": "not used any more",
    "lifetime": "reached its greatest age",
    "deleted": "deleted by the traveller",
    "erased": "erased on request",
}
STILL_OPEN = "still open"
Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`number` and what it `says`; the rows are table and CSV in one."""

    key: str
    title: str
    number: str
    says: str
    columns: tuple[str, ...]
    rows: Sequence[Row]
    drawing: Drawing | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """How the storage does now, whatever the period."""

    backlog: Backlog
    swept: SweepTotals | None
    answered_in: float  # seconds that a check took


def charts(figures: Figures, health: Health) -> list[Chart]:
    """All charts, in the order of the page."""
    return [
        _days(figures),
        _funnel(figures),
        _endings(figures),
        _starts(figures),
        _groups("cities", "Cities, where trips begin", "city", figures.cities),
        _groups("interests", "Interests", "interest", figures.interests),
        _questions(figures),
        _turns(figures),
        _waits(figures),
        _stays(figures),
        _storage(figures.tables, health),
        _backlog(health),
    ]


def _days(figures: Figures) -> Chart:
    days = figures.days
    started = figures.funnel.started
    return Chart(
        key="days",
        title="Sessions per day",
        number=f"{started:,}",
        says=f"started, {started / len(days):,.1f} a day",
        columns=("day", "started", "planned", "abandoned"),
        rows=[(it.day.isoformat(), *it[1:]) for it in days],
        drawing=Lines.of(
            [f"{it.day.day} {it.day:%b}" for it in days],
            [
                ("started", [it.started for it in days]),
                ("planned", [it.planned for it in days]),
                ("abandoned", [it.abandoned for it in days]),
            ],
        ),
        note="By the day (UTC) they started on. Abandoned: ended without a plan.",
    )


def _funnel(figures: Figures) -> Chart:
    funnel = figures.funnel
    of_started = 100 / (funnel.started or 1)
    steps = (
        ("started", funnel.started),
        ("city known", funnel.city),
        ("all preferences known", funnel.preferences),
        ("planned", funnel.planned),
        ("edited", funnel.edited),
        ("exported", funnel.exported),
    )
    return Chart(
        key="funnel",
        title="From start to plan",
        number=f"{funnel.planned * of_started:.0f} %" if funnel.started else NONE,
        says="of the sessions got a plan",
        columns=("step", "sessions", "percent of started"),
        rows=[(step, count, round(count * of_started, 1)) for step, count in steps],
        drawing=Bars.of(
            (step, count, f"{count:,} · {count * of_started:.0f} %")
            for step, count in steps
        ),
        note="Each step is counted on its own: a plan needs a city and a number of "
        "days only, so more sessions can have a plan than all preferences.",
    )


def _starts(figures: Figures) -> Chart:
    counts = {(it.weekday, it.hour): it.sessions for it in figures.starts}
    week = list(enumerate(calendar.day_name, start=1))
    number = NONE
    if counts:
        day, hour = max(counts, key=lambda when: counts[when])
        number = f"{calendar.day_abbr[day - 1]} {hour:02d}:00"
    return Chart(
        key="starts",
        title="When sessions start",
        number=number,
        says="is the busiest hour (UTC)",
        columns=("weekday", "hour (UTC)", "sessions"),
        rows=[
            (name, hour, counts.get((day, hour), 0))
            for day, name in week
            for hour in range(24)
        ],
        drawing=Heat.of(
            (name, [counts.get((day, hour), 0) for hour in range(24)])
            for day, name in week
        ),
        note="The stronger the colour, the more sessions.",
    )


def _groups(key: str, title: str, noun: str, groups: list[Group]) -> Chart:
    number, says = NONE, "nothing was named"
    if groups:
        number = groups[0].name
        says = f"leads, with {counted(groups[0].sessions, 'session')}"
    return Chart(
        key=key,
        title=title,
        number=number,
        says=says,
        columns=(noun, "sessions", "planned"),
        rows=groups,
        drawing=_bars((it.name, it.sessions) for it in groups[:SHOWN]),
        note=f"The first {SHOWN} of {len(groups):,}; the table has them all."
        if len(groups) > SHOWN
        else "",
    )


def _questions(figures: Figures) -> Chart:
    mean = figures.typical.questions
    return Chart(
        key="questions",
        title="Questions before the first plan",
        number=NONE if mean is None else f"{mean:.1f}",
        says="clarifying questions on average",
        columns=("questions", "sessions"),
        rows=figures.questions,
        drawing=_histogram(figures.questions, first=0),
    )


def _turns(figures: Figures) -> Chart:
    median = figures.typical.turns
    return Chart(
        key="turns",
        title="Turns to the first plan",
        number=NONE if median is None else f"{median:g}",
        says="messages of the traveller, median",
        columns=("turns", "sessions"),
        rows=figures.turns,
        drawing=_histogram(figures.turns, first=1),
    )


def _waits(figures: Figures) -> Chart:
    counts = dict(figures.waits)
    names = [
        f"under {rough_span(SPANS[0])}",
        *(f"{rough_span(low)} – {rough_span(high)}" for low, high in pairwise(SPANS)),
        f"{rough_span(SPANS[-1])} or more",
    ]
    rows = [(name, counts.get(place, 0)) for place, name in enumerate(names)]
    median, p90 = figures.typical.seconds, figures.typical.seconds_p90
    number, says = NONE, "no session got a plan"
    if median is not None and p90 is not None:
        number = rough_span(median)
        says = f"median; 90 of 100 within {rough_span(p90)}"
    return Chart(
        key="waits",
        title="Time to the first plan",
        number=number,
        says=says,
        columns=("time", "sessions"),
        rows=rows,
        drawing=_bars(rows),
        note="From the start of the session, the traveller's own time included.",
    )


def _stays(figures: Figures) -> Chart:
    median = figures.typical.stay
    return Chart(
        key="stays",
        title="Length of stay",
        number=NONE if median is None else f"{median:g}",
        says="days, the median of the trips wished for",
        columns=("days", "sessions"),
        rows=figures.stays,
        drawing=_histogram(figures.stays, first=1),
    )


def _endings(figures: Figures) -> Chart:
    rows = [
        (REASONS.get(reason, reason) if reason else STILL_OPEN, sessions)
        for reason, sessions in figures.endings
    ]
    ended = sum(it.sessions for it in figures.endings if it.reason)
    return Chart(
        key="endings",
        title="Why sessions ended",
        number=f"{ended:,}",
        says=f"ended; {figures.funnel.started - ended:,} still open",
        columns=("reason", "sessions"),
        rows=rows,
        drawing=_bars(rows),
    )


def _backlog(health: Health) -> Chart:
    count, oldest = health.backlog.sessions, health.backlog.oldest
    seconds = None if oldest is None else round(oldest.total_seconds())
    says = "expired sessions wait to be deleted"
    if seconds is not None:
        says += f", the oldest for {rough_span(seconds)}"
    return Chart(
        key="backlog",
        title="Retention backlog",
        number=f"{count:,}",
        says=says,
        columns=("what", "number"),
        rows=[
            ("expired sessions", count),
            ("age of the oldest (seconds)", seconds),
            *_swept(health.swept),
        ],
        note=f"Now, whatever the period. {_last_sweep(health.swept)}",
    )


def _swept(totals: SweepTotals | None) -> list[Row]:
    if totals is None:
        return []
    return [
        ("sweeps so far", totals.passes),
        ("sessions deleted by them", totals.sessions),
        ("old facts deleted by them", totals.facts),
        ("seconds that they took", round(totals.seconds, 1)),
    ]


def _last_sweep(totals: SweepTotals | None) -> str:
    if totals is None:
        return "No sweep yet: the server sweeps, or flask --app wsgi sessions sweep."
    return f"Swept last on {instant(totals.last_at)}."


def _storage(tables: list[TableSize], health: Health) -> Chart:
    return Chart(
        key="storage",
        title="Storage",
        number=_megabytes(sum(table.size for table in tables)),
        says=f"in tables; the database answers in {health.answered_in * 1000:.1f} ms",
        columns=("table", "bytes", "rows (estimated)"),
        rows=tables,
        drawing=Bars.of((it.name, it.size, _megabytes(it.size)) for it in tables),
        note="Now, whatever the period; with indexes.",
    )


def _bars(rows: Iterable[tuple[str, int]]) -> Bars:
    return Bars.of((label, value, f"{value:,}") for label, value in rows)


def _histogram(buckets: Iterable[Bucket], *, first: int) -> Bars:
    """A bar for each value from `first` on, also for those that no session has."""
    counts: dict[int, int] = {}
    for value, sessions in buckets:
        counts[min(value, MANY)] = counts.get(min(value, MANY), 0) + sessions
    values = range(first, max(counts, default=first - 1) + 1)
    return _bars(
        (f"{value} or more" if value == MANY else str(value), counts.get(value, 0))
        for value in values
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
