"""People come and go: invitations become memberships, the last manager stays."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import Invitation
from accounts.services import invitations
from accounts.services.people import Name
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.models import Membership
from partnerships.services import memberships as service
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    MembershipFactory,
    MembershipInvitationFactory,
    OrganisationFactory,
)
from tests.helpers import acting, member, side_by_side

pytestmark = pytest.mark.django_db


def link_token() -> str:
    """The token in the newest mail."""
    text = OutgoingMail.objects.latest("pk").body
    return text.split("/uitnodiging/")[1].split("/")[0]


def test_accepted_invitation_gives_the_role_with_its_flags():
    organisation = OrganisationFactory()
    manager = acting(organisation, Role.MANAGER)
    service.invite(
        organisation_id=organisation.pk,
        email="Joke@zorg.example",
        role=Role.SUPERVISOR,
        name=NAME,
        by=manager,
        may_consent=True,
    )
    user = invitations.accept_as_new(
        token=link_token(), first_name="Joke", last_name="Veldstra", password="een-lang-wachtwoord"
    )
    row = Membership.objects.get(person__user=user)
    mandate = row.mandates.get()
    assert (row.organisation, row.role) == (organisation, Role.SUPERVISOR)
    assert (mandate.kind, mandate.given_by_id, mandate.starts_on) == ("consent", manager.person_id, today())


def test_accepting_with_an_account_adds_a_role_beside_the_old_one():
    user = member(OrganisationFactory(), Role.TEACHER)
    organisation = OrganisationFactory()
    manager = acting(organisation, Role.MANAGER)
    service.invite(
        organisation_id=organisation.pk,
        email=user.email,
        role=Role.CONTACT,
        name=NAME,
        by=manager,
    )
    invitations.accept(token=link_token(), user=user, digest=None)
    assert set(user.person.memberships.values_list("role", flat=True)) == {Role.TEACHER, Role.CONTACT}


def test_second_invitation_to_the_same_role_is_refused():
    organisation = OrganisationFactory()
    manager = acting(organisation, Role.MANAGER)
    service.invite(
        organisation_id=organisation.pk,
        email="a@zorg.example",
        role=Role.CONTACT,
        name=NAME,
        by=manager,
    )
    with pytest.raises(ValidationError):
        service.invite(
            organisation_id=organisation.pk,
            email="A@zorg.example",
            role=Role.CONTACT,
            name=NAME,
            by=manager,
        )
    assert organisation.invitations.count() == 1


def test_end_closes_the_role_today():
    row = MembershipFactory(role=Role.CONTACT)
    service.end(membership_id=row.pk, by=actor_of(row.person.user), read=None)
    assert not Membership.objects.running().filter(pk=row.pk).exists()
    row.refresh_from_db()
    assert row.ends_on == today()
    assert row.ended_at is not None


def test_last_manager_cannot_be_ended():
    organisation = OrganisationFactory()
    row = MembershipFactory(organisation=organisation, role=Role.MANAGER)
    MembershipFactory(organisation=organisation, role=Role.MANAGER, ends_on=today() - timedelta(days=1))
    with pytest.raises(ValidationError):
        service.end(membership_id=row.pk, by=actor_of(row.person.user), read=None)
    assert Membership.objects.running().filter(pk=row.pk).exists()


NAME = Name(first_name="Joke", last_name="Veldstra")


@pytest.mark.django_db(transaction=True)
def test_two_last_managers_leaving_at_once_leave_one():
    organisation = OrganisationFactory()
    rows = [MembershipFactory(organisation=organisation, role=Role.MANAGER) for _ in range(2)]
    leave = [
        partial(service.end, membership_id=row.pk, by=actor_of(row.person.user), read=None) for row in rows
    ]
    results = side_by_side(*leave, refusal=ValidationError)
    assert sum(isinstance(result, ValidationError) for result in results) == 1
    assert Membership.objects.running().filter(organisation=organisation, role=Role.MANAGER).count() == 1


def test_database_refuses_a_role_that_ends_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(role=Role.CONTACT, ends_on=today() - timedelta(days=60))


def test_same_role_twice_is_refused_by_the_database():
    row = MembershipFactory(role=Role.CONTACT)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipFactory(person=row.person.user.person, organisation=row.organisation, role=Role.CONTACT)


def test_invitation_to_a_new_address_and_to_an_account_look_alike():
    organisation = OrganisationFactory()
    manager = acting(organisation, Role.MANAGER)
    known = UserFactory()
    for email in (known.email, "nieuw@zorg.example"):
        service.invite(
            organisation_id=organisation.pk,
            email=email,
            role=Role.CONTACT,
            name=NAME,
            by=manager,
        )
    subjects = set(OutgoingMail.objects.values_list("subject", flat=True))
    assert len(subjects) == 1


@pytest.mark.parametrize("verb", [service.renew_invitation, service.revoke_invitation])
def test_invitation_is_renewed_and_withdrawn_by_managers_there_only(verb):
    invited = MembershipInvitationFactory()
    was = Invitation.objects.values().get()
    for by in (acting(invited.organisation, Role.CONTACT), acting(OrganisationFactory(), Role.MANAGER)):
        with pytest.raises(ValidationError):
            verb(invitation_id=invited.invitation_id, by=by, read=None)
    assert Invitation.objects.values().get(pk=invited.invitation_id) == was
    verb(invitation_id=invited.invitation_id, by=acting(invited.organisation, Role.MANAGER), read=None)
    assert Invitation.objects.values().get(pk=invited.invitation_id) != was
