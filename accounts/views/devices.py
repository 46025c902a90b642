"""Where one is signed in."""

from __future__ import annotations

from typing import Any

from allauth.usersessions.views import ListUserSessionsView

from accounts.models import SecurityEvent
from accounts.queries.devices import devices_of

MOST_EVENTS = 20


class DeviceListView(ListUserSessionsView):
    """allauth's page and form, with a list that costs the same for one device and for many."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # Skips allauth's own method, which asks the database three times for each session.
        context = super(ListUserSessionsView, self).get_context_data(**kwargs)
        sessions = devices_of(self.request.user)
        events = SecurityEvent.objects.of(self.request.user.person)[:MOST_EVENTS]
        return context | {"sessions": sessions, "session_count": len(sessions), "events": events}


device_list = DeviceListView.as_view()
