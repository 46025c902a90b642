"""The pages that fewer people open, and the forms: held to what they may read like the others."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from benchmarks.pages import DETAIL, LEARNING, LIST, MEMBERS, NAMES, PEOPLE, Budget
from benchmarks.world import COHORTS, PER_PARTNERSHIP, World

Row = tuple[str, str, int, Budget]


def rows(world: World, middle: int) -> Iterator[Row]:
    """Of the same middle partnership."""
    yield from _administrator(world, middle)
    yield from _coordinator(world, middle)
    yield from _employer(world, middle)
    yield from _manager(world, middle)
    yield from _school(world, middle)
    yield from _student(middle)


def _administrator(world: World, middle: int) -> Iterator[Row]:
    from partnerships.models import Organisation  # noqa: PLC0415 - needs the apps

    slug = Organisation.objects.get(pk=world.employer(middle, 2)).slug
    user = world.administrator
    for name, address in (
        ("administrator", "administration"),
        ("first managers", "partnerships:first-manager-list"),
        ("what happened to accounts", "accounts:event-list"),
        ("emails", "accounts:mail-list"),
        ("support", "partnerships:support-list"),
        ("erasure", "partnerships:erasure-list"),
        ("qualifications", "programmes:qualification-list"),
    ):
        yield name, reverse(address), user, LIST
    yield "organisations alike", reverse("partnerships:organisation-alike-list"), user, LIST
    yield "first manager", reverse("partnerships:first-manager-invite", args=[slug]), user, LIST
    yield "merge", reverse("partnerships:organisation-merge-find", args=[slug]), user, LIST


def _coordinator(world: World, middle: int) -> Iterator[Row]:
    from partnerships.models import Group, Initiative, Partnership  # noqa: PLC0415

    slug = Partnership.objects.get(pk=middle).slug
    initiative = Initiative.objects.filter(partnership=middle).order_by("pk")[0].slug
    user = world.staff(middle, 0)
    for name, address in (
        ("invite a member", "coordination-member-invite"),
        ("initiatives of a partnership", "coordination-initiatives"),
        ("calls of a partnership", "coordination-calls"),
        ("new call", "coordination-call-create"),
        ("texts of a partnership", "coordination-partnership-change"),
    ):
        yield name, reverse(f"partnerships:{address}", args=[slug]), user, LIST
    for name, address, budget in (
        ("contacts of a partnership", "coordination-contacts", NAMES),
        ("members", "coordination-members", MEMBERS),
        ("groups of a partnership", "coordination-groups", MEMBERS),
        ("new group", "coordination-group-create", LIST),
        ("new initiative", "coordination-initiative-create", LIST),
        ("close a partnership", "coordination-close", LIST),
    ):
        yield name, reverse(f"partnerships:{address}", args=[slug]), user, budget
    of = [slug, initiative]
    yield "own initiative", reverse("partnerships:coordination-initiative", args=of), user, LIST
    yield (
        "change an initiative",
        reverse("partnerships:coordination-initiative-change", args=of),
        user,
        LIST,
    )
    group = [slug, Group.objects.get(partnership=middle).public_id]
    yield "group", reverse("partnerships:group-detail", args=group[1:]), user, MEMBERS
    for name, address, budget in (
        ("change a group", "group-change", LIST),
        ("seat", "seat-give", NAMES),
        ("seat for who takes part", "seat-affiliate", NAMES),
        ("seat for a newcomer", "seat-newcomer", LIST),
    ):
        yield name, reverse(f"partnerships:coordination-{address}", args=group), user, budget
    member = [slug, f"zorggroep-{middle}-1"]
    yield "role of a member", reverse("partnerships:coordination-member-change", args=member), user, LIST
    yield "end of a member", reverse("partnerships:coordination-member-end", args=member), user, LIST


def _employer(world: World, middle: int) -> Iterator[Row]:
    from partnerships.models import Organisation  # noqa: PLC0415
    from placements.models import Slot  # noqa: PLC0415

    employer = world.employer(middle, 0)
    slug = Organisation.objects.get(pk=employer).slug
    slot = Slot.objects.filter(organisation=employer).order_by("pk")[0]
    user = world.staff(middle, 1 + COHORTS)
    yield "supervisor", reverse("students:supervisor-start"), world.supervisor, PEOPLE
    for name, address in (
        ("supervisors who lack", "supervisor-gaps"),
        ("new supervisor", "supervisor-create"),
    ):
        yield name, reverse(f"placements:{address}", args=[slug]), user, LIST
    yield "own place", reverse("placements:slot-manage", args=[slug, slot.public_id]), user, LIST


def _manager(world: World, middle: int) -> Iterator[Row]:
    from partnerships.models import Organisation  # noqa: PLC0415

    slug, user = Organisation.objects.get(pk=world.employer(middle, 1)).slug, world.manager
    for name, address in (
        ("people", "people-list"),
        ("invite people", "people-invite"),
        ("who takes part", "affiliation-list"),
        ("who is to take part", "affiliation-add"),
        ("days off", "free-day-list"),
        ("contacts of an organisation", "organisation-contacts"),
        ("partnerships of an organisation", "organisation-partnerships"),
        ("new location", "location-create"),
    ):
        yield name, reverse(f"partnerships:{address}", args=[slug]), user, LIST
    for name, address in (
        ("own roles", "partnerships:own-roles"),
        ("own card", "partnerships:own-card"),
        ("own groups", "partnerships:group-list"),
        ("organisations to join", "partnerships:role-request-list"),
        ("own profile", "accounts:profile"),
        ("own data", "accounts:own-data"),
        ("own devices", "usersessions_list"),
    ):
        yield name, reverse(address), user, LIST


def _school(world: World, middle: int) -> Iterator[Row]:
    from programmes.models import Cohort  # noqa: PLC0415
    from students.models import Enrolment, LearningPlan  # noqa: PLC0415

    cohorts = Cohort.objects.select_related("programme__school").filter(programme__partnership=middle)
    cohort = cohorts.order_by("pk")[0]
    school, of = cohort.programme.school.slug, [cohort.programme.school.slug, cohort.public_id]
    enrolment = Enrolment.objects.filter(cohort=cohort).order_by("pk")[1]
    plan = LearningPlan.objects.get(enrolment=enrolment)
    user = world.staff(middle, 1)
    programme = [school, cohort.programme.public_id]
    yield "programmes", reverse("programmes:programme-list", args=[school]), user, LIST
    yield "programme", reverse("programmes:programme-detail", args=programme), user, LIST
    checked = reverse("placements:accreditation-create", args=[school])
    yield "new accreditation", checked, user, LIST
    for name, address in (
        ("enrol a student", "students:enrolment-create"),
        ("new lesson", "programmes:session-create"),
    ):
        yield name, reverse(address, args=of), user, LIST
    for name, address in (
        ("plan of a student", "plan-detail"),
        ("plan to print", "plan-print"),
        ("plan to edit", "plan-edit"),
        ("what a plan covers", "plan-coverage"),
        ("versions of a plan", "plan-versions"),
        ("new goal", "goal-add"),
    ):
        yield name, reverse(f"students:{address}", args=[plan.public_id]), user, LEARNING
    situations = reverse("students:enrolment-situations", args=[enrolment.public_id])
    yield "situations that a student shows", situations, user, LIST
    yield (
        "leave a cohort",
        reverse("students:enrolment-drop-out", args=[*of, enrolment.public_id]),
        user,
        LIST,
    )
    yield (
        "another cohort",
        reverse("students:enrolment-transfer", args=[*of, enrolment.public_id]),
        user,
        LIST,
    )


def _student(middle: int) -> Iterator[Row]:
    from students.models import WorkSituation  # noqa: PLC0415

    user = (middle - 1) * PER_PARTNERSHIP + 2
    situation = WorkSituation.objects.filter(enrolment=user).order_by("pk")[0]
    edit = reverse("students:situation-edit", args=[situation.public_id])
    yield "who sees what", reverse("student-sight"), user, LEARNING
    yield "wishes", reverse("students:wishes"), user, DETAIL
    yield "own work situation", edit, user, DETAIL
    yield "new work situation", reverse("students:situation-add"), user, DETAIL
