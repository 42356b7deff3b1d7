"""GrammarReader: reads English in five steps, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import lru_cache
from typing import Any

from itinerary_app.acts.acts import (
    Act,
    Anything,
    Complain,
    Confirm,
    Deny,
    Greet,
    OutOfScope,
    SetArrival,
    SetDates,
    SetDays,
    SetDiet,
    SetMobility,
    SetParty,
    Suppose,
    Thank,
    Topic,
)
from itinerary_app.acts.acts import Ask as Question
from itinerary_app.acts.acts import Force as Supposed
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.assistant.reading import clauses, languages, pending, questions
from itinerary_app.assistant.reading.anaphora import pointing_back
from itinerary_app.assistant.reading.clauses import Clause, Force
from itinerary_app.assistant.reading.history import of_history
from itinerary_app.assistant.reading.loosening import OF_LENGTH, WEIGHING
from itinerary_app.assistant.reading.names import Names, names_of
from itinerary_app.assistant.reading.nouns import of_city
from itinerary_app.assistant.reading.pointing import pointed
from itinerary_app.assistant.reading.segments import OPENERS, segments
from itinerary_app.assistant.reading.statements import Statements
from itinerary_app.assistant.reading.talk import Talk, said
from itinerary_app.assistant.reading.together import once, together
from itinerary_app.assistant.reading.tokens import (
    CONNECTORS,
    Token,
    Vocabulary,
    city_names,
    read,
    words,
)
from itinerary_app.assistant.reading.trip import Known
from itinerary_app.catalogue import regions
from itinerary_app.catalogue.kinds import FOOD as EATING
from itinerary_app.model import City, Place

MAX_READ = 2_000  # characters; who writes more has said it by then

# Acts that change nothing, whatever else a message says.
_HARMLESS = (
    Question,
    Suppose,
    Thank,
    Greet,
    Confirm,
    Deny,
    Anything,
    OutOfScope,
    Complain,
)

# What is told in passing beside a question.
_FACTS = (SetDates, SetMobility, SetParty, SetDiet, SetArrival)

_SIGNS: dict[str, Act] = {
    **dict.fromkeys(("👍", "👌", "✅", "✔️", "🙏"), Confirm()),
    **dict.fromkeys(("👎", "❌"), Deny()),
    **dict.fromkeys(("❤️", "😍", "🎉", "😊", "🙂"), Thank()),
}


# With a word of these classes a remark says more than how things are.
_SAYING = frozenset(
    "DIET MOBILITY BUDGET PACE MONEY DATE LENGTH ARRIVE DEPART BOOKED ALLOW NOMORE "
    "ATMOST "
    "LIKE CITY DELTA CHEAPER DEARER CALMER FULLER CLEAR LOCK UNLOCK UNFIX AVOID GO "
    "EARLIER "
    "LATER BESTORDER REPLAN NOTBEFORE NOTAFTER UNTIL HOTEL SLEEP LATESTART "
    "ADULTS".split()
)
_DENYING = frozenset("NOT NO REMOVE KEEP MOVE SWAP".split())


class GrammarReader(Reader):
    """`places` gives the places of a covered city by its name."""

    def __init__(self, places: Callable[[str], Sequence[Place]] | None = None) -> None:
        self._places = places or (lambda _: ())
        self._names = lru_cache(maxsize=8)(self._cities_names)

    def read(self, text: str, scene: Scene) -> Understanding:
        text = text[:MAX_READ]
        if text.strip() in _SIGNS:
            return Understanding((_SIGNS[text.strip()],), (text.strip(),))
        if language := languages.foreign(text):
            return Understanding(unread=(text,), language=language)
        return _Reading(
            text, scene, self._vocabulary(text, scene), self
        ).understanding()

    def _vocabulary(self, text: str, scene: Scene) -> Vocabulary:
        plan = scene.itinerary
        cities = city_names(tuple(scene.cities))
        days = {day.date: day.number for day in plan.days if day.date} if plan else {}
        return Vocabulary(
            names=names_of(tuple(scene.places)),
            cities=cities,
            today=scene.today,
            days=days,
            planned=plan is not None,
            here=plan.city.name if plan else "",
            month_first=bool(plan and plan.city.country == "US"),
        )

    def _cities_names(self, city: str) -> Names:
        return names_of(tuple(self._places(city)))

    def places_of(self, city: City) -> Sequence[Place]:
        """The places of a city that a message names."""
        return self._places(city.name)


class _Reading:
    """One message on its way to acts."""

    def __init__(
        self, text: str, scene: Scene, vocabulary: Vocabulary, reader: GrammarReader
    ) -> None:
        self._scene = scene
        self._places: Sequence[Place] = scene.places
        self._vocabulary = vocabulary
        self._acts: list[tuple[Act, str]] = []
        self._aside = False
        self._asides: list[str] = []  # reasons and remarks that were not read
        self._loose: list[Token] = []  # the statement that was unread last
        self._last: list[Token] = []  # the question that was read last
        self._known = Known(
            today=scene.today,
            preferences=scene.preferences,
            itinerary=scene.itinerary,
            focus_day=scene.focus.day,
            eating=frozenset(it.id for it in scene.places if it.category in EATING),
        )
        self._tokens = read(text, vocabulary)
        named = [token.value for token in self._tokens if token.kind == "CITY"]
        if named and scene.itinerary is None:
            places = reader.places_of(named[0])
            self._places = places
            self._vocabulary = Vocabulary(
                names=names_of(tuple(places)),
                cities=vocabulary.cities,
                today=vocabulary.today,
                month_first=named[0].country == "US",
            )
            tokens = read(text, self._vocabulary)
            if not any(it.kind == "CITY" for it in tokens):  # "Edinburgh Castle, …"
                city = next(it for it in self._tokens if it.kind == "CITY")
                tokens = (city._replace(start=0, end=0), *tokens)
            self._tokens = of_city(tokens, self._vocabulary.names)
        self._statements = Statements(self._known, self._vocabulary.names, self._places)
        self._unread = self._statements.unread
        waiting = bool(scene.focus.proposed or scene.focus.pending)
        self._talk = Talk(self._tokens, self._acts, pending=waiting)

    def understanding(self) -> Understanding:
        planned, tokens = self._known.planned, self._tokens
        if planned:
            tokens = tuple(pointed(pointing_back(tokens)))
        for clause in clauses.cut(tokens, planned=planned):
            self._aside = clause.aside
            self._clause(clause)
        if not self._acts:
            self._unread += self._asides
        self._acts, doubtful = once(together(self._acts))
        self._unread += doubtful
        left = {word for it in self._unread for word in it.split()}
        counts = any(char.isdigit() for word in left for char in word)
        if not self._known.planned and counts:
            left |= {"month"}
        if not self._known.planned and left & WEIGHING:
            lost: Any = SetDates | SetDays if left & OF_LENGTH else SetDates
            self._acts = [  # "the week after Easter": not what was read
                it for it in self._acts if not isinstance(it[0], lost)
            ]
        return Understanding(
            acts=tuple(act for act, _ in self._acts),
            quotes=tuple(quote for _, quote in self._acts),
            unread=tuple(dict.fromkeys(filter(None, self._unread))),
            unsure=(self._statements.unsure or self._is_beside())
            and any(not isinstance(act, _HARMLESS) for act, _ in self._acts),
        )

    def _is_beside(self) -> bool:
        """Whether only facts were stated beside a question, and nothing was wished."""
        acts = [it for it, _ in self._acts]
        asks = any(isinstance(it, Question) for it in acts)
        changing = [it for it in acts if not isinstance(it, _HARMLESS)]
        return (
            asks
            and self._known.planned
            and all(isinstance(it, _FACTS) for it in changing)
        )

    def _clause(self, clause: Clause) -> None:
        waiting = self._scene.focus.proposed or self._scene.focus.pending
        if waiting and (kinds := said(clause.tokens)) and kinds & {"CONFIRM", "DENY"}:
            act: Act = Deny() if "DENY" in kinds else Confirm()
            self._acts.append((act, words(clause.tokens)))
            return
        clause = self._talk.without_talk(clause)
        answer = pending.answered(clause.tokens, self._scene.focus)
        if answer is not None and clause.tokens:
            self._acts[:] = [(it, words(clause.tokens)) for it in answer]
            return
        if not any(token.kind not in ("SKIP", *CONNECTORS) for token in clause.tokens):
            return
        if clause.requested and self._is_of_history(clause):
            return
        if clause.force is Force.QUESTION:
            self._question(clause)
        elif clause.force is not Force.ASSERTED:
            self._supposed(clause)
        elif len(segments(clause.tokens)) > 1 or not self._is_of_history(clause):
            self._statement(clause)

    def _question(self, clause: Clause) -> None:
        if clause.requested and (acts := self._statements.cut(list(clause.tokens))):
            self._acts += [(act, words(clause.tokens)) for act in acts]
            return
        found = self._asked(clause.tokens, beside=self._loose)
        if found is None:
            self._unread.append(words(clause.tokens))
            return
        loose = self._loose and not any(it.kind in OPENERS for it in self._loose)
        if isinstance(found, Question) and found.place and loose:
            said = words(self._loose)
            self._unread[:] = [it for it in self._unread if it != said]
            self._asides = [it for it in self._asides if it != said]
            self._loose = []
        self._acts.append((found, words(clause.tokens)))
        self._last = list(clause.tokens)

    def _asked(self, tokens: Sequence[Token], **more: Any) -> Act | None:
        names, planned = self._vocabulary.names, self._known.planned
        return questions.asked(tokens, names, self._places, planned=planned, **more)

    def _of_last_question(self, part: Sequence[Token]) -> bool:
        """Whether words that are no statement name what the last question is about."""
        last = self._acts[-1][0] if self._acts else None
        if not self._last or not isinstance(last, Question) or last.place or last.kind:
            return False
        found = self._asked(self._last, beside=part)
        if not isinstance(found, Question) or not found.place:
            return False
        self._acts[-1] = (found, self._acts[-1][1])
        return True

    def _supposed(self, clause: Clause) -> None:
        """What is asked about, reported or on a condition changes nothing."""
        inner = [
            token
            for token in clause.tokens
            if token.kind not in ("SUPPOSE", "IF", "HEARSAY", "MEMORY", "WORD")
        ]
        acts = [
            act
            for part in segments(inner)
            for act in self._statements.part(part, strict=False) or ()
        ]
        if clause.force is Force.ASKED and not acts:
            self._question(clause)
            return
        force = Supposed(clause.force.value)
        about = words(clause.tokens)[:200]
        self._acts.append(
            (Suppose(force=force, acts=tuple(acts or ()), about=about or None), about)
        )

    def _is_of_history(self, clause: Clause) -> bool:
        act = of_history(clause)
        if act is not None:
            self._acts.append((act, words(clause.tokens)))
        return act is not None

    def _is_open(self, clause: Clause) -> bool:
        """Whether a first message leaves open where to go, or wavers between cities."""
        if self._known.planned or self._scene.preferences.city:
            return False
        kinds = [it.kind for it in clause.tokens]
        if kinds.count("CITY") > 1 and ("OR" in kinds or "BETWEEN" in kinds):
            return True
        named = any(it.kind == "CITY" for it in self._tokens)
        return not named and ("SOMEWHERE" in kinds or self._region(clause))

    def _region(self, clause: Clause) -> bool:
        return any(
            regions.named(it.text, tuple(self._scene.cities)) is not None
            for it in clause.tokens
            if it.kind == "WORD"
        )

    def _statement(self, clause: Clause) -> None:
        if self._is_open(clause):
            quote = words(clause.tokens)
            self._acts.append((Question(topic=Topic.SUGGEST, about=quote[:200]), quote))
            kept = [
                it
                for it in clause.tokens
                if it.kind
                in ("LENGTH", "DIET", "BUDGET", "PACE", "INTEREST", "MOBILITY")
            ]
            self._acts += [
                (act, quote) for act in self._statements.part(kept, strict=False) or ()
            ]
            return
        for part in segments(clause.tokens):
            if self._is_of_history(Clause(tuple(part))):
                continue
            part = self._pointing(part)
            acts = self._statements.cut(part)
            if acts is None:
                acts = self._statements.loosened(part)
            if acts is None:
                acts = self._islands(part)
            self._acts += [(act, words(part)) for act in acts]

    def _pointing(self, part: list[Token]) -> list[Token]:
        """ "We've seen the Forum, take it out": "it" is what a remark named."""
        named = [it for it in self._loose if it.kind == "PLACE"]
        if len(named) != 1 or any(it.kind in ("PLACE", "KIND") for it in part):
            return part
        return [named[0] if it.kind == "IT" else it for it in part]

    def _islands(self, tokens: list[Token]) -> list[Act]:
        """Part by part between pauses: what can be read is, the rest is told."""
        made: list[Act] = []
        for part in _split(tokens, CONNECTORS - {"AND"}):
            acts = self._statements.part(part, strict=True)
            if acts is None:
                acts = self._statements.loosened(part)
            if acts is None and (question := self._topic_of(part)):
                acts = [question]
            if acts is None and self._of_last_question(part):
                continue
            if acts is None:
                self._not_read(part, behind=bool(made or self._changes()))
            made += acts or []
        return made

    def _changes(self) -> bool:
        """Whether something was read so far that changes the trip."""
        return any(not isinstance(act, _HARMLESS) for act, _ in self._acts)

    def _not_read(self, part: list[Token], *, behind: bool) -> None:
        """Keep the words as unread, or as a remark where they ask for nothing."""
        kinds = {it.kind for it in part}
        told = self._aside or (clauses.has_subject(part) and self._known.planned)
        self._loose = list(part)
        if told and not kinds & (clauses.DEEDS | _DENYING | _SAYING):
            self._asides.append(words(part))
            return
        self._unread.append(words(part))
        self._statements.unsure |= self._statements.weighs(part, behind=behind)

    def _topic_of(self, tokens: list[Token]) -> Act | None:
        """The question of words that are no statement but name what is asked for."""
        return self._asked(tokens, sure=True)


def _split(tokens: Sequence[Token], kinds: Collection[str]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]
