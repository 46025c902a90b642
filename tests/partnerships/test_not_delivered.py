"""Whoever invited sees that the mail could not be delivered, why, and what to do; nobody else does."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.services.people import Name
from core import outbox
from core.models import OutgoingMail
from partnerships.actors import actor_of, actor_of_person
from partnerships.enums import JoinRequestKind
from partnerships.presenters import next_steps as partnership_steps
from partnerships.services import memberships
from students.presenters import next_steps as student_steps
from students.presenters.enrolments import enrolment_url
from tests.core.scripted import scripted
from tests.factories.accounts import InvitationFactory, UserFactory
from tests.factories.core import OutgoingMailFactory
from tests.factories.partnerships import (
    GroupSeatFactory,
    JoinRequestFactory,
    MembershipFactory,
    OrganisationFactory,
)
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory
from tests.helpers import login
from tests.roles import Around, people

pytestmark = pytest.mark.django_db
NAME = Name(first_name="Kim", last_name="Weg")
NO_ADDRESS = (
    "Kon niet worden bezorgd: het adres bestaat niet. Verbeter het adres of verstuur de uitnodiging opnieuw."
)


@pytest.fixture
def refusing(settings, socket_enabled):
    """A mail server that knows no address."""
    settings.EMAIL_BACKEND = "core.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    with scripted() as server:
        settings.EMAIL_PORT = server.port
        server.moment, server.fault = "rcpt", "550"
        yield server


@pytest.fixture
def manager():
    return MembershipFactory(role=Role.MANAGER)


def invited(manager):
    return memberships.invite(
        organisation_id=manager.organisation_id,
        email="weg@zorg.example",
        role=Role.SUPERVISOR,
        by=actor_of_person(manager.person_id),
        name=NAME,
    )


def people_pages(client, manager, row):
    slug = manager.organisation.slug
    person = row.invitation.person.public_id
    yield client.get(reverse("partnerships:people-list", args=[slug])).content.decode()
    yield client.get(reverse("partnerships:person-detail", args=[slug, person])).content.decode()


def titles(manager):
    actor = actor_of_person(manager.person_id)
    return [str(step.title) for step in partnership_steps.for_manager(actor, manager.organisation_id)]


def test_manager_sees_it_until_it_is_sent_again(client, manager, refusing):
    login(client, manager.person.user)
    row = invited(manager)
    assert all("Kon niet" not in page for page in people_pages(client, manager, row))
    outbox.deliver_due()
    assert all(NO_ADDRESS in page for page in people_pages(client, manager, row))
    assert titles(manager) == ["De uitnodiging voor Kim Weg kon niet worden bezorgd"]
    by = actor_of_person(manager.person_id)
    memberships.renew_invitation(invitation_id=row.invitation_id, by=by, read=None)
    assert all("Kon niet" not in page for page in people_pages(client, manager, row))
    assert titles(manager) == []


def test_mail_that_came_back_after_it_went_is_the_same(client, manager):
    row = invited(manager)
    login(client, manager.person.user)
    gone = {"state": "failed", "trouble": "full", "body": "", "link": ""}
    OutgoingMail.objects.filter(person=row.invitation.person).update(**gone)
    assert all("de mailbox is vol" in page for page in people_pages(client, manager, row))
    by = actor_of_person(manager.person_id)
    memberships.renew_invitation(invitation_id=row.invitation_id, by=by, read=None)
    assert all("de mailbox is vol" not in page for page in people_pages(client, manager, row))
    states = sorted(OutgoingMail.objects.values_list("state", flat=True))
    assert states == ["cancelled", "queued"]


def test_answered_or_withdrawn_invitation_asks_nothing(client, manager):
    row = invited(manager)
    OutgoingMail.objects.update(state="failed", trouble="no_address")
    by = actor_of_person(manager.person_id)
    memberships.revoke_invitation(invitation_id=row.invitation_id, by=by, read=None)
    login(client, manager.person.user)
    assert titles(manager) == []
    assert all("Kon niet" not in page for page in people_pages(client, manager, row))


def test_other_mails_to_that_person_say_nothing_of_the_invitation(client, manager):
    row = invited(manager)
    OutgoingMailFactory(person=row.invitation.person, state="failed", to_email=row.invitation.email)
    login(client, manager.person.user)
    assert titles(manager) == []


def test_administrator_sees_it_of_a_first_manager(client, settings, refusing):
    settings.ADMIN_NEEDS_SECOND_STEP = False
    administrator = UserFactory(is_staff=True)
    login(client, administrator)
    memberships.invite_first_manager(
        organisation_id=OrganisationFactory().pk,
        email="weg@zorg.example",
        name=NAME,
        by=actor_of(administrator),
    )
    outbox.deliver_due()
    assert NO_ADDRESS in client.get(reverse("partnerships:first-manager-list")).content.decode()


def test_coordinator_sees_it_of_a_seat_and_who_sits_there_does_not(client):
    invitation = InvitationFactory()
    seat = GroupSeatFactory(person=invitation.person, invitation=invitation)
    failed(invitation)
    partnership = seat.group.partnership
    page = reverse("partnerships:group-detail", args=[seat.group.public_id])
    login(client, people(["coordinator"], Around(partnership=partnership))["coordinator"])
    assert NO_ADDRESS in client.get(page).content.decode()
    login(client, people(["chair"], Around(group=seat.group))["chair"])
    answer = client.get(page)
    assert (answer.status_code, NO_ADDRESS in answer.content.decode()) == (200, False)


def test_coordinator_sees_it_of_a_first_manager_where_an_organisation_was_invited(client, refusing):
    asked = JoinRequestFactory(kind=JoinRequestKind.INVITED)
    coordinator = people(["coordinator"], Around(partnership=asked.partnership))["coordinator"]
    login(client, coordinator)
    invite = {"organisation_id": asked.organisation_id, "email": "weg@zorg.example", "name": NAME}
    memberships.invite_first_manager(**invite, by=actor_of(coordinator))
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "weg@zorg.example" in page
    assert "Kon niet" not in page
    outbox.deliver_due()
    assert NO_ADDRESS in client.get(asked.get_absolute_url()).content.decode()


def failed(invitation):
    return OutgoingMailFactory(
        person=invitation.person,
        kind="accounts.invitation",
        to_email=invitation.email,
        state="failed",
        trouble="no_address",
    )


@pytest.fixture
def enrolment():
    invitation = InvitationFactory()
    return EnrolmentFactory(student__person=invitation.person, student__invitation=invitation)


def test_teacher_sees_it_of_a_student(client, enrolment):
    failed(enrolment.student.invitation)
    teacher = CohortTeacherFactory(cohort=enrolment.cohort).membership.person
    login(client, teacher.user)
    school = enrolment.cohort.programme.school
    page = client.get(enrolment_url(enrolment.cohort, enrolment)).content.decode()
    assert NO_ADDRESS in page
    (step,) = [
        step
        for step in student_steps.for_teacher(actor_of_person(teacher.pk), school.pk)
        if step.kind == "undelivered"
    ]
    assert step.title == "Een uitnodiging kon niet worden bezorgd"
    cohort = client.get(step.url)
    assert [row.pk for row in cohort.context["page"]] == [enrolment.pk]
    other = EnrolmentFactory(cohort=enrolment.cohort)
    assert "Kon niet" not in client.get(enrolment_url(enrolment.cohort, other)).content.decode()


def test_teacher_learns_of_an_own_account_only_that_mail_does_not_arrive(client):
    enrolment = EnrolmentFactory()
    person = enrolment.student.person
    mail = OutgoingMailFactory(
        person=person, to_email=person.address, kind="reminder_plan", state="failed", trouble="full"
    )
    login(client, CohortTeacherFactory(cohort=enrolment.cohort).membership.person.user)
    page = client.get(enrolment_url(enrolment.cohort, enrolment)).content.decode()
    assert "De laatste mail kwam niet aan." in page
    assert "vol" not in page.split("De laatste mail kwam niet aan.")[1][:120]
    OutgoingMailFactory(person=person, to_email=person.address, state="sent", sent_at=mail.created_at)
    page = client.get(enrolment_url(enrolment.cohort, enrolment)).content.decode()
    assert "De laatste mail kwam niet aan." not in page
