#!/usr/bin/env bash
# SQLAlchemy 2.1.9 (PyPI), on SQLite.
# Expected: Engine.execution_options() gives a copy whose options update those of the engine it is made from, as a
# connection's do; the copy of a copy so has the isolation level that was named last.
# Seen: its connections have the level that was named first, while get_execution_options() of the same connection
# tells the last one. For "AUTOCOMMIT" that means a transaction where none was wanted (a procedure that commits
# is then refused by PostgreSQL). Connections themselves take the last one.
# We: name an isolation level once for each engine; what must not be in a transaction takes the driver's connection.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check sqlalchemy==2.1.9
venv/bin/pip freeze --disable-pip-version-check | grep -i '^sqlalchemy=='

cat > ask.py <<'PY'
import sqlalchemy as sa

engine = sa.create_engine("sqlite://")
for first, last in (
    ("READ UNCOMMITTED", "SERIALIZABLE"),
    ("SERIALIZABLE", "READ UNCOMMITTED"),
):
    copy = engine.execution_options(isolation_level=first)
    again = copy.execution_options(isolation_level=last)
    with again.connect() as connection:
        said = connection.get_execution_options()["isolation_level"]
        print(f"engine, {first} then {last}: {connection.get_isolation_level()}, said {said}")
    with engine.connect() as connection:
        connection.execution_options(isolation_level=first)
        connection.execution_options(isolation_level=last)
        print(f"connection, {first} then {last}: {connection.get_isolation_level()}")
PY
venv/bin/python ask.py | tee seen.txt
diff seen.txt - <<'TXT'
engine, READ UNCOMMITTED then SERIALIZABLE: READ UNCOMMITTED, said SERIALIZABLE
connection, READ UNCOMMITTED then SERIALIZABLE: SERIALIZABLE
engine, SERIALIZABLE then READ UNCOMMITTED: SERIALIZABLE, said READ UNCOMMITTED
connection, SERIALIZABLE then READ UNCOMMITTED: READ UNCOMMITTED
TXT
echo "As described."
