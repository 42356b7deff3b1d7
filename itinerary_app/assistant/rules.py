"""RuleAssistant: understands plain English by rules, and keeps the dialogue short."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from itinerary_app.assistant import acts, limits, questions, wording
from itinerary_app.assistant.asking import MAX_QUESTIONS, ask, city_replies
from itinerary_app.assistant.base import Assistant, Reply
from itinerary_app.assistant.cities import Gazetteer, Mention, plain
from itinerary_app.assistant.edits import Answer, EditReader, unwanted
from itinerary_app.assistant.reading import Reading, read
from itinerary_app.fields import MAX_DAYS
from itinerary_app.model import (
    City,
    Itinerary,
    Place,
    Preferences,
    TripSession,
)
from itinerary_app.words import counted, listed

DEFAULT_DAYS = 3
MAX_READ = 2_000  # characters; who writes more has said it by then
DAYS_REPLIES = ("Weekend", "3 days", "5 days", "A week")
INTEREST_REPLIES = ("Food and culture", "History", "Nature and views", "Surprise me")


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
        history = session.conversation_history
        proposed = history and acts.PROPOSAL.search(history[-1].content)
        if proposed and acts.YES.fullmatch(text.lower()):
            text = history[-1].quick_replies[0]
        lower = text.lower()
        if acts.START_OVER.search(lower) and not re.search(r"\bday\b", lower):
            return self._start_over(session)
        beyond = limits.met(lower)
        remarks = " ".join(limit.remark for limit in beyond)
        planned = session.itinerary is not None and session.preferences.is_enough
        if planned and any(limit.ends for limit in beyond):
            return self._unchanged(session, remarks)
        text, lower = limits.within(text), limits.within(lower)
        reply = (planned and self._about_plan(session, text, lower)) or self._wish(
            session, text, lower, remarked=bool(beyond)
        )
        if beyond and reply.text == questions.CANNOT:
            return self._unchanged(session, remarks)
        return replace(reply, text=f"{remarks} {reply.text}".strip())

    def _wish(
        self, session: TripSession, text: str, lower: str, *, remarked: bool
    ) -> Reply:
        """What is wished for the trip as a whole."""
        told = session.preferences
        mention = self._mention(session, text)
        reading = read(self._without_names(session, lower), told)
        patch = reading.patch(told, mention.city)
        if problem := self._problem(session, mention, reading, patch):
            if session.itinerary and patch:
                # Kept without a plan for it, it would contradict the plan.
                text = f"{problem.text} I left your plan as it is."
                return replace(problem, preferences={}, text=text)
            return problem
        city = patch.get("city", told.city)
        if city and (names := unwanted(lower, self._places(city))):
            known = set(told.excluded if city == told.city else ())
            excluded = known | {place.id for place in names}
            if excluded != known:
                patch["excluded"] = sorted(excluded)
        if not patch and (social := self._social(session, lower)):
            return social
        if not patch and session.itinerary and told.is_enough:
            if remarked:
                return self._unchanged(session, "I left your plan as it is.")
            return self._nothing_new(session, reading)
        if doubt := self._doubt(session, mention.city, lower):
            return doubt
        reply = self._proceed(session, patch, mention, lower)
        if acts.GREETING.fullmatch(lower.strip()):
            return replace(reply, text=f"Hello! {reply.text}")
        return reply

    def _about_plan(self, session: TripSession, text: str, lower: str) -> Reply | None:
        """What is said of the plan that is there: a question or an edit."""
        itinerary = session.itinerary
        assert itinerary is not None
        if acts.UNDO.search(lower):
            return self._unchanged(
                session, "I can't undo yet. Tell me what to change back."
            )
        reader = EditReader(itinerary, self._places(itinerary.city.name))
        if questions.asks(lower) and not acts.WHICH_CITIES.search(lower):
            told = questions.answer(itinerary, lower, reader.day(lower))
            return self._unchanged(session, told)
        mention = self._mention(session, text)
        other = mention.city not in (None, itinerary.city)
        if other and acts.SWITCH.search(lower):
            return None
        edit = reader.read(lower)
        if isinstance(edit, Answer):
            return Reply(
                text=edit.text,
                quick_replies=edit.quick_replies or wording.next_steps(itinerary),
            )
        return Reply(edit=edit) if edit else None

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
            known = session.preferences.merged(reply.preferences).city
            replies = DAYS_REPLIES if known else city_replies(self._cities)
            return Reply(text=why, quick_replies=replies)
        steps = wording.next_steps(session.itinerary)
        return Reply(text=f"{why} I left your plan as it is.", quick_replies=steps)

    def _mention(self, session: TripSession, text: str) -> Mention:
        history = session.conversation_history
        offered = history[-1].quick_replies if history else ()
        mention = self._gazetteer.find(
            text, offered, strict=session.itinerary is not None
        )
        if session.itinerary and mention.elsewhere:
            # "Times Square" is a city somewhere too.
            name = plain(mention.elsewhere.label.split(", ", 1)[0])
            places = self._places(session.itinerary.city.name)
            if any(name in plain(place.name) for place in places):
                return Mention()
        return mention

    def _without_names(self, session: TripSession, lower: str) -> str:
        """ "City Palace" names a stop, not the wish for palaces."""
        if session.itinerary is None:
            return lower
        for place in self._places(session.itinerary.city.name):
            name = place.name.lower()
            if " " in name:
                lower = lower.replace(name, " ")
        return lower

    def _start_over(self, session: TripSession) -> Reply:
        forgotten = dict.fromkeys(session.preferences.to_dict())
        stays = " Your present plan stays until then." if session.itinerary else ""
        return ask(
            session,
            f"Let's start afresh.{stays}",
            "Where would you like to go?",
            forgotten,
            city_replies(self._cities),
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
            return ask(
                session,
                f"I can plan 1 to {MAX_DAYS} days, not {reading.days:,}.",
                "How many shall it be?",
                patch,
                DAYS_REPLIES,
            )
        if mention.choice:
            names = [city.name for city in mention.choice]
            return ask(
                session,
                f"I can plan {wording.covered(mention.choice)}, one city for a trip.",
                "Which one shall it be?",
                patch,
                tuple(names),
            )
        if mention.names:
            return self._which(session, mention, patch)
        if mention.elsewhere:
            near = self._gazetteer.nearest(mention.elsewhere.lat, mention.elsewhere.lon)
            return self._not_covered(mention.elsewhere.label, near, patch)
        if mention.country:
            return self._country(session, mention.country, patch)
        if mention.unknown and "city" not in patch and not session.preferences.city:
            return Reply(
                text=f"I don't know a city called {mention.unknown}. I can plan "
                f"{wording.covered(self._cities)}.",
                preferences=patch,
                quick_replies=city_replies(self._cities),
            )
        return None

    def _which(
        self, session: TripSession, mention: Mention, patch: dict[str, Any]
    ) -> Reply:
        regions = [name.split(", ", 1)[1] for name in mention.names]
        return ask(
            session,
            f"There are several places called {mention.ambiguous}, and to be honest, I "
            "have nothing to show in any of them yet. I can plan "
            f"{wording.covered(self._cities)}.",
            f"Which {mention.ambiguous} do you mean: the one in "
            f"{listed(regions, 'or')}?",
            patch,
            mention.names,
        )

    def _not_covered(
        self, label: str, near: Sequence[City], patch: dict[str, Any]
    ) -> Reply:
        return Reply(
            text=f"I have no places for {label} yet, and I don't make any up. I can "
            f"plan {wording.covered(self._cities)}; {near[0].name} is the nearest.",
            preferences=patch,
            quick_replies=city_replies(near),
        )

    def _country(self, session: TripSession, code: str, patch: dict[str, Any]) -> Reply:
        cities = self._gazetteer.in_country(code)
        if not cities:
            return Reply(
                text="I have no city there yet. I can plan "
                f"{wording.covered(self._cities)}.",
                preferences=patch,
                quick_replies=city_replies(self._cities),
            )
        return ask(
            session,
            "A trip is about one city for now. There I can plan "
            f"{wording.covered(cities)}.",
            f"Shall it be {'that' if len(cities) == 1 else 'one of these'}?",
            patch,
            city_replies(cities),
        )

    def _social(self, session: TripSession, lower: str) -> Reply | None:
        """Answers to what is no wish."""
        steps = wording.next_steps(session.itinerary) if session.itinerary else ()
        if acts.WHICH_CITIES.search(lower):
            return Reply(
                text=f"I can plan {wording.covered(self._cities)}.",
                quick_replies=steps or city_replies(self._cities),
            )
        if acts.HELP.search(lower):
            return Reply(
                text="Tell me a city, how many days, what you love, your pace and "
                "budget, in your own words. Once there is a plan, say for example "
                "“make day 2 more relaxed” or “swap the museum for a park”.",
                quick_replies=steps or city_replies(self._cities),
            )
        if session.itinerary and acts.COMPLAINT.search(lower):
            return Reply(
                text="I'm sorry. Say what is wrong with it, for example:",
                quick_replies=steps,
            )
        if session.itinerary and acts.KEEP.search(lower):
            return self._unchanged(session, "I left your plan as it is.")
        if session.itinerary and acts.THANKS.search(lower):
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
        lower: str,
    ) -> Reply:
        """Plan when enough is known, ask the next question otherwise."""
        told = session.preferences.merged(patch)
        anything = bool(acts.ANYTHING.search(lower))
        note = ""
        if mention.another:
            note = (
                f"A trip is about one city for now, so I take {told.city}; "
                f"{mention.another.name} can be a trip of its own."
            )
        if told.city is None:
            return self._ask_city(session, patch, lower, anything)
        left = MAX_QUESTIONS - session.clarifying_questions_count
        if told.duration_days is None:
            if left > 0 and not anything:
                return ask(
                    session,
                    f"{note} {told.city}, good choice!".strip(),
                    "How many days?",
                    patch,
                    DAYS_REPLIES,
                )
            patch = {**patch, "duration_days": DEFAULT_DAYS}
            note = f"{note} I assumed {DEFAULT_DAYS} days.".strip()
        elif self._should_ask_interests(session, told, left, anything):
            days = counted(told.duration_days, "day")
            return ask(
                session,
                f"{note} {days} in {told.city}.".strip(),
                "What do you love most?",
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

    def _ask_city(
        self, session: TripSession, patch: dict[str, Any], lower: str, anything: bool
    ) -> Reply:
        cities = city_replies(self._cities)
        statement, question = "", "Where would you like to go?"
        if not lower.isascii() and not re.search(r"[a-z]{2}", lower):
            statement = "I read English only so far."
        elif anything:
            chosen = uuid.UUID(session.session_id).int % len(self._cities)
            proposed = self._cities[chosen].name
            question = f"How about {proposed}?"
            cities = tuple(dict.fromkeys((proposed, *cities)))
        if session.clarifying_questions_count >= MAX_QUESTIONS:
            statement = (
                f"I can plan {wording.covered(self._cities)}. Name one whenever you "
                "like, and I'll plan it."
            )
        return ask(session, statement, question, patch, cities)

    def _doubt(
        self, session: TripSession, city: City | None, lower: str
    ) -> Reply | None:
        """The question whether a city named in passing shall replace the plan's."""
        if session.itinerary is None or city is None:
            return None
        planned = session.itinerary.city
        sure = acts.SWITCH.search(lower) or len(lower.split()) <= 2
        asked_out = session.clarifying_questions_count >= MAX_QUESTIONS
        if city == planned or not session.preferences.city or sure or asked_out:
            return None
        return ask(
            session,
            f"Your plan is for {planned.name}.",
            f"Shall I plan {city.name} instead?",
            {},
            (f"Plan {city.name} instead", f"Keep {planned.name}"),
        )

    @staticmethod
    def _unchanged(session: TripSession, text: str) -> Reply:
        assert session.itinerary is not None
        return Reply(text=text, quick_replies=wording.next_steps(session.itinerary))

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
