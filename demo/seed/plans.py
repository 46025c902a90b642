"""Learning plans in every state, with consents, evidence and feedback."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from accounts.enums import Role
from accounts.models import Person
from demo.people import rows_of
from demo.seed import situations
from demo.seed.context import Seed
from demo.seed.files import report
from demo.seed.history import made_at
from demo.seed.people import employer_of, membership_of_employer, teacher_of
from demo.seed.stages import Stage
from partnerships.models import Membership
from placements.enums import PlacementKind
from placements.models import Placement
from programmes.models import WorkProcess
from students.enums import (
    Answer,
    GoalResult,
    GoalState,
    Party,
    PlanState,
)
from students.models import (
    Assessment,
    Consent,
    Enrolment,
    Evidence,
    Goal,
    GoalRemark,
    GoalVersion,
    HandIn,
    LearningPlan,
    PlanVersion,
    PracticeOpinion,
    Student,
)

# Days, counted from that of loading, on which the texts were written and each party answered; the school asked.
WRITTEN = -47
ANSWERED = {Party.SCHOOL: -45, Party.STUDENT: -43, Party.EMPLOYER: -41}


@cache
def _catalogue(programme_id: int) -> list[tuple[int, dict[str, str]]]:
    """The goals of demo/data/goals.csv that fit a programme, each with its work process."""
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
    with made_at(seed.at(WRITTEN)):
        plan = LearningPlan.objects.create(
            enrolment=enrolment,
            state=states.get(stage.plan, PlanState.DRAFT),
            activated_at=seed.at(ANSWERED[Party.EMPLOYER]) if stage.plan in states else None,
        )
        goals, texts = _goals(seed, plan, parties[Party.SCHOOL], number)
    if stage.plan != "draft":
        _ask(seed, goals, texts, parties, stage, number)
    if stage.plan in states:
        _progress(seed, goals, texts, parties, stage, number)
        situations.make(seed, enrolment, parties, number)
        seed.history.note(plan, "activate", seed.at(ANSWERED[Party.EMPLOYER]), parties[Party.EMPLOYER])
    if stage.plan == "closed":
        seed.history.note(
            plan,
            "close",
            seed.at(stage.left),
            parties[Party.SCHOOL],
            cause=seed.history.last(enrolment),
        )
    exchange = enrolment.placements.filter(kind=PlacementKind.EXCHANGE).first()
    if exchange:
        exchange.goals.set(goals[-3:])


class Parties(dict[Party, Person]):
    """The person who answers for each party, and the employer's organisation."""

    employer_id: int
    employer_role: Role
    membership: Membership  # in which the employer's person speaks

    def capacity_of(self, party: Party) -> Role:
        """As what the person of a party answers."""
        return {Party.STUDENT: Role.STUDENT, Party.SCHOOL: Role.TEACHER}.get(party, self.employer_role)

    def organisation_of(self, party: str) -> int | None:
        return self.employer_id if party == Party.EMPLOYER else None


def _parties(enrolment: Enrolment, placement: Placement) -> Parties:
    student, teacher = enrolment.student.person, teacher_of(enrolment.cohort)
    if not student.has_account or teacher is None:
        raise ValueError(f"{enrolment} has a plan but no account or no teacher: see stages.py")
    employer = employer_of(placement.slot.organisation_id)
    parties = Parties({Party.SCHOOL: teacher, Party.STUDENT: student, Party.EMPLOYER: employer})
    parties.employer_id = placement.slot.organisation_id
    parties.membership = membership_of_employer(placement.slot.organisation_id)
    parties.employer_role = Role(parties.membership.role)
    return parties


