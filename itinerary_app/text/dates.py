"""Dates as people read them. In English the day goes before the month, wherever the app
says one; other languages have the order and the dots of their own.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from itinerary_app import language
from itinerary_app.language import _


def in_words(day: date) -> str:
    """Thursday 24 December 2026."""
    if language.current() == language.ENGLISH:
        return f"{day:%A} {day.day} {day:%B %Y}"
    from babel.dates import format_date

    return format_date(day, "full", locale=language.current())


def briefly(day: date) -> str:
    """Thu 24 Dec, where nobody can mistake the year."""
    if language.current() == language.ENGLISH:
        return f"{day:%a} {day.day} {day:%b}"
    return _by_skeleton("MMMEd", day)


def with_year(day: date) -> str:
    """Thu 24 Dec 2026."""
    if language.current() == language.ENGLISH:
        return f"{briefly(day)} {day.year}"
    return _by_skeleton("yMMMEd", day)


def weekday(day: date) -> str:
    """Thursday."""
    if language.current() == language.ENGLISH:
        return f"{day:%A}"
    return _by_skeleton("cccc", day)


def month(day: date) -> str:
    """December."""
    if language.current() == language.ENGLISH:
        return f"{day:%B}"
    return _by_skeleton("LLLL", day)


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
    if language.current() != language.ENGLISH:
        from babel.dates import format_interval

        if first == last:
            return _by_skeleton("yMMMMd", first)
        return format_interval(first, last, "yMMMMd", locale=language.current())
    since, until = (f"{day.day} {day:%B %Y}".split() for day in (first, last))
    while since and since[-1] == until[len(since) - 1]:
        since.pop()
    return " – ".join(filter(None, (" ".join(since), " ".join(until))))


def instant(at: datetime) -> str:
    """24 December 2026, 18:05 UTC."""
    at = at.astimezone(UTC)
    return _("%(date)s, %(time)s UTC", date=span(at, at), time=at.strftime("%H:%M"))


def _by_skeleton(skeleton: str, day: date) -> str:
    """A date with these parts, in the order of the language."""
    from babel.dates import format_date, format_skeleton

    if len(set(skeleton)) == 1:  # of one part there is no order
        return format_date(day, skeleton, locale=language.current())
    return format_skeleton(skeleton, day, locale=language.current())
