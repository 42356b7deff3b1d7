"""The parser of clauses: lark over tokens, from the grammar beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

import lark
from lark.lexer import Lexer

from itinerary_app.assistant.reading.tokens import Token


class _Tokens(Lexer):
    """Hands lark the tokens that were found already."""

    def __init__(self, _: Any) -> None:
        pass

    def lex(self, data: Sequence[Token]) -> Iterator[lark.Token]:  # type: ignore[override]  # lark's text is ours of tokens
        for token in data:
            yield lark.Token(token.kind, token)


@cache
def parser() -> lark.Lark:
    """The parser, whose tables take half a second once a process."""
    return lark.Lark.open("grammar.lark", rel_to=__file__, parser="lalr", lexer=_Tokens)


@cache
def readable() -> frozenset[str]:
    """The classes of words that the grammar knows."""
    lines = resources.files(__package__).joinpath("grammar.lark").read_text("utf-8")
    declared = [it for it in lines.splitlines() if it.startswith("%declare")]
    return frozenset(word for line in declared for word in line.split()[1:])


def parsed(tokens: Sequence[Token]) -> lark.Tree[Any] | None:
    """The tree of a clause, whose leaves have a `Token` each; None if it is none."""
    if not tokens:
        return None
    try:
        return parser().parse(tokens)
    except lark.UnexpectedInput:
        return None
