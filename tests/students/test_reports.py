"""Who reads evidence or feedback at work reports that a client can be recognised in it; a teacher removes it or not."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from core import changes, outbox, versions
from core.models import OutgoingMail, StoredFile
from students.enums import GoalState, Party
from students.models import Evidence, GoalRemark
from students.presenters import next_steps
from students.presenters.reports import reported_to_student, reported_to_teacher
from students.services import evidence as evidence_service
from students.services import remarks, reports, situations
from tests.factories.students import EvidenceFactory, GoalFactory, GoalRemarkFactory, WorkSituationFactory
from tests.helpers import login, press
from tests.students.worlds import page_name, supervisor

pytestmark = pytest.mark.django_db
TEXT = "Mevrouw Pieterse van kamer 12 viel"
SHOWN = {"for_teachers": True, "for_employer": True, "for_supervisor": True}
KINDS = ("evidence", "remark")


@pytest.fixture
def goal(made):
    return GoalFactory(plan=made.plan, agreed=True)


def made_of(kind, goal, made, **more):
    if kind == "evidence":
        return EvidenceFactory(
            goal=goal, text=TEXT, content=b"%PDF-1.4", file_name="Pieterse.pdf", **SHOWN | more
        )
    return GoalRemarkFactory(goal=goal, text=TEXT, by=made.student.person, party=Party.STUDENT, **more)


def page(kind, act, row):
    return reverse(page_name(f"{kind}-{act}"), args=[row.public_id])


def pressed(client, url, row, data=None):
    if isinstance(row, GoalRemark):
        return client.post(url, data or {}, follow=True).content.decode()
    return press(client, url, row, data or {}, follow=True).content.decode()


def report(row, made):
    return reports.report(row=row, by=made.actors[Party.EMPLOYER], read=None)


def tasks(steps):
    return [step.url for step in steps if step.kind == "reported"]


def waiting():
    return set(OutgoingMail.objects.filter(state="queued").values_list("kind", flat=True))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", ["trainer", "supervisor"])
def test_reader_at_work_reports_in_one_press_after_a_question(client, made, goal, kind, who, smtp_server):
    row = made_of(kind, goal, made)
    reader = made.trainer if who == "trainer" else supervisor(made)
    login(client, reader)
    url = page(kind, "report", row)
    assert url in client.get(goal.get_absolute_url()).content.decode()
    assert TEXT in client.get(url).content.decode()
    for _ in range(2):  # pressed twice, told once
        assert "Gemeld. De student en de docenten krijgen een mail." in pressed(client, url, row)
    assert url not in client.get(goal.get_absolute_url()).content.decode()
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


@pytest.mark.parametrize("kind", KINDS)
def test_teacher_and_student_have_it_as_a_task_until_it_is_removed(client, made, goal, kind):
    row = made_of(kind, goal, made)
    teacher, student = made.actors[Party.SCHOOL], made.actors[Party.STUDENT]
    assert tasks(next_steps.for_teacher(teacher, made.school.pk)) == []
    report(row, made)
    url = page(kind, "take-away", row)
    assert tasks(next_steps.for_teacher(teacher, made.school.pk)) == [url]
    assert tasks(next_steps.for_student(student)) == [row.author_url]
    read = login(client, made.teacher).get(url).content.decode()
    assert TEXT in read
    assert made.trainer.person.full_name in read
    row.refresh_from_db()
    pressed(client, url, row, {"reason": "Er stond een naam in."})
    assert tasks(next_steps.for_teacher(teacher, made.school.pk)) == []
    assert tasks(next_steps.for_student(student)) == []
    for user in (made.trainer, made.student, made.teacher):
        shown = login(client, user).get(goal.get_absolute_url()).content.decode()
        assert "Pieterse" not in shown
        assert "Er stond een naam in." in shown
    mail = OutgoingMail.objects.get(kind="author_text_removed")
    assert mail.to_email == made.student.email
    assert "naam" not in mail.body


def test_file_goes_from_the_store_with_what_is_removed(made, goal):
    row = made_of("evidence", goal, made)
    path = row.file.path
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    row.refresh_from_db()
    assert (row.text, row.file, row.file_name, row.reported_at) == ("", None, "", None)
    assert not StoredFile.objects.filter(path=path).exists()


def test_teacher_removes_what_was_handed_in_too(client, made):
    goal = GoalFactory(plan=made.plan, agreed=True, state=GoalState.BUSY)
    row = made_of("evidence", goal, made)
    made.hand_in(goal)
    report(row, made)
    url = page("evidence", "take-away", row)
    row.refresh_from_db()
    login(client, made.teacher)
    assert "Het is weggehaald." in pressed(client, url, row, {"reason": "Er stond een naam in."})
    row.refresh_from_db()
    assert (row.text, row.file, row.is_reported) == ("", None, False)
    with pytest.raises(IntegrityError), transaction.atomic():  # what else was handed in stands as it is
        Evidence.objects.filter(pk=row.pk).update(text=TEXT, removed_because="")


@pytest.mark.parametrize("kind", KINDS)
def test_teacher_lets_it_stay(client, made, goal, kind):
    row = made_of(kind, goal, made)
    report(row, made)
    row.refresh_from_db()
    login(client, made.teacher)
    for _ in range(2):
        assert "De tekst blijft staan." in pressed(client, page(kind, "keep", row), row)
    row.refresh_from_db()
    assert (row.text, row.is_reported) == (TEXT, False)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", [Party.STUDENT, Party.SCHOOL])
def test_who_can_do_something_about_it_does_not_report(made, goal, kind, who):
    with pytest.raises(ValidationError, match=r"eigen tekst|zelf weghalen"):
        reports.report(row=made_of(kind, goal, made), by=made.actors[who], read=None)


def test_student_reports_the_feedback_of_another_who_hears_of_it(client, made, goal):
    row = GoalRemarkFactory(goal=goal, text=TEXT, by=made.trainer.person, party=Party.EMPLOYER)
    login(client, made.student)
    assert "Wie het schreef" in pressed(client, page("remark", "report", row), row)
    told = set(OutgoingMail.objects.values_list("to_email", flat=True))
    assert told == {made.trainer.email, made.teacher.email}


def test_supervisor_does_not_report_what_is_not_shown(client, made, goal):
    row = made_of("evidence", goal, made, for_supervisor=False)
    login(client, supervisor(made))
    assert client.get(page("evidence", "report", row)).status_code == 404


def test_evidence_that_changed_is_not_acted_on(client, made, goal):
    row = made_of("evidence", goal, made)
    read = versions.of(row)
    Evidence.objects.filter(pk=row.pk).update(text="Iemand viel", row_version=row.row_version + 1)
    for user, act in ((made.trainer, "report"), (made.teacher, "keep"), (made.teacher, "take-away")):
        if act == "keep":
            Evidence.objects.filter(pk=row.pk).update(reported_at=timezone.now())
        login(client, user)
        answer = client.post(page("evidence", act, row), {"read": read, "reason": "Naam"}, follow=True)
        assert str(versions.CHANGED) in answer.content.decode()
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "how", ["remove", "keep", "edit", "take_away", "remark", "take_back", "situation", "situation_edit"]
)
def test_mail_that_waits_is_not_sent_once_there_is_nothing_to_look_at(made, goal, how):
    student, teacher = made.actors[Party.STUDENT], made.actors[Party.SCHOOL]
    if how.startswith("situation"):
        row = WorkSituationFactory(enrolment=made.enrolment, text=TEXT, **SHOWN)
    else:
        row = made_of("remark" if how in {"remark", "take_back"} else "evidence", goal, made)
    report(row, made)
    assert waiting() == {"author_text_reported", "teachers_text_reported"}
    if how in {"remove", "remark", "situation"}:
        reports.remove(row=row, reason="Naam", by=teacher, read=None)
    elif how == "keep":
        reports.keep(row=row, by=teacher, read=None)
    elif how == "edit":
        evidence_service.edit(evidence_id=row.pk, text="Iemand viel", by=student, version=None)
    elif how == "take_away":
        evidence_service.remove(evidence_id=row.pk, by=student, read=None)
    elif how == "take_back":
        remarks.take_back(remark_id=row.pk, by=student)
    else:
        situations.edit(
            situation_id=row.pk, text="Iemand viel", readers=["employer"], by=student, version=None
        )
    assert not {"author_text_reported", "teachers_text_reported"} & waiting()


def test_what_waits_about_another_text_is_sent(made, goal):
    first, other = made_of("evidence", goal, made), made_of("evidence", goal, made)
    report(first, made)
    report(other, made)
    reports.remove(row=first, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    assert {
        row.link.split("/bewijs/")[1].split("/")[0]
        for row in OutgoingMail.objects.filter(
            state="queued", kind__in=["author_text_reported", "teachers_text_reported"]
        )
    } == {str(other.public_id)}


@pytest.mark.parametrize("kind", KINDS)
def test_database_keeps_nothing_of_what_was_removed(made, goal, kind):
    row = made_of(kind, goal, made)
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    for wrong in ({"text": TEXT}, {"reported_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(row).objects.filter(pk=row.pk).update(**wrong)


def test_what_was_removed_is_neither_changed_nor_handed_in(client, made, goal):
    row = made_of("evidence", goal, made)
    reports.remove(row=row, reason="Naam", by=made.actors[Party.SCHOOL], read=None)
    with pytest.raises(ValidationError, match="weggehaald"):
        evidence_service.edit(evidence_id=row.pk, text=TEXT, by=made.actors[Party.STUDENT], version=None)
    assert (
        page("evidence", "edit", row)
        not in login(client, made.student).get(goal.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("count", [1, 3])
def test_tasks_cost_the_same_for_one_and_for_three(made, goal, django_assert_num_queries, count):
    for _ in range(count):
        report(made_of("evidence", goal, made), made)
    with django_assert_num_queries(1):
        assert len(list(reported_to_student(made.actors[Party.STUDENT]))) == count
    with django_assert_num_queries(1):
        assert len(list(reported_to_teacher(made.actors[Party.SCHOOL].cohorts_at(made.school.pk)))) == count
