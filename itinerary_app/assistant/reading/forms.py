"""Forms: what is written as "label: value" or line by line, as a sentence says it."""

from __future__ import annotations

import re

from itinerary_app.assistant.reading.dates import MONTH
from itinerary_app.catalogue.almanac import WEEKDAYS

_STARTS = r"(?:(?<=^)|(?<=[\n;,.(*•|-])|(?<=[\n;,.(*•|-] ))"
_COUNTED = (
    r"days?|nights?|weeks?|adults?|children|child|kids?|people|persons?|travell?ers?"
    r"|guests?|pax|teens?|babies|baby|infants?|toddlers?"
)
_NUMBER = re.compile(
    rf"{_STARTS}(?:(?:number|nr|no)\.? of )?(?P<label>{_COUNTED})"
    r"[ ]?[:=][ ]*(?P<count>\d{1,3})\b(?![-–/.:]\d| ?(?:day|night|week))",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    rf"{_STARTS}(?P<label>budget|pace|diet)[ ]?[:=][ ]*(?P<value>[a-z-]+)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    rf"{_STARTS}(?:city|destination|where(?: to)?|place|duration|length(?: of stay)?"
    r"|how long|(?:travel )?dates?|when|interests?|likes|themes?|preferences?|style"
    r"|pace|diet|budget|who|party|group|trip|days|nights|adults|children|kids"
    r"|travell?ers|people)[ ]?[:=][ ]*",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?m)^(\W{0,3}[^\W\d]+(?: [^\W\d]+){0,2})[ ]?:[ ]+(?=\d)")
_LINE = re.compile(r"(?<![\s,.;:!?])[ \t]*\n+[ \t]*(?=\S)")
# "A day more in A and one less in B": one what.
_LESS = re.compile(
    r"(?P<more>\bmore )(?P<unit>days?|nights?)(?P<rest>[^.;!?]{1,40}\b)(?P<less>one|two)"
    r" (?=(?:less|fewer)\b)",
    re.IGNORECASE,
)
# How a request begins in India: "Do one thing, move the fort to day 2".
_REQUEST = re.compile(r"^\W*(?:please )?do one thing\b[\s,:;.–-]*", re.IGNORECASE)
# "In the evening around 8": the hour tells its half of the day behind it only.
_HOURS = "one two three four five six seven eight nine ten eleven".split()
_IN_THE_EVENING = re.compile(
    r"(?P<before>\b(?:\w+day |in the )?(?:afternoon|evening|night),? (?:(?:at|around|about|by|roughly|say) )*)"
    rf"(?P<hour>\d{{1,2}}|{'|'.join(_HOURS)})(?P<minute>[:.][0-5]\d)?"
    r"(?P<ish> ?-?ish\b| o'?clock\b)?(?=\s*(?:$|[,;!?)]|\.(?!\d)"
    r"|(?:and|on|in|we|i|for|to|with|by|at|from|then|but)\b))",
    re.IGNORECASE,
)
# "At the end of September", which is no day yet.
_RIMS = {"end": "late", "beginning": "early", "start": "early", "middle": "mid"}
_RIM_OF_MONTH = re.compile(
    r"(?<!\bthe )(?<!\buntil )(?<!\btill )(?<!\bby )(?<!\bbefore )(?<!\bto )"
    rf"\b(?:(?:at|around|from|towards?) )?(?:the )?(?P<rim>{'|'.join(_RIMS)})"
    rf" of (?P<month>{MONTH})(?!\s*(?:to|until|till?|through|and|or|-|–))",
    re.IGNORECASE,
)
_WEEKDAY = rf"(?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})"
_WEEKDAYS = rf"{_WEEKDAY}(?: ?[-–] ?| (?:to|till?|until|through) ){_WEEKDAY}"
_OF_NEXT_WEEK = re.compile(
    rf"\b(?P<days>{_WEEKDAYS}|{_WEEKDAY}),?(?: of)? next week\b"
    rf"|\bnext week,? (?:from )?(?P<behind>{_WEEKDAYS})\b",
    re.IGNORECASE,
)
_OF_DAY = re.compile(r"(?:(?P<day>\w+day )|in the )\w+,? (?P<at>.*)", re.IGNORECASE)
# "No keep X" is a no and a request, typed without a pause.
_NO = re.compile(
    r"^(no+|nope|nah) (?=(?:keep|leave|put|move|bring|add|swap|undo|make) )",
    re.IGNORECASE,
)
# "Must: A, B. Not: C, D": lists of what is wished, and of what is not.
_MUST = re.compile(r"(?<![\w-])must ?:\s*", re.IGNORECASE)
_DENIED = re.compile(
    r"(?<![\w-])(?:not|(?:must|want)[- ]?nots?|do ?n['’]?o?ts?|no[- ]?go(?:e?s)?"
    r"|dislikes?|avoid|skip)"
    r" ?:\s*(?P<list>[^.;!?\n]+)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:,\s*(?:and|or)\b|[,/&]|\b(?:and|or)\b)\s*", re.IGNORECASE)
# "2A 2C", "2 ad + 1 ch".
_PARTY = re.compile(
    r"\b(?P<adults>\d) ?(?:A|a|ad|pax)\b ?[+,&/]? ?(?P<children>\d) ?(?:C|c|ch|K|k)\b"
)
_SHORT = 6  # words of a line that is no running text


def plain(text: str) -> str:
    """The text without the labels of a form; its short lines have pauses between."""
    text = _NO.sub(r"\1, ", _REQUEST.sub("", text) or text)
    lines = [line for line in text.splitlines() if line.strip()]
    form = _LABEL.search(text) is not None
    text = _NUMBER.sub(lambda it: f"{it['count']} {it['label']}", text)
    text = _PARTY.sub(r"\g<adults> adults and \g<children> children", text)
    text = _AMOUNT.sub(lambda it: f"{it['value']} {it['label']}", text)
    text = _NAMED.sub(r"\1 ", _LABEL.sub("", text))
    if form or all(len(line.split()) <= _SHORT for line in lines):
        text = _LINE.sub(", ", text)
    text = _IN_THE_EVENING.sub(_of_evening, text)
    return _LESS.sub(r"\g<more>\g<unit>\g<rest>\g<less> \g<unit> ", text)


def _of_evening(said: re.Match[str]) -> str:
    """ "Evening at 20:00" for "evening at 8"; as it was if it names no such hour."""
    word = said["hour"].lower()
    hour = _HOURS.index(word) + 1 if word in _HOURS else int(word)
    at_night = "night" in said["before"].lower()
    marked = (
        said["before"].rstrip(" ,").lower().endswith(("at", "around", "about", "by"))
    )
    if not (marked or said["ish"]) or not (6 if at_night else 1) <= hour <= 11:
        return said[0]
    before = _OF_DAY.sub(r"\g<day>\g<at>", said["before"])
    return f"{before}{hour + 12}:{(said['minute'] or ':00')[1:]}"


def with_denials(text: str) -> str:
    """ "No A, no B" for "not: A, B"."""

    def denied(match: re.Match[str]) -> str:
        items = (it for it in _LISTED.split(match["list"].strip()) if it)
        return ", ".join(f"no {it}" for it in items)

    return _DENIED.sub(denied, _MUST.sub("", text))


def without_rims(text: str) -> str:
    """ "End of September" as "in late September", which is no order of anything, and
    "Thursday to Sunday next week" as "next Thursday to Sunday".
    """
    text = _OF_NEXT_WEEK.sub(lambda it: f"next {it['days'] or it['behind']}", text)
    return _RIM_OF_MONTH.sub(
        lambda it: f"in {_RIMS[it['rim'].lower()]} {it['month']}", text
    )
