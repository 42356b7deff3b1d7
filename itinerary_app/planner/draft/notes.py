"""The honest remarks that stand below a plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from itinerary_app.catalogue import hours, seasons
from itinerary_app.catalogue.customs import tells_of_ramadan
from itinerary_app.catalogue.holidays import holiday, region, stands_still
from itinerary_app.catalogue.kinds import FOOD, needs_light
from itinerary_app.catalogue.observances import RAMADAN, is_ramadan
from itinerary_app.model import Booking, Category, Day, Mobility, Place, StopKind
from itinerary_app.planner.day import options
from itinerary_app.planner.day.frames import Frame
from itinerary_app.planner.day.options import MEALS
from itinerary_app.planner.day.pauses import lacking, pause
from itinerary_app.planner.day.spending import Purse, account
from itinerary_app.planner.draft import ends
from itinerary_app.planner.draft.brief import Brief
from itinerary_app.planner.draft.instead import instead, is_doubtful
from itinerary_app.planner.draft.leisure import free_time, leisure
from itinerary_app.planner.draft.refusals import Proof, refusal
from itinerary_app.text.words import listed, no_access

MOST_INSTEAD = 3  # places that are named
MOST_UNSURE = 3  # of those that may be closed; a question tells all
MANY_REFUSED = 8  # of more it takes too long to try all that may help each


def notes(days: Sequence[Day], brief: Brief, proves: Proof) -> tuple[str, ...]:
    """What a traveller with this plan should know. What a refusal says `proves` to
    give room when it does.
    """
    found = _Notes(days, brief)
    return (*found.of_places(), *found.of_wishes(proves))


def facts(days: Sequence[Day], brief: Brief) -> tuple[str, ...]:
    """What anybody with this plan should know, whatever was wished."""
    found = _Notes(days, brief)
    return (*found.of_places(), *found.of_breaks())


class _Notes:
    def __init__(self, days: Sequence[Day], brief: Brief) -> None:
        self._days = days
        self._brief = brief
        self._frames = [brief.frame(day, len(days)) for day in days]
        self._planned: Mapping[str, Place] = {
            stop.place.id: stop.place for day in days for stop in day.stops
        }

    def of_places(self) -> Iterator[str]:
        """What rests on the places and dates of the plan alone."""
        yield self._travel()
        if closed := self._closed():
            yield f"Check your days: {closed}."
        if limited := self._seasons():
            yield f"Open in a part of the year only: {limited}."
        yield from self._holidays()
        yield from self._ramadan()
        if unknown := self._unknown_hours():
            count = len(self._planned)
            yield (
                f"Opening hours are known for {count - unknown} of the {count} places; "
                "check the others before you go."
            )
        if others := self._surely_open():
            yield f"Known to be open instead: {others}."
        if booking := self._booking():
            yield f"Book ahead: {booking}."

    def of_breaks(self) -> Iterator[str]:
        """The long times between two stops."""
        yield from free_time(self._days, self._frames, self._brief, rims=False)

    def of_wishes(self, proves: Proof) -> Iterator[str]:
        """What rests on who travels, and how."""
        yield from self._meals()
        yield from self._access()
        yield from self._money()
        brief = self._brief
        yield from ends.beds(brief.anchors, brief.request, len(self._days))
        yield from ends.gates(brief.anchors, brief.request, brief.city)
        yield from self._left_out(proves)
        if empty := [day.number for day in self._days if not (day.stops or day.free)]:
            yield f"Nothing fits into {_days(empty)}: the time is too short."
        yield from leisure(self._days, self._frames, self._brief)
        if missing := self._unmatched():
            yield f"Nothing in our list for {self._brief.city.name} matches {missing}."

    def _travel(self) -> str:
        lengths = "visit lengths are the usual ones for each kind of place."
        if source := self._brief.ways.source:
            return f"Travel times are by {source}; {lengths}"
        return f"Travel times are estimates; {lengths}"

    def _closed(self) -> str:
        if self._brief.request.start_date:
            return ""
        remarks = [
            f"{place.name} is closed on {listed(seasons.closed_days(place.hours))}"
            for place in sorted(self._planned.values(), key=lambda it: -it.importance)
            if seasons.closed_days(place.hours)
        ]
        return "; ".join(remarks)

    def _seasons(self) -> str:
        """What is open in some months only, where nobody told when one comes."""
        if self._brief.request.start_date:
            return ""
        remarks = [
            f"{place.name}, {seasons.season(place.hours)}"
            for place in self._planned.values()
            if seasons.season(place.hours)
        ]
        return "; ".join(remarks)

    def _unknown_hours(self) -> int:
        """How many stops there are whose hours nobody told, as the checker counts."""
        return sum(
            not hours.is_known(
                stop.place.hours, frame.date, stop.arrive, stop.leave,
                frame.region, frame.light,
            )
            for day, frame in zip(self._days, self._frames, strict=True)
            for stop in day.stops
        )  # fmt: skip

    def _surely_open(self) -> str:
        """For the sights of unknown hours, what is open at that time."""
        found: dict[str, Place] = {}
        for day, frame in zip(self._days, self._frames, strict=True):
            for stop in day.stops:
                taken = {*self._planned, *(it.id for it in found.values())}
                if is_doubtful(stop, frame) and (
                    other := instead(stop, frame, self._brief, taken)
                ):
                    found[stop.place.name] = other
        told = [f"{other.name} for {name}" for name, other in found.items()]
        return "; ".join(told[:MOST_INSTEAD])

    def _booking(self) -> str:
        """What has to be booked, and what had better be."""
        needed, advised = (
            listed(it.name for it in self._planned.values() if it.booking is booking)
            for booking in (Booking.NEEDED, Booking.ADVISED)
        )
        return "; ".join(filter(None, (needed, advised and f"{advised} (advised)")))

    def _holidays(self) -> Iterator[str]:
        """The public holidays, with what nobody told of."""
        where = region(self._brief.city)
        for day in self._days:
            name = holiday(day.date, where)
            if not name or not day.stops:
                continue
            told = f"Day {day.number} is a public holiday, {name}"
            unsure = [
                stop.place.name
                for stop in day.stops
                if hours.unsure(stop.place.hours, day.date, where)
            ]
            if unsure:
                told += f": ask before you go to {_few(unsure)}"
            if stands_still(day.date, where):
                told += "; no trains run and hardly a bus, so rides take a taxi"
            yield f"{told}."

    def _ramadan(self) -> Iterator[str]:
        """On which days it is, and where one may stand before a closed door."""
        where = region(self._brief.city)
        days = [it for it in self._days if it.stops and is_ramadan(it.date, where)]
        if not days:
            return
        unsure = [
            stop.place.name
            for day, frame in zip(self._days, self._frames, strict=True)
            for stop in day.stops
            if day in days
            and (tells_of_ramadan(stop.place.hours) or stop.place.category in FOOD)
            and is_doubtful(stop, frame)
        ]
        told = (
            f"It is {RAMADAN} on {_days([it.number for it in days])}, to within a day: "
            "many places to eat open after sunset only, and sights close early"
        )
        if unsure:
            told += f". Ask before you go to {_few(unsure)}"
        yield f"{told}."

    def _meals(self) -> Iterator[str]:
        open_ = [
            (kind, day.number, pause(day, frame, kind))
            for day, frame in zip(self._days, self._frames, strict=True)
            for kind in MEALS
            if kind in lacking(day, _within_ways(frame, day))
            or kind in lacking(day, _back(frame, day))
        ]
        if not open_:
            return
        numbers = sorted({number for _, number, _ in open_})
        told = f"A meal is left open on {_days(numbers)}"
        if diets := self._brief.request.diets:
            served = listed([diet.replace("_", "-") for diet in diets])
            told += f": we know no {self._whereabouts()} that serves {served}"
        yield f"{told}."
        paused = {(kind, number) for kind, number, time in open_ if time}
        hurried = {(kind, number) for kind, number, time in open_ if not time}
        if paused:
            yield f"There is time to eat where you like {_meals_on(paused)}."
        if hurried:
            yield f"No time is left {_meals_on(hurried)}."

    def _whereabouts(self) -> str:
        """Which place one could eat at is lacking."""
        taste, city = self._brief.taste, self._brief.city
        able = any(
            it.category in FOOD and taste.can_eat_at(it) and taste.can_enter(it)
            for it in self._brief.places
        )
        return "other place near" if able else f"place in {city.name}"

    def _access(self) -> Iterator[str]:
        if Mobility.STEP_FREE not in self._brief.request.mobility:
            return
        count = len(self._planned)
        if unknown := sum(it.wheelchair is None for it in self._planned.values()):
            yield (
                f"Step-free access is unknown for {unknown} of the {count} places; ask "
                "before you go."
            )
        if up := [it.name for it in self._planned.values() if it.is_up]:
            yield f"Ask for the step-free way up to {listed(up)}."

    def _money(self) -> Iterator[str]:
        limit = self._brief.request.spend_limit
        if limit is None:
            return
        purse = Purse(self._brief.places, limit)
        total = purse.money(purse.total(self._planned.values()))
        visits = [
            stop.place
            for day in self._days
            for stop in day.stops
            if stop.kind is StopKind.VISIT
        ]
        yield account(total, purse.money(limit), visits)
        left, taste = purse.left(self._planned.values()), self._brief.taste
        dear = [
            f"{it.name} ({purse.money(purse.price(it))})"
            for it in self._brief.places
            if it.is_famous
            and purse.price(it) > left
            and it.id not in self._planned
            and it.id not in self._brief.request.must_see  # told by themselves
            and taste.wants(it)
            and taste.can_enter(it)
        ]
        if dear:
            verb = "is" if len(dear) == 1 else "are"
            yield f"{listed(dear)} {verb} left out for your limit."

    def _left_out(self, proves: Proof) -> Iterator[str]:
        """The must-sees that are missing, each with what would have to give."""
        wanted = self._brief.request.must_see
        missing = [
            place
            for place in self._brief.places
            if place.id in wanted and place.id not in self._planned
        ]
        many = len(missing) > MANY_REFUSED
        for place in missing:
            if why := self._obstacle(place):
                yield why
            else:
                days, frames = self._days, self._frames
                yield refusal(place, days, frames, self._brief, proves, many=many)

    def _obstacle(self, place: Place) -> str:
        brief = self._brief
        purse = Purse(brief.places, brief.request.spend_limit)
        left = purse.left(self._planned.values())
        if not brief.taste.can_enter(place):
            return f"{place.name} is left out: {no_access(place)}."
        eats = brief.taste.can_eat_at(place)
        if place.category is Category.RESTAURANT and not eats:
            return f"{place.name} is left out: it is not known to serve your diet."
        if not options.visits(place, 0, self._frames):
            if options.visits(place, 0, [it.unasked for it in self._frames]):
                return (
                    f"{place.name} is left out: it is not open at the time, or for as "
                    "long, as you asked for."
                )
            if not brief.request.start_date and (then := seasons.season(place.hours)):
                return (
                    f"{place.name} is left out: it is open in {then} only; tell me "
                    "your dates."
                )
            when = " on your dates" * bool(brief.request.start_date)
            return f"{place.name} is left out: it is closed{when}."
        if needs_light(place) and not any(frame.is_lit for frame in self._frames):
            return f"{place.name} is left out: you would be there in the dark."
        if (price := purse.price(place)) > left:
            return (
                f"{place.name} is left out: it costs {purse.money(price)}, and your "
                f"limit leaves {purse.money(max(0, left))}."
            )
        return ""

    def _unmatched(self) -> str:
        served = {it for place in self._brief.places for it in place.interests}
        return listed([it for it in self._brief.request.interests if it not in served])


def _within_ways(frame: Frame, day: Day) -> Frame:
    """The frame between the day's first and last way."""
    if not day.stops:
        return frame
    start = frame.begins(day.stops[0].place)
    return replace(frame, start=start, end=frame.ends(day.stops[-1].place))


def _back(frame: Frame, day: Day) -> Frame:
    """The frame from when one is back from the day's last way."""
    return replace(frame, start=frame.returning(day.stops[-1])) if day.stops else frame


def _meals_on(meals: Collection[tuple[StopKind, int]]) -> str:
    """For lunch on days 2 and 3 and for dinner on day 3."""
    days = {kind: sorted(on for it, on in meals if it is kind) for kind in MEALS}
    return listed([f"for {kind} on {_days(on)}" for kind, on in days.items() if on])


def _days(numbers: Sequence[int]) -> str:
    word = "day" if len(numbers) == 1 else "days"
    return f"{word} {listed([str(number) for number in numbers])}"


def _few(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(names) - MOST_UNSURE
    if more < 2:
        return listed(names)
    return listed([*names[:MOST_UNSURE], f"{more} more"])
