"""History: what is said of a trip's versions, and of the trip as a thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from itinerary_app.acts.acts import (
    Act,
    Add,
    Delete,
    Export,
    Keep,
    OutOfScope,
    Redo,
    Restore,
    SetDays,
    Share,
    StartOver,
    Undo,
    Unshare,
)
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.lexicon import lexicon, words_of
from itinerary_app.assistant.reading.tokens import Token

MOST_AROUND = 5  # unknown words around a phrase that decides alone
MOST_UNKNOWN = 3  # words beside "undo": more may say what is to be undone
SURE = 3  # words of a phrase that is one even across what else was read there
_CLASSES = frozenset(
    "UNDO REDO STARTOVER FIRSTVERSION SHARE UNSHARE EXPORT KEEPTRIP DELETETRIP".split()
)
_FORMATS = ("gpx", "ics", "geojson", "markdown", "pdf", "calendar")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_COUNTS = {"twice": 2, "couple": 2, "thrice": 3}
_N = rf"(?P<n>{'|'.join(_NUMBERS)}|\d)"
_STEPS = r"(?:steps?|changes?|moves?|edits?|versions?|times)"
_BACK = re.compile(
    rf"^(?:(?:please|ok|and|now|can|could|you|we|lets|let|us|go|take|me) )*"
    rf"(?:{_N} (?:{_STEPS} )?back(?:wards)?|back {_N.replace('?P<n>', '?P<m>')}"
    rf"(?: {_STEPS})?|back by {_N.replace('?P<n>', '?P<by>')} {_STEPS}|undo (?:the )?(?:last )?{_N.replace('?P<n>', '?P<o>')}"
    rf"(?: {_STEPS})?|(?P<one>go back))(?: please)?$"
)
_NUMBERED = re.compile(
    rf"\bversion (?:no |number |nr )?(?P<n>\d+|{'|'.join(_NUMBERS)})\b"
)
# A version by what is in it: "the draft that had _", "the one with _ in it".
_NOUN = r"(?:version|draft|variant|edition|plan|itinerary|state)"
_HAVING = (
    r"(?:(?:that|which) (?:still )?(?:had|has|contained|included)|with|where|when"
    r"|having|in which|containing|including|featuring|from when|back when)"
)
_BY_CONTENT = re.compile(
    rf"\b(?:(?:the|that|a|your|our|my)(?: \w+)? {_NOUN} (?:we had )?{_HAVING}\b.* _"
    rf"|(?:the|that) one {_HAVING} (?:\w+ )?_ (?:in it|on it|still in|in$"
    r"|(?:was|is|were) (?:\w+ )?(?:better|nicer|best|nicest|good)))"
)
_WITH_UNKNOWN = re.compile(rf"\b(?:{_NOUN}|one) {_HAVING} (?!_)")
_BOUGHT = re.compile(
    r"^(?:\w+ ){0,4}?(?:buy|purchase|book|reserve|order|get|grab|secure|organise"
    r"|arrange) (?:\w+ ){0,3}?(?:_ )?(?:tickets?|seats?|passes|a table|the table"
    r"|a room|tours?)\b"
    r"|^(?:\w+ ){0,4}?(?:buy|purchase|book|reserve) (?:us|me|a|an|the|two|_)\b"
)
_NOT_ASKED = re.compile(
    r"^(?:but )?(?:i|we) (?:didnt|never|did not) (?:ask|tell|want|told|asked|wanted)"
    r" you to\b"
)
_LEFT_IN = re.compile(
    r"(?:(?:actually|ok|oh|wait|please|but|lets|hmm|well|sorry) )*(?:leave|keep)"
    r" (?:it|that|them|those)(?: in| there)?(?: after all| then| anyway| please)*"
)
# A length, not a version: "go back to three days".
_TO_DAYS = re.compile(
    rf"\b(?:back|return|revert) to (?:just |only |the )?{_N}(?P<unit> days?| nights?)?$"
)
# Not of the whole trip: "reset the budget"; a way, not a version: "go back to X".
_OF_A_PART = re.compile(
    r"\b(?:reset|restart) (?:the|my|our) (?!trip|plan|whole|entire|lot|itinerary)"
)
_RETURN = re.compile(r"\b(?:go|come|head|walk|get) back to (?:the )?_")
_BY_ONESELF = re.compile(r"(?:ill|i will|we will) ")
_ALL = re.compile(
    r"\b(?:undo|revert|reverse) (?:everything|all|it all)"
    r"(?: (?:of it|my|the|changes))*$"
)
_OF_ONE = re.compile(r"\bundo (?:the|my|that) \w+ (?:of|to|for|on|with)\b|\byesterday")
_SHOWING = ("show", "show us")
_RETURNING = frozenset(
    "back return restore want like prefer use take again revert bring load open get "
    "miss better best".split()
)
# "Undo" among these is one change of several, or denied.
_NOT_ALONE = frozenset(
    "MEAL HOTEL KIND DAY DAYS TIME NOT DURATION PART CUISINE TAG MONEY DIET PACE "
    "BUDGET LENGTH MOBILITY LIMITWORD INTEREST CITY DATE DELTA ADULTS CHILDREN".split()
)
# "Delete everything on day 2" is no word on the trip.
_OF_THE_PLAN = frozenset("DAY DAYS MEAL PART PLACE KIND AFTER BEFORE".split())
_OF_A_TRIP = re.compile(r"\b(?:trip|data|plan)\b")
_DEEDS = frozenset("REMOVE ADD MOVE SWAP LOCK UNLOCK CALMER FULLER".split())


def told(
    tokens: Sequence[Token],
    *,
    beside: Sequence[Token] = (),
    gone: bool = False,
    resized: bool = False,
    removed: bool = False,
) -> Act | None:
    """The act of a clause that is about versions or the trip itself; these words decide
    alone. `beside` are words around it that name what "it" is; `gone`: whether the last
    change took something out; `resized`: whether it made the trip longer or shorter;
    `removed`: whether it did nothing else.
    """
    text = _text(tokens)
    kinds = {token.kind for token in tokens} | _phrases(text.split())
    last = tokens[-1].start if tokens else 0
    named = (it for it in (*tokens, *beside) if it.kind == "PLACE" and it.start <= last)
    places = list(dict.fromkeys(named))
    if "DELETETRIP" in kinds:
        part = _OF_THE_PLAN & kinds
        return Delete() if not part or _OF_A_TRIP.search(text) else None
    if "UNSHARE" in kinds:
        return Unshare()
    unknown = sum(it.kind == "WORD" for it in tokens)
    if _DEEDS & kinds - {"REMOVE"} or unknown > MOST_AROUND:
        kinds -= {"SHARE", "KEEPTRIP", "EXPORT", "STARTOVER"}
    if "SHARE" in kinds and not places and not _BY_ONESELF.match(text):
        return Share()
    if "KEEPTRIP" in kinds:
        lengths = [it.value.days for it in tokens if it.kind == "LENGTH"]
        return Keep(days=lengths[0] if lengths else None)
    if "EXPORT" in kinds:
        return Export(format=next((it for it in _FORMATS if it in text), None))
    if ("REDO" in kinds and "NOT" not in kinds) or text == "redo":
        return Redo()
    if "STARTOVER" in kinds and not _NOT_ALONE & kinds and not _OF_A_PART.search(text):
        return StartOver()
    if length := _TO_DAYS.search(text):
        nights = (length["unit"] or "").startswith(" night")
        count = _NUMBERS.get(length["n"]) or int(length["n"])
        return SetDays(days=count + nights) if length["unit"] or resized else None
    if numbered := _NUMBERED.search(text):
        return Restore(version=_NUMBERS.get(numbered["n"]) or int(numbered["n"]))
    if "FIRSTVERSION" in kinds and not places and not (_DEEDS | _NOT_ALONE) & kinds:
        return Restore(version=1)
    if counted := _BACK.search(text):
        said = next(filter(None, (counted[it] for it in ("n", "m", "by", "o"))), "one")
        return Undo(count=_NUMBERS.get(said) or int(said))
    if _ALL.search(text):
        return Restore(version=1)
    if _NOT_ASKED.search(text) or (removed and _LEFT_IN.fullmatch(text)):
        return Undo()
    if "UNDO" in kinds:
        return _undone(tokens, text, kinds, places)
    if (
        gone
        and "KIND" in kinds
        and re.search(r"\b(?:want|like|need|get|give)\b.* back$", text)
    ):
        return Undo()
    least = 2 if kinds & {"CITY", "LENGTH", "DIET", "MOBILITY", "PLACE"} else 1
    if _is_out_of_scope(text.split(), least=least):
        return OutOfScope(about=text[:200])
    return None


def version_with(tokens: Sequence[Token]) -> Restore | None:
    """The version that is asked for by what is in it, if nothing else is said."""
    places = [it for it in tokens if it.kind == "PLACE"]
    text = _text(tokens)
    kinds = {it.kind for it in tokens if it.text not in _SHOWING}
    if len(places) != 1 or kinds & (_NOT_ALONE | _DEEDS) or "why" in text:
        return None
    if _BY_CONTENT.search(text) and _RETURNING & set(text.split()):
        return Restore(place=_named(places[0]))
    return None


def _phrases(words: Sequence[str]) -> set[str]:
    """The classes of long phrases, whatever their words are read as one by one."""
    found = (
        lexicon("en").longest(words, at, kinds=_CLASSES) for at in range(len(words))
    )
    return {it[1].kind for it in found if it and it[0] >= SURE}


def _text(tokens: Sequence[Token]) -> str:
    """The words, with "_" for each place."""
    words = (
        "_" if it.kind == "PLACE" else " ".join(words_of(it.text)) for it in tokens
    )
    return " ".join(filter(None, words))


def _undone(
    tokens: Sequence[Token], text: str, kinds: set[str], places: Sequence[Token]
) -> Act | None:
    pointed = {"it", "that", "this"} & set(text.split())
    undo = next((it for it in tokens if it.kind == "UNDO"), None)
    if undo and places and undo.start < places[0].start and " it " in undo.text:
        return Undo()  # "put it back where it was, near X"
    if places and pointed and "PLACE" not in kinds:
        return Restore(place=_named(places[0]))  # "I miss X, bring it back on Friday"
    unknown = sum(it.kind == "WORD" for it in tokens)
    if (
        _WITH_UNKNOWN.search(text)
        or _RETURN.search(text)
        or _OF_ONE.search(text)
        or ("THING" in kinds and "last" not in text)
        or _NOT_ALONE & kinds
        or unknown > MOST_UNKNOWN
    ):
        return None
    if places and "PLACE" in kinds and undo and undo.text.endswith(" back"):
        return Add(place=_named(places[0]))  # that stop, not all that changed since
    if places:
        return Restore(place=_named(places[0])) if "PLACE" in kinds else None
    numbers = [it.value for it in tokens if it.kind in ("TIMES", "NUMBER")]
    said = text.split()
    counts = [_COUNTS[it] for it in said if it in _COUNTS] or [said.count("undo")]
    return Undo(count=max(1, numbers[0] if numbers else counts[0]))


def _named(place: Token) -> Reference:
    return Reference(name=place.text[:200], ids=tuple(place.value))


def _is_out_of_scope(words: Sequence[str], *, least: int) -> bool:
    """Whether a phrase of so many words at least, or a purchase, is out of scope."""
    known = lexicon("en.questions")
    found = (known.longest(words, at) for at in range(len(words)))
    if any(it and it[0] >= least and it[1].kind == "OUTOFSCOPE" for it in found):
        return True
    return bool(
        _BOUGHT.search(" ".join(words))
        and not {"i", "we", "have", "ive"} & set(words[:2])
    )
