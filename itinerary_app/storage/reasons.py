"""Why PostgreSQL does not let us in, or does not start, and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping

POOLER = (
    "Behind PgBouncer, in session mode too, add pooler=transaction to DATABASE_URL; "
    "else connect directly."
)
BACKUP = (
    "Files of the database are damaged or gone. Move {data} away and restore the "
    "newest backup: flask --app wsgi restore FILE"
)
FULL = (
    "The disk is full. Free some of it, or move {folder}, with all that is in it, to a "
    "larger one and set INSTANCE_PATH."
)
# What PostgreSQL or PgBouncer says, and the remedy; the first that is found counts.
CONNECTING = {
    "unsupported startup parameter": f"A pooler refuses `options`. {POOLER}",
    "password|SASL|SCRAM": (
        "Correct user and password in DATABASE_URL, or give the role this password: "
        "ALTER ROLE … PASSWORD …"
    ),
    'role ".*" does not exist': (
        "Correct the user in DATABASE_URL, or make the role: CREATE ROLE … LOGIN"
    ),
    'database ".*" does not exist|no such database': (
        "Correct the name in DATABASE_URL, or make the database: CREATE DATABASE … "
        "ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0"
    ),
    "pg_hba.conf|Peer authentication|Ident authentication": (
        "Let this user in from here by a line of the server's pg_hba.conf."
    ),
    "too many (clients|connections)|connection slots|more than max": (
        "Raise max_connections of the server, or take fewer workers and threads."
    ),
    "system is (starting|shutting)|recovery": "Wait until it has started.",
    "translate host name|resolve host|[Nn]ame or service": (
        "Correct the host in DATABASE_URL: nobody knows it here."
    ),
    "No space left": "The disk of the server is full. Free some of it.",
    "[Tt]imeout|timed out|unreachable": (
        "Correct host and port in DATABASE_URL, or let us through the firewall."
    ),
}
ELSE = "Check DATABASE_URL and that PostgreSQL runs."
STARTING = {
    "No space left": FULL,
    "invalid permissions": "Run: chmod 700 {data}",
    "wrong ownership|Permission denied": "Run: chown -R {account} {data}",
    "backup_label": (
        "Remove {data}/backup_label, unless a backup is restored by hand."
    ),
    "checkpoint record|WAL|control file|pg_control|the database system$": BACKUP,
    "valid data directory|incompatible with server|missing from": BACKUP,
    "lock file|PID file": (
        "If no other PostgreSQL runs in {data}, remove {data}/postmaster.pid"
    ),
    "restore_command": (
        "Remove {data}/recovery.signal, unless a backup is restored by hand."
    ),
    "configuration|could not load": (
        "Put right what it names, or move {data} away and restore a backup."
    ),
    "shared memory": "Let the machine have more memory, or fewer servers on it.",
}
LEAVING = re.compile("pre-existing shared memory block|did not start in time")
MESSAGE = re.compile(
    r"(?:.*(?:FATAL|PANIC|HINT):  |postgres: |pg_ctl: |\t)(?:error: )?(.+)"
)
OF_CLIENTS = re.compile("the database system is|terminating connection")


def remedy(text: str, remedies: Mapping[str, str]) -> str | None:
    """What helps against what is said in the text, where that is known."""
    return next(
        (help_ for said, help_ in remedies.items() if re.search(said, text)), None
    )


def why_not_started(log: str, said: str) -> list[str]:
    """The reason, and what else belongs to it, from what the server wrote to its log
    since it was started and what pg_ctl said. What has a remedy stands before what has
    none: after a crash a hint that all may be lost comes first.
    """
    lines = [it for it in f"{log}\n{said}".splitlines() if not OF_CLIENTS.search(it)]
    reasons = [found[1] for it in lines if (found := MESSAGE.match(it))]
    return sorted(reasons, key=lambda it: remedy(it, STARTING) is None)
