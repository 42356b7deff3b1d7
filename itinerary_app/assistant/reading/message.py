"""Reading: one message on its way to acts, in steps that have files of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from itinerary_app.acts.acts import (
    SAID,
    Act,
    Add,
    Allow,
    Avoid,
    Deny,
    OutOfScope,
    Remove,
    Restore,
    SetBudget,
    SetDays,
    Suppose,
    Topic,
    Undo,
)
from itinerary_app.acts.acts import Ask as Question
from itinerary_app.acts.acts import Force as Supposed
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.reader import Scene, Understanding
from itinerary_app.assistant.reading import (
    cities,
    clauses,
    closing,
    correcting,
    dates,
    dining,
    elsewhere,
    firstly,
    following,
    history,
    itineraries,
    lodging,
    notes,
    outset,
    pending,
    questions,
    same_day,
    scenes,
    talk,
)
from itinerary_app.assistant.reading.anaphora import (
    pointing_back,
    sets_off,
    without_contrast,
)
from itinerary_app.assistant.reading.clause import DEEDS, Clause, Force, parted
from itinerary_app.assistant.reading.doubting import (
    is_doubtful,
    only_of_days,
    without_weighed,
)
from itinerary_app.assistant.reading.force import asks
from itinerary_app.assistant.reading.loosening import weighed_up
from itinerary_app.assistant.reading.names import names_of
from itinerary_app.assistant.reading.narrowing import without_rest
from itinerary_app.assistant.reading.nouns import of_city
from itinerary_app.assistant.reading.pointing import of_day, pointed
from itinerary_app.assistant.reading.quoting import as_written, impossible
from itinerary_app.assistant.reading.repeating import repeated
from itinerary_app.assistant.reading.segments import segments
from itinerary_app.assistant.reading.shares import Shares, shared_out
from itinerary_app.assistant.reading.spoken import Spoken
from itinerary_app.assistant.reading.statements import Statements
from itinerary_app.assistant.reading.together import once, together
from itinerary_app.assistant.reading.tokens import (
    CONNECTORS,
    Token,
    Vocabulary,
    read,
    words,
)
from itinerary_app.assistant.reading.trip import Known
from itinerary_app.assistant.reading.turns_of_phrase import between_meals
from itinerary_app.assistant.reading.whichdays import (
    by_load,
    each_so_long,
    first_in_city,
    in_city,
)
from itinerary_app.catalogue.kinds import FOOD as EATING
from itinerary_app.model import City, Place

# With a word of these classes a remark says more than how things are.
_SAYING = frozenset(
    "DIET MOBILITY BUDGET PACE MONEY DATE LENGTH ARRIVE DEPART BOOKED ALLOW NOMORE "
    "ATMOST LIKE CITY DELTA CHEAPER DEARER CALMER FULLER CLEAR LOCK UNLOCK UNFIX "
    "AVOID GO EARLIER LATER BESTORDER REPLAN NOTBEFORE NOTAFTER UNTIL HOTEL SLEEP "
    "LATESTART ADULTS CHILDREN AGE".split()
)
_DENIALS = frozenset("NO NOT AVOID".split())
_DENYING = frozenset("NOT NO REMOVE KEEP MOVE SWAP".split())
_UNDOING = frozenset(
    "UNDO NO NOT ITS IT THAT CALMER FULLER SKIP COURTESY PERIOD COMMA DASH SO".split()
)
# A denial of these alone sets off what was asked for: "less walking, not fewer sights".
_DEGREES = frozenset(
    "MORE LESS CHEAPER DEARER CALMER FULLER PACE EARLIER LATER".split()
)
_OF_DEGREE = _DEGREES | frozenset(
    "NOT NO SKIP MAKE IT SIGHTS THAT COURTESY AVOID KIND WORD".split()
)
# What is narrowed is not denied: "not just churches", "nothing but museums".
_NARROWED = re.compile(r"\bnot (?:just|only|merely|simply|always)\b|\bnothing but\b")
_EATEN = re.compile(r"\b(?:eat|eats|have eaten) (?:it|that|them|those)\b")
_LOVED = re.compile(r"\b(?:loves?|likes?|adores?|enjoys?) (?:it|that|them|those)\b")
_SHOPS = re.compile(r"\b(?:malls?|book ?(?:shop|store)s?|department stores?)$")
_PUT_OFF = re.compile(r"\b(?:another|some other|next) time\b")
_QUALITY = re.compile(
    r"some(?:thing|where) (livelier|more lively|quieter|less crowded|less touristy"
    r"|more interesting)"
)
_PARTED = frozenset("split divided shared".split())
_BOOKING = frozenset("book reserve prebook queue tickets ticket reservation".split())


class Reading:
    """One message: `understanding` is what it says. `places_of` gives a city's places."""

    def __init__(
        self,
        text: str,
        scene: Scene,
        places_of: Callable[[City], Sequence[Place]],
        beds: Sequence[lodging.Bed],
    ) -> None:
        self._text = text
        self._scene = scene
        self._places: Sequence[Place] = scene.places
        self._vocabulary = vocabulary = scenes.vocabulary(scene)
        self._acts: list[tuple[Act, str]] = []
        self._aside = False
        self._asides: list[str] = []  # reasons and remarks that were not read
        self._spoken = Spoken()
        self._known = Known(
            today=scene.today,
            preferences=scene.preferences,
            itinerary=scene.itinerary,
            focus_day=scene.focus.day,
            of_day=_day_of(scene.focus.done),
            shown=scene.focus.stops,
            eating=frozenset(it.id for it in scene.places if it.category in EATING),
        )
        self._tokens = read(text, vocabulary)
        named = [token.value for token in self._tokens if token.kind == "CITY"]
        if named and scene.itinerary is None:
            self._places = [
                it for city in dict.fromkeys(named) for it in places_of(city)
            ]
            self._vocabulary = Vocabulary(
                names=names_of(tuple(self._places)),
                cities=vocabulary.cities,
                today=vocabulary.today,
                month_first=named[0].country == "US",
            )
            tokens = read(text, self._vocabulary)
            if not any(it.kind == "CITY" for it in tokens):  # "Edinburgh Castle, …"
                city = next(it for it in self._tokens if it.kind == "CITY")
                tokens = (city._replace(start=0, end=0), *tokens)
            tokens = weighed_up(of_city(tokens, self._vocabulary.names))
            self._tokens = lodging.staying(tokens)
        if self._known.planned:
            self._tokens = lodging.staying(self._tokens, planned=True)
        self._tokens = lodging.with_first_nights(
            lodging.told(self._tokens, beds), planned=self._known.planned
        )
        self._shares = Shares(self._tokens)
        if not self._known.planned:
            said = outset.told(self._tokens, scene.preferences.start_date)
            said = itineraries.listed(said)
            self._tokens = tuple(firstly.meant(said, scene.today))
            self._shares = shared_out(self._tokens)
            self._tokens = itineraries.days_in(self._shares.tokens, self._shares.nights)
        self._statements = Statements(self._known, self._vocabulary.names, self._places)
        self._unread = self._statements.unread

    def understanding(self) -> Understanding:
        planned, tokens = self._known.planned, self._tokens
        if plan := self._known.itinerary:
            of_cities = in_city(first_in_city(tokens, plan), plan)
            tokens = tuple(each_so_long(of_cities))
            tokens = tuple(between_meals(by_load(tokens, plan)))
            placed = pointed(pointing_back(tokens, self._known))
            placed = of_day(placed, self._known.focus_day)
            self._acts, tokens = notes.taken(placed, self._text)
            closed, tokens = closing.told(tokens, self._known)
            self._acts += closed
        self._correction = correcting.corrected(tokens, self._scene.focus, self._known)
        if whole := self._whole():
            self._acts = [(act, words(self._tokens)) for act in whole]
        else:
            for clause in clauses.cut(self._correction.tokens, planned=planned):
                self._aside = clause.aside
                self._clause(clause)
            self._acts = self._correction.instead(self._acts)
        if not self._acts:
            self._unread += self._asides
        self._acts = _without_reasons(self._acts, tokens)
        self._acts, doubtful = once(together(self._acts, tokens))
        if planned:
            self._acts = same_day.dated(self._acts, self._tokens)
            self._acts, of_meals = dining.of_meals(self._acts, self._tokens)
            self._unread += of_meals
        self._acts = self._shares.added(self._acts)
        self._unread += _unknown_qualities(tokens) if self._changes() else []
        if any(isinstance(it, Add) for it, _ in self._acts):
            self._unread += _kinds_of_shops(tokens)
        self._unread += self._shares.unread
        self._unread += doubtful
        if not self._acts and not self._unread:
            self._unread.append(self._text)  # signs and dots
        if not planned:
            self._acts, lost = without_weighed(self._acts, self._tokens, self._unread)
            self._unread += lost
        if not planned and self._unread:
            self._acts = elsewhere.told(self._acts, self._text, self._scene)
        untold = [*self._unread, *self._statements.whom]
        return Understanding(
            acts=tuple(lodging.as_said(act, self._text) for act, _ in self._acts),
            quotes=tuple(quote for _, quote in self._acts),
            unread=tuple(
                dict.fromkeys(as_written(it, self._text) for it in untold if it)
            ),
            unsure=self._changes() and self._is_doubtful(),
            faults=impossible(self._tokens, self._unread, self._text, self._known),
            month=dates.month_of(self._text),
        )

    def _is_doubtful(self) -> bool:
        acts = [it for it, _ in self._acts]
        if self._correction.acts:
            return False
        if all(isinstance(it, Undo) for it in acts) and not self._names_part():
            return False  # "that's too much. undo"
        if only_of_days(self._tokens, acts, self._unread):
            return False
        if any(isinstance(it, SetBudget) for it in acts) and any(
            it.kind in ("CHEAPER", "DEARER") and it.text.startswith("some")
            for it in self._tokens
        ):
            return True  # "somewhere cheaper" is no word on the whole trip
        doubtful = is_doubtful(self._text, acts, self._unread, self._known)
        return self._statements.unsure or doubtful

    def _names_part(self) -> bool:
        """Whether something of the plan is named, of which alone it may be said."""
        return any(it.kind not in _UNDOING for it in self._tokens)

    def _whole(self) -> tuple[Act, ...]:
        """The acts of a message that is one thing: a version, or what we got wrong."""
        version = history.version_with(self._tokens) if self._known.planned else None
        if version is not None:
            return (version,)
        plan = self._known.itinerary
        if plan and (asked := questions.shown(in_city(self._tokens, plan))):
            return (asked,)
        if self._known.planned and talk.is_of_breakfast(self._tokens):
            return (OutOfScope(about="breakfast"),)
        if answer := pending.corrected(self._tokens, self._scene.focus, self._known):
            return answer
        if gone := cities.only(self._tokens, self._known):
            return gone
        return self._correction.acts

    def _clause(self, clause: Clause) -> None:
        focus = self._scene.focus
        waiting = bool(focus.proposed or focus.pending)
        clause = self._without_talk(clause, waiting=waiting)
        if clause.tokens and not self._changes():
            answer = pending.answered(clause.tokens, focus, self._known, self._places)
            if answer is not None:
                self._acts = [(it, words(clause.tokens)) for it in answer]
                return
            if further := following.followed(clause.tokens, focus, self._known):
                self._acts += [(it, words(clause.tokens)) for it in further]
                return
        if not any(token.kind not in ("SKIP", *CONNECTORS) for token in clause.tokens):
            return
        back = any(it.kind == "UNDO" for it in clause.tokens)  # "I liked it better …"
        before = clause.force is Force.REMEMBERED and back
        if (clause.requested or before) and self._is_of_history(clause.tokens):
            return
        if clause.force is Force.QUESTION:
            self._question(clause)
        elif clause.force is not Force.ASSERTED:
            self._supposed(clause)
        elif len(segments(clause.tokens)) > 1 or not self._is_of_history(clause.tokens):
            acts, unread = len(self._acts), len(self._unread)
            self._statement(clause)
            if clause.requested and len(self._acts) == acts:
                found = self._asked(clause.tokens, strong=True)
                if found is not None:
                    del self._unread[unread:]
                    self._acts.append((found, words(clause.tokens)))

    def _without_talk(self, clause: Clause, *, waiting: bool) -> Clause:
        """The clause without the courtesies at its ends, which are acts as well."""
        alone = talk.weight(self._tokens) <= talk.weight(clause.tokens)
        said, rest = talk.taken(clause.tokens, waiting=waiting, alone=alone)
        for act, tokens in said:
            act = talk.praise(act, tokens, waiting=waiting)
            if act not in [it for it, _ in self._acts]:
                self._acts.append((act, words(tokens)))
        return replace(clause, tokens=tuple(rest))

    def _question(self, clause: Clause) -> None:
        if clause.requested and (acts := self._statements.cut(list(clause.tokens))):
            self._acts += [(act, words(clause.tokens)) for act in acts]
            return
        found = self._asked(clause.tokens, beside=self._spoken.remark)
        if found is None:
            self._unread.append(words(clause.tokens))
            return
        self._acts.append((found, words(clause.tokens)))

    def _asked(self, tokens: Sequence[Token], **more: Any) -> Act | None:
        names, planned = self._vocabulary.names, self._known.planned
        found = questions.asked(tokens, names, self._places, planned=planned, **more)
        done = self._scene.focus.done
        alone = {it.kind for it in tokens} <= {"DAY", "AND", "ON", "SKIP"}
        if isinstance(found, Question) and alone and len(done) == 1:
            before = done[0]
            if isinstance(before, Question) and before.day and found.day:
                return msgspec.structs.replace(before, day=found.day)  # "and day 3?"
        several = len(self._scene.focus.stops) > 1
        if isinstance(found, Question) and found.topic is Topic.PRICE and several:
            if found.place == Reference(focus="it"):
                return msgspec.structs.replace(found, place=None)  # of the whole trip
        return found

    def _supposed(self, clause: Clause) -> None:
        """What is asked about, reported or on a condition changes nothing."""
        if clause.force is Force.ASKED and _is_of_facts(clause):
            self._question(clause)
            return
        inner = [
            token
            for token in clause.tokens
            if token.kind not in ("SUPPOSE", "IF", "HEARSAY", "MEMORY", "WORD")
        ]
        unknown = any(it.kind == "WORD" for it in clause.tokens)
        happens = unknown and not any(it.kind in DEEDS for it in inner)
        acts = [
            act
            for part in segments(inner)
            for act in self._statements.part(part, strict=False) or ()
            if not happens  # "what if it rains on Sunday?"
        ]
        if clause.force is Force.ASKED and not acts:
            found = self._asked(clause.tokens, strong=True)
            if found is not None:
                self._acts.append((found, words(clause.tokens)))
                return
        self._spoken.named(inner, reason=clause.aside)
        told_why = clause.tokens[0].kind == "COMMA" and self._changes()
        if clause.force is Force.REMEMBERED and told_why and not acts:
            self._asides.append(words(clause.tokens))  # "…, I went there last year"
            return
        force = Supposed(clause.force.value)
        about = words(clause.tokens)[:200]
        self._acts.append(
            (Suppose(force=force, acts=tuple(acts or ()), about=about or None), about)
        )

    def _is_of_history(self, tokens: Sequence[Token]) -> bool:
        """Undo, redo and the trip as a thing: words that decide alone."""
        focus = self._scene.focus
        named = [it for it in self._tokens if it.kind == "PLACE"]
        resized = any(isinstance(it, SetDays) for it in focus.done)
        act = history.told(
            tokens,
            beside=named,
            gone=bool(focus.gone),
            resized=resized,
            removed=bool(focus.done)
            and all(isinstance(it, Remove | Avoid) for it in focus.done),
        )
        taken_back = isinstance(act, Undo) or (
            isinstance(act, Restore) and "what i" in words(tokens)
        )
        if taken_back and focus.proposed:
            act = Deny()  # nothing was done yet
        if isinstance(act, Undo) and any(
            isinstance(it, Restore) for it, _ in self._acts
        ):
            return True  # "the one with X was better, bring that back"
        if isinstance(act, Restore) and act.place is not None:
            self._acts = [it for it in self._acts if not isinstance(it[0], Allow)]
        if act is not None:
            self._acts.append((act, words(tokens)))
        return act is not None

    def _is_open(self, clause: Clause) -> bool:
        """Whether a first message leaves open where to go, or wavers between cities."""
        if self._known.planned or self._scene.preferences.city:
            return False
        kinds = [it.kind for it in clause.tokens]
        parted = _PARTED & set(clause.words)  # "a week split between A and B"
        between = "CITY" in kinds and "BETWEEN" in kinds[: kinds.index("CITY")]
        between = between and not parted
        if kinds.count("CITY") > 1 and ("OR" in kinds or between):
            return True
        named = any(it.kind == "CITY" for it in self._tokens)
        return not named and "SOMEWHERE" in kinds

    def _statement(self, clause: Clause) -> None:
        if self._is_open(clause):
            said = words(clause.tokens)
            self._acts.append((Question(topic=Topic.SUGGEST, about=said[:200]), said))
            kept = [
                it
                for it in clause.tokens
                if it.kind
                in ("LENGTH", "DIET", "BUDGET", "PACE", "INTEREST", "MOBILITY")
            ]
            self._acts += [
                (act, said) for act in self._statements.part(kept, strict=False) or ()
            ]
            return
        if _NARROWED.search(" ".join(clause.words)):
            self._not_read(list(clause.tokens), behind=self._changes())
            return
        tokens, other = without_rest(without_contrast(clause.tokens))
        self._unread += [words(other)] if other else []
        for part in segments(tokens):
            part = self._pointed(part)
            if sets_off(part, self._tokens) or self._is_of_history(part):
                continue
            if self._is_why(part, behind=self._changes()):
                self._asides.append(words(part))
                continue
            part = self._without_why(part)
            done = [it for it, _ in self._acts[-1:]] or self._scene.focus.done
            acts = repeated(part, done) or self._statements.read(part)
            if acts is None:
                acts = self._islands(part)
            else:
                self._spoken.done(part, acts)
            self._acts += [(self._spoken.meant(act), words(part)) for act in acts]

    def _is_why(self, part: Sequence[Token], *, behind: bool) -> bool:
        """ "We never eat it", "we'll do it another time"; behind a wish "my wife loves
        them".
        """
        said = words(part)
        loved = behind and _LOVED.search(said)
        why = loved or _EATEN.search(said) or _PUT_OFF.search(said)
        return bool(why) and not _named(part)

    def _without_why(self, part: list[Token]) -> list[Token]:
        """ "A boat trip, my wife loves them": without what is said of the wish."""
        pauses = [i for i, it in enumerate(part) if it.kind in ("COMMA", "DASH")]
        at = pauses[-1] if pauses else len(part)
        if not at or not self._is_why(part[at + 1 :], behind=True):
            return part
        self._asides.append(words(part[at:]))
        return part[:at]

    def _pointed(self, tokens: Sequence[Token]) -> list[Token]:
        """With what was only spoken of before, which then is no more than the reason."""
        made = self._spoken.filled(with_day := self._spoken.dated(tokens))
        if made != with_day:
            self._explain()
        return made

    def _explain(self) -> None:
        """What was said of a place that "it" points to only says why."""
        said = words(self._spoken.remark)
        if said in self._unread:
            self._asides.append(self._unread.pop(self._unread.index(said)))
            self._statements.unsure = self._spoken.unsure

    def _islands(self, tokens: list[Token]) -> list[Act]:
        """Part by part between pauses: what can be read is, the rest is told."""
        made: list[Act] = []
        for part in self._by_denials(parted(tokens, CONNECTORS - {"AND"})):
            if self._is_why(part, behind=bool(made)):
                self._asides.append(words(part))
                continue
            acts = self._statements.part(part, strict=True)
            if acts is None:
                acts = self._statements.loosened(part)
            if acts is None and (question := self._asked(part, sure=True)):
                acts = [question]
            if acts is None:
                self._not_read(part, behind=bool(made or self._changes()))
            made += acts or []
        return made

    def _by_denials(self, parts: Iterable[list[Token]]) -> Iterator[list[Token]]:
        """The parts, those of a first message cut where they deny something."""
        for part in parts:
            kinds = [it.kind for it in part]
            at = next((i for i, it in enumerate(kinds) if i and it in _DENIALS), 0)
            if at and not self._known.planned and "CITY" in kinds[:at]:
                yield part[:at]
                yield part[at:]
            else:
                yield part

    def _changes(self) -> bool:
        """Whether something was read so far that changes the trip."""
        return any(not isinstance(act, SAID) for act, _ in self._acts)

    def _not_read(self, part: list[Token], *, behind: bool) -> None:
        """Keep the words as unread, or as a remark where they ask for nothing."""
        kinds = {it.kind for it in part}
        if clauses.is_of_children(part) and "NUMBER" not in kinds:
            kinds.discard("CHILDREN")  # not how many there are
        told = self._aside or (clauses.has_subject(part) and self._known.planned)
        self._spoken.unread(part, self._statements.unsure, reason=self._aside)
        contrast = (
            (behind or bool(self._acts)) and kinds & _DENYING and kinds <= _OF_DEGREE
        )
        remark = told and not kinds & (DEEDS | _DENYING | _SAYING)
        if remark or (contrast and kinds & _DEGREES):
            self._asides.append(words(part))
            return
        self._unread.append(words(part))
        if not contrast:  # "no horses" takes nothing away from what was read
            self._statements.unsure |= self._statements.weighs(part, behind=behind)


