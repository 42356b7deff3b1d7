"""The model's answer: an understanding, if the message bears it out."""

from __future__ import annotations

import re
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from itinerary_app.acts.acts import Act
from itinerary_app.acts.codec import MOST_ACTS
from itinerary_app.assistant.model_reader import words
from itinerary_app.assistant.model_reader.claim import HARMLESS, Claims
from itinerary_app.assistant.model_reader.evidence import Said
from itinerary_app.assistant.reader import Scene, Understanding
from itinerary_app.errors import AnswerRefused


class _Quoted(Struct, frozen=True, forbid_unknown_fields=True):
    quote: Annotated[str, Meta(min_length=1)]
    act: Act


class _Answer(Struct, frozen=True, forbid_unknown_fields=True):
    language: str
    acts: Annotated[tuple[_Quoted, ...], Meta(max_length=MOST_ACTS)]


def understood(content: str, text: str, scene: Scene) -> Understanding:
    """What the answer says of the message `text`; AnswerRefused if any of it is not
    borne out: half of an answer that errs is not better than the other half.
    """
    try:
        answer = msgspec.json.decode(content, type=_Answer)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        raise AnswerRefused("no JSON of the schema") from None
    if answer.language != "en":
        raise AnswerRefused("another language than English")
    message = Said(text)
    spans = _spans(answer.acts, message)
    if any(Said(part).classes & words.TURNS for part in _rest(text, spans)):
        raise AnswerRefused("acts without a word that turns their meaning")
    claims = Claims(message, scene)
    for said, span in zip(answer.acts, spans, strict=True):
        if not isinstance(said.act, HARMLESS):
            _verify_force(message.text, span)
        claims.verify(said.act, text[slice(*span)])
    order = sorted(range(len(spans)), key=lambda index: spans[index][0])
    if not order:
        raise AnswerRefused("nothing that was understood")
    return Understanding(
        acts=tuple(answer.acts[index].act for index in order),
        quotes=tuple(text[slice(*spans[index])] for index in order),
        unread=tuple(_unread(text, spans)),
    )


Span = tuple[int, int]


def _spans(quoted: tuple[_Quoted, ...], message: Said) -> list[Span]:
    """Where the quotes stand; the same words again are those further on."""
    spans: list[Span] = []
    for one in quoted:
        behind = spans[-1][1] if spans else 0
        span = message.find(one.quote, behind) or message.find(one.quote)
        if span is None:
            raise AnswerRefused("a quote that is not in the message")
        spans.append(span)
    return spans


def _verify_force(text: str, span: Span) -> None:
    """Whether the clause of a change asks for one."""
    ends = [match.end() for match in words.CLAUSE_END.finditer(text)]
    begin = max((end for end in ends if end <= span[0]), default=0)
    end = min((end for end in ends if end >= span[1]), default=len(text))
    clause = text[begin:end].strip()
    if Said(clause).classes & words.UNREAL:
        raise AnswerRefused("a change where none is asked for")
    if words.QUESTION.search(clause) and not words.REQUEST.search(clause):
        raise AnswerRefused("a change where a question is asked")


def _rest(text: str, spans: list[Span]) -> list[str]:
    """What stands beside the quotes."""
    rest, at = [], 0
    for start, end in sorted(spans):
        rest.append(text[at:start])
        at = max(at, end)
    return [part for part in (*rest, text[at:]) if part.strip()]


def _unread(text: str, spans: list[Span]) -> list[str]:
    """What stands there, without the courtesy around it."""
    trimmed = (_trimmed(part) for part in _rest(text, spans))
    return [part for part in trimmed if part]


def _trimmed(part: str) -> str:
    ours = [
        match
        for match in re.finditer(r"[^\W_]+(?:['’][^\W_]+)*", part)
        if match[0].lower().replace("’", "'") not in words.COURTESY
    ]
    return part[ours[0].start() : ours[-1].end()] if ours else ""
