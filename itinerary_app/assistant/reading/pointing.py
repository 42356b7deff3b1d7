"""Pointing: stops that are named by their place in the plan, each as one token.

"The one we see after lunch", "whatever sits between A and B", "Friday's museum", "the
first two stops on Sunday", "the garden that day 3 begins with".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from msgspec.structs import replace

from itinerary_app.acts.values import Meal, Part, Reference
from itinerary_app.assistant.reading.clauses import DEEDS
from itinerary_app.assistant.reading.frames import at, is_plural
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.tokens import Token

_KINDS = frozenset("KIND TAG CUISINE".split())
_DETERMINERS = frozenset("the that this those these our your my".split())
_STOPS = ("PERIOD", "QUESTION")
_ASKING = frozenset("what whats when where which who why how".split())
_RELATIVE = frozenset("that which who where whichs thats when".split())
# Words between a stop and what places it: "that we are to see right after …".
_FILLING = frozenset(
    "we wed were i id im you youd youre there is are be being been comes come coming sits "
    "sit sitting stands stand falls fall lies lie happens planned scheduled booked down "
    "got have having has see seeing visit visiting visited do doing go going goes to at "
    "right straight just directly immediately somewhere put will would should that which "
    "in it happens eat eating start starting starts begins begin beginning with off up "
    "end ends ending finish finishes finishing open opens opening close closes".split()
)
_BEGINNING = frozenset("start starting starts begins begin beginning open opens opening".split())
_ENDING = frozenset("end ends ending finish finishes finishing close closes".split())
_THERE_IS = ("there is", "there's", "there are", "we have", "we've got", "you have")
_AND = ["ON", "DAY", "AND"]
_FOLLOWING = {"follows": "after", "following": "after", "precedes": "before"}


def pointed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with each stop that is placed in the plan as one of class STOP."""
    made: list[Token] = []
    tokens = _brought_back(_that_day(tokens))
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
            if [it.kind for it in tokens[i : i + 2]] in (["COMMA", "UNDO"], ["COLON", "UNDO"]):
                made.append(tokens[i + 1]._replace(kind="REMOVE"))  # "…, cancel that"
                i += 2
        else:
            made.append(tokens[i])
            i += 1
    return made


def _that_day(tokens: Sequence[Token]) -> list[Token]:
    """ "Saturday we have a picnic, so no lunch that day": the day named before."""
    made: list[Token] = []
    day = ""
    for token in tokens:
        day = token.value if token.kind == "DAY" else day
        made.append(token._replace(value=day) if token.kind == "THATDAY" else token)
    return made


def _brought_back(tokens: Sequence[Token]) -> list[Token]:
    """ "Bring that one back", "we want the fort back": what was is to be again."""
    made = list(tokens)
    for at, token in enumerate(tokens):
        rest = [it for it in tokens[at + 1 :] if it.text != "in"]
        behind = rest[0].kind if rest else "PERIOD"
        if token.text != "back" or behind not in ("COMMA", "PERIOD", "COURTESY", "BUT"):
            continue
        start = next((i for i in range(at - 1, max(at - 6, -1), -1)
                      if tokens[i].text in _BRINGING), None)
        between = tokens[start or 0 : at]
        names = {it.kind for it in between if it.kind != "KIND" or is_plural(it.text)}
        if start is not None and names & {"IT", "PLACE", "KIND", "INTEREST"}:
            kind = "UNDO" if names & {"IT", "PLACE"} else "ALLOW"
            made[start] = tokens[start]._replace(kind=kind)
            made[at] = token._replace(kind="SKIP")
    return made


_BRINGING = ("bring", "put", "get", "want", "have", "give", "give us", "take", "get us")


def _asks(tokens: Sequence[Token], start: int) -> bool:
    """Whether the sentence that begins here asks for something but a change."""
    sentence = list(takewhile(lambda it: it.kind not in _STOPS, tokens[start:]))
    end = start + len(sentence)
    marked = end < len(tokens) and tokens[end].kind == "QUESTION"
    words = [word for it in sentence[:2] for word in words_of(it.text)]
    if words[:1] and words[0] in _ASKING and words[1:2] not in (["we"], ["you"], ["i"]):
        return True
    return marked and not any(it.kind in DEEDS for it in sentence)


