"""The language in which whoever asks is spoken to: English, as the code has it, or a
translation of it.

What is written for people is a whole sentence in the code, with `%(name)s` for what
varies, and goes through one of the functions below. `using` chooses the language, for
one request, command or turn.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

ENGLISH = "en"
FOLDER = Path(__file__).resolve().parent / "translations"
SCRIPTS = "static/"  # where the texts of the browser's scripts stand

_current: ContextVar[str] = ContextVar("language", default=ENGLISH)


def _catalogues(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*/LC_MESSAGES/messages.po")):
        yield path.parent.parent.name


_folders = {ENGLISH: FOLDER, **dict.fromkeys(_catalogues(FOLDER), FOLDER)}


def current() -> str:
    """The code of the language that is spoken: "en", "de", …"""
    return _current.get()


def choose(language: str) -> None:
    """Speak it from now on, in this request or command. It is a known one."""
    assert language in _folders
    _current.set(language)


@contextmanager
def using(language: str) -> Iterator[None]:
    """Speak it within; as a decorator, within the function."""
    before = _current.set(language)
    try:
        yield
    finally:
        _current.reset(before)


def _(message: str, /, **values: object) -> str:
    """The sentence in the language that is spoken, with its values."""
    told = message
    if message and current() != ENGLISH:  # "" would be the catalogue's header
        told = _catalogue(current()).texts.gettext(message)
    return told % values if values else told


def pgettext(context: str, message: str, /, **values: object) -> str:
    """The same of a word that means several things: `context` says which."""
    told = message
    if current() != ENGLISH:
        told = _catalogue(current()).texts.pgettext(context, message)
    return told % values if values else told


def ngettext(one: str, many: str, num: int, /, **values: object) -> str:
    """The form for so many; `%(num)s` is the number as it is written."""
    return plural(one, many, num) % {"num": number(num), **values}


def plural(one: str, many: str, num: int, /) -> str:
    """The form for so many, without its values."""
    if current() == ENGLISH:
        return one if num == 1 else many
    return _catalogue(current()).texts.ngettext(one, many, num)


def N_(message: str, /) -> str:  # noqa: N802  # as gettext's users call it
    """The message as it is: it is to be translated where it is shown."""
    return message


class Later(str):
    """A sentence that is told in the language of whoever reads it: as `str()`; until
    then it is English. Errors are made of it: their reader may be another than those
    who met with them.
    """

    _message: str
    _values: dict[str, object]

    def __new__(cls, message: str, /, **values: object) -> Later:
        with using(ENGLISH):
            told = super().__new__(cls, _said(message, values))
        told._message, told._values = message, values
        return told

    def __str__(self) -> str:
        return _said(self._message, self._values)


def _said(message: str, values: dict[str, object]) -> str:
    """The sentence, with the numbers among its values as the language writes them."""
    return _(
        message,
        **{
            name: number(it) if isinstance(it, int | float) else it
            for name, it in values.items()
        },
    )


def number(value: float) -> str:
    """1,234,567 or 0.5, with the language's own separators."""
    if current() == ENGLISH:
        return f"{value:,}"
    from babel.numbers import format_decimal

    return format_decimal(value, locale=current())


def name(language: str) -> str:
    """What it is called by those who speak it: "Deutsch"."""
    from babel import Locale

    told = Locale.parse(language).get_display_name(language) or language
    return told[:1].upper() + told[1:]


def for_scripts() -> dict[str, str]:
    """What the browser's scripts say, by the English that they have themselves."""
    return {} if current() == ENGLISH else _catalogue(current()).scripts


def known() -> list[str]:
    """The languages that there are: English, and one for each catalogue."""
    return list(_folders)


def learn(language: str, folder: Path) -> None:
    """Have another language to speak, whose catalogue is in a folder of its own."""
    _folders[language] = folder


@dataclass(frozen=True, slots=True)
class _Catalogue:
    texts: NullTranslations
    scripts: dict[str, str]


@cache
def _catalogue(language: str) -> _Catalogue:
    """Read once in a process, from the text that translators write."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    path = _folders[language] / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    scripts = {
        str(it.id): str(it.string)
        for it in catalogue
        if it.string and any(SCRIPTS in path for path, _line in it.locations)
    }
    return _Catalogue(GNUTranslations(compiled), scripts)
