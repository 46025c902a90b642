"""Which work processes a programme has: each by its key, in one order, named apart where codes are equal."""

import pytest
from django.urls import reverse

from programmes.models import WorkProcess
from students.enums import GoalState, PlanState
from students.models import LearningPlan
from tests.factories.programmes import (
    CoreTaskFactory,
    ProgrammeFactory,
    QualificationFactory,
    WorkProcessFactory,
)
from tests.factories.students import GoalFactory, WorkSituationFactory
from tests.helpers import login
from tests.students.worlds import due, page_name, url, world

pytestmark = pytest.mark.django_db

CARE, GUIDANCE = "Verzorgende", "Begeleider"
# Crebo, name of the qualification, core task and numbers of its work processes, not in their order.
CATALOGUE = [
    ("25778", GUIDANCE, "B1-K1", (2, 1)),
    ("25656", CARE, "B1-K2", (1,)),
    ("25656", CARE, "B1-K1", (10, 1, 2)),
]
IN_ORDER = [
    f"{code} Doen ({name})"
    for name, codes in (
        (CARE, ("B1-K1-W1", "B1-K1-W2", "B1-K1-W10", "B1-K2-W1")),
        (GUIDANCE, ("B1-K1-W1", "B1-K1-W2")),
    )
    for code in codes
]


def catalogue():
    qualifications = {}
    for crebo, name, code, numbers in CATALOGUE:
        qualification = qualifications.get(crebo) or QualificationFactory(crebo=crebo, name=name)
        qualifications[crebo] = qualification
        task = CoreTaskFactory(qualification=qualification, code=code)
        for number in numbers:
            WorkProcessFactory(core_task=task, number=number, title="Doen")
    return list(qualifications.values())


def shown(processes):
    return [str(process) for process in processes]


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ({CARE, GUIDANCE}, IN_ORDER),
        ({CARE}, [text.removesuffix(f" ({CARE})") for text in IN_ORDER[:4]]),
        ({GUIDANCE}, [text.removesuffix(f" ({GUIDANCE})") for text in IN_ORDER[4:]]),
        (set(), []),
    ],
)
def test_of_programme_in_one_order_named_where_there_are_two(of, expected):
    found = catalogue()
    ProgrammeFactory(qualifications=found)  # another programme with both: changes nothing
    programme = ProgrammeFactory(qualifications=[row for row in found if row.name in of])
    assert shown(WorkProcess.objects.of_programme(programme.pk)) == expected


@pytest.fixture
def combined():
    """The plan of a student in a programme of two crebos, with a goal for each of its six work processes."""
    made = world()
    programme = made.enrolment.cohort.programme
    programme.qualifications.set(catalogue())
    made.processes = list(WorkProcess.objects.of_programme(programme.pk))
    for process in reversed(made.processes):
        GoalFactory(plan=made.plan, work_process=process)
    made.situation = WorkSituationFactory(enrolment=made.enrolment, work_process=made.processes[-1])
    return made


def choices(form, name):
    return [str(label) for value, label in form.fields[name].choices if value]


def cohort_url(made, name, query=""):
    cohort = made.enrolment.cohort
    return reverse(page_name(name), args=[made.school.slug, cohort.public_id]) + query


@pytest.mark.parametrize(
    ("page", "form", "field"),
    [
        (lambda made: cohort_url(made, "cohort-detail"), lambda page: page["filters"].form, "werkproces"),
        (
            lambda made: cohort_url(made, "cohort-situation-list"),
            lambda page: page["filters"].form,
            "werkproces",
        ),
        (lambda made: url("goal-add", made.plan), lambda page: page["form"], "work_process"),
        (
            lambda made: reverse(
                "programmes:session-create", args=[made.school.slug, made.enrolment.cohort.public_id]
            ),
            lambda page: page["form"],
            "work_processes",
        ),
    ],
    ids=["cohort", "situations", "goal", "session"],
)
def test_forms_and_filters_offer_every_work_process(client, combined, page, form, field):
    response = login(client, combined.teacher).get(page(combined))
    assert choices(form(response.context), field) == IN_ORDER


