"""Spoken of: what remarks, reasons and reports named, for what points back to it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.stops import IT
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.assistant.reading.whichdays import told_day, when_told

_BARE = frozenset("REMOVE GO OUT TAKE SKIP COURTESY".split())
_FIXING = frozenset("LOCK UNLOCK KEEP IT SKIP COURTESY".split())
_WHEN = frozenset("DAY DAYS DATE THATDAY OTHERDAY WHOLETRIP".split())
_SHUT = frozenset(("closed", "shut", "sold out", "fully booked", "booked out"))
_NAMING = frozenset("PLACE KIND THING MEAL STOP NO".split())


def is_bare(tokens: Sequence[Token]) -> bool:
    """Whether something goes, but not what: "cut.", "out it goes"."""
    kinds = {it.kind for it in tokens}
    return bool(kinds & {"REMOVE", "GO", "OUT"}) and kinds <= _BARE


class Spoken:
    """Of one message. `remark` is the statement that was unread last, `unsure` whether
    what was read before that may be meant otherwise.
    """

    def __init__(self) -> None:
        self.remark: list[Token] = []
        self.unsure = False
        self._named: list[Token] = []
        self._days: list[Token] = []  # of the remark
        self._day: list[Token] = []  # of the reason that was just given
        self._meal: list[Token] = []
        self._closed: list[Token] = []  # what is, of which we know no more than that

    def unread(self, tokens: list[Token], unsure: bool, *, reason: bool) -> None:
        """These words were not read; at least they name something."""
        self.remark, self.unsure = list(tokens), unsure
        shut = any(it.text in _SHUT for it in tokens)
        named = [it for it in tokens if it.kind == "WORD" and it.text not in _SHUT]
        self._closed = named[:1] if shut and tokens[-1].text in _SHUT else []
        self.named(tokens, reason=reason)

    def named(self, tokens: Sequence[Token], *, reason: bool) -> None:
        """These words only name something."""
        stops = [it for it in tokens if it.kind in ("PLACE", "STOP")]
        self._named = stops or self._named
        days = [it for it in tokens if it.kind == "DAY"]
        self._days = days if not stops else []
        if reason:
            self._day = told_day(tokens)
            self._meal = [it for it in tokens if it.kind == "MEAL"][:1]

    def done(self, tokens: Sequence[Token], acts: Sequence[Act]) -> None:
        """These words said what is to happen: "it" is now what they named."""
        kinds = {it.kind for it in tokens}
        here = all(getattr(it, "stop", None) != IT for it in acts)
        if kinds & {"STOP", "KIND"} or ("PLACE" in kinds and here):
            self._named = []

    def dated(self, tokens: Sequence[Token]) -> list[Token]:
        """With the day of the reason: "it's her birthday on Friday, so dinner at X"."""
        day, self._day = self._day, []
        kinds = {it.kind for it in tokens}
        if not day or kinds & _WHEN:
            return list(tokens)
        return [*tokens, *when_told(day, kinds)]

    def filled(self, tokens: Sequence[Token]) -> list[Token]:
        """With what was named: "X is a must, so add it"; "X is a roundabout. Cut."."""
        made = list(tokens)
        meal, self._meal = self._meal, []
        if meal and any(it.kind == "KIND" and it.value == "restaurant" for it in made):
            return [*made, *meal]  # "we'll picnic for lunch, so no restaurant then"
        if len(self._days) == 1 and {it.kind for it in tokens} <= _FIXING:
            return [self._days[0] if it.kind == "IT" else it for it in made]
        named = self._named or meal or self._closed
        if len(named) != 1 or {it.kind for it in tokens} & _NAMING:
            return made
        if is_bare(tokens):
            return [*made, *named]
        its = [at for at, it in enumerate(made) if it.kind == "IT"]
        if len(its) == 1:
            made[its[0]] = named[0]
        return made

    def meant(self, act: Act) -> Act:
        """ "X is far, take Y rather": what is done with the place just spoken of."""
        place = len(self._named) == 1 and self._named[0].kind == "PLACE"
        if not place or getattr(act, "stop", None) != IT:
            return act
        name, ids = self._named[0].text[:200], tuple(self._named[0].value)
        return replace(act, stop=Reference(name=name, ids=ids))
