"""Which places have one ticket together."""

from __future__ import annotations

from itinerary_app.catalogue.places import Catalogue
from itinerary_app.catalogue.tickets import included, tickets

ROME = {it.id: it for it in Catalogue().places("Rome")}
SITE = [ROME[it] for it in ("roman-forum", "colosseum", "pantheon", "palatine-hill")]


def test_a_site_has_one_ticket_bought_where_one_comes_first() -> None:
    """Its other parts are included there; what is no part of it has its own."""
    assert [it.id for it in tickets(SITE)] == ["roman-forum", "pantheon"]
    bought = {place_id: at.id for place_id, at in included(SITE).items()}
    assert bought == {"colosseum": "roman-forum", "palatine-hill": "roman-forum"}


def test_a_part_that_stands_alone_is_paid_there() -> None:
    """Nothing is included in a ticket that nobody bought; free parts have none."""
    assert included([ROME["palatine-hill"], ROME["arch-of-constantine"]]) == {}
