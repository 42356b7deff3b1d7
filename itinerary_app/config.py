"""Settings: every variable the app reads, its default, unit and complaint."""

from __future__ import annotations

import os
import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal, cast

from itinerary_app import language
from itinerary_app.errors import ConfigurationError

Environment = Literal["development", "production"]
DEVELOPMENT_SECRET = "development-only-secret-that-protects-nothing"  # noqa: S105  # refused in production
MIN_SECRET_CHARS = 32
MIN_PASSWORD_CHARS = 12
ENCRYPTION_KEY_BYTES = 32
PLAIN = "plain"  # in the place of the first key
SECRETS = (  # NAME_FILE names a file to read each of them from
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
    "ENCRYPTION_KEYS",
    "DATABASE_URL",
    "ANALYTICS_DATABASE_URL",
    "ANALYTICS_PASSWORD",
    "METRICS_TOKEN",
    "ASSISTANT_MODEL",
    "ASSISTANT_API_KEY",
    "LIMIT_STORE_URL",
)
OSM_TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
ARCHIVE = "pmtiles:"  # before the file, or address, of a map as one file
OVERPASS = "https://overpass-api.de/api/interpreter"
STATIC = Path(__file__).resolve().parent / "static"  # what the browser gets
CHECKOUT = Path(__file__).resolve().parent.parent
DEFAULT_INSTANCE = (
    CHECKOUT if (CHECKOUT / "wsgi.py").exists() else Path.cwd()
) / "instance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that can be set. README.md lists the variables with their meaning."""

    environment: Environment
    secret_key: str = field(repr=False)
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    encryption_keys: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    storage_url: str = field(default="embedded:", repr=False)
    instance_path: Path = DEFAULT_INSTANCE
    synchronous_commit: bool = True
    session_idle: timedelta = timedelta(minutes=60)
    session_lifetime: timedelta = timedelta(hours=24)
    session_keep: timedelta = timedelta(days=30)  # on request; 0: never
    sweep_every: timedelta = timedelta()  # 0: never
    keep_facts: timedelta = timedelta(days=730)
    keep_audit: timedelta | None = timedelta(days=730)  # None: for ever
    analytics_password: str = field(default="", repr=False)  # empty: no analytics
    analytics_url: str = field(default="", repr=False)  # empty: storage_url
    metrics_token: str = field(default="", repr=False)  # empty: no metrics
    traces_url: str = ""  # empty: no traces
    assistant_url: str = "rules:"
    assistant_model: str = ""
    assistant_api_key: str = field(default="", repr=False)
    assistant_timeout: timedelta = timedelta(seconds=4)
    assistant_max_per_session: int = 60  # calls
    assistant_max_per_day: int = 5_000  # calls of one process
    routing_url: str = ""  # empty: travel times are estimated
    overpass_url: str = OVERPASS
    tile_url: str = OSM_TILES
    tile_attribution: str = "© OpenStreetMap contributors"
    trusted_proxies: int = 0
    allowed_hosts: tuple[str, ...] = ()  # empty: any
    security_contact: str = ""  # a URI; empty: no security.txt
    csp_report_url: str = ""  # empty: what the policy stops is reported to nobody
    languages: tuple[str, ...] = ("en", "de", "es")  # the first: who asks for no other
    limit_requests: int = 0  # of an address in a minute, as the two below; 0: no limits
    limit_turns: int = 60
    limit_new_trips: int = 20
    limit_store_url: str = field(default="memory://", repr=False)
    log_format: str = "text"
    log_level: str = "info"
    host: str = "127.0.0.1"
    port: int = 8000
    live_port: int = 0  # 0: /livez is on `port` alone
    plan_timeout: timedelta = timedelta(seconds=20)
    workers: int = 2
    threads: int = 8  # of each worker; its pool has as many connections

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The one that signs, then those of before, which only verify."""
        return (self.secret_key, *self.secret_key_fallbacks)

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> Settings:
        """Read the environment; raises ConfigurationError naming the variable."""
        env = os.environ if env is None else env
        environment = _choice(env, "APP_ENV", ("production", "development"))
        storage_url, instance_path = database_from_env(env)
        return cls(
            environment=cast(Environment, environment),
            secret_key=_secret_key(env, environment),
            secret_key_fallbacks=tuple(_secret(env, "SECRET_KEY_FALLBACKS").split()),
            encryption_keys=_encryption_keys(env),
            storage_url=storage_url,
            instance_path=instance_path,
            synchronous_commit=_choice(env, "SYNCHRONOUS_COMMIT", ("on", "off"))
            == "on",
            session_idle=timedelta(
                minutes=_integer(env, "SESSION_IDLE_MINUTES", 60, 1, 525_600)
            ),
            session_lifetime=timedelta(
                hours=_integer(env, "SESSION_LIFETIME_HOURS", 24, 1, 87_600)
            ),
            session_keep=timedelta(days=_integer(env, "SESSION_KEEP_DAYS", 30, 0, 300)),
            sweep_every=timedelta(
                seconds=_integer(env, "SWEEP_SECONDS", 300, 0, 86_400)
            ),
            keep_facts=timedelta(days=_integer(env, "KEEP_FACTS_DAYS", 730, 1, 36_500)),
            keep_audit=_keep_audit(env),
            analytics_password=_password(env, "ANALYTICS_PASSWORD", "/analytics"),
            analytics_url=_analytics_url(env, storage_url),
            metrics_token=_password(env, "METRICS_TOKEN", "/metrics"),
            traces_url=_uri(env, "TRACES_URL", "http://", "https://"),
            assistant_url=env.get("ASSISTANT_URL") or "rules:",
            assistant_model=_secret(env, "ASSISTANT_MODEL"),
            assistant_api_key=_api_key(env),
            assistant_timeout=timedelta(
                seconds=_integer(env, "ASSISTANT_TIMEOUT", 4, 1, 60)
            ),
            assistant_max_per_session=_integer(
                env, "ASSISTANT_MAX_PER_SESSION", 60, 0, 1_000_000
            ),
            assistant_max_per_day=_integer(
                env, "ASSISTANT_MAX_PER_DAY", 5_000, 0, 1_000_000_000
            ),
            routing_url=env.get("ROUTING_URL", ""),
            overpass_url=_uri(env, "OVERPASS_URL", "http://", "https://") or OVERPASS,
            tile_url=_tile_url(env),
            tile_attribution=env.get(
                "TILE_ATTRIBUTION", "© OpenStreetMap contributors"
            ),
            languages=_languages(env),
            allowed_hosts=tuple(env.get("ALLOWED_HOSTS", "").split()),
            security_contact=_uri(env, "SECURITY_CONTACT", "mailto:", "https://"),
            csp_report_url=_uri(env, "CSP_REPORT_URL", "https://"),
            trusted_proxies=_integer(env, "TRUSTED_PROXIES", 0, 0, 10),
            limit_requests=_integer(
                env,
                "LIMIT_REQUESTS",
                300 if environment == "production" else 0,
                0,
                1_000_000,
            ),
            limit_turns=_integer(env, "LIMIT_TURNS", 60, 2, 1_000_000),
            limit_new_trips=_integer(env, "LIMIT_NEW_TRIPS", 20, 1, 1_000_000),
            limit_store_url=_limit_store(env, storage_url),
            log_format=_choice(env, "LOG_FORMAT", ("text", "json")),
            log_level=_choice(
                env, "LOG_LEVEL", ("info", "debug", "warning", "error", "critical")
            ),
            host=env.get("HOST") or "127.0.0.1",
            port=_integer(env, "PORT", 8000, 1, 65_535),
            live_port=_integer(env, "LIVE_PORT", 0, 0, 65_535),
            plan_timeout=timedelta(seconds=_integer(env, "PLAN_TIMEOUT", 20, 1, 300)),
            workers=_integer(env, "WEB_CONCURRENCY", 2, 1, 256),
            threads=_integer(env, "WEB_THREADS", 8, 1, 256),
        )


def database_from_env(env: Mapping[str, str] | None = None) -> tuple[str, Path]:
    """Storage URL and instance folder: all that a migration needs to know."""
    env = os.environ if env is None else env
    url = _secret(env, "DATABASE_URL") or "embedded:"
    return url, Path(env.get("INSTANCE_PATH") or DEFAULT_INSTANCE).absolute()


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = env.get(name) or choices[0]
    if value not in choices:
        raise ConfigurationError(
            f"{name} must be one of {', '.join(choices)}, not {value!r}."
        )
    return value


def _integer(
    env: Mapping[str, str], name: str, default: int, low: int, high: int
) -> int:
    text = env.get(name) or str(default)
    try:
        value = int(text)
    except ValueError:
        value = low - 1
    if not low <= value <= high:
        raise ConfigurationError(
            f"{name} must be a whole number from {low} to {high}, not {text!r}."
        )
    return value


def _languages(env: Mapping[str, str]) -> tuple[str, ...]:
    known = language.known()
    told = tuple(dict.fromkeys(env.get("LANGUAGES", "").split())) or tuple(known)
    if strange := [it for it in told if it not in known]:
        raise ConfigurationError(
            f"LANGUAGES must be codes of {', '.join(known)} with spaces between, the "
            f"one for who asks for no other first, not {' '.join(strange)!r}."
        )
    return told


def _uri(env: Mapping[str, str], name: str, *schemes: str) -> str:
    value = env.get(name, "")
    if value and not (value.startswith(schemes) and re.fullmatch("[!-~]+", value)):
        raise ConfigurationError(
            f"{name} must begin with {' or '.join(schemes)}, not {value!r}."
        )
    return value


def _tile_url(env: Mapping[str, str]) -> str:
    url = env.get("TILE_URL", OSM_TILES)
    if not url.startswith(ARCHIVE):
        return url
    where = url.removeprefix(ARCHIVE)
    if not where.endswith(".pmtiles"):
        raise ConfigurationError(
            f"TILE_URL={url!r}: an archive's name ends with .pmtiles."
        )
    if where.startswith(("http://", "https://")):
        return url
    return f"{ARCHIVE}{Path(where).absolute()}"


def archive_file(settings: Settings) -> str | None:
    """The path of the map's archive, if one of this machine's files is it."""
    where = settings.tile_url.removeprefix(ARCHIVE)
    is_file = where != settings.tile_url and not where.startswith(("http:", "https:"))
    return where if is_file else None


def verify_archive(settings: Settings) -> None:
    """Raise ConfigurationError if there is to be an archive here, and is none.

    Looked at by a start alone: one that goes later costs the map its ground, and nobody
    the page.
    """
    path = archive_file(settings)
    if path and not (os.access(path, os.R_OK) and os.path.isfile(path)):
        raise ConfigurationError(f"TILE_URL names a file that cannot be read: {path}.")


def _secret(env: Mapping[str, str], name: str) -> str:
    """The variable itself, or the content of the file that NAME_FILE points to."""
    assert name in SECRETS
    path = env.get(f"{name}_FILE")
    if not path:
        return env.get(name, "")
    try:
        secret = Path(path).read_text(encoding="utf-8").strip()
    except OSError as exc:
        raise ConfigurationError(
            f"{name}_FILE points to {path!r}, which cannot be read: {exc.strerror}."
        ) from exc
    if not secret:
        raise ConfigurationError(f"{name}_FILE points to {path!r}, which is empty.")
    return secret


def _secret_key(env: Mapping[str, str], environment: str) -> str:
    key = _secret(env, "SECRET_KEY")
    if environment == "development":
        return key or DEVELOPMENT_SECRET
    weak = len(key) < MIN_SECRET_CHARS or len(set(key)) < 10
    if weak or key == DEVELOPMENT_SECRET:
        raise ConfigurationError(
            f"SECRET_KEY must be set to at least {MIN_SECRET_CHARS} random characters "
            "in production. Make one: "
            "python -c 'import secrets; print(secrets.token_urlsafe(32))'. "
            "To try the app on your own machine, set APP_ENV=development."
        )
    return key


def _encryption_keys(env: Mapping[str, str]) -> dict[str, bytes]:
    """By id, the one that encrypts first; `plain` in its place has no key."""
    keys: dict[str, bytes] = {}
    for item in _secret(env, "ENCRYPTION_KEYS").split():
        name, _, text = item.partition(":")
        standard = text.rstrip("=").replace("-", "+").replace("_", "/")
        try:
            key = b64decode(f"{standard}=", validate=True)
        except ValueError:
            key = b""
        known = re.fullmatch(r"[\w-]{1,32}", name, re.ASCII) and name not in keys
        if item == PLAIN and not keys:
            keys[PLAIN] = b""
        elif known and len(key) == ENCRYPTION_KEY_BYTES and len(set(key)) > 9:
            keys[name] = key
        else:
            raise ConfigurationError(
                "ENCRYPTION_KEYS must be keys with spaces between, each as id:key, its "
                "id its own, the key 32 random bytes in base64. Make one: python -c "
                "'import secrets; print(\"k1:\" + secrets.token_urlsafe(32))'. "
                "The first encrypts; `plain` in its place encrypts nothing."
            )
    return keys


def _limit_store(env: Mapping[str, str], storage_url: str) -> str:
    url = _secret(env, "LIMIT_STORE_URL") or "memory://"
    if not re.match(r"memory://$|database:$|redis(s|\+cluster)?://", url):
        raise ConfigurationError(
            "LIMIT_STORE_URL must be redis://…, rediss://… or redis+cluster://…, or "
            "database: for that of DATABASE_URL; unset, each worker counts for itself."
        )
    if url == "database:" and not storage_url.startswith(("embedded:", "postgresql:")):
        raise ConfigurationError(
            "LIMIT_STORE_URL=database: needs a PostgreSQL in DATABASE_URL. Name a "
            "Redis, or leave it unset."
        )
    return url


def _analytics_url(env: Mapping[str, str], storage_url: str) -> str:
    url = _secret(env, "ANALYTICS_DATABASE_URL")
    if url and not url.startswith("postgresql:"):
        raise ConfigurationError(
            "ANALYTICS_DATABASE_URL must be postgresql://user:password@host:port/"
            "database, a replica of DATABASE_URL's. Leave it unset to read from that."
        )
    if url and not storage_url.startswith(("embedded:", "postgresql:")):
        raise ConfigurationError(
            "ANALYTICS_DATABASE_URL needs a PostgreSQL in DATABASE_URL, too: other "
            "storages keep no facts of trips."
        )
    return url


def _api_key(env: Mapping[str, str]) -> str:
    key = _secret(env, "ASSISTANT_API_KEY")
    if key and not re.fullmatch("[!-~]+", key):  # else no header can hold it
        raise ConfigurationError(
            "ASSISTANT_API_KEY must be one line of visible ASCII characters."
        )
    return key


def _keep_audit(env: Mapping[str, str]) -> timedelta | None:
    days = _integer(env, "KEEP_AUDIT_DAYS", 730, 0, 36_500)
    return timedelta(days=days) if days else None


def _password(env: Mapping[str, str], name: str, opens: str) -> str:
    password = _secret(env, name)
    if 0 < len(password) < MIN_PASSWORD_CHARS:
        raise ConfigurationError(
            f"{name} must have at least {MIN_PASSWORD_CHARS} characters. "
            f"Leave it unset to have no {opens}."
        )
    return password
