"""Settings come from the environment and fail loudly."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from itinerary_app.config import DEVELOPMENT_SECRET, Settings
from itinerary_app.errors import ConfigurationError

STRONG = "correct-horse-battery-staple-0123456789"


def test_development_needs_no_setting() -> None:
    """With APP_ENV=development alone the app has all that it needs."""
    settings = Settings.from_env({"APP_ENV": "development"})
    assert settings.secret_key == DEVELOPMENT_SECRET
    assert settings.storage_url == "embedded:"
    assert settings.session_idle == timedelta(minutes=60)


def test_production_is_the_default_and_takes_a_strong_secret() -> None:
    """Without APP_ENV it is production, which starts with a strong secret."""
    settings = Settings.from_env({"SECRET_KEY": STRONG})
    assert settings.environment == "production"
    assert settings.secret_key == STRONG


@pytest.mark.parametrize("key", [None, "", "short", "a" * 64, DEVELOPMENT_SECRET])
def test_production_refuses_a_weak_secret(key: str | None) -> None:
    """Production does not start without a secret, or with a short or known one."""
    env = {} if key is None else {"SECRET_KEY": key}
    with pytest.raises(ConfigurationError, match="SECRET_KEY must be set"):
        Settings.from_env(env)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("APP_ENV", "staging"),
        ("SESSION_IDLE_MINUTES", "0"),
        ("SESSION_IDLE_MINUTES", "an hour"),
        ("SESSION_LIFETIME_HOURS", "-1"),
        ("PORT", "65536"),
        ("WEB_CONCURRENCY", "2.5"),
        ("WEB_THREADS", "none"),
        ("TRUSTED_PROXIES", "11"),
        ("OVERPASS_URL", "ftp://example.org"),
        ("ASSISTANT_TIMEOUT", "0"),
        ("ASSISTANT_MAX_PER_SESSION", "many"),
        ("ASSISTANT_MAX_PER_DAY", "-1"),
        ("LANGUAGES", "xx"),
    ],
)
def test_complaint_names_variable_and_expectation(name: str, value: str) -> None:
    """A value that cannot be used is named together with what was expected."""
    with pytest.raises(ConfigurationError, match=f"{name} must .*{value}"):
        Settings.from_env({"APP_ENV": "development", name: value})


@pytest.mark.parametrize(
    ("analytics", "database"),
    [("redis://db", "postgresql://db"), ("postgresql://replica", "redis://db")],
)
def test_analytics_are_read_from_postgresql(analytics: str, database: str) -> None:
    """A replica of another storage has no figures: that is said at the start."""
    env = {"ANALYTICS_DATABASE_URL": analytics, "DATABASE_URL": database}
    with pytest.raises(
        ConfigurationError, match=r"^ANALYTICS_DATABASE_URL (must|needs)"
    ):
        Settings.from_env({"APP_ENV": "development", **env})


def test_secrets_may_come_from_files(tmp_path: Path) -> None:
    """SECRET_KEY_FILE and DATABASE_URL_FILE are read, without the final newline."""
    key, url = tmp_path / "key", tmp_path / "url"
    key.write_text(STRONG + "\n")
    url.write_text("postgresql://db/trips\n")
    settings = Settings.from_env(
        {"SECRET_KEY_FILE": str(key), "DATABASE_URL_FILE": str(url)}
    )
    assert settings.secret_key == STRONG
    assert settings.storage_url == "postgresql://db/trips"


def test_missing_secret_file_is_named(tmp_path: Path) -> None:
    """A secret's file that cannot be read is named."""
    with pytest.raises(ConfigurationError, match="SECRET_KEY_FILE points to"):
        Settings.from_env({"SECRET_KEY_FILE": str(tmp_path / "none")})


def test_empty_secret_file_is_named(tmp_path: Path) -> None:
    """A secret's file with nothing in it is a mistake, not an unset secret."""
    empty = tmp_path / "empty"
    empty.write_text("\n")
    with pytest.raises(ConfigurationError, match=r"DATABASE_URL_FILE .* is empty"):
        Settings.from_env({"APP_ENV": "development", "DATABASE_URL_FILE": str(empty)})


def test_settings_do_not_show_their_secrets() -> None:
    """A printed Settings holds neither the secret key nor the database's password."""
    settings = Settings.from_env(
        {"SECRET_KEY": STRONG, "DATABASE_URL": "postgresql://me:hunter2@db/trips"}
    )
    assert STRONG not in repr(settings)
    assert "hunter2" not in repr(settings)


def test_analytics_need_a_password_that_is_not_short() -> None:
    """Unset means no analytics; a short one is a mistake."""
    env = {"APP_ENV": "development"}
    assert Settings.from_env(env).analytics_password == ""
    long = Settings.from_env({**env, "ANALYTICS_PASSWORD": "twelve chars"})
    assert long.analytics_password == "twelve chars"
    assert "twelve chars" not in repr(long)
    with pytest.raises(ConfigurationError, match="at least 12 characters"):
        Settings.from_env({**env, "ANALYTICS_PASSWORD": "eleven char"})


def test_the_language_models_key_is_a_secret(tmp_path: Path) -> None:
    """Key and model may come from files; the key is not shown, whatever is wrong."""
    key = tmp_path / "key"
    key.write_text("sk-hunter2\n")
    env = {"APP_ENV": "development", "ASSISTANT_MODEL": "small"}
    settings = Settings.from_env({**env, "ASSISTANT_API_KEY_FILE": str(key)})
    assert settings.assistant_model == "small"
    assert settings.assistant_api_key == "sk-hunter2"
    assert "hunter2" not in repr(settings)
    with pytest.raises(ConfigurationError, match="ASSISTANT_API_KEY must") as caught:
        Settings.from_env({**env, "ASSISTANT_API_KEY": "sk-hunter2\nHost: evil"})
    assert "hunter2" not in str(caught.value)


FIRST = "k1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"  # no padding, as token_urlsafe
SECOND = "k-2:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="  # as openssl rand -base64


def test_the_first_key_encrypts() -> None:
    """Keys come in their order; `plain` in the place of the first stands for none."""
    env = {"APP_ENV": "development"}
    assert Settings.from_env(env).encryption_keys == {}
    settings = Settings.from_env({**env, "ENCRYPTION_KEYS": f"{SECOND} {FIRST}"})
    keys = {"k-2": bytes(range(1, 33)), "k1": bytes(range(32))}
    assert list(settings.encryption_keys.items()) == list(keys.items())
    assert "x01" not in repr(settings)
    settings = Settings.from_env({**env, "ENCRYPTION_KEYS": f"plain {FIRST}"})
    assert [*settings.encryption_keys.values()] == [b"", bytes(range(32))]


@pytest.mark.parametrize(
    "value",
    [
        "k1",
        "k1:",
        FIRST[3:],
        FIRST[:-2],
        FIRST + "AA",
        f"{FIRST} {FIRST}",
        f"{FIRST} plain",
        f"k 1:{FIRST[3:]}",
        f"k1:{'A' * 43}",
        f"é:{FIRST[3:]}",
        f"k1:{FIRST[3:-1]}*",
    ],
)
def test_an_encryption_key_that_is_none_is_refused(value: str) -> None:
    """A key of another length, without an id or twice is refused, and not repeated."""
    env = {"APP_ENV": "development", "ENCRYPTION_KEYS": value}
    with pytest.raises(ConfigurationError, match="ENCRYPTION_KEYS must be") as refused:
        Settings.from_env(env)
    assert "AAECAw" not in str(refused.value)
