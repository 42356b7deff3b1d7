"""create_app: the one place where everything meets."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from itinerary_app import commands, current
from itinerary_app.assistant import open_reader
from itinerary_app.assistant.reader import Reader
from itinerary_app.audit import Upkeep
from itinerary_app.catalogue.places import Catalogue
from itinerary_app.config import Settings
from itinerary_app.errors import ConfigurationError
from itinerary_app.planner.planner import Planner
from itinerary_app.planner.solver.pool import SolverPool
from itinerary_app.planner.ways.routing import open_travel_times
from itinerary_app.storage import (
    has_tables,
    imported_places,
    open_analytics,
    open_storage,
    request_counts,
    verify_storage,
)
from itinerary_app.storage.base import KEPT_MOST, Expiry
from itinerary_app.storage.database import Database, open_database
from itinerary_app.trips.companions import Company
from itinerary_app.trips.conversation import ConversationManager
from itinerary_app.trips.readiness import Readiness
from itinerary_app.trips.retention import Retention
from itinerary_app.trips.services import Services
from itinerary_app.web import (
    api,
    assets,
    changes,
    errors,
    exports,
    hands,
    joining,
    languages,
    limits,
    logs,
    metrics,
    observing,
    offline,
    operators,
    ops,
    pages,
    privacy,
    security,
    sharing,
    tiles,
)
from itinerary_app.web.line import Line

if TYPE_CHECKING:
    from itinerary_app.web.tracing import Tracing


def create_app(
    settings: Settings | None = None,
    *,
    reader: Reader | None = None,
    tracing: Tracing | None = None,
) -> Flask:
    """The WSGI app for `settings`, by default those of the environment.

    `reader` reads messages, and `tracing` traces, in the place of what the settings
    name.
    """
    settings = settings or Settings.from_env()
    tracing = tracing or _open_tracing(settings)
    app = _App(__name__, static_folder=None, instance_path=str(settings.instance_path))
    expiry = Expiry(settings.session_idle, settings.session_lifetime)
    kept = Expiry(settings.session_keep, settings.session_keep * KEPT_MOST)
    storage = open_storage(
        settings.storage_url,
        expiry=expiry,
        instance_path=settings.instance_path,
        pool_size=settings.threads,
        synchronous_commit=settings.synchronous_commit,
        encryption_keys=settings.encryption_keys,
    )
    analytics = (
        open_analytics(settings.analytics_url, instance_path=settings.instance_path)
        if settings.analytics_url
        else storage
    )
    catalogue = Catalogue(imported=imported_places(storage))
    solver = SolverPool(max(1, (os.cpu_count() or 1) // settings.workers))
    planner = Planner(
        catalogue,
        travel=open_travel_times(settings.routing_url),
        solve=tracing.traced(solver, "solve") if tracing else solver,
        seconds=settings.plan_timeout.total_seconds(),
    )
    reader = reader or _open_reader(settings, catalogue)
    conversation = ConversationManager(
        storage=storage,
        reader=reader,
        planner=planner,
        catalogue=catalogue,
        usual=expiry,
        kept=kept if kept.idle > expiry.idle else None,
    )
    database = cache(partial(_open_database, settings))
    upkeep = Upkeep(
        database,
        secrets=settings.secret_keys,
        keep=settings.keep_audit,
    )
    retention = Retention(
        storage,
        interval=settings.sweep_every,
        keep_facts=settings.keep_facts,
        then=upkeep if has_tables(settings.storage_url) else None,
    )
    current.install(
        app,
        Services(
            settings=settings,
            storage=storage,
            analytics=analytics,
            conversation=conversation,
            company=Company(storage),
            catalogue=catalogue,
            retention=retention,
            readiness=Readiness(storage),
            solver=solver,
            open_database=database,
        ),
    )
    # For servers without gunicorn's hooks: a process that serves sweeps.
    app.before_request(retention.start)

    languages.install(app, settings)
    assets.install(app, keep=settings.environment == "production")
    security.install(app, settings)
    errors.install(app)
    app.register_blueprint(ops.blueprint)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(changes.blueprint)
    app.register_blueprint(hands.blueprint)
    app.register_blueprint(exports.blueprint)
    app.register_blueprint(sharing.blueprint)
    app.register_blueprint(joining.blueprint)
    app.register_blueprint(privacy.blueprint)
    app.register_blueprint(offline.blueprint)
    app.register_blueprint(tiles.blueprint)
    operators.install(app, settings)
    api.install(app)
    circuit = storage.circuit
    app.wsgi_app = Line(  # type: ignore[method-assign]  # Flask's documented way
        app.wsgi_app,
        settings.threads,
        lambda: circuit is not None and circuit.is_open,
    )
    limits.install(app, settings, request_counts(storage))
    observers = [logs.lines_of(settings)] if settings.log_format == "json" else []
    if settings.metrics_token:
        figures = metrics.Metrics(settings)
        figures.watch(storage, reader, planner, conversation)
        metrics.install(app, settings, figures)
        observers.append(figures.request)
    if tracing:
        tracing.watch(storage, reader, planner, conversation)
    if observers or tracing:
        observing.install(app, *observers)
    if tracing:
        tracing.install(app)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's documented way
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops
        )
    commands.install(app)
    return app


class _App(Flask):
    """Without `secret_key`, as nothing of ours is kept in `flask.session`, which would
    be opened at each request.
    """

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view or hook is a coroutine; to look costs as much as a short hook."""
        return func


def _open_tracing(settings: Settings) -> Tracing | None:
    if not settings.traces_url:
        return None
    try:
        from itinerary_app.web.tracing import open_tracing
    except ModuleNotFoundError as exc:
        raise ConfigurationError(
            f"TRACES_URL needs the package {exc.name}. Run: pip install "
            "'itinerary_app[otel]', or take it out."
        ) from exc
    backend = settings.storage_url.partition(":")[0]
    return open_tracing(settings.traces_url, backend=backend)


def _open_reader(settings: Settings, catalogue: Catalogue) -> Reader:
    return open_reader(
        settings.assistant_url,
        places=catalogue.places,
        model=settings.assistant_model,
        key=settings.assistant_api_key,
        timeout=settings.assistant_timeout.total_seconds(),
        max_per_session=settings.assistant_max_per_session,
        max_per_day=settings.assistant_max_per_day,
    )


def _open_database(settings: Settings) -> Database:
    """The app's own PostgreSQL beside its storage, migrated."""
    url, path = settings.storage_url, settings.instance_path
    verify_storage(url, instance_path=path, workers=1)
    return open_database(url, path)
