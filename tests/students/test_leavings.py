"""Students who leave a cohort, move to another, and come back."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core.dates import today
from core.models import FieldChange, OutgoingMail, StateChange
from students.enums import EnrolmentState, GoalState, PlanState
from students.models import Enrolment, LearnerAccess
from students.services import enrolments, leavings, returns
from tests.factories.accounts import PersonFactory
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import access
from tests.factories.programmes import CohortFactory, CohortTeacherFactory
from tests.factories.students import (
    EnrolmentFactory,
    GoalFactory,
    LearningPlanFactory,
    StudentFactory,
)
from tests.helpers import actor_of, login, press

pytestmark = pytest.mark.django_db
YESTERDAY = timedelta(days=1)


@pytest.fixture
def teacher():
    return CohortTeacherFactory(cohort__capacity=2).membership.person.user


@pytest.fixture
def cohort(teacher):
    return teacher.person.memberships.get().cohort_teachers.get().cohort


@pytest.fixture
def enrolment(cohort):
    return EnrolmentFactory(cohort=cohort)


def leave(enrolment, teacher, **values):
    given = {"last_day": today(), "reason": "Verhuisd", "read": None, **values}
    return leavings.drop_out(enrolment_id=enrolment.pk, by=actor_of(teacher), **given)


def come_back(enrolment, teacher):
    return returns.reinstate(enrolment_id=enrolment.pk, by=actor_of(teacher), read=None)


def enrol_again(enrolment, teacher, cohort=None, **days):
    cohort = cohort or enrolment.cohort
    given = {"starts_on": today(), "ends_on": cohort.ends_on, **days}
    return returns.re_enrol(
        enrolment_id=enrolment.pk, cohort_id=cohort.pk, by=actor_of(teacher), **given, read=None
    )


def page(name, enrolment, cohort=None):
    cohort = cohort or enrolment.cohort
    school = cohort.programme.school.slug
    space = "" if name == "detail" else "students:"
    return reverse(f"{space}enrolment-{name}", args=[school, cohort.public_id, enrolment.public_id])


def text(response):
    return " ".join(response.content.decode().split())


# Leaving


def test_access_ends_at_that_moment(enrolment, teacher):
    for starts, ends in ((-30, -1), (0, 4), (5, 100)):
        access(
            enrolment=enrolment,
            starts_on=today() + timedelta(days=starts),
            ends_on=today() + timedelta(days=ends),
        )
    other = access()
    leave(enrolment, teacher)
    assert list(LearnerAccess.objects.running()) == [other]
    assert list(LearnerAccess.objects.open()) == [other]
    assert LearnerAccess.objects.filter(enrolment=enrolment).count() == 3  # what was is not forgotten


@pytest.mark.parametrize(("days", "fits"), [(1, False), (0, True), (-60, True), (-61, False)])
def test_last_day_has_come_and_lies_in_the_enrolment(enrolment, teacher, days, fits):
    day = today() + timedelta(days=days)
    if fits:
        assert leave(enrolment, teacher, last_day=day).ended_on == day
    else:
        with pytest.raises(ValidationError):
            leave(enrolment, teacher, last_day=day)


def test_reason_stays_with_the_school(client, enrolment, teacher):
    plan = LearningPlanFactory(enrolment=enrolment)
    leave(enrolment, teacher, reason="Problemen thuis")
    assert not StateChange.objects.filter(reason__contains="thuis").exists()
    assert not OutgoingMail.objects.filter(body__contains="thuis").exists()
    assert "Problemen thuis" in text(login(client, teacher).get(page("detail", enrolment)))
    login(client, enrolment.student.person.user)
    for address in (reverse("student-start"), plan.get_absolute_url(), reverse("students:me")):
        assert "Problemen thuis" not in text(client.get(address))


def test_student_is_told_since_when_and_whom_to_ask(enrolment, teacher, outbox):
    leave(enrolment, teacher)
    assert outbox() == [("student_enrolment_ended", enrolment.student.address)]
    body = OutgoingMail.objects.get().body
    assert teacher.email in body
    assert enrolment.cohort.programme.name in body


def test_page_says_beforehand_what_follows(client, enrolment, teacher):
    LearningPlanFactory(enrolment=enrolment)
    employer = OrganisationFactory(name="De Linde")
    for days in (40, 20):
        start = today() - timedelta(days=days)
        access(enrolment=enrolment, organisation=employer, starts_on=start)
    shown = text(login(client, teacher).get(page("drop-out", enrolment)))
    for sentence in (
        "De plek in het cohort komt vrij.",
        "Het leerplan wordt afgesloten.",
        "De Linde kan het leerplan niet meer zien.",
        "14 dagen",
    ):
        assert shown.count(sentence) == 1


def test_database_keeps_last_day_and_reason_with_the_state(enrolment):
    for values, name in (
        ({"state": "completed"}, "enrolment_ended_has_last_day"),
        ({"ended_on": today()}, "enrolment_ended_has_last_day"),
        ({"state": "dropped_out", "ended_on": today()}, "enrolment_left_has_reason"),
        ({"leaving_reason": "x"}, "enrolment_left_has_reason"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Enrolment.objects.update(**values)
    with pytest.raises(IntegrityError, match="enrolment_open_once_per_cohort"), transaction.atomic():
        EnrolmentFactory(student=enrolment.student, cohort=enrolment.cohort)


# Taken back


@pytest.mark.parametrize("state", [EnrolmentState.ENROLLED, EnrolmentState.WAITING])
def test_drop_out_is_taken_back_with_the_plan(cohort, teacher, state):
    enrolment = EnrolmentFactory(cohort=cohort, state=state)
    plan = LearningPlanFactory(enrolment=enrolment, active=True)
    leave(enrolment, teacher)
    assert come_back(enrolment, teacher) == []
    enrolment.refresh_from_db()
    plan.refresh_from_db()
    assert (enrolment.state, enrolment.ended_on, enrolment.leaving_reason) == (state, None, "")
    assert plan.state == PlanState.ACTIVE
    undone = StateChange.objects.filter(undoes__isnull=False)
    assert [row.cause for row in undone.order_by("pk")] == [None, undone.earliest("pk")]


def test_completion_is_taken_back(enrolment, teacher):
    leavings.complete(enrolment_id=enrolment.pk, by=actor_of(teacher), read=None)
    come_back(enrolment, teacher)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.ended_on) == (EnrolmentState.ENROLLED, None)


@pytest.mark.parametrize(("days", "fits"), [(14, True), (15, False)])
def test_taken_back_within_a_fortnight(enrolment, teacher, days, fits):
    leave(enrolment, teacher)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        if fits:
            come_back(enrolment, teacher)
        else:
            with pytest.raises(ValidationError, match="14 dagen"):
                come_back(enrolment, teacher)


def test_who_was_mailed_hears_of_the_undo_and_a_waiting_mail_is_stopped(enrolment, teacher, outbox):
    leave(enrolment, teacher)
    OutgoingMail.objects.update(state="sent", sent_at=timezone.now())
    come_back(enrolment, teacher)
    assert ("reader_act_taken_back", enrolment.student.address) in outbox()
    leave(enrolment, teacher)
    come_back(enrolment, teacher)
    states = OutgoingMail.objects.filter(kind="student_enrolment_ended").order_by("pk")
    assert list(states.values_list("state", flat=True)) == ["sent", "cancelled"]
    assert OutgoingMail.objects.filter(kind="reader_act_taken_back").count() == 1


def test_seat_that_was_given_away_is_said_and_nothing_changes(client, enrolment, teacher, cohort):
    leave(enrolment, teacher)
    EnrolmentFactory.create_batch(2, cohort=cohort)
    login(client, teacher)
    response = press(client, page("reinstate", enrolment), enrolment, follow=True)
    assert "De plek in het cohort is intussen aan iemand anders gegeven." in text(response)
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.DROPPED_OUT


def test_student_without_account_gets_an_invitation_again(cohort, teacher, outbox):
    enrolment = EnrolmentFactory(cohort=cohort, student=StudentFactory(person=PersonFactory()))
    enrolments.invite(enrolment_id=enrolment.pk, by=actor_of(teacher), read=None)
    leave(enrolment, teacher)
    come_back(enrolment, teacher)
    enrolment.student.refresh_from_db()
    assert enrolment.student.invitation.is_usable


# Enrolled again


def test_plan_goes_on_under_the_new_enrolment(enrolment, teacher):
    plan = LearningPlanFactory(enrolment=enrolment, active=True)
    achieved = GoalFactory(
        plan=plan, agreed=True, state=GoalState.ASSESSED, result="passed", assessed_at=timezone.now()
    )
    leave(enrolment, teacher)
    again = enrol_again(enrolment, teacher)
    plan.refresh_from_db()
    achieved.refresh_from_db()
    assert (again.state, again.continues) == (EnrolmentState.ENROLLED, enrolment)
    assert (plan.state, plan.enrolment) == (PlanState.ACTIVE, again)
    assert (achieved.state, achieved.result) == (GoalState.ASSESSED, "passed")
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.DROPPED_OUT  # what was stays
    for verb in (come_back, enrol_again):
        with pytest.raises(ValidationError):
            verb(enrolment, teacher)


def test_full_cohort_gives_a_place_on_the_waiting_list_and_the_plan_waits(enrolment, teacher, cohort):
    plan = LearningPlanFactory(enrolment=enrolment)
    leave(enrolment, teacher)
    first, _second = EnrolmentFactory.create_batch(2, cohort=cohort)
    again = enrol_again(enrolment, teacher)
    plan.refresh_from_db()
    assert (again.state, plan.state) == (EnrolmentState.WAITING, PlanState.CLOSED)
    leave(first, teacher)
    enrolments.admit(enrolment_id=again.pk, by=actor_of(teacher), read=None)
    plan.refresh_from_db()
    assert (plan.state, plan.enrolment) == (PlanState.DRAFT, again)


def test_enrolled_again_in_another_cohort_of_the_school_only(enrolment, teacher, cohort):
    leave(enrolment, teacher)
    with pytest.raises(ValidationError):
        enrol_again(enrolment, teacher, cohort=CohortFactory())
    other = CohortFactory(programme__school=cohort.programme.school)
    assert enrol_again(enrolment, teacher, cohort=other).cohort == other


def test_only_who_left_is_enrolled_again(enrolment, teacher):
    with pytest.raises(ValidationError):
        enrol_again(enrolment, teacher)


def test_page_enrols_again_once(client, enrolment, teacher, cohort):
    leave(enrolment, teacher)
    login(client, teacher)
    sent = {"cohort": cohort.pk, "starts_on": today().isoformat(), "ends_on": ""}
    bad = press(client, page("return", enrolment), enrolment, {**sent, "starts_on": "2001-01-01"})
    assert "starts_on" in bad.context["form"].errors
    for _ in range(2):
        response = press(client, page("return", enrolment), enrolment, sent, follow=True)
        assert "Het leerplan gaat verder." in text(response)
    again = Enrolment.objects.get(continues=enrolment)
    assert again.ends_on == cohort.ends_on
    assert page("detail", again) in text(client.get(page("detail", enrolment)))
    assert page("detail", enrolment) in text(client.get(page("detail", again)))


# Another cohort


def test_transfer_keeps_everything_and_tells_student_and_teachers(client, enrolment, teacher, cohort, outbox):
    plan = LearningPlanFactory(enrolment=enrolment)
    other = CohortFactory(programme=cohort.programme)
    colleague = CohortTeacherFactory(cohort=other).membership.person.user
    elsewhere = CohortFactory(programme__school=cohort.programme.school)
    login(client, teacher)
    assert (
        "cohort"
        in press(client, page("transfer", enrolment), enrolment, {"cohort": elsewhere.pk})
        .context["form"]
        .errors
    )
    address = page("transfer", enrolment)
    for _ in range(2):
        assert press(client, address, enrolment, {"cohort": other.pk}).status_code == 302
    enrolment.refresh_from_db()
    plan.refresh_from_db()
    assert (enrolment.cohort, enrolment.state, plan.enrolment) == (other, EnrolmentState.ENROLLED, enrolment)
    assert outbox() == [
        ("student_cohort_changed", enrolment.student.address),
        ("teacher_student_transferred", colleague.email),
    ]
    change = FieldChange.objects.get(field="cohort")
    assert (change.before["name"], change.after["name"]) == (str(cohort), str(other))


def test_transfer_needs_a_seat_and_an_open_enrolment(enrolment, teacher, cohort):
    other = CohortFactory(programme=cohort.programme, capacity=1)
    EnrolmentFactory(cohort=other)
    with pytest.raises(ValidationError, match="vol"):
        leavings.transfer(enrolment_id=enrolment.pk, cohort_id=other.pk, by=actor_of(teacher), read=None)
    leave(enrolment, teacher)
    with pytest.raises(ValidationError):
        leavings.transfer(
            enrolment_id=enrolment.pk,
            cohort_id=CohortFactory(programme=cohort.programme).pk,
            by=actor_of(teacher),
            read=None,
        )
