"""Coordinators change the name, the start and the successor of a partnership, and since when members take part."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core import versions
from core.dates import today
from core.models import FieldChange
from partnerships.models import Partnership
from partnerships.services import members
from partnerships.services import partnerships as service
from tests.factories.partnerships import MemberFactory, PartnershipFactory
from tests.helpers import acting, coordinating, edit, made_from

pytestmark = pytest.mark.django_db
FILLED = {"proposal_days": 10}


def facts_url(partnership):
    return reverse("partnerships:coordination-partnership-facts", args=[partnership.slug])


def start_url(member):
    return reverse(
        "partnerships:coordination-member-start", args=[member.partnership.slug, member.organisation.slug]
    )


@pytest.fixture
def other(partnership):
    """Another partnership of the same coordinating body."""
    body = partnership.members.get().organisation
    return MemberFactory(organisation=body, role="coordinating_body").partnership


def test_coordinator_renames_a_partnership_and_its_address_stays(client, partnership, other, coordinator):
    page, before = facts_url(partnership), partnership.name
    assert page in client.get(partnership.get_absolute_url()).content.decode()
    typed = FILLED | {"name": "Samen Sterk", "starts_on": "12-05-2021", "successor": ""}
    assert edit(client, page, typed).url == partnership.get_absolute_url()
    partnership.refresh_from_db()
    assert (partnership.name, partnership.starts_on) == ("Samen Sterk", date(2021, 5, 12))
    lines = client.get(page).context["history"]
    assert [(line.before, line.after) for line in lines] == [
        (before, "Samen Sterk"),
        ("(leeg)", "12 mei 2021"),
    ]


def test_successor_and_predecessor_name_each_other_for_everyone(client, partnership, other, coordinator):
    edit(client, facts_url(partnership), FILLED | {"name": partnership.name, "successor": other.pk})
    client.logout()
    assert other.get_absolute_url() in client.get(partnership.get_absolute_url()).content.decode()
    assert partnership.get_absolute_url() in client.get(other.get_absolute_url()).content.decode()
    assert FieldChange.objects.get(field="successor").after["id"] == other.pk


def test_successor_is_named_when_all_is_over_and_nothing_else_then(client, partnership, other, coordinator):
    partnership.ends_on = today() - timedelta(days=1)
    partnership.save()
    assert set(client.get(facts_url(partnership)).context["form"].fields) == {"successor"}
    edit(client, facts_url(partnership), {"name": "Anders", "successor": other.pk})
    partnership.refresh_from_db()
    assert (partnership.successor, partnership.name == "Anders") == (other, False)
    partnership.name = "Anders"
    with pytest.raises(ValidationError, match="beëindigd"):
        service.save_facts(
            partnership=partnership, by=coordinating(partnership, other), version=versions.of(partnership)
        )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "http://zorg.example"}, "name"),
        ({"starts_on": str(today() + timedelta(days=3))}, "starts_on"),
        ({"starts_on": "morgen"}, "starts_on"),
        ({"successor": "0"}, "successor"),
        ({"proposal_days": "0"}, "proposal_days"),
        ({"proposal_days": "91"}, "proposal_days"),
    ],
)
def test_what_cannot_be_is_refused(client, partnership, other, coordinator, typed, field):
    page = edit(client, facts_url(partnership), FILLED | {"name": "Getypt", **typed})
    assert list(page.context["form"].errors) == [field]
    partnership.refresh_from_db()
    assert partnership.name != "Getypt"


def test_successor_of_another_coordinator_or_in_a_circle_is_refused(client, partnership, other, coordinator):
    foreign = PartnershipFactory()
    page = edit(client, facts_url(partnership), FILLED | {"name": partnership.name, "successor": foreign.pk})
    assert list(page.context["form"].errors) == ["successor"]
    version = versions.of(partnership)
    partnership.successor = foreign
    with pytest.raises(ValidationError, match="ook coördineert"):
        service.save_facts(partnership=partnership, by=coordinating(partnership), version=version)
    Partnership.objects.filter(pk=other.pk).update(successor=partnership.pk)
    page = edit(client, facts_url(partnership), FILLED | {"name": partnership.name, "successor": other.pk})
    assert "gaat zelf al verder als deze" in page.content.decode()
    with pytest.raises(IntegrityError, match="partnership_not_its_own_successor"), transaction.atomic():
        Partnership.objects.filter(pk=other.pk).update(successor=other.pk)


def test_only_coordinators_change_it(partnership):
    by = acting(MemberFactory(partnership=partnership).organisation, Role.MANAGER)
    with pytest.raises(ValidationError, match="coördinator"):
        service.save_facts(partnership=partnership, by=by, version=versions.of(partnership))
    member = partnership.members.order_by("pk").last()
    with pytest.raises(ValidationError, match="coördinator"):
        members.correct_start(member_id=member.pk, starts_on=None, by=by, version=versions.of(member))


def test_two_tabs_lose_nothing(client, partnership, other, coordinator):
    page = facts_url(partnership)
    first, second = (made_from(client, page) for _ in range(2))
    client.post(page, {**first, **FILLED, "name": "Van de een"})
    shown = client.post(page, {**second, **FILLED, "name": "Van de ander"}).content.decode()
    assert "Van de een" in shown or "<del>een</del>" in shown
    partnership.refresh_from_db()
    assert partnership.name == "Van de een"


def test_start_of_a_member_is_corrected_on_record(client, partnership, coordinator):
    joined = MemberFactory(partnership=partnership, starts_on=today())
    page = start_url(joined)
    every = reverse("partnerships:coordination-members", args=[partnership.slug])
    assert page in client.get(every).content.decode()
    assert edit(client, page, {"starts_on": "13-02-2020"}).url == every
    joined.refresh_from_db()
    assert joined.starts_on == date(2020, 2, 13)
    assert [line.after for line in client.get(page).context["history"]] == ["13 februari 2020"]
    assert (
        "13 februari 2020" in client.get(every).content.decode()
        or "13 feb" in client.get(every).content.decode()
    )


@pytest.mark.parametrize("typed", [str(today() + timedelta(days=2)), "ooit", "31-02-2024"])
def test_start_that_cannot_be_is_refused(client, partnership, coordinator, typed):
    joined = MemberFactory(partnership=partnership, starts_on=today())
    page = edit(client, start_url(joined), {"starts_on": typed})
    assert list(page.context["form"].errors) == ["starts_on"]


def test_start_is_not_before_the_end_of_another_role(client, partnership, coordinator):
    first = MemberFactory(partnership=partnership, starts_on=date(2020, 1, 1), ends_on=date(2022, 6, 1))
    joined = MemberFactory(
        partnership=partnership, organisation=first.organisation, starts_on=today() - timedelta(days=5)
    )
    for typed in ("01-03-2021", ""):
        page = edit(client, start_url(joined), {"starts_on": typed})
        assert "Kies een latere dag." in page.content.decode()
    assert edit(client, start_url(joined), {"starts_on": "02-06-2022"}).status_code == 302


def test_member_of_a_partnership_that_is_over_stays_as_it_is(client, partnership, coordinator):
    joined = MemberFactory(partnership=partnership, starts_on=today())
    partnership.ends_on = today() - timedelta(days=1)
    partnership.save()
    page = edit(client, start_url(joined), {"starts_on": "13-02-2020"})
    assert "beëindigd" in page.content.decode()
