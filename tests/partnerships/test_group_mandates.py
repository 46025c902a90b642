"""What a group is for is known to all members of its partnership; who sits there, to its own people and coordinators."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from partnerships.models import Group
from tests.factories.partnerships import GroupFactory, GroupSeatFactory, MemberFactory
from tests.helpers import acting, at_noon, login, member
from ui import formats

pytestmark = pytest.mark.django_db


@pytest.fixture
def joined():
    return MemberFactory(role="observer", partnership__is_published=False)


def page_of(partnership) -> str:
    return reverse("partnerships:partnership-groups", args=[partnership.slug])


def test_people_of_every_member_read_the_mandate_and_not_who_sits_there(client, joined):
    group = GroupFactory(
        partnership=joined.partnership, mandate="Beslist over de koers.", ends_on=today() + timedelta(days=90)
    )
    seat = GroupSeatFactory(group=group)
    login(client, member(joined.organisation, Role.COLLEAGUE))
    inside = reverse("partnerships:partnership-inside", args=[joined.partnership.slug])
    assert inside in client.get(joined.partnership.get_absolute_url()).content.decode()
    assert page_of(joined.partnership) in client.get(inside).content.decode()
    said = client.get(page_of(joined.partnership)).content.decode()
    for told in ("Stuurgroep", group.name, group.mandate, "tot en met"):
        assert told in said
    assert seat.person.last_name not in said
    assert group.get_absolute_url() not in said
    assert client.get(group.get_absolute_url()).status_code == 404
    login(client, seat.person.user)
    assert client.get(page_of(joined.partnership)).status_code == 404  # works for no member


def test_visitors_and_people_of_others_find_no_way_there(client, joined):
    joined.partnership.is_published = True
    joined.partnership.save()
    public = joined.partnership.get_absolute_url()
    inside = reverse("partnerships:partnership-inside", args=[joined.partnership.slug])
    assert inside not in client.get(public).content.decode()
    login(client, member(MemberFactory().organisation, Role.COLLEAGUE))
    assert inside not in client.get(public).content.decode()


def test_own_group_opens_from_the_list(client, joined):
    own, other = GroupFactory.create_batch(2, partnership=joined.partnership)
    user = member(joined.organisation, Role.COLLEAGUE)
    GroupSeatFactory(group=own, person=user.person, organisation=joined.organisation)
    login(client, user)
    rows = client.get(page_of(joined.partnership)).context["rows"]
    assert {row.group: row.opens for row in rows} == {own: True, other: False}


@pytest.mark.parametrize("over", ["group", "partnership", "coming"])
def test_only_groups_that_run_are_listed(joined, over):
    group = GroupFactory(partnership=joined.partnership)
    actor = acting(joined.organisation, Role.COLLEAGUE)
    assert list(Group.objects.with_mandate_for(actor)) == [group]
    row, field, days = {
        "group": (group, "ends_on", -1),
        "partnership": (group.partnership, "ends_on", -1),
        "coming": (group, "starts_on", 1),
    }[over]
    setattr(row, field, today() + timedelta(days=days))
    row.save()
    assert not Group.objects.with_mandate_for(actor).exists()


def test_d10_small_committee_has_a_mandate_and_an_end_date_that_all_members_read(
    client, coordinator, partnership
):
    last_day = today() + timedelta(days=240)
    typed = {
        "name": "Comité opleidersplatform",
        "kind": "committee",
        "mandate": "Werkt uit hoe het platform bestuurd en betaald wordt.",
        "ends_on": last_day,
        "max_size": 6,
        "delegates_per_organisation": 1,
    }
    client.post(reverse("partnerships:coordination-group-create", args=[partnership.slug]), typed)
    group = Group.objects.get()
    assert (group.kind, group.ends_on) == ("committee", last_day)
    for role in ("member", "observer"):
        login(client, member(MemberFactory(partnership=partnership, role=role).organisation, Role.COLLEAGUE))
        said = client.get(page_of(partnership)).content.decode()
        for told in ("Comité", group.mandate, formats.day(last_day)):
            assert told in said
    with at_noon(241):
        assert group.name not in client.get(page_of(partnership)).content.decode()


def test_list_of_mandates_costs_the_same_for_one_group_and_for_three(client, fetched_in, joined):
    login(client, member(joined.organisation, Role.COLLEAGUE))
    for number in (1, 2):
        GroupFactory.create_batch(number, partnership=joined.partnership)
        fetched_in(4, page_of(joined.partnership))
