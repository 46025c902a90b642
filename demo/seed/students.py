"""Students, their enrolments and, as far as their stage goes, match, placement, agreement and plan."""

import calendar
import datetime as dt

from accounts.models import User
from core.text import sort_key
from demo.people import email_of, rows_of
from demo.seed import people, placements, plans
from demo.seed.context import Seed
from demo.seed.history import at
from demo.seed.people import teacher_of
from demo.seed.stages import LEFT, STAGES
from programmes.models import Cohort
from students.enums import EnrolmentState
from students.models import Enrolment, Student


def load(seed: Seed) -> None:
    desk = placements.Desk(seed)
    for number, row in enumerate(rows_of("students.csv")):
        stage = STAGES[row["stage"]]
        email = email_of(row, "student")
        if Student.objects.filter(email=email).exists():
            continue
        user = people.account(email, row) if stage.has_account else None
        cohort = seed.cohorts[row["cohort"]]
        enrolment = _enrol(seed, cohort, row, email, user, number)
        if stage.enrolment == EnrolmentState.ENROLLED or stage.match:
            placement = desk.match(enrolment, stage, number)
            if placement:
                plans.make(seed, enrolment, stage, placement, number)


def _enrol(
    seed: Seed, cohort: Cohort, row: dict[str, str], email: str, user: User | None, number: int
) -> Enrolment:
    student = Student.objects.create(
        user=user,
        email=email,
        first_name=row["first_name"],
        name_prefix=row["name_prefix"],
        last_name=row["last_name"],
        sort_name=sort_key(
            first_name=row["first_name"], last_name=row["last_name"], prefix=row["name_prefix"]
        ),
        born_on=_birthday(seed.loaded_on, int(row["age"]), number),
        town=row["town"],
        pc4=row["pc4"],
    )
    enrolment = Enrolment.objects.create(
        student=student,
        cohort=cohort,
        state=STAGES[row["stage"]].enrolment,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        wishes=row["wishes"],
    )
    over = min(cohort.ends_on, seed.day(LEFT))
    if enrolment.state == EnrolmentState.DROPPED_OUT:
        seed.history.note(enrolment, "drop_out", at(over), teacher_of(cohort), "Ander werk gevonden.")
    elif enrolment.state == EnrolmentState.COMPLETED:
        seed.history.note(enrolment, "complete", at(over), teacher_of(cohort))
    return enrolment


def _birthday(loaded_on: dt.date, age: int, number: int) -> dt.date:
    """A birthday that makes the student `age` years old on the day of loading, some months ago."""
    day = loaded_on - dt.timedelta(days=20 + number * 37 % 300)
    year = day.year - age
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))
