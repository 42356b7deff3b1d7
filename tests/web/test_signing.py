"""What we signed stays good after SECRET_KEY changed, and nothing else is good."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from flask import Flask

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.current import services
from itinerary_app.web.security import COOKIE
from tests.web.talk import SESSIONS, Caller
from tests.web.test_pages import Traveller
from tests.web.test_sharing import link, shares

NEW_KEY = "n" * 40
CHOSEN = "a" * 43


@pytest.fixture
def settings(database_url: str) -> Settings:
    """On a storage that two apps can have in common."""
    return Settings(
        environment="development", secret_key="o" * 40, storage_url=database_url
    )


@pytest.fixture
def rotated(settings: Settings) -> Flask:
    """The app after its key was changed, with the old one as fallback."""
    changed = replace(
        settings, secret_key=NEW_KEY, secret_key_fallbacks=(settings.secret_key,)
    )
    return create_app(changed)


def moved(traveller: Traveller, app: Flask) -> Traveller:
    """The same browser in front of another app."""
    then = Traveller(app.test_client())
    secret = traveller.client.get_cookie(COOKIE)
    assert secret
    then.client.set_cookie(COOKIE, secret.value)
    return then


def test_a_new_key_loses_no_trip_form_or_link(app: Flask, rotated: Flask) -> None:
    """Cookie, open form and shared link of before the change are good after it."""
    before = Traveller(app.test_client())
    trip = shares(before, before.plans())
    after = moved(before, rotated)
    assert after.get(trip.path).status == 200
    assert after.send(trip.writing, text="remove the first stop").status == 200
    assert Traveller(rotated.test_client()).get(link(trip)).status == 200


def test_a_key_that_is_gone_opens_nothing(app: Flask, settings: Settings) -> None:
    """Without the old key among the fallbacks old links and forms are not ours."""
    before = Traveller(app.test_client())
    trip = shares(before, before.plans())
    other = create_app(replace(settings, secret_key=NEW_KEY))
    assert Traveller(other.test_client()).get(link(trip)).status == 404
    assert moved(before, other).send(trip.writing, text="hello").status == 403


def test_only_secrets_that_we_gave_are_adopted(app: Flask) -> None:
    """A token that somebody chose, of the right form, is 401 and begins no trip."""
    caller = Caller(app.test_client(), CHOSEN)
    assert caller.create().status_code == 401
    assert caller.call("GET", SESSIONS).status_code == 401


def test_a_chosen_cookie_of_the_right_form_is_replaced(app: Flask) -> None:
    """Who plants a cookie does not know the secret of the trip that begins with it."""
    traveller = Traveller(app.test_client())
    traveller.client.set_cookie(COOKIE, CHOSEN)
    traveller.plans()
    owner = hashlib.sha256(CHOSEN.encode()).digest()
    with app.app_context():
        assert services().storage.list_sessions(owner) == []


def test_a_secret_of_before_signatures_keeps_its_trips(app: Flask) -> None:
    """Who has a trip under an unsigned secret goes on with it."""
    with app.app_context():
        owner = hashlib.sha256(CHOSEN.encode()).digest()
        trip = services().conversation.start(owner)
    caller = Caller(app.test_client(), CHOSEN)
    assert caller.call("GET", f"{SESSIONS}/{trip.session_id}").status_code == 200
    assert caller.create().status_code == 201
