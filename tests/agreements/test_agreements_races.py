"""Two people at once at one agreement: active exactly once, and never a signature under a text not seen."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from agreements.enums import AgreementState
from agreements.models import Signature
from agreements.queries import readiness
from agreements.services import agreements, signatures, versions
from core.models import OutgoingMail, StateChange
from partnerships.actors import actor_of
from tests.agreements.cases import agreement_case
from tests.factories.programmes import AccreditationFactory
from tests.helpers import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def signing(case, signer, user):
    return partial(
        signatures.sign,
        agreement_id=case.agreement.pk,
        version_id=case.version_id,
        signer=signer,
        by=actor_of(user),
    )


def test_two_last_signatures_at_once_activate_exactly_once():
    for _round in range(ROUNDS):
        case = agreement_case()
        case.ask()
        case.sign("student", case.student)
        side_by_side(signing(case, "employer", case.contact), signing(case, "school", case.teacher))
        case.agreement.refresh_from_db()
        assert case.agreement.state == AgreementState.ACTIVE
        changes = StateChange.objects.filter(action="activate", object_id=str(case.agreement.pk))
        assert changes.count() == 1
        mails = OutgoingMail.objects.filter(kind="party_agreement_activated", person__user=case.student)
        assert mails.count() == 1


def test_one_party_signing_twice_at_once_gives_one_signature():
    for _round in range(ROUNDS):
        case = agreement_case()
        case.ask()
        results = side_by_side(*[signing(case, "student", case.student)] * 4, refusal=ValidationError)
        assert sum(isinstance(result, Signature) for result in results) == 1
        assert case.pending.signatures.count() == 1


def test_change_against_signature_leaves_no_signature_on_the_new_text():
    for _round in range(ROUNDS):
        case = agreement_case()
        case.ask()
        change = partial(
            versions.change, agreement_id=case.agreement.pk, by=None, guidance="Anders.", from_digest=None
        )
        signed, _changed = side_by_side(
            signing(case, "student", case.student), change, refusal=ValidationError
        )
        case.agreement.refresh_from_db()
        assert (case.agreement.state, case.pending.number) == (AgreementState.DRAFT, 2)
        assert case.pending.signatures.count() == 0
        voided = OutgoingMail.objects.filter(
            kind="signer_agreement_voided", person__user=case.student
        ).count()
        # Either the signature came first and its owner heard that it lapsed, or it was refused.
        assert voided == int(isinstance(signed, Signature))


def test_change_against_the_last_signature_is_either_signed_or_a_draft():
    for _round in range(ROUNDS):
        case = agreement_case()
        case.ask()
        case.sign("student", case.student)
        case.sign("employer", case.contact)
        change = partial(
            versions.change, agreement_id=case.agreement.pk, by=None, guidance="Anders.", from_digest=None
        )
        signed, changed = side_by_side(signing(case, "school", case.teacher), change, refusal=ValidationError)
        case.agreement.refresh_from_db()
        # Whoever came first: what was signed by all is changed beside it, not over it.
        won = isinstance(signed, Signature)
        assert isinstance(changed, ValidationError) is won
        assert case.agreement.state == (AgreementState.ACTIVE if won else AgreementState.DRAFT)


def test_accreditation_recorded_during_the_last_signature_is_not_missed():
    for _round in range(ROUNDS):
        case = agreement_case(accredited=False)
        case.ask()
        case.sign("student", case.student)
        case.sign("employer", case.contact)
        crebos = readiness.accredited(case.pending).crebos

        @transaction.atomic
        def record(case=case, crebos=crebos):
            for crebo in crebos:
                AccreditationFactory(organisation=case.employer, crebo=crebo)
            return signatures.activate_ready(organisation_id=case.employer.pk, by=None)

        side_by_side(signing(case, "school", case.teacher), record)
        case.agreement.refresh_from_db()
        assert case.agreement.state == AgreementState.ACTIVE
        assert StateChange.objects.filter(action="activate", object_id=str(case.agreement.pk)).count() == 1


def test_draft_at_once_makes_one_agreement():
    case = agreement_case()
    placement = case.placement
    case.agreement.versions.all().delete()
    case.agreement.delete()
    found = side_by_side(*[partial(agreements.draft, placement_id=placement.pk, by=None)] * 4)
    assert len({agreement.pk for agreement in found}) == 1
    assert found[0].versions.count() == 1
