"""The other lists, work pages and first pages: not timed beside a twin, but held to what they may read."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from benchmarks.pages import (
    DETAIL,
    KEPT,
    LEARNING,
    LIST,
    NAMES,
    PAPERS,
    PEOPLE,
    ROWS,
    START,
    SUMS,
    Budget,
    Page,
)
from benchmarks.world import World


def more() -> list[Page]:
    """Of the same middle partnership."""
    from benchmarks import other_pages  # noqa: PLC0415 - needs the apps
    from benchmarks.world import World  # noqa: PLC0415
    from students.models import LearningPlan  # noqa: PLC0415

    world = World(LearningPlan.objects.order_by("-pk").values_list("pk", flat=True)[0])
    middle = (world.partnerships + 1) // 2
    found = [
        *_school(world, middle),
        *_employer(world, middle),
        *_student(middle),
        *_coordinator(world, middle),
        *_all(),
        *other_pages.rows(world, middle),
    ]
    return [Page(name, address, "", user, budget, counts=False) for name, address, user, budget in found]


Row = tuple[str, str, int, Budget]


def _school(world: World, middle: int) -> Iterator[Row]:
    from programmes.models import Cohort  # noqa: PLC0415
    from students.models import Enrolment  # noqa: PLC0415

    cohort = (
        Cohort.objects.select_related("programme__school")
        .filter(programme__partnership=middle)
        .order_by("pk")[0]
    )
    enrolment = Enrolment.objects.filter(cohort=cohort).order_by("pk")[1]
    slug, of = cohort.programme.school.slug, [cohort.programme.school.slug, cohort.public_id]
    teacher = world.staff(middle, 1)
    yield "school's tasks", reverse("school-next-steps", args=[slug]), teacher, SUMS
    yield "cohorts", reverse("students:cohort-list", args=[slug]), teacher, LIST
    yield "lessons", reverse("students:session-list", args=of), teacher, LIST
    yield "situations of a cohort", reverse("students:cohort-situation-list", args=of), teacher, ROWS
    yield "enrolment", reverse("enrolment-detail", args=[*of, enrolment.public_id]), teacher, LEARNING
    yield "agreements of a school", reverse("agreements:agreement-school-list", args=[slug]), teacher, PAPERS
    yield "matching in a cohort", reverse("placements:match-propose-cohort", args=of), teacher, LIST
    yield "proposals of a teacher", reverse("placements:match-list"), teacher, LIST
    yield "placements of a teacher", reverse("placements:placement-list"), teacher, ROWS
    checks = reverse("placements:accreditation-list")
    yield "accreditations", checks, teacher, ROWS
    yield "accreditations, deepest", f"{checks}?page=10", teacher, ROWS


def _employer(world: World, middle: int) -> Iterator[Row]:
    from partnerships.models import Organisation  # noqa: PLC0415

    slug = Organisation.objects.get(pk=world.employer(middle, 0)).slug
    user = world.staff(middle, 1 + 20)
    yield "employer's tasks", reverse("employer-next-steps", args=[slug]), user, START
    yield "places of an employer", reverse("placements:slot-list", args=[slug]), user, LIST
    yield "students of an employer", reverse("students:employer-students", args=[slug]), user, PEOPLE
    yield "agreements of an employer", reverse("agreements:agreement-employer-list", args=[slug]), user, LIST
    yield "supervisors", reverse("placements:supervisor-list", args=[slug]), user, LIST
    yield "accreditations of an employer", reverse("placements:accreditation-own", args=[slug]), user, LIST
    yield "locations", reverse("partnerships:location-list", args=[slug]), user, LIST
    yield "proposals of an employer", reverse("placements:match-list"), user, LIST


def _student(middle: int) -> Iterator[Row]:
    from benchmarks.world import PER_PARTNERSHIP  # noqa: PLC0415
    from students.models import Goal  # noqa: PLC0415

    user = (middle - 1) * PER_PARTNERSHIP + 2
    goal = Goal.objects.filter(plan=user).order_by("pk")[0]
    yield "goal", goal.get_absolute_url(), user, DETAIL
    yield "student's tasks", reverse("student-next-steps"), user, LEARNING
    yield "agenda", reverse("students:agenda"), user, LEARNING
    yield "me", reverse("students:me"), user, LEARNING
    yield "student's placements", reverse("student-placements"), user, LEARNING
    yield "finder of a student", reverse("placements:slot-find"), user, LIST


def _coordinator(world: World, middle: int) -> Iterator[Row]:
    from partnerships.models import Partnership  # noqa: PLC0415

    slug = Partnership.objects.get(pk=middle).slug
    user = world.staff(middle, 0)
    yield "coordinator's tasks", reverse("coordinator-next-steps", args=[slug]), user, SUMS
    yield "proposals of a coordinator", reverse("placements:match-list"), user, ROWS
    placed = reverse("placements:placement-list")
    yield "placements of a coordinator", placed, user, NAMES
    yield "placements of a coordinator, deepest", f"{placed}?page=16", user, NAMES


def _all() -> Iterator[Row]:
    from partnerships.models import Initiative, Partnership  # noqa: PLC0415

    yield "calls", reverse("partnerships:call-list"), 0, KEPT
    yield "partnerships", reverse("partnerships:partnership-list"), 0, KEPT
    yield "initiative", Initiative.objects.order_by("-pk")[0].get_absolute_url(), 0, KEPT
    yield "partnership", Partnership.objects.order_by("-pk")[0].get_absolute_url(), 0, KEPT
    yield "for employers", reverse("for-employers"), 0, KEPT
