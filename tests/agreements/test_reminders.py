"""Reminders of an agreement that waits for signatures: its ladder, its stop, and only people who can sign now."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.enums import Role
from core import outbox, periods
from core.dates import today
from core.models import OutgoingMail
from core.reminding import tick
from portal.reminders import REMINDERS
from tests.agreements.cases import agreement_case
from tests.factories.partnerships import MembershipFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.helpers import closed
from tests.reminding import days_with_mail, reminded

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clock):
    case = agreement_case()
    case.ask()
    return case


def test_agreement_is_reminded_on_the_ladder_and_then_no_more(clock, case):
    kind = "reminder_agreement_signature"
    assert days_with_mail(clock, kind, 60, user=case.student) == [5, 11, 20]


def test_agreement_reminds_who_can_sign_and_nobody_else(clock, case):
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert reminded("reminder_agreement_signature") == {case.student.pk, case.contact.pk, case.teacher.pk}


def test_agreement_reminds_only_parties_that_have_not_signed(clock, case):
    case.sign("student", case.student)
    case.sign("school", case.teacher)
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert reminded("reminder_agreement_signature") == {case.contact.pk}


@pytest.mark.parametrize("lost", ["ended", "right", "inactive"])
def test_agreement_reminds_nobody_who_lost_the_right(clock, case, lost):
    if lost == "ended":
        case.contact.person.memberships.update(ends_on=today())
    elif lost == "right":
        periods.end(case.contact.person.memberships.get().mandates.get())
    else:
        closed(case.contact)
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert case.contact.pk not in reminded("reminder_agreement_signature")


def test_agreement_that_changed_counts_from_the_new_question(clock, case):
    clock.shift(timedelta(days=4))
    case.change(guidance="Anders.")
    clock.shift(timedelta(days=1))
    assert tick(REMINDERS) == 0  # nothing is asked now
    case.ask()  # Tuesday 1 December
    assert days_with_mail(clock, "reminder_agreement_signature", 15, user=case.student) == [8, 14]


def test_reminder_of_a_change_says_that_what_was_signed_stays(clock, case):
    case.sign_all()
    case.amend()
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    mail = OutgoingMail.objects.get(kind="reminder_agreement_signature", person__user=case.student)
    assert "wat eerder is getekend" in mail.body


def test_representative_is_asked_of_who_signs_for_the_school_and_records_paper(clock):
    case = agreement_case(minor=True)
    CohortTeacherFactory(cohort=case.placement.enrolment.cohort)  # signs not, so records nothing
    case.ask()
    case.sign_all()
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    assert reminded("reminder_agreement_signature") == {case.teacher.pk}
    mail = OutgoingMail.objects.filter(kind="reminder_agreement_signature").first()
    assert mail.link.endswith("/papier/")


def test_fully_signed_agreement_without_accreditation_is_not_asked_for_signatures(clock):
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    clock.shift(timedelta(days=5))
    assert tick(REMINDERS) == 0


def test_several_agreements_come_in_one_mail(clock, case):
    other = agreement_case()
    cohort = other.placement.enrolment.cohort
    membership = case.teacher.person.memberships.get()
    membership.organisation = other.school
    CohortTeacherFactory(
        cohort=cohort,
        membership=MembershipFactory(
            person=case.teacher.person, organisation=other.school, role=Role.TEACHER, may_sign=True
        ),
    )
    other.placement.enrolment.cohort.programme.school = case.school
    programme = cohort.programme
    programme.school = case.school
    programme.save()
    contact = case.teacher.person.memberships.get(organisation=case.school)
    CohortTeacherFactory(cohort=cohort, membership=contact)
    other.agreement.versions.update(contact=contact)
    other.ask()
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    (mail,) = OutgoingMail.objects.filter(kind="reminder_agreement_signature", person__user=case.teacher)
    assert mail.subject == "Teken 2 praktijkovereenkomsten"
    assert mail.link.endswith(f"/school/{case.school.slug}/overeenkomsten/")
    assert mail.body.count("/tekenen/") == 2


def test_reminder_leaves_over_smtp(clock, case, smtp_server):
    clock.shift(timedelta(days=5))
    tick(REMINDERS)
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        outbox.deliver_due()
    to_student = [message for message in smtp_server.messages if message["To"] == case.student.email]
    (reminder,) = [message for message in to_student if "POK" in message.get_content()][-1:]
    assert reminder["Subject"].startswith("Teken je praktijkovereenkomst met")
    assert f"/overeenkomsten/{case.agreement.public_id}/tekenen/" in reminder.get_content().replace("=\n", "")
