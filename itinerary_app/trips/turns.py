"""A turn: what is said or done, and what was answered, as stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from itinerary_app.acts.acts import Act
from itinerary_app.acts.codec import dumps
from itinerary_app.errors import InvalidInput, TurnKeyReused
from itinerary_app.language import Later
from itinerary_app.model import (
    MAX_MESSAGE_CHARS,
    UNSTORABLE,
    Message,
    Role,
    TripSession,
)
from itinerary_app.storage.base import Saved
from itinerary_app.trips.thought import fits


@dataclass(frozen=True, slots=True)
class Turn:
    """What a message or acts led to, as stored."""

    user: Message
    assistant: Message
    version: int
    replayed: bool


def readable(text: str) -> str:
    """The text without surrounding space; InvalidInput when it cannot be a message."""
    text = text.strip()
    if not text:
        raise InvalidInput(
            Later("The message is empty. Write what you wish."), field="text"
        )
    if len(text) > MAX_MESSAGE_CHARS:
        raise InvalidInput(
            Later(
                "The message has %(count)s characters; %(most)s is the most. Shorten "
                "it and send it again.",
                count=len(text),
                most=MAX_MESSAGE_CHARS,
            ),
            field="text",
        )
    if re.search(UNSTORABLE, text):
        raise InvalidInput(
            Later(
                "The message contains characters that are no text (such as U+0000). "
                "Remove them and send it again."
            ),
            field="text",
        )
    return text


def said(text: str) -> Message:
    return Message(Role.USER, text)


def acted(acts: Sequence[Act], words: str) -> Message:
    """The message of a button or a program: its acts, and these in words."""
    context = {"acts": dumps(acts)}
    kept = context if fits(context) else None
    return Message(Role.USER, words[:MAX_MESSAGE_CHARS], context=kept)


def told_before(session: TripSession, user: Message, turn_key: str) -> Turn | None:
    """The stored turn of this key, so that a retry costs no second thought."""
    found = tuple(m for m in session.conversation_history if m.turn_key == turn_key)
    if len(found) < 2:  # not there, or cut off by the end of the loaded history
        return None
    return as_told(Saved(session.version, found, replayed=True), user)


def as_told(saved: Saved, meant: Message) -> Turn:
    """The turn that was saved; TurnKeyReused if it began otherwise.

    Acts are compared as such: their words depend on the plan that they meet.
    """
    user, assistant = saved.messages
    same = meant.content in (user.content, "")  # acts too long to be kept
    if meant.context and user.context:
        same = user.context.get("acts") == meant.context["acts"]
    if not same:
        raise TurnKeyReused(
            Later("This turn key was used for another message. Use a new key."),
            field="turn_key",
        )
    return Turn(user, assistant, saved.version, saved.replayed)
