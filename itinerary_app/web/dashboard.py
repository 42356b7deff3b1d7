"""/analytics, for operators: what all sessions have in common, as charts and as CSV."""

from __future__ import annotations

import csv
import hmac
import io
import time
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from flask import Blueprint, Flask, Response, abort, render_template, request
from werkzeug.datastructures import MultiDict, WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from itinerary_app.config import Settings
from itinerary_app.errors import InvalidInput
from itinerary_app.services import services
from itinerary_app.web.charts import Chart, Health, charts
from itinerary_app.web.errors import status_of

PRESETS = (7, 30, 90)  # days
USUAL_DAYS = 30
MOST_DAYS = 731  # two years: a day is at least a pixel of the widest chart
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for one

blueprint = Blueprint("dashboard", __name__, url_prefix="/analytics")


def install(app: Flask, settings: Settings) -> None:
    """Without a password there is no such page."""
    if settings.analytics_password:
        app.register_blueprint(blueprint)


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


@blueprint.before_request
def require_password() -> None:
    """HTTP Basic authentication; the name does not matter."""
    given = request.authorization
    password = given.password if given and given.type == "basic" else None
    wanted = services().settings.analytics_password
    if not hmac.compare_digest((password or "").encode(), wanted.encode()):
        raise Unauthorized(
            "Analytics need the operator's password.",
            www_authenticate=WWWAuthenticate(
                "basic", {"realm": "analytics", "charset": "UTF-8"}
            ),
        )


@blueprint.get("")
def show() -> tuple[str, int]:
    today = datetime.now(UTC).date()
    period, problem, shown = None, None, []
    try:
        period = Period.asked(request.args, today)
        shown = _charts(period)
    except InvalidInput as exc:
        problem = exc
    page = render_template(
        "analytics.html",
        period=period,
        problem=problem,
        charts=shown,
        presets=[
            (days, Period(today - timedelta(days=days - 1), today)) for days in PRESETS
        ],
    )
    return page, status_of(problem) if problem else 200


@blueprint.get("/<key>.csv")
def download(key: str) -> Response:
    period = Period.asked(request.args, datetime.now(UTC).date())
    chart = next((chart for chart in _charts(period) if chart.key == key), None)
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
    """What the sweep has left to do, in Prometheus' text format 0.0.4."""
    backlog = services().storage.backlog()
    oldest = backlog.oldest.total_seconds() if backlog.oldest else 0
    text = (
        "# HELP itinerary_expired_sessions Expired sessions not deleted yet.\n"
        "# TYPE itinerary_expired_sessions gauge\n"
        f"itinerary_expired_sessions {backlog.sessions}\n"
        "# HELP itinerary_oldest_expired_seconds Since the first of them expired.\n"
        "# TYPE itinerary_oldest_expired_seconds gauge\n"
        f"itinerary_oldest_expired_seconds {oldest:.0f}\n"
    )
    return Response(text, content_type="text/plain; version=0.0.4; charset=utf-8")


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


def _charts(period: Period) -> list[Chart]:
    storage = services().storage
    figures = storage.figures(*period)
    if figures is None:
        abort(501, "Analytics need PostgreSQL: this storage keeps no facts of trips.")
    backlog = storage.backlog()
    begun = time.perf_counter()
    storage.check()
    return charts(figures, Health(backlog, time.perf_counter() - begun))


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
