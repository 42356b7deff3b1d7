"""Each language says all that the app says: nothing is missing, unused or in doubt."""

from __future__ import annotations

import pytest
from babel.messages.catalog import Catalog

from itinerary_app import language
from tests.translations import catalogue, faults, texts

LANGUAGES = [it for it in language.known() if it != language.ENGLISH]
ONE, MANY = "%(num)s trip of <em>yours</em>", "%(num)s trips of <em>yours</em>"
WANTED = Catalog()
WANTED.add("Where to, %(name)s?")
WANTED.add((ONE, MANY))


def german(
    *, trips: str = "%(num)s Reisen, <em>deine</em>", **changes: object
) -> Catalog:
    """A whole catalogue of the two texts, but for what is changed."""
    made = Catalog(locale="de")
    asked: dict[str, object] = {"string": "Wohin, %(name)s?", **changes}
    made.add("Where to, %(name)s?", **asked)  # type: ignore[arg-type]
    made.add(
        (ONE, MANY),
        ("%(num)s Reise, <em>deine</em>", trips),
    )
    return made


def test_languages() -> None:
    """German and Spanish are there."""
    assert {"de", "es"} <= set(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_catalogue_is_whole(code: str) -> None:
    """Every text is translated, none is left over, and all placeholders agree."""
    assert list(faults(catalogue(code), texts())) == []


def test_a_whole_catalogue_has_no_faults() -> None:
    """What is translated as it should be is not complained about."""
    assert list(faults(german(), WANTED)) == []


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"string": ""}, "not translated: Where to, %(name)s?"),
        ({"flags": ["fuzzy"]}, "fuzzy: Where to, %(name)s?"),
        ({"string": "Wohin?"}, "another placeholder or tag: Wohin?"),
        ({"string": "Wohin, %(nam)s?"}, "another placeholder or tag: Wohin, %(nam)s?"),
        (
            {"string": "Wohin, <b>%(name)s</b>?"},
            "another placeholder or tag: Wohin, <b>%(name)s</b>?",
        ),
    ],
)
def test_a_fault_is_found(changes: dict[str, object], fault: str) -> None:
    """A text without translation, in doubt, or with another placeholder is told."""
    assert list(faults(german(**changes), WANTED)) == [fault]


def test_what_is_missing_or_unused_is_found() -> None:
    """A text that a catalogue lacks is told, and one that only it has."""
    made = german()
    made.add("Where from?", "Woher?")
    made.delete((ONE, MANY))
    assert list(faults(made, WANTED)) == [
        f"missing: {(ONE, MANY)}",
        "unused: Where from?",
    ]


def test_a_form_of_many_that_is_missing_is_found() -> None:
    """So is a form of the plural that is not translated."""
    assert list(faults(german(trips=""), WANTED)) == [f"not translated: {(ONE, MANY)}"]
