"""People: how many come along, as one token each."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.frames import is_plural
from itinerary_app.assistant.reading.tokens import Token, words


def counted(tokens: list[Token]) -> list[Token]:
    """ "Four adults", "two couples", "7 people, 3 are kids": how many as one token.

    Children are part of a family: one "of four with two kids" has two adults.
    """
    tokens = _numbered(_each_by_age(_grown(_aged(_without_some(tokens)))))
    made: list[Token] = []
    grown = any(
        it.text in _BEFORE_WEDDINGS
        or (it.kind == "TRIP" and i and tokens[i - 1].text in _OF_ANY_AGE)
        for i, it in enumerate(tokens)
    )
    several = sum(it.kind == "CHILDREN" for it in tokens) > 1
    family: Token | None = None
    for token in tokens:
        before = next((it for it in reversed(made) if it.kind != "SKIP"), None)
        many = before is not None and before.kind == "NUMBER"
        if (token.text in _OF_ANY_AGE and grown) or (token.text == "guys" and many):
            token = token._replace(kind="ADULTS", value="")
        if token.kind == "KIN" and before is not None and before.kind == "NUMBER":
            made.remove(before)
            token = token._replace(kind="ADULTS", value=before.value + 1)
            made.append(token)
            continue  # who has "two sisters" comes along
        if token.text in _COMPANIONS and before is not None and _is_with_me(made):
            made.remove(before)
            made.append(token._replace(value=before.value + 1))
            continue  # "me and three friends"
        if token.kind == "NUMBER" and (group := _group(made)):
            is_family = "family" in words(made[-group:])
            made[-group:] = [token._replace(kind="ADULTS")]
            family = made[-1] if is_family else None
            continue
        if token.kind in ("ADULTS", "CHILDREN"):
            value = int(token.value or 0)
            among = len(made) > 2 and [it.text for it in made[-2:]] == ["of", "them"]
            if among and made[-3].kind == "NUMBER":  # "two of them children"
                before = made[-3]
            if before is not None and before.kind == "NUMBER":
                value = before.value * (value or 1)
                at = made.index(before)
                apart = among or any(it.text in _OF_THESE for it in made[at:])
                said = [it.text for it in made[:at] if it.kind != "COMMA"]
                apart |= said[-1:] == ["of us"]  # "four of us, two kids"
                made = made[:at] if among else [*made[:at], *made[at + 1 :]]
                if token.kind == "CHILDREN" and apart:
                    made = [_less(it, before.value) for it in made]
            elif token.kind == "CHILDREN" and not value and (before or several):
                many = is_plural(token.text) or token.text.endswith("children")
                value = 0 if many else 1
            token = token._replace(value=value)
        made.append(token)
    return _without_children(made, family) if family else made


def _is_with_me(tokens: Sequence[Token]) -> bool:
    """Whether a number behind "me and", "my" or "with" ends these tokens."""
    if tokens[-1].kind != "NUMBER":
        return False
    said = [it for it in tokens[:-1] if it.kind != "AND"][-1:]
    return bool(said) and (said[0].text in _ME or said[0].kind == "WITH")


def _without_some(tokens: Sequence[Token]) -> list[Token]:
    """ "One of us is vegetarian" counts nobody, nor do grandparents without a number."""
    made = list(tokens)
    for at, token in enumerate(tokens):
        before = tokens[at - 1].kind if at else ""
        behind = tokens[at + 1] if at + 1 < len(tokens) else None
        told = behind is not None and (
            behind.text in _ARE or behind.kind in _SAYING_OF_SOME
        )
        if token.text == "of us" and before == "NUMBER" and told:
            made[at - 1 : at + 1] = [
                it._replace(kind="SKIP", value="") for it in made[at - 1 : at + 1]
            ]
        elif token.kind == "FRIENDS" and _and_others(tokens[at + 1 : at + 4]):
            made[at] = token._replace(kind="WORD", value="")
        elif token.text == "grandparents" and before != "NUMBER":
            made[at] = token._replace(kind="WORD", value="")
    return made


def _and_others(tokens: Sequence[Token]) -> bool:
    """Whether more people are named than are counted: "with my mum and her sister"."""
    kinds = [it.kind for it in tokens]
    theirs = len(tokens) > 2 and tokens[1].text in _OWN
    return kinds == ["AND", "SKIP", "WORD"] and theirs


def _aged(tokens: Sequence[Token]) -> list[Token]:
    """ "Kids 4, 6": two of these ages."""
    made: list[Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        made.append(token)
        at += 1
        if token.kind != "CHILDREN" or token.value or not is_plural(token.text):
            continue
        if len(made) > 1 and made[-2].kind == "NUMBER":
            continue
        ages, end = 0, at
        while end < len(tokens) and tokens[end].kind == "NUMBER":
            ages, end = ages + 1, end + 1
            if [it.kind for it in tokens[end : end + 2]] == ["COMMA", "NUMBER"]:
                end += 1
        ends = end == len(tokens) or tokens[end].kind not in _COUNTED
        if ages > 1 and ends:
            made[-1] = token._replace(value=ages)
            at = end
    return made


def _grown(tokens: Sequence[Token]) -> list[Token]:
    """ "Four girls", of whom no age and no parents are told, are friends."""
    others = any(
        it.kind in ("AGE", "FRIENDS", "KIN")
        or it.text in _OF_FAMILIES
        or (it.kind == "ADULTS" and it.text != "of us")
        or (it.kind == "CHILDREN" and it.text not in _OF_ANY_AGE)
        for it in tokens
    )
    made = []
    for at, token in enumerate(tokens):
        before = tokens[at - 1].text if at else ""
        if token.text in _OF_ANY_AGE and not others and before not in _OWN:
            token = token._replace(kind="ADULTS", value="")
        made.append(token)
    return made


def _each_by_age(tokens: Sequence[Token]) -> list[Token]:
    """ "A baby and a 4 year old": the age is of another child."""
    said = [it for it in tokens if it.kind not in ("SKIP", "WITH")]
    kinds = [it.kind for it in said]
    others = {
        said[at].start
        for at, kind in enumerate(kinds)
        if kind == "AGE"
        and (
            (
                kinds[max(0, at - 2) : at] == ["CHILDREN", "AND"]
                and _is_one(said, at - 2)
            )
            or (
                kinds[at + 1 : at + 3] == ["AND", "CHILDREN"]
                and kinds[max(0, at - 1) : at] != ["CHILDREN"]
                and kinds[at + 3 : at + 4] != ["AGE"]
                and _is_one(said, at + 2)
            )
        )
    }
    return [
        it._replace(kind="CHILDREN", value=it.value) if it.start in others else it
        for it in tokens
    ]


def _is_one(tokens: Sequence[Token], at: int) -> bool:
    """Whether the children there are one child: "a baby"."""
    token, before = tokens[at], tokens[at - 1] if at else None
    counted = before is not None and before.kind == "NUMBER"
    return not (token.value or counted or is_plural(token.text))


def _without_children(tokens: list[Token], family: Token) -> list[Token]:
    """The family's number as that of the adults in it, where nothing else tells it."""
    if [it for it in tokens if it.kind == "ADULTS"] != [family]:
        return tokens
    counts = [sum(it.value for it in tokens if it.kind == kind) for kind in _YOUNG]
    return [_less(it, max(counts)) if it is family else it for it in tokens]


