"""Promises about the bench: what is kept from whoever builds the reader stays so."""

from __future__ import annotations

import pytest

from tests.assistant.labelled.messages import messages
from tests.bench.assistant.__main__ import main


def test_failures_of_the_unseen_part_are_not_shown(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Asked for or not: they are only counted."""
    main(["--of", "messages", "--part", "unseen", "--kind", "force", "--failures"])
    printed = capsys.readouterr().out
    assert "counted, not shown" in printed
    for message in messages("unseen"):
        assert message.id not in printed
        assert message.say not in printed or len(message.say) < 5


def test_failures_of_the_seen_part_are_shown_if_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With what was read and what was wanted, for each message that is not right."""
    main(["--of", "messages", "--part", "seen", "--kind", "force", "--failures"])
    table, _, failures = capsys.readouterr().out.partition("Slots F1")
    row = next(line for line in table.splitlines() if line.startswith("| force"))
    total, right = (int(cell) for cell in row.split("|")[2:4])
    assert failures.count("    got: ") == total - right
