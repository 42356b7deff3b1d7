"""Markdown in which no name can become markup."""

from __future__ import annotations

import pytest

from itinerary_app.exports import markdown
from tests.exports.plan import WHOLE, place, plan, stop


def named(name: str) -> str:
    """The line of a stop of this name."""
    text = markdown.render(plan(stop(place(name)))).decode()
    (line,) = (line for line in text.splitlines() if line.startswith("- 09:00"))
    return line.removeprefix("- 09:00–10:00 **").removesuffix("**")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("St. Peter's, Rome (old)", "St. Peter's, Rome (old)"),
        ("*a* _b_ `c`", r"\*a\* \_b\_ \`c\`"),
        ("[x](http://y)", r"\[x\](http://y)"),
        ("<script>&copy;", r"\<script\>\&copy;"),
        ("back\\slash | ~x~ $1$", r"back\\slash \| \~x\~ \$1\$"),
        ("two\n# lines", r"two \# lines"),
        ("🍛 Curry", "🍛 Curry"),
    ],
)
def test_names_are_text(name: str, told: str) -> None:
    """What means something in Markdown is escaped; the rest stays readable."""
    assert named(name) == told


def test_what_runs_right_to_left_keeps_to_itself() -> None:
    """Arabic stands isolated, and nothing in it turns what comes after."""
    assert named("سوق الذهب") == "\u2068سوق الذهب\u2069"
    assert named("abc\u202ecba") == "abc cba"


def test_sources_and_estimates_are_told() -> None:
    """The text calls times estimates, the unknown unknown, and credits all sources."""
    text = markdown.render(WHOLE).decode()
    assert text.startswith("# 2 days in Jaipur\n\nTimes are estimates")
    assert "  - Hours unknown\n  - Price unknown\n" in text
    facts = text.split("## Where the facts come from")[1]
    assert "- Wikidata, CC0 1.0, https://creativecommons.org/" in facts
    assert "- wikivoyage-en (2026 copy), CC BY-SA 4.0, " in facts


def test_a_free_day_is_told() -> None:
    """A day without stops is there, and called free."""
    assert "(moderate pace)\n\nA free day.\n" in markdown.render(WHOLE).decode()
