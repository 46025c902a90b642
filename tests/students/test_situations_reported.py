"""Who reads a work situation reports that a client can be recognised in it, and who can do something about it hears."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from core import changes, outbox, versions
from core.models import OutgoingMail
from partnerships.actors import actor_of
from students.enums import Party, SituationState
from students.presenters import next_steps
from students.services import reports, situations
from tests.factories.partnerships import MembershipFactory
from tests.factories.students import TreatmentFactory, WorkSituationFactory
from tests.helpers import edit, login, press
from tests.students.test_situations_mending import own
from tests.students.worlds import World, page_name, supervisor

pytestmark = pytest.mark.django_db
TEXT = "Mevrouw Pieterse van kamer 12 viel"
SHOWN = {"for_employer": True, "for_supervisor": True}


def of_school(made: World, name: str, row) -> str:
    address = [made.school.slug, made.enrolment.cohort.public_id, row.public_id]
    return reverse(page_name(name), args=address)


def report(row, by):
    return reports.report(row=row, by=by, read=None)


def tasks(steps):
    return [step.url for step in steps if step.kind == "reported"]


@pytest.mark.parametrize("who", ["trainer", "supervisor"])
def test_reader_at_work_reports_in_one_press_after_a_question(client, made, who, smtp_server):
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, **SHOWN)
    reader = made.trainer if who == "trainer" else supervisor(made)
    login(client, reader)
    shown = reverse("students:enrolment-situations", args=[made.enrolment.public_id])
    page = own("situation-report", row)
    assert page in client.get(shown).content.decode()
    assert TEXT in client.get(page).content.decode()
    assert not OutgoingMail.objects.exists()
    for _ in range(2):  # pressed twice, told once
        done = press(client, page, row, follow=True).content.decode()
        assert "Gemeld. De student en de docenten krijgen een mail." in done
    assert page not in client.get(shown).content.decode()
    outbox.deliver_due()
    assert sorted(mail["To"] for mail in smtp_server.messages) == sorted(
        [made.student.email, made.teacher.email]
    )
    for mail in smtp_server.messages:
        told = f"{mail['Subject']} {mail.get_content()}"
        assert "gemeld" in told
        assert "Pieterse" not in told
        assert reader.person.last_name not in told
    change = changes.history(row).get()
    assert (change.field, change.by) == ("reported_at", reader.person)


def test_teacher_and_student_have_it_as_a_task_until_the_text_is_gone(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, **SHOWN)
    teacher, student = made.actors[Party.SCHOOL], made.actors[Party.STUDENT]
    assert tasks(next_steps.for_teacher(teacher, made.school.pk)) == []
    report(row, made.actors[Party.EMPLOYER])
    page = of_school(made, "cohort-situation-treat", row)
    assert tasks(next_steps.for_teacher(teacher, made.school.pk)) == [page]
    assert tasks(next_steps.for_student(student)) == [own("situation-edit", row)]
    read = login(client, made.teacher).get(page).content.decode()
    assert made.trainer.person.full_name in read
    assert of_school(made, "cohort-situation-blank", row) in read
    only = reverse("students:cohort-situation-list", args=[made.school.slug, made.enrolment.cohort.public_id])
    assert TEXT in client.get(f"{only}?toestand=gemeld").content.decode()
    row.refresh_from_db()
    press(client, of_school(made, "cohort-situation-blank", row), row, {"reason": "Er stond een naam in."})
    assert tasks(next_steps.for_teacher(teacher, made.school.pk)) == []
    assert tasks(next_steps.for_student(student)) == []
    assert TEXT not in client.get(f"{only}?toestand=gemeld").content.decode()


def test_student_ends_it_with_another_text_and_not_with_other_readers(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, **SHOWN)
    report(row, made.actors[Party.EMPLOYER])
    page = own("situation-edit", row)
    assert "te herkennen" in login(client, made.student).get(page).content.decode()
    data = {"text": TEXT, "readers": ["teachers", "employer"], "work_process": ""}
    edit(client, page, data)
    row.refresh_from_db()
    assert row.is_reported
    edit(client, page, data | {"text": "Iemand viel"})
    row.refresh_from_db()
    assert (row.text, row.is_reported) == ("Iemand viel", False)
    report(row, made.actors[Party.EMPLOYER])  # another text can be reported again
    assert OutgoingMail.objects.filter(kind="teachers_text_reported").count() == 2


def test_teacher_lets_it_stay(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, **SHOWN)
    report(row, made.actors[Party.EMPLOYER])
    row.refresh_from_db()
    login(client, made.teacher)
    for _ in range(2):
        page = press(client, of_school(made, "cohort-situation-keep", row), row, follow=True).content.decode()
        assert "De tekst blijft staan." in page
    row.refresh_from_db()
    assert (row.text, row.is_reported) == (TEXT, False)
    assert tasks(next_steps.for_teacher(made.actors[Party.SCHOOL], made.school.pk)) == []


def test_what_teachers_may_not_read_is_told_to_the_student_alone(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, for_teachers=False, **SHOWN)
    login(client, made.trainer)
    done = press(client, own("situation-report", row), row, follow=True).content.decode()
    assert "Gemeld. De student krijgt een mail." in done
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("author_text_reported", made.student.email)
    assert tasks(next_steps.for_teacher(made.actors[Party.SCHOOL], made.school.pk)) == []


@pytest.mark.parametrize(
    ("who", "shown", "words"),
    [
        (Party.STUDENT, SHOWN, "je eigen tekst"),
        (Party.SCHOOL, SHOWN, "zelf weghalen"),
        (Party.EMPLOYER, {"for_supervisor": True}, "Alleen wie de tekst"),
        (Party.EMPLOYER, SHOWN | {"state": SituationState.WITHDRAWN, "text": ""}, "ingetrokken"),
    ],
)
def test_service_refuses_who_does_not_read_it_at_work_and_what_is_gone(made, who, shown, words):
    row = WorkSituationFactory(enrolment=made.enrolment, **shown)
    with pytest.raises(ValidationError, match=words):
        report(row, made.actors[who])
    assert not OutgoingMail.objects.exists()


def test_supervisor_reports_what_is_shown_to_supervisors_only(made):
    guide = actor_of(supervisor(made))
    report(WorkSituationFactory(enrolment=made.enrolment, for_supervisor=True), guide)
    with pytest.raises(ValidationError, match="Alleen"):
        report(WorkSituationFactory(enrolment=made.enrolment, for_employer=True), guide)


def test_only_a_teacher_lets_it_stay(made):
    row = WorkSituationFactory(enrolment=made.enrolment, **SHOWN)
    report(row, made.actors[Party.EMPLOYER])
    for party in (Party.STUDENT, Party.EMPLOYER):
        with pytest.raises(ValidationError, match="Alleen"):
            reports.keep(row=row, by=made.actors[party], read=None)


def test_a_treated_one_can_be_reported(made):
    row = TreatmentFactory(situation__enrolment=made.enrolment, situation__for_employer=True).situation
    report(row, made.actors[Party.EMPLOYER])
    row.refresh_from_db()
    assert row.is_reported


def test_text_that_changed_since_it_was_read_is_not_reported(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, **SHOWN)
    page = own("situation-report", row)
    login(client, made.trainer).get(page)
    read = versions.of(row)
    type(row).objects.filter(pk=row.pk).update(text="Iemand viel")
    answer = client.post(page, {"read": read}, follow=True).content.decode()
    assert str(versions.CHANGED) in answer
    row.refresh_from_db()
    assert not row.is_reported
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("how", ["withdraw", "blank"])
def test_what_is_gone_is_reported_no_more_and_the_database_holds_it(made, how):
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, **SHOWN)
    report(row, made.actors[Party.EMPLOYER])
    if how == "withdraw":
        situations.withdraw(situation_id=row.pk, by=made.actors[Party.STUDENT], read=None)
    else:
        situations.blank(situation_id=row.pk, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    row.refresh_from_db()
    assert (row.reported_at, row.is_reported) == (None, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(reported_at=timezone.now())


def test_teacher_decides_also_when_it_is_not_on_record_any_more_who_reported_it(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, reported_at=timezone.now(), **SHOWN)
    page = login(client, made.teacher).get(of_school(made, "cohort-situation-treat", row)).content.decode()
    assert of_school(made, "cohort-situation-keep", row) in page
    assert "Dit is gemeld op" in page


def test_teacher_who_reads_it_at_work_reports_what_is_not_shown_to_teachers(made):
    both = made.teacher
    MembershipFactory(person=both.person, organisation=made.employer, role=Role.CONTACT)
    row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, for_teachers=False, **SHOWN)
    report(row, actor_of(type(both).objects.get(pk=both.pk)))
    assert OutgoingMail.objects.get().kind == "author_text_reported"
