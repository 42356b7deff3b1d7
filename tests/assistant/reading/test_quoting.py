"""Promises about quotes: what was not read is told in the traveller's own words."""

from __future__ import annotations

import pytest

from tests.assistant.reading.said import understood

SAID = (
    ("drop the Pantheon and Zorble the FLUMPS!", "FLUMPS"),
    ("add the Blorptown Museum", "add the Blorptown Museum"),
    ("Spanische Treppe bitte raus", "Spanische Treppe bitte raus"),
)


@pytest.mark.parametrize(("text", "quote"), SAID)
def test_it_is_quoted_as_it_was_written(text: str, quote: str) -> None:
    """Neither its capitals nor its spelling are changed."""
    assert quote in understood(text).unread
