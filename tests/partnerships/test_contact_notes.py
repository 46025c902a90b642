"""Contact with an employer that signed up: the log, the next step, and that it is among the tasks on its day."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import Error, IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from core.models import FieldChange
from partnerships.enums import MemberRole, SignUpState
from partnerships.models import ContactNote, SignUp
from partnerships.presenters.next_steps import for_coordinator
from partnerships.services import contact_notes as service
from tests.factories.partnerships import (
    ContactNoteFactory,
    MemberFactory,
    PartnershipFactory,
    SignUpFactory,
)
from tests.helpers import coordinating, login, member, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def coordinator(client, partnership):
    lead = MemberFactory(partnership=partnership, role=MemberRole.LEAD).organisation
    user = member(lead, Role.COORDINATOR)
    login(client, user)
    return user


def talking(partnership, **facts):
    facts = {"state": SignUpState.TALKING, "confirmed_at": timezone.now(), **facts}
    return SignUpFactory(call__partnership=partnership, **facts)


def url_of(name, sign_up):
    here = [sign_up.call.partnership.slug, sign_up.public_id]
    return reverse(f"partnerships:coordination-{name}", args=here)


def in_days(number):
    return (today() + timedelta(days=number)).isoformat()


def test_contact_and_next_step_are_written_down_and_shown(client, partnership, coordinator):
    sign_up = talking(partnership, organisation_name="Zorgtuin")
    data = {"day": in_days(-1), "kind": "called", "text": "Wil eerst overleggen"}
    data |= {"next_step": "Opnieuw bellen", "next_step_on": in_days(3)}
    press(client, url_of("contact-add", sign_up), sign_up, data)
    note = ContactNote.objects.get()
    assert (note.kind, note.day, note.by) == ("called", today() - timedelta(days=1), coordinator.person)
    page = client.get(url_of("sign-up", sign_up)).content.decode()
    assert "Wil eerst overleggen" in page
    assert "Opnieuw bellen" in page
    listed = client.get(sign_up.call.get_absolute_url())
    assert "Opnieuw bellen" not in listed.content.decode()  # the public page tells nothing of it
    pipeline = reverse("partnerships:coordination-call", args=[partnership.slug, sign_up.call.slug])
    shown = client.get(pipeline)
    assert "Opnieuw bellen" in shown.content.decode()
    assert next(iter(shown.context["page"])).last_contact == note.day
    assert FieldChange.objects.get(field="next_step_on").by == coordinator.person


def test_next_step_is_a_task_from_its_day_until_contact_is_written_down(partnership):
    by = coordinating(partnership)
    sign_up = talking(
        partnership,
        organisation_name="Zorgtuin",
        next_step="Bellen",
        next_step_on=today() + timedelta(days=2),
    )
    assert for_coordinator(by, partnership.pk) == []
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        (step,) = for_coordinator(by, partnership.pk)
        assert (step.title, step.kind, step.due) == ("Bellen: Zorgtuin", "contact", sign_up.next_step_on)
        assert step.url.endswith("#contact")
        service.note(sign_up_id=sign_up.pk, by=by, day=today(), kind="called", read=None)
        assert for_coordinator(by, partnership.pk) == []


def test_who_dropped_out_asks_nothing_any_more(partnership):
    talking(partnership, state=SignUpState.DROPPED_OUT, next_step="Bellen", next_step_on=today())
    assert for_coordinator(coordinating(partnership), partnership.pk) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"day": ""}, "day"),
        ({"day": in_days(1)}, "day"),
        ({"day": "morgen"}, "day"),
        ({"kind": "geroepen"}, "kind"),
        ({"text": "x" * 501}, "text"),
        ({"text": "bsn 111222333"}, "text"),
        ({"next_step": "Bellen"}, "next_step_on"),
        ({"next_step_on": in_days(2)}, "next_step"),
        ({"next_step": "Bellen", "next_step_on": in_days(-2)}, "next_step_on"),
        ({"next_step": "Bellen", "next_step_on": "9999-01-01"}, "next_step_on"),
    ],
)
def test_wrong_notes_are_said_and_nothing_typed_is_lost(client, partnership, coordinator, changes, field):
    sign_up = talking(partnership)
    data = {"day": in_days(0), "kind": "mailed", "text": "Blijft staan", **changes}
    page = press(client, url_of("contact-add", sign_up), sign_up, data)
    assert list(page.context["note_form"].errors) == [field]
    assert "Blijft staan" in page.content.decode() or field == "text"
    assert not ContactNote.objects.exists()


def test_next_step_that_someone_else_wrote_meanwhile_is_read_first(client, partnership, coordinator):
    sign_up = talking(partnership)
    data = {"day": in_days(0), "kind": "mailed"}
    SignUp.objects.filter(pk=sign_up.pk).update(next_step="Van een ander", next_step_on=today())
    late = client.post(url_of("contact-add", sign_up), {**data, "read": str(sign_up.row_version)})
    assert "Er is iets gewijzigd" in late.content.decode()
    assert not ContactNote.objects.exists()
    press(client, url_of("contact-add", sign_up), sign_up, data)
    assert ContactNote.objects.count() == 1


def test_database_keeps_a_note_as_it_was_written_and_a_step_with_its_day():
    note = ContactNoteFactory()
    with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE partnerships_contactnote SET text = 'anders' WHERE id = %s", [note.pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        SignUp.objects.filter(pk=note.sign_up_id).update(next_step="Bellen", next_step_on=None)


def test_nothing_is_noted_of_an_address_that_nobody_confirmed(partnership):
    sign_up = talking(partnership, confirmed_at=None)
    with pytest.raises(ValidationError):
        service.note(sign_up_id=sign_up.pk, by=coordinating(partnership), day=today(), kind="met", read=None)


@pytest.mark.parametrize("item_count", [1, 3])
def test_log_costs_the_same(client, partnership, coordinator, fetched_in, item_count):
    sign_up = talking(partnership)
    ContactNoteFactory.create_batch(item_count, sign_up=sign_up)
    response = fetched_in(11, url_of("sign-up", sign_up))
    assert len(response.context["notes"]) == item_count
