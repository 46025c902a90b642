"""A work situation over time: changed, shown to others, treated more than once, withdrawn, removed with a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import states
from core.models import OutgoingMail, StateChange
from students.enums import Party, SituationState
from students.models import WorkSituation
from students.services import situations
from tests.factories.programmes import SessionFactory
from tests.factories.students import TreatmentFactory, WorkSituationFactory
from tests.helpers import edit, login, made_from, press
from tests.students.worlds import World, page_name

pytestmark = pytest.mark.django_db
CLIENT = "Mevrouw Pieterse van kamer 12"


def own(name: str, row: WorkSituation) -> str:
    return reverse(f"students:{name}", args=[row.public_id])


def of_school(made: World, name: str, *more) -> str:
    return reverse(page_name(name), args=[made.school.slug, made.enrolment.cohort.public_id, *more])


def everywhere(client, made: World) -> str:
    """What student, teacher and employer read of the student's work situations, and what is kept of them."""
    pages = [
        (made.student, reverse("student-work")),
        (made.teacher, of_school(made, "cohort-situation-list") + "?toestand=ingetrokken"),
        (made.teacher, of_school(made, "enrolment-detail", made.enrolment.public_id)),
        (made.trainer, reverse("students:enrolment-situations", args=[made.enrolment.public_id])),
    ]
    found = [login(client, user).get(page).content.decode() for user, page in pages]
    kept = [str(row) for row in StateChange.objects.values()] + [
        str(row) for row in OutgoingMail.objects.values()
    ]
    return "\n".join(found + kept)


def test_text_and_readers_are_changed_until_it_is_treated(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment)
    login(client, made.student)
    assert own("situation-edit", row) in client.get(reverse("student-work")).content.decode()
    data = {"text": "De lift was weer leeg.", "readers": ["supervisor"], "work_process": ""}
    data |= made_from(client, own("situation-edit", row))
    for _ in range(2):
        page = client.post(own("situation-edit", row), data, follow=True).content.decode()
        assert "De lift was weer leeg." in page
        assert "Opgeslagen" in page
    row.refresh_from_db()
    assert (row.text, row.for_teachers, row.for_supervisor) == ("De lift was weer leeg.", False, True)


def test_text_of_a_treated_one_stands_and_its_readers_can_still_be_chosen(client, made):
    row = TreatmentFactory(situation__enrolment=made.enrolment, answer="Zo").situation
    row.state = SituationState.TREATED
    row.save()
    login(client, made.student)
    page = client.get(own("situation-edit", row)).content.decode()
    assert 'name="text"' not in page
    edit(client, own("situation-edit", row), {"text": "Anders", "readers": ["teachers", "employer"]})
    row.refresh_from_db()
    assert (row.text, row.for_employer) == ("Een collega en ik dachten anders over de planning.", True)
    with pytest.raises(ValidationError):
        situations.edit(
            situation_id=row.pk, text="Anders", readers=[], by=made.actors[Party.STUDENT], version=None
        )


@pytest.mark.parametrize("data", [{"text": ""}, {"text": "x" * 2001}, {"text": "Nummer 111222333"}])
def test_bad_change_comes_back_with_what_was_typed(client, made, data):
    row = WorkSituationFactory(enrolment=made.enrolment)
    response = edit(login(client, made.student), own("situation-edit", row), data)
    assert response.context["form"].errors
    row.refresh_from_db()
    assert row.text == "Een collega en ik dachten anders over de planning."


@pytest.mark.parametrize("state", [SituationState.SUBMITTED, SituationState.PLANNED, SituationState.TREATED])
def test_withdrawn_is_gone_everywhere_and_pressing_twice_is_fine(client, made, state):
    answer = f"{CLIENT} hoort hier niet" if state == SituationState.TREATED else ""
    row = TreatmentFactory(
        situation__enrolment=made.enrolment,
        situation__text=f"{CLIENT} wilde niet eten",
        situation__state=state,
        situation__for_employer=True,
        answer=answer,
    ).situation
    login(client, made.student)
    assert "<blockquote" in client.get(own("situation-withdraw", row)).content.decode()  # asked first
    assert WorkSituation.objects.get().text
    for _ in range(2):
        page = press(client, own("situation-withdraw", row), row, follow=True).content.decode()
        assert "Ingetrokken." in page
    row.refresh_from_db()
    assert (row.state, row.text) == (SituationState.WITHDRAWN, "")
    change = states.history(row).get()
    assert (change.action, change.by, change.reason) == ("withdraw", made.student.person, "")
    read = everywhere(client, made)
    assert CLIENT not in read
    assert read.count("De student heeft dit ingetrokken") == 2  # the teacher's list, the employer's
    assert read.count("Je hebt dit ingetrokken") == 1  # the student's own


def test_withdrawn_one_cannot_be_changed_planned_or_treated(made):
    row = WorkSituationFactory(enrolment=made.enrolment)
    student, teacher = made.actors[Party.STUDENT], made.actors[Party.SCHOOL]
    situations.withdraw(situation_id=row.pk, by=student, read=None)
    session = SessionFactory(cohort=made.enrolment.cohort)
    for act in (
        lambda: situations.edit(situation_id=row.pk, text="Terug", readers=[], by=student, version=None),
        lambda: situations.share(situation_id=row.pk, readers=["teachers"], by=student, version=None),
        lambda: situations.put_in_session(situation_id=row.pk, session_id=session.pk, by=teacher, read=None),
        lambda: situations.treat(situation_id=row.pk, answer="Zo", by=teacher, read=None),
        lambda: situations.blank(situation_id=row.pk, reason="Naam", by=teacher, read=None),
    ):
        with pytest.raises(ValidationError, match="ingetrokken"):
            act()


