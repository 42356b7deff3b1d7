"""Clauses: a message cut where one thing is said, each with its force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from itinerary_app.assistant.reading.lexicon import lexicon, words_of
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
_ASKING = frozenset(
    "what when where which who why how whats wheres whens whos hows whys whatre whered "
    "howd whyd wheres whereabouts whatll".split()
)
# Words that begin one at the start of a sentence.
_AUXILIARY = frozenset(
    "is are do does did has have am was were will would should shall can could may "
    "any isnt arent dont doesnt wont got".split()
)
# With these a sentence is a wish, though it begins as a question does.
DEEDS = frozenset(
    "REMOVE TAKE ADD WANT MOVE PUT SWAP KEEP LOCK UNLOCK MAKE START END REPLAN "
    "BESTORDER "
    "SPEND AVOID CALMER FULLER LATER EARLIER CHEAPER MORE LESS CLEAR GO BEFORE AFTER "
    "INSTEAD INSTEADOF EAT UNDO SHARE EXPORT PACE".split()
)


def cut(tokens: Sequence[Token], *, planned: bool = True) -> Iterator[Clause]:
    """The clauses of a message; those that ask begin at their question word."""
    sentence: list[Token] = []
    for token in tokens:
        if token.kind in ("PERIOD", "QUESTION"):
            asked = token.kind == "QUESTION" and (planned or not _is_wish(sentence))
            yield from _sentence(sentence, asked=asked)
            sentence = []
        else:
            sentence.append(token)
    yield from _sentence(sentence, asked=False)


def has_subject(tokens: Sequence[Token]) -> bool:
    """Whether somebody or something is spoken of: "we changed the flight"."""
    words = [word for token in tokens[:3] for word in words_of(token.text)]
    return bool(words) and (words[0] in _SUBJECTS or words[:1] == ["my"])


_SUBJECTS = frozenset(
    "i we he she they it its im ive were weve hes shes theyre theres theyve that thats "
    "everyone everybody nobody mum mother dad father those these somebody someone my "
    "our "
    "what".split()
)


def _requests(tokens: Sequence[Token]) -> bool:
    """Whether a request begins here: "and can you …", "and could dinner be …"."""
    words = [word for token in tokens[:3] for word in words_of(token.text)]
    if not words or words[0] not in ("can", "could", "please", "would"):
        return False
    return bool(DEEDS & {it.kind for it in tokens})


def _is_wish(sentence: Sequence[Token]) -> bool:
    """Whether a first message's question names a trip: "Prague, next weekend?"."""
    first = words_of(sentence[0].text)[:1] if sentence else []
    starts = bool(first) and (first[0] in _ASKING or first[0] in _AUXILIARY)
    if _known_topic(Clause(tuple(sentence))):
        return False
    return not starts and any(token.kind == "CITY" for token in sentence)


def _without_reasons(tokens: Sequence[Token]) -> list[Token]:
    """Without what only says why: "because …", up to where the next wish begins."""
    made: list[Token] = []
    why = False
    for at, token in enumerate(tokens):
        if token.kind == "REASON":
            why = True
        elif why and token.kind in CONNECTORS | {"SO"}:
            first = next((it for it in tokens[at:] if it.kind not in _LEADING), None)
            why = first is not None and first.kind not in DEEDS and bool(made)
        if not why and token.kind != "REASON":
            made.append(token)
    return made if any(it.kind in DEEDS for it in made) else list(tokens)


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
    tokens = _stripped(_without_reasons(tokens))
    at = _so(tokens)
    if at is not None:
        for clause in _sentence(tokens[:at], asked=False):
            yield replace(clause, aside=True)
        tokens = tokens[at + 1 :]
    tokens = _stripped(tokens)
    if not tokens:
        return
    start = 0
    tail = _tag(tokens)
    if tail:
        tokens, asked = tokens[:-tail], True
    for at in range(1, len(tokens)):
        if tokens[at - 1].kind not in CONNECTORS or tokens[at].kind in CONNECTORS:
            continue
        if _requests(tokens[at:]) or _imperative(tokens[at:]):
            yield from _forced(_stripped(tokens[start:at]), asked=_asks(tokens[start:]))
            start = at
        elif _asks(tokens[at:]):
            before = _stripped(tokens[start:at])
            if all(it.kind in _TOPICAL for it in before):
                continue  # "Versailles, how would one get there": one question
            yield from _forced(before, asked=False)
            start = at
    yield from _forced(_stripped(tokens[start:]), asked=asked)


