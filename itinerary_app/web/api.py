"""The JSON API, version 1: each view parses by schema, calls a use case, answers."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from flask import Flask, Response, abort, current_app, request, url_for
from flask_smorest import Api

from itinerary_app.acts.acts import Act
from itinerary_app.acts.codec import schemas as schemas_of_acts
from itinerary_app.current import services
from itinerary_app.exports.files import MEDIA_TYPES
from itinerary_app.model import Message, TripSession
from itinerary_app.storage.base import ListCursor
from itinerary_app.trips.belongings import erase
from itinerary_app.trips.turns import Turn
from itinerary_app.web import company_api, plan_schemas, schemas
from itinerary_app.web.answers import planned, told, turn_told
from itinerary_app.web.api_base import (
    ApiBlueprint,
    accept_json_only,
    owner,
    unauthorized,
)
from itinerary_app.web.errors import PROBLEM_TYPE
from itinerary_app.web.exports import KIND, as_download
from itinerary_app.web.privacy import my_data, open_saved
from itinerary_app.web.schema_fields import OneAct
from itinerary_app.web.security import (
    current_owner,
    has_bad_token,
    new_secret,
    owner_of,
    renew_secret,
)

DESCRIPTION = """Plan a trip by talking. Create a session, send messages, read the
itinerary. A session is opened by the bearer token that its creation gave; to others
it does not exist. Errors are problem documents (RFC 9457)."""
FILES = {
    kind: {"schema": {"type": "object" if kind.endswith("json") else "string"}}
    for kind in MEDIA_TYPES.values()
}
COMPONENTS = "#/components/schemas/"
Headers = dict[str, str]

blueprint = ApiBlueprint(
    "api", __name__, url_prefix="/api/v1/sessions", description="Trip sessions"
)
blueprint.before_request(accept_json_only)
mine = ApiBlueprint(
    "my_data", __name__, url_prefix="/api/v1/my-data", description="All that is yours"
)


def install(app: Flask) -> None:
    """Register the API and its description at /api/v1/openapi.json."""
    app.config |= {
        "API_TITLE": "itinerary_app",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": "/api/v1",
        "OPENAPI_JSON_PATH": "openapi.json",
    }
    api = _Api(app)
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    api.register_blueprint(blueprint)
    api.register_blueprint(mine)
    api.register_blueprint(company_api.blueprint)
    api.register_blueprint(company_api.invitations)


class _Api(Api):
    ERROR_SCHEMA = schemas.ProblemSchema

    def _init_spec(self, **options: Any) -> None:
        super()._init_spec(
            **options,
            info={"description": DESCRIPTION},
            security=[{"token": []}],
        )
        acts = schemas_of_acts(f"{COMPONENTS}{{name}}")
        for name, schema in acts.items():
            self.spec.components.schema(name, schema)
        refs = [
            {"$ref": f"{COMPONENTS}{name}"}
            for name, schema in acts.items()
            if "act" in schema.get("properties", {})
        ]
        self.spec.components.schema("Act", {"oneOf": refs})
        converter = self.ma_plugin.converter
        converter.add_attribute_function(_as_act)
        converter.add_attribute_function(_with_names)

    def _register_responses(self) -> None:
        """Describe the answers that views do not name, the errors, as problems."""
        self.DEFAULT_RESPONSE_CONTENT_TYPE = PROBLEM_TYPE
        super()._register_responses()
        del self.DEFAULT_RESPONSE_CONTENT_TYPE

    def _register_error_handlers(self) -> None:
        """web/errors.py answers all errors."""


def _as_act(_: Any, field: Any, **__: Any) -> dict[str, str]:
    """How a field with one act stands in the description."""
    return {"$ref": f"{COMPONENTS}Act"} if isinstance(field, OneAct) else {}


def _with_names(converter: Any, field: Any, **__: Any) -> dict[str, Any]:
    """What the names of an object with any names are like."""
    names = getattr(field, "key_field", None)
    return {"propertyNames": converter.field2property(names)} if names else {}


@blueprint.post("")
@blueprint.arguments(schemas.CreateSchema, required=False)
@blueprint.arguments(schemas.KeyHeaders, location="headers")
@blueprint.response(201, schemas.CreatedSchema)
@blueprint.doc(security=[{}, {"token": []}])
def create(
    body: dict[str, Any], headers: dict[str, Any]
) -> tuple[dict[str, Any], int, Headers]:
    """Begin a session; without credentials, a token for it comes along.

    The same token and Idempotency-Key give the same session again.
    """
    if has_bad_token():
        raise unauthorized()
    token = None if current_owner() else new_secret()
    holder = current_owner() or owner_of(token or "")
    session = services().conversation.start(
        holder,
        turn_key=headers["idempotency_key"],
        preferences=body["preferences"],
    )
    answer = {**told(session, holder), "token": token}
    location = url_for("api.get_session", session_id=session.session_id)
    return answer, 201, {"Location": location, **_etag(session)}


@blueprint.get("")
@blueprint.arguments(schemas.ListQuery, location="query")
@blueprint.response(200, schemas.SessionListSchema)
def list_sessions(query: dict[str, Any]) -> dict[str, Any]:
    """A page of your sessions, the newest first; older ones by `next_cursor`.

    One that is used keeps its place, so that paging misses none.
    """
    after, limit = query["cursor"], query["limit"]
    listed = services().conversation.trips_page(owner(), after=after, limit=limit)
    more = len(listed) == limit
    return {
        "sessions": listed,
        "next_cursor": ListCursor.of(listed[-1]) if more else None,
    }


@blueprint.get("/<session_id>")
@blueprint.arguments(schemas.HistoryQuery, location="query")
@blueprint.response(200, schemas.SessionSchema)
def get_session(
    query: dict[str, int], session_id: str
) -> tuple[dict[str, Any], Headers]:
    """A session with its newest messages."""
    session = services().conversation.trip(
        session_id, owner(), history=query["history"]
    )
    return told(session, owner()), _etag(session)


@blueprint.patch("/<session_id>")
@blueprint.arguments(schemas.ChangeSchema)
@blueprint.arguments(schemas.MatchHeaders, location="headers")
@blueprint.response(200, schemas.SessionSchema)
def change(
    body: dict[str, Any], headers: dict[str, Any], session_id: str
) -> tuple[dict[str, Any], Headers]:
    """Change preferences; a plan that is there is made anew, unless only to be shared.

    With `shared` the session has a `share_url`, where all may look at the plan.
    """
    etag = headers["if_match"]
    session = services().conversation.change_preferences(
        session_id,
        owner(),
        body["preferences"],
        expected_version=int(etag.strip('"')) if etag else None,
    )
    return told(session, owner()), _etag(session)


@blueprint.put("/<session_id>/keeping")
@blueprint.arguments(schemas.KeepingSchema)
@blueprint.response(200, schemas.SessionSchema)
def keep(body: dict[str, bool], session_id: str) -> tuple[dict[str, Any], Headers]:
    """Keep a session for longer after its last use, or only as usual again.

    422 where none is kept for longer. See its `expires_at` and `ends_at`.
    """
    session = services().conversation.keep(session_id, owner(), body["kept"])
    return told(session, owner()), _etag(session)


@blueprint.delete("/<session_id>")
@blueprint.response(204)
def delete(session_id: str) -> None:
    """Delete a session with all that was said in it."""
    services().conversation.delete(session_id, owner())


@blueprint.get("/<session_id>/messages")
@blueprint.arguments(schemas.PageQuery, location="query")
@blueprint.response(200, schemas.MessagePageSchema)
def list_messages(query: dict[str, Any], session_id: str) -> dict[str, Any]:
    """A page of the conversation, oldest first; older ones by `next_before`."""
    messages: list[Message] = services().conversation.messages(
        session_id, owner(), **query
    )
    older = messages and messages[0].seq > 1
    return {"messages": messages, "next_before": messages[0].seq if older else None}


@blueprint.post("/<session_id>/messages")
@blueprint.arguments(schemas.SaySchema)
@blueprint.arguments(schemas.KeyHeaders, location="headers")
@blueprint.response(201, schemas.TurnSchema)
@blueprint.alt_response(200, schema=schemas.TurnSchema, description="said before")
def say(body: dict[str, str], headers: dict[str, Any], session_id: str) -> Response:
    """Say something; the answer, and what it did to the plan, are stored."""
    turn = services().conversation.send(
        session_id,
        body["text"],
        headers["idempotency_key"] or str(uuid.uuid4()),
        owner_hash=owner(),
    )
    return _told(turn)


@blueprint.post("/<session_id>/acts")
@blueprint.arguments(schemas.ActsSchema)
@blueprint.arguments(schemas.ActHeaders, location="headers")
@blueprint.response(201, schemas.TurnSchema)
@blueprint.alt_response(200, schema=schemas.TurnSchema, description="sent before")
def act(
    body: dict[str, tuple[Act, ...]], headers: dict[str, Any], session_id: str
) -> Response:
    """Carry out acts, all of them or none, and keep them as a turn.

    What reaches further than it says is not done but proposed: send `confirm`. So it
    is with acts for an older version of the session, by If-Match.
    """
    etag = headers["if_match"]
    turn = services().conversation.act(
        session_id,
        body["acts"],
        headers["idempotency_key"] or str(uuid.uuid4()),
        owner_hash=owner(),
        expected_version=int(etag.strip('"')) if etag else None,
        strict=True,
    )
    return _told(turn)


@blueprint.get("/<session_id>/versions")
@blueprint.arguments(schemas.VersionsQuery, location="query")
@blueprint.response(200, schemas.VersionsSchema)
def list_versions(query: dict[str, int], session_id: str) -> Any:
    """What preferences and plan were, and what each change changed.

    An older version comes again by the act `restore`, as a new one.
    """
    return services().conversation.versions(session_id, owner(), **query)


@blueprint.get("/<session_id>/itinerary")
@blueprint.response(200, plan_schemas.ItinerarySchema)
def read_itinerary(session_id: str) -> Any:
    """The plan, day by day; 404 while there is none."""
    session = services().conversation.trip(session_id, owner(), history=0)
    plan = session.itinerary
    if plan is None:
        abort(404, "There is no itinerary yet. Tell where to and for how long.")
    checks = services().checks(session)
    text = services().recent.of(
        "itinerary",
        session,
        [checks],
        lambda: current_app.json.dumps(
            plan_schemas.ItinerarySchema().dump(planned(plan, checks))
        ),
    )
    return current_app.response_class(f"{text}\n", mimetype="application/json")


@blueprint.get(f"/<session_id>/itinerary.{KIND}")
@blueprint.arguments(schemas.ExportQuery, location="query")
@blueprint.response(200, description="the file")
@blueprint.doc(responses={200: {"content": FILES}})
def export(query: dict[str, Any], session_id: str, kind: str) -> Response:
    """The plan as a calendar, GPX, GeoJSON or Markdown; 404 while there is none."""
    file = services().conversation.export(session_id, owner(), kind, **query)
    return as_download(file)


@mine.get("")
@mine.response(200, schemas.MyDataSchema)
def read_my_data() -> dict[str, Any]:
    """All that is kept of you: your sessions with all messages, plans and versions."""
    return my_data(owner())


@mine.post("")
@mine.arguments(schemas.SavedDataSchema)
@mine.response(201, schemas.OpenedSchema)
def open_my_data(_: dict[str, Any]) -> dict[str, Any]:
    """Open what was taken away by GET, as new sessions of yours.

    `lost_plan` tells of a plan whose places are no longer known.
    """
    opened = open_saved(request.get_data(), owner())  # parsed again, by its own types
    return {
        "sessions": [
            {"session_id": key, "lost_plan": trip.lost_plan}
            for key, trip in opened.items()
        ]
    }


@mine.delete("")
@mine.response(200, schemas.ErasedSchema)
def erase_my_data() -> dict[str, int]:
    """Delete all your sessions, for good."""
    return {"erased": erase(services().storage, owner())}


@mine.post("/token")
@mine.response(201, schemas.TokenSchema)
def renew_token() -> dict[str, str]:
    """Sign out everywhere: a new token opens your sessions, and the one that you send
    opens none any more.
    """
    owner()
    return {"token": renew_secret()}


def _told(turn: Turn) -> Response:
    text = msgspec.json.encode(turn_told(turn))
    status = 200 if turn.replayed else 201
    return Response(text, status, mimetype="application/json")


def _etag(session: TripSession) -> Headers:
    return {"ETag": f'"{session.version}"'}
