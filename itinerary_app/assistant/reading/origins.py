"""Where travellers come from and go on to, which is no part of their trip."""

from __future__ import annotations

import re

from itinerary_app.assistant.reader import Scene
from itinerary_app.assistant.reading.gates import spellings
from itinerary_app.catalogue.gateways import gateways
from itinerary_app.catalogue.world import cities_named

_BY = r"(?:train|plane|air|bus|coach|car|ferry|boat)"
_VERBS = (
    r"com(?:e|es|ing)|arriv\w+|land(?:s|ing)?|gets? in|getting in|fl(?:y|ies|ying)"
    r"|driv(?:e|es|ing)|travel\w*"
)
_CLAUSE = r"[^.;!?,]"
_ENDS = r"(?=\s*(?:$|[.;!?,]))"
_AT = rf"(?={_CLAUSE}{{,12}}\d)"  # an hour, which is then that of arriving
_NAME = r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
_FROM = re.compile(rf"\bfrom (?P<name>{_NAME})")


def left_out(text: str, scene: Scene) -> str:
    """The text without them.

    A city of the trip must be known, or another one be named: the one that one comes
    from may as well be where one goes to.
    """
    for city in scene.itinerary.cities if scene.itinerary else ():
        trip = rf"(?P<trip>\b(?:trip|outing|excursion) to [^.;!?,]{{2,40}}?) from {city.name}\b"
        text = re.sub(trip, r"\g<trip>", text, flags=re.I)  # where one sleeps then
    here = {scene.preferences.city, *(leg.city for leg in scene.preferences.legs)}
    folded = text.casefold()
    said = [it.name for it in scene.cities if it.name.casefold() in folded]
    named = [name for name in said if re.search(_word(name), text, re.I)]
    ends = {  # "fly home from Ciampino", which is a town as well
        name
        for city in scene.cities
        if city.name in {*here, *named}
        for it in gateways(city)
        for name in spellings(it.anchor.name)
    }
    away = [it for it in named if it not in here]
    away += [
        name
        for it in _FROM.finditer(text)
        if (name := it["name"]) not in (*here, *named, *ends) and cities_named(name)
    ]
    for name in away:
        others = here - {None} or set(named) - {name}
        if others and len(re.findall(_word(name), text, re.I)) == 1:
            text = _without(text, _word(name))
    return text


def _word(name: str) -> str:
    return rf"\b{re.escape(name)}\b"


def _without(text: str, city: str) -> str:
    """As if one arrived, or left, without telling from where or to which city."""
    last = rf" from {city}(?! (?:to|and|leav\w+|depart\w*|goes)\b)"
    for pattern, kept in (
        (rf"\b(?:fl(?:y|ies|ying)|flights?) from {city} to\b", "going to"),
        (
            rf"\b(?:com\w+ )?from {city},? by (?P<by>{_BY})\b{_AT}",
            r"arriving by \g<by>",
        ),
        (rf",? ?\b(?:com\w+ )?from {city},? by {_BY}\b", ""),
        (rf"(?<!by )\b(?P<by>{_BY}|flight){last}{_AT}", r"arriving by \g<by>"),
        (rf",? ?(?<!by )\b(?:{_BY}|flight){last}{_ENDS}", ""),
        (
            rf",? ?\b(?:we(?:'re| are)? )?(?:com|fly|driv|travell?)(?:ing|e)?{last}{_ENDS}",
            "",
        ),
        (rf"(?P<said>\b(?:{_VERBS})\b{_CLAUSE}{{,30}}?|by {_BY}){last}", r"\g<said>"),
        (
            rf"(?P<said>\b(?:leav|depart)\w+{_CLAUSE}{{,40}}? by {_BY}) to {city}{_ENDS}",
            r"\g<said>",
        ),
    ):
        text = re.sub(pattern, kept, text, flags=re.I)
    return text
