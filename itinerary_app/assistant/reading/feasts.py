"""Feasts: dates by the names of holidays."""

from __future__ import annotations

from datetime import date

HOLIDAYS = {
    r"christmas eve": (12, 24),
    r"(?:christmas|xmas) day": (12, 25),
    r"boxing day": (12, 26),
    r"new year'?s eve": (12, 31),
    r"new year'?s day": (1, 1),
    r"valentine'?s day": (2, 14),
    r"hallowe'?en": (10, 31),
    r"bastille day": (7, 14),
    r"king'?s day": (4, 27),
    r"st\.? patrick'?s day": (3, 17),
    r"may day": (5, 1),
    r"guy fawkes": (11, 5),
}


FROM_EASTER = {
    "good friday": -2, "maundy thursday": -3, "palm sunday": -7, "easter monday": 1,
    "easter saturday": -1, "easter sunday": 0, "ascension": 39, "whit sunday": 49,
    "whitsun": 49, "pentecost": 49, "whit monday": 50, "corpus christi": 60,
    "ash wednesday": -46, "shrove tuesday": -47, "easter": 0,
}  # fmt: skip


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous algorithm of 1876."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
