"""Same day: when one leaves and is back, in a sentence on what one does that day."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from itinerary_app.acts.acts import Act, Add, Move, SetDeparture, SetHours, SetTime
from itinerary_app.acts.values import minutes_of
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.tokens import Token

_EARLY = 11 * 60  # minutes after midnight: later ones leave the city
_ENDS = frozenset("PERIOD QUESTION".split())
_BACK = frozenset("back home return returning".split())
_OF_ALL = frozenset("every each all always daily days mornings evenings".split())


def dated(
    acts: Sequence[tuple[Act, str]], tokens: Sequence[Token]
) -> list[tuple[Act, str]]:
    """ "The mine on the 3rd, leave at 8, back by 5": that day begins and ends then."""
    places = [it for it, _ in acts if isinstance(it, Add | Move | SetTime)]
    days = {it.day for it in places}
    several = any(it.kind in _ENDS for it in tokens[:-1])
    if len(days) != 1 or None in days or several:
        return list(acts)
    [day] = days
    made: list[tuple[Act, str]] = []
    for act, quote in acts:
        said = {*words_of(quote)}
        if _OF_ALL & said:
            made.append((act, quote))
        elif isinstance(act, SetHours) and act.day is None and _BACK & said:
            made.append((replace(act, day=day), quote))
        elif isinstance(act, SetDeparture) and _is_setting_out(act):
            made.append((SetHours(day=day, start=act.time), quote))
        else:
            made.append((act, quote))
    return made


def _is_setting_out(act: SetDeparture) -> bool:
    """Whether one leaves so early that it is for the day, and from no station."""
    early = act.time is not None and minutes_of(act.time) < _EARLY
    return early and not (act.at or act.there)
