"""ARCHITECTURE.md draws the package as it is."""

from __future__ import annotations

import re
import tomllib

from tests.conftest import ROOT

PAGE = (ROOT / "itinerary_app" / "ARCHITECTURE.md").read_text()
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def layers(container: str) -> list[str]:
    [found] = [
        contract["layers"]
        for contract in PYPROJECT["tool"]["importlinter"]["contracts"]
        if contract.get("containers") == [container]
    ]
    return list(found)


def test_the_picture_is_the_import_rules() -> None:
    """The layers drawn are those that import-linter enforces."""
    picture = re.search(r"```\n(.*?)\n```", PAGE, re.DOTALL)
    assert picture
    assert picture[1].splitlines() == layers("itinerary_app")


def test_the_planners_order_is_the_import_rules() -> None:
    """The order given for the planner's second level is the one enforced."""
    found = re.search(r"order of its own: (.*?), each", PAGE, re.DOTALL)
    assert found
    names = [name.removesuffix(".py") for name in re.findall(r"`([\w.]+)`", found[1])]
    assert names == layers("itinerary_app.planner")


def test_every_entry_of_the_package_is_named() -> None:
    """Whatever stands at the top of the package stands in the picture or the table."""
    named = set(re.findall(r"[\w.]+", PAGE))
    for entry in (ROOT / "itinerary_app").iterdir():
        if not entry.name.startswith(("_", ".")) and entry.suffix != ".md":
            assert {entry.name, entry.stem} & named, entry.name


def test_its_links_lead_somewhere() -> None:
    """The pages that it names are in the repository."""
    for link in re.findall(r"\]\(([^)]+)\)", PAGE):
        assert (ROOT / "itinerary_app" / link).is_file(), link
