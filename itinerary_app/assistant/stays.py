"""When a trip begins and ends: the part that each date of a message plays."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from itinerary_app.assistant.blanks import blanked
from itinerary_app.assistant.dates import DateReader, Found
from itinerary_app.catalogue.almanac import next_nth, on_or_after

# Behind these stands the last day: in the text between two dates, or before one.
_TO = re.compile(
    r"^\s*(?:(?:morning|noon|afternoon|evening|night)\s*)?"
    r"(?:to|until|untill?|till?|thru|through|-|–|—)(?: the| on)?\s*$"
)
_LEAVING = re.compile(
    r"\b(?:leav\w*|depart\w*|until|till?|ends?|ending|finish\w*|return\w*|back"
    r"|(?:fly\w*|flight) (?:home|back|out)|go(?:ing)? home|check\w*[- ]?out|last day)\b"
    r"[\w\s:.']{0,24}$"
)
_BETWEEN = re.compile(r"\bbetween (?:the )?$")
_NOT = re.compile(r"\bnot (?:on |from )?(?:the )?$")
_LEAD = re.compile(
    r"(?:\b(?:from|on|starting|beginning|between|dates?:?|as of|the|start)\s+)+$"
)
_FORGET = re.compile(
    r"\b(?:forget|drop|remove|clear|without|no)(?: about)? (?:the |my |our |any )?"
    r"dates?\b"
    r"|\b(?:my |our |the )?dates? (?:are|is) (?:not fixed|flexible|open|unknown)\b"
)


@dataclass(frozen=True, slots=True)
class Stay:
    """What was told of the dates. `days` is told by both dates only; with `forgotten`
    the dates told before hold no more.
    """

    start: date | None = None
    end: date | None = None
    fault: str = ""
    forgotten: bool = False

    @property
    def days(self) -> int | None:
        """From the first day to the last, both counted."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1


def read(text: str, today: date, *, month_first: bool = False) -> tuple[Stay, str]:
    """The stay that lower-case text tells of, and the text without its dates."""
    if match := _FORGET.search(text):
        return Stay(forgotten=True), blanked(text, *match.span())
    found = [
        item
        for item in DateReader(today, month_first=month_first).find(text)
        if not _NOT.search(text[: item.start])
    ]
    rest = _without(text, found)
    fault = next((item.fault for item in found if item.fault), "")
    if fault:
        return Stay(fault=f"{fault} So I took no date from that."), rest
    if not found:
        return Stay(), rest
    first, last = _parts(text, found)
    return _stay(first, last, today), rest


def _parts(text: str, found: list[Found]) -> tuple[Found | None, Found | None]:
    """The date of the first day and that of the last, as far as told."""
    first = found[0]
    if len(found) == 1:
        is_end = _LEAVING.search(text[: first.start])
        return (None, first) if is_end else (first, None)
    second = found[1]
    if _LEAVING.search(text[: first.start]) and not _LEAVING.search(
        text[first.end : second.start]
    ):
        return second, first  # "leaving on Sunday, arriving on Friday"
    between = text[first.end : second.start]
    is_range = _TO.search(between) or (
        re.fullmatch(r"\s*and(?: the)?\s*", between)
        and _BETWEEN.search(text[: first.start])
    )
    if is_range or _LEAVING.search(between):
        return first, second
    return first, None


def _stay(first: Found | None, last: Found | None, today: date) -> Stay:
    start = first.day if first else None
    end = last.day if last else None
    if start and end and last and first:
        if last.loose:
            end = _after(start, end, last)
        elif first.loose and start > end:
            start = _before(start, end, today)
        if start is None or end < start:
            return Stay(fault="These dates end before they begin, so I took none.")
    return Stay(start, end)


def _after(start: date, end: date, last: Found) -> date:
    """The first such day behind the start."""
    if last.weekday:
        return start + timedelta(days=(end - start).days % 7)
    if last.nth:
        return next_nth(start, end.day)
    if end < start and end.month == start.month:
        return end  # "from 27 to 24 December" is a slip
    return on_or_after(start, end.month, end.day) or end


def _before(start: date, end: date, today: date) -> date | None:
    """The last such day before the end, if it is still to come."""
    for year in (end.year, end.year - 1):
        with suppress(ValueError):  # 29 February
            found = start.replace(year=year)
            if today <= found <= end:
                return found
    return None


def _without(text: str, found: list[Found]) -> str:
    """The text without dates, and without the words that join them."""
    rest = text
    for item in found:
        rest = blanked(rest, item.start, item.end)
        if lead := _LEAD.search(text[: item.start]):
            rest = blanked(rest, lead.start(), item.start)
    for one, two in pairwise(found):
        if joint := re.search(
            r"\b(?:to|until|untill?|till?|thru|through|and)(?: the| on)?\s*$|[-–—]\s*$",
            text[one.end : two.start],
        ):
            rest = blanked(rest, one.end + joint.start(), two.start)
    return rest
