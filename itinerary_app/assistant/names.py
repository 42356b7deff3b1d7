"""Places of a city, found by the names that people write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from itinerary_app.assistant.vocabulary import NEGATION, SUBJECTS, clauses
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Place

SURE = 86  # of 100, that a phrase names a place
_SEEN = re.compile(
    r"\b(?:been to|seen|visited) ([^.;!?]+?) (?:already|before)\b"
    r"|\balready (?:been to|seen|visited) ([^.;!?]+)"
)
_FILLER = re.compile(
    r"\b(?:the|a|an|my|our|that|this|those|these|please|any|some|one of|visit to"
    r"|trip to|stop at|to see|instead|there|plan|itinerary|from|out|thanks?|at all|"
    r"i'?d like|we'?d like|i want|we want|like|prefer|love|rather|have|see)\b"
)


def unwanted(text: str, places: Sequence[Place]) -> list[Place]:
    """The places that lower-case text denies by name, or tells to be known:
    "but not the Vatican", "we have been to the Louvre already"."""
    found = []
    for clause in clauses(text):
        if denied := NEGATION.search(clause):
            found += called(clause[denied.end() :], places)
    if seen := _SEEN.search(text):
        for part in re.split(r",|\band\b", seen[1] or seen[2]):
            found += called(part, places)
    return found


def called(phrase: str, places: Sequence[Place]) -> list[Place]:
    name = bare(phrase)
    return [it for it in places if name and likeness(name, it.name) >= SURE]


def named(phrase: str, places: Sequence[Place]) -> Place | None:
    """The place that the phrase names."""
    scored = [(likeness(phrase, place.name), place) for place in places]
    score, place = max(scored, key=lambda item: item[0], default=(0, None))
    return place if score >= SURE else None


def without_names(text: str, places: Sequence[Place]) -> str:
    """ "City Palace" names a stop, not the wish for palaces."""
    for place in places:
        name = place.name.lower()
        if " " in name:
            text = text.replace(name, " ")
    return text


def bare(phrase: str) -> str:
    return " ".join(_FILLER.sub(" ", phrase).split()).strip(" .!?,'\"“”")


def likeness(phrase: str, name: str) -> float:
    """From 0 to 100; a phrase of general words alone names nothing."""
    said, full = _full(phrase), _full(name)
    if _is_general(said) and said != full:
        return 0.0
    if len(said) > 3 and len(said.split()) > 1 and said in full:
        return 100.0
    whole = fuzz.ratio(said, full)
    some = fuzz.token_set_ratio(said, full) if len(said) >= 4 else 0.0
    return max(whole, some - 2)


@lru_cache(maxsize=8192)
def _full(name: str) -> str:
    """Without remarks in brackets and the French articles: museum orsay."""
    full = plain(re.sub(r"\(.*?\)|\b[dl]['’]", "", name, flags=re.IGNORECASE))
    return re.sub(r"\b(?:musee|museo|museu)\b", "museum", full)


@lru_cache(maxsize=64)
def _is_general(said: str) -> bool:
    for subject in SUBJECTS:
        said = subject.pattern.sub(" ", said)
    return len(said.strip(" s")) < 3
