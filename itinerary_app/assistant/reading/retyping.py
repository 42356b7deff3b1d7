"""Retyping: words that are something else beside others: "leave the morning free"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from itinerary_app.assistant.reading.background import SOMEBODY
from itinerary_app.assistant.reading.clocks import OF_DAYS
from itinerary_app.assistant.reading.nouns import NOUNS
from itinerary_app.assistant.reading.tokens import Token

_OF_WAYS = frozenset("our my the train flight bus plane ferry coach".split())
_HOMEWARD = frozenset("home back return out leaves goes departs to".split())
_PASSED = frozenset("SKIP ON".split())
_TIMELY = "TIME|NUMBER"
_ANY_NOUN = "|".join(NOUNS)
_ALIKE = {
    "TIME": {"TIME", "NUMBER"},
    "NUMBER": {"TIME", "NUMBER", "LENGTH", "DURATION"},
    "DAY": {"DAY"},
}
_CLAUSE_ENDS = ""  # what stands behind the last word


def transport(tokens: list[Token]) -> list[Token]:
    """A train, a flight: how one arrives or leaves; not another's."""
    tokens = [
        it._replace(kind="WORD")
        if at and tokens[at - 1].text in SOMEBODY and it.text.split()[0] in _OF_WAYS
        else it
        for at, it in enumerate(tokens)
    ]
    kinds = {it.kind for it in tokens}
    if "TRANSPORT" not in kinds:
        return tokens
    kept = [it for it in tokens if it.kind != "TRANSPORT"]
    if "ARRIVE" in kinds:
        return [it for it in kept if it.kind != "DEPART"]
    if not kinds & {"TIME", "PART", "NUMBER"}:
        return [
            it._replace(kind="WORD") if it.kind == "TRANSPORT" else it for it in tokens
        ]
    if "DEPART" not in kinds:
        first = any(it.kind == "DAY" and it.value == 1 for it in tokens)
        at = next(i for i, it in enumerate(tokens) if it.kind == "TRANSPORT")
        kept.insert(at, tokens[at]._replace(kind="ARRIVE" if first else "DEPART"))
    return [
        it for it in kept if it.kind not in ("END", "MOVE") or it.text not in _HOMEWARD
    ]


class _Rule(NamedTuple):
    """A word is of another class, or goes where it `becomes` none, if all that is given
    holds. Words are named by class or by text, of several with "|" any.
    """

    word: str
    becomes: str = ""
    before: str | None = None  # it: the word that was kept last
    behind: str | None = None  # it: the next word
    not_behind: str | None = None
    beside: str | None = None  # it: anywhere in the clause
    apart: str | None = None  # from it: nowhere in the clause
    when: Callable[[Sequence[Token], int], bool] = lambda tokens, at: True
    value: Any = None  # that it then has


def _is_put_off(tokens: Sequence[Token], at: int) -> bool:
    """ "Save X for Sunday", "leave X till the last day"."""
    kinds = _meaning(tokens[at + 1 :])
    until = {("UNTIL", "DAY"), ("FOR", "DAY"), ("UNTIL", "PART"), ("FOR", "PART")}
    named = kinds[:1] in (["PLACE"], ["STOP"], ["KIND"], ["IT"], ["TAG"])
    return named and bool(until.intersection(pairwise(kinds[:4])))


def _is_told(tokens: Sequence[Token], at: int) -> bool:
    """Whether it follows behind a pause how long it is to be: "longer there, an hour"."""
    kinds = _meaning(tokens[at + 1 :])
    if kinds[:1] and kinds[0] in ("IT", "PLACE", "STOP", "KIND"):
        kinds = kinds[1:]
    return kinds in (["COMMA", "DURATION"], ["DASH", "DURATION"], ["COLON", "DURATION"])


def _is_only_hour(tokens: Sequence[Token], at: int) -> bool:
    """Whether no other hour is named: "Sunday from ten"."""
    return sum(it.kind in ("TIME", "NUMBER") for it in tokens) == 1


def _is_repeated(tokens: Sequence[Token], at: int) -> bool:
    return any(it.kind == tokens[at].kind for it in tokens[:at])


def _meaning(tokens: Sequence[Token]) -> list[str]:
    """The classes of the words that say something."""
    nothing = ("SKIP", "EVERY", "COURTESY", "ON")
    return [it.kind for it in tokens if it.kind not in nothing]


