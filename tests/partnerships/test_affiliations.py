"""Students, clients, carers and experts: seated without working for a member, by name and address first."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.services import invitations
from accounts.services.people import Name
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.enums import AffiliationKind
from partnerships.models import Affiliation, GroupSeat, Studying
from partnerships.services import affiliations, groups, returns
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    AffiliationFactory,
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    OrganisationFactory,
)
from tests.helpers import login, member, press
from tests.partnerships.test_memberships_services import link_token
from tests.roles import Around, coordinator

pytestmark = pytest.mark.django_db
CORRIE = Name(first_name="Corrie", last_name="Heuvel")


@pytest.fixture
def group():
    return GroupFactory()


@pytest.fixture
def leader(group):
    return coordinator(Around(partnership=group.partnership))


def newcomer(group, leader, kind="client", email="corrie@thuis.example", organisation=None):
    return groups.seat_newcomer(
        group_id=group.pk,
        email=email,
        name=CORRIE,
        kind=kind,
        organisation=organisation,
        is_observer=False,
        by=actor_of(leader),
    )


@pytest.mark.parametrize(
    ("kind", "voice"),
    [("client", "carer_or_client"), ("carer", "carer_or_client"), ("expert", "practice_expert")],
)
def test_seat_begins_with_a_name_and_an_address(group, leader, kind, voice):
    seat = newcomer(group, leader, kind)
    assert (seat.perspective, seat.organisation, seat.affiliation.kind) == (voice, None, kind)
    assert not seat.person.has_account


def test_invitation_leads_to_this_table_and_to_nothing_else(client, group, leader, outbox):
    GroupFactory(partnership=group.partnership, name="Andere groep")
    seat = newcomer(group, leader)
    assert outbox() == [("accounts.invitation", "corrie@thuis.example")]
    user = invitations.accept_as_new(
        token=link_token(), first_name="Corrie", last_name="Heuvel", password="een-lang-wachtwoord"
    )
    actor = actor_of(user)
    assert actor.groups == {group.pk}
    assert (actor.held, actor.takes_part, actor.coordinates) == ((), frozenset(), frozenset())
    login(client, user)
    landed = client.get("/mijn/", {"uitnodiging": str(seat.invitation.public_id)})
    assert landed.url == group.get_absolute_url()
    assert client.get(landed.url).status_code == 200


def test_whoever_has_an_account_keeps_it_with_the_seat(group, leader):
    user = UserFactory(email="corrie@thuis.example")
    newcomer(group, leader)
    invitations.accept(token=link_token(), user=user, digest=None)
    assert actor_of(user).groups == {group.pk}


def test_person_takes_part_once_however_many_seats(group, leader):
    other = GroupFactory(partnership=group.partnership)
    first, second = newcomer(group, leader), newcomer(other, leader)
    assert first.affiliation == second.affiliation
    with pytest.raises(ValidationError, match="al"):
        newcomer(group, leader)


def test_who_takes_part_no_more_is_not_seated(group, leader):
    seat = newcomer(group, leader)
    affiliations.end(affiliation_id=seat.affiliation_id, by=actor_of(leader), read=None)
    with pytest.raises(ValidationError, match="beëindigd"):
        affiliations.end(affiliation_id=seat.affiliation_id, by=actor_of(leader), read=None)
    gone = Affiliation.objects.get()
    with pytest.raises(ValidationError, match="niet meer mee"):
        groups.seat_affiliate(group_id=group.pk, affiliation=gone, is_observer=False, by=actor_of(leader))


def test_students_come_from_their_enrolment_alone(group, leader):
    with pytest.raises(ValidationError, match="ingeschreven"):
        newcomer(group, leader, "student")
    student = AffiliationFactory(kind="student", partnership=group.partnership)
    with pytest.raises(ValidationError, match="inschrijving"):
        affiliations.end(affiliation_id=student.pk, by=actor_of(leader), read=None)
    seat = groups.seat_affiliate(
        group_id=group.pk, affiliation=student, is_observer=False, by=actor_of(leader)
    )
    assert seat.perspective == "student"


def test_comes_with_a_member_or_nobody(group, leader):
    with pytest.raises(ValidationError, match="doet niet mee"):
        newcomer(group, leader, organisation=OrganisationFactory())
    row = MemberFactory(partnership=group.partnership)
    assert newcomer(group, leader, organisation=row.organisation).affiliation.organisation == row.organisation


def test_only_a_coordinator_of_the_partnership_lets_people_take_part(group):
    with pytest.raises(ValidationError, match="coördinator"):
        newcomer(group, coordinator(Around(partnership=GroupFactory().partnership)))
    assert not Affiliation.objects.exists()


# By a manager of the member they come with


@pytest.fixture
def provider(group):
    return MemberFactory(partnership=group.partnership).organisation


@pytest.fixture
def manager(provider):
    return member(provider, "manager")


def test_manager_lets_someone_take_part_and_ends_it_and_takes_that_back(client, group, provider, manager):
    login(client, manager)
    add = reverse("partnerships:affiliation-add", args=[provider.slug])
    data = {"first_name": "Corrie", "email": "corrie@thuis.example", "kind": "client"}
    assert client.post(add, data).context["form"].errors.keys() == {"partnership"}
    page = client.post(add, data | {"partnership": group.partnership_id}, follow=True).content.decode()
    assert "Corrie" in page
    row = Affiliation.objects.get()
    assert (row.organisation, row.partnership, row.kind) == (provider, group.partnership, "client")
    end = reverse("partnerships:affiliation-end", args=[provider.slug, row.public_id])
    assert end in page
    page = client.post(end, {"read": client.get(end).context["read"]}, follow=True)
    assert not Affiliation.objects.running().exists()
    assert OutgoingMail.objects.get(kind="person_affiliation_ended").to_email == "corrie@thuis.example"
    row.refresh_from_db()
    back = reverse("partnerships:affiliation-take-back", args=[provider.slug, row.public_id])
    assert back in page.content.decode()
    for _press in range(2):
        client.post(back, {"read": row.row_version})
    assert Affiliation.objects.running().get() == row
    assert [mail.state for mail in OutgoingMail.objects.all()] == ["cancelled"]


def test_manager_decides_about_own_people_in_own_partnerships_only(group, leader, provider, manager):
    by = actor_of(manager)

    def begin(**values):
        return affiliations.begin(email="corrie@thuis.example", name=CORRIE, kind="client", by=by, **values)

    for organisation in (None, MemberFactory(partnership=group.partnership).organisation):
        with pytest.raises(ValidationError, match="beheerder"):
            begin(partnership=group.partnership, organisation=organisation)
    with pytest.raises(ValidationError, match="doet niet mee"):
        begin(partnership=GroupFactory().partnership, organisation=provider)
    other = newcomer(group, leader).affiliation
    with pytest.raises(ValidationError, match="beheerder"):
        affiliations.end(affiliation_id=other.pk, by=by, read=None)


def test_coordinator_takes_back_from_the_page_of_the_group_and_the_seat_opens(client, group, leader):
    seat = newcomer(group, leader)
    affiliations.end(affiliation_id=seat.affiliation_id, by=actor_of(leader), read=None)
    assert not GroupSeat.objects.giving_papers().exists()
    login(client, leader)
    args = [group.partnership.slug, group.public_id, seat.public_id]
    url = reverse("partnerships:coordination-affiliation-take-back", args=args)
    assert url in client.get(group.get_absolute_url()).content.decode()
    client.post(url, {"read": Affiliation.objects.get().row_version})
    assert GroupSeat.objects.giving_papers().get() == seat


def test_end_is_taken_back_for_two_weeks(group, leader):
    seat = newcomer(group, leader)
    affiliations.end(affiliation_id=seat.affiliation_id, by=actor_of(leader), read=None)
    later = timezone.now() + timedelta(days=15)
    with time_machine.travel(later), pytest.raises(ValidationError, match="14 dagen"):
        returns.affiliation(affiliation_id=seat.affiliation_id, by=actor_of(leader), read=None)


@pytest.mark.parametrize("number", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(
    client, group, provider, manager, number, django_assert_num_queries
):
    for _each in range(number):
        AffiliationFactory(partnership=group.partnership, organisation=provider)
    login(client, manager)
    url = reverse("partnerships:affiliation-list", args=[provider.slug])
    client.get(url)
    with django_assert_num_queries(6):
        client.get(url)


# What the database holds, whoever writes


def _checked(act):
    """Do it, and have what waits for the end of the transaction checked now."""
    with transaction.atomic():
        act()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize(
    "wrong",
    [
        {"perspective": "practice_expert"},
        {"perspective": "student"},
        {"person": "another"},
        {"organisation": "one"},
        {"affiliation": None},
    ],
)
def test_seat_speaks_as_what_the_person_is(wrong):
    values = dict(wrong)
    if "person" in values:
        values["person"] = UserFactory().person
    if "organisation" in values:
        values["organisation"] = OrganisationFactory()
    seat = GroupSeatFactory(of="client")
    with pytest.raises(IntegrityError):
        _checked(lambda: GroupSeat.objects.filter(pk=seat.pk).update(**values))


@pytest.mark.parametrize("perspective", ["student", "carer_or_client"])
def test_nobody_of_a_member_speaks_for_students_or_clients(perspective):
    seat = GroupSeatFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupSeat.objects.filter(pk=seat.pk).update(perspective=perspective)


@pytest.mark.parametrize(("kind", "source"), [("student", 0), ("client", 7)])
def test_student_names_the_enrolment_and_nobody_else_does(kind, source):
    with pytest.raises(IntegrityError), transaction.atomic():
        AffiliationFactory(kind=kind, source_id=source)


# Pages


def test_client_is_seated_on_the_page_and_leaves_again(client, group, leader):
    login(client, leader)
    slug = group.partnership.slug
    url = reverse("partnerships:coordination-seat-newcomer", args=[slug, group.public_id])
    data = {"first_name": "Corrie", "email": "corrie@thuis.example", "kind": "student"}
    refused = client.post(url, data)
    assert refused.status_code == 200
    assert 'value="Corrie"' in refused.content.decode()
    page = client.post(url, data | {"kind": AffiliationKind.CLIENT}, follow=True).content.decode()
    assert "Cliënt" in page
    seat = GroupSeat.objects.get()
    end = reverse("partnerships:coordination-affiliation-end", args=[slug, group.public_id, seat.public_id])
    assert end in page
    assert client.get(end).status_code == 200
    for _press in range(2):
        page = press(client, end, seat.affiliation, follow=True).content.decode()
        assert "doet niet meer mee" in page
    listed = client.get(group.get_absolute_url(), {"download": "csv"})
    assert "(doet niet meer mee)" in b"".join(listed).decode()


def test_student_is_chosen_from_those_who_take_part(client, group, leader):
    student = Studying.objects.get(
        person=AffiliationFactory(kind="student", partnership=group.partnership).person
    )
    elsewhere = AffiliationFactory(kind="student")
    login(client, leader)
    url = reverse("partnerships:coordination-seat-affiliate", args=[group.partnership.slug, group.public_id])
    page = client.get(url).content.decode()
    assert student.person.full_name in page
    assert client.post(url, {"affiliation": f"s{elsewhere.source_id}"}).status_code == 200
    assert client.post(url, {"affiliation": f"s{student.pk}"}).url == group.get_absolute_url()
    assert group.seats.get().person == student.person


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_a_group_costs_the_same_for_one_and_for_three(
    client, group, leader, number, django_assert_num_queries
):
    for _each in range(number):
        row = MemberFactory(partnership=group.partnership)
        seat = GroupSeatFactory(group=group, of="client")
        Affiliation.objects.filter(pk=seat.affiliation_id).update(organisation=row.organisation)
    login(client, leader)
    client.get(group.get_absolute_url())
    with django_assert_num_queries(8):
        client.get(group.get_absolute_url())


def test_manager_ends_nothing_on_an_old_page(client, group, provider, manager):
    row = AffiliationFactory(partnership=group.partnership, organisation=provider)
    login(client, manager)
    for name in ("affiliation-end", "affiliation-take-back"):
        url = reverse(f"partnerships:{name}", args=[provider.slug, row.public_id])
        assert "is iets gewijzigd" in client.post(url, {"read": "0"}, follow=True).content.decode()
        row.refresh_from_db()
        assert row.is_over == (name == "affiliation-take-back")
        affiliations.end(
            affiliation_id=row.pk, by=actor_of(manager), read=None
        ) if name == "affiliation-end" else None
