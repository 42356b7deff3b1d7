"""Single dates in English text, resolved against today's date."""

from __future__ import annotations

import re
from calendar import day_name
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter
from dateutil.relativedelta import TH, relativedelta

from itinerary_app.assistant.reading.feasts import FROM_EASTER, HOLIDAYS
from itinerary_app.assistant.reading.found import Found
from itinerary_app.assistant.reading.numbers import WORDS
from itinerary_app.assistant.reading.spans import MONEY
from itinerary_app.catalogue.almanac import (
    MONTHS,
    WEEKDAYS,
    month_day,
    next_nth,
    on_or_after,
)
from itinerary_app.text.dates import in_words

LAST_YEAR = 2099
MOST_DATES = 6  # of one message


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SURE = _any_of(word for word in MONTHS if word not in ("may", "mar", "march"))
# "5 Dec. to 8 Dec.": the dot of what is short; another one ends the sentence.
_DOT = (
    r"(?:(?<!january)(?<!february)(?<!march)(?<!april)(?<!may)(?<!june)(?<!july)"
    r"(?<!august)(?<!september)(?<!october)(?<!november)(?<!december)"
    r"\.(?=\s*(?:$|[-–—,;)/]|\d|(?:to|until|till?|through|and|for|in|at)\b)))?"
)
MONTH = rf"(?:{_any_of(MONTHS)})\b{_DOT}"
_NUMBER = r"(?:0?[1-9]|[12]\d|3\d)"
_NTH = rf"{_NUMBER}(?:st|nd|rd|th)?"
_YEAR = (
    r"(?:(?:,? ?|-|/)(?:of )?(?P<year>\d{4}|'\d\d|(?:next|this) year)\b"
    rf"(?!\s*(?:{MONEY}|for (?:tickets|entry))))?"
)
_SEASON = r"(?:spring|summer|autumn|fall|winter)\b"
_TO = r"(?:to|until|untill?|till?|thru|through|-|–|—|and)"
# "We may 3 …", "day 2 may be": the verb.
_NO_VERB = (
    r"(?<!\bi )(?<!\bwe )(?<!\bit )(?<!\bhe )(?<!\bshe )(?<!\bthey )(?<!\byou )"
    r"(?<!\bthat )(?<!\bwho )(?<!\bkids )(?<!\bwhich )"
)
_MAY_IS_VERB = (
    r"(?!(?<=may) (?:be|have|not|want|need|come|go|get|like|also|i|we|he|she|it|they"
    r"|seem|prefer|arrive|feel|find|take|start|do|change|include)\b)"
)
_ENDS = (
    r"(?=\s*(?:$|[.,;:!?)/–—-]|(?:to|until|till|through|for|and|in|at|we|i|with|on|by"
    r"|of|please|then|or|but|our|arriving|leaving|morning|afternoon|evening|night"
    r"|late|early|around|about|as|is|if|vegan|vegetarian|[12]\d{3})\b))"
)
_FULL_DAY = _any_of(word for word in WEEKDAYS if len(word) > 3)
_LED = (
    r"(?:from|start(?:ing|s)?|begin(?:ning|s)?|arriv(?:e|es|ing|al)|land(?:ing|s)?|"
    r"get(?:ting)? (?:in|there)|fly(?:ing)? (?:in|out|home|back)|leav(?:e|es|ing)"
    r"|depart(?:s|ing|ure)?|until|till?|through|back|com(?:e|ing)|go(?:ing)?(?: home)?"
    r"|return(?:s|ing)?|by|travel(?:l?ing)?|between|check(?:ing)?[- ]?(?:in|out)|ends?"
    r"|ending|finish(?:ing)?|be there)"
    r"(?: (?:in|there|here|home|back|again|it|early|late))?"
    r"(?: (?:on|from|by|at))?(?: the)?"
)


_IN_MONTH = re.compile(rf"\b(?:in|during) (?P<month>{MONTH}){_YEAR}")


