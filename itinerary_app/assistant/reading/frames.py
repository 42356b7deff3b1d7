"""Frames: what the arguments of a clause are, by their roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import lark
from msgspec.structs import replace

from itinerary_app.acts.acts import Act
from itinerary_app.acts.values import Meal, Part, Reference, time_of
from itinerary_app.assistant.reading.spans import Clock, Length
from itinerary_app.assistant.reading.tokens import Token
from itinerary_app.model import Interest

Acts = list[Act] | None  # None: not a construction after all
Node = Any  # lark.Tree or lark.Token


@dataclass(slots=True)
class Frame:
    """The arguments of one verb, each kind in the order in which it was named."""

    refs: list[Reference] = field(default_factory=list)
    days: list[int | str] = field(default_factory=list)
    to_days: list[int | str] = field(default_factory=list)  # behind "to"
    parts: list[Part] = field(default_factory=list)
    meals: list[Meal] = field(default_factory=list)
    times: list[Clock] = field(default_factory=list)
    not_before: Clock | None = None
    until: Clock | Part | None = None
    durations: list[int] = field(default_factory=list)  # minutes
    lengths: list[Length] = field(default_factory=list)
    deltas: list[int] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)
    kinds: list[Token] = field(default_factory=list)  # bare ones, of `refs` too
    cities: dict[int, str] = field(default_factory=dict)  # of `kinds`, by their start
    values: dict[str, list[Any]] = field(default_factory=dict)  # of other classes
    after: Reference | Clock | Meal | None = None
    before: Reference | Meal | None = None
    near: Reference | None = None

    @classmethod
    def of(cls, *nodes: Node) -> Self:
        """The frame of these `args`."""
        frame = cls()
        for node in nodes:
            if isinstance(node, lark.Tree):
                frame._args(list(node.children))
        frame._settle()
        return frame

    def _settle(self) -> None:
        """Neighbours are narrowed by what stands beside them."""
        for name in ("after", "before"):
            ref = getattr(self, name)
            if not isinstance(ref, Reference) or ref.ids or ref.focus:
                continue
            if self.times and not (ref.kind or ref.nth or ref.meal):
                ref = replace(ref, at=at(self.times.pop(), late_until=7))
                self.values.pop("TIME", None)
            if self.day and not ref.day:
                ref = replace(ref, day=self.day)
            setattr(self, name, ref)

    def has(self, *kinds: str) -> bool:
        """Whether a word of any of these classes is among the arguments."""
        return any(kind in self.values for kind in kinds)

    @property
    def indefinite(self) -> bool:
        """Whether one of a kind is named that need not be there: "a market"."""
        return any(it.text.startswith("a ") for it in self.kinds)

    @staticmethod
    def plural(token: Token) -> bool:
        """Whether more than one of a kind is named."""
        return is_plural(token.text)

    @property
    def all_days(self) -> list[Any]:
        return [*self.days, *self.to_days]

    @property
    def each_day(self) -> Sequence[int | str | None]:
        """The days that are named; None once, of the whole trip, if none is."""
        return self.all_days or [None]

    @property
    def each_part(self) -> Sequence[Part | None]:
        """The parts of a day that are named; None once, of all of it, if none is."""
        return self.parts or [None]

    @property
    def day(self) -> int | str | None:
        """The one day that is named; the last one of several."""
        return self.all_days[-1] if self.all_days else None

    @property
    def part(self) -> Part | None:
        return self.parts[-1] if self.parts else None

    @property
    def only_day(self) -> bool:
        """Whether nothing but days is named."""
        return bool(self.all_days) and not (self.refs or self.meals or self.parts)

    def _args(self, nodes: list[Node]) -> None:
        to = False
        for node in nodes:
            if isinstance(node, lark.Tree):
                self._tree(node)
                to = False
                continue
            token: Token = node.value
            if token.kind in ("DAY", "DAYS"):
                days = token.value if token.kind == "DAYS" else [token.value]
                (self.to_days if to else self.days).extend(days)
            elif token.kind == "THATDAY":
                self.days.append(token.value or "same")
                part = next((p for p in Part if p.value in token.text), None)
                self.parts += (
                    [part or Part.EVENING] if part or "night" in token.text else []
                )
            elif token.kind == "OTHERDAY":
                self.days.append("other")
            else:
                self._token(token)
            if to and token.kind == "DURATION":
                self.values["EXACT"] = [token.value]  # "shorten it to two hours"
            to = token.kind == "TO"

    def _token(self, token: Token) -> None:
        match token.kind:
            case "PART":
                self.parts.append(Part(token.value))
            case "TIME":
                self.times.append(token.value)
            case "DURATION":
                self.durations.append(token.value)
            case "LENGTH":
                self.lengths.append(token.value)
            case "DELTA":
                self.deltas.append(token.value)
            case "NUMBER":
                self.numbers.append(token.value)
        self.values.setdefault(token.kind, []).append(token.value)

    def _tree(self, node: lark.Tree[Any]) -> None:
        match node.data:
            case "ref":
                self._ref(node)
            case "after" | "before" | "near":
                found = Frame()
                for child in node.children:
                    if isinstance(child, lark.Tree):
                        found._ref(child)
                whom: Any = found.refs[0] if found.refs else None
                if found.meals:
                    whom = Reference(meal=found.meals[0])
                setattr(self, str(node.data), whom)
            case "before_city" | "after_city":
                city = _token_of(node, "CITY").value
                self.values.setdefault(str(node.data).upper(), []).append(city)
            case "not_before":
                self.not_before = _token_of(node, "TIME").value
            case "until":
                time = _token_of(node, "TIME", "PART")
                self.until = Part(time.value) if time.kind == "PART" else time.value
            case "between":
                first, last = (
                    token.value
                    for token in leaves(node.children)
                    if token.kind == "TIME"
                )
                self.not_before, self.until = first, last
            case "among":
                sides = [
                    _sides(Frame.of(lark.Tree("args", [child])))
                    for child in node.children
                    if isinstance(child, lark.Tree)
                ]
                self.after, self.before = (it[0] if it else None for it in sides)
            case "args":
                self._args(list(node.children))

    def _ref(self, node: lark.Tree[Any]) -> None:
        parts = leaves(node.children)
        city = parts.pop().value if parts[-1].kind == "INCITY" else None
        first, noun = parts[0], parts[-1]
        if first.kind == "STOP":
            self.refs += first.value
            return
        if first.kind in ("REST", "SIGHTS") or (
            first is noun and first.kind == "SOMETHING"
        ):
            self.values.setdefault(first.kind, []).append(first.value)
            return
        if noun.kind == "THING" and noun.value == "meal":
            self.values.setdefault("ANYMEAL", [])
        if noun.kind == "MEAL" and first is noun:
            self.meals.append(Meal(noun.value))
            return
        if noun.kind == "INTEREST" and (first is noun or first.text == "some"):
            self.interests.append(noun.value)
        if noun.kind in ("KIND", "TAG", "CUISINE", "INTEREST") and first is noun:
            self.kinds.append(noun._replace(value=noun.value.split(",")[0]))
            if city:
                self.cities[noun.start] = city
        ref = _reference(first, noun)
        if first.kind == "EVERY" and isinstance(first.value, int):
            ref = replace(ref, count=first.value)  # "both markets"
        ref = replace(ref, city=city) if city else ref
        self.refs.append(ref)


def _reference(first: Token, noun: Token) -> Reference:
    if first.kind == "PLACE":
        return Reference(name=first.text[:200], ids=tuple(first.value))
    focus = {"IT": "it", "THEM": "them", "OTHER": "other", "GONE": "gone"}.get(
        first.kind
    )
    if first.kind == "ORDINAL" and noun is first:
        return Reference(nth=first.value, focus="them")
    kind = noun.value if noun.kind in ("KIND", "TAG", "CUISINE", "INTEREST") else None
    definite = kind is not None and noun.text.startswith("the ") and first is noun
    nth = first.value if first.kind == "ORDINAL" else None
    plural = noun.kind == "KIND" and is_plural(noun.text) and first is noun
    return Reference(
        kind=kind,
        nth=nth,
        focus=focus,
        every=first.kind == "EVERY" or plural,
        definite=definite,
    )


def _sides(frame: Frame) -> list[Reference]:
    return frame.refs or [Reference(meal=it) for it in frame.meals]


def is_placed(ref: Reference) -> bool:
    """Whether it is placed in the plan by more than its kind."""
    return bool(
        ref.nth or ref.after or ref.before or ref.at or ref.but or ref.meal or ref.day
    )


def is_plural(word: str) -> bool:
    """Whether a noun names more than one."""
    return word.endswith("s") and not word.endswith("ss")


def _token_of(node: lark.Tree[Any], *kinds: str) -> Token:
    return next(it for it in leaves(node.children) if it.kind in kinds)


def leaves(nodes: Sequence[Node]) -> list[Token]:
    """The tokens of these nodes and below them, in their order."""
    made: list[Token] = []
    for child in nodes:
        if isinstance(child, lark.Tree):
            made += leaves(child.children)
        else:
            made.append(child.value)
    return made


def at(clock: Clock | None, *, late_until: int = 0) -> str | None:
    """As an act's time; an hour that may be in either half of the day is in the
    second one up to the hour `late_until`.
    """
    return time_of(clock.from_on((late_until + 1) * 60)) if clock else None


def narrowed(
    refs: Iterable[Reference], day: int | str | None, part: Part | None = None
) -> list[Reference]:
    """The references narrowed to a day, those of a kind or position to a part too."""
    return [
        replace(ref, day=ref.day or day)
        if ref.ids or ref.focus
        else replace(ref, day=ref.day or day, part=ref.part or part)
        for ref in refs
    ]
