"""Two addresses for machines: does this process answer, and can it serve people.

Neither says anything about a person, so both are open to everyone; a monitor needs no account.
"""

from functools import cache
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ifn.jobs.queries import silence_of_workers


@login_not_required
@never_cache
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """Answer without asking anything else, not even the database."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when pages can be served, else 503 with the reasons.

    ``worker_seen_seconds_ago`` is there for an alarm; a missing worker delays messages, but pages
    are served without one, so it is no reason for 503.
    """
    try:
        missing = sorted(_leaves() - set(MigrationRecorder(connection).applied_migrations()))
        silence = None if missing else silence_of_workers(timezone.now())
    except Error:
        return _refusal(["database out of reach"])
    if missing:
        return _refusal([f"migration not applied: {app}.{name}" for app, name in missing])
    seconds = None if silence is None else round(silence.total_seconds())
    return JsonResponse({"status": "ok", "worker_seen_seconds_ago": seconds})


# What ifn.accounts.access writes on a view; that room stands above this one.
alive.access = ready.access = "everyone"  # type: ignore[attr-defined]


def _refusal(reasons: list[str]) -> HttpResponse:
    return JsonResponse(
        {"status": "not ready", "reasons": reasons}, status=HTTPStatus.SERVICE_UNAVAILABLE
    )


@cache
def _leaves() -> frozenset[tuple[str, str]]:
    """Return the last migration of every app, as the code of this process has them."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
