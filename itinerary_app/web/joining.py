"""Others travel along: invited by a link, which names the trip and an invitation to it.

The link is signed, so that only we can make it and nothing secret has to be kept. Its
page says nothing of the trip, and only its button, no look at it, takes it up.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flask import Blueprint, Response, redirect, render_template, request, url_for
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from itinerary_app.current import services
from itinerary_app.errors import InvalidInput, NotInvited
from itinerary_app.language import _
from itinerary_app.model import Companion, Message, Right, Role, TripSession
from itinerary_app.trips.companions import Former, sent_by
from itinerary_app.web.pages import NOBODY, to_trip
from itinerary_app.web.security import current_owner, ensure_owner

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
COLOURS = 8  # .day-1 to .day-8 in static/app.css
MICROSECOND = timedelta(microseconds=1)

blueprint = Blueprint("joining", __name__)


@blueprint.post("/trips/<session_id>/invitations")
def invite(session_id: str) -> AnyResponse:
    right = invited_to(request.form.get("right", ""))
    services().company.invite(session_id, current_owner() or NOBODY, right)
    return _to_companions(session_id)


@blueprint.post("/trips/<session_id>/companions/<int:number>/dismiss")
def dismiss(session_id: str, number: int) -> AnyResponse:
    services().company.dismiss(session_id, current_owner() or NOBODY, number)
    return _to_companions(session_id)


@blueprint.post("/trips/<session_id>/leave")
def leave(session_id: str) -> AnyResponse:
    services().company.leave(session_id, current_owner() or NOBODY)
    return redirect(url_for("pages.list_trips"), 303)


@blueprint.get("/join/<token>")
def show(token: str) -> str:
    ensure_owner()  # before the form, which is for this browser
    right = services().company.invitation(*read_link(token))
    return render_template("join.html", right=right, token=token)


@blueprint.post("/join/<token>")
def join(token: str) -> AnyResponse:
    session_id, invitation = read_link(token)
    services().company.join(session_id, invitation, ensure_owner())
    return to_trip(session_id, anchor="plan")


@blueprint.get("/trips/<session_id>/version")
def version(session_id: str) -> Response:
    """For pages that look every other second whether it is another: 304 if not."""
    holder = current_owner() or NOBODY
    number = str(services().conversation.version_now(session_id, holder))
    answer = Response(number, mimetype="text/plain")
    answer.set_etag(number)
    answer.make_conditional(request)
    return answer


@blueprint.after_request
def keep_to_ourselves(response: Response) -> Response:
    """The link is for no search engine, and no other site learns it."""
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@blueprint.app_template_filter()
def colour(number: int | str) -> str:
    """The class with a companion's colour."""
    return f"day-{(int(number) - 1) % COLOURS + 1}"


@blueprint.app_template_global()
def sender(message: Message, trip: TripSession) -> tuple[str, str] | None:
    """Who sent it, but for who looks: a companion's number, 0 or "former"; a name."""
    holder, by = current_owner(), sent_by(message, trip)
    me = trip.companion(holder) if holder else None
    if message.role is Role.ASSISTANT or by == me:
        return None
    if by is None:
        return "0", _("Its owner")
    if isinstance(by, Former):
        return by.value, _("A former companion")
    return str(by.number), _("Companion %(number)s", number=by.number)


@blueprint.app_template_global()
def invitation_url(session_id: str, invitation: Companion) -> str:
    """The link that invites to the trip."""
    micros = (invitation.since - EPOCH) // MICROSECOND
    token = _serializer().dumps([session_id, invitation.number, micros])
    return url_for("joining.show", token=token, _external=True)


def _to_companions(session_id: str) -> AnyResponse:
    page = url_for(
        "pages.show_trip", session_id=session_id, company="open", _anchor="companions"
    )
    return redirect(page, 303)


def read_link(token: str) -> tuple[str, Companion]:
    """Trip and invitation of a link's last part. Raises NotInvited for none of ours."""
    try:
        session_id, number, micros = _serializer().loads(token)
    except BadData:
        raise NotInvited from None
    since = EPOCH + micros * MICROSECOND
    return session_id, Companion(number, Right.LOOK, since)


def invited_to(right: str) -> Right:
    """What an invitation can be to. Raises InvalidInput."""
    if right not in (Right.LOOK, Right.EDIT):
        raise InvalidInput(_("Invite others to look or to edit."), field="right")
    return Right(right)


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(services().settings.secret_keys[::-1], salt="invitation")
