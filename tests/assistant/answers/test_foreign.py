"""Other languages: one reply in each of the ten commonest."""

from __future__ import annotations

import pytest

from itinerary_app.assistant.answers import foreign, texts

TEN = "es fr de it pt zh ja hi ru ar".split()


def test_the_ten_commonest() -> None:
    """Each of ten languages has a reply of its own, English is for all others."""
    assert set(texts.load("foreign")) == {*TEN, "en"}
    assert len({foreign(code).text for code in TEN}) == len(TEN)
    assert foreign("sv") == foreign("en")


@pytest.mark.parametrize("code", [*TEN, "en"])
def test_buttons_are_named(code: str) -> None:
    """Each reply names the buttons as the pages have them."""
    for button in ("Change", "Take it with you", "Share this plan"):
        assert button in foreign(code).text


def test_regions_of_a_language() -> None:
    """A code with a region, in any case, is its language."""
    assert foreign("pt-BR") == foreign("PT") == foreign("pt_PT") == foreign("pt")