def test_making_a_plan_offers_every_work_process_and_keeps_the_order(client, combined):
    LearningPlan.objects.update(state=PlanState.CLOSED)
    client = login(client, combined.teacher)
    address = url("plan-create", combined.enrolment)
    assert choices(client.get(address).context["form"], "work_processes") == IN_ORDER
    keys = [process.pk for process in reversed(combined.processes)]
    client.post(address, {"work_processes": keys, "due_on": due()})
    goals = LearningPlan.objects.open().get().goals.order_by("position")
    assert [goal.work_process for goal in goals] == combined.processes


def test_student_brings_a_situation_in_with_every_work_process(client, combined):
    response = login(client, combined.student).get(reverse("students:situation-add"))
    assert choices(response.context["form"], "work_process") == IN_ORDER


def test_plan_pages_show_every_work_process(client, combined):
    client = login(client, combined.teacher)
    page = client.get(url("plan-print", combined.plan))
    groups = page.context["groups"]
    assert [f"{group.code} {group.title} ({group.qualification})" for group in groups] == IN_ORDER
    assert page.content.decode().count(f"B1-K1-W1, {GUIDANCE}") == 1
    coverage = client.get(url("plan-coverage", combined.plan))
    assert shown(process for process, _group in coverage.context["rows"]) == IN_ORDER
    assert all(group for _process, group in coverage.context["rows"])
    outline = client.get(url("plan-edit", combined.plan)).context["outline"]
    assert [f"{item.code} {item.title} ({item.qualification})" for item in outline[:-1]] == IN_ORDER


def test_cohort_page_finds_each_work_process(client, combined):
    client = login(client, combined.teacher)
    combined.plan.goals.filter(work_process=combined.processes[0]).update(state=GoalState.LAPSED)
    found = [
        len(client.get(cohort_url(combined, "cohort-detail", f"?werkproces={process.pk}")).context["rows"])
        for process in combined.processes
    ]
    assert found == [0, 1, 1, 1, 1, 1]  # the other one with the same code is not meant
    kept = [
        len(
            client.get(cohort_url(combined, "cohort-situation-list", f"?werkproces={process.pk}")).context[
                "rows"
            ]
        )
        for process in combined.processes
    ]
    assert kept == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    ("page", "times"),
    [
        (lambda made: made.plan.goals.get(work_process=made.processes[-1]).get_absolute_url(), 1),
        (lambda made: cohort_url(made, "cohort-situation-list"), 2),  # in the filter and with the situation
        (
            lambda made: reverse(
                "students:cohort-situation-treat",
                args=[made.school.slug, made.enrolment.cohort.public_id, made.situation.public_id],
            ),
            1,
        ),
        (
            lambda made: reverse(
                "enrolment-detail",
                args=[made.school.slug, made.enrolment.cohort.public_id, made.enrolment.public_id],
            ),
            1,
        ),
    ],
    ids=["goal", "situations", "situation", "enrolment"],
)
def test_pages_name_the_qualification(client, combined, page, times):
    text = login(client, combined.teacher).get(page(combined)).content.decode()
    assert text.count(IN_ORDER[-1]) == times


def test_programme_page_has_the_same_order(client, combined):
    address = [combined.school.slug, combined.enrolment.cohort.programme.public_id]
    page = login(client, combined.teacher).get(reverse("programmes:programme-detail", args=address))
    assert shown(page.context["processes"]) == IN_ORDER


def test_plan_of_one_qualification_names_none(client, combined):
    programme = combined.enrolment.cohort.programme
    programme.qualifications.set(programme.qualifications.filter(name=GUIDANCE))
    combined.plan.goals.filter(work_process__in=combined.processes[:4]).update(state=GoalState.LAPSED)
    groups = login(client, combined.student).get(combined.plan.get_absolute_url()).context["groups"]
    assert {group.qualification for group in groups} == {""}
