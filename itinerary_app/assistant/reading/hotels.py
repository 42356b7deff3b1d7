"""Hotels: named without a verb, which then says that one sleeps there, and in which city."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.model import City, Place

_NO_NAME = r"(?!(?:In|At|By|On|Near|Close|Next|And|Or|With|From|For|The|Is)\b)"
_WORD = rf"{_NO_NAME}[A-Z][\w'’&-]*"
_MORE = rf"(?: (?:{_WORD}|\d+|d[aeiou]l?|of|la|le)){{0,4}}"
_INN = r"(?:Hotel|Hostel|Pension|Riad|Ryokan|Guesthouse|Airbnb|B&B)"
_NAMED = (
    rf"(?:(?i:{_INN})(?i: is| called|:)? (?:the )?(?P<name>{_WORD}{_MORE})"
    rf"|(?P<whole>(?:{_WORD} ){{1,3}}{_INN}))"
)
_STARTS = r"(?P<start>^|[.,;(\n]\s*|\band )(?:our |the |my )?"
_IN_BRACKETS = re.compile(
    r"\s*\((?P<said>(?:we |i )?(?:stay(?:ing)?|sleep(?:ing)?|hotel|hostel|airbnb)\b"
    r"[^()]{3,60})\)",
    re.IGNORECASE,
)
_FEW = 60  # characters from a city to the brackets behind it


def with_verbs(
    text: str, named: Sequence[City], places: Callable[[City], Sequence[Place]]
) -> str:
    """ "We sleep at Hotel Urban in Madrid" for "Madrid (Hotel Urban)", in a first message.

    What has the name of a place of the city is that place.
    """
    if not re.search(_INN, text, re.IGNORECASE):
        return text
    text = _IN_BRACKETS.sub(lambda it: _behind_city(it, named), text)
    known = {tuple(words_of(it.name)) for city in named for it in places(city)}
    cities = "|".join(re.escape(it.name) for it in named) or "(?!)"
    ends = rf"(?=\s*(?:$|[.,;:!?)\n]|(?:and|for|from|then)\b)|,? in (?:{cities})\b)"

    def sleeping(match: re.Match[str]) -> str:
        name = match["whole"] or f"Hotel {match['name']}"
        said = [name, match["whole"] or match["name"]]
        if any(tuple(words_of(it)) in known for it in said):
            return match[0]
        if match["whole"] and not re.match(rf" in (?:{cities})\b", text[match.end() :]):
            return match[0]  # "tea at the Ritz Hotel" is no bed
        return f"{match['start']}we sleep at {name}"

    return re.sub(rf"{_STARTS}{_NAMED}{ends}", sleeping, text)


def _behind_city(match: re.Match[str], named: Sequence[City]) -> str:
    before = match.string[max(0, match.start() - _FEW) : match.start()]
    at = {it.name: before.lower().rfind(it.name.lower()) for it in named}
    city = max(at, key=lambda it: at[it], default="")
    if not city or at[city] < 0 or re.search(rf"\bin {city}\b", match["said"], re.I):
        return f", {match['said']}"
    return f", {match['said']} in {city}"
