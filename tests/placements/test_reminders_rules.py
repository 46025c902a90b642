"""What is due and for whom: each rule's ladder, its stop, and only people who can do the act now."""

import datetime as dt
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core import outbox
from core.dates import today
from core.models import OutgoingMail
from partnerships.enums import Role
from placements.enums import MatchState, SlotState
from placements.models import Match, Slot
from placements.services import agreements
from placements.services.reminders import RULES, tick
from students.enums import Answer, GoalState, Party
from students.models import Goal, GoalVersion, LearnerAccess
from tests.factories.partnerships import MembershipFactory, OrganisationFactory
from tests.factories.placements import MatchFactory, SlotFactory
from tests.factories.programmes import CohortTeacherFactory
from tests.factories.students import ConsentFactory, GoalFactory, LearnerAccessFactory, LearningPlanFactory
from tests.placements.cases import agreement_case

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 11, 26, 9, 0, tzinfo=dt.UTC)  # a Thursday, 10:00 local time
KINDS = "reminder_"


@pytest.fixture
def clock():
    with time_machine.travel(START, tick=False) as travelled:
        yield travelled


def days_with_mail(clock, kind, days, *, user=None):
    """Runs the one rule daily from now on; the days after the start on which a reminder of this kind went out."""
    found, rules = [], [rule for rule in RULES if kind == f"{KINDS}{rule.kind}"]
    for offset in range(days):
        clock.move_to(START + timedelta(days=offset))
        before = OutgoingMail.objects.filter(kind=kind, **({"user": user} if user else {})).count()
        tick(rules)
        after = OutgoingMail.objects.filter(kind=kind, **({"user": user} if user else {})).count()
        found += [offset] * (after - before)
    return found


def reminded(kind):
    return set(OutgoingMail.objects.filter(kind=kind).values_list("user", flat=True))


# Agreements


@pytest.fixture
def case(clock):
    case = agreement_case()
    case.ask()
    return case


def test_agreement_is_reminded_on_the_ladder_and_then_no_more(clock, case):
    kind = "reminder_agreement_signature"
    assert days_with_mail(clock, kind, 60, user=case.student) == [5, 11, 20]


def test_agreement_reminds_who_can_sign_and_nobody_else(clock, case):
    clock.shift(timedelta(days=5))
    tick(RULES)
    assert reminded("reminder_agreement_signature") == {case.student.pk, case.contact.pk, case.teacher.pk}


def test_agreement_reminds_only_parties_that_have_not_signed(clock, case):
    case.sign("student", case.student)
    case.sign("school", case.teacher)
    clock.shift(timedelta(days=5))
    tick(RULES)
    assert reminded("reminder_agreement_signature") == {case.contact.pk}


@pytest.mark.parametrize("lost", ["ended", "right", "inactive"])
def test_agreement_reminds_nobody_who_lost_the_right(clock, case, lost):
    if lost == "ended":
        case.contact.memberships.update(ends_on=today())
    elif lost == "right":
        case.contact.memberships.update(may_sign=False)
    else:
        case.contact.is_active = False
        case.contact.save()
    clock.shift(timedelta(days=5))
    tick(RULES)
    assert case.contact.pk not in reminded("reminder_agreement_signature")


def test_agreement_that_changed_counts_from_the_new_question(clock, case):
    clock.shift(timedelta(days=4))
    agreements.change(agreement_id=case.agreement.pk, by=None, guidance="Anders.")
    clock.shift(timedelta(days=1))
    assert tick(RULES) == 0  # nothing is asked now
    case.ask()  # Tuesday 1 December
    assert days_with_mail(clock, "reminder_agreement_signature", 15, user=case.student) == [8, 14]


def test_representative_is_asked_of_the_teachers_on_paper(clock):
    case = agreement_case(minor=True)
    colleague = CohortTeacherFactory(cohort=case.placement.enrolment.cohort).membership.user  # signs not
    case.ask()
    case.sign_all()
    clock.shift(timedelta(days=5))
    tick(RULES)
    assert reminded("reminder_agreement_signature") == {case.teacher.pk, colleague.pk}
    mail = OutgoingMail.objects.filter(kind="reminder_agreement_signature").first()
    assert mail.link.endswith("/papier/")


