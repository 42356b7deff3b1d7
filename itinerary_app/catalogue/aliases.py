"""Other names of cities and countries, as people write them."""

from __future__ import annotations

import re

# By names as `plain` gives them, which leaves letters like ø as they are.
ALIASES = {
    "athina": "Athens",
    "athinai": "Athens",
    "krung thep": "Bangkok",
    "bruxelles": "Brussels",
    "brussel": "Brussels",
    "le caire": "Cairo",
    "kaapstad": "Cape Town",
    "windy city": "Chicago",
    "kobenhavn": "Copenhagen",
    "københavn": "Copenhagen",
    "kopenhagen": "Copenhagen",
    "copenhague": "Copenhagen",
    "new delhi": "Delhi",
    "firenze": "Florence",
    "florenz": "Florence",
    "hk": "Hong Kong",
    "hongkong": "Hong Kong",
    "constantinople": "Istanbul",
    "pink city": "Jaipur",
    "cracow": "Krakow",
    "cracovia": "Krakow",
    "krakau": "Krakow",
    "kioto": "Kyoto",
    "lisboa": "Lisbon",
    "lissabon": "Lisbon",
    "londres": "London",
    "cdmx": "Mexico City",
    "ciudad de mexico": "Mexico City",
    "mexico df": "Mexico City",
    "milano": "Milan",
    "mailand": "Milan",
    "bombay": "Mumbai",
    "munchen": "Munich",
    "muenchen": "Munich",
    "nyc": "New York",
    "new york city": "New York",
    "big apple": "New York",
    "manhattan": "New York",
    "nueva york": "New York",
    "oporto": "Porto",
    "praha": "Prague",
    "praga": "Prague",
    "prag": "Prague",
    "rio": "Rio de Janeiro",
    "roma": "Rome",
    "san fran": "San Francisco",
    "sf": "San Francisco",
    "tokio": "Tokyo",
    "venezia": "Venice",
    "venedig": "Venice",
    "wien": "Vienna",
    "dc": "Washington",
    "d.c": "Washington",
    "washington dc": "Washington",
    "washington d.c": "Washington",
    "washington, dc": "Washington",
    "washington, d.c": "Washington",
}
# Of cities that have no places: names by which the world knows them now.
OTHER_NAMES = {
    "bombay": "mumbai",
    "calcutta": "kolkata",
    "madras": "chennai",
    "bangalore": "bengaluru",
    "saigon": "ho chi minh city",
    "peking": "beijing",
    "kiev": "kyiv",
    "seville": "sevilla",
    "cologne": "koln",
    "bruges": "brugge",
    "ghent": "gent",
    "lucerne": "luzern",
    "rangoon": "yangon",
    "marrakech": "marrakesh",
    "fez": "fes",
    "saragossa": "zaragoza",
    "leghorn": "livorno",
}
# Words but for their capitals, so they count as written, and behind another word.
_SHORT = {"LA": "Los Angeles", "NY": "New York"}
_SHORT |= {"US": "United States", "UK": "United Kingdom"}
_CAPITALS = re.compile(
    r"(?P<lead>^\W*|\b(?i:in|to|visit|visiting|around|explore|exploring|see|seeing|for"
    r"|the|or|and|like|love|do|make it|plan|actually|rather|no,)\s+)"
    r"(?P<short>LA|NY|US|UK|L\.A|N\.Y|U\.S|U\.K)\b\.?(?!['’-]|\.\w)"
)


def spelled_out(text: str) -> str:
    """The text with "in LA" as "in Los Angeles". What is all capitals tells nothing by
    them, unless it is nothing but the name.
    """
    if text.isupper() and len(text.split()) > 1:
        return text
    return _CAPITALS.sub(
        lambda match: match["lead"] + _SHORT[match["short"].replace(".", "")], text
    )
