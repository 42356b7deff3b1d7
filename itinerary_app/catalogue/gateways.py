"""Airports, stations and ports: where travellers come into a city and leave it."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import Anchor, AnchorKind, City

# By words that tell the kind alone, when no name does.
_KINDS = {
    AnchorKind.AIRPORT: "airport flight plane flughafen aeroport aeropuerto aeroporto",
    AnchorKind.STATION: "station train rail railway hbf hauptbahnhof bahnhof gare bus "
    "estacion stazione terminal coach",
    AnchorKind.PORT: "port ferry ship cruise boat harbour",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_SAYS_NOTHING = frozenset(
    "the our a an my at from in to of main central centrale centraal international "
    "intl terminus junction city de du la le del della and".split()
)
_CENTRAL = frozenset("main central centrale centraal".split())  # said of stations
_WORD = re.compile(r"[^\W_]+")


class Gateway(NamedTuple):
    """`code` is IATA's or the railway's, "" where there is none."""

    anchor: Anchor
    code: str


def gateways(city: City) -> tuple[Gateway, ...]:
    """Those of the city, of each kind the one that most use first.

    The table is editorial, from memory; positions are good to some 200 m.
    """
    return _all().get(city.id, ())


def gateway(words: str, city: City) -> Anchor | None:
    """The one that is meant by code, name or kind; None if it is not known.

    "CDG", "Gare du Nord", "the airport": of a kind alone the one that most use.
    """
    said = _WORD.findall(plain(words.replace("'", "").replace("’", "")))
    known = gateways(city)
    for it in known:
        if _words(it.anchor.name) == set(said):
            return it.anchor
    for it in known:
        if it.code and it.code.lower() in said:
            return it.anchor
    named = _telling(said, city)
    best = max(known, key=lambda it: _alike(it, named, city), default=None)
    if best is not None and _alike(best, named, city):
        return best.anchor
    kinds = _kinds(said, city)
    return next((it.anchor for it in known if it.anchor.kind in kinds), None)


def is_named(words: str, city: City) -> bool:
    """Whether a gateway of the city is named: by its code, or by all its words but one,
    as Roma Termini by "Termini".
    """
    said = _words(words)
    for it in gateways(city):
        own, name = _own(it, city), _in_order(it.anchor.name)
        last = [word for word in name if word in own][-1:]
        short = bool(said.intersection(last)) and len(own - said) <= 1
        if short or it.code.lower() in said or said.issuperset(name):
            return True
    return False


def names_a_kind(words: str, city: City) -> bool:
    """Whether the words name no gateway, but the kind of one: "the airport"."""
    said = _WORD.findall(plain(words))
    named = any(
        _alike(it, _telling(said, city), city)
        or _words(it.anchor.name) == set(said)
        or it.code.lower() in said
        for it in gateways(city)
    )
    return not named and bool(_kinds(said, city))


def _telling(said: list[str], city: City) -> list[str]:
    return [word for word in said if word not in _SAYS_NOTHING | _words(city.name)]


def _kinds(said: list[str], city: City) -> set[AnchorKind]:
    """Those of words that tell nothing but a kind; none of others."""
    named = _telling(said, city)
    if any(word not in _KIND_OF for word in named):
        return set()
    if not named and _CENTRAL.intersection(said):
        return {AnchorKind.STATION}
    return {_KIND_OF[word] for word in named}


def _alike(it: Gateway, named: list[str], city: City) -> int:
    """How many words of its name are said."""
    return len(_own(it, city) & set(named))


def _own(it: Gateway, city: City) -> frozenset[str]:
    """The words of its name that are not those of others, too."""
    words = _words(it.anchor.name)
    return words - _KIND_OF.keys() - _SAYS_NOTHING - _words(city.name)


def _words(name: str) -> frozenset[str]:
    return frozenset(_in_order(name))


def _in_order(name: str) -> list[str]:
    return _WORD.findall(plain(name.replace("'", "")))


@cache
def _all() -> dict[str, tuple[Gateway, ...]]:
    text = (files("itinerary_app") / "data" / "gateways.csv").read_text("utf-8")
    found: defaultdict[str, list[Gateway]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(text, newline="")):
        where = float(row["lat"]), float(row["lon"])
        anchor = Anchor(row["name"], *where, AnchorKind(row["kind"]))
        found[row["city"]].append(Gateway(anchor, row["code"]))
    return {city: tuple(rows) for city, rows in found.items()}
