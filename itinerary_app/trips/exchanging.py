"""Exchanging: limits that were told in other money than admissions are paid in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from msgspec.structs import replace

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.catalogue import currencies
from itinerary_app.text.dates import in_words
from itinerary_app.text.money import money

AnyAct = TypeVar("AnyAct", bound=Act)


@dataclass(frozen=True, slots=True)
class Exchanged(Generic[AnyAct]):
    """`acts` have their limits in local money; what was `refused` is not among them."""

    acts: list[AnyAct] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def exchanged(
    acts: Sequence[AnyAct], city: str | None, local: str
) -> Exchanged[AnyAct]:
    """The acts for a city where the money is `local`, "" where nobody knows."""
    made: Exchanged[AnyAct] = Exchanged()
    for act in acts:
        if not isinstance(act, do.SetSpendLimit) or not act.currency:
            made.acts.append(act)
            continue
        code = currencies.meant(act.currency, local)
        rated = code and currencies.converted(act.amount or 0, code, local)
        if act.amount is None or code == local:
            made.acts.append(replace(act, currency=None))
        elif not city:
            made.refused.append(
                "I keep a limit in the money of the city's admissions: tell me the "
                "city first, then the limit again."
            )
        elif not rated:
            there = f"in {local}" if local else "as a bare number"
            made.refused.append(
                f"I don't know what {act.amount:,} {act.currency} are in {city}'s "
                f"money, so I leave the limit as it is: tell it {there}."
            )
        else:
            amount, day = rated
            made.acts.append(replace(act, amount=round(amount), currency=None))
            made.told.append(
                f"{money(code, act.amount)} is about {money(local, round(amount))} (by "
                f"the European Central Bank's rate of {in_words(day)})."
            )
    return made
