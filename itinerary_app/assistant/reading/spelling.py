"""Words typed in a hurry, put right where just one known word can be meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache, cached_property
from importlib import resources
from typing import Any

from rapidfuzz.distance import OSA

from itinerary_app.assistant.reading import lexicon as lexicons
from itinerary_app.assistant.reading import numbers
from itinerary_app.assistant.reading.lexicon import Lexicon, lexicon, words_of
from itinerary_app.assistant.reading.names import Names
from itinerary_app.catalogue.almanac import MONTHS, WEEKDAYS

SHORTEST = 4  # letters of a word that is put right
SHORTEST_JOINED = 6  # letters of words written as one
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][^\W\d_]+)?(?!\d)")
_GLUED = re.compile(
    r"\b([a-z]{3,})(\d{1,2})(?=\b|days?\b|nights?\b|d\b|n\b)"
    r"|\b(\d{1,2})(days?|nights?|of|hours?)\b"
)
# What counts and measures, and months and weekdays: as often mistyped as the rest.
_UNITS = frozenset(
    "fortnight fortnights day days night nights week weeks hour hours minute minutes "
    "evening weekend "
    "noon midday midnight euro euros first second third fourth last both half "
    "quarter".split()
)
# Words of their own that stand for "we're", "I'll", "we'll" and "it's" where one begins
# to speak: "were going to Rome", but "were it to rain", "we were in Rome".
_BEGINS = r"(?:^|[.,;:!?–—-]\s*|\b(?:hey|hi|hello|hiya|ok|okay|so|but|because|and)\s+)"
_VERB = (
    r"(?:be|go|have|take|stay|arrive|land|fly|leave|travel|need|want|come|eat|do|get"
    r"|bring|start|visit|skip|also|only|probably|just)\b"
)
_NO_APOSTROPHE = (
    (
        re.compile(
            rf"(?P<before>{_BEGINS})were(?=\s+(?:\w+ing|an?|all|both|two|three|four|five"
            r"|six|\d+|not|only|just|in|from|here|vegan|vegetarian|old|elderly)\b)",
            re.IGNORECASE,
        ),
        "we're",
    ),
    (re.compile(rf"(?P<before>{_BEGINS})ill(?=\s+{_VERB})", re.IGNORECASE), "I'll"),
    (
        re.compile(rf"(?P<before>{_BEGINS})well(?=\s+{_VERB})", re.IGNORECASE),
        "we'll",
    ),
    (
        re.compile(
            rf"(?P<before>{_BEGINS})its(?=\s+(?:an?|my|our|just|only|for|too|not|\d+)\b)",
            re.IGNORECASE,
        ),
        "it's",
    ),
)
# A girlfriend or boyfriend, whose letters stand for "gluten free" as well.
_FRIEND = re.compile(
    r"\b(?P<whose>(?:my|his|her|our|with|n|and|&|the) )(?P<who>gf|bf)\b"
    r"(?! (?:food|options?|diet|meals?|places?|restaurants?|bread|pasta|pizza|only))",
    re.IGNORECASE,
)
_FRIENDS = {"gf": "girlfriend", "bf": "boyfriend"}
# Short for longer words, as they are typed.
_SHORT = {
    "w/": "with", "2moro": "tomorrow", "tmrw": "tomorrow", "evry": "every",
    "u": "you", "ur": "your", "r": "are", "n": "and", "nt": "not", "wot": "what",
    "wen": "when", "wher": "where", "wheres": "where's", "gr8": "great", "b4": "before",
    "dont": "don't", "cant": "can't", "im": "i'm", "ive": "i've", "id": "i'd",
    "thats": "that's", "whats": "what's", "lets": "let's", "isnt": "isn't",
    "arent": "aren't", "doesnt": "doesn't", "wont": "won't", "dyas": "days",
    "dya": "day", "tix": "tickets", "mins": "minutes", "aft": "afternoon",
    "morn": "morning", "insted": "instead", "wud": "would",
    "cud": "could", "shud": "should", "pls": "please", "plz": "please",
    "rly": "really", "bc": "because", "cos": "because", "gonna": "going to",
    "wanna": "want to", "gotta": "have to", "taht": "that", "hte": "the",
    "teh": "the", "adn": "and", "chekc": "check", "restaraunt": "restaurant",
    "resturant": "restaurant", "restaurent": "restaurant", "vegn": "vegan",
    "2day": "today", "l8r": "later", "l8": "late", "nd": "and", "thx": "thanks",
    "wat": "what", "sry": "sorry", "srry": "sorry", "wknd": "weekend", "ad": "add",
    "ther": "there", "rmv": "remove", "hw": "how",
    "mch": "much", "abt": "about", "btwn": "between", "bfr": "before", "aftr": "after",
    "tho": "though", "thru": "through", "nite": "night", "tonite": "tonight", "lite":
    "light", "luv": "love", "hav": "have", "dnt": "don't", "dun": "don't",
    "wnt": "want",
    "wana": "want to", "gona": "going to", "cuz": "because", "coz": "because", "hrs":
    "hours", "hr": "hour", "tmr": "tomorrow",
    "bkfst": "breakfast", "brekkie": "breakfast", "resto": "restaurant", "restos":
    "restaurants", "gud": "good", "kil": "kill", "sumwhere": "somewhere", "smwhr":
    "somewhere", "somwhere": "somewhere", "dinr": "dinner", "opra": "opera", "evng":
    "evening", "mrng": "morning", "aftnoon": "afternoon", "bt": "but",
    "jst": "just", "kp": "keep", "tk": "take", "mv": "move", "swp": "swap", "chng":
    "change", "ppl": "people", "vegeterian": "vegetarian", "vegitarian": "vegetarian",
    "shoud": "should", "woud": "would", "coud": "could", "erly": "early", "erlier":
    "earlier", "latr": "later", "lunchtme": "lunch", "fone": "phone", "tht": "that",
    "frendly": "friendly", "sumthing": "something", "lunhc": "lunch", "mon": "monday",
    "mndy": "monday", "tsdy": "tuesday", "wdnsdy": "wednesday", "thrsdy": "thursday",
    "frdy": "friday", "strdy": "saturday", "sndy": "sunday",
    "strt": "start", "stp": "stop", "thnks": "thanks",
    "youre": "you're", "theyre": "they're", "weve": "we've", "youll": "you'll",
    "theyll": "they'll", "havent": "haven't", "didnt": "didn't", "couldnt": "couldn't",
    "wouldnt": "wouldn't", "shouldnt": "shouldn't", "wasnt": "wasn't", "hasnt": "hasn't",
    "ths": "this", "rds": "rides", "drv": "drive", "dts": "dates", "yrs": "years",
}  # fmt: skip


class Speller:
    """Knows the words of a lexicon, of names and of cities."""

    def __init__(
        self, lexicon: Lexicon, names: Names, cities: Mapping[tuple[str, ...], Any]
    ) -> None:
        self._lexicon, self._names = lexicon, names
        self._named = cities

    @cached_property
    def _cities(self) -> frozenset[str]:
        return frozenset(word for run in self._named for word in run)

    def corrected(self, text: str) -> str:
        """The text with its slips put right; what is a word or a name stays."""
        for pattern, meant in _NO_APOSTROPHE:
            text = pattern.sub(rf"\g<before>{meant}", text)
        text = _FRIEND.sub(lambda it: it["whose"] + _FRIENDS[it["who"].lower()], text)
        text = re.sub(r"\b(b4|gr8|2moro|2day|l8r|l8)\b", _typed, text)
        text = _GLUED.sub(_parted, text).replace("w/", "with ")
        text = _GLUED.sub(_parted, text)
        text = re.sub(r"\b(st|s|mt|dr)\.", r"\1 ", text, flags=re.IGNORECASE)
        text = re.sub(r"\b([a-zA-Z]+)\s+2\s+(?=day ?\d)", r"\1 to ", text)
        text = re.sub(
            r"\b(planning|want|wanna|going|like) 2 (?=[a-z])", r"\1 to ", text
        )
        return _WORD.sub(lambda match: self._word(match[0]), text)

    def _word(self, written: str) -> str:
        word = "".join(words_of(written))
        short = _SHORT.get(written.lower())
        if short and (len(word) < SHORTEST or not self._names.knows(word)):
            return short
        if len(word) < SHORTEST or self._is_known(word):
            return written
        if city := self._near_city(word):
            return city
        if self._names.is_near(word):
            return written
        found = self._alike(word) or self._without_vowels(word)
        return found or self._parted(word) or written

    def _is_known(self, word: str) -> bool:
        return (
            word in self._lexicon.words
            or word in common_words()
            or word in _UNITS
            or word in self._cities
            or word in MONTHS
            or word in WEEKDAYS
            or word in numbers.WORDS
            or word in numbers.ORDINALS
            or self._names.knows(word)
        )

    def _alike(self, word: str) -> str | None:
        """The only known word that differs by one letter, or by two exchanged."""
        if len(word) < SHORTEST:
            return None
        near = {
            known
            for known in _same_initial(self._lexicon, word[0])
            if abs(len(known) - len(word)) <= 1
            and OSA.distance(word, known, score_cutoff=1) <= 1
        }
        if len(word) == SHORTEST:  # too short for a lost letter to tell
            near = {it for it in near if sorted(it) == sorted(word)}
        same = {it for it in near if sorted(it) == sorted(word)}  # two are exchanged
        longer = {it for it in near if len(it) > len(word)}  # a letter is lost
        for meant in (near, same, longer):
            if len({it.removesuffix("s") for it in meant}) == 1:
                return min(meant, key=lambda it: (len(it), it))
        return None

    def _without_vowels(self, word: str) -> str | None:
        """The only known word that is typed like this without its vowels: "lnch"."""
        if len(word) < 3 or re.search("[aeiou]", word):
            return None
        near = [
            it
            for it in _same_initial(self._lexicon, word[0])
            if _consonants(it) == _consonants(word)
        ]
        shortest = min(near, key=lambda it: (len(it), it), default="")
        one = near and all(shortest.removesuffix("s") in it for it in near)
        return shortest if one else None

    def _near_city(self, word: str) -> str | None:
        """The only covered city whose name sounds alike ("Viena"), or differs by a
        letter, or two if long.
        """
        alike = {
            city
            for city in self._cities
            if len(word) > SHORTEST and _sound(city) == _sound(word)
        }
        if len(alike) == 1:
            return alike.pop()
        most = 1 if len(word) < 8 else 2
        near = {
            city
            for city in self._cities
            if len(word) > 5
            and len(city) > 4
            and city[0] == word[0]
            and OSA.distance(word, city, score_cutoff=most) <= most
        }
        return near.pop() if len(near) == 1 else None

    def _parted(self, word: str) -> str | None:
        """The two to four known words that were written as one."""
        if len(word) < SHORTEST_JOINED:
            return None
        for parts in _partings(word, 4):
            known = len(parts) > 1 and all(self._is_part(part) for part in parts)
            if known and not self._is_half_a_name(parts):
                return " ".join(parts)
        return None

    def _is_half_a_name(self, parts: list[str]) -> bool:
        """Whether a name's word has a rest behind it, or beside it one that tells us
        nothing: "Heathrow" is no heath, but "addpantheon" the Pantheon.
        """
        telling = [it in self._lexicon.words for it in parts]
        named = [
            self._names.knows(it) and not told
            for it, told in zip(parts, telling, strict=True)
        ]
        return any(named) and not (
            all(named[named.index(True) :]) and all(telling[: named.index(True)])
        )

    def _is_part(self, part: str) -> bool:
        if len(part) < 3:
            return part in ("it", "to", "my", "on", "at", "in", "we", "me", "us")
        return self._is_known(part)


@cache
def _sound(word: str) -> str:
    """The letters that are heard: "Viena" as "Vienna", "Tokio" as "Tokyo"."""
    return re.sub(r"(.)\1", r"\1", word.replace("y", "i").replace("k", "c"))


@cache
def _consonants(word: str) -> str:
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiou]", "", word))


@cache
def _same_initial(lexicon: Lexicon, letter: str) -> Collection[str]:
    words = {
        *lexicon.words,
        *_UNITS,
        *numbers.WORDS,
        *(it for it in WEEKDAYS if len(it) > 5),
    }
    return frozenset(it for it in words if it[0] == letter and len(it) >= SHORTEST)


def _partings(word: str, most: int) -> Iterator[list[str]]:
    """All ways to cut a word into at most so many parts, the longest first part."""
    for at in range(len(word), 1, -1):
        head, tail = word[:at], word[at:]
        if not tail:
            yield [head]
        elif most > 1 and len(tail) > 1:
            for rest in _partings(tail, most - 1):
                yield [head, *rest]


def _typed(match: re.Match[str]) -> str:
    return _SHORT[match[0]]


def _parted(match: re.Match[str]) -> str:
    letters, digits, count, unit = match.groups()
    return f"{letters} {digits}" if letters else f"{count} {unit}"


@cache
def common_words() -> frozenset[str]:
    """Words that are no slips of those that we know, for we know them, too."""
    listed = resources.files(lexicons).joinpath("en.common.txt").read_text("utf-8")
    other = (lexicon(name).words for name in ("en.talk", "en.questions"))
    return frozenset(listed.split()).union(*other)
