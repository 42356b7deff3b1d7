"""A plan's markup is made once for all who may see as much: nobody gets another's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any

import pytest
from flask import Flask

from itinerary_app import current
from itinerary_app.current import services
from itinerary_app.trips.recent import Recent
from itinerary_app.web import shown
from tests.web.test_companions import invites, joins
from tests.web.test_pages import HTTPS, Page, Traveller
from tests.web.test_sharing import link, shares

WISH = "2 days in Rome from 24 December 2098, we love food and history"
TOKEN = re.compile(r'name="form_token" value="([0-9a-f]+)"')
OF_A_MOMENT = re.compile(
    r'name="(?:form_token|turn_key)" value="[^"]+"|data-(?:now|until)="[^"]+"'
    r"|\d\d:\d\d UTC|<time [^>]*T[^>]*>"
)


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def trip(asha: Traveller) -> Page:
    return asha.plans(WISH)


@pytest.fixture
def ben(app: Flask, asha: Traveller, trip: Page) -> Traveller:
    """May change the trip."""
    ben = Traveller(app.test_client())
    joins(ben, invites(asha, trip, "edit"))
    return ben


@pytest.fixture
def chloe(app: Flask, asha: Traveller, trip: Page) -> Traveller:
    """May look at it."""
    chloe = Traveller(app.test_client())
    joins(chloe, invites(asha, trip, "look"))
    return chloe


@pytest.fixture
def stranger(app: Flask) -> Traveller:
    return Traveller(app.test_client())


def acts(traveller: Traveller, trip: Page, **act: Any) -> Page:
    """What the trip's page of now shows afterwards."""
    now = traveller.get(trip.path)
    return traveller.send(now.changing, acts=json.dumps([act]))


def first_stop(page: Page) -> dict[str, list[str]]:
    place = page.ids["stop-1-1"]["data-place"]
    assert place
    return {"ids": [place]}


def test_a_page_is_what_a_new_process_shows(
    app: Flask,
    asha: Traveller,
    ben: Traveller,
    chloe: Traveller,
    stranger: Traveller,
    trip: Page,
) -> None:
    """Whoever looked before, in whichever language and below whichever path."""
    acts(asha, trip, act="note", stop=first_stop(trip), text="for aunt Ada")
    shared = link(shares(asha, asha.get(trip.path)))

    def pages() -> Iterator[str]:
        for root in ("", "/below"):
            for spoken in ("en", "de", "es"):
                for who in (asha, ben, chloe, stranger):
                    path = shared if who is stranger else trip.path
                    answer = who.client.get(
                        path,
                        base_url=f"{HTTPS}{root}",
                        headers={"Accept-Language": spoken},
                    )
                    assert answer.status_code == 200
                    yield OF_A_MOMENT.sub("", answer.get_data(as_text=True))

    def new_pages() -> Iterator[str]:
        asked = pages()
        for _ in range(24):
            given = app.extensions[current.KEY]
            current.install(app, replace(given, recent=Recent()))
            yield next(asked)

    new = list(new_pages())
    assert [*pages(), *pages()] == new * 2
    assert len(set(new)) == 24
    assert ['class="note"' in it for it in new[:4]] == [True, True, False, False]
    assert ['class="grip"' in it for it in new[:4]] == [True, True, False, False]


def test_forms_are_of_who_looks(asha: Traveller, ben: Traveller, trip: Page) -> None:
    """No two pages share a form's token, and one of another traveller is refused."""
    hers, again, his = (it.get(trip.path) for it in (asha, asha, ben))
    tokens = [TOKEN.findall(page.html) for page in (hers, again, his)]
    assert all(len(it) >= 3 for it in tokens)
    assert len({*chain(*tokens)}) == sum(map(len, tokens))
    for token in tokens[0]:
        sent = {"acts": '[{"act": "undo"}]', "form_token": token}
        assert ben.send(his.changing, **sent).status == 403
    assert asha.send(hers.changing, acts='[{"act": "undo"}]').status == 200


def test_a_change_is_in_the_very_next_page(
    asha: Traveller,
    ben: Traveller,
    chloe: Traveller,
    stranger: Traveller,
    trip: Page,
) -> None:
    """For all who have the trip open, and on the page that is shared."""
    shared = link(shares(asha, trip))
    all_pages = [(it, trip.path) for it in (asha, ben, chloe)] + [(stranger, shared)]
    before = [who.get(path) for who, path in all_pages]
    place = first_stop(before[0])
    acts(ben, trip, act="remove", stop=place)
    for (who, path), earlier in zip(all_pages, before, strict=True):
        assert first_stop(earlier) == place
        assert f'data-place="{place["ids"][0]}"' not in who.get(path).html
    acts(asha, trip, act="undo")
    assert first_stop(ben.get(trip.path)) == place
    acts(asha, trip, act="lock", stop=place)
    assert ben.get(trip.path).html.count('class="locked"') == 1


def test_it_is_made_once(app: Flask, asha: Traveller, trip: Page) -> None:
    """Until the plan changes, a view neither checks it nor draws it again."""
    key = trip.path.split("/")[2]

    def made() -> Any:
        with app.test_request_context():
            kept = services().storage.get_session(key)
            assert kept
            return services().checks(kept), shown.own_plan(kept, can_edit=True)

    checks, plan = made()
    asha.send(trip.writing, text="thanks")
    assert made()[0] is checks
    assert made()[1] is plan
    acts(asha, trip, act="remove", stop=first_stop(trip))
    assert made()[1] is not plan
