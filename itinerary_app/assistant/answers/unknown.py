"""What cannot be known here: said so, with the next best step and what is known."""

from __future__ import annotations

from itinerary_app.assistant.answers import facts, texts
from itinerary_app.assistant.answers.answer import Answer
from itinerary_app.assistant.answers.question import Question
from itinerary_app.model.place import Booking
from itinerary_app.text.words import booking, listed


def unknown(question: Question) -> Answer:
    entry = texts.entry("unknown", question.ask.about)
    place = question.place
    if entry is texts.entries("unknown")["booking"] and (told := _booking(question)):
        return told
    about = question.ask.about
    said = {
        "about": f"“{about}”" if about else "that",
        "city": question.city or "that city",
        "where": place.name if place else question.city or "that place",
    }
    variants = [says.format(**said) for says in entry.says]
    of_place = place and any("{where}" in says for says in entry.says)
    known = facts.known(place) if place and of_place else ""
    text = question.fresh(variants, entry.step.format(**said), known)
    stops = (place.id,) if place else ()
    return Answer(text, entry.buttons(), stops, question.when.number)


def _booking(question: Question) -> Answer | None:
    """What has to be booked of what is asked for, as far as that is known."""
    place = question.place
    if place is not None:
        if not place.booking:
            return None
        text = f"{place.name}: {booking(place)} (from {facts.source(place)})."
        return Answer(text, stops=(place.id,), day=question.when.number)
    if not question.stops:
        return None
    kinds = (Booking.NEEDED, "Book ahead"), (Booking.ADVISED, "Booking is advised for")
    told = [
        f"{words}: {listed(facts.located(found))}."
        for kind, words in kinds
        if (found := [it for it in question.stops if it.stop.place.booking is kind])
    ]
    rest = "Of the others I know nothing like that: their own pages tell for sure."
    if not told:
        rest = f"Of no stop{question.within} I know that it has to be booked: their "
        rest += "own pages tell for sure."
    return Answer(" ".join([*told, rest]), day=question.when.number)
