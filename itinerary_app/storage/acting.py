"""Who acts, for the audit trail: told once at the edge, read by each write.

A context variable, so that neither the contract's methods nor what lies between carry
it along. Each request and each thread has its own.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import NamedTuple


class Acting(NamedTuple):
    """`actor` is the application's word for who acts; '' is not told."""

    actor: str = ""
    request_id: str = ""


acting: ContextVar[Acting] = ContextVar("acting", default=Acting())  # noqa: B039  # immutable
