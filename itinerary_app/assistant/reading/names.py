"""Names of places in a message: whole, in part, or misspelt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from itinerary_app.assistant.reading.lexicon import lexicon, words_of
from itinerary_app.catalogue.kinds import FOOD
from itinerary_app.model import Place

MOST_WORDS = 7  # of a name that are compared
SHORTEST_JOINED = 7  # letters of names of several words
SHORTEST_MISSPELT = 5  # letters; shorter words are other words when misspelt
# Words that many places share: alone they name none.
_GENERAL = frozenset(
    "a al an and at by city da dal dan das de degli dei del della delle den der des "
    "di do dos du e el en et fc for grand great hall hotel house i il im in inn la "
    "las le les lo los main national new of old on piazza place plaza point rue royal "
    "saint san santa santo sao sri st street square tea the to und van von y yi zu "
    "road lane hill bridge gate island bay river lake beach centre center world big "
    "little upper lower north south east west food wine beer bread ice cream coffee "
    "central via campo ponte pont villa casa maison chez bar bakery kitchen "
    "restaurant garden gardens station library university school free public art arts "
    "history science modern contemporary water green red white black golden blue day "
    "night one two three first second time life love good best fish meat family tour "
    "boat walk view views sea sky sun star stone book books music opera theatre park "
    "market museum church temple palace fort shop stop home table room bank court "
    "sant santi saints spanish english french italian dutch german roman american "
    "indian latin chinese japanese turkish greek russian british portuguese our lady "
    "mother father king queen prince forest wood mountain sisters brothers friends "
    "people town village port ship canal japan china india korea vietnam thailand "
    "egypt turkey greece italy spain portugal france germany austria holland england "
    "britain scotland ireland europe asia africa america mexico canada "
    "australia".split()
)


# How names that begin with these words are said.
_SHORT = {"Metropolitan": "Met"}


class Match(NamedTuple):
    """How many words name one of these places; `sure` if letter by letter."""

    words: int
    ids: tuple[str, ...]
    whole: bool = False  # the whole name, letter by letter


class Names:
    """The names of one city's places, by their runs of words."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._whole: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        self._parts: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
        self._known = known = lexicon("en").words
        for place in sorted(places, key=_fame):
            for name, whole in _written(place):
                words = tuple(words_of(name))[:MOST_WORDS]
                if words and whole:
                    self._whole[words][place.id] = None
                for run in _runs(words):
                    if len(run) > 1 and (run[0] in _LOOSE or run[-1] in _LOOSE):
                        continue  # "in Trastevere" is no church
                    if not all(it in _GENERAL or it in known for it in run) or (
                        len(run) > 1 and not all(it in _LOOSE for it in run)
                    ):
                        self._parts[run][place.id] = None
        eating = {it.id for it in places if it.category in FOOD}
        for site, ids in _sites(places).items():
            alike = self._parts.get(site, {}).keys() - eating
            if site not in self._whole and not alike:
                self._parts[site] = ids
        self._single = [
            run[0]
            for run in {**self._whole, **self._parts}
            if len(run) == 1 and len(run[0]) >= SHORTEST_MISSPELT
        ]
        self._words = frozenset(it for run in self._whole for it in run).union(
            *(
                words_of(name.replace("'", " "))
                for place in places
                for name in [place.name]
            )
        )
        self._spelled: dict[tuple[int, str], list[tuple[str, tuple[str, ...]]]] = {}
        for run, ids in (*self._whole.items(), *self._parts.items()):
            key = len(run), run[0][0]
            self._spelled.setdefault(key, []).append(("".join(run), tuple(ids)))
        self._joined = {"".join(run): run for run in self._whole if len(run) > 1}

    def knows(self, word: str) -> bool:
        """Whether the word is one of a name."""
        return word in self._words

    def is_near(self, word: str) -> bool:
        """Whether the word is one of a name but for a letter."""
        return any(
            it[0] == word[0]
            and abs(len(it) - len(word)) <= 1
            and OSA.distance(word, it, score_cutoff=1) <= 1
            for it in self._words
            if len(it) > 3
        )

    def within(self, text: str) -> tuple[str, ...]:
        """The places with these words anywhere in their names."""
        run = tuple(words_of(text))
        run = run if run in self._parts else tuple(it.removesuffix("s") for it in run)
        return tuple(self._parts.get(run, self._whole.get(run, ())))

    def called(self, text: str) -> tuple[str, ...]:
        """The places with exactly this name."""
        return tuple(self._whole.get(tuple(words_of(text)), ()))

    def longest(self, words: Sequence[str], at: int) -> Match | None:
        """The longest run of words from `at` on that names places."""
        for length in range(min(MOST_WORDS, len(words) - at), 0, -1):
            run = tuple(words[at : at + length])
            if whole := self._whole.get(run):
                return Match(length, tuple(whole), whole=True)
            if part := self._parts.get(run):
                return Match(length, tuple(part))
            if joined := self._joined.get("".join(run)):  # "hawamahal"
                return Match(length, tuple(self._whole[joined]), whole=True)
        return None

    def alike(self, words: Sequence[str], at: int) -> Match | None:
        """Two or three words that are a name but for a letter or two."""
        for length in (5, 4, 3, 2):
            run = tuple(words[at : at + length])
            said = "".join(run)
            if len(run) < length or len(said) < SHORTEST_JOINED or not said.isalpha():
                continue
            if all(word in self._words or word in self._known for word in run):
                continue
            most = 1 if len(said) < 10 else 2
            for written, ids in self._spelled.get((length, said[0]), ()):
                near = abs(len(written) - len(said)) <= most
                if near and OSA.distance(said, written, score_cutoff=most) <= most:
                    return Match(length, ids)
        return None

    def misspelt(self, word: str) -> Match | None:
        """The places of the one name that differs by a letter, or two of a long one."""
        if len(word) < SHORTEST_MISSPELT:
            return None
        most = 1 if len(word) < 9 else 2
        near = {
            name: distance
            for name in self._single
            if name[0] == word[0]
            and abs(len(name) - len(word)) <= most
            and (distance := OSA.distance(word, name, score_cutoff=most)) <= most
        }
        if not near:
            return None
        least = min(near.values())
        found: dict[str, None] = {}
        for name, distance in near.items():
            if distance == least:
                found |= self._whole.get((name,)) or self._parts[(name,)]
        return Match(1, tuple(found))


