"""Talk: greetings, thanks, yes and no, which are said around what is wished."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from itinerary_app.assistant.reading.lexicon import lexicon, words_of
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token

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
SIGNS: dict[str, Act] = {
    **dict.fromkeys(("👍", "👌", "✅", "✔️", "🙏"), Confirm()),
    **dict.fromkeys(("👎", "❌"), Deny()),
    **dict.fromkeys(("❤️", "😍", "🎉", "😊", "🙂"), Thank()),
}
# A yes that is praise where nothing was asked.
_PRAISE = ("perfect", "great", "brilliant", "fine", "sounds good")
# A denial that begins with one of these only makes way for what comes next.
_WAVING = frozenset(
    "no nope nah nay wait hold hang never changed i i've we".split()
) | {
    "no thanks",
    "no thank you",
}
_STAYING = frozenset("leave let change changes".split())
_UNSURE = ("know", "sure", "dunno", "idea")
_QUIET = CONNECTORS | {"SKIP", "PERIOD", "COURTESY"}
_FILLERS = frozenset("ok okay oh well just alright".split())
_ANSWERS = frozenset("no nah nope yes yeah yep ok okay sure".split()) | {"no thanks"}


def taken(
    tokens: Sequence[Token], *, waiting: bool, alone: bool
) -> tuple[list[tuple[Act, Sequence[Token]]], list[Token]]:
    """The courtesies at a clause's ends, with their words, and what is left of it.

    `waiting`: for a yes or no; else they are acts only if the message is nothing else,
    which `alone` says of the clause.
    """
    rest = list(tokens)
    made: list[tuple[Act, Sequence[Token]]] = []
    while rest and (found := _first(rest, alone=False)):
        kind, count = found
        said, behind = rest[:count], rest[count:]
        if kind == "GREET" and behind and behind[0].text == "from":
            behind = []  # "good morning from rainy Manchester"
        last = not any(
            it.kind not in ("SKIP", "COURTESY", "THEN", *CONNECTORS) for it in behind
        )
        staying = alone and last and _leaves_all(said)
        if kind == "DENY" and not waiting and said[0].text not in _WAVING:
            if not staying:
                break
        if not (last or _is_paused(kind, said, behind)):
            break
        made += _act(kind, said, waiting=waiting or (alone and last))
        rest = behind
        while rest and rest[0].kind in CONNECTORS:
            rest = rest[1:]
    return [*made, *_at_the_end(rest)], rest


def weight(tokens: Sequence[Token]) -> int:
    """How many tokens there are that say something."""
    return sum(it.kind not in _QUIET and it.text not in _FILLERS for it in tokens)


def _act(
    kind: str, said: Sequence[Token], *, waiting: bool
) -> Iterator[tuple[Act, Sequence[Token]]]:
    act = _SAID[kind]
    unsure = kind == "ANYTHING" and said[-1].text in _UNSURE
    if act is None or ((kind in ("CONFIRM", "DENY") or unsure) and not waiting):
        return
    yield act, said


def praise(act: Act, said: Sequence[Token], *, waiting: bool) -> Act:
    """The act, or thanks where nothing waits for "perfect"."""
    praising = isinstance(act, Confirm) and not waiting and said[0].text in _PRAISE
    return Thank() if praising else act


def _leaves_all(said: Sequence[Token]) -> bool:
    """Whether nothing is to change: "leave it", "keep the plan as it is"."""
    words = [word for it in said for word in words_of(it.text)]
    return bool(_STAYING & {*words}) or words[-2:] in (["it", "is"], ["they", "are"])


def _is_paused(kind: str, said: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether what is said ends where it seems to."""
    first = behind[0]
    if first.kind in CONNECTORS:
        return True
    if kind == "GREET" and first.kind == "NOT":
        return False  # "I said evening, not morning"
    if further := _first(behind, alone=False):
        rest = behind[further[1] :]
        answers = further[0] in ("CONFIRM", "DENY")
        return answers or not rest or rest[0].kind in CONNECTORS
    if kind in ("GREET", "THANK"):
        return first.kind in ("COURTESY", "SKIP", "WORD", "IT")
    return (
        kind in ("CONFIRM", "DENY")
        and said[0].text in _ANSWERS
        and first.kind in ("COURTESY", "REMOVE", "ADD", "NOT", "PUT", "SKIP", "DAY")
    )


def _at_the_end(rest: list[Token]) -> list[tuple[Act, Sequence[Token]]]:
    """Take thanks and complaints off the end; complaints are acts."""
    made: list[tuple[Act, Sequence[Token]]] = []
    for at in range(len(rest) - 1, max(0, len(rest) - 5), -1):
        kind = (_first(rest[at:], alone=True) or ("",))[0]
        if kind == "COMPLAIN" and rest[at - 1].kind in CONNECTORS:
            made = [(Complain(), rest[at:])]
        elif kind not in ("THANK", "BYE"):
            continue
        del rest[at:]
        return [*made, *_at_the_end(rest)]
    return made


def _first(tokens: Sequence[Token], *, alone: bool) -> tuple[str, int] | None:
    """The class of talk that a clause begins with, and how many tokens it has.

    `alone`: only if the clause is nothing else.
    """
    words = [(word, i) for i, it in enumerate(tokens) for word in words_of(it.text)]
    found = (
        lexicon("en.talk").longest([word for word, _ in words], 0) if words else None
    )
    if found is None:
        return None
    count, entry = found
    last = words[count - 1][1]
    if count < len(words) and words[count][1] == last:
        return None  # it ends within a token
    rest = tokens[last + 1 :]
    if alone and any(it.kind not in ("SKIP", "COURTESY", "THEN", "TOO") for it in rest):
        return None
    return entry.kind, last + 1


def is_of_breakfast(tokens: Sequence[Token]) -> bool:
    """Whether nothing but a breakfast is spoken of, which no plan of ours has."""
    kinds = {it.kind for it in tokens}
    return "BREAKFAST" in kinds and kinds <= _OF_BREAKFAST


_OF_BREAKFAST = frozenset(
    "BREAKFAST SKIP COURTESY WANT ADD PUT EAT NO REMOVE HOTEL ON TIME NUMBER PERDAY DAY "
    "DAYS PART BETWEEN AND TO FROM UNTIL LATER EARLIER PERIOD COMMA".split()
)
