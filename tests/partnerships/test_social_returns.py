"""Duties of social return (SROI): what an organisation owes a client, what counts for it, and what is open."""

from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from core.dates import today
from core.models import FieldChange, StoredFile
from partnerships.models import SocialReturnActivity, SocialReturnObligation
from tests.factories.partnerships import (
    MemberFactory,
    SocialReturnActivityFactory,
    SocialReturnObligationFactory,
    ValuationRuleFactory,
)
from tests.helpers import edit, login, member

pytestmark = pytest.mark.django_db

DUTY = {
    "client": "Gemeente Polderstad",
    "title": "Dagbesteding",
    "starts_on": "2026-01-01",
    "ends_on": "2027-12-31",
}
DONE = {"kind": "workplace", "what": "Plek op Molenhof", "quantity": "10", "starts_on": "2026-02-01"}


def list_of(organisation) -> str:
    return reverse("partnerships:social-return-list", args=[organisation.slug])


def page(name, duty, *more) -> str:
    return reverse(f"partnerships:social-return{name}", args=[duty.organisation.slug, duty.public_id, *more])


@pytest.fixture
def joined(partnership):
    return MemberFactory(partnership=partnership, organisation__name="Zorggroep De Linde")


@pytest.fixture
def manager(client, joined):
    user = member(joined.organisation, Role.MANAGER)
    login(client, user)
    return user


@pytest.fixture
def duty(joined):
    return SocialReturnObligationFactory(organisation=joined.organisation, amount=Decimal(26000))


def test_e06_employer_sees_what_is_open_and_what_counts_for_it(client, joined, manager):
    create = reverse("partnerships:social-return-create", args=[joined.organisation.slug])
    made = client.post(create, {**DUTY, "amount": "26.000"})
    duty = SocialReturnObligation.objects.get()
    assert made.url == duty.get_absolute_url()
    ValuationRuleFactory(kind="workplace", value=310, starts_on="2025-01-01")
    ValuationRuleFactory(kind="workplace", value=999, starts_on="2026-06-01")
    proof = SimpleUploadedFile("weken.pdf", b"%PDF-1.4\n%%EOF")
    client.post(page("-add", duty), {**DONE, "ends_on": "2026-04-11", "file": proof})
    activity = SocialReturnActivity.objects.get()
    assert activity.value == Decimal(3100)  # by the rule of its first day
    said = client.get(page("", duty)).content.decode()
    for told in ("€\u00a026.000", "€\u00a03.100", "€\u00a022.900", "Plek op Molenhof", "weken.pdf"):
        assert told in said
    listed = client.get(list_of(joined.organisation)).content.decode()
    assert "€\u00a022.900 open van €\u00a026.000" in listed
    assert client.get(page("-proof", duty, activity.public_id)).status_code == 200
    file = b"".join(client.get(page("", duty), {"download": "csv"}).streaming_content).decode()
    assert "Plek op Molenhof" in file
    assert "3100" in file


def test_who_gave_the_contract_is_no_client_of_care(client, joined, manager):
    login(client, manager)
    answer = client.post(f"{list_of(joined.organisation)}nieuw/", DUTY | {"client": ""}).content.decode()
    assert "Vul “Opdrachtgever” in." in answer
    assert "Cliënt" not in answer


def test_norm_is_a_share_of_the_contract(client, joined, manager):
    create = reverse("partnerships:social-return-create", args=[joined.organisation.slug])
    client.post(create, {**DUTY, "percentage": "5", "contract_sum": "120000"})
    assert "€\u00a06.000" in client.get(page("", SocialReturnObligation.objects.get())).content.decode()


@pytest.mark.parametrize(
    "wrong", [{}, {"percentage": "5"}, {"amount": "10", "percentage": "5"}, {"amount": "0"}]
)
def test_a_duty_has_an_amount_or_a_norm(client, joined, manager, wrong):
    create = reverse("partnerships:social-return-create", args=[joined.organisation.slug])
    answer = client.post(create, {**DUTY, **wrong})
    assert answer.status_code == 200
    assert "Dagbesteding" in answer.content.decode()
    assert not SocialReturnObligation.objects.exists()


def test_without_a_rule_the_value_is_asked(client, manager, duty):
    answer = client.post(page("-add", duty), {**DONE, "ends_on": "2026-04-11"})
    assert "value" in answer.context["form"].errors
    client.post(page("-add", duty), {**DONE, "ends_on": "2026-04-11", "value": "1.250,50"})
    assert SocialReturnActivity.objects.get().value == Decimal("1250.50")


def test_what_does_not_count_any_more_stays_and_is_on_record(client, manager, duty):
    activity = SocialReturnActivityFactory(obligation=duty, value=1000)
    url = page("-activity", duty, activity.public_id)
    form = client.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields if name not in {"file", "counts"}}
    typed = {
        name: value.isoformat() if hasattr(value, "isoformat") else "" if value is None else value
        for name, value in typed.items()
    }
    edit(client, url, {**typed, "quantity": "4", "value": "1000"})
    said = client.get(page("", duty)).content.decode()
    assert "telt niet mee" in said
    assert "€\u00a00" in said
    assert FieldChange.objects.filter(field="counts").exists()


def test_another_proof_takes_the_place_of_the_first(client, manager, duty):
    def pdf(more):
        return SimpleUploadedFile("bewijs.pdf", b"%PDF-1.4\n%%EOF" + more)

    done = {**DONE, "ends_on": "2026-04-11", "value": "10"}
    client.post(page("-add", duty), {**done, "file": pdf(b"1")})
    activity = SocialReturnActivity.objects.get()
    edit(client, page("-activity", duty, activity.public_id), {**done, "counts": "on", "file": pdf(b"2")})
    assert StoredFile.objects.count() == 1
    kept = client.get(page("-proof", duty, activity.public_id))
    assert b"".join(kept.streaming_content).endswith(b"2")


def test_coordinator_sees_totals_and_nothing_of_what_they_consist_of(
    client, coordinator, partnership, joined, duty
):
    SocialReturnActivityFactory(obligation=duty, what="Plek op Molenhof", value=1000)
    SocialReturnObligationFactory(organisation=joined.organisation, amount=Decimal(500), ends_on=today())
    over = {"starts_on": "2020-01-01", "ends_on": "2020-12-31"}
    SocialReturnObligationFactory(organisation=joined.organisation, amount=Decimal(7777), **over)
    totals = reverse("partnerships:coordination-social-returns", args=[partnership.slug])
    said = client.get(totals).content.decode()
    for told in ("€\u00a026.500", "€\u00a01.000", "€\u00a025.500"):
        assert told in said
    assert "Molenhof" not in said
    assert client.get(page("", duty)).status_code == 403


def test_amount_or_norm_is_held_by_the_database(duty):
    duty.percentage = Decimal(5)
    with pytest.raises(IntegrityError), transaction.atomic():
        duty.save()


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_however_long(fetched_in, manager, joined, number):
    for _each in range(number):
        activity = SocialReturnActivityFactory(obligation__organisation=joined.organisation)
        SocialReturnActivityFactory.create_batch(number, obligation=activity.obligation)
    fetched_in(4, list_of(joined.organisation))
    fetched_in(6, page("", activity.obligation))


@pytest.mark.parametrize("number", [1, 3])
def test_totals_cost_the_same_however_many(fetched_in, coordinator, partnership, number):
    for _each in range(number):
        there = MemberFactory(partnership=partnership).organisation
        SocialReturnActivityFactory(obligation__organisation=there)
    fetched_in(3, reverse("partnerships:coordination-social-returns", args=[partnership.slug]))
