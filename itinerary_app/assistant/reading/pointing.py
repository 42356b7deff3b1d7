"""Pointing: stops that are named by their place in the plan, each as one token.

"The one we see after lunch", "whatever sits between A and B", "Friday's museum", "the
first two stops on Sunday", "the garden that day 3 begins with".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from msgspec.structs import replace

from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.clause import DEEDS
from itinerary_app.assistant.reading.frames import at, is_plural
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.placing import DETERMINERS, KINDS, Placed
from itinerary_app.assistant.reading.tokens import Token

_STOPS = ("PERIOD", "QUESTION")
_ASKING = frozenset("what whats when where which who why how".split())
_THERE_IS = ("there is", "there's", "there are", "we have", "we've got", "you have")
_AND = ["ON", "DAY", "AND"]
_PLACING = ("ON", "DAY", "PART", "AFTER", "BEFORE", "BETWEEN", "FROM")
_RIMS = ("first", "the first", "last", "the last", "final", "the final")


def pointed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each stop that is placed in the plan as one of class STOP."""
    made: list[Token] = []
    i = 0
    asked = _asks(tokens, 0)
    while i < len(tokens):
        if tokens[i].kind in _STOPS:
            asked = _asks(tokens, i + 1)
        asked = asked or tokens[i].kind in ("UNDO", "REDO")
        phrase = _Phrase(tokens, i)
        refs = () if asked else phrase.read()
        if refs:
            text = " ".join(it.text for it in tokens[i : phrase.end])
            start, end = tokens[i].start, tokens[phrase.end - 1].end
            made.append(Token("STOP", refs, text, start, end))
            i = phrase.end
            if [it.kind for it in tokens[i : i + 2]] in (
                ["COMMA", "UNDO"],
                ["COLON", "UNDO"],
            ):
                made.append(tokens[i + 1]._replace(kind="REMOVE"))  # "…, cancel that"
                i += 2
        else:
            made.append(tokens[i])
            i += 1
    return made


def of_day(tokens: Sequence[Token], focus_day: int | None) -> list[Token]:
    """ "The last stop" as that of the day spoken of; without one it is to be asked."""
    made: list[Token] = []
    day = focus_day
    for i, token in enumerate(tokens):
        if token.kind == "DAY" and isinstance(token.value, int):
            day = token.value
        rim = bool(made) and made[-1].kind == "ORDINAL" and made[-1].text in _RIMS
        behind = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        if token.kind == "THING" and rim and behind not in _PLACING:
            nth = made.pop()
            ref = Reference(nth=nth.value, day=day, focus=None if day else "them")
            text = f"{nth.text} {token.text}"
            token = token._replace(
                kind="STOP", value=(ref,), text=text, start=nth.start
            )
        made.append(token)
    return made


def _asks(tokens: Sequence[Token], start: int) -> bool:
    """Whether the sentence that begins here asks for something but a change."""
    sentence = list(takewhile(lambda it: it.kind not in _STOPS, tokens[start:]))
    end = start + len(sentence)
    marked = end < len(tokens) and tokens[end].kind == "QUESTION"
    words = [word for it in sentence[:2] for word in words_of(it.text)]
    said = {word for it in sentence for word in words_of(it.text)}
    if words[:1] in (["is"], ["are"]) and "open" in said:
        return True  # "is everything open on day 2"
    if words[:1] and words[0] in _ASKING and words[1:2] not in (["we"], ["you"], ["i"]):
        return True
    return marked and not any(it.kind in DEEDS for it in sentence)


