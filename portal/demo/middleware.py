"""The demo is for the person at this machine."""

from collections.abc import Callable
from ipaddress import ip_address

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

from portal.demo import mark


class LoopbackOnlyMiddleware:
    """Refuses to start on a database without the demo's mark, and to answer anyone from elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not mark.is_marked():
            raise ImproperlyConfigured(
                "settings.demo: this database carries no demo mark (seed_demo writes it)"
            )
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        from_here = ip_address(request.META["REMOTE_ADDR"]).is_loopback
        if not from_here or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
            return HttpResponseForbidden("The demo answers this machine only.", content_type="text/plain")
        return self.get_response(request)
