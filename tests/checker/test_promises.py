"""Each rule of the checker, kept by a good plan and broken by one change of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from itinerary_app.checker import Verdict
from itinerary_app.model import (
    Access,
    Booking,
    Budget,
    Category,
    City,
    Diet,
    Interest,
    Pace,
    Part,
    Stop,
    StopKind,
)
from tests.checker.toytown import (
    ITINERARY,
    KNOWN,
    REQUEST,
    THURSDAY,
    Case,
    minutes,
    stop,
)

Change = Callable[[Case], Case]
GOOD = Case()


def test_the_good_plan_keeps_everything() -> None:
    """Whatever can be asked for was asked for, and nothing is found."""
    assert GOOD.broken() == set()
    assert set(GOOD.checks()) == {
        "real",
        "once",
        "open",
        "ways",
        "hours",
        "days",
        "meals",
        "near",
        "pauses",
        "leisure",
        "reasons",
        "company",
        "budget",
        "sites",
        "light",
        "wishes",
        "spending",
        "diets",
        "mobility",
    }


def test_what_was_not_asked_for_is_not_told() -> None:
    """Without wishes, limit, diet and mobility there are no verdicts on them."""
    plain = replace(
        REQUEST,
        avoid=(),
        must_see=(),
        excluded=(),
        locked=(),
        diets=(),
        mobility=(),
        spend_limit=None,
    )
    told = set(Case(request=plain).checks())
    assert told & {"wishes", "spending", "diets", "mobility"} == set()


def _to_book(case: Case, note: str) -> Case:
    """The museum has to be booked, and the plan has this note."""
    booked = case.stop(
        "museum",
        lambda it: it._replace(place=it.place._replace(booking=Booking.NEEDED)),
    )
    return replace(booked, itinerary=replace(booked.itinerary, notes=(note,)))


KEEPS: dict[str, Change] = {
    "without dates": lambda it: it.undated(),
    "no free time for the way is asked": lambda it: it.at("tower", "13:21", "14:15"),
    "hours asked for one day go beyond the pace": lambda it: it.at(
        "grill", "19:30", "22:30"
    ).day(1, end=minutes("22:30")),
    "hours asked for all days go beyond the pace": lambda it: it.at(
        "palace", "09:00", "10:00"
    ).asked(day_start=minutes("07:00")),
    "nightlife makes days longer": lambda it: it.at("grill", "19:30", "23:30").asked(
        interests=(Interest.NIGHTLIFE,), day_end=None
    ),
    "bars for who wants nightlife": lambda it: it.known(
        "palace", category=Category.BAR
    ).asked(interests=(Interest.NIGHTLIFE,)),
    "a bar that was asked for": lambda it: it.known(
        "museum", category=Category.BAR
    ).asked(children=2),
    "a must-see beats what is avoided": lambda it: it.asked(avoid=(Category.MUSEUM,)),
    "a must-see beats what is excluded": lambda it: it.asked(excluded=("museum",)),
    "what is locked and then excluded": lambda it: it.asked(
        locked=("theatre",), excluded=("theatre",)
    ),
    "other currencies do not count": lambda it: it.day(
        2, stops=(*ITINERARY.days[1].stops, ride("harbour"))
    ),
    "a booking that is told": lambda it: _to_book(it, "Book ahead: Tower and Museum."),
    "hours that only tell to ask": lambda it: it.known(
        "museum", hours='Mo-Su 09:00-18:00 "on request"'
    ),
    "hours without an end": lambda it: it.known("museum", hours="09:00+"),
    "a long season, without dates": lambda it: it.undated().known(
        "museum", hours="Apr-Oct 09:00-18:00"
    ),
    "hours that nobody can read": lambda it: it.known("palace", hours="nine to five"),
    "a ride is no walk": lambda it: it.stop(
        "tower", lambda s: s._replace(travel_mode="ride", travel_minutes=15)
    ),
    "a meal near the next stop only": lambda it: it.at("bistro", "12:30", "13:15").stop(
        "bistro", lambda s: s._replace(travel_minutes=30, travel_mode="ride")
    ),
    "unknown access": lambda it: it.known("museum", wheelchair=None),
    "a little off": lambda it: it.known("tower", lat=KNOWN["tower"].lat + 0.0004),
    "an evening past midnight": lambda it: it.day(1, end=minutes("26:00")).at(
        "grill", "19:30", "26:00"
    ),
    "a free day": lambda it: it.day(2, stops=()),
    "one ticket for two": lambda it: it.known("museum", site="Fort").known(
        "palace", site="Fort", price=12.0, currency="EUR"
    ),
    "one dear dinner": lambda it: it.known("grill", level=4),
    "dear meals that were asked for": lambda it: it.asked(
        budget=Budget.LOW, must_see=("museum", "grill")
    ).known("grill", level=4),
    "a lunch at a long visit": lambda it: (
        it.at("museum", "10:00", "13:20")
        .held("museum")
        .without("bistro")
        .asked(mobility=())
    ),
    "a late dinner that was asked for": lambda it: it.asked(
        meal_times=((StopKind.DINNER, minutes("21:00")),), day_end=None
    ).at("grill", "21:00", "22:15"),
    "a lunch at a time of its own": lambda it: (
        it.asked(times=(("bistro", minutes("11:45")),))
        .known("bistro", hours=None)
        .at("museum", "09:30", "11:30")
        .at("bistro", "11:45", "12:45")
    ),
    "a stated time and length": lambda it: it.asked(
        times=(("tower", minutes("13:30")),), stays=(("tower", 45),)
    ),
    "as many as are wanted": lambda it: it.asked(
        at_most=(("restaurant", 2), ("museum", 1), ("bistro", 1))
    ),
    "a kept afternoon": lambda it: it.without("garden").day(
        2, free=(Part.AFTERNOON,), stops=it.itinerary.days[1].stops[:1]
    ),
    "a skipped meal": lambda it: it.day(2, skipped=(StopKind.DINNER,)),
    "no more of a kind than there were": lambda it: replace(
        it.asked(no_more=("museum", "garden")), before=it.itinerary
    ),
    "closed on another day": lambda it: it.known(
        "palace", hours="Mo-Th off; Fr 09:00-19:00"
    ),
}


@pytest.mark.parametrize("change", KEEPS.values(), ids=KEEPS)
def test_what_is_right_is_not_complained_about(change: Change) -> None:
    """A plan that is unusual but keeps its promises passes."""
    assert change(GOOD).broken() == set()


def test_a_view_after_sunset_is_found() -> None:
    """One that begins before it may end after it."""
    city = ITINERARY.city._replace(id="paris", lat=48.86, lon=2.35)
    paris = replace(GOOD, itinerary=replace(ITINERARY, city=city))
    dark = paris.at("tower", "22:10", "22:55")
    assert dark.words("light") == (
        "Day 1, Tower: begins at 22:10, and the sun sets at 21:53."
    )
    assert "light" not in paris.at("tower", "21:30", "22:15").broken()
    assert "light" not in dark.known("tower", hours="22:00-24:00").broken()
    own = dark.asked(times=(("tower", minutes("22:10")),))
    assert "light" not in own.broken()
    assert own.checks()["light"].remarks


def test_a_garden_in_the_dark_is_found() -> None:
    """Unless the time is the traveller's own, or it opens after sunset only."""
    city = ITINERARY.city._replace(id="paris", lat=48.86, lon=2.35)
    paris = replace(ITINERARY, city=city)
    dark = replace(GOOD, itinerary=paris).at("garden", "22:10", "23:00")
    assert "light" in dark.broken()
    assert dark.words("light") == (
        "Day 2, Garden: 22:10–23:00, but the sun is up 05:58–21:53."
    )
    own = dark.asked(times=(("garden", minutes("22:10")),))
    assert "light" not in own.broken()
    assert own.checks()["light"].remarks
    assert "light" not in dark.known("garden", hours="22:00-24:00").broken()
    assert "light" in dark.known("garden", hours="20:00-24:00").broken()


