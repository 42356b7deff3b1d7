"""What is good to know about a plan, as it says below its days.

Plans are kept with their notes in English, as they were made; here each is said in
the language of whoever reads it: its form is found, and what fills that is worded by
the name of its slot.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache

from itinerary_app import language
from itinerary_app.language import _, ngettext
from itinerary_app.model import Itinerary, Pace
from itinerary_app.text.dates import month
from itinerary_app.text.money import money
from itinerary_app.text.note_forms import PARTS, SENTENCES
from itinerary_app.text.words import lasting, listed, pace

_SLOT = re.compile(r"%\((\w+)\)s")
_LIST, _SERIES = ", | and ", "; "
_MONTHS = {f"{it:%B}": it for it in (date(2027, number, 1) for number in range(1, 13))}
_SEASON = r"{0}(?:–{0})?".format(f"(?:{'|'.join(_MONTHS)})")
_NUMBERS = rf"\d+(?:(?:{_LIST})\d+)*"
_SUM = r"[\d,]+(?:\.\d\d)?"
_SHAPES = {  # all other slots take any text
    **dict.fromkeys(("count", "of", "number"), r"\d+"),
    **dict.fromkeys(("time", "since", "until"), r"\d\d:\d\d"),
    **dict.fromkeys(("sum", "limit"), rf"(?:[A-Z]{{3}} )?{_SUM}"),
    "price": rf"[A-Z]{{3}} {_SUM}",
    "numbers": _NUMBERS,
    "on": f"on days? {_NUMBERS}",
    "nights": f"the nights? after days? {_NUMBERS}",
    "season": rf"{_SEASON}(?:(?:{_LIST}){_SEASON})*",
    "first": r"\d{4}",
    "last": r"\d{4}",
    "length": r"\d+ h(?: \d+ min)?|\d+ min",
    "mode": r"(?:by [a-z ]+)?",
    "paced": rf"\d+ (?:{'|'.join(Pace)}) days?",
    "fewer": r"\d+ days?",
    **dict.fromkeys(("why", "more"), r"(?:[^.]|\.\d)+?"),
}
_BETWEEN = {  # the parts of a slot that has several
    **dict.fromkeys(("closings", "seasons", "instead", "breaks"), _SERIES),
    **dict.fromkeys(("names", "advised", "numbers", "more", "less"), _LIST),
    **dict.fromkeys(("weekdays", "diets", "interests", "season"), _LIST),
    "others": ", | or ",
    "meals": " and (?=for )",
    "outings": rf"(?<=estimated\))(?:{_LIST})",
    "beds": rf"(?<=\d\))(?:{_LIST})",
}
_INSIDE = "\x1f"  # for the spaces within a name, which then is not taken for a list


def note(kept: str, plan: Itinerary | None = None) -> str:
    """The note; one of a form that is not known stays as it is kept.

    The names of the places of its `plan` are known to be names.
    """
    if language.current() == language.ENGLISH:
        return kept
    marked = kept
    for name in {stop.place.name for stop in plan.stops} if plan else ():
        if re.search(_LIST, name):
            marked = marked.replace(name, name.replace(" ", _INSIDE))
    said = _of_city(marked) or _sentences(marked)
    return said.replace(_INSIDE, " ") if said else kept


def _of_city(text: str) -> str | None:
    """The note of one of several cities: "Rome: Book ahead: …"."""
    city, _colon, rest = text.partition(": ")
    said = _sentences(rest)
    return said and f"{city}: {said}"


def _sentences(text: str) -> str | None:
    """One of the forms, or two, one after the other."""
    if said := _worded(SENTENCES, text):
        return said
    for end in re.finditer(r"(?<=\.) ", text):
        one = _worded(SENTENCES, text[: end.start()])
        if one and (other := _worded(SENTENCES, text[end.end() :])):
            return f"{one} {other}"
    return None


def _worded(forms: Iterable[str], text: str) -> str | None:
    """The first of the forms that the text has, with what fills it; None if none."""
    for form in forms:
        if found := _pattern(form).fullmatch(text):
            slots = {name: _filled(name, it) for name, it in found.groupdict().items()}
            if None not in slots.values():
                return _(form, **slots)
    return None


@cache
def _pattern(form: str) -> re.Pattern[str]:
    texts, slots = _SLOT.split(form)[::2], _SLOT.findall(form)
    groups = [f"(?P<{name}>{_SHAPES.get(name, '.+?')})" for name in slots]
    pairs = zip(map(re.escape, texts), [*groups, ""], strict=True)
    return re.compile("".join(text + group for text, group in pairs))


def _filled(slot: str, text: str) -> str | None:
    between = _BETWEEN.get(slot)
    if between is None:
        return _part(slot, text)
    if between == _LIST and text.count(" and ") > 1:
        return text  # for one of them is in a name, and nobody knows which
    parts = []
    for it in re.split(between, text):
        part = _part(slot, it)
        if part is None:
            return None
        parts.append(part)
    if between == _SERIES:
        return _SERIES.join(parts)
    return listed(parts, "or" if slot == "others" else "and")


def _part(slot: str, text: str) -> str | None:
    if slot in PARTS:
        return _worded(PARTS[slot], text)
    return _WORDS.get(slot, str)(text)


def _money(text: str) -> str:
    currency, _space, amount = text.rpartition(" ")
    return money(currency, float(amount.replace(",", "")))


def _length(text: str) -> str:
    """Of "1 h 30 min"."""
    units = {unit: int(count) for count, unit in re.findall(r"(\d+) (h|min)", text)}
    return lasting(60 * units.get("h", 0) + units.get("min", 0))


def _season(text: str) -> str:
    return re.sub(r"\w+", lambda it: month(_MONTHS[it[0]]), text)


def _days(text: str) -> str:
    """Of "2 days" or "2 relaxed days"."""
    count, *told, _unit = text.split()
    days = ngettext("%(num)s day", "%(num)s days", int(count))
    return f"{days} ({pace(Pace(told[0]))})" if told else days


_WORDS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("sum", "limit", "price"), _money),
    **dict.fromkeys(("paced", "fewer"), _days),
    **dict.fromkeys(("base", "name", "mode", "gate"), _),
    **dict.fromkeys(("diets", "interests"), _),
    "length": _length,
    "season": _season,
}
