"""What an objection to a signature on paper does to a contract and its placement, where others went on from the text."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from agreements.enums import AgreementState, VersionState
from agreements.services import agreements, signatures, versions
from agreements.tasks import complete
from core.dates import today
from core.models import OutgoingMail, StateChange
from partnerships.actors import actor_of
from placements.enums import PlacementState
from placements.models import Placement
from placements.presenters import next_steps
from placements.queries.placed import left_without
from placements.services import break_offs
from placements.tasks import move_placements
from tests.agreements.cases import agreement_case, words
from tests.factories.placements import PlacementFactory
from tests.helpers import login, open_link

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SOON = 5 * DAY


@pytest.fixture
def signed():
    """In force until the end of the year, on the only seat."""
    case = agreement_case(seats=1)
    case.ask()
    case.sign_all()
    return case


def shorter(case, kind="period"):
    """The employer and the school sign a shorter period; of the student they have a paper."""
    about = {"hours_reason": "Zo komt het uit."} if kind == "period" else {}
    version = case.amend(kind, ends_on=today() + SOON, **about)
    case.on_paper("student")
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    return version


def seat_given(case):
    first = today() + SOON + DAY
    return PlacementFactory(slot=case.placement.slot, starts_on=first, ends_on=first + 90 * DAY)


def objected(case, version):
    signature = version.signatures.get(method="paper")
    signatures.object(signature_id=signature.pk, reason="Niet door mij.")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
    version.refresh_from_db()
    case.agreement.refresh_from_db()
    case.placement.refresh_from_db()


def kinds(to):
    return set(OutgoingMail.objects.filter(person__user=to).values_list("kind", flat=True))


def test_placement_whose_seat_was_given_ends_as_it_is_and_the_school_looks_for_a_new_place(signed):
    planned = signed.placement.ends_on
    version = shorter(signed)
    seat_given(signed)
    OutgoingMail.objects.all().delete()
    objected(signed, version)
    last = today() + SOON
    placement, agreement = signed.placement, signed.agreement
    assert (placement.state, placement.ends_on, placement.would_end_on) == (
        PlacementState.ENDING,
        last,
        planned,
    )
    assert (agreement.state, agreement.ended_on) == (AgreementState.ENDED, last)
    assert signed.now.in_force(last).number == 1
    assert version.state == VersionState.LAPSED
    act = StateChange.objects.get(action="announce")
    assert (act.cause.action, act.cause.object_id, act.by) == ("object", str(version.pk), None)
    assert "betwist" in act.reason
    assert list(left_without()) == [placement]
    steps = next_steps.for_teacher(actor_of(signed.teacher), signed.school.pk)
    assert any("andere plek" in str(step.title) for step in steps)
    for user, role in (
        (signed.student, "student"),
        (signed.contact, "employer"),
        (signed.teacher, "teacher"),
    ):
        assert {"party_signature_objected", "party_agreement_ended", f"{role}_placement_broken_off"} <= kinds(
            user
        )


def test_pages_say_that_it_ends_and_why(client, signed):
    version = shorter(signed)
    seat_given(signed)
    objected(signed, version)
    name = signed.placement.student.full_name
    page = words(login(client, signed.student).get(signed.agreement.get_absolute_url()))
    assert f"{name} zei op" in page
    assert "Die handtekening telt niet, en die tekst ook niet." in page
    page = words(client.get(signed.placement.get_absolute_url()))
    assert "in die dagen al bezet" in page
    assert "Tot " in page


def test_it_goes_on_after_all_once_the_seat_is_free_again(client, signed):
    planned = signed.placement.ends_on
    version = shorter(signed)
    other = seat_given(signed)
    objected(signed, version)
    by = actor_of(signed.teacher)
    with pytest.raises(ValidationError):
        break_offs.take_back(placement_id=signed.placement.pk, by=by, read=None)
    Placement.objects.filter(pk=other.pk).update(state=PlacementState.CANCELLED, ended_at=timezone.now())
    page = words(login(client, signed.teacher).get(signed.placement.get_absolute_url()))
    assert "Plaatsing laten doorgaan" in page
    break_offs.take_back(placement_id=signed.placement.pk, by=by, read=None)
    signed.agreement.refresh_from_db()
    signed.placement.refresh_from_db()
    assert (signed.placement.state, signed.placement.ends_on) == (PlacementState.CONFIRMED, planned)
    assert signed.agreement.state == AgreementState.ACTIVE


@pytest.mark.parametrize("days", [0, 10])
def test_end_that_was_disputed_stays_when_the_seat_was_given_and_can_be_taken_back_later(signed, days):
    planned = signed.placement.ends_on
    version = shorter(signed, "early_end")
    other = seat_given(signed)
    last = today() + SOON
    with time_machine.travel(today() + days * DAY):
        move_placements()
        objected(signed, version)
        assert version.state == VersionState.LAPSED
        assert (signed.agreement.state, signed.agreement.ended_on) == (AgreementState.ENDED, last)
        assert signed.placement.ends_on == last
        assert list(left_without()) == [signed.placement]
        mail = OutgoingMail.objects.filter(kind="party_signature_objected").first()
        assert "De overeenkomst blijft beëindigd" in mail.body
        Placement.objects.filter(pk=other.pk).update(state=PlacementState.CANCELLED, ended_at=timezone.now())
        agreements.take_back_end(agreement_id=signed.agreement.pk, by=actor_of(signed.teacher), read=None)
    signed.agreement.refresh_from_db()
    signed.placement.refresh_from_db()
    assert (signed.agreement.state, signed.placement.ends_on) == (AgreementState.ACTIVE, planned)


def test_end_that_all_signed_is_not_taken_back_by_one(signed):
    shorter(signed, "early_end")
    with pytest.raises(ValidationError, match="eindigde door iets anders"):
        agreements.take_back_end(agreement_id=signed.agreement.pk, by=actor_of(signed.teacher), read=None)


def test_who_was_mailed_that_it_ended_is_mailed_that_this_was_undone(signed):
    version = shorter(signed, "early_end")
    OutgoingMail.objects.update(sent_at=OutgoingMail.objects.first().created_at, state="sent")
    objected(signed, version)
    assert signed.agreement.state == AgreementState.ACTIVE
    assert "reader_act_taken_back" in kinds(signed.contact)


def test_what_was_over_by_the_clock_goes_on_when_the_days_are_free(signed):
    planned = signed.placement.ends_on
    version = shorter(signed)
    with time_machine.travel(today() + 10 * DAY):
        move_placements()
        complete()
        signed.agreement.refresh_from_db()
        assert signed.agreement.state == AgreementState.COMPLETED
        objected(signed, version)
        assert (signed.agreement.state, signed.placement.state) == (
            AgreementState.ACTIVE,
            PlacementState.RUNNING,
        )
        assert (signed.placement.ends_on, version.state) == (planned, VersionState.SIGNING)


def test_change_that_waits_falls_with_the_text_that_it_changes(signed):
    version = shorter(signed)
    waiting = signed.amend("correction", assessment="Beter.", hours_reason="Zo komt het uit.")
    objected(signed, version)
    waiting.refresh_from_db()
    assert (waiting.state, version.state) == (VersionState.LAPSED, VersionState.SIGNING)
    assert signed.agreement.state == AgreementState.ACTIVE


def test_text_on_which_another_was_signed_since_never_counted_and_the_newer_one_stands(signed):
    first = today()
    version = signed.amend("content", assessment="Anders.")
    signed.on_paper("student")
    signed.sign("employer", signed.contact)
    signed.sign("school", signed.teacher)
    newer = signed.amend("correction", assessment="Beter.", effective_from=today() + SOON)
    signed.sign_all()
    objected(signed, version)
    assert (version.state, version.holds) == (VersionState.LAPSED, None)
    assert signed.agreement.state == AgreementState.ACTIVE
    assert (signed.now.in_force(first).number, signed.now.in_force(first + SOON)) == (1, newer)


def test_contract_without_any_text_left_waits_for_the_signature_and_comes_into_force_again():
    case = agreement_case()
    case.ask()
    case.on_paper("student")
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    first = case.agreed
    newer = case.amend("content", assessment="Anders.")
    case.on_paper("student")
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    objected(case, first)
    objected(case, newer)
    assert (case.agreement.state, newer.state) == (AgreementState.SIGNING, VersionState.SIGNING)
    with pytest.raises(ValidationError):  # else nothing would be left of the contract
        versions.withdraw(agreement_id=case.agreement.pk, version_id=newer.pk, by=actor_of(case.teacher))
    case.sign("student", case.student)
    assert case.agreement.state == AgreementState.ACTIVE


def test_disputed_first_text_is_written_anew(client, case):
    case.ask()
    case.on_paper("student")
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    objected(case, case.agreed)
    case.change(assessment="Anders.")
    assert (case.agreement.state, case.pending.state) == (AgreementState.SIGNING, VersionState.DRAFT)
    page = words(login(client, case.teacher).get(case.agreement.get_absolute_url()))
    assert "niet geldig: de tekst wordt aangepast" in page
    case.ask()
    case.sign_all()
    assert case.agreement.state == AgreementState.ACTIVE


def test_disputed_first_text_ends_with_its_placement(case):
    case.ask()
    case.on_paper("student")
    case.sign("employer", case.contact)
    case.sign("school", case.teacher)
    objected(case, case.agreed)
    break_offs.break_off(placement_id=case.placement.pk, reason="Nee.", by=actor_of(case.teacher), read=None)
    case.agreement.refresh_from_db()
    assert (case.agreement.state, case.now.pending) == (AgreementState.ENDED, None)


def test_page_of_the_link_says_what_was_done_also_where_the_text_fell(client, signed):
    version = shorter(signed, "early_end")
    seat_given(signed)
    path = open_link(client, OutgoingMail.objects.get(kind="named_signature_recorded"))
    page = words(client.post(path, {"reason": "Niet door mij."}, follow=True))
    version.refresh_from_db()
    assert version.state == VersionState.LAPSED
    assert "dat deze handtekening niet klopt" in page
