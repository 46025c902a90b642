"""The money of initiatives and what comes after it, their milestones, and what goes on as what."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from core.models import FieldChange, OutgoingMail
from core.reminding import run
from partnerships.enums import MemberRole
from partnerships.models import Funding, Initiative, Milestone
from partnerships.presenters.indicators import rolled_up
from partnerships.reminders import FundingEnds
from partnerships.services import initiatives
from tests.factories.partnerships import (
    ActionLineFactory,
    FundingFactory,
    IndicatorFactory,
    InitiativeFactory,
    InitiativePartnerFactory,
    MeasurementFactory,
    MemberFactory,
    MilestoneFactory,
    OrganisationFactory,
    PartnershipFactory,
)
from tests.helpers import coordinating, edit, login, member, press

pytestmark = pytest.mark.django_db


class Around:
    """An initiative with its owner, a coordinator, and someone of another member."""

    def __init__(self) -> None:
        self.partnership = PartnershipFactory()
        body = OrganisationFactory(kind="knowledge_network")
        MemberFactory(partnership=self.partnership, organisation=body, role=MemberRole.COORDINATING_BODY)
        self.coordinator = member(body, Role.COORDINATOR)
        employer, school = OrganisationFactory(), OrganisationFactory(school=True)
        for organisation in (employer, school):
            MemberFactory(partnership=self.partnership, organisation=organisation)
        self.owner, self.teacher = member(employer, Role.CONTACT), member(school, Role.TEACHER)
        self.initiative = InitiativeFactory(
            partnership=self.partnership, slug="maatjes", title="Maatjes", owner=self.owner.person
        )
        InitiativePartnerFactory(initiative=self.initiative, organisation=employer)


@pytest.fixture
def around():
    return Around()


def url(name, *args):
    return reverse(f"partnerships:{name}", args=["maatjes", *args])


def text(client, address):
    return " ".join(client.get(address).content.decode().split())


def run_on(day):
    before = set(OutgoingMail.objects.values_list("pk", flat=True))
    while True:  # nothing goes out in the weekend
        run([FundingEnds()], day)
        mails = list(OutgoingMail.objects.exclude(pk__in=before))
        if mails or day.weekday() < 5:
            return mails
        day += dt.timedelta(days=1)


def test_money_that_ends_is_warned_of_inside_and_visitors_read_what_continues(client, around):
    login(client, around.owner)
    ends_on = today() + dt.timedelta(days=100)
    data = {
        "source": "Provincie",
        "amount": "48000",
        "starts_on": "2025-09-01",
        "ends_on": ends_on,
        "plan": "De werkgevers betalen.",
        "plan_owner": around.owner.person.pk,
        "plan_due_on": today() + dt.timedelta(days=30),
        "continues": "De maatjes blijven.",
    }
    assert client.post(url("funding-create"), data).status_code == 302
    client.post(url("funding-create"), data)  # pressed twice
    assert Funding.objects.get().amount == Decimal(48000)
    inside = text(client, url("initiative-inside"))
    for words in ("Het geld van Provincie stopt over 100 dagen.", "48.000", "De werkgevers betalen."):
        assert words in inside
    client.logout()
    public = text(client, around.initiative.get_absolute_url())
    assert "De maatjes blijven." in public
    for words in ("48.000", "De werkgevers betalen.", around.owner.person.full_name):
        assert words not in public


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"amount": "0"}, "Vul een bedrag boven nul in"),
        ({"ends_on": "2025-01-01"}, "De einddatum moet na de begindatum liggen."),
        ({"plan_due_on": "2027-01-01"}, "Vul in wie het plan maakt en wanneer het klaar is"),
        ({"ends_on": "2099-01-01"}, "jaar"),
    ],
)
def test_money_that_does_not_fit_keeps_what_was_typed_and_says_what_to_do(client, around, wrong, words):
    login(client, around.owner)
    page = client.post(url("funding-create"), {"source": "Fonds", "starts_on": "2026-01-01"} | wrong)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert 'value="Fonds"' in page.content.decode()
    assert not Funding.objects.exists()


@pytest.mark.parametrize("days", [183, 61])
def test_owner_coordinators_and_planner_hear_six_and_two_months_before_money_ends(around, days):
    day = today()
    while day.weekday() > 3:
        day += dt.timedelta(days=1)
    row = FundingFactory(
        initiative=around.initiative,
        source="Provincie",
        ends_on=day + dt.timedelta(days=days),
        plan_owner=around.teacher.person,
        plan_due_on=day,
    )
    FundingFactory(initiative=InitiativeFactory(state="stopped", stop_reason="op"), ends_on=row.ends_on)
    mails = run_on(day)
    assert {mail.to_email for mail in mails} == {
        around.owner.email,
        around.coordinator.email,
        around.teacher.email,
    }
    assert all("Maatjes" in mail.subject and "Provincie" in mail.body for mail in mails)
    assert mails[0].kind == "reminder_funding"
    assert run_on(day) == []


def test_plan_is_made_by_someone_who_works_on_the_initiative(client, around):
    stranger = member(OrganisationFactory(), Role.CONTACT)
    login(client, around.owner)
    data = {"source": "Fonds", "plan_owner": stranger.person.pk, "plan_due_on": "2027-01-01"}
    assert client.post(url("funding-create"), data).status_code == 200
    row = FundingFactory(initiative=around.initiative, source="Fonds")
    edit(client, url("funding-change", row.public_id), {"source": "Gemeente"})
    assert list(FieldChange.objects.values_list("field", "after")) == [("source", "Gemeente")]


def test_milestone_that_is_late_says_so_and_its_owner_reaches_it(client, around):
    login(client, around.owner)
    due_on = today() - dt.timedelta(days=3)
    data = {"title": "Twintig maatjes", "due_on": due_on, "owner": around.owner.person.pk}
    client.post(url("milestone-create"), data)
    milestone = Milestone.objects.get()
    assert "3 dagen te laat" in text(client, url("initiative-inside"))
    press(client, url("milestone-reach", milestone.public_id), milestone)
    press(client, url("milestone-reach", milestone.public_id), milestone)
    assert ">gehaald<" in client.get(milestone.get_absolute_url()).content.decode().replace("</svg>", ">")
    milestone.refresh_from_db()
    assert milestone.state == "reached"
    press(client, url("milestone-reopen", milestone.public_id), milestone)
    milestone.refresh_from_db()
    assert milestone.state == "open"
    edit(client, url("milestone-change", milestone.public_id), {"title": "Maatjes", "due_on": "2027-05-01"})
    assert FieldChange.objects.filter(field="due_on").count() == 1


def test_dropping_a_milestone_asks_the_reason_and_shows_it(client, around):
    milestone = MilestoneFactory(initiative=around.initiative)
    login(client, around.coordinator)
    drop = url("milestone-drop", milestone.public_id)
    assert press(client, drop, milestone, {"reason": ""}).status_code == 200
    press(client, drop, milestone, {"reason": "Het rooster kan het al."})
    assert "Het rooster kan het al." in text(client, milestone.get_absolute_url())


def test_successor_and_predecessor_link_to_each_other(client, around):
    later = InitiativeFactory(partnership=around.partnership, title="Maatjes overal", is_published=True)
    hidden = InitiativeFactory(partnership=around.partnership, title="Geheim", is_published=False)
    Initiative.objects.filter(pk=hidden.pk).update(successor=later)
    values = {"title": "Maatjes", "kind": "project", "summary": "Kort", "successor": later.pk}
    login(client, around.coordinator)
    here = reverse(
        "partnerships:coordination-initiative-change", args=[around.partnership.slug, around.initiative.slug]
    )
    assert edit(client, here, values).status_code == 302
    client.logout()
    Initiative.objects.filter(pk=around.initiative.pk).update(is_published=True)
    assert "Maatjes overal" in text(client, around.initiative.get_absolute_url())
    said = text(client, later.get_absolute_url())
    assert around.initiative.get_absolute_url() in said
    assert "Geheim" not in said


def test_initiatives_make_no_ring(around):
    by = coordinating(around.partnership)
    second, third = InitiativeFactory.create_batch(2, partnership=around.partnership)
    Initiative.objects.filter(pk=around.initiative.pk).update(successor=second)
    Initiative.objects.filter(pk=second.pk).update(successor=third)
    third.refresh_from_db()
    with pytest.raises(ValidationError, match="daar zelf uit voort"):
        initiatives.save(initiative=third, themes=[], by=by, version=None, successor=around.initiative)
    elsewhere = InitiativeFactory()
    with pytest.raises(ValidationError, match="deze samenwerking"):
        initiatives.save(initiative=third, themes=[], by=by, version=None, successor=elsewhere)
    with pytest.raises(DatabaseError), transaction.atomic():
        Initiative.objects.filter(pk=third.pk).update(successor=around.initiative)
    with pytest.raises(DatabaseError), transaction.atomic():
        Initiative.objects.filter(pk=third.pk).update(successor=third)


@pytest.mark.parametrize(
    "wrong",
    [{"amount": -1}, {"plan_due_on": "2026-01-01"}, {"starts_on": "2027-01-01", "ends_on": "2026-01-01"}],
)
def test_money_holds_together(around, wrong):
    row = FundingFactory(initiative=around.initiative)
    with pytest.raises(IntegrityError), transaction.atomic():
        Funding.objects.filter(pk=row.pk).update(**wrong)


def test_what_initiatives_measure_adds_up_where_units_are_equal(client, around):
    line = ActionLineFactory(partnership=around.partnership)
    Initiative.objects.update(action_line=line)
    other = InitiativeFactory(partnership=around.partnership, action_line=line)
    unseen = InitiativeFactory(partnership=around.partnership, action_line=line, is_published=False)
    for initiative, value in ((around.initiative, 20), (other, 30), (unseen, 1000)):
        counted = {"unit": "bezoeken", "direction": "up", "target": 40}
        MeasurementFactory(indicator=IndicatorFactory(initiative=initiative, **counted), value=value)
    MeasurementFactory(indicator__initiative=other, indicator__label="Uitval", value=9)
    login(client, around.teacher)
    said = text(client, line.get_absolute_url())
    assert "50 van 80 bezoeken" in said
    assert "0 van 2 doelen gehaald" in said
    assert "1 van 1 doel gehaald" in said
    assert rolled_up([]) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_inner_page_costs_the_same(client, django_assert_num_queries, around, rows):
    for _row in range(rows):
        FundingFactory(initiative=around.initiative, plan_owner=around.owner.person, plan_due_on=today())
        MilestoneFactory(initiative=around.initiative, owner=around.owner.person)
    login(client, around.coordinator)
    client.get(url("initiative-inside"))
    with django_assert_num_queries(11):
        client.get(url("initiative-inside"))


def test_people_of_another_partnership_see_nothing_of_it(client, around):
    Initiative.objects.update(is_published=True)
    FundingFactory(initiative=around.initiative, plan="Kanariegeel", source="Kanariefonds")
    milestone = MilestoneFactory(initiative=around.initiative, title="Kanarie")
    login(client, member(OrganisationFactory(), Role.MANAGER))
    assert "Kanariegeel" not in text(client, around.initiative.get_absolute_url())
    assert client.get(url("initiative-inside")).status_code == 404
    assert client.get(milestone.get_absolute_url()).status_code == 404
