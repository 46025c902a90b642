"""Whose file an answer tells of stands in the read log: by what was loaded for it, whatever page that was."""

import pytest
from django.urls import reverse

from accounts.enums import Role
from core import readlog
from core.models import ReadLog
from core.readlog import Subject
from partnerships.actors import actor_of
from partnerships.enums import AffiliationKind
from partnerships.models import Affiliation
from students.models import Enrolment, Goal, GoalVersion, Student
from tests.factories.accounts import UserFactory
from tests.factories.partnerships import PartnershipFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import EnrolmentFactory, EvidenceFactory, GoalFactory
from tests.helpers import login, member

LIST, FILE = ReadLog.Kind.LIST, ReadLog.Kind.FILE


@pytest.fixture
def reader(db):
    return actor_of(UserFactory())


def read(reader, load, *named):
    """Load rows as for a page with these ids in its address; gives what was noted."""
    with readlog.reading() as reading:
        load()
    reading.write(reader, named)
    return noted(reader)


def noted(reader):
    rows = ReadLog.objects.filter(reader=reader.person_id)
    return sorted(rows.values_list("subject", "kind"), key=str)


# What is noted


def test_row_of_a_file_is_noted_as_it_is_loaded(reader):
    student = EnrolmentFactory().student
    assert read(reader, lambda: Student.objects.get(pk=student.pk)) == [(student.public_id, LIST)]


def test_file_named_in_the_address_was_opened_and_others_were_seen_in_a_list(reader):
    opened, listed = EnrolmentFactory(), EnrolmentFactory()
    load = lambda: list(Enrolment.objects.select_related("student"))  # noqa: E731 - given to a function
    found = read(reader, load, opened.public_id, "zorgpact")
    assert found == sorted([(opened.student.public_id, FILE), (listed.student.public_id, LIST)], key=str)


@pytest.mark.parametrize("number", [1, 3])
def test_rows_far_from_the_student_cost_one_query_and_one_insert_however_many(
    reader, django_assert_num_queries, number
):
    goals = GoalFactory.create_batch(number)
    with readlog.reading() as reading:
        assert len(GoalVersion.objects.all()) == number
    with django_assert_num_queries(2):
        reading.write(reader, ())
    assert noted(reader) == sorted([(goal.plan.enrolment.student.public_id, LIST) for goal in goals], key=str)


def test_rows_loaded_with_the_student_cost_the_insert_alone(reader, django_assert_num_queries):
    GoalFactory.create_batch(2)
    with readlog.reading() as reading:
        list(Goal.objects.select_related("latest", "plan__enrolment__student"))
    with django_assert_num_queries(1):
        reading.write(reader, ())
    assert len(noted(reader)) == 2


def test_row_loaded_again_with_less_still_leads_to_the_student(reader, django_assert_num_queries):
    enrolment = EnrolmentFactory()
    with readlog.reading() as reading:
        Enrolment.objects.select_related("student").get()
        Enrolment.objects.only("starts_on").get()
    with django_assert_num_queries(1):
        reading.write(reader, ())
    assert noted(reader) == [(enrolment.student.public_id, LIST)]


def test_student_who_sits_at_a_table_is_noted_and_a_client_is_not(reader):
    enrolment = EnrolmentFactory()
    partnership = PartnershipFactory()
    Affiliation.objects.create(
        person=enrolment.student.person, partnership=partnership, kind=AffiliationKind.STUDENT, source_id=1
    )
    Affiliation.objects.create(
        person=UserFactory().person, partnership=partnership, kind=AffiliationKind.CLIENT
    )
    assert read(reader, lambda: list(Affiliation.objects.all())) == [(enrolment.student.public_id, LIST)]


def test_one_row_a_day_for_each_reader_subject_and_kind(reader):
    student = EnrolmentFactory().student
    load = lambda: Student.objects.get(pk=student.pk)  # noqa: E731 - given to a function
    for named in ((), (), (student.public_id,), (str(student.public_id),)):
        read(reader, load, *named)
    assert noted(reader) == [(student.public_id, FILE), (student.public_id, LIST)]
    other = actor_of(UserFactory())
    assert read(other, load) == [(student.public_id, LIST)]


# What is not


