"""An agreement with which a subsidy is accounted for is kept longer: school or employer says so."""

import pytest
from django.urls import reverse

from core.models import FieldChange
from tests.helpers import login, press

pytestmark = pytest.mark.django_db
USED, NOT_USED = (
    "Een subsidie wordt met deze overeenkomst verantwoord",
    "Wordt met deze overeenkomst een subsidie",
)


def page_of(case):
    return case.agreement.get_absolute_url()


def mark(client, case, used):
    url = reverse("agreements:agreement-subsidy", args=[case.agreement.public_id])
    case.agreement.refresh_from_db()
    answer = press(client, url, case.agreement, {"used": used}, follow=True)
    case.agreement.refresh_from_db()
    return answer.content.decode()


@pytest.mark.parametrize("who", ["teacher", "contact"])
def test_school_or_employer_marks_an_agreement_and_takes_it_back(client, case, who):
    case.ask()
    case.sign_all()
    login(client, getattr(case, who))
    assert NOT_USED in client.get(page_of(case)).content.decode()
    assert "zeven jaar" in mark(client, case, "yes")
    assert case.agreement.for_subsidy
    assert USED in client.get(page_of(case)).content.decode()
    change = FieldChange.objects.get(field="for_subsidy")
    assert change.by_id == getattr(case, who).person.pk
    assert "twee jaar" in mark(client, case, "no")
    assert not case.agreement.for_subsidy


def test_an_agreement_that_was_never_in_force_accounts_for_nothing(client, case):
    login(client, case.teacher)
    assert NOT_USED not in client.get(page_of(case)).content.decode()
    assert "in werking" in mark(client, case, "yes")
    assert not case.agreement.for_subsidy


def test_the_student_does_not_say_it(client, case):
    case.ask()
    case.sign_all()
    login(client, case.student)
    assert NOT_USED not in client.get(page_of(case)).content.decode()
    url = reverse("agreements:agreement-subsidy", args=[case.agreement.public_id])
    assert press(client, url, case.agreement, {"used": "yes"}).status_code == 403
