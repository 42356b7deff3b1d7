"""Numbers: what number words say."""

from __future__ import annotations

import re

WORDS = dict(
    zip(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(),
        range(21),
        strict=True,
    )
) | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100}
WORDS |= {
    f"{tens}{mark}{ones}": WORDS[tens] + number
    for tens in ("twenty", "thirty", "forty", "fifty")
    for ones, number in list(WORDS.items())[1:10]
    for mark in "- "
}
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
ORDINALS = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        range(1, 11),
        strict=True,
    )
) | {"forth": 4, "2nd": 2, "3rd": 3, "1st": 1, "penultimate": -2}


def number_of(word: str) -> int:
    """Digits, or a number word."""
    return int(word) if word.isdigit() else WORDS[word]


def sum_of(said: str) -> int:
    """ "1,200", "1.200", "12.50", "two hundred"; what is less than one is left out."""
    if said[0].isdigit():
        said = _THOUSANDS.sub("", said)
        return int(float(said.rstrip(".,").replace(",", "")))
    first, *hundred = said.split()
    return WORDS.get(first, 1) * (100 if hundred else 1)


def ordinal_of(word: str) -> int:
    """ "second", "12th"."""
    return ORDINALS.get(word) or int(re.sub(r"\D", "", word))
