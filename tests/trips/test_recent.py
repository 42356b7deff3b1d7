"""What was worked out of a trip serves the next look at the same, and at no other."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from itinerary_app import language
from itinerary_app.model import Preferences
from itinerary_app.storage.memory import MemoryStorage
from itinerary_app.storage.testing import OWNER, itinerary
from itinerary_app.trips.recent import MOST, Recent

TRIP = replace(MemoryStorage().create_session(owner_hash=OWNER), itinerary=itinerary())


def test_the_same_is_worked_out_once() -> None:
    """An equal plan with equal wishes, read anew, is the same; the messages are not
    looked at.
    """
    recent, works = Recent(), count()
    facts = (object(),)
    later = replace(TRIP, itinerary=itinerary(), preferences=Preferences(), version=9)
    found = [recent.of("it", it, facts, lambda: next(works)) for it in (TRIP, later)]
    assert found == [0, 0]


def test_what_is_another_is_worked_out_anew() -> None:
    """Another plan, other wishes, another trip, other facts and another thing."""
    recent, works = Recent(), count()
    fact: tuple[int, ...] = (1, 2)
    equal = (*fact[:1], 2)
    others = [
        ("it", TRIP, [fact]),
        ("it", replace(TRIP, itinerary=itinerary("another")), [fact]),
        ("it", replace(TRIP, preferences=Preferences(city="Jaipur")), [fact]),
        ("it", replace(TRIP, session_id="another"), [fact]),
        ("it", replace(TRIP, session_id="another"), [equal]),
        ("other", TRIP, [fact]),
    ]
    found = [recent.of(*other, lambda: next(works)) for other in others]
    assert found == list(range(len(others)))


def test_each_language_has_its_own() -> None:
    """What was worked out for a German is not shown to others."""
    recent, works = Recent(), count()
    found = []
    for spoken in ("en", "de", "en"):
        with language.using(spoken):
            found.append(recent.of("it", TRIP, (), lambda: next(works)))
    assert found == [0, 1, 0]


def test_so_much_is_kept_at_the_most() -> None:
    """What was not asked for longest goes first."""
    recent, works = Recent(), count()

    def ask(number: int) -> int:
        trip = replace(TRIP, session_id=str(number))
        return recent.of("it", trip, (), lambda: next(works))

    for number in range(MOST):
        ask(number)
    assert ask(0) == 0
    ask(MOST)  # in the place of 1
    assert (ask(0), ask(1)) == (0, MOST + 1)
