"""Mandates: given by another, from a day to a day, counted as long as the role runs, and on record for ever."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.enums import Role, SecurityKind
from accounts.models import SecurityEvent
from accounts.services import invitations, people
from accounts.services.people import Name
from core.dates import today
from partnerships.actors import actor_of
from partnerships.enums import MandateKind
from partnerships.models import Mandate, Membership
from partnerships.models.memberships import carries
from partnerships.services import mandates, memberships
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.partnerships import (
    MandateFactory,
    MembershipFactory,
    MembershipInvitationFactory,
    OrganisationFactory,
)
from tests.helpers import acting, edit, login, member, side_by_side
from tests.partnerships.test_memberships_services import link_token

pytestmark = pytest.mark.django_db
SIGN, CONSENT = MandateKind.SIGN, MandateKind.CONSENT


@pytest.fixture
def organisation(db):
    return OrganisationFactory()


@pytest.fixture
def manager(organisation):
    return member(organisation, Role.MANAGER)


def held(membership):
    """What the actor of this role may do, by the one query of a request."""
    (role,) = actor_of(membership.person.user).held
    return {kind for kind, may in ((SIGN, role.may_sign), (CONSENT, role.may_consent)) if may}


def events(membership):
    found = SecurityEvent.objects.filter(person=membership.person).order_by("pk")
    return list(found.values_list("kind", "what"))


def test_mandate_begins_and_ends_at_once_and_stays_on_record(organisation, manager):
    contact = MembershipFactory(organisation=organisation, role=Role.CONTACT)
    for kinds in ({SIGN}, {SIGN}, set(), {SIGN}):
        mandates.change(membership_id=contact.pk, kinds=kinds, by=actor_of(manager), version=None)
        assert held(contact) == kinds
    first, second = Mandate.objects.order_by("pk")
    assert (first.starts_on, first.ends_on, first.given_by) == (today(), today(), manager.person)
    assert (first.is_over, second.is_over) == (True, False)
    what = f"sign {organisation.slug}"
    given, ended = (SecurityKind.MANDATE_GIVEN, what), (SecurityKind.MANDATE_ENDED, what)
    assert events(contact) == [given, ended, given]


@pytest.mark.parametrize(
    ("flags", "may"),
    [
        ({}, True),
        ({"starts_on": today() + timedelta(days=1)}, False),
        ({"ends_on": today() - timedelta(days=1)}, False),
        ({"ends_on": today()}, True),
    ],
)
def test_mandate_counts_on_its_own_days(flags, may):
    mandate = MandateFactory(**flags)
    assert held(mandate.membership) == ({SIGN} if may else set())
    assert Membership.objects.filter(carries(SIGN)).exists() is may


def test_nobody_gives_oneself_a_mandate(organisation, manager):
    own = manager.person.memberships.get()
    with pytest.raises(ValidationError, match="jezelf dit recht niet geven"):
        mandates.change(membership_id=own.pk, kinds={SIGN}, by=actor_of(manager), version=None)
    assert held(own) == set()


def test_nobody_invites_oneself_to_a_mandate(organisation, manager):
    ask = partial(
        memberships.invite,
        organisation_id=organisation.pk,
        email=manager.email,
        role=Role.CONTACT,
        name=Name(first_name="Joke"),
        by=actor_of(manager),
    )
    with pytest.raises(ValidationError, match="jezelf dit recht niet geven"):
        ask(may_sign=True)
    ask()
    invitations.accept(token=link_token(), user=manager, digest=None)
    assert not Mandate.objects.exists()


def test_invitation_that_turns_out_to_be_to_oneself_gives_the_role_without_mandate(organisation, manager):
    invited = MembershipInvitationFactory(
        organisation=organisation, invitation__invited_by=manager.person, may_sign=True
    )
    memberships.begin(invitation=invited, person=manager.person)
    assert manager.person.memberships.filter(role=Role.CONTACT).exists()
    assert not Mandate.objects.exists()


def test_who_has_a_mandate_of_one_s_own_can_give_it_up(client, organisation):
    manager = member(organisation, Role.MANAGER, may_sign=True)
    own = manager.person.memberships.get()
    login(client, manager)
    url = reverse("partnerships:people-change", args=[organisation.slug, own.public_id])
    page = client.get(url)
    assert "kan alleen een andere beheerder je teruggeven" in page.content.decode()
    assert list(page.context["form"].fields) == ["sign"]
    assert edit(client, url, {}).status_code == 302
    assert held(own) == set()
    assert list(client.get(url).context["form"].fields) == []


@pytest.mark.parametrize(
    ("role", "kind", "may"),
    [
        (Role.MANAGER, SIGN, True),
        (Role.CONTACT, SIGN, True),
        (Role.PRACTICE_TRAINER, SIGN, True),
        (Role.TEACHER, SIGN, True),
        (Role.SUPERVISOR, SIGN, False),
        (Role.COORDINATOR, SIGN, False),
        (Role.SUPERVISOR, CONSENT, True),
        (Role.CONTACT, CONSENT, False),
        (Role.TEACHER, CONSENT, False),
    ],
)
def test_mandate_by_role_in_service_and_database(organisation, manager, role, kind, may):
    membership = MembershipFactory(organisation=organisation, role=role)
    act = partial(
        mandates.change, membership_id=membership.pk, kinds={kind}, by=actor_of(manager), version=None
    )
    if may:
        act()
        assert held(membership) == {kind}
        return
    with pytest.raises(ValidationError, match="kan dit niet krijgen"):
        act()
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateFactory(membership=membership, kind=kind)


def test_database_holds_the_role_of_a_mandate_to_that_of_the_membership():
    supervisor = MembershipFactory(role=Role.SUPERVISOR)
    mandate = MandateFactory(membership=supervisor, kind=CONSENT)
    with pytest.raises(IntegrityError, match="mandate_role_of_membership"), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(role=Role.CONTACT, kind=SIGN)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO partnerships_mandate (membership_id, role, kind, starts_on) VALUES (%s, %s, %s, %s)",
            [supervisor.pk, Role.CONTACT, SIGN, today()],
        )


def test_same_mandate_runs_once_at_a_time():
    mandate = MandateFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MandateFactory(membership=mandate.membership, starts_on=today())


def test_mandate_ends_with_the_role(organisation, manager):
    contact = MembershipFactory(organisation=organisation, role=Role.CONTACT, may_sign=True)
    memberships.end(membership_id=contact.pk, by=actor_of(manager), read=None)
    mandate = contact.mandates.get()
    assert mandate.is_over
    assert (SecurityKind.MANDATE_ENDED, f"sign {organisation.slug}") in events(contact)


def test_role_of_another_organisation_gives_no_mandates(organisation):
    contact = MembershipFactory(organisation=organisation)
    with pytest.raises(ValidationError):
        mandates.change(
            membership_id=contact.pk,
            kinds={SIGN},
            by=acting(OrganisationFactory(), Role.MANAGER),
            version=None,
        )
    assert not Mandate.objects.exists()


def test_list_and_page_say_who_may_what_since_when_and_by_whom(client, organisation, manager):
    contact = MembershipFactory(organisation=organisation, role=Role.CONTACT)
    MandateFactory(
        membership=contact,
        given_by=manager.person,
        starts_on=today() - timedelta(days=9),
        ends_on=today() - timedelta(days=3),
    )
    login(client, manager)
    url = reverse("partnerships:people-change", args=[organisation.slug, contact.public_id])
    assert edit(client, url, {"sign": "on"}).status_code == 302
    page = " ".join(client.get(url).content.decode().split())
    assert page.count(f"gegeven door {manager.person.full_name}") == 2
    listed = client.get(reverse("partnerships:people-list", args=[organisation.slug]))
    rows = {row.membership.pk: row.may for row in listed.context["rows"]}
    assert (rows[contact.pk], rows[manager.person.memberships.get().pk]) == (["overeenkomsten tekenen"], [])


@pytest.mark.django_db(transaction=True)
def test_two_managers_who_give_it_at_once_give_it_once():
    organisation = OrganisationFactory()
    managers = [actor_of(member(organisation, Role.MANAGER)) for _ in range(2)]
    contact = MembershipFactory(organisation=organisation, role=Role.CONTACT)
    acts = [
        partial(mandates.change, membership_id=contact.pk, kinds={SIGN}, by=by, version=None)
        for by in managers
    ]
    side_by_side(*acts)
    assert contact.mandates.count() == 1


def test_first_manager_can_be_given_the_mandate_that_nobody_else_could_give(organisation):
    memberships.invite_first_manager(
        organisation_id=organisation.pk,
        email="joke@zorg.example",
        name=Name(first_name="Joke"),
        by=actor_of(UserFactory(is_staff=True)),
        may_sign=True,
    )
    invitations.accept_as_new(
        token=link_token(), first_name="Joke", last_name="Veldstra", password="een-lang-wachtwoord"
    )
    assert held(organisation.memberships.get()) == {SIGN}


def test_two_people_who_are_one_keep_the_mandates_of_both_once(organisation, manager):
    kept = MembershipFactory(organisation=organisation, role=Role.CONTACT, may_sign=True)
    dropped = MembershipFactory(
        organisation=organisation, role=Role.CONTACT, may_sign=True, person=PersonFactory()
    )
    supervising = MembershipFactory(organisation=organisation, role=Role.SUPERVISOR, person=kept.person)
    consenting = MembershipFactory(
        organisation=organisation, role=Role.SUPERVISOR, person=dropped.person, may_consent=True
    )
    people.merge(kept=kept.person, dropped=dropped.person, by=manager.person.pk)
    held = {(role.membership_id, role.may_sign, role.may_consent) for role in actor_of(kept.person.user).held}
    assert held == {(kept.pk, True, False), (supervising.pk, False, True)}
    assert not Mandate.objects.running().filter(membership__in=[dropped, consenting]).exists()
