"""A limit for admissions: a sum, its currency, and whether it is for each day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from itinerary_app.assistant.blanks import blanked

_CURRENCIES = {
    "EUR": r"€|euros?|eur",
    "GBP": r"£|pounds? sterling|gbp|quid",
    "INR": r"₹|rupees?|inr|rs\.?",
    "JPY": r"¥|yens?|jpy",
    "THB": r"฿|bahts?|thb",
    "TRY": r"₺|turkish lira|try(?= for)",
    "KRW": r"₩|won|krw",
    "USD": r"us ?\$|us dollars?|usd",
    "SGD": r"s\$|singapore dollars?|sgd",
    "HKD": r"hk\$|hong kong dollars?|hkd",
    "AUD": r"a\$|au\$|australian dollars?|aud",
    "CAD": r"c\$|canadian dollars?|cad",
    "CHF": r"chf|swiss francs?",
    "AED": r"aed|dirhams?",
    "EGP": r"egp|egyptian pounds?",
    "MXN": r"mxn",
    "BRL": r"brl|reais|r\$",
    "CZK": r"czk|kč",
    "HUF": r"huf|forints?",
    "PLN": r"pln|z[lł]oty|zł",
    "DKK": r"dkk",
    "SEK": r"sek",
    "ZAR": r"zar|rands?",
    "CNY": r"cny|rmb|yuan",
}
# Names that several countries use mean the one of the city, or else this one.
_SHARED = {
    r"\$|dollars?|bucks": "USD",
    r"pounds?": "GBP",
    r"lira": "TRY",
    r"kron(?:er|or|a)|crowns?": "DKK",
    r"pesos?": "MXN",
    r"francs?": "CHF",
}
_SHARERS = {
    "USD": ("USD", "SGD", "HKD", "AUD", "CAD", "NZD", "TWD"),
    "GBP": ("GBP", "EGP"),
    "DKK": ("DKK", "SEK", "NOK", "CZK"),
    "MXN": ("MXN", "ARS", "CLP", "COP", "PHP"),
}
_ANY = "|".join((*_CURRENCIES.values(), *_SHARED))
_WORDS = {"fifty": 50, "hundred": 100, "a hundred": 100, "two hundred": 200}
_SUM = (
    rf"(?P<before>{_ANY})? ?(?P<sum>\d{{1,3}}(?:[,.' ]\d{{3}})+(?!\d)"
    r"|\d+(?:[.,]\d{1,2})?"
    rf"|{'|'.join(sorted(_WORDS, key=len, reverse=True))})(?P<thousand>k\b)?"
    rf" ?(?P<after>(?:{_ANY})(?!\w))?"
    r"(?! ?(?:hours?|hrs|minutes|mins|days?|nights|stops|museums|sights|places|people"
    r"|km|kids|tickets?\b|[ap]m\b|%)|:\d)"
)
_MOST = (
    r"(?:at (?:the )?most|max(?:imum)?\.?(?: of)?|up to|under|below|no more than"
    r"|not more than|less than|within|not over|not exceed(?:ing)?|limit(?:ed)?"
    r"(?: of| to| is)?|cap(?:ped)?(?: of| at)?|only|stay (?:under|below|within)"
    r"|spend(?: only| about| around)?|don'?t (?:want to )?spend more than"
    r"|(?:not|n'?t) (?:to )?(?:want to |wanna )?(?:spend|pay|cost) (?:more than|over)"
    r"|budget(?: is| of|:)?)"
)
_TICKETS = (
    r"(?:tickets?|entr(?:y|ies|ance)(?: fees?| tickets?| charges?)?|admissions?"
    r"(?: fees?)?|(?:entry |entrance |admission )?fees"
    r"|museum tickets|(?<=for )(?:the )?(?:sights|attractions|sightseeing|museums)"
    r"|(?<=on )(?:the )?(?:sights|attractions|sightseeing|museums))"
)
_EACH_DAY = re.compile(r"\b(?:a|per|each|every) day\b|\bdaily\b")
_LIMIT = re.compile(
    rf"\b{_MOST}\s*(?:of |about |around )*{_SUM}[^.;!?\d]{{0,40}}?"
    rf"\b{_TICKETS}\b(?P<tail>[^.;!?,]{{0,16}})"
)
_TICKETS_FIRST = re.compile(
    rf"\b{_TICKETS}\b[^.;!?\d]{{0,40}}?\b{_MOST}\s*(?:of |about |around )*{_SUM}"
    r"(?P<tail>(?: (?:a|per|each|every|in) \w+)?)"
)
_SUM_MAX = re.compile(
    rf"\b{_TICKETS}\b:? ?{_SUM} ?(?:max(?:imum)?|at (?:the )?most|tops)\b"
)
_NONE = re.compile(
    rf"\b(?:no|forget(?: about)?|drop|remove|lift|without) (?:the |my |our |any |a )?"
    rf"(?:spend(?:ing)? |ticket |price )*limit(?: (?:on|for) {_TICKETS})?\b"
    rf"|\bspend whatever on {_TICKETS}\b"
)
_OTHER_SUM = re.compile(
    rf"\b(?:budget|spend|{_MOST})\b[^.;!?\d]{{0,20}}"
    rf"(?:(?:{_ANY}) ?\d[\d,.]*|\d[\d,.]*k? ?(?:{_ANY})(?!\w))"
    rf"|\b\d[\d,.]*k? ?(?:{_ANY}) budget\b"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """`currency` is an ISO 4217 code, "" when none was told."""

    amount: int
    currency: str
    daily: bool = False


@dataclass(frozen=True, slots=True)
class Spending:
    """A limit, that there shall be none, or a sum for something else than tickets."""

    limit: Limit | None = None
    unlimited: bool = False
    other_sum: bool = False


def read(text: str, home: str) -> tuple[Spending, str]:
    """The limit that lower-case text tells of, and the text without it.

    `home` is the currency of the city, "" while that is unknown.
    """
    if match := _NONE.search(text):
        return Spending(unlimited=True), blanked(text, *match.span())
    found = (pattern.search(text) for pattern in (_LIMIT, _TICKETS_FIRST, _SUM_MAX))
    if match := next(filter(None, found), None):
        said = match["before"] or match["after"] or ""
        limit = Limit(
            _amount(match), _currency(said, home), bool(_EACH_DAY.search(match[0]))
        )
        return Spending(limit), blanked(text, *match.span())
    return Spending(other_sum=bool(_OTHER_SUM.search(text))), text


def _amount(match: re.Match[str]) -> int:
    told = match["sum"]
    if told in _WORDS:
        return _WORDS[told]
    whole = re.sub(r"[,.' ](?=\d{3}(?!\d))", "", told)
    return int(float(whole.replace(",", "."))) * (1000 if match["thousand"] else 1)


def _currency(said: str, home: str) -> str:
    if not said:
        return ""
    for code, pattern in _CURRENCIES.items():
        if re.fullmatch(pattern, said):
            return code
    for pattern, code in _SHARED.items():
        if re.fullmatch(pattern, said):
            return home if home in _SHARERS.get(code, ()) else code
    return ""