def _goals(
    seed: Seed, plan: LearningPlan, teacher: Person, number: int
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
    asked_at = seed.at(ANSWERED[Party.SCHOOL])
    GoalVersion.objects.filter(pk__in=[version.pk for version in versions]).update(asked_at=asked_at)
    _version(plan, 1, asked_at, parties[Party.SCHOOL], versions)
    waiting = stage.plan == "waiting"
    consents = [
        Consent(
            goal_version=version,
            number=given,
            party=party,
            capacity=parties.capacity_of(party),
            answer=Answer.YES,
            by=parties[party],
            organisation_id=parties.organisation_of(party),
            at=seed.at(ANSWERED[party]),
        )
        for position, version in enumerate(versions)
        for given, party in enumerate(parties, 1)
        if not (waiting and party == Party.EMPLOYER and position % 2 == number % 2)
        and not (waiting and party == Party.STUDENT and position == len(versions) - 1)
    ]
    Consent.objects.bulk_create(consents)
    answered = {
        version.pk: sum(row.goal_version_id == version.pk for row in consents) for version in versions
    }
    agreed = [pk for pk, answers in answered.items() if answers == len(parties)]
    last = max(ANSWERED[party] for party in parties)
    GoalVersion.objects.filter(pk__in=agreed).update(agreed_at=seed.at(last))
    for goal, version in zip(goals, versions, strict=True):
        if version.pk in agreed:
            goal.current, goal.state = version, GoalState.AGREED
            seed.history.note(goal, "agree", seed.at(ANSWERED[Party.EMPLOYER]), parties[Party.EMPLOYER])
    Goal.objects.bulk_update(goals, ["current", "state"])


def _version(
    plan: LearningPlan, number: int, moment: dt.datetime, by: Person, texts: Iterable[GoalVersion]
) -> None:
    """The numbered set of texts that was put to consent."""
    with made_at(moment):
        version = PlanVersion.objects.create(plan=plan, number=number, asked_by=by)
    version.goal_versions.set(texts)


def _progress(
    seed: Seed,
    goals: list[Goal],
    versions: list[GoalVersion],
    parties: Parties,
    stage: Stage,
    number: int,
) -> None:
    """The first goals are assessed, then one is handed in, two are busy; one may be under discussion."""
    student, school, note = parties[Party.STUDENT], parties[Party.SCHOOL], seed.history.note
    done = round(len(goals) * stage.done)
    last = stage.left - 1 if stage.plan == "closed" else -1  # the last day on which something happened
    for position, goal in enumerate(goals):
        if position < done:
            handed_in = min(-31 + position * 4, last)
            goal.state = GoalState.ASSESSED
            goal.result = GoalResult.NOT_YET if position == 1 and number % 4 == 1 else GoalResult.PASSED
            goal.assessed_by, goal.assessed_at = school, seed.at(handed_in + 1, 9)
            note(goal, "begin", seed.at(handed_in - 7), student)
            note(goal, "hand_in", seed.at(handed_in, 8), student)
            note(goal, "assess", goal.assessed_at, school)
        elif position == done and stage.done:
            goal.state = GoalState.DEMONSTRATED
            note(goal, "begin", seed.at(last - 8), student)
            note(goal, "hand_in", seed.at(last), student)
        elif position <= done + 2 and (stage.done or number % 3):
            goal.state = GoalState.BUSY
            note(goal, "begin", seed.at(last - 7), student)
    Goal.objects.bulk_update(goals, ["state", "result", "assessed_by", "assessed_at"])
    for position, goal in enumerate(goals[: done + 1]):
        if goal.state in {GoalState.ASSESSED, GoalState.DEMONSTRATED}:
            _handed_in(
                seed, goal, min(-31 + position * 4, last) if position < done else last, number, parties
            )
    if stage.done and done + 1 < len(goals):
        seen = goals[done + 1]
        _seen_at_work(seen, parties, seed.at(last, 14))
        if number % 3 == 1:
            _seen_at_work(seen, parties, seed.at(last - 2, 14), taken_back_at=seed.at(last - 1, 9))
    if stage.done and done + 2 < len(goals):
        _being_written(seed, goals[done + 2], last, goals[0].plan.enrolment.student, number)
    if done and number % 2 == 0 and stage.plan == "active":
        talked = min(done + 1, len(goals) - 1)
        _discuss(seed, goals, versions, talked, parties)
    text = "Gaat steeds zelfstandiger. Let nog op je rapportage."
    _remark(goals[done % len(goals)], seed.at(last, 16), Party.EMPLOYER, parties[Party.EMPLOYER], text)
    if done and stage.plan == "active" and number % 3 == 0:
        _remarks_put_right(seed, goals[0], last, parties[Party.EMPLOYER])


def _remarks_put_right(seed: Seed, goal: Goal, last: int, by: Person) -> None:
    """Feedback that was corrected when it could no longer be taken back, and a word too many that was."""
    text = "Je vraagt nog te weinig om hulp."
    first = _remark(goal, seed.at(last - 20, 15), Party.EMPLOYER, by, text)
    correction = _remark(
        goal, seed.at(last - 4, 15), Party.EMPLOYER, by, "Je vraagt op tijd om hulp, dat ging eerst mis."
    )
    GoalRemark.objects.filter(pk=correction.pk).update(corrects=first)
    withdrawn = _remark(goal, seed.at(last - 3, 15), Party.EMPLOYER, by, text)
    GoalRemark.objects.filter(pk=withdrawn.pk).update(text="", taken_back_at=seed.at(last - 2, 9))


def _being_written(seed: Seed, goal: Goal, day: int, student: Student, number: int) -> None:
    """Evidence that is not handed in yet, and was written anew since: what it said first is kept nowhere.

    In the file of one something was found, later than it was kept.
    """
    with made_at(seed.at(day - 2)):
        piece = Evidence.objects.create(
            goal=goal,
            text="Eerste keer gedaan. Ik schrijf er nog bij wat beter kon.",
            for_teachers=number % 2 == 0,
            **(report(student.public_id, found_at=seed.at(day, 16)) if number == 0 else {}),
        )
    piece.edited_at = seed.at(day, 15)
    piece.save(update_fields=["edited_at"])
    seed.history.changed(piece, "edited_at", None, piece.edited_at, student.person, student.public_id)


SEEN = "Deed dit twee keer terwijl ik erbij was. Rustig, en met aandacht voor de bewoner."


def _seen_at_work(
    goal: Goal, parties: Parties, moment: dt.datetime, taken_back_at: dt.datetime | None = None
) -> PracticeOpinion:
    """What the employer's person saw of the text that holds; of what was taken back the words are gone."""
    if goal.current is None:
        raise ValueError(f"{goal} is worked on and was never agreed")
    return PracticeOpinion.objects.create(
        version=goal.current,
        text="" if taken_back_at else SEEN,
        taken_back_at=taken_back_at,
        by=parties[Party.EMPLOYER],
        membership=parties.membership,
        at=moment,
    )


def _handed_in(seed: Seed, goal: Goal, day: int, number: int, parties: Parties) -> None:
    """The hand-in on that day with evidence, or with what was seen at work; and the decision."""
    if goal.current is None:
        raise ValueError(f"{goal} is handed in and was never agreed")
    at = seed.at(day, 8 if goal.assessed_at else 10)
    if goal.position == 2:
        seen = _seen_at_work(goal, parties, seed.at(day - 1, 14))
        hand_in = HandIn.objects.create(goal=goal, version=goal.current, opinion=seen, at=at)
        return _decided(seed, goal, hand_in, number)
    with made_at(seed.at(day - 1)):
        piece = Evidence.objects.create(
            goal=goal,
            text="Ik heb dit drie keer gedaan en elke keer daarna met een collega besproken wat beter kon.",
            for_teachers=True,
            for_supervisor=True,
            for_employer=number % 2 == 0,
            **(report(goal.plan.enrolment.student.public_id) if goal.position == 0 else {}),
        )
    hand_in = HandIn.objects.create(goal=goal, version=goal.current, at=at)
    hand_in.evidence.set([piece])
    return _decided(seed, goal, hand_in, number)


def _decided(seed: Seed, goal: Goal, hand_in: HandIn, number: int) -> None:
    """What the school decided, if it did; one was first written down wrongly."""
    if goal.assessed_at is None:
        return
    is_achieved = goal.result == GoalResult.PASSED
    first = Assessment.objects.create(
        hand_in=hand_in,
        result=goal.result,
        feedback="" if is_achieved else "Laat dit nog één keer zien in een drukke dienst.",
        by=goal.assessed_by,
        at=goal.assessed_at,
    )
    if is_achieved and goal.position == 0 and number % 5 == 2:
        _corrected(seed, goal, first)


def _corrected(seed: Seed, goal: Goal, first: Assessment) -> None:
    """The evidence of another goal had been assessed: the school put that right the next day."""
    at, reason = first.at + dt.timedelta(days=1), "Dit was het bewijs van een ander doel."
    second = Assessment.objects.create(
        hand_in=first.hand_in,
        result=GoalResult.NOT_YET,
        feedback="Doe het nog één keer terwijl je begeleider meekijkt.",
        corrects=first,
        reason=reason,
        by=first.by,
        at=at,
    )
    Goal.objects.filter(pk=goal.pk).update(result=second.result, assessed_at=at)
    seed.history.note(goal, "correct", at, first.by, reason)


def _remark(goal: Goal, moment: dt.datetime, party: str, by: Person, text: str) -> GoalRemark:
    with made_at(moment):
        return GoalRemark.objects.create(goal=goal, party=party, text=text, by=by)


def _discuss(
    seed: Seed, goals: list[Goal], versions: list[GoalVersion], position: int, parties: Parties
) -> None:
    """A changed text that the school sent back: the earlier one still holds."""
    goal, first = goals[position], versions[position]
    with made_at(seed.at(-7)):
        second = GoalVersion.objects.create(
            goal=goal,
            number=2,
            text=first.text,
            criterion=f"{first.criterion}, ook in het weekend",
            way_of_working=first.way_of_working,
            evidence_asked=first.evidence_asked,
            due_on=first.due_on + dt.timedelta(days=28),
            created_by=parties[Party.EMPLOYER],
            asked_at=seed.at(-6),
        )
    texts = [second if version is first else version for version in versions]
    _version(goal.plan, 2, seed.at(-6), parties[Party.EMPLOYER], texts)
    answers = {
        Party.EMPLOYER: (Answer.YES, ""),
        Party.STUDENT: (Answer.YES, ""),
        Party.SCHOOL: (Answer.CHANGE, "Goed idee. Schrijf er nog bij met wie je dit in het weekend doet."),
    }
    for given, (party, (answer, remark)) in enumerate(answers.items(), 1):
        Consent.objects.create(
            goal_version=second,
            number=given,
            party=party,
            capacity=parties.capacity_of(party),
            answer=answer,
            remark=remark,
            by=parties[party],
            organisation_id=parties.organisation_of(party),
            at=seed.at(-6 if party == Party.EMPLOYER else -5),
        )
    goal.latest = second
    goal.save(update_fields=["latest"])