def _without_reasons(
    acts: list[tuple[Act, str]], tokens: Sequence[Token]
) -> list[tuple[Act, str]]:
    """ "Skip the gondola, too expensive" says why, and nothing of the whole budget."""
    gone = any(
        isinstance(it, Avoid | Remove) and it != Avoid(kind=getattr(it, "kind", None))
        for it, _ in acts
    )
    cheaper = [it.text for it in tokens if it.kind == "CHEAPER"]
    if not gone or not all(it.startswith("too ") for it in cheaper):
        return acts
    return [it for it in acts if it[0] != SetBudget(step=-1)]


def _unknown_qualities(tokens: Sequence[Token]) -> list[str]:
    """ "Something less touristy": another one is found, but not by that."""
    found = (_QUALITY.fullmatch(it.text) for it in tokens if it.kind == "SOMETHING")
    return [it[1] for it in found if it]


def _kinds_of_shops(tokens: Sequence[Token]) -> list[str]:
    """ "A mall": a place to shop is found, whatever it is."""
    return [it.text for it in tokens if it.kind == "KIND" and _SHOPS.search(it.text)]


def _day_of(done: Sequence[Act]) -> int | None:
    """The one day that these acts are of."""
    days = {getattr(it, "day", None) for it in done}
    day = days.pop() if len(days) == 1 else None
    return day if isinstance(day, int) else None


def _named(tokens: Sequence[Token]) -> bool:
    return any(it.kind in ("PLACE", "KIND", "CUISINE", "TAG") for it in tokens)


def _is_of_facts(clause: Clause) -> bool:
    """Whether it asks what is so, not what to do: "what would it cost"."""
    if _BOOKING & set(clause.words):
        return True
    return clause.tokens[0].kind not in ("SUPPOSE", "IF") and asks(clause.tokens)
