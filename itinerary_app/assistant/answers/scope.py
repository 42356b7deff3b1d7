"""Out of scope: what this product does not do, and who does."""

from __future__ import annotations

from itinerary_app.acts.acts import Ask, OutOfScope, Topic
from itinerary_app.assistant.answers import texts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.question import Question
from itinerary_app.assistant.reader import Scene
from itinerary_app.model import TripSession


def out_of_scope(act: OutOfScope, scene: Scene, trip: TripSession) -> Answer:
    entry = texts.entry("scope", act.about)
    question = Question(Ask(topic=Topic.UNKNOWN, about=act.about), scene, trip)
    about = f"“{act.about}”" if act.about else "that"
    variants = [says.format(about=about) for says in entry.says]
    chips = entry.buttons() if scene.itinerary else ()
    return Answer(question.fresh(variants, entry.step), chips)
