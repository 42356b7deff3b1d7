"""Django's database sessions: one signed blob (JSON) for each session."""

from __future__ import annotations

import django
from django.conf import settings

from tests.bench.contestants import Contestant
from tests.bench.servers import Servers
from tests.bench.workload import ITINERARY, Said, history, pace, said


class DjangoSessions(Contestant):
    note = "one blob; a persistent connection for each thread"

    def __init__(self, servers: Servers) -> None:
        given = servers.database("django")
        settings.configure(
            INSTALLED_APPS=["django.contrib.sessions"],
            SECRET_KEY="for the benchmark only",
            USE_TZ=True,
            DATABASES={
                "default": {
                    "ENGINE": "django.db.backends.postgresql",
                    "NAME": given["dbname"],
                    "USER": given["user"],
                    "HOST": given["host"],
                    "CONN_MAX_AGE": None,
                }
            },
        )
        django.setup()
        # Django's modules can be imported only now that it is set up.
        from django.contrib.sessions.backends.db import SessionStore
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        self._store = SessionStore

    def conversation(self, messages: int) -> str:
        store = self._store()
        store["messages"] = [_message(text) for text in history(messages)]
        store["itinerary"] = ITINERARY
        store["preferences"] = {}
        store.create()
        # `create` saves an empty session first and expects a second save.
        store.save()
        key: str = store.session_key
        return key

    def turn(self, key: str) -> None:
        store = self._store(key)
        store["messages"] += map(_message, said())
        store["preferences"] = {"pace": pace()}
        store.save()

    def close(self) -> None:
        from django.db import connections

        connections.close_all()


def _message(text: Said) -> dict[str, str]:
    role, content = text
    return {"role": role, "content": content}
