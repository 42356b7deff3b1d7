"""Placing: where in the plan a stop is, by the clause behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from itinerary_app.acts.values import Meal, Part, Reference
from itinerary_app.assistant.reading.frames import at
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.tokens import Token

KINDS = frozenset("KIND TAG CUISINE".split())
DETERMINERS = frozenset("the that this those these our your my".split())
_RELATIVE = frozenset("that which who where whichs thats when".split())
# Words between a stop and what places it: "that we are to see right after …".
_FILLING = frozenset(
    "we wed were i id im you youd youre there is are be being been comes come "
    "coming sits sit sitting stands stand falls fall lies lie happens planned "
    "scheduled booked down got have having has see seeing visit visiting visited "
    "do doing go going goes to at right straight just directly immediately "
    "somewhere put will would should that which in it eat eating start starting "
    "starts begins begin beginning with off up end ends ending finish finishes "
    "finishing open opens opening close closes".split()
)
_BEGINNING = frozenset(
    "start starting starts begins begin beginning open opens opening".split()
)
_ENDING = frozenset("end ends ending finish finishes finishing close closes".split())
_NEXT = frozenset("right just straight directly immediately".split())
_AWAY = (("TO", "DAY"), ("TO", "PART"), ("TO", "THATDAY"), ("TO", "OTHERDAY"))
_FOLLOWING = {"follows": "after", "following": "after", "precedes": "before"}


class Placed:
    """A walk over tokens that gathers what places a stop; `end` is where it stops."""

    def __init__(self, tokens: Sequence[Token], start: int) -> None:
        self._tokens = tokens
        self.end = start
        self._found: dict[str, Any] = {}
        self._placed = False  # by more than a day that stands before its noun
        self._bound = False  # by a relative clause, or a possessive
        before = tokens[start - 1].kind if start else "PERIOD"
        self._leads = before in ("PERIOD", "QUESTION")  # the sentence

    def _kind(self, ahead: int = 0) -> str:
        at = self.end + ahead
        return self._tokens[at].kind if at < len(self._tokens) else ""

    def _text(self, ahead: int = 0) -> str:
        at = self.end + ahead
        return self._tokens[at].text if at < len(self._tokens) else ""

    def _words(self) -> list[str]:
        return words_of(self._text())

    def _take(self) -> Token:
        self.end += 1
        return self._tokens[self.end - 1]

    def _places(self, head: str) -> None:
        """What follows and says where in the plan it is."""
        while True:
            start = self.end
            relative, wording = self._filled(head)
            if not self._place(head, relative, wording):
                self.end = start
                return
            self._placed = True

    def _filled(self, head: str) -> tuple[bool, set[str]]:
        """Past a relative pronoun and the verb behind it."""
        start = self.end
        if (
            self._kind() != "COMMA"
            and self._words()[-1:]
            and (
                self._words()[-1] in _RELATIVE or self._text() in ("we", "we'd", "you")
            )
        ) or self._text() in ("which is", "which are", "there is"):
            self._take()
        elif head != "what" and self._words()[:1] not in (["planned"], ["scheduled"]):
            if self._text() in ("right", "just"):
                self._take()
            return False, set()
        while (
            self._kind()
            and self._words()
            and all(it in _FILLING for it in self._words())
        ):
            if (
                self._kind() in ("ON", "BETWEEN", "AFTER", "BEFORE")
                and self._text() != "in"
            ):
                break
            if self._kind() in ("AND", "COMMA", "DAY"):
                break
            self._take()
        words = {
            word for it in self._tokens[start : self.end] for word in words_of(it.text)
        }
        return True, words

    def _place(self, head: str, relative: bool, wording: set[str]) -> bool:
        """One thing that places it: a neighbour, a day, a time, a meal, an order."""
        self._bound = self._bound or relative
        free = relative or head != "kind" or self._bound or self._goes_elsewhere()
        kind, words = self._kind(), self._words()
        if wording & (_BEGINNING | _ENDING) and self._opens(wording):
            return True
        beside = kind in ("AFTER", "BEFORE") or (words[:1] and words[0] in _FOLLOWING)
        if self._found.keys() & {"after", "before"} and (beside or kind == "BETWEEN"):
            return False
        if beside and free:
            name = _FOLLOWING.get(words[0] if words else "", kind.lower())
            if _NEXT & set(words) and self._found.get("every"):
                self._found["every"] = False  # "whatever comes right after lunch"
            self._take()
            return self._neighbour(name)
        if kind == "BETWEEN" and free:
            self._take()
            if not self._neighbour("after") or self._kind() != "AND":
                return False
            self._take()
            return self._neighbour("before")
        if kind in ("FIRST", "LAST", "ORDINAL") and relative:
            token = self._take()
            self._found["nth"] = {"FIRST": 1, "LAST": -1}.get(kind) or token.value
            return True
        if kind == "NOT" and relative and self._kind(1) == "PLACE":
            self._take()
            token = self._take()
            self._found["but"] = (Reference(name=token.text, ids=tuple(token.value)),)
            return True
        if kind == "MEAL" and wording & {"have", "having", "eat", "eating"}:
            self._found["meal"] = Meal(self._take().value)
            while self._text() in ("in", "at"):
                self._take()
            return True
        if kind == "ON" and self._text() == "at" and free and self._clock():
            self._found["at"] = at(self._clock(), late_until=7)
            self.end += 2
            return True
        return self._on_day(relative)

    def _goes_elsewhere(self) -> bool:
        """ "The church before lunch to Sunday": the neighbour is where it is now."""
        kinds = [it.kind for it in self._tokens[self.end :]]
        ends = [i for i, it in enumerate(kinds) if it in ("COMMA", "PERIOD", "COLON")]
        kinds = [it for it in kinds[: min(ends, default=None)] if it != "SKIP"]
        return any(pair in _AWAY for pair in pairwise(kinds))

    def _clock(self) -> Clock | None:
        """The hour behind "at"."""
        token = self._tokens[self.end + 1] if self._kind(1) else None
        if token is not None and token.kind == "TIME":
            clock: Clock = token.value
            return clock
        if token is not None and token.kind == "NUMBER" and token.value <= 12:
            return Clock(token.value * 60, open=True)
        return None

    def _opens(self, wording: set[str]) -> bool:
        """ "That day 3 begins with", "we end Saturday with", "that starts day 2"."""
        while self._kind() == "ON":
            self._take()
        if self._kind() != "DAY":
            return False
        self._found["day"] = self._take().value
        while self._words() and all(it in _FILLING for it in self._words()):
            wording |= set(self._words())
            self._take()
        self._found["nth"] = 1 if wording & _BEGINNING else -1
        return True

    def _on_day(self, relative: bool) -> bool:
        """A day is the stop's if it says "of", or the clause around it is its own;
        else it may be where the stop is to go.
        """
        if "day" in self._found:
            return False
        neighbour = self._kind(2) in ("AFTER", "BEFORE", "BETWEEN")
        topic = self._kind(2) == "COLON" or (  # "the last sight on Saturday: …"
            self._leads and self._kind(2) in ("COMMA", "DASH")
        )
        bound = relative or self._bound or neighbour or topic or self._text() == "of"
        on_day = self._text() in ("on", "of", "in", "for", "during")
        if on_day and self._kind(1) == "DAY" and bound:
            self._take()
            self._found["day"] = self._take().value
            return True
        if self._kind() == "DAY" and relative:
            self._found["day"] = self._take().value
            return True
        if self._kind() in ("PERDAY", "WHOLETRIP") and self._found.get("every"):
            self._take()
            return True
        if (
            self._kind() == "ON"
            and self._kind(1) == "PERDAY"
            and self._found.get("every")
        ):
            self.end += 2
            return True
        if self._kind() == "PART" and relative:
            self._found["part"] = Part(self._take().value)
            return True
        return False

    def _neighbour(self, name: str) -> bool:
        """The stop that it is next to."""
        while self._kind() in ("SKIP", "IT") and self._text() in DETERMINERS:
            if self._kind(1) not in ("PLACE", "MEAL", *KINDS):
                break
            self._take()
        kind = self._kind()
        if kind == "PLACE":
            token = self._take()
            of = self._take().value if self._kind() == "KIND" else None
            self._found[name] = Reference(
                name=token.text, ids=tuple(token.value), kind=of
            )
        elif kind == "MEAL":
            self._found[name] = Reference(meal=Meal(self._take().value))
        elif kind in KINDS:
            self._found[name] = Reference(kind=self._take().value, definite=True)
        elif kind == "IT":
            said = [it for it in self._tokens[: self.end] if it.kind == "PLACE"]
            self._take()
            self._found[name] = (
                Reference(name=said[-1].text, ids=tuple(said[-1].value))
                if said
                else Reference(focus="it")
            )
        else:
            return False
        return True
