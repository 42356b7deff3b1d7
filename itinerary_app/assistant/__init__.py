"""Readers, chosen by URL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from itinerary_app.assistant.reader import Reader
from itinerary_app.assistant.reading.reader import GrammarReader
from itinerary_app.errors import ConfigurationError
from itinerary_app.model import Place


def open_reader(
    url: str,
    *,
    places: Callable[[str], Sequence[Place]],
    model: str = "",
    key: str = "",
    timeout: float = 4.0,
    max_per_session: int = 60,
    max_per_day: int = 5_000,
) -> Reader:
    """The reader for `url`; ConfigurationError says what is wrong with it.

    `places` gives the places of a covered city by its name.

    rules:                    reads by a grammar, in this process
    openai+https://host/v1    asks a language model first (openai+http:// for one on
                              the own machine or network); the rest is about that
    """
    scheme, _, address = url.partition("+")
    if url.partition(":")[0] == "rules":
        return GrammarReader(places)
    if scheme != "openai" or not address.startswith(("https://", "http://")):
        raise ConfigurationError(
            f"ASSISTANT_URL has the scheme {url.partition(':')[0]!r}; there are rules: "
            "(the default), openai+https:// and openai+http://."
        )
    if not _is_plain(address):
        raise ConfigurationError(
            "ASSISTANT_URL must be openai+https://host/v1, without user, password or "
            "query: the key belongs into ASSISTANT_API_KEY."
        )
    if not model:
        raise ConfigurationError("ASSISTANT_MODEL must name the model to be asked.")
    from itinerary_app.assistant.model_reader.reader import ModelReader
    from itinerary_app.assistant.model_reader.server import ModelServer

    return ModelReader(
        ModelServer(address, key=key),
        GrammarReader(places),
        model=model,
        timeout=timeout,
        max_per_session=max_per_session,
        max_per_day=max_per_day,
    )


def _is_plain(address: str) -> bool:
    """Whether it has a host, perhaps a port and a path, and nothing else."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:  # a port that is no number
        return False
    others = (parts.username, parts.password, parts.query, parts.fragment)
    return bool(host) and not any(others) and address.isascii()
