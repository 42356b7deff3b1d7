"""Sums of money in words: with two decimals, or with none where none are needed."""

from __future__ import annotations


def money(currency: str | None, amount: float) -> str:
    """EUR 1,178.10, EUR 178; without a currency the bare sum."""
    cents = round(amount * 100)
    told = f"{cents / 100:,.2f}" if cents % 100 else f"{cents // 100:,}"
    return f"{currency or ''} {told}".strip()