class _Phrase(Placed):
    """One noun phrase from a token on; `end` is where it stops."""

    def read(self) -> tuple[Reference, ...]:
        """The stops that the phrase points at; none if it does not."""
        if self._there_is():
            return self._references()
        definite = self._determiners()
        day = self._day_before() if definite or self._possessive() else False
        counted = self._count() or self._numbered() or self._superlative()
        head = "thing" if self._placed and not day else ""
        head = self._head(definite or counted or day) or head
        if not head:
            return ()
        self._places(head)
        self._parted()
        if not (self._placed or day):
            return ()
        return self._references()

    def _there_is(self) -> bool:
        """ "Between lunch and the museum on day 3 there is some bazaar, …"."""
        start = self.end
        while self._kind() in ("AFTER", "BEFORE", "BETWEEN", "ON", "DAY"):
            if self._kind() == "DAY":
                self._found["day"] = self._take().value
            elif self._kind() == "ON":
                self._take()
            elif not self._place("thing", True, set()):
                break
        if self.end > start and self._text() in _THERE_IS:
            self._take()
            while self._kind() in ("SKIP", "SOMETHING") or self._text() == "one":
                self._take()
            noun, *rest = [it.kind for it in self._tokens[self.end :]] or [""]
            if noun in KINDS and set(rest) & {"IT", "THEM"}:
                self._found["kind"] = self._take().value
                return True
        self.end, self._found, self._bound = start, {}, False
        return False

    def _references(self) -> tuple[Reference, ...]:
        count = self._found.pop("count", 1)
        ref = Reference(definite=True, **self._found)
        if count == 1:
            return (ref,)
        first = ref.nth or 1
        step = 1 if first > 0 else -1
        return tuple(replace(ref, nth=first + step * it) for it in range(count))

    def _determiners(self) -> bool:
        start = self.end
        before = self._tokens[start - 1] if start else None
        if before is not None and before.kind == "COURTESY":
            start -= before.text.endswith(" the")  # "can the one …"
        while self._kind() in ("SKIP", "IT", "THEM") and self._text() in DETERMINERS:
            self._take()
        return self.end > start

    def _possessive(self) -> bool:
        if self._kind() != "DAY" or not self._kind(1):
            return False
        gap = self._tokens[self.end + 1].start - self._tokens[self.end].end
        return gap > 2 or self._text().endswith(("'s", "s'"))

    def _day_before(self) -> bool:
        """ "The Friday one", "day 2's church", "the 14:30 stop"."""
        possessive = self._possessive()
        nouns = {"THING", "ORDINAL", "FIRST", "LAST", *KINDS}
        noun = self._kind(1) in nouns or self._text(1) in ("one", "ones")
        if self._kind() == "DAY" and noun:
            self._found["day"] = self._take().value
            self._bound = possessive
            return True
        if self._kind() == "TIME" and noun:
            self._found["at"] = at(self._take().value, late_until=7)
            self._placed = True
            return True
        return False

    def _count(self) -> bool:
        """ "First", "last two", "third"."""
        kind = self._kind()
        number = self._kind(1) == "NUMBER" and 1 < self._tokens[self.end + 1].value < 6
        noun = self._kind(2 if number else 1) in ("THING", *KINDS)
        visit = self._text(1) in ("visit", "one") and kind in (
            "FIRST",
            "LAST",
            "ORDINAL",
        )
        if kind not in ("FIRST", "LAST", "ORDINAL") or not (noun or visit):
            return False
        token = self._take()
        nth = {"FIRST": 1, "LAST": -1}.get(kind) or token.value
        self._found["nth"] = nth
        if number:
            self._found["count"] = self._take().value
            self._placed = True
        return True

    def _superlative(self) -> bool:
        """ "The longest one", "the shortest visit on Saturday"."""
        if self._text() not in ("longest", "shortest"):
            return False
        self._found["most"] = self._take().text
        self._placed = True
        return True

    def _numbered(self) -> bool:
        """ "Number six"."""
        if (
            self._text() not in ("number", "no.", "nr", "#")
            or self._kind(1) != "NUMBER"
        ):
            return False
        self._take()
        self._found["nth"] = self._take().value
        self._placed = True
        return True

    def _head(self, definite: bool) -> str:
        """What kind of noun it is: "kind", "thing" or "what"; "" if it is none."""
        kind, text = self._kind(), self._text()
        if (kind == "EVERY" and text == "whatever") or (
            kind == "REST" and text == "everything"
        ):
            self._take()
            self._found["every"] = True
            return "what"
        if text == "what" and self._text(1) in ("we", "you", "i"):
            self._take()
            return "what"
        if kind == "IT" and text in ("that thing", "that one", "that stop", "this one"):
            self._take()
            return "thing"
        if not definite:
            return ""
        if kind in KINDS:
            token = self._take()
            self._found["kind"] = token.value
            if is_plural(token.text) and "nth" not in self._found:
                self._found["every"] = True
            if self._kind() == "THING":
                self._take()
            return "kind"
        if kind == "THING" or text in ("one", "visit") or kind == "REST":
            token = self._take()
            if kind == "THING" and is_plural(token.text) and "nth" not in self._found:
                self._found["every"] = True
            return "thing"
        return ""

    def _parted(self) -> None:
        """ "The church on day 1 and the church on day 3": each with its day."""
        if self._placed or "kind" not in self._found or "day" in self._found:
            return
        rest, before = (
            [it.kind for it in some if it.kind != "SKIP"]
            for some in (self._tokens[self.end :], self._tokens[: self.end])
        )
        ahead = rest[:3] == _AND and rest[3:4] == ["KIND"] and rest[4:6] == _AND[:2]
        behind = before[-4:-1] == _AND and before[-5:-4] == ["KIND"]
        if rest[:2] == _AND[:2] and (ahead or behind):
            self.end += 1
            self._found["day"] = self._take().value
            self._placed = True