# The first that fits is taken.
_RULES = (
    _Rule("leave", "TAKE", beside="OUT"),
    _Rule("leave", "KEEP", beside="CLEAR|REST|SOLO|to us|to me"),
    _Rule("let", beside="go"),
    _Rule("go", "GO", behind=_CLAUSE_ENDS, beside="let"),
    _Rule("get|have", "TAKE", beside="OUT", apart="PLACE"),
    _Rule("both", behind="PLACE"),
    _Rule("to us|to me", "CLEAR", beside="leave"),
    _Rule("SOLO", beside="leave"),
    _Rule("stop at|stop by", "END", behind=_TIMELY),
    _Rule("at the latest|latest", beside="END"),
    _Rule("back", beside="MOVE"),
    _Rule(
        "as little walking as possible|least walking",
        "MOBILITY",
        apart="|".join(OF_DAYS),
        value="less_walking",
    ),
    _Rule("save|leave|keep|reserve", "MOVE", when=_is_put_off),
    _Rule("UNTIL", "TO", behind="DAY|PART", beside="MOVE"),
    _Rule("go on", "MOVE", behind="DAY"),
    _Rule("off", "OUT", beside="TAKE|KEEP"),
    _Rule("off", "CLEAR", before="PART|DAY"),
    _Rule("zero|0", "NO", behind=_ANY_NOUN),
    _Rule("single", "NUMBER", behind=_ANY_NOUN, value=1),
    _Rule("TO", before="NOT"),  # "not to visit churches"
    _Rule("REST", behind="KEEP", beside="EXCEPT"),  # "everything stays except X"
    _Rule("either", behind=_CLAUSE_ENDS, beside="NOT|NO|AVOID|REMOVE"),
    _Rule("OWN", "CLEAR", behind="MEAL"),
    _Rule(  # "we have dinner plans"
        "plans|invitation|invite|engagement",
        "CLEAR",
        before="MEAL",
        beside="DAY|DAYS|NTHPART|THATDAY",
    ),
    _Rule("THAN", beside="CHEAPER|DEARER"),  # "cheaper than X", as X is
    _Rule(
        "FROM",
        "NOTBEFORE",
        behind=_TIMELY,
        beside="|".join(OF_DAYS),
        when=_is_only_hour,
    ),
    _Rule("by", behind="LENGTH|DELTA"),
    _Rule("by", "ON", behind=_TIMELY, beside="be|reach"),
    _Rule("by", "UNTIL", behind=_TIMELY),
    _Rule("LATESTART|EARLYSTART", "START", beside=_TIMELY),
    _Rule("PLACE", "REMARK", behind="DAYWORD"),
    _Rule("BOOKED", beside="HOTEL"),
    _Rule("DEPART", beside="ARRIVE"),
    _Rule("DEPART|ARRIVE", when=_is_repeated),
    _Rule("the day", "DAY", behind="AFTER", value="next"),
    _Rule("AFTER", before="the day"),
    _Rule("NOMORE", beside="DURATION"),
    _Rule("AFTER", "LATER", before="DURATION", behind=f"IT|{_CLAUSE_ENDS}"),
    _Rule("BEFORE", "EARLIER", before="DURATION", behind=f"IT|{_CLAUSE_ENDS}"),
    _Rule("NIGHTS", "PART", before="DAY|LAST|FIRST|ORDINAL", value="evening"),
    _Rule("night", "PART", behind="DAY", value="evening"),
    _Rule("in", "INSTEADOF", behind="PLACE", beside="stead"),
    _Rule("stead"),
    _Rule("over", "INSTEADOF", before=_ANY_NOUN, behind=_ANY_NOUN),
    _Rule("over", not_behind=f"UNTIL|WITH|{_TIMELY}"),
    _Rule("take off", "REMOVE", beside="PLACE|KIND|STOP"),
    _Rule("LESS|MORE", when=_is_told),  # "shorter, twenty minutes"
    _Rule("RATHER", beside="WANT|INSTEADOF"),
    _Rule("UNTIL|FROM|BETWEEN|BEFORE", behind="DATE"),
    _Rule("EVERY", not_behind=f"{_ANY_NOUN}|ORDINAL|IT|THEM|NUMBER"),
    _Rule("EVERY", behind="MEAL"),
)


def retyped(tokens: list[Token]) -> list[Token]:
    """The tokens of a clause, each of the class that it has among the others."""
    tokens = _without_what_was(tokens)
    said = {it.kind for it in tokens} | {it.text for it in tokens}
    made: list[Token] = []
    for at, token in enumerate(tokens):
        before = next((it for it in reversed(made) if it.kind != "SKIP"), None)
        rule = next((it for it in _RULES if _fits(it, tokens, at, before, said)), None)
        if rule is None:
            made.append(token)
        elif rule.becomes:
            value = token.value if rule.value is None else rule.value
            made.append(token._replace(kind=rule.becomes, value=value))
            said.add(rule.becomes)
    return made


def _fits(
    rule: _Rule, tokens: Sequence[Token], at: int, before: Token | None, said: set[str]
) -> bool:
    behind = next((it for it in tokens[at + 1 :] if it.kind not in _PASSED), None)
    return (
        _is_one(tokens[at], rule.word)
        and (rule.before is None or _is_one(before, rule.before))
        and (rule.behind is None or _is_one(behind, rule.behind))
        and (rule.not_behind is None or not _is_one(behind, rule.not_behind))
        and (rule.beside is None or bool(said.intersection(rule.beside.split("|"))))
        and (rule.apart is None or said.isdisjoint(rule.apart.split("|")))
        and rule.when(tokens, at)
    )


def _is_one(token: Token | None, words: str) -> bool:
    """Whether it is one of these by class or text; "" is one where there is no word."""
    named = words.split("|")
    return "" in named if token is None else token.kind in named or token.text in named


def _without_what_was(tokens: list[Token]) -> list[Token]:
    """ "At half nine, not at ten", "at seven rather than half six", "two days not three":
    without what it is not, or was.
    """
    made: list[Token] = []
    rest = 0
    for at, token in enumerate(tokens):
        if at < rest:
            continue
        if token.kind in ("NOT", "INSTEADOF"):
            ahead = range(at + 1, len(tokens))
            when = next((i for i in ahead if tokens[i].kind not in _PASSED), at)
            others = {it.kind for it in (*made, *tokens[when + 1 :])}
            if others & _ALIKE.get(tokens[when].kind, set()):
                rest = when + 1
                continue
        made.append(token)
    return made
