"""Assistants, chosen by URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from itinerary_app.assistant.base import Assistant
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import City, Place


def open_assistant(
    url: str,
    *,
    cities: Callable[[], Sequence[City]],
    places: Callable[[str], Sequence[Place]],
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Assistant:
    """The assistant for `url`; ConfigurationError names a scheme that has none.

    By the clock "next Friday" is understood; where the traveller is, it may be
    another day already.

    rules:    understands by rules, in this process
    """
    scheme = url.partition(":")[0]
    if scheme == "rules":
        from itinerary_app.assistant.renewed import RenewedAssistant
        from itinerary_app.assistant.rules import RuleAssistant

        return RenewedAssistant(
            lambda covered: RuleAssistant(cities=covered, places=places, clock=clock),
            cities,
        )
    raise ConfigurationError(
        f"ASSISTANT_URL has the scheme {scheme!r}; there is rules: (the default)."
    )
