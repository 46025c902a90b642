"""Puts the actor on the request of a signed-in person, read when first asked for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from partnerships.actors import actor_of


class ActorMiddleware:
    """`request.actor` for signed-in people; anonymous requests have none, so a rule cannot be asked by mistake."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            request.actor = SimpleLazyObject(lambda: actor_of(user))  # type: ignore[attr-defined]  # see ActorRequest
        return self.get_response(request)
