"""gunicorn's settings, from the app's own: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`."""  # noqa: E501

import atexit
import gc
import importlib
import logging
import mmap
import os
import shutil
import signal
import sys
import tempfile
import time

from prometheus_client.multiprocess import mark_process_dead

from itinerary_app.config import Settings
from itinerary_app.current import KEY
from itinerary_app.errors import ItineraryError
from itinerary_app.rehearsal import rehearse
from itinerary_app.web import logs
from itinerary_app.web.door import WAITING
from itinerary_app.web.line import IN_EXCESS
from itinerary_app.web.liveness import Liveness
from itinerary_app.web.startup import verify

SERVES, TIRED = 0, 1  # bytes of a worker's state
FOLDER = "PROMETHEUS_MULTIPROC_DIR"

try:
    settings = Settings.from_env()
except ItineraryError as exc:
    sys.exit(f"itinerary_app cannot start: {exc}")

host = f"[{settings.host}]" if ":" in settings.host else settings.host
bind = f"{host}:{settings.port}"
workers = settings.workers
threads = settings.threads + IN_EXCESS + (WAITING if settings.limit_requests else 0)
worker_class = "gthread"
timeout = 30  # seconds
graceful_timeout = 30  # seconds
max_requests = 10_000  # then a new worker takes its place, once that one serves
max_requests_jitter = 1_000
loglevel = "warning"
forwarded_allow_ips = ""  # X-Forwarded-* counts by TRUSTED_PROXIES alone


logs.configure(settings)

# Workers share code and facts. Each makes its own app, with connections and threads.
rehearse(settings.languages)
gc.collect()
gc.freeze()  # or collections write to its pages, of which each worker has a copy then


def on_starting(server):
    try:
        verify(settings)
    except ItineraryError as exc:
        sys.exit(f"itinerary_app cannot start: {exc}")
    if settings.metrics_token:
        # In memory, as a full disk would kill the workers that write there.
        memory = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108
        os.environ[FOLDER] = tempfile.mkdtemp(prefix="itinerary-metrics-", dir=memory)
        atexit.register(remove, os.environ[FOLDER], os.getpid())


def remove(folder, owner):
    if os.getpid() == owner:  # not a worker
        shutil.rmtree(folder, ignore_errors=True)


def pre_fork(server, worker):
    taken = {it.place for it in server.WORKERS.values()}
    worker.place = next(it for it in range(len(taken) + 1) if it not in taken)
    worker.state = mmap.mmap(-1, 2)  # shared with the child
    worker.leaves = False


def post_fork(server, worker):
    os.environ["ITINERARY_WORKER"] = str(worker.place)
    if live := getattr(server, "live", None):
        live.socket.close()  # the master's, which must be able to leave it


def child_exit(server, worker):
    if FOLDER in os.environ:
        mark_process_dead(worker.place)


def when_ready(server):
    def is_alive():  # as gunicorn itself judges whether to kill a worker
        now = time.monotonic()
        workers = list(server.WORKERS.values())
        return any(now - it.tmp.last_update() < timeout for it in workers)

    if settings.live_port:
        server.live = Liveness(settings.host, settings.live_port, is_alive)
    # gunicorn offers no hook for any of these.
    server.manage_workers = keeping_old_ones(server, server.manage_workers)
    server.reload = managing_meanwhile(server, with_code_of_now(server.reload))
    print(f"itinerary_app is ready: http://localhost:{settings.port}/", flush=True)


def keeping_old_ones(server, manage):
    """A worker ends once enough others serve: who has answered as many requests as one
    may, else the oldest.
    """

    def manage_workers():
        stay = [it for it in server.WORKERS.values() if not it.leaves]
        stay.sort(key=lambda it: (not it.state[TIRED], it.age))
        if len(stay) == server.num_workers and any(it.state[TIRED] for it in stay):
            server.spawn_worker()
            return
        surplus = max(0, len(stay) - server.num_workers)
        if not surplus:
            manage()
        elif all(it.state[SERVES] for it in stay[surplus:]):
            for worker in stay[:surplus]:
                worker.leaves = True
                server.kill_worker(worker.pid, signal.SIGTERM)

    return manage_workers


def with_code_of_now(usual):
    """Workers are forked from this process, whose modules are those of its start.

    While the new code does not work or a setting cannot be read, the old goes on.
    """

    def reload():
        gc.unfreeze()
        old = {
            name: module
            for name, module in sys.modules.items()
            if name.partition(".")[0] in ("itinerary_app", "wsgi")
        }
        for name in old:
            del sys.modules[name]
        try:
            config = importlib.import_module("itinerary_app.config")
            new = importlib.import_module("itinerary_app.rehearsal")
            new.rehearse(config.Settings.from_env().languages)
        except Exception:  # whatever new code may do wrong
            logging.getLogger(__name__).exception("Not reloaded: the old goes on.")
            sys.modules.update(old)
            gc.freeze()
            return
        old.clear()
        usual()

    return reload


def managing_meanwhile(server, reload):
    """A reload waits until the old workers are gone, for graceful_timeout at most, and
    looks at nothing else: who keeps them until later has to end them from within.
    """

    def reload_and_manage():
        reap = server.reap_workers

        def reap_and_manage():
            reap()
            server.manage_workers()

        server.reap_workers = reap_and_manage
        try:
            reload()
        finally:
            server.reap_workers = reap

    return reload_and_manage


def post_worker_init(worker):
    worker.most, worker.max_requests = worker.max_requests, sys.maxsize
    gc.freeze()
    worker.wsgi.extensions[KEY].solver.fork()  # while there is no other thread
    worker.state[SERVES] = 1
    worker.wsgi.extensions[KEY].retention.start()


def post_request(worker, req, environ, resp):
    if worker.nr >= worker.most:
        worker.state[TIRED] = 1


def worker_exit(server, worker):
    if getattr(worker, "wsgi", None):  # it had an app
        worker.wsgi.extensions[KEY].retention.stop()
        worker.wsgi.extensions[KEY].solver.close()