def month_of(text: str) -> str:
    """ "In March 2027", where a text says no more than that; "" where it names none."""
    named = _IN_MONTH.search(text.lower())
    return named[0] if named else ""


def _no_date(said: str) -> str:
    """Why "in may" or "next week" leaves the days without dates, and what to say."""
    words = [it.rstrip(".,") for it in said.split()]
    month = next((it.capitalize() for it in words if it in MONTHS), "")
    named = f"{month} alone" if month else f"“{said.strip()}” alone"
    return (
        f"{named} sets no dates: name the first day when you know it, such as "
        f"“{f'4 {month}' if month else '12 April'}”."
    )


class DateReader:
    """Finds the dates of one lower-case text, behind which stands "in `month`"."""

    def __init__(
        self, today: date, *, month_first: bool = False, month: str = ""
    ) -> None:
        self._today = today
        self._named_before = month.lower()
        self._month_first = month_first

    def find(self, text: str) -> list[Found]:
        """The dates in the order of the text; a stretch of text is read once."""
        found: list[Found] = []
        whole = text
        for pattern, read in _KINDS:
            if len(found) >= MOST_DATES:
                break
            # In the text as it was before this kind.
            for match in islice(pattern.finditer(text), MOST_DATES):
                for date_ in read(self, match):
                    if date_ in found:
                        continue
                    date_ = _with_weekday(date_, text)
                    blank = " " * (date_.end - date_.start)
                    text = text[: date_.start] + blank + text[date_.end :]
                    found.append(date_)
        return _of_one_year(sorted(found, key=lambda item: item.start), whole)

    def _iso(self, match: re.Match[str]) -> Iterator[Found]:
        year, month, day = (int(part) for part in match.groups())
        yield self._told(year, month, day, match.span())

    def _numeric(self, match: re.Match[str]) -> Iterator[Found]:
        first, second = int(match["first"]), int(match["second"])
        month_first = (self._month_first and first <= 12) or second > 12
        day, month = (second, first) if month_first else (first, second)
        year = match.groupdict().get("year")
        if year is None:
            if (first, second) != (24, 7):  # "24/7"
                yield self._untold(month, day, match.span())
            return
        whole = int(year) if len(year) == 4 else 2000 + int(year)
        yield self._told(whole, month, day, match.span())

    def _range(self, match: re.Match[str]) -> Iterator[Found]:
        """Two days of one month: "24-27 december", "dec 24 to 27, 2026"."""
        yield self._of_month(match, "first", (match.start(), match.end("first")))
        yield self._of_month(match, "second", (match.start("second"), match.end()))

    def _span(self, match: re.Match[str]) -> Iterator[Found]:
        """6-9.3.2027"""
        for name in ("one", "two"):
            day, month, year = int(match[name]), int(match["month"]), int(match["year"])
            end = match.end() if name == "two" else match.end(name)
            yield self._told(year, month, day, (match.start(name), end))

    def _two_dates(self, match: re.Match[str]) -> Iterator[Found]:
        """03.04.-06.04.2027"""
        year = int(match["year"])
        for one, month in (("one", "month"), ("two", "month2")):
            end = match.start("two") if one == "one" else match.end()
            span = (match.start(one), end)
            yield self._told(year, int(match[month]), int(match[one]), span)

    def _week_on(self, match: re.Match[str]) -> Iterator[Found]:
        """A week on Tuesday; Tuesday week."""
        day = self._weekday(WEEKDAYS[match["first"]], None) + timedelta(days=7)
        yield Found(*match.span(), day)

    def _of_easter(self, match: re.Match[str]) -> Iterator[Found]:
        """Good Friday, Orthodox Easter …: so many days from Easter Sunday."""
        calendar = EASTER_ORTHODOX if match["east"] else EASTER_WESTERN
        shift = next(n for name, n in FROM_EASTER.items() if name in match["name"])
        years = [int(match["year"])] if match["year"] else range(1, 3)
        for year in years:
            whole = year if year > 3 else self._today.year + year - 1
            day = easter(whole, calendar) + timedelta(days=shift)
            if day >= self._today:
                yield Found(*match.span(), day)
                return

    def _part_of_month(self, match: re.Match[str]) -> Iterator[Found]:
        """The first week of March; the last weekend of April; early in May."""
        month = MONTHS[match["month"].rstrip(".")]
        first = on_or_after(self._today, month, 1)
        if first is None:
            return
        which = match["which"]
        if match["what"] != "week":
            saturdays = [
                day
                for n in range(31)
                if (day := first + timedelta(days=n)).month == month
                and day.weekday() == 5
            ]
            at = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}[which]
            day = saturdays[at]
        else:
            at = {"first": 0, "second": 7, "third": 14, "fourth": 21, "last": 21}[which]
            day = first + timedelta(days=at)
        yield Found(*match.span("part"), day)

    def _single(self, match: re.Match[str]) -> Iterator[Found]:
        yield self._of_month(match, "first", match.span())

    def _of_month(
        self, match: re.Match[str], name: str, span: tuple[int, int]
    ) -> Found:
        return self._day_of(match, int(re.sub(r"\D", "", match[name])), span)

    def _day_of(self, match: re.Match[str], day: int, span: tuple[int, int]) -> Found:
        month = MONTHS[match["month"].rstrip(".")]
        if match["year"] is None:
            return self._untold(month, day, span)
        return self._told(self._year(match["year"]), month, day, span)

    def _year(self, said: str) -> int:
        """2027, '27, this or next year."""
        if said.endswith("year"):
            return self._today.year + said.startswith("next")
        return 2000 + int(said[1:]) if said.startswith("'") else int(said)

    def _nths(self, match: re.Match[str]) -> Iterator[Found]:
        """Days without a month: of the one that is named elsewhere ("Rome in June, from
        the 5th"), else the next ones that come.
        """
        month = _IN_MONTH.search(match.string)
        before = month is None
        month = month or _IN_MONTH.search(self._named_before)
        for name in ("first", "second"):
            if match.groupdict().get(name):
                day = int(re.sub(r"\D", "", match[name]))
                if month:
                    yield self._day_of(month, day, match.span(name))
                    if not before:
                        yield Found(*month.span())
                elif 1 <= day <= 31:
                    found = next_nth(self._today, day)
                    yield Found(*match.span(name), found, loose=True, nth=True)

    def _weekdays(self, match: re.Match[str]) -> Iterator[Found]:
        for name in ("first", "second"):
            if word := match.groupdict().get(name):
                yield Found(
                    match.start("at" if name == "first" else name),
                    match.end(name),
                    self._weekday(WEEKDAYS[word], match.groupdict().get("which")),
                    loose=True,
                    weekday=True,
                )

    def _weekday(self, number: int, which: str | None) -> date:
        """ "Next Friday" is the one of next week, "Friday" the first that comes."""
        if which in ("next", "following"):
            monday = self._today + timedelta(days=7 - self._today.weekday())
            return monday + timedelta(days=number)
        return self._today + timedelta(days=(number - self._today.weekday()) % 7)

    def _weekend(self, match: re.Match[str]) -> Iterator[Found]:
        first = 4 if match["long"] else 5
        weekday = self._today.weekday()
        if match["which"] == "next":
            day = self._weekday(first, "next")
        elif first <= weekday:
            day = self._today
        else:
            day = self._weekday(first, None)
        yield Found(match.start("which"), match.end("which"), day)

    def _relative(self, match: re.Match[str]) -> Iterator[Found]:
        word = match["word"]
        days = 0 if word in ("today", "tonight") else 2 if " " in word else 1
        yield Found(*match.span("at"), self._today + timedelta(days=days))

    def _from_now(self, match: re.Match[str]) -> Iterator[Found]:
        """In so many weeks or days, counted from today or from a day that is named."""
        each = {"w": 7, "f": 14}.get(match["unit"][0], 1)
        start = self._today
        if word := match.groupdict().get("base"):
            start += timedelta(days=int(word == "tomorrow"))
            if word in WEEKDAYS:
                start = self._weekday(WEEKDAYS[word], None)
        days = _COUNTS.get(match["count"]) or int(match["count"])
        yield Found(*match.span("at"), start + timedelta(days=each * days))

    def _holiday(self, match: re.Match[str]) -> Iterator[Found]:
        for pattern, (month, day) in HOLIDAYS.items():
            if re.fullmatch(pattern, match["name"]):
                yield self._untold(month, day, match.span())

    def _thanksgiving(self, match: re.Match[str]) -> Iterator[Found]:
        """The fourth Thursday of November, as in the United States."""
        for year in (self._today.year, self._today.year + 1):
            day = date(year, 11, 1) + relativedelta(weekday=TH(4))
            if day >= self._today:
                yield Found(*match.span(), day, loose=True)
                return

    def _vague(self, match: re.Match[str]) -> Iterator[Found]:
        """In April; next week; this summer."""
        yield Found(*match.span(), fault=_no_date(match[0]))

    def _untold(self, month: int, day: int, span: tuple[int, int]) -> Found:
        """The next date of this month and day."""
        found = on_or_after(self._today, month, day)
        if found is None:
            return Found(*span, fault=f"There is no {month_day(month, day)}.")
        return Found(*span, found, loose=True)

    def _told(self, year: int, month: int, day: int, span: tuple[int, int]) -> Found:
        try:
            found = date(year, month, day)
        except ValueError:
            return Found(*span, fault=f"There is no {month_day(month, day)}.")
        if found < self._today:
            return Found(*span, fault=f"{in_words(found)} is past.")
        if found.year > LAST_YEAR:
            return Found(*span, fault=f"{in_words(found)} is too far ahead.")
        return Found(*span, found)


