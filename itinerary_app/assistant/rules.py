"""RuleAssistant: understands plain English by rules, and keeps the dialogue short."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from itinerary_app.assistant import (
    acts,
    changes,
    clarifying,
    confirming,
    constraints,
    limits,
    mustsees,
    plandates,
    questions,
    smalltalk,
    wording,
)
from itinerary_app.assistant.asking import (
    DAYS_REPLIES,
    MAX_QUESTIONS,
    ask,
    city_replies,
)
from itinerary_app.assistant.base import Assistant, Reply
from itinerary_app.assistant.blanks import lowered, without
from itinerary_app.assistant.constraints import Constraints, Situation
from itinerary_app.assistant.names import unwanted, without_names
from itinerary_app.assistant.obstacles import Obstacles
from itinerary_app.assistant.reading import Reading, cheaper, read
from itinerary_app.assistant.stops import Answer
from itinerary_app.assistant.whereabouts import Whereabouts
from itinerary_app.catalogue.cities import Gazetteer, Mention
from itinerary_app.catalogue.spelling import plain
from itinerary_app.model import City, Itinerary, Place, Preferences, Refit, TripSession
from itinerary_app.text.words import counted

DEFAULT_DAYS = 3
MAX_READ = 2_000  # characters; who writes more has said it by then
# Changes of these make a new plan; all others leave what keeps to them as it is.
_DAYS = {"duration_days"}  # the manager adds days, or takes them away
_ANEW = frozenset({"city", "interests", "pace", "budget"})


class RuleAssistant(Assistant):
    """`places` gives the places of a covered city by its name."""

    def __init__(
        self,
        *,
        cities: Sequence[City],
        places: Callable[[str], Sequence[Place]],
        clock: Callable[[], datetime],
    ) -> None:
        self._cities = tuple(cities)
        self._places = places
        self._clock = clock
        self._gazetteer = Gazetteer(cities)
        self._whereabouts = Whereabouts(self._gazetteer, places)
        self._obstacles = Obstacles(self._gazetteer)

    def reply(self, session: TripSession, text: str) -> Reply:
        text = text[:MAX_READ].replace("’", "'")
        history = session.conversation_history
        proposed = history and acts.PROPOSAL.search(history[-1].content)
        if proposed and acts.YES.fullmatch(text.lower()):
            text = history[-1].quick_replies[0]
        lower = lowered(text)
        if acts.START_OVER.search(lower) and not re.search(r"\bday\b", lower):
            return clarifying.start_over(session, self._cities)
        if session.itinerary and session.preferences.is_enough:
            text = plandates.as_numbers(text, session.itinerary)
            lower = lowered(text)
            if questions.asks(lower) and not acts.WHICH_CITIES.search(lower):
                return self._answer(session, lower)
            return self._planned(session, text, lower)
        noted = self._constraints(session, text, lower)
        beyond = limits.met(noted.rest)
        reply = self._wish(
            session,
            without(text, lower, limits.within(noted.rest)),
            limits.within(noted.rest),
            noted,
            remarked=bool(beyond),
        )
        return _remarked(reply, beyond)

    def _planned(self, session: TripSession, text: str, lower: str) -> Reply:
        """The reply while there is a plan and the message is no question."""
        noted = self._constraints(session, text, lower)
        beyond = limits.met(noted.rest)
        if any(limit.ends for limit in beyond) and not noted.understood:
            return self._unchanged(session, " ".join(it.remark for it in beyond))
        rest = limits.within(noted.rest)
        text = without(text, lower, rest)
        reply = self._about_plan(session, text, rest, noted) or self._wish(
            session, text, rest, noted, remarked=bool(beyond)
        )
        return _remarked(reply, beyond)

    def _answer(self, session: TripSession, lower: str) -> Reply:
        """What the plan says to a question; nothing changes."""
        itinerary = session.itinerary
        assert itinerary is not None
        if acts.UNDO.search(lower):
            return self._unchanged(session, acts.NO_UNDO)
        beyond = limits.met(lower)
        answer = questions.answer(
            itinerary, lower, session.preferences, self._places(itinerary.city.name)
        )
        if beyond and answer.text == questions.CANNOT:
            return self._unchanged(session, " ".join(it.remark for it in beyond))
        steps = answer.quick_replies or wording.next_steps(
            itinerary, session.preferences
        )
        return _remarked(Reply(text=answer.text, quick_replies=steps), beyond)

    def _constraints(self, session: TripSession, text: str, lower: str) -> Constraints:
        told = session.preferences
        plan = session.itinerary
        city = self._whereabouts.city(session, text)
        same = plan and city and plan.city.id == city.id
        return constraints.read(
            lower,
            Situation(
                told=told,
                today=self._clock().date(),
                country=city.country if city else "",
                currency=self._gazetteer.currency(city) if city else "",
                itinerary=plan if same else None,
            ),
        )

    def _wish(
        self,
        session: TripSession,
        text: str,
        lower: str,
        noted: Constraints,
        *,
        remarked: bool,
    ) -> Reply:
        """What is wished for the trip as a whole."""
        told = session.preferences
        mention = self._whereabouts.mention(session, text)
        if acts.WHICH_CITIES.search(lower):
            return smalltalk.which_cities(session, mention.region, self._cities)
        plan = session.itinerary
        here = plan.city.name if plan else mention.city and mention.city.name
        known = self._places(here) if here else ()
        reading = read(without_names(lower, known), told)
        reading = replace(reading, days=noted.days or reading.days)
        patch = {**noted.patch, **reading.patch(told, mention.city)}
        if problem := self._obstacles.find(session, mention, reading, patch):
            if session.itinerary and patch:
                # Kept without a plan for it, it would contradict the plan.
                text = f"{problem.text} I left your plan as it is."
                return replace(problem, preferences={}, text=text)
            return problem
        city = patch.get("city", told.city)
        unknown = self._named_places(told, city, text, lower, patch) if city else ""
        remarks = [*noted.remarks, *filter(None, [unknown])]
        saves = session.itinerary is not None and cheaper(lower)
        if not patch and not remarks and not saves:
            social = smalltalk.answer(session, lower, self._cities)
            if social and not noted.understood:
                return social
        if not patch and session.itinerary and told.is_enough:
            if saves:
                return Reply(edit=Refit(cheaper=True))
            if remarks or remarked:
                return self._unchanged(
                    session, " ".join([*remarks, "I left your plan as it is."])
                )
            return self._nothing_new(session, reading, noted)
        if doubt := clarifying.doubt(session, mention.city, lower):
            return doubt
        reply = self._proceed(session, patch, mention, lower, saves=saves)
        if acts.GREETING.fullmatch(lower.strip()):
            remarks.insert(0, "Hello!")
        return replace(reply, text=" ".join([*remarks, reply.text]).strip())

    def _named_places(
        self,
        told: Preferences,
        city: str,
        text: str,
        lower: str,
        patch: dict[str, Any],
    ) -> str:
        """Put the places that are named into the patch; say which nobody knows."""
        places = self._places(city)
        same = city == told.city
        excluded = {*(told.excluded if same else ())}
        must_see = {*(told.must_see if same else ())}
        gone = {place.id for place in unwanted(lower, places)}
        named = mustsees.read(lower, text, places, city)
        wanted = {place.id for place in named.places} - gone
        for name, before, now in (
            ("excluded", excluded, (excluded | gone) - wanted),
            ("must_see", must_see, (must_see | wanted) - gone),
        ):
            if now != before:
                patch[name] = sorted(now) or None
        strange = [it for it in named.unknown if plain(it) != plain(city)]
        if not strange:
            return ""
        return f"I don't know where to find {wording.quoted(strange)} in {city}."

    def _about_plan(
        self, session: TripSession, text: str, lower: str, noted: Constraints
    ) -> Reply | None:
        """An edit of the plan that is there, None where nothing of it is named."""
        itinerary = session.itinerary
        assert itinerary is not None
        if acts.UNDO.search(lower):
            return self._unchanged(session, acts.NO_UNDO)
        mention = self._whereabouts.mention(session, text)
        other = mention.city not in (None, itinerary.city)
        if other and acts.SWITCH.search(lower):
            return None
        places = self._places(itinerary.city.name)
        change = changes.read(
            changes.Said(text, lower, noted), session.preferences, itinerary, places
        )
        if change is None:
            return None
        if change.edit or change.answer or not acts.has_words(change.rest):
            return self._changed(session, change)
        wish = self._wish(session, text, change.rest, noted, remarked=True)
        if not wish.plan and not wish.edit:
            return self._changed(session, change)
        return replace(
            wish,
            text=_joined(*change.said, wish.text),
            preferences={**change.patch, **wish.preferences},
        )

    def _changed(self, session: TripSession, change: changes.Change) -> Reply:
        """The reply for a change; wishes told besides are followed, locks are noted."""
        answer = change.answer or Answer("")
        steps = answer.quick_replies or self._unchanged(session, "").quick_replies
        follow = Refit() if set(change.patch) - {"locked"} else None
        return Reply(
            text=_joined(*change.said, answer.text),
            preferences=change.patch,
            edit=change.edit or follow,
            quick_replies=steps,
        )

    def present(
        self, session: TripSession, reply: Reply, itinerary: Itinerary
    ) -> Reply:
        before = session.itinerary
        told = session.preferences.merged(reply.preferences)
        places = confirming.places_of(
            reply.preferences, session.preferences, self._places(itinerary.city.name)
        )
        confirmed = confirming.told(
            reply.preferences,
            session.preferences,
            self._gazetteer.currency(itinerary.city),
            places,
            itinerary,
        )
        if reply.edit and before:
            done = wording.edit(reply.edit, before, itinerary)
        elif before and _ANEW.isdisjoint(reply.preferences) and told.city:
            done = wording.refitted(before, itinerary)
        else:
            done = wording.plan(itinerary, told, before)
        unmet = confirming.unmet(itinerary, before)
        if unmet and done == wording.NOTHING_CHANGED:
            done = ""
        words = [reply.text, done, confirmed, unmet]
        return Reply(
            text=" ".join(filter(None, words)),
            quick_replies=wording.next_steps(itinerary, told),
        )

    def regret(self, session: TripSession, reply: Reply, why: str) -> Reply:
        if session.itinerary is None:
            known = session.preferences.merged(reply.preferences).city
            replies = DAYS_REPLIES if known else city_replies(self._cities)
            return Reply(text=why, quick_replies=replies)
        steps = wording.next_steps(session.itinerary, session.preferences)
        return Reply(text=f"{why} I left your plan as it is.", quick_replies=steps)

    def _noted(
        self, session: TripSession, told: Preferences, patch: Mapping[str, Any]
    ) -> str:
        """What is said back of wishes that wait for a plan."""
        city = self._whereabouts.covered(told.city)
        currency = self._gazetteer.currency(city) if city else ""
        places = self._places(city.name) if city else ()
        return confirming.told(patch, session.preferences, currency, places)

    def _proceed(
        self,
        session: TripSession,
        patch: dict[str, Any],
        mention: Mention,
        lower: str,
        *,
        saves: bool,
    ) -> Reply:
        """Plan when enough is known, ask the next question otherwise."""
        told = session.preferences.merged(patch)
        anything = bool(acts.ANYTHING.search(lower))
        noted = self._noted(session, told, patch)
        note = ""
        if mention.another:
            note = (
                f"A trip is about one city for now, so I take {told.city}; "
                f"{mention.another.name} can be a trip of its own."
            )
        if told.city is None:
            return clarifying.city(session, patch, lower, anything, noted, self._cities)
        left = MAX_QUESTIONS - session.clarifying_questions_count
        if told.duration_days is None:
            if left > 0 and not anything:
                return ask(
                    session,
                    _joined(note, noted, f"{told.city}, good choice!"),
                    "How many days?",
                    patch,
                    DAYS_REPLIES,
                )
            patch = {**patch, "duration_days": DEFAULT_DAYS}
            note = f"{note} I assumed {DEFAULT_DAYS} days.".strip()
        elif clarifying.wants_interests(session, told, left, anything):
            days = counted(told.duration_days, "day")
            return ask(
                session,
                _joined(note, noted, f"{days} in {told.city}."),
                "What do you love most?",
                patch,
                clarifying.INTEREST_REPLIES,
            )
        if session.itinerary and _ANEW.isdisjoint(patch) and not _DAYS & set(patch):
            return Reply(text=note, preferences=patch, edit=Refit(cheaper=saves))
        if saves and set(patch) <= {"budget"}:
            return Reply(text=note, preferences=patch, edit=Refit(cheaper=True))
        return Reply(text=note, preferences=patch, plan=True)

    @staticmethod
    def _unchanged(session: TripSession, text: str) -> Reply:
        assert session.itinerary is not None
        return Reply(
            text=text,
            quick_replies=wording.next_steps(session.itinerary, session.preferences),
        )

    @staticmethod
    def _nothing_new(
        session: TripSession, reading: Reading, noted: Constraints
    ) -> Reply:
        assert session.itinerary is not None
        same = reading.pace or reading.budget or reading.days or reading.likes
        same = same or noted.understood
        return Reply(
            text="Your plan is made like that already. You could say for example:"
            if same
            else "I found nothing to change in that. You could say for example:",
            quick_replies=wording.next_steps(session.itinerary, session.preferences),
        )


def _remarked(reply: Reply, beyond: Sequence[limits.Limit]) -> Reply:
    """The reply with the limits that the message ran into said first."""
    remarks = [limit.remark for limit in beyond]
    return replace(reply, text=" ".join([*remarks, reply.text]).strip())


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
