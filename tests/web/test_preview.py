"""The link of a shared plan has a preview: words and a picture, nothing private."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from tests.web.test_pages import HTTPS, WISH, Traveller
from tests.web.test_sharing import link, shares, sharing


@pytest.fixture
def asha(app: Flask) -> Traveller:
    return Traveller(app.test_client())


@pytest.fixture
def visitor(app: Flask) -> Traveller:
    return Traveller(app.test_client())


def test_a_link_has_a_preview(asha: Traveller, visitor: Traveller) -> None:
    """A picture by its whole address, drawn once, and nothing of what was said."""
    page = shares(asha, asha.plans(WISH + ", for my grandmother"))
    shown = visitor.get(link(page)).html
    meta = dict(re.findall(r'<meta (?:property|name)="(\S+)" content="([^"]*)"', shown))
    assert meta["og:title"] == "3 days in Jaipur"
    assert meta["twitter:card"] == "summary_large_image"
    assert meta["og:url"] == HTTPS + link(page)
    assert "grandmother" not in str(meta)
    path = meta["og:image"].removeprefix(HTTPS)
    picture = visitor.client.get(path, base_url=HTTPS)
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")
    known = {"If-None-Match": picture.headers["ETag"]}
    assert visitor.client.get(path, base_url=HTTPS, headers=known).status_code == 304


def test_the_preview_goes_with_the_link(asha: Traveller, visitor: Traveller) -> None:
    """When a plan is not shared any more its picture is not there either."""
    page = shares(asha, asha.plans())
    picture = f"{link(page)}/card.png"
    assert visitor.client.get(picture, base_url=HTTPS).status_code == 200
    asha.send(sharing(page), shared="false")
    assert visitor.client.get(picture, base_url=HTTPS).status_code == 404
