"""Work situations from the student's side: brought in within a minute, and the asker hears back."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.models import OutgoingMail
from students.enums import Party, SituationState
from students.models import WorkSituation
from students.services import situations
from tests.factories.programmes import CohortTeacherFactory, SessionFactory
from tests.factories.students import WorkSituationFactory
from tests.helpers import login

pytestmark = pytest.mark.django_db
ADD = "/student/werk/situaties/nieuw/"


def test_one_text_is_enough(client, made):
    login(client, made.student)
    data = {"text": "De lift was leeg.", "work_process": "", "readers": ["teachers"]}
    page = client.post(ADD, data, follow=True).content.decode()
    assert "De lift was leeg." in page
    assert "Ingebracht" in page
    client.post(ADD, data)
    situation = WorkSituation.objects.get()  # the second time it was the same form
    assert (situation.enrolment, situation.state) == (made.enrolment, SituationState.SUBMITTED)


@pytest.mark.parametrize(
    "data",
    [
        {"text": "", "readers": ["teachers"]},
        {"text": "x" * 2001, "readers": ["teachers"]},
        {"text": "Mevrouw met nummer 111222333", "readers": ["teachers"]},
        {"text": "Goed", "readers": ["world"]},
        {"text": "Goed", "readers": ["teachers"], "work_process": "999999"},
    ],
)
def test_bad_input_comes_back(client, data, made):
    response = login(client, made.student).post(ADD, data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not WorkSituation.objects.exists()


def test_planned_then_treated_and_the_asker_hears(made):
    teacher = made.actors[Party.SCHOOL]
    situation = WorkSituationFactory(enrolment=made.enrolment)
    session = SessionFactory(cohort=made.enrolment.cohort, theme="Lastige gesprekken")
    situations.put_in_session(situation_id=situation.pk, session_id=session.pk, by=teacher, read=None)
    answer = {"situation_id": situation.pk, "session_id": session.pk, "by": teacher}
    situations.treat(answer="Blijf rustig.", **answer, read=None)
    situation.refresh_from_db()
    treatment = situation.treatments.get()
    assert (situation.state, treatment.session, treatment.answer) == ("treated", session, "Blijf rustig.")
    mail = OutgoingMail.objects.get()
    assert mail.to_email == made.student.email
    assert mail.subject == "Je werksituatie is behandeld"
    assert "Lastige gesprekken" in mail.body
    assert mail.link.endswith(reverse("student-work"))
    with pytest.raises(ValidationError):
        situations.treat(answer="Nog eens", **answer, read=None)
    assert OutgoingMail.objects.count() == 1


def test_session_of_another_cohort_is_refused(made):
    situation = WorkSituationFactory(enrolment=made.enrolment)
    with pytest.raises(ValidationError):
        situations.put_in_session(
            situation_id=situation.pk, session_id=SessionFactory().pk, by=made.actors[Party.SCHOOL], read=None
        )


def test_situation_only_for_the_student_is_not_treated(made):
    situation = WorkSituationFactory(enrolment=made.enrolment, for_teachers=False)
    with pytest.raises(ValidationError):
        situations.treat(situation_id=situation.pk, answer="Zo", by=made.actors[Party.SCHOOL], read=None)


def test_answer_without_words_is_refused(made):
    situation = WorkSituationFactory(enrolment=made.enrolment)
    with pytest.raises(ValidationError):
        situations.treat(situation_id=situation.pk, answer="  ", by=made.actors[Party.SCHOOL], read=None)


def test_student_without_account_gets_no_mail(made):
    situation = WorkSituationFactory(enrolment__student__person__user=None)
    CohortTeacherFactory(cohort=situation.enrolment.cohort, membership=made.teacher.person.memberships.get())
    situations.treat(situation_id=situation.pk, answer="Zo", by=made.actors[Party.SCHOOL], read=None)
    assert not OutgoingMail.objects.exists()


def test_agenda_shows_own_lessons_and_days(client, made):
    SessionFactory(cohort=made.enrolment.cohort, theme="Rapporteren")
    SessionFactory(theme="Van een ander")
    page = login(client, made.student).get("/student/agenda/").content.decode()
    assert "Rapporteren" in page
    assert "Van een ander" not in page


def test_older_pages_of_own_work_say_what_came_of_each(client, made):
    rows = [WorkSituationFactory(enrolment=made.enrolment, text=f"Tekst {number:02}") for number in range(13)]
    session = SessionFactory(cohort=made.enrolment.cohort, theme="Lastige gesprekken")
    teacher = made.actors[Party.SCHOOL]
    situations.put_in_session(situation_id=rows[0].pk, session_id=session.pk, by=teacher, read=None)
    situations.treat(
        situation_id=rows[0].pk, session_id=session.pk, answer="Rustig aan.", by=teacher, read=None
    )
    login(client, made.student)
    first, last = (client.get(reverse("student-work"), {"page": page}) for page in (1, 2))
    newest_first = [f"Tekst {number:02}" for number in reversed(range(13))]
    shown = [row.text for page in (first, last) for row in page.context["situations"]]
    assert shown == newest_first
    assert "Rustig aan." not in first.content.decode()
    assert "Rustig aan." in last.content.decode()
