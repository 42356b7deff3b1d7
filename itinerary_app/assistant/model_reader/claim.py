"""An act as a claim about a message: each of its values has to have been said."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec

from itinerary_app.acts import acts
from itinerary_app.acts.acts import Act
from itinerary_app.assistant.model_reader import words
from itinerary_app.assistant.model_reader.evidence import Naming, Said
from itinerary_app.assistant.reader import Scene
from itinerary_app.catalogue.spelling import plain
from itinerary_app.errors import AnswerRefused

# They change nothing: no word is needed that asks for a change.
HARMLESS = (
    acts.Ask,
    acts.Suppose,
    acts.Thank,
    acts.Greet,
    acts.Complain,
    acts.OutOfScope,
)
# They concern all days: their values have to stand in the quote itself, not elsewhere.
WHOLE_TRIP = (
    acts.SetCity,
    acts.AddCity,
    acts.RemoveCity,
    acts.OrderCities,
    acts.SetNights,
    acts.SetDates,
    acts.SetDays,
    acts.SetInterests,
    acts.SetPace,
    acts.SetBudget,
    acts.SetSpendLimit,
    acts.SetDiet,
    acts.SetMobility,
    acts.SetArrival,
    acts.SetDeparture,
    acts.SetParty,
    acts.AddDay,
    acts.Avoid,
    acts.Allow,
    acts.AtMost,
    acts.NoMore,
    acts.Undo,
    acts.Redo,
    acts.Restore,
    acts.Keep,
)


class Claims:
    """What acts of one message may claim."""

    def __init__(self, message: Said, scene: Scene) -> None:
        self._message, self._scene = message, scene
        stops = scene.itinerary.stops if scene.itinerary else ()
        self._places = {place.id: place for place in scene.places}
        self._places |= {stop.place.id: stop.place for stop in stops}
        city = scene.itinerary.city.name if scene.itinerary else scene.preferences.city
        self._city = plain(city or "").split()

    def verify(self, act: Act, quote: str) -> None:
        """AnswerRefused unless the quote, or for acts on a part of the trip the
        message, has a word for each value of the act.
        """
        said = Said(quote)
        if not (self._answers_us(act) or _is_recognized(act, said)):
            raise AnswerRefused("an act that its quote does not say")
        self._verify(act, said if isinstance(act, WHOLE_TRIP) else self._message)

    def _answers_us(self, act: Act) -> bool:
        """Whether we asked for a missing part of such an act: "the second one"."""
        return any(type(act) is type(pending) for pending in self._scene.focus.pending)

    def _verify(self, struct: msgspec.Struct, said: Said) -> None:
        for field in msgspec.structs.fields(struct):
            value = getattr(struct, field.name)
            if value != field.default and not self._is_said(field.name, value, said):
                raise AnswerRefused(f"a value that was not said ({field.name})")

    def _is_said(self, name: str, value: Any, said: Said) -> bool:
        if value is None or value is False:
            return True
        if isinstance(value, tuple):
            return all(self._is_said(name, one, said) for one in value)
        if isinstance(value, msgspec.Struct):  # a reference, or an act supposed
            self._verify(value, said)
            return True
        if name in _PLACES:
            return self._is_place_said(value, said)
        if name in _DAYS:
            return self._is_day_said(value, said)
        if name == "start" and "-" in value:
            return self._is_date_said(value, said)
        if name == "kind":
            return said.has_value(value) or bool(said.find(value))
        if name == "at" and value[2:3] != ":":
            return bool(said.find(value))
        check = _SAID.get(name)
        return check is None or check(said, value)

    def _is_place_said(self, place_id: str, said: Said) -> bool:
        """By its name, or by what was spoken of last."""
        place = self._places.get(place_id)
        if place is None:
            raise AnswerRefused(
                "an id that is neither in the plan nor in the catalogue"
            )
        focus = self._scene.focus
        if place_id in (*focus.stops, *focus.gone, *focus.options):
            return True
        naming = said.names(place, self._city)
        return naming.whole or (bool(naming.own) and not self._is_another(naming, said))

    def _is_another(self, naming: Naming, said: Said) -> bool:
        """Whether another place has the words as its whole name: "the Pantheon" is not
        the restaurant Armando al Pantheon.
        """
        others = (said.names(place, self._city) for place in self._places.values())
        return any(other.whole and naming.own <= other.own for other in others)

    def _is_day_said(self, day: int | str, said: Said) -> bool:
        if isinstance(day, int):
            return day == self._scene.focus.day or said.has_day(day)
        if day in words.WEEKDAYS:
            return said.has(rf"\b{day}")
        return "-" not in day or self._is_date_said(day, said)

    def _is_date_said(self, day: str, said: Said) -> bool:
        try:
            return said.has_date(date.fromisoformat(day), self._scene.today)
        except ValueError:  # 30 February
            return False


def _is_recognized(act: Act, said: Said) -> bool:
    if (
        isinstance(act, acts.Confirm | acts.Deny)
        and len(said.words) > words.LONGEST_YES
    ):
        return False
    sign = words.signs().get(str(type(act).__struct_config__.tag))
    return sign is None or sign.search(said.text) is not None


def _literally(said: Said, value: str) -> bool:
    """Words of the traveller's own: the model writes none."""
    return said.find(value) is not None


def _number(said: Said, value: int) -> bool:
    return abs(value) in said.numbers


def _adults(said: Said, value: int) -> bool:
    """One and two need no number: "alone", "my wife and I"."""
    return said.has(words.ADULTS) if value <= 2 else value in said.numbers


def _children(said: Said, value: int) -> bool:
    return said.has(words.CHILDREN) and (value <= 2 or value in said.numbers)


_PLACES = ("place", "other", "stop", "where", "after", "before", "ids")
_DAYS = ("day", "first", "second", "night")
_SAID: dict[str, Callable[[Said, Any], bool]] = {
    "city": Said.has_city,
    "cities": Said.has_city,
    "days": Said.has_days,
    "nights": _number,
    "count": _number,
    "adults": _adults,
    "children": _children,
    "people": _number,
    "amount": _number,
    "version": _number,
    "shift": _number,
    "minutes": lambda said, value: said.has_minutes(value),
    "change": lambda said, value: said.has_minutes(abs(value)),
    "time": Said.has_time,
    "start": Said.has_time,
    "end": Said.has_time,
    "at": Said.has_time,
    "name": _literally,
    "about": _literally,
    "text": _literally,
    "format": _literally,
    "more": Said.has_value,
    "less": lambda said, value: said.has_value(value) and said.has(words.AGAINST),
    "add": Said.has_value,
    "drop": lambda said, value: said.has_value(value) and said.has(words.AGAINST),
    "part": lambda said, value: said.has(words.PARTS[value]),
    "meal": lambda said, value: said.has(words.MEALS[value]),
    "step": lambda said, value: said.has(
        words.STEP_UP if value > 0 else words.STEP_DOWN
    ),
    "pace": Said.has_value,
    "budget": Said.has_value,
}
