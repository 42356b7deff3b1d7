"""Opening hours as windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from itinerary_app.catalogue.hours import known, likely, openings, unsure, windows
from itinerary_app.catalogue.osm_hours import UNKNOWN, parse
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.seasons import closed_days, season
from itinerary_app.checker.hours import Openness, is_always_open, is_open
from itinerary_app.model import Category

CATALOGUE = Catalogue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00-18:00", ((540, 1080),)),
        ("24/7", ((0, 1440),)),
        ("18:00-02:00", ((1080, 1560),)),
        ("18:00+", ()),
        ("10:00-16:00+", ((600, 960),)),
        ("Mo-Fr 09:00-17:00; Sa-Su 10:00-19:00", ((600, 1020),)),
        ("Tu-Su 10:00-13:00,15:00-18:00", ((600, 780), (900, 1080))),
        ("Apr-Sep 09:00-19:00; Oct-Mar 09:00-17:00", ((540, 1020),)),
        ("Apr-Oct 09:00-19:00", ((540, 1140),)),
        ("Fr-Sa 20:00-04:00", ((1200, 1680),)),
        ("Mo 09:00-10:00; Tu 11:00-12:00", ()),
        ("off", ()),
        ("Nov 20-Dec 23 10:00-21:00", ()),
        ("Su[1] 10:00-17:00", ()),
        ("Tu-Su 10:00-18:00; Su[1] 10:00-22:00; Dec 24 10:00-12:00", ((600, 1080),)),
    ],
)
def test_windows_hold_on_every_open_day(
    text: str, expected: tuple[tuple[int, int], ...]
) -> None:
    """The windows are those common to all open weekdays and months of its season."""
    assert windows(text, Category.MUSEUM) == expected


def test_unknown_hours_are_not_open() -> None:
    """Without hours nothing is sure; museums are likely by day, bars in the evening."""
    for category in Category:
        assert windows(None, category) == ()
    assert likely(None, Category.MUSEUM) == ((600, 1020),)
    [(opens, closes)] = likely(None, Category.BAR)
    assert opens >= 18 * 60
    assert closes <= 24 * 60
    assert likely(None, Category.SHOW) == ((19 * 60, 22 * 60 + 30),)
    assert likely(
        'Mo-Fr 10:00-12:00; Sa "ask"', Category.CHURCH, date(2027, 3, 20)
    ) == (
        (600, 720),
        (900, 1020),
    )


@pytest.mark.parametrize(
    ("category", "country", "on"),
    [
        (Category.MUSEUM, "IT", date(2027, 3, 15)),  # a Monday
        (Category.SHOPPING, "DE", date(2027, 3, 14)),  # a Sunday
        (Category.MOSQUE, "TR", date(2027, 3, 19)),  # a Friday
    ],
)
def test_on_the_usual_day_of_rest_nothing_is_likely(
    category: Category, country: str, on: date
) -> None:
    """By kind and country: shops are open on Sundays elsewhere."""
    assert likely(None, category, on, country) == ()
    assert likely(None, category, on + timedelta(2), country)
    assert likely(None, Category.SHOPPING, date(2027, 3, 14), "JP")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Apr-Oct 10:00-18:00", "April–October"),
        ("Nov 20-Dec 23 10:00-21:00", "November–December"),
        ("Oct-Mar Sa 10:00-12:00; Jul 10:00-12:00", "July and October–March"),
        ("Jan 10:00-12:00", "January"),
        ("Apr-Oct 10:00-18:00; Nov-Mar 10:00-16:00", ""),
        ("10:00-18:00; Dec 25 off", ""),
        ("2027 Mar 10:00-18:00", ""),
        (None, ""),
    ],
)
def test_the_season_is_named(text: str | None, expected: str) -> None:
    """The months in which it opens, where it does not open in all."""
    assert season(text) == expected


def test_the_sun_is_that_of_the_day() -> None:
    """Within five minutes of sunrise and sunset nothing is sure to be open."""
    light = (400, 1100)
    assert known("sunrise-sunset", date(2027, 3, 15), "", light) == ((405, 1095),)
    later = "(sunrise+01:00)-(sunset-00:30)"
    assert known(later, date(2027, 3, 15), "", light) == ((465, 1065),)


def test_a_park_that_never_closes_is_seen_by_day() -> None:
    """Open around the clock does not mean a stroll at three in the morning."""
    [(opens, closes)] = windows("24/7", Category.PARK)
    assert opens >= 6 * 60
    assert closes <= 21 * 60


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ()),
        ("Mo-Su 09:00-17:00", ()),
        ("We-Mo 09:00-18:00", ("Tuesdays",)),
        ("Tu-Fr 09:00-18:00; Sa 10:00-14:00", ("Mondays", "Sundays")),
        ("Mo-Sa 20:00-04:00", ("Sundays",)),
    ],
)
def test_closed_days_are_named(text: str | None, expected: tuple[str, ...]) -> None:
    """A weekday without any opening is named; unknown hours name none."""
    assert closed_days(text) == expected


def test_known_hours_assume_nothing() -> None:
    """The hours of a date are as known, evenings to their end, nights as they are."""
    monday = date(2027, 3, 15)
    assert known("Mo 09:00-12:00", monday) == ((540, 720),)
    assert known("Mo 20:00-02:00", monday) == ((1200, 1560),)
    assert known("Tu 09:00-12:00", monday) == ()
    assert known("24/7", monday) == ((0, 1440),)


@pytest.mark.parametrize("text", ["Mo 09:00-12:00 unknown", "sunrise-sunset"])
def test_vague_hours_are_not_known(text: str) -> None:
    """Hours that are unsure, or depend on where the sun sets, are none."""
    assert known(text, date(2027, 3, 15)) is None


VAGUE = [
    '"by appointment"',
    'Mo-Fr 10:00-17:00; "by appointment"',
    "Mo-Fr 10:00-17:00; SH Mo-Su 09:00-20:00",
    'Mo-Fr 10:00-17:00 || "ask"',
    "Mo-Su sunrise-sunset",
]


@pytest.mark.parametrize("text", VAGUE)
def test_what_tells_no_hours_is_unknown(text: str) -> None:
    """On a date and without one, to the planner and to the checker."""
    friday = date(2027, 3, 19)
    assert known(text, friday, "DE") is None
    assert openings(text, friday, "DE") == openings(text) == UNKNOWN
    assert likely(text, Category.MUSEUM, friday) == likely(None, Category.MUSEUM)
    assert closed_days(text) == ()
    assert is_open(text, friday, 660, 720, "DE") is Openness.UNKNOWN
    assert is_always_open(text, 660, 720)[0] is Openness.UNKNOWN


@pytest.mark.parametrize("read", [known, openings])
def test_a_list_of_days_may_have_spaces(read: Callable[..., object]) -> None:
    """ "Sa, Su off" closes both days, as "Sa,Su off" does."""
    text = "Mo-Fr 10:00-17:00; Sa, Su off"
    for day in range(13, 20):
        on = date(2027, 2, day)
        assert read(text, on, "DK") == read(text.replace(", ", ","), on, "DK")
    assert known(text, date(2027, 2, 13), "DK") == ()
    assert is_open(text, date(2027, 2, 13), 660, 720, "DK") is Openness.NO


HOLIDAY, BEFORE = date(2027, 5, 1), date(2027, 4, 24)  # Saturdays
OWN_RULES = [
    ("Mo-Su 10:00-18:00; PH off", (), ((600, 1080),)),
    ("Mo-Su 10:00-18:00; Jan 01,May 01,Dec 25 off", (), ((600, 1080),)),
    ("Mo-Su,PH 10:00-18:00", ((600, 1080),), ((600, 1080),)),
    ("PH,Su 10:00-12:00", ((600, 720),), ()),
    ("Mo-Sa 10:00-18:00, PH 11:00-12:00", ((660, 720),), ((600, 1080),)),
    ("Mo-Su 10:00-18:00; PH Tu-Su 10:00-17:00", ((600, 1020),), ((600, 1080),)),
    ('Mo-Su 10:00-18:00; PH "open as usual"', ((600, 1080),), ((600, 1080),)),
    ('Mo-Su 10:00-18:00; PH "open as usual"; May 01 off', (), ((600, 1080),)),
    ("Mo-Fr 10:00-18:00", (), ()),
    ("24/7", ((0, 1440),), ((0, 1440),)),
]


@pytest.mark.parametrize(("text", "holiday", "before"), OWN_RULES)
def test_a_rule_for_public_holidays_holds_on_them_only(
    text: str, holiday: tuple[tuple[int, int], ...], before: tuple[tuple[int, int], ...]
) -> None:
    """On 1 May by the rule for it, a week before as on every Saturday."""
    assert known(text, HOLIDAY, "IT") == holiday
    assert known(text, BEFORE, "IT") == before
    assert not unsure(text, HOLIDAY, "IT")


@pytest.mark.parametrize(
    "text",
    ["Mo-Su 10:00-18:00", "Mo-Su 10:00-18:00; PH Mo off", "10:00-18:00; PH -1 day off"],
)
def test_usual_hours_do_not_tell_of_a_holiday(text: str) -> None:
    """They serve to schedule a visit, and are not known to hold."""
    assert unsure(text, HOLIDAY, "IT") == "Labor Day"
    assert known(text, HOLIDAY, "IT") is None
    assert windows(text, Category.MUSEUM, HOLIDAY, "IT") == ()
    assert likely(text, Category.MUSEUM, HOLIDAY, "IT") == ((600, 1080),)
    assert known(text, BEFORE, "IT") == ((600, 1080),)
    assert unsure(text, BEFORE, "IT") == ""


def test_holidays_change_nothing_without_dates() -> None:
    """Neither the windows of a plan without dates nor the weekdays of rest."""
    text = "Mo-Su 10:00-18:00; PH Mo off; Dec 25 off"
    assert windows(text, Category.MUSEUM) == ((600, 1080),)
    assert closed_days(text) == ()


@pytest.mark.parametrize(
    "text", [text for text, _, _ in OWN_RULES] + ["Mo-Su 10:00-18:00"]
)
def test_the_checker_reads_holidays_the_same(text: str) -> None:
    """What the one knows to be open the other finds open, and no less."""
    for on in (HOLIDAY, BEFORE):
        found = known(text, on, "IT")
        for start, end in found or ():
            assert is_open(text, on, start, end, "IT") is Openness.YES
        if found is None:
            assert is_open(text, on, 660, 720, "IT") is Openness.HOLIDAY
        if found == ():
            assert is_open(text, on, 660, 720, "IT") is Openness.NO


def test_nonsense_is_refused() -> None:
    """Text that is not in the syntax is an error that quotes it."""
    with pytest.raises(ValueError, match="9 to 5"):
        parse("9 to 5")


@pytest.mark.parametrize("city", [city.name for city in CATALOGUE.cities])
def test_the_checker_reads_the_same(city: str) -> None:
    """Whatever window the planner uses without dates, the checker finds open."""
    for place in CATALOGUE.places(city):
        if place.hours:
            for window in windows(place.hours, place.category):
                assert is_always_open(place.hours, *window) == (Openness.YES, None)
