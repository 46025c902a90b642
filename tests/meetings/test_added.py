"""What meetings add to the pages of partnerships: promises counted for all, named for who may see them, and decisions."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.dates import today
from tests.factories.meetings import ActionFactory, AgendaItemFactory, DecisionFactory
from tests.factories.partnerships import ActionLineFactory, InitiativeFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db

LATE = {"due_on": today() - timedelta(days=4)}


@pytest.fixture
def line(table):
    return ActionLineFactory(partnership=table.partnership, number=1, title="Het gat dichten")


def shown(client, url: str) -> str:
    return " ".join(client.get(url).content.decode().split())


def lines_of(table) -> str:
    return reverse("partnerships:partnership-action-lines", args=[table.partnership.slug])


def inside(table) -> str:
    return reverse("partnerships:partnership-inside", args=[table.partnership.slug])


def promise(table, line):
    """One done, one late and named, one late in a group, one to do, one that lapsed: by line and by its initiative."""
    initiative = InitiativeFactory(partnership=table.partnership, action_line=line)
    ActionFactory(partnership=table.partnership, action_line=line, state="done")
    ActionFactory(partnership=table.partnership, initiative=initiative)
    ActionFactory(partnership=table.partnership, action_line=line, state="lapsed")
    late = ActionFactory(partnership=table.partnership, initiative=initiative, title="Rondleiding", **LATE)
    hidden = ActionFactory(group=table.group, action_line=line, title="Intern plan", **LATE)
    return late, hidden


@pytest.mark.parametrize("page", ["list", "line", "inside", "first"])
def test_d09_what_is_promised_done_and_late_stands_in_words_per_action_line(client, table, line, page):
    """Story D-09: text beside the shape, on each page where the action line or its partnership is shown."""
    late, hidden = promise(table, line)
    login(client, table.coordinator)
    first = reverse("coordinator-start", args=[table.partnership.slug])
    url = {"list": lines_of(table), "line": line.get_absolute_url(), "inside": inside(table), "first": first}
    said = shown(client, url[page])
    for words in ("4 beloofd", "1 gedaan", "1 nog te doen", "2 te laat", late.title, hidden.title):
        assert words in said
    assert said.count('<i class="is-late">') == 2


def test_promises_of_a_group_are_counted_for_all_members_and_named_for_its_seats_alone(client, table, line):
    late, hidden = promise(table, line)
    login(client, table.contact)
    for url in (lines_of(table), line.get_absolute_url(), inside(table)):
        said = shown(client, url)
        assert "4 beloofd" in said
        assert late.title in said
        assert hidden.title not in said
        assert "niet bij naam" in said
    login(client, table.chair)
    assert hidden.title in shown(client, line.get_absolute_url())


def test_decisions_stand_with_the_action_line_the_group_and_the_partnership(client, table, line):
    item = AgendaItemFactory(meeting__group=table.group, meeting__held=True)
    own = DecisionFactory(item=item, text="Er komt een maatje.", action_line=line)
    open_to_all = DecisionFactory(
        item=AgendaItemFactory(meeting__partnership=table.partnership, meeting__held=True),
        text="Wij beginnen in mei.",
        action_line=line,
    )
    login(client, table.chair)
    for url in (line.get_absolute_url(), inside(table)):
        said = shown(client, url)
        assert own.text in said
        assert open_to_all.text in said
    assert own.text in shown(client, table.group.get_absolute_url())
    login(client, table.contact)
    said = shown(client, line.get_absolute_url())
    assert own.text not in said
    assert open_to_all.text in said


def test_all_actions_of_a_line_are_one_list(client, table, line):
    late, _hidden = promise(table, line)
    other = ActionFactory(partnership=table.partnership, title="Iets anders")
    login(client, table.contact)
    url = reverse("meetings:partnership-actions", args=[table.partnership.slug])
    assert f"{url}?lijn={line.public_id}" in client.get(line.get_absolute_url()).content.decode()
    said = shown(client, f"{url}?lijn={line.public_id}")
    assert late.title in said
    assert other.title not in said
    assert other.title in shown(client, f"{url}?lijn=geen")


def test_pages_cost_the_same_for_one_and_for_three(client, table, django_assert_num_queries):
    login(client, table.coordinator)
    for number in (1, 2):
        for line in ActionLineFactory.create_batch(number, partnership=table.partnership):
            promise(table, line)
            DecisionFactory(
                item=AgendaItemFactory(meeting__partnership=table.partnership, meeting__held=True),
                action_line=line,
            )
        for count, url in ((6, lines_of(table)), (8, line.get_absolute_url()), (12, inside(table))):
            client.get(url)
            with django_assert_num_queries(count):
                client.get(url)


def test_e03_inner_page_of_an_initiative_names_the_decision_and_what_was_promised_for_it(client, table):
    """Story E-03: what moved it, with the meeting, and how it stands with the actions."""
    initiative = InitiativeFactory(partnership=table.partnership, title="Maatjes")
    elsewhere = InitiativeFactory(partnership=table.partnership, title="Iets anders")
    item = AgendaItemFactory(meeting__partnership=table.partnership, meeting__held=True)
    decision = DecisionFactory(item=item, text="Wij gaan door tot de zomer.", initiative=initiative)
    inner = DecisionFactory(
        item=AgendaItemFactory(meeting__group=table.group, meeting__held=True),
        text="Eerst rekenen.",
        initiative=initiative,
    )
    other = DecisionFactory(item=item, text="Wij stoppen.", initiative=elsewhere)
    late = ActionFactory(partnership=table.partnership, initiative=initiative, title="Kosten", **LATE)
    login(client, table.contact)
    said = shown(client, reverse("partnerships:initiative-inside", args=[initiative.slug]))
    for words in (decision.text, f"Besluit {decision.number}", late.title, "1 te laat"):
        assert words in said
    assert inner.text not in said
    assert other.text not in said
    client.logout()
    public = shown(client, initiative.get_absolute_url())
    assert decision.text not in public
    assert late.title not in public
