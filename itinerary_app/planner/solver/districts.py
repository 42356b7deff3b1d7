"""Districts: which day each visit belongs to, so that what is near shares a day.

Visits change places with those of other days, and with those of none, by what counts
without a timetable: worth, nearness and time in all. The search makes days of it.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from itinerary_app.model import Place, StopKind
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import Choice, Option
from itinerary_app.planner.day.timetable import Route
from itinerary_app.planner.solver.nearness import NEIGHBOURS
from itinerary_app.planner.solver.repair import is_great
from itinerary_app.planner.solver.routes import TRAVEL_COST

# Minutes that two near visits are worth on one day, and as bad as on two.
TOGETHER, APART = 100, 650
PARTS = 5  # as many near visits are worth two parts of one site
MOST_STEPS = 300
TIMES, ROUNDS = 2, 10  # that two days are put together anew: each pair, and in all
SEED = 1
KEPT = 5_000  # minutes that it is worth more to keep what must stay in
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
    keep = [it[0].place.id in must or is_great(Choice(tuple(it))) for it in visits]
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


def settled(
    routes: Sequence[Route], choices: Sequence[Choice], frames: Sequence[Frame]
) -> list[Frame]:
    """The frames with what unused choices are worse by on each, as routes are now."""
    taken = {option.place.id for route in routes for option in route}
    places = [it.place for it in choices if it.place.id not in taken]
    planned = [
        (day, option.place)
        for day, route in enumerate(routes)
        for option in route
        if option.kind is StopKind.VISIT
    ]
    if not places or not planned:
        return list(frames)
    near = _near(places, [place for _, place in planned], frames[0])
    days = np.array([day for day, _ in planned], dtype=np.intp)
    worse = _worse(near @ _on(days, len(frames))[:, :-1]).T.tolist()
    ids = [place.id for place in places]
    return [
        replace(it, apart={**it.apart, **dict(zip(ids, minutes, strict=True))})
        for it, minutes in zip(frames, worse, strict=True)
    ]


def _near(one: Sequence[Place], other: Sequence[Place], frame: Frame) -> Matrix:
    """How near the places are to the others, as a number of near visits."""
    near = (frame.ways.matrix(one, other) <= NEIGHBOURS).astype(float)
    sites = [np.array([it.site or it.id for it in places]) for places in (one, other)]
    near[sites[0][:, None] == sites[1]] = PARTS
    return near


def _worse(ties: Matrix) -> Matrix:
    """Minutes that visits with so many ties to each day are worse by on each day."""
    worse = APART * (ties.sum(axis=1, keepdims=True) - ties) - TOGETHER * ties
    return np.maximum(0, worse).astype(np.int64)


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


class _State(NamedTuple):
    """Where visits are (rows) by day (columns), their values there and now, and the
    minutes that days have free until each of CLOSINGS.
    """

    on: Matrix
    value: Matrix
    now: Matrix
    free: Matrix


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
        near = _near(places, places, frames[0])
        np.fill_diagonal(near, 0)
        self.near: Matrix = np.maximum(near, near.T)
        self._none = len(frames)
        self._kept = np.array(keep)
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
        """The days after exchanges and moves that gain; then, again and again, with
        two days of them put together anew.
        """
        on = _on(days, self._none)
        self._room = np.maximum(self._room, self._sums(on)[:-1])
        self._most = np.maximum(self._most, on[:, :-1].sum(axis=0))
        best = self._climbed(days)
        score = self._score(best)
        pairs = list(combinations(range(self._none), 2))
        random.Random(SEED).shuffle(pairs)  # noqa: S311  # no secret
        for pair in (pairs * TIMES)[:ROUNDS]:
            tried = self._climbed(np.where(np.isin(best, pair), self._none, best))
            if (new := self._score(tried)) > score:
                best, score = tried, new
        return best

    def _climbed(self, days: Days) -> Days:
        for _ in range(MOST_STEPS):
            state = self._state(days)
            move = self._moves(days, state)
            k, day = divmod(int(move.argmax()), self._none + 1)
            if move[k, day] >= 1:
                days[k] = day
                continue
            exchange = self._exchanges(days, state)
            i, j = divmod(int(exchange.argmax()), len(days))
            if exchange[i, j] < 1:
                break
            days[i], days[j] = days[j], days[i]
        return days

    def _score(self, days: Days) -> float:
        """Worth and nearness in all."""
        on = _on(days, self._none)[:, :-1]
        planned = days < self._none
        ties = self.near[planned][:, planned].sum() - (on * (self.near @ on)).sum()
        mates = (on * (self._bond @ on)).sum()
        worth = self._worth + KEPT * self._kept
        return float(worth[planned].sum() + mates / 2 - APART * ties / 2)

    def worse(self, days: Days) -> NDArray[np.int64]:
        """Minutes that each visit is worse by on each of the days than on its own."""
        ties = self.near @ _on(days, self._none)[:, :-1]
        worse = APART * (ties.sum(axis=1, keepdims=True) - ties) - TOGETHER * ties
        planned = np.flatnonzero(days < self._none)
        worse[planned] -= worse[planned, days[planned]][:, None]
        found: NDArray[np.int64] = np.maximum(0, worse).astype(np.int64)
        return found

    def _state(self, days: Days) -> _State:
        on = _on(days, self._none)
        ties = self.near @ on
        others = ties[:, :-1].sum(axis=1, keepdims=True) - ties
        value = self._worth[:, None] - APART * others + self._bond @ on
        value[:, -1] = 0
        free = np.full((self._none + 1, len(CLOSINGS)), np.inf)
        free[:-1] = self._room - self._sums(on)[:-1]
        return _State(on, value, value[np.arange(len(days)), days], free)

    def _moves(self, days: Days, state: _State) -> Matrix:
        """What each visit gains on each day; 0 at least, and where it may not be."""
        number = state.on.sum(axis=0)
        fits = self._may & (self._takes[:, None] <= state.free).all(axis=2)
        fits[:, :-1] &= number[:-1] < self._most
        planned = days < self._none
        fits[planned & (number[days] == 1)] = False  # no day is left empty
        return np.where(fits, state.value - state.now[:, None], 0)

    def _exchanges(self, days: Days, state: _State) -> Matrix:
        """What each exchange of two visits gains, as for `_moves`."""
        planned = days < self._none
        # On the other's day each would still count the other as a mate.
        both = planned[:, None] & planned
        one = planned[:, None] ^ planned
        mates = self._bond * (2 * both + one) + 2 * APART * self.near * both
        there = state.value[:, days]
        gain = there + there.T - state.now[:, None] - state.now - mates
        more = self._takes[:, None] - self._takes
        may = self._may[:, days] & (more <= state.free[days]).all(axis=2)
        may &= may.T & (days[:, None] != days)
        return np.where(may, gain, 0)

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
