"""What initiatives and action lines need stands on the first page of who carries them, or else of the coordinator."""

import datetime as dt

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from meetings.presenters.next_steps import for_person
from partnerships.actors import actor_of_person
from partnerships.enums import InitiativePhase, MemberRole, MilestoneState
from partnerships.models import Funding, Initiative
from tests.factories.partnerships import (
    ActionLineFactory,
    FundingFactory,
    InitiativeFactory,
    MemberFactory,
    MilestoneFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import login, member

pytestmark = pytest.mark.django_db


class Around:
    """An initiative that someone of an employer owns, in a partnership with a coordinator."""

    def __init__(self) -> None:
        self.partnership = PartnershipFactory()
        body = OrganisationFactory(kind="knowledge_network")
        MemberFactory(partnership=self.partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
        self.coordinator = member(body, Role.COORDINATOR)
        self.employer = OrganisationFactory()
        MemberFactory(partnership=self.partnership, organisation=self.employer)
        self.owner = member(self.employer, Role.CONTACT)
        self.initiative = InitiativeFactory(
            partnership=self.partnership,
            title="Maatjes",
            owner=self.owner.person,
            state=InitiativePhase.RUNNING,
        )

    def milestone(self, days: int, **facts):
        facts = {"initiative": self.initiative, "owner": self.owner.person} | facts
        return MilestoneFactory(due_on=in_days(days), **facts)

    def money(self, days: int, **facts):
        return FundingFactory(**{"initiative": self.initiative, "ends_on": in_days(days), "plan": ""} | facts)

    def steps(self, user) -> list[tuple[str, str]]:
        actor = actor_of_person(user.person.pk)
        partnership = self.partnership.pk if user == self.coordinator else None
        return [(step.kind, str(step.title)) for step in for_person(actor, partnership)]


@pytest.fixture
def around():
    return Around()


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


def test_owners_of_milestones_have_a_task_when_they_are_late_or_due_within_a_week(client, around):
    around.milestone(-3, title="Vijf maatjes")
    around.milestone(7, title="Tien maatjes")
    around.milestone(8, title="Twintig maatjes")
    around.milestone(2, title="Gehaald", state=MilestoneState.REACHED)
    around.milestone(2, title="Van niemand", owner=None)
    said = [title for kind, title in around.steps(around.owner) if kind == "milestone"]
    assert said == ["Zeg of “Vijf maatjes” is gehaald", "Zeg of “Tien maatjes” is gehaald"]
    assert around.steps(around.coordinator) == []
    login(client, around.owner)
    page = client.get(reverse("employer-next-steps", args=[around.employer.slug])).content.decode()
    assert "Zeg of “Vijf maatjes” is gehaald" in page
    Initiative.objects.update(state=InitiativePhase.FINISHED)
    assert around.steps(around.owner) == []


def test_money_that_stops_without_a_plan_waits_for_the_owner_or_else_the_coordinator(around):
    around.money(100)
    said = [("money", "Bedenk hoe “Maatjes” verdergaat zonder dit geld")]
    assert around.steps(around.owner) == said
    assert around.steps(around.coordinator) == []
    Initiative.objects.update(owner=None)
    assert around.steps(around.owner) == []
    assert around.steps(around.coordinator) == said
    Funding.objects.update(plan="De werkgevers betalen.")
    assert around.steps(around.coordinator) == []


@pytest.mark.parametrize("days", [-1, 200])
def test_money_that_is_over_or_lasts_asks_for_nothing(around, days):
    around.money(days)
    assert around.steps(around.owner) == []


def test_who_left_carries_nothing_any_more_and_the_coordinator_does(around):
    around.money(100)
    ActionLineFactory(partnership=around.partnership, owner=around.owner.person, title="Anders werken")
    assert around.steps(around.coordinator) == []
    row = around.owner.person.memberships.get()
    row.ends_on = in_days(-1)
    row.save(update_fields=["ends_on"])
    assert around.steps(around.owner) == []
    assert sorted(around.steps(around.coordinator)) == [
        ("action_line", "Kies van wie de actielijn “Anders werken” is"),
        ("money", "Bedenk hoe “Maatjes” verdergaat zonder dit geld"),
    ]


def test_action_line_without_an_owner_is_a_task_until_it_has_one(client, around):
    line = ActionLineFactory(partnership=around.partnership, owner=None, title="Anders werken")
    over = ActionLineFactory(partnership=around.partnership, owner=None, ends_on=in_days(-5))
    login(client, around.coordinator)
    page = client.get(reverse("coordinator-next-steps", args=[around.partnership.slug])).content.decode()
    assert "Kies van wie de actielijn “Anders werken” is" in page
    assert over.title not in page
    line.owner = around.owner.person
    line.save()
    assert around.steps(around.coordinator) == []


def test_another_partnership_has_no_such_tasks(around):
    elsewhere = Around()
    elsewhere.money(100, initiative__owner=None)
    Initiative.objects.filter(pk=elsewhere.initiative.pk).update(owner=None)
    ActionLineFactory(partnership=elsewhere.partnership, owner=None)
    assert around.steps(around.coordinator) == []
    assert len(elsewhere.steps(elsewhere.coordinator)) == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_all_of_it_is_read_in_one_query(django_assert_num_queries, around, rows):
    for _row in range(rows):
        around.milestone(1)
        around.money(100)
        ActionLineFactory(partnership=around.partnership, owner=None)
    Initiative.objects.update(owner=around.coordinator.person)
    actor = actor_of_person(around.coordinator.person.pk)
    for_person(actor, around.partnership.pk)
    with django_assert_num_queries(1):
        steps = for_person(actor, around.partnership.pk)
    assert len(steps) == 2 * rows


def test_what_was_said_of_money_before_becomes_a_funding():
    row = InitiativeFactory()
    known = InitiativeFactory()
    FundingFactory(initiative=known, source="Fonds", ends_on=None)
    only_day = InitiativeFactory()
    with connection.cursor() as cursor:
        written = "UPDATE partnerships_initiative SET funding = %s, funding_ends_on = %s WHERE id = %s"
        cursor.execute(written, ["EFRO", dt.date(2030, 7, 31), row.pk])
        cursor.execute(written, ["Fonds", None, known.pk])
        cursor.execute(written, ["", dt.date(2030, 1, 31), only_day.pk])
    loader = MigrationLoader(connection)
    migration = loader.get_migration("partnerships", "0059_old_money_moves_over")
    before = loader.project_state(("partnerships", "0058_social_returns_count_people")).apps
    for _twice in range(2):
        migration.operations[0].code(before, None)
    assert [(one.source, one.ends_on) for one in row.fundings.all()] == [("EFRO", dt.date(2030, 7, 31))]
    assert known.fundings.count() == 1
    assert only_day.fundings.get().source == "Financier niet genoteerd"
