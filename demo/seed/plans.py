"""Learning plans in every state, with consents, evidence, feedback and work situations."""

import datetime as dt
from functools import cache

from django.utils import timezone

from accounts.enums import Role
from accounts.models import User
from demo.people import rows_of
from demo.seed.context import Seed
from demo.seed.stages import Stage
from partnerships.models import Membership
from placements.models import Placement
from programmes.models import Session, WorkProcess
from students.enums import (
    AccessScope,
    Answer,
    GoalResult,
    GoalState,
    Party,
    PlanState,
    SituationState,
    VisibleFor,
)
from students.models import (
    Consent,
    Enrolment,
    Evidence,
    Goal,
    GoalRemark,
    GoalVersion,
    LearnerAccess,
    LearningPlan,
    PlanVersion,
    WorkSituation,
)

SITUATIONS = (
    "Een bewoner wilde niet gewassen worden en ik wist niet hoe lang ik moest blijven vragen.",
    "Bij de overdracht spraken twee collega's elkaar tegen. Wat doe ik dan?",
    "Een familielid vroeg mij iets wat ik niet mag vertellen.",
    "Ik moest voor het eerst alleen met de lift werken en de accu was leeg.",
)


@cache
def _catalogue(programme_id: int) -> list[tuple[int, dict[str, str]]]:
    """The goals of demo/goals.csv that fit a programme, each with its work process."""
    processes = {
        (process.core_task.qualification.crebo, process.code): process.pk
        for process in WorkProcess.objects.of_programme(programme_id)
    }
    return [
        (processes[row["crebo"], row["werkproces"]], row)
        for row in rows_of("goals.csv")
        if (row["crebo"], row["werkproces"]) in processes
    ]


def make(seed: Seed, enrolment: Enrolment, stage: Stage, placement: Placement, number: int) -> None:
    """The plan of one student, as far as the stage goes."""
    parties = _parties(enrolment, placement)
    states = {"active": PlanState.ACTIVE, "closed": PlanState.CLOSED}
    plan = LearningPlan.objects.create(
        enrolment=enrolment,
        state=states.get(stage.plan, PlanState.DRAFT),
        activated_at=_at(seed, -40) if stage.plan in states else None,
    )
    goals, texts = _goals(seed, plan, parties[Party.SCHOOL], number)
    if stage.plan != "draft":
        _ask(seed, goals, texts, parties, stage, number)
    if stage.plan in states:
        _progress(seed, goals, texts, parties, stage, number)
        _situations(seed, enrolment, number)
    exchange = LearnerAccess.objects.filter(enrolment=enrolment, scope=AccessScope.EXCHANGE).first()
    if exchange:
        exchange.goals.set(goals[-3:])


class Parties(dict[str, User]):
    """The person who answers for each party, and the employer's organisation."""

    employer_id: int

    def organisation_of(self, party: str) -> int | None:
        return self.employer_id if party == Party.EMPLOYER else None


def _parties(enrolment: Enrolment, placement: Placement) -> Parties:
    teacher = enrolment.cohort.cohort_teachers.select_related("membership__user").earliest("pk")
    employers = Membership.objects.filter(
        organisation=placement.slot.organisation, role__in=[Role.PRACTICE_TRAINER, Role.CONTACT]
    )
    employer = employers.select_related("user").earliest("-role", "pk")
    student = enrolment.student.user
    if student is None:
        raise ValueError(f"{enrolment} has a plan but no account: see stages.py")
    parties = Parties(
        {
            Party.STUDENT: student,
            Party.EMPLOYER: employer.user,
            Party.SCHOOL: teacher.membership.user,
        }
    )
    parties.employer_id = placement.slot.organisation_id
    return parties


def _at(seed: Seed, days: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(seed.loaded_on + dt.timedelta(days=days), dt.time(10, 0)))


def _goals(
    seed: Seed, plan: LearningPlan, teacher: User, number: int
) -> tuple[list[Goal], list[GoalVersion]]:
    catalogue = _catalogue(plan.enrolment.cohort.programme_id)
    goals = Goal.objects.bulk_create(
        Goal(plan=plan, work_process_id=process, position=position)
        for position, (process, _row) in enumerate(catalogue)
    )
    versions = GoalVersion.objects.bulk_create(
        GoalVersion(
            goal=goal,
            number=1,
            text=row["text"],
            criterion=row["criterion"],
            way_of_working=row["way_of_working"],
            evidence_asked=row["evidence"],
            due_on=seed.loaded_on + dt.timedelta(days=(goal.position - 2) * 21 + number % 9),
            created_by=teacher,
        )
        for goal, (_process, row) in zip(goals, catalogue, strict=True)
    )
    for goal, version in zip(goals, versions, strict=True):
        goal.latest = version
    Goal.objects.bulk_update(goals, ["latest"])
    return goals, versions


