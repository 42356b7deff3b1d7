"""Names of cities: covered, misspelt, uncovered, ambiguous, unknown, or mere words."""

from __future__ import annotations

import pytest

from itinerary_app.catalogue.cities import Gazetteer, Mention
from itinerary_app.model import City
from tests.assistant.labelled.messages import CATALOGUE

GAZETTEER = Gazetteer(CATALOGUE.cities)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("3 days in Jaipur", "Jaipur"),
        ("jaipur 3d", "Jaipur"),
        ("JAIPUR!!", "Jaipur"),
        ("Jaipurr please", "Jaipur"),
        ("a long weekend in singapor", "Singapore"),
        ("Bankok", "Bangkok"),
        ("istambul", "Istanbul"),
        ("İstanbul", "Istanbul"),
        ("tokio", "Tokyo"),
        ("the Pink City", "Jaipur"),
        ("kyoto's temples", "Kyoto"),
    ],
)
def test_covered_city(text: str, name: str) -> None:
    """A covered city is found by its name in any case, a nickname or with a typo."""
    city = GAZETTEER.find(text).city
    assert city is not None
    assert city.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("new delhi", "Delhi"),
        ("3 days in Bombay", "Mumbai"),
        ("CDMX", "Mexico City"),
        ("Ciudad de México", "Mexico City"),
        ("a week in rio", "Rio de Janeiro"),
        ("hk 2 days", "Hong Kong"),
        ("Oporto", "Porto"),
        ("København", "Copenhagen"),
        ("kobenhavn", "Copenhagen"),
        ("Kopenhagen", "Copenhagen"),
        ("Bruxelles", "Brussels"),
        ("brussel", "Brussels"),
        ("München", "Munich"),
        ("muenchen", "Munich"),
        ("Firenze", "Florence"),
        ("Venezia", "Venice"),
        ("milano", "Milan"),
        ("Lisboa", "Lisbon"),
        ("praha", "Prague"),
        ("Athína", "Athens"),
        ("Cracow", "Krakow"),
        ("Washington, D.C., 3 days", "Washington"),
        ("washington dc", "Washington"),
        ("D.C.", "Washington"),
        ("san fran", "San Francisco"),
        ("sf, 2 days", "San Francisco"),
        ("NYC", "New York"),
        ("3 days in LA", "Los Angeles"),
        ("3 days in L.A. for the beach", "Los Angeles"),
        ("LA", "Los Angeles"),
        ("WIEN", "Vienna"),
    ],
)
def test_other_names(text: str, name: str) -> None:
    """Cities are known by their own people's names, old names and short ones."""
    found = GAZETTEER.find(text).city
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("4 days in Porto Alegre", "Porto Alegre, Brazil"),
        ("Rio Grande", "Rio Grande, Brazil"),
    ],
)
def test_longer_name(text: str, label: str) -> None:
    """A city whose name begins like that of a covered one is itself."""
    elsewhere = GAZETTEER.find(text).elsewhere
    assert elsewhere is not None
    assert elsewhere.label == label


@pytest.mark.parametrize(
    "text",
    [
        "munching on street food",
        "we munch a lot",
        "venetian masks",
        "a new park",
        "the old parts of town",
        "ports and rivers",
        "in la",
        "à la carte, la la la",
        "do we have to go to la scala",
        "they like us",
        "I'm hungary",
        "we are hungary, food please",
        "turkey sandwiches",
        "allergic to turkey",
        "Jordan and I love food",
        "we come from Italy",
        "nice",
        "Nice!",
        "Most of all food",
        "we like reading and orange juice",
        "Same again please",
        "the male line",
        "Friday to Sunday",
        "food and culture",
        "Museum of Art",
        "I love it",
        "parks and pairs of shoes",
        "5-day trip, cheap, kids, slow mornings",
        "two weeks",
        "more relaxed on day 2",
        "",
        "🙂",
        "?!",
    ],
)
def test_words_are_no_cities(text: str) -> None:
    """Ordinary words never become cities, though cities of the name exist."""
    assert GAZETTEER.find(text) == Mention()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("4 days in Lima", "Lima, Peru"),
        ("lima", "Lima, Peru"),
        ("a weekend in Nice", "Nice, France"),
        ("visit São Paulo", "São Paulo, Brazil"),
        ("Springfield, Illinois", "Springfield, Illinois"),
        ("2 days in Melborne", "Melbourne, Australia"),
    ],
)
def test_uncovered_city(text: str, label: str) -> None:
    """A city without places is recognised, with its country or state."""
    elsewhere = GAZETTEER.find(text).elsewhere
    assert elsewhere is not None
    assert elsewhere.label == label


