"""RuleAssistant: understands plain English by rules, and keeps the dialogue short."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from itinerary_app.assistant import wording
from itinerary_app.assistant.base import Assistant, Reply
from itinerary_app.assistant.cities import Gazetteer, Mention
from itinerary_app.assistant.edits import Answer, EditReader
from itinerary_app.assistant.reading import Reading, read
from itinerary_app.model import (
    MAX_DAYS,
    City,
    Itinerary,
    Place,
    Preferences,
    TripSession,
)

MAX_QUESTIONS = 3
DEFAULT_DAYS = 3
MAX_READ = 2_000  # characters; who writes more has said it by then
DAYS_REPLIES = ("Weekend", "3 days", "5 days", "A week")
INTEREST_REPLIES = ("Food and culture", "History", "Nature and views", "Surprise me")

_START_OVER = re.compile(
    r"\b(?:start (?:over|again|afresh)|from scratch|reset|new trip|begin again)\b"
)
_ANYTHING = re.compile(
    r"\b(?:surprise me|anything|whatever|you (?:choose|decide|pick)|no preference"
    r"|don'?t (?:mind|care|know)|dunno|no idea|up to you|not sure|everything|all of it"
    r"|just plan|plan it|go ahead)\b"
)
_GREETING = re.compile(
    r"(?:hi|hello|hey|good (?:morning|evening|day)|namaste)\b.{0,15}"
)
_THANKS = re.compile(
    r"\b(?:thanks?|thank you|thx|great|perfect|awesome|lovely|nice|cool)\b"
)
_HELP = re.compile(r"\bhelp\b|\bwhat can you do\b|\bhow does (?:this|it) work\b")
_WHICH_CITIES = re.compile(
    r"\b(?:which|what) (?:cities|places|destinations)\b|\bwhere can\b"
)


class RuleAssistant(Assistant):
    """`places` gives the places of a covered city by its name."""

    def __init__(
        self,
        *,
        cities: Sequence[City],
        places: Callable[[str], Sequence[Place]],
    ) -> None:
        self._cities = tuple(cities)
        self._places = places
        self._gazetteer = Gazetteer(cities)

    def reply(self, session: TripSession, text: str) -> Reply:
        text = text[:MAX_READ].replace("’", "'")
        lower = text.lower()
        if _START_OVER.search(lower):
            return self._start_over(session)
        if edit := self._edit(session, lower):
            return edit
        told = session.preferences
        mention = self._mention(session, text)
        reading = read(lower, told)
        patch = _patch(told, reading, mention)
        if problem := self._problem(session, mention, reading, patch):
            return problem
        if not patch and (social := self._social(session, lower)):
            return social
        if not patch and session.itinerary:
            return self._nothing_new(session, reading)
        reply = self._proceed(session, patch, mention, bool(_ANYTHING.search(lower)))
        if _GREETING.fullmatch(lower.strip()):
            return replace(reply, text=f"Hello! {reply.text}")
        return reply

    def present(
        self, session: TripSession, reply: Reply, itinerary: Itinerary
    ) -> Reply:
        if reply.edit and session.itinerary:
            text = wording.edit(reply.edit, session.itinerary, itinerary)
        else:
            told = session.preferences.merged(reply.preferences)
            text = wording.plan(itinerary, told, session.itinerary)
        text = f"{reply.text} {text}".strip()
        return Reply(text=text, quick_replies=wording.next_steps(itinerary))

    def regret(self, session: TripSession, reply: Reply, why: str) -> Reply:
        if session.itinerary is None:
            return Reply(text=why, quick_replies=self._city_replies(self._cities))
        steps = wording.next_steps(session.itinerary)
        return Reply(text=f"{why} I left your plan as it is.", quick_replies=steps)

    def _mention(self, session: TripSession, text: str) -> Mention:
        history = session.conversation_history
        offered = history[-1].quick_replies if history else ()
        return self._gazetteer.find(text, offered)

    def _edit(self, session: TripSession, lower: str) -> Reply | None:
        if session.itinerary is None:
            return None
        places = self._places(session.itinerary.city.name)
        edit = EditReader(session.itinerary, places).read(lower)
        if isinstance(edit, Answer):
            return Reply(
                text=edit.text,
                quick_replies=edit.quick_replies
                or wording.next_steps(session.itinerary),
            )
        return Reply(edit=edit) if edit else None

    def _start_over(self, session: TripSession) -> Reply:
        forgotten = dict.fromkeys(session.preferences.to_dict())
        stays = " Your present plan stays until then." if session.itinerary else ""
        return Reply(
            text=f"Let's start afresh: where to, and for how long?{stays}",
            preferences=forgotten,
            quick_replies=self._city_replies(self._cities),
        )

    def _problem(
        self,
        session: TripSession,
        mention: Mention,
        reading: Reading,
        patch: dict[str, Any],
    ) -> Reply | None:
        """What stands in the way of the wish, said honestly; the rest is kept."""
        if reading.days is not None and not 1 <= reading.days <= MAX_DAYS:
            return Reply(
                text=f"I can plan 1 to {MAX_DAYS} days, not {reading.days:,}. "
                "How many shall it be?",
                preferences=patch,
                quick_replies=DAYS_REPLIES,
            )
        if mention.names:
            return self._which(session, mention, patch)
        if mention.elsewhere:
            near = self._gazetteer.nearest(mention.elsewhere.lat, mention.elsewhere.lon)
            return self._not_covered(mention.elsewhere.label, near, patch)
        if mention.country:
            return self._country(mention.country, patch)
        if mention.unknown and "city" not in patch and not session.preferences.city:
            return Reply(
                text=f"I don't know a city called {mention.unknown}. I can plan "
                f"{wording.covered(self._cities)}.",
                preferences=patch,
                quick_replies=self._city_replies(self._cities),
            )
        return None

    def _which(
        self, session: TripSession, mention: Mention, patch: dict[str, Any]
    ) -> Reply:
        regions = [name.split(", ", 1)[1] for name in mention.names]
        asked = session.clarifying_questions_count < MAX_QUESTIONS
        return Reply(
            text=f"Which {mention.ambiguous} do you mean: the one in "
            f"{wording.listed(regions, 'or')}? To be honest, I have no places for any "
            f"of them yet. I can plan {wording.covered(self._cities)}.",
            preferences=patch,
            questions=int(asked),
            quick_replies=mention.names,
        )

    def _not_covered(
        self, label: str, near: Sequence[City], patch: dict[str, Any]
    ) -> Reply:
        return Reply(
            text=f"I have no places for {label} yet, and I don't make any up. I can "
            f"plan {wording.covered(self._cities)}; {near[0].name} is the nearest.",
            preferences=patch,
            quick_replies=self._city_replies(near),
        )

    def _country(self, code: str, patch: dict[str, Any]) -> Reply:
        cities = self._gazetteer.in_country(code)
        if not cities:
            return Reply(
                text="I have no city there yet. I can plan "
                f"{wording.covered(self._cities)}.",
                preferences=patch,
                quick_replies=self._city_replies(self._cities),
            )
        return Reply(
            text=f"A trip is about one city for now. There I can plan "
            f"{wording.covered(cities)}: shall it be "
            f"{'that' if len(cities) == 1 else 'one of these'}?",
            preferences=patch,
            quick_replies=self._city_replies(cities),
        )

    def _social(self, session: TripSession, lower: str) -> Reply | None:
        """Answers to what is no wish."""
        steps = wording.next_steps(session.itinerary) if session.itinerary else ()
        if _WHICH_CITIES.search(lower):
            return Reply(
                text=f"I can plan {wording.covered(self._cities)}.",
                quick_replies=steps or self._city_replies(self._cities),
            )
        if _HELP.search(lower):
            return Reply(
                text="Tell me a city, how many days, what you love, your pace and "
                "budget, in your own words. Once there is a plan, say for example "
                "“make day 2 more relaxed” or “swap the museum for a park”.",
                quick_replies=steps or self._city_replies(self._cities),
            )
        if session.itinerary and _THANKS.search(lower):
            return Reply(
                text="Enjoy your trip! If you'd like something changed, just say so.",
                quick_replies=steps,
            )
        return None

    def _proceed(
        self,
        session: TripSession,
        patch: dict[str, Any],
        mention: Mention,
        anything: bool,
    ) -> Reply:
        """Plan when enough is known, ask the next question otherwise."""
        told = session.preferences.merged(patch)
        note = ""
        if mention.another:
            note = (
                f"A trip is about one city for now, so I take {told.city}; "
                f"{mention.another.name} can be a trip of its own."
            )
        if told.city is None:
            return self._ask_city(session, patch)
        left = MAX_QUESTIONS - session.clarifying_questions_count
        if told.duration_days is None:
            if left > 0 and not anything:
                return self._ask(
                    f"{note} {told.city}, good choice! How many days?".strip(),
                    patch,
                    DAYS_REPLIES,
                )
            patch = {**patch, "duration_days": DEFAULT_DAYS}
            note = f"{note} I assumed {DEFAULT_DAYS} days.".strip()
        elif self._should_ask_interests(session, told, left, anything):
            days = wording.counted(told.duration_days, "day")
            return self._ask(
                f"{note} {days} in {told.city}. What do you love most?".strip(),
                patch,
                INTEREST_REPLIES,
            )
        return Reply(text=note, preferences=patch, plan=True)

    @staticmethod
    def _should_ask_interests(
        session: TripSession, told: Preferences, left: int, anything: bool
    ) -> bool:
        if session.itinerary or anything or left <= 0:
            return False
        if told.interests or told.pace or told.budget:
            return False
        # Asked once: whoever answers it with something else just gets a plan.
        history = session.conversation_history
        return not history or history[-1].quick_replies != INTEREST_REPLIES

    def _ask_city(self, session: TripSession, patch: dict[str, Any]) -> Reply:
        cities = self._city_replies(self._cities)
        if session.clarifying_questions_count < MAX_QUESTIONS:
            return self._ask("Where would you like to go?", patch, cities)
        return Reply(
            text=f"I can plan {wording.covered(self._cities)}. Name one whenever you "
            "like, and I'll plan it.",
            preferences=patch,
            quick_replies=cities,
        )

    @staticmethod
    def _ask(text: str, patch: dict[str, Any], replies: tuple[str, ...]) -> Reply:
        return Reply(text=text, preferences=patch, questions=1, quick_replies=replies)

    @staticmethod
    def _nothing_new(session: TripSession, reading: Reading) -> Reply:
        assert session.itinerary is not None
        same = reading.pace or reading.budget or reading.days or reading.likes
        return Reply(
            text="Your plan is made like that already. You could say for example:"
            if same
            else "I found nothing to change in that. You could say for example:",
            quick_replies=wording.next_steps(session.itinerary),
        )

    @staticmethod
    def _city_replies(cities: Sequence[City]) -> tuple[str, ...]:
        return tuple(city.name for city in cities[:6])


def _patch(told: Preferences, reading: Reading, mention: Mention) -> dict[str, Any]:
    """What changes in the preferences, as JSON values; nothing that is known."""
    interests = [item for item in told.interests if item not in reading.dislikes]
    interests += [item for item in reading.likes if item not in interests]
    avoid = [item for item in told.avoid if item not in reading.wanted]
    avoid += [item for item in reading.avoid if item not in avoid]
    days = reading.days if 1 <= (reading.days or 0) <= MAX_DAYS else None
    wishes: dict[str, Any] = {
        "city": mention.city.name if mention.city else None,
        "duration_days": days,
        "pace": reading.pace and reading.pace.value,
        "budget": reading.budget and reading.budget.value,
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
