"""Commands for operators: `flask --app wsgi …`."""

from __future__ import annotations

from flask import Flask

from itinerary_app.commands.audit import audit
from itinerary_app.commands.backup import backup, restore
from itinerary_app.commands.database import shell_context, tell_database
from itinerary_app.commands.demo import demo
from itinerary_app.commands.doctor import doctor
from itinerary_app.commands.export import export_files
from itinerary_app.commands.places import places
from itinerary_app.commands.privacy import privacy
from itinerary_app.commands.roles import analytics, roles
from itinerary_app.commands.sessions import sessions
from itinerary_app.commands.upgrading import upgrade_database


def install(app: Flask) -> None:
    """Register the commands."""
    app.cli.add_command(sessions)
    app.cli.add_command(analytics)
    analytics.add_command(export_files)
    app.cli.add_command(audit)
    app.cli.add_command(roles)
    app.cli.add_command(tell_database)
    app.cli.add_command(doctor)
    app.cli.add_command(backup)
    app.cli.add_command(restore)
    app.cli.add_command(upgrade_database)
    app.cli.add_command(demo)
    app.cli.add_command(places)
    app.cli.add_command(privacy)
    app.shell_context_processor(shell_context)
