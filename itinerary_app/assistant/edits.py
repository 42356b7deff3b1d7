"""Wishes to change a plan that is there: which stop, which day, what instead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from itinerary_app.assistant import daynumbers, moves, reading
from itinerary_app.assistant.daynumbers import DAY, ORDINAL
from itinerary_app.assistant.mustsees import best
from itinerary_app.assistant.names import bare, named
from itinerary_app.assistant.stops import (
    MOST_CHARS,
    Answer,
    Found,
    PlanStops,
    is_about_stops,
)
from itinerary_app.assistant.vocabulary import DISH, NEGATION, SUBJECTS
from itinerary_app.model import (
    AddStop,
    Category,
    ChangePace,
    Edit,
    Interest,
    Itinerary,
    Place,
    Preferences,
    Refit,
    RemoveDay,
    RemoveStop,
    SwapStop,
)
from itinerary_app.text.words import counted

_VERBS = r"swap|replace|change|exchange|switch|trade|substitute"
_SWAP_FOR = re.compile(
    rf"\b(?:{_VERBS})(?: out)? (?P<old>.+?)\s+(?:for|with|by|to|into|against)\s+"
    r"(?P<new>.+)"
)
_RATHER = re.compile(
    r"\binstead of (?P<old>.+?)(?:,| i'?d| i would| we'?d| we would| let'?s| give"
    r"| do| put| add| show)(?P<new>.+)"
)
_NEW_FIRST = re.compile(r"(?P<new>.+?) (?:instead of|rather than) (?P<old>.+)")
_SWAP = re.compile(rf"\b(?:{_VERBS})(?: out)? (?P<old>.+)")
_ANOTHER = re.compile(r"\b(?:different|another|other) (?P<old>.+)")
_DISLIKE = re.compile(
    r"\b(?:(?:do not|don'?t|not) (?:like|want|care for|fancy|feel like|need)|hate"
    r"|dislike|not interested in|not a fan of|bored of|tired of|rather not|would not"
    r"|wouldn'?t)"
    r"(?: (?:to )?(?:see|visit|go to|do))? (?P<old>.+)"
)
_REMOVE = re.compile(
    r"\b(?P<verb>remove|skip|drop|delete|cancel|take out|leave out|cut|without|no"
    r"|get rid of|take off|already (?:saw|seen|visited|did|done|know|been to))"
    r"\s+(?P<old>.+)"
)
# A reason or a courtesy behind what is to go: "the Louvre, we have seen it".
_TAIL = re.compile(
    r"[?!;.] .*$|,? (?:because|since|as (?:we|i|it))\b.*$"
    r"|, (?:please|too|it|it's|they|we|we've|i|i've|that's|the|not)\b.*$"
    r"|,? pl(?:ea)?[sz]e?$"
)
_PLAIN_REMOVAL = ("remove", "delete", "take out", "get rid of", "drop")
_REMOVE_DAY = re.compile(
    r"(?:please |can you |could you |let'?s )*"
    r"(?:remove|delete|drop|skip|cancel|cut|take out|get rid of)(?: out)?(?: please)?"
)
_LEAVE_BE = re.compile(
    r"\b(?:do not|don'?t|dont|never|not|no need to)\b(?:\s[\w']+){0,3}?\s"
    r"(?:remove|skip|drop|delete|swap|replace|change|exchange|add|cancel|touch|move"
    r"|make (?:it|this|them|the \w+|day \w+) (?:any )?(?:\w+er|more \w+|less \w+))\b"
    r"[^,.;!?]*"
)
_ONE_DAY = rf"(?:day \w+|(?:{ORDINAL}|last) day)"
_PRAISE = re.compile(
    rf"\b(?:leave|keep) (?:the )?{_ONE_DAY}[^,;.!?]*?(?=\b(?:but|and|just)\b|[,;.!?]|$)"
    r"|(?<!'d )(?<!would )\b(?:love|happy with|glad|good that)\b[^,;.!?]{0,20}"
    rf"\b{_ONE_DAY}.*?(?=\bbut\b|[;.!?]|$)"
    rf"|\b{_ONE_DAY} (?:is|looks|seems|feels|sounds) (?:\w+ )?(?:great|good|fine"
    r"|perfect|nice|lovely|ok|okay|relaxed|easy|calm)\b.*?(?=\bbut\b|[,;.!?]|$)"
)
_FULL = re.compile(
    r"\b(?:is|feels?|looks?|seems?|sounds?)\b(?: \w+){0,2}? "
    r"(?:packed|busy|rushed|hectic|full|tiring|exhausting|intense|crammed|long"
    r"|a bit much)\b"
)
_ADD = re.compile(
    r"\b(?:add|include|put in|put|squeeze in|fit in|(?:how|what) about|why not|visit"
    r"|see|go to|want|like|have|do)\s+(?P<new>.+)"
)
_MORE = re.compile(r"\bmore (?!time\b)(?P<new>.+)")
_SOMETHING = re.compile(
    r"^(?:something|anything|some other\w*|another\w*|other things?)(?: else)?$|^else$"
)
_GENERAL = re.compile(r"\b(?:something|anything|somewhere|some ?place|else)\b")


class EditReader:
    """Reads one message against one itinerary."""

    def __init__(self, itinerary: Itinerary, places: Sequence[Place]) -> None:
        self._itinerary = itinerary
        self._places = places
        self._stops = PlanStops(itinerary, places)

    def read(self, text: str) -> Edit | Answer | None:
        """The edit that lower-case text asks for; None if it asks for none."""
        if len(text) > MOST_CHARS:
            return None
        text, forbidden = _LEAVE_BE.subn(" ", text)
        text, praised = _PRAISE.subn(" ", text)
        if (forbidden or praised) and len(text.strip(" .,;!?")) < 8:
            return Answer("I left your plan as it is.", vague=True)
        day = self.day(text)
        count = len(self._itinerary.days)
        for match in DAY.finditer(text):
            if not 1 <= (named_day := daynumbers.number(match, count)) <= count:
                return Answer(
                    f"Your plan has {counted(count, 'day')}; there is no day "
                    f"{named_day} to change."
                )
        rest = " ".join(DAY.sub(" ", text).split()).strip(" .!?,")
        if day is not None and _REMOVE_DAY.fullmatch(rest):
            return RemoveDay(day)
        if moved := moves.read(text, self._stops):
            return moved
        if day is not None and reading.cheaper(rest):
            return Refit(cheaper=True, day=day)
        for read in (self._swap, self._dislike, self._remove):
            if (edit := read(rest, day)) is not None:
                return edit
        if edit := self._pace(text, rest, day) or self._add(rest, day):
            return edit
        if day is None:
            return None
        wish = wanted(rest)
        if wish and not NEGATION.search(rest) and not re.search(r"\btoo\b", rest):
            return AddStop(day, wanted=wish)  # "day 2: shopping"
        return Answer(
            f"I understood only that it is about day {day}. I can make it calmer or "
            "fuller, set its hours, and swap, move, remove or add its stops.",
            vague=True,
        )

    def _best(self, phrase: str) -> Place | None:
        return best(phrase, self._places, self._itinerary.city.name)

    def day(self, text: str) -> int | None:
        return daynumbers.first(text, len(self._itinerary.days))

    def _swap(self, text: str, day: int | None) -> Edit | Answer | None:
        if text.startswith("add ") and not re.search(r"instead of|rather than", text):
            return None  # "add another museum"
        for pattern in (_SWAP_FOR, _RATHER, _NEW_FIRST, _SWAP, _ANOTHER):
            if match := pattern.search(text):
                parts = match.groupdict()
                old, new = parts["old"], parts.get("new") or ""
                if not is_about_stops(old) and not self._stops.named(old):
                    continue
                return self._stops.one_of(old, day, partial(self._swapped, new=new))
        return None

    def _swapped(self, found: Found, new: str) -> Edit | Answer:
        day, stop = found
        wish = bare(new)
        if not wish or _SOMETHING.search(wish):
            return SwapStop(day, stop.place.id)
        if place := named(wish, self._places):
            return SwapStop(day, stop.place.id, other_id=place.id)
        kind = wanted(wish)
        if DISH.search(wish) or (kind is None and not _GENERAL.search(new)):
            return self._unknown(wish)
        return SwapStop(day, stop.place.id, kind)

    def _unknown(self, name: str) -> Answer:
        return Answer(
            f"I don't know where to find “{name}” in {self._itinerary.city.name}, so I "
            "left your plan as it is."
        )

    def _dislike(self, text: str, day: int | None) -> Edit | Answer | None:
        match = _DISLIKE.search(text)
        if match is None or not self._stops.named(match["old"]):
            return None
        return self._stops.one_of(
            match["old"], day, lambda found: SwapStop(found[0], found[1].place.id)
        )

    def _remove(self, text: str, day: int | None) -> Edit | Answer | None:
        match = _REMOVE.search(text)
        if match is None:
            return None
        old = _TAIL.sub("", re.split(r"\bbut\b", match["old"])[0].strip())
        # "no museums" is a wish for the whole trip, "the museum" means a stop.
        definite = day is not None or re.search(r"\b(?:the|that|this)\b(?!.*s$)", old)
        if not self._stops.named(old) and not (definite and is_about_stops(old)):
            sure = match["verb"] in _PLAIN_REMOVAL and not is_about_stops(old)
            return self._stops.one_of(old, day, _never) if sure else None
        return self._stops.one_of(
            old, day, lambda found: RemoveStop(found[0], found[1].place.id)
        )

    def _pace(self, text: str, rest: str, day: int | None) -> Edit | None:
        if day is None:
            return None
        if re.search(r"\bmore\b", rest) and wanted(rest) and "relax" not in rest:
            return None  # "more food on day 2"
        calmer = reading.calmer(text)
        if calmer is None and _FULL.search(rest) and not NEGATION.search(rest):
            calmer = True
        if calmer is None:
            read = reading.read(rest, _NOTHING_TOLD).pace
            calmer = None if read is None else read.value == "relaxed"
        return None if calmer is None else ChangePace(day, calmer=calmer)

    def _add(self, text: str, day: int | None) -> Edit | Answer | None:
        match = _ADD.search(text)
        if match and (place := self._best(match["new"])):
            return AddStop(day, place_id=place.id)
        if match and match[0].startswith(
            ("visit", "see", "go", "want", "like", "have", "how", "what", "why", "do")
        ):
            match = None  # "we want museums" is a preference, unless on a day
        more = _MORE.search(text)
        if more and (day is not None or isinstance(wanted(more["new"]), Category)):
            match = match or more
        if match is None:
            return None
        name = bare(match["new"])
        if DISH.search(name):
            return self._unknown(name)
        wish = wanted(name)
        is_order = match[0].startswith(("add ", "include "))
        if is_order and wish is None and name and "day" not in name:
            return self._unknown(name)
        return AddStop(day, wanted=wish) if wish else None


_NOTHING_TOLD = Preferences()


def _never(_: Found) -> Edit:
    raise AssertionError("There is no such stop.")


def wanted(phrase: str) -> Category | Interest | None:
    """The kind of place or the interest that the phrase names."""
    for subject in SUBJECTS:
        if subject.pattern.search(phrase):
            return subject.categories[0] if subject.categories else subject.interests[0]
    return None
