"""Managers, coordinators and administrators go without a second step for some days only, and whoever counts knows it."""

import datetime as dt
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from core.dates import today
from core.models import OutgoingMail
from partnerships.models import Membership
from partnerships.queries.able import Gone, left_without
from partnerships.queries.people import has_manager, people_of
from tests.accounts.test_second_factor import give_second_step
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.helpers import login, member
from tests.reminding import START, days_with_mail

pytestmark = pytest.mark.django_db
FIRST = "Zet eerst de tweede stap aan. Tot die tijd werkt er niets anders."


@pytest.fixture(autouse=True)
def asked(settings):
    settings.SECOND_STEP_AFTER_DAYS = 14


@pytest.fixture
def organisation():
    return OrganisationFactory(slug="de-linde")


def start(organisation):
    return reverse("employer-start", args=[organisation.slug])


@pytest.mark.parametrize("role", [Role.MANAGER, Role.COORDINATOR])
@pytest.mark.parametrize(("days", "goes_on"), [(0, True), (14, True), (15, False)])
def test_fourteen_days_from_the_first_day_of_the_role(client, organisation, role, days, goes_on):
    user = member(organisation, role, starts_on=today() - timedelta(days=days))
    login(client, user)
    answer = client.get(reverse("partnerships:own-roles"))
    assert (answer.status_code == 200) is goes_on
    if not goes_on:
        assert answer.url == reverse("mfa_index")
        assert FIRST in client.get(answer.url).content.decode()


@pytest.mark.parametrize("role", [Role.CONTACT, Role.TEACHER, Role.SUPERVISOR, Role.PRACTICE_TRAINER])
def test_other_roles_are_not_asked(client, organisation, role):
    login(client, member(organisation, role, starts_on=today() - timedelta(days=100)))
    assert client.get(reverse("partnerships:own-roles")).status_code == 200


def test_role_that_is_over_does_not_ask(client, organisation):
    user = member(organisation, Role.CONTACT)
    long_ago = {"starts_on": today() - timedelta(days=100), "ends_on": today() - timedelta(days=1)}
    MembershipFactory(organisation=organisation, person=user.person, role=Role.MANAGER, **long_ago)
    login(client, user)
    assert client.get(reverse("partnerships:own-roles")).status_code == 200


def test_administrator_is_asked_too(client):
    user = UserFactory(is_staff=True)
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=16))
    login(client, user)
    assert client.get(reverse("administration")).url == reverse("mfa_index")


def test_nothing_else_works_but_what_leads_there_and_what_is_for_everyone(client, organisation):
    late = member(organisation, Role.MANAGER, starts_on=today() - timedelta(days=15))
    login(client, late)
    version = late.person.row_version
    profile = {"first_name": "Anders", "last_name": "Naam", "language": "nl", "version": version}
    assert client.post(reverse("accounts:profile"), profile).url == reverse("mfa_index")
    late.person.refresh_from_db()
    assert late.person.first_name != "Anders"
    part = client.get(start(organisation), headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == reverse("mfa_index")
    for name in ("mfa_index", "account_logout", "about", "help", "privacy"):
        assert client.get(reverse(name)).status_code == 200, name
    assert client.get(reverse("mfa_activate_totp")).url.startswith(reverse("account_reauthenticate"))


def test_with_a_second_step_all_is_open(client, organisation):
    user = member(organisation, Role.MANAGER, starts_on=today() - timedelta(days=15))
    give_second_step(user)
    login(client, user)
    page = client.get(start(organisation))
    assert page.status_code == 200
    assert "Stel een tweede stap in" not in page.content.decode()


def test_first_page_and_account_say_until_when(client, organisation):
    begun = today() - timedelta(days=3)
    login(client, member(organisation, Role.MANAGER, starts_on=begun))
    last = begun + timedelta(days=14)
    for path in (start(organisation), reverse("accounts:profile")):
        page = client.get(path).content.decode()
        assert f"uiterlijk {last.day} " in page
        assert reverse("mfa_index") in page
    assert "tweede stap in" not in client.get(reverse("partnerships:own-roles")).content.decode()


@pytest.mark.parametrize(
    ("days", "second_step", "is_able"),
    [(3, False, True), (14, False, True), (15, False, False), (15, True, True)],
)
def test_guards_count_who_is_able_by_the_same_rule(organisation, days, second_step, is_able):
    """Someone within the first days counts; who is too late does nothing, so counts no more."""
    one = member(organisation, Role.MANAGER, starts_on=today() - timedelta(days=days))
    if second_step:
        give_second_step(one)
    other = member(organisation, Role.MANAGER)
    give_second_step(other)
    role = Membership.objects.get(person=other.person)
    assert (left_without(Gone.role(role)) == []) is is_able
    assert Membership.objects.able().filter(person=one.person).exists() is is_able


def test_who_is_too_late_still_hears_of_things(organisation):
    late = member(organisation, Role.MANAGER, starts_on=today() - timedelta(days=15))
    assert people_of(organisation.pk, [Role.MANAGER]) == [late.person]
    assert not has_manager(organisation.pk)


def test_every_role_of_who_is_too_late_counts_no_more(organisation):
    late = member(organisation, Role.MANAGER, starts_on=today() - timedelta(days=15))
    MembershipFactory(organisation=organisation, person=late.person, role=Role.CONTACT)
    assert not Membership.objects.able().filter(person=late.person).exists()
    give_second_step(late)
    assert Membership.objects.able().filter(person=late.person).count() == 2


def test_mails_go_out_the_day_after_halfway_and_near_the_end(clock, organisation):
    clock.move_to(START)
    user = member(organisation, Role.MANAGER, starts_on=today())
    MembershipFactory(organisation=organisation, person=user.person, role=Role.COORDINATOR, starts_on=today())
    other = member(organisation, Role.MANAGER, starts_on=today())
    give_second_step(other)
    member(organisation, Role.CONTACT, starts_on=today())
    assert days_with_mail(clock, "reminder_second_step", 21) == [1, 7, 12]
    # By `person_second_step_missing`.
    mails = OutgoingMail.objects.filter(kind="reminder_second_step").order_by("pk")
    assert {mail.person_id for mail in mails} == {user.person.pk}
    last = (START + dt.timedelta(days=14)).date()
    assert f"{last.day} december" in mails[0].subject
    assert mails[0].link.endswith(reverse("mfa_index"))


def test_no_mail_for_who_began_long_ago_and_none_where_it_is_not_asked(clock, settings, organisation):
    settings.SECOND_STEP_AFTER_DAYS = None
    clock.move_to(START)
    member(organisation, Role.MANAGER, starts_on=today())
    assert days_with_mail(clock, "reminder_second_step", 14) == []
