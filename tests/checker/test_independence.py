"""The checker owes nothing to the planner that it checks."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

from itinerary_app import checker

ALLOWED = {
    "itinerary_app.catalogue.gateways",
    "itinerary_app.catalogue.holidays",
    "itinerary_app.catalogue.light",
    "itinerary_app.catalogue.mealtimes",
    "itinerary_app.catalogue.observances",
    "itinerary_app.catalogue.zones",
    "itinerary_app.language",
    "itinerary_app.model",
    "itinerary_app.text",
    "itinerary_app.checker",
    "opening_hours",
}


def test_the_checker_imports_no_planner_code() -> None:
    """Only the model, the words and the library of hours, in each of its files."""
    assert checker.__file__
    files = sorted(Path(checker.__file__).parent.glob("*.py"))
    assert len(files) > 1
    for file in files:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                own = any(name == it or name.startswith(f"{it}.") for it in ALLOWED)
                assert own or name.split(".")[0] in sys.stdlib_module_names, name
