"""Nouns: what places and kinds are named, with their articles and numbers."""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise

from itinerary_app.assistant.reading.frames import is_plural
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.meals import EATING
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.spelling import common_words
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.model import Place

NOUNS = frozenset("PLACE KIND THING INTEREST TAG CUISINE MEAL SIGHTS".split())
_GROUPS = frozenset("group choir club outing crowd trip".split())
# What is done with "the first", "the latter": those that were shown.
_OF_STOPS = frozenset("REMOVE GO LOCK KEEP UNLOCK SWAP".split())
_SOME = ("a", "an", "some", "another", "one more", "one")


def articled(tokens: list[Token]) -> list[Token]:
    """Kinds with their articles: "the church" is there, "a church" need not be."""
    made: list[Token] = []
    for i, token in enumerate(tokens):
        before = tokens[i - 1].text if i else ""
        behind = tokens[i + 1] if i + 1 < len(tokens) else None
        diet = bool(i) and tokens[i - 1].kind == "DIET" and token.text == "family"
        if diet or (
            token.kind in ("KIND", "INTEREST") and behind and behind.text in _GROUPS
        ):
            continue  # "my church group", "a vegetarian family"
        if token.kind == "INTEREST" and before in ("while", "when"):
            token = token._replace(kind="WORD")  # "while eating"
        elif token.text in ("that", "this") and behind and behind.kind == "MEAL":
            token = token._replace(kind="THATDAY", text="that day", value="")
        elif token.kind in ("KIND", "TAG", "CUISINE", "INTEREST"):
            if before in ("the", "that", "this", "your"):
                token = token._replace(text=f"the {token.text}")
            elif token.kind != "INTEREST" and before in _SOME:
                token = token._replace(text=f"a {token.text}")
        made.append(token)
    return made


def determined(tokens: list[Token]) -> list[Token]:
    """ "That second church" is the second church, "both markets" are all markets."""
    made: list[Token] = []
    for i, token in enumerate(tokens):
        rest = [it for it in tokens[i + 1 : i + 4] if it.kind != "SKIP"]
        behind = rest[0].kind if rest else ""
        noun = behind in (*NOUNS, "ORDINAL", "LAST", "FIRST")
        if token.kind == "IT" and noun and token.text in ("that", "this"):
            continue
        if token.text == "both" and behind == "PLACE":
            continue
        if token.kind == "THEM" and behind in ("KIND", "TAG", "CUISINE", "THING"):
            both = 2 if token.text == "both" else token.value
            token = token._replace(kind="EVERY", value=both)
        the = i and tokens[i - 1].text in ("the", "those", "these", "both")
        if token.kind == "NUMBER" and the and token.value > 1 and behind == "KIND":
            token = token._replace(kind="EVERY")  # "the two markets"
        if (
            token.kind == "ATMOST"
            and token.text in ("only", "just")
            and behind not in ("NUMBER", "INTEREST", "DAY", "PART", "LENGTH", "TAG")
        ):
            continue
        made.append(token)
    return made


def unsure(tokens: list[Token]) -> list[Token]:
    """A part of a name beside a word that we don't know is another name; of a kind
    with "of" and such a word, a narrower one.
    """
    made = list(tokens)
    for i, (token, of, what) in enumerate(
        zip(tokens, tokens[1:], tokens[2:], strict=False)
    ):
        if token.kind in ("KIND", "TAG") and of.text == "of" and what.kind == "WORD":
            made[i] = token._replace(kind="WORD", value=token.text)
    for i, (before, token) in enumerate(pairwise(tokens), 1):
        common = before.kind != "WORD" or before.text in common_words()
        if common or not _touch(before, token):
            continue
        other = token.kind == "PLACE" and " " not in token.text
        if other and (token.text in before.text or len(token.value) > 1):
            continue
        if other or token.kind in ("KIND", "TAG", "CUISINE"):
            made[i] = token._replace(kind="WORD", value=token.text)
    return made


def _touch(first: Token, second: Token) -> bool:
    return second.start - first.end <= 1


