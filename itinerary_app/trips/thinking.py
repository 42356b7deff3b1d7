"""Thinking: from the acts of one turn to what is done and said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from itinerary_app.acts import acts as do
from itinerary_app.acts.acts import Act
from itinerary_app.acts.chips import Chip
from itinerary_app.acts.focus import Focus
from itinerary_app.acts.resolve import resolve
from itinerary_app.acts.values import Reference
from itinerary_app.assistant.answers import (
    Answer,
    answer,
    city_meant,
    foreign,
    not_told,
    not_understood,
    out_of_scope,
)
from itinerary_app.assistant.reader import Scene, Understanding
from itinerary_app.assistant.telling import (
    asking,
    changed,
    chips,
    proposing,
    questions,
    talk,
)
from itinerary_app.assistant.telling.step import Step
from itinerary_app.assistant.telling.versions import back
from itinerary_app.errors import CannotPlan, InvalidInput
from itinerary_app.model import TripSession
from itinerary_app.storage.base import State
from itinerary_app.text.words import listed
from itinerary_app.trips import focusing
from itinerary_app.trips.changes import HOW, LENGTH, Change, apply
from itinerary_app.trips.exchanging import AnyAct, exchanged
from itinerary_app.trips.giving_days import Offered, given, moved
from itinerary_app.trips.history import History
from itinerary_app.trips.legs import CITIES
from itinerary_app.trips.parts import Parts
from itinerary_app.trips.sunlight import sunlight
from itinerary_app.trips.thought import Thought

PAST = do.Undo | do.Redo | do.Restore
SAID = do.SAID | do.Keep | do.Export | do.Delete
ASKS = do.Ask | do.Suppose | do.OutOfScope  # change nothing, whatever is due
HOW_TO = {do.Keep: "keep", do.Export: "export", do.Delete: "delete"}


def think(
    parts: Parts,
    trip: TripSession,
    scene: Scene,
    understanding: Understanding,
    *,
    strict: bool = False,
) -> Thought:
    """What is done and said in the trip's scene.

    With `strict`, InvalidInput says what cannot be done.
    """
    turn = _Turn(parts, trip, scene, strict=strict)
    return turn.thought(understanding)


@dataclass(slots=True)
class _Turn:
    """One turn: the state and what is said so far."""

    parts: Parts
    trip: TripSession
    scene: Scene
    strict: bool = False
    said: list[str] = field(default_factory=list)
    chips: tuple[Chip, ...] = ()
    focus: Focus = field(default_factory=Focus)
    made: list[Act] = field(default_factory=list)
    asked: list[Act] = field(default_factory=list)
    waiting: list[Act] = field(default_factory=list)  # for a yes, since before
    restores: int | None = None
    undone_from: int | None = None
    counted: int = 0  # clarifying questions
    understood: bool = False  # something of it at least
    month: str = ""  # that was named without a day

    def thought(self, understanding: Understanding) -> Thought:
        self.month = understanding.month or self.scene.focus.month
        faulty = [words for words, _ in understanding.faults]
        unread = [words for words in understanding.unread if words not in faulty]
        self.said += [why for _, why in understanding.faults]
        if understanding.language != "en" and not understanding.acts:
            self._tell(foreign(understanding.language))
            return self._end()
        resolution = resolve(understanding.meant, self.scene)
        if resolution.question:
            question, read = resolution.question, understanding.meant
            for act in resolution.acts:  # what is asked besides
                self._answer(act)
            self._refuse(questions.asked(question, self.scene))
            self.chips = questions.chips(question, read, self.scene)
            self.focus = resolution.focus
            self._left_over(unread, resolution.unknown)
            return self._end()
        unread += [understanding.quotes[it] for it in resolution.left]
        self.focus = focusing.spoken_of(resolution.focus)
        self.understood = bool(resolution.acts)
        if unread and not self.understood:
            self.focus = focusing.of_nothing(self.focus)
        acts, agreed = self._answered(resolution.acts)
        acts = self._in_local_money(acts)
        doubtful: list[Act] = []
        if understanding.unsure:
            acts, doubtful = self._doubted(acts)
        self._go_back([act for act in acts if isinstance(act, PAST)], agreed=agreed)
        self._change(
            [act for act in acts if not isinstance(act, PAST | SAID)],
            agreed=agreed,
            anything=any(isinstance(act, do.Anything) for act in acts),
            asks=any(isinstance(act, ASKS) for act in acts),
        )
        if faulty and self.scene.itinerary and self.trip.itinerary is None:
            faults = [why for _, why in understanding.faults]  # the plan comes first
            self.said = [*(it for it in self.said if it not in faults), *faults]
        if self._is_changed and (
            light := sunlight(understanding, self.focus.day, self.scene, self.trip)
        ):
            self.said.append(light.text)
        self._doubt([*self.waiting, *doubtful])
        for act in acts:
            self._answer(act)
        self._left_over(not_told(unread, acts), resolution.unknown)
        self._ask_on(acts)
        return self._end()

    @property
    def _last(self) -> str:
        said = self.trip.conversation_history
        return said[-1].content if said else ""

    @property
    def _state(self) -> State:
        return State(self.scene.preferences, self.scene.itinerary)

    @property
    def _is_changed(self) -> bool:
        """Whether the turn has changed the trip so far."""
        return self._state != State(self.trip.preferences, self.trip.itinerary)

    @property
    def _is_due(self) -> bool:
        """Whether a plan is missing of which all is known, as a program left it."""
        wishes = self.scene.preferences
        known = wishes.is_enough and asking.knows_taste(wishes)
        return self.scene.itinerary is None and known and self.restores is None

    def _become(self, state: State) -> None:
        self.scene = self.parts.at(self.scene, state)

    def _answered(self, acts: Sequence[Act]) -> tuple[list[Act], bool]:
        """The acts with those that a yes agrees to, and whether there was one."""
        focus = self.scene.focus
        rest: list[Act] = [
            act for act in acts if not isinstance(act, do.Confirm | do.Deny)
        ]
        if any(isinstance(act, do.Confirm) for act in acts):
            if focus.proposed:
                return [*focus.proposed, *rest], True
            if self.scene.itinerary and not rest:
                self.said.append(talk.fresh(talk.NOTHING_OPEN, self._last))
        elif any(isinstance(act, do.Deny) for act in acts) and not rest:
            self.said.append(proposing.LEFT if self.scene.itinerary else "Fine.")
        elif focus.proposed and rest and self.scene.itinerary is None:
            instead = {type(act) for act in rest}
            self.waiting = [it for it in focus.proposed if type(it) not in instead]
        # "What do you love most?" was asked: who answers wants it planned so.
        asked = focus.asked == asking.INTERESTS
        return rest, asked and any(isinstance(act, do.SetInterests) for act in rest)

    def _in_local_money(self, acts: Sequence[AnyAct]) -> list[AnyAct]:
        """With what that comes to said, and what cannot be left out."""
        if not any(isinstance(it, do.SetSpendLimit) and it.currency for it in acts):
            return list(acts)
        named = [act.city for act in acts if isinstance(act, do.SetCity)]
        city = named[-1] if named else self.scene.preferences.city
        made = exchanged(acts, city, self.parts.catalogue.currency(city))
        for why in made.refused:
            self._refuse(why)
        self.said += made.told
        return made.acts

    def _doubted(self, acts: Sequence[Act]) -> tuple[list[Act], list[Act]]:
        """What is done, and what is only offered, as it may be misread.

        Done is what changes nothing and, without a plan that could be lost by it,
        where to, for how long, by whom and how: all of it is told.
        """
        sure = SAID if self.scene.itinerary else SAID | CITIES | LENGTH | HOW
        doubtful = [act for act in acts if not isinstance(act, sure)]
        return [act for act in acts if act not in doubtful], doubtful

    def _doubt(self, acts: Sequence[Act]) -> None:
        if acts:
            self.said.append(proposing.doubt(acts, self.scene))
            self.chips = chips.AGREE
            self.focus = focusing.proposing(self.focus, acts)

    def _go_back(self, acts: Sequence[PAST], *, agreed: bool) -> None:
        """Words or a key alone do not take the plan itself away, before a yes."""
        if not acts:
            return
        first = acts[0]
        if isinstance(first, do.Undo | do.Redo):
            same = [it for it in acts if isinstance(it, type(first))]
            first = type(first)(count=min(50, sum(it.count for it in same)))
        try:
            found = History(self.parts.storage, self.trip).find(first)
        except CannotPlan as exc:
            self._refuse(str(exc))
            return
        now = self._state
        state = found.state
        if now.itinerary and state.itinerary is None and not agreed:
            self.said.append(proposing.NO_PLAN_LEFT)
            self.chips = chips.AGREE
            self.focus = focusing.proposing(self.focus, [first])
            return
        step = Step(
            first, now.preferences, state.preferences, now.itinerary, state.itinerary
        )
        self._become(state)
        word = {do.Undo: "Undone", do.Redo: "Done again"}.get(
            type(first), "That plan is back"
        )
        self.said.append(f"{word}: {back(step, self.scene)}")
        self.made.append(first)
        self.restores, self.undone_from = found.number, found.undone_from
        self._look_at([step])
        if isinstance(first, do.Undo):
            self.chips = (Chip("Redo", (do.Redo(),)), Chip("Undo more", (do.Undo(),)))

    def _change(
        self, acts: Sequence[Act], *, agreed: bool, anything: bool, asks: bool
    ) -> None:
        if anything and self.scene.itinerary and not acts:
            acts = [do.Replan()]
            self._propose(acts, self._apply(acts, agreed=True))
            return
        if not acts and not anything and (asks or not self._is_due):
            return
        change = self._planned(list(acts), agreed=agreed, anything=anything)
        if change.refused:
            self._refuse_acts(acts, change)
        elif change.proposed:
            self._propose(change.proposed, change)
        else:
            same = bool(acts) and change.state == self._state
            self._become(change.state)
            told = changed.change(change.steps, self.scene)
            denied = [act for act in acts if isinstance(act, do.SetInterests)]
            less = [it for act in denied for it in act.less]
            if same and not told and less and self.scene.itinerary:
                self._offer_without(less)
                return
            self.said.append(told or (proposing.ALREADY if same else ""))
            if self._is_changed:
                self.made += acts
                if len(self.made) > len(acts):
                    self.restores = None  # an older state, and something more
            self._look_at(change.steps)
            if less and self.scene.itinerary and self.trip.itinerary is None:
                self._offer_without(less)

    def _offer_without(self, interests: Sequence[str]) -> None:
        """What nobody asked for can only be left out, and that goes further."""
        self.said.append(proposing.kept_out(interests))
        self.chips = chips.AGREE
        self.focus = focusing.proposing(
            self.focus, [do.Avoid(kind=it) for it in interests]
        )

    def _planned(self, acts: list[Act], *, agreed: bool, anything: bool) -> Change:
        """The change; a trip without a plan has nothing to lose and takes the rest."""
        if self.scene.itinerary is not None or self.strict:
            return self._apply(acts, agreed=agreed)
        change = self._apply(acts, hold=True)
        while change.refused and change.refused.act in acts:
            self.said.append(change.refused.why)
            acts.remove(change.refused.act)
            change = self._apply(acts, hold=True)
        says_more = any(not isinstance(act, CITIES | LENGTH) for act in acts)
        if change.refused or self._waits(change.state, anything=anything or says_more):
            return change
        planned = self._apply(acts, agreed=True)
        if planned.refused is None:
            return planned
        self.said.append(planned.refused.why)
        wishes = replace(change.state.preferences, duration_days=None)
        return replace(change, state=State(wishes, None))

    def _waits(self, state: State, *, anything: bool) -> bool:
        """Whether a question comes before the first plan."""
        wishes = state.preferences
        if asking.missing(wishes):
            return True
        asked = self.scene.focus.asked == asking.INTERESTS
        left = self.trip.clarifying_questions_count < asking.MAX_QUESTIONS
        return left and not (anything or asked or asking.knows_taste(wishes))

    def _apply(
        self, acts: Sequence[Act], *, agreed: bool = False, hold: bool = False
    ) -> Change:
        return apply(acts, self._state, self.parts.planner, agreed=agreed, hold=hold)

    def _propose(self, acts: Sequence[Act], change: Change) -> None:
        if change.refused:
            self._refuse(change.refused.why)
            return
        self.said.append(proposing.proposal(change.steps, self.scene))
        self.chips = chips.AGREE
        self.focus = focusing.proposing(self.focus, acts)

    def _refuse_acts(self, acts: Sequence[Act], change: Change) -> None:
        assert change.refused is not None
        refused = change.refused
        alone = len(acts) == 1 and not self.strict
        if alone and (offered := self._on_a_day(acts[0])):
            self.said.append(refused.why)
            self._propose(offered.acts, offered.change)
            return
        rest = [act for act in acts if refused.act and act is not refused.act]
        self._refuse(proposing.refusal(refused.why, rest, self.scene))
        if rest:
            self.chips = (Chip("Do the rest", tuple(rest)), chips.AGREE[1])
            self.focus = focusing.proposing(self.focus, rest)

    def _on_a_day(self, act: Act) -> Offered | None:
        """A day for a place that fits on none, or for an outing on the day it names."""
        plan = self.scene.itinerary
        if plan is None or not isinstance(act, do.Add) or act.time:
            return None
        outings = {it.id for it in self.scene.places if it.is_outing}
        offer = given
        if act.day is not None and act.place not in outings:
            offer = moved
        return offer(act, plan, lambda acts: self._apply(acts, agreed=True))

    def _refuse(self, why: str) -> None:
        if self.strict:
            raise InvalidInput(why, field="acts")
        self.said.append(why)

    def _answer(self, act: Act) -> None:
        scene, trip = self.scene, self.trip
        match act:
            case do.Ask():
                self.asked.append(act)
                found = answer(act, scene, trip, self.parts.given(trip))
                self._tell(found, listed=act.topic is not do.Topic.WAY)
            case do.OutOfScope():
                self._tell(out_of_scope(act, scene, trip))
            case do.Keep() | do.Export() | do.Delete():
                about = HOW_TO[type(act)]
                ask = do.Ask(topic=do.Topic.HOW_TO, about=about)
                self._tell(answer(ask, scene, trip, self.parts.given(trip)))
            case do.Suppose():
                self._suppose(act)
            case do.Thank() | do.Greet() | do.Complain():
                self.said.append(talk.social(act, scene, self._last))

    def _suppose(self, act: do.Suppose) -> None:
        resolution = resolve(act.acts, self.scene)
        acts = tuple(it for it in resolution.acts if not isinstance(it, PAST | SAID))
        if resolution.question or self.scene.itinerary is None:
            acts = ()
        acts = tuple(self._in_local_money(acts))
        change = self._apply(acts, agreed=True) if acts else Change(self._state)
        why = change.refused.why if change.refused else ""
        meant = do.Suppose(force=act.force, acts=acts, about=act.about)
        told = talk.supposed(
            meant, change.steps, why, self.scene, beside=self._is_changed
        )
        self.said.append(told)
        if acts and not why and act.force is not do.Force.REMEMBERED:
            self.chips = chips.AGREE
            self.focus = focusing.proposing(self.focus, acts)
        elif act.force is do.Force.ASKED and not acts:
            self.focus = focusing.of_nothing(self.focus)

    def _tell(self, found: Answer, *, listed: bool = False) -> None:
        self.said.append(found.text)
        self.chips = self.chips or found.chips
        if found.stops or found.day:
            self.focus = Focus(
                stops=found.stops or self.focus.stops,
                day=found.day or self.focus.day,
                proposed=self.focus.proposed,
                asked=self.focus.asked,
                listed=listed and len(found.stops) > 1,
            )

    def _left_over(self, unread: Sequence[str], unknown: Sequence[str]) -> None:
        """The words that were not read, and the names that are not known here."""
        if unknown:
            names = listed((f"“{name}”" for name in unknown), "or")
            where = self.scene.preferences.city or "my list"
            self._refuse(f"I don't know where to find {names} in {where}.")
        if city := city_meant(unread, self.scene):
            self._tell(city)
            self.focus = focusing.proposing(self.focus, city.chips[0].acts)
        elif unread and not any(self.said) and not self.understood:
            self._tell(not_understood(unread, self.scene, self.trip))
        elif unread:
            words = listed(f"“{word}”" for word in unread)
            variants = (f"I did not get {words}.", f"I could not read {words}.")
            self.said.append(talk.fresh(variants, self._last))

    def _ask_on(self, acts: Sequence[Act]) -> None:
        """The next question while a trip is put together."""
        wishes, trip = self.scene.preferences, self.trip
        anything = any(isinstance(act, do.Anything) for act in acts)
        only_asks = acts and all(isinstance(act, ASKS) for act in acts)
        left = trip.clarifying_questions_count < asking.MAX_QUESTIONS
        what = asking.missing(wishes) or asking.INTERESTS
        if self.scene.itinerary is not None:
            fresh = trip.itinerary is None and not wishes.interests
            if not (fresh and left) or anything or self.chips or _tells_taste(acts):
                return
        elif only_asks or self.focus.proposed:
            return
        elif what == asking.DAYS and (anything or not left) and self.restores is None:
            self._assume_days()
            return
        asked = asking.question(what, self.scene, trip, anything=anything)
        self.said.append(asked.text)
        self.chips = self.chips or asked.chips
        self.counted = int(asked.counts and left)
        self.focus = Focus(
            stops=self.focus.stops,
            day=self.focus.day,
            asked=asked.asked,
            proposed=asked.proposed,
        )

    def _assume_days(self) -> None:
        assumed = do.SetDays(days=asking.DEFAULT_DAYS)
        change = self._apply([assumed])
        if change.refused:
            self.said.append(change.refused.why)
            return
        self._become(change.state)
        self.made.append(assumed)
        self.said.append(f"I assumed {asking.DEFAULT_DAYS} days.")
        self.said.append(changed.change(change.steps, self.scene))

    def _look_at(self, steps: Sequence[Step]) -> None:
        self.focus = focusing.after(steps, self.focus)

    def _end(self) -> Thought:
        plan = self.scene.itinerary
        kinds = [it.kind for it in self.made if isinstance(it, do.NoMore)]
        if kinds and plan and (found := asking.too_many(kinds, plan)):
            self._tell(found, listed=True)
        if not any(self.said):
            self._tell(not_understood((), self.scene, self.trip))
        if not self.chips and plan is not None:
            self.chips = chips.steps(plan, self.scene.preferences)
        is_first = plan is not None and self.trip.itinerary is None
        month = "" if self._state.preferences.start_date else self.month
        return Thought(
            text=("\n" if is_first else " ").join(filter(None, self.said)),
            state=self._state,
            chips=self.chips,
            focus=focusing.having_done(self.focus, self.made or self.asked, month),
            acts=tuple(self.made),
            restores=self.restores,
            undone_from=self.undone_from,
            questions=self.counted,
        )


def _tells_taste(acts: Sequence[Act]) -> bool:
    """ "We love sushi and temples": kinds of places, asked for by no name."""
    return any(
        isinstance(act, do.Add) and isinstance(act.place, Reference) and act.place.kind
        for act in acts
    )
