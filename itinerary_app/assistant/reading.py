"""What a message tells of days, interests, pace, budget and places to avoid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from itinerary_app.assistant import numbers
from itinerary_app.assistant.vocabulary import (
    BARE_MIDDLE,
    BUDGETS,
    NEGATION,
    PACES,
    SUBJECTS,
    Subject,
    clauses,
)
from itinerary_app.model import (
    Budget,
    Category,
    City,
    Interest,
    Pace,
    Preferences,
)
from itinerary_app.model.fields import MAX_DAYS

_MORE_DAYS = re.compile(
    r"\b(?:add|another|extra|(?P<more>\w+) more|one more|plus(?: one)?)"
    r"(?: an?| one| extra| another)? days?\b|\ba day (?:more|longer)\b|\bstay longer\b"
)
_FEWER_DAYS = re.compile(
    r"\b(?:(?P<fewer>\w+) )?days? (?:less|fewer|shorter)\b"
    r"|\b(?:remove|drop|cut|delete) (?:a|one|the last) day\b"
    r"|\b(?:one|a) (?:less|fewer) day\b|\bmake it shorter\b"
    r"|\bshorten\b[^.;]*\bby (?:a|one) day\b"
)
_DAY_TRIP = re.compile(r"\b(?:an? )?day[- ]trips?\b")
_NO_BUT = re.compile(
    r"(?:(?:actually|make it|only|just|no|sorry|ok)[,\s]+)+(\w+)"
    r"(?: again| instead| please|[.!\s])*"
)
_LONGER = re.compile(
    r"\b(?:(?:extend|prolong|lengthen)\w*\b.*\bby|add) (\w+) (?:more |extra )?days?\b"
)
_CALMER = re.compile(
    r"\b(?:more relax\w*|slower|calmer|less (?:busy|packed|rushed|hectic|full)"
    r"|more (?:easy|leisurely|chill\w*|slow\w*)|easier|slow (?:it )?down"
    r"|(?<!not )too (?:much|busy|packed|rushed|full|hectic|many|tiring)"
    r"|fewer (?:stops|things|places|sights|visits)|lighter|too long|have less)\b"
)
_FULLER = re.compile(
    r"\b(?:more (?:packed|busy|intense|active|to do|stops|things)|busier|fuller|faster"
    r"|fill (?:it )?up|less relaxed|(?<!not )too (?:slow|relaxed|empty|little|quiet)"
    r"|needs? more|pack(?:ed)? more|squeeze)\b|\bmore (?:on|for|in)\b|\bfill\b"
)
_CHEAPER = re.compile(
    r"\b(?:cheaper|less expensive|too (?:expensive|dear|pricey)|save (?:some )?money"
    r"|spend less|(?:reduce|lower|cut) (?:the |our |my )?(?:costs?|prices?|spending))\b"
)
_DEARER = re.compile(
    r"\b(?:fancier|more (?:luxur\w+|upscale|expensive|fancy)|nicer places|too cheap)\b"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was told, in absolute terms; `days` may be out of bounds."""

    days: int | None = None
    likes: tuple[Interest, ...] = ()
    dislikes: tuple[Interest, ...] = ()
    avoid: tuple[Category, ...] = ()
    wanted: tuple[Category, ...] = ()  # kinds named without a negation
    pace: Pace | None = None
    budget: Budget | None = None

    def patch(self, told: Preferences, city: City | None) -> dict[str, Any]:
        """What changes in the preferences, as JSON values; nothing that is known."""
        interests = [item for item in told.interests if item not in self.dislikes]
        interests += [item for item in self.likes if item not in interests]
        avoid = [item for item in told.avoid if item not in self.wanted]
        avoid += [item for item in self.avoid if item not in avoid]
        possible = 1 <= (self.days or 0) <= MAX_DAYS
        wishes: dict[str, Any] = {
            "city": city.name if city else None,
            "duration_days": self.days if possible else None,
            "pace": self.pace and self.pace.value,
            "budget": self.budget and self.budget.value,
        }
        patch = {
            name: value
            for name, value in wishes.items()
            if value is not None and value != getattr(told, name)
        }
        if interests != list(told.interests):
            patch["interests"] = [item.value for item in interests]
        if avoid != list(told.avoid):
            patch["avoid"] = [item.value for item in avoid]
        return patch


