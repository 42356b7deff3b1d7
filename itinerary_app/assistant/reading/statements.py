"""Statements: a part of a clause on its way to acts, by the grammar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from itinerary_app.acts.acts import (
    Act,
    Clear,
    Remove,
    RemoveDay,
    SetDiet,
    SetMeal,
    SetMobility,
)
from itinerary_app.assistant.reading import walks
from itinerary_app.assistant.reading.accounting import is_whole
from itinerary_app.assistant.reading.background import COMPANY, SOMEBODY
from itinerary_app.assistant.reading.clause import DEEDS, OPENERS, stripped
from itinerary_app.assistant.reading.clauses import has_subject
from itinerary_app.assistant.reading.constructions import acts_of
from itinerary_app.assistant.reading.loosening import WEIGHING, loosened
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.narrowing import (
    is_of_two_degrees,
    is_wished_daily,
    of_one_only,
    passed_over,
    there_already,
)
from itinerary_app.assistant.reading.outright import said_of_stops
from itinerary_app.assistant.reading.parsing import parsed, readable
from itinerary_app.assistant.reading.resting import is_open_ended
from itinerary_app.assistant.reading.rewording import reworded
from itinerary_app.assistant.reading.shaping import shaped
from itinerary_app.assistant.reading.tokens import CONNECTORS, Token
from itinerary_app.assistant.reading.transport import is_between_cities
from itinerary_app.assistant.reading.trip import Known
from itinerary_app.model import Mobility, Place

MOST_CUTS = 6  # of a statement that are tried


class Statements:
    """Reads the statements of one message.

    `unread` are the words that were left over; with `unsure` what was read may be
    meant otherwise. `whom` are those of whom alone what was read was told.
    """

    def __init__(self, known: Known, names: Names, places: Sequence[Place]) -> None:
        self._known, self._names, self._places = known, names, places
        self.unread: list[str] = []
        self.whom: list[str] = []
        self.unsure = False

    def read(self, tokens: list[Token]) -> list[Act] | None:
        """The acts of a statement, without some words around it if need be."""
        acts = self.cut(tokens)
        return self.loosened(tokens) if acts is None else acts

    def loosened(self, tokens: list[Token]) -> list[Act] | None:
        """The acts of a statement without the words around what it asks for."""
        if not self._known.planned:
            return None
        for kept in loosened(tokens):
            acts = self.cut(kept)
            if acts and not passed_over(tokens, acts, self._known):
                self.unsure = True  # what was passed over may matter
                return acts
        return None

    def cut(self, tokens: list[Token]) -> list[Act] | None:
        """The acts of a statement, whole or in the fewest parts that are all read."""
        whole = self.part(tokens, strict=True)
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
            before = len(self.unread)
            if self._known.planned and not {it.kind for it in tokens[:at]} - _NAMING:
                continue  # only names: of what follows
            if tokens[at].kind in _TRAILING and tokens[at - 1].kind in _BEFORE_THESE:
                continue  # "plan Friday anew", "an hour more"
            kinds = [{it.kind for it in half} for half in (tokens[:at], tokens[at:])]
            if all(_PEOPLE & half for half in kinds):
                continue  # "my niece (8) and nephew (11) come": counted together
            head = self.part(stripped(tokens[:at]), strict=True)
            rest = self.cut(stripped(tokens[at:])) if head else None
            if head and rest:
                return [*head, *rest]
            del self.unread[before:]
        return None

    def part(self, tokens: list[Token], *, strict: bool) -> list[Act] | None:
        if strict and self._known.planned and _is_exclusive(tokens):
            return None
        if is_between_cities(tokens, self._known):
            return None
        said = self._at_home(reworded(tokens, self._known))
        if strict and (of_stops := said_of_stops(said, self._known)):
            self.unsure |= any(isinstance(it, Remove) for it in of_stops)
            return of_stops
        if strict and (limit := walks.limited(said)):
            self.unread.append(limit)
            return [SetMobility(add=(Mobility.LESS_WALKING,))]
        ready = shaped(said, self._names, self._places)
        unknown = [it for it in ready if it.kind not in readable()]
        may_skip = not (unknown and strict) or self._may_skip(ready, unknown)
        known = [it for it in ready if it.kind in readable()]
        if not may_skip:
            return self._bag(known, unknown) if self._is_told(ready, unknown) else None
        ready = known
        if not ready:
            return [] if not unknown else None
        if strict and self._known.planned and is_of_two_degrees(ready):
            return None
        tree = parsed(ready)
        if tree is None and not self._known.planned and strict:
            return self._bag(ready, unknown)
        if tree is None:
            return None
        acts = acts_of(tree, self._known)
        if acts == []:
            return []  # all is to stay as it is
        if acts and self._known.planned and self._is_bare(ready, tokens):
            return None
        if acts is not None and strict and not is_whole(ready, acts):
            return self._bag(ready, unknown) if not self._known.planned else None
        narrowed = unknown or any(it.text in _ADJECTIVES for it in tokens)
        if narrowed and any(map(_is_wide, acts or ())):
            return None  # "drop the … on day 3", "I don't want Saturday so full"
        if acts and passed_over(tokens, acts, self._known):
            return None
        if acts and (asked := there_already(tokens, acts, self._known)):
            return asked
        self.unsure |= strict and is_wished_daily(tokens, acts or ())
        if acts and self._known.planned and (whom := of_one_only(tokens, acts)):
            self.whom.append(whom)
        if strict and any(isinstance(it, Clear) for it in acts or ()):
            self.unsure |= is_open_ended(tokens)
        if acts is not None and unknown and strict:
            self.unread += _untold(unknown, acts)
        return acts

    def _at_home(self, tokens: list[Token]) -> list[Token]:
        """Without the trip's own city where it only says where that is."""
        plan, kinds = self._known.itinerary, {it.kind for it in tokens}
        if plan is None or plan.stages or not kinds & _OF_STAYS or kinds & _OF_LEGS:
            return tokens
        nights = any(it.kind == "LENGTH" and it.value.unit == "night" for it in tokens)
        return [
            it
            for it in tokens
            if nights or it.kind != "CITY" or it.value.name != plan.city.name
        ]

    def _is_bare(self, tokens: Sequence[Token], said: Sequence[Token]) -> bool:
        """Whether stops of the plan are only named: nothing is wished of them."""
        kinds = {it.kind for it in tokens}
        if (
            "PLACE" in kinds
            and not kinds & (_VERBS | _PREDICATES)
            and (has_subject(said) or kinds & {"INTEREST", "NUMBER"})
        ):
            return True
        if kinds - {"PLACE", "AND", "NUMBER", "THING"}:
            return False
        planned = [
            any(place in self._known.stops for place in it.value)
            for it in tokens
            if it.kind == "PLACE"
        ]  # of a list that one joins, what is not planned yet is wished
        return all(planned) if "AND" in kinds and planned else any(planned)

    def weighs(self, tokens: Sequence[Token], *, behind: bool) -> bool:
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
        turning = behind and bool(meaning) and meaning[0].kind in _TURNING
        if turning and not (has_subject(tokens) and not kinds & (DEEDS | _WEIGHTY)):
            return True
        if has_subject(tokens) and not kinds & DEEDS:
            return False
        return bool(kinds & _WEIGHTY or (kinds & _DENYING and kinds & _POINTING))

    def _bag(self, ready: list[Token], unknown: list[Token]) -> list[Act] | None:
        """The wishes of a first message whose sentence is no construction of ours."""
        eaten = any(it.kind == "MEAL" for it in ready)
        beds = [it for it in ready if it.kind in ("HOTEL", "SLEEP")]
        slept = (
            [it for it in ready if it.kind == "PLACE" and it.start > beds[0].start]
            if beds
            else []
        )
        kept = [
            it
            for it in ready
            if it.kind in _WISHES
            and not (eaten and it.kind in ("CHEAPER", "DEARER"))
            and it not in slept
        ]
        daily = {"MONEY", "PERDAY"} <= {it.kind for it in ready}
        spent = [it for it in kept if daily and it.kind in ("MONEY", "LIMITWORD")]
        kept = [it for it in kept if it not in spent]  # a limit is for the whole trip
        lost = [it for it in ready if it.kind in ("NO", "NOT", "AVOID", "REMOVE")]
        tree = parsed(kept) if not lost else None
        acts = acts_of(tree, self._known) if tree is not None else None
        if acts is not None and not is_whole([*kept, *beds], acts):
            return None
        if acts is not None:
            left = [it for it in ready if it.kind not in _WISHES | _AROUND]
            left += slept  # near them one sleeps, in some way: no sights
            self.unread += _untold((*unknown, *left, *spent), acts)
        return acts

    def _is_told(self, ready: Sequence[Token], unknown: Sequence[Token]) -> bool:
        """Whether it is a first message that tells more than we read: where to and
        for whom holds without "who are both retired", which is told.
        """
        kinds = {it.kind for it in ready}
        said = {it.text for it in unknown}
        return not (self._known.planned or said & _WHICH or "OR" in kinds) and bool(
            kinds & {"CITY", "LENGTH", "MOBILITY", "DIET"}
        )

    def _may_skip(self, ready: Sequence[Token], unknown: Sequence[Token]) -> bool:
        """Whether the words around the unknown ones are clear without them."""
        skipped = {"WORD"} if self._known.planned else {"WORD", "FAULT"}
        if any(it.kind not in skipped or it.text in _RESTRICTING for it in unknown):
            return False
        if self._known.planned and any(it.text in WEIGHING for it in unknown):
            return False
        kinds = {it.kind for it in ready}
        for before, token in pairwise(ready):
            if token.kind == "WORD" and before.kind in _TAKING_OBJECTS:
                return False
            of_place = before.kind == "PLACE" and token.kind == "WORD"
            if of_place and kinds & _TAKING_AWAY and token.text not in _CONNECTING:
                return False  # "skip the Uffizi line" leaves the Uffizi
            if before.kind == "WANT" and token.text in SOMEBODY:
                return False  # "visit a colleague in Haarlem"
            if before.kind == "WORD" and token.kind in ("KIND", "TAG", "CUISINE"):
                return False  # "the Elgar museum" is not any
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


