"""The pages' buttons: acts by plain forms, and the list of a trip's versions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, render_template, request
from jinja2.utils import htmlsafe_json_dumps
from werkzeug.wrappers import Response

from itinerary_app.acts.acts import Act
from itinerary_app.acts.codec import dumps, loads
from itinerary_app.acts.focus import Focus
from itinerary_app.current import services
from itinerary_app.errors import InvalidInput, ItineraryError
from itinerary_app.language import _
from itinerary_app.model import Message, Right
from itinerary_app.trips.turns import Turn
from itinerary_app.web import shown
from itinerary_app.web.pages import NOBODY, Draft, Page, not_sent, to_trip
from itinerary_app.web.security import current_owner

_CONFIRM = [{"act": "confirm"}]  # what a reply that only asks has a button for
_DAYS = {"day", "second"}  # fields that are numbers of days
_POINT = {"lat", "lon"}  # fields that are degrees, or nothing
_FIELD = "act."  # begins the name of a form's field that is one of its act's

blueprint = Blueprint("changes", __name__)


@blueprint.post("/trips/<session_id>/acts")
def carry_out(session_id: str) -> Response | Page:
    owner = current_owner() or NOBODY
    try:
        acts = _posted()
        # One key for these acts from this form, as for a text.
        draft = Draft(json.dumps(dumps(acts)), request.form.get("turn_key", ""))
        turn = services().conversation.act(
            session_id,
            acts,
            draft.turn_key,
            owner_hash=owner,
            expected_version=request.form.get("version", type=int),
        )
    except ItineraryError as exc:
        return not_sent(session_id, owner, Draft(), exc)
    since = request.args.get("since", type=int)
    if since is None:
        return to_trip(session_id)
    return to_trip(session_id, anchor=_place(acts, turn), since=since)


@blueprint.get("/trips/<session_id>/versions")
def list_versions(session_id: str) -> str:
    owner, conversation = current_owner() or NOBODY, services().conversation
    trip = conversation.trip(session_id, owner, history=0)
    return render_template(
        "versions.html",
        trip=trip,
        can_edit=trip.right_of(owner) != Right.LOOK,
        history=conversation.versions(session_id, owner),
        now=datetime.now(UTC),
        settings=services().settings,
    )


@blueprint.get("/trips/<session_id>/versions/<int:number>")
def show_version(session_id: str, number: int) -> str:
    """The plan as it was, on its map; 404 where the version is not kept any more."""
    owner = current_owner() or NOBODY
    trip, then = services().conversation.version(session_id, owner, number)
    if then is None or then.itinerary is None:
        abort(
            404, _("This version is not kept any more. Go back to the list of changes.")
        )
    return render_template(
        "version.html",
        trip=trip,
        can_edit=trip.right_of(owner) != Right.LOOK,
        number=number,
        plan=then.itinerary,
        wishes=then.preferences,
        shown=shown.plan(then.itinerary),
        settings=services().settings,
    )


@blueprint.app_template_global()
def acts_json(*acts: dict[str, Any]) -> str:
    """What a button sends: JSON of acts, refused while the page is built if wrong.

    Markup for an attribute in single quotes, as JSON is full of the others.
    """
    return htmlsafe_json_dumps(dumps(loads(list(acts))), ensure_ascii=False)


@blueprint.app_template_filter()
def chips(message: Any) -> list[tuple[str, str | None]]:
    """A reply's chips: label and acts as JSON; None where the label itself is said."""
    acts = (message.context or {}).get("chips", ())
    sent = [json.dumps(it, ensure_ascii=False) if it else None for it in acts]
    sent += [None] * (len(message.quick_replies) - len(sent))
    return list(zip(message.quick_replies, sent, strict=False))


@blueprint.app_template_filter()
def way_back(messages: Sequence[Message]) -> str:
    """The act that takes back what the last message answered."""
    if len(messages) < 2:
        return "undo"
    asked, told = (message.context or {} for message in messages[-2:])
    undone = asked.get("acts") == [{"act": "undo"}]
    return "redo" if undone and _CONFIRM not in told.get("chips", ()) else "undo"


def _place(acts: Sequence[Act], turn: Turn) -> str:
    """Where in the plan its button was, or what it changed is."""
    days = [getattr(act, "day", None) for act in acts]
    days.append(Focus.from_context(turn.assistant.context).day)
    return next((f"day-{day}" for day in days if isinstance(day, int)), "plan")


def _posted() -> tuple[Act, ...]:
    """The button's acts. Fields of its form named "act.…" complete a single one."""
    told: dict[str, Any] = {
        name.removeprefix(_FIELD): value.replace("\r\n", "\n").strip()
        for name, value in request.form.items()
        if name.startswith(_FIELD)
    }
    try:
        for name in _DAYS & told.keys():  # a text would be a word for a day
            told[name] = int(told[name])
        for name in _POINT & told.keys():
            told[name] = _degrees(name, told[name])
        if not told.get("near", True):  # a point is meant
            del told["near"]
        posted = json.loads(request.form.get("acts", ""))
        if not told:
            return loads(posted)
        [act] = posted
        return loads([{**act, **told}], strict=False)
    except (ValueError, TypeError, RecursionError) as exc:
        raise InvalidInput(
            _("The button's acts cannot be read."), field="acts"
        ) from exc


def _degrees(name: str, text: str) -> float | None:
    """With a decimal comma, too; None where nothing was typed."""
    try:
        return float(text.replace(",", ".")) if text else None
    except ValueError:
        raise InvalidInput(
            _("“%(text)s” is no number of degrees: write one like 41.8902.", text=text),
            field=name,
        ) from None
