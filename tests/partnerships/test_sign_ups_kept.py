"""How long a sign-up for a call is kept, and who gave it: the keeper takes both away in time."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Person, PersonalLink
from core.dates import today
from core.models import FieldChange, OutgoingMail
from partnerships.actors import actor_of_person
from partnerships.enums import SignUpState
from partnerships.models import SignUp
from partnerships.services import sign_ups as service
from tests.factories.partnerships import CallFactory, MembershipFactory, SignUpFactory
from tests.helpers import link_of, open_link
from tests.partnerships.signing_up import post

pytestmark = pytest.mark.django_db(transaction=True)  # the keeper has a connection of its own


def retain():
    out = StringIO()
    call_command("retain", stdout=out)
    told = json.loads(out.getvalue())
    return told["unconfirmed"] | told["call_contact"]


def test_unconfirmed_goes_after_30_days_with_who_gave_it(client):
    call = CallFactory(deadline=today() + timedelta(days=60))
    post(client, call)
    mail = OutgoingMail.objects.get()
    with time_machine.travel(timezone.now() + timedelta(days=22), tick=False):
        assert client.get(link_of(mail)).status_code == 404
        client.post(f"{link_of(mail)}nieuwe-link/")
        renewed = OutgoingMail.objects.get(kind="holder_link_renewed")
        assert client.get(open_link(client, renewed)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        assert retain() == {}
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        assert retain()["partnerships.SignUp deleted"] == 1
    assert (SignUp.objects.count(), Person.objects.count(), PersonalLink.objects.count()) == (0, 0, 0)


def test_contact_details_go_12_months_after_the_deadline_and_figures_stay():
    call = CallFactory(deadline=today() - timedelta(days=366))
    signed = {"confirmed_at": timezone.now(), "state": SignUpState.SIGNED}
    old = SignUpFactory(call=call, places=7, remark="Bel mij", **signed)
    SignUpFactory(call=call, places=3, **signed)
    young = SignUpFactory(confirmed_at=timezone.now())
    assert retain()["partnerships.SignUp blanked"] == 2
    assert retain() == {}
    name = old.organisation_name
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.contact_name, old.email, old.remark, old.organisation_name) == ("", "", "", name)
    assert young.email
    assert Person.objects.get() == young.contact
    assert call.sign_ups.all().figures()["firm_places"] == 10


def test_contact_who_is_known_otherwise_stays_known():
    call = CallFactory(deadline=today() - timedelta(days=366))
    sign_up = SignUpFactory(call=call, confirmed_at=timezone.now())
    MembershipFactory(person=sign_up.contact)
    assert retain()["partnerships.SignUp blanked"] == 1
    assert Person.objects.get(pk=sign_up.contact_id).first_name == "Noor"


def test_contact_who_changed_something_leaves_no_name_behind():
    over = CallFactory(deadline=today() - timedelta(days=366))
    sign_up = SignUpFactory(call=over, confirmed_at=timezone.now())
    service.change(sign_up_id=sign_up.pk, by=actor_of_person(sign_up.contact_id), places=3, read=None)
    retain()
    left = Person.objects.get(pk=sign_up.contact_id)
    assert (left.full_name, left.address) == ("iemand die is gewist", "")
    assert FieldChange.objects.get(field="places").by == left
