"""Allergies, and foods not eaten: no plan can heed them, so they are told."""

from __future__ import annotations

import re
from dataclasses import replace

from itinerary_app.acts.acts import Ask, SetDiet, Topic
from itinerary_app.assistant.reader import Understanding

MOST_SAID = 200  # characters of it that are told
_SAID = re.compile(
    r"[^,.;:!?]*\b(?:allerg(?:y|ies|ic)|anaphyla\w+|intoleran\w+)\b"
    r"(?!\s+to\s+(?:the\s+)?(?:crowds?|cats?|dogs?|pollen|museums?|shop\w*))[^,.;:!?]*",
    re.IGNORECASE,
)
_NOT_EATEN = re.compile(
    r"\b(?:no|not|never|without|avoid\w*|don't|doesn't|dont|doesnt|can't|cannot|cant)\b"
    r"[^,.;:!?]*\b(?:pork|bacon|ham|shellfish|dairy|milk|lactose|nuts|peanuts|eggs)\b",
    re.IGNORECASE,
)
_PORK = re.compile(r"\b(?:not?|don't|doesn't|never|dont)\b.*\bpork\b", re.IGNORECASE)


def told(understood: Understanding, text: str) -> Understanding:
    """With a question about what one cannot, or does not, eat, unless it asks one."""
    if any(isinstance(it, Ask) for it in understood.acts):
        return understood
    if any(isinstance(it, SetDiet) for it in understood.acts):  # "so halal" says it
        rest = tuple(it for it in understood.unread if not _PORK.search(it))
        unsure = understood.unsure and (bool(rest) or rest == understood.unread)
        understood = replace(understood, unread=rest, unsure=unsure)
    if said := _SAID.search(text):
        about = said[0]
    elif any(isinstance(it, SetDiet) for it in understood.acts):
        return understood
    else:
        unread = filter(_NOT_EATEN.search, understood.unread)
        about = next(unread, "")
    about = about.strip()[:MOST_SAID]
    if not about:
        return understood
    left = tuple(
        it
        for it in understood.unread
        if not (_SAID.search(it) or _NOT_EATEN.search(it))
    )
    return replace(
        understood,
        acts=(*understood.acts, Ask(topic=Topic.UNKNOWN, about=about)),
        quotes=(*understood.quotes, about),
        unread=left,
        unsure=understood.unsure and bool(left),
    )
