"""Names of cities inside other names: "Washington Square", "Little Tokyo"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itinerary_app.catalogue import countries
from itinerary_app.catalogue.spelling import plain

_THING = re.compile(
    r"(?:squares?|parks?|street|road|avenue|boulevard|lane|bridge|towers?|gate|gardens?"
    r"|station|beach|canals|island|museum|gallery|cafe|restaurant|bar|pub|club|hotel"
    r"|house|palace|hall|cathedral|church|temple|mosque|market|mall|zoo|theat(?:re|er)"
    r"|opera|stadium|library|wines?|sausages?|style)\b"
)
_BEHIND = re.compile(r"(?<=^ )[\w'’-]+")
# Behind these a name is a person's, or a quarter of emigrants.
_PERSON = re.compile(
    r"\b(?:little|(?:wife|husband|daughter|son|sister|brother|mother|father|mum|mom|dad"
    r"|girlfriend|boyfriend|partner|friend|niece|nephew|aunt|uncle|baby)"
    r"|(?:i'm|i am|name is|name's|called|named))\s*$"
)


@dataclass(frozen=True, slots=True)
class Around:
    """A name in a text and what stands around it, as written."""

    before: str
    name: str
    behind: str

    def is_of_somebody(self) -> bool:
        return bool(_PERSON.search(self.before.lower()))

    def goes_on(self, ordinary: frozenset[str]) -> bool:
        """Whether it looks like the beginning of a longer name; what is written large
        and not `ordinary` belongs to it, unless it tells where a city is.
        """
        behind = _BEHIND.search(self.behind)
        if behind is None:
            return False
        word = plain(behind[0])
        if _THING.match(word):
            return True
        is_name = behind[0][0].isupper() and not behind[0].isupper()
        return is_name and word not in ordinary and word not in countries.beginnings()