def test_fully_signed_agreement_without_accreditation_is_not_asked_for_signatures(clock):
    case = agreement_case(accredited=False)
    case.ask()
    case.sign_all()
    clock.shift(timedelta(days=5))
    assert tick(RULES) == 0


def test_several_agreements_come_in_one_mail(clock, case):
    other = agreement_case()
    cohort = other.placement.enrolment.cohort
    membership = case.teacher.memberships.get()
    membership.organisation = other.school
    CohortTeacherFactory(
        cohort=cohort,
        membership=MembershipFactory(
            user=case.teacher, organisation=other.school, role=Role.TEACHER, may_sign=True
        ),
    )
    other.placement.enrolment.cohort.programme.school = case.school
    programme = cohort.programme
    programme.school = case.school
    programme.save()
    CohortTeacherFactory(cohort=cohort, membership=case.teacher.memberships.get(organisation=case.school))
    other.ask()
    clock.shift(timedelta(days=5))
    tick(RULES)
    (mail,) = OutgoingMail.objects.filter(kind="reminder_agreement_signature", user=case.teacher)
    assert mail.subject == "Teken 2 praktijkovereenkomsten"
    assert mail.link.endswith(f"/school/{case.school.slug}/overeenkomsten/")
    assert mail.body.count("/tekenen/") == 2


# Plans


@pytest.fixture
def plan(clock):
    """A plan with two goals put to consent, of a student with an employer, a teacher and two supervisors."""
    case = agreement_case()
    enrolment = case.placement.enrolment
    enrolment.student.user.language = "en"
    enrolment.student.user.save()
    LearnerAccessFactory(enrolment=enrolment, organisation=case.employer)
    plan = LearningPlanFactory(enrolment=enrolment)
    for _turn in range(2):
        goal = GoalFactory(plan=plan)
        GoalVersion.objects.filter(pk=goal.latest_id).update(asked_at=timezone.now())
    plan.case = case
    return plan


def consent(plan, *parties, answer=Answer.YES):
    for goal in Goal.objects.filter(plan=plan):
        for party in parties:
            organisation = plan.case.employer if party == Party.EMPLOYER else None
            ConsentFactory(
                goal_version=goal.latest,
                party=party,
                organisation=organisation,
                answer=answer,
                remark="Want.",
            )


def test_plan_reminds_all_parties_on_the_ladder(clock, plan):
    assert days_with_mail(clock, "reminder_plan_consent", 40, user=plan.case.student) == [5, 11, 20]
    assert reminded("reminder_plan_consent") == {
        plan.case.student.pk,
        plan.case.contact.pk,
        plan.case.colleague.pk,
        plan.case.teacher.pk,
    }


def test_plan_reminds_only_the_party_that_did_not_answer(clock, plan):
    consent(plan, Party.STUDENT, Party.SCHOOL)
    clock.shift(timedelta(days=5))
    tick(RULES)
    assert reminded("reminder_plan_consent") == {plan.case.contact.pk, plan.case.colleague.pk}


def test_plan_sent_back_waits_for_a_new_text_and_reminds_nobody(clock, plan):
    consent(plan, Party.STUDENT, answer=Answer.CHANGE)
    clock.shift(timedelta(days=5))
    assert tick(RULES) == 0


def test_plan_reminds_supervisors_with_the_right_to_consent(clock, plan):
    wanted = MembershipFactory(organisation=plan.case.employer, role=Role.SUPERVISOR, may_consent=True)
    other = MembershipFactory(organisation=plan.case.employer, role=Role.SUPERVISOR)
    for membership in (wanted, other):
        LearnerAccessFactory(enrolment=plan.enrolment, organisation=plan.case.employer, membership=membership)
    clock.shift(timedelta(days=5))
    tick(RULES)
    found = reminded("reminder_plan_consent")
    assert (wanted.user_id in found, other.user_id in found) == (True, False)


def test_plan_reminds_no_employer_whose_grant_ended(clock, plan):
    LearnerAccess.objects.update(ends_on=today() + timedelta(days=1))
    clock.shift(timedelta(days=5))
    tick(RULES)
    assert reminded("reminder_plan_consent") == {plan.case.student.pk, plan.case.teacher.pk}


