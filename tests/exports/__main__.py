"""`python -m tests.exports` writes the golden files anew; read the difference."""

from __future__ import annotations

from tests.exports.test_golden import GOLDEN, KINDS, rendered

for kind in KINDS:
    (GOLDEN / f"plan.{kind}").write_bytes(rendered(kind))
