"""Questions: what one is about, by the words of lexicon/en.questions.txt."""

from __future__ import annotations

from collections.abc import Sequence

from itinerary_app.acts.acts import Ask, OutOfScope, Topic
from itinerary_app.acts.values import Meal, Part, Reference, time_of
from itinerary_app.assistant.reading.frames import is_plural
from itinerary_app.assistant.reading.lexicon import lexicon, words_of
from itinerary_app.assistant.reading.names import Names
from itinerary_app.assistant.reading.shaping import shaped
from itinerary_app.assistant.reading.spans import Clock
from itinerary_app.assistant.reading.tokens import WEEKDAY_NAMES, Token
from itinerary_app.model import Place

_COMPANY = frozenset(
    "me wife husband partner girlfriend boyfriend mother father mum mom dad sister "
    "brother "
    "son daughter friend".split()
)


class _Asked:
    """One question: its classes of words and what it names."""

    def __init__(
        self, tokens: Sequence[Token], names: Names, places: Sequence[Place]
    ) -> None:
        self.tokens = list(shaped(tokens, names, places))
        self.words = [word for token in tokens for word in words_of(token.text)]
        self.text = " ".join(self.words)
        self.topics = _topics(
            [
                word
                for token in tokens
                for word in (("_",) if token.kind == "PLACE" else words_of(token.text))
            ]
        )
        self.it: Reference | None = None
        self.to: Reference | None = None
        self.start: Reference | None = None
        self.places = [
            Reference(name=it.text[:200], ids=tuple(it.value))
            for it in self.tokens
            if it.kind == "PLACE"
        ]
        self.places = list(dict.fromkeys(self.places))
        self._point()
        self.kinds = [
            it.value for it in self.tokens if it.kind in ("KIND", "TAG", "INTEREST")
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
        parts = [it.value for it in self.tokens if it.kind == "PART"]
        self.part = Part(parts[-1]) if parts else None
        meals = [it.value for it in self.tokens if it.kind == "MEAL"]
        self.meal = Meal(meals[0]) if meals else None
        times = [it.value for it in self.tokens if it.kind == "TIME"]
        self.time: Clock | None = times[0] if times else None
        self.people = self._people()

    def told(self, other: _Asked) -> None:
        """Take from another clause what this one does not name."""
        self.places, self.kinds = other.places, other.kinds
        self.it = self.it or other.it
        for name in ("day", "part", "meal", "time", "people"):
            if getattr(self, name) is None:
                setattr(self, name, getattr(other, name))

    def _point(self) -> None:
        """Places that are pointed at: "it", "the second church"; "to A from B"."""
        for i, it in enumerate(self.tokens):
            noun = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
            if (
                it.kind == "KIND"
                and it.text.startswith("the ")
                and i + 1
                and not is_plural(it.text)
            ):
                self.places.append(Reference(kind=it.value, definite=True))
            if it.kind == "PLACE" and i and self.tokens[i - 1].kind == "FROM":
                self.start = Reference(name=it.text[:200], ids=tuple(it.value))
            if it.kind == "ORDINAL" and noun and noun.kind in ("KIND", "THING"):
                kind = noun.value if noun.kind == "KIND" else None
                self.places.append(Reference(kind=kind, nth=it.value))
            if it.kind == "PLACE" and i and self.tokens[i - 1].kind == "TO" and i > 1:
                self.to = Reference(name=it.text[:200], ids=tuple(it.value))
        if not self.places and any(it.kind == "IT" for it in self.tokens):
            self.it = Reference(focus="it")

    def _people(self) -> int | None:
        counted = [
            it.value
            for it in self.tokens
            if it.kind in ("ADULTS", "CHILDREN") and it.value
        ]
        if any(it.kind == "FRIENDS" for it in self.tokens):
            counted.append(2)
        elif "me" in self.words:
            counted += [1] * sum(it in _COMPANY for it in self.words)
        if counted and ("me" in self.words or len(counted) > 1 or counted != [1]):
            return int(sum(counted))
        numbers = [
            it.value for it in self.tokens if it.kind == "NUMBER" and 0 < it.value <= 30
        ]
        if numbers:
            return int(numbers[-1])
        counts = {"a couple": 2, "the two of us": 2, "both of us": 2, "one person": 1}
        return next((n for words, n in counts.items() if words in self.text), None)

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
        return Ask(topic=topic, **values)  # type: ignore[arg-type]


def asked(
    tokens: Sequence[Token],
    names: Names,
    places: Sequence[Place],
    *,
    planned: bool,
    sure: bool = False,
    beside: Sequence[Token] = (),
) -> Ask | OutOfScope | None:
    """The question of a clause; None if no topic of ours is in it.

    With `sure` only if a word asks: of a statement that could not be read. `beside`
    are words of the message around it, which may name what it is about.
    """
    it = _Asked(tokens, names, places)
    if beside and not (it.places or it.kinds):
        it.told(_Asked(beside, names, places))
    found = _topic(it, planned)
    if not sure or found is None:
        return found
    if not it.topics or isinstance(found, OutOfScope):
        return None
    if set(it.words[:3]) & _QUESTION_WORDS:
        return found
    if {token.kind for token in it.tokens} & _WISHING:
        return None
    return found if found.topic in _NAMED and _is_asked(it.words) else None


def _is_asked(words: Sequence[str]) -> bool:
    """Whether words without a question mark ask: "give me …", "opening hours of …"."""
    return not (set(words) & _FINITE or set(words[:3]) & _SUBJECTS)


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


def _topic(it: _Asked, planned: bool) -> Ask | OutOfScope | None:
    """In the order in which words decide: what names its topic alone comes first."""
    if it.has("OUTOFSCOPE"):
        return OutOfScope(about=it.text[:200] or None)
    if any(token.kind == "DIET" for token in it.tokens) and it.has(*_SERVING):
        return it.ask(Topic.DIETS)
    for name, topic in _ALONE.items():
        if it.has(name):
            return it.ask(topic)
    kinds = {token.kind for token in it.tokens}
    absent = {"no", "missing", "not", "isnt", "without", "arent"} & set(it.words)
    if it.has("WHYNOT") or (it.has("WHY") and absent and it.places):
        return it.ask(Topic.WHY_NOT)
    if it.has("WHY"):
        return it.ask(Topic.WHY)
    if it.has("ALLERGY", "QUEUES", "SAFETY", "WEATHER", "TICKETSLEFT"):
        if not planned and it.has("SUGGESTQ", "WHERE"):
            return it.ask(Topic.SUGGEST)
        return it.ask(Topic.UNKNOWN)
    if it.has("ACCESSQ") or "MOBILITY" in kinds:
        return it.ask(Topic.ACCESS)
    if "DIET" in kinds:
        return it.ask(Topic.DIETS)
    if it.has("HOWLONG") and it.to is not None:
        return _way(it)
    if it.has("HOWFAR", "GET") or (it.has("HOWLONG", "HOW") and it.has("WALKING")):
        if it.has("WALKING") and not it.places:
            return it.ask(Topic.WALKING)
        return _way(it)
    if it.has("BUSIEST"):
        return it.ask(Topic.BUSIEST)
    if it.has("CALMEST"):
        return it.ask(Topic.CALMEST)
    if it.has("COUNT", "HOWMANY") and not it.has("HOWMUCH"):
        if "DURATION" in kinds or {"minutes", "hours"} & set(it.words):
            return it.ask(Topic.STAY)
        return it.ask(Topic.COUNT)
    if it.has("HOWMUCH") and not it.has("WALKING"):
        return it.ask(Topic.PRICE, people=it.people)
    if it.has("WALKING"):
        return _way(it) if len(it.places) > 1 else it.ask(Topic.WALKING)
    if it.has("OPEN") and (it.places or it.day or it.kinds or it.it):
        time = time_of(it.time.minutes) if it.time else None
        return it.ask(Topic.HOURS, time=time)
    if it.has("HOWLONG"):
        return it.ask(Topic.STAY)
    if it.has("NEARBYQ") and (it.places or it.meal):
        return it.ask(Topic.NEARBY)
    if it.has("ALTERNATIVESQ"):
        return it.ask(Topic.ALTERNATIVES)
    if it.has("WORTH"):
        return it.ask(Topic.OPINION)
    if it.has("NEARBYQ"):
        return it.ask(Topic.NEARBY)
    return _of_plan(it, planned)


def _of_plan(it: _Asked, planned: bool) -> Ask | None:
    """What is planned, whether something is, or what there is to see."""
    named = it.day or it.meal or it.places
    if planned and named and it.has("SCHEDULEQ", "WHEN", "WHERE"):
        return it.ask(Topic.SCHEDULE)
    if planned and it.has("INCLUDEDQ") and (it.places or it.kinds) and not it.day:
        return it.ask(Topic.INCLUDED)
    if planned and named and it.has("WHAT", "WHICH"):
        return it.ask(Topic.SCHEDULE)
    if it.has("SUGGESTQ"):
        return it.ask(Topic.SUGGEST)
    if planned and (it.places or it.kinds):
        return it.ask(Topic.INCLUDED)
    if planned and (it.day or it.meal):
        return it.ask(Topic.SCHEDULE)
    if not planned and it.has("WHERE", "WHAT", "WHICH"):
        return it.ask(Topic.SUGGEST)
    return None


def _way(it: _Asked) -> Ask:
    places = it.places or ([it.it] if it.it else [])
    if it.start is not None and it.start in places:
        places = [it.start, *(ref for ref in places if ref != it.start)]
    elif it.to is not None and it.to in places:
        places = [*(ref for ref in places if ref != it.to), it.to]
    first = places[0] if places else None
    return it.ask(Topic.WAY, place=first, other=places[1] if len(places) > 1 else None)


_OF_A_PLACE = frozenset(
    (
        Topic.HOURS, Topic.PRICE, Topic.STAY, Topic.WHY, Topic.ACCESS, Topic.OPINION,
        Topic.NEARBY, Topic.ALTERNATIVES, Topic.SCHEDULE, Topic.DIETS,
    )
)  # fmt: skip
_SERVING = ("SUGGESTQ", "INCLUDEDQ", "HOWTO", "ALLERGY", "WORTH", "WHICH", "HOWMUCH")
_ALONE = {
    "WHICHCITIES": Topic.CITIES,
    "CHANGED": Topic.CHANGED,
    "SOURCES": Topic.SOURCES,
    "WISHESQ": Topic.WISHES,
    "KEPT": Topic.KEPT,
    "HOWTO": Topic.HOW_TO,
    "BESTTIME": Topic.BEST_TIME,
    "VERSIONS": Topic.VERSIONS,
    "LODGING": Topic.LODGING,
    "DATESQ": Topic.DATES,
    "HELPQ": Topic.HELP,
}

_QUESTION_WORDS = frozenset(
    "what when where which how why whats whens wheres hows tell show list count "
    "suggest "
    "read remind explain recommend number rundown summary total any wot".split()
)
# With a word of these classes it is a wish.
_WISHING = frozenset("NOT NO LESS MORE ATMOST SPEND CHEAPER DEARER MEAL WANT".split())
# Topics that are asked for by their name: "opening hours of the Louvre".
_NAMED = frozenset((Topic.HOURS, Topic.PRICE, Topic.COUNT, Topic.WALKING, Topic.STAY))
# With one of these a clause states something.
_FINITE = frozenset(
    "is are was were am be has have had will would must should can could may might "
    "costs "
    "takes wants want need needs like likes love hate think feels makes make put let "
    "add "
    "keep go goes its thats theres dont isnt cant wont im ive were give get".split()
)
_SUBJECTS = frozenset("i we he she they it you my our".split())
