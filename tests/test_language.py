"""One language at a time, with its own dates, numbers and money."""

from __future__ import annotations

import pickle
from datetime import date

import pytest

from itinerary_app import language
from itinerary_app.errors import PlannerBusy
from itinerary_app.language import Later, ngettext, number
from itinerary_app.model import StopKind
from itinerary_app.text import dates, words
from itinerary_app.text.money import money
from itinerary_app.text.reasons import reason
from tests.text.palace import PLACE, STOP

EVE, LAST = date(2026, 12, 24), date(2026, 12, 26)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", ("Thursday 24 December 2026", "Thu 24 Dec", "24 – 26 December 2026")),
        ("de", ("Donnerstag, 24. Dezember 2026", "Do., 24. Dez.", "24.–26. Dez. 2026")),
        (
            "es",
            (
                "jueves, 24 de diciembre de 2026",
                "jue, 24 dic",
                "24–26 de diciembre de 2026",
            ),
        ),
    ],
)
def test_dates(code: str, told: tuple[str, ...]) -> None:
    """In the order, with the dots and the words of the language."""
    with language.using(code):
        said = (dates.in_words(EVE), dates.briefly(EVE), dates.span(EVE, LAST))
    assert tuple(it.replace("\u2009", "") for it in said) == told


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", ["1,234,567", "2.5", "EUR 1,234.50", "EUR 178", "5"]),
        ("de", ["1.234.567", "2,5", "1.234,50 €", "178 €", "5"]),
        ("es", ["1.234.567", "2,5", "1.234,50 €", "178 €", "5"]),
    ],
)
def test_numbers_and_money(code: str, told: list[str]) -> None:
    """With the separators of the language; cents only where there are some."""
    with language.using(code):
        said = [
            number(1_234_567),
            number(2.5),
            money("EUR", 1234.5),
            money("EUR", 178),
            money(None, 5),
        ]
    assert [it.replace("\xa0", " ") for it in said] == told


def test_plurals() -> None:
    """The form is that of the number, which is written as usual."""
    forms = "%(num)s day", "%(num)s days"
    with language.using("de"):
        said = [ngettext(*forms, count) for count in (0, 1, 2, 2_000)]
    assert said == ["0 Tage", "1 Tag", "2 Tage", "2.000 Tage"]


def test_opening_hours_are_words() -> None:
    """Days and months have the language's own short names."""
    place = PLACE._replace(hours="Apr-Oct Mo-Fr 09:00-17:00; Su off")
    with language.using("de"):
        assert words.hours(place) == (
            "bekannte Zeiten: Apr–Okt Mo–Fr 09:00–17:00; geschlossen So"
        )


def test_the_language_is_the_former_one_afterwards() -> None:
    """Whatever happens within."""
    with pytest.raises(ValueError, match="oops"), language.using("de"):
        raise ValueError("oops")
    assert language.current() == "en"


def test_an_error_is_told_to_its_reader() -> None:
    """In the language of then, with the numbers as it writes them, by any process."""
    met = pickle.loads(pickle.dumps(PlannerBusy()))
    assert str(met).startswith("Many trips are being planned")
    with language.using("de"):
        assert str(met).startswith("Gerade werden viele Reisen geplant")
    many = Later(
        "This trip has %(most)s messages, as many as fit. Begin another trip; "
        "this one can still be seen and taken along.",
        most=2_000,
    )
    assert many.startswith("This trip has 2,000 messages")
    with language.using("es"):
        assert str(many).startswith("Este viaje tiene 2.000 mensajes")


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("Must-see", "Imprescindible"),
        ("Matches culture and food", "Coincide con: cultura y comida"),
        ("Serves vegan and gluten-free", "Ofrece: vegano y sin gluten"),
        ("Near Hawa Mahal", "Cerca de Hawa Mahal"),
        ("A fine one", "A fine one"),
        ("", ""),
    ],
)
def test_reasons_of_kept_plans(kept: str, told: str) -> None:
    """They are kept in English, and said in the reader's language if they are known."""
    with language.using("es"):
        assert reason(STOP._replace(reason=kept)) == told


def test_kinds_of_stops() -> None:
    """What a stop is, and which meal."""
    with language.using("es"):
        assert words.kind(STOP) == "palacio"
        assert words.kind(STOP._replace(kind=StopKind.LUNCH)) == "almuerzo · palacio"
