"""/metrics: what Prometheus reads of the whole server, behind a token of its own.

Under gunicorn each worker writes into files of PROMETHEUS_MULTIPROC_DIR, and whichever
is asked adds them up. No label holds an id or a text.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector

from itinerary_app.acts.focus import Focus
from itinerary_app.assistant.reader import Reader, Understanding
from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.errors import (
    CannotPlan,
    ItineraryError,
    PlannerBusy,
    SessionNotFound,
    StorageHangs,
    StorageUnavailable,
    VersionConflict,
)
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.base import SessionStorage
from itinerary_app.trips.conversation import ConversationManager
from itinerary_app.trips.turns import Turn
from itinerary_app.web.dashboard import sweep_metrics
from itinerary_app.web.observing import Seen
from itinerary_app.web.operators import Gate

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
WORKER = "ITINERARY_WORKER"  # its place, which the next in its place takes over
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)  # seconds
OPERATIONS = (
    "create_session",
    "get_session",
    "update_session",
    "delete_session",
    "messages",
    "versions",
    "state",
    "list_sessions",
    "delete_expired_sessions",
    "record_export",
)
OUTCOMES: tuple[tuple[type[ItineraryError], str], ...] = (
    (VersionConflict, "conflict"),
    (SessionNotFound, "absent"),
    (StorageHangs, "hangs"),
    (StorageUnavailable, "unavailable"),
    (PlannerBusy, "busy"),
    (CannotPlan, "refused"),
)

_inside: ContextVar[bool] = ContextVar("inside what is measured", default=False)


class Metrics:
    """The figures of one app."""

    def __init__(self, settings: Settings) -> None:
        if FOLDER in os.environ and WORKER in os.environ:
            # By place, not by process: files neither grow in number nor lose a count
            # when workers are replaced.
            values.ValueClass = values.MultiProcessValue(  # type: ignore[no-untyped-call]  # it has no types
                lambda: os.environ[WORKER]
            )
        self.registry = CollectorRegistry()
        self._backend = settings.storage_url.partition(":")[0]
        self._requests = self._histogram(
            "http_request", "Until the answer begins.", "route", "method", "status"
        )
        self._storage = self._histogram(
            "storage_operation", "With retries.", "kind", "backend", "outcome"
        )
        self._plans = self._histogram("plan", "Plans and changes.", "kind", "outcome")
        self._planning = self._live("plans_in_progress", "Made, or waiting in line.")
        self._busy = self._live(
            "storage_operations_in_progress", "More than the pool's size wait."
        )
        self._circuit = self._live("storage_circuit_open", "Processes that refuse.")
        self._live("storage_pool_size", "Connections at most.").set(settings.threads)
        self._acts = self._counter("acts_read", "Of messages.", "act")
        self._messages = self._counter("messages_read", "By outcome.", "outcome")
        self._turns = self._counter("turns", "Answered.", "outcome")
        self._logged = self._counter("log_records", "By part.", "logger", "level")

    def request(self, seen: Seen) -> None:
        """Count a request."""
        self._requests.labels(
            seen.route or "(none)", seen.method, str(seen.status)
        ).observe(seen.seconds)

    def watch(
        self,
        storage: SessionStorage,
        reader: Reader,
        planner: Planner,
        conversation: ConversationManager,
    ) -> None:
        """Count what these do from now on."""
        for name in OPERATIONS:
            taking = self._storage, (name, self._backend), self._busy
            self._wrap(storage, name, *taking)
        if storage.circuit:
            storage.circuit.on_change = self._circuit.set
        for name in ("plan", "revise"):
            self._wrap(planner, name, self._plans, (name,), self._planning)
        self._after(reader, "read", self._read)
        for name in ("send", "act"):
            self._after(conversation, name, self._turn)
        logging.basicConfig()  # else this one, being alone, would silence all others
        logging.getLogger("itinerary_app").addHandler(_Counting(self._logged))

    def text(self) -> bytes:
        """All of it, of all workers."""
        registry = self.registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # has no types
        return generate_latest(registry)

    def _read(self, read: Understanding) -> None:
        for act in read.acts:
            self._acts.labels(type(act).__name__).inc()
        whole = "read" if read.acts and not read.unread else "in part"
        self._messages.labels(whole if read.acts else "unread").inc()
        if read.unsure:
            self._messages.labels("unsure").inc()

    def _turn(self, turn: Turn) -> None:
        focus = Focus.from_context(turn.assistant.context)
        outcome = "proposed" if focus.proposed else "asked" if focus.asked else "done"
        self._turns.labels("replayed" if turn.replayed else outcome).inc()

    def _wrap(
        self,
        owner: object,
        name: str,
        histogram: Histogram,
        labels: tuple[str, ...],
        in_progress: Gauge,
    ) -> None:
        work: Callable[..., Any] = getattr(owner, name)

        @wraps(work)
        def measured(*args: Any, **kwargs: Any) -> Any:
            if _inside.get():  # what they do for each other is a part of it
                return work(*args, **kwargs)
            token = _inside.set(True)
            begun, outcome = time.perf_counter(), "ok"
            in_progress.inc()
            try:
                return work(*args, **kwargs)
            except Exception as exc:
                kinds = (it for kind, it in OUTCOMES if isinstance(exc, kind))
                outcome = next(kinds, "error")
                raise
            finally:
                _inside.reset(token)
                in_progress.dec()
                seconds = time.perf_counter() - begun
                histogram.labels(*labels, outcome).observe(seconds)

        setattr(owner, name, measured)

    @staticmethod
    def _after(owner: object, name: str, count: Callable[[Any], None]) -> None:
        work: Callable[..., Any] = getattr(owner, name)

        @wraps(work)
        def counted(*args: Any, **kwargs: Any) -> Any:
            result = work(*args, **kwargs)
            count(result)
            return result

        setattr(owner, name, counted)

    def _histogram(self, name: str, says: str, *labels: str) -> Histogram:
        return Histogram(
            f"itinerary_{name}_seconds",
            says,
            labels,
            registry=self.registry,
            buckets=BUCKETS,
        )

    def _counter(self, name: str, says: str, *labels: str) -> Counter:
        return Counter(f"itinerary_{name}", says, labels, registry=self.registry)

    def _live(self, name: str, says: str) -> Gauge:
        return Gauge(
            f"itinerary_{name}",
            says,
            registry=self.registry,
            multiprocess_mode="livesum",
        )


class _Counting(logging.Handler):
    """Counts warnings and errors by the part of the app that wrote them."""

    def __init__(self, counter: Counter) -> None:
        super().__init__(logging.WARNING)
        self._counter = counter

    def emit(self, record: logging.LogRecord) -> None:
        self._counter.labels(record.name, record.levelname).inc()


def install(app: Flask, settings: Settings, metrics: Metrics) -> None:
    """Offer /metrics to who knows METRICS_TOKEN."""
    blueprint = Blueprint("metrics", __name__)
    blueprint.before_request(Gate(settings.metrics_token, bearer=True).require)

    @blueprint.get("/metrics")
    def show() -> Response:
        text = metrics.text()
        with suppress(StorageUnavailable):  # its operations tell of it
            text += sweep_metrics(services().storage).encode()
        return Response(text, content_type=CONTENT_TYPE_LATEST)

    app.register_blueprint(blueprint)
