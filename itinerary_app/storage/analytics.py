"""What all sessions have in common: figures for charts, by SQL over analytics.sessions.

One statement counts everything that the charts of a period show, so that they agree
and the sessions are read once. The view knows sessions that ended and that live.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:  # the contract of all storages names the figures, PostgreSQL or not
    from itinerary_app.storage.pool import Pool

SPANS = (10, 30, 60, 120, 300, 900, 3600)  # seconds between the groups of waiting times
T = TypeVar("T")


class Day(NamedTuple):
    """Sessions by the day (UTC) they started on; abandoned: ended without a plan."""

    day: date
    started: int
    planned: int
    abandoned: int


class Funnel(NamedTuple):
    """How many sessions came how far; each is counted on its own."""

    started: int
    city: int
    preferences: int  # city, days, pace, budget and at least one interest
    planned: int
    edited: int
    exported: int


class Group(NamedTuple):
    """Sessions that name the same, a city for instance, and how many got a plan."""

    name: str
    sessions: int
    planned: int


class Start(NamedTuple):
    weekday: int  # 1 is Monday
    hour: int  # UTC
    sessions: int


class Bucket(NamedTuple):
    """How many sessions have this value; of SPANS, its place among them."""

    value: int
    sessions: int


class Ending(NamedTuple):
    reason: str | None  # None: still open
    sessions: int


class Typical(NamedTuple):
    """Middles and edges; None when there is nothing to take them of."""

    questions: float | None  # mean, before the first plan
    turns: float | None  # median, to the first plan
    seconds: float | None  # median, to the first plan
    seconds_p90: float | None
    stay: float | None  # median, days of a trip


class TableSize(NamedTuple):
    """A table with its indexes; the rows are PostgreSQL's estimate."""

    name: str
    size: int  # bytes
    rows: int


class Standby(NamedTuple):
    """What a replica knows of its own age; None when it has seen no change since it
    started. Where nobody changed anything since, it is not behind at all.
    """

    changed_at: datetime | None  # the last change that it has
    ago: timedelta | None


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is counted of the sessions that started in a period."""

    days: list[Day]  # every day of the period
    funnel: Funnel
    typical: Typical
    cities: list[Group]  # the most named first, as the interests
    interests: list[Group]
    starts: list[Start]
    questions: list[Bucket]
    turns: list[Bucket]
    waits: list[Bucket]
    stays: list[Bucket]
    endings: list[Ending]
    tables: list[TableSize]
    standby: Standby | None  # None: no replica, so nothing is missing


def read(pool: Pool, first: date, last: date) -> Figures:
    """The figures of sessions that started from `first` to `last`, both included."""
    period = {"first": first, "last": last, "spans": list(SPANS)}
    # Asked first: what is counted next is as new, or newer.
    standby = next(iter(pool.run(STANDBY, {}, repeatable=True)), None)
    [found] = pool.run(SESSIONS, period, repeatable=True)
    rows: dict[str, list[tuple[Any, ...]]] = dict(zip(CHARTS, found, strict=True))
    [funnel], [typical] = rows["funnel"], rows["typical"]
    return Figures(
        days=[Day(*row) for row in rows["days"]],
        funnel=Funnel(*funnel),
        typical=Typical(*typical),
        cities=[Group(*row) for row in rows["cities"]],
        interests=[Group(*row) for row in rows["interests"]],
        starts=[Start(*row) for row in rows["starts"]],
        questions=[Bucket(*row) for row in rows["questions"]],
        turns=[Bucket(*row) for row in rows["turns"]],
        waits=[Bucket(*row) for row in rows["waits"]],
        stays=[Bucket(*row) for row in rows["stays"]],
        endings=[Ending(*row) for row in rows["endings"]],
        tables=[TableSize(*row) for row in pool.run(TABLES, {}, repeatable=True)],
        standby=Standby(*standby) if standby else None,
    )


# Each a query of the chosen sessions for one chart: its rows, as records.
CHARTS = {
    "days": """
SELECT ROW(day::date, count(started_on), count(*) FILTER (WHERE plans > 0),
           count(*) FILTER (WHERE plans = 0 AND reason IS NOT NULL))
FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS day
LEFT JOIN chosen ON started_on = day
GROUP BY day ORDER BY day""",
    "funnel": """
SELECT ROW(count(*), count(city),
           count(*) FILTER (WHERE num_nulls(city, days, pace, budget) = 0
                                  AND interests <> '{}'),
           count(*) FILTER (WHERE plans > 0), count(*) FILTER (WHERE plans > 1),
           count(*) FILTER (WHERE exports > 0))
FROM chosen""",
    "typical": """
SELECT ROW(avg(questions_to_plan)::float,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY turns_to_plan),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds_to_plan),
           percentile_cont(0.9) WITHIN GROUP (ORDER BY seconds_to_plan),
           percentile_cont(0.5) WITHIN GROUP (ORDER BY days))
FROM chosen""",
    "cities": """
SELECT ROW(city, count(*), count(*) FILTER (WHERE plans > 0))
FROM chosen WHERE city IS NOT NULL
GROUP BY city ORDER BY count(*) DESC, city LIMIT 1000""",
    "interests": """
SELECT ROW(interest, count(*), count(*) FILTER (WHERE plans > 0))
FROM chosen, unnest(interests) AS interest
GROUP BY interest ORDER BY count(*) DESC, interest LIMIT 1000""",
    "starts": """
SELECT ROW(extract(isodow FROM started_on)::integer, started_hour, count(*))
FROM chosen GROUP BY extract(isodow FROM started_on), started_hour
ORDER BY extract(isodow FROM started_on), started_hour""",
    "questions": """
SELECT ROW(questions_to_plan, count(*)) FROM chosen
WHERE questions_to_plan IS NOT NULL
GROUP BY questions_to_plan ORDER BY questions_to_plan""",
    "turns": """
SELECT ROW(turns_to_plan, count(*)) FROM chosen
WHERE turns_to_plan IS NOT NULL GROUP BY turns_to_plan ORDER BY turns_to_plan""",
    "waits": """
SELECT ROW(span, count(*))
FROM chosen, width_bucket(seconds_to_plan, %(spans)s::integer[]) AS span
WHERE seconds_to_plan IS NOT NULL GROUP BY span""",
    "stays": """
SELECT ROW(days, count(*)) FROM chosen WHERE days IS NOT NULL
GROUP BY days ORDER BY days""",
    "endings": """
SELECT ROW(reason, count(*)) FROM chosen
GROUP BY reason ORDER BY count(*) DESC, reason""",
}

SESSIONS = """
WITH chosen AS MATERIALIZED (
  SELECT * FROM analytics.sessions WHERE started_on BETWEEN %(first)s AND %(last)s
)
SELECT """ + ",\n".join(f"ARRAY({query})" for query in CHARTS.values())

TABLES = """
SELECT relname::text, pg_total_relation_size(oid),
       greatest(reltuples, 0)::bigint
FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
ORDER BY pg_total_relation_size(oid) DESC, relname
"""

STANDBY = """
SELECT changed_at, now() - changed_at
FROM pg_last_xact_replay_timestamp() AS changed_at WHERE pg_is_in_recovery()
"""
