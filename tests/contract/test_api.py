"""The API answers as its own description says: Schemathesis asks what nobody would think of.

Fixed seed, bounded examples, in this process, against a small network; part of ``make check``.
"""

import hypothesis
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.factories.directory import BANDUNG, full_profile, organisation, profile, registered

EXAMPLES = 12
load_all_checks()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def described(reference, settings):
    """Return the API of a small network, as its own description has it."""
    settings.API_RATE = 1_000_000
    registered(full_profile())
    registered(profile(name="Sol Bandung", region=BANDUNG))
    registered(organisation())
    # As Django's own test client does: the connection holds the test's transaction.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


PATHS = ["businesses", "businesses/{number}", "regions", "vocabulary"]


#: Any text may be asked for as a number, so no number is against the description.
CASES = [
    (path, mode)
    for path in PATHS
    for mode in schemathesis.GenerationMode
    if not (mode == schemathesis.GenerationMode.NEGATIVE and "{" in path)
]


@pytest.mark.parametrize(("path", "mode"), CASES)
def test_every_answer_is_as_described(described, path, mode):
    operation = described[f"/api/v1/{path}"]["GET"]

    @hypothesis.given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answers(case):
        # Codes are data: one that nobody knows fits the description and is refused.
        case.call_and_validate(
            headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance]
        )

    answers()


def test_every_address_is_asked(described):
    asked = {f"/api/v1/{path}" for path in PATHS}

    assert {operation.ok().path for operation in described.get_all_operations()} == asked


def test_the_checks_that_matter_are_among_them():
    assert {
        *("not_a_server_error", "status_code_conformance", "content_type_conformance"),
        *("response_schema_conformance", "negative_data_rejection", "unsupported_method"),
    } <= set(CHECKS.get_all_names())
