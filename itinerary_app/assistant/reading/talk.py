"""Talk: courtesies, thanks, yes and no around what a clause is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from itinerary_app.acts.acts import (
    Act,
    Anything,
    Ask,
    Complain,
    Confirm,
    Deny,
    Greet,
    Thank,
    Topic,
)
from itinerary_app.assistant.reading.clauses import Clause
from itinerary_app.assistant.reading.lexicon import Lexicon, lexicon, words_of
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token, words

_SAID: dict[str, Act | None] = {
    "NOTHING": None,
    "GREET": Greet(),
    "THANK": Thank(),
    "BYE": Thank(),
    "COMPLAIN": Complain(),
    "ANYTHING": Anything(),
    "CONFIRM": Confirm(),
    "DENY": Deny(),
    "HELP": Ask(topic=Topic.HELP),
}


class Talk:
    """Takes the talk off the clauses of one message; `acts` are what it came to.

    With `pending` a question of ours, or a proposal, waits for a yes or no.
    """

    def __init__(
        self, tokens: Sequence[Token], acts: list[tuple[Act, str]], *, pending: bool
    ) -> None:
        self._tokens, self.acts, self._pending = tokens, acts, pending

    def without_talk(self, clause: Clause) -> Clause:
        """The clause without the courtesies at its ends, which are acts as well."""
        tokens = list(clause.tokens)
        while tokens:
            found = talk(tokens, alone=False)
            if found is None:
                break
            kind, count = found
            rest = tokens[count:]
            paused = (
                not rest
                or rest[0].kind in CONNECTORS
                or (
                    kind in ("GREET", "THANK")
                    and rest[0].kind in ("COURTESY", "SKIP", "WORD", "IT")
                )
                or _begins_answer(kind, tokens[:count], rest)
            )
            alone = not [
                it
                for it in rest
                if it.kind not in ("SKIP", "COURTESY", "THEN", *CONNECTORS)
            ]
            if not (paused or alone):
                break
            self._said(kind, tokens[:count], alone=alone, pending=self._pending)
            tokens = rest
            while tokens and tokens[0].kind in CONNECTORS:
                tokens = tokens[1:]
        return replace(clause, tokens=tuple(_without_thanks(tokens)))

    def _said(
        self, kind: str, tokens: Sequence[Token], *, alone: bool, pending: bool
    ) -> bool:
        if kind in ("CONFIRM", "DENY") and not (
            pending or (alone and self._is_all(tokens))
        ):
            return False
        act = _SAID[kind]
        if act is None:
            return True
        if (
            kind == "CONFIRM"
            and not pending
            and tokens[0].text
            in ("perfect", "great", "brilliant", "fine", "sounds good")
        ):
            act = Thank()
        if act not in [it for it, _ in self.acts]:
            self.acts.append((act, words(tokens)))
        return True

    def _is_all(self, tokens: Sequence[Token]) -> bool:
        """Whether the message says nothing else."""
        rest = [
            it for it in self._tokens if it.kind not in ("SKIP", "PERIOD", *CONNECTORS)
        ]
        return len(rest) <= len([it for it in tokens if it.kind != "SKIP"])


def _without_thanks(tokens: list[Token]) -> list[Token]:
    """Without thanks at the end."""
    for at in range(len(tokens) - 1, max(0, len(tokens) - 5), -1):
        found = talk(tokens[at:], alone=True)
        if found and found[0] in ("THANK", "BYE"):
            return _without_thanks(tokens[:at])
    return tokens


def _begins_answer(kind: str, said: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a yes or no is followed by what else is wished, without a pause."""
    if kind not in ("CONFIRM", "DENY") or said[0].text not in (
        "no", "nah", "nope", "yes", "yeah", "yep", "ok", "okay", "sure", "no thanks",
    ):  # fmt: skip
        return False
    return rest[0].kind in ("COURTESY", "REMOVE", "ADD", "NOT", "PUT", "SKIP", "DAY")


def said(tokens: Sequence[Token]) -> set[str]:
    """The classes of talk that a clause consists of; none if it says more."""
    known = lexicon("en.talk")
    spoken = [word for token in tokens for word in words_of(token.text)]
    found: set[str] = set()
    at = 0
    while at < len(spoken):
        if phrase := known.longest(spoken, at):
            count, entry = phrase
            found.add(entry.kind)
            at += count
        elif spoken[at] in (
            "then",
            "it",
            "that",
            "well",
            "just",
            "and",
            "please",
            "so",
        ):
            at += 1
        else:
            return set()
    return found


def talk(tokens: Sequence[Token], *, alone: bool) -> tuple[str, int] | None:
    """The class of talk that a clause begins with, and how many tokens it has.

    `alone`: only if the clause is nothing else.
    """
    known: Lexicon = lexicon("en.talk")
    placed = [
        (word, i) for i, token in enumerate(tokens) for word in words_of(token.text)
    ]
    if not placed:
        return None
    found = known.longest([word for word, _ in placed], 0)
    if found is None:
        return None
    count, entry = found
    last = placed[count - 1][1]
    if count < len(placed) and placed[count][1] == last:
        return None  # it ends within a token
    rest = [
        it
        for it in tokens[last + 1 :]
        if it.kind not in ("SKIP", "COURTESY", "THEN", "TOO")
    ]
    if alone and rest:
        return None
    return entry.kind, last + 1