# What a question may be about before its question word comes.
_TOPICAL = frozenset(
    "PLACE KIND TAG MEAL DAY DAYS THING ORDINAL SKIP FOR ON OF NUMBER ADULTS CHILDREN "
    "COMMA DASH COLON PART AND LAST FIRST GREET OR AFTER BEFORE DATE TIME CITY EVERY "
    "LIMITWORD FRIENDS REST WHOLETRIP NEAR THEM IT".split()
)


def _tag(tokens: list[Token]) -> int:
    """How many tokens at the end only ask for a yes: ", isn't it"."""
    for at in range(len(tokens) - 1, max(0, len(tokens) - 5), -1):
        if tokens[at - 1].kind == "COMMA":
            words = [word for it in tokens[at:] for word in words_of(it.text)]
            found = lexicon("en.tags").longest(words, 0) if words else None
            return len(tokens) - at + 1 if found and found[0] == len(words) else 0
    return 0


def _asks(tokens: Sequence[Token]) -> bool:
    while tokens and (
        tokens[0].kind in ("SO", "AND") or tokens[0].text in ("also", "oh")
    ):
        tokens = tokens[1:]
    words = [word for token in tokens[:8] for word in words_of(token.text)]
    found = lexicon("en.openings").longest(words, 0) if words else None
    if found and found[1].kind == "LEAD" and words[found[0] :]:
        return words[found[0]] in _ASKING | {"if", "whether"}
    return (
        bool(words)
        and words[0] in _ASKING
        and tokens[0].kind not in ("THATDAY", "STOP")
    )


def _forced(tokens: list[Token], *, asked: bool) -> Iterator[Clause]:
    """Clauses by what their words do: ask, suppose, tell of others or of the past."""
    if not tokens:
        return
    kinds = [token.kind for token in tokens]
    clause = Clause(tuple(tokens))
    if _asks(tokens) and not {"SUPPOSE", "COURTESY"} & set(kinds[:3]):
        yield from _joined(clause)
        return
    if "BUT" in kinds and ("HEARSAY" in kinds or "MEMORY" in kinds):
        at = kinds.index("BUT")
        yield from _forced(_stripped(tokens[:at]), asked=False)
        yield from _forced(_stripped(tokens[at + 1 :]), asked=asked)
        return
    if "IF" in kinds and not _known_topic(clause):
        head = _before(tokens, kinds.index("IF"))
        part = tokens[len(head) :]
        starts = next((it.kind for it in part if it.kind not in CONNECTORS), "") == "IF"
        if head and not starts:
            yield from _forced(head, asked=False)
            clause = Clause(tuple(_stripped(part)))
        rest = _after_but(clause.tokens)
        last = len(clause.tokens) - len(rest)
        yield replace(clause, tokens=clause.tokens[:last], force=Force.CONDITION)
        if rest:
            yield from _forced(_stripped(rest), asked=asked)
        return
    if "HEARSAY" in kinds:
        head = _before(tokens, kinds.index("HEARSAY"))
        if head:
            yield from _forced(head, asked=False)
        yield replace(clause, tokens=tuple(tokens[len(head) :]), force=Force.REPORTED)
        return
    if "MEMORY" in kinds and kinds[0] != "COURTESY":
        at = kinds.index("MEMORY")
        head = _before(tokens, at)
        tail = _behind(tokens, at)
        if head:
            yield from _forced(head, asked=False)
        last = len(tokens) - len(tail)
        yield replace(
            clause, tokens=tuple(tokens[len(head) : last]), force=Force.REMEMBERED
        )
        if tail:
            yield from _forced(_stripped(tail), asked=asked)
        return
    requested = _is_requested(tokens)
    if "SUPPOSE" in kinds[:4] or (asked and "SUPPOSE" in kinds):
        yield replace(clause, force=Force.ASKED)
        return
    modal = any(
        it.text in ("could", "could be", "could start", "can be") for it in tokens
    )
    if asked and modal and DEEDS & set(kinds) and not _asks(tokens):
        first = words_of(tokens[0].text)[:1]
        requested = requested or first[:1] == ["could"] or first[0] not in _AUXILIARY
    article = tokens[0].text in ("a", "an", "some", "another")
    if asked and "MEAL" in kinds and (article or tokens[0].kind == "CUISINE"):
        yield replace(clause, force=Force.ASKED)  # "a pasta place for lunch?"
        return
    named = _is_suggested(set(kinds)) or (requested and DEEDS & set(kinds))
    polite = tokens[0].kind == "COURTESY" and named  # "what about Rome?"
    if (_asks(tokens) and not polite) or (asked and not requested):
        yield replace(clause, force=Force.QUESTION)
        return
    if requested and not named and not DEEDS & set(kinds):
        yield replace(clause, force=Force.QUESTION, requested=True)
        return
    first = words_of(tokens[0].text)[:1]
    if (
        first
        and "'" not in tokens[0].text
        and first[0] in _AUXILIARY
        and (tokens[0].kind in ("SKIP", "WORD") or _inverted(tokens, asked=asked))
        and not requested
    ):
        yield replace(clause, force=Force.QUESTION)
        return
    yield replace(clause, requested=requested)


