"""Single facts as sources write them, read only where the reading is certain."""

from __future__ import annotations

import re
from functools import lru_cache

from itinerary_app.catalogue import osm_hours, seasons
from itinerary_app.model import UNSTORABLE

MAX_NAME = 120  # characters; what is longer is a description
MAX_FACT = 1_000  # of any other text
MAX_HOURS = 200
MAX_PRICE = 1_000_000

_UNREADABLE = re.compile(f"{UNSTORABLE}|[\x01-\x1f\x7f]")
_FREE = re.compile(r"(?:free|free (?:entry|entrance|admission)|no charge|0)\.?", re.I)
_NUMBER = r"(?P<amount>[0-9]{1,3}(?:[, ][0-9]{3})+|[0-9]+(?:[.,][0-9]{1,2})?)"
_SIGN = r"(?P<sign>[A-Z]{3}|€|£|\$|US\$|S\$|HK\$|A\$|₹|Rs\.?|¥|฿|₩|₺|zł|Kč|Ft)"
_PRICES = (
    re.compile(rf"{_SIGN} ?{_NUMBER}"),
    re.compile(rf"{_NUMBER} ?{_SIGN}"),
)
_CURRENCIES = {
    "€": "EUR",
    "US$": "USD",
    "S$": "SGD",
    "HK$": "HKD",
    "A$": "AUD",
    "₹": "INR",
    "฿": "THB",
    "₩": "KRW",
    "₺": "TRY",
    "zł": "PLN",
    "Kč": "CZK",
    "Ft": "HUF",
}
# Signs that several countries use: they mean the country's own, if it is one of these.
_SHARED = {
    "£": ("GBP", "EGP", "GIP"),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP"),
    "¥": ("JPY", "CNY"),
    "Rs": ("INR", "PKR", "LKR", "NPR", "MUR"),
}


def text(told: object) -> str:
    """A text in one line, '' for what is none."""
    if not isinstance(told, str):
        return ""
    return " ".join(_UNREADABLE.sub(" ", told).split())


def other_name(told: str, name: str) -> str | None:
    """What else the place is called; None for the same, and for a description."""
    return told if told != name and 0 < len(told) <= MAX_NAME else None


@lru_cache(maxsize=65_536)
def readable_hours(told: str) -> str | None:
    """The hours if they are understood and tell when it opens, else None."""
    if not told or len(told) > MAX_HOURS:
        return None
    try:
        osm_hours.parse(told)
    except ValueError:
        return None
    return None if seasons.is_vague(told) else told


@lru_cache(maxsize=4_096)
def price(told: str, home: str | None) -> tuple[float, str | None] | None:
    """The amount and currency of a price like "12 EUR" or "free", else None.

    `home` is the currency of the country. Ranges, discounts and words are not read.
    """
    if _FREE.fullmatch(told):
        return 0.0, home
    found = next((it for form in _PRICES if (it := form.fullmatch(told))), None)
    if found is None:
        return None
    currency = _currency(found["sign"], home)
    amount = _amount(found["amount"])
    return (amount, currency) if currency and amount <= MAX_PRICE else None


def _amount(told: str) -> float:
    if re.search(r"[, ][0-9]{3}", told):  # thousands
        return float(re.sub("[, ]", "", told))
    return float(told.replace(",", "."))


def _currency(sign: str, home: str | None) -> str | None:
    sign = sign.removesuffix(".")
    if sign in _SHARED:
        return home if home in _SHARED[sign] else None
    return _CURRENCIES.get(sign) or (
        sign if sign.isalpha() and len(sign) == 3 else None
    )
