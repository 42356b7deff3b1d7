"""The history of the trip, and the trip as a thing: words that decide alone."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import (
    Act,
    Delete,
    Export,
    Keep,
    OutOfScope,
    Redo,
    Restore,
    Share,
    StartOver,
    Undo,
    Unshare,
)
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reading.clauses import Clause
from itinerary_app.assistant.reading.lexicon import lexicon
from itinerary_app.assistant.reading.spans import WORDS
from itinerary_app.assistant.reading.tokens import Token, words

MOST_AROUND = 4  # unknown words around one that decides alone
FORMATS = ("gpx", "ics", "geojson", "markdown", "pdf", "calendar")
# With a word of these classes a clause is about what is planned, not of the trip.
_EDITING = frozenset(
    "REMOVE ADD MOVE SWAP LOCK UNLOCK DURATION TIME MEAL CALMER FULLER NOMORE AVOID "
    "DIET MOBILITY BUDGET PACE INTEREST LIMITWORD MONEY".split()
)
_ONE_OF_MANY = frozenset("MEAL KIND DAY TIME NOT GO".split())
_FIRST_VERSION = frozenset(("original", "first"))


def of_history(clause: Clause) -> Act | None:
    """Undo, share, start over …; None if the clause says something else."""
    kinds = {token.kind: token for token in clause.tokens}
    unknown = sum(it.kind == "WORD" for it in clause.tokens)
    editing = any(
        it.kind in _EDITING and not it.text.startswith("change") for it in clause.tokens
    )
    if editing or unknown > MOST_AROUND:
        return None
    places = [it for it in clause.tokens if it.kind == "PLACE"]
    if "DELETETRIP" in kinds:
        return Delete()
    if "UNSHARE" in kinds:
        return Unshare()
    if "SHARE" in kinds and not places:
        return Share()
    if "KEEPTRIP" in kinds:
        lengths = [it.value.days for it in clause.tokens if it.kind == "LENGTH"]
        return Keep(days=lengths[0] if lengths else None)
    if "EXPORT" in kinds:
        text = kinds["EXPORT"].text
        return Export(format=next((it for it in FORMATS if it in text), None))
    if "STARTOVER" in kinds and not kinds.keys() & {"DAY", "DAYS"}:
        return StartOver()
    if "REDO" in kinds:
        return Redo()
    if "UNDO" in kinds:
        return _undone(clause, places)
    if is_out_of_scope(clause):
        return OutOfScope(about=words(clause.tokens)[:200])
    return None


def _undone(clause: Clause, places: Sequence[Token]) -> Act | None:
    kinds = {it.kind for it in clause.tokens}
    if kinds & _ONE_OF_MANY:
        return None  # one change among others
    if places:
        named = Reference(name=places[0].text[:200], ids=tuple(places[0].value))
        return Restore(place=named)
    said = set(clause.words)
    numbers = [it.value for it in clause.tokens if it.kind == "NUMBER"]
    if "version" in said and numbers:
        return Restore(version=numbers[0])
    if said & _FIRST_VERSION or (kinds & {"FIRST", "ORDINAL"} and "plan" in said):
        return Restore(version=1)
    counts = [it.value for it in clause.tokens if it.kind in ("TIMES", "NUMBER")]
    counts += [WORDS[it] for it in clause.words if it in ("two", "three")]
    undos = sum(it.text == "undo" for it in clause.tokens)
    return Undo(count=max(1, counts[0] if counts else undos))


def is_out_of_scope(clause: Clause) -> bool:
    """Whether something is asked that this product does not do."""
    said, known = clause.words, lexicon("en.questions")
    found = (known.longest(said, at) for at in range(len(said)))
    return any(it and it[1].kind == "OUTOFSCOPE" for it in found)
