"""Placements of students count for a duty of social return: counted by the dated rules, and nobody is named."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from core.models import FieldChange
from partnerships.models import SocialReturnActivity
from partnerships.queries.social_returns import totals
from tests.factories.partnerships import SocialReturnObligationFactory, ValuationRuleFactory
from tests.helpers import login, member
from tests.placements.scene import Scene

pytestmark = pytest.mark.django_db


def in_days(days: int) -> dt.date:
    return today() + dt.timedelta(days=days)


@pytest.fixture
def scene():
    return Scene()


@pytest.fixture
def duty(scene):
    ValuationRuleFactory(kind="placement", unit="week", value=Decimal(100), starts_on=in_days(-1000))
    ValuationRuleFactory(kind="placement", unit="week", value=Decimal(200), starts_on=in_days(-20))
    return SocialReturnObligationFactory(
        organisation=scene.employer, amount=Decimal(26000), starts_on=in_days(-100), ends_on=in_days(100)
    )


def placed(scene, first: int, last: int, number: int = 1):
    for _one in range(number):
        slot = scene.slot(starts_on=in_days(first), ends_on=in_days(last))
        scene.placement(slot, scene.enrolment(), starts_on=in_days(first), ends_on=in_days(last))


def url(duty):
    return reverse("placements:social-return-places", args=[duty.organisation.slug, duty.public_id])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_e06_placements_count_until_today_by_the_rule_of_their_first_day(client, scene, duty):
    placed(scene, -104, -52)  # 49 days within the duty, by the rule of 100
    placed(scene, -13, 60)  # 14 days until today, by the rule of 200
    placed(scene, 10, 60)  # still to begin
    placed(scene, -300, -200)  # before the duty
    login(client, member(scene.employer, Role.MANAGER))
    page = text(client.get(duty.get_absolute_url()))
    assert "minder dan 5 studenten" in page
    assert "Samen 9,0 weken tot en met vandaag" in page or "Samen 9 weken tot en met vandaag" in page
    assert "€ 1.100" in page
    client.post(url(duty))
    client.post(url(duty))  # pressed twice
    activity = SocialReturnActivity.objects.get()
    assert (activity.quantity, activity.value) == (Decimal(9), Decimal(1100))
    assert (activity.starts_on, activity.ends_on) == (in_days(-100), today())
    assert activity.what == "Plaatsingen van studenten: minder dan 5"
    page = text(client.get(duty.get_absolute_url()))
    assert "€ 24.900" in page
    file = b"".join(client.get(f"{duty.get_absolute_url()}?download=csv")).decode()
    assert "Plaatsingen van studenten: minder dan 5" in file
    assert totals(scene.partnership)[0].counted == Decimal(1100)
    for said in (page, file):
        assert not any(
            name in said
            for name in scene.cohort.enrolments.values_list("student__person__last_name", flat=True)
        )


def test_counted_anew_it_takes_the_place_of_what_stood_there_and_names_five(client, scene, duty):
    placed(scene, -30, 30, 4)
    login(client, scene.contact)
    client.post(url(duty))
    placed(scene, -30, 30)
    client.post(url(duty))
    activity = SocialReturnActivity.objects.get()
    assert activity.what == "Plaatsingen van studenten: 5"
    assert FieldChange.objects.filter(field="quantity").exists()
    assert "leerden 5 studenten" in text(client.get(duty.get_absolute_url()))


def test_without_a_rule_or_a_placement_nothing_counts(client, scene, duty):
    login(client, scene.contact)
    assert "nog geen student" in text(client.get(duty.get_absolute_url()))
    assert "geen plaatsing" in text(client.post(url(duty), follow=True))
    assert not SocialReturnActivity.objects.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_whatever_their_number(
    client, scene, duty, number, django_assert_num_queries
):
    placed(scene, -30, 30, number)
    login(client, scene.contact)
    client.get(duty.get_absolute_url())
    with django_assert_num_queries(7):
        client.get(duty.get_absolute_url())