def test_new_employer_is_counted_from_the_day_of_the_grant(clock, plan):
    consent(plan, *Party)
    LearnerAccess.objects.update(ends_on=today() + timedelta(days=29))
    new = OrganisationFactory()
    contact = MembershipFactory(organisation=new, role=Role.CONTACT).user
    LearnerAccessFactory(
        enrolment=plan.enrolment,
        organisation=new,
        starts_on=today() + timedelta(days=30),
        ends_on=today() + timedelta(days=300),
    )
    # 26 December is a Saturday: three working days later is Wednesday 30 December
    assert days_with_mail(clock, "reminder_plan_consent", 60) == [34, 40, 49]
    assert reminded("reminder_plan_consent") == {contact.pk}


def test_plan_of_a_student_who_left_reminds_nobody(clock, plan):
    plan.enrolment.state = "dropped_out"
    plan.enrolment.save()
    clock.shift(timedelta(days=5))
    assert tick(RULES) == 0


def test_mail_is_in_the_language_of_its_reader(clock, plan):
    clock.shift(timedelta(days=5))
    tick(RULES)
    english = OutgoingMail.objects.get(user=plan.case.student)
    dutch = OutgoingMail.objects.get(user=plan.case.teacher)
    assert english.subject == "Say whether you agree with your learning plan"
    assert "2 goals in your learning plan wait for your consent" in english.body
    assert dutch.subject == f"Zeg of je akkoord bent met het leerplan van {plan.enrolment.student.full_name}"
    assert "2 doelen" in dutch.body
    assert dutch.link.endswith(f"/leerplannen/{plan.public_id}/akkoord/")
    assert dutch.link in dutch.body


# Goals


def goal_due(days, **fields):
    goal = GoalFactory(**({"agreed": True} | fields))
    version = GoalVersion.objects.create(
        goal=goal, number=2, text="Ik rapporteer", due_on=today() + timedelta(days=days)
    )
    Goal.objects.filter(pk=goal.pk).update(current=version, latest=version)
    goal.refresh_from_db()
    return goal


def test_goal_reminds_the_student_a_week_before_and_on_the_day(clock):
    goal = goal_due(14)
    student = goal.plan.enrolment.student.user
    assert days_with_mail(clock, "reminder_goal_due", 30, user=student) == [7, 14]
    assert OutgoingMail.objects.values("user").distinct().count() == 1
    first = OutgoingMail.objects.earliest("pk")
    assert first.subject == "Lever in vóór 10 december: Ik rapporteer"
    assert first.link.endswith(goal.get_absolute_url())


@pytest.mark.parametrize(
    "state", [GoalState.PROPOSED, GoalState.DEMONSTRATED, GoalState.ASSESSED, GoalState.LAPSED]
)
def test_goal_that_is_not_to_be_handed_in_reminds_nobody(clock, state):
    goal_due(7, agreed=False, state=state)
    assert tick(RULES) == 0


def test_goals_of_one_day_come_in_one_mail(clock):
    plan = LearningPlanFactory()
    for _turn in range(3):
        goal_due(7, plan=plan)
    assert tick(RULES) == 1
    assert OutgoingMail.objects.get().subject == "Lever 3 doelen in vóór 3 december"


def test_goal_with_another_date_is_reminded_of_that_date(clock):
    goal = goal_due(7)
    assert tick(RULES) == 1
    GoalVersion.objects.create(goal=goal, number=3, text="Ik", due_on=today() + timedelta(days=28))
    Goal.objects.filter(pk=goal.pk).update(current=goal.versions.get(number=3))
    assert days_with_mail(clock, "reminder_goal_due", 30) == [21, 28]


# Places


def test_place_is_asked_about_after_thirty_days_until_it_is_confirmed(clock):
    slot = SlotFactory(ends_on=today() + timedelta(days=400))
    keeper = MembershipFactory(organisation=slot.organisation, role=Role.MANAGER).user
    MembershipFactory(organisation=slot.organisation, role=Role.SUPERVISOR)
    MembershipFactory(organisation=slot.organisation, role=Role.CONTACT, ends_on=today())
    assert days_with_mail(clock, "reminder_slot_confirm", 80) == [32, 39, 46]
    assert reminded("reminder_slot_confirm") == {keeper.pk}


