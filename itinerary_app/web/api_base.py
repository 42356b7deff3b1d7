"""What all parts of the JSON API share: how they read JSON, and who asks."""

from __future__ import annotations

from typing import Any

from flask import abort, request
from flask_smorest import Blueprint
from marshmallow import Schema
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Unauthorized

from itinerary_app.web.json_parser import JsonParser
from itinerary_app.web.security import current_owner


class ApiBlueprint(Blueprint):
    ARGUMENTS_PARSER = JsonParser(unknown=None)  # as the schemas have it

    def arguments(self, schema: type[Schema], **options: Any) -> Any:
        """As ever, by one schema for all requests: webargs makes one for each."""
        return super().arguments(schema(), **options)


def accept_json_only() -> None:
    if request.content_length and not request.is_json:
        abort(415, "Send JSON, with Content-Type: application/json.")


def owner() -> bytes:
    """Who asks. Raises Unauthorized."""
    if found := current_owner():
        return found
    raise unauthorized()


def unauthorized() -> Unauthorized:
    return Unauthorized(
        "Send the token of your session: Authorization: Bearer …",
        www_authenticate=WWWAuthenticate("bearer"),
    )
