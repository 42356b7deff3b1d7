"""Opening hours of our own composing, in every kind of OpenStreetMap's syntax."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

SPANS = ("10:00-18:00", "09:30-17:15", "08:00-12:00,14:00-19:00")
NIGHT = ("18:00-02:00", "22:00-26:00", "20:00-05:00")
# Rules for public holidays, each with what holds on one; {} is the weekday.
ON_HOLIDAYS = (
    ("PH off", "off"),
    ("PH 11:00-15:00", "{} 11:00-15:00"),
    ("PH closed", "off"),
    ('PH "ask before you come"', '{} unknown "ask"'),
)


class Composed(NamedTuple):
    """A value; of one with a rule for public holidays also what holds on other days and
    on them, without PH, where {} stands for the weekday.
    """

    kind: str
    value: str
    usual: str = ""
    on_holidays: str = ""


def composed() -> list[Composed]:
    """All values, each once."""
    return list({it.value: it for it in _all()}.values())


def _all() -> Iterator[Composed]:
    yield from _holidays()
    for kind, values in _KINDS.items():
        for value in values:
            yield Composed(kind, value)


def _holidays() -> Iterator[Composed]:
    """PH beside usual hours, as a rule and in a list of days."""
    bases = ("Mo-Fr 10:00-18:00", "Mo-Su 09:00-17:00", "Tu-Su 10:00-13:00,15:00-18:00")
    for base, (rule, then) in product(bases, ON_HOLIDAYS):
        yield Composed("PH", f"{base}; {rule}", base, _joined(base, then))
    tails = ("off", "11:00-14:00")
    for day, base, tail in product(("Mo", "We-Fr", "Sa,Su"), bases, tails):
        here = f"{base}; {day} {tail}"
        yield Composed("PH weekday", f"{base}; PH {day} {tail}", base, here)
    for days, span in product(("Sa", "Su", "Sa,Su", "Fr-Su", "Mo"), SPANS):
        here = f"{days} {span}; {{}} {span}"
        yield Composed("PH listed", f"{days},PH {span}", f"{days} {span}", here)
        yield Composed("PH listed", f"PH,{days} {span}", f"{days} {span}", here)
    lists = ("Su,PH", "PH, Su")
    for base, span, days in product(bases, ("11:00-12:00", "off"), lists):
        usual = f"{base}; Su {span}"
        here = f"{usual}; {{}} {span}"
        yield Composed("PH listed", f"{base}; {days} {span}", usual, here)
    for base in bases:
        yield Composed(
            "PH added", f"{base}, PH 12:00-16:00", base, f"{base}, {{}} 12:00-16:00"
        )
        yield Composed(
            "PH season",
            f"Apr-Sep {base}; PH off",
            f"Apr-Sep {base}",
            "off",
        )


def _joined(base: str, then: str) -> str:
    return "off" if then == "off" else f"{base}; {then}"


_KINDS: dict[str, list[str]] = {
    "weekdays": [
        f"{days} {span}"
        for days, span in product(
            ("Mo-Su", "Mo-Fr", "Sa-Su", "Tu", "Fr-Mo", "Mo,We,Fr", ""), SPANS
        )
    ],
    "several": [
        *(
            f"{first} {one}; {second} {other}"
            for first, second in (("Mo-Fr", "Sa"), ("Tu-Su", "Th"), ("Mo-Su", "Sa-Su"))
            for one, other in (
                ("09:00-17:00", "10:00-14:00"),
                ("09:00-12:00,13:00-18:00", "08:30-11:45"),
                ("10:00-18:00", "off"),
            )
        ),
        "Mo-Fr 09:00-12:00,12:00-15:00,16:30-20:00",
        "Mo 10:00-12:00; Tu 11:00-13:00; We 12:00-14:00; Th-Su off",
        "Mo-Fr 10:00-16:00; We off; Sa 10:00-12:00",
        "Mo-Su 08:00-20:00; Mo,Th 08:00-23:00; Su 12:00-18:00",
    ],
    "comment alone": [
        f'"{words}"'
        for words in (
            "by appointment",
            "on request",
            "ask at the bar",
            "Mo-Fr 10 to 5",
            "only with a guide",
        )
    ],
    "comment": [
        value
        for words in ('"by appointment"', '"groups only; ask"', '"Mo, Tu"')
        for value in (
            f"Mo-Fr 10:00-17:00; Sa {words}",
            f"Mo-Fr 10:00-17:00 {words}",
            f"Mo-Fr 10:00-17:00 open {words}",
            f"Mo-Fr 10:00-17:00; Sa,Su 11:00-15:00 {words}",
            f"Mo-Fr 10:00-17:00; {words}",
            f"Mo-Fr 10:00-17:00, {words}",
            f"Mo-Fr 10:00-12:00 {words}; Sa 10:00-12:00",
            f"Su off {words}; Mo-Sa 09:00-18:00",
            f"Mo-Fr 10:00-17:00 unknown {words}; Sa 10:00-12:00",
        )
    ],
    "SH": [
        "Mo-Fr 10:00-18:00; SH Mo-Su 09:00-20:00",
        "Mo-Fr 10:00-18:00; SH off",
        "SH 10:00-18:00",
        "Mo-Su 10:00-18:00; SH Mo 10:00-12:00",
        "Mo-Fr 14:00-18:00; SH Mo-Fr 10:00-18:00",
        "Sa,Su,SH 10:00-17:00",
        "Mo-Fr 10:00-18:00; PH,SH off",
        "SH,PH Mo-Fr 10:00-17:00",
    ],
    "spaced list": [
        *(
            f"{base}{rule}"
            for base in ("Mo-Fr 10:00-17:00; ", "Mo-Su 09:00-18:00; ")
            for rule in (
                "Sa, Su off",
                "Sa, Su 11:00-15:00",
                "Mo, We off",
                "Mo, Tu, We 12:00-14:00",
                "Fr-Sa, Mo off",
                "We, Sa-Su off",
            )
        ),
        "Mo, Tu, We, Th, Fr 09:00-12:00; Sa 09:00-11:00",
        "Mo, We, Fr 09:00-12:00, 14:00-18:00",
        "Tu, Th 10:00-12:00; Sa, Su 10:00-16:00",
        "Mar, Apr Mo-Fr 10:00-17:00",
        "Jun, Jul, Aug 10:00-20:00",
        "Mo-Fr 10:00-12:00, 13:00-17:00",
    ],
    "n-th": [
        *(
            f"{days} {span}"
            for days, span in product(
                (
                    "Su[1]",
                    "Mo[-1]",
                    "Sa[2,4]",
                    "We[1-3]",
                    "Th[5]",
                    "Mo[1],Fr[1]",
                    "Sa[1],Su[-1]",
                    "Jul Su[2]",
                ),
                SPANS[:2],
            )
        ),
        "Mo-Su 10:00-18:00; Mo[1] off",
        "Tu-Su 10:00-18:00; Su[1] 10:00-22:00",
        "Tu-Su 10:00-18:00; Tu[-1] off; Th[1] 10:00-21:00",
        "Su[1] +1 day 10:00-17:00",
        "Su[-1] -2 days 10:00-17:00",
    ],
    "season": [
        *(
            f"{when} {span}"
            for when, span in product(
                (
                    "Apr",
                    "Dec",
                    "Apr-Jun",
                    "Nov-Feb",
                    "Nov 20-Dec 23",
                    "May 01-May 31",
                    "Mar,Sep",
                    "Jul 15-Aug 15 Mo-Fr",
                    "Dec 24",
                    "Jan 01,May 01,Dec 25",
                    "Sep Sa-Su",
                ),
                SPANS[:2],
            )
        ),
        "Apr-Sep 09:00-19:00; Oct-Mar 09:00-17:00",
        "Apr-Oct Mo-Su 10:00-18:00; Nov-Mar Sa,Su 10:00-16:00",
        "Mo-Su 10:00-18:00; Aug off",
        "Mo-Su 10:00-18:00; Dec 24 10:00-14:00; Dec 25-Dec 26 off",
        "Tu-Su 10:00-18:00; Jul-Aug 10:00-20:00",
        "Apr 01-Jun 15: Mo-Fr 10:00-18:00",
        "Mar 15-Oct 31 10:00-18:00; Nov 01-Mar 14 10:00-16:00",
        "Jun-Aug; Dec Sa 10:00-20:00",
        "Jan-Mar,Oct-Dec 10:00-16:00; Apr-Sep 10:00-18:00; Mo off",
        "Mo-Fr 10:00-18:00; Dec 31 off; Jan 01 off",
    ],
    "week": [
        f"{weeks} {span}"
        for weeks, span in product(
            (
                "week 10-20",
                "week 2-52/2",
                "week 1-53/2 Mo-Fr",
                "week 1",
                "week 13,15,52",
                "week 53",
                "week 1,52-53 Mo-Su",
                "week 30-35 We",
            ),
            SPANS[:2],
        )
    ],
    "year": [
        *(
            f"{years} {span}"
            for years, span in product(
                (
                    "2026",
                    "2027",
                    "2026-2027",
                    "2027-2035",
                    "2028+",
                    "2027 Mar-Jun",
                    "2026 Dec 01-2027 Mar 31",
                    "2020-2030/2 Mo-Fr",
                    "2027 Dec 20-2028 Jan 06",
                    "2027 May 01",
                ),
                SPANS[:2],
            )
        ),
        "Mo-Su 10:00-18:00; 2027 Mar 01-2027 Jun 30 off",
        "Mo-Su 10:00-18:00; 2027 Dec 25 off",
    ],
    "easter": [
        *(
            f"{day} {span}"
            for day in ("easter", "easter +1 day", "easter -2 days")
            for span in ("10:00-12:00", "09:30-17:15")
        ),
        "Mo-Su 10:00-18:00; easter off",
        "Mo-Su 10:00-18:00; easter -2 days off",
        "Mo-Fr 10:00-18:00; easter +1 day off",
        "Tu-Su 10:00-18:00; easter +1 day 10:00-18:00",
        "easter-Dec 31 10:00-18:00",
        "easter -2 days-easter +1 day 09:00-12:00",
        "easter +49 days 10:00-18:00",
        "Mo-Su 10:00-18:00; easter -2 days-easter +1 day off",
    ],
    "sun": [
        "sunrise-sunset",
        "Mo-Su sunrise-sunset",
        "Mo-Fr sunrise-sunset; Sa,Su 10:00-18:00",
        "dawn-dusk",
        "08:00-sunset",
        "sunrise-20:00",
        "(sunrise+01:00)-(sunset-01:00)",
        "(sunrise-00:30)-(sunset+00:30)",
        "10:00-(sunset-01:30)",
        "Apr-Sep 08:00-20:00; Oct-Mar 08:00-sunset",
        "Mo-Sa sunrise-sunset; Su off",
        "sunset-sunrise",
        "08:00-dusk",
        "(dawn+00:15)-22:00",
    ],
    "night": [
        *(f"{days} {span}" for days, span in product(("Fr-Sa", "Mo-Su", "We"), NIGHT)),
        "Fr 20:00-04:00; Sa 10:00-14:00",
        "Fr 20:00-04:00; Sa off",
        "Mo-Th 18:00-01:00; Fr,Sa 18:00-03:00; Su off",
        "Mo 22:00-26:00; Tu 10:00-12:00",
        "Mo-Su 22:00-04:00; We off",
        "Fr 20:00-04:00, Sa 10:00-14:00",
        "Th-Sa 21:00-05:00; Su 11:00-15:00",
        "Fr-Su 16:00-03:00; Mo-Th 16:00-24:00",
        "Sa 20:00-06:00; Su 08:00-12:00",
        "Mo-Fr 00:00-03:00,20:00-24:00",
        "Dec 31 20:00-06:00; Jan 01 12:00-18:00",
        "Mo-Su 12:00-15:00,18:00-01:00; Su 12:00-15:00",
        "Mo-Su 10:00-10:00",
    ],
    "open end": [
        *(
            f"{days} {span}"
            for days, span in product(
                ("Mo-Su", "Fr,Sa", ""), ("17:00+", "10:00+", "22:00+", "10:00-16:00+")
            )
        ),
        "Mo-Fr 11:00-14:00,18:00+",
        "Mo-Th 18:00-23:00; Fr,Sa 18:00+",
        "Fr 18:00+; Sa 10:00-14:00",
    ],
    "fallback": [
        'Mo-Fr 10:00-18:00 || "by appointment"',
        "Mo-Fr 10:00-18:00 || unknown",
        "Mo-Fr 10:00-18:00 || Sa 10:00-12:00",
        "Mo-Fr 10:00-18:00; PH off || unknown",
        'Apr-Sep 10:00-18:00 || "ask"',
        'Mo 10:00-12:00 || Tu 10:00-12:00 || "ask"',
        "Mo-Fr 08:00-18:00; We off || Mo-Su 09:00-10:00",
    ],
    "off": [
        "off",
        "closed",
        "Mo-Su off",
        "24/7 off",
        "Mo-Su 10:00-18:00; Mo off",
        "Mo-Su 10:00-18:00; Tu,Th closed",
        "Mo off; Tu-Su 10:00-18:00",
        "10:00-18:00; Mo-We off",
        "Mo-Su 10:00-18:00; 12:00-13:00 off",
        "Mo-Su 10:00-18:00; Th 14:00-16:00 off",
        'off "closed for works"',
        "unknown",
        "Mo-Fr off; Sa 10:00-12:00",
        "2027 Jan 01-2027 Dec 31 off",
        "Mo-Su 10:00-18:00; Jan-Feb off; Mo off",
        "Mo-Su 10:00-18:00; Dec 25 off; Jan 01 off",
    ],
    "24/7": [
        "24/7",
        "24/7 open",
        "00:00-24:00",
        "Mo-Su 00:00-24:00",
        "24/7; Mo off",
        "24/7; PH off",
        "24/7; Dec 25 off",
        '24/7 "ring the bell"',
        "24/7; Sa,Su 10:00-18:00",
        "Apr-Sep 24/7",
        "Mo-Fr",
        "Mo-Fr 24/7",
        "open",
        "Jun-Aug",
        "24/7; 02:00-04:00 off",
    ],
    "mixed": [
        "Apr-Sep Mo-Sa 09:00-19:00; Oct-Mar Mo-Sa 09:00-17:00; Su[1] 10:00-14:00",
        "Mo-Fr 08:00-16:30; Sa, Su 10:00-16:00; Dec 24-Dec 26 off; easter off",
        "Tu-Su 10:00-18:00; Th 10:00-21:00; Jan 01,Dec 25 off",
        'Mo-Fr 09:00-17:00; Sa 10:00-14:00 "ring"; Su off; Aug 01-Aug 20 off',
        "week 1-26 Mo-Fr 08:00-12:00; week 27-53 Mo-Fr 13:00-17:00",
        "2027 Mo-Fr 10:00-18:00; 2027 Aug Mo-Fr 10:00-14:00",
        "Nov 20-Dec 23 Mo-Th 11:00-20:00; Nov 20-Dec 23 Fr-Su 11:00-22:00",
        "Jun-Sep sunrise-20:00; Oct-May 09:00-17:00",
        "Mo-Sa 06:30-12:00,15:30-19:00; Su 07:00-13:00, Su 16:00-19:30",
        "Fr 22:00-05:00; Sa 23:00-06:00; Jul-Aug off",
        'Mo-Su 10:00-17:00; Mo[1] off; Dec 31 10:00-13:00 "last entry 12:00"',
        "Tu-Sa 12:00-14:30,19:00+; Su 12:00-15:00",
    ],
    "added": [
        "Mo-Fr 10:00-12:00, We 14:00-18:00",
        "Mo-Fr 10:00-12:00, Fr 14:00-22:00",
        "Mo-Su 10:00-18:00, Th 18:00-21:00",
        "Mo-Fr 08:00-12:00, Mo-We 13:00-17:00; Sa 09:00-11:00",
        "Tu-Su 10:00-18:00, Su[1] 18:00-20:00",
        "Mo-Fr 10:00-16:00, Jul-Aug 16:00-19:00",
        "Mo-Fr 10:00-16:00, Sa 10:00-12:00, Su 10:00-11:00",
        "Mo-Su 10:00-18:00, Mo off",
        "Mo-Fr 08:00-18:00, We 18:00-02:00",
        "Mo 10:00-12:00, Mo 14:00-16:00, Tu 10:00-12:00; Tu off",
        'Mo-Fr 10:00-12:00, Sa "ask"',
        "Mo-Su 10:00-18:00, Dec 24 off",
    ],
    "new year": [
        *(
            f"{when} {span}"
            for when, span in product(
                (
                    "Dec 20-Jan 06",
                    "Nov-Mar",
                    "Dec 24-Jan 01 Mo-Fr",
                    "Oct 15-Mar 15",
                    "Nov 15-Jan 10 Fr-Su",
                    "Dec-Jan",
                    "Dec 26-Jan 02",
                ),
                SPANS[:2],
            )
        ),
        "Mo-Su 10:00-18:00; Dec 24-Jan 06 off",
        "Mo-Su 10:00-18:00; Dec 20-Jan 10 12:00-16:00",
        "Mar 16-Oct 14 10:00-18:00; Oct 15-Mar 15 10:00-16:00",
        "Nov-Mar Sa,Su 10:00-16:00; Apr-Oct 10:00-18:00",
    ],
}
