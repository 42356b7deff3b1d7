"""The English words that bear an act or a value out; patterns over plain lower case."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
}
NUMBERS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
NUMBERS |= {"no": 0, "none": 0, "single": 1, "couple": 2, "both": 2, "twice": 2}
NUMBERS |= {"few": 3, "dozen": 12}
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1
    )
}
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

# A length stands right before its unit: "day 3" and "the third day" are none.
_NUMBER = rf"\d{{1,2}}|{'|'.join(NUMBERS)}"
LENGTH = re.compile(
    rf"(?<!day )\b(?P<number>{_NUMBER})(?: (?:or|to) \w+|-\w+| of)?[ -]?"
    r"(?:full|whole|entire|long|short|more)?[ -]?"
    r"(?P<unit>days?|dyas?|d(?![a-z])|nights?|weeks?|fortnights?|months?)"
)
UNITS = {"d": 1, "n": 1, "w": 7, "f": 14, "m": 30}  # days, by the first letter
ONE_DAY = (
    r"\b(?:just|only|for|in|have|got|make it|spend) (?:a|one|1)(?: single)? day\b"
    r"|\b(?:one|1|single)[- ]day (?:trip|in|visit|tour|only)\b|\bday[- ]?trip\b"
    r"|^\W*(?:a|one|1) day\W*$|\bonly (?:a|one) (?:morning|afternoon)\b|\blayover\b"
)
HOLIDAYS = {
    "christmas": (12,),
    "xmas": (12,),
    "new year": (12, 1),
    "easter": (3, 4),
    "good friday": (3, 4),
    "valentine": (2,),
    "halloween": (10,),
    "thanksgiving": (11,),
}
SOON = (
    r"\b(?:next|this|coming|following|after) (?:week|weekend|month|mon|tue|wed|thu|fri"
    r"|sat|sun)|\bin (?:a|an|\w+) (?:days?|weeks?|months?)\b"
)
A_DATE = rf"\b(?:{'|'.join(MONTHS)})|\d(?:st|nd|rd|th)\b|\d[./]\d"
# With the month's name these mean a day; the name alone leaves it open.
PART_OF_MONTH = r"\b(?:first|start|beginning|early|second|third|mid|middle|last|end)\b"
DAY = (
    r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b|\b(?:today|tomorrow|tonight|last|final"
    r"|same|that|this|other|arriv\w+|leav\w+|depart\w+)\b"
)


@cache
def signs() -> dict[str, re.Pattern[str]]:
    """What has to be in an act's quote, by its tag; from en.signs.txt."""
    text = resources.files(__package__).joinpath("en.signs.txt").read_text("utf-8")
    lines = (line.split(" = ") for line in text.splitlines() if " = " in line)
    return {tag: re.compile(pattern) for tag, pattern in lines}


# A yes or no is short; in a longer sentence such words are said of something else.
LONGEST_YES = 6  # words

ADULTS = (
    r"adult|people|person|pax|wife|husband|couple|friend|partner|boyfriend|girlfriend"
    r"|of us|solo|alone|just me|myself|parents|mates|mother|father|my (?:mum|mom|dad)"
)
CHILDREN = (
    r"kid|child|toddler|\bbab|\bsons?\b|daughter|boys|girls|teen|twins|infant"
    r"|year[- ]?old"
)
PARTS = {
    "morning": r"morning|before (?:noon|lunch)|early|breakfast|\bam\b|first thing",
    "afternoon": r"afternoon|after (?:noon|lunch)|\bpm\b",
    "evening": r"evening|night|sunset|dusk|dark|after dinner|late\b",
}
MEALS = {
    "lunch": r"lunch|midday|noon|meal",
    "dinner": r"din+er|supper|evening|night|meal",
}
STEP_DOWN = (
    r"calm|less|slow|eas[yi]|relax|che+a?p|simpl|lower|tight|fewer|quiet|posh|light|chill"
    r"|too\b|gentl|rush|tir|broke|save"
)
STEP_UP = (
    r"more|full|pack|bus[yi]|fanc|nice|better|posh|luxur|splurge|special|\bup\b|treat"
    r"|splash|intens|fast|expens|lots"
)
AGAINST = (
    r"\b(?:no|not|nor|less|fewer|without|never|\w+n't|hate|dislike|skip|enough|avoid|any"
    r"|drop|remove|instead|rather|boring|longer|again|off|stop|only)\b"
)
# Steps bear a value out, too.
STEPS = {"relaxed": "CALMER", "packed": "FULLER", "low": "CHEAPER", "high": "DEARER"}
# General words in names of places: they alone name none of them.
GENERAL = frozenset(
    "museum museums gallery palace fort castle temple shrine church cathedral "
    "basilica mosque monument park parks garden gardens zoo market bazaar house "
    "hall tower bridge square street road city town old new great grand royal "
    "national central saint restaurant cafe bar the and of de la le el del di da "
    "hotel station hill gate district quarter library opera theatre theater centre "
    "center memorial beach".split()
)

# Classes of the lexicon: in a clause with one of these nothing is asked to be done.
UNREAL = frozenset(("IF", "HEARSAY", "MEMORY"))
# What turns the meaning of what stands near, and so must not stand outside the quotes.
TURNS = UNREAL | {"NOT", "NO", "NOLONGER", "EXCEPT"}
CLAUSE_END = re.compile(r"[.!?;,\n]+(?=\s|$)|\s(?:and|but|so)(?=\s)")
QUESTION = re.compile(
    r"\?|^\W*(?:what|which|who|why|how|is|are|was|were|does|did|should)\b"
    r"|^\W*(?:when|where) (?:is|are|do|does|did|will|can|should|would)\b"
    r"|^\W*(?:do|have|has) (?:i|we|you|they|it)\b|^\W*(?:will|would) (?!you\b)"
)
REQUEST = re.compile(
    r"\b(?:can|could|may)\b|\b(?:would|will|might|shall) (?:you|we|i|love|like)\b"
    r"|\b(?:how|what) about\b|\bwhy (?:not|don't)\b|\blet'?s\b|\bplease\b|\bpls\b"
    r"|\bpossible to\b|\bchance\b|\bable to\b"
)

# Words that need no act: what is left of a message beside its quotes is read if it has
# nothing else.
COURTESY = frozenset(
    "a about actually all alright also am an and are as at be but can could dear do "
    "else for from go going great have hello hey hi hmm i i'd i'll i'm in instead "
    "is it its just kindly let let's lets like love maybe me my need now of oh ok "
    "okay on one or our perhaps plan please pls plz possible really right see so "
    "some spend stay still sure than thank thanks that that's the then there "
    "there's they this to too trip um us visit want wanna we we'd we'll we're well "
    "what will with would yes you your".split()
)
