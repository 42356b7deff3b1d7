"""What `pip install` gives: a storage with just the packages that its extra names."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from alembic import command
from packaging.requirements import Requirement

from itinerary_app.storage.database import Database
from tests.conftest import ROOT, alembic_config

TURN = """
import sys
from datetime import timedelta
from pathlib import Path
from itinerary_app.storage import open_storage
from itinerary_app.storage.base import Expiry

expiry = Expiry(timedelta(hours=1), timedelta(days=1))
storage = open_storage(sys.argv[1], expiry=expiry, instance_path=Path("instance"))
created = storage.create_session(owner_hash=b"o" * 32)
assert storage.get_session(created.session_id, owner_hash=b"o" * 32) == created
assert not {"flask", "pyvrp", "numpy"} & set(sys.modules)
print("kept")
"""

PAGE = """
from itinerary_app.app import create_app

client = create_app().test_client()
print(client.get("/").status_code)
print(client.get("/", headers={"Accept-Language": "de"}).headers["Content-Language"])
print("Wohin" in client.get("/?lang=de").text)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            *(sys.executable, "-m", "uv", "build", "--wheel", "--offline"),
            *("--no-build-isolation", "--python", sys.executable, "-o", folder, ROOT),
        ],
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


class Installed:
    """The wheel unpacked beside links to all that it requires with an extra."""

    def __init__(self, wheel: Path, extra: str, folder: Path) -> None:
        self.site = folder
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)
        self._add(Distribution.at(next(folder.glob("*.dist-info"))), {extra})

    def _add(self, package: Distribution, extras: set[str]) -> None:
        for top in {file.parts[0] for file in package.files or ()}:
            if top != ".." and not (self.site / top).exists():
                (self.site / top).symlink_to(package.locate_file(top))
        for needed in map(Requirement, package.requires or ()):
            if needed.marker is None or any(
                needed.marker.evaluate({"extra": extra}) for extra in extras | {""}
            ):
                self._add(distribution(needed.name), needed.extras)

    def run(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        """Python that sees nothing but the standard library and what is installed."""
        return subprocess.run(
            [sys.executable, "-S", "-P", *arguments],
            cwd=self.site.parent,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(self.site), **env},
            check=False,
            capture_output=True,
            text=True,
        )


def test_bare_package_has_the_storage_in_memory(wheel: Path, tmp_path: Path) -> None:
    """Without extras memory works; other storages say which extra they need."""
    bare = Installed(wheel, "", tmp_path / "site")
    assert bare.run("-c", TURN, "memory:").stdout == "kept\n"
    for url, extra in (
        ("postgresql://localhost/a", "postgres"),
        ("redis://localhost", "redis"),
        ("embedded:", "embedded"),
    ):
        assert (
            f"pip install 'itinerary_app[{extra}]'" in bare.run("-c", TURN, url).stderr
        )


def test_postgres_extra_migrates_and_keeps(
    wheel: Path, database: Database, database_url: str, tmp_path: Path
) -> None:
    """An empty database is migrated from inside the wheel and holds a session."""
    command.downgrade(alembic_config(database), "base")
    package = Installed(wheel, "postgres", tmp_path / "site")
    done = package.run("-m", "itinerary_app.storage.migrate", DATABASE_URL=database_url)
    assert done.returncode == 0, done.stderr
    assert package.run("-c", TURN, database_url).stdout == "kept\n"


def test_redis_extra_keeps(wheel: Path, redis_url: str, tmp_path: Path) -> None:
    """Redis needs no more than its extra."""
    redis = Installed(wheel, "redis", tmp_path / "site")
    assert redis.run("-c", TURN, redis_url).stdout == "kept\n"


def test_app_extra_makes_the_app(wheel: Path, tmp_path: Path) -> None:
    """The whole app is made from the wheel, its data, pages and languages in it."""
    package = Installed(wheel, "app", tmp_path / "site")
    done = package.run(*("-c", PAGE), APP_ENV="development", DATABASE_URL="memory:")
    assert done.stdout == "200\nde\nTrue\n", done.stderr
