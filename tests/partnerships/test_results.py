"""A result that was wrong is corrected beside what it said, with a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from partnerships.actors import actor_of
from partnerships.models import InitiativeResult
from partnerships.services import initiatives
from tests.factories.partnerships import InitiativeFactory, InitiativeResultFactory, MemberFactory
from tests.helpers import login
from tests.roles import Around, coordinator

pytestmark = pytest.mark.django_db


@pytest.fixture
def result():
    return InitiativeResultFactory(initiative__partnership=MemberFactory().partnership, value="240")


@pytest.fixture
def leader(result):
    return coordinator(Around(partnership=result.initiative.partnership))


def test_correction_stands_beside_what_it_corrects_and_visitors_read_both(client, result, leader):
    initiative = result.initiative
    here = [initiative.partnership.slug, initiative.slug]
    login(client, leader)
    url = reverse("partnerships:coordination-result-correct", args=[*here, result.public_id])
    assert url in client.get(reverse("partnerships:coordination-initiative", args=here)).content.decode()
    page = client.get(url)
    said = {name: str(page.context["form"][name].value()) for name in ("label", "measured_on", "source")}
    refused = client.post(url, {**said, "value": "24"})
    assert "reason" in refused.context["form"].errors
    for _press in range(2):
        client.post(url, {**said, "value": "24", "reason": "Typefout"})
    wrong, right = InitiativeResult.objects.order_by("pk")
    assert (wrong.value, right.value, right.corrects, right.by) == ("240", "24", wrong, leader.person)
    page = client.get(reverse("partnerships:coordination-initiative", args=here)).content.decode()
    assert "<s>240</s>" in page
    client.logout()
    page = client.get(initiative.get_absolute_url()).content.decode()
    assert "eerst: 240. Typefout" in page
    assert page.count("24</dd>") == 1


def test_result_is_corrected_once_and_then_its_correction(result, leader):
    def correct(row, value):
        values = {"label": row.label, "measured_on": row.measured_on, "source": row.source, "value": value}
        by = actor_of(leader)
        return initiatives.correct_result(result_id=row.pk, reason="Typefout", by=by, **values)

    newer = correct(result, "24")
    assert correct(result, "24") == newer
    with pytest.raises(ValidationError, match="al gecorrigeerd"):
        correct(result, "25")
    assert correct(newer, "25").corrects == newer


def test_database_keeps_a_result_as_it_was(result):
    with pytest.raises(IntegrityError), transaction.atomic():
        InitiativeResultFactory(initiative=InitiativeFactory(), corrects=result, reason="")