def ordinals(tokens: list[Token]) -> list[Token]:
    """ "First" before a noun counts; alone it is a place in the order."""
    made = []
    kinds = {it.kind for it in tokens}
    alone = kinds & _OF_STOPS and not kinds & {*NOUNS, "STOP", "IT", "DAY", "DAYS"}
    for i, token in enumerate(tokens):
        behind = tokens[i + 1].kind if i + 1 < len(tokens) else ""
        before = tokens[i - 1].kind if i else ""
        if token.kind == "THEM" and before in ("FIRST", "LAST", "ORDINAL"):
            continue  # "the second of those"
        counted = behind in (*NOUNS, "THEM") or (alone and not behind)
        if token.kind in ("ORDINAL", "FIRST", "LAST") and behind == "MEAL":
            which = {"FIRST": 1, "LAST": "last"}.get(token.kind, token.value)
            token = token._replace(kind="DAY", value="last" if which == -1 else which)
        elif token.kind in ("FIRST", "LAST") and counted:
            token = token._replace(
                kind="ORDINAL", value=1 if token.kind == "FIRST" else -1
            )
        elif token.kind == "ORDINAL" and token.value == 1 and not counted:
            token = token._replace(kind="FIRST")
        elif token.kind == "ORDINAL" and token.value > 9 and behind not in NOUNS:
            token = token._replace(kind="WORD")
        made.append(token)
    return made


def named_kinds(
    tokens: list[Token],
    names: Names,
    places: dict[str, Place],
    listed: Container[int],
) -> list[Token]:
    """ "The Monet place", "Trastevere's church": a name and its kind.

    Tokens that begin at one of `listed` stand behind a comma: what is listed is one
    thing more, "pasta, the Colosseum".
    """
    made: list[Token] = []
    for token in tokens:
        before = made[-1] if made else None
        if token.kind in ("TAG", "CUISINE") and token.text.startswith("a "):
            here = [it.kind for it in made[-2:]] == ["PLACE", "FOR"]
            if here and not any(it.kind == "SWAP" for it in tokens):
                made.pop()  # "Giolitti for an ice cream"
                continue
        if token.kind in ("TAG", "CUISINE") and token.text.startswith("the "):
            named = names.within(token.text[4:])
            if len(named) == 1:
                token = token._replace(kind="PLACE", value=named)
        if token.kind == "KIND" and (called := _called(token, places)):
            token = token._replace(kind="PLACE", value=called)
        if before is not None and before.kind == token.kind == "PLACE":
            shared = tuple(it for it in before.value if it in token.value)
            if shared:
                made[-1] = before._replace(value=shared, end=token.end)
                continue
        if (
            before is not None
            and before.kind == "PLACE"
            and token.kind in ("THING", "PLACE", "KIND")
        ):
            if token.kind == "THING":
                continue
            if token.kind == "KIND":
                alike = names.within(before.text) or before.value
                kinds = token.value.split(",")
                ids = tuple(it for it in alike if places[it].category in kinds)
                if ids:
                    made[-1] = before._replace(value=ids, end=token.end)
                    continue
                near = token.end - before.end < len(token.text) + 2
                if near and token.value != "show":
                    continue
        if before is not None and before.kind == "KIND" and token.kind == "PLACE":
            kinds = before.value.split(",")
            ids = tuple(it for it in token.value if places[it].category in kinds)
            several = is_plural(before.text) and token.start in listed
            if ids and token.start - before.end < 8 and not several:
                made[-1] = token._replace(value=ids, start=before.start)
                continue
        if (
            before is not None
            and before.kind in ("TAG", "CUISINE")
            and token.kind == "PLACE"
            and token.start - before.end < 10
            and token.start not in listed
        ):
            made[-1] = token
            continue
        shown = token.kind == "KIND" and token.value == "show"
        if shown and before is not None and _touch(before, token):
            if before.kind == "TAG":
                continue  # "a Broadway show"
            if before.kind == "PLACE":  # "an Opera House show"
                token = token._replace(kind="WORD", value=token.text)
        if before is not None and before.kind in ("KIND", "TAG", "CUISINE", "DIET"):
            eating = before.kind == "CUISINE" and token.value in EATING
            if token.kind == "THING" or eating:
                continue
        made.append(token)
    return made


def _called(token: Token, places: dict[str, Place]) -> tuple[str, ...]:
    """ "The Duomo", "the cathedral": no church but those that are called so."""
    word = token.text.removeprefix("the ")
    kinds = token.value.split(",")
    if word == token.text or {word, word.removesuffix("s")} & {*kinds}:
        return ()
    return tuple(
        it.id
        for it in places.values()
        if it.category in kinds and word in words_of(it.name)
    )


def of_city(tokens: Sequence[Token], names: Names) -> tuple[Token, ...]:
    """ "Edinburgh: the castle" is Edinburgh Castle, if there is one."""
    city = next((it.value.name for it in tokens if it.kind == "CITY"), "")
    return tuple(
        it._replace(kind="PLACE", value=ids)
        if it.kind == "KIND" and (ids := names.called(f"{city} {it.text}"))
        else it
        for it in tokens
    )
