"""Work situations into sessions, and the asker hears back."""

import pytest
from django.urls import reverse

from core import versions
from core.models import OutgoingMail
from students.enums import SituationState
from tests.factories.programmes import CohortFactory, CohortTeacherFactory, SessionFactory, WorkProcessFactory
from tests.factories.students import EnrolmentFactory, WorkSituationFactory
from tests.helpers import login, press

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    return CohortFactory()


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def url(cohort, name, *more):
    return reverse(f"students:{name}", args=[cohort.programme.school.slug, cohort.public_id, *more])


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(teacher, cohort, django_assert_num_queries, count):
    for _ in range(count):
        WorkSituationFactory(enrolment__cohort=cohort, work_process=WorkProcessFactory())
    WorkSituationFactory()  # another cohort's: must not show
    with django_assert_num_queries(9):
        # session, user, actor, cohort, work processes, count, page, students, treatments, sessions to choose
        response = teacher.get(url(cohort, "cohort-situation-list"))
    assert len(response.context["rows"]) == count


def test_several_go_into_one_session_at_once(teacher, cohort):
    situations = WorkSituationFactory.create_batch(2, enrolment=EnrolmentFactory(cohort=cohort))
    session = SessionFactory(cohort=cohort, theme="Tillen")
    data = {"situations": [row.public_id for row in situations], "session": session.public_id}
    data["read"] = [f"{row.public_id} {versions.of(row)}" for row in situations]
    response = teacher.post(url(cohort, "cohort-situation-plan"), data, follow=True)
    assert "2 werksituaties staan in “Tillen”." in response.content.decode()
    for row in situations:
        row.refresh_from_db()
        assert (row.state, row.sessions.get()) == (SituationState.PLANNED, session)
    again = teacher.post(url(cohort, "cohort-situation-plan"), data, follow=True)
    assert "2 werksituaties staan in “Tillen”." in again.content.decode()
    page = teacher.get(url(cohort, "session-detail", session.public_id)).content.decode()
    assert situations[0].text in page


def test_private_withdrawn_and_others_situations_cannot_be_planned(teacher, cohort):
    session = SessionFactory(cohort=cohort)
    for row in (
        WorkSituationFactory(enrolment__cohort=cohort, for_teachers=False),
        WorkSituationFactory(enrolment__cohort=cohort, state=SituationState.WITHDRAWN, text=""),
        WorkSituationFactory(),
    ):
        data = {"situations": [row.public_id], "session": session.public_id}
        response = teacher.post(url(cohort, "cohort-situation-plan"), data)
        assert set(response.context["form"].errors) == {"situations"}
        assert not row.treatments.exists()


@pytest.mark.parametrize("situations", [[], ["x"], ["' OR 1"], ["00000000-0000-0000-0000-000000000000"]])
def test_odd_choices_are_explained_and_ticks_kept(teacher, cohort, situations):
    row = WorkSituationFactory(enrolment__cohort=cohort)
    session = SessionFactory(cohort=cohort)
    ticked = [row.public_id, *situations] if situations else []
    data = {"situations": ticked, "session": session.public_id}
    response = teacher.post(url(cohort, "cohort-situation-plan"), data)
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"situations"}
    assert (" checked" in response.content.decode()) == bool(situations)


def test_session_of_another_cohort_cannot_be_chosen(teacher, cohort):
    row = WorkSituationFactory(enrolment__cohort=cohort)
    data = {"situations": [row.public_id], "session": SessionFactory().public_id}
    response = teacher.post(url(cohort, "cohort-situation-plan"), data)
    assert set(response.context["form"].errors) == {"session"}


def test_treating_tells_the_student_once(teacher, cohort):
    row = WorkSituationFactory(enrolment__cohort=cohort)
    page = url(cohort, "cohort-situation-treat", row.public_id)
    assert teacher.post(page, {"answer": ""}).context["form"].errors["answer"] == ["Vul “Wat kwam eruit” in."]
    assert "answer" in teacher.post(page, {"answer": "x" * 2001}).context["form"].errors
    for _ in range(2):
        response = press(teacher, page, row, {"answer": "Vraag eerst hoe het gaat."}, follow=True)
        assert "De student krijgt een mail." in response.content.decode()
    row.refresh_from_db()
    assert (row.state, row.treatments.get().answer) == (SituationState.TREATED, "Vraag eerst hoe het gaat.")
    mail = OutgoingMail.objects.get()
    assert (mail.kind, mail.to_email) == (
        "student_situation_treated",
        row.enrolment.student.person.user.email,
    )


def test_private_situation_is_not_found(teacher, cohort):
    row = WorkSituationFactory(enrolment__cohort=cohort, for_teachers=False)
    assert teacher.get(url(cohort, "cohort-situation-treat", row.public_id)).status_code == 404


def test_filters(teacher, cohort):
    process = WorkProcessFactory()
    cohort.programme.qualifications.add(process.core_task.qualification)
    mine = WorkSituationFactory(enrolment__cohort=cohort, work_process=process)
    WorkSituationFactory(enrolment__cohort=cohort)
    treated = WorkSituationFactory(enrolment__cohort=cohort, state=SituationState.TREATED)
    page = url(cohort, "cohort-situation-list")

    def found(query):
        return [row for row, _may, _ticked in teacher.get(f"{page}?{query}").context["rows"]]

    assert len(found("")) == 2
    assert found("toestand=behandeld") == [treated]
    assert found(f"werkproces={process.pk}") == [mine]
    assert len(found("toestand=x")) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_timetable_query_count(teacher, cohort, django_assert_num_queries, count):
    SessionFactory.create_batch(count, cohort=cohort)
    with django_assert_num_queries(
        6
    ):  # account with its session, cohort, count, page, holidays of both kinds
        response = teacher.get(url(cohort, "session-list"))
    assert len(response.context["page"]) == count
    assert len(teacher.get(url(cohort, "session-list") + "?toon=geweest").context["page"]) == 0
