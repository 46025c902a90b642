"""What coordinators do with members and groups, and what their lists cost."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.enums import MemberRole, Perspective
from partnerships.forms.groups import GroupForm, SeatForm
from partnerships.models import Group, GroupSeat, Member
from partnerships.services import groups, members
from tests.factories.partnerships import (
    CallFactory,
    GroupExpectationFactory,
    GroupFactory,
    GroupSeatFactory,
    InitiativeFactory,
    MemberFactory,
    MembershipFactory,
)
from tests.helpers import coordinating, member, press

pytestmark = pytest.mark.django_db


# Members


def test_last_coordinating_organisation_stays(partnership, coordinator):
    body = partnership.members.get()
    by = actor_of(coordinator)
    for act in (
        lambda: members.end(member_id=body.pk, by=by, read=None),
        lambda: members.change_role(member_id=body.pk, role=MemberRole.OBSERVER, by=by, version=None),
    ):
        with pytest.raises(ValidationError):
            act()
    assert Member.objects.running().get().role == MemberRole.COORDINATING_BODY


def test_member_leaves_and_loses_sight_of_the_partnership(partnership, coordinator):
    row = MemberFactory(partnership=partnership, starts_on=today() - timedelta(days=90))
    by = actor_of(coordinator)
    members.end(member_id=row.pk, by=by, read=None)
    assert not Member.objects.running().filter(pk=row.pk).exists()
    with pytest.raises(ValidationError):
        members.end(member_id=row.pk, by=by, read=None)


def test_managers_of_a_member_hear_that_it_has_another_role(partnership, coordinator, outbox):
    row = MemberFactory(partnership=partnership)
    manager = member(row.organisation, Role.MANAGER)
    by = actor_of(coordinator)
    for _press in range(2):
        members.change_role(member_id=row.pk, role=MemberRole.OBSERVER, by=by, version=None)
    assert outbox() == [("manager_member_role_changed", manager.email)]
    body = OutgoingMail.objects.get().body
    assert "van “lid” in “waarnemer” gewijzigd" in " ".join(body.split())


# Groups


def test_new_group_sent_twice_is_made_once(client, partnership, coordinator):
    url = reverse("partnerships:coordination-group-create", args=[partnership.slug])
    data = {"name": "Stuurgroep", "kind": "steering", "delegates_per_organisation": 1}
    assert client.post(url, data).status_code == 302
    again = client.post(url, data)
    assert again.context["form"].errors["name"] == ["Er is al een groep met deze naam. Kijk in de lijst."]
    later = client.post(url, {**data, "name": "stuurgroep", "ends_on": "2099-07-31"})
    assert later.context["form"].errors["name"]
    assert partnership.groups.count() == 1
    partnership.groups.update(ends_on=today() - timedelta(days=1))
    assert client.post(url, data).status_code == 302  # the one that ended has left its name


def test_e08_full_group_takes_observers_and_a_secretary_only():
    group = GroupFactory(max_size=2)
    for _ in range(2):
        GroupSeatFactory(group=group)
    by = coordinating(group.partnership)
    values = {"group_id": group.pk, "perspective": "delegate", "by": by}
    first, second, third = MembershipFactory.create_batch(3)
    with pytest.raises(ValidationError, match="vol"):
        groups.give_seat(**values, membership=first, is_observer=False)
    assert groups.give_seat(**values, membership=first, is_observer=True).is_observer
    secretary = groups.give_seat(**values, membership=second, is_observer=False, is_secretary=True)
    with pytest.raises(ValidationError, match="vol"):
        groups.give_seat(**values, membership=third, is_observer=False, is_chair=True)
    # Without the office the seat would count: first there has to be room, or another secretary.
    office = {"group_id": group.pk, "is_chair": False, "is_secretary": False, "by": by, "read": None}
    with pytest.raises(ValidationError, match="vol"):
        groups.change_office(**office, public_id=secretary.public_id)
    other = group.seats.running().filter(is_observer=False, is_secretary=False).first()
    groups.change_office(**office | {"is_secretary": True}, public_id=other.public_id)
    assert group.seats.running().get(is_secretary=True).person == other.person
    assert group.seats.running().filter(is_observer=False).count() == 3


def test_e08_group_can_become_as_small_as_who_counts_in_it(client, partnership, coordinator):
    group = GroupFactory(partnership=partnership)
    for _ in range(2):
        GroupSeatFactory(group=group)
    GroupSeatFactory(group=group, is_secretary=True)
    GroupSeatFactory(group=group, is_observer=True)
    page = reverse("partnerships:coordination-groups", args=[partnership.slug])
    Group.objects.filter(pk=group.pk).update(max_size=2)
    assert "2 / 2" in client.get(page).content.decode()
    form = GroupForm(
        {"name": "X", "kind": "steering", "max_size": 2, "delegates_per_organisation": 1},
        instance=Group.objects.get(pk=group.pk),
    )
    assert "max_size" not in form.errors


def test_e08_organisation_has_no_more_delegates_than_agreed():
    group = GroupFactory(delegates_per_organisation=1)
    seat = GroupSeatFactory(group=group)
    second = MembershipFactory(organisation=seat.organisation)
    by = coordinating(group.partnership)
    values = {"group_id": group.pk, "membership": second, "is_observer": False, "by": by}
    with pytest.raises(ValidationError):
        groups.give_seat(**values, perspective=Perspective.DELEGATE)
    groups.give_seat(**values, perspective=Perspective.PRACTICE_EXPERT)
    with pytest.raises(ValidationError):
        groups.give_seat(**values, perspective=Perspective.PRACTICE_EXPERT)
    assert GroupSeat.objects.running().filter(group=group).count() == 2


@pytest.mark.parametrize("office", ["is_chair", "is_secretary"])
def test_observer_is_neither_chair_nor_secretary(partnership, office):
    group = GroupFactory(partnership=partnership)
    said = ["Waarnemers hebben geen stem, dus kunnen ze geen voorzitter of secretaris zijn."]
    assert SeatForm({office: "on", "is_observer": "on"}, group=group).errors[office] == said
    values = {"membership": MembershipFactory(), "perspective": "delegate", "is_observer": True, office: True}
    with pytest.raises(ValidationError) as refused:
        groups.give_seat(group_id=group.pk, by=coordinating(partnership), **values)
    assert refused.value.messages == said
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupSeatFactory(group=group, is_observer=True, **{office: True})


def test_seat_of_today_ended_twice_says_so(client, partnership, coordinator):
    seat = GroupSeatFactory(group__partnership=partnership, starts_on=today())
    url = reverse(
        "partnerships:coordination-seat-end", args=[partnership.slug, seat.group.public_id, seat.public_id]
    )
    assert f"Verlaat {seat.person.full_name} de groep?" in client.get(url).content.decode()
    assert GroupSeat.objects.running().exists()
    press(client, url, seat)
    for ask in (client.get, client.post):
        assert "Deze persoon zat al niet meer in de groep." in ask(url, follow=True).content.decode()


# Lists cost the same for one row and for three


@pytest.mark.parametrize("item_count", [1, 3])
@pytest.mark.parametrize(
    ("name", "factory", "queries"),
    [
        ("coordination-initiatives", InitiativeFactory, 4),
        ("coordination-groups", GroupExpectationFactory, 6),
        ("coordination-calls", CallFactory, 4),
    ],
)
def test_coordination_lists_queries(
    client, partnership, coordinator, fetched_in, name, factory, queries, item_count
):
    of = "group__partnership" if factory is GroupExpectationFactory else "partnership"
    factory.create_batch(item_count, **{of: partnership})
    factory()
    url = reverse(f"partnerships:{name}", args=[partnership.slug])
    response = fetched_in(queries, url)
    assert response.context["page"].total == item_count
