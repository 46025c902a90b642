"""People take part in an initiative by their own yes, are let in, see its inner page, and stop whenever they want."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core.models import OutgoingMail
from partnerships.models import Initiative, InitiativeParticipant
from partnerships.services import initiative_participants as service
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    InitiativeFactory,
    InitiativeParticipantFactory,
    MemberFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import acting, coordinating, login, member, press

pytestmark = pytest.mark.django_db
YES = {"kind": "student", "says_yes": "on"}


@pytest.fixture
def employer():
    return OrganisationFactory()


@pytest.fixture
def owner(employer):
    return member(employer, Role.CONTACT)


@pytest.fixture
def initiative(employer, owner):
    partnership = PartnershipFactory()
    MemberFactory(partnership=partnership, organisation=employer)
    return InitiativeFactory(partnership=partnership, slug="maatjes", title="Maatjes", owner=owner.person)


def url(name, *args):
    return reverse(f"partnerships:{name}", args=["maatjes", *args])


def text(client, address):
    return " ".join(client.get(address, follow=True).content.decode().split())


def mailed(kind):
    return {mail.to_email for mail in OutgoingMail.objects.filter(kind=kind)}


def test_e05_student_takes_part_by_the_own_yes_and_finds_it_on_the_first_page(client, initiative, owner):
    """Story E-05: the yes is kept, the teacher is told, the inner page opens, the first page shows it."""
    enrolment = EnrolmentFactory(student__person__user=UserFactory())
    teacher = CohortTeacherFactory(cohort=enrolment.cohort).membership.person
    student = enrolment.student.person.user
    login(client, student)
    assert url("initiative-participate") in text(client, initiative.get_absolute_url())
    assert client.get(url("initiative-inside")).status_code == 404
    assert (
        "Je doet alleen mee als je zelf ja zegt."
        in client.post(url("initiative-participate"), {"kind": "student"}).content.decode()
    )
    for _turn in range(2):
        client.post(url("initiative-participate"), YES)
    participant = InitiativeParticipant.objects.get()
    assert participant.consent.startswith("Ik doe vrijwillig mee.")
    assert mailed("party_initiative_person_asked") == {owner.email}
    assert not mailed("teacher_student_takes_part")
    login(client, owner)
    assert enrolment.student.full_name in text(client, url("initiative-inside"))
    for _turn in range(2):
        press(client, url("participant-accept", participant.public_id), participant)
    assert mailed("person_initiative_answered") == {student.email}
    assert mailed("teacher_student_takes_part") == {teacher.user.email}
    login(client, student)
    assert "Maatjes" in text(client, reverse("start"))
    inside = text(client, url("initiative-inside"))
    assert "Mijlpalen" in inside
    assert enrolment.student.full_name not in inside  # names are for who leads
    participant.refresh_from_db()
    press(client, url("participate-leave"), participant)
    assert client.get(url("initiative-inside")).status_code == 404
    assert mailed("party_initiative_person_left") == {owner.email}
    assert "Maatjes" not in text(client, reverse("start"))


@pytest.mark.parametrize("kind", ["client", "carer"])
def test_client_and_carer_take_part_too(client, initiative, kind):
    user = UserFactory()
    AffiliationFactory(person=user.person, partnership=initiative.partnership, kind=kind)
    login(client, user)
    client.post(url("initiative-participate"), {"kind": kind, "says_yes": "on"})
    participant = InitiativeParticipant.objects.get()
    assert (participant.kind, participant.state) == (kind, "asked")
    service.accept(participant_id=participant.pk, by=coordinating(initiative.partnership), read=None)
    assert client.get(url("initiative-inside")).status_code == 200


def test_whoever_leads_says_no_with_the_reason_and_the_person_reads_it(client, initiative, owner):
    participant = InitiativeParticipantFactory(initiative=initiative)
    login(client, owner)
    decline = url("participant-decline", participant.public_id)
    assert press(client, decline, participant, {"reason": ""}).status_code == 200
    press(client, decline, participant, {"reason": "De groep is vol."})
    mail = OutgoingMail.objects.get(kind="person_initiative_answered")
    assert "De groep is vol." in mail.body
    assert mail.to_email == participant.person.user.email


def test_nobody_asks_twice_or_where_it_is_over(initiative, employer):
    by = acting(employer, Role.CONTACT)
    ask = {"initiative_id": initiative.pk, "consent": "Ja.", "by": by}
    service.ask(kind="staff", **ask)
    with pytest.raises(ValidationError, match="Je doet al mee"):
        service.ask(kind="client", **ask)
    Initiative.objects.update(state="finished")
    InitiativeParticipant.objects.update(state="left")
    with pytest.raises(ValidationError, match="voorbij"):
        service.ask(kind="staff", **ask)


@pytest.mark.parametrize("wrong", [{"state": "joined"}, {"consent": ""}])
def test_taking_part_rests_on_a_yes_and_a_day(initiative, wrong):
    row = InitiativeParticipantFactory(initiative=initiative)
    with pytest.raises(IntegrityError), transaction.atomic():
        InitiativeParticipant.objects.filter(pk=row.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        InitiativeParticipantFactory(initiative=initiative, person=row.person)


def test_whoever_takes_part_sees_nothing_else_of_the_partnership(client, initiative):
    row = InitiativeParticipantFactory(initiative=initiative, state="joined", starts_on="2026-01-01")
    hidden = InitiativeFactory(partnership=initiative.partnership, slug="geheim", is_published=False)
    login(client, row.person.user)
    assert client.get(url("initiative-inside")).status_code == 200
    for name, key in (
        ("initiative-inside", hidden.slug),
        ("partnership-inside", initiative.partnership.slug),
        ("partnership-action-lines", initiative.partnership.slug),
    ):
        assert client.get(reverse(f"partnerships:{name}", args=[key])).status_code == 404
    assert client.get(url("initiative-participant", row.public_id)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_inner_page_costs_the_same_for_any_number(client, django_assert_num_queries, initiative, owner, rows):
    InitiativeParticipantFactory.create_batch(rows, initiative=initiative)
    login(client, owner)
    client.get(url("initiative-inside"))
    with django_assert_num_queries(12):
        client.get(url("initiative-inside"))
