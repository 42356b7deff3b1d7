"""Clauses: a message cut where one thing is said, each with its force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from itinerary_app.assistant.reading.background import is_subject
from itinerary_app.assistant.reading.clause import (
    ASKING,
    AUXILIARY,
    DEEDS,
    Clause,
    Force,
    stripped,
)
from itinerary_app.assistant.reading.force import asks, forced, known_topic
from itinerary_app.assistant.reading.lexicon import lexicon, words_of
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token


def cut(tokens: Sequence[Token], *, planned: bool = True) -> Iterator[Clause]:
    """The clauses of a message; those that ask begin at their question word."""
    sentence: list[Token] = []
    tokens = _verbs_first(tokens)
    for at, token in enumerate(tokens):
        if token.kind == "PERIOD" and _only_pauses(tokens, at):
            sentence.append(token._replace(kind="DASH"))
        elif (
            token.kind == "QUESTION" and planned and _is_declined(tokens, at, sentence)
        ):
            sentence.append(token._replace(kind="COLON"))
        elif token.kind in ("PERIOD", "QUESTION"):
            asked = token.kind == "QUESTION" and (planned or not _is_wish(sentence))
            yield from _sentence(sentence, asked=asked)
            sentence = []
        else:
            sentence.append(token)
    yield from _sentence(sentence, asked=False)


def _verbs_first(tokens: Sequence[Token]) -> list[Token]:
    """ "Plan the last day anew" as "replan the last day", at whose verb it is cut."""
    made: list[Token] = []
    for token in tokens:
        made.append(token)
        if token.kind == "REPLAN" and [it.kind for it in made[-2:-1]] == ["DAY"]:
            if len(made) > 2 and made[-3].text in _PLANNING:
                made[-3:] = [token, made[-2]]
    return made


_WE_SHALL = frozenset("we'll i'll they'll he'll she'll".split())
_PLANNING = frozenset({"plan", "make", "do", "build", "start"})


def _only_pauses(tokens: Sequence[Token], at: int) -> bool:
    """ "Trastevere to the Forum … a long way?", "version no. 2"."""
    rest = [it.kind for it in tokens[at + 1 :]]
    if at and tokens[at - 1].text.split()[-1:] == ["no"]:
        return any(it.text.isdigit() for it in tokens[at + 1 : at + 2])
    ends = next((kind for kind in rest if kind in ("PERIOD", "QUESTION")), "")
    return tokens[at].text in ("..", "...", "....", "…") and ends == "QUESTION"


def _is_declined(tokens: Sequence[Token], at: int, sentence: Sequence[Token]) -> bool:
    """ "Churches? No thanks": what is named is not wished."""
    named = {it.kind for it in sentence} - {"SKIP"}
    first = [it.kind for it in tokens[at + 1 : at + 2]]
    ends = [it.kind for it in tokens[at + 2 : at + 3]] in ([], ["PERIOD"])
    return (
        bool(named) and named <= {"PLACE", "KIND", "AND"} and first == ["NO"] and ends
    )


def has_subject(tokens: Sequence[Token]) -> bool:
    """Whether somebody or something is spoken of: "we changed the flight"."""
    words = [word for token in tokens[:3] for word in words_of(token.text)]
    return is_subject(words) or is_of_children(tokens) or _of_us(tokens)


def _of_us(tokens: Sequence[Token]) -> bool:
    """ "We'll be hungover", which without its apostrophe is "well"."""
    return bool(tokens) and tokens[0].text in _WE_SHALL


def is_of_children(tokens: Sequence[Token]) -> bool:
    """Whether the children are spoken of: "the kids get tired"."""
    return [it.kind for it in tokens[:2] if it.text != "the"][:1] == ["CHILDREN"]


def _requests(tokens: Sequence[Token]) -> bool:
    """Whether a request begins here: "and can you …", "and could dinner be …"."""
    words = [word for token in tokens[:3] for word in words_of(token.text)]
    if not words or words[0] not in ("can", "could", "please", "would"):
        return False
    return bool(DEEDS & {it.kind for it in tokens})


def _is_wish(sentence: Sequence[Token]) -> bool:
    """Whether a first message's question names a trip: "Prague, next weekend?"."""
    first = words_of(sentence[0].text)[:1] if sentence else []
    starts = bool(first) and (first[0] in ASKING or first[0] in AUXILIARY)
    if known_topic(Clause(tuple(sentence))):
        return False
    return not starts and any(token.kind == "CITY" for token in sentence)


