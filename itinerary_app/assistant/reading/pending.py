"""The answer to our own question, which says only what was missing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace

from itinerary_app.acts.acts import Act, Deny, Move, SetDays
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import MAX_DAYS, Part, Reference, time_of
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.tokens import Token

# Words that an answer may have around what it names.
_AROUND = frozenset(
    "SKIP COURTESY COMMA TO ON AND NO YES BUT THEN OTHER NUMBER PLACE KIND ORDINAL "
    "FIRST LAST THEM IT TAG CUISINE DAY PART TIME EVERY THING NOT RATHER MEANT REST "
    "INSTEAD".split()
)


# Words that an answer to "how many days?" may have around the number.
_AROUND_COUNT = frozenset(
    "SKIP COURTESY SUPPOSE NOMORE ATMOST ALLOW WORD YES SO THEN WANT MAKE IT SPEND LIKE "
    "COMMA PERIOD DASH HEARSAY TRIP WITH FOR LENGTH NUMBER PERDAY RATHER OPINION".split()
)
_COUNTED_ELSE = frozenset("adults people persons kids children us of pm am".split())


def _days(tokens: Sequence[Token]) -> tuple[Act, ...] | None:
    """The number of days that was asked for: "three would do", "a week I reckon"."""
    tokens = [it for it in tokens if it.text not in ("suppose", "i suppose", "work")]
    lengths = [it.value.days for it in tokens if it.kind == "LENGTH"]
    nights = any(it.kind == "LENGTH" and it.value.unit == "night" for it in tokens)
    counts = lengths or [it.value for it in tokens if it.kind == "NUMBER"]
    said = {word for it in tokens for word in words_of(it.text)}
    if len(counts) != 1 or said & _COUNTED_ELSE:
        return None
    if not 0 < counts[0] <= MAX_DAYS or {it.kind for it in tokens} - _AROUND_COUNT:
        return None
    return (SetDays(days=min(MAX_DAYS, counts[0] + nights)),)


def answered(tokens: Sequence[Token], focus: Focus) -> tuple[Act, ...] | None:
    """The acts that waited, with what these words name; None if they name nothing."""
    if focus.asked == "days" and (counted := _days(tokens)):
        return counted
    waiting = focus.pending or _dateless(focus.proposed)
    if not waiting or any(it.kind not in _AROUND for it in tokens):
        return None
    made: list[Act] = []
    for act in waiting:
        told = _told(act, tokens, focus)
        if told is None:
            return None
        made += told
    return tuple(made)


def _dateless(acts: Sequence[Act]) -> tuple[Act, ...]:
    """Proposals that still want a day."""
    wanting = [it for it in acts if isinstance(it, Move) and not (it.day or it.part)]
    return tuple(wanting)


# What a correction of a proposal consists of: "I said Saturday, not Friday".
_CORRECTING = frozenset(
    "NOT NO SKIP COMMA DASH PERIOD DAY PLACE MEANT BUT RATHER TIME PART COURTESY IT "
    "ON TO INSTEAD KIND".split()
)
_CALLING = frozenset("NOT MEANT".split())


def corrected(tokens: Sequence[Token], focus: Focus) -> tuple[Act, ...]:
    """No to what was proposed, and the act that was meant; none if it says more."""
    kinds = {it.kind for it in tokens}
    if not focus.proposed or not kinds & _CALLING or not kinds <= _CORRECTING:
        return ()
    denied = False
    meant: dict[str, Token] = {}
    for token in tokens:
        if token.kind in ("NOT", "COMMA", "DASH", "PERIOD", "BUT", "MEANT"):
            denied = token.kind == "NOT"
        elif not denied:
            meant[token.kind] = token
    if len(focus.proposed) != 1:
        return (Deny(),)
    act = focus.proposed[0]
    values = asdict(act)
    changed: dict[str, object] = {}
    if "DAY" in meant and "day" in values:
        changed["day"] = meant["DAY"].value
    if "PLACE" in meant and (name := {"stop", "place"} & set(values)):
        place = Reference(name=meant["PLACE"].text, ids=tuple(meant["PLACE"].value))
        changed[sorted(name)[-1]] = place
    if "TIME" in meant and "time" in values:
        changed["time"] = time_of(meant["TIME"].value.minutes)
    lost = {"DAY", "PLACE", "TIME", "PART", "KIND"} & set(meant)
    if len(lost) > len(changed):
        return ()
    return (Deny(), replace(act, **changed)) if changed else (Deny(),)


def _told(act: Act, tokens: Sequence[Token], focus: Focus) -> list[Act] | None:
    values = asdict(act)
    open_names = [
        name
        for name, value in values.items()
        if isinstance(value, Reference) or (name == "stop" and len(focus.options) > 1)
    ]
    chosen = _chosen(tokens, focus)
    if open_names and chosen:
        return [replace(act, **{open_names[0]: one}) for one in chosen]
    days = [it.value for it in tokens if it.kind == "DAY"]
    if days and "day" in values and values["day"] is None:
        return [replace(act, day=days[-1])]
    parts = [it.value for it in tokens if it.kind == "PART"]
    if parts and "part" in values:
        return [replace(act, part=Part(parts[-1]))]
    times = [it.value for it in tokens if it.kind == "TIME"]
    if times and "time" in values:
        return [replace(act, time=time_of(times[-1].minutes))]
    return None


def _slug(text: str) -> str:
    return "-".join(words_of(text))


def _chosen(tokens: Sequence[Token], focus: Focus) -> list[str | Reference]:
    """The options that are named, by name, kind or place in the list."""
    options = list(focus.options or focus.stops)
    for token in tokens:
        if token.kind == "PLACE":
            inside = [it for it in token.value if it in options]
            inside = inside or [it for it in options if _slug(token.text) in it]
            return list(inside[:1]) or [Reference(name=token.text, ids=token.value)]
        if token.kind in ("ORDINAL", "FIRST", "LAST"):
            nth = {"FIRST": 1, "LAST": -1}.get(token.kind) or token.value
            at = nth - 1 if nth > 0 else nth
            return list(options[at : at + 1 or None])
        if token.kind in ("THEM", "EVERY", "REST"):
            return list(options)
        if token.kind in ("KIND", "TAG", "CUISINE"):
            return [Reference(kind=token.value, ids=tuple(options))]
    return []