def _after_but(tokens: Sequence[Token]) -> Sequence[Token]:
    """What holds whatever the condition: "if it rains drop A, but B shorter"."""
    kinds = [token.kind for token in tokens]
    if "BUT" not in kinds or "IF" in kinds[kinds.index("BUT") :]:
        return ()
    return tokens[kinds.index("BUT") + 1 :]


def _is_suggested(kinds: set[str]) -> bool:
    """ "What about Rome?", "how about the Forum on Sunday?": as a wish."""
    when = kinds & {"DAY", "PART", "TIME", "INSTEADOF"}
    return "CITY" in kinds or bool("PLACE" in kinds and when)


def _joined(clause: Clause) -> Iterator[Clause]:
    """A question, or two with "and" between them: "how much is it and is it open"."""
    tokens, start = clause.tokens, 0
    for at in range(1, len(tokens) - 1):
        word = words_of(tokens[at + 1].text)[:1]
        if tokens[at].kind == "AND" and word and word[0] in _AUXILIARY - {"any"}:
            yield replace(clause, tokens=tokens[start:at], force=Force.QUESTION)
            start = at + 1
    yield replace(clause, tokens=tokens[start:], force=Force.QUESTION)


def _known_topic(clause: Clause) -> bool:
    """Whether the question is how this product works, whatever is supposed in it."""
    words = clause.words
    known = lexicon("en.questions")
    found = (known.longest(words, at) for at in range(len(words)))
    return any(it and it[1].kind in ("HOWTO", "KEPT", "BESTTIME") for it in found)


def _inverted(tokens: Sequence[Token], *, asked: bool) -> bool:
    """ "Do they …", "does it …", "have we …": the subject behind the verb."""
    words = [word for token in tokens[:3] for word in words_of(token.text)]
    subjects = _SUBJECTS | {"you", "people", "any"} | ({"the"} if asked else set())
    if any(it.kind == "STOP" for it in tokens[1:2]):
        return False  # "do the one after lunch …"
    return len(words) > 1 and words[1] in subjects - {"it", "that", "those", "these"}


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


def _is_requested(tokens: Sequence[Token]) -> bool:
    """Whether the clause begins as a request does, give or take a filler."""
    words = [word for token in tokens[:6] for word in words_of(token.text)]
    found = (lexicon("en.openings").longest(words, at) for at in range(len(words[:3])))
    return any(it and it[1].kind == "REQUEST" for it in found)


def _before(tokens: list[Token], at: int) -> list[Token]:
    """What stands before the comma that begins the part with this token."""
    for i in range(at, 0, -1):
        if tokens[i].kind in ("COMMA", "DASH", "COLON"):
            return _stripped(tokens[:i])
    return []


def _behind(tokens: list[Token], at: int) -> list[Token]:
    for i in range(at, len(tokens)):
        if tokens[i].kind in ("COMMA", "DASH", "COLON"):
            return tokens[i + 1 :]
    return []


def _stripped(tokens: Sequence[Token]) -> list[Token]:
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
