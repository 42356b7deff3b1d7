"""Feasts: dates by the names of holidays."""

from __future__ import annotations

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
