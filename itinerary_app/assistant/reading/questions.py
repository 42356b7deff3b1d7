"""Questions: what one is about, by the words of lexicon/en.questions.txt."""

from __future__ import annotations

import re
from collections.abc import Sequence

from itinerary_app.acts.acts import Ask, OutOfScope, Topic
from itinerary_app.acts.values import Part, Reference
from itinerary_app.assistant.reading.asked import Asked
from itinerary_app.assistant.reading.frames import at
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.model import Place


def asked(
    tokens: Sequence[Token],
    names: Names,
    places: Sequence[Place],
    *,
    planned: bool,
    sure: bool = False,
    strong: bool = False,
    beside: Sequence[Token] = (),
) -> Ask | OutOfScope | None:
    """The question of a clause; None if no topic of ours is in it.

    With `sure` only if a word asks: of a statement that could not be read. With
    `strong` only if words name the topic: what is named in the plan is not enough.
    `beside` are words of the message around it, which may name what it is about.
    """
    it = Asked(tokens, names, places)
    if beside and not (it.places or it.kinds):
        it.told(Asked(beside, names, places))
    if strong and not set(it.topics) & _STRONG and not _is_of_ride(it):
        return None
    if sure and it.words[:2] in (["what", "a"], ["what", "an"]):
        return None
    found = _topic(it, planned)
    if not sure or found is None:
        return found
    if not it.topics or isinstance(found, OutOfScope):
        return None
    if set(it.words[:3]) & _QUESTION_WORDS:
        return found
    wished = {token.kind for token in it.tokens} & _WISHING
    stated = set(it.words) & _FINITE or set(it.words[:3]) & _SUBJECTS
    return found if found.topic in _NAMED and not (wished or stated) else None


def _topic(it: Asked, planned: bool) -> Ask | OutOfScope | None:
    """In the order in which words decide: what names its topic alone comes first."""
    if it.has("OUTOFSCOPE"):
        return OutOfScope(about=it.text[:200] or None)
    if _TO_BOOK.search(it.text):
        return it.ask(Topic.UNKNOWN)
    if (
        not planned
        and it.has("WHERE", "WHICH", "SUGGESTQ")
        and not it.has("LODGING", "WHICHCITIES")
    ):
        return it.ask(Topic.SUGGEST)
    if planned and it.has("WHICHCITIES") and it.kinds:
        return it.ask(Topic.SUGGEST)  # "where can we go to the beach"
    for name, topic in _ALONE.items():
        if it.has(name):
            return it.ask(topic)
    kinds = {token.kind for token in it.tokens}
    absent = {"no", "missing", "not", "isnt", "without", "arent"} & set(it.words)
    if it.has("WHYNOT") or (it.has("WHY") and absent and it.places):
        return it.ask(Topic.WHY_NOT)
    if it.has("WHY"):
        return it.ask(Topic.WHY)
    if it.has("NEARBYQ") and it.places and it.kinds and not it.has("GET", "HOWFAR"):
        return it.ask(Topic.NEARBY, kind=it.kinds[0])
    if planned and it.has("LIGHTQ") and not it.has("WHAT", "SUGGESTQ", "OPEN"):
        return it.ask(Topic.LIGHT)
    if planned and it.has("HOLIDAYQ") and not it.has("OPEN"):
        return it.ask(Topic.HOLIDAYS)
    if it.has("ALLERGY", "QUEUES", "SAFETY", "WEATHER", "TICKETSLEFT"):
        return it.ask(Topic.UNKNOWN)
    on_foot = "MOBILITY" in kinds and _ON_FOOT & set(it.words)
    if on_foot and not (it.has("ACCESSQ") or it.places):
        return it.ask(Topic.WALKING)  # "is day 3 too much walking"
    if it.has("ACCESSQ") or "MOBILITY" in kinds:
        return it.ask(Topic.ACCESS)
    if "DIET" in kinds:
        return it.ask(Topic.DIETS)
    if it.has("OPEN") and it.has("GET") and not it.has("HOWFAR", "HOW"):
        return it.ask(Topic.HOURS, time=at(it.time))
    riding = _RIDING.search(it.text)
    if planned and riding and not (it.places or it.kinds or it.meal or it.it):
        return it.ask(Topic.WALKING)  # "which days do we take taxis"
    if it.has("HOWFAR", "GET") or (it.has("HOWLONG", "HOW") and it.has("WALKING")):
        if (
            not it.places
            and not it.it
            and (it.has("WALKING") or (it.day and it.has("HOWFAR")))
        ):
            return it.ask(Topic.WALKING)
        return _way(it)
    if it.has("BUSIEST"):
        return it.ask(Topic.BUSIEST)
    if it.has("CALMEST"):
        return it.ask(Topic.CALMEST)
    if it.has("COUNT", "HOWMANY") and not it.has("HOWMUCH"):
        return it.ask(Topic.COUNT)
    if it.has("HOWMUCH") and _HOURS & set(it.words) and it.day:
        return it.ask(Topic.STAY)  # "how much is planned for day 3, hours-wise"
    if it.has("HOWMUCH") and not it.has("WALKING", "HOWLONG"):
        whole = {"place": None} if _IN_ALL.search(it.text) and not it.places else {}
        return it.ask(Topic.PRICE, people=it.people, **whole)
    if it.has("WALKING"):
        return _way(it) if len(it.places) > 1 else it.ask(Topic.WALKING)
    if it.is_free():
        return it.ask(Topic.PRICE)
    every = _ALL.intersection(it.words)
    if it.has("OPEN") and (it.places or it.day or it.kinds or it.it or every):
        late = 11 if {"until", "till", "til"} & set(it.words) else 0
        time = at(it.time, late_until=late)
        return it.ask(Topic.HOURS, time=time or (LATE if "late" in it.words else None))
    if planned and _is_of_ride(it):
        return it.ask(Topic.UNKNOWN)
    ends = len(it.places) + ("HOTEL" in kinds)
    if it.has("HOWLONG") and {"from", "to"} <= set(it.words) and ends > 1:
        return _way(it)  # "how long does it take from A to B"
    if it.has("HOWLONG"):
        return it.ask(Topic.STAY)
    bed = "HOTEL" in kinds and not it.places
    if bed and it.has("WHERE") and not it.has("NEARBYQ"):
        return it.ask(Topic.LODGING)
    if it.has("NEARBYQ") and (it.places or it.meal or bed):
        return it.ask(Topic.NEARBY)
    if it.has("ALTERNATIVESQ") and it.day and not it.places and "else" in it.words:
        return it.ask(Topic.SUGGEST, place=None)  # "day 5 is dull, what else is there"
    if it.has("ALTERNATIVESQ"):
        return it.ask(Topic.ALTERNATIVES)
    if it.has("WORTH"):
        return it.ask(Topic.OPINION)
    return _of_plan(it, planned)


