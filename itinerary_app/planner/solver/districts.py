"""Districts: which day each visit belongs to, so that what is near shares a day.

Visits change places with those of other days, and with those of none, by what counts
without a timetable: worth, nearness and time in all. The search makes days of it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from itinerary_app.model import StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice, Option
from itinerary_app.planner.day.timetable import Route
from itinerary_app.planner.solver.nearness import NEIGHBOURS
from itinerary_app.planner.solver.repair import GREAT
from itinerary_app.planner.solver.routes import TRAVEL_COST

# Minutes that two near visits are worth on one day, and as bad as on two.
TOGETHER, APART = 100, 650
PARTS = 5  # as many near visits are worth two parts of one site
MOST_STEPS = 300
ON_THE_WAY = 10  # minutes to a visit, about
# Minutes after midnight: what closes by then shares the time until then.
CLOSINGS = (17 * 60, 18 * 60, 19 * 60 + 30, 48 * 60)
EATEN = (130, 130, 130, 280)  # minutes that meals and late openings take until then

Matrix = Any  # of floats or of truths
Days = NDArray[np.intp]  # of each visit; the number of days for those of none


class Division(NamedTuple):
    """The frames with what belongs to other days, and routes in no order yet."""

    frames: Sequence[Frame]
    routes: list[Route]


def divided(
    routes: Sequence[Route],
    choices: Sequence[Choice],
    frames: Sequence[Frame],
    must: Collection[str],
) -> Division | None:
    """The days that the visits belong to; None if nothing is near anything else.

    Of what is planned, what is worth a lot or in `must` stays in.
    """
    visits = [options for it in choices if (options := _visits(it))]
    if len(frames) < 2 or len(visits) < 2:
        return None
    places = [options[0].place for options in visits]
    keep = [it[0].place.id in must or it[0].prize >= GREAT for it in visits]
    map_ = _Map(visits, keep, frames)
    if not map_.near.any():
        return None
    days = {it.place.id: day for day, route in enumerate(routes) for it in route}
    none = len(frames)
    found = map_.improved(np.array([days.get(place.id, none) for place in places]))
    worse = map_.worse(found).T.tolist()
    ids = [place.id for place in places]
    return Division(
        [
            replace(it, apart=dict(zip(ids, minutes, strict=True)))
            for it, minutes in zip(frames, worse, strict=True)
        ],
        _drafted(routes, visits, found.tolist()),
    )


def _visits(choice: Choice) -> list[Option]:
    return [option for option in choice.options if option.kind is StopKind.VISIT]


def _drafted(
    routes: Sequence[Route], visits: Sequence[Sequence[Option]], days: Sequence[int]
) -> list[Route]:
    """The routes with the visits that belong there, and with their meals."""
    taken = {option.place.id: option for route in routes for option in route}
    ids = {options[0].place.id for options in visits}
    found = [[it for it in route if it.place.id not in ids] for route in routes]
    for options, day in zip(visits, days, strict=True):
        if day < len(found):
            found[day].append(taken.get(options[0].place.id, options[0]))
    return [tuple(route) for route in found]


class _Map:
    """The visits, how near they are to each other, and what the days allow.

    A row for each visit; a column for each day, and a last one for none.
    """

    def __init__(
        self,
        visits: Sequence[Sequence[Option]],
        keep: Sequence[bool],
        frames: Sequence[Frame],
    ) -> None:
        places = [options[0].place for options in visits]
        minutes = frames[0].ways.matrix(places, places)
        sites = np.array([place.site or place.id for place in places])
        near = (minutes <= NEIGHBOURS).astype(float)
        near[sites[:, None] == sites] = PARTS
        np.fill_diagonal(near, 0)
        self.near: Matrix = np.maximum(near, near.T)
        self._none = len(frames)
        # A day's tour is about as long as each of its visits is from all the others,
        # twice, by their number.
        a_day = max(1.0, min(len(visits) / len(frames), frames[0].visits))
        self._bond: Matrix = TOGETHER * self.near - (minutes + minutes.T) / a_day
        self._worth: Matrix = np.array(
            [min(it.prize for it in options) / TRAVEL_COST for options in visits]
        )
        self._may: Matrix = np.array(
            [
                [
                    *(any(f.number in it.days for it in options) for f in frames),
                    not kept,
                ]
                for options, kept in zip(visits, keep, strict=True)
            ]
        )
        self._most: Matrix = np.array([frame.visits for frame in frames])
        self._takes: Matrix = _minutes(visits, frames[0].rest)
        self._room: Matrix = np.array(
            [
                [
                    min(closing, frame.end) - frame.start - eaten
                    for closing, eaten in zip(CLOSINGS, EATEN, strict=True)
                ]
                for frame in frames
            ]
        )

    def improved(self, days: Days) -> Days:
        """The days after exchanges and moves that gain, first of those planned."""
        on = _on(days, self._none)
        room = np.maximum(self._room, self._sums(on)[:-1])
        most = np.maximum(self._most, on[:, :-1].sum(axis=0))
        everything = False
        for _ in range(MOST_STEPS):
            exchange, move = self._gains(days, room, most)
            if not everything:
                planned = days < self._none
                exchange[~(planned[:, None] & planned)] = 0
                move[~planned] = move[:, -1] = 0
            i, j = divmod(int(exchange.argmax()), len(days))
            k, day = divmod(int(move.argmax()), self._none + 1)
            if max(exchange[i, j], move[k, day]) < 1:
                if everything:
                    break
                everything = True
            elif exchange[i, j] > move[k, day]:
                days[i], days[j] = days[j], days[i]
            else:
                days[k] = day
        return days

    def worse(self, days: Days) -> NDArray[np.int64]:
        """Minutes that each visit is worse by on each of the days than on its own."""
        ties = self.near @ _on(days, self._none)[:, :-1]
        worse = APART * (ties.sum(axis=1, keepdims=True) - ties) - TOGETHER * ties
        planned = np.flatnonzero(days < self._none)
        worse[planned] -= worse[planned, days[planned]][:, None]
        found: NDArray[np.int64] = np.maximum(0, worse).astype(np.int64)
        return found

    def _gains(self, days: Days, room: Matrix, most: Matrix) -> tuple[Matrix, Matrix]:
        """What each exchange of two visits gains, and each move to a day; 0 at least,
        and where it may not be.
        """
        on = _on(days, self._none)
        planned = days < self._none
        ties = self.near @ on
        others = ties[:, :-1].sum(axis=1, keepdims=True) - ties
        value = self._worth[:, None] - APART * others + self._bond @ on
        value[:, -1] = 0
        now = value[np.arange(len(days)), days]
        free = np.append(room - self._sums(on)[:-1], [[np.inf] * len(CLOSINGS)], axis=0)

        move = value - now[:, None]
        fits = self._may & (self._takes[:, None] <= free).all(axis=2)
        fits[:, :-1] &= on[:, :-1].sum(axis=0) < most
        fits[planned & (on.sum(axis=0)[days] == 1)] = False  # no day is left empty

        # On the other's day each would still count the other as a mate.
        both = planned[:, None] & planned
        one = planned[:, None] ^ planned
        mates = self._bond * (2 * both + one) + 2 * APART * self.near * both
        there = value[:, days]
        exchange = there + there.T - now[:, None] - now - mates
        more = self._takes[:, None] - self._takes
        may = self._may[:, days] & (more <= free[days]).all(axis=2)
        may &= may.T & (days[:, None] != days)
        return np.where(may, exchange, 0), np.where(fits, move, 0)

    def _sums(self, on: Matrix) -> Matrix:
        """The minutes that each day's visits take until each of CLOSINGS."""
        return on.T @ self._takes


def _on(days: Days, none: int) -> Matrix:
    on = np.zeros((len(days), none + 1))
    on[np.arange(len(days)), days] = 1
    return on


def _minutes(visits: Sequence[Sequence[Option]], rest: int) -> Matrix:
    """The minutes that each visit takes until each of CLOSINGS; 0 if it can wait."""
    closes = np.array([max(it.latest + it.minutes for it in own) for own in visits])
    away = np.array([2 * options[0].place.away for options in visits])
    takes = np.array([options[0].minutes for options in visits]) + away
    return (takes + rest + ON_THE_WAY)[:, None] * (closes[:, None] <= CLOSINGS)
