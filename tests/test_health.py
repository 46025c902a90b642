import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from core import outbox
from tests.factories.core import OutgoingMailFactory


@pytest.mark.django_db
def test_readyz_with_all_servers_up_says_so(client):
    response = client.get(reverse("readyz"))
    parts = {"database": "ok", "cache": "ok", "mail": "ok"}
    assert (response.status_code, response.json()) == (200, {"ready": True, **parts})


@pytest.mark.django_db
def test_readyz_tells_since_when_mail_waits_that_no_worker_takes(client):
    due = timezone.now() - outbox.LATE_AFTER
    OutgoingMailFactory(due_at=due + dt.timedelta(minutes=1))
    OutgoingMailFactory(due_at=due - dt.timedelta(hours=1), state="failed")
    assert client.get(reverse("readyz")).json()["mail"] == "ok"
    OutgoingMailFactory(due_at=due - dt.timedelta(minutes=1))
    oldest = OutgoingMailFactory(due_at=due - dt.timedelta(minutes=9))
    response = client.get(reverse("readyz"))
    assert (response.status_code, response.json()["ready"]) == (200, True)
    assert response.json()["mail"] == f"late since {oldest.due_at:%Y-%m-%dT%H:%M}Z"


def test_livez_asks_no_database(client):
    response = client.get(reverse("livez"))
    assert (response.status_code, response.content) == (200, b"ok")
