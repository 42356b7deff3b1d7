"""/analytics, for operators: what all sessions have in common, as charts and as CSV."""

from __future__ import annotations

import csv
import io
import time
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from flask import Blueprint, Response, abort, render_template, request
from werkzeug.datastructures import MultiDict

from itinerary_app.current import services
from itinerary_app.errors import InvalidInput, StorageUnavailable
from itinerary_app.storage.analytics import Standby
from itinerary_app.storage.base import SessionStorage
from itinerary_app.web.charts import Chart, Health, charts
from itinerary_app.web.errors import status_of

PRESETS = (7, 30, 90)  # days
USUAL_DAYS = 30
MOST_DAYS = 731  # two years: a day is at least a pixel of the widest chart
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
AWAY = (
    "The replica that analytics are read from (ANALYTICS_DATABASE_URL) gives no answer "
    "just now. Trips are not touched by that."
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for one

blueprint = Blueprint("dashboard", __name__, url_prefix="/analytics")


class Period(NamedTuple):
    """Days (UTC), both included."""

    first: date
    last: date

    @classmethod
    def asked(cls, args: MultiDict[str, str], today: date) -> Period:
        """From ?from= and ?to=; raises InvalidInput with the field."""
        last = _day(args, "to") or today
        first = _day(args, "from") or last - timedelta(days=USUAL_DAYS - 1)
        if first > last:
            raise InvalidInput(
                f"The first day, {first}, comes after the last, {last}.", field="from"
            )
        if (last - first).days >= MOST_DAYS:
            raise InvalidInput(
                f"At most {MOST_DAYS} days (two years) can be shown at once.",
                field="from",
            )
        return cls(first, last)


@blueprint.get("")
def show() -> tuple[str, int]:
    today = datetime.now(UTC).date()
    period, problem, standby = None, None, None
    shown: list[Chart] = []
    try:
        period = Period.asked(request.args, today)
        shown, standby = _charts(period)
    except InvalidInput as exc:
        problem = exc
    page = render_template(
        "analytics.html",
        period=period,
        problem=problem,
        charts=shown,
        standby=standby,
        presets=[
            (days, Period(today - timedelta(days=days - 1), today)) for days in PRESETS
        ],
    )
    return page, status_of(problem) if problem else 200


@blueprint.get("/<key>.csv")
def download(key: str) -> Response:
    period = Period.asked(request.args, datetime.now(UTC).date())
    shown, _ = _charts(period)
    chart = next((chart for chart in shown if chart.key == key), None)
    if chart is None:
        abort(404)
    name = f"{key}_{period.first}_{period.last}.csv"
    return Response(
        as_csv(chart),
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@blueprint.get("/metrics")
def metrics() -> Response:
    """What the sweep did and has left to do, in Prometheus' text format 0.0.4."""
    text = sweep_metrics(services().storage)
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def sweep_metrics(storage: SessionStorage) -> str:
    """The same, as text."""
    backlog, swept = storage.backlog(), storage.sweep_totals()
    oldest = backlog.oldest.total_seconds() if backlog.oldest else 0
    told: list[tuple[str, str, str, float]] = [
        ("expired_sessions", "gauge", "Not deleted yet.", backlog.sessions),
        ("oldest_expired_seconds", "gauge", "Since the first of them expired.", oldest),
    ]
    if swept:
        told += [
            ("sweeps_total", "counter", "Passes of the sweep.", swept.passes),
            ("swept_sessions_total", "counter", "Deleted by it.", swept.sessions),
            ("swept_facts_total", "counter", "Old facts deleted by it.", swept.facts),
            ("sweep_batches_total", "counter", "Its transactions.", swept.batches),
            ("sweep_seconds_total", "counter", "Time it took.", swept.seconds),
            (
                "last_sweep_timestamp_seconds",
                "gauge",
                "When the last one ended.",
                swept.last_at.timestamp(),
            ),
        ]
    return "".join(
        f"# HELP itinerary_{name} {says}\n# TYPE itinerary_{name} {kind}\n"
        f"itinerary_{name} {value:.15g}\n"
        for name, kind, says, value in told
    )


def as_csv(chart: Chart) -> str:
    """The chart's table; no text in it is a formula, and numbers stay numbers."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(chart.columns)
    writer.writerows([_inert(cell) for cell in row] for row in chart.rows)
    return text.getvalue()


def _inert(cell: object) -> object:
    is_formula = isinstance(cell, str) and cell.startswith(FORMULA)
    return f"'{cell}" if is_formula else cell


def _charts(period: Period) -> tuple[list[Chart], Standby | None]:
    """And how new they are, where a replica tells."""
    storage, source = services().storage, services().analytics
    try:
        figures = source.figures(*period)
        backlog, swept = source.backlog(), source.sweep_totals()
    except StorageUnavailable as exc:
        if source is storage:
            raise
        raise StorageUnavailable(AWAY) from exc
    if figures is None:
        abort(501, "Analytics need PostgreSQL: this storage keeps no facts of trips.")
    begun = time.perf_counter()
    storage.check()
    health = Health(backlog, swept, time.perf_counter() - begun)
    return charts(figures, health), figures.standby


def _day(args: MultiDict[str, str], name: str) -> date | None:
    typed = args.get(name, "").strip()
    if not typed:
        return None
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidInput(
            f"“{name.title()}” must be a day such as 2026-01-31, not “{typed[:40]}”.",
            field=name,
        )
    return day
