"""Currencies: what they are called, and what one is worth in another.

Rates are the European Central Bank's reference rates of one day, as the installed
release of CurrencyConverter brings them: good for a limit, not for a bill.
"""

from __future__ import annotations

from datetime import date
from functools import cache

from currency_converter import SINGLE_DAY_CURRENCY_FILE, CurrencyConverter

# Names that several currencies share; the first one where a city has none of them.
SHARED: dict[str, tuple[str | None, ...]] = {
    "dollars": ("USD", "AUD", "CAD", "HKD", "NZD", "SGD"),
    "pounds": ("GBP", "EGP"),
    "pesos": (None, "ARS", "MXN"),
    "crowns": (None, "CZK", "DKK", "NOK", "SEK"),
}
_NAMES = {
    "dollars": ("$", "dollar", "buck"),
    "pounds": ("pound",),
    "pesos": ("peso",),
    "crowns": ("crown", "kroner", "kronor", "koruna"),
    "EUR": ("€", "euro"),
    "GBP": ("£", "quid"),
    "INR": ("₹", "rs", "rs.", "rupee"),
    "JPY": ("¥", "yen"),
    "THB": ("฿", "baht"),
    "TRY": ("lira",),
    "KRW": ("won",),
    "AED": ("dirham",),
    "CHF": ("franc",),
    "PLN": ("zloty",),
}
_OF_NAMES = {name: code for code, names in _NAMES.items() for name in names}
# Kept at so many to a US dollar by the Central Bank of the UAE since 1997.
_PEGGED, _TO_A_DOLLAR = "AED", 3.6725


def named(word: str) -> str:
    """The code of a currency by its sign, name or code, or a name that is shared."""
    word = word.lower()
    found = _OF_NAMES.get(word) or _OF_NAMES.get(word.removesuffix("s"))
    return found or word.upper()


def meant(name: str, local: str) -> str | None:
    """The code of a name where the money is `local`; None where it may be several."""
    if name not in SHARED:
        return name
    return local if local in SHARED[name] else SHARED[name][0]


def converted(amount: float, code: str, to: str) -> tuple[float, date] | None:
    """The sum in the other currency, and of which day the rate is; None without one."""
    rates = _rates()
    if code == _PEGGED:
        amount, code = amount / _TO_A_DOLLAR, "USD"
    if to == _PEGGED:
        amount, to = amount * _TO_A_DOLLAR, "USD"
    if not {code, to} <= rates.currencies:
        return None
    return rates.convert(amount, code, to), rates.bounds["USD"].last_date


@cache
def _rates() -> CurrencyConverter:
    return CurrencyConverter(SINGLE_DAY_CURRENCY_FILE)
