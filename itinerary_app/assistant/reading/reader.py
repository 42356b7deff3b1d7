"""GrammarReader: reads English in five steps, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from itinerary_app.acts.acts import (
    Act,
    Anything,
    Complain,
    Confirm,
    Delete,
    Deny,
    Export,
    Greet,
    Keep,
    OutOfScope,
    Redo,
    Restore,
    SetArrival,
    SetDates,
    SetDays,
    SetDiet,
    SetMobility,
    SetParty,
    Share,
    StartOver,
    Suppose,
    Thank,
    Topic,
    Undo,
    Unshare,
)
from itinerary_app.acts.acts import Ask as Question
from itinerary_app.acts.acts import Force as Supposed
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.assistant.reading import (
    clauses,
    languages,
    pending,
    questions,
    spans,
)
from itinerary_app.assistant.reading.accounting import is_whole
from itinerary_app.assistant.reading.anaphora import pointing_back
from itinerary_app.assistant.reading.clauses import Clause, Force
from itinerary_app.assistant.reading.constructions import acts_of
from itinerary_app.assistant.reading.lexicon import lexicon
from itinerary_app.assistant.reading.loosening import WEIGHING, loosened
from itinerary_app.assistant.reading.names import Names, names_of
from itinerary_app.assistant.reading.nouns import of_city
from itinerary_app.assistant.reading.parsing import parsed
from itinerary_app.assistant.reading.pointing import pointed
from itinerary_app.assistant.reading.segments import (
    CONNECTORS,
    OPENERS,
    segments,
)
from itinerary_app.assistant.reading.shaping import shaped
from itinerary_app.assistant.reading.together import together
from itinerary_app.assistant.reading.tokens import Token, Vocabulary, city_names, read
from itinerary_app.assistant.reading.trip import Known
from itinerary_app.catalogue import regions
from itinerary_app.catalogue.kinds import FOOD as EATING
from itinerary_app.model import City, Place

MAX_READ = 2_000  # characters; who writes more has said it by then
MOST_CUTS = 6  # of a statement that are tried
MOST_AROUND = 4  # unknown words around one that decides alone
FAMOUS = 5  # importance of sights that are known without their city

_SAID: dict[str, Act | None] = {
    "NOTHING": None,
    "GREET": Greet(),
    "THANK": Thank(),
    "BYE": Thank(),
    "COMPLAIN": Complain(),
    "ANYTHING": Anything(),
    "CONFIRM": Confirm(),
    "DENY": Deny(),
    "HELP": Question(topic=Topic.HELP),
}


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
        self._unread: list[str] = []
        self._unsure = False  # unread words may change what was read
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
        self._tokens = _days_by_order(read(text, vocabulary))
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
            tokens = _days_by_order(read(text, self._vocabulary))
            self._tokens = of_city(tokens, self._vocabulary.names)

    def understanding(self) -> Understanding:
        planned = self._known.planned
        tokens = self._tokens
        if planned:
            tokens = tuple(pointed(pointing_back(tokens)))
        for clause in clauses.cut(tokens, planned=planned):
            self._aside = clause.aside
            self._clause(clause)
        if not self._acts:
            self._unread += self._asides
        self._acts = together(self._acts)
        if not self._known.planned and WEIGHING.intersection(
            *[[word for it in self._unread for word in it.split()]]
        ):
            self._acts = [  # "the week after Easter": not what was read
                it for it in self._acts if not isinstance(it[0], SetDates | SetDays)
            ]
        return Understanding(
            acts=tuple(act for act, _ in self._acts),
            quotes=tuple(quote for _, quote in self._acts),
            unread=tuple(dict.fromkeys(filter(None, self._unread))),
            unsure=(self._unsure or self._is_beside())
            and any(not isinstance(act, _HARMLESS) for act, _ in self._acts),
        )

    def _is_beside(self) -> bool:
        """Whether facts were only told beside a question, which may be all it is about."""
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
        if waiting and (kinds := clauses.said(clause.tokens)):
            if kinds & {"CONFIRM", "DENY"}:
                act: Act = Deny() if "DENY" in kinds else Confirm()
                self._acts.append((act, _words(clause.tokens)))
                return
        clause = self._without_talk(clause)
        answer = pending.answered(clause.tokens, self._scene.focus)
        if answer is not None and clause.tokens:
            self._acts = [(it, _words(clause.tokens)) for it in answer]
            return
        if not any(token.kind not in ("SKIP", *CONNECTORS) for token in clause.tokens):
            return
        if clause.requested and self._of_history(clause):
            return
        if clause.force is Force.QUESTION:
            self._question(clause)
        elif clause.force is not Force.ASSERTED:
            self._supposed(clause)
        elif len(segments(clause.tokens)) > 1 or not self._of_history(clause):
            self._statement(clause)

    def _without_talk(self, clause: Clause) -> Clause:
        """The clause without the courtesies at its ends, which are acts as well."""
        tokens = list(clause.tokens)
        pending = bool(self._scene.focus.proposed or self._scene.focus.pending)
        while tokens:
            found = clauses.talk(tokens, alone=False)
            if found is None:
                break
            kind, count = found
            rest = tokens[count:]
            paused = (
                not rest
                or rest[0].kind in CONNECTORS
                or (
                    kind in ("GREET", "THANK")
                    and rest[0].kind in ("COURTESY", "SKIP", "WORD", "IT")
                )
                or _begins_answer(kind, tokens[:count], rest)
            )
            alone = not [
                it
                for it in rest
                if it.kind not in ("SKIP", "COURTESY", "THEN", *CONNECTORS)
            ]
            if not (paused or alone):
                break
            if self._said(kind, tokens[:count], alone=alone, pending=pending):
                pass
            tokens = rest
            while tokens and tokens[0].kind in CONNECTORS:
                tokens = tokens[1:]
        while tokens:  # thanks at the end
            for at in range(len(tokens) - 1, max(-1, len(tokens) - 5), -1):
                found = clauses.talk(tokens[at:], alone=True)
                if found and found[0] in ("THANK", "BYE") and at:
                    tokens = tokens[:at]
                    self._unread = self._unread
                    break
            else:
                break
        return replace(clause, tokens=tuple(tokens))

    def _said(
        self, kind: str, tokens: Sequence[Token], *, alone: bool, pending: bool
    ) -> bool:
        if kind in ("CONFIRM", "DENY") and not (
            pending or (alone and self._is_all(tokens))
        ):
            return False
        act = _SAID[kind]
        if act is None:
            return True
        if (
            kind == "CONFIRM"
            and not pending
            and tokens[0].text
            in ("perfect", "great", "brilliant", "fine", "sounds good")
        ):
            act = Thank()
        if act not in [it for it, _ in self._acts]:
            self._acts.append((act, _words(tokens)))
        return True

    def _is_all(self, tokens: Sequence[Token]) -> bool:
        """Whether the message says nothing else."""
        rest = [
            it for it in self._tokens if it.kind not in ("SKIP", "PERIOD", *CONNECTORS)
        ]
        return len(rest) <= len([it for it in tokens if it.kind != "SKIP"])

    def _question(self, clause: Clause) -> None:
        if clause.requested and (acts := self._cut(list(clause.tokens))):
            self._acts += [(act, _words(clause.tokens)) for act in acts]
            return
        found = self._asked(clause.tokens, beside=self._loose)
        if found is None:
            self._unread.append(_words(clause.tokens))
            return
        loose = self._loose and not any(it.kind in OPENERS for it in self._loose)
        if isinstance(found, Question) and found.place and loose:
            words = _words(self._loose)
            self._unread = [it for it in self._unread if it != words]
            self._asides = [it for it in self._asides if it != words]
            self._loose = []
        self._acts.append((found, _words(clause.tokens)))
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
            for act in self._part(part, strict=False) or ()
        ]
        if clause.force is Force.ASKED and not acts:
            self._question(clause)
            return
        force = Supposed(clause.force.value)
        about = _words(clause.tokens)[:200]
        self._acts.append(
            (Suppose(force=force, acts=tuple(acts or ()), about=about or None), about)
        )

    def _of_history(self, clause: Clause) -> bool:
        """Undo, redo and the trip as a thing: words that decide alone."""
        kinds = {token.kind: token for token in clause.tokens}
        unknown = sum(it.kind == "WORD" for it in clause.tokens)
        editing = any(
            it.kind in _EDITING and not it.text.startswith("change")
            for it in clause.tokens
        )
        if editing or unknown > MOST_AROUND:
            return False
        quote = _words(clause.tokens)
        act: Act | None = None
        places = [it for it in clause.tokens if it.kind == "PLACE"]
        if "DELETETRIP" in kinds:
            act = Delete()
        elif "UNSHARE" in kinds:
            act = Unshare()
        elif "SHARE" in kinds and not places:
            act = Share()
        elif "KEEPTRIP" in kinds:
            lengths = [it.value.days for it in clause.tokens if it.kind == "LENGTH"]
            act = Keep(days=lengths[0] if lengths else None)
        elif "EXPORT" in kinds:
            act = Export(format=_format(kinds["EXPORT"].text))
        elif "STARTOVER" in kinds and not any(k in kinds for k in ("DAY", "DAYS")):
            act = StartOver()
        elif "REDO" in kinds:
            act = Redo()
        elif "UNDO" in kinds:
            act = self._undone(clause, places)
        elif _is_out_of_scope(clause):
            act = OutOfScope(about=quote[:200])
        if act is None:
            return False
        self._acts.append((act, quote))
        return True

    def _undone(self, clause: Clause, places: Sequence[Token]) -> Act | None:
        if {it.kind for it in clause.tokens} & {"MEAL", "KIND", "DAY", "TIME", "NOT", "GO"}:
            return None  # one change among others
        if {it.kind for it in clause.tokens} & {
            "FIRST",
            "ORDINAL",
        } and "plan" in clause.words:
            return Restore(version=1)
        if places:
            place = places[0]
            return Restore(
                place=Reference(name=place.text[:200], ids=tuple(place.value))
            )
        numbers = [it.value for it in clause.tokens if it.kind in ("TIMES", "NUMBER")]
        versions = [it.value for it in clause.tokens if it.kind == "NUMBER"]
        if "version" in clause.words and versions:
            return Restore(version=versions[0])
        if _FIRST_VERSION & set(clause.words):
            return Restore(version=1)
        numbers += [spans.WORDS[it] for it in clause.words if it in ("two", "three")]
        undos = sum(it.text == "undo" for it in clause.tokens)
        return Undo(count=max(1, numbers[0] if numbers else undos))

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
            words = _words(clause.tokens)
            self._acts.append((Question(topic=Topic.SUGGEST, about=words[:200]), words))
            kept = [
                it
                for it in clause.tokens
                if it.kind
                in ("LENGTH", "DIET", "BUDGET", "PACE", "INTEREST", "MOBILITY")
            ]
            self._acts += [(act, words) for act in self._part(kept, strict=False) or ()]
            return
        for part in segments(clause.tokens):
            if self._of_history(Clause(tuple(part))):
                continue
            acts = self._cut(part)
            if acts is None:
                acts = self._loosened(part)
            if acts is None:
                acts = self._islands(part)
            self._acts += [(act, _words(part)) for act in acts]

    def _loosened(self, tokens: list[Token]) -> list[Act] | None:
        """The acts of a statement without the words around what it asks for."""
        if not self._known.planned:
            return None
        tried = [tokens]
        for kept in loosened(tokens):
            if kept in tried:
                continue
            tried.append(kept)
            if acts := self._cut(kept):
                self._unsure = True  # what was passed over may matter
                return acts
        return None

    def _cut(self, tokens: list[Token]) -> list[Act] | None:
        """The acts of a statement, whole or in the fewest parts that are all read."""
        whole = self._part(tokens, strict=True)
        if whole is not None:
            return whole
        cuts = [
            at
            for at, token in enumerate(tokens)
            if at
            and (
                token.kind in CONNECTORS
                or (token.kind in OPENERS and tokens[at - 1].kind not in _BINDING)
            )
        ]
        for at in reversed(cuts[:MOST_CUTS]):
            before = len(self._unread)
            if self._known.planned and not {it.kind for it in tokens[:at]} - _NAMING:
                continue  # only names: of what follows
            if tokens[at].kind in _TRAILING and tokens[at - 1].kind in _BEFORE_THESE:
                continue  # "plan Friday anew", "an hour more"
            head = self._part(_bare(tokens[:at]), strict=True)
            rest = self._cut(_bare(tokens[at:])) if head else None
            if head and rest:
                return [*head, *rest]
            del self._unread[before:]
        return None

    def _islands(self, tokens: list[Token]) -> list[Act]:
        """Part by part between pauses: what can be read is, the rest is told."""
        made: list[Act] = []
        for part in _split(tokens, CONNECTORS - {"AND"}):
            acts = self._part(part, strict=True)
            if acts is None:
                acts = self._loosened(part)
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
            self._asides.append(_words(part))
            return
        self._unread.append(_words(part))
        self._unsure = self._unsure or self._weighs(part, behind=behind)

    def _part(self, tokens: list[Token], *, strict: bool) -> list[Act] | None:
        ready = shaped(tokens, self._vocabulary.names, self._places)
        unknown = [it for it in ready if it.kind not in _READABLE]
        if unknown and strict:
            if not self._may_skip(ready, unknown):
                return None
        ready = [it for it in ready if it.kind in _READABLE]
        if not ready:
            return [] if not unknown else None
        tree = parsed(ready)
        if tree is None and not self._known.planned and strict:
            return self._bag(ready, unknown)
        if tree is None:
            return None
        acts = acts_of(tree, self._known)
        if acts and self._known.planned and self._is_bare(ready, tokens):
            return None
        if acts is not None and strict and not is_whole(ready, acts):
            return self._bag(ready, unknown) if not self._known.planned else None
        if acts is not None and unknown and strict:
            self._unread += [it.text for it in unknown]
        return acts

    def _is_bare(self, tokens: Sequence[Token], said: Sequence[Token]) -> bool:
        """Whether stops of the plan are only named: nothing is wished of them."""
        kinds = {it.kind for it in tokens}
        if "PLACE" in kinds and not kinds & (_VERBS | _PREDICATES):
            if clauses.has_subject(said) or kinds & {"INTEREST", "NUMBER"}:
                return True
        if kinds - {"PLACE", "AND", "NUMBER", "THING"}:
            return False
        return any(
            place in self._known.stops
            for it in tokens
            if it.kind == "PLACE"
            for place in it.value
        )

    def _weighs(self, tokens: Sequence[Token], *, behind: bool) -> bool:
        """Whether words that were not read may change what was.

        What begins with a denial, or only names a day, a time or a place, belongs to
        the statement before it; a remark or another request does not.
        """
        kinds = {it.kind for it in tokens}
        if not self._known.planned:
            return bool(
                kinds & {"CITY", "DATE", "LENGTH", "NOT", "NO", "AVOID", "REMOVE"}
            )
        meaning = [it for it in tokens if it.kind not in ("SKIP", "COURTESY")]
        if behind and meaning and meaning[0].kind in _TURNING:
            return True
        if clauses.has_subject(tokens) and not kinds & clauses.DEEDS:
            return False
        return bool(kinds & _WEIGHTY or (kinds & _DENYING and kinds & _POINTING))

    def _topic_of(self, tokens: list[Token]) -> Act | None:
        """The question of words that are no statement but name what is asked for."""
        return self._asked(tokens, sure=True)

    def _bag(self, ready: list[Token], unknown: list[Token]) -> list[Act] | None:
        """The wishes of a first message whose sentence is no construction of ours."""
        kept = [it for it in ready if it.kind in _WISHES]
        lost = [it for it in ready if it.kind in ("NO", "NOT", "AVOID", "REMOVE")]
        tree = parsed(kept) if not lost else None
        acts = acts_of(tree, self._known) if tree is not None else None
        if acts is not None and not is_whole(kept, acts):
            return None
        if acts is not None:
            left = [it for it in ready if it.kind not in _WISHES | _AROUND]
            self._unread += [it.text for it in (*unknown, *left)]
        return acts

    def _may_skip(self, ready: Sequence[Token], unknown: Sequence[Token]) -> bool:
        """Whether the words around the unknown ones are clear without them."""
        if any(it.kind != "WORD" or it.text in _RESTRICTING for it in unknown):
            return False
        if self._known.planned and any(it.text in WEIGHING for it in unknown):
            return False
        for before, token in zip(ready, ready[1:], strict=False):
            if token.kind == "WORD" and before.kind in _TAKING_OBJECTS:
                return False
        known = {it.kind for it in ready} - {"WORD"}
        if self._known.planned and "LENGTH" in known:
            return False  # a number in passing
        if not self._known.planned or known & {"ARRIVE", "DEPART"}:
            return True
        if known <= _SLOTS:
            return bool(
                known & {"DIET", "MOBILITY", "BUDGET", "PACE", "ADULTS", "CHILDREN"}
            )
        verbs = [
            i
            for i, it in enumerate(ready)
            if it.kind in _VERBS and it.text not in ("do", "have", "see")
        ]
        if known & _VERBS <= {"NO", "NOT", "AVOID"}:
            return False  # how far the denial reaches is not clear
        first = next(i for i, it in enumerate(ready) if it.kind == "WORD")
        return bool(verbs) and verbs[0] < first and len(unknown) <= 2


# Behind these a kind is narrowed in a way that we can't check.
_RESTRICTING = frozenset(
    "where which who whose when while through week weeks next following month year".split()
)
_SLOTS = frozenset(
    "DIET MOBILITY BUDGET PACE ADULTS CHILDREN FRIENDS SOLO AGE AND INTEREST LIKE NUMBER "
    "OR WITH FOR TO".split()
)
_WISHES = frozenset(
    "CITY LENGTH DATE INTEREST KIND TAG PLACE PACE BUDGET DIET MOBILITY ADULTS CHILDREN "
    "FRIENDS SOLO AGE MONEY CUISINE LIMITWORD WEEKEND LAYOVER CHEAPER DEARER TIME DAY PART "
    "LATESTART EARLYSTART NIGHTS".split()
)
# What begins with one of these says more of the statement before it.
_TURNING = frozenset("NOT NO EXCEPT MEANT INSTEAD INSTEADOF RATHER ATMOST".split())
# With a word of these classes a clause is about what is planned, not of the trip.
_EDITING = frozenset(
    "REMOVE ADD MOVE SWAP LOCK UNLOCK DURATION TIME MEAL CALMER FULLER NOMORE AVOID".split()
)
_FIRST_VERSION = frozenset(("original", "first"))
# Words around wishes that say nothing of their own.
_AROUND = frozenset(
    "WANT LIKE TO FROM WITH FOR AND OR IT THEM EVERY SOMETHING ADD MAKE START SPEND EAT "
    "THING PERDAY WHOLETRIP CITYWORD BETWEEN NEAR INSTEAD YES RATHER PUT DAYWORD HOTEL "
    "SLEEP ARRIVE UNTIL KEEP".split()
)
# Unread words of these classes may change what the rest of a message means …
_WEIGHTY = frozenset(
    "DAY DAYS TIME DATE PLACE KIND TAG CUISINE INTEREST MEAL PART DURATION LENGTH DELTA "
    "MONEY DIET CITY NUMBER NTHPART REMARK THATDAY OTHERDAY NOTBEFORE NOTAFTER ARRIVE DEPART CALMER "
    "FULLER MEANT INSTEAD INSTEADOF SOMETHING".split()
)
# With a word of these classes a remark says more than how things are.
_SAYING = frozenset(
    "DIET MOBILITY BUDGET PACE MONEY DATE LENGTH ARRIVE DEPART BOOKED ALLOW NOMORE ATMOST "
    "LIKE CITY DELTA CHEAPER DEARER CALMER FULLER CLEAR LOCK UNLOCK UNFIX AVOID GO EARLIER "
    "LATER BESTORDER REPLAN NOTBEFORE NOTAFTER UNTIL HOTEL SLEEP LATESTART ADULTS".split()
)
# … and so do these, of what was named before.
_DENYING = frozenset("NOT NO REMOVE KEEP MOVE SWAP".split())
_POINTING = frozenset("NUMBER IT THEM OTHER ORDINAL FIRST LAST".split())
# What is named, of which a statement says something.
_NAMING = frozenset(
    "PLACE KIND TAG CUISINE MEAL PART DURATION TIME THING AND COMMA DASH COLON SKIP ON "
    "COURTESY ORDINAL NUMBER IT".split()
)
_TAKING_OBJECTS = frozenset("REMOVE MOVE SWAP LOCK UNLOCK AVOID NO NOMORE".split())
_TRAILING = frozenset("REPLAN MORE LESS EARLIER LATER INSTEAD".split())
_BEFORE_THESE = frozenset("DAY DAYS DURATION NUMBER REST WHOLETRIP PLACE".split())
# Behind these a verb belongs to what stands before it.
_BINDING = frozenset(
    "NOT NO AVOID NOMORE WANT MAKE KEEP BEFORE AFTER UNTIL NOTBEFORE NOTAFTER FROM TO "
    "COURTESY INSTEADOF RATHER START END SPEND WORD".split()
)
_VERBS = frozenset(
    "REMOVE TAKE ADD MOVE PUT SWAP KEEP LOCK UNLOCK MAKE START END REPLAN BESTORDER AVOID "
    "NO NOMORE ATMOST WANT NOT".split()
)
_PREDICATES = frozenset(
    "GO OUT ALLOW CALMER FULLER CLEAR BOOKED TIME DURATION MORE LESS DAY DAYS PART MEAL "
    "LIKE EAT SPEND HOTEL SLEEP AFTER BEFORE FIRST LAST INSTEAD REVERSE UNFIX LATER EARLIER "
    "THATDAY OTHERDAY INSTEADOF RATHER DEPART ARRIVE CHEAPER DEARER".split()
)
_READABLE = frozenset(
    "REMOVE TAKE OUT GO ADD WANT MOVE PUT SWAP REVERSE KEEP LOCK UNLOCK MAKE START END "
    "SPEND REPLAN BESTORDER AVOID NO NOT NOMORE ALLOW ATMOST LIKE RATHER ARRIVE DEPART EAT "
    "EXCEPT INSTEADOF INSTEAD THAN FOR WITH TO FROM AFTER BEFORE NEAR NOTBEFORE NOTAFTER "
    "UNTIL BETWEEN AND OR DAY DAYS THATDAY OTHERDAY WHOLETRIP PART TIME DURATION LENGTH "
    "DELTA PERDAY MONEY DATE NUMBER FIRST LAST MORE LESS EARLIER LATER CALMER FULLER CHEAPER "
    "DEARER CLEAR BOOKED PACE BUDGET DIET MOBILITY CITY ADULTS CHILDREN FRIENDS SOLO AGE "
    "LIMITWORD NOLONGER BREAKFAST ANYMEAL HOTEL SLEEP NIGHTS DATESWORD DAYWORD WEEKEND TODAY "
    "TOMORROW TIMES SHIFTBACK CITYWORD PLACE STOP IT THEM OTHER GONE REST MEAL SIGHTS ORDINAL EVERY "
    "SOMETHING KIND THING TAG INTEREST LATESTART EARLYSTART EARLYEND LAYOVER YES CUISINE UNFIX".split()
)


def _days_by_order(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """ "Day 3 …, and no lunch on the fourth": a number of days, once days are named."""
    made: list[Token] = []
    for i, token in enumerate(tokens):
        if token.kind == "END" and token.text in ("home", "back", "return"):
            beside = tokens[max(0, i - 1) : i + 2]
            if any(it.kind == "TRANSPORT" for it in beside):
                token = token._replace(kind="DEPART")
        before = next((it for it in reversed(made) if it.kind != "SKIP"), None)
        if token.kind == "NIGHTS" and before is not None:
            if token.text == "night" and before.kind in ("DAY", "DATE"):
                token = token._replace(kind="PART", value="evening")
            elif before.kind == "EVERY" or before.text == "both":
                made.remove(before)
                token = token._replace(kind="WHOLETRIP", text=f"every {token.text}")
        behind = next((it.kind for it in tokens[i + 1 :] if it.kind != "SKIP"), "")
        if (
            token.kind == "ORDINAL"
            and token.value > 0
            and behind
            not in ("KIND", "THING", "PLACE", "MEAL", "TAG", "CUISINE", "NUMBER")
            and any(it.kind in ("DAY", "DAYS") for it in made)
            and any(it.kind == "ON" for it in made[-2:])
        ):
            token = token._replace(kind="DAY")
        made.append(token)
    return tuple(made)


def _begins_answer(kind: str, said: Sequence[Token], rest: Sequence[Token]) -> bool:
    """Whether a yes or no is followed by what else is wished, without a pause."""
    if kind not in ("CONFIRM", "DENY") or said[0].text not in (
        "no", "nah", "nope", "yes", "yeah", "yep", "ok", "okay", "sure", "no thanks",
    ):  # fmt: skip
        return False
    return rest[0].kind in ("COURTESY", "REMOVE", "ADD", "NOT", "PUT", "SKIP", "DAY")


def _is_out_of_scope(clause: Clause) -> bool:
    words, known = clause.words, lexicon("en.questions")
    found = (known.longest(words, at) for at in range(len(words)))
    return any(it and it[1].kind == "OUTOFSCOPE" for it in found)


def _bare(tokens: Sequence[Token]) -> list[Token]:
    """Without connectors at the ends."""
    kept = list(tokens)
    while kept and kept[0].kind in CONNECTORS:
        kept.pop(0)
    while kept and kept[-1].kind in CONNECTORS:
        kept.pop()
    return kept


def _split(tokens: Sequence[Token], kinds: Sequence[str]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if part]


def _words(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens if token.kind not in CONNECTORS)


def _format(text: str) -> str | None:
    known = ("gpx", "ics", "geojson", "markdown", "pdf", "calendar")
    return next((it for it in known if it in text), None)


__all__ = ["GrammarReader", "OutOfScope"]
