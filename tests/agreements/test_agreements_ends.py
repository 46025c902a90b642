"""How an agreement ends, early or on its day, how that is taken back, and what follows it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format

from accounts.enums import Role
from agreements.enums import AgreementState
from agreements.models import Agreement
from agreements.queries.due import lacks_contract
from agreements.services import agreements
from agreements.tasks import complete
from core import outbox
from core.dates import today
from core.models import OutgoingMail
from partnerships.actors import actor_of
from partnerships.services import memberships
from placements.enums import PlacementState
from placements.services import break_offs
from placements.tasks import move_placements
from students.services import leavings
from tests.agreements.cases import words
from tests.factories.partnerships import MembershipFactory
from tests.helpers import acting, login

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def in_force(case):
    case.ask()
    case.sign_all()
    return case


def end(case, then="placement", last_day=None, reason="De locatie sluit."):
    agreements.end(
        agreement_id=case.agreement.pk,
        last_day=last_day or today(),
        then=then,
        reason=reason,
        by=actor_of(case.teacher),
        read=None,
    )
    case.agreement.refresh_from_db()
    case.placement.refresh_from_db()


def test_end_needs_a_reason_and_tells_the_parties(case):
    in_force(case)
    with pytest.raises(ValidationError):
        end(case, reason=" ")
    end(case)
    assert (case.agreement.state, case.agreement.ended_on) == (AgreementState.ENDED, today())
    mails = OutgoingMail.objects.filter(kind="party_agreement_ended")
    assert {mail.person.user_id for mail in mails} == {case.student.pk, case.contact.pk}
    assert "De locatie sluit." in mails[0].body


def test_end_outside_the_period_is_refused(case):
    in_force(case)
    with pytest.raises(ValidationError, match="periode"):
        end(case, last_day=date(2090, 1, 1))


def test_end_today_ends_the_placement_too(case):
    end(in_force(case))
    assert case.placement.state == PlacementState.BROKEN_OFF


def test_end_on_a_later_day_holds_until_that_day_and_the_placement_with_it(case):
    last = today() + 30 * DAY
    end(in_force(case), last_day=last)
    assert (case.agreement.ended_on, case.placement.ends_on) == (last, last)
    assert case.now.in_force(last) is not None
    assert case.now.in_force(last + DAY) is None


def test_end_with_a_next_agreement_drafts_it_for_the_days_that_are_left(case):
    agreed = in_force(case).agreed
    last = today() + 30 * DAY
    end(case, then="next", last_day=last)
    following = Agreement.objects.for_page().get(follows=case.agreement)
    assert (following.number, following.state) == (2, AgreementState.DRAFT)
    assert (following.pending.starts_on, following.pending.ends_on) == (last + DAY, agreed.ends_on)
    assert following.pending.guidance == agreed.guidance
    assert case.placement.ends_on == agreed.ends_on


def test_placement_keeps_its_first_day_when_the_next_agreement_is_signed(case):
    """Else the seat would be free while the student still works there, and the supervisor would see nothing."""
    first = in_force(case).placement.starts_on
    end(case, then="next", last_day=today() + 30 * DAY)
    following = in_force(replace(case, agreement=Agreement.objects.get(follows=case.agreement)))
    case.placement.refresh_from_db()
    assert following.agreement.state == AgreementState.ACTIVE
    assert case.placement.starts_on == first < following.agreed.starts_on


def test_what_was_in_force_never_lapses_whatever_was_being_changed(case):
    in_force(case)
    case.amend()
    end(case)
    assert case.agreement.state == AgreementState.ENDED
    assert case.now.pending is None
    assert case.now.agreed.number == 1


@pytest.mark.parametrize("then", ["placement", "next"])
def test_wrong_end_is_taken_back_with_what_it_brought_along(case, then):
    agreed = in_force(case).agreed
    end(case, then=then, last_day=today() + 30 * DAY)
    agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)
    case.agreement.refresh_from_db()
    case.placement.refresh_from_db()
    assert (case.agreement.state, case.agreement.ended_on) == (AgreementState.ACTIVE, None)
    assert case.now.in_force(agreed.ends_on) == agreed
    assert case.placement.ends_on == agreed.ends_on
    assert Agreement.objects.open().count() == 1


def test_next_agreement_that_lapsed_is_no_end_that_is_taken_back(case):
    end(in_force(case), then="next", last_day=today() + 30 * DAY)
    agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)
    following = Agreement.objects.get(follows=case.agreement)
    assert following.state == AgreementState.LAPSED
    with pytest.raises(ValidationError, match="terugdraaien"):
        agreements.take_back_end(agreement_id=following.pk, by=actor_of(case.teacher), read=None)


def test_next_agreement_is_drafted_again_after_the_first_one_lapsed(case):
    """Ended, taken back, and ended again: what lapsed in between is not the next one, on pages and tasks either."""
    last = today() + 30 * DAY
    end(in_force(case), then="next", last_day=last)
    agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)
    end(case, then="next", last_day=last)
    lapsed, following = Agreement.objects.filter(follows=case.agreement).order_by("number")
    assert (lapsed.state, following.state) == (AgreementState.LAPSED, AgreementState.DRAFT)
    assert (lapsed.number, following.number) == (2, 3)
    Agreement.objects.filter(pk=following.pk).update(state=AgreementState.LAPSED)
    assert Agreement.objects.filter(lacks_contract()).get() == case.agreement
    assert (
        agreements.follow_up(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None).number == 4
    )


def test_end_is_not_taken_back_after_14_days(case):
    end(in_force(case), last_day=today() + 60 * DAY)
    with time_machine.travel(f"{today() + 15 * DAY} 12:00+01:00"), pytest.raises(ValidationError, match="14"):
        agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)


def test_end_on_the_last_day_is_no_early_end(case):
    last = in_force(case).agreed.ends_on
    with pytest.raises(ValidationError, match="stopt dan al"):
        end(case, last_day=last)


def break_off(case, days):
    return break_offs.break_off(
        placement_id=case.placement.pk,
        last_day=today() + days * DAY,
        reason="Verhuisd",
        by=actor_of(case.teacher),
        read=None,
    )


def test_end_stands_when_someone_ended_the_placement_since(case):
    """Else an agreement would be in force on a placement that is over."""
    end(in_force(case), then="next", last_day=today() + 30 * DAY)
    break_off(case, 10)
    with pytest.raises(ValidationError, match="plaatsing"):
        agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)
    break_offs.take_back(placement_id=case.placement.pk, by=actor_of(case.teacher), read=None)
    agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)
    case.agreement.refresh_from_db()
    assert case.agreement.state == AgreementState.ACTIVE


@pytest.mark.parametrize("page", ["placement", "work"])
def test_agreement_that_ends_on_a_day_to_come_is_not_called_ended(client, case, page):
    break_off(in_force(case), 20)
    client.force_login(case.student)
    path = case.placement.get_absolute_url() if page == "placement" else reverse("student-work")
    last = date_format(today() + 20 * DAY, "j F Y")
    assert f"eindigt op {last}" in words(client.get(path))
    with time_machine.travel(f"{today() + 21 * DAY} 12:00+01:00"):
        client.force_login(case.student)
        assert f"beëindigd op {last}" in words(client.get(case.placement.get_absolute_url()))


@pytest.mark.parametrize("days", [0, 20])
def test_placement_that_ends_with_its_agreement_is_not_said_to_go_on(client, case, days):
    in_force(case)
    case.amend("early_end", ends_on=today() + days * DAY)
    case.sign_all()
    page = words(login(client, case.teacher).get(case.agreement.get_absolute_url()))
    assert "De plaatsing loopt door" not in page
    with pytest.raises(ValidationError):
        agreements.follow_up(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)


def test_agreement_comes_back_with_its_placement_however_long_ago_it_was_ended(case):
    in_force(case)
    break_off(case, 20)
    case.agreement.refresh_from_db()
    assert (case.agreement.state, case.agreement.ended_on) == (AgreementState.ENDED, today() + 20 * DAY)
    with time_machine.travel(f"{today() + 30 * DAY} 12:00+01:00"):
        move_placements()
        break_offs.take_back(placement_id=case.placement.pk, by=actor_of(case.teacher), read=None)
    case.agreement.refresh_from_db()
    assert (case.agreement.state, case.agreement.ended_on) == (AgreementState.ACTIVE, None)


def test_end_that_was_mailed_and_taken_back_is_mailed_too(case):
    end(in_force(case), last_day=today() + 30 * DAY)
    OutgoingMail.objects.filter(kind="party_agreement_ended").update(
        state="sent", sent_at="2026-01-01T10:00Z"
    )
    agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)
    mails = OutgoingMail.objects.filter(kind="reader_act_taken_back")
    assert {mail.person.user_id for mail in mails} == {case.student.pk, case.contact.pk}


def test_end_signed_by_all_is_not_taken_back_by_one(case):
    in_force(case)
    last = today() + 30 * DAY
    case.amend("early_end", ends_on=last)
    case.sign_all()
    assert (case.agreement.state, case.agreement.ended_on) == (AgreementState.ENDED, last)
    with pytest.raises(ValidationError):
        agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)


def test_next_agreement_only_where_none_is_open_and_the_placement_goes_on(case):
    in_force(case)
    teacher = actor_of(case.teacher)
    with pytest.raises(ValidationError, match="al een overeenkomst"):
        agreements.follow_up(agreement_id=case.agreement.pk, by=teacher, read=None)
    end(case)
    with pytest.raises(ValidationError, match="plaatsing is voorbij"):
        agreements.follow_up(agreement_id=case.agreement.pk, by=teacher, read=None)


def test_complete_after_the_last_day_only(case):
    last = in_force(case).agreed.ends_on
    for day, done in [(last, 0), (last + DAY, 1), (last + DAY, 0)]:
        with time_machine.travel(f"{day} 12:00+01:00"):
            assert complete() == done
    case.agreement.refresh_from_db()
    assert case.agreement.state == AgreementState.COMPLETED


def test_change_that_lapses_as_the_agreement_completes_is_told_to_who_was_asked(case):
    last = in_force(case).agreed.ends_on
    case.amend()
    with time_machine.travel(f"{last + DAY} 12:00+01:00"):
        assert complete() == 1
    mails = OutgoingMail.objects.filter(kind="party_change_withdrawn")
    assert {mail.to_email for mail in mails} >= {case.student.email, case.contact.email, case.teacher.email}
    assert all("blijft gelden" not in mail.body for mail in mails)


@pytest.mark.parametrize(("active", "state"), [(False, AgreementState.LAPSED), (True, AgreementState.ENDED)])
def test_broken_placement_closes_its_agreement(case, active, state):
    case.ask()
    if active:
        case.sign_all()
    agreements.close_for_placement(
        placement_id=case.placement.pk, last_day=today(), reason="Gestopt.", by=None
    )
    agreements.close_for_placement(
        placement_id=case.placement.pk, last_day=today(), reason="Gestopt.", by=None
    )
    case.agreement.refresh_from_db()
    assert case.agreement.state == state


def test_placement_that_breaks_off_while_a_change_is_asked_ends_what_was_in_force(case):
    in_force(case)
    case.amend()
    agreements.close_for_placement(
        placement_id=case.placement.pk, last_day=today(), reason="Gestopt.", by=None
    )
    assert (case.now.state, case.now.pending) == (AgreementState.ENDED, None)
    assert case.now.agreed.number == 1


def test_end_by_someone_who_does_not_teach_the_student_is_refused(case):
    in_force(case)
    with pytest.raises(ValidationError):
        agreements.end(
            agreement_id=case.agreement.pk,
            last_day=today(),
            then="placement",
            reason="x",
            by=actor_of(case.contact),
            read=None,
        )


def test_end_is_not_taken_back_of_who_left_the_school_since(case):
    in_force(case)
    end(case)
    teacher = actor_of(case.teacher)
    leavings.drop_out(
        enrolment_id=case.placement.enrolment_id, last_day=today(), reason="Weg", by=teacher, read=None
    )
    with pytest.raises(ValidationError, match="niet meer ingeschreven"):
        agreements.take_back_end(agreement_id=case.agreement.pk, by=teacher, read=None)


def test_change_that_waited_comes_back_with_the_agreement_that_was_ended_by_mistake(case):
    in_force(case)
    waiting = case.amend()
    end(case, last_day=today() + 30 * DAY)
    assert case.now.pending is None
    agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)
    assert case.now.pending == waiting
    assert case.pending.state == waiting.state


@pytest.mark.parametrize("left", [False, True])
def test_whoever_left_the_party_since_is_not_mailed_that_an_end_was_undone(case, left, smtp_server):
    """The one who stays is: whoever was mailed about an act is mailed that it was undone."""
    end(in_force(case), last_day=today() + 30 * DAY)
    outbox.deliver_due()
    role = case.contact.person.memberships.get()
    other = MembershipFactory(organisation=case.employer, role=Role.CONTACT, may_sign=True)
    if left:
        memberships.end(membership_id=role.pk, by=acting(case.employer, Role.MANAGER), read=None)
    outbox.deliver_due()
    smtp_server.messages.clear()
    agreements.take_back_end(agreement_id=case.agreement.pk, by=actor_of(case.teacher), read=None)
    outbox.deliver_due()
    told = {str(message["To"]) for message in smtp_server.messages}
    assert (case.contact.email in told) is not left
    assert case.student.email in told
    assert other.person.address not in told
