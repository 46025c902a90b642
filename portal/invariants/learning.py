"""Of programmes, students and their plans."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import calendars
from core.dates import today
from partnerships.models import Membership
from portal.invariants.invariant import FIND_SOMEONE, MAKE_ROOM, Statement, holds
from programmes.models import Cohort, CohortTeacher
from students.models import Enrolment

RUN_LOAD_HOLIDAYS = _("Run load_holidays, and see whether the work by the clock goes on.")


@holds("Programme: names the partnership that runs", _("Programmes that name another partnership than runs"))
def programmes_of_another_partnership() -> Statement:
    return Statement(
        """
        SELECT programme.id FROM programmes_programme programme
        LEFT JOIN programmes_programmepartnership runs
            ON runs.programme_id = programme.id AND runs.ended_at IS NULL
        WHERE programme.partnership_id IS DISTINCT FROM runs.partnership_id
        """
    )


@holds("Cohort: capacity", _("Cohorts with more students than they hold"), MAKE_ROOM)
def overfull_cohorts() -> QuerySet[Any]:
    running = Q(enrolments__in=Enrolment.objects.running())
    return Cohort.objects.annotate(number=Count("enrolments", filter=running)).filter(
        number__gt=F("capacity")
    )


@holds("Cohort: teachers stay", _("Cohorts with students and nobody who can teach them"), FIND_SOMEONE)
def cohorts_without_teacher() -> QuerySet[Any]:
    teaching = CohortTeacher.objects.running().filter(
        cohort=OuterRef("pk"), membership__in=Membership.objects.working()
    )
    students = Enrolment.objects.running().filter(cohort=OuterRef("pk"))
    return Cohort.objects.filter(Exists(students), ~Exists(teaching))


@holds("LearnerAccess: follows placements and supervisions", _("Access to a student that rests on nothing"))
def access_that_rests_on_nothing() -> Statement:
    """Of today: an employer reads by a placement that goes on, a supervisor by guiding in it besides."""
    return Statement(
        """
        SELECT access.id FROM students_learneraccess access
        WHERE access.ended_at IS NULL AND access.starts_on <= %(day)s AND access.ends_on >= %(day)s
        AND NOT EXISTS (
            SELECT FROM placements_placement placement
            JOIN students_enrolment enrolment ON enrolment.id = placement.enrolment_id
            WHERE placement.enrolment_id = access.enrolment_id
              AND placement.organisation_id = access.organisation_id
              AND placement.state IN ('confirmed', 'running', 'ending') AND placement.ends_on >= %(day)s
              AND enrolment.state = 'enrolled'
              AND (access.membership_id IS NULL OR EXISTS (
                SELECT FROM placements_supervision supervision
                WHERE supervision.placement_id = placement.id
                  AND supervision.membership_id = access.membership_id
                  AND supervision.ended_at IS NULL AND supervision.starts_on <= %(day)s
                  AND (supervision.ends_on IS NULL OR supervision.ends_on >= %(day)s)
              ))
        )
        """,
        {"day": today()},
    )


@holds(
    "LearnerAccess: follows placements and supervisions", _("Placements whose employer cannot see the goals")
)
def placements_without_access() -> Statement:
    return Statement(
        """
        SELECT placement.id FROM placements_placement placement
        WHERE placement.state IN ('confirmed', 'running', 'ending')
          AND placement.confirmed_on <= %(day)s AND placement.ends_on >= %(day)s
        AND NOT EXISTS (
            SELECT FROM students_learneraccess access
            WHERE access.enrolment_id = placement.enrolment_id
              AND access.organisation_id = placement.organisation_id AND access.membership_id IS NULL
              AND access.ended_at IS NULL AND access.starts_on <= %(day)s AND access.ends_on >= %(day)s
        )
        """,
        {"day": today()},
    )


@holds("Goal: text and hand-in agree", _("Goals whose text or state is not what was agreed or handed in"))
def goals_that_say_otherwise() -> Statement:
    return Statement(
        """
        SELECT goal.id FROM students_goal goal
        LEFT JOIN students_goalversion current ON current.id = goal.current_id
        LEFT JOIN students_handin standing ON standing.goal_id = goal.id
            AND standing.taken_back_at IS NULL AND standing.closed_at IS NULL
        WHERE (current.id IS NOT NULL AND (current.agreed_at IS NULL OR current.goal_id <> goal.id))
           OR (standing.id IS NOT NULL) <> (goal.state IN ('demonstrated', 'assessed'))
        """
    )


@holds("Goal: result is the newest assessment", _("Goals with another result than was decided last"))
def goals_with_another_result() -> Statement:
    return Statement(
        """
        SELECT goal.id FROM students_handin standing
        JOIN students_goal goal ON goal.id = standing.goal_id
        LEFT JOIN (
            SELECT DISTINCT ON (hand_in_id) hand_in_id, result FROM students_assessment
            ORDER BY hand_in_id, at DESC, id DESC
        ) newest ON newest.hand_in_id = standing.id
        WHERE standing.taken_back_at IS NULL AND standing.closed_at IS NULL
          AND goal.result <> coalesce(newest.result, '')
        """
    )


@holds("HandIn: rests on what teachers can read", _("Goals handed in without evidence for teachers"))
def hand_ins_that_rest_on_nothing() -> Statement:
    return Statement(
        """
        SELECT standing.id FROM students_handin standing
        JOIN students_goalversion version ON version.id = standing.version_id
        LEFT JOIN students_practiceopinion opinion ON opinion.id = standing.opinion_id
        LEFT JOIN (
            SELECT part.handin_id, bool_and(piece.for_teachers) AS is_read, max(piece.goal_id) AS goal_id,
                min(piece.goal_id) AS least_goal_id
            FROM students_handin_evidence part JOIN students_evidence piece ON piece.id = part.evidence_id
            GROUP BY part.handin_id
        ) pieces ON pieces.handin_id = standing.id
        WHERE standing.taken_back_at IS NULL AND standing.closed_at IS NULL AND (
            version.goal_id <> standing.goal_id
            OR NOT coalesce(pieces.is_read, true)
            OR pieces.goal_id <> standing.goal_id OR pieces.least_goal_id <> standing.goal_id
            OR (standing.opinion_id IS NULL AND pieces.handin_id IS NULL)
            OR opinion.taken_back_at IS NOT NULL OR opinion.version_id <> standing.version_id
        )
        """
    )


@holds(
    "Holiday: last year to five ahead", _("Holidays that are missing from the calendar"), RUN_LOAD_HOLIDAYS
)
def holidays_that_are_missing() -> list[int]:
    """Each by its day as a number, as 20270427: what is not there has no key."""
    return [int(f"{day:%Y%m%d}") for day in calendars.missing()]


@holds("Holiday: last year to five ahead", _("Holidays on a day that is none"))
def holidays_that_are_none() -> list[int]:
    """By key, of those that the rules gave; what an administrator added is not looked at."""
    return calendars.misplaced()


ALL = (
    programmes_of_another_partnership,
    overfull_cohorts,
    cohorts_without_teacher,
    access_that_rests_on_nothing,
    placements_without_access,
    goals_that_say_otherwise,
    goals_with_another_result,
    hand_ins_that_rest_on_nothing,
    holidays_that_are_missing,
    holidays_that_are_none,
)
