"""What the checker says: one verdict for each promise, with its findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from itinerary_app.language import N_, _, ngettext

HOURS, PRICES, LEVELS, ACCESS = "hours", "prices", "price levels", "access"
_KNOWN = {
    HOURS: N_("hours known for %(known)s of %(of)s"),
    PRICES: N_("prices known for %(known)s of %(of)s"),
    LEVELS: N_("price levels known for %(known)s of %(of)s"),
    ACCESS: N_("access known for %(known)s of %(of)s"),
}


class Verdict(StrEnum):
    OK = "ok"
    UNKNOWN = "unknown"  # as far as facts are known and it is left to us, it holds
    VIOLATED = "violated"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where. `asked`: the traveller wanted this place by name."""

    what: str
    day: int | None = None
    place: str | None = None
    asked: bool = False

    @property
    def words(self) -> str:
        """Day 2, Louvre: closed on Tue 29 Dec. You asked for this place."""
        where = ", ".join(
            filter(
                None, (_("Day %(day)s", day=self.day) if self.day else "", self.place)
            )
        )
        told = f"{where}: {self.what}" if where else _capital(self.what)
        return (
            _("%(told)s. You asked for this place.", told=told)
            if self.asked
            else f"{told}."
        )


@dataclass(frozen=True, slots=True)
class Check:
    """One promise and whether it is kept, as far as `fact` is known.

    `remarks` are no violations: what the traveller may like to know about it. `own`
    stops are as the traveller set them instead: each has its remark.
    """

    key: str
    label: str
    promise: str
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()
    fact: str = ""
    known: int = 0
    of: int = 0
    own: int = 0

    @property
    def verdict(self) -> Verdict:
        if self.findings:
            return Verdict.VIOLATED
        return Verdict.UNKNOWN if self.known < self.of or self.own else Verdict.OK

    @property
    def coverage(self) -> str:
        """For how many it could be checked, "hours known for 12 of 18"; "" = all."""
        parts = []
        if self.known < self.of:
            parts.append(_(_KNOWN[self.fact], known=self.known, of=self.of))
        if self.own:
            parts.append(
                ngettext(
                    "%(num)s stop as you set it",
                    "%(num)s stops as you set it",
                    self.own,
                )
            )
        return ", ".join(parts)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
