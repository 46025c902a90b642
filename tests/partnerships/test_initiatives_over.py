"""An initiative is its owner's while inside, and nothing of it begins once the partnership is over."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.enums import Role
from core import versions
from core.dates import AMSTERDAM, today
from core.models import OutgoingMail
from core.reminding.engine import tick
from partnerships.actors import actor_of
from partnerships.models import Indicator, Initiative, InitiativeResult, Membership
from partnerships.reminders import REMINDERS
from partnerships.services import (
    closings,
    indicators,
    initiative_participants,
    initiative_partners,
    initiatives,
    stories,
)
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import (
    FundingFactory,
    IndicatorFactory,
    InitiativeFactory,
    InitiativePartnerFactory,
    MemberFactory,
    StoryVersionFactory,
)
from tests.helpers import login, member
from tests.roles import Around, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership():
    return MemberFactory().partnership


@pytest.fixture
def initiative(partnership):
    return InitiativeFactory(partnership=partnership, state="preparation")


@pytest.fixture
def leader(partnership):
    return coordinator(Around(partnership=partnership))


def texts(row: Initiative, by):
    return lambda: initiatives.save_texts(
        initiative_id=row.pk, by=by, version=versions.of(row), summary="Iets anders"
    )


def result(row: Initiative, by):
    figure = InitiativeResult(label="Deelnemers", value="12", measured_on=today(), source="Telling")
    return lambda: initiatives.add_result(initiative_id=row.pk, result=figure, by=by)


def start(row: Initiative, by):
    return lambda: initiatives.move(initiative_id=row.pk, action="start", by=by, read=versions.of(row))


def indicator(row: Initiative, by):
    new = Indicator(initiative=row, label="Uitval", unit="studenten")
    return lambda: indicators.save(indicator=new, by=by, version=None)


def measurement(row: Initiative, by):
    values = {"measured_on": today(), "value": None, "note": "Nog niet bekend", "source": "Telling"}
    known = IndicatorFactory(initiative=row)
    return lambda: indicators.measure(indicator_id=known.pk, by=by, **values)


def story(row: Initiative, by):
    known = StoryVersionFactory(initiative=row)
    return lambda: stories.publish(story_id=known.pk, by=by, read=versions.of(known))


VERBS = [texts, result, start, indicator, measurement, story]


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_of_an_initiative_begins_where_the_partnership_is_over(initiative, leader, verb):
    act = verb(initiative, actor_of(leader))
    closings.partnership(partnership_id=initiative.partnership_id, by=actor_of(leader), read=None)
    with pytest.raises(ValidationError, match="beëindigd"):
        act()


@pytest.mark.parametrize("verb", VERBS)
def test_all_of_it_begins_as_long_as_it_goes_on(initiative, leader, verb):
    verb(initiative, actor_of(leader))()


def test_what_goes_on_is_finished_or_stopped_also_then(initiative, leader):
    closings.partnership(partnership_id=initiative.partnership_id, by=actor_of(leader), read=None)
    initiatives.move(
        initiative_id=initiative.pk,
        action="stop",
        reason="Op.",
        by=actor_of(leader),
        read=versions.of(initiative),
    )
    initiative.refresh_from_db()
    assert initiative.state == "stopped"


def test_owner_who_left_the_partnership_reads_what_is_not_public_no_more(client, initiative):
    owner = member(initiative.partnership.members.first().organisation, Role.CONTACT)
    Initiative.objects.update(owner=owner.person, is_published=False)
    login(client, owner)
    assert client.get(initiative.get_absolute_url()).status_code == 200
    Membership.objects.filter(person=owner.person).update(ends_on=today(), ended_at=timezone.now())
    assert client.get(initiative.get_absolute_url()).status_code == 404


def gone(user) -> None:
    Membership.objects.filter(person=user.person).update(ends_on=today(), ended_at=timezone.now())


def told(kind: str) -> set[str]:
    return set(OutgoingMail.objects.filter(kind=kind).values_list("to_email", flat=True))


def test_owner_who_left_is_not_told_who_asks_to_take_part(initiative, leader):
    """The mail names a person: a student, a client or a carer."""
    owner = member(initiative.partnership.members.first().organisation, Role.CONTACT)
    Initiative.objects.update(owner=owner.person)
    gone(owner)
    asker = actor_of(UserFactory())
    initiative_participants.ask(initiative_id=initiative.pk, kind="client", consent="Ja.", by=asker)
    assert told("party_initiative_person_asked") == {leader.email}


def test_contact_person_who_left_is_not_told_that_the_organisation_takes_part_no_more(initiative, leader):
    organisation = MemberFactory(partnership=initiative.partnership).organisation
    contact, manager = member(organisation, Role.CONTACT), member(organisation, Role.MANAGER)
    partner = InitiativePartnerFactory(
        initiative=initiative, organisation=organisation, contact=contact.person
    )
    gone(contact)
    initiative_partners.leave(
        partner_id=partner.pk, reason="Vertrouwelijk.", by=actor_of(leader), read=versions.of(partner)
    )
    assert told("party_initiative_ended") == {manager.email}


def test_owner_and_planner_who_left_are_not_reminded_of_money(initiative, leader):
    organisation = initiative.partnership.members.first().organisation
    owner, planner = member(organisation, Role.CONTACT), member(organisation, Role.CONTACT)
    Initiative.objects.update(owner=owner.person)
    ends_on = dt.date(2030, 3, 8)
    FundingFactory(
        initiative=initiative,
        ends_on=ends_on,
        plan_owner=planner.person,
        plan_due_on=ends_on,
    )
    gone(owner)
    with time_machine.travel(dt.datetime.combine(ends_on, dt.time(9), AMSTERDAM) - dt.timedelta(days=59)):
        tick(REMINDERS)
    assert {planner.email} <= set(OutgoingMail.objects.values_list("to_email", flat=True))
    assert owner.email not in set(OutgoingMail.objects.values_list("to_email", flat=True))
