"""Forms: what is written as "label: value" or line by line, as a sentence says it."""

from __future__ import annotations

import re

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
_SHORT = 6  # words of a line that is no running text


def plain(text: str) -> str:
    """The text without the labels of a form; its short lines have pauses between."""
    text = _REQUEST.sub("", text) or text
    lines = [line for line in text.splitlines() if line.strip()]
    form = _LABEL.search(text) is not None
    text = _NUMBER.sub(lambda it: f"{it['count']} {it['label']}", text)
    text = _AMOUNT.sub(lambda it: f"{it['value']} {it['label']}", text)
    text = _NAMED.sub(r"\1 ", _LABEL.sub("", text))
    if form or all(len(line.split()) <= _SHORT for line in lines):
        text = _LINE.sub(", ", text)
    return _LESS.sub(r"\g<more>\g<unit>\g<rest>\g<less> \g<unit> ", text)
