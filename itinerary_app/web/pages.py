"""The pages: a trip is started, talked about, seen and deleted by plain forms."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Self

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from itinerary_app.catalogue import continents
from itinerary_app.current import services
from itinerary_app.errors import (
    InvalidInput,
    ItineraryError,
    NotAllowed,
    SessionNotFound,
    VersionConflict,
)
from itinerary_app.language import N_
from itinerary_app.model import Right, TripSession
from itinerary_app.trips.turns import readable
from itinerary_app.web import paper, shown, wording
from itinerary_app.web.errors import status_of
from itinerary_app.web.keeping import Keeping
from itinerary_app.web.security import current_owner, ensure_owner

CHOICE = 8  # cities that are offered at once; the others are a click away
HISTORY = 50  # messages on a page
EXAMPLES = {  # by the id of the city that has to be covered
    "jaipur": N_("A relaxed 3-day food and culture trip to Jaipur"),
    "kyoto": N_("2 days in Kyoto for temples, gardens and quiet streets"),
    "london": N_("A weekend in London with children"),
    "new-york": N_("4 days in New York, packed: art, food and city views"),
}
NOBODY = b""  # an owner that owns nothing
Page = tuple[str, int]

blueprint = Blueprint("pages", __name__)
wording.install(blueprint)
blueprint.add_app_template_filter(paper.drawn, "on_paper")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form sent: kept until it is stored, whatever happens on the way."""

    text: str = ""
    form_key: str = ""

    @classmethod
    def posted(cls) -> Self:
        text = request.form.get("text", "").replace("\r\n", "\n")
        return cls(text, request.form.get("turn_key", ""))

    @property
    def turn_key(self) -> str:
        """One key for this text from this form.

        Sent twice, it is one turn. Sent with another text (after the browser's Back
        button the form still has its old key) it is another turn, as meant.
        """
        return str(uuid.uuid5(uuid.UUID(self.fresh().form_key), self.text))

    def fresh(self) -> Draft:
        """This draft, with a new key unless it has a proper one."""
        try:
            return Draft(self.text, str(uuid.UUID(self.form_key)))
        except ValueError:
            return Draft(self.text, str(uuid.uuid4()))


@blueprint.app_template_global()
def new_turn_key() -> str:
    return str(uuid.uuid4())


@blueprint.get("/")
def start() -> Page:
    # Before the first message, so that a double click on "Plan" has one owner.
    ensure_owner()
    return start_page(Draft())


@blueprint.post("/trips")
def create_trip() -> Response | Page:
    owner, draft = ensure_owner(), Draft.posted()
    conversation = services().conversation
    try:
        readable(draft.text)  # before there is a trip without a message
        trip = conversation.start(owner, turn_key=draft.turn_key)
        conversation.send(trip.session_id, draft.text, draft.turn_key, owner_hash=owner)
    except ItineraryError as exc:
        return start_page(draft, exc)
    return to_trip(trip.session_id)


@blueprint.get("/trips")
def list_trips() -> str:
    owner = current_owner()
    return render_template(
        "trips.html",
        trips=services().conversation.trips(owner) if owner else [],
        now=datetime.now(UTC),
        settings=services().settings,
    )


@blueprint.get("/trips/<session_id>")
def show_trip(session_id: str) -> Page:
    return trip_page(
        session_id,
        current_owner() or NOBODY,
        before=request.args.get("before", type=int),
        since=request.args.get("since", type=int),
    )


@blueprint.post("/trips/<session_id>/messages")
def send_message(session_id: str) -> Response | Page:
    owner, draft = current_owner() or NOBODY, Draft.posted()
    try:
        services().conversation.send(
            session_id, draft.text, draft.turn_key, owner_hash=owner
        )
    except ItineraryError as exc:
        return not_sent(session_id, owner, draft, exc)
    return to_trip(session_id)


@blueprint.post("/trips/<session_id>/keep")
def keep_trip(session_id: str) -> Response:
    wanted = request.form.get("kept") == "true"
    services().conversation.keep(session_id, current_owner() or NOBODY, wanted)
    ensure_owner()  # whose cookie has to last as long
    return to_trip(session_id, anchor="kept")


@blueprint.post("/trips/<session_id>/delete")
def delete_trip(session_id: str) -> Response:
    services().conversation.delete(session_id, current_owner() or NOBODY)
    return redirect(url_for("pages.list_trips", deleted=1), 303)


def to_trip(
    session_id: str, *, anchor: str = "latest", since: int | None = None
) -> Response:
    """To a part of the trip's page; with `since` it says there what the answer was."""
    page = url_for(
        "pages.show_trip", session_id=session_id, since=since, _anchor=anchor
    )
    return redirect(page, 303)


def start_page(draft: Draft, problem: ItineraryError | None = None) -> Page:
    cities = services().cities
    by_name = sorted(cities, key=lambda city: city.name)
    if isinstance(problem, SessionNotFound):
        # The form's key stands for a trip that is gone: it can open no other.
        draft = Draft(draft.text)
    page = render_template(
        "start.html",
        draft=draft.fresh(),
        problem=problem,
        cities=by_name,
        choice=list(islice(continents.varied(cities), CHOICE)),
        groups=continents.grouped(by_name),
        examples=[EXAMPLES[city.id] for city in cities if city.id in EXAMPLES],
        settings=services().settings,
    )
    return page, status_of(problem) if problem else 200


def trip_page(
    session_id: str,
    owner: bytes,
    *,
    before: int | None = None,
    since: int | None = None,
    draft: Draft | None = None,
    problem: ItineraryError | None = None,
) -> Page:
    conversation = services().conversation
    trip = conversation.trip(session_id, owner, history=HISTORY)
    messages = list(trip.conversation_history)
    older = before is not None and 0 < before <= trip.message_count
    if older:
        messages = conversation.messages(
            session_id, owner, before=before, limit=HISTORY
        )
    can_edit = trip.right_of(owner) != Right.LOOK
    plan, outline = shown.own_plan(trip, can_edit=can_edit)
    page = render_template(
        "trip.html",
        trip=trip,
        messages=messages,
        older=older,
        since=since,
        keeping=Keeping.of(trip, services().settings, datetime.now(UTC)),
        outline=outline,
        right=trip.right_of(owner),
        is_owner=owner == trip.owner_hash,
        can_edit=can_edit,
        draft=(draft or Draft()).fresh(),
        problem=problem,
        shown=plan,
        currency=_currency(trip),
        settings=services().settings,
    )
    return page, status_of(problem) if problem else 200


def _currency(trip: TripSession) -> str:
    """Of the limit, where there is one."""
    told = trip.preferences
    limited = told.spend_limit is not None
    return services().catalogue.currency(told.city) if limited else ""


def not_sent(
    session_id: str, owner: bytes, draft: Draft, problem: ItineraryError
) -> Page:
    """The trip with the problem, or a page of its own if there is no trip to show.

    Either way the text stands in a form, ready to be sent again.
    """
    if isinstance(problem, InvalidInput | NotAllowed | VersionConflict):
        try:
            return trip_page(session_id, owner, draft=draft, problem=problem)
        except ItineraryError as exc:
            problem = exc
    gone = isinstance(problem, SessionNotFound)
    if gone:
        ensure_owner()
        draft = Draft(draft.text)
    page = render_template(
        "unsent.html",
        draft=draft.fresh(),
        problem=problem,
        gone=gone,
        session_id=session_id,
    )
    return page, status_of(problem) if problem else 200
