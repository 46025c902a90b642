"""Asking to be erased, the decision on it, and what each reads of it. What erasure does: tests/portal/test_erasure.py."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.enums import ErasureState, SecurityKind
from accounts.models import ErasureRequest, SecurityEvent
from accounts.services import erasure
from core.models import OutgoingMail, StateChange
from tests.accounts.signing import sign_in
from tests.factories.accounts import ErasureRequestFactory, SupportActFactory, UserFactory
from tests.factories.partnerships import MembershipFactory
from tests.factories.students import EnrolmentFactory

pytestmark = pytest.mark.django_db
REASON = "Niets verplicht ons om dit te bewaren."
OWN = reverse("accounts:own-data")


@pytest.fixture(autouse=True)
def _without_second_step(settings):
    settings.ADMIN_NEEDS_SECOND_STEP = False


def decided(request, granted=True, by=None, read=None):
    act = SupportActFactory(subject=request.person)
    return erasure.decide(
        request_id=request.pk, by=by or act.administrator_id, granted=granted, reason=REASON, read=read
    )


def mailed(kind):
    return list(OutgoingMail.objects.filter(kind=kind).order_by("pk"))


def test_asking_tells_the_administrators_and_is_on_record(client):
    administrator = UserFactory(admin=True)
    user = UserFactory()
    sign_in(client, user.email)
    page = client.get(reverse("accounts:erasure-ask"))
    assert "Wil je al je gegevens laten wissen?" in page.content.decode()
    answer = client.post(reverse("accounts:erasure-ask"), follow=True)
    assert "Binnen een maand krijg je een mail" in answer.content.decode()
    request = ErasureRequest.objects.get()
    assert (request.person, request.state) == (user.person, ErasureState.ASKED)
    (told,) = mailed("administrator_erasure_asked")
    assert told.person == administrator.person
    assert user.person.full_name not in told.body + told.subject
    assert SecurityEvent.objects.filter(person=user.person, kind=SecurityKind.ERASURE_ASKED).exists()
    assert StateChange.objects.get(action="ask").subject == user.person.public_id


def test_asking_needs_the_password_again(client):
    client.force_login(UserFactory())
    answer = client.post(reverse("accounts:erasure-ask"))
    assert (answer.status_code, answer.url) == (302, reverse("accounts:erasure-ask"))
    assert client.get(reverse("accounts:erasure-ask")).url.startswith(reverse("account_reauthenticate"))
    assert not ErasureRequest.objects.exists()


def test_one_request_waits_at_a_time(client):
    request = ErasureRequestFactory()
    with pytest.raises(ValidationError, match="al gevraagd"):
        erasure.ask(person_id=request.person_id)
    erasure.withdraw(person_id=request.person_id, read=None)
    assert erasure.ask(person_id=request.person_id).pk != request.pk


def test_request_is_taken_back_on_the_own_page(client):
    request = ErasureRequestFactory(granted=True)
    client.force_login(request.person.user)
    page = client.get(OWN).content.decode()
    assert "Verzoek intrekken" in page
    assert request.reason in page
    answer = client.post(reverse("accounts:erasure-withdraw"), {"read": "0"}, follow=True)
    assert "Er is iets gewijzigd" in answer.content.decode()
    client.post(reverse("accounts:erasure-withdraw"), {"read": str(request.row_version)})
    request.refresh_from_db()
    assert request.state == ErasureState.WITHDRAWN


@pytest.mark.parametrize(
    ("granted", "subject"), [(True, "Je gegevens worden gewist"), (False, "niet gewist")]
)
def test_decision_is_mailed_with_its_reason(granted, subject):
    request = decided(ErasureRequestFactory(), granted)
    assert request.state == (ErasureState.GRANTED if granted else ErasureState.REFUSED)
    (told,) = mailed("person_erasure_decided")
    assert told.person == request.person
    assert subject in told.subject
    assert REASON in told.body
    assert SecurityEvent.objects.get(kind=SecurityKind.ERASURE_DECIDED).support == request.support


def test_only_under_a_support_act_on_that_person():
    request = ErasureRequestFactory()
    elsewhere = SupportActFactory().administrator
    with pytest.raises(ValidationError, match="Open eerst het account"):
        decided(request, by=elsewhere.pk)
    over = SupportActFactory(
        subject=request.person, begun_at=timezone.now() - dt.timedelta(hours=2), until=None
    )
    with pytest.raises(ValidationError, match="Open eerst het account"):
        decided(request, by=over.administrator_id)
    with pytest.raises(ValidationError, match="beheerder"):
        decided(request, by=UserFactory().person.pk)
    assert not mailed("person_erasure_decided")


def test_nothing_is_granted_while_something_goes_on():
    request = ErasureRequestFactory()
    MembershipFactory(person=request.person)
    EnrolmentFactory(student__person=request.person)
    with pytest.raises(ValidationError, match="rol, inschrijving"):
        decided(request)
    assert decided(request, granted=False).state == ErasureState.REFUSED


def test_decision_on_another_version_is_refused():
    with pytest.raises(ValidationError, match="gewijzigd"):
        decided(ErasureRequestFactory(), read="99")


def test_administrator_decides_on_the_page(client):
    request = ErasureRequestFactory()
    path = request.get_absolute_url()
    administrator = UserFactory(admin=True)
    client.force_login(administrator)
    assert "Open eerst het account" in client.get(path).content.decode()
    assert client.post(path, {"answer": "grant", "reason": REASON}).status_code == 302
    SupportActFactory(administrator=administrator.person, subject=request.person)
    page = client.get(path).content.decode()
    assert "checked" not in page  # nothing is chosen beforehand
    answer = client.post(path, {"answer": "grant", "reason": "kort", "read": "1"})
    assert 'aria-invalid="true"' in answer.content.decode()
    sent = {"answer": "grant", "reason": REASON, "read": str(request.row_version)}
    assert "De persoon heeft een mail gekregen" in client.post(path, sent, follow=True).content.decode()
    request.refresh_from_db()
    assert request.state == ErasureState.GRANTED
    assert REASON in client.get(path).content.decode()


def test_report_is_read_in_words(client):
    report = {"gone": {"students.Goal": 11}, "blanked": {}, "kept": {"agreements.Signature": 3}}
    request = ErasureRequestFactory(granted=True)
    ErasureRequest.objects.filter(pk=request.pk).update(
        state="done",
        done_at=timezone.now(),
        report=report | {"kept_until": {"agreements.Signature": "2029-07-31"}},
    )
    client.force_login(UserFactory(admin=True))
    page = client.get(request.get_absolute_url()).content.decode()
    assert "Leerdoelen: 11" in page
    assert "Handtekeningen: 3" in page
    assert "31 juli 2029" in page


def test_own_page_says_how_long_each_is_kept(client):
    client.force_login(UserFactory())
    page = client.get(OWN).content.decode()
    for words in ("Leerplan, na de laatste inschrijving", "2 jaar", "7 jaar", "18 maanden", "30 dagen"):
        assert words in page
