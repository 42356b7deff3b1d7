"""Patches lead from any plan to any other, and are those of RFC 6902."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from itinerary_app.storage.codec import dump_itinerary
from itinerary_app.storage.patches import apply, difference
from itinerary_app.storage.testing import plan

scalars = st.none() | st.booleans() | st.integers(0, 9) | st.sampled_from("ab")
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=12,
)
plans = st.lists(st.text("abcdef", max_size=5), max_size=4).map(
    lambda days: json.loads(dump_itinerary(plan(*days)))
)


def hours(stop: int) -> list[str]:
    return [f"0/stops/{stop}/1", f"0/stops/{stop}/2"]


def patched(old: Any, new: Any) -> Any:
    """The old value after the patch to the new one."""
    document = {"it": copy.deepcopy(old)}
    apply(json.dumps(list(difference({"it": old}, {"it": new}))), document)
    return document["it"]


@settings(max_examples=500, deadline=None)
@given(old=values, new=values)
def test_a_patch_leads_from_any_value_to_any_other(old: Any, new: Any) -> None:
    """Whatever two JSON values are; 1 and true count as one, as no plan mixes them."""
    assert patched(old, new) == new


@settings(max_examples=200, deadline=None)
@given(old=plans, new=plans)
def test_a_patch_leads_from_any_plan_to_any_other(old: Any, new: Any) -> None:
    """Stops and days may come, go and change places."""
    assert patched(old, new) == new


@pytest.mark.parametrize(
    ("old", "new", "paths"),
    [
        (plan("abc"), plan("ac"), ["0/stops/1", *hours(1)]),
        (plan("ac"), plan("abc"), ["0/stops/1", *hours(2)]),
        (plan("abc"), plan("bac"), ["0/stops/0", *hours(0), *hours(1)]),
        (plan("a", "b", "c"), plan("a", "c"), ["1", "1/number"]),
    ],
)
def test_what_stays_is_not_in_the_patch(old: Any, new: Any, paths: list[str]) -> None:
    """A stop or day that went or came is one operation, beside its followers' hours."""
    one, other = (json.loads(dump_itinerary(it)) for it in (old, new))
    found = [it["path"] for it in difference(one, other)]
    assert found == [f"/days/{path}" for path in paths]


@pytest.mark.parametrize(
    "patch",
    [
        "7",
        "[7]",
        '[{"op": "copy", "from": "/it", "path": "/it"}]',
        '[{"op": "move", "from": "/it/9", "path": "/it/0"}]',
        '[{"op": "replace", "path": "", "value": 1}]',
        '[{"op": "remove", "path": "/nobody"}]',
        '[{"op": "remove", "path": "/it/9"}]',
        '[{"op": "add", "path": "/it/9", "value": 1}]',
        '[{"op": "add", "path": "/it/x", "value": 1}]',
        '[{"op": "add", "path": "/it/0/0/0", "value": 1}]',
    ],
)
def test_a_patch_that_does_not_fit_is_an_error(patch: str) -> None:
    """One of the errors that its docstring names, never another."""
    with pytest.raises((LookupError, TypeError, ValueError)):
        apply(patch, {"it": [1, 2]})
