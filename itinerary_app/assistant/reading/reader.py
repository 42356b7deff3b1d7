"""GrammarReader: reads English; what is no clause of its own is taken out first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from itinerary_app.acts.acts import Anything
from itinerary_app.assistant.reader import Reader, Scene, Understanding
from itinerary_app.assistant.reading import (
    allergies,
    cities,
    elsewhere,
    firstly,
    forms,
    gates,
    hotels,
    languages,
    lodging,
    origins,
    scenes,
    talk,
)
from itinerary_app.assistant.reading.message import Reading
from itinerary_app.assistant.reading.quoting import bounded
from itinerary_app.model import City, Place

MAX_READ = 2_000  # characters; who writes more has said it by then


class GrammarReader(Reader):
    """`places` gives the places of a covered city by its name."""

    def __init__(self, places: Callable[[str], Sequence[Place]] | None = None) -> None:
        self._places = places or (lambda _: ())

    def read(self, text: str, scene: Scene) -> Understanding:
        return bounded(self._understood(text[:MAX_READ], scene), text)

    def _understood(self, text: str, scene: Scene) -> Understanding:
        if text.strip() in talk.SIGNS:
            return Understanding((talk.SIGNS[text.strip()],), (text.strip(),))
        if language := languages.foreign(text):
            return Understanding(unread=(text,), language=language)
        text = cities.brought_back(forms.plain(text), scene.focus.done)
        text, away = elsewhere.stays(origins.left_out(text, scene), scene)
        if away and elsewhere.is_all(text):
            return Understanding(
                tuple(act for act, _ in away), tuple(quote for _, quote in away)
            )
        said: list[str] = []
        highlights = ""
        if scene.itinerary is None:
            text = forms.with_denials(forms.without_rims(text))
            text, said = firstly.without_feasts(text)
            text, highlights = firstly.without_highlights(text)
        if highlights and not text:
            return Understanding((Anything(),), (highlights,))
        here, planned = scenes.cities(text, scene), scene.itinerary is not None
        if answer := gates.answered(text, scene.preferences, here):
            return Understanding(tuple(answer), (text,) * len(answer))
        if not planned:
            text = hotels.with_verbs(text, here, self.places_of)
        rest, beds = lodging.taken(text, here, self.places_of, planned=planned)
        rest, named = gates.taken(rest, here, planned=planned)
        understood = Reading(rest, scene, self.places_of, beds).understanding()
        understood = lodging.restored(gates.pointed(understood, named), beds)
        understood = gates.implied(understood, scene.preferences, here)
        understood = replace(
            understood,
            acts=(*understood.acts, *(act for act, _ in away)),
            quotes=(*understood.quotes, *(quote for _, quote in away)),
            unread=(*understood.unread, *said),
        )
        if highlights:
            understood = replace(
                understood,
                acts=(*understood.acts, Anything()),
                quotes=(*understood.quotes, highlights),
            )
        return allergies.told(understood, text)

    def places_of(self, city: City) -> Sequence[Place]:
        """The places of a city that a message names."""
        return self._places(city.name)