def _is_of_ride(it: Asked) -> bool:
    """ "How long does the train take", "can the train be in the evening"."""
    return bool(_RIDE.search(it.text)) and not (it.places or it.kinds or it.meal)


def _of_plan(it: Asked, planned: bool) -> Ask | None:
    """What is planned, whether something is, or what there is to see."""
    named = it.day or it.meal or it.places
    if it.is_about:
        return it.ask(Topic.ABOUT)
    if planned and it.places and it.kinds and it.has("WHERE") and "can" in it.words:
        return it.ask(Topic.NEARBY)
    if planned and it.beside and it.words[0] in _WHAT and not it.has("SUGGESTQ"):
        return it.ask(Topic.SCHEDULE, place=it.beside, meal=None, day=None)
    if planned and named and it.has("SCHEDULEQ", "ABOUTQ", "WHEN", "WHERE"):
        return it.ask(Topic.SCHEDULE)
    if planned and it.has("SCHEDULEQ", "ABOUTQ") and not (it.kinds or it.places):
        return it.ask(Topic.SCHEDULE)
    if planned and named and it.has("WHAT", "WHICH"):
        return it.ask(Topic.SCHEDULE)
    listing = it.has("WHAT", "WHICH") and "there" in it.words and not it.day
    listing = listing or bool(_ADDING.search(it.text))
    if planned and listing and it.kinds and not it.places:
        return it.ask(Topic.SUGGEST)  # "which boat trips are there"
    if it.has("SUGGESTQ"):
        late = it.part is Part.EVENING and not (it.kinds or it.places or it.meal)
        return it.ask(Topic.SUGGEST, **({"kind": "nightlife"} if late else {}))
    if planned and it.says_of_place:
        return it.ask(Topic.UNKNOWN)
    if planned and (it.places or it.kinds):
        return it.ask(Topic.INCLUDED)
    if planned and (it.day or it.meal):
        return it.ask(Topic.SCHEDULE)
    return None


