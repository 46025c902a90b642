"""Enrolling: seats and waiting list, one student per person, invitations, leaving."""

from contextlib import nullcontext
from dataclasses import asdict
from datetime import date, timedelta
from functools import partial
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Invitation
from accounts.services import invitations, people
from core.dates import today
from core.models import OutgoingMail, StateChange
from core.states import IllegalTransition, advance
from students import signals
from students.enums import EnrolmentState, PlanState
from students.models import Enrolment, Student
from students.services import enrolments as service
from students.services import leavings
from students.services.enrolments import NewStudent
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import AffiliationFactory, MembershipFactory, SignUpFactory
from tests.factories.programmes import CohortFactory, CohortTeacherFactory, ProgrammeFactory
from tests.factories.students import EnrolmentFactory, LearningPlanFactory, StudentFactory
from tests.helpers import actor_of, side_by_side


def teacher_of(cohort):
    return actor_of(CohortTeacherFactory(cohort=cohort).membership.person.user)


def given(number: int = 1, **values) -> NewStudent:
    return NewStudent(
        **{
            "first_name": "Samira",
            "last_name": "Voorbeeld",
            "email": f"student{number}@leerling.example",
            "born_on": date(2004, 3, 14),
            "town": "Lelystad",
            "pc4": "8224",
        }
        | values
    )


def enrol(cohort, student=None, by=None):
    return service.enrol(cohort_id=cohort.pk, by=by or teacher_of(cohort), **asdict(student or given()))


@pytest.fixture
def cohort():
    return CohortFactory(capacity=2)


# Seats


@pytest.mark.django_db
def test_enrol_takes_a_seat_and_invites(cohort):
    enrolment = enrol(cohort, given(name_prefix="van der", email=" Student1@Leerling.EXAMPLE "))
    assert (enrolment.state, enrolment.starts_on, enrolment.ends_on) == (
        EnrolmentState.ENROLLED,
        cohort.starts_on,
        cohort.ends_on,
    )
    assert (enrolment.student.address, enrolment.student.person.sort_name) == (
        "student1@leerling.example",
        "voorbeeld, samira, van der",
    )
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.purpose, invitation.party_name) == (
        "student1@leerling.example",
        "student",
        cohort.programme.school.name,
    )
    assert OutgoingMail.objects.get().to_email == "student1@leerling.example"


@pytest.mark.django_db
def test_who_comes_after_the_last_seat_waits_and_is_not_invited(cohort):
    rows = service.enrol_all(
        cohort_id=cohort.pk, students=[given(1), given(2), given(3)], by=teacher_of(cohort)
    )
    assert [row.state for row in rows] == ["enrolled", "enrolled", "waiting"]
    assert OutgoingMail.objects.count() == 2


