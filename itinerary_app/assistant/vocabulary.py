"""The words by which people name interests, kinds of places, pace and budget."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itinerary_app.model import Budget, Category, Interest, Pace


@dataclass(frozen=True, slots=True)
class Subject:
    """What a word stands for: interests to add, kinds of places to avoid or want."""

    pattern: re.Pattern[str]
    interests: tuple[Interest, ...]
    categories: tuple[Category, ...] = ()


def _subject(words: str, *means: Interest | Category) -> Subject:
    return Subject(
        re.compile(rf"\b(?:{words})\b"),
        tuple(item for item in means if isinstance(item, Interest)),
        tuple(item for item in means if isinstance(item, Category)),
    )


DISH = re.compile(r"\b(?:wines?|ramen|sushi|noodles|pizza|pasta|curry|tapas|seafood)\b")

# The most special first: an edit takes the first that fits.
SUBJECTS = (
    _subject(
        r"street[- ]food|food stalls?|hawkers?|snacks?",
        Interest.FOOD,
        Category.STREET_FOOD,
    ),
    _subject(
        r"caf[eé]s?|coffee|coffee shops?|tea ?house", Interest.FOOD, Category.CAFE
    ),
    _subject(
        r"restaurants?|fine dining|dining|places? to eat",
        Interest.FOOD,
        Category.RESTAURANT,
    ),
    _subject(
        r"food|foodies?|foods|eat|eating|cuisine|culinary|gastronom\w*|gourmet|tasting"
        r"|wines?|ramen|sushi|noodles|pizza|pasta|curry|tapas|seafood|pastries",
        Interest.FOOD,
    ),
    _subject(
        r"bars?|pubs?|cocktails?|breweries|nightclubs?|clubs?",
        Interest.NIGHTLIFE,
        Category.BAR,
    ),
    _subject(r"night ?life|clubbing|party|partying|going out", Interest.NIGHTLIFE),
    _subject(r"zoos?|aquariums?|theme parks?", Interest.FAMILY, Category.ZOO),
    _subject(
        r"kids?|child|children|toddlers?|bab(?:y|ies)|famil(?:y|ies)|teens?|teenagers?"
        r"|sons?|daughters?|little ones?|(?:\d|1[0-7])[- ]years?[- ]olds?",
        Interest.FAMILY,
    ),
    _subject(r"galler(?:y|ies)", Interest.ART, Category.GALLERY),
    _subject(r"museums?", Interest.CULTURE, Category.MUSEUM, Category.GALLERY),
    _subject(
        r"arts?|arty|painting|paintings|sculptures?|modern art|street art", Interest.ART
    ),
    _subject(
        r"palaces?|castles?",
        Interest.HISTORY,
        Interest.ARCHITECTURE,
        Category.PALACE,
    ),
    _subject(r"forts?|fortress(?:es)?", Interest.HISTORY, Category.FORT),
    _subject(r"monuments?|memorials?", Interest.HISTORY, Category.MONUMENT),
    _subject(
        r"histor(?:y|ic|ical|ies)|ancient|ruins?|heritage|medieval|archaeolog\w*",
        Interest.HISTORY,
    ),
    _subject(r"architectur\w*|buildings?|skyscrapers?", Interest.ARCHITECTURE),
    _subject(r"temples?|pagodas?", Interest.RELIGION, Category.TEMPLE, Category.SHRINE),
    _subject(r"shrines?", Interest.RELIGION, Category.SHRINE, Category.TEMPLE),
    _subject(
        r"church(?:es)?|cathedrals?|basilicas?", Interest.RELIGION, Category.CHURCH
    ),
    _subject(r"mosques?", Interest.RELIGION, Category.MOSQUE),
    _subject(
        r"religio(?:n|us)|spiritual\w*|pilgrim\w*|religious sites?",
        Interest.RELIGION,
        Category.TEMPLE,
        Category.SHRINE,
        Category.CHURCH,
        Category.MOSQUE,
    ),
    _subject(r"gardens?", Interest.NATURE, Category.GARDEN, Category.PARK),
    _subject(r"parks?", Interest.NATURE, Category.PARK, Category.GARDEN),
    _subject(
        r"nature|outdoors?|outdoorsy|beach(?:es)?|hik(?:e|es|ing)|trek(?:s|king)?"
        r"|wildlife|birds?|greenery|green spaces?|forests?|lakes?",
        Interest.NATURE,
    ),
    _subject(
        r"viewpoints?|lookouts?|rooftops?|observation decks?",
        Interest.VIEWS,
        Category.VIEWPOINT,
    ),
    _subject(
        r"views?|panoram\w*|skylines?|sunsets?|photos?|photograph\w*|romantic",
        Interest.VIEWS,
    ),
    _subject(
        r"markets?|bazaars?|souks?",
        Interest.SHOPPING,
        Category.MARKET,
    ),
    _subject(
        r"shopping|shops?|shop|malls?|souvenirs?|boutiques?",
        Interest.SHOPPING,
        Category.SHOPPING,
    ),
    _subject(
        r"shows?(?! me| us| you|ing)|theat(?:re|er)s?|concerts?|performances?|opera",
        Interest.CULTURE,
        Category.SHOW,
    ),
    _subject(
        r"neighbou?rhoods?|quarters?|old town|strolls?",
        Interest.CULTURE,
        Category.NEIGHBOURHOOD,
    ),
    _subject(r"landmarks?", Interest.HISTORY, Category.LANDMARK),
    _subject(
        r"cultur(?:e|al|es)|local life|traditions?|traditional|music|jazz|dance"
        r"|anime|manga",
        Interest.CULTURE,
    ),
    _subject(
        r"adventur\w*|thrills?|sports?|cycling|biking|kayak\w*|climbing|active",
        Interest.ADVENTURE,
    ),
    _subject(r"activit(?:y|ies)|workshops?", Interest.ADVENTURE, Category.ACTIVITY),
)

NEGATION = re.compile(
    r"\b(?:no|not|without|skip|avoid|hates?|dislikes?|nothing|never|drop|less|fewer"
    r"|except|remove|none of|leave out|don'?t|doesn'?t|do not|can'?t stand"
    r"|isn'?t|aren'?t|too many|too much|forget|bored of|tired of|sick of|enough)\b"
)
# Phrases with a negation that deny nothing.
_HARMLESS = re.compile(
    r"(?:don'?t|do not|can'?t|not to|never)(?: want to)? miss|no object|no idea"
    r"|not only|why not|no problem|no preference|(?:don'?t|do not) know|not sure"
    r"|money is no|no limit|if not|(?:don'?t|do not|wouldn'?t) mind"
    r"|not (?:too )?many [\w]+"
)
# Denials in other words, made plain: "parks rather than museums", "museums are dull".
_DENIALS = (
    (
        re.compile(r"\b(?:rather than|instead of) (\w+(?: (?:and|or) \w+)?)"),
        r"; no \1 ;",
    ),
    (
        re.compile(
            r"\b(\w+) (?:are|is) (?:so |very |too )?(?:boring|dull|overrated)\b"
        ),
        r"; no \1 ;",
    ),
    (re.compile(r"\banything (?:but|except)\b"), "no"),
)
_CLAUSE = re.compile(
    r"[.;!?\n,]|\bbut\b|\bthough\b|\bhowever\b|\binstead\b|\brather\b(?! not)"
    r"|\band (?=(?:i|we|he|she|they|my|our)\b)"
)

RELAXED = (
    r"relax\w*|slow(?:ly|er|-paced)?|slow mornings?|eas(?:y|y-?going|ier)|chill(?:ed)?"
    r"|leisure(?:ly)?|laid[- ]back|calm(?:er|ly)?|unhurried|no rush|lazy|gentle"
    r"|take it easy|low[- ]key|peaceful"
)
PACKED = (
    r"packed|busy|busier|see everything|see it all|as much as possible|intens(?:e|ive)"
    r"|fast(?:[- ]paced|er)?|hectic|non-?stop|full[- ]on|crammed|rushed|tiring"
    r"|action[- ]packed|lots to do|fuller"
)
MIDDLE = r"moderate|medium|normal|balanced|average|steady|in between|middle"
PACES = (
    (
        re.compile(
            r"\b(?:not|nothing|never|isn'?t|don'?t want)\b[\w\s']{0,14}?"
            rf"\b(?:{PACKED})\b"
        ),
        Pace.RELAXED,
    ),
    (
        re.compile(rf"\b(?:not|nothing)\b[\w\s']{{0,10}}?\b(?:{RELAXED})\b"),
        Pace.MODERATE,
    ),
    (re.compile(rf"\b(?:{PACKED})\b"), Pace.PACKED),
    (re.compile(rf"\b(?:{RELAXED})\b"), Pace.RELAXED),
    (
        re.compile(rf"\b(?:{MIDDLE})(?:ly)?[- ](?:pace|paced|tempo|speed)\b"),
        Pace.MODERATE,
    ),
    (re.compile(rf"\bpace:? (?:is )?(?:{MIDDLE})\b"), Pace.MODERATE),
)
CHEAP = (
    r"cheap(?:er|ly|est)?|free (?:things|stuff|places|sights)|inexpensive"
    r"|frugal|affordable|economical|shoestring|backpack(?:er|ers|ing)?|low[- ]cost"
    r"|save money|thrifty|budget[- ]friendly"
)
DEAR = (
    r"luxur(?:y|ious)|splurge|high[- ]end|fancy|fancier|upscale|premium|lavish"
    r"|expensive|pricey|five[- ]star|5[- ]star|money(?:'s| is)? no object"
    r"|money (?:isn'?t|is not) an? (?:issue|problem|object)|deluxe|posh"
)
BUDGETS = (
    (
        re.compile(
            rf"\b(?:not|nothing|no|isn'?t|don'?t want)\b[\w\s']{{0,14}}?\b(?:{DEAR})\b"
        ),
        Budget.LOW,
    ),
    (
        re.compile(rf"\b(?:not|nothing)\b[\w\s']{{0,10}}?\b(?:{CHEAP})\b"),
        Budget.MODERATE,
    ),
    (
        re.compile(
            rf"\b(?:{MIDDLE}|mid|reasonable)[- ](?:range )?"
            r"(?:budgets?|prices?|priced|cost)\b"
        ),
        Budget.MODERATE,
    ),
    (re.compile(r"\bmid-?range\b|\bmid range\b"), Budget.MODERATE),
    (re.compile(rf"\bbudget:? (?:is )?(?:{MIDDLE})\b"), Budget.MODERATE),
    (
        re.compile(
            r"\b(?:high|big|large|generous|unlimited)[- ]budget\b|\bno budget\b"
            r"|\bbudget(?:,|:| is| to| to be)* (?:high|big|large)\b"
        ),
        Budget.HIGH,
    ),
    (re.compile(rf"\b(?:{DEAR})\b"), Budget.HIGH),
    (
        re.compile(
            r"\b(?:low|tight|small|limited|student)[- ]budget\b|\bon a budget\b"
            r"|\bbudget(?:,|:| is| to| to be)* (?:low|tight|small)\b"
            r"|\bbudget (?:trip|travel\w*|hotel|holiday|version)\b"
        ),
        Budget.LOW,
    ),
    (re.compile(rf"\b(?:{CHEAP})\b"), Budget.LOW),
)
BARE_MIDDLE = re.compile(rf"\b(?:{MIDDLE})\b")


def clauses(text: str) -> list[str]:
    """The text cut where a negation ends, harmless negations taken out."""
    text = _HARMLESS.sub(" ", text)
    for pattern, words in _DENIALS:
        text = pattern.sub(words, text)
    return [part for part in _CLAUSE.split(text) if part.strip()]
