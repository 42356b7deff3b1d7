"""Names as they are compared, however they are written."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """Lower case, without accents, white space made single."""
    spread = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(char for char in spread if not unicodedata.combining(char))
    return " ".join(letters.split())
