"""Where a day begins and ends, in words, and without what is nobody else's business."""

from __future__ import annotations

from dataclasses import replace

from itinerary_app.language import _
from itinerary_app.model import AnchorKind, Base, Category, Day, Itinerary, Place
from itinerary_app.text.clock import clock
from itinerary_app.text.words import estimated

# How notes begin that name where one sleeps.
SLEEPS_AT = "Your days begin and end at"
SLEEPS_SOMEWHERE = "We do not know where"
NO_NIGHT = "No night of this plan is at"
_BESIDE = (
    "near ",
    "close to ",
    "next to ",
    "beside ",
    "opposite ",
    "by ",
    "at ",
    "in ",
)
_HOUSES = frozenset(
    "hotel hostel albergo pensione pension locanda riad ryokan residence suites inn "
    "apartments apartment b&b guesthouse airbnb street road avenue square via rue "
    "house flat".split()
)


def outward(day: Day) -> str:
    """From Trastevere at 09:10 · about 12 min walk (estimated); "" where not told."""
    if day.origin is None or day.leaves is None:
        return ""
    return _(
        "From %(place)s at %(time)s · %(way)s",
        place=day.origin.called,
        time=clock(day.leaves),
        way=estimated(day.stops[0].travel_minutes, day.stops[0].travel_mode),
    )


def homeward(day: Day) -> str:
    """Back to Trastevere · about 18 min ride (estimated) · 21:10."""
    if day.target is None or day.back is None:
        return ""
    told = {
        "place": day.target.called,
        "time": clock(day.back),
        "way": estimated(day.back_minutes, day.back_mode),
    }
    if day.target.is_base:
        return _("Back to %(place)s · %(way)s · %(time)s", **told)
    return _("To %(place)s · %(way)s · %(time)s", **told)


def beside(where: str, place: Place | None = None) -> str:
    """In Oltrarno, near Pantheon, at Hotel Artemide: where one sleeps.

    `where` are the traveller's words, or the id of the place if it is one of ours.
    """
    if place is not None:
        inside = place.category is Category.NEIGHBOURHOOD
        return f"{'in' if inside else 'near'} {place.name}"
    if where.startswith(_BESIDE):
        return where
    house = any(it.isdigit() for it in where) or _HOUSES & {*where.lower().split()}
    return f"{'at' if house else 'in'} {where}"


def sleeping(base: Base, place: Place | None = None) -> str:
    """In Florence you sleep in Oltrarno from night 2 there on.

    `place` is the base's, if it is one of ours.
    """
    told = f"In {base.city} you sleep {beside(base.where, place)}"
    if base.night < 0:
        last = "night" if base.night == -1 else f"{-base.night} nights"
        return f"{told} for the last {last}"
    if base.nights is None:
        return told if base.night == 1 else f"{told} from night {base.night} there on"
    if base.nights == 1:
        return f"{told} on night {base.night} there"
    if base.night == 1:
        return f"{told} for the first {base.nights} nights"
    return f"{told} on nights {base.night} to {base.night + base.nights - 1} there"


def without_base(plan: Itinerary) -> Itinerary:
    """The plan as others see it: where one sleeps, if that was told, is left out.

    So are the ways from there and back, which would lead to it.
    """
    return replace(
        plan,
        days=tuple(map(_without_base, plan.days)),
        notes=tuple(
            note
            for note in plan.notes
            if not any(it in note for it in (SLEEPS_AT, SLEEPS_SOMEWHERE, NO_NIGHT))
        ),
    )


def _without_base(day: Day) -> Day:
    if day.origin and day.origin.kind is AnchorKind.BASE:
        first = (it._replace(travel_minutes=0) for it in day.stops[:1])
        day = replace(day, origin=None, stops=(*first, *day.stops[1:]))
    if day.target and day.target.kind is AnchorKind.BASE:
        day = replace(day, target=None, back_minutes=0)
    return day
