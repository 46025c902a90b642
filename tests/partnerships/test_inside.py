"""The page of a partnership for who takes part in it."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from tests.factories.partnerships import (
    ActionLineFactory,
    GroupFactory,
    GroupSeatFactory,
    MemberFactory,
    PartnershipThemeFactory,
    PointOfContactFactory,
)
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


def inside(partnership) -> str:
    return reverse("partnerships:partnership-inside", args=[partnership.slug])


@pytest.fixture
def joined(partnership):
    return MemberFactory(partnership=partnership, starts_on="2024-03-01")


def test_members_find_groups_action_lines_themes_and_people_in_one_place(client, partnership, joined):
    user = member(joined.organisation, Role.COLLEAGUE)
    group = GroupFactory(partnership=partnership, mandate="Werkt het plan uit.")
    own = GroupFactory(partnership=partnership)
    GroupSeatFactory(group=own, person=user.person, organisation=joined.organisation)
    owner = member(joined.organisation, Role.CONTACT).person
    line = ActionLineFactory(partnership=partnership, owner=owner, goal="Minder uitval.")
    theme = PartnershipThemeFactory(partnership=partnership)
    over = {"ends_on": today() - dt.timedelta(days=1)}
    ended = [
        GroupFactory(partnership=partnership, **over),
        ActionLineFactory(partnership=partnership, **over),
        PartnershipThemeFactory(partnership=partnership, **over),
    ]
    login(client, user)
    shown = client.get(inside(partnership))
    said = shown.content.decode()
    assert [row.group for row in shown.context["groups"]] == [own, group]  # one's own first
    for told in (
        joined.organisation.name,
        "sinds 1 maart 2024",
        group.mandate,
        line.title,
        line.goal,
        owner.full_name,
        owner.address,
        theme.name,
        "geen lopend initiatief",
    ):
        assert told in said
    for row in ended:
        assert str(row) not in said
    for name in ("groups", "action-lines", "themes"):
        assert reverse(f"partnerships:partnership-{name}", args=[partnership.slug]) in said


def test_people_to_ask_are_those_who_are_named(client, partnership, joined):
    point = PointOfContactFactory(partnership=partnership, organisation=None, state="agreed")
    MemberFactory(partnership=partnership, organisation=point.membership.organisation)
    login(client, member(joined.organisation, Role.COLLEAGUE))
    assert point.person.full_name in client.get(inside(partnership)).content.decode()


def test_page_is_found_from_the_partnership_and_the_menu(client, partnership, coordinator, joined):
    for url in (
        partnership.get_absolute_url(),
        reverse("partnerships:coordination-groups", args=[partnership.slug]),
    ):
        assert inside(partnership) in client.get(url).content.decode()


def test_people_of_a_member_find_it_where_their_organisation_takes_part(client, partnership, joined):
    login(client, member(joined.organisation, Role.MANAGER))
    url = reverse("partnerships:organisation-partnerships", args=[joined.organisation.slug])
    assert inside(partnership) in client.get(url).content.decode()


def test_coordinator_of_another_partnership_is_not_led_where_the_page_is_closed(client, partnership, joined):
    other = MemberFactory(organisation=joined.organisation).partnership
    lead = MemberFactory(partnership=other, role="lead", organisation__kind="knowledge_network")
    login(client, member(lead.organisation, Role.COORDINATOR))
    url = reverse("partnerships:organisation-partnerships", args=[joined.organisation.slug])
    said = client.get(url).content.decode()
    assert inside(other) in said
    assert inside(partnership) not in said


def test_page_costs_the_same_for_one_of_each_and_for_three(fetched_in, partnership, coordinator, joined):
    for number in (1, 2):
        GroupFactory.create_batch(number, partnership=partnership)
        PartnershipThemeFactory.create_batch(number, partnership=partnership)
        for line in ActionLineFactory.create_batch(number, partnership=partnership):
            line.owner = member(joined.organisation, Role.CONTACT).person
            line.save()
        fetched_in(12, inside(partnership))
