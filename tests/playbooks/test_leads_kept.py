"""How long it is kept who asked about a playbook: the keeper forgets in time."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Person
from tests.factories.playbooks import PlaybookLeadFactory

pytestmark = pytest.mark.django_db(transaction=True)  # the keeper has a connection of its own


def test_who_asked_is_forgotten_after_the_term():
    lead = PlaybookLeadFactory(consented_at=timezone.now() - timedelta(days=370), answer="60 uur")
    young = PlaybookLeadFactory()
    key = lead.contact_id
    call_command("retain", stdout=StringIO())
    lead.refresh_from_db()
    young.refresh_from_db()
    assert (lead.contact, lead.question, lead.answer) == (None, "", "")
    assert lead.organisation_name
    assert young.contact is not None
    assert not Person.objects.filter(pk=key).exists()
