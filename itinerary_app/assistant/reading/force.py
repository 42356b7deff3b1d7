"""Force: what a clause does, of which only an assertion may change anything."""

from __future__ import annotations

import re
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
    "REMOVE TAKE ADD WANT MOVE PUT SWAP KEEP LOCK UNLOCK MAKE START END REPLAN BESTORDER "
    "SPEND AVOID CALMER FULLER LATER EARLIER CHEAPER MORE LESS CLEAR GO BEFORE AFTER "
    "INSTEAD INSTEADOF EAT UNDO SHARE EXPORT PACE".split()
)
_FORCES = frozenset("REQUEST ASKME ASKFOR SUPPOSE".split())
# Words that may stand before what a clause begins with.
_LEAD = frozenset(
    "so and also please then ok okay now perhaps maybe um oh but well hey honestly just "
    "ah actually hmm or".split()
)
# What is "great", "possible" or "appreciated", "if …": a wish in courteous words.
_PLEASANT = frozenset(
    "great lovely nice good wonderful perfect happy happier pleased delighted glad ideal "
    "brilliant cool awesome fantastic amazing super kind helpful thankful grateful obliged "
    "appreciate appreciated love like ok okay fine alright possible prefer mind".split()
)
_KIND = re.compile(
    r"^(?:(?:you|youd|u)(?: (?:would|could|can|will|dont|do not|please|like|want|wish|be"
    r"|so|really|just))*(?: (?:kind|good|mind|please|like|want|wish|can|could))?"
    r"|(?:thats|its|that is|it is|this is|at all|not|is)*(?: ?(?:not )?(?:too|all|any|a|no|at|so|to|not)"
    r"| ?(?:ok|okay|alright|right|fine|possible|poss|feasible|convenient|practical|much"
    r"|trouble|bother|hassle|problem|ask|do able|doable|you|with|for|cool))+|need be|i may"
    r"|i might|we may)$"
)


SUBJECTS = frozenset(
    "i we he she they it its im ive were weve hes shes theyre theres theyve that thats "
    "everyone everybody nobody mum mother dad father those these somebody someone my our "
    "what".split()
)


def asks(tokens: Sequence[Token]) -> bool:
    """Whether a question word begins here: "how far", "and until when", "for how long"."""
    while tokens and (
        tokens[0].kind in ("SO", "AND") or tokens[0].text in ("also", "oh")
    ):
        tokens = tokens[1:]
    words = [word for it in tokens[:3] for word in words_of(it.text)]
    if words[:1] and words[0] in _PREPOSITIONS:
        return len(words) > 1 and words[1] in ASKING - {"where"}
    if words[:2] in (["what", "a"], ["what", "an"]):
        return False
    return bool(words) and words[0] in ASKING and tokens[0].kind != "THATDAY"


_OBJECTION = re.compile(
    r"^unless \w+ (?:\w+ ){0,3}?(?:object|mind|disagree|problem|trouble|impossible)"
)
_PREPOSITIONS = frozenset("for at by till until from in on to with about of".split())


def forced(tokens: list[Token], *, asked: bool) -> Iterator[Clause]:
    """Clauses by what their words do: ask, suppose, tell of others or of the past."""
    tokens, wished = _uncourteous(_of_family(_after_lead(tokens)))
    if not tokens:
        return
    kinds = [token.kind for token in tokens]
    clause = Clause(tuple(tokens))
    known = known_topic(clause)
    force, rest = _opening(tokens)
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
    if "BUT" in kinds and ("HEARSAY" in kinds or "MEMORY" in kinds):
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
        head = _before(tokens, kinds.index("HEARSAY"))
        if head:
            yield from forced(head, asked=False)
        yield replace(clause, tokens=tuple(tokens[len(head) :]), force=Force.REPORTED)
        return
    past = next((i for i, it in enumerate(tokens) if _is_past(it, kinds)), None)
    if past is not None and kinds[0] != "COURTESY":
        at = past
        head = _before(tokens, at)
        tail = _behind(tokens, at)
        if head:
            yield from forced(head, asked=False)
        last = len(tokens) - len(tail)
        part = tokens[len(head) : last]
        yield Clause(tuple(part), force=_background(part) or Force.REMEMBERED)
        if tail:
            yield from forced(stripped(tail), asked=asked)
        return
    if force != "REQUEST" and not asked:
        for start, end in _pauses(tokens):
            if background := _background(tokens[start:end]):
                yield from forced(stripped(tokens[:start]), asked=False)
                yield Clause(tuple(tokens[start:end]), force=background)
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
    if force == "REQUEST" and rest:
        deeds = DEEDS & {it.kind for it in rest}
        yield Clause(
            tuple(rest if deeds else tokens),
            force=Force.ASSERTED if deeds and not asks(rest) else Force.QUESTION,
            requested=True,
        )
        return
    yield _by_order(tokens, asked=asked and not wished, wished=wished)


