"""The pages' buttons: acts by plain forms, and the list of a trip's versions."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template, request
from jinja2.utils import htmlsafe_json_dumps
from werkzeug.wrappers import Response

from itinerary_app.acts.acts import Act
from itinerary_app.acts.codec import dumps, loads
from itinerary_app.acts.focus import Focus
from itinerary_app.current import services
from itinerary_app.errors import InvalidInput, ItineraryError
from itinerary_app.model import Message
from itinerary_app.trips.turns import Turn
from itinerary_app.web.pages import NOBODY, Draft, Page, not_sent, to_trip
from itinerary_app.web.security import current_owner

blueprint = Blueprint("changes", __name__)


@blueprint.post("/trips/<session_id>/acts")
def carry_out(session_id: str) -> Response | Page:
    owner = current_owner() or NOBODY
    posted = request.form.get("acts", "")
    # One key for these acts from this form, as for a text.
    key = Draft(posted, request.form.get("turn_key", "")).turn_key
    try:
        acts = _acts(posted)
        turn = services().conversation.act(
            session_id,
            acts,
            key,
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
    return render_template(
        "versions.html",
        trip=conversation.trip(session_id, owner, history=0),
        history=conversation.versions(session_id, owner),
        now=datetime.now(UTC),
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
    asked = messages[-2].context if len(messages) > 1 else None
    return "redo" if (asked or {}).get("acts") == [{"act": "undo"}] else "undo"


def _place(acts: Sequence[Act], turn: Turn) -> str:
    """Where in the plan its button was, or what it changed is."""
    days = [getattr(act, "day", None) for act in acts]
    days.append(Focus.from_context(turn.assistant.context).day)
    return next((f"day-{day}" for day in days if isinstance(day, int)), "plan")


def _acts(posted: str) -> tuple[Act, ...]:
    try:
        return loads(json.loads(posted))
    except (ValueError, RecursionError) as exc:
        raise InvalidInput("The button's acts cannot be read.", field="acts") from exc
