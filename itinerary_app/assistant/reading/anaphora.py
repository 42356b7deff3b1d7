"""Anaphora: words that point back, "that day", "bring it back"."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.assistant.reading.clause import DEEDS
from itinerary_app.assistant.reading.frames import is_plural
from itinerary_app.assistant.reading.particles import gathered
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token
from itinerary_app.assistant.reading.trip import Known
from itinerary_app.assistant.reading.whichdays import other_days


def pointing_back(tokens: Sequence[Token], known: Known) -> list[Token]:
    """The tokens with what these words point back to."""
    plan = known.itinerary
    numbers = [day.number for day in plan.days] if plan else []
    tokens = other_days(gathered(tokens), numbers, known.focus_day)
    tokens = _after_it(_to_a_day(_that_day(_but(tokens))))
    return _too_much_there(_brought_back(tokens), known)


_AROUND = frozenset("COMMA BUT AND SKIP COURTESY PERIOD".split())
_WHEN = frozenset("ON TO FOR DAY THATDAY PART".split())


def _to_a_day(tokens: list[Token]) -> list[Token]:
    """ "Bring it back but on day 4": what went comes there, and nothing is undone."""
    meant = [it for it in tokens if it.kind not in _AROUND]
    if not meant:
        return tokens
    back, *rest = meant
    kinds = {it.kind for it in rest}
    said = back.kind == "UNDO" and back.text.startswith("bring ")
    if not said or "DAY" not in kinds or not kinds <= _WHEN:
        return tokens
    return [back._replace(kind="ADD"), back._replace(kind="GONE"), *rest]


def _after_it(tokens: list[Token]) -> list[Token]:
    """ "And the Blue Mosque after that": after what was spoken of last."""
    meant = [it for it in tokens if it.kind not in _AROUND]
    if [it.kind for it in meant] != ["PLACE", "THEN"]:
        return tokens
    place, then = meant
    return [place, then._replace(kind="AFTER"), then._replace(kind="IT", text="that")]


_SIGHS = ("ok", "okay", "hmm", "oh", "ugh", "wow", "whoa", "way")
_DEGREES = frozenset("CALMER FULLER MAKE IT ITS SKIP SO COURTESY COMMA PERIOD".split())


def _too_much_there(tokens: list[Token], known: Known) -> list[Token]:
    """ "Too much", behind an answer about a day: that day is, not the whole trip."""
    kinds = {it.kind for it in tokens if it.text not in _SIGHS}
    if not kinds & {"CALMER", "FULLER"} or not kinds <= _DEGREES or not known.of_day:
        return tokens
    end = tokens[-1].end
    degree = next(it for it in tokens if it.kind in ("CALMER", "FULLER"))
    return [degree, Token("THATDAY", known.of_day, "that day", end, end)]


_NAMES = ("PLACE", "KIND", "TAG", "CUISINE", "MEAL")


def _but(tokens: Sequence[Token]) -> list[Token]:
    """ "Everything but the Vatican", "not the Pantheon but the one before it"."""
    made: list[Token] = []
    denied: Token | None = None
    for i, token in enumerate(tokens):
        before = [it.kind for it in made if it.kind not in ("SKIP", "COMMA")]
        rest = [it.kind for it in tokens[i + 1 :] if it.kind != "SKIP"]
        if token.kind == "BUT" and before[-2:-1] == ["NOT"] and before[-1] in _NAMES:
            while (last := made.pop()).kind != "NOT":
                denied = last if last.kind in _NAMES else denied
            alone = not made and rest in (["PLACE"], ["PLACE", "PERIOD"])
            if alone and denied is not None and denied.kind == "PLACE":
                come = next(it for it in tokens[i:] if it.kind == "PLACE")
                return [come, token._replace(kind="INSTEADOF"), denied]
            continue
        made.append(token)
    return made


def without_contrast(tokens: Sequence[Token]) -> Sequence[Token]:
    """ "Not X but Y should go": what is denied only sets off what comes behind."""
    at = next((i for i, it in enumerate(tokens) if it.kind == "BUT"), 0)
    before = {it.kind for it in tokens[:at]}
    named = before - {"NOT", "SKIP", "COMMA", "ON"}
    sets_off = "NOT" in before and named and named <= {"PLACE", "KIND", "DAY", "TIME"}
    if tokens[:1] and tokens[0].text in _CONCEDING and {"PLACE"} & before:
        place = next(it for it in tokens[:at] if it.kind == "PLACE")
        return [place if it.kind == "IT" else it for it in tokens[at + 1 :]]
    return tokens[at + 1 :] if sets_off else tokens


def sets_off(part: Sequence[Token], message: Sequence[Token]) -> bool:
    """ "Not X, take out Y": a place that is denied beside what is asked for."""
    kinds = {it.kind for it in part}
    if "NOT" not in kinds or not kinds <= {"NOT", "SKIP", "PLACE", *CONNECTORS}:
        return False
    others = {it.kind for it in message if it not in part}
    return "PLACE" in others and bool(others & DEEDS)


# "Nothing against X, but …": what is conceded asks for nothing.
_CONCEDING = ("nothing against", "i have nothing against", "no objection to")


def _that_day(tokens: Sequence[Token]) -> list[Token]:
    """ "Saturday we have a picnic, so no lunch that day": the day named before."""
    made: list[Token] = []
    day = ""
    for token in tokens:
        day = token.value if token.kind == "DAY" else day
        made.append(token._replace(value=day) if token.kind == "THATDAY" else token)
    return made


def _brought_back(tokens: Sequence[Token]) -> list[Token]:
    """ "Bring that one back", "we want the fort back": what was is to be again."""
    made = list(tokens)
    for back, token in enumerate(tokens):
        rest = [it for it in tokens[back + 1 :] if it.text != "in"]
        behind = rest[0].kind if rest else "PERIOD"
        if token.text != "back" or behind not in ("COMMA", "PERIOD", "COURTESY", "BUT"):
            continue
        start = next(
            (
                i
                for i in range(back - 1, max(back - 6, -1), -1)
                if tokens[i].text in _BRINGING
            ),
            None,
        )
        between = tokens[start or 0 : back]
        names = {it.kind for it in between if it.kind != "KIND" or is_plural(it.text)}
        if start is not None and names & {"IT", "PLACE", "KIND", "INTEREST"}:
            kind = "UNDO" if names & {"IT", "PLACE"} else "ALLOW"
            made[start] = tokens[start]._replace(kind=kind)
            made[back] = token._replace(kind="SKIP")
    return made


_BRINGING = ("bring", "put", "get", "want", "have", "give", "give us", "take", "get us")