@pytest.mark.django_db
def test_own_file_is_not_noted():
    student = EnrolmentFactory().student
    me = actor_of(student.person.user)
    assert read(me, lambda: Student.objects.get(pk=student.pk), student.public_id) == []


def test_what_is_weighed_is_noted_only_when_it_is_shown(reader):
    shown, known, weighed = (EnrolmentFactory().student for _ in range(3))

    def load():
        with readlog.unseen():
            rows = {row.pk: row for row in Student.objects.all()}
        readlog.note(rows[shown.pk], known.subject, None)

    assert read(reader, load) == sorted([(shown.public_id, LIST), (known.public_id, LIST)], key=str)
    assert weighed.subject == Subject(weighed.public_id, weighed.person_id)


def test_outside_of_an_answer_nothing_is_noted(reader):
    student = EnrolmentFactory().student
    readlog.note(Student.objects.get(pk=student.pk), student.subject)
    assert noted(reader) == []


# As the answer leaves


@pytest.fixture
def seen(db):
    """A cohort with its teacher and a student."""
    enrolment = EnrolmentFactory()
    teacher = CohortTeacherFactory(cohort=enrolment.cohort).membership.person.user
    return enrolment, teacher


def page(name, enrolment):
    """Of the cohort, or of the student in it."""
    cohort = enrolment.cohort
    path = [cohort.programme.school.slug, cohort.public_id, enrolment.public_id]
    space = "" if name.endswith("-detail") else "students:"
    return reverse(f"{space}{name}", args=path[:2] if name.startswith("cohort") else path)


def test_page_and_list_are_noted_and_the_head_of_a_page_is_not(client, seen):
    enrolment, teacher = seen
    subject = enrolment.student.public_id
    login(client, teacher)
    client.head(page("cohort-detail", enrolment))
    assert noted(actor_of(teacher)) == []
    client.get(page("cohort-detail", enrolment))
    assert noted(actor_of(teacher)) == [(subject, LIST)]
    client.get(page("enrolment-edit", enrolment))
    assert noted(actor_of(teacher)) == [(subject, FILE), (subject, LIST)]


def test_refusal_and_redirect_are_not_noted_and_a_form_that_comes_back_is(client, seen):
    enrolment, teacher = seen
    goal = GoalFactory(plan__enrolment=enrolment)
    evidence = EvidenceFactory(goal=goal)
    login(client, teacher)
    assert client.get(reverse("students:evidence-file", args=[evidence.public_id])).status_code == 404
    assert client.get(page("enrolment-return", enrolment)).status_code == 302
    colleague = member(enrolment.cohort.programme.school, Role.MANAGER)
    drop_out = page("enrolment-drop-out", enrolment)
    login(client, colleague)
    assert client.get(drop_out).status_code == 403
    assert ReadLog.objects.count() == 0
    login(client, teacher)
    assert client.post(drop_out, {"last_day": "onzin"}).status_code == 200
    assert noted(actor_of(teacher)) == [(enrolment.student.public_id, FILE)]


def test_student_reads_who_opened_the_file_and_who_saw_a_list(client, seen):
    enrolment, teacher = seen
    login(client, teacher)
    client.get(page("cohort-detail", enrolment))
    login(client, enrolment.student.person.user)
    me = reverse("students:me")
    assert "Nog niemand" in client.get(me).content.decode()
    with_lists = client.get(me, {"toon": "alles"}).content.decode()
    assert "zag je in een lijst" in with_lists
    login(client, teacher)
    client.get(page("enrolment-detail", enrolment))
    login(client, enrolment.student.person.user)
    usual = client.get(me).content.decode()
    assert "opende je dossier" in usual
    assert "zag je in een lijst" not in usual


def test_waiting_for_someone_else_is_not_read(client, seen):
    """A first page makes the steps of all who wait and shows one."""
    enrolment, teacher = seen
    later = EnrolmentFactory(cohort=enrolment.cohort)
    for one in (enrolment, later):
        GoalFactory(plan__enrolment=one, plan__active=True, state="demonstrated")
    login(client, teacher)
    client.get(reverse("school-start", args=[enrolment.cohort.programme.school.slug]))
    assert noted(actor_of(teacher)) == [(enrolment.student.public_id, LIST)]
    client.get(reverse("school-next-steps", args=[enrolment.cohort.programme.school.slug]))
    assert len(noted(actor_of(teacher))) == 2
