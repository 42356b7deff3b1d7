"""Asked: the words of a question by their classes, and what it names."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from itinerary_app.acts.acts import Ask, Topic
from itinerary_app.acts.values import Meal, Part, Reference
from itinerary_app.assistant.reading.frames import is_plural
from itinerary_app.assistant.reading.lexicon import lexicon, words_of
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.shaping import shaped
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.tokens import WEEKDAY_NAMES, Token
from itinerary_app.model import Place

_COMPANY = frozenset(
    "me wife husband partner girlfriend boyfriend mother father mum mom dad sister "
    "brother son daughter friend".split()
)
_ALONE_SAID = frozenset("1 one single".split())
_NAMES = frozenset(("PLACE", "CUISINE"))  # whose words ask nothing: "dim sum"
_NOUNS = ("MEAL", "KIND", "TAG", "CUISINE")
_EXISTING = ({"is", "there"}, {"are", "there"})
_EATING = frozenset("eat eating feeds dine dining fed food".split())


_WHAT_IS = frozenset(
    f"{begin} {end}".rstrip()
    for begin in ("what is", "whats", "what's", "what exactly is", "how is", "hows")
    for end in ("", "like")
)


class Asked:
    """One question: its classes of words and what it names."""

    def __init__(
        self, tokens: Sequence[Token], names: Names, places: Sequence[Place]
    ) -> None:
        self._said = list(tokens)
        self.tokens = list(shaped(tokens, names, places))
        self.words = [word for token in tokens for word in words_of(token.text)]
        self.text = " ".join(self.words)
        self.topics = _topics(
            [
                word
                for token in tokens
                for word in (("_",) if token.kind in _NAMES else words_of(token.text))
            ]
        )
        self.it: Reference | None = None
        self.start: Reference | None = None
        self.beside: Reference | None = None  # "what is after the Pantheon"
        self.places = [
            Reference(name=it.text[:200], ids=tuple(it.value))
            for it in self.tokens
            if it.kind == "PLACE"
        ]
        self.places = list(dict.fromkeys(self.places))
        self.kinds = [
            it.value
            for it in self.tokens
            if it.kind in ("KIND", "TAG", "INTEREST", "CUISINE")
            and it.text not in _EATING
        ]
        days = [it for it in self.tokens if it.kind in ("DAY", "DAYS")]
        self.day = (
            (days[-1].value if days[-1].kind == "DAY" else days[-1].value[-1])
            if days
            else None
        )
        dates = [it.value for it in self.tokens if it.kind == "DATE" and it.value.day]
        if self.day is None and dates:
            found = dates[0]
            name = WEEKDAY_NAMES[found.day.weekday()]
            self.day = name if found.weekday else found.day.isoformat()
        if self.day is None and any(it.kind == "THATDAY" for it in self.tokens):
            self.day = "same"
        self._point()
        parts = [it.value for it in self.tokens if it.kind == "PART"]
        self.part = Part(parts[-1]) if parts else None
        meals = [it.value for it in self.tokens if it.kind == "MEAL"]
        times = [it.value for it in self.tokens if it.kind == "TIME"]
        self.time: Clock | None = times[0] if times else None
        self.meal = Meal(meals[0]) if meals else self._eaten()
        self.people = self._people()

    @property
    def is_about(self) -> bool:
        """Whether it asks what one place is, and nothing else of it."""
        if len(self.places) != 1 or self.day or self.meal or self.part or self.time:
            return False
        others = [it for it in self._said if it.kind != "PLACE"]
        words = (word for it in others for word in words_of(it.text))
        said = " ".join(word for word in words if word != "the")
        return self.has("ABOUTQ") or said in _WHAT_IS

    @property
    def says_of_place(self) -> bool:
        """Whether something of a place is asked that no class has: "is X lit"."""
        is_said = self.words[:1] in (["is"], ["are"])
        return is_said and any(
            one.kind == "PLACE" and other.kind == "WORD"
            for one, other in pairwise(self._said)
        )

    def _eaten(self) -> Meal | None:
        """The meal of "where do we eat on Saturday night", "who feeds us at midday"."""
        if not _EATING & set(self.words):
            return None
        hour = self.time.minutes // 60 if self.time else None
        if (
            self.part is Part.EVENING
            or "night" in self.words
            or (hour is not None and hour >= 17)
        ):
            return Meal.DINNER
        at_noon = self.part is Part.AFTERNOON or hour in (12, 13, 14)
        return Meal.LUNCH if at_noon else None

    def told(self, other: Asked) -> None:
        """Take from another clause what this one does not name."""
        self.places, self.kinds = other.places, other.kinds
        self.it = self.it or other.it

    def _point(self) -> None:
        """Places that are pointed at: "it", "the second church"; "from B"."""
        for i, it in enumerate(self.tokens):
            noun = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
            one = it.text.startswith("the ") and not is_plural(it.text)
            if it.kind in ("PLACE", "MEAL") and i:
                self._beside(self.tokens[i - 1].kind, it)
            if it.kind == "STOP":
                self.places += it.value
            if it.kind == "KIND" and one:
                dated = noun is not None and noun.kind == "DAY"
                day = noun.value if noun and dated else None
                self.places.append(Reference(kind=it.value, definite=True, day=day))
            if it.kind == "PLACE" and i and self.tokens[i - 1].kind == "FROM":
                self.start = Reference(name=it.text[:200], ids=tuple(it.value))
            if it.kind == "ORDINAL" and noun and noun.kind in ("KIND", "THING"):
                kind = noun.value if noun.kind == "KIND" else None
                self.places.append(Reference(kind=kind, nth=it.value))
        if not self.places and self._points_back():
            self.it = Reference(focus="it")

    def _beside(self, kind: str, token: Token) -> None:
        """The stop behind, or before, the place or meal of the token."""
        if token.kind == "PLACE":
            other = Reference(name=token.text[:200], ids=tuple(token.value))
        else:
            other = Reference(meal=Meal(token.value), day=self.day)
        if kind == "AFTER":
            self.beside = Reference(after=other)
        elif kind == "BEFORE":
            self.beside = Reference(before=other)

    def _points_back(self) -> bool:
        """Whether "it" is none that is named before it, nor "is there a dinner"."""
        kinds = [it.kind for it in self.tokens]
        said = [it.text for it in self._said]
        if {*said[:2]} in _EXISTING and said[2:] and "IT" in kinds:
            kinds.remove("IT")
        named = [kinds.index(it) for it in _NOUNS if it in kinds]
        return "IT" in kinds and kinds.index("IT") < min(named, default=len(kinds))

    def _people(self) -> int | None:
        counted = [
            it.value
            for it in self.tokens
            if it.kind in ("ADULTS", "CHILDREN") and it.value
        ]
        if "me" in self.words:
            counted += [1] * sum(it in _COMPANY for it in self.words)
        if counted and (
            "me" in self.words
            or len(counted) > 1
            or counted != [1]
            or _ALONE_SAID & set(self.words)
        ):
            return int(sum(counted))
        numbers = [
            it.value for it in self.tokens if it.kind == "NUMBER" and 0 < it.value <= 30
        ]
        if numbers:
            return int(numbers[-1])
        counts = {"a couple": 2, "the two of us": 2, "both of us": 2, "one person": 1}
        return next((n for words, n in counts.items() if words in self.text), None)

    def is_free(self) -> bool:
        """ "Is the Pantheon free?", "which of these are free"."""
        timed = self.day or self.part or self.time
        every = self.has("WHICH", "WHAT") or "anything" in self.words
        named = self.places or self.it or self.kinds or every
        return "free" in self.words and bool(named) and not timed

    def has(self, *topics: str) -> bool:
        return any(it in self.topics for it in topics)

    def ask(self, topic: Topic, **more: object) -> Ask:
        place = self.places[0] if self.places else None
        if place is None and topic in _OF_A_PLACE:
            place = self.it
        values = {
            "place": place,
            "day": self.day,
            "part": self.part,
            "meal": self.meal,
            "kind": self.kinds[0] if self.kinds and not place else None,
            "about": " ".join(self.words)[:200] or None,
        } | more
        return Ask(topic=topic, **values)  # type: ignore[arg-type]  # by their names


def _topics(words: Sequence[str]) -> dict[str, str]:
    """The classes of question words that stand in the clause, with their values."""
    known = lexicon("en.questions")
    found: dict[str, str] = {}
    at = 0
    while at < len(words):
        if phrase := known.longest(words, at):
            count, entry = phrase
            found.setdefault(entry.kind, entry.value)
            at += count
        else:
            at += 1
    return found


_OF_A_PLACE = frozenset(
    (
        Topic.HOURS, Topic.PRICE, Topic.STAY, Topic.WHY, Topic.ACCESS, Topic.OPINION,
        Topic.NEARBY, Topic.ALTERNATIVES, Topic.SCHEDULE, Topic.DIETS,
    )
)  # fmt: skip