def _untold(tokens: Iterable[Token], acts: Sequence[Act]) -> list[str]:
    """The words that no act holds; of whom a need is told goes without saying."""
    needs = any(isinstance(it, SetDiet | SetMobility) for it in acts)
    return [
        it.text
        for it in tokens
        if it.text not in _RELATIVE and not (needs and it.text in COMPANY)
    ]


def _is_exclusive(tokens: Sequence[Token]) -> bool:
    """ "On day 3 only the Prado", "the Prado the whole of day 3": and nothing else,
    which no act of ours says.
    """
    if {"whole", "entire"} & {it.text for it in tokens}:
        return {"PLACE", "DAY"} <= {it.kind for it in tokens}
    kinds = [it.kind for it in tokens if it.kind not in ("SKIP", "COURTESY", "ON")]
    only = [it.text for it in tokens if it.kind == "ATMOST"]
    if any("nothing else" in it for it in only) and "PLACE" in kinds:
        return True
    if (
        only in (["only"], ["just"])
        and _SERVED & {*kinds}
        and {*kinds} <= _SERVED | _OF_MEALS
    ):
        return True  # "hawker food only"
    said = {*kinds} <= _ONLY_THESE and bool({*kinds} & _NAMED)
    return said and "DAY" in kinds and only in (["only"], ["just"])


