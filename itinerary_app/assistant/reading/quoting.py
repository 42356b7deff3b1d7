"""Quotes: the words of a message as they were written, for those that were compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import compress

from itinerary_app.acts import codec
from itinerary_app.assistant.reader import Understanding
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.text.dates import in_words

MOST_MORE = 2  # words beside it that say nothing without it: "make it 4-5 days"


def as_written(quote: str, text: str) -> str:
    """The part of `text` that `quote` is, before its spelling and case were changed.

    The quote itself where no word of it stands in the text.
    """
    written = text.split()
    compared = quote.split()
    plain = ["".join(words_of(word)) for word in written]
    said = ["".join(words_of(word)) for word in compared]
    same = [
        it
        for it in SequenceMatcher(
            None, plain, said, autojunk=False
        ).get_matching_blocks()
        if it.size
    ]
    if not same:
        return quote
    start = max(0, same[0].a - same[0].b)
    left = len(compared) - same[-1].b - same[-1].size
    end = same[-1].a + same[-1].size + left
    return " ".join(written[start:end]).strip(",.;:!?…")


def impossible(
    tokens: Sequence[Token], unread: Sequence[str], text: str, known: Known
) -> tuple[tuple[str, str], ...]:
    """The unread dates and numbers that cannot be, as they were written, and why."""
    made: list[tuple[str, str]] = []
    for token in tokens:
        said = [it for it in unread if token.text in it]
        why = token.value if token.kind == "FAULT" else _off_plan(token, known)
        if why and said:
            more = len(said[0].split()) - len(token.text.split())
            whole = more <= MOST_MORE or token.kind == "DATE"
            made.append((as_written(said[0] if whole else token.text, text), why))
    return tuple(dict.fromkeys(made))


def bounded(it: Understanding, text: str) -> Understanding:
    """Without the acts that have a number no act can have, whose words are told."""
    kept = [codec.is_valid(act) for act in it.acts]
    if all(kept):
        return it
    said = [
        as_written(quote, text)
        for quote, valid in zip(it.quotes, kept, strict=True)
        if not valid
    ]
    too_much = [
        (words, f"“{words}” is more than I can plan with: name a smaller number.")
        for words in dict.fromkeys(said)
    ]
    return replace(
        it,
        acts=tuple(compress(it.acts, kept)),
        quotes=tuple(compress(it.quotes, kept)),
        unread=(*it.unread, *(words for words, _ in too_much)),
        faults=(*it.faults, *too_much),
    )


def _off_plan(token: Token, known: Known) -> str:
    """Why a date is no day that is known, "" where that is not why it was not read."""
    if token.kind != "DATE" or not (known.itinerary or token.value.weekday):
        return ""
    if known.itinerary and known.itinerary.days[0].date:
        return f"{in_words(token.value.day)} is none of your days."
    return (
        f"I don't know which day “{token.text}” is, as the trip has no dates yet: name "
        "a day by its number, or say when the trip begins."
    )