def _numbered(tokens: list[Token]) -> list[Token]:
    """ "Us two", "three of us instead of two", "two of the party are vegetarians"."""
    kinds = {token.kind for token in tokens}
    made: list[Token] = []
    behind_them: set[int] = set()  # numbers behind whom they count
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        behind = tokens[i + 1] if i + 1 < len(tokens) else None
        was = token.kind == "INSTEADOF" or (before and before.kind == "INSTEADOF")
        if "ADULTS" in kinds and was:
            continue
        of_all = behind is not None and behind.text.startswith("of ")
        if token.kind == "NUMBER" and of_all and kinds & {"DIET", "MOBILITY"}:
            continue
        ends = behind is None or behind.kind in ("SKIP", "COMMA", "COURTESY", "AND")
        ours = before is not None and before.text in ("us", "we")
        if {"CITY", "LENGTH"} <= kinds and before is not None and before.kind == "FOR":
            ours = True  # "4 days in Rome for two"
        if token.kind == "NUMBER" and ours and ends:
            token = token._replace(kind="ADULTS")
        kind = before.kind if before else ""
        numbered = i > 1 and tokens[i - 2].kind == "NUMBER" and i - 2 not in behind_them
        plural = kind in _COUNTED and is_plural(made[-1].text) and not numbered
        if token.kind == "NUMBER" and plural:
            if ends or (behind and behind.kind in _COUNTED):
                behind_them.add(i)
                made.insert(-1, token)  # "adults 2 kids 2"
                continue
        made.append(token)
    return made


def _group(tokens: Sequence[Token]) -> int:
    """How many tokens at the end are "family of", "party of", "group of"."""
    for count in (1, 2):
        if words(tokens[-count:]).endswith(_GROUPS):
            return count
    return 0


_COMPANIONS = frozenset("friends mates colleagues buddies pals girlfriends".split())
_ARE = frozenset("is are has have eats eat".split())
_SAYING_OF_SOME = frozenset("DIET MOBILITY AVOID LIKE NOT WANT".split())
_OWN = frozenset("my our his her their".split())
_OF_FAMILIES = frozenset(
    "husband wife partner mum mom dad mother father parents family hubby".split()
)
_ME = frozenset("me my myself i".split())
_COUNTED = ("ADULTS", "CHILDREN")
_BEFORE_WEDDINGS = ("bachelorette", "bachelor", "hen", "stag", "hen do", "stag do")
_OF_ANY_AGE = ("girls", "boys", "lads")
_GROUPS = ("family of", "party of", "group of", "band of", "bunch of")
_YOUNG = ("CHILDREN", "AGE")
_OF_THESE = ("are", "of them", "of them are", "of whom", "of which", "being")


def _less(token: Token, children: int) -> Token:
    """The number of all as the number of adults among them."""
    if token.kind == "ADULTS" and isinstance(token.value, int):
        return token._replace(value=max(0, token.value - children))
    return token
