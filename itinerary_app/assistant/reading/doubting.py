"""Doubts: signs in a whole message that what was read of it may be meant otherwise."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from itinerary_app.acts.acts import (
    SAID,
    Act,
    Add,
    AddCity,
    Ask,
    Avoid,
    BestOrder,
    Calmer,
    Clear,
    Fuller,
    OrderCities,
    Remove,
    RemoveCity,
    SetArrival,
    SetBudget,
    SetCity,
    SetDates,
    SetDays,
    SetDiet,
    SetHours,
    SetMeal,
    SetMobility,
    SetNights,
    SetParty,
    Share,
    StartOver,
)
from itinerary_app.acts.values import Reference, minutes_of
from itinerary_app.assistant.reading.background import is_subject
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.loosening import OF_LENGTH, WEIGHING
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.assistant.reading.trip import Known
from itinerary_app.assistant.reading.whole_days import DOUBTFUL

_SOMEBODY = (
    r"\b(?:wife|husband|partner|girlfriend|boyfriend|friend|mother|mum|mom|father|dad"
    r"|brother|sister|son|daughter|aunt|uncle|cousin|boss|parents|kids|children|he|she)\b"
)
_YET_I = r"\b(?:though|although|however)\b|\bbut (?:i|me|we|us|not me)\b"
_ANY = re.compile(
    rf"{_SOMEBODY}.*(?:{_YET_I})"  # "my wife hates it, I love it though"
    r"|\bon the same day\b|\bon one day\b"  # of two, which?
    r"|\bwhat (?:i|we) (?:said|told|wrote)\b"  # which of it?
    rf"|{DOUBTFUL}"
)
_OF_REMOVING = re.compile(r"\b(?:i|we) (?:said|meant|mean|wrote)\b")
_OF_CHOOSING = re.compile(r"\binstead of\b")
_OF_ADDING = re.compile(r"\b(?:enough|plenty|suffices?|sufficient)\b")
# Words that limit what is changed: what is left of them unread must not widen it.
_LIMITING = frozenset(
    "day days first last second third but except only other others before after same "
    "morning afternoon evening night unless until".split()
)


# What is told in passing beside a question.
_FACTS = SetDates | SetMobility | SetParty | SetDiet | SetArrival | SetBudget
# What reaches further than the change beside it, …
_FAR = SetCity | AddCity | Share
# … which is not what is said of other cities, …
_OF_CITIES = RemoveCity | SetNights | OrderCities
# … and what a remark around that change may have been taken for.
_REMARKED = _FAR | SetParty


def is_doubtful(
    text: str, acts: Sequence[Act], unread: Collection[str], known: Known
) -> bool:
    """Whether the acts are to be put to the traveller first."""
    if not known.planned:
        return _moves_meal(acts, known)
    said = " ".join(words_of(text))
    gone = any(isinstance(act, Remove | Avoid) for act in acts)
    come = any(isinstance(act, Add) for act in acts)
    return bool(
        _ANY.search(said)
        or (gone and _OF_REMOVING.search(said))
        or (gone and not come and _OF_CHOOSING.search(said))
        or (come and _OF_ADDING.search(said))
        or any(_limits(words_of(quote)) for quote in unread)
        or _reach_beyond(acts, _REMARKED if unread else _FAR)
        or _are_beside(acts)
        or _moves_meal(acts, known)
    )


def _limits(words: Sequence[str]) -> bool:
    """Whether these words may limit what is changed; "we only snack" does not."""
    told = words[:2] in (["we", "only"], ["i", "only"], ["they", "only"])
    return bool(_LIMITING & set(words[2 * told :]))


def _are_beside(acts: Sequence[Act]) -> bool:
    """Whether only facts were stated beside a question, and nothing was wished."""
    asks = any(isinstance(act, Ask) for act in acts)
    return asks and all(isinstance(act, _FACTS | SAID) for act in acts)


def _reach_beyond(acts: Sequence[Act], far: Any) -> bool:
    """Whether something of the whole trip was read beside a narrower change.

    "Keep Saturday afternoon empty, we will see a colleague in Haarlem" names no city
    to go to.
    """
    if any(isinstance(act, StartOver) for act in acts):
        return False  # "new trip: Dublin for 2 days"
    changes = [act for act in acts if not isinstance(act, SAID | _OF_CITIES)]
    beyond = [act for act in changes if isinstance(act, far)]
    return bool(beyond) and len(beyond) < len(changes)


def _moves_meal(acts: Sequence[Act], known: Known) -> bool:
    """Whether one place to eat goes and a meal is put at another: in its stead?"""
    gone = [act.stop for act in acts if isinstance(act, Remove)]
    eating = any(
        isinstance(it, Reference) and it.ids and set(it.ids) <= known.eating
        for it in gone
    )
    return eating and any(isinstance(act, SetMeal) and act.place for act in acts)


# What is easily seen and taken back where it is wrong.
_OF_DAYS = Calmer | Fuller | Clear | BestOrder | SetHours
_HALF_DAY = 12 * 60
# With these more than days is spoken of.
_MORE = frozenset(
    "PLACE KIND TAG CUISINE MEAL INTEREST LENGTH DURATION DELTA DATE MONEY TOMORROW "
    "TODAY EXCEPT OTHERDAY OTHERDAYS IF OR".split()
)


def only_of_days(
    tokens: Sequence[Token], acts: Sequence[Act], unread: Iterable[str]
) -> bool:
    """Whether only days that were named change, by all the hours that were named, and
    what was not read are remarks.
    """
    changed = [act for act in acts if not isinstance(act, SAID)]
    if not all(isinstance(act, _OF_DAYS) for act in changed) or len(changed) < len(
        acts
    ):
        return False
    named = {it.value for it in tokens if it.kind == "DAY"}
    days = {getattr(act, "day", None) for act in changed}
    if days != (named or {None}):
        return False
    set_hours = [it for it in changed if isinstance(it, SetHours)]
    kept = {
        minutes_of(time) % _HALF_DAY
        for it in set_hours
        for time in (it.start, it.end)
        if time
    }
    hours = [
        (it.value.minutes if it.kind == "TIME" else it.value * 60) % _HALF_DAY
        for it in tokens
        if it.kind in ("TIME", "NUMBER")
    ]
    if any(it.end for it in set_hours) and not hours:
        return False  # "finish earlier": without dinner?
    return (
        not any(it.kind in _MORE for it in tokens)
        and kept.issuperset(hours)
        and all(is_subject(words_of(quote)) for quote in unread)
    )


# A number that may belong to a date; "7:00", "kids (6 and 9)" and "they are 70" do not.
_OF_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\.?|(?:19|20)\d\d")
_COUNTED = re.compile(
    r"\b\d{1,2} (?:days?|nights?|adults?|kids|children|people)\b|\bday \d{1,2}\b"
)
_FEW = 4  # words of a fragment that may belong to a date


def without_weighed(
    acts: list[tuple[Act, str]], tokens: Sequence[Token], unread: Sequence[str]
) -> tuple[list[tuple[Act, str]], list[str]]:
    """Without the dates, and lengths, of a first message that unread words may change:
    "the week after Easter"; and the words of these.
    """
    vague = [it.text for it in tokens if it.kind == "FAULT"]
    unread = [it for it in unread if it not in vague]
    sums = [it.text for it in tokens if it.kind == "MONEY"]
    unread = [it for it in unread if not any(money in it for money in sums)]
    unread = [_COUNTED.sub("", it) for it in unread]
    left = {word for it in unread for word in it.split()}
    short = [it.split() for it in unread if len(it.split()) <= _FEW]
    if any(_OF_DATE.fullmatch(word) for words in short for word in words):
        left |= {"month"}
    said = [it.kind for it in tokens]
    spanned = said.count("DATE") > 1 and "LENGTH" not in said
    if not left & (WEIGHING - ({"week"} if spanned else set())):
        return acts, []
    gone: Any = SetDates | SetDays if spanned or left & OF_LENGTH else SetDates
    made = [it for it in acts if not isinstance(it[0], gone)]
    if len(made) == len(acts):
        return acts, []
    lengths = any(isinstance(act, SetDays) for act, _ in made)
    lost = {"DATE"} if lengths else {"DATE", "LENGTH"}
    return made, [it.text for it in tokens if it.kind in lost]
