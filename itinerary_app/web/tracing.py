"""Traces by OpenTelemetry: what a request's time went to, layer by layer.

Spans have the names of routes and of what was done, counts and kinds of errors: no
text, id or address. Nothing of this is imported, or wrapped, without TRACES_URL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from flask import Flask
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from itinerary_app.assistant.reader import Reader, Understanding
from itinerary_app.planner.planner import Planner
from itinerary_app.storage.acting import acting
from itinerary_app.storage.base import SessionStorage
from itinerary_app.trips.conversation import ConversationManager
from itinerary_app.web.metrics import OPERATIONS
from itinerary_app.web.observing import METHODS, ROUTE, Wsgi

Work = TypeVar("Work", bound=Callable[..., Any])
Attributes = dict[str, str | int]


def _of_reading(read: Understanding) -> Attributes:
    return {"acts": len(read.acts), "unread": len(read.unread)}


class Tracing:
    """The spans of one app, sent by the exporter beside the requests."""

    def __init__(self, exporter: SpanExporter, *, backend: str) -> None:
        self.provider = TracerProvider(
            resource=Resource.create({"service.name": "itinerary_app"})
        )
        self.provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self.provider.get_tracer("itinerary_app")
        self._backend = backend

    def watch(
        self,
        storage: SessionStorage,
        reader: Reader,
        planner: Planner,
        conversation: ConversationManager,
    ) -> None:
        """A span for each thing that these do from now on."""
        of_storage: Attributes = {"backend": self._backend}
        for name in OPERATIONS:
            self._wrap(storage, name, f"storage {name}", of_storage)
        self._wrap(reader, "read", "read", found=_of_reading)
        for name in ("plan", "revise"):
            self._wrap(planner, name, name)
        for name in ("send", "act"):
            self._wrap(conversation, name, f"turn {name}")

    def install(self, app: Flask) -> None:
        """A span for each request. Called last, so that it stands before all else."""
        app.wsgi_app = _Traced(app.wsgi_app, self.span)  # type: ignore[method-assign]  # Flask's way

    def span(self, name: str, kind: SpanKind = SpanKind.INTERNAL) -> Any:
        """For `with`: an error's text and trace could hold what travellers said."""
        return self._tracer.start_as_current_span(
            name, kind=kind, record_exception=False, set_status_on_exception=False
        )

    def traced(
        self,
        work: Work,
        name: str,
        attributes: Attributes | None = None,
        found: Callable[[Any], Attributes] = lambda result: {},
    ) -> Work:
        """The same work, in a span that also has the attributes found in its result."""

        @wraps(work)
        def within(*args: Any, **kwargs: Any) -> Any:
            with self.span(name) as span:
                span.set_attributes(attributes or {})
                try:
                    result = work(*args, **kwargs)
                except Exception as exc:
                    _failed(span, type(exc).__name__)
                    raise
                span.set_attributes(found(result))
                return result

        return within  # type: ignore[return-value]  # as it is called

    def _wrap(self, owner: object, name: str, *told: Any, **more: Any) -> None:
        setattr(owner, name, self.traced(getattr(owner, name), *told, **more))


def open_tracing(url: str, *, backend: str) -> Tracing:
    """Spans go by OTLP over HTTP to the collector at `url`."""
    return Tracing(OTLPSpanExporter(url), backend=backend)


def _failed(span: Span, kind: str) -> None:
    span.set_attribute("error.type", kind)
    span.set_status(Status(StatusCode.ERROR))


class _Traced:
    """Until the answer begins. Whatever the client says of a trace is not believed."""

    def __init__(self, app: Wsgi, span: Callable[..., Any]) -> None:
        self._app = app
        self._span = span

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        given = environ.get("REQUEST_METHOD", "")
        method = given if given in METHODS else "other"
        status = 500

        def start(line: str, *rest: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, *rest)

        with self._span(method, SpanKind.SERVER) as span:
            try:
                return self._app(environ, start)
            finally:
                route = environ.get(ROUTE, "")
                span.update_name(f"{method} {route}".strip())
                span.set_attributes(
                    {
                        "http.request.method": method,
                        "http.route": route,
                        "http.response.status_code": status,
                        "request": acting.get().request_id or "",
                    }
                )
                if status >= 500:
                    _failed(span, str(status))