def test_confirmed_place_starts_counting_again(clock):
    slot = SlotFactory(ends_on=today() + timedelta(days=400))
    MembershipFactory(organisation=slot.organisation)
    clock.shift(timedelta(days=20))
    Slot.objects.update(confirmed_on=today())
    assert days_with_mail(clock, "reminder_slot_confirm", 60) == [50, 57]


@pytest.mark.parametrize(
    "change",
    [{"state": SlotState.CLOSED}, {"state": SlotState.DRAFT}, {"ends_on": dt.date(2026, 12, 1)}],
)
def test_place_that_is_not_offered_reminds_nobody(clock, change):
    slot = SlotFactory()
    MembershipFactory(organisation=slot.organisation)
    if "ends_on" in change:
        change = change | {"starts_on": dt.date(2026, 11, 1)}
    Slot.objects.update(**change)
    assert days_with_mail(clock, "reminder_slot_confirm", 50) == []


def test_places_of_one_employer_come_in_one_mail(clock):
    employer = OrganisationFactory()
    MembershipFactory(organisation=employer)
    for _turn in range(3):
        SlotFactory(organisation=employer, ends_on=today() + timedelta(days=400))
    clock.shift(timedelta(days=32))
    assert tick(RULES) == 1
    assert OutgoingMail.objects.get().subject == "Bevestig je 3 leerwerkplekken"


# Matches


def test_match_reminds_the_employer_twice_by_first_name_only(clock):
    match = MatchFactory()
    contact = MembershipFactory(organisation=match.slot.organisation, role=Role.CONTACT).user
    manager = MembershipFactory(organisation=match.slot.organisation, role=Role.MANAGER).user
    assert days_with_mail(clock, "reminder_match_answer", 40) == [5, 11]
    assert reminded("reminder_match_answer") == {contact.pk}
    assert manager.pk not in reminded("reminder_match_answer")
    student = match.enrolment.student
    body = OutgoingMail.objects.earliest("pk").body
    assert student.first_name in body
    assert student.full_name not in body


def test_match_reminds_the_student_once_the_employer_agreed(clock):
    match = MatchFactory(state=MatchState.EMPLOYER_AGREED, employer_agreed_at=timezone.now())
    MembershipFactory(organisation=match.slot.organisation)
    clock.shift(timedelta(days=5))
    assert tick(RULES) == 1
    mail = OutgoingMail.objects.get()
    assert mail.user_id == match.enrolment.student.user_id
    assert mail.subject == f"Zeg ja of nee tegen je plek bij {match.slot.organisation.name}"


@pytest.mark.parametrize(
    "state", [MatchState.ACCEPTED, MatchState.DECLINED, MatchState.WITHDRAWN, MatchState.EXPIRED]
)
def test_answered_match_reminds_nobody(clock, state):
    match = MatchFactory()
    MembershipFactory(organisation=match.slot.organisation)
    Match.objects.update(state=state, employer_agreed_at=timezone.now())
    clock.shift(timedelta(days=5))
    assert tick(RULES) == 0


# All


def test_reminder_leaves_over_smtp(clock, case, smtp_server):
    clock.shift(timedelta(days=5))
    tick(RULES)
    with time_machine.travel(timezone.now() + timedelta(seconds=1)):
        outbox.deliver_due()
    to_student = [message for message in smtp_server.messages if message["To"] == case.student.email]
    (reminder,) = [message for message in to_student if "POK" in message.get_content()][-1:]
    assert reminder["Subject"].startswith("Teken je praktijkovereenkomst met")
    assert f"/overeenkomsten/{case.agreement.public_id}/tekenen/" in reminder.get_content().replace("=\n", "")


@pytest.mark.parametrize("count", [1, 3])
def test_rules_ask_as_much_for_one_thing_as_for_three(clock, count, django_assert_num_queries):
    for _turn in range(count):
        case = agreement_case()
        case.ask()
        goal_due(12, plan=LearningPlanFactory(enrolment=case.placement.enrolment))
        MatchFactory(slot__organisation=case.employer)
        LearnerAccessFactory(enrolment=case.placement.enrolment, organisation=case.employer)
    SlotFactory(confirmed_on=today() - timedelta(days=25), organisation=case.employer)
    clock.shift(timedelta(days=5))
    tick(RULES)
    with django_assert_num_queries(29):
        assert tick(RULES) == 0
