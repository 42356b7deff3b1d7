"""Markdown (CommonMark) for notes and for people: a heading a day, an item a stop."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from itinerary_app.exports.text import (
    ESTIMATES,
    NONE,
    credit_lines,
    day_name,
    facts,
    inline,
    line,
    time_span,
)
from itinerary_app.language import _
from itinerary_app.model import Day, Itinerary
from itinerary_app.text.credits import source_url
from itinerary_app.text.ends import homeward, outward
from itinerary_app.text.notes import note
from itinerary_app.text.words import journey, pace, title

# Those that mean something within a line; no name of ours begins one.
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~&$]")
_NO_BRACKETS = {ord("<"): "%3C", ord(">"): "%3E"}  # those around a link end it


def render(itinerary: Itinerary, notes: Mapping[str, str] = NONE) -> bytes:
    """The text as UTF-8, with notes by places' ids."""
    return ("\n".join(_lines(itinerary, notes)) + "\n").encode()


def _lines(itinerary: Itinerary, notes: Mapping[str, str]) -> Iterator[str]:
    yield f"# {_escaped(inline(title(itinerary)))}"
    yield from ("", _(ESTIMATES))
    for day in itinerary.days:
        yield from ("", f"## {day_name(day, itinerary)} ({pace(day.pace)})", "")
        if way := journey(itinerary, day.number):
            yield from (f"{_escaped(inline(way))}.", "")
        yield from _stops(day, itinerary, notes)
    if itinerary.notes:
        yield from ("", f"## {_('Good to know')}", "")
        told = (note(it, itinerary) for it in itinerary.notes)
        yield from (f"- {_escaped(inline(it))}" for it in told)
    yield from ("", f"## {_('Where the facts come from')}", "")
    yield from (f"- {_escaped(credit)}" for credit in credit_lines(itinerary))


def _stops(day: Day, plan: Itinerary, notes: Mapping[str, str]) -> Iterator[str]:
    if not day.stops:
        yield _("A free day.")
    if there := outward(day):
        yield f"- {_escaped(inline(there))}"
    for stop in day.stops:
        yield f"- {time_span(stop)} **{_escaped(inline(stop.place.name))}**"
        yield from (f"  - {_escaped(fact)}" for fact in facts(stop, day, plan, notes))
        if url := source_url(stop.place):
            yield f"  - <{line(url).translate(_NO_BRACKETS)}>"
    if back := homeward(day):
        yield f"- {_escaped(inline(back))}"


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", text)
