"""Allergies: nothing that a plan can heed, so it is told in any case."""

from __future__ import annotations

import re
from dataclasses import replace

from itinerary_app.acts.acts import Ask, Topic
from itinerary_app.assistant.reader import Understanding

MOST_SAID = 200  # characters of it that are told
_SAID = re.compile(
    r"[^,.;:!?]*\b(?:allerg(?:y|ies|ic)|anaphyla\w+|intoleran\w+)\b"
    r"(?!\s+to\s+(?:the\s+)?(?:crowds?|cats?|dogs?|pollen|museums?|shop\w*))[^,.;:!?]*",
    re.IGNORECASE,
)


def told(understood: Understanding, text: str) -> Understanding:
    """With a question about the allergy that the text names, unless it asks one."""
    said = _SAID.search(text)
    if said is None or any(isinstance(it, Ask) for it in understood.acts):
        return understood
    about = said[0].strip()[:MOST_SAID]
    unread = tuple(it for it in understood.unread if not _SAID.search(it))
    return replace(
        understood,
        acts=(*understood.acts, Ask(topic=Topic.UNKNOWN, about=about)),
        quotes=(*understood.quotes, about),
        unread=unread,
        unsure=understood.unsure and bool(unread),
    )