class _Phrase:
    """One noun phrase from a token on; `end` is where it stops."""

    def __init__(self, tokens: Sequence[Token], start: int) -> None:
        self._tokens = tokens
        self.end = start
        self._found: dict[str, Any] = {}
        self._placed = False  # by more than a day that stands before its noun
        self._bound = False  # by a relative clause, or a possessive

    def read(self) -> tuple[Reference, ...]:
        """The stops that the phrase points at; none if it does not."""
        if self._there_is():
            return self._references()
        definite = self._determiners()
        day = self._day_before() if definite or self._possessive() else False
        counted = self._count() or self._numbered()
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
            if noun in _KINDS and set(rest) & {"IT", "THEM"}:
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

    def _determiners(self) -> bool:
        start = self.end
        before = self._tokens[start - 1] if start else None
        if before is not None and before.kind == "COURTESY":
            start -= before.text.endswith(" the")  # "can the one …"
        while self._kind() in ("SKIP", "IT", "THEM") and self._text() in _DETERMINERS:
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
        nouns = {"THING", "ORDINAL", "FIRST", "LAST", *_KINDS}
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
        noun = self._kind(2 if number else 1) in ("THING", *_KINDS)
        visit = self._text(1) in ("visit", "one") and kind in ("FIRST", "LAST", "ORDINAL")
        if kind not in ("FIRST", "LAST", "ORDINAL") or not (noun or visit):
            return False
        token = self._take()
        nth = {"FIRST": 1, "LAST": -1}.get(kind) or token.value
        self._found["nth"] = nth
        if number:
            self._found["count"] = self._take().value
            self._placed = True
        return True

    def _numbered(self) -> bool:
        """ "Number six"."""
        if self._text() not in ("number", "no.", "nr", "#") or self._kind(1) != "NUMBER":
            return False
        self._take()
        self._found["nth"] = self._take().value
        self._placed = True
        return True

    def _head(self, definite: bool) -> str:
        """What kind of noun it is: "kind", "thing" or "what"; "" if it is none."""
        kind, text = self._kind(), self._text()
        if kind == "EVERY" and text == "whatever" or (kind == "REST" and text == "everything"):
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
        if kind in _KINDS:
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
        if self._kind() != "COMMA" and self._words()[-1:] and (
            self._words()[-1] in _RELATIVE or self._text() in ("we", "we'd", "you")
        ):
            self._take()
        elif self._text() in ("which is", "which are", "there is"):
            self._take()
        elif head != "what" and self._words()[:1] not in (["planned"], ["scheduled"]):
            if self._text() in ("right", "just"):
                self._take()
            return False, set()
        while self._kind() and self._words() and all(it in _FILLING for it in self._words()):
            if self._kind() in ("ON", "BETWEEN", "AFTER", "BEFORE") and self._text() != "in":
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
        free = relative or head != "kind" or self._bound
        kind, words = self._kind(), self._words()
        if wording & (_BEGINNING | _ENDING) and self._opens(wording):
            return True
        beside = kind in ("AFTER", "BEFORE") or words[:1] and words[0] in _FOLLOWING
        if self._found.keys() & {"after", "before"} and (beside or kind == "BETWEEN"):
            return False
        if beside and free:
            name = _FOLLOWING.get(words[0] if words else "", kind.lower())
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
        """A day belongs to the stop if it says "of", or the clause around it is its own;
        else it may be where the stop is to go."""
        if "day" in self._found:
            return False
        neighbour = self._kind(2) in ("AFTER", "BEFORE", "BETWEEN")
        topic = self._kind(2) == "COLON"  # "the last sight on Saturday: …"
        bound = relative or self._bound or neighbour or topic or self._text() == "of"
        if self._kind() in ("ON", "SKIP") and self._kind(1) == "DAY" and bound:
            if self._text() in ("on", "of", "in", "for", "during"):
                self._take()
                self._found["day"] = self._take().value
                return True
        if self._kind() == "DAY" and relative:
            self._found["day"] = self._take().value
            return True
        if self._kind() in ("PERDAY", "WHOLETRIP") and self._found.get("every"):
            self._take()
            return True
        if self._kind() == "ON" and self._kind(1) == "PERDAY" and self._found.get("every"):
            self.end += 2
            return True
        if self._kind() == "PART" and relative:
            self._found["part"] = Part(self._take().value)
            return True
        return False

    def _neighbour(self, name: str) -> bool:
        """The stop that it is next to."""
        while self._kind() in ("SKIP", "IT") and self._text() in _DETERMINERS:
            if self._kind(1) not in ("PLACE", "MEAL", *_KINDS):
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
        elif kind in _KINDS:
            self._found[name] = Reference(kind=self._take().value, definite=True)
        elif kind == "IT":
            self._take()
            self._found[name] = Reference(focus="it")
        else:
            return False
        return True

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