def _pauses(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the parts between pauses begin and end."""
    start = 0
    for at, token in enumerate(tokens):
        if token.kind in ("COMMA", "DASH", "COLON", "BUT"):
            yield start, at
            start = at + 1
    yield start, len(tokens)


_PAST = frozenset(
    "did went saw spent visited ate stayed walked slept travelled traveled toured lived "
    "explored flew drove wandered queued waited hated loved enjoyed liked thought found "
    "called swore honeymooned climbed rode swam cycled hiked drank met celebrated married "
    "proposed studied worked grew photographed skipped missed adored raved moaned".split()
)
_SOURCES = frozenset(
    "leaflet brochure pamphlet podcast article website site forum blog blogger guidebook "
    "guide magazine newspaper app influencer youtuber colleague colleagues neighbour "
    "neighbours neighbor neighbors boss hairdresser barber dentist concierge receptionist "
    "driver cabbie waiter barman bartender locals people everyone everybody folks tourists "
    "reviewers critics friend friends mate mates flatmate roommate coworker teacher chap "
    "bloke guy stranger agent operator reviews cousin uncle aunt landlord porter".split()
)
_PERSONS = frozenset("i we he she they my our wife husband kids parents".split())
_PLANNING = frozenset(
    "thinking hoping wondering planning wanting to supposed told".split()
)
_OF_OURS = frozenset("i we us my our me".split())
# Of those who come along a wish is told so, and what they can't do.
_WISHES = frozenset(
    "WANT DIET MOBILITY ARRIVE DEPART BOOKED COURTESY AVOID CHILDREN ADULTS LIKE PACE "
    "CALMER FULLER NOT REMOVE ADD MEANT DELTA".split()
)


def _is_past(token: Token, kinds: Sequence[str]) -> bool:
    """Whether it tells of what was; where one has been needs a place."""
    there = {"PLACE", "CITY", "KIND", "IT", "THEM"} & set(
        kinds
    ) or "there" in token.text
    return token.kind == "MEMORY" or (token.kind == "BEENTHERE" and bool(there))


_MOODS = frozenset("CALMER FULLER EARLIER LATER".split())
_FAMILY = frozenset(
    "wife husband partner girlfriend boyfriend mother father mum mom dad sister brother "
    "grandma grandpa granny grandad fiance fiancee friend mate".split()
)


def _of_family(tokens: list[Token]) -> list[Token]:
    """ "My wife wants …", "dad hates …": wishes like one's own."""
    at = next((i for i, it in enumerate(tokens[:3]) if it.text in _FAMILY), None)
    if at is None and [it.text for it in tokens[1:2]] == ["of us"]:
        hating = (
            tokens[0].kind == "NUMBER" and tokens[2:3] and tokens[2].kind == "AVOID"
        )
        return tokens[2:] if hating else tokens
    if at is None or not all(it.kind == "SKIP" for it in tokens[:at]):
        return tokens
    wishing = [it.kind for it in tokens[at + 1 : at + 2]]
    return tokens[at + 1 :] if wishing in (["WANT"], ["AVOID"], ["LIKE"]) else tokens


def _background(tokens: Sequence[Token]) -> Force | None:
    """What tells of others, or of what was, by its subject and verb."""
    part = list(tokens)
    if not part:
        return None
    words = [
        word
        for it in part
        for word in (["_"] if it.kind == "PLACE" else words_of(it.text))
    ]
    kinds = {it.kind for it in part}
    at = next((i for i, word in enumerate(words[:7]) if i and word in _PAST), None)
    subject = words[:at] if at is not None else []
    if subject and not kinds & {"COURTESY", "BOOKED", "MEANT"} and len(words) > at + 1:
        if not set(subject) & {"not", "didnt", "to", "that"} | set(subject) & ASKING:
            ours = bool(_OF_OURS & set(subject)) and not _SOURCES & set(subject)
            return Force.REMEMBERED if ours else Force.REPORTED
    was = next((n for n, word in enumerate(words[:4]) if word in ("was", "were")), 0)
    plain = {it.text for it in part[:4]}
    if was and set(words[:was]) <= _PERSONS and plain & {"was", "were"}:
        if not set(words[was + 1 :]) & _PLANNING:
            return Force.REMEMBERED
    if (
        set(words[:2]) & _FAMILY
        and kinds & _MOODS
        and not kinds & {"DAY", "TIME", "DIET"}
    ):
        return Force.REPORTED
    if set(words[:4]) & _SOURCES and not kinds & _WISHES and part[0].kind != "NUMBER":
        if kinds & {"PLACE", "KIND", "CITY", "TAG", "CUISINE", "LENGTH"}:
            return Force.REPORTED
    return None


def _inverted_if(tokens: Sequence[Token]) -> bool:
    """ "Should we be late, …", "were it to rain, …", "had we more time, …"."""
    words = [word for it in tokens[:3] for word in it.text.split()]
    starts = words[:1] in (["should"], ["were"], ["had"]) and words[1:2] != ["a"]
    return starts and bool(_behind(list(tokens), 0))


def _after_lead(tokens: list[Token]) -> list[Token]:
    """Without the words that only lead to what is said: "so will it be open"."""
    at = 0
    while at < len(tokens) - 1 and set(words_of(tokens[at].text)) <= _LEAD:
        at += 1
    return tokens[at:] if at < len(tokens) and tokens[at].kind != "THEN" else tokens


# "Is Saturday too full?", "do we need four churches?": no fact is asked for.
_WEIGHED = frozenset("CALMER FULLER NOMORE".split())
_FULL = frozenset("full busy packed much many enough tight empty tiring long".split())
_WEIGHING = frozenset("is are isnt arent was were do dont".split())
# "Can Sunday be calmer?", "could dinner be at eight?"
_CHANGED = frozenset("CALMER FULLER LATER EARLIER CHEAPER DEARER TIME".split())


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
    weighed = kinds & _WEIGHED or ("DAY" in kinds and _FULL & set(clause.words))
    if asked and weighed and first and first[0] in _WEIGHING:
        return replace(clause, force=Force.ASKED)
    if asked and kinds & _CHANGED and first and first[0] in ("can", "could", "may"):
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
    while at < len(words) and words[at][0] in _LEAD:
        at += 1
    if at == len(words):
        return "", tokens
    found = lexicon("en.force").longest([word for word, _ in words], at)
    if found is None:
        return "", tokens
    end = at + found[0]
    last = words[end - 1][1]
    if end < len(words) and words[end][1] == last and tokens[last].kind in DEEDS:
        last -= 1
    return found[1].kind, tokens[last + 1 :]


def _uncourteous(tokens: list[Token]) -> tuple[list[Token], bool]:
    """Without an "if" that is only courteous, and whether one asks for a deed."""
    ifs = [
        at
        for at, it in enumerate(tokens)
        if it.kind == "IF" and it.text[:2] in ("if", "un")
    ]
    wished = False
    for at in reversed(ifs):
        end = next(
            (i for i in range(at, len(tokens)) if tokens[i].kind in ("COMMA", "DASH")),
            len(tokens),
        )
        said = " ".join(w for it in tokens[at:end] for w in words_of(it.text))
        if _KIND.match(said.removeprefix("if ")) or _OBJECTION.match(said):
            tokens = stripped([*tokens[:at], *tokens[end:]])
            wished = True
        elif _is_pleasant(tokens[:at]):
            tokens = stripped(tokens[at + 1 :])
            return tokens, True
    return tokens, wished


def _is_pleasant(tokens: Sequence[Token]) -> bool:
    """Whether these words only say that what comes would please."""
    words = {word for it in tokens for word in words_of(it.text)}
    small = {
        "SO",
        "TOO",
        "SKIP",
        "WORD",
        "COURTESY",
        "LIKE",
        "IT",
        "PACE",
        "ALLOW",
        "SUPPOSE",
        "WANT",
    }
    return bool(words & _PLEASANT) and {it.kind for it in tokens} <= small


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
    head = _before(tokens, kinds.index("IF")) if "IF" in kinds else []
    part = tokens[len(head) :]
    starts = next((it.kind for it in part if it.kind not in CONNECTORS), "") == "IF"
    if head and not starts:
        yield from forced(head, asked=False)
        clause = Clause(tuple(stripped(part)))
    yield replace(clause, force=Force.ASKED if asked else Force.CONDITION)


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
    return len(words) > 1 and words[1] in subjects - {"it", "that", "those", "these"}


def _before(tokens: list[Token], at: int) -> list[Token]:
    """What stands before the comma that begins the part with this token."""
    for i in range(at, 0, -1):
        if tokens[i].kind in ("COMMA", "DASH", "COLON"):
            return stripped(tokens[:i])
    return []


def _behind(tokens: list[Token], at: int) -> list[Token]:
    for i in range(at, len(tokens)):
        if tokens[i].kind in ("COMMA", "DASH", "COLON", "BUT"):
            return tokens[i + 1 :]
    return []


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
