"""Points of contact by their own yes, and what each shows of oneself to whom."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Person
from core import endings, versions
from core.models import OutgoingMail
from partnerships.enums import Audience, MemberRole, PointOfContactState
from partnerships.models import Member, PointOfContact
from partnerships.presenters.contacts import card
from partnerships.services import contacts, members
from tests.factories.accounts import PersonFactory, UserFactory
from tests.factories.partnerships import (
    CallFactory,
    ContactCardFactory,
    InitiativeFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PartnershipFactory,
    PointOfContactFactory,
)
from tests.helpers import actor_of, login, member

pytestmark = pytest.mark.django_db
EMAIL, PHONE = "anna@molenhof.example", "06 11 22 33 44"


@pytest.fixture
def partnership():
    return PartnershipFactory()


@pytest.fixture
def coordinator(partnership):
    body = OrganisationFactory(kind="knowledge_network")
    MemberFactory(partnership=partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
    return member(body, Role.COORDINATOR)


@pytest.fixture
def anna(partnership):
    """The role of someone at a member organisation, whose address and number are known."""
    user = UserFactory(email=EMAIL)
    row = MembershipFactory(role=Role.CONTACT, person=user.person)
    row.person.phone = PHONE
    row.person.save()
    MemberFactory(partnership=partnership, organisation=row.organisation)
    return row


def asked(of, anna, coordinator):
    return contacts.name(of=of, membership=anna, by=actor_of(coordinator))


def agree(point, anna, **shown):
    shown = {"shows_phone": False, "shows_email": False} | shown
    by = actor_of(anna.person.user)
    return contacts.agree(point_id=point.pk, by=by, read=versions.of(point), **shown)


def read(client, thing):
    return client.get(thing.get_absolute_url()).content.decode()


def queued(kind):
    return OutgoingMail.objects.filter(kind=kind)


KINDS = {
    "partnership": lambda partnership: partnership,
    "call": lambda partnership: CallFactory(partnership=partnership),
    "initiative": lambda partnership: InitiativeFactory(partnership=partnership),
}


@pytest.mark.parametrize("kind", KINDS)
def test_name_stands_on_the_public_page_only_after_the_own_yes(client, kind, partnership, anna, coordinator):
    thing = KINDS[kind](partnership)
    point = asked(thing, anna, coordinator)
    assert anna.person.full_name not in read(client, thing)
    agree(point, anna)
    page = read(client, thing)
    assert anna.person.full_name in page
    assert EMAIL not in page
    assert "tel:" not in page


@pytest.mark.parametrize("kind", KINDS)
def test_visitors_see_what_the_yes_says(client, kind, partnership, anna, coordinator):
    thing = KINDS[kind](partnership)
    agree(asked(thing, anna, coordinator), anna, shows_email=True, shows_phone=True)
    page = read(client, thing)
    assert f"mailto:{EMAIL}" in page
    assert "tel:0611223344" in page


def test_organisation_names_its_point_of_contact(client, anna):
    manager = member(anna.organisation, Role.MANAGER)
    point = asked(anna.organisation, anna, manager)
    assert anna.person.full_name not in read(client, anna.organisation)
    agree(point, anna)
    assert anna.person.full_name in read(client, anna.organisation)


def test_call_without_a_name_has_that_of_its_partnership(client, partnership, anna, coordinator):
    agree(asked(partnership, anna, coordinator), anna)
    assert anna.person.full_name in read(client, CallFactory(partnership=partnership))


def test_inside_the_coordinator_can_be_asked_where_nobody_is_named(client, partnership, anna, coordinator):
    name = coordinator.person.full_name
    assert name not in read(client, partnership)
    login(client, anna.person.user)
    assert name in read(client, partnership)


def test_no_shows_nothing_and_the_asker_hears(client, partnership, anna, coordinator):
    point = asked(partnership, anna, coordinator)
    assert queued("person_contact_asked").get().person == anna.person
    contacts.refuse(point_id=point.pk, by=actor_of(anna.person.user), read=versions.of(point))
    assert anna.person.full_name not in read(client, partnership)
    told = queued("namer_contact_answered").get()
    assert told.person == coordinator.person
    again = asked(partnership, anna, coordinator)
    assert again.pk != point.pk


@pytest.mark.parametrize("by_the_person", [True, False])
def test_either_side_ends_it(client, by_the_person, partnership, anna, coordinator):
    point = agree(asked(partnership, anna, coordinator), anna, shows_email=True)
    point.refresh_from_db()
    by = anna.person.user if by_the_person else coordinator
    contacts.stop(point_id=point.pk, by=actor_of(by), read=versions.of(point))
    assert anna.person.full_name not in read(client, partnership)
    assert queued("person_contact_ended").exists() is not by_the_person
    assert queued("namer_contact_answered").count() == 1 + by_the_person


def test_who_leaves_is_named_no_more(client, partnership, anna, coordinator):
    agree(asked(partnership, anna, coordinator), anna)
    endings.end(anna, by=None)
    assert anna.person.full_name not in read(client, partnership)


@pytest.mark.parametrize("kind", KINDS)
def test_who_works_at_an_organisation_that_left_is_named_no_more(
    client, kind, partnership, anna, coordinator
):
    thing = KINDS[kind](partnership)
    agree(asked(thing, anna, coordinator), anna, shows_email=True)
    assert EMAIL in read(client, thing)
    row = Member.objects.get(organisation=anna.organisation)
    members.end(member_id=row.pk, by=actor_of(coordinator), read=versions.of(row))
    page = read(client, thing)
    assert EMAIL not in page
    assert anna.person.full_name not in page


def test_only_people_of_members_can_be_named(partnership, coordinator):
    with pytest.raises(ValidationError):
        asked(partnership, MembershipFactory(role=Role.CONTACT), coordinator)


def test_nobody_answers_for_someone_else(partnership, anna, coordinator):
    point = asked(partnership, anna, coordinator)
    with pytest.raises(ValidationError):
        contacts.agree(
            point_id=point.pk,
            shows_phone=True,
            shows_email=True,
            by=actor_of(coordinator),
            read=versions.of(point),
        )


def test_database_shows_nothing_before_the_yes():
    with pytest.raises(IntegrityError), transaction.atomic():
        PointOfContactFactory(asked=True, shows_email=True)


def test_database_holds_one_thing_each():
    with pytest.raises(IntegrityError), transaction.atomic():
        PointOfContactFactory(partnership=PartnershipFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        PointOfContactFactory(organisation=None)


def test_asked_twice_is_one_question(partnership, anna, coordinator):
    assert asked(partnership, anna, coordinator) == asked(partnership, anna, coordinator)
    assert PointOfContact.objects.count() == 1


SEEN = [
    (Audience.NOBODY, False, True, False),
    (Audience.NOBODY, True, True, False),
    (Audience.PARTNERSHIPS, True, True, True),
    (Audience.PARTNERSHIPS, False, True, False),
    (Audience.MEMBERS, False, True, True),
    (Audience.MEMBERS, False, False, False),
]


@pytest.mark.parametrize(("audience", "shared", "is_member", "is_seen"), SEEN)
def test_card_shows_each_part_to_whom_the_person_chose(audience, shared, is_member, is_seen):
    chosen = ContactCardFactory(
        line="Belt graag", show_line=audience, show_phone=audience, show_email=audience
    )
    chosen.person.phone = PHONE
    shown = card(chosen.person, shared=shared, member=is_member)
    assert (bool(shown.line), bool(shown.phone), bool(shown.email)) == (is_seen,) * 3


def test_card_of_who_never_chose_shows_the_address_to_colleagues_alone():
    person = UserFactory().person
    person.phone = PHONE
    near, far = card(person), card(person, shared=False)
    assert (near.email, near.phone) == (person.address, "")
    assert (far.email, far.phone, far.name) == ("", "", person.full_name)


def test_one_name_has_one_initial():
    assert card(PersonFactory(first_name="Anna", last_name="")).initials == "A"


def test_own_page_changes_what_others_see(client, anna):
    login(client, anna.person.user)
    path = reverse("partnerships:own-card")
    assert EMAIL in client.get(path).content.decode()
    form = client.get(path).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    data |= {
        "show_line": Audience.NOBODY,
        "show_email": Audience.NOBODY,
        "show_phone": Audience.MEMBERS,
        "line": "Plekken",
    }
    assert client.post(path, data).status_code == 302
    anna.person.refresh_from_db()
    shown = card(anna.person, shared=False)
    assert (shown.email, shown.phone) == ("", PHONE)
    response = client.post(path, data | {"show_line": "everyone"})
    assert response.status_code == 200


def test_own_page_says_who_sees_it_now_also_before_anything_was_chosen(client, anna):
    login(client, anna.person.user)
    page = client.get(reverse("partnerships:own-card")).content.decode()
    chosen = dict(re.findall(r'name="(show_\w+)" value="(\w+)"[^>]* checked', page))
    usual = Audience.PARTNERSHIPS
    assert chosen == {"show_line": usual, "show_phone": Audience.NOBODY, "show_email": usual}


def test_who_may_see_a_number_is_asked_once_there_is_one(client, anna):
    login(client, anna.person.user)
    path, profile = reverse("partnerships:own-card"), reverse("accounts:profile")
    assert "Laat mijn telefoonnummer zien aan" in client.get(path).content.decode()
    anna.person.phone = ""
    anna.person.save()
    page = client.get(path).content.decode()
    assert "Laat mijn telefoonnummer zien aan" not in page
    assert re.search(rf'<a href="{profile}">\s*Vul je telefoonnummer in\s*</a>', page)
    data = {"line": "Plekken", "show_line": Audience.MEMBERS, "show_email": Audience.NOBODY}
    assert client.post(path, data).status_code == 302
    assert card(Person.objects.get(pk=anna.person.pk)).line == "Plekken"


def test_coordinator_names_someone_on_the_page(client, partnership, anna, coordinator):
    call = CallFactory(partnership=partnership)
    login(client, coordinator)
    path = reverse("partnerships:coordination-contacts", args=[partnership.slug])
    assert client.get(path).status_code == 200
    sent = client.post(path, {"of": f"call-{call.pk}", "membership": anna.public_id})
    assert sent.status_code == 302
    point = PointOfContact.objects.get()
    assert (point.call, point.state) == (call, PointOfContactState.ASKED)
    login(client, anna.person.user)
    answer = reverse("partnerships:own-contact", args=[point.public_id])
    assert client.get(answer).status_code == 200
    client.post(answer, {"shows_email": "on", "read": versions.of(point)})
    point.refresh_from_db()
    assert (point.state, point.shows_email) == (PointOfContactState.AGREED, True)


def test_whoever_names_oneself_answers_at_once(client, anna):
    manager = member(anna.organisation, Role.MANAGER)
    own = manager.person.memberships.get()
    login(client, manager)
    path = reverse("partnerships:organisation-contacts", args=[anna.organisation.slug])
    response = client.post(path, {"membership": own.public_id})
    point = PointOfContact.objects.get()
    assert response.url == reverse("partnerships:own-contact", args=[point.public_id])
    assert not queued("person_contact_asked").exists()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("kind", KINDS)
def test_names_cost_the_same_queries(client, kind, number, partnership, django_assert_max_num_queries):
    thing = KINDS[kind](partnership)
    for _number in range(number):
        row = MembershipFactory(role=Role.CONTACT)
        MemberFactory(partnership=partnership, organisation=row.organisation)
        PointOfContactFactory(membership=row, organisation=None, **{kind: thing})
    with django_assert_max_num_queries(12):
        page = read(client, thing)
    assert page.count("person__pic") == number
