"""The cohort's page: of each student what is wrong, filters, and a fixed number of queries."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.enums import Signer, VersionState
from core.dates import today
from placements.enums import MatchState
from students.enums import Answer, EnrolmentState, GoalState, Party
from students.models import GoalVersion
from students.presenters.enrolments import enrolment_url
from tests.factories.accounts import InvitationFactory, PersonFactory
from tests.factories.agreements import AgreementFactory, AgreementVersionFactory, SignatureFactory
from tests.factories.partnerships import OrganisationFactory
from tests.factories.placements import MatchFactory, PlacementFactory, access
from tests.factories.programmes import (
    CohortFactory,
    CohortTeacherFactory,
    ProgrammeFactory,
    QualificationFactory,
    SessionFactory,
    WorkProcessFactory,
)
from tests.factories.students import (
    ConsentFactory,
    EnrolmentFactory,
    EvidenceFactory,
    GoalFactory,
    GoalVersionFactory,
    LearningPlanFactory,
    StudentFactory,
    WorkSituationFactory,
)
from tests.helpers import login
from ui.formats import short_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    qualification = QualificationFactory()
    WorkProcessFactory(core_task__qualification=qualification, number=1)
    return CohortFactory(programme=ProgrammeFactory(qualifications=[qualification]))


@pytest.fixture
def teacher(client, cohort):
    return login(client, CohortTeacherFactory(cohort=cohort).membership.person.user)


def page_of(cohort, query=""):
    return reverse("cohort-detail", args=[cohort.programme.school.slug, cohort.public_id]) + query


def full_line(cohort, process=None):
    """A student with everything a line can show."""
    enrolment = EnrolmentFactory(cohort=cohort)
    access(enrolment=enrolment)
    plan = LearningPlanFactory(enrolment=enrolment, active=True)
    ConsentFactory(goal_version=GoalFactory(plan=plan, agreed=True).latest, party=Party.STUDENT)
    goal = GoalFactory(plan=plan, work_process=process)
    GoalFactory(plan=plan, state=GoalState.ASSESSED)
    ConsentFactory(goal_version=goal.latest, party=Party.STUDENT)
    EvidenceFactory(goal=goal)
    WorkSituationFactory(enrolment=enrolment)
    return enrolment


def names(response):
    return [row.name for row in response.context["rows"]]


@pytest.mark.parametrize("count", [1, 3, 31])
def test_query_count_is_the_same_at_any_size(teacher, cohort, django_assert_num_queries, count):
    for _ in range(min(count, 3)):
        full_line(cohort)
    EnrolmentFactory.create_batch(max(0, count - 3), cohort=cohort)
    SessionFactory(cohort=cohort)
    full_line(CohortFactory())  # another cohort's: must not show
    with django_assert_num_queries(8 + (count > 30)):
        # account with its session; cohort with counts; employers, processes; keys, rows; goals; who was read; count
        response = teacher.get(page_of(cohort))
    assert len(response.context["rows"]) == min(count, 30)


def wrongs(response):
    """What the lines say is wrong, in their order."""
    return [[wrong.text for wrong in row.wrongs] for row in response.context["rows"]]


def test_line_says_only_what_is_wrong(teacher, cohort):
    enrolment = full_line(cohort)
    goal = enrolment.plans.get().goals.get(state=GoalState.PROPOSED)
    GoalVersion.objects.filter(pk=goal.latest_id).update(asked_at=timezone.now())
    response = teacher.get(page_of(cohort))
    assert response.context["rows"][0].employer == enrolment.access.get().organisation.name
    assert wrongs(response) == [["2 akkoorden missen"]]


def test_line_without_anything_wrong_says_so(teacher, cohort):
    placement = PlacementFactory(enrolment__cohort=cohort, state="running")
    GoalFactory(plan=LearningPlanFactory(enrolment=placement.enrolment, active=True), agreed=True)
    response = teacher.get(page_of(cohort))
    assert wrongs(response) == [[]]
    assert "alles op orde" in response.content.decode()


def test_goal_past_its_date_asks_for_haste(teacher, cohort):
    goal = GoalFactory(plan=LearningPlanFactory(enrolment__cohort=cohort, active=True), state=GoalState.BUSY)
    goal.current = goal.latest = GoalVersionFactory(
        goal=goal, number=2, agreed=True, due_on=today() - timedelta(days=1)
    )
    goal.save()
    (row,) = teacher.get(page_of(cohort)).context["rows"]
    assert row.wrongs[0].is_late
    assert row.wrongs[0].text == f"doel te laat: het moest op {short_day(today() - timedelta(days=1))}"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (MatchState.PROPOSED, "voorstel bij werkgever"),
        (MatchState.EMPLOYER_AGREED, "voorstel bij student"),
        (MatchState.DECLINED, "voorstel afgewezen"),
    ],
)
def test_proposal_says_with_whom_it_is(teacher, cohort, state, words):
    asked = {"employer_agreed_at": timezone.now()} if state == MatchState.EMPLOYER_AGREED else {}
    MatchFactory(enrolment__cohort=cohort, state=state, **asked)
    assert wrongs(teacher.get(page_of(cohort))) == [["geen leerplan", words]]


def test_proposal_that_waits_goes_before_a_newer_row_that_is_over(teacher, cohort):
    waits = MatchFactory(enrolment__cohort=cohort, state=MatchState.PROPOSED)
    MatchFactory(enrolment=waits.enrolment, state=MatchState.DECLINED)
    assert wrongs(teacher.get(page_of(cohort))) == [["geen leerplan", "voorstel bij werkgever"]]


def with_text(cohort, **fields):
    """A student with a place whose agreement is not in force yet."""
    placement = PlacementFactory(enrolment__cohort=cohort)
    return AgreementVersionFactory(agreement=AgreementFactory(placement=placement, state="signing"), **fields)


def test_agreement_says_who_has_still_to_sign(teacher, cohort):
    text = with_text(cohort, state=VersionState.SIGNING, asked_at=timezone.now())
    assert wrongs(teacher.get(page_of(cohort)))[0][1:] == ["3 handtekeningen missen"]
    for signer in (Signer.SCHOOL, Signer.STUDENT):
        SignatureFactory(version=text, signer=signer)
    assert wrongs(teacher.get(page_of(cohort)))[0][1:] == ["werkgever tekent nog"]
    assert names(teacher.get(page_of(cohort, "?mist=tekenen"))) == [
        text.agreement.placement.student.full_name
    ]


def test_account_says_how_far_it_is_and_filters_find_it(teacher, cohort):
    def student(**invitation):
        made = InvitationFactory(**invitation) if invitation else None
        person = made.person if made else PersonFactory()
        return EnrolmentFactory(cohort=cohort, student=StudentFactory(person=person, invitation=made))

    never, invited = student(), student(expires_at=timezone.now() + timedelta(days=2))
    over = student(expires_at=timezone.now() - timedelta(days=2))
    withdrawn = student(revoked_at=timezone.now())
    signed_in = EnrolmentFactory(cohort=cohort)
    said = {row.enrolment: row.wrongs[-1].text for row in teacher.get(page_of(cohort)).context["rows"]}
    assert said == {
        never: "niet uitgenodigd",
        invited: "uitgenodigd, nog geen account",
        over: "uitnodiging verlopen",
        withdrawn: "niet uitgenodigd",
        signed_in: "geen plek",
    }
    pages = {row: teacher.get(enrolment_url(cohort, row)).context["account"] for row in (over, withdrawn)}
    assert pages == {row: said[row] for row in pages}
    found = {
        state: {row.enrolment for row in teacher.get(page_of(cohort, f"?account={state}")).context["rows"]}
        for state in ("niet-uitgenodigd", "uitgenodigd", "ingelogd")
    }
    assert found == {
        "niet-uitgenodigd": {never, over, withdrawn},
        "uitgenodigd": {invited},
        "ingelogd": {signed_in},
    }


def test_figures_count_what_is_missing_and_narrow_the_list(teacher, cohort):
    placed = PlacementFactory(enrolment__cohort=cohort)
    without = EnrolmentFactory(cohort=cohort, student=StudentFactory(person=PersonFactory()))
    EnrolmentFactory(cohort=cohort, state=EnrolmentState.DROPPED_OUT)
    sieve = {item.key: (item.count, item.total) for item in teacher.get(page_of(cohort)).context["sieve"]}
    assert sieve == {"plan": (2, 2), "plek": (1, 2), "tekenen": (0, 1), "account": (1, 2)}
    assert names(teacher.get(page_of(cohort, "?mist=plek"))) == [without.student.full_name]
    assert len(names(teacher.get(page_of(cohort, "?mist=plan")))) == 2
    assert names(teacher.get(page_of(cohort, "?mist=account"))) == [without.student.full_name]
    assert placed.student.full_name not in names(teacher.get(page_of(cohort, "?mist=plek")))


def test_link_ticks_all_who_are_enrolled(teacher, cohort):
    EnrolmentFactory.create_batch(2, cohort=cohort)
    EnrolmentFactory(cohort=cohort, state=EnrolmentState.WAITING)
    html = teacher.get(page_of(cohort, "?mist=plan&aangevinkt=alle")).content.decode()
    assert len(re.findall(r'name="rij" value="[^"]+" checked', html)) == 2


def test_answer_of_a_former_employer_does_not_count(teacher, cohort):
    enrolment = EnrolmentFactory(cohort=cohort)
    access(enrolment=enrolment)
    goal = GoalFactory(plan__enrolment=enrolment)
    GoalVersion.objects.filter(pk=goal.latest_id).update(asked_at=timezone.now())
    ConsentFactory(goal_version=goal.latest, party=Party.EMPLOYER, organisation=OrganisationFactory())
    assert wrongs(teacher.get(page_of(cohort)))[0][0] == "3 akkoorden missen"


def test_change_asked_shows_as_such(teacher, cohort):
    goal = GoalFactory(plan__enrolment__cohort=cohort)
    GoalVersion.objects.filter(pk=goal.latest_id).update(asked_at=timezone.now())
    ConsentFactory(goal_version=goal.latest, answer=Answer.CHANGE, remark="Korter")
    assert wrongs(teacher.get(page_of(cohort)))[0][0] == "aanpassing gevraagd"


def test_what_waits_is_counted_and_filters_find_it(teacher, cohort):
    asked = GoalFactory(plan__enrolment__cohort=cohort)
    GoalVersion.objects.filter(pk=asked.latest_id).update(asked_at=timezone.now())
    handed_in = GoalFactory(plan__enrolment__cohort=cohort, state=GoalState.DEMONSTRATED)
    late = GoalFactory(plan=LearningPlanFactory(enrolment__cohort=cohort, active=True), state=GoalState.BUSY)
    late.current = late.latest = GoalVersionFactory(
        goal=late, number=2, agreed=True, due_on=today() - timedelta(days=1)
    )
    late.save()
    situation = WorkSituationFactory(enrolment__cohort=cohort)
    WorkSituationFactory(enrolment__cohort=cohort, for_teachers=False)
    waiting = EnrolmentFactory(cohort=cohort, state=EnrolmentState.WAITING)
    response = teacher.get(page_of(cohort))
    assert {need.key: need.count for need in response.context["needs"]} == {
        "akkoord": 1,
        "beoordelen": 1,
        "te-laat": 1,
        "werksituaties": 1,
        "wachtlijst": 1,
    }
    assert re.search(r"Leerdoel over de datum \(1\)", response.content.decode())  # well with any number
    found = {
        need: names(teacher.get(page_of(cohort, f"?nodig={need}")))
        for need in ("akkoord", "beoordelen", "te-laat", "werksituaties", "wachtlijst")
    }
    assert found == {
        "akkoord": [asked.plan.enrolment.student.full_name],
        "beoordelen": [handed_in.plan.enrolment.student.full_name],
        "te-laat": [late.plan.enrolment.student.full_name],
        "werksituaties": [situation.enrolment.student.full_name],
        "wachtlijst": [waiting.student.full_name],
    }
    assert len(names(teacher.get(page_of(cohort, "?nodig=zonder-plan")))) == 2


def test_nothing_waits_where_only_plans_are_lacking(teacher, cohort):
    """The figures say who has no plan; no heading stands above nothing."""
    EnrolmentFactory(cohort=cohort)
    page = teacher.get(page_of(cohort))
    assert page.context["needs"] == []
    assert "Jij bent aan de beurt:" not in page.content.decode()


def test_filter_on_employer_and_work_process(teacher, cohort):
    process = cohort.programme.qualifications.get().core_tasks.get().work_processes.get()
    mine = full_line(cohort, process)
    full_line(cohort)
    slug = mine.access.get().organisation.slug
    assert names(teacher.get(page_of(cohort, f"?werkgever={slug}"))) == [mine.student.full_name]
    assert names(teacher.get(page_of(cohort, f"?werkproces={process.pk}"))) == [mine.student.full_name]


@pytest.mark.parametrize("query", ["?nodig=x", "?werkgever=%00", "?werkproces=' OR 1", "?page=-1", "?page=x"])
def test_odd_addresses_still_show_the_page(teacher, cohort, query):
    full_line(cohort)
    response = teacher.get(page_of(cohort, query))
    assert response.status_code == 200
    assert len(response.context["rows"]) == 1


def test_empty_cohort_says_so(teacher, cohort):
    html = teacher.get(page_of(cohort)).content.decode()
    assert "heeft nog geen studenten." in html  # the word before it carries its hint


def test_order_is_enrolled_then_waiting_then_who_left_folded(teacher, cohort):
    for state in (EnrolmentState.DROPPED_OUT, EnrolmentState.WAITING, EnrolmentState.ENROLLED):
        EnrolmentFactory(cohort=cohort, state=state)
    context = teacher.get(page_of(cohort)).context
    assert [row.enrolment.state for row in context["rows"]] == ["enrolled", "waiting"]
    assert [row.enrolment.state for row in context["former"]] == ["dropped_out"]  # behind a fold


def test_cohort_without_students_says_what_to_do_and_not_that_all_is_well(teacher, cohort):
    slug = cohort.programme.school.slug
    start = teacher.get(reverse("school-start", args=[slug]))
    assert start.context["cohorts"]
    assert "nog geen studenten" in start.content.decode()
    page = teacher.get(page_of(cohort))
    importing = reverse("students:enrolment-import", args=[slug, cohort.public_id])
    assert page.content.decode().count(f'href="{importing}"') == 1
    assert "Filters" not in page.content.decode()
    assert "klaar</small>" not in re.sub(r"\s+", "", page.content.decode())  # no figures of nobody
    for response in (start, page):
        assert "alles op orde" not in response.content.decode()
