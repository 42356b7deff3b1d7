"""What an hour at a place is worth, to whom: fame, time, interests and company."""

from __future__ import annotations

from itinerary_app.catalogue.kinds import EATING, VISIT_MINUTES
from itinerary_app.model import Category, Interest, Place, PlanRequest

# By importance; an ordinary sight of an ordinary length is worth about 100,000.
_IMPORTANCE = {1: 20_000, 2: 45_000, 3: 80_000, 4: 150_000, 5: 900_000}
_MOST = 940_000  # less than a meal: no sight is worth a missed one
_USUAL = 75  # minutes
_LONG = 300  # what is longer is worth no more
_LENGTH = 0.5  # the power by which worth grows with time; 1 were as much an hour
_LENGTH_WITH_CHILDREN = 1.0  # of what is for them: by the hour
_MATCHES = (0.5, 2.6, 3.1)  # by the number of matched interests, when some were told
_FOR_CHILDREN = 2.3
_NOT_FOR_CHILDREN = 0.4
_ORDINARY_WITH_CHILDREN = 0.5
_FAMOUS_WITH_CHILDREN = 0.5
_LONG_FOR_CHILDREN = frozenset(
    {
        Category.CHURCH, Category.GALLERY, Category.MOSQUE, Category.MUSEUM,
        Category.PALACE, Category.SHRINE, Category.TEMPLE,
    }
)  # fmt: skip
# For each better place of the same kind.
_VARIETY = 0.88
_VARIETY_OF_FAMOUS = 0.95
_VARIETY_FOR_CHILDREN = 0.7


def worth(place: Place, request: PlanRequest) -> int:
    """The prize of a visit; what is famous is never worth less for being short."""
    found = _IMPORTANCE[place.importance] * _length(place, request)
    found *= _interest(place, request)
    return int(min(_MOST, found * _company(place, request)))


def variety(place: Place, request: PlanRequest) -> float:
    """The factor for each better place of its kind that there is."""
    category = place.category
    if place.is_famous:
        return _VARIETY_OF_FAMOUS
    if not with_children(request):
        return _VARIETY
    if category in _LONG_FOR_CHILDREN:
        return _VARIETY_FOR_CHILDREN
    return 1.0 if category is Category.ZOO else _VARIETY


def with_children(request: PlanRequest) -> bool:
    """Whether children come along, as far as was told."""
    return bool(request.children) or Interest.FAMILY in request.interests


def goes_out(request: PlanRequest) -> bool:
    """Whether bars may come in: for those who want nightlife, without children."""
    return Interest.NIGHTLIFE in request.interests and not request.children


def is_night_out(place: Place, request: PlanRequest) -> bool:
    """Whether it is a bar or, with children, a show of the night not for them."""
    if place.category is not Category.SHOW or not request.children:
        return place.category is Category.BAR
    theirs = set(place.interests)
    return Interest.NIGHTLIFE in theirs and Interest.FAMILY not in theirs


def _length(place: Place, request: PlanRequest) -> float:
    if place.category in EATING:
        return 1.0
    is_for_them = with_children(request) and Interest.FAMILY in place.interests
    power = _LENGTH_WITH_CHILDREN if is_for_them else _LENGTH
    minutes = min(_LONG, place.minutes or VISIT_MINUTES[place.category])
    least = 1.0 if place.is_famous else 0.0
    return float(max(least, (minutes / _USUAL) ** power))


def _interest(place: Place, request: PlanRequest) -> float:
    others = [it for it in request.interests if it is not Interest.FAMILY]
    if not others:
        return 1.0
    matched = min(len(set(others) & set(place.interests)), len(_MATCHES) - 1)
    famous = place.is_famous
    return max(_MATCHES[matched], 1.0 if famous else 0.0)


def _company(place: Place, request: PlanRequest) -> float:
    if not with_children(request):
        return 1.0
    if Interest.FAMILY in place.interests:
        return _FOR_CHILDREN
    if place.is_famous:
        return _FAMOUS_WITH_CHILDREN
    bores = place.category in _LONG_FOR_CHILDREN
    return _NOT_FOR_CHILDREN if bores else _ORDINARY_WITH_CHILDREN
