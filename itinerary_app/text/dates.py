"""Dates as people read them: the day, then the month, wherever the app says one."""

from __future__ import annotations

from datetime import UTC, date, datetime


def in_words(day: date) -> str:
    """Thursday 24 December 2026."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def briefly(day: date) -> str:
    """Thu 24 Dec, where nobody can mistake the year."""
    return f"{day:%a} {day.day} {day:%b}"


def with_year(day: date) -> str:
    """Thu 24 Dec 2026."""
    return f"{briefly(day)} {day.year}"


def from_to(first: date, last: date) -> str:
    """Thursday 24 December to Saturday 26 December 2026; of one day that day."""
    if first == last:
        return in_words(first)
    since = in_words(first)
    if first.year == last.year:
        since = since.removesuffix(f" {first.year}")
    return f"{since} to {in_words(last)}"


def span(first: date, last: date) -> str:
    """24 – 26 December 2026: what both dates have in common is said once."""
    since, until = (f"{day.day} {day:%B %Y}".split() for day in (first, last))
    while since and since[-1] == until[len(since) - 1]:
        since.pop()
    return " – ".join(filter(None, (" ".join(since), " ".join(until))))


def instant(at: datetime) -> str:
    """24 December 2026, 18:05 UTC."""
    at = at.astimezone(UTC)
    return f"{span(at, at)}, {at:%H:%M} UTC"