_NAMED = frozenset("PLACE STOP".split())
_ONLY_THESE = frozenset("DAY ATMOST PLACE STOP KIND AND COMMA PUT WANT".split())
_SERVED = frozenset("KIND CUISINE TAG".split())
_OF_MEALS = frozenset("ATMOST MEAL DAY DAYS PART WANT EAT AND COMMA FOR".split())


def _is_wide(act: Act) -> bool:
    """Whether a word more would make it mean less: a whole day, any meal."""
    if isinstance(act, SetMeal):
        return act == SetMeal(meal=act.meal, day=act.day)
    return isinstance(act, RemoveDay)


_RELATIVE = frozenset("who which where that".split())
# Words that tell another date, or length.
_WHICH = frozenset("when while through week weeks next following month year".split())
# Behind these a kind is narrowed in a way that we can't check.
_RESTRICTING = frozenset(
    "where which who whose when while through week weeks next following month "
    "year".split()
)
_PEOPLE = frozenset("ADULTS CHILDREN AGE".split())
_SLOTS = frozenset(
    "DIET MOBILITY BUDGET PACE ADULTS CHILDREN FRIENDS SOLO AGE AND INTEREST LIKE "
    "NUMBER "
    "OR WITH FOR TO".split()
)
_WISHES = frozenset(
    "CITY INCITY LENGTH DATE INTEREST KIND TAG PLACE PACE BUDGET DIET MOBILITY ADULTS "
    "CHILDREN "
    "FRIENDS SOLO AGE MONEY CUISINE LIMITWORD WEEKEND LAYOVER CHEAPER DEARER TIME "
    "DAY PART "
    "LATESTART EARLYSTART NIGHTS".split()
)
# What begins with one of these says more of the statement before it.
_TURNING = frozenset("NOT NO EXCEPT MEANT INSTEAD INSTEADOF RATHER ATMOST".split())
# Words around wishes that say nothing of their own.
_AROUND = frozenset(
    "WANT LIKE TO FROM WITH FOR AND OR IT THEM EVERY SOMETHING ADD MAKE START SPEND "
    "EAT "
    "THING PERDAY WHOLETRIP CITYWORD BETWEEN NEAR INSTEAD YES RATHER PUT DAYWORD HOTEL "
    "SLEEP ARRIVE UNTIL KEEP".split()
)
# Unread words of these classes may change what the rest of a message means …
_WEIGHTY = frozenset(
    "DAY DAYS TIME DATE PLACE KIND TAG CUISINE INTEREST MEAL PART DURATION LENGTH "
    "DELTA "
    "MONEY DIET CITY NUMBER NTHPART REMARK THATDAY OTHERDAY NOTBEFORE NOTAFTER "
    "ARRIVE DEPART CALMER "
    "FULLER MEANT INSTEAD INSTEADOF SOMETHING".split()
)
# … and so do these, of what was named before.
_DENYING = frozenset("NOT NO REMOVE KEEP MOVE SWAP".split())
_POINTING = frozenset("NUMBER IT THEM OTHER ORDINAL FIRST LAST".split())
# What is named, of which a statement says something.
_NAMING = frozenset(
    "PLACE KIND TAG CUISINE MEAL PART DURATION TIME THING AND COMMA DASH COLON SKIP ON "
    "COURTESY ORDINAL NUMBER IT".split()
)
_ADJECTIVES = frozenset("full big long small old new quick".split())
_OF_STAYS = frozenset(
    "ARRIVE DEPART NOMORE ATMOST LENGTH CALMER FULLER SLEEP HOTEL".split()
)
_OF_LEGS = frozenset("REMOVE GO OUT TAKE SWAP NIGHTS INSTEADOF BEFORE AFTER".split())
_TAKING_OBJECTS = frozenset("REMOVE MOVE SWAP LOCK UNLOCK AVOID NO NOMORE".split())
_CONNECTING = frozenset("over because cause cos since though tho for".split())
_TAKING_AWAY = frozenset("REMOVE AVOID NO SWAP".split())
_TRAILING = frozenset(
    "REPLAN MORE LESS EARLIER LATER INSTEAD CALMER FULLER CLEAR".split()
)
_BEFORE_THESE = frozenset("DAY DAYS DURATION NUMBER REST WHOLETRIP PLACE PART".split())
# Behind these a verb belongs to what stands before it.
_BINDING = frozenset(
    "NOT NO AVOID NOMORE WANT MAKE KEEP BEFORE AFTER UNTIL NOTBEFORE NOTAFTER FROM TO "
    "COURTESY INSTEADOF RATHER START END SPEND WORD".split()
)
_VERBS = frozenset(
    "REMOVE TAKE ADD MOVE PUT SWAP KEEP LOCK UNLOCK MAKE START END REPLAN BESTORDER "
    "AVOID "
    "NO NOMORE ATMOST WANT NOT".split()
)
_PREDICATES = frozenset(
    "GO OUT ALLOW CALMER FULLER CLEAR BOOKED TIME DURATION MORE LESS DAY DAYS PART "
    "MEAL "
    "LIKE EAT SPEND HOTEL SLEEP AFTER BEFORE FIRST LAST INSTEAD REVERSE UNFIX LATER "
    "EARLIER "
    "THATDAY OTHERDAY INSTEADOF RATHER DEPART ARRIVE CHEAPER DEARER".split()
)
