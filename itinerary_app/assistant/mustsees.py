"""Places that the traveller must see, by name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from itinerary_app.assistant.names import SURE, bare, likeness
from itinerary_app.assistant.vocabulary import DISH, SUBJECTS
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Place

MOST_CUES = 8  # of one message; who has more tells a story
MOST_PARTS = 12  # of one list
_SURELY = (
    r"must(?:[- ](?:see|visit|do|include)s?(?: is| are|:)?| absolutely see)"
    r"|(?:have|has|need|needs|got) to (?:see|visit|go to|include)"
    r"|(?:do not|don'?t|can'?t|cannot|not to|never) (?:want to )?miss"
    r"|(?:be|make) sure (?:to|we|i) (?:see|visit|include)"
    r"|(?:definitely|absolutely) (?:want to |need to )?(?:see|visit|include)"
)
SURELY = re.compile(rf"\b(?:{_SURELY})\b|\bmust\b")
_LIKELY = (
    r"(?:want|wants|like|love|hope|wish|keen|wanted|going|plan|dying) (?:very much )?to"
    r" (?:see|visit|go to)|including|includes?|see|visit|visiting|seeing|keep|add"
)
_CUE = re.compile(
    rf"\b(?:(?P<sure>{_SURELY})|(?P<likely>{_LIKELY})) (?P<what>[^.;!?\n]+)"
)
_IS_A_MUST = re.compile(
    r"(?P<what>[^.;!?,\n]{2,60}?) (?:(?:is|are) (?:an? )?|an? )(?:absolute )?"
    r"must(?:[- ]sees?)?\b"
)
_DENIED = re.compile(
    r"\b(?:don'?t|do not|not|never|no|won'?t|wouldn'?t|rather not|already|can'?t|nor"
    r"|without|didn'?t|no need to)\b(?:(?!\bbut\b)[^,.;!?]){0,24}$"
)
_CUT = re.compile(
    r"\b(?:but|except|without|before|because|rather than|instead of|near|nearby"
    r"|close to|next to|not|no|we've|already)\b.*"
)
_SPLIT = re.compile(r",| and |&|\+| plus | as well as | or | then ")
_TAIL = re.compile(
    r"\s+(?:in|on|for|at|with|from|during|first|too|please|also|this|next|while|when"
    r"|again|together|of course|definitely|if|once|by|both|as|\d).*$"
)
_LEAD = re.compile(
    r"^(?:(?:also|but|the|a|an|definitely|and|to|see|visit|go to|we|i|of course"
    r"|both|maybe"
    r"|must|for us|for me)\s+)+"
)
# Words that many names have: alone they name no place.
_GENERAL = frozenset(
    "city town old new royal grand great national central house street station square "
    "river bridge hill water world modern university house big main imperial real san "
    "santa st saint place sights everything something all north south east west house "
    "green red blue white golden famous best local night day sunset sunrise centre "
    "center downtown area stop stops highlights must friends people lake island".split()
)


@dataclass(frozen=True, slots=True)
class MustSees:
    """Places that were named, and names that must be seen and that we don't know."""

    places: tuple[Place, ...] = ()
    unknown: tuple[str, ...] = ()


def read(text: str, said: str, places: Sequence[Place], city: str) -> MustSees:
    """The must-sees in lower-case text; `said` is the text as written, `city` the name
    of the city, which alone names no place.
    """
    found: dict[str, Place] = {}
    unknown: dict[str, None] = {}
    matches = [(m, bool(m["sure"])) for m in _CUE.finditer(text)]
    matches += [(m, True) for m in _IS_A_MUST.finditer(text)]
    for match, sure in matches[:MOST_CUES]:
        if not sure and _DENIED.search(text[: match.start()]):
            continue
        what = _CUT.sub("", _LEAD.sub("", match["what"].strip()))
        for part in _SPLIT.split(what)[:MOST_PARTS]:
            if place := best(part, places, city):
                found[place.id] = place
            elif sure and (name := _unknown(part, said)):
                unknown[name] = None
    return MustSees(tuple(found.values()), tuple(unknown)[:3])


def best(part: str, places: Sequence[Place], city: str) -> Place | None:
    """The place that a part of a list names; of several the most important."""
    part = _LEAD.sub("", part.strip())
    for phrase in dict.fromkeys((part, _TAIL.sub("", part))):
        name = bare(phrase)
        general = _GENERAL.union(plain(city).split())
        words = [word for word in plain(name).split() if word not in general]
        if len(name) < 4 or not words:
            continue
        scored = [(likeness(name, place.name), place.importance) for place in places]
        top = max(scored, default=(0, 0))
        if top[0] >= SURE:
            return places[scored.index(top)]
    return None


def _unknown(part: str, said: str) -> str:
    """The part as written, if it looks like a name of its own."""
    name = _TAIL.sub("", _LEAD.sub("", part.strip())).strip(" '\"")
    if not 3 < len(name) <= 40 or len(name.split()) > 4 or DISH.search(name):
        return ""
    if any(subject.pattern.search(name) for subject in SUBJECTS):
        return ""
    found = re.search(re.escape(name), said, re.IGNORECASE)
    return found[0] if found and found[0][0].isupper() else ""
