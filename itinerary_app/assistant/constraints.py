"""What a message says of dates, hours, needs and spending, as a patch of wishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from itinerary_app.assistant import dayhours, needs, numbers, spending, stays
from itinerary_app.assistant.dayhours import Hours
from itinerary_app.assistant.needs import Needs
from itinerary_app.assistant.spending import Spending
from itinerary_app.assistant.stays import Stay
from itinerary_app.model import Itinerary, Preferences, SetHours, hhmm
from itinerary_app.text.words import counted

USUAL_START, USUAL_END = 9 * 60, 21 * 60
EARLIEST, LATEST = 5 * 60, 24 * 60
_T = TypeVar("_T", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Constraints:
    """What was told. `rest` is the text without it, as long as before.

    `days` is a length that dates tell, possible or not; `remarks` say what was not
    taken and why.
    """

    rest: str
    patch: dict[str, Any] = field(default_factory=dict)
    hours: SetHours | None = None
    days: int | None = None
    remarks: tuple[str, ...] = ()
    understood: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """In which light constraints are read."""

    told: Preferences
    today: date
    country: str  # of the city; "" while there is none
    currency: str
    itinerary: Itinerary | None


def read(text: str, situation: Situation) -> Constraints:
    """The constraints in lower-case text."""
    itinerary, told = situation.itinerary, situation.told
    money, rest = spending.read(text, situation.currency)
    us = situation.country == "US"
    stay, rest = stays.read(rest, situation.today, month_first=us)
    length = stay.days or numbers.days(rest) or told.duration_days
    planned = len(itinerary.days) if itinerary else length or 0
    hours, rest = dayhours.read(rest, planned)
    need, rest = needs.read(rest)
    noted = _Noted(situation, length)
    noted.stay(stay)
    noted.hours(hours)
    noted.needs(need)
    noted.spending(money)
    return Constraints(
        rest=rest,
        patch=noted.patch,
        hours=noted.edit,
        days=noted.days,
        remarks=tuple(noted.remarks),
        understood=rest != text or bool(noted.remarks),
    )


class _Noted:
    """Collects the patch of one message; what is known already is left out of it."""

    def __init__(self, situation: Situation, length: int | None) -> None:
        self._situation = situation
        self._told = situation.told
        self._length = length
        self.patch: dict[str, Any] = {}
        self.remarks: list[str] = []
        self.edit: SetHours | None = None
        self.days: int | None = None

    def stay(self, stay: Stay) -> None:
        if stay.fault:
            self.remarks.append(stay.fault)
        if stay.forgotten:
            self._set("start_date", None)
        start, self.days = stay.start, stay.days
        if stay.end and not stay.start:
            if self._told.start_date and stay.end >= self._told.start_date:
                self.days = (stay.end - self._told.start_date).days + 1
                return
            if self._length is None:
                self.remarks.append("Tell me your first day too, and I have the dates.")
                return
            start = stay.end - timedelta(days=self._length - 1)
            if start < self._situation.today:
                self.remarks.append(
                    f"{counted(self._length, 'day')} until then would have begun "
                    "already, so I took no date from that."
                )
                return
        if start:
            self._set("start_date", start.isoformat())

    def hours(self, hours: Hours) -> None:
        by_day = dict(hours.by_day)
        arrive, depart = hours.arrive, hours.depart
        if self._situation.itinerary is None:
            first, last = by_day.pop(1, None), by_day.pop(self._length or 0, None)
            arrive = arrive or (first[0] if first else None)
            depart = depart or (last[1] if last else None)
            if by_day:
                self.remarks.append("Hours of single days I set once there is a plan.")
        else:
            self._by_day(by_day, len(self._situation.itinerary.days))
        if hours.later_day and (plan := self._situation.itinerary):
            meant = [day for day in plan.days if day.number == hours.later_day]
            stops = meant[0].stops if meant else ()
            now = stops[0].arrive if stops else USUAL_START
            later = {hours.later_day: (_within_a_day(now + hours.later), None)}
            self._by_day(later, len(plan.days))
            hours = replace(hours, later=0)
        if hours.lands:
            self.remarks.append("I keep an hour and a half after landing.")
        if hours.flies:
            self.remarks.append("I keep three hours before take-off.")
        begin, end = self._shifted(hours)
        opens = self._told.day_start if begin is None else begin
        closes = self._told.day_end if end is None else end
        if opens is not None and closes is not None and opens >= closes:
            self.remarks.append(
                "A day can't end before it begins, so I left the hours."
            )
            begin = end = None
        for name, minutes in (
            ("arrive", arrive),
            ("depart", depart),
            ("day_start", begin),
            ("day_end", end),
        ):
            if minutes is not None:
                self._set(name, hhmm(minutes))

    def _by_day(
        self, by_day: Mapping[int, tuple[int | None, int | None]], count: int
    ) -> None:
        for day, (start, end) in by_day.items():
            if not 1 <= day <= count:
                self.remarks.append(f"Your plan has {counted(count, 'day')}.")
            elif start is not None and end is not None and start >= end:
                self.remarks.append("A day can't end before it begins.")
            elif self.edit:
                self.remarks.append(f"Tell me the hours of day {day} once more after.")
            else:
                self.edit = SetHours(day, start, end)

    def _shifted(self, hours: Hours) -> tuple[int | None, int | None]:
        """When days begin and end, "later" counted from how it is now."""
        begin, end = hours.day_start, hours.day_end
        plan = self._situation.itinerary
        stops = plan.stops if plan else ()
        if hours.later:
            first = min((stop.arrive for stop in stops), default=USUAL_START)
            now = self._told.day_start or first
            begin = _within_a_day(now + hours.later)
        if hours.longer:
            last = max((stop.leave for stop in stops), default=USUAL_END)
            now = self._told.day_end or last
            end = _within_a_day(now + hours.longer)
        return begin, end

    def needs(self, need: Needs) -> None:
        told = self._told
        self._kinds("diets", told.diets, need.diets, need.no_diets)
        self._kinds("mobility", told.mobility, need.mobility, need.no_mobility)

    def _kinds(
        self, name: str, told: Sequence[_T], new: Sequence[_T], gone: Sequence[_T]
    ) -> None:
        left = [item for item in told if item not in gone or item in new]
        now = [*left, *(item for item in new if item not in left)]
        if now != list(told):
            self._set(name, [item.value for item in now] or None)

    def spending(self, money: Spending) -> None:
        currency = self._situation.currency
        if money.unlimited:
            self._set("spend_limit", None)
        elif money.other_sum:
            self.remarks.append(
                "Of prices I know admissions only. Say for example “at most "
                f"{currency or 'EUR'} 100 for tickets”, and I keep to it."
            )
        elif limit := money.limit:
            if not currency:
                self.remarks.append(
                    "Tell me the limit for tickets again when the city is settled: I "
                    "know prices in its currency only."
                )
            elif limit.currency not in ("", currency):
                self.remarks.append(
                    f"I know prices in {currency} only and don't convert. Tell me the "
                    f"limit in {currency}."
                )
            elif limit.daily and not self._length:
                self.remarks.append(
                    "The limit for tickets is for all days together; tell me it again "
                    "when their number is settled."
                )
            else:
                days = self._length if limit.daily and self._length else 1
                self._set("spend_limit", limit.amount * days)

    def _set(self, name: str, value: Any) -> None:
        known = self._told.to_dict().get(name)
        if value != known:
            self.patch[name] = value


def _within_a_day(minutes: int) -> int:
    return min(max(EARLIEST, minutes), LATEST)
