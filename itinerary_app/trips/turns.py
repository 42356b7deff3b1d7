"""A turn: what is said, and what was answered, as stored."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itinerary_app.errors import InvalidInput, TurnKeyReused
from itinerary_app.model import MAX_MESSAGE_CHARS, UNSTORABLE, Message, TripSession
from itinerary_app.storage.base import Saved


@dataclass(frozen=True, slots=True)
class Turn:
    """What a message led to, as stored."""

    user: Message
    assistant: Message
    version: int
    replayed: bool


def readable(text: str) -> str:
    """The text without surrounding space; InvalidInput when it cannot be a message."""
    text = text.strip()
    if not text:
        raise InvalidInput("The message is empty. Write what you wish.", field="text")
    if len(text) > MAX_MESSAGE_CHARS:
        raise InvalidInput(
            f"The message has {len(text):,} characters; {MAX_MESSAGE_CHARS:,} is the "
            "most. Shorten it and send it again.",
            field="text",
        )
    if re.search(UNSTORABLE, text):
        raise InvalidInput(
            "The message contains characters that are no text (such as U+0000). "
            "Remove them and send it again.",
            field="text",
        )
    return text


def told_before(session: TripSession, text: str, turn_key: str) -> Turn | None:
    """The stored turn of this key, so that a retry costs no second thought."""
    said = tuple(m for m in session.conversation_history if m.turn_key == turn_key)
    if len(said) < 2:  # not there, or cut off by the end of the loaded history
        return None
    return as_told(Saved(session.version, said, replayed=True), text)


def as_told(saved: Saved, text: str) -> Turn:
    """The turn that was saved; TurnKeyReused if it began with another text."""
    user, assistant = saved.messages
    if user.content != text:
        raise TurnKeyReused(
            "This turn key was used for another message. Use a new key.",
            field="turn_key",
        )
    return Turn(user, assistant, saved.version, saved.replayed)
