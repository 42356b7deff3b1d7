"""What the API's description says holds for requests that are made up from it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable

import pytest
import schemathesis
from flask import Flask, Response, request
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, CheckContext, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from itinerary_app.app import create_app
from itinerary_app.config import Settings
from itinerary_app.web.errors import UNUSABLE

CASES, SEEDS = (2_000, 5) if os.environ.get("SOAK") else (300, 1)
KINDS = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
NOBODY = {"Authorization": "Bearer " + "n" * 43}


@pytest.fixture
def app() -> Flask:
    return create_app(
        Settings(environment="development", secret_key="s" * 32, storage_url="memory:")
    )


def what_fits_is_read(
    context: CheckContext, response: schemathesis.Response, case: Case
) -> None:
    """A wish may be impossible (422), but not for its form."""
    if case.meta and case.meta.generation.mode is GenerationMode.POSITIVE:
        assert UNUSABLE not in response.text


def probe(app: Flask, number: int) -> None:
    """Send what fits the description and what nearly does, to a trip with a plan."""
    client = app.test_client()
    wishes = {"city": "Agra", "duration_days": 1}
    begun = client.post("/api/v1/sessions", json={"preferences": wishes}).json
    mine = {"Authorization": f"Bearer {begun['token']}"}
    path = f"/api/v1/sessions/{begun['session_id']}/messages"
    client.post(path, json={"text": "A day in Agra"}, headers=mine)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    rejection = schema.config.checks.negative_data_rejection
    rejection.expected_statuses = [*rejection.expected_statuses, "413"]
    operations = [found.ok() for found in schema.get_all_operations()]

    def answered(case: Case) -> None:
        if "session_id" in case.path_parameters:
            case.path_parameters["session_id"] = begun["session_id"]
        if case.headers.get("Authorization"):
            case.headers.update(NOBODY if case.method == "DELETE" else mine)
        case.headers["Accept-Encoding"] = "identity"  # the client reads no other
        case.call_and_validate(
            excluded_checks=[positive_data_acceptance],
            additional_checks=[what_fits_is_read],
        )

    for operation in operations:
        for kind in KINDS:
            limits = settings(
                max_examples=max(2, CASES // len(operations) // len(KINDS)),
                deadline=None,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            strategy = operation.as_strategy(generation_mode=kind)
            limits(seed(number)(given(strategy)(answered)))()


@pytest.mark.parametrize("number", range(SEEDS))
def test_answers_are_as_described(app: Flask, number: int) -> None:
    """No request gets an answer, a status or a type that the description lacks."""
    probe(app, number)


def a_number_as_text(answer: Response) -> Response:
    if answer.is_json and isinstance(answer.json, dict):
        told = answer.json | {"version": str(answer.json.get("version"))}
        answer.data = json.dumps(told)
    return answer


def an_error_as_page(answer: Response) -> Response:
    if answer.status_code == 422:
        answer.content_type = "text/html"
    return answer


def a_crash(answer: Response) -> Response:
    if request.method == "PATCH":
        answer.status_code = 500
    return answer


@pytest.mark.parametrize("fault", [a_number_as_text, an_error_as_page, a_crash])
def test_faults_are_found(app: Flask, fault: Callable[[Response], Response]) -> None:
    """An answer that breaks the description is found."""
    app.after_request(fault)
    with pytest.raises(FailureGroup):
        probe(app, 0)
