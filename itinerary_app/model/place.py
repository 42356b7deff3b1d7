"""Cities and their places, as facts from named sources."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from itinerary_app.language import N_, _

OWN = "own:"  # begins the id of a place that a traveller made


_LABELS = {"street_food": N_("street food")}  # of those that are no word


class Interest(StrEnum):
    FOOD = N_("food")
    CULTURE = N_("culture")
    HISTORY = N_("history")
    ART = N_("art")
    ARCHITECTURE = N_("architecture")
    RELIGION = N_("religion")
    NATURE = N_("nature")
    VIEWS = N_("views")
    SHOPPING = N_("shopping")
    NIGHTLIFE = N_("nightlife")
    FAMILY = N_("family")
    ADVENTURE = N_("adventure")


class Category(StrEnum):
    MUSEUM = N_("museum")
    GALLERY = N_("gallery")
    PALACE = N_("palace")
    FORT = N_("fort")
    TEMPLE = N_("temple")
    SHRINE = N_("shrine")
    CHURCH = N_("church")
    MOSQUE = N_("mosque")
    MONUMENT = N_("monument")
    LANDMARK = N_("landmark")
    NEIGHBOURHOOD = N_("neighbourhood")
    PARK = N_("park")
    GARDEN = N_("garden")
    ZOO = N_("zoo")
    VIEWPOINT = N_("viewpoint")
    MARKET = N_("market")
    SHOPPING = N_("shopping")
    ACTIVITY = N_("activity")
    SHOW = N_("show")
    RESTAURANT = N_("restaurant")
    CAFE = N_("cafe")
    STREET_FOOD = "street_food"
    BAR = N_("bar")

    @property
    def label(self) -> str:
        """What it is called, in the reader's language."""
        return _(_LABELS.get(self.value, self.value))


class Diet(StrEnum):
    """What someone keeps to when eating; of a place: what it is known to serve."""

    VEGETARIAN = "vegetarian"
    VEGAN = "vegan"
    HALAL = "halal"
    KOSHER = "kosher"
    GLUTEN_FREE = "gluten_free"


class Access(StrEnum):
    """Access for wheelchairs, as OpenStreetMap tells it."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


class Booking(StrEnum):
    """Whether one must, or had better, book before going."""

    NEEDED = "needed"
    ADVISED = "advised"


class City(NamedTuple):
    """A city that has places. `id` is its slug, `country` an ISO 3166 alpha-2 code;
    its places lie within `radius_km` of the centre.
    """

    id: str
    name: str
    country: str
    lat: float
    lon: float
    radius_km: float = 40.0


class Fare(NamedTuple):
    """What others than the ordinary foreign adult pay: "child", "resident", "eu"."""

    who: str
    price: float


class Way(StrEnum):
    """How one comes to a place where the streets of the city do not lead."""

    FERRY = "ferry"
    TRAIN = "train"
    BUS = "bus"
    ROAD = "road"
    CLIMB = "climb"  # on foot, up from where the streets end
    WALK = "walk"  # through the place, to another end of it


class Approach(NamedTuple):
    """How one comes to a place, and away, where a street's length does not tell.

    From `start`, a pier or a station, it takes `minutes` more; back as long, except
    from a climb. `end` is where one comes out of it. None is the place itself; points
    are latitude and longitude in degrees. `words` say more ("from Pier 33"). An
    `outing` is out of town, for a day of its own.
    """

    way: Way
    minutes: int = 0
    start: tuple[float, float] | None = None
    end: tuple[float, float] | None = None
    words: str | None = None
    outing: bool = False


class Place(NamedTuple):
    """A real place, from a named source. None means unknown, never a guess.

    `hours` is in the OpenStreetMap opening_hours syntax; `price` is the ordinary
    adult admission in `currency` (0 = free); `importance` runs from 1 to 5 (a sight
    that a first visit should not miss). `local_name` is how signs there write it,
    `minutes` its own usual visit length where that differs from its category's,
    `diets` what a place to eat is known to serve, () is unknown.

    Of a place to eat or drink, `level` is what it costs, from 1 (cheap) to 4, and
    `cuisine` what it cooks, in OpenStreetMap's words. Places of one `site`, by its
    name, are seen together with one ticket: each has its price. `price_year` says when
    price and fares were so. `approach` is for what streets alone do not reach.
    """

    id: str
    name: str
    lat: float
    lon: float
    category: Category
    interests: tuple[Interest, ...]
    importance: int
    hours: str | None
    price: float | None
    currency: str | None
    source: str
    source_id: str
    licence: str
    local_name: str | None = None
    minutes: int | None = None
    diets: tuple[Diet, ...] = ()
    wheelchair: Access | None = None
    level: int | None = None
    cuisine: tuple[str, ...] = ()
    booking: Booking | None = None
    site: str | None = None
    fares: tuple[Fare, ...] = ()
    price_year: int | None = None
    approach: Approach | None = None

    @property
    def is_own(self) -> bool:
        """Whether a traveller made it, of whom all is that is known of it."""
        return self.id.startswith(OWN)

    @property
    def label(self) -> str:
        """What it is, in a word or two."""
        return _("own place") if self.is_own else self.category.label

    @property
    def is_famous(self) -> bool:
        """Whether a first visit should not miss it."""
        return self.importance == 5

    @property
    def is_outing(self) -> bool:
        return self.approach is not None and self.approach.outing

    @property
    def access(self) -> Access | None:
        """Of wheelchairs: none up a climb, unless one is known."""
        return Access.NO if self.is_up and self.wheelchair is None else self.wheelchair

    @property
    def is_up(self) -> bool:
        """Whether streets end below it."""
        return self.approach is not None and self.approach.way is Way.CLIMB

    @property
    def is_by_timetable(self) -> bool:
        """Whether one comes there by what runs on some days only."""
        way = self.approach
        return way is not None and way.way in (Way.TRAIN, Way.BUS, Way.FERRY)

    @property
    def away(self) -> int:
        """Minutes to it, and back, from where the streets of the city end."""
        way = self.approach
        return way.minutes if way and way.way not in (Way.CLIMB, Way.WALK) else 0
