"""GrammarReader: reads English in five steps, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

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
    Share,
    StartOver,
    Suppose,
    Thank,
    Undo,
    Unshare,
)
from itinerary_app.acts.acts import Ask as Question
from itinerary_app.acts.acts import Force as Supposed
from itinerary_app.acts.acts import Topic
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.assistant.reading import clauses, languages, questions
from itinerary_app.assistant.reading.clauses import Clause, Force
from itinerary_app.assistant.reading.constructions import acts_of
from itinerary_app.assistant.reading.names import Names, names_of
from itinerary_app.assistant.reading.parsing import parsed
from itinerary_app.assistant.reading.segments import CONNECTORS, segments
from itinerary_app.assistant.reading.shaping import shaped
from itinerary_app.assistant.reading.together import together
from itinerary_app.assistant.reading.tokens import Token, Vocabulary, city_names, read
from itinerary_app.assistant.reading.trip import Known
from itinerary_app.model import City, Place

MAX_READ = 2_000  # characters; who writes more has said it by then
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


class GrammarReader(Reader):
    """`places` gives the places of a covered city by its name."""

    def __init__(self, places: Callable[[str], Sequence[Place]] | None = None) -> None:
        self._places = places or (lambda _: ())
        self._names = lru_cache(maxsize=8)(self._cities_names)

    def read(self, text: str, scene: Scene) -> Understanding:
        text = text[:MAX_READ]
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
        self._known = Known(
            today=scene.today,
            preferences=scene.preferences,
            itinerary=scene.itinerary,
            focus_day=scene.focus.day,
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
            self._tokens = read(text, self._vocabulary)

    def understanding(self) -> Understanding:
        for clause in clauses.cut(self._tokens):
            self._clause(clause)
        self._acts = together(self._acts)
        return Understanding(
            acts=tuple(act for act, _ in self._acts),
            quotes=tuple(quote for _, quote in self._acts),
            unread=tuple(dict.fromkeys(filter(None, self._unread))),
        )

    def _clause(self, clause: Clause) -> None:
        clause = self._without_talk(clause)
        if not any(token.kind not in ("SKIP", *CONNECTORS) for token in clause.tokens):
            return
        if clause.force is Force.QUESTION:
            self._question(clause)
        elif clause.force is not Force.ASSERTED:
            self._supposed(clause)
        elif not self._of_history(clause):
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
                or (
                    kind in ("CONFIRM", "DENY")
                    and rest[0].kind
                    in ("COURTESY", "REMOVE", "ADD", "NOT", "PUT", "SKIP")
                )
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
        return Clause(tuple(tokens), clause.force, clause.requested)

    def _said(
        self, kind: str, tokens: Sequence[Token], *, alone: bool, pending: bool
    ) -> bool:
        if kind in ("CONFIRM", "DENY") and not (pending or (alone and not self._acts)):
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

    def _question(self, clause: Clause) -> None:
        found = questions.asked(
            clause.tokens,
            self._vocabulary.names,
            self._places,
            planned=self._known.planned,
        )
        if found is None and clause.requested:
            self._statement(clause)
            return
        if found is None:
            self._unread.append(_words(clause.tokens))
            return
        self._acts.append((found, _words(clause.tokens)))

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
        if act is None:
            return False
        self._acts.append((act, quote))
        return True

    def _undone(self, clause: Clause, places: Sequence[Token]) -> Act:
        if places:
            place = places[0]
            return Restore(
                place=Reference(name=place.text[:200], ids=tuple(place.value))
            )
        numbers = [it.value for it in clause.tokens if it.kind in ("TIMES",)]
        versions = [it.value for it in clause.tokens if it.kind == "NUMBER"]
        if "version" in clause.words and versions:
            return Restore(version=versions[0])
        undos = sum(it.kind == "UNDO" for it in clause.tokens)
        return Undo(count=max(1, numbers[0] if numbers else undos))

    def _statement(self, clause: Clause) -> None:
        for part in segments(clause.tokens):
            if self._of_history(Clause(tuple(part))):
                continue
            acts = self._part(part, strict=True)
            if acts is None:
                acts = self._islands(part)
            self._acts += [(act, _words(part)) for act in acts]

    def _islands(self, tokens: list[Token]) -> list[Act]:
        """Part by part between pauses: what can be read is, the rest is told."""
        made: list[Act] = []
        for part in _split(tokens, CONNECTORS - {"AND"}):
            acts = self._part(part, strict=True)
            if acts is None:
                self._unread.append(_words(part))
            made += acts or []
        return made

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
        if tree is None:
            return None
        acts = acts_of(tree, self._known)
        if acts is not None and unknown and strict:
            self._unread += [it.text for it in unknown]
        return acts

    def _may_skip(self, ready: Sequence[Token], unknown: Sequence[Token]) -> bool:
        """Whether the words around the unknown ones are clear without them."""
        if any(it.kind != "WORD" or it.text in _RESTRICTING for it in unknown):
            return False
        known = {it.kind for it in ready} - {"WORD"}
        if not self._known.planned or known & {"ARRIVE", "DEPART"}:
            return True
        if known <= _SLOTS:
            return bool(
                known & {"DIET", "MOBILITY", "BUDGET", "PACE", "ADULTS", "CHILDREN"}
            )
        verbs = [i for i, it in enumerate(ready) if it.kind in _VERBS]
        first = next(i for i, it in enumerate(ready) if it.kind == "WORD")
        return bool(verbs) and verbs[0] < first and len(unknown) <= 2


# Behind these a kind is narrowed in a way that we can't check.
_RESTRICTING = frozenset("where which who whose when while".split())
_SLOTS = frozenset(
    "DIET MOBILITY BUDGET PACE ADULTS CHILDREN FRIENDS SOLO AGE AND INTEREST LIKE NUMBER "
    "OR WITH FOR TO".split()
)
_VERBS = frozenset(
    "REMOVE TAKE ADD MOVE PUT SWAP KEEP LOCK UNLOCK MAKE START END REPLAN BESTORDER AVOID "
    "NO NOMORE ATMOST WANT NOT".split()
)
_READABLE = frozenset(
    "REMOVE TAKE OUT GO ADD WANT MOVE PUT SWAP REVERSE KEEP LOCK UNLOCK MAKE START END "
    "SPEND REPLAN BESTORDER AVOID NO NOT NOMORE ALLOW ATMOST LIKE RATHER ARRIVE DEPART EAT "
    "EXCEPT INSTEADOF INSTEAD THAN FOR WITH TO FROM AFTER BEFORE NEAR NOTBEFORE NOTAFTER "
    "UNTIL BETWEEN AND OR DAY DAYS THATDAY OTHERDAY WHOLETRIP PART TIME DURATION LENGTH "
    "DELTA PERDAY MONEY DATE NUMBER FIRST LAST MORE LESS EARLIER LATER CALMER FULLER CHEAPER "
    "DEARER CLEAR BOOKED PACE BUDGET DIET MOBILITY CITY ADULTS CHILDREN FRIENDS SOLO AGE "
    "LIMITWORD NOLONGER BREAKFAST ANYMEAL HOTEL SLEEP NIGHTS DATESWORD DAYWORD WEEKEND TODAY "
    "TOMORROW TIMES SHIFTBACK CITYWORD PLACE IT THEM OTHER GONE REST MEAL SIGHTS ORDINAL EVERY "
    "SOMETHING KIND THING TAG INTEREST LATESTART EARLYSTART EARLYEND".split()
)


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
