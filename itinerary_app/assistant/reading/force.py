"""Force: what a clause does, of which only an assertion may change anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from itinerary_app.assistant.reading.background import (
    background,
    is_past,
    of_family,
    pauses,
)
from itinerary_app.assistant.reading.clause import (
    ASKING,
    AUXILIARY,
    DEEDS,
    SUBJECTS,
    Clause,
    Force,
    before,
    behind,
    stripped,
)
from itinerary_app.assistant.reading.courtesy import LEAD, after_lead, uncourteous
from itinerary_app.assistant.reading.lexicon import lexicon, words_of
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token


def asks(tokens: Sequence[Token]) -> bool:
    """Whether a question word begins here: "how far", "and until when"."""
    while tokens and (
        tokens[0].kind in ("SO", "AND") or tokens[0].text in ("also", "oh")
    ):
        tokens = tokens[1:]
    words = [word for it in tokens[:3] for word in words_of(it.text)]
    if words[:1] and words[0] in _PREPOSITIONS:
        return len(words) > 1 and words[1] in ASKING - {"where"}
    if words[:2] in (["what", "a"], ["what", "an"]):
        return False
    return bool(words) and words[0] in ASKING and tokens[0].kind not in _NAMED


# "… says it is like Lisbon but cheaper": still what was heard.
_REMARKS = frozenset(
    "BUT CHEAPER DEARER CALMER FULLER PACE SKIP WORD MORE LESS".split()
)
_NAMED = ("THATDAY", "STOP")  # "the day when …", "where we eat …"
_PREPOSITIONS = frozenset("for at by till until from in on to with about of".split())


def forced(tokens: list[Token], *, asked: bool) -> Iterator[Clause]:
    """Clauses by what their words do: ask, suppose, tell of others or of the past."""
    maybe = bool({"maybe", "perhaps"} & {it.text for it in tokens[:2]})
    led = of_family(after_lead(tokens))
    tokens, wished = uncourteous(led)
    if not tokens:
        return
    if asked and led[0].text in ("what about", "how about") and _is_open(tokens):
        yield Clause(tuple(tokens), force=Force.QUESTION)
        return
    kinds = [token.kind for token in tokens]
    clause = Clause(tuple(tokens))
    known = known_topic(clause)
    force, rest = _opening(tokens)
    if asked and _is_weighed(kinds, maybe=maybe):
        yield replace(clause, force=Force.ASKED)
        return
    if asked and "IF" in kinds and kinds[0] != "IF" and not _DOING & {*kinds}:
        yield replace(clause, force=Force.QUESTION)  # "is it open if it's windy?"
        return
    if force == "SUPPOSE" and not known:
        yield replace(clause, force=Force.ASKED)
        return
    if force in ("ASKME", "ASKFOR"):
        first = words_of(rest[0].text)[:1] if rest else []
        if force == "ASKFOR" or (first and first[0] in ASKING):
            yield replace(clause, force=Force.QUESTION)
            return
        if first and first[0] in ("if", "whether"):
            yield Clause(tuple(rest[1:]), force=Force.QUESTION)
            return
    if asks(tokens) and kinds[0] not in ("IF", "MEMORY") and force != "REQUEST":
        supposed = (
            "IF" in kinds and DEEDS & set(kinds[kinds.index("IF") :]) and not known
        )
        if supposed:
            yield Clause(tuple(tokens[kinds.index("IF") :]), force=Force.ASKED)
        elif "SUPPOSE" in kinds[:3] and not known:
            yield replace(clause, force=Force.ASKED)
        elif not asked and _states(tokens):
            yield from _on_condition(clause, asked=False)
        else:
            yield from _joined(clause)
        return
    heard = "HEARSAY" in kinds or "MEMORY" in kinds
    if "BUT" in kinds and heard and not {*kinds[kinds.index("BUT") :]} <= _REMARKS:
        at = kinds.index("BUT")
        yield from forced(stripped(tokens[:at]), asked=False)
        yield from forced(stripped(tokens[at + 1 :]), asked=asked)
        return
    if ("IF" in kinds or (not asked and _inverted_if(tokens))) and not known:
        yield from _on_condition(
            clause, asked=asked or (asks(tokens) and kinds[0] != "IF")
        )
        return
    if "HEARSAY" in kinds:
        head = before(tokens, kinds.index("HEARSAY"))
        if head:
            yield from forced(head, asked=False)
        yield replace(clause, tokens=tuple(tokens[len(head) :]), force=Force.REPORTED)
        return
    past = next((i for i, it in enumerate(tokens) if is_past(it, kinds)), None)
    if past is not None and kinds[0] != "COURTESY":
        at = past
        head = before(tokens, at)
        tail = behind(tokens, at)
        if head:
            yield from forced(head, asked=False)
        last = len(tokens) - len(tail)
        part = tokens[len(head) : last]
        yield Clause(tuple(part), force=background(part) or Force.REMEMBERED)
        if tail:
            yield from forced(stripped(tail), asked=asked)
        return
    if force != "REQUEST" and not asked:
        for start, end in pauses(tokens):
            if told := background(tokens[start:end]):
                yield from forced(stripped(tokens[:start]), asked=False)
                yield Clause(tuple(tokens[start:end]), force=told)
                yield from forced(stripped(tokens[end:]), asked=False)
                return
    if known and (asked or force == "REQUEST" or kinds[0] == "IF"):
        yield replace(clause, force=Force.QUESTION)
        return
    if force != "REQUEST" and (
        "SUPPOSE" in kinds[:4] or (asked and "SUPPOSE" in kinds)
    ):
        yield replace(clause, force=Force.ASKED)
        return
    if force == "REQUEST" and (half := _or_asks(tokens)):
        yield Clause(tuple(tokens[:half]), force=Force.ASKED)
        return
    if force == "REQUEST" and rest:
        named = {it.kind for it in rest}
        deeds = bool(DEEDS & named) or _is_suggested(named)
        yield Clause(
            tuple(rest if deeds else tokens),
            force=Force.ASSERTED if deeds and not asks(rest) else Force.QUESTION,
            requested=True,
        )
        return
    yield _by_order(tokens, asked=asked and not wished, wished=wished)


_DOING = DEEDS - {"CLEAR", "MORE", "LESS"}  # "open" asks, too


def _is_weighed(kinds: Sequence[str], *, maybe: bool) -> bool:
    """ "Maybe we could skip X?", "X instead of Y?": a change that is thought of."""
    if maybe:
        return bool(_DOING & {*kinds})
    two = kinds.count("PLACE") == 2 and kinds[-1] == "PLACE"
    return two and "INSTEADOF" in kinds and {*kinds} <= _NAMING_TWO


_NAMING_TWO = frozenset("PLACE INSTEADOF SKIP".split())


def _is_open(tokens: Sequence[Token]) -> bool:
    """ "What about Friday prayers?": of a day, and of what no wish is for."""
    kinds = {it.kind for it in tokens}
    return bool(kinds & {"DATE", "DAY"}) and "WORD" in kinds


def _or_asks(tokens: Sequence[Token]) -> int | None:
    """Where "or is it too much" begins, which asks whether to do what was requested."""
    return next(
        (
            at
            for at, it in enumerate(tokens[:-1])
            if it.kind == "OR" and words_of(tokens[at + 1].text)[:1] in _IS
        ),
        None,
    )


def _inverted_if(tokens: Sequence[Token]) -> bool:
    """ "Should we be late, …", "were it to rain, …", "had we more time, …"."""
    words = [word for it in tokens[:3] for word in it.text.split()]
    starts = words[:1] in (["should"], ["were"], ["had"]) and words[1:2] != ["a"]
    return starts and bool(behind(list(tokens), 0))


# "Is Saturday too full?", "do we need four churches?": no fact is asked for.
_IS = (["is"], ["would"], ["does"], ["should"], ["are"])
_WEIGHED = frozenset("CALMER FULLER NOMORE".split())
_FULL = frozenset("full busy packed much many enough tight empty tiring long".split())
_WEIGHING = frozenset("is are isnt arent was were do dont".split())
# "Can Sunday be calmer?", "could dinner be at eight?"
_CHANGED = frozenset("CALMER FULLER LATER EARLIER CHEAPER DEARER TIME".split())

_CHANGED_DAYS = frozenset("START END REVERSE SWAP CLEAR REPLAN BESTORDER".split())


def _by_order(tokens: list[Token], *, asked: bool, wished: bool) -> Clause:
    """A clause that nothing but the order of its words tells the force of."""
    clause = Clause(tuple(tokens))
    kinds = {token.kind for token in tokens}
    first = words_of(tokens[0].text)[:1]
    requested = wished
    modal = any(
        it.text in ("could", "could be", "could start", "can be") for it in tokens
    )
    if asked and first and first[0] in ("can", "could", "may"):
        tokens = _let_go(tokens)
        if any(it.kind == "GO" for it in tokens):
            return Clause(tuple(tokens), requested=True)
    priced = [it.kind for it in tokens if it.kind != "SKIP"][:2]
    if asked and "MEAL" in kinds and set(priced) & {"CHEAPER", "DEARER"}:
        return replace(clause, requested=True)  # "something cheaper for dinner?"
    article = tokens[0].text in ("a", "an", "some", "another")
    if asked and "MEAL" in kinds and (article or tokens[0].kind == "CUISINE"):
        return replace(clause, force=Force.ASKED)  # "a pasta place for lunch?"
    full = bool(kinds & _WEIGHED or ("DAY" in kinds and _FULL & set(clause.words)))
    weighed = full and "DURATION" not in kinds
    if asked and weighed and first and first[0] in _WEIGHING:
        return replace(clause, force=Force.ASKED)
    changed = kinds & _CHANGED or ("DAY" in kinds and kinds & _CHANGED_DAYS)
    if changed and first and first[0] in ("can", "could", "may"):
        requested = True
    if asked and modal and DEEDS & kinds and not asks(tokens):
        requested = (
            first[:1] == ["could"] or first[:1] == [] or first[0] not in AUXILIARY
        )
    if asked and not requested:
        return replace(clause, force=Force.QUESTION)
    if (
        first
        and not requested
        and "'" not in tokens[0].text
        and tokens[0].kind != "REDO"
        and first[0] in AUXILIARY
        and (tokens[0].kind in ("SKIP", "WORD") or inverted(tokens, asked=asked))
    ):
        return replace(clause, force=Force.QUESTION)
    return replace(clause, requested=requested)


def _is_suggested(kinds: set[str]) -> bool:
    """ "What about Rome?", "how about the Forum on Sunday?": as a wish."""
    when = kinds & {"DAY", "PART", "TIME", "INSTEADOF"}
    return "CITY" in kinds or bool("PLACE" in kinds and when)


def _let_go(tokens: list[Token]) -> list[Token]:
    """ "Could X go?": the verb behind what is named."""
    named = ("PLACE", "KIND", "THING", "IT", "MEAL", "THEM")
    return [
        it._replace(kind="GO")
        if it.text == "go" and at and tokens[at - 1].kind in named
        else it
        for at, it in enumerate(tokens)
    ]


def _opening(tokens: list[Token]) -> tuple[str, list[Token]]:
    """The class of what a clause begins with, and the tokens behind it."""
    words = [(word, i) for i, it in enumerate(tokens) for word in words_of(it.text)]
    at = 0
    while at < len(words) and words[at][0] in LEAD:
        at += 1
    if at == len(words):
        return "", tokens
    found = lexicon("en.force").longest([word for word, _ in words], at)
    if found is None:
        return "", tokens
    end = at + found[0]
    last = words[end - 1][1]
    inside = end < len(words) and words[end][1] == last
    if inside and tokens[last].kind not in ("SKIP", "COURTESY", "WORD"):
        last -= 1  # "can the | third day"
    return found[1].kind, tokens[last + 1 :]


def _states(tokens: Sequence[Token]) -> bool:
    """ "When the weather is nice we'll eat outside": no question but a condition."""
    words = [word for it in tokens for word in words_of(it.text)]
    rest = set(words[2:])
    if words[0] not in ("when", "where", "how", "what") or words[1:2] == []:
        return False
    if words[0] == "when" and words[1] not in AUXILIARY:
        return bool(
            rest & {"will", "well", "ill", "theyll", "want", "just", "then", "can"}
        )
    return False


def _on_condition(clause: Clause, *, asked: bool) -> Iterator[Clause]:
    """A condition with what it governs, and the statement before it."""
    tokens = list(clause.tokens)
    kinds = [token.kind for token in tokens]
    head = before(tokens, kinds.index("IF")) if "IF" in kinds else []
    part = tokens[len(head) :]
    starts = next((it.kind for it in part if it.kind not in CONNECTORS), "") == "IF"
    if head and not starts:
        yield from forced(head, asked=False)
        clause = Clause(tuple(stripped(part)))
    rest = _after_but(clause.tokens)
    last = len(clause.tokens) - len(rest)
    force = Force.ASKED if asked else Force.CONDITION
    yield replace(clause, tokens=clause.tokens[:last], force=force)
    if rest:
        yield from forced(stripped(rest), asked=asked)


def _after_but(tokens: Sequence[Token]) -> list[Token]:
    """What holds whatever the condition: "if it rains drop A, but B shorter"."""
    kinds = [token.kind for token in tokens]
    if "BUT" not in kinds or "IF" in kinds[kinds.index("BUT") :]:
        return []
    return list(tokens[kinds.index("BUT") + 1 :])


def _joined(clause: Clause) -> Iterator[Clause]:
    """A question, or two with "and" between them: "how much is it and is it open"."""
    tokens, start = clause.tokens, 0
    for at in range(1, len(tokens) - 1):
        word = words_of(tokens[at + 1].text)[:1]
        if tokens[at].kind == "AND" and word and word[0] in AUXILIARY - {"any"}:
            yield replace(clause, tokens=tokens[start:at], force=Force.QUESTION)
            start = at + 1
    yield replace(clause, tokens=tokens[start:], force=Force.QUESTION)


def known_topic(clause: Clause) -> bool:
    """Whether the question is how this product works, whatever is supposed in it."""
    words = clause.words
    known = lexicon("en.questions")
    found = (known.longest(words, at) for at in range(len(words)))
    return any(
        it and it[0] > 1 and it[1].kind in ("HOWTO", "KEPT", "BESTTIME") for it in found
    )


def inverted(tokens: Sequence[Token], *, asked: bool) -> bool:
    """ "Do they …", "does it …", "have we …": the subject behind the verb."""
    words = [word for token in tokens[:3] for word in words_of(token.text)]
    subjects = SUBJECTS | {"you", "people", "any"} | ({"the"} if asked else set())
    if any(it.kind == "STOP" for it in tokens[1:2]):
        return False  # "do the one after lunch …"
    return len(words) > 1 and words[1] in subjects - {"it", "that", "those", "these"}
