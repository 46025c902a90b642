"""Lists of meetings, decisions, actions and needs: the same cost for one row and three, and nothing of others."""

import pytest
from django.urls import reverse

from partnerships.models import CooperationVersion
from tests.factories.meetings import (
    ActionFactory,
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    NeedFactory,
    PaperFactory,
)
from tests.factories.partnerships import (
    ActionLineFactory,
    CooperationVersionFactory,
    GroupFactory,
    InitiativeFactory,
)
from tests.helpers import login

pytestmark = pytest.mark.django_db


@pytest.fixture
def costs(client, django_assert_num_queries):
    """The page, which costs that many queries once what is cached is cached."""

    def fetch(number: int, url: str) -> str:
        client.get(url)
        with django_assert_num_queries(number):
            return " ".join(client.get(url).content.decode().split())

    return fetch


def of_group(name: str, table) -> str:
    return reverse(f"meetings:group-{name}", args=[table.group.public_id])


@pytest.mark.parametrize("number", [1, 3])
def test_meetings(client, table, costs, number):
    MeetingFactory.create_batch(number, group=table.group)
    foreign = MeetingFactory(title="Overleg van anderen")
    login(client, table.teacher)
    assert foreign.title not in costs(5, of_group("meetings", table))
    assert foreign.title not in costs(3, reverse("meetings:meeting-list"))


@pytest.mark.parametrize("number", [1, 3])
def test_decisions(client, table, costs, number):
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    DecisionFactory.create_batch(number, item=item)
    foreign = DecisionFactory(text="Besluit van anderen")
    login(client, table.teacher)
    assert foreign.text not in costs(4, of_group("decisions", table))


@pytest.mark.parametrize("number", [1, 3])
def test_actions(client, table, costs, number):
    ActionFactory.create_batch(number, group=table.group, owner=table.teacher.person)
    foreign = ActionFactory(title="Actie van anderen")
    login(client, table.teacher)
    assert foreign.title not in costs(5, of_group("actions", table))
    assert foreign.title not in costs(3, reverse("meetings:action-list"))


@pytest.mark.parametrize("number", [1, 3])
def test_needs(client, table, costs, number):
    NeedFactory.create_batch(number, partnership=table.partnership)
    foreign = NeedFactory(title="Behoefte van anderen")
    login(client, table.contact)
    assert foreign.title not in costs(5, reverse("meetings:need-list", args=[table.partnership.slug]))


@pytest.mark.parametrize("number", [1, 3])
def test_one_meeting(client, table, costs, number):
    meeting = MeetingFactory(group=table.group, held=True)
    for item in AgendaItemFactory.create_batch(number, meeting=meeting):
        DecisionFactory(item=item)
        ActionFactory(group=table.group, meeting=meeting, item=item)
        NeedFactory(partnership=table.partnership, state="bundled", item=item)
        AttendanceFactory(meeting=meeting)
        PaperFactory(meeting=meeting, item=item)
    login(client, table.chair)
    costs(11, meeting.get_absolute_url())


@pytest.mark.parametrize("number", [1, 3])
def test_one_meeting_to_come(client, table, costs, number):
    meeting = MeetingFactory(group=table.group)
    for item in AgendaItemFactory.create_batch(number, meeting=meeting):
        NeedFactory(partnership=table.partnership, state="bundled", item=item)
        AttendanceFactory(meeting=meeting)
        PaperFactory(meeting=meeting, item=item)
    NeedFactory.create_batch(number, partnership=table.partnership)
    ActionFactory.create_batch(number, group=table.group)
    login(client, table.chair)
    costs(12, meeting.get_absolute_url())


@pytest.mark.parametrize("number", [1, 3])
def test_page_to_decide_on_names_all_that_can_be_decided_about(client, table, costs, number):
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    for _ in range(number):
        InitiativeFactory(partnership=table.partnership)
        ActionLineFactory(partnership=table.partnership)
        GroupFactory(partnership=table.partnership)
        replaced = CooperationVersionFactory(partnership=table.partnership, asked=True)
        CooperationVersion.objects.filter(pk=replaced.pk).update(state="withdrawn")
    login(client, table.coordinator)
    html = costs(8, reverse("meetings:item-decide", args=[item.public_id]))
    assert f"{table.partnership}, {number}" in html
