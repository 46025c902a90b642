"""The contact book of a partnership: found by name, role, theme and organisation, with what each person shows."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core.dates import today
from partnerships.models import ContactCard
from tests.factories.partnerships import (
    ActionLineFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    MemberFactory,
    MembershipFactory,
    PartnershipThemeFactory,
    PointOfContactFactory,
)
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


def book(partnership) -> str:
    return reverse("partnerships:contact-book", args=[partnership.slug])


def found(client, partnership, **asked) -> list[str]:
    page = client.get(book(partnership), asked)
    assert page.status_code == 200
    return [row.card.name for row in page.context["rows"]]


@pytest.fixture
def joined(partnership):
    return MemberFactory(partnership=partnership, organisation__name="Zorggroep De Linde")


@pytest.fixture
def other(partnership):
    return MemberFactory(partnership=partnership, organisation__name="Waterlicht")


@pytest.fixture
def reader(client, joined):
    user = member(joined.organisation, Role.SUPERVISOR)
    login(client, user)
    return user.person


def named(membership, first, last):
    person = membership.person
    person.first_name, person.last_name = first, last
    person.save()
    return person


@pytest.fixture
def ilse(other):
    return named(MembershipFactory(organisation=other.organisation, role=Role.CONTACT), "Ilse", "Meerman")


def test_e09_supervisor_finds_a_contact_at_another_organisation(client, partnership, reader, ilse, other):
    ilse.phone = "036 000 02 20"
    ilse.save()
    ContactCard.objects.create(person=ilse, line="Nachtdienst en rooster", show_phone="partnerships")
    teacher = named(MembershipFactory(organisation=other.organisation, role=Role.TEACHER), "Jeroen", "Vink")
    assert set(found(client, partnership)) == {reader.full_name, "Ilse Meerman", "Jeroen Vink"}
    assert found(client, partnership, zoek="meerman ilse") == ["Ilse Meerman"]
    assert found(client, partnership, zoek="rooster waterlicht") == ["Ilse Meerman"]
    assert found(client, partnership, rol="teacher") == [teacher.full_name]
    assert found(client, partnership, organisatie=other.organisation.slug, rol="contact") == ["Ilse Meerman"]
    said = client.get(book(partnership), {"zoek": "ilse"}).content.decode()
    assert 'href="tel:0360000220"' in said
    assert f'href="mailto:{ilse.address}"' in said
    assert "Nachtdienst en rooster" in said
    assert (
        book(partnership)
        in client.get(reverse("partnerships:partnership-inside", args=[partnership.slug])).content.decode()
    )


def test_e09_contact_is_found_by_theme(client, partnership, reader, ilse, other):
    theme = PartnershipThemeFactory(partnership=partnership, name="Het gat dichten")
    line = ActionLineFactory(partnership=partnership, theme=theme, owner=ilse)
    asked = MembershipFactory(organisation=other.organisation, role=Role.CONTACT)
    initiative = InitiativeFactory(partnership=partnership, is_published=True)
    initiative.themes.add(theme.root)
    PointOfContactFactory(
        initiative=initiative, partnership=None, organisation=None, membership=asked, state="agreed"
    )
    names = {"Ilse Meerman", asked.person.full_name}
    assert set(found(client, partnership, thema=theme.public_id)) == names
    said = client.get(book(partnership), {"zoek": "ilse"}).content.decode()
    assert line.get_absolute_url() in said


def test_theme_tells_nothing_about_who_sits_in_a_group(client, partnership, reader, ilse, other):
    theme = PartnershipThemeFactory(partnership=partnership)
    group = GroupFactory(partnership=partnership)
    GroupSeatFactory(group=group, person=ilse, organisation=other.organisation)
    ActionLineFactory(partnership=partnership, theme=theme, group=group)
    assert found(client, partnership, thema=theme.public_id) == []


def test_what_someone_hides_is_absent_and_is_not_found_either(client, partnership, reader, ilse):
    ilse.phone = "036 000 02 20"
    ilse.save()
    card = ContactCard.objects.create(
        person=ilse, line="Belt liever niet", show_line="nobody", show_email="partnerships"
    )
    said = client.get(book(partnership), {"zoek": "ilse"}).content.decode()
    assert "036 000 02 20" not in said
    assert "Belt liever niet" not in said
    assert found(client, partnership, zoek="liever") == []
    card.show_email = "nobody"
    card.save()
    assert "Ilse Meerman" not in found(client, partnership)


def test_who_left_is_gone_and_an_organisation_that_left_too(client, partnership, reader, ilse, other):
    membership = ilse.memberships.get()
    membership.ends_on, membership.ended_at = today(), timezone.now()
    membership.save()
    assert found(client, partnership, zoek="ilse") == []
    colleague = MembershipFactory(organisation=other.organisation, role=Role.CONTACT)
    assert found(client, partnership, zoek="waterlicht") == [colleague.person.full_name]
    other.ends_on, other.ended_at = today(), timezone.now()
    other.save()
    assert found(client, partnership, zoek="waterlicht") == []


def test_someone_with_several_roles_stands_there_once_with_all_of_them(
    client, partnership, reader, ilse, other
):
    MembershipFactory(person=ilse, organisation=other.organisation, role=Role.MANAGER)
    assert found(client, partnership, zoek="ilse") == ["Ilse Meerman"]
    assert "Beheerder en contactpersoon, Waterlicht" in client.get(book(partnership)).content.decode()
    assert found(client, partnership, rol="manager") == ["Ilse Meerman"]


@pytest.mark.parametrize(
    "asked", [{"thema": "x"}, {"rol": "baas"}, {"organisatie": "\x00"}, {"zoek": "%_" * 80}]
)
def test_a_filter_that_is_none_is_no_error(client, partnership, reader, asked):
    assert client.get(book(partnership), asked).status_code == 200


def test_members_of_another_partnership_find_nothing(client, reader, ilse):
    elsewhere = MemberFactory().partnership
    assert client.get(book(elsewhere)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_book_costs_the_same_for_many(client, fetched_in, partnership, reader, other, number):
    for each in MembershipFactory.create_batch(number, organisation=other.organisation, role=Role.CONTACT):
        ActionLineFactory(partnership=partnership, owner=each.person)
        InitiativeFactory(partnership=partnership, owner=each.person, is_published=True)
    fetched_in(8, book(partnership))