# Of two words that are each general, these make a name only with a third.
_LOOSE = frozenset("a an and at by for in of on the to de la le di da do".split())


@lru_cache(maxsize=64)
def names_of(places: tuple[Place, ...]) -> Names:
    """The names of these places; kept for the cities that are asked for most."""
    return Names(places)


def _fame(place: Place) -> tuple[int, int]:
    """The least first; of equals what is called so itself, as the Acropolis "of" …"""
    called, _, _ = place.name.partition(" of ")
    return -place.importance, len(called.split())


def _sites(places: Sequence[Place]) -> dict[tuple[str, ...], dict[str, None]]:
    """What several places are parts of, and which: Sintra, Asakusa.

    One that is named by two of them, as "A and B", is both.
    """
    found: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)
    for place in sorted(places, key=lambda it: -it.importance):
        if place.site and " and " not in place.site:
            found[tuple(words_of(place.site))[:MOST_WORDS]][place.id] = None
    return found


def _written(place: Place) -> Iterator[tuple[str, bool]]:
    """The ways in which a place's name is written, and whether each is all of it."""
    name = place.name
    bare = re.sub(r"\(.*?\)", " ", name)
    yield bare, True
    for remark in re.findall(r"\((.*?)\)", name):
        yield remark, False
        yield f"{bare} {remark}", True
    if re.search(r"\b[dl]['’]", name, re.IGNORECASE):
        yield re.sub(r"\b[dl]['’]", " ", bare, flags=re.IGNORECASE), True
    if place.local_name:
        yield place.local_name, True
    first, _, rest = bare.partition(" ")
    if short := _SHORT.get(first):
        yield short, True
        yield f"{short} {rest}", True
    spoken = re.sub(r"\bSt\.? |\bSaint ", "san ", name)
    if spoken != name:
        yield spoken, True


def _runs(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All runs of words within a name."""
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield words[start:end]