def test_a_public_holiday_that_no_hours_tell_of_is_remarked() -> None:
    """It is not counted as known to be open, and is named as what it is."""
    eve, armistice = date(2027, 11, 10), date(2027, 11, 11)
    holiday = GOOD.day(1, date=eve).day(2, date=armistice).asked(start_date=eve)
    check = holiday.checks()["open"]
    assert check.verdict is Verdict.UNKNOWN
    [remark] = [it for it in check.remarks if it.place == "Palace"]
    assert remark.words == (
        "Day 2, Palace: its hours do not tell of Thu 11 Nov, Armistice Day."
    )
    told = holiday.known("palace", hours="Mo-Su 09:00-19:00; PH 09:00-19:00")
    assert not [it for it in told.checks()["open"].remarks if it.place == "Palace"]
    closed = holiday.known("palace", hours="Mo-Su 09:00-19:00; Nov 11 off")
    assert closed.checks()["open"].verdict is Verdict.VIOLATED


def ride(name: str) -> Stop:
    return stop(name, "14:50", "15:30", way=15)._replace(travel_mode="ride")


def far(case: Case) -> Case:
    away = KNOWN["tower"]._replace(lat=10.5)
    case = case.stop("tower", lambda it: it._replace(place=away, travel_minutes=200))
    return case.known("tower", lat=10.5)