@pytest.mark.django_db
def test_one_bad_student_undoes_all(cohort):
    with pytest.raises(ValidationError):
        service.enrol_all(cohort_id=cohort.pk, students=[given(1), given(1)], by=teacher_of(cohort))
    assert (Student.objects.count(), Enrolment.objects.count(), OutgoingMail.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_seat_that_comes_free_goes_to_who_waits(cohort):
    by = teacher_of(cohort)
    first, _second, third = service.enrol_all(
        cohort_id=cohort.pk, students=[given(1), given(2), given(3)], by=by
    )
    with pytest.raises(ValidationError) as full:
        service.admit(enrolment_id=third.pk, by=by, read=None)
    assert full.value.messages == ["Het cohort is vol. Er moet eerst een plek vrijkomen."]
    leavings.drop_out(last_day=today(), enrolment_id=first.pk, reason="Andere baan", by=by, read=None)
    service.admit(enrolment_id=third.pk, by=by, read=None)
    third.refresh_from_db()
    assert third.state == EnrolmentState.ENROLLED
    assert OutgoingMail.objects.filter(to_email="student3@leerling.example").count() == 1
    assert list(StateChange.objects.order_by("pk").values_list("action", "by_id", "reason")) == [
        ("drop_out", by.person_id, ""),  # why is for the school alone
        ("admit", by.person_id, ""),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_enrolments_on_the_last_seat_give_one_seat():
    cohort = CohortFactory(capacity=1)
    by = teacher_of(cohort)
    side_by_side(
        *[partial(service.enrol, cohort_id=cohort.pk, by=by, **asdict(given(number))) for number in (1, 2)]
    )
    assert sorted(Enrolment.objects.values_list("state", flat=True)) == ["enrolled", "waiting"]


@pytest.mark.django_db(transaction=True)
def test_same_person_in_two_cohorts_at_once_is_one_student():
    programme = ProgrammeFactory()
    cohorts = [CohortFactory(programme=programme), CohortFactory(programme=programme)]
    side_by_side(
        *[
            partial(service.enrol, cohort_id=cohort.pk, by=teacher_of(cohort), **asdict(given()))
            for cohort in cohorts
        ]
    )
    assert (Student.objects.count(), Enrolment.objects.count()) == (1, 2)


# One person, one student


@pytest.mark.django_db
def test_second_enrolment_in_the_school_is_of_the_same_student(cohort):
    first = enrol(cohort)
    second = enrol(CohortFactory(programme=ProgrammeFactory(school=cohort.programme.school)))
    assert first.student == second.student
    assert Invitation.objects.count() == 1


@pytest.mark.django_db
def test_student_with_an_account_hears_by_mail(cohort):
    student = EnrolmentFactory(cohort__programme__school=cohort.programme.school).student
    enrolment = enrol(cohort, given(email=student.address, born_on=student.born_on))
    mail = OutgoingMail.objects.get()  # student_enrolment_made
    assert enrolment.student == student
    assert (mail.to_email, mail.kind) == (student.person.user.email, "student_enrolment_made")
    assert mail.subject == f"Je bent ingeschreven voor {cohort.programme.name}"
    assert cohort.programme.school.name in mail.body


@pytest.mark.django_db
def test_student_twice_in_a_cohort_is_refused(cohort):
    enrol(cohort)
    with pytest.raises(ValidationError) as refused:
        enrol(cohort)
    assert refused.value.messages == ["Deze student zit al in dit cohort."]


@pytest.mark.django_db
def test_address_of_another_student_of_the_school_is_refused(cohort):
    enrol(cohort)
    with pytest.raises(ValidationError) as refused:
        enrol(CohortFactory(programme=cohort.programme), given(born_on=date(1999, 1, 1)))
    assert refused.value.messages == [
        "Het adres student1@leerling.example is van een andere student van je school."
    ]


@pytest.mark.django_db
def test_student_of_another_school_stays_unknown_until_the_invitation_is_accepted(cohort):
    elsewhere = EnrolmentFactory(student__person__email="student1@leerling.example")
    user = elsewhere.student.person.user
    enrolment = enrol(cohort)
    assert enrolment.student != elsewhere.student
    people.merge(kept=user.person, dropped=enrolment.student.person, by=user.person.pk)
    enrolment.refresh_from_db()
    assert enrolment.student == elsewhere.student
    assert Student.objects.count() == 1


@pytest.mark.django_db
def test_accepted_invitation_links_the_account(cohort, monkeypatch):
    tokens = []
    monkeypatch.setattr(
        invitations.mail, "invitee_invitation_made", lambda invitation, token: tokens.append(token)
    )
    enrolment = enrol(cohort)
    user = invitations.accept_as_new(
        token=tokens[0], first_name="Samira", last_name="Voorbeeld", password="een lang wachtwoord"
    )
    enrolment.student.refresh_from_db()
    assert enrolment.student.person.user == user


@pytest.mark.django_db
@pytest.mark.parametrize("written_in", ["neither", "kept", "double", "both"])
def test_merge_of_two_enrolments_in_one_cohort_leaves_one_open_and_no_false_drop_out(cohort, written_in):
    user = UserFactory()
    kept = EnrolmentFactory(cohort=cohort, student__person__user=user)
    double = enrol(cohort)
    for name, row in (("kept", kept), ("double", double)):
        if written_in in (name, "both"):
            LearningPlanFactory(enrolment=row)
    people.merge(kept=user.person, dropped=double.student.person, by=user.person.pk)
    rows = Enrolment.objects.filter(student=kept.student)
    assert [row.pk for row in rows.open()] == [double.pk if written_in == "double" else kept.pk]
    left = list(Enrolment.objects.filter(state=EnrolmentState.DROPPED_OUT))
    assert left == ([double] if written_in == "both" else [])
    assert all(row.leaving_reason.startswith("Dubbel ingeschreven") for row in left)
    assert Student.objects.filter(enrolments__isnull=True).count() == 0


# Invitations


@pytest.mark.django_db
def test_invitation_again_renews_the_link_after_a_pause(cohort):
    enrolment = enrol(cohort)
    by = teacher_of(cohort)
    with pytest.raises(ValidationError) as soon:
        service.invite(enrolment_id=enrolment.pk, by=by, read=None)
    assert soon.value.messages == [
        "De uitnodiging is net verstuurd. Wacht tien minuten voor je er nog een stuurt."
    ]
    Invitation.objects.update(created_at=enrolment.student.invitation.created_at - timedelta(hours=1))
    service.invite(enrolment_id=enrolment.pk, by=by, read=None)
    assert (Invitation.objects.count(), OutgoingMail.objects.count()) == (1, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("has_account", [True, False])
def test_invitation_of_who_has_an_account_or_waits_is_refused(cohort, has_account):
    enrolment = EnrolmentFactory(cohort=cohort) if has_account else EnrolmentFactory(
        cohort=cohort, state=EnrolmentState.WAITING, student__person__user=None
    )  # fmt: skip
    with pytest.raises(ValidationError):
        service.invite(enrolment_id=enrolment.pk, by=teacher_of(cohort), read=None)
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
def test_corrected_address_gets_a_new_invitation_and_the_old_link_dies(cohort):
    enrolment = enrol(cohort)
    old = enrolment.student.invitation
    service.change(
        enrolment_id=enrolment.pk,
        by=teacher_of(cohort),
        email="goed@leerling.example",
        wishes="avond",
        version=None,
    )
    old.refresh_from_db()
    enrolment.student.refresh_from_db()
    assert old.revoked_at is not None
    assert enrolment.student.invitation.email == "goed@leerling.example"


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["first_name", "name_prefix", "last_name", "email"])
@pytest.mark.parametrize("known_by", ["account", "school", "role", "partnership", "call"])
def test_name_and_address_are_not_the_schools_to_write(cohort, field, known_by):
    student = StudentFactory() if known_by == "account" else StudentFactory(person__user=None)
    enrolment = EnrolmentFactory(cohort=cohort, student=student)
    elsewhere = {
        "account": lambda: None,
        "school": lambda: EnrolmentFactory(student=student),
        "role": lambda: MembershipFactory(person=student.person),
        "partnership": lambda: AffiliationFactory(person=student.person),
        "call": lambda: SignUpFactory(contact=student.person),
    }
    elsewhere[known_by]()
    was = (student.person.full_name, student.address)
    with pytest.raises(ValidationError):
        service.change(
            enrolment_id=enrolment.pk,
            by=teacher_of(cohort),
            **{field: "anders@leerling.example"},
            version=None,
        )
    student.person.refresh_from_db()
    assert (student.person.full_name, student.address) == was


@pytest.mark.django_db
def test_day_of_birth_of_a_student_of_two_schools_is_no_schools_to_write(cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    EnrolmentFactory(student=enrolment.student)
    with pytest.raises(ValidationError):
        service.change(
            enrolment_id=enrolment.pk, by=teacher_of(cohort), born_on=date(2001, 1, 1), version=None
        )
    service.change(enrolment_id=enrolment.pk, by=teacher_of(cohort), wishes="avond", version=None)


# Leaving


@pytest.mark.django_db
@pytest.mark.parametrize("verb", ["drop_out", "complete"])
def test_leaving_closes_the_plan_and_is_told_upward(cohort, verb):
    plan = LearningPlanFactory(enrolment__cohort=cohort)
    told = []

    def receive(enrolment, by, **kwargs):
        told.append((enrolment.pk, enrolment.state, by.person_id))

    signals.enrolment_ended.connect(receive)
    by = teacher_of(cohort)
    values = {"reason": "Verhuisd", "last_day": today()} if verb == "drop_out" else {}
    getattr(leavings, verb)(enrolment_id=plan.enrolment_id, by=by, read=None, **values)
    signals.enrolment_ended.disconnect(receive)
    plan.refresh_from_db()
    assert plan.state == PlanState.CLOSED
    assert told == [(plan.enrolment_id, "dropped_out" if verb == "drop_out" else "completed", by.person_id)]


@pytest.mark.django_db
def test_dropping_out_withdraws_an_open_invitation(cohort):
    enrolment = enrol(cohort)
    leavings.drop_out(
        last_day=today(), enrolment_id=enrolment.pk, reason="Verhuisd", by=teacher_of(cohort), read=None
    )
    assert Invitation.objects.get().revoked_at is not None


@pytest.mark.django_db
def test_dropping_out_needs_a_reason(cohort):
    enrolment = enrol(cohort)
    with pytest.raises(ValidationError):
        leavings.drop_out(
            last_day=today(), enrolment_id=enrolment.pk, reason="  ", by=teacher_of(cohort), read=None
        )
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ENROLLED


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "action"), list(product(EnrolmentState, Enrolment.TRANSITIONS)))
def test_every_state_and_action(state, action):
    enrolment = EnrolmentFactory(state=state)
    sources, target = Enrolment.TRANSITIONS[action]
    values = {} if action == "admit" else {"ended_on": today()}
    if action == "drop_out":
        values["leaving_reason"] = "Verhuisd"
    with nullcontext() if state in sources else pytest.raises(IllegalTransition):
        advance(enrolment, action, by=None, **values)
    assert Enrolment.objects.get().state == (target if state in sources else state)


# What the database holds


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "values"),
    [
        (StudentFactory, {"pc4": "0123"}),
        (StudentFactory, {"pc4": "12"}),
        (EnrolmentFactory, {"starts_on": date(2026, 1, 2), "ends_on": date(2026, 1, 2)}),
    ],
)
def test_database_refuses_impossible_rows(make, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        make(**values)


@pytest.mark.django_db
def test_database_refuses_a_student_twice_in_a_cohort():
    enrolment = EnrolmentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentFactory(student=enrolment.student, cohort=enrolment.cohort)