def _without_reasons(tokens: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    """Without what only says why: "because …", up to where the next wish begins; and
    of that what says when one comes or leaves.
    """
    made: list[Token] = []
    reason: list[Token] = []
    why = False
    if tokens and tokens[0].kind == "REASON" and tokens[0].text.startswith("so "):
        we = tokens[0]._replace(kind="SKIP", text=tokens[0].text[3:])
        tokens = [we, *tokens[1:]]  # "hey! so we are planning to …"
    for at, token in enumerate(tokens):
        if token.kind == "REASON":
            why = True
        elif why and token.kind in CONNECTORS | {"SO"}:
            first = next((it for it in tokens[at:] if it.kind not in _LEADING), None)
            why = first is not None and first.kind not in DEEDS and bool(made)
        if not why and token.kind != "REASON":
            made.append(token)
        elif token.kind != "REASON":
            reason.append(token)
    if not any(it.kind in DEEDS for it in made):
        return list(tokens), []
    kinds = {it.kind for it in reason}
    return made, reason if kinds & {"ARRIVE", "DEPART"} and "TIME" in kinds else []


def _so(tokens: Sequence[Token]) -> int | None:
    """Where the consequence begins: "we're tired, so start at ten"."""
    for at in range(len(tokens) - 2, 0, -1):
        if tokens[at].kind != "SO" or tokens[at + 1].kind in _DEGREES:
            continue
        if tokens[at + 1].text in _MUCH or tokens[at - 1].text in ("is", "are", "be"):
            continue
        return at
    return None


_LEADING = CONNECTORS | {"SO", "SKIP", "COURTESY"}
_DEGREES = frozenset("CALMER FULLER CHEAPER DEARER PACE BUDGET WANT LIKE".split())
_MUCH = frozenset(
    "much many little few far good nice long early late kind called".split()
)


def _sentence(tokens: list[Token], *, asked: bool) -> Iterator[Clause]:
    tokens, reason = _without_reasons(tokens)
    if reason:
        yield from _sentence(reason, asked=False)
    tokens = stripped(tokens)
    at = _so(tokens)
    if at is not None:
        for clause in _sentence(tokens[:at], asked=False):
            yield replace(clause, aside=True)
        tokens = tokens[at + 1 :]
    tokens = stripped(tokens)
    if not tokens:
        return
    start = 0
    tokens = _without_pleas(tokens)
    tail, plea = _tag(tokens)
    if tail:
        tokens = tokens[:-tail]
        asked = asked and not DEEDS & {it.kind for it in tokens} if plea else True
    for at in range(1, len(tokens)):
        if tokens[at - 1].kind not in CONNECTORS or tokens[at].kind in CONNECTORS:
            continue
        if _requests(tokens[at:]) or _imperative(tokens[at:]):
            yield from forced(stripped(tokens[start:at]), asked=asks(tokens[start:]))
            start = at
        elif asked and _asks_of(tokens[start:at], tokens[at:]):
            yield from forced(stripped(tokens[start:at]), asked=False)
            start = at
        elif _wavers(tokens[start:at]) and _is_opinion(tokens[at:]):
            yield Clause(tuple(stripped(tokens[start:at])), force=Force.ASKED)
            return
        elif asks(tokens[at:]):
            before = stripped(tokens[start:at])
            if _leads_to(before, tokens[at:]):
                asked = True  # "Versailles, how would one get there": one question
                continue
            yield from forced(before, asked=False)
            start = at
    yield from forced(stripped(tokens[start:]), asked=asked)


# What a question may be about before its question word comes.
_TOPICAL = frozenset(
    "PLACE STOP KIND TAG MEAL DAY DAYS THING ORDINAL SKIP FOR ON OF NUMBER ADULTS CHILDREN "
    "COMMA DASH COLON PART AND LAST FIRST GREET OR AFTER BEFORE DATE TIME CITY EVERY "
    "LIMITWORD FRIENDS REST WHOLETRIP NEAR THEM IT".split()
)
_OPINIONS = frozenset(
    "what do you think|what do you reckon|what do you say|what would you say|thoughts"
    "|any thoughts|what are your thoughts|what would you do|would that work|yes or no"
    "|good idea|is that a good idea|does that make sense|what do you recommend|or not"
    "|is that wise|is it a good idea|what say you|your opinion|your thoughts".split("|")
)


def _asks_of(before: Sequence[Token], question: Sequence[Token]) -> bool:
    """ "Swap X for Y, and is it expensive?": a deed, and a question of it."""
    words = [word for it in question[:2] for word in words_of(it.text)]
    asking = words[:1] in (["is"], ["are"], ["does"], ["do"], ["will"])
    return asking and bool(before) and before[0].kind in DEEDS - {"MAKE", "WANT"}


def _wavers(tokens: Sequence[Token]) -> bool:
    """Whether a change is only thought of: "I'm thinking of dropping X"."""
    words = {word for it in tokens[:5] for word in words_of(it.text)}
    return bool(
        words & {"thinking", "considering", "maybe", "perhaps", "might", "toying"}
    )


def _is_opinion(tokens: Sequence[Token]) -> bool:
    return " ".join(w for it in tokens for w in words_of(it.text)) in _OPINIONS


_NAMING = frozenset("PLACE KIND TAG MEAL DAY DAYS THING CUISINE CITY".split())
FEW = 6  # words of a question that names nothing itself


def _leads_to(before: Sequence[Token], question: Sequence[Token]) -> bool:
    """Whether the words before a question only name what it is about."""
    kinds = {it.kind for it in before}
    if "CITY" in kinds and kinds & {"LENGTH", "DATE", "LAYOVER"}:
        return False  # "Copenhagen, three days, what do you suggest"
    if kinds <= _TOPICAL:
        return True
    words = [word for it in question for word in words_of(it.text)]
    return (
        bool(kinds & _NAMING)
        and not kinds & (DEEDS | {"HEARSAY", "MEMORY", "IF"})
        and len(words) <= FEW
        and not _NAMING & {it.kind for it in question}
    )


def _without_pleas(tokens: list[Token]) -> list[Token]:
    """Without a ", could you," in the middle."""
    commas = [at for at, it in enumerate(tokens) if it.kind == "COMMA"]
    for start, end in pairwise(commas):
        if end - start > 1 and _tag_of(tokens[start + 1 : end], words=2) == "PLEA":
            return [*tokens[:start], *tokens[end + 1 :]]
    return tokens


def _tag(tokens: list[Token]) -> tuple[int, bool]:
    """How many tokens at the end only ask for a yes, and whether for a deed."""
    for at in range(len(tokens) - 1, max(0, len(tokens) - 5), -1):
        if tokens[at - 1].kind == "COMMA":
            kind = _tag_of(tokens[at:])
            return len(tokens) - at + 1 if kind else 0, kind == "PLEA"
    return 0, False


def _tag_of(tokens: Sequence[Token], *, words: int = 1) -> str:
    """The class of a tag that these tokens are, of so many words at least."""
    said = [word for it in tokens for word in words_of(it.text)]
    found = lexicon("en.tags").longest(said, 0) if len(said) >= words else None
    return found[1].kind if found and found[0] == len(said) else ""


def _imperative(tokens: Sequence[Token]) -> bool:
    """ "Read me day 4", "show me what is near", "remind me when we go"."""
    words = [word for token in tokens[:5] for word in words_of(token.text)]
    asks = (
        ["read", "me"],
        ["remind", "me"],
        ["tell", "me"],
        ["show", "me"],
        ["tell", "us"],
    )
    return any(words[: len(it)] == it or words[1 : len(it) + 1] == it for it in asks)