def read(text: str, told: Preferences) -> Reading:
    """Read lower-case text in the light of what was told before."""
    likes, dislikes, avoid, wanted = _subjects(text)
    pace, budget = _pace(text, told), _budget(text, told)
    if pace is None and budget is None and BARE_MIDDLE.search(text):
        if told.pace is None:
            pace = Pace.MODERATE
        else:
            budget = Budget.MODERATE
    return Reading(_days(text, told), likes, dislikes, avoid, wanted, pace, budget)


def cheaper(text: str) -> bool:
    """Whether lower-case text wishes for a cheaper plan."""
    found = _CHEAPER.search(text)
    return bool(found) and not NEGATION.search(text[: found.start() if found else 0])


def calmer(text: str) -> bool | None:
    """True where lower-case text wishes for less, False for more, None for neither."""
    if _CALMER.search(text):
        return True
    return False if _FULLER.search(text) else None


def _days(text: str, told: Preferences) -> int | None:
    if told.duration_days is not None:
        text = _DAY_TRIP.sub(" ", text)
        if bare := _NO_BUT.fullmatch(text):
            return numbers.bare(bare[1])
        if match := _LONGER.search(text):
            return told.duration_days + numbers.NUMBERS.get(match[1], 1)
        if match := _FEWER_DAYS.search(text):
            return told.duration_days - numbers.NUMBERS.get(match["fewer"] or "one", 1)
        if match := _MORE_DAYS.search(text):
            return told.duration_days + numbers.NUMBERS.get(match["more"] or "one", 1)
    found = numbers.days(text)
    if found is None and told.duration_days is None:
        return numbers.bare(text)
    return found


def _subjects(
    text: str,
) -> tuple[
    tuple[Interest, ...],
    tuple[Interest, ...],
    tuple[Category, ...],
    tuple[Category, ...],
]:
    likes: dict[Interest, None] = {}
    dislikes: dict[Interest, None] = {}
    avoid: dict[Category, None] = {}
    wanted: dict[Category, None] = {}
    named: set[Category] = set()  # denied by their own name
    denied = False
    parts = clauses(text)
    for place, clause in enumerate(parts):
        negation = NEGATION.search(clause)
        goes_on = denied and _continues(parts[place:])
        start = 0 if goes_on else negation.start() if negation else len(clause)
        denied = bool(negation or goes_on)
        for subject in SUBJECTS:
            for match in subject.pattern.finditer(clause):
                if match.start() >= start:
                    avoid.update(dict.fromkeys(subject.categories))
                    named.update(subject.categories[:1])
                    dislikes.update(dict.fromkeys(_disliked(subject)))
                else:
                    wanted.update(dict.fromkeys(subject.categories))
                    likes.update(dict.fromkeys(subject.interests))
    # "museums, but no art museums": what is liked somewhere is not disliked.
    return (
        tuple(likes),
        tuple(item for item in dislikes if item not in likes),
        tuple(item for item in avoid if item in named or item not in wanted),
        tuple(item for item in wanted if item not in named),
    )


def _continues(clauses: list[str]) -> bool:
    """Whether a denial goes on: "no temples, shrines or museums", "no art, or food"."""
    for clause in clauses:
        if re.match(r"\s*(?:or|nor)\b", clause):
            return True
        rest = re.sub(r"\b(?:or|nor|and|any|the)\b", " ", clause)
        for subject in SUBJECTS:
            rest = subject.pattern.sub(" ", rest)
        if rest.strip():
            return False
        if re.search(r"\b(?:or|nor)\b", clause):
            return True
    return False


def _disliked(subject: Subject) -> tuple[Interest, ...]:
    """Without museums one may love culture still; without shops no shopping."""
    named = {item.value for item in subject.categories}
    if not named or named & {item.value for item in subject.interests}:
        return subject.interests
    return ()


def _pace(text: str, told: Preferences) -> Pace | None:
    step = calmer(text)
    if step is not None:
        return (told.pace or Pace.MODERATE).step(calmer=step)
    return next((pace for pattern, pace in PACES if pattern.search(text)), None)


def _budget(text: str, told: Preferences) -> Budget | None:
    ladder = list(Budget)
    now = ladder.index(told.budget or Budget.MODERATE)
    if _CHEAPER.search(text) and told.city:
        return ladder[max(now - 1, 0)]
    if _DEARER.search(text) and told.city:
        return ladder[min(now + 1, len(ladder) - 1)]
    return next((budget for pattern, budget in BUDGETS if pattern.search(text)), None)
