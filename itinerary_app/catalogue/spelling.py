"""Names as they are compared, however they are written."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Lower case, without accents, white space made single."""
    return " ".join(_bare(text.casefold()).split())


def tidy(text: str) -> str:
    """As written, in composed letters, white space made single."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def plain_letters(text: str) -> str:
    """The text made plain letter by letter, so that all keep their positions."""
    flat = _bare(text.lower())
    if len(flat) == len(text):
        return flat
    letters = ((char, _bare(char.lower())) for char in text)
    return "".join(bare if len(bare) == 1 else char for char, bare in letters)


def _bare(text: str) -> str:
    if text.isascii():  # most names and messages
        return text
    spread = unicodedata.normalize("NFKD", text)
    return "".join(char for char in spread if not unicodedata.combining(char))
