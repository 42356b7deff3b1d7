"""OPERATING.md: each of its commands is run by a test, or named as not tried."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAGE = (ROOT / "deploy" / "OPERATING.md").read_text()
TRIED = {  # what a command begins with, the file of its test, and words of it there
    "export ": ("tests/test_config.py", "_FILE"),
    "export TILE_URL": ("tests/browser/test_tiles.py", 'TILE_URL=f"pmtiles:{archive}"'),
    "export TRACES_URL": ("tests/web/test_tracing.py", "TRACES_URL=url"),
    "alembic upgrade head": ("tests/live.py", '"upgrade", "head"'),
    "gunicorn -c deploy/gunicorn.conf.py wsgi:app": (
        "tests/live.py",
        '"-c", "deploy/gunicorn.conf.py", "wsgi:app"',
    ),
    "kill -HUP": ("tests/test_reload.py", "signal.SIGHUP"),
    "flask --app wsgi doctor": ("tests/commands/test_doctor.py", '"wsgi", "doctor"'),
    "flask --app wsgi backup /": ("tests/commands/test_backup.py", '"--keep", "2"'),
    "flask --app wsgi backup --base": ("tests/commands/test_backup.py", '"--base"'),
    "flask --app wsgi restore /var/backups/itinerary/": (
        "tests/commands/test_backup.py",
        '"restore", file',
    ),
    "flask --app wsgi restore /var/backups/itinerary --to": (
        "tests/commands/test_backup.py",
        '"restore", folder, "--to", moment',
    ),
    "flask --app wsgi restore /var/backups/itinerary ": (
        "tests/storage/test_archive.py",
        "world.recover()",
    ),
    "flask --app wsgi audit verify": ("tests/commands/test_audit.py", '"verify"'),
    "flask --app wsgi upgrade-database": (
        "tests/storage/test_upgrading.py",
        "upgrade(server",
    ),
    "flask --app wsgi sessions copy": ("tests/storage/test_transfer.py", '"copy"'),
    "flask --app wsgi sessions sweep": ("tests/trips/test_retention.py", '"sweep"'),
    "flask --app wsgi sessions stats": ("tests/trips/test_retention.py", '"stats"'),
    "flask --app wsgi roles app": (
        "tests/commands/test_roles.py",
        '"roles", "app", role',
    ),
}


def commands() -> list[str]:
    """Each with its comment."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    lines = "".join(block for kind, block in blocks if not kind).splitlines()
    parts = [part for line in lines for part in line.split(" && ")]
    return [it for it in parts if it]


def test_each_command_is_tried_or_said_not_to_be() -> None:
    """By a test that is there, and that does it."""
    for command in commands():
        if "# not tried" in command:
            continue
        fitting = [it for it in TRIED if f"{command} ".startswith(it)]
        assert fitting, command
        path, words = TRIED[max(fitting, key=len)]
        assert words in (ROOT / path).read_text(), (command, path)


def test_its_links_lead_somewhere() -> None:
    """To files that exist, and to its own parts."""
    for link in re.findall(r"\]\(([^)]+)\)", PAGE):
        path, _, part = link.partition("#")
        page = ROOT / "deploy" / path if path else ROOT / "deploy" / "OPERATING.md"
        assert page.exists(), link
        if part:
            heads = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
            assert part in {it.lower().replace(" ", "-") for it in heads}, link


def test_every_named_file_exists() -> None:
    """As in README."""
    for name in re.findall(r"`((?:itinerary_app|tests|deploy)/[\w./-]+)`", PAGE):
        assert (ROOT / name).exists(), name
