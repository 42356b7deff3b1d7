"""Sums of money in words: with two decimals, or with none where none are needed."""

from __future__ import annotations

from itinerary_app import language


def money(currency: str | None, amount: float) -> str:
    """EUR 1,178.10, EUR 178; without a currency the bare sum."""
    cents = round(amount * 100)
    if language.current() == language.ENGLISH:
        told = f"{cents / 100:,.2f}" if cents % 100 else f"{cents // 100:,}"
        return f"{currency or ''} {told}".strip()
    from babel import Locale
    from babel.numbers import format_currency, format_decimal

    locale = Locale.parse(language.current())
    digits = ".00" if cents % 100 else ""
    if not currency:
        return format_decimal(cents / 100, f"#,##0{digits}", locale=locale)
    usual = locale.currency_formats["standard"].pattern
    return format_currency(
        cents / 100,
        currency,
        usual.replace(".00", digits),
        locale=locale,
        currency_digits=False,
    )
