"""For the process manager and the load balancer; neither says anything about people."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core import outbox
from portal.cache import ForgivingRedisCache


@login_not_required
@require_safe
@never_cache
def livez(_request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nothing of the database: a restart would not bring that back."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Ready for visitors when the database answers; without cache or workers pages work, so that is only told."""
    parts = {"database": _database(), "cache": _cache()}
    ready = parts["database"] == "ok"
    if ready:
        parts["mail"] = _mail()
    response = JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)
    if not ready:
        response.headers["Retry-After"] = "5"
    return response


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "down"
    return "ok"


def _mail() -> str:
    """Mail that should have gone minutes ago tells of workers that are away or have no end of work."""
    try:
        since = outbox.late_since()
    except DatabaseError:
        return "unknown"
    return "ok" if since is None else f"late since {since:%Y-%m-%dT%H:%MZ}"


def _cache() -> str:
    backend = caches["default"]
    return "ok" if isinstance(backend, ForgivingRedisCache) and backend.answers() else "down"
