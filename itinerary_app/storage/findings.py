"""What is found in a storage by looking at it, before it serves and by the doctor."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import NamedTuple

from itinerary_app.errors import ConfigurationError

logger = logging.getLogger(__name__)


class Finding(NamedTuple):
    """One fault with its remedy; a `grave` one has to be mended."""

    text: str
    grave: bool = True


def refuse_grave(findings: Iterable[Finding]) -> None:
    """Raise ConfigurationError for the first grave one; warn of the others."""
    for finding in findings:
        if finding.grave:
            raise ConfigurationError(finding.text)
        logger.warning(finding.text)
