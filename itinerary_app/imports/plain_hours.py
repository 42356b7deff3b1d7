"""Hours as Wikivoyage's authors write them, in OpenStreetMap's syntax."""

from __future__ import annotations

import re

_DAYS = {
    "m": "Mo",
    "mo": "Mo",
    "mon": "Mo",
    "tu": "Tu",
    "tue": "Tu",
    "w": "We",
    "we": "We",
    "wed": "We",
    "th": "Th",
    "thu": "Th",
    "f": "Fr",
    "fr": "Fr",
    "fri": "Fr",
    "sa": "Sa",
    "sat": "Sa",
    "su": "Su",
    "sun": "Su",
}
_ALWAYS = re.compile(
    r"(?:24 ?/ ?7|(?:open )?24 hours(?: (?:daily|a day))?|always open)"
)
_DAY = r"(?:mon?|tue?|wed?|thu?|fri?|sat?|sun?|[mwf])"
_TIME = r"(?:[0-9]{1,2}(?::[0-9]{2})? ?(?:am|pm)?|noon|midnight)"
_PART = re.compile(
    rf"(?P<days>daily|{_DAY}(?: ?[-+] ?{_DAY})*)? ?:? ?"
    rf"(?P<times>{_TIME} ?- ?{_TIME}(?:, ?{_TIME} ?- ?{_TIME})*) ?(?P<each>daily)?"
)
_HALF_DAYS = re.compile(
    r"(?<![0-9:])([0-9]{1,2}):([0-9]{2}) ?- ?([0-9]{1,2}):([0-9]{2})(?! ?[ap]m)"
)
LONGEST = 16 * 60  # minutes of opening that are believed of hours up to twelve
_DAY_LIST = re.compile(rf"\b({_DAY}) ?, ?(?={_DAY}\b)")
_SPLIT = re.compile(r"[;,] ?(?=" + _DAY + r"\b)|; ?")


def as_opening_hours(told: str) -> str:
    """Tu-Su 09:00-17:00 for "Tu-Su 9AM-5PM"; the text itself where in doubt.

    "" where am and pm are missing: "9:00-5:00" would be a night and a morning.
    """
    flat = re.sub("[–—−]", "-", told.lower()).strip(" .")
    flat = re.sub(r"\b([ap])\.?m\b\.?", r"\1m", flat).replace(" to ", "-")
    if any(map(_is_half_told, _HALF_DAYS.finditer(flat))):
        return ""
    if _ALWAYS.fullmatch(flat):
        return "24/7"
    parts = []
    for part in _SPLIT.split(_DAY_LIST.sub(r"\1+", flat)):
        match = _PART.fullmatch(part.strip())
        times = match and _times(match["times"])
        if not match or not times:
            return told
        days = match["days"] or "daily"
        parts.append(f"{_days(days)} {times}".strip())
    return "; ".join(parts)


def _is_half_told(span: re.Match[str]) -> bool:
    """Whether it lasts too long, without an hour of the afternoon."""
    start, end = (int(span[it]) * 60 + int(span[it + 1]) for it in (1, 3))
    is_half = all(1 <= int(span[it]) <= 12 for it in (1, 3))
    return is_half and (end - start) % (24 * 60) > LONGEST


def _days(told: str) -> str:
    if told == "daily":
        return "Mo-Su"
    return re.sub(
        _DAY, lambda day: _DAYS[day[0]], told.replace(" ", "").replace("+", ",")
    )


def _times(told: str) -> str:
    """Ranges like 09:00-17:00; '' if one of them could be read in two ways."""
    ranges = []
    for span in told.split(","):
        start, end = (_clock(it.strip()) for it in span.split("-"))
        if start is None or end is None:
            return ""
        ranges.append(f"{start}-{end}")
    return ",".join(ranges)


def _clock(told: str) -> str | None:
    if told in ("noon", "midnight"):
        return "12:00" if told == "noon" else "00:00"
    match = re.fullmatch(r"([0-9]{1,2})(?::([0-9]{2}))? ?(am|pm)?", told)
    if not match or not (match[2] or match[3]):
        return None  # "9-5" may be anything
    hour = int(match[1])
    if match[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + 12 * (match[3] == "pm")
    if hour > 24 or int(match[2] or 0) > 59:
        return None
    return f"{hour:02d}:{match[2] or '00'}"
