"""Acts composed into sentences, which a reader is to read back as the same acts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from itinerary_app.acts import codec
from itinerary_app.acts.acts import Act
from itinerary_app.model import Itinerary, Place
from tests.assistant.slots import Slots

PHRASES = Path(__file__).with_name("phrases.toml")
SLOT = re.compile(r"\{(\w+)\}")
# A word of the phrase that is long enough to stay itself with a slip in it.
LONG_WORD = re.compile(r"(?<![\w'{])[a-z]{6,}(?![\w'}])")

ASKED = ("please ", "could you ", "can you please ", "I'd like you to ", "pls ")
BEFORE = ("hi, ", "thanks. ", "ok, ", "great, ", "hello! ", "sorry, ")
BEHIND = (" please", ", thanks", " thank you", ", please", " pls", ". thanks!")
JOINTS = (" and ", ", ", ". ", ", and ", " and also ", "; ", ", then ")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line of phrases.toml."""

    act: Mapping[str, Any]
    ways: Sequence[str]
    says: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Clause:
    phrase: Phrase
    act: Act
    way: str  # of the phrase's
    words: str
    plainest: str  # the first of its ways, with the same slots


@dataclass(frozen=True, slots=True)
class Sentence:
    """Clauses with what stands around them, each part of which can be left out.

    A `slip` is a place in the text, counted round, where two letters changed places,
    one is missing or one stands twice.
    """

    clauses: Sequence[Clause]
    joints: Sequence[str] = ()
    before: str = ""
    asked: str = ""
    behind: str = ""
    slips: Sequence[tuple[int, int]] = field(default=())

    @property
    def acts(self) -> tuple[Act, ...]:
        return tuple(clause.act for clause in self.clauses)

    @property
    def text(self) -> str:
        made = self.before + self.asked + self.clauses[0].words
        for joint, clause in zip(self.joints, self.clauses[1:], strict=True):
            made += joint + clause.words
        made += self.behind
        for at, how in self.slips:
            made = _slipped(made, at, how)
        return made

    def smaller(self) -> Iterator[Sentence]:
        """The sentence with one thing less, the largest things first."""
        if len(self.clauses) > 1:
            for number in range(len(self.clauses)):
                clauses = [*self.clauses]
                del clauses[number]
                joints = self.joints[: len(clauses) - 1]
                asked = "" if clauses[0].phrase.says else self.asked
                yield replace(self, clauses=clauses, joints=joints, asked=asked)
        for name in ("slips", "before", "behind", "asked"):
            if getattr(self, name):
                yield replace(self, **{name: () if name == "slips" else ""})
        for number, clause in enumerate(self.clauses):
            if clause.words != clause.plainest:
                clauses = [*self.clauses]
                clauses[number] = replace(
                    clause, way=clause.phrase.ways[0], words=clause.plainest
                )
                yield replace(self, clauses=clauses)


class Generator:
    """Sentences about one plan."""

    def __init__(
        self, random: Random, plan: Itinerary, places: Sequence[Place]
    ) -> None:
        self._random = random
        self._plan = plan
        self._places = places

    def sentence(self, most: int = 3) -> Sentence:
        """One to `most` acts, at times with courtesy and with slips of the pen."""
        chance = self._random.random
        clauses = self._clauses(self._random.randint(1, most))
        joints = [self._random.choice(JOINTS) for _ in clauses[1:]]
        asked = self._random.choice(ASKED) if chance() < 0.3 else ""
        return Sentence(
            clauses,
            joints,
            before=self._random.choice(BEFORE) if chance() < 0.2 else "",
            asked="" if clauses[0].phrase.says else asked,
            behind=self._random.choice(BEHIND) if chance() < 0.2 else "",
            slips=[(self._random.randrange(99), self._random.randrange(99))]
            if chance() < 0.2
            else (),
        )

    def _clauses(self, count: int) -> list[Clause]:
        taken: set[str] = set()
        groups: set[str] = set()
        made: list[Clause] = []
        while len(made) < count:
            phrase = self._random.choice(phrases())
            if phrase.group == "alone" and count > 1:
                continue
            if phrase.group in groups or phrase in (it.phrase for it in made):
                continue
            groups |= {phrase.group} - {""}
            made.append(self._clause(phrase, taken))
        return made

    def _clause(self, phrase: Phrase, taken: set[str]) -> Clause:
        slots = Slots(self._random, self._plan, self._places, taken)
        (act,) = codec.loads([_filled(phrase.act, slots)])
        plainest, way = phrase.ways[0], self._random.choice(phrase.ways)
        return Clause(phrase, act, way, _worded(way, slots), _worded(plainest, slots))


def phrases() -> tuple[Phrase, ...]:
    return _PHRASES


def shrunk(sentence: Sentence, fails: Callable[[Sentence], bool]) -> Sentence:
    """The smallest form that still fails."""
    for smaller in sentence.smaller():
        if fails(smaller):
            return shrunk(smaller, fails)
    return sentence


def _filled(value: Any, slots: Slots) -> Any:
    """The act of a phrase with the values of its slots."""
    if isinstance(value, dict):
        return {name: _filled(each, slots) for name, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, slots) for each in value]
    slot = SLOT.fullmatch(value) if isinstance(value, str) else None
    return slots[slot[1]].value if slot else value


def _worded(way: str, slots: Slots) -> str:
    return SLOT.sub(lambda slot: slots[slot[1]].words, way)


def _slipped(text: str, at: int, how: int) -> str:
    """The text with a slip in one of its long words; as it is where it has none.

    Never in the first letter; names in small letters can have one, too.
    """
    words = list(LONG_WORD.finditer(text))
    if not words:
        return text
    word = words[at % len(words)]
    spot = word.start() + 1 + how % (len(word[0]) - 2)
    here, after = text[spot], text[spot + 1]
    changed = (after + here, after, here + here + after)[how % 3]
    slip = text[word.start() : spot] + changed + text[spot + 2 : word.end()]
    if slip in _KNOWN:  # "palace" without its second letter is a place
        return text
    return text[: word.start()] + slip + text[word.end() :]


_TEXT = PHRASES.read_text("utf-8")
_PHRASES = tuple(Phrase(**line) for line in tomllib.loads(_TEXT)["clause"])
_KNOWN = frozenset(re.findall(r"[a-z]+", _TEXT))
