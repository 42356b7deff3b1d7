"""The WSGI entry point: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`."""

import sys

from itinerary_app.app import create_app
from itinerary_app.errors import ConfigurationError

try:
    app = create_app()
except ConfigurationError as exc:  # also of `flask --app wsgi …`, without a traceback
    sys.exit(f"itinerary_app cannot start: {exc}")
