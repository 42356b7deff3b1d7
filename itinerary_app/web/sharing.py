"""A plan is shown to whoever has its link, while its owner shares it.

The link names the trip and is signed, so that only we can make it and nothing has to
be kept. It opens the plan alone: not what was said, nor what only its owner may do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from flask import (
    Blueprint,
    Response,
    redirect,
    render_template,
    request,
    url_for,
)
from itsdangerous import BadData, URLSafeSerializer
from werkzeug.wrappers import Response as AnyResponse

from itinerary_app import language
from itinerary_app.current import services
from itinerary_app.errors import CannotPlan, NotShared
from itinerary_app.exports import card
from itinerary_app.exports.files import export
from itinerary_app.language import _, ngettext
from itinerary_app.model import Itinerary, Place, TripSession
from itinerary_app.text.words import title
from itinerary_app.trips.opening import SavedTrip
from itinerary_app.web import languages, plan_view, shown
from itinerary_app.web.exports import KIND, as_download
from itinerary_app.web.pages import NOBODY, to_trip
from itinerary_app.web.security import current_owner, ensure_owner

OF_COMPANY = ("company", "free", "base", "pauses")  # whose, when, where from: untold

blueprint = Blueprint("sharing", __name__)


@blueprint.post("/trips/<session_id>/share")
def share(session_id: str) -> AnyResponse:
    services().conversation.share(
        session_id,
        current_owner() or NOBODY,
        request.form.get("shared") == "true",
    )
    page = url_for(
        "pages.show_trip", session_id=session_id, sharing="open", _anchor="take"
    )
    return redirect(page, 303)


@blueprint.get("/shared/<token>")
def show(token: str) -> str:
    trip = services().conversation.shared(_session_id(token))
    return render_template(
        "shared.html",
        plan=trip.itinerary,
        token=token,
        shown=shown.shared_plan(trip, OF_COMPANY),
        settings=services().settings,
    )


@blueprint.get("/shared/<token>/card.png")
def preview(token: str) -> AnyResponse:
    """The plan's picture for previews of its link, drawn when it is first asked for.

    It is asked for anew each time, so that it goes with the plan when that is not
    shared any more.
    """
    plan = services().conversation.shared(_session_id(token)).itinerary
    assert plan is not None  # or it would not be shared
    count = len(plan.stops)
    stops = ngettext("%(num)s stop, day by day", "%(num)s stops, day by day", count)
    picture = card.draw(title(plan), stops, tuple(_maps(plan)), _("A trip"))
    answer = Response(picture, mimetype="image/png")
    answer.cache_control.no_cache = True
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # as others show it
    answer.add_etag()
    return answer.make_conditional(request)


def _maps(plan: Itinerary) -> Iterator[card.City]:
    """Of each city, without what is far out; its other places as far as covered."""
    for part in plan.parts():
        places: tuple[Place, ...] = ()
        with suppress(CannotPlan):
            places = services().catalogue.places(part.city.name)
        around = tuple((it.lat, it.lon) for it in places)
        first = part.days[0].number
        yield card.City(part.city.name, first, plan_view.in_town(part), around)


@blueprint.post("/shared/<token>/copy")
def copy(token: str) -> AnyResponse:
    """The plan as a trip of whoever asks, to be changed; once, however often asked."""
    conversation = services().conversation
    trip = conversation.shared(_session_id(token))
    told = replace(trip.preferences, shared=False)
    saved = SavedTrip(told, trip.itinerary, (), lost_plan=False)
    return to_trip(conversation.open_saved(ensure_owner(), saved), anchor="plan")


@blueprint.get(f"/shared/<token>/plan.{KIND}")
def download(token: str, kind: str) -> Response:
    conversation = services().conversation
    trip = conversation.shared(_session_id(token))
    return as_download(conversation.hand_out(trip, kind, request.args.get("first_day")))


@blueprint.get("/shared/<token>/calendar.ics")
def follow(token: str) -> AnyResponse:
    """The plan for calendars that subscribe to it: what is taken out of the plan goes
    from them, too. They ask often, so it is no download that is counted.
    """
    trip = services().conversation.shared(_session_id(token))
    answer = as_download(export(trip, "ics", first_day=None, now=datetime.now(UTC)))
    answer.set_etag(f"{trip.version}-{language.current()}")
    return answer.make_conditional(request)


@blueprint.app_template_global()
def calendar_url(trip: TripSession) -> str | None:
    """What a calendar subscribes to; None while it is not shared or has no dates."""
    dated = trip.itinerary and trip.itinerary.days[0].date
    if not trip.preferences.shared or not dated:
        return None
    token = _serializer().dumps(trip.session_id)
    spoken = languages.in_link(services().settings)
    url = url_for("sharing.follow", token=token, lang=spoken, _external=True)
    return f"webcal:{url.partition(':')[2]}"


@blueprint.after_request
def keep_from_search_engines(response: Response) -> Response:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@blueprint.app_template_global()
def share_url(trip: TripSession) -> str | None:
    """Where others may look at the plan; None while it is not shared."""
    if not trip.preferences.shared:
        return None
    token = _serializer().dumps(trip.session_id)
    return url_for("sharing.show", token=token, _external=True)


def _session_id(token: str) -> str:
    try:
        return str(_serializer().loads(token))
    except BadData:
        raise NotShared from None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(services().settings.secret_keys[::-1], salt="share")
