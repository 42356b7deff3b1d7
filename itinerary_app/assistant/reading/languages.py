"""Which language a message is in, if it is not English."""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib import resources

from itinerary_app.assistant.reading import lexicon as lexicons
from itinerary_app.assistant.reading.lexicon import lexicon, words_of
from itinerary_app.assistant.reading.spelling import common_words

_SCRIPTS = {
    "HIRAGANA": "ja", "KATAKANA": "ja", "CJK": "zh", "HANGUL": "ko", "DEVANAGARI": "hi",
    "CYRILLIC": "ru", "ARABIC": "ar", "HEBREW": "he", "THAI": "th", "GREEK": "el",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GEORGIAN": "ka",
}  # fmt: skip
FEW = 2  # words of another language that show it


def foreign(text: str) -> str | None:
    """The ISO 639-1 code of the message's language; None if it may be English."""
    if script := _script(text):
        return script
    words = list(text.lower().replace("’", "'").split())
    plain = [(word.strip('.,;:!?()"“”'), *words_of(word)[:1]) for word in words]
    counts = {
        language: sum(pair[0] in small for pair in plain)
        for language, small in _small_words().items()
    }
    language = max(counts, key=lambda it: counts[it])
    english = sum(len(pair) > 1 and _is_english(pair[1]) for pair in plain)
    if counts[language] >= FEW and counts[language] > english:
        return language
    return None


def _is_english(word: str) -> bool:
    known = word in lexicon("en").words or word in common_words()
    return known and not any(word in small for small in _small_words().values())


def _script(text: str) -> str | None:
    letters = [char for char in text if char.isalpha()]
    others = [char for char in letters if ord(char) > 0x36F]
    if len(others) * 2 < len(letters) or not others:
        return None
    names = [unicodedata.name(char, "") for char in others]
    found = [
        language
        for script, language in _SCRIPTS.items()
        if any(name.startswith(script) for name in names)
    ]
    return found[0] if found else None


@cache
def _small_words() -> dict[str, frozenset[str]]:
    text = resources.files(lexicons).joinpath("languages.txt").read_text("utf-8")
    lines = [it.partition(" = ") for it in text.splitlines() if " = " in it]
    english = frozenset(
        "a i is on no me do to in at o y la so as was man die am".split()
    )
    return {name: frozenset(words.split()) - english for name, _, words in lines}
