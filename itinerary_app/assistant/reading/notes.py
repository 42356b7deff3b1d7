"""Notes: the traveller's own words on a stop, which are kept, not read."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Act, Note
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.quoting import as_written
from itinerary_app.assistant.reading.stops import IT
from itinerary_app.assistant.reading.tokens import Token, words

_LEADING = frozenset("SKIP COURTESY ADD PUT AND THEN ALSO MAKE COMMA".split())
_BETWEEN = frozenset("SKIP ON FOR TO NEAR WITH UNDER AND".split())
_ENDS = frozenset("PERIOD QUESTION".split())
_NAMING = frozenset("PLACE STOP IT KIND".split())


def taken(
    tokens: Sequence[Token], text: str
) -> tuple[list[tuple[Act, str]], tuple[Token, ...]]:
    """The notes of a message, and its tokens without them."""
    notes: list[tuple[Act, str]] = []
    rest: list[Token] = []
    start = 0
    for end in range(len(tokens) + 1):
        if end < len(tokens) and tokens[end].kind not in _ENDS:
            continue
        sentence = tokens[start:end]
        if note := _note(sentence, text):
            notes.append((note, note.text))
        else:
            rest += (_unnoted(it) for it in tokens[start : end + 1])
        start = end + 1
    return notes, tuple(rest)


def _note(sentence: Sequence[Token], text: str) -> Note | None:
    """ "Note for the Pantheon: bring …", "Louvre note - use the side door"."""
    kinds = [it.kind for it in sentence]
    if "NOTE" not in kinds:
        return None
    at = kinds.index("NOTE")
    before = [it for it in sentence[:at] if it.kind not in _LEADING]
    if len(before) == 1 and before[0].kind in _NAMING - {"IT"}:
        named, behind = before[0], at + 1
    elif not before:
        behind = at + 1
        while behind < len(kinds) and kinds[behind] in _BETWEEN:
            behind += 1
        if behind == len(kinds) or kinds[behind] not in _NAMING:
            return None
        named, behind = sentence[behind], behind + 1
    else:
        return None
    marked = kinds[behind : behind + 1] and (
        kinds[behind] in ("COLON", "DASH", "COMMA") or sentence[behind].text == "that"
    )
    quoted = text[named.end : named.end + 3].strip()[:1] in ('"', "“", "'", "«")
    said = sentence[behind + 1 :] if marked else sentence[behind:]
    if not said or not (marked or quoted):
        return None
    return Note(stop=_stop(named), text=as_written(words(said), text).strip("\"“”'"))


def _unnoted(token: Token) -> Token:
    return token._replace(kind="WORD") if token.kind == "NOTE" else token


def _stop(named: Token) -> Reference:
    if named.kind == "STOP":
        stop: Reference = named.value[0]
        return stop
    if named.kind == "IT":
        return IT
    if named.kind == "KIND":
        return Reference(kind=named.value, definite=True)
    return Reference(name=named.text[:200], ids=tuple(named.value))