def _ask(
    seed: Seed,
    goals: list[Goal],
    versions: list[GoalVersion],
    parties: Parties,
    stage: Stage,
    number: int,
) -> None:
    """Put all texts to consent; a waiting plan lacks the employer's answer on some."""
    plan = goals[0].plan
    asked_at = _at(seed, -45)
    GoalVersion.objects.filter(pk__in=[version.pk for version in versions]).update(asked_at=asked_at)
    PlanVersion.objects.create(plan=plan, number=1, asked_by=parties[Party.SCHOOL]).goal_versions.set(
        versions
    )
    waiting = stage.plan == "waiting"
    consents = [
        Consent(
            goal_version=version,
            party=party,
            answer=Answer.YES,
            by=parties[party],
            organisation_id=parties.organisation_of(party),
            at=asked_at,
        )
        for position, version in enumerate(versions)
        for party in parties
        if not (waiting and party == Party.EMPLOYER and position % 2 == number % 2)
        and not (waiting and party == Party.STUDENT and position == len(versions) - 1)
    ]
    Consent.objects.bulk_create(consents)
    answered = {
        version.pk: sum(row.goal_version_id == version.pk for row in consents) for version in versions
    }
    for goal, version in zip(goals, versions, strict=True):
        if answered[version.pk] == len(parties):
            goal.current, goal.state = version, GoalState.AGREED
    Goal.objects.bulk_update(goals, ["current", "state"])


def _progress(
    seed: Seed,
    goals: list[Goal],
    versions: list[GoalVersion],
    parties: Parties,
    stage: Stage,
    number: int,
) -> None:
    """The first goals are assessed, then one is handed in, two are busy; one may be under discussion."""
    done = round(len(goals) * stage.done)
    for position, goal in enumerate(goals):
        if position < done:
            goal.state = GoalState.ASSESSED
            goal.result = GoalResult.NOT_YET if position == 1 and number % 4 == 1 else GoalResult.PASSED
            goal.assessed_by, goal.assessed_at = parties[Party.SCHOOL], _at(seed, -30 + position * 4)
        elif position == done and stage.done:
            goal.state = GoalState.DEMONSTRATED
        elif position <= done + 2 and (stage.done or number % 3):
            goal.state = GoalState.BUSY
    Goal.objects.bulk_update(goals, ["state", "result", "assessed_by", "assessed_at"])
    for goal in goals[: done + 1]:
        if goal.state in {GoalState.ASSESSED, GoalState.DEMONSTRATED}:
            Evidence.objects.create(
                goal=goal,
                text="Ik heb dit drie keer gedaan en elke keer daarna met een collega besproken wat beter kon.",
                visible_for=VisibleFor.TEACHER_AND_SUPERVISOR,
            )
    if done and number % 2 == 0:
        talked = min(done + 1, len(goals) - 1)
        _discuss(seed, goals[talked], versions[talked], parties)
    GoalRemark.objects.create(
        goal=goals[done % len(goals)],
        party=Party.EMPLOYER,
        text="Gaat steeds zelfstandiger. Let nog op je rapportage.",
        by=parties[Party.EMPLOYER],
    )


def _discuss(seed: Seed, goal: Goal, first: GoalVersion, parties: Parties) -> None:
    """A changed text that the school sent back: the earlier one still holds."""
    second = GoalVersion.objects.create(
        goal=goal,
        number=2,
        text=first.text,
        criterion=f"{first.criterion}, ook in het weekend",
        way_of_working=first.way_of_working,
        evidence_asked=first.evidence_asked,
        due_on=first.due_on + dt.timedelta(days=28),
        created_by=parties[Party.EMPLOYER],
        asked_at=_at(seed, -6),
    )
    answers = {
        Party.EMPLOYER: (Answer.YES, ""),
        Party.STUDENT: (Answer.YES, ""),
        Party.SCHOOL: (Answer.CHANGE, "Goed idee. Schrijf er nog bij met wie je dit in het weekend doet."),
    }
    for party, (answer, remark) in answers.items():
        Consent.objects.create(
            goal_version=second,
            party=party,
            answer=answer,
            remark=remark,
            by=parties[party],
            organisation_id=parties.organisation_of(party),
            at=_at(seed, -5),
        )
    goal.latest = second
    goal.save(update_fields=["latest"])


def _situations(seed: Seed, enrolment: Enrolment, number: int) -> None:
    now = _at(seed, 0)
    past = enrolment.cohort.sessions.filter(starts_at__lt=now).order_by("-starts_at").first()
    coming = enrolment.cohort.sessions.filter(starts_at__gt=now).order_by("starts_at").first()
    rows: list[tuple[str, Session | None, str]] = [(SituationState.SUBMITTED, None, "")]
    if number % 2:
        rows.append((SituationState.PLANNED, coming, ""))
    if number % 3 == 0:
        rows.append(
            (SituationState.TREATED, past, "We hebben dit nagespeeld. Blijf rustig en haal een collega.")
        )
    for index, (state, session, answer) in enumerate(rows):
        if state == SituationState.SUBMITTED or session:
            WorkSituation.objects.create(
                enrolment=enrolment,
                text=SITUATIONS[(number + index) % len(SITUATIONS)],
                state=state,
                session=session,
                answer=answer,
            )
