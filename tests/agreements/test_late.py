"""Acts on a whole agreement on a page that is old by now: nothing happens, and it is said."""

import pytest

from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.services import agreements
from core.dates import today
from partnerships.actors import actor_of
from tests.agreements.cases import url
from tests.helpers import login
from tests.late import press_late

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(case):
    case.ask()
    case.sign_all()
    return case


def ended(case, then: str) -> Agreement:
    agreements.end(
        agreement_id=case.agreement.pk,
        last_day=today(),
        then=then,
        reason="Stopt",
        by=actor_of(case.teacher),
        read=None,
    )
    return Agreement.objects.get(pk=case.agreement.pk)


def test_agreement_is_ended_as_it_was_read(client, case):
    data = {"last_day": today().isoformat(), "then": "placement", "reason": "Stopt"}
    login(client, case.teacher)
    press_late(client, url("agreement-end", case), case.agreement, data, read=case.now.edition)


def test_agreement_is_not_ended_when_another_text_was_signed_meanwhile(client, case):
    data = {"last_day": today().isoformat(), "then": "placement", "reason": "Stopt"}
    login(client, case.teacher)
    read = f"{case.now.row_version + 1}.0"  # the agreement as it will be, with another text
    press_late(client, url("agreement-end", case), case.agreement, data, read=read)


def test_end_is_taken_back_as_it_was_read(client, case):
    row = ended(case, "placement")
    login(client, case.teacher)
    press_late(client, url("agreement-end-undo", case), row, read=row.edition)


def test_next_agreement_is_made_as_it_was_read(client, case):
    Agreement.objects.filter(pk=case.agreement.pk).update(state=AgreementState.COMPLETED)
    row = Agreement.objects.get(pk=case.agreement.pk)
    login(client, case.teacher)
    press_late(client, url("agreement-follow-up", case), row, read=row.edition)