def _of_one_year(found: list[Found], text: str) -> list[Found]:
    """ "5 Dec to 8 Dec 2027": the year that is told behind is that of both."""
    made = list(found)
    for at, (one, other) in enumerate(pairwise(found)):
        joined = re.fullmatch(rf"[\s,]*{_TO}\s*(?:the )?", text[one.end : other.start])
        sure = other.day and not (other.loose or other.weekday or other.nth)
        if joined and sure and one.loose and one.day and other.day:
            first = one.day + relativedelta(year=other.day.year)
            first -= relativedelta(years=first > other.day)
            if first >= one.day:
                made[at] = replace(one, day=first, loose=False)
    return made


# "from saturday 15 may", "friday, the 7th of may": the weekday is a part of the date.
_WEEKDAY_BEFORE = re.compile(
    rf"(?P<end>[-–/&] ?|\b(?:to|until|till|and) )?"
    rf"\b(?P<name>{_any_of(WEEKDAYS)})\b\.?,?\s*(?:the |on )?\s*$"
)


def _with_weekday(found: Found, text: str) -> Found:
    """The date with the weekday that stands right before it."""
    before = None
    if not found.weekday and not found.nth:
        before = _WEEKDAY_BEFORE.search(text[max(0, found.start - 20) : found.start])
    if before is None:
        return found
    found = replace(found, start=found.start - before.end() + before.start("name"))
    said = WEEKDAYS[before["name"]]
    if found.day is None or found.day.weekday() == said or before["end"]:
        return found
    fault = f"{in_words(found.day)} is no {day_name[said]}."
    return replace(found, day=None, fault=fault)


