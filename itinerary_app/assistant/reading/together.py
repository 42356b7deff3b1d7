"""Acts of one message that belong together: said twice, or of the day named before."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace

from itinerary_app.acts.acts import (
    Act,
    Add,
    Avoid,
    BestOrder,
    Calmer,
    Fuller,
    NoMore,
    Replan,
    SetPace,
)

Quoted = tuple[Act, str]


def together(acts: Sequence[Quoted]) -> list[Quoted]:
    """The acts, each once, with the day that the message named before."""
    made: list[Quoted] = []
    day: int | str | None = None
    for act, quote in acts:
        act = _of_day(act, day)
        day = getattr(act, "day", None) or day
        if isinstance(act, NoMore) and Avoid(kind=act.kind) in [it for it, _ in made]:
            continue
        if isinstance(act, Add) and _merged(made, act):
            continue
        if act not in [it for it, _ in made]:
            made.append((act, quote))
    return made


def _of_day(act: Act, day: int | str | None) -> Act:
    if day is None:
        return act
    if isinstance(act, SetPace) and act.step:
        return Calmer(day=day) if act.step < 0 else Fuller(day=day)
    if isinstance(act, Replan | BestOrder) and act.day is None:
        return replace(act, day=day)
    return act


def _merged(made: list[Quoted], act: Add) -> bool:
    """Whether the act only tells more of an addition that was made before."""
    for i, (other, quote) in enumerate(made):
        if isinstance(other, Add) and other.place == act.place:
            more = {name: it for name, it in asdict(act).items() if it is not None}
            made[i] = (replace(other, **more), quote)
            return True
    return False
