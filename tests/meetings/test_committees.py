"""What a meeting decides on more than itself: a committee with its mandate, and the kick-off of a call."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import versions
from core.dates import today
from core.models import OutgoingMail
from meetings.models import Attendance, Decision, Meeting
from meetings.services import meetings as service
from partnerships.actors import actor_of
from partnerships.models import Group, SignUp
from tests.factories.meetings import AgendaItemFactory, DecisionFactory, MeetingFactory
from tests.factories.partnerships import (
    CallFactory,
    CooperationVersionFactory,
    GroupFactory,
    GroupSeatFactory,
    SignUpFactory,
)
from tests.helpers import edit, login, open_link

pytestmark = pytest.mark.django_db


def text_of(client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


@pytest.fixture
def steering(table):
    group = GroupFactory(partnership=table.partnership, kind="steering")
    seat = {"group": group, "organisation": table.employer, "is_chair": True}
    GroupSeatFactory(person=table.chair.person, **seat)
    return group


@pytest.fixture
def item(steering):
    return AgendaItemFactory(meeting=MeetingFactory(group=steering, held=True))


def committee(**typed) -> dict[str, str]:
    day = today() + timedelta(days=90)
    usual = {"name": "Comité SROI", "mandate": "Zoekt uit wat telt voor SROI.", "ends_on": f"{day:%d-%m-%Y}"}
    return usual | {"text": "Een klein comité zoekt het uit.", "reason": "Dat gaat sneller."} | typed


def page_of(item) -> str:
    return reverse("meetings:item-commission", args=[item.public_id])


def test_d10_steering_group_sets_up_a_committee_with_mandate_and_end_date_by_decision(client, table, item):
    """Story D-10: the mandate is visible to all members."""
    login(client, table.chair)
    assert page_of(item) in text_of(client, item.meeting.get_absolute_url())
    assert edit(client, page_of(item), committee()).status_code == 302
    group = Group.objects.get(kind="committee")
    decision = Decision.objects.get()
    assert (decision.about_group, decision.item) == (group, item)
    assert (group.partnership, group.ends_on) == (table.partnership, today() + timedelta(days=90))
    login(client, table.contact)
    url = reverse("partnerships:partnership-groups", args=[table.partnership.slug])
    assert "Zoekt uit wat telt voor SROI." in text_of(client, url)


@pytest.mark.parametrize(("field", "value"), [("mandate", ""), ("ends_on", ""), ("ends_on", "01-01-2020")])
def test_a_committee_has_a_mandate_and_an_end_that_is_to_come(client, table, item, field, value):
    login(client, table.chair)
    answer = edit(client, page_of(item), committee(**{field: value}))
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert not Decision.objects.exists()


def test_chair_of_another_group_sets_up_no_committee(client, table):
    item = AgendaItemFactory(meeting=MeetingFactory(group=table.group, held=True))
    login(client, table.chair)
    assert client.get(page_of(item)).status_code == 403
    assert page_of(item) not in text_of(client, item.meeting.get_absolute_url())


def test_c04_all_partners_and_pledged_employers_are_asked_to_the_kick_off_of_a_call(client, table):
    """Story C-04: attendance and agreements belong to the pilot, and stand with its call."""
    call = CallFactory(partnership=table.partnership)
    pledged = SignUpFactory(call=call, state="pledged", confirmed_at=timezone.now())
    SignUpFactory(call=call, state="interest", confirmed_at=timezone.now())
    login(client, table.coordinator)
    url = reverse("meetings:call-kick-off", args=[table.partnership.slug, call.slug])
    own = reverse("partnerships:coordination-call", args=[table.partnership.slug, call.slug])
    assert url in text_of(client, own)
    day = today() + timedelta(days=14)
    typed = {
        "title": "Kick-off",
        "day": f"{day:%d-%m-%Y}",
        "starts": "10:00",
        "ends": "12:00",
        "place": "Utrecht",
    }
    assert edit(client, url, typed).status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.call, meeting.kind) == (call, "kick_off")
    assert [row.title for row in meeting.items.all()] == [
        "Hoe we samenwerken",
        "Welke resultaten we verwachten",
    ]
    assert client.get(url).url == meeting.get_absolute_url()  # a call has one

    invite = reverse("meetings:meeting-invite", args=[meeting.public_id])
    people = [one.person.pk for one in client.get(invite).context["people"]]
    by = actor_of(table.coordinator)
    service.invite(meeting_id=meeting.pk, people=people, by=by, read=versions.of(meeting))
    mails = {mail.to_email: mail for mail in OutgoingMail.objects.filter(kind="invited_meeting_planned")}
    assert {pledged.contact.address, table.coordinator.email} <= set(mails)
    assert len(mails) == len(people)
    client.logout()
    page = open_link(client, mails[pledged.contact.address])
    attendance = Attendance.objects.get(person=pledged.contact)
    client.post(page, {"answer": "yes", "read": versions.of(attendance)})
    attendance.refresh_from_db()
    assert attendance.answer == "yes"

    past = timezone.now() - timedelta(hours=3)
    Meeting.objects.update(starts_at=past, ends_at=past + timedelta(hours=2))
    service.hold(meeting_id=meeting.pk, by=by, read=versions.of(Meeting.objects.get()))
    login(client, table.coordinator)
    first = meeting.items.order_by("position")[0]
    said = {"text": "Elke werkplaats heeft een vaste docent."}
    client.post(reverse("meetings:item-decide", args=[first.public_id]), said)
    assert "Elke werkplaats heeft een vaste docent." in text_of(client, own)


def test_employer_that_dropped_out_cannot_answer_the_kick_off_any_more(client, table):
    call = CallFactory(partnership=table.partnership)
    row = SignUpFactory(call=call, state="signed", confirmed_at=timezone.now())
    meeting = MeetingFactory(partnership=table.partnership, call=call, kind="kick_off")
    Attendance.objects.create(meeting=meeting, person=row.contact)
    assert Attendance.objects.sitting().exists()
    SignUp.objects.update(state="dropped_out")
    assert not Attendance.objects.sitting().exists()


def test_decision_is_about_a_version_of_the_cooperation_agreement_and_nothing_else(client, table, item):
    version = CooperationVersionFactory(partnership=table.partnership)
    elsewhere = CooperationVersionFactory()
    login(client, table.coordinator)
    url = reverse("meetings:item-decide", args=[item.public_id])
    said = {"text": "De overeenkomst geldt een jaar langer."}
    assert client.post(url, said | {"cooperation": elsewhere.pk}).status_code == 200
    both = said | {"cooperation": version.pk, "about_group": table.group.pk}
    assert client.post(url, both).status_code == 200
    assert client.post(url, said | {"cooperation": version.pk}).status_code == 302
    assert Decision.objects.get().cooperation == version
    said_of = text_of(client, item.meeting.get_absolute_url())
    assert f"Samenwerkingsovereenkomst, versie {version.number}" in said_of
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(item=item, cooperation=version, about_group=table.group)