BREAKS: dict[str, tuple[str, Change]] = {
    "another time than stated": (
        "times",
        lambda it: it.asked(times=(("tower", minutes("13:45")),)),
    ),
    "another length than stated": (
        "times",
        lambda it: it.asked(stays=(("tower", 60),)),
    ),
    "a dinner at another time than stated": (
        "times",
        lambda it: it.asked(meal_times=((StopKind.DINNER, minutes("19:00")),)),
    ),
    "more of a category than wanted": (
        "limits",
        lambda it: it.asked(at_most=(("restaurant", 1),)),
    ),
    "more of an interest than wanted": (
        "limits",
        lambda it: it.asked(at_most=(("history", 2),)),
    ),
    "one of a word that is not wanted": (
        "limits",
        lambda it: it.asked(at_most=(("tower", 0),)),
    ),
    "one more of a kind": (
        "limits",
        lambda it: replace(
            it.asked(no_more=("garden",)), before=it.without("garden").itinerary
        ),
    ),
    "a stop in a free afternoon": (
        "free",
        lambda it: it.day(2, free=(Part.AFTERNOON,)),
    ),
    "a stop on a free day": ("free", lambda it: it.day(2, free=tuple(Part))),
    "a meal that the day leaves out": (
        "free",
        lambda it: it.day(2, skipped=(StopKind.LUNCH,)),
    ),
    "a meal that is never wanted": (
        "free",
        lambda it: it.asked(skipped=(StopKind.DINNER,)),
    ),
    "a late dinner and a later end": (
        "hours",
        lambda it: it.asked(
            meal_times=((StopKind.DINNER, minutes("21:00")),), day_end=None
        ).at("grill", "21:00", "22:30"),
    ),
    "unknown place": (
        "real",
        lambda it: it.stop(
            "garden", lambda s: s._replace(place=s.place._replace(id="moon"))
        ),
    ),
    "100 m off": (
        "real",
        lambda it: it.known("garden", lat=KNOWN["garden"].lat + 0.0009),
    ),
    "another city": ("real", lambda it: it.asked(city="Gotham")),
    "beyond the radius": (
        "real",
        lambda it: replace(
            it,
            itinerary=replace(
                it.itinerary, city=City("toy", "Toytown", "BE", 10.0, 20.0, 2.0)
            ),
        ),
    ),
    "twice": (
        "once",
        lambda it: it.day(2, stops=(*ITINERARY.days[1].stops, ride("tower"))),
    ),
    "too early": ("open", lambda it: it.known("museum", hours="Mo-Su 10:05-18:00")),
    "too long": ("open", lambda it: it.known("museum", hours="Mo-Su 10:00-11:55")),
    "in its break": (
        "open",
        lambda it: it.known("museum", hours="10:00-11:00,11:10-18:00"),
    ),
    "on a closed day": (
        "open",
        lambda it: it.known("museum", hours="Mo-We,Fr-Su 09:00-18:00"),
    ),
    "in a closed season": (
        "open",
        lambda it: it.known("museum", hours="Oct-Mar 09:00-18:00"),
    ),
    "on one weekday, without dates": (
        "open",
        lambda it: it.undated().known(
            "museum", hours="Mo-Su 09:00-18:00; We 13:00-18:00"
        ),
    ),
    "in winter, without dates": (
        "open",
        lambda it: it.undated().known(
            "museum", hours="Apr-Sep 09:00-18:00; Oct-Mar 11:00-16:00"
        ),
    ),
    "a Christmas market, without dates": (
        "open",
        lambda it: it.undated().known("museum", hours="Nov 20-Dec 23 09:00-18:00"),
    ),
    "a Christmas market in July": (
        "open",
        lambda it: it.known("museum", hours="Nov 20-Dec 23 09:00-18:00"),
    ),
    "one Sunday a month, without dates": (
        "open",
        lambda it: it.undated().known("museum", hours="Su[1] 09:00-18:00"),
    ),
    "after an open end of the day before": (
        "open",
        lambda it: it.known("museum", hours="We 10:00-16:00+"),
    ),
    "a booking of which nobody told": ("booking", lambda it: _to_book(it, "")),
    "another booking is told": (
        "booking",
        lambda it: _to_book(it, "Book ahead: Palace."),
    ),
    "never open": ("open", lambda it: it.undated().known("museum", hours="off")),
    "never open, with dates": ("open", lambda it: it.known("museum", hours="off")),
    "open in the evening before only": (
        "open",
        lambda it: it.known("canteen", hours="Th 20:00-26:00"),
    ),
    "a public holiday": (
        "open",
        lambda it: on(date(2026, 7, 21), it).known(
            "museum", hours="09:00-18:00; PH off"
        ),
    ),
    "overlap": (
        "ways",
        lambda it: it.at("bistro", "12:00", "13:15").at("museum", "10:00", "12:05"),
    ),
    "no time for the way": ("ways", lambda it: it.at("tower", "13:20", "14:15")),
    "wrong order": ("ways", lambda it: it.at("garden", "09:05", "09:25")),
    "ends before it begins": ("ways", lambda it: it.at("tower", "14:15", "14:10")),
    "a walk at a run": (
        "ways",
        lambda it: it.stop("tower", lambda s: s._replace(travel_minutes=2)),
    ),
    "a ride at a flight": (
        "ways",
        lambda it: it.stop(
            "grill",
            lambda s: s._replace(
                travel_mode="ride", travel_minutes=0, reason="a stone's throw"
            ),
        ),
    ),
    "before the day's hours": ("hours", lambda it: it.day(1, start=minutes("10:05"))),
    "after the day's hours": ("hours", lambda it: it.day(1, end=minutes("19:40"))),
    "before all days' hours": (
        "hours",
        lambda it: it.asked(day_start=minutes("09:35")),
    ),
    "after all days' hours": ("hours", lambda it: it.asked(day_end=minutes("19:40"))),
    "before arrival": ("hours", lambda it: it.asked(arrive=minutes("10:05"))),
    "before arrival, whatever the day's hours": (
        "hours",
        lambda it: it.asked(arrive=minutes("10:05")).day(1, start=minutes("09:00")),
    ),
    "after departure": ("hours", lambda it: it.asked(depart=minutes("14:25"))),
    "before a relaxed morning": (
        "hours",
        lambda it: it.asked(day_start=None).day(2, pace=Pace.RELAXED),
    ),
    "before a moderate morning": (
        "hours",
        lambda it: (
            it.asked(day_start=None, arrive=None)
            .at("museum", "08:55", "12:00")
            .known("museum", hours="08:00-18:00")
        ),
    ),
    "after a moderate evening": (
        "hours",
        lambda it: it.asked(day_end=None).at("grill", "19:30", "21:05"),
    ),
    "after a packed evening": (
        "hours",
        lambda it: (
            it.asked(day_end=None)
            .at("grill", "19:30", "21:35")
            .day(1, pace=Pace.PACKED)
        ),
    ),
    "after nightlife": (
        "hours",
        lambda it: it.asked(day_end=None, interests=(Interest.NIGHTLIFE,)).at(
            "grill", "19:30", "23:35"
        ),
    ),
    "a day too few": ("days", lambda it: it.with_days(it.itinerary.days[:1])),
    "a day too many": ("days", lambda it: it.asked(days=1, depart=None)),
    "days out of order": (
        "days",
        lambda it: it.undated().asked(depart=None).day(1, number=2).day(2, number=1),
    ),
    "a wrong date": ("days", lambda it: it.day(2, date=THURSDAY)),
    "no date": ("days", lambda it: it.day(2, date=None)),
    "a date that nobody told": (
        "days",
        lambda it: it.asked(start_date=None).day(2, date=None),
    ),
    "an early lunch": (
        "meals",
        lambda it: it.at("museum", "10:00", "11:30").at("bistro", "11:55", "13:00"),
    ),
    "a late lunch": (
        "meals",
        lambda it: it.at("garden", "13:45", "15:00").at("canteen", "13:31", "13:32"),
    ),
    "a lunch held by a short visit": (
        "meals",
        lambda it: it.held("museum").without("bistro").asked(mobility=()),
    ),
    "a lunch held by a visit and had besides": (
        "meals",
        lambda it: it.held("museum"),
    ),
    "a dear dinner with little money": (
        "budget",
        lambda it: it.asked(budget=Budget.LOW).known("grill", level=4),
    ),
    "two tickets of one site": (
        "spending",
        lambda it: it.known("museum", site="Fort").known(
            "palace", site="Fort", price=11.0, currency="EUR"
        ),
    ),
    "two dear meals": (
        "budget",
        lambda it: it.known("grill", level=4).known("canteen", level=4),
    ),
    "an early dinner": ("meals", lambda it: it.at("grill", "18:25", "19:25")),
    "a late dinner": (
        "meals",
        lambda it: it.at("grill", "20:01", "20:10").day(1, end=minutes("22:00")),
    ),
    "two lunches": (
        "meals",
        lambda it: (
            it.at("museum", "10:00", "11:30")
            .at("bistro", "12:00", "12:30")
            .at("tower", "12:40", "13:00")
            .stop("tower", lambda s: s._replace(kind=StopKind.LUNCH))
            .known("tower", diets=tuple(Diet))
        ),
    ),
    "a meal far off": (
        "near",
        lambda it: it.stop(
            "grill", lambda s: s._replace(travel_minutes=26, travel_mode="ride")
        ),
    ),
    "a bar for who did not ask for nightlife": (
        "company",
        lambda it: it.known("palace", category=Category.BAR),
    ),
    "a bar with children": (
        "company",
        lambda it: it.known("palace", category=Category.BAR).asked(
            interests=(Interest.NIGHTLIFE,), children=1
        ),
    ),
    "no reason": (
        "reasons",
        lambda it: it.stop("tower", lambda s: s._replace(reason=" ")),
    ),
    "a must-see is missing": (
        "wishes",
        lambda it: it.asked(must_see=("museum", "harbour")),
    ),
    "what is locked is missing": (
        "wishes",
        lambda it: it.without("garden").asked(locked=("garden",)),
    ),
    "what is excluded is there": ("wishes", lambda it: it.asked(excluded=("garden",))),
    "what is avoided is there": (
        "wishes",
        lambda it: it.asked(avoid=(Category.GARDEN,)),
    ),
    "too expensive": ("spending", lambda it: it.asked(spend_limit=11)),
    "a cent too much": ("spending", lambda it: it.known("museum", price=12.01)),
    "a diet not served": ("diets", lambda it: it.asked(diets=(Diet.KOSHER,))),
    "a diet not known to be served": ("diets", lambda it: it.known("bistro", diets=())),
    "steps": ("mobility", lambda it: it.known("tower", wheelchair=Access.NO)),
    "a long walk": (
        "mobility",
        lambda it: it.stop("tower", lambda s: s._replace(travel_minutes=21)).at(
            "tower", "13:40", "14:15"
        ),
    ),
    "a far walk": (
        "mobility",
        lambda it: it.without("bistro").stop(
            "tower", lambda s: s._replace(travel_minutes=12)
        ),
    ),
}


