"""What travellers keep to when eating, and how they get about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from itinerary_app.assistant.blanks import blanked
from itinerary_app.model import Diet, Mobility

MOST = 6  # times that a message tells the same need
_EAT = r"(?:eat|have|do|touch|like)"
_NOT = r"(?:don'?t|do not|doesn'?t|does not|can'?t|cannot|never|no longer)"
_DIETS = {
    Diet.VEGETARIAN: (
        r"ve[dg]g?[iea]?t[aeiou]?r?[ie]?[aeiou]ns?|veggies?(?! market)|pure[- ]veg"
        r"|veg(?= (?:food|restaurants?|only|places?|meals?|options?|eaters?))"
        rf"|(?:no|{_NOT} {_EAT}) (?:any )?(?:meat|flesh)|meat[- ]?free|meatless"
        r"|without meat"
    ),
    Diet.VEGAN: r"vegans?|plant[- ]based|veggan|dairy[- ]free and egg[- ]free",
    Diet.HALAL: r"hala+l|hallal",
    Diet.KOSHER: r"kosher|kascher",
    Diet.GLUTEN_FREE: (
        r"gluten[- ]?free|gluten ?(?:intoleran\w*|allerg\w*)"
        r"|c(?:o?e|œ)lia[ck]s?(?: disease)?"
        rf"|(?:no|{_NOT} {_EAT}|without|avoid) (?:any )?(?:gluten|wheat)"
        r"|allergic to (?:gluten|wheat)"
    ),
}
_MOBILITY = {
    Mobility.STEP_FREE: (
        r"wh?eel ?-?chairs?|strollers?|prams?|push ?chairs?|baby buggy|buggies"
        r"|step[- ]free|walking frame|rollator|zimmer frame|crutches|disabled"
        r"|accessible|barrier[- ]free"
        rf"|(?:no|{_NOT} (?:do|climb|manage|use|take|walk)|without|avoid|hates?) "
        r"(?:any |many |the |up )?(?:stairs|steps)"
    ),
    Mobility.LESS_WALKING: (
        r"(?:less|not (?:too |so |that )?much|little|no|minimal|minimum|limited|avoid"
        r"|without|too much|short|as little|hates?|fewer?)"
        r" (?:of )?(?:long )?walk(?:ing|s)?(?! tours?)(?: as possible)?"
        r"|walk(?:ing)? (?:less|as little as possible)"
        rf"|{_NOT} (?:want to |like to )?walk (?:that |too |so |very )?(?:far|much"
        r"|a lot|long)(?: distances)?|(?:don'?t|do not|doesn'?t) (?:like|enjoy) walking"
        r"|(?:bad|sore|weak|hurt(?:ing)?|aching|injured|broken|dodgy) "
        r"(?:knees?|hips?|legs?|foot|feet|ankles?|backs?)"
        r"|(?:my|his|her|our|the|dad'?s|mum'?s|mom'?s) knees?"
        r"|easy on (?:the|my|our) (?:knees?|legs?|feet)"
        r"|(?:elderly|aged|aging|ageing|old|older|frail) (?:parents?|mother|father|mum"
        r"|mom|dad|people|couple|relatives?|family|lady|ladies|folks|travell?ers?)"
        r"|(?:parents?|mother|father|mum|mom|dad) (?:is|are) (?:quite |very )?(?:old"
        r"|elderly|frail)|seniors?|senior citizens?"
        r"|grand(?:parents?|ma|pa|mother|father)|pregnant"
        r"|(?:limited|reduced|restricted) mobility|mobility"
        r" (?:issues|problems)|hip replacement|arthritis"
        r"|knee (?:problems?|surgery|replacement)"
        r"|walk(?:s|ing)? with a (?:cane|stick)|walking stick"
    ),
}
_NO_MORE = re.compile(
    r"\b(?:not|isn'?t|aren'?t|no longer|nobody|no one|none of us|no need (?:for|of)|no"
    r"|without (?:the|a)|needn'?t be|doesn'?t (?:have|need) to be|forget(?: about)?"
    r"|not only|neither)(?: is| are| be| a| an| the| any| really| strictly| actually"
    r"| all)* $"
)
_WALKS = re.compile(
    r"\b(?:love|like|enjoy|happy|fine|ok|okay|good|don'?t mind) (?:with |to |a lot of "
    r"|long )?walk(?:ing|s)?\b(?! tours?)"
    r"|\bwalking is (?:fine|ok|okay|no problem|good)\b"
    r"|\b(?:more|lots of) walking\b|\bwalk more\b"
)
_EATS = re.compile(
    r"\b(?:eat|eats) (?:everything|anything|meat)\b|\bno (?:special )?diets?\b"
    r"|\bno dietary (?:\w+ )?(?:wishes|needs|requirements|restrictions)\b"
)
# What the words belong to: "we're vegetarian", "with a pram", "for my elderly parents".
_LEAD = re.compile(
    r"\b(?:(?:but|and|also|so) )?(?:(?:i|we|my \w+|he|she|they|one of us|both)"
    r"(?:'m|'re|'s| am| are| is| need| needs| have| has| use| uses| want| eat| travel"
    r"| come)(?: a| an| all| both| strictly| also| some| only)*|with (?:a|an|my|our)"
    r"|for (?:a|an|my|our)|in a|using a)\s+$"
)
_T = TypeVar("_T", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Needs:
    """What was told to hold, and what to hold no more."""

    diets: tuple[Diet, ...] = ()
    mobility: tuple[Mobility, ...] = ()
    no_diets: tuple[Diet, ...] = ()
    no_mobility: tuple[Mobility, ...] = ()


def read(text: str) -> tuple[Needs, str]:
    """The needs that lower-case text tells of, and the text without them."""
    rest = text
    no_mobility: list[Mobility] = []
    diets, no_diets, rest = _kinds(_DIETS_READ, rest)
    mobility, not_so, rest = _kinds(_MOBILITY_READ, rest)
    if walks := _WALKS.search(rest):
        no_mobility.append(Mobility.LESS_WALKING)
        rest = blanked(rest, *walks.span())
    if eats := _EATS.search(rest):
        no_diets = list(Diet)
        rest = blanked(rest, *eats.span())
    return (
        Needs(tuple(diets), tuple(mobility), tuple(no_diets), (*no_mobility, *not_so)),
        rest,
    )


def _kinds(
    patterns: Sequence[tuple[_T, re.Pattern[str]]], text: str
) -> tuple[list[_T], list[_T], str]:
    """What is told, what is denied, and the text without both."""
    yes: list[_T] = []
    no: list[_T] = []
    for kind, pattern in patterns:
        for match in islice(pattern.finditer(text), MOST):
            denied = _NO_MORE.search(text[: match.start()])
            said = no if denied else yes
            if kind not in said:
                said.append(kind)
            lead = denied or _LEAD.search(text[: match.start()])
            start = lead.start() if lead else match.start()
            text = blanked(text, start, match.end())
    return yes, no, text


# "Vegetarian food" is no wish for more food.
_FOOD = (
    r"(?: (?:food|meals|options|diets?|cuisine|dishes|restaurants|places)"
    r"(?: only)?(?! (?:on|for) day)\b)?"
)
_DIETS_READ = [(diet, re.compile(rf"\b(?:{p})\b{_FOOD}")) for diet, p in _DIETS.items()]
_MOBILITY_READ = [(kind, re.compile(rf"\b(?:{p})\b")) for kind, p in _MOBILITY.items()]
