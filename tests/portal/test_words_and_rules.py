"""What a text says of who may do something is what the rule says, of each role."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import override

from agreements import rules as agreements
from agreements.models import Agreement
from meetings.rules import needs
from partnerships.actors import Actor
from partnerships.rules import contacts, groups, memberships, organisations, partnerships
from placements.models import Match, Placement, Slot
from placements.rules import accreditations, matches
from placements.rules import placements as placement_rules
from portal import rules as portal
from programmes.models import Cohort
from programmes.rules import cohorts, programmes, qualifications, sessions
from students.models import Enrolment, Goal, LearningPlan, WorkSituation
from students.rules import enrolments, parties, plans, reports, situations
from tests.factories.agreements import AgreementFactory
from tests.factories.partnerships import GroupFactory
from tests.factories.placements import access
from tests.factories.students import GoalFactory, LearningPlanFactory, WorkSituationFactory
from tests.placements.scene import Scene, actor
from tests.roles import Around, people
from tests.tools.test_wording_rules import catalogue, pairs

COLUMNS = (
    *(
        "student",
        "other_student",
        "teacher",
        "school_colleague",
        "school_manager",
        "contact",
        "trainer",
        "manager",
    ),
    *("supervisor", "coordinator", "administrator", "stranger", "outsider"),
)
TEACHER, STUDENT, COORDINATOR, MANAGER, ADMINISTRATOR = (
    frozenset({name}) for name in ("teacher", "student", "coordinator", "manager", "administrator")
)
SCHOOL_MANAGER, SUPERVISOR = frozenset({"school_manager"}), frozenset({"supervisor"})
TEACHERS = TEACHER | {"school_colleague"}
CONTACTS = frozenset({"contact", "trainer"})


@dataclass
class World:
    """A student at a workplace, with everyone around."""

    scene: Scene
    enrolment: Enrolment
    placement: Placement
    waiting: Match
    answered: Match
    plan: LearningPlan
    goal: Goal
    situation: WorkSituation
    agreement: Agreement
    actors: dict[str, Actor]


May = Callable[[World, Actor], Any]


def the(name: str) -> Callable[[World, Actor], Any]:
    """Something of the world, as the actor reads it."""

    def get(world: World, actor: Actor) -> Any:
        row = getattr(world, name, None) or getattr(world.scene, name)
        kinds = {
            "goal": lambda: Goal.objects.visible_to(actor).for_page(),
            "plan": lambda: LearningPlan.objects.visible_to(actor).for_page(),
            "enrolment": lambda: Enrolment.objects.with_parties(),
            "cohort": lambda: Cohort.objects.visible_to(actor).for_page(actor),
            "waiting": lambda: Match.objects.visible_to(actor).with_taught(actor),
            "answered": lambda: Match.objects.visible_to(actor).with_taught(actor),
            "placement": lambda: Placement.objects.visible_to(actor).with_taught(actor),
            "situation": lambda: WorkSituation.objects.visible_to(actor).for_list(),
            "agreement": lambda: Agreement.objects.visible_to(actor).with_taught(actor).for_page(),
        }
        return kinds[name]().get(pk=row.pk) if name in kinds else row

    return get


def rule(verdict: Callable[..., Any], *names: str, **more: Any) -> May:
    """Asks a rule about things of the world. Who may only not do it now may do it; what one cannot see one cannot do."""

    def may(world: World, actor: Actor) -> bool:
        try:
            return not verdict(actor, *(the(name)(world, actor) for name in names), **more).is_final
        except ObjectDoesNotExist:
            return False

    return may


MANAGES = rule(memberships.can_manage, "employer")
MANAGES_SCHOOL = rule(memberships.can_manage, "school")
COORDINATES = rule(partnerships.can_coordinate, "partnership")
ENDS = rule(placement_rules.can_break_off, "placement")
INVITES_STUDENTS = rule(enrolments.can_invite, "cohort", "enrolment")
ADMINISTERS = rule(portal.can_administer)


def checks(world: World, actor: Actor) -> bool:
    return not accreditations.can_record(actor, world.scene.school.pk).is_final


def seats(world: World, actor: Actor) -> bool:
    return not groups.can_seat(actor, GroupFactory(partnership=world.scene.partnership)).is_final


def keeps_places(world: World, actor: Actor) -> bool:
    return bool(organisations.can_act_for(actor, world.scene.employer.pk))


# The beginning of a text, the rule it speaks of, and who it says may do it: these alone, or these among others.
ONLY: dict[str, tuple[May, frozenset[str]]] = {
    "Only people of this organisation and coordinators can see": (
        rule(memberships.can_view_people, "employer"),
        CONTACTS | MANAGER | SUPERVISOR | COORDINATOR,
    ),
    "Only a manager of this organisation can do this.": (MANAGES, MANAGER),
    "Managers of the organisation give and end roles.": (MANAGES, MANAGER),
    "Only a coordinator of this partnership can do this.": (COORDINATES, COORDINATOR),
    "Only people of a member of this partnership can do this.": (
        rule(needs.can_voice, "partnership"),
        CONTACTS | MANAGER | SUPERVISOR | COORDINATOR | TEACHERS | SCHOOL_MANAGER,
    ),
    "Only the coordinators change this.": (rule(partnerships.can_change_facts, "partnership"), COORDINATOR),
    "Only teachers of the cohort and coordinators propose": (
        rule(matches.can_propose_in, "cohort"),
        TEACHER | COORDINATOR,
    ),
    "Only contact persons and practice trainers of the employer answer": (
        rule(matches.can_answer_as_employer, "waiting"),
        CONTACTS,
    ),
    "Only the student answers this.": (rule(matches.can_answer_as_student, "answered"), STUDENT),
    "Only the student can answer.": (rule(matches.can_answer_as_student, "answered"), STUDENT),
    "Only teachers of the cohort and coordinators withdraw": (
        rule(matches.can_withdraw_match, "waiting"),
        TEACHER | COORDINATOR,
    ),
    "Only the school, the coordinator and the employer end": (ENDS, TEACHER | COORDINATOR | CONTACTS),
    "Only contact persons and practice trainers of the employer name": (
        rule(placement_rules.can_change_supervisor, "placement"),
        CONTACTS,
    ),
    "Only administrators come here.": (ADMINISTERS, ADMINISTRATOR),
    "Only administrators can change the qualifications.": (
        rule(qualifications.can_manage_qualifications),
        ADMINISTRATOR,
    ),
    "Only teachers and managers of the school see this.": (
        rule(programmes.can_see_programmes, "school"),
        TEACHERS | SCHOOL_MANAGER,
    ),
    "Only teachers and managers of the school can add": (
        rule(programmes.can_add_programme, "school"),
        TEACHERS | SCHOOL_MANAGER,
    ),
    "Only teachers and managers of the school can change": (
        rule(programmes.can_edit_programme, "programme"),
        TEACHERS | SCHOOL_MANAGER,
    ),
    "Only its teachers and the managers of the school": (
        rule(cohorts.can_edit_cohort, "cohort"),
        TEACHER | SCHOOL_MANAGER,
    ),
    "Only the teachers of a cohort plan": (rule(sessions.can_plan_session, "cohort"), TEACHER),
    "Only the teachers of a cohort see its students.": (rule(enrolments.can_see_students, "cohort"), TEACHER),
    "Only the student, the employer and the school decide": (
        rule(plans.can_propose_goal, "plan"),
        STUDENT | CONTACTS | TEACHER,
    ),
    "Only the student can do this.": (rule(situations.can_bring_in, "enrolment"), STUDENT),
    "Only the student's teachers can do this.": (rule(plans.can_edit_plan, "plan"), TEACHER),
    "Only the teachers of this student can do this.": (rule(agreements.can_end, "agreement"), TEACHER),
    "Only the teachers of this student and the employer ask": (
        rule(agreements.can_amend, "agreement"),
        TEACHER | CONTACTS,
    ),
    "Only the teachers of this student and the employer say": (
        rule(agreements.can_mark_subsidy, "agreement"),
        TEACHER | CONTACTS,
    ),
    "Only contact persons and practice trainers see the students": (
        lambda world, actor: parties.can_see_students_of(actor, world.scene.employer.pk),
        CONTACTS,
    ),
    "Only teachers, coordinators and administrators see the accreditations": (
        rule(accreditations.can_see_accreditations),
        TEACHERS | COORDINATOR | ADMINISTRATOR,
    ),
    "Only teachers of the school that relies on it": (checks, TEACHERS),
    "Only administrators record what the national source": (
        lambda _world, actor: not accreditations.can_record(actor, None).is_final,
        ADMINISTRATOR,
    ),
    "Only the supervisor, practice trainers and contact persons": (
        rule(plans.can_give_opinion, "goal"),
        CONTACTS | SUPERVISOR,
    ),
    "Only managers, contact persons and practice trainers of the employer": (
        lambda world, actor: organisations.can_act_for(actor, world.scene.employer.pk),
        CONTACTS | MANAGER,
    ),
    "Only those to whom the student shows it can report it.": (
        rule(reports.can_report, "situation"),
        CONTACTS | SUPERVISOR,
    ),
}
AMONG: dict[str, list[tuple[May, frozenset[str]]]] = {
    "Invites people, gives and ends roles": [(MANAGES, MANAGER), (MANAGES_SCHOOL, SCHOOL_MANAGER)],
    "Looks after the training places and answers proposals.": [
        (keeps_places, CONTACTS),
        (rule(matches.can_answer_as_employer, "waiting"), CONTACTS),
    ],
    "Looks after the training places and answers proposals, as a contact person does": [
        (keeps_places, frozenset({"trainer"})),
        (rule(matches.can_answer_as_employer, "waiting"), frozenset({"trainer"})),
    ],
    "Guides students at work: reads their learning plan": [
        (rule(plans.can_give_opinion, "goal"), SUPERVISOR)
    ],
    "Of own cohorts: proposes training places": [
        (rule(matches.can_propose_in, "cohort"), TEACHER),
        (rule(plans.can_edit_plan, "plan"), TEACHER),
        (rule(plans.can_assess, "goal"), TEACHER),
    ],
    "Looks after the partnerships that this organisation": [(COORDINATES, COORDINATOR)],
    "You teach no cohort yet. You are a manager here": [
        (rule(cohorts.can_edit_cohort, "cohort"), SCHOOL_MANAGER)
    ],
    "Ask an administrator to import the qualification.": [
        (rule(qualifications.can_manage_qualifications), ADMINISTRATOR)
    ],
    "You have no account yet. Ask the manager of your organisation": [(MANAGES, MANAGER)],
    "Roles come from an organisation": [(MANAGES, MANAGER), (INVITES_STUDENTS, TEACHER)],
    "First your teacher or a manager of your organisation": [(MANAGES, MANAGER)],
    "You get an email from your school with an invitation.": [(INVITES_STUDENTS, TEACHER)],
    "The manager of your school invites you": [
        (MANAGES_SCHOOL, SCHOOL_MANAGER),
        (rule(cohorts.can_edit_cohort, "cohort"), SCHOOL_MANAGER),
    ],
    "The contact of your organisation invites you and links you": [
        (rule(placement_rules.can_change_supervisor, "placement"), CONTACTS)
    ],
    "Is this wrong, or do you want to come back? Ask your teacher.": [
        (rule(enrolments.can_re_enrol, "cohort", "enrolment"), TEACHER)
    ],
    "You are not enrolled for %(programme)s": [
        (rule(enrolments.can_re_enrol, "cohort", "enrolment"), TEACHER)
    ],
    "The cohort is there. Its teachers can enrol": [(rule(enrolments.can_enrol, "cohort"), TEACHER)],
    "Whoever wrote it and the teachers get an email.": [(rule(reports.can_remove, "situation"), TEACHER)],
    "You ran into something at work?": [(rule(situations.can_treat, "situation"), TEACHER)],
    "Saved. Your teacher can put it in a lesson": [(rule(situations.can_treat, "situation"), TEACHER)],
    "The student and the teachers get an email. The text is not in it.": [
        (rule(situations.can_blank, "situation"), TEACHER),
        (rule(situations.can_edit, "situation"), STUDENT),
    ],
    "The student gets an email. The text is not in it.": [
        (rule(situations.can_edit, "situation"), STUDENT),
        (rule(situations.can_withdraw, "situation"), STUDENT),
    ],
    "Nowhere. A coordinator or manager can ask you to.": [
        (rule(contacts.can_name_in, "partnership"), COORDINATOR),
        (rule(contacts.can_name_at, "employer"), MANAGER),
    ],
    "Sits in the group {group} for this organisation.": [(seats, COORDINATOR)],
    "This person takes part. A coordinator can give a seat": [(seats, COORDINATOR)],
    "Others work with this organisation already. Ask an administrator": [
        (rule(memberships.can_invite_first_manager, is_known=True), ADMINISTRATOR)
    ],
    "Visitors find initiatives of all partnerships by it. Is yours missing?": [(ADMINISTERS, ADMINISTRATOR)],
    "Others work with this person too. An administrator": [(ADMINISTERS, ADMINISTRATOR)],
    "Others work with this student too. An administrator": [(ADMINISTERS, ADMINISTRATOR)],
    "You cannot take a yes back yourself.": [(ENDS, TEACHER)],
    "Others were asked about this goal. The school can drop it": [(rule(plans.can_lapse, "goal"), TEACHER)],
    "The student can hand the goal in with what you saw.": [
        (rule(plans.can_hand_in, "goal"), STUDENT),
        (rule(plans.can_assess, "goal"), TEACHER),
    ],
    "Ask a school to check your accreditation": [(checks, TEACHERS)],
    "No check has been recorded yet. Ask a school": [(checks, TEACHERS)],
    "You may not sign this agreement. A manager": [(MANAGES, MANAGER)],
    "You have a role there already. Ask a manager": [(MANAGES, MANAGER)],
    "You cannot give yourself this right. Ask another manager": [(MANAGES, MANAGER)],
    "Someone else ended this role of yours. Ask a manager": [(MANAGES, MANAGER)],
    "Choose yes when someone is alone there. A manager can change": [(MANAGES, MANAGER)],
    "The agreement has another name than yours today.": [(rule(agreements.can_change, "agreement"), TEACHER)],
    "Two placements are in the same days": [(ENDS, TEACHER)],
    "Your teacher can't read any of your evidence yet.": [
        (rule(plans.can_give_opinion, "goal"), CONTACTS | SUPERVISOR)
    ],
}

ANOTHER_ACTOR = "whoever did or was asked this one thing, whatever the role: the rule compares the person"
STATE = "what state it is in, not who asks"
READS = "who reads it: the matrices of access"
ADVICE = "whom one talks to, outside of Leerpact"
PROPOSED = "of one proposal: tests/meetings/test_access.py"
SEATED = "chair and secretary of a group: tests/partnerships"
ELSEWHERE: dict[str, str] = {
    "A PDF, photo or document of at most 10 MB. Only": READS,
    "Only for work supervisors.": "a role that can have a right, not who gives it",
    "Only who opened your file": READS,
    "This call is not published.": READS,
    "This initiative is not published.": READS,
    "This person is signed out everywhere": "of administrators: tests/partnerships/test_support_pages.py",
    "We read it once and do not keep it.": READS,
    "You coordinate this partnership for": "another coordinator: tests/partnerships/joining",
    "Only work supervisors can be given this.": "a role that can have a right, not who gives it",
    "Only who was asked can answer this.": ANOTHER_ACTOR,
    "Only the person, or who names people here": ANOTHER_ACTOR,
    "Only whoever": ANOTHER_ACTOR,
    "Only who gave this": ANOTHER_ACTOR,
    "Only the person who wrote this goal": ANOTHER_ACTOR,
    "Only the person who does this action": ANOTHER_ACTOR,
    "Only the person who takes part": ANOTHER_ACTOR,
    "Only the person who raised this": ANOTHER_ACTOR,
    "Only the person who wrote this can do this.": ANOTHER_ACTOR,
    "Only those that are not finished": STATE,
    "Ask a school for a cohort": "an act, on the page for who can do it: tests/programmes",
    "Only people of a member of a partnership with a programme": "of whom works there: tests/programmes",
    "Only promises of the version in force": STATE,
    "Only a coordinator of a partnership can begin with a playbook.": "tests/playbooks/test_access.py",
    "Only coordinators of a partnership come here.": "whoever coordinates any: tests/portal/test_access_first_pages.py",
    "Only coordinators, the steering group, observers": "tests/portal/test_access_outcomes.py",
    "Only managers, contact persons and practice trainers of the organisation": "tests/portal/test_access_outcomes.py",
    "Only the person who said that the organisation begins": ANOTHER_ACTOR,
    "Read it and sign, or ask the coordinators": ADVICE,
    "Only contacts and managers of another member": PROPOSED,
    "Only contacts and managers of the organisation": PROPOSED,
    "Only students and others who take part": PROPOSED,
    "Only the coordinators see a draft.": READS,
    "Version %(number)s, signed on %(day)s.": READS,
    "Only who signs for the employer or the school": "who has the right to sign: tests/agreements",
    "Only managers of the organisation and coordinators of the partnership": SEATED,
    "Only managers, contact persons, practice trainers, teachers and coordinators of an": (
        "who proposes an initiative: tests/partnerships/test_access_proposals.py"
    ),
    "Only the person who proposed it": ANOTHER_ACTOR,
    "Only the owner of the initiative": "of one initiative: tests/partnerships/test_access_proposals.py",
    "Only people who speak for this organisation": "of one initiative: tests/partnerships/test_access_proposals.py",
    "Only those who work on this initiative see": READS,
    "Only those who work in this partnership see": READS,
    "What has to be decided or paid then.": READS,
    "Only a coordinator of the partnership and a manager of the organisation": "of whom comes along: tests/partnerships",
    "Only a coordinator of this partnership, or the chair": SEATED,
    "Only a coordinator, or the chair or secretary of this group": SEATED,
    "Only the people in the group and the coordinators": READS,
    "Only people of this organisation and the coordinators": READS,
    "Only managers and contact persons of the organisation see its SROI duties": READS,
    "Only your school reads the reason.": READS,
    "Only students who are enrolled": STATE,
    "Only a student who": STATE,
    "You cannot sign in with this account any more.": ADVICE,
    "There is no training place for you to see": ADVICE,
    "You choose a programme at a vocational school": ADVICE,
    "Not yet enrolled at a school?": ADVICE,
    "Questions? Ask your teacher.": ADVICE,
    "Does the student stay? Ask the employer.": ADVICE,
    "This sign-up has been closed. Ask the coordinators": ADVICE,
    "Ask the organisation first": ADVICE,
    "Give your email address.": "everyone can ask for a role: tests/partnerships/test_role_requests.py",
    "No account yet?": "everyone can ask for a role: tests/partnerships/test_role_requests.py",
    "Ask your organisation for a role": "everyone can ask for a role: tests/partnerships/test_role_requests.py",
    "Find your organisation or school": "everyone can ask for a role: tests/partnerships/test_role_requests.py",
    "%(organisation)s did not answer your request": ADVICE,
    "No organisation with this name takes requests.": ADVICE,
    "This is your own role.": "another manager does what one cannot do oneself: tests/partnerships/test_mandates.py",
    "You cannot do this with yourself.": "another manager does what one cannot do oneself: tests/partnerships",
    "Others work with one of these two": "an administrator: tests/partnerships/test_merging_people.py",
    "You may see your data": ADVICE,
}
ROLE = (
    r"(?:managers?|administrators?|coordinators?|teachers?|school|contact persons?|practice trainers?|supervisors?"
    r"|employer|student|students|organisation|colleague)"
)
SAYS_WHO = re.compile(
    rf"\bOnly (?:[\w’', ]+ )?(?:{ROLE}|who|whoever|people|person|those)\b(?! (?:agreement|goal))"
    rf"|\b[Aa]sk (?:the|your|an?|another|its) (?:[\w]+ ){{0,2}}{ROLE}\b"
    rf"|\b(?:[Aa]|[Aa]nother|[Yy]our|[Ii]ts) (?:manager|administrator|coordinator|teacher|teachers) (?:\w+ )?can\b"
)
LEAST = 60


def world() -> World:
    scene = Scene()
    enrolment = scene.enrolment()
    access(enrolment=enrolment, organisation=scene.employer)
    placement = Placement.objects.get(enrolment=enrolment)
    Slot.objects.filter(pk=placement.slot_id).update(partnership=scene.partnership)
    plan = LearningPlanFactory(enrolment=enrolment)
    around = Around(employer=scene.employer, partnership=scene.partnership, enrolment=enrolment)
    found = people(
        COLUMNS, around, contact=scene.contact, coordinator=scene.coordinator, teacher=scene.teacher
    )
    shown = {"for_teachers": True, "for_supervisor": True, "for_employer": True}
    other = scene.enrolment()
    return World(
        scene=scene,
        enrolment=enrolment,
        placement=placement,
        waiting=scene.match(enrolment=other),
        answered=scene.agreed(enrolment=enrolment),
        plan=plan,
        goal=GoalFactory(plan=plan, agreed=True),
        situation=WorkSituationFactory(enrolment=enrolment, **shown),
        agreement=AgreementFactory(placement=placement),
        actors={name: actor(user) for name, user in found.items() if user},
    )


def able(world: World, may: May) -> frozenset[str]:
    return frozenset(name for name, one in world.actors.items() if may(world, one))


def untrue(world: World, only: Any = None, among: Any = None) -> list[str]:
    """Texts that name others than the rule does."""
    found = []
    for text, (may, said) in (ONLY if only is None else only).items():
        if (real := able(world, may)) != said:
            found.append(f"{text} … but it is {sorted(real)}")
    for text, claims in (AMONG if among is None else among).items():
        for may, said in claims:
            if not said <= (real := able(world, may)):
                found.append(f"{text} … but it is {sorted(real)}")
    return found


@pytest.mark.django_db
def test_who_a_text_names_may_do_it_and_nobody_else():
    made = world()
    with override("en"):
        found = untrue(made)
        assert not found, "\n".join(found)
        planted = {"Only a manager can do this.": (COORDINATES, MANAGER)}
        assert len(untrue(made, only=planted, among={})) == 1
        assert len(untrue(made, only={}, among={"Ask a manager.": [(COORDINATES, MANAGER)]})) == 1


def unheld(texts: list[str]) -> list[str]:
    """Texts that say who may do something, and are held against no rule."""
    known = (*ONLY, *AMONG, *ELSEWHERE)
    return [text for text in texts if SAYS_WHO.search(text) and not text.startswith(known)]


def test_every_text_that_says_who_may_is_held_against_a_rule():
    texts = sorted({" ".join(english.split()) for english, _dutch in pairs(catalogue())})
    assert sum(1 for text in texts if SAYS_WHO.search(text)) >= LEAST
    assert unheld(texts) == []
    for known in (*ONLY, *AMONG, *ELSEWHERE):
        assert any(text.startswith(known) for text in texts), known


@pytest.mark.parametrize("text", ["Only a trainer or a manager can do that.", "Lost? Ask the coordinator."])
def test_text_without_a_rule_is_seen(text):
    assert unheld([text]) == [text]