def on(first: date, case: Case) -> Case:
    """The same plan beginning on another date."""
    for number in (1, 2):
        case = case.day(number, date=first + timedelta(days=number - 1))
    return case.asked(start_date=first)


@pytest.mark.parametrize(("key", "change"), BREAKS.values(), ids=BREAKS)
def test_a_broken_rule_is_found(key: str, change: Change) -> None:
    """One rule is broken: that one is told, with words, and no other."""
    case = change(GOOD)
    assert case.broken() == {key}
    assert case.words(key).endswith(".")


OWN = {
    "a lunch before noon": (
        "meals",
        lambda it: it.asked(times=(("canteen", minutes("11:10")),)).at(
            "canteen", "11:10", "12:10"
        ),
        "Day 2, Canteen: lunch at 11:10, not 12:00 to 13:30, as you set it.",
    ),
    "all dinners late": (
        "meals",
        lambda it: it.asked(
            meal_times=((StopKind.DINNER, minutes("21:00")),), day_end=None
        ).at("grill", "21:00", "22:15"),
        "Day 1, Grill: dinner at 21:00, not 18:30 to 20:00, as you set it.",
    ),
    "a lunch of five minutes": (
        "meals",
        lambda it: it.asked(stays=(("canteen", 5),)).at("canteen", "12:00", "12:05"),
        "Day 2, Canteen: lunch of 5 min only, as you set it.",
    ),
    "a visit in the night": (
        "hours",
        lambda it: (
            it.asked(times=(("palace", minutes("03:00")),))
            .known("palace", hours=None)
            .at("palace", "03:00", "04:00")
            .day(2, start=minutes("03:00"))
        ),
        "Day 2, Palace: at 03:00, before 09:00, as you set it.",
    ),
    "a visit after the day": (
        "hours",
        lambda it: (
            it.asked(times=(("grill", minutes("19:30")),))
            .at("grill", "19:30", "20:45")
            .day(1, end=minutes("20:45"))
        ),
        "Day 1, Grill: until 20:45, after 20:00, as you set it.",
    ),
}


