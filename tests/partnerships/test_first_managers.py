"""The first manager of an organisation: invited where nobody can act, by an administrator or by whoever asks it to join."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Invitation
from accounts.services import invitations
from accounts.services.people import Name
from core import periods
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.models import JoinRequest, Membership
from partnerships.queries.people import without_manager
from partnerships.services import memberships as service
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    JoinRequestFactory,
    MemberFactory,
    MembershipFactory,
    MembershipInvitationFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.factories.placements import SlotFactory
from tests.factories.programmes import ProgrammeFactory
from tests.helpers import acting, closed, login, member, press
from tests.partnerships.test_memberships_services import link_token
from tests.roles import Around, coordinator

pytestmark = pytest.mark.django_db
NAME = Name(first_name="Joke", last_name="Veldstra")
LIST = "/beheer/eerste-beheerders/"


@pytest.fixture
def administrator(client):
    return login(client, UserFactory(is_staff=True))


def invite(organisation, *, works_daily=True, email="joke@zorg.example", by=None):
    return service.invite_first_manager(
        organisation_id=organisation.pk,
        email=email,
        name=NAME,
        by=by or actor_of(UserFactory(is_staff=True)),
        works_daily=works_daily,
    )


def accepted():
    return invitations.accept_as_new(
        token=link_token(), first_name="Joke", last_name="Veldstra", password="een-lang-wachtwoord"
    )


@pytest.mark.parametrize(
    ("kind", "works_daily", "roles"),
    [
        ("care_provider", True, {Role.MANAGER, Role.CONTACT}),
        ("school", True, {Role.MANAGER, Role.TEACHER}),
        ("care_provider", False, {Role.MANAGER}),
    ],
)
def test_first_manager_gets_the_role_for_the_daily_work_at_once(kind, works_daily, roles):
    organisation = OrganisationFactory(kind=kind)
    invite(organisation, works_daily=works_daily)
    user = accepted()
    assert set(organisation.memberships.running().values_list("role", flat=True)) == roles
    assert {row.person.user for row in Membership.objects.filter(organisation=organisation)} == {user}


def test_organisation_with_someone_who_can_act_is_left_to_its_own_people():
    organisation = OrganisationFactory()
    member(organisation, Role.MANAGER)
    with pytest.raises(ValidationError, match="inmiddels een beheerder"):
        invite(organisation)
    assert not OutgoingMail.objects.exists()


def test_only_administrators_invite_a_first_manager():
    organisation = OrganisationFactory()
    with pytest.raises(ValidationError, match="Alleen beheerders"):
        invite(organisation, by=acting(OrganisationFactory(), Role.MANAGER))


@pytest.fixture
def asked():
    """A request to an organisation where nobody can act, and a coordinator of the partnership that asks."""
    request = JoinRequestFactory()
    leader = coordinator(Around(partnership=request.partnership))
    return request, actor_of(leader)


def test_coordinator_who_asks_an_organisation_invites_its_first_manager(asked):
    request, by = asked
    invite(request.organisation, by=by)
    user = accepted()
    assert actor_of(user).has_role(request.organisation_id, Role.MANAGER)


def _answered(request):
    JoinRequest.objects.filter(pk=request.pk).update(state="withdrawn")


NOT_THE_COORDINATOR = {
    "a manager is there": lambda request: member(request.organisation, Role.MANAGER),
    "it has people": lambda request: member(request.organisation, Role.CONTACT),
    "it had people": lambda request: MembershipFactory(
        organisation=request.organisation, starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2021, 1, 1)
    ),
    "it takes part elsewhere": lambda request: MemberFactory(organisation=request.organisation),
    "it took part elsewhere": lambda request: periods.end(MemberFactory(organisation=request.organisation)),
    "it offers places": lambda request: SlotFactory(organisation=request.organisation),
    "it is a school": lambda request: ProgrammeFactory(school=request.organisation),
    "the request is over": _answered,
}


@pytest.mark.parametrize("what", NOT_THE_COORDINATOR)
def test_administrator_alone_where_others_work_with_the_organisation(asked, what):
    request, by = asked
    NOT_THE_COORDINATOR[what](request)
    with pytest.raises(ValidationError):
        invite(request.organisation, by=by)
    assert not request.organisation.invitations.exists()


def test_coordinator_of_another_partnership_invites_nobody(asked):
    request, _by = asked
    other = coordinator(Around(partnership=PartnershipFactory()))
    with pytest.raises(ValidationError, match="Alleen beheerders"):
        invite(request.organisation, by=actor_of(other))


def test_coordinator_goes_from_the_request_to_the_first_manager_who_answers_it(client):
    request = JoinRequestFactory(organisation__name="De Meent")
    login(client, coordinator(Around(partnership=request.partnership)))
    page = client.get(request.get_absolute_url()).content.decode()
    url = reverse("partnerships:join-request-first-manager", args=[request.public_id])
    assert "Voor deze organisatie kan nog niemand antwoorden." in page
    assert url in page
    data = {"email": "joke@zorg.example", "first_name": "Joke", "works_daily": "yes", "may_sign": "yes"}
    page = client.post(url, data, follow=True).content.decode()
    assert "Uitgenodigd als eerste beheerder: joke@zorg.example." in page
    login(client, accepted())
    assert request.get_absolute_url() in client.get("/mijn/", follow=True).content.decode()
    accept_url = reverse("partnerships:join-request-accept", args=[request.public_id])
    assert press(client, accept_url, request).status_code == 302
    assert request.organisation.members.running().get().partnership == request.partnership


def test_newest_invitation_says_who_it_is_to_be():
    organisation = OrganisationFactory()
    first = invite(organisation).invitation
    invite(organisation, email="bo@zorg.example")
    first.refresh_from_db()
    assert first.revoked_at is not None
    assert Invitation.objects.usable().get().email == "bo@zorg.example"


@pytest.mark.parametrize(
    ("change", "listed"),
    [
        (lambda organisation: None, True),
        (lambda organisation: member(organisation, Role.CONTACT), True),
        (lambda organisation: member(organisation, Role.MANAGER), False),
        (
            lambda organisation: MembershipFactory(
                organisation=organisation, role=Role.MANAGER, ends_on=today()
            ),
            False,
        ),
        (lambda organisation: _closed_account(organisation), True),
        (lambda organisation: _gone(organisation), False),
    ],
)
def test_list_holds_organisations_for_which_nobody_can_act(change, listed):
    organisation = OrganisationFactory()
    change(organisation)
    assert (organisation in without_manager()) is listed


def _closed_account(organisation):
    closed(member(organisation, Role.MANAGER))


def _gone(organisation):
    organisation.valid_until = today() - (today().resolution)
    organisation.save()


def test_page_lists_invites_and_shows_who_was_invited(administrator):
    organisation = OrganisationFactory(name="De Linde")
    page = administrator.get(LIST).content.decode()
    assert "De Linde" in page
    data = {"email": "joke@bürger.example", "first_name": "Joke", "works_daily": "yes", "may_sign": "yes"}
    url = reverse("partnerships:first-manager-invite", args=[organisation.slug])
    assert administrator.get(url).status_code == 200
    assert administrator.post(url, data).url == LIST
    page = administrator.get(LIST).content.decode()
    assert "Uitgenodigd: Joke, de link werkt" in page
    assert "joke@bürger.example" in page
    accepted()
    assert "De Linde" not in administrator.get(LIST).content.decode()
    assert administrator.post(url, data, follow=True).status_code == 200
    assert OutgoingMail.objects.count() == 1


def test_refused_form_keeps_what_was_typed(administrator):
    url = reverse("partnerships:first-manager-invite", args=[OrganisationFactory().slug])
    page = administrator.post(url, {"email": "zoë@zorg.example", "first_name": "Joke"})
    assert page.status_code == 200
    assert 'value="Joke"' in page.content.decode()
    assert "Gebruik alleen gewone letters voor de @." in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(administrator, django_assert_num_queries, number):
    for organisation in OrganisationFactory.create_batch(number):
        MembershipInvitationFactory(organisation=organisation, role=Role.MANAGER)
    administrator.get(LIST)
    with django_assert_num_queries(4):
        administrator.get(LIST)
