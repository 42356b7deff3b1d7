"""Promises about messages in other languages than English."""

from __future__ import annotations

import pytest

from itinerary_app.assistant.reading.languages import foreign
from tests.assistant.labelled.messages import CATALOGUE

FOREIGN = {
    "es": "Queremos ver la ciudad tres días con los niños",
    "fr": "Nous voudrions visiter le musée demain avec les enfants",
    "de": "Wir möchten drei Tage mit den Kindern in die Stadt",
    "it": "Vorremmo vedere la città per tre giorni con la nonna",
    "pt": "Queremos três dias com as crianças, por favor",
    "nl": "Wij willen graag drie dagen naar de stad met de kinderen",
    "pl": "Chcemy trzy dni w mieście, proszę",
    "tr": "Üç gün için bir şehir istiyorum lütfen",
    "sv": "Vi vill inte ha mer lunch på dag två, tack",
    "ja": "京都で三日間お寺を見たいです",
    "zh": "我想去东京三天",
    "ru": "Мы хотим три дня в городе",
}


@pytest.mark.parametrize(("language", "text"), FOREIGN.items())
def test_a_foreign_language_is_known(language: str, text: str) -> None:
    """A sentence in another language is answered in it."""
    assert foreign(text) == language


@pytest.mark.parametrize("city", [city.name for city in CATALOGUE.cities])
def test_a_city_is_no_language(city: str) -> None:
    """A city's name alone is English, whatever country it is in."""
    assert foreign(f"{city} 3 days") is None
