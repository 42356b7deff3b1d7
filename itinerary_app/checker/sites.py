"""Whole sites: what belongs together is seen together."""

from __future__ import annotations

from itertools import pairwise

from itinerary_app.checker.subject import Subject
from itinerary_app.checker.verdicts import Check
from itinerary_app.language import _
from itinerary_app.model import Day, Stop, StopKind


def sites(plan: Subject) -> Check:
    """Only remarked: hours can part what belongs together, and so may the traveller."""
    visits = [
        (day, stop, plan.facts(stop).site)
        for day, stop in plan.stops
        if stop.kind is StopKind.VISIT
    ]
    left: dict[str, tuple[Day, Stop]] = {}
    remarks = []
    for before, now in pairwise([None, *visits]):
        assert now is not None
        day, stop, site = now
        if site is None:
            continue
        if site in left and (before is None or before[2] != site or before[0] != day):
            then, part = left[site]
            when = (
                _("on the same day")
                if then == day
                else _("on day %(number)s", number=then.number)
            )
            what = _(
                "apart from %(place)s %(when)s, of the same site (%(site)s)",
                place=part.place.name,
                when=when,
                site=site,
            )
            remarks.append(plan.found(day, stop, what))
        left[site] = day, stop
    return Check(
        "sites",
        _("Whole sites"),
        _("Parts of one site come one after the other, on one day."),
        (),
        tuple(remarks),
    )