def _way(it: Asked) -> Ask:
    places = it.places or ([it.it] if it.it else [])
    pointing = {"there", "it", "here"} & set(it.words)
    if len(it.places) == 1 and pointing and "get there in time" not in it.text:
        ends = [Reference(focus="it"), it.places[0]]
        place, other = reversed(ends) if it.start in places else ends
        return it.ask(Topic.WAY, place=place, other=other)
    if it.start is not None and it.start in places:
        places = [it.start, *(ref for ref in places if ref != it.start)]
    elif len(places) == 1 and it.kinds:
        places = [*places, Reference(kind=it.kinds[0], definite=True)]
    first = places[0] if places else None
    return it.ask(Topic.WAY, place=first, other=places[1] if len(places) > 1 else None)


_WHAT = frozenset("what whats which".split())
_HOURS = frozenset("hours time".split())
_ON_FOOT = frozenset("walk walking walks steps".split())
LATE = "21:00"  # by then "open late" is meant
_RIDE = re.compile(r"\b(?:the|our) (?:train|flight|plane|bus|coach|ferry)\b")
_ADDING = re.compile(
    r"^wh(?:at|ich) .*\b(?:can|could|might) (?:i|we) (?:still )?(?:add|see|visit|go to)\b"
)
_RIDING = re.compile(
    r"^(?:on )?(?:which|what|when|where)\b.*\b(?:taxis?|cabs?|ubers?|metro|subway|tube|bus|buses|trams?|rides?)\b"
)
_ALL = frozenset("everything all every everywhere".split())
_TO_BOOK = re.compile(
    r"\b(?:have|need|got|should (?:we|i)|must (?:we|i)|necessary)(?: \w+)? to (?:pre)?(?:book|reserve)\b"
)
_IN_ALL = re.compile(
    r"\b(?:altogether|in total|in all|all in all|overall|so far|up to now|the whole"
    r" (?:trip|thing|plan))\b"
)
# What a question is about by its words alone.
_STRONG = frozenset(
    "HOWTO KEPT SOURCES CHANGED VERSIONS WISHESQ HOWMUCH OPEN HOWFAR GET WALKING "
    "ACCESSQ DIETQ ALLERGY QUEUES SAFETY WEATHER TICKETSLEFT WORTH NEARBYQ BUSIEST "
    "CALMEST ALTERNATIVESQ HOWLONG BESTTIME WHICHCITIES LODGING DATESQ HELPQ "
    "OUTOFSCOPE WHY WHYNOT SCHEDULEQ SUGGESTQ".split()
)
_ALONE = {
    "WHICHCITIES": Topic.CITIES,
    "CHANGED": Topic.CHANGED,
    "SOURCES": Topic.SOURCES,
    "WISHESQ": Topic.WISHES,
    "KEPT": Topic.KEPT,
    "HOWTO": Topic.HOW_TO,
    "BESTTIME": Topic.BEST_TIME,
    "VERSIONS": Topic.VERSIONS,
    "LODGING": Topic.LODGING,
    "DATESQ": Topic.DATES,
    "HELPQ": Topic.HELP,
}

_QUESTION_WORDS = frozenset(
    "anywhere what when where which how why whats whens wheres hows tell show list "
    "count suggest read remind explain recommend number rundown summary "
    "total any wot".split()
)
# With a word of these classes it is a wish.
_WISHING = frozenset("NOT NO LESS MORE ATMOST SPEND CHEAPER DEARER MEAL WANT".split())
# Topics that are asked for by their name: "opening hours of the Louvre".
_NAMED = frozenset((Topic.HOURS, Topic.PRICE, Topic.COUNT, Topic.WALKING, Topic.STAY))
# With one of these a clause states something.
_FINITE = frozenset(
    "is are was were am be has have had will would must should can could may might "
    "costs takes wants want need needs like likes love hate think feels makes make "
    "put let add keep go goes its thats theres dont isnt cant wont im ive were give "
    "get".split()
)
_SUBJECTS = frozenset("i we he she they it you my our".split())


_SHOWN = re.compile(
    r"^(?:(?:please|ok|and|now|then|can|could|may|you|i|we|lets|let|me|us) )*"
    r"(?:show|see|view|display|look at)(?: (?:me|us|again|what|all|of|the|my|our|your"
    r"|whole|full|entire|new|current|plan|itinerary|trip|schedule|programme|everything"
    r"|for|on|day|please|now|looks?|like|days|first|second|third|fourth|fifth|last|next"
    r"|today|tomorrow|\d+|\w+day))+$"
)


def shown(tokens: Sequence[Token]) -> Ask | None:
    """The question of "show me day 2", which is no wish for a show."""
    text = " ".join(word for it in tokens for word in words_of(it.text))
    if not _SHOWN.search(text):
        return None
    days = [it.value for it in tokens if it.kind == "DAY"]
    return Ask(topic=Topic.SCHEDULE, day=days[0] if days else None, about=text)