_COUNTS = WORDS | {"a": 1, "couple": 2}
_COUNT = rf"(?P<count>\d{{1,2}}|{_any_of(list(WORDS)[1:13])}|a|couple)"
_FROM = rf"(?P<base>now|today|tomorrow|{_any_of(WEEKDAYS)})"
_Read = Callable[[DateReader, re.Match[str]], Iterator[Found]]

# What says most comes first; each takes its stretch of the text.
_KINDS: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (
        re.compile(  # "fri to sun, 6-8 nov": the dates say it all
            rf"\b(?:{_any_of(WEEKDAYS)})(?: ?[-–] ?| (?:to|until|till) )"
            rf"(?:{_any_of(WEEKDAYS)}),?(?= (?:the )?\d{{1,2}}(?:st|nd|rd|th)?"
            r"(?: ?[-–] ?| to | until )\d)"
        ),
        lambda _, match: iter([Found(*match.span())]),
    ),
    (
        re.compile(
            r"\b(?P<part>(?:the )?(?P<which>first|second|third|fourth|last) )"
            rf"(?=(?P<what>week-?end)s? (?:of|in) (?P<month>{MONTH}))"
        ),
        DateReader._part_of_month,
    ),
    (
        re.compile(
            r"\b(?P<part>(?:the )?(?P<which>first|second|third|fourth|last)"
            rf" (?P<what>week) (?:of|in) (?P<month>{MONTH}))\b"
        ),
        DateReader._part_of_month,
    ),
    (re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b"), DateReader._iso),
    (
        re.compile(
            rf"\b(?P<at>(?:a )?{_COUNT} (?:of )?(?P<unit>weeks?|fortnights?)"
            rf" from {_FROM})\b(?!,?\s*(?:the )?(?:\d|{MONTH}))"
        ),
        DateReader._from_now,
    ),
    (  # "3 days from Monday" is how long, and from when on
        re.compile(rf"\b(?P<at>{_COUNT} (?P<unit>days?) from (?P<base>now|today))\b"),
        DateReader._from_now,
    ),
    (  # "leaving in two weeks" is from home
        re.compile(
            rf"\b(?P<at>(?:(?:leav|depart)\w* )?in (?:a )?{_COUNT} (?:of )?"
            r"(?P<unit>weeks?|fortnights?)(?:'? time)?)\b(?! (?:start|begin|from|of)\w*\b)"
        ),
        DateReader._from_now,
    ),
    (
        re.compile(
            r"\b(?:be there|going|go|fly\w*|arriv\w*|start\w*|begin\w*|travel\w*"
            rf"|land\w*) (?P<at>in (?:a )?{_COUNT} (?:of )?(?P<unit>days))\b"
        ),
        DateReader._from_now,
    ),
    (
        re.compile(
            r"(?<![\d/.])(?P<one>\d{1,2})\.(?P<month>\d{1,2})\.? ?(?:[-–]|to|till"
            r"|until) ?"
            r"(?P<two>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year>\d{4})\b"
        ),
        DateReader._two_dates,
    ),
    (  # 12.04. and 15.04.
        re.compile(
            r"(?<![\d/.])(?P<first>\d{1,2})\.(?P<second>\d{1,2})\.?"
            r"(?= ?(?:and|[-–]|to|till|until) ?\d{1,2}\.\d{1,2}\.(?!\d))"
        ),
        DateReader._numeric,
    ),
    (
        re.compile(
            r"(?<=\s{3})(?: ?(?:and|[-–]|to|till|until) ?)(?P<first>\d{1,2})\."
            r"(?P<second>\d{1,2})\.(?!\d)"
        ),
        DateReader._numeric,
    ),
    (
        re.compile(rf"\b(?:(?:a )?week on (?P<first>{_any_of(WEEKDAYS)}))\b"),
        DateReader._week_on,
    ),
    (
        re.compile(
            rf"\b(?P<east>(?:greek )?orthodox |greek )?"
            rf"(?P<name>{_any_of(FROM_EASTER)})(?: day)?(?:,? (?P<year>\d{{4}}))?\b"
            r"(?! (?:break|holidays?|egg|time))"
        ),
        DateReader._of_easter,
    ),
    (
        re.compile(
            r"(?<![\d/.])(?P<one>\d{1,2})\.? ?[-–] ?(?P<two>\d{1,2})"
            r"[./](?P<month>\d{1,2})[./]"
            r"(?P<year>\d{4})\b"
        ),
        DateReader._span,
    ),
    (
        re.compile(
            r"(?<![\d/.])(?P<first>\d{1,2})(?P<by>[/.-])(?P<second>\d{1,2})(?P=by)"
            r"(?P<year>\d{4}|\d\d)\b(?![/-]\d)"
        ),
        DateReader._numeric,
    ),
    (
        re.compile(
            rf"\b(?P<first>{_NTH})\s*{_TO}\s*(?:the |(?:{_any_of(WEEKDAYS)}),?"
            rf" (?:the )?)?"
            rf"(?P<second>{_NTH})(?: of)? ?"
            rf"(?P<month>{MONTH}){_MAY_IS_VERB}{_YEAR}"
        ),
        DateReader._range,
    ),
    (
        re.compile(
            rf"\b(?P<month>{MONTH}) ?(?:the )?(?P<first>{_NTH})\s*{_TO}\s*(?:the )?"
            rf"(?P<second>{_NTH})\b(?! ?(?:of )?{MONTH})"
            rf"(?! ?[:.]\d| ?(?:am|pm|days?)\b){_YEAR}"
        ),
        DateReader._range,
    ),
    (
        re.compile(
            rf"(?<!\bday )(?<![\d:.])\b(?P<first>{_NTH})\.?(?: of)?[ -]?"
            rf"(?P<month>{MONTH}){_MAY_IS_VERB}{_YEAR}"
        ),
        DateReader._single,
    ),
    (
        re.compile(
            rf"\b(?P<month>(?:{_SURE})\b{_DOT})[ -]?(?:the )?"
            rf"(?P<first>{_NTH})\b(?![:.]\d| ?(?:am|pm|days?|nights?)\b){_YEAR}"
        ),
        DateReader._single,
    ),
    (
        re.compile(
            rf"{_NO_VERB}\b(?P<month>may|mar(?:ch)?) (?:the )?(?P<first>{_NTH})\b"
            rf"(?![:.]\d| ?(?:am|pm)\b){_ENDS}{_YEAR}"
        ),
        DateReader._single,
    ),
    (
        re.compile(
            rf"(?<![\d/])(?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})(?![\d/])"
            rf"(?=\s*{_TO}\s*\d{{1,2}}/\d{{1,2}}\b)"
        ),
        DateReader._numeric,
    ),
    (
        re.compile(
            r"(?:(?<=on )|(?<=from )|(?<=by )|(?<=to )|(?<=until )"
            r"|(?<=till )|(?<=-)|(?<=–)|(?<=- )|(?<=starting )|(?<=arriving )"
            r"|(?<=leaving )"
            r"|(?<=arrive )|(?<=leave )|(?<=– ))"
            r"(?P<first>\d{1,2})/(?P<second>\d{1,2})(?![\d/])"
        ),
        DateReader._numeric,
    ),
    (
        re.compile(
            r"\b(?P<at>(?:(?P<which>next|this|coming|following)\s+)?"
            rf"(?P<first>{_any_of(WEEKDAYS)}))\b(?: (?:morning|noon|afternoon"
            rf"|evening|night))?\s*(?:to|until|till?|thru|through|-|–|—)\s*"
            rf"(?P<second>{_any_of(WEEKDAYS)})\b"
        ),
        DateReader._weekdays,
    ),
    (
        re.compile(
            rf"\b(?P<at>(?P<which>next|this|this coming|coming|upcoming|following)\s+"
            rf"(?P<first>{_FULL_DAY}))\b"
        ),
        DateReader._weekdays,
    ),
    (  # behind a date, which is blanked by now
        re.compile(
            rf"\s{{3,}}(?:to|-|–|until|till?|through)\s+(?:(?:the )?(?:{_FULL_DAY}),? )?"
            rf"(?:the )?(?P<first>{_NUMBER}(?:st|nd|rd|th))\b"
        ),
        DateReader._nths,
    ),
    (
        re.compile(
            rf"\s{{3,}}(?:to|-|–|until|till?)\s+(?P<at>(?P<first>{_FULL_DAY}))\b"
        ),
        DateReader._weekdays,
    ),
    (
        re.compile(rf"\b{_LED}\s+(?P<at>(?P<first>{_FULL_DAY}))\b"),
        DateReader._weekdays,
    ),
    (
        re.compile(
            r"(?:^|\b(?:days?|weekend|week|trip|holiday|visit|going|travel\w*"
            r"|arriv\w*|leav\w*|land\w*|get in|fly\w*|depart\w*|start\w*)\b"
            rf"[^.;!?]{{0,30}} )on (?P<at>(?P<first>{_FULL_DAY}))\b"
            r"(?=\s*(?:$|[.,;!]|for\b|and\b|in\b))"
        ),
        DateReader._weekdays,
    ),
    (
        re.compile(rf"^\W*(?P<at>(?P<first>{_FULL_DAY}))\W*$"),
        DateReader._weekdays,
    ),
    (
        re.compile(
            r"\b(?P<which>this|next|coming|upcoming|this coming) "
            r"(?=(?P<long>long )?(?:week-?end|wkend)\b)"
        ),
        DateReader._weekend,
    ),
    (
        re.compile(
            r"\b(?P<at>(?:the )?"
            r"(?P<word>day after tomorrow|tomm?orr?ow|tmrw))\b"
        ),
        DateReader._relative,
    ),
    (
        re.compile(rf"\b{_LED}\s+(?P<at>(?P<word>today|tonight))\b"),
        DateReader._relative,
    ),
    (
        re.compile(r"(?:^|,\s*|\bfor )\W*(?P<at>(?P<word>today))\W*$"),
        DateReader._relative,
    ),
    (re.compile(rf"\b(?P<name>{'|'.join(HOLIDAYS)})\b"), DateReader._holiday),
    (re.compile(r"\bthanksgiving(?: day)?\b"), DateReader._thanksgiving),
    (
        re.compile(
            rf"\b(?:from|between) (?:the )?(?P<first>{_NUMBER}(?:st|nd|rd|th))\s*{_TO}"
            rf"\s*(?:the )?(?P<second>{_NTH})\b(?! ?(?:day|floor|century))"
        ),
        DateReader._nths,
    ),
    (
        re.compile(
            rf"\b(?:the )?(?P<first>{_NUMBER}(?:st|nd|rd|th))\s*(?:to|until|till?|-|–)"
            rf"\s*(?:the )?(?P<second>{_NUMBER}(?:st|nd|rd|th))\b"
            r"(?! ?(?:day|floor|century|of))"
        ),
        DateReader._nths,
    ),
    (
        re.compile(
            rf"\b{_LED}\s+(?P<first>{_NUMBER}(?:st|nd|rd|th))\b{_ENDS}(?! of (?!the))"
        ),
        DateReader._nths,
    ),
    (
        re.compile(
            r"(?<!weekend )(?<!week )\b(?:in|during|this|next|(?:early|late|mid|sometime)(?: in)?) (?:the )?"
            rf"(?:(?:early|late|mid)[ -])?(?:{MONTH}{_YEAR}|{_SEASON})"
            r"(?! \d(?!\d? ?(?:days?|nights?|weeks?|people|adults|of us)\b))"
            rf"|\b(?:this|next|(?:the )?(?:coming|following)) (?:week|month|year)\b"
            r"|\b(?:over|for|at|around) (?:the )?new years?\b(?! ?(?:eve|day)|['’])"
        ),
        DateReader._vague,
    ),
)
