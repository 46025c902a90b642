"""Programmes, cohorts and sessions of a school: forms and pages."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.enums import Role
from agreements.queries.terms import school_contacts
from core.dates import today
from core.models import FieldChange
from partnerships.actors import actor_of
from programmes.models import Cohort, Programme
from students.models import Enrolment
from tests.factories.partnerships import MemberFactory, OrganisationFactory, PartnershipFactory
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    CoreTaskFactory,
    ProgrammeFactory,
    QualificationFactory,
    WorkProcessFactory,
)
from tests.factories.students import EnrolmentFactory
from tests.helpers import edit, login, member
from ui import formats

pytestmark = pytest.mark.django_db


def url(name, *arguments):
    return reverse(f"programmes:{name}", args=arguments)


# Programmes


def programme_data(**values):
    return {"name": "Verzorgende BBL", "route": "bbl", "school_days": "1", "contract_hours": "24"} | values


def test_programme_with_two_crebos_and_partner_employers(teacher, school):
    partnership = PartnershipFactory()
    employer = OrganisationFactory()
    for organisation in (school, employer):
        MemberFactory(partnership=partnership, organisation=organisation)
    far = OrganisationFactory()
    crebos = QualificationFactory.create_batch(2)
    data = programme_data(
        qualifications=[row.pk for row in crebos], partnership=partnership.pk, employers=[employer.pk]
    )
    response = teacher.post(url("programme-create", school.slug), data, follow=True)
    assert "De opleiding staat klaar." in response.content.decode()
    programme = Programme.objects.get()
    assert (programme.school, programme.partnership) == (school, partnership)
    assert set(programme.qualifications.all()) == set(crebos)
    assert [row.organisation for row in programme.partner_employers.running()] == [employer]
    assert [row.partnership for row in programme.partnerships.all()] == [partnership]
    refused = teacher.post(
        url("programme-create", school.slug), data | {"name": "Ander", "employers": [far.pk]}
    )
    assert set(refused.context["form"].errors) == {"employers"}


def test_programme_sent_twice_is_made_once(teacher, school):
    data = programme_data(qualifications=[QualificationFactory().pk])
    teacher.post(url("programme-create", school.slug), data)
    response = teacher.post(url("programme-create", school.slug), data)
    assert "De school heeft al een opleiding met deze naam." in response.content.decode()
    assert Programme.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", ""),
        ("name", "x" * 161),
        ("name", "123456782"),
        ("route", "x"),
        ("school_days", "6"),
        ("school_days", "-1"),
        ("contract_hours", "0"),
        ("contract_hours", "99999999999999999999"),
        ("qualifications", []),
        ("qualifications", ["x"]),
        ("partnership", "0"),
    ],
)
def test_bad_programme_is_explained(teacher, school, name, value):
    data = programme_data(qualifications=[QualificationFactory().pk]) | {name: value}
    response = teacher.post(url("programme-create", school.slug), data)
    assert set(response.context["form"].errors) == {name}
    assert Programme.objects.count() == 0


def test_qualifications_stand_once_there_is_a_cohort(teacher, school):
    old, new = QualificationFactory.create_batch(2)
    programme = ProgrammeFactory(school=school, qualifications=[old])
    CohortFactory(programme=programme)
    data = programme_data(name="Nieuwe naam", qualifications=[new.pk])
    edit(teacher, url("programme-edit", school.slug, programme.public_id), data)
    programme.refresh_from_db()
    assert (programme.name, list(programme.qualifications.all())) == ("Nieuwe naam", [old])


def test_other_partnership_and_employers_of_a_programme_stand_in_its_history(
    teacher, user, school, django_assert_max_num_queries
):
    partnership, employer = PartnershipFactory(name="Samen"), OrganisationFactory(name="De Linde")
    for organisation in (school, employer):
        MemberFactory(partnership=partnership, organisation=organisation)
    crebo = QualificationFactory()
    programme = ProgrammeFactory(school=school, name="Verzorgende BBL", qualifications=[crebo])
    data = programme_data(qualifications=[crebo.pk])
    address = url("programme-edit", school.slug, programme.public_id)
    both = {"partnership": partnership.pk, "employers": [employer.pk]}
    assert edit(teacher, address, data | both).status_code == 302
    assert edit(teacher, address, data | {"employers": []}).status_code == 302
    with django_assert_max_num_queries(12):
        page = teacher.get(url("programme-detail", school.slug, programme.public_id))
    lines = [(line.field, line.before, line.after, line.change.by) for line in page.context["history"]]
    assert lines == [
        ("Samenwerking", "(leeg)", "Samen", user.person),
        ("De Linde", "", f"vanaf {formats.day(today())}", user.person),
        ("Samenwerking", "Samen", "(leeg)", user.person),
        ("De Linde", "", f"beëindigd, laatste dag {formats.day(today())}", user.person),
    ]
    assert (
        f"Eerder: De Linde, {formats.day(today())} tot en met {formats.day(today())}" in page.content.decode()
    )


def test_who_comes_back_on_the_day_it_ended_has_two_rows(teacher, school):
    partnership, employer = PartnershipFactory(), OrganisationFactory()
    for organisation in (school, employer):
        MemberFactory(partnership=partnership, organisation=organisation)
    crebo = QualificationFactory()
    programme = ProgrammeFactory(school=school, qualifications=[crebo])
    address = url("programme-edit", school.slug, programme.public_id)
    both = {"partnership": partnership.pk, "employers": [employer.pk]}
    data = programme_data(name=programme.name, qualifications=[crebo.pk])
    for more in (both, {}, both, both):
        edit(teacher, address, data | more)
    for rows in (programme.partnerships, programme.partner_employers):
        ended, runs = rows.order_by("pk")
        assert (ended.ended_at is None, runs.ended_at) == (False, None)


@pytest.mark.parametrize("count", [1, 3])
def test_programme_list_query_count(teacher, school, django_assert_num_queries, count):
    ProgrammeFactory.create_batch(count, school=school, qualifications=[QualificationFactory()])
    ProgrammeFactory()  # another school's: must not show
    with django_assert_num_queries(5):  # account with its session, school, count, page, crebos
        response = teacher.get(url("programme-list", school.slug))
    assert len(response.context["page"]) == count


def test_programme_page_shows_work_processes_in_order(teacher, user, school, django_assert_max_num_queries):
    qualification = QualificationFactory()
    task = CoreTaskFactory(qualification=qualification)
    for number in (10, 2):
        WorkProcessFactory(core_task=task, number=number, code=f"B1-K1-W{number}")
    cohort = CohortFactory(programme__school=school)
    cohort.programme.qualifications.add(qualification)
    CohortTeacherFactory(cohort=cohort, membership=user.person.memberships.get())
    with django_assert_max_num_queries(12):
        response = teacher.get(url("programme-detail", school.slug, cohort.programme.public_id))
    page = response.content.decode()
    assert page.index("B1-K1-W2<") < page.index("B1-K1-W10<")
    assert cohort.name in page


# Cohorts


def cohort_data(user, **values):
    return {
        "name": "Groep A",
        "starts_on": today().isoformat(),
        "ends_on": (today() + timedelta(days=700)).isoformat(),
        "capacity": "15",
        "school_weekday": "2",
        "teachers": [user.person.memberships.get().pk],
    } | values


def test_cohort_with_its_teacher(teacher, user, school):
    programme = ProgrammeFactory(school=school)
    teacher.post(url("cohort-create", school.slug, programme.public_id), cohort_data(user))
    cohort = Cohort.objects.get()
    assert (cohort.capacity, [row.membership for row in cohort.cohort_teachers.all()]) == (
        15,
        [user.person.memberships.get()],
    )
    again = teacher.post(url("cohort-create", school.slug, programme.public_id), cohort_data(user))
    assert "De opleiding heeft al een cohort met deze naam." in again.content.decode()
    assert Cohort.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("name", "", "name"),
        ("capacity", "0", "capacity"),
        ("capacity", "201", "capacity"),
        ("capacity", "veel", "capacity"),
        ("starts_on", "0001-01-01", "starts_on"),
        ("starts_on", "9998-01-01", "starts_on"),
        ("ends_on", "2001-01-01", "ends_on"),
        ("ends_on", "9999-12-31", "ends_on"),
        ("school_weekday", "8", "school_weekday"),
        ("teachers", [], "teachers"),
        ("teachers", ["0"], "teachers"),
    ],
)
def test_bad_cohort_is_explained(teacher, user, school, name, value, field):
    programme = ProgrammeFactory(school=school)
    data = cohort_data(user) | {name: value}
    response = teacher.post(url("cohort-create", school.slug, programme.public_id), data)
    assert set(response.context["form"].errors) == {field}
    assert Cohort.objects.count() == 0


def test_teacher_of_another_school_cannot_be_chosen(teacher, user, school):
    programme = ProgrammeFactory(school=school)
    stranger = member(OrganisationFactory(school=True), Role.TEACHER).person.memberships.get()
    data = cohort_data(user, teachers=[stranger.pk])
    response = teacher.post(url("cohort-create", school.slug, programme.public_id), data)
    assert set(response.context["form"].errors) == {"teachers"}


def test_cohort_is_changed(teacher, user, school):
    cohort = CohortFactory(programme__school=school)
    CohortTeacherFactory(cohort=cohort, membership=user.person.memberships.get())
    edit(
        teacher, url("cohort-edit", school.slug, cohort.public_id), cohort_data(user, name="B", capacity="20")
    )
    cohort.refresh_from_db()
    assert (cohort.name, cohort.capacity) == ("B", 20)


def test_teachers_of_a_cohort_begin_and_end_with_a_day_and_their_rows_stay(client, user, school):
    manager, mine = member(school, Role.MANAGER), user.person.memberships.get()
    cohort = CohortFactory(programme__school=school)
    address = url("cohort-edit", school.slug, cohort.public_id)
    login(client, manager)
    colleague = member(school, Role.TEACHER).person.memberships.get()
    for teachers in ([mine.pk], [colleague.pk], [mine.pk, colleague.pk]):
        assert edit(client, address, cohort_data(user, teachers=teachers)).status_code == 302
        running = cohort.cohort_teachers.running().values_list("membership", flat=True)
        assert set(running) == set(teachers)
        assert Cohort.objects.visible_to(actor_of(user)).exists() is (mine.pk in teachers)
    rows = cohort.cohort_teachers.filter(membership=mine).order_by("pk")
    assert [(row.starts_on, row.ends_on, row.ended_at is None) for row in rows] == [
        (today(), today(), False),
        (today(), None, True),
    ]
    page = client.get(address)
    lines = [(line.field, line.after, line.change.by) for line in page.context["history"] if not line.before]
    assert (
        f"Docent {user.person}",
        f"beëindigd, laatste dag {formats.day(today())}",
        manager.person,
    ) in lines


def test_other_dates_of_a_cohort_stand_in_its_history(teacher, user, school):
    cohort = CohortFactory(programme__school=school)
    CohortTeacherFactory(cohort=cohort, membership=user.person.memberships.get())
    address = url("cohort-edit", school.slug, cohort.public_id)
    before = formats.day(cohort.ends_on)
    edit(teacher, address, cohort_data(user))
    lines = {line.field: (line.before, line.after) for line in teacher.get(address).context["history"]}
    assert lines["Verwacht einde"] == (before, formats.day(today() + timedelta(days=700)))


def test_one_teacher_is_asked_first_and_stands_first_everywhere(teacher, user, school):
    cohort = CohortFactory(programme__school=school)
    CohortTeacherFactory(cohort=cohort, membership=user.person.memberships.get())
    colleague = CohortTeacherFactory(cohort=cohort, membership__person__last_name="Zeeman").membership
    student = EnrolmentFactory(cohort=cohort)
    address = url("cohort-edit", school.slug, cohort.public_id)
    both = cohort_data(user, teachers=[user.person.memberships.get().pk, colleague.pk])
    for lead in (colleague, user.person.memberships.get(), colleague):
        assert edit(teacher, address, both | {"lead": lead.pk}).status_code == 302
        assert teacher.get(address).context["form"]["lead"].value() == lead.pk
        assert school_contacts(cohort.pk).first() == lead
        parties = Enrolment.objects.with_parties().get(pk=student.pk).parties
        assert parties.teacher_name == lead.person.full_name
    assert cohort.cohort_teachers.filter(is_lead=True).count() == 1
    assert FieldChange.objects.filter(field="is_lead").count() == 5
    refused = edit(
        teacher, address, both | {"teachers": [user.person.memberships.get().pk], "lead": colleague.pk}
    )
    assert refused.context["form"].errors["lead"] == ["Kies een van de docenten van dit cohort."]
    assert edit(teacher, address, both | {"lead": ""}).status_code == 302
    assert not cohort.cohort_teachers.filter(is_lead=True).exists()


def test_database_knows_one_teacher_who_is_asked_first():
    row = CohortTeacherFactory(is_lead=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        CohortTeacherFactory(cohort=row.cohort, is_lead=True)


def test_whoever_takes_oneself_off_a_cohort_is_asked_whether_that_is_meant(teacher, user, school):
    cohort = CohortFactory(programme__school=school)
    CohortTeacherFactory(cohort=cohort, membership=user.person.memberships.get())
    colleague = member(school, Role.TEACHER).person.memberships.get()
    address = url("cohort-edit", school.slug, cohort.public_id)
    assert "without_me" not in teacher.get(address).context["form"].fields
    data = cohort_data(user, teachers=[colleague.pk], name="B")
    asked = edit(teacher, address, data)
    assert set(asked.context["form"].errors) == {"without_me"}
    assert asked.context["form"]["name"].value() == "B"
    sure = data | {"without_me": "on", "made_from": asked.context["form"].made_from}
    assert teacher.post(address, sure).status_code == 302
    assert not Cohort.objects.visible_to(actor_of(user)).exists()