@pytest.mark.parametrize(("key", "change", "words"), OWN.values(), ids=OWN)
def test_what_the_traveller_set_otherwise_is_said(
    key: str, change: Change, words: str
) -> None:
    """It is no fault, but the promise is not called kept, and the stop is named."""
    case = change(GOOD)
    check = case.checks()[key]
    assert case.broken() <= {"light", "open"}
    assert [it.words for it in check.remarks] == [words]
    assert check.verdict is Verdict.UNKNOWN
    assert check.coverage == "1 stop as you set it"


def test_a_place_beyond_the_city_is_found_where_list_and_plan_agree() -> None:
    """55 km north is not in town, even if our own list says so."""
    assert "real" in far(GOOD).broken()
    assert "56 km from the centre of Toytown" in far(GOOD).words("real")


def test_a_season_is_a_remark_where_no_date_is_known() -> None:
    """The plan holds in its months, and they are told."""
    case = GOOD.undated().known("museum", hours="Apr-Oct 09:00-18:00")
    [remark] = case.checks()["open"].remarks
    assert "open in April, May, June, July, August, September, October only" in (
        remark.words
    )
    year = GOOD.undated().known("museum", hours="09:00-18:00; Dec 25 off")
    assert not year.checks()["open"].remarks


def test_parts_of_a_site_are_remarked_when_they_are_apart() -> None:
    """On two days, or with another visit between them; a meal may be between."""

    def remarks(*parts: str) -> list[str]:
        case = GOOD
        for part in parts:
            case = case.known(part, site="Old Castle")
        check = case.checks()["sites"]
        assert check.findings == ()
        return [it.words for it in check.remarks]

    assert remarks("museum") == remarks("museum", "tower") == []
    [words] = remarks("museum", "palace")
    assert "apart from Museum on day 1, of the same site (Old Castle)" in words
    [words] = remarks("palace", "garden", "tower")
    assert words.startswith("Day 2, Palace: apart from Tower on day 1")


def test_dinner_makes_way_for_a_show_only() -> None:
    """At 17:15 it is untimely, unless a show takes the usual time; 16:45 always is."""

    def dining(at: str, until: str, *, show: bool) -> Case:
        case = GOOD.at("grill", at, until)
        day = case.itinerary.days[0]
        seen = stop("theatre", "19:00", "20:00")
        return case.day(1, stops=(*day.stops, seen)) if show else case

    assert "dinner at 17:15" in dining("17:15", "18:30", show=False).words("meals")
    assert "meals" not in dining("17:15", "18:30", show=True).broken()
    assert "dinner at 16:45" in dining("16:45", "18:00", show=True).words("meals")
