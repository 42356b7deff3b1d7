"""Background: what only tells of others, or of what was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from itinerary_app.assistant.reading.clause import ASKING, SUBJECTS, Force
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.tokens import Token

_PAST = frozenset(
    "did went saw spent visited ate stayed walked slept travelled traveled toured "
    "lived explored flew drove wandered queued waited hated loved enjoyed liked "
    "thought found called swore honeymooned climbed rode swam cycled hiked drank met "
    "celebrated married proposed studied worked grew photographed skipped missed "
    "adored raved moaned".split()
)
_SPOKEN_OF = frozenset("PLACE KIND CITY TAG CUISINE LENGTH".split())
_SOURCES = frozenset(
    "leaflet brochure pamphlet podcast article website site forum blog blogger "
    "guidebook guide magazine newspaper app influencer youtuber colleague colleagues "
    "neighbour neighbours neighbor neighbors boss hairdresser barber dentist "
    "concierge receptionist driver cabbie waiter barman bartender locals people "
    "everyone everybody folks tourists reviewers critics friend friends mate mates "
    "flatmate roommate coworker teacher chap bloke guy stranger agent operator "
    "reviews cousin uncle aunt landlord porter".split()
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
_MOODS = frozenset("CALMER FULLER EARLIER LATER".split())
_FAMILY = frozenset(
    "wife husband partner girlfriend boyfriend mother father mum mom dad sister "
    "brother grandma grandpa granny grandad fiance fiancee friend mate".split()
)

SOMEBODY = _SOURCES | _FAMILY
# Of whom a remark tells what they do or need.
COMPANY = _FAMILY | frozenset(
    "kids children parents grandparents twins babysitter sitter baby toddler boys girls "
    "inlaws granddad nan nanny boss".split()
)


def is_subject(words: Sequence[str]) -> bool:
    """Whether somebody or something is spoken of: "we need …", "the kids are …"."""
    first = words[1:2] if words[:1] == ["the"] else words[:1]
    return bool(first) and first[0] in SUBJECTS | COMPANY | {"my"}


def of_family(tokens: list[Token]) -> list[Token]:
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


def background(tokens: Sequence[Token]) -> Force | None:
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
    if at is not None and at + 1 < len(words) and _is_told(set(words[:at]), kinds):
        ours = bool(_OF_OURS & set(words[:at])) and not _SOURCES & set(words[:at])
        return Force.REMEMBERED if ours else Force.REPORTED
    if _was({it.text for it in part[:4]}, words):
        return Force.REMEMBERED
    timed = kinds & {"DAY", "TIME", "DIET"}
    if set(words[:2]) & _FAMILY and kinds & _MOODS and not timed:
        return Force.REPORTED
    source = set(words[:4]) & _SOURCES and part[0].kind != "NUMBER"
    if source and kinds & _SPOKEN_OF and not kinds & _WISHES:
        return Force.REPORTED
    return None


def _is_told(subject: set[str], kinds: set[str]) -> bool:
    """Whether somebody did something, which is not what is booked or wished."""
    return not (
        subject & ({"not", "didnt", "to", "that"} | ASKING)
        or kinds & {"COURTESY", "BOOKED", "MEANT"}
    )


def _was(plain: set[str], words: Sequence[str]) -> bool:
    """ "We were up till three": how people were, unless of plans."""
    at = next((i for i, word in enumerate(words[:4]) if word in ("was", "were")), 0)
    return bool(
        at
        and set(words[:at]) <= _PERSONS
        and plain & {"was", "were"}
        and not set(words[at + 1 :]) & _PLANNING
    )


def is_past(token: Token, kinds: Sequence[str]) -> bool:
    """Whether it tells of what was; where one has been needs a place."""
    named = {"PLACE", "CITY", "KIND", "IT", "THEM"} & set(kinds)
    there = named or "there" in token.text
    return token.kind == "MEMORY" or (token.kind == "BEENTHERE" and bool(there))


def pauses(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the parts between pauses begin and end."""
    start = 0
    for at, token in enumerate(tokens):
        if token.kind in ("COMMA", "DASH", "COLON", "BUT"):
            yield start, at
            start = at + 1
    yield start, len(tokens)
