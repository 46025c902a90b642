"""Signatures from paper, and the representative of a minor."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from agreements.enums import AgreementState, Signer, SigningMethod
from agreements.models import Signature
from agreements.services import signatures
from core.dates import today
from partnerships.actors import actor_of
from tests.agreements.cases import agreement_case, url, words
from tests.helpers import login

pytestmark = pytest.mark.django_db


# What counts


def on_paper(case, signer, name, day=None):
    signatures.record_on_paper(
        agreement_id=case.agreement.pk,
        version_id=case.version_id,
        signer=signer,
        name=name,
        signed_on=day or today(),
        by=actor_of(case.teacher),
    )
    case.agreement.refresh_from_db()


def test_minor_needs_a_representative_from_paper():
    case = agreement_case(minor=True)
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.SIGNING
    on_paper(case, "representative", "Karin Voorbeeld")
    assert case.agreement.state == AgreementState.ACTIVE
    signature = Signature.objects.get(signer=Signer.REPRESENTATIVE)
    assert (signature.method, signature.by_id) == (SigningMethod.PAPER, case.teacher.pk)


def test_minor_on_the_signing_day_needs_the_representative_even_when_18_before_the_last_signature():
    case = agreement_case(minor=True)
    case.ask()
    case.sign("student", case.student)
    with time_machine.travel(f"{today() + timedelta(days=400)} 12:00+01:00"):
        case.sign("employer", case.contact)
        case.sign("school", case.teacher)
        assert case.agreement.state == AgreementState.SIGNING


def test_student_who_is_18_on_the_signing_day_needs_no_representative(case):
    student = case.placement.student
    student.born_on = today().replace(year=today().year - 18)
    student.save()
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.ACTIVE


def test_representative_of_an_adult_is_refused(case):
    case.ask()
    with pytest.raises(ValidationError, match="18"):
        on_paper(case, "representative", "Karin Voorbeeld")


def test_all_on_paper_activates(case):
    case.ask()
    for signer, name in (("student", "Sam A"), ("employer", "Els B"), ("school", "Jan C")):
        on_paper(case, signer, name)
    assert case.agreement.state == AgreementState.ACTIVE


@pytest.mark.parametrize("days", [1, -2])
def test_paper_signature_on_an_impossible_day_is_refused(case, days):
    case.ask()
    with pytest.raises(ValidationError, match="dag van tekenen"):
        on_paper(case, "student", "Sam A", today() + timedelta(days=days))


def test_one_name_does_not_sign_for_two_parties(case):
    case.ask()
    case.sign("student", case.student)
    with pytest.raises(ValidationError, match="andere partij"):
        on_paper(case, "employer", f"  {case.student.get_full_name().upper()} ")


# The page


def paper_data(case, **changes):
    return {
        "version": case.version_id,
        "signer": "student",
        "name": "Samira op Papier",
        "signed_on": today().isoformat(),
        "seen": "on",
    } | changes


def test_paper_signature_is_recorded(client, case):
    case.ask()
    login(client, case.teacher)
    assert client.post(url("agreement-paper", case), paper_data(case)).status_code == 302
    page = words(client.get(case.agreement.get_absolute_url()))
    assert "Samira op Papier" in page
    assert "Getekend op papier" in page


def test_representative_is_offered_for_a_minor_only(client, case):
    minor = agreement_case(minor=True)
    for one, offered in ((case, False), (minor, True)):
        one.ask()
        page = words(login(client, one.teacher).get(url("agreement-paper", one)))
        assert ('value="representative"' in page) is offered


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "x" * 161},
        {"signed_on": (today() + timedelta(days=2)).isoformat()},
        {"signed_on": "2020-01-01"},
        {"signed_on": "gisteren"},
        {"signer": "representative"},
        {"signer": "x"},
        {"seen": ""},
        {"version": "0"},
    ],
)
def test_paper_with_wrong_values_records_nothing(client, case, changes):
    case.ask()
    login(client, case.teacher)
    assert client.post(url("agreement-paper", case), paper_data(case, **changes)).status_code == 200
    assert Signature.objects.count() == 0


def test_paper_sent_twice_is_recorded_once(client, case):
    case.ask()
    login(client, case.teacher)
    for _ in range(2):
        page = words(client.post(url("agreement-paper", case), paper_data(case), follow=True))
        assert "De handtekening op papier is vastgelegd." in page
    other = client.post(url("agreement-paper", case), paper_data(case, name="Iemand Anders"))
    assert other.status_code == 200
    assert Signature.objects.count() == 1
