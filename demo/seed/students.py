"""Students, their enrolments and, as far as their stage goes, match, placement, agreement and plan."""

import datetime as dt

from accounts.models import Person
from core.dates import years_from
from demo.people import email_of, rows_of
from demo.seed import people, placements, plans
from demo.seed.context import Seed
from demo.seed.history import at
from demo.seed.people import teacher_of
from demo.seed.stages import BACK, STAGES
from programmes.models import Cohort
from students.enums import EnrolmentState, PlanState
from students.models import Enrolment, Student
from students.models.enrolments import OPEN

MOVED = 20  # one in so many moved house since the first school day
LIVED_AT = {"town": "Dronten", "pc4": "8251"}


def load(seed: Seed) -> None:
    desk = placements.Desk(seed)
    for number, row in enumerate(rows_of("students.csv")):
        stage = STAGES[row["stage"]]
        email = email_of(row, "student")
        if Student.objects.all().with_address(email).exists():
            continue
        person = people.account(email, row) if stage.has_account else _without_account(email, row)
        cohort = seed.cohorts[row["cohort"]]
        enrolment = _enrol(seed, cohort, row, person, number)
        if stage.enrolment == EnrolmentState.ENROLLED or stage.match:
            placement = desk.match(enrolment, stage, number)
            if placement:
                plans.make(seed, enrolment, stage, placement, number)
        if stage.has_returned:
            _return(seed, enrolment)


def _without_account(email: str, row: dict[str, str]) -> Person:
    return Person.objects.create(email=email, **people.names_of(row))


def _enrol(seed: Seed, cohort: Cohort, row: dict[str, str], person: Person, number: int) -> Enrolment:
    student = Student.objects.create(
        person=person,
        born_on=_birthday(seed.loaded_on, int(row["age"]), number),
        town=row["town"],
        pc4=row["pc4"],
    )
    stage = STAGES[row["stage"]]
    state, over = stage.enrolment, min(cohort.ends_on, seed.day(stage.left))
    enrolment = Enrolment.objects.create(
        student=student,
        cohort=cohort,
        state=state,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        ended_on=None if state in OPEN else over,
        leaving_reason="Ander werk gevonden." if state == EnrolmentState.DROPPED_OUT else "",
        wishes=row["wishes"],
    )
    teacher = teacher_of(cohort)
    if number % MOVED == 1 and teacher and cohort.starts_on < seed.loaded_on:
        for field, before in LIVED_AT.items():
            if before != row[field]:
                moved = at(cohort.starts_on + dt.timedelta(days=1))
                seed.history.changed(student, field, before, moved, teacher, student.public_id)
    if state == EnrolmentState.DROPPED_OUT:
        seed.history.note(enrolment, "drop_out", at(over), teacher)
    elif state == EnrolmentState.COMPLETED:
        seed.history.note(enrolment, "complete", at(over), teacher)
    return enrolment


def _return(seed: Seed, former: Enrolment) -> None:
    """Enrolled again after dropping out: the plan goes on under the new enrolment; a place is still to be found."""
    enrolment = Enrolment.objects.create(
        student=former.student,
        cohort=former.cohort,
        starts_on=seed.day(BACK),
        ends_on=former.ends_on,
        wishes=former.wishes,
        continues=former,
    )
    plan = former.plans.get()
    plan.enrolment, plan.state = enrolment, PlanState.ACTIVE
    plan.save(update_fields=["enrolment", "state"])
    seed.history.note(plan, "reopen", seed.at(BACK), teacher_of(former.cohort))


def _birthday(loaded_on: dt.date, age: int, number: int) -> dt.date:
    """A birthday that makes the student `age` years old on the day of loading, some months ago."""
    day = loaded_on - dt.timedelta(days=20 + number * 37 % 300)
    return years_from(day, -age)