def test_namesake_of_a_covered_city() -> None:
    """“Paris, Texas” is not the Paris that is covered."""
    gazetteer = Gazetteer([City("paris", "Paris", "FR", 48.8534, 2.3488)])
    assert gazetteer.find("2 days in Paris").city == gazetteer.covered[0]
    elsewhere = gazetteer.find("2 days in Paris, Texas").elsewhere
    assert elsewhere is not None
    assert elsewhere.label == "Paris, Texas"


def test_ambiguous_city() -> None:
    """Of several cities of a name that are alike in size none is taken."""
    mention = GAZETTEER.find("which Springfield?")
    assert mention.ambiguous == "Springfield"
    assert "Springfield, Illinois" in mention.names


def test_unknown_city() -> None:
    """A name that nobody knows is given back as it was written."""
    assert GAZETTEER.find("3 days in Xanaduville").unknown == "Xanaduville"


@pytest.mark.parametrize(
    ("text", "name", "some"),
    [
        ("I want to go to India", "India", {"Jaipur", "Delhi"}),
        ("a trip to Hungary", "Hungary", {"Budapest"}),
        ("a week in hungary", "Hungary", {"Budapest"}),
        ("a trip to turkey", "Turkey", {"Istanbul"}),
        ("Turkey, 5 days", "Turkey", {"Istanbul"}),
        ("visit Turkey", "Turkey", {"Istanbul"}),
        ("italy", "Italy", {"Rome", "Florence", "Venice", "Milan"}),
        ("the US", "the United States", {"New York", "Chicago"}),
        ("USA", "the United States", {"New York", "Chicago"}),
        ("a week in Spain", "Spain", {"Barcelona", "Madrid"}),
        ("portugal for 4 days", "Portugal", {"Lisbon", "Porto"}),
        ("Germany", "Germany", {"Berlin", "Munich"}),
        ("UK", "the United Kingdom", {"London", "Edinburgh"}),
        ("in Scotland", "Scotland", {"Edinburgh"}),
        ("England", "England", {"London"}),
        ("the Netherlands", "the Netherlands", {"Amsterdam"}),
        ("Czech Republic", "Czechia", {"Prague"}),
        ("Korea", "South Korea", {"Seoul"}),
        ("California", "California", {"San Francisco", "Los Angeles"}),
        ("somewhere in Europe", "Europe", {"Paris", "Athens", "Rome"}),
        ("africa", "Africa", {"Cairo", "Cape Town"}),
        ("a trip to Iceland", "Iceland", set()),
    ],
)
def test_region(text: str, name: str, some: set[str]) -> None:
    """A country, a part of one or a continent is known, with its covered cities."""
    region = GAZETTEER.find(text).region
    assert region is not None
    assert region.name == name
    names = {city.name for city in region.cities}
    assert names >= some
    assert bool(names) == bool(some)


def test_two_cities() -> None:
    """Of two covered cities the first counts, and the second is not forgotten."""
    mention = GAZETTEER.find("Kyoto and Tokyo")
    assert mention.city is not None
    assert mention.another is not None
    assert (mention.city.name, mention.another.name) == ("Kyoto", "Tokyo")
