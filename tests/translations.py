"""What is to be translated, and what is wrong with a catalogue of translations."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po
from babel.util import pathmatch

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "itinerary_app"
KEYWORDS = {**DEFAULT_KEYWORDS, "N_": None, "Later": None}  # as in the Makefile
SPEAKS = "itinerary_app.language"  # what a module imports that has texts
PLACEHOLDER = re.compile(r"%\(\w+\)s")
TAG = re.compile(r"</?\w+")
OPEN, CLOSE = "⟦", "⟧"  # around each text of the language that is none


@cache
def texts() -> Catalog:
    """All that the code has for people, as `make translations` finds it."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]
    found = Catalog()
    for path in sorted(PACKAGE.rglob("*.*")):
        name = path.relative_to(PACKAGE).as_posix()
        method = next(
            (
                it["method"]
                for it in mappings["mappings"]
                if pathmatch(it["pattern"], name)
            ),
            "ignore",
        )
        if method == "python" and SPEAKS not in path.read_text():
            continue
        for _line, message, _comments, context in extract_from_file(
            method, path, keywords=KEYWORDS
        ):
            found.add(
                message, context=context, locations=[(f"itinerary_app/{name}", 1)]
            )
    return found


def catalogue(language: str) -> Catalog:
    path = PACKAGE / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def faults(translated: Catalog, wanted: Catalog) -> Iterator[str]:
    """What is missing, unused, doubtful, or has other placeholders and tags."""
    for message in wanted:
        if message.id and translated.get(message.id, message.context) is None:
            yield f"missing: {message.id}"
    for message in translated:
        if not message.id:
            continue
        if wanted.get(message.id, message.context) is None:
            yield f"unused: {message.id}"
        if message.fuzzy:
            yield f"fuzzy: {message.id}"
        for told in _forms(message):
            if not told:
                yield f"not translated: {message.id}"
            elif not _alike(message, told):
                yield f"another placeholder or tag: {told}"
    for message in translated.obsolete.values():
        yield f"unused: {message.id}"


def _forms(message: Message) -> list[str]:
    told = message.string
    return [told] if isinstance(told, str) else list(told)


def _alike(message: Message, told: str) -> bool:
    one, *_ = many = [message.id] if isinstance(message.id, str) else list(message.id)
    return any(
        sorted(set(pattern.findall(told)))
        in [sorted(set(pattern.findall(it))) for it in many]
        for pattern in (PLACEHOLDER,)
    ) and sorted(TAG.findall(told)) == sorted(TAG.findall(one))


def bracketed(language: str, folder: Path) -> None:
    """A catalogue in `folder` whose every text is the English one in brackets."""
    made = Catalog(locale=language)
    for message in texts():
        if message.id:
            forms = [message.id] if isinstance(message.id, str) else list(message.id)
            told = [f"{OPEN}{form}{CLOSE}" for form in forms]
            made.add(
                message.id,
                told[0] if isinstance(message.id, str) else tuple(told),
                context=message.context,
                locations=message.locations,
            )
    path = folder / language / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, made)
