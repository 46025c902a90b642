"""Where one is signed in."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.views import ListUserSessionsView
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import SecurityEvent
from accounts.presenters.sheets import DEVICES
from accounts.queries.devices import devices_of
from ui.pages import paginate_list
from ui.sheets import asked

MOST_EVENTS = 20


class DeviceListView(ListUserSessionsView):
    """allauth's page and form, with a list that costs the same for one device and for many."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The page with its list, or that as a file."""
        sessions = devices_of(self.request.user)
        if file := asked(request, sessions, DEVICES):
            return file
        page = paginate_list(request, sessions)
        self.extra_context = {"page": page, "session_count": len(sessions)}
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Skips allauth's own method, which asks the database three times for each session.
        context = super(ListUserSessionsView, self).get_context_data(**kwargs)
        events = SecurityEvent.objects.of(self.request.user.person)[:MOST_EVENTS]
        return context | {"events": events}


device_list = DeviceListView.as_view()