def test_database_keeps_no_text_of_a_withdrawn_one(made):
    row = WorkSituationFactory(enrolment=made.enrolment)
    situations.withdraw(situation_id=row.pk, by=made.actors[Party.STUDENT], read=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        WorkSituation.objects.filter(pk=row.pk).update(text=CLIENT)


def test_teacher_removes_client_data_with_a_reason_and_the_student_reads_it(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment, text=f"{CLIENT} viel", for_employer=True)
    page = of_school(made, "cohort-situation-blank", row.public_id)
    login(client, made.teacher)
    treat = client.get(of_school(made, "cohort-situation-treat", row.public_id)).content.decode()
    assert page in treat
    assert client.post(page, {"reason": ""}).context["form"].errors
    done = press(client, page, row, {"reason": "Er stond een naam in."}, follow=True).content.decode()
    assert "De tekst is weggehaald. De student krijgt een mail." in done
    again = press(client, page, row, {"reason": "Er stond een naam in."}, follow=True)
    assert "De tekst is weggehaald. De student krijgt een mail." in again.content.decode()
    row.refresh_from_db()
    assert (row.state, row.text, row.removed_because) == ("withdrawn", "", "Er stond een naam in.")
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == ("student_situation_blanked", made.student.email)
    assert "Er stond een naam in." not in mail.body
    read = everywhere(client, made)
    assert CLIENT not in read
    assert (
        "Er stond een naam in." in login(client, made.student).get(reverse("student-work")).content.decode()
    )


def test_treated_in_two_sessions_and_once_outside_of_any(client, made):
    row = WorkSituationFactory(enrolment=made.enrolment)
    first, second = (
        SessionFactory(cohort=made.enrolment.cohort, theme=theme) for theme in ("Tillen", "Praten")
    )
    teacher = made.actors[Party.SCHOOL]
    for session in (first, second):
        situations.put_in_session(situation_id=row.pk, session_id=session.pk, by=teacher, read=None)
    login(client, made.teacher)
    page = of_school(made, "cohort-situation-treat", row.public_id)
    for session, answer in ((first, "Eerst dit"), (second, "Dan dat"), (None, "En thuis nog eens")):
        press(client, page, row, {"answer": answer, "session": session.pk if session else ""})
    row.refresh_from_db()
    assert row.state == SituationState.TREATED
    assert [(one.session, one.answer) for one in row.treatments.order_by("treated_at")] == [
        (first, "Eerst dit"),
        (second, "Dan dat"),
        (None, "En thuis nog eens"),
    ]
    assert OutgoingMail.objects.filter(kind="student_situation_treated").count() == 3
    assert "Dan dat" in client.get(of_school(made, "session-detail", second.public_id)).content.decode()
    read = login(client, made.student).get(reverse("student-work")).content.decode()
    assert all(words in read for words in ("Tillen", "Eerst dit", "Praten", "Dan dat", "En thuis nog eens"))


def test_treated_one_is_put_in_another_session(made):
    row = WorkSituationFactory(enrolment=made.enrolment)
    teacher = made.actors[Party.SCHOOL]
    situations.treat(situation_id=row.pk, answer="Zo", by=teacher, read=None)
    session = SessionFactory(cohort=made.enrolment.cohort)
    situations.put_in_session(situation_id=row.pk, session_id=session.pk, by=teacher, read=None)
    row.refresh_from_db()
    assert row.state == SituationState.TREATED
    assert [one.session for one in row.treatments.filter(treated_at=None)] == [session]


def test_taken_out_of_a_session_again(client, made):
    row = TreatmentFactory(
        situation__enrolment=made.enrolment, situation__state=SituationState.PLANNED
    ).situation
    session = row.sessions.get()
    login(client, made.teacher)
    page = of_school(made, "cohort-situation-take-out", row.public_id, session.public_id)
    assert page in client.get(of_school(made, "session-detail", session.public_id)).content.decode()
    for _ in range(2):
        response = press(client, page, row, follow=True)
        assert "Staat niet meer in deze bijeenkomst." in response.content.decode()
    row.refresh_from_db()
    assert (row.state, row.treatments.count()) == (SituationState.SUBMITTED, 0)


def test_what_was_treated_stays_in_its_session(made):
    row = WorkSituationFactory(enrolment=made.enrolment)
    teacher, session = made.actors[Party.SCHOOL], SessionFactory(cohort=made.enrolment.cohort)
    situations.put_in_session(situation_id=row.pk, session_id=session.pk, by=teacher, read=None)
    situations.treat(situation_id=row.pk, session_id=session.pk, answer="Zo", by=teacher, read=None)
    with pytest.raises(ValidationError, match="behandeld"):
        situations.take_out(situation_id=row.pk, session_id=session.pk, by=teacher, read=None)


def test_session_counts_what_its_teachers_may_read(client, made):
    session = SessionFactory(cohort=made.enrolment.cohort)
    for fields in ({}, {"for_teachers": False}, {"state": SituationState.WITHDRAWN, "text": ""}):
        row = WorkSituationFactory(enrolment=made.enrolment, **fields)
        TreatmentFactory(situation=row, session=session)
    page = login(client, made.teacher).get(of_school(made, "session-list"))
    assert [row.situation_count for row in page.context["page"]] == [1]
