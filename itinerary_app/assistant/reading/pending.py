"""The answer to our own question, which says only what was missing."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace

from itinerary_app.acts.acts import Act, Deny, Move, SetDays, Undo
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.values import MAX_DAYS, Part, Reference, time_of
from itinerary_app.assistant.reading.known import Known
from itinerary_app.assistant.reading.lexicon import words_of
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.catalogue.kinds import is_of_kind
from itinerary_app.model import Place

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


def answered(
    tokens: Sequence[Token], focus: Focus, known: Known, places: Sequence[Place]
) -> tuple[Act, ...] | None:
    """The acts that waited, with what these words name.

    None if they name nothing, or more than was asked: that is a wish of its own.
    """
    if focus.asked == "days" and (counted := _days(tokens)):
        return counted
    waiting = focus.pending or _dateless(focus.proposed)
    if not waiting or any(it.kind not in _AROUND for it in tokens):
        return None
    said, tokens = tokens, _undenied(tokens)
    if {it.kind for it in said} & _WHEN and not {it.kind for it in tokens} & _WHEN:
        return None  # "the Vatican not on Sunday"
    chosen = _chosen(tokens, focus, known, places)
    if chosen is None:
        return None
    made: list[Act] = []
    for act in waiting:
        told = _told(act, tokens, focus, chosen)
        if told is None and isinstance(act, Undo):
            told = [act]  # beside what is done instead
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
_EXCEPTING = frozenset("NOT DAY ON SKIP COURTESY BUT COMMA".split())


def corrected(tokens: Sequence[Token], focus: Focus, known: Known) -> tuple[Act, ...]:
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
    if "PLACE" in meant and kinds & _WHEN and not meant.keys() & _WHEN:
        return ()  # "the Vatican not on Sunday" is a wish of its own
    if len(focus.proposed) != 1:
        days = [known.day(it.value) for it in tokens if it.kind == "DAY"]
        gone = {it.number for it in days if it} if kinds <= _EXCEPTING else set()
        left = [it for it in focus.proposed if getattr(it, "day", None) not in gone]
        return (Deny(), *left) if len(left) < len(focus.proposed) else (Deny(),)
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


def _told(
    act: Act, tokens: Sequence[Token], focus: Focus, chosen: Sequence[str | Reference]
) -> list[Act] | None:
    values = asdict(act)
    open_names = [
        name
        for name, value in values.items()
        if isinstance(value, Reference) or (name == "stop" and len(focus.options) > 1)
    ]
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


def _undenied(tokens: Sequence[Token]) -> list[Token]:
    """Without what it is not: "not the Prado, the Thyssen"."""
    made: list[Token] = []
    denied = False
    for token in tokens:
        denied = token.kind == "NOT" or (denied and token.kind not in _PAUSES)
        if not denied:
            made.append(token)
    return made


_WHEN = frozenset("DAY PART TIME".split())
_PAUSES = frozenset("COMMA BUT RATHER INSTEAD MEANT".split())


def _slug(text: str) -> str:
    return "-".join(words_of(text))


def _chosen(
    tokens: Sequence[Token], focus: Focus, known: Known, places: Sequence[Place]
) -> list[str | Reference] | None:
    """The options that are named, by name, kind, day or place in the list.

    None where another stop is named, or another day or hour than it has: "the Prado on
    day 1 please" wants the Prado moved.
    """
    options = list(focus.options or focus.stops)
    for token in tokens:
        if token.kind in ("ORDINAL", "FIRST", "LAST"):
            nth = {"FIRST": 1, "LAST": -1}.get(token.kind) or token.value
            at = nth - 1 if nth > 0 else nth
            return list(options[at : at + 1 or None])
        if token.kind in ("THEM", "EVERY", "REST"):
            kinds = [it for it in tokens if it.kind in _NAMED]
            if kinds and not _narrowed(options, kinds, [], known, places):
                return None  # "a bar every evening" is a wish of its own
            few = token.text == "both" and len(options) != 2
            return None if few else list(options)
    named = [it for it in tokens if it.kind in _NAMED]
    when = [it for it in tokens if it.kind in _WHEN]
    if not focus.options:
        if not named:
            return []
        one = named[0]
        if len(named) > 1 or when or one.kind != "PLACE":
            return None
        return [Reference(name=one.text, ids=one.value)]
    days = [it.value for it in when if it.kind == "DAY"]
    if len(days) < len(when) or not (named or days):
        return None if named else []
    meant = _narrowed(focus.options, named, days, known, places)
    if not meant:
        return None if named else []
    return [meant[0] if len(meant) == 1 else Reference(ids=tuple(meant))]


_NAMED = frozenset("PLACE KIND TAG CUISINE".split())


def _narrowed(
    options: Sequence[str],
    named: Sequence[Token],
    days: Sequence[int | str],
    known: Known,
    places: Sequence[Place],
) -> list[str]:
    """The options that bear all of these names and are on all of these days."""
    meant = [it for it in options if all(it in known.stops_on(day) for day in days)]
    there = {it.id: it for it in places}
    for token in named:
        if token.kind == "PLACE":
            ids = [it for it in meant if it in token.value]
            meant = ids or [it for it in meant if _slug(token.text) in it]
        else:
            kinds = token.value.split(",")
            meant = [
                it
                for it in meant
                if it in there and any(is_of_kind(there[it], kind) for kind in kinds)
            ]
    return meant
