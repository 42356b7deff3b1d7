"""Clause: a part of a message with its force."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token


class Force(StrEnum):
    """What a clause does: only one that is asserted may change anything."""

    ASSERTED = "asserted"
    QUESTION = "question"
    ASKED = "asked"  # a change that is asked about
    CONDITION = "condition"
    REPORTED = "reported"
    REMEMBERED = "remembered"


@dataclass(frozen=True, slots=True)
class Clause:
    tokens: tuple[Token, ...]
    force: Force = Force.ASSERTED
    requested: bool = False  # "could you …": a question that asks for a deed
    aside: bool = False  # the reason of what comes next

    @property
    def words(self) -> list[str]:
        return [word for token in self.tokens for word in words_of(token.text)]


# Words that begin a question, wherever a clause begins.
ASKING = frozenset(
    "what when where which who why how whats wheres whens whos hows whys whatre whered "
    "howd whyd wheres whereabouts whatll".split()
)
# Words that begin one at the start of a sentence.
AUXILIARY = frozenset(
    "is are do does did has have am was were will would should shall can could may "
    "any isnt arent dont doesnt wont got".split()
)
# With these a sentence is a wish, though it begins as a question does.
DEEDS = frozenset(
    "REMOVE TAKE ADD WANT MOVE PUT SWAP KEEP LOCK UNLOCK MAKE START END REPLAN "
    "BESTORDER SPEND AVOID CALMER FULLER LATER EARLIER CHEAPER MORE LESS CLEAR GO "
    "BEFORE AFTER INSTEAD INSTEADOF EAT UNDO SHARE EXPORT PACE".split()
)
# With one of these as its first word that means something, a statement begins.
OPENERS = frozenset(
    "REMOVE ADD MOVE PUT SWAP KEEP LOCK UNLOCK MAKE START END REPLAN BESTORDER AVOID "
    "NO NOMORE ATMOST SPEND EAT ARRIVE DEPART LIKE NOTBEFORE NOTAFTER TAKE WANT UNDO "
    "REDO SHARE EXPORT NOT MORE LESS INSTEADOF CALMER FULLER CHEAPER OUT INSTEAD "
    "RATHER".split()
)
# Verbs that begin a statement even without a pause before them.
STRONG = frozenset("REMOVE ADD MOVE LOCK REPLAN BESTORDER".split())
NAMING = frozenset(
    "PLACE STOP KIND TAG MEAL IT THEM INTEREST DAY DAYS THING DIET".split()
)
EMPTY = frozenset("SKIP COURTESY TOO AGAIN".split())
SUBJECTS = frozenset(
    "i we he she they it its im ive were weve hes shes theyre theres theyve that "
    "thats everyone everybody nobody mum mother dad father those these somebody "
    "someone my our what".split()
)


def stripped(tokens: Sequence[Token]) -> list[Token]:
    """Without marks and connectors at the ends."""
    start, end = 0, len(tokens)
    while (
        start < end
        and tokens[start].kind in CONNECTORS | {"SKIP"}
        and (tokens[start].kind != "SKIP" or not tokens[start].text.strip())
    ):
        start += 1
    while end > start and tokens[end - 1].kind in CONNECTORS:
        end -= 1
    return list(tokens[start:end])


def before(tokens: list[Token], at: int) -> list[Token]:
    """What stands before the comma that begins the part with this token."""
    for i in range(at, 0, -1):
        if tokens[i].kind in ("COMMA", "DASH", "COLON"):
            return stripped(tokens[:i])
    return []


def behind(tokens: list[Token], at: int) -> list[Token]:
    for i in range(at, len(tokens)):
        if tokens[i].kind in ("COMMA", "DASH", "COLON", "BUT"):
            return tokens[i + 1 :]
    return []


def parted(tokens: Sequence[Token], kinds: Collection[str]) -> list[list[Token]]:
    """The parts between tokens of these classes."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def has(tokens: Sequence[Token], kinds: frozenset[str] | set[str]) -> bool:
    """Whether one of the tokens is of these classes."""
    return any(it.kind in kinds for it in tokens)
