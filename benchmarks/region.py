"""People, organisations, programmes and initiatives of the invented region."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from typing import Any

from allauth.mfa.models import Authenticator

from accounts.enums import Role
from accounts.models import Person, User
from benchmarks.loading import NOW
from benchmarks.world import COHORTS, EMPLOYERS, INITIATIVES, PER_COHORT, TOWNS, World
from core.provinces import PROVINCES
from core.text import sort_key
from partnerships import enums as near
from partnerships import models as partnerships
from programmes import models as programmes

PROCESSES = 24


def fill(world: World) -> None:
    people(world)
    organisations(world)
    programmes_and_cohorts(world)
    initiatives(world)


def people(world: World) -> None:

    def persons() -> Iterator[tuple[Any, ...]]:
        for number in range(1, world.supervisor + 1):
            first, last = world.name(number)
            yield number, number, first, last, sort_key(first_name=first, last_name=last)

    accounts = (
        (number, "!", f"mens{number}@bench.example", number == world.administrator)
        for number in range(1, world.supervisor + 1)
    )
    world.loader.load(User, ["id", "password", "email", "is_staff"], accounts)
    world.loader.load(Person, ["id", "user_id", "first_name", "last_name", "sort_name"], persons())
    asked = [*(world.staff(p, 0) for p in world.each()), world.administrator, world.manager]
    world.loader.load(  # who has no second step would be sent to set one up
        Authenticator, ["user_id", "type", "data"], ((user, "totp", {}) for user in asked)
    )


def organisations(world: World) -> None:
    provinces = list(PROVINCES)
    world.loader.load(
        partnerships.Partnership,
        ["id", "slug", "name", "shape", "provinces"],
        (
            (
                p,
                f"zorgpact-{p}",
                f"Zorgpact {p}",
                near.PartnershipShape.OPEN_PACT,
                [provinces[p % len(provinces)]],
            )
            for p in world.each()
        ),
    )
    kinds = near.OrganisationKind

    def organisations() -> Iterator[tuple[Any, ...]]:
        for p in world.each():
            province = provinces[p % len(provinces)]
            yield world.body(p), f"bureau-{p}", f"Bureau {p}", kinds.EMPLOYERS, province, "Lelystad"
            yield world.school(p), f"roc-{p}", f"Roc {p}", kinds.SCHOOL, province, "Lelystad"
            for n in range(EMPLOYERS):
                name, town = f"Zorggroep {p}-{n}", TOWNS[n % len(TOWNS)]
                yield world.employer(p, n), f"zorggroep-{p}-{n}", name, kinds.CARE_PROVIDER, province, town

    world.loader.load(
        partnerships.Organisation, ["id", "slug", "name", "kind", "province", "town"], organisations()
    )
    world.loader.load(
        partnerships.Group,
        ["id", "partnership_id", "kind", "name"],
        ((p, p, near.GroupKind.WORKING, "Werkgroep") for p in world.each()),
    )
    roles = [near.MemberRole.COORDINATING_BODY] + [near.MemberRole.MEMBER] * (EMPLOYERS + 1)
    members = [(p, world.organisation(p, n + 1), role) for p in world.each() for n, role in enumerate(roles)]
    joined = NOW - dt.timedelta(days=400)
    yeses = (near.JoinRequestKind.INVITED, near.JoinRequestState.ACCEPTED, joined, joined, joined)
    world.loader.load(
        partnerships.JoinRequest,
        [
            "id",
            "partnership_id",
            "organisation_id",
            "role",
            "kind",
            "state",
            "partnership_yes_at",
            "organisation_yes_at",
            "asked_at",
        ],
        ((number, *member, *yeses) for number, member in enumerate(members, 1)),
    )
    world.loader.load(
        partnerships.Member,
        ["join_request_id", "partnership_id", "organisation_id", "role"],
        ((number, *member) for number, member in enumerate(members, 1)),
    )

    def locations() -> Iterator[tuple[Any, ...]]:
        for p in world.each():
            for n in range(EMPLOYERS):
                number = world.employer(p, n)
                place = 52.3 + n % 10 / 40, 5.4 + n % 7 / 40
                yield (number, number, f"Locatie {n}", TOWNS[n % len(TOWNS)], f"82{n % 90 + 10}", *place)

    world.loader.load(
        partnerships.Location,
        ["id", "organisation_id", "name", "municipality", "pc4", "latitude", "longitude"],
        locations(),
    )
    since = world.day - dt.timedelta(days=400)

    def memberships() -> Iterator[tuple[Any, ...]]:
        for p in world.each():
            person = world.staff(p, 0)
            yield person, person, world.body(p), Role.COORDINATOR, since
            for n in range(1, 1 + COHORTS):
                person = world.staff(p, n)
                yield person, person, world.school(p), Role.TEACHER, since
            for n in range(EMPLOYERS):
                person = world.staff(p, 1 + COHORTS + n)
                yield person, person, world.employer(p, n), Role.PRACTICE_TRAINER, since

    def one_of_a_kind() -> Iterator[tuple[Any, ...]]:
        for person, role in ((world.manager, Role.MANAGER), (world.supervisor, Role.SUPERVISOR)):
            yield person, person, world.employer(world.middle, 1), role, since

    world.loader.load(
        partnerships.Membership,
        ["id", "person_id", "organisation_id", "role", "starts_on"],
        itertools.chain(memberships(), one_of_a_kind()),
    )
    world.loader.load(
        partnerships.Mandate,
        ["membership_id", "role", "kind", "starts_on"],
        (
            (membership, role, near.MandateKind.SIGN, since)
            for membership, _person, _organisation, role, since in memberships()
            if role != Role.COORDINATOR
        ),
    )


def programmes_and_cohorts(world: World) -> None:
    world.loader.load(
        programmes.QualificationFile,
        ["id", "crebo", "name", "valid_from", "source"],
        [(1, "23999", "Verzorgende", dt.date(2025, 8, 1), "voorbeeld")],
    )
    world.loader.load(
        programmes.Qualification,
        ["id", "file_id", "crebo", "name", "level"],
        [(1, 1, "25999", "Verzorgende IG", 3)],
    )
    world.loader.load(
        programmes.CoreTask,
        ["id", "qualification_id", "code", "title"],
        [(n, 1, f"B1-K{n}", f"Kerntaak {n}") for n in (1, 2, 3)],
    )
    processes = [
        (n, 1 + (n - 1) // 8, f"B1-K{1 + (n - 1) // 8}-W{n}", n, f"Werkproces {n} van het beroep")
        for n in range(1, PROCESSES + 1)
    ]
    world.loader.load(programmes.WorkProcess, ["id", "core_task_id", "code", "number", "title"], processes)
    world.loader.load(
        programmes.Programme,
        ["id", "school_id", "partnership_id", "name"],
        ((p, world.school(p), p, "Verzorgende BBL") for p in world.each()),
    )
    world.loader.load(
        programmes.ProgrammePartnership,
        ["programme_id", "partnership_id", "starts_on"],
        ((p, p, world.day - dt.timedelta(days=400)) for p in world.each()),
    )
    world.loader.load(
        programmes.Programme.qualifications.through,
        ["programme_id", "qualification_id"],
        ((p, 1) for p in world.each()),
    )
    start, end = world.day - dt.timedelta(days=100), world.day + dt.timedelta(days=600)
    cohorts = [((p - 1) * COHORTS + n + 1, p, n) for p in world.each() for n in range(COHORTS)]
    world.loader.load(
        programmes.Cohort,
        ["id", "programme_id", "name", "starts_on", "ends_on", "capacity"],
        ((number, p, f"Groep {n + 1}", start, end, PER_COHORT) for number, p, n in cohorts),
    )
    world.loader.load(
        programmes.CohortTeacher,
        ["cohort_id", "membership_id", "starts_on"],
        ((number, world.staff(p, 1 + n), start) for number, p, n in cohorts),
    )
    hours = dt.timedelta(hours=3)
    world.loader.load(
        programmes.Session,
        ["cohort_id", "theme", "starts_at", "ends_at"],
        (
            (
                number,
                f"Les {week}",
                NOW + dt.timedelta(days=7 * week),
                NOW + dt.timedelta(days=7 * week) + hours,
            )
            for number, _p, _n in cohorts
            for week in range(-4, 5)
        ),
    )


def initiatives(world: World) -> None:
    themes = ("Leven lang leren", "Samen opleiden", "Digitaal", "Behoud")
    world.loader.load(
        partnerships.Theme,
        ["id", "slug", "name"],
        [(n, f"thema-{n}", name) for n, name in enumerate(themes, 1)],
    )
    kinds, phases = (
        list(near.InitiativeKind),
        [near.InitiativePhase.RUNNING, near.InitiativePhase.FINISHED],
    )
    provinces, branches = list(PROVINCES), list(near.Branch)

    def initiatives() -> Iterator[tuple[Any, ...]]:
        for p in world.each():
            for n in range(INITIATIVES):
                number = (p - 1) * INITIATIVES + n + 1
                yield (
                    number, p, f"initiatief-{number}", f"Samen leren op de wijk {number}",
                    kinds[number % len(kinds)], phases[number % 2],
                    "Studenten en medewerkers van zorg en welzijn leren samen op de werkvloer.",
                    [provinces[number % len(provinces)]], [branches[number % len(branches)]],
                    True, world.day - dt.timedelta(days=number % 300),
                )  # fmt: skip

    # Before the initiatives, which count their partners as they are written
    world.loader.load(
        partnerships.InitiativePartner,
        ["initiative_id", "organisation_id"],
        (
            ((p - 1) * INITIATIVES + n + 1, world.organisation(p, 2 + (n + k) % (EMPLOYERS + 1)))
            for p in world.each()
            for n in range(INITIATIVES)
            for k in range(4)
        ),
    )
    world.loader.load(
        partnerships.Initiative,
        ["id", "partnership_id", "slug", "title", "kind", "state", "summary", "provinces", "branches",
         "is_published", "refreshed_on"],
        initiatives(),
    )  # fmt: skip
    total = world.partnerships * INITIATIVES
    world.loader.load(
        partnerships.Initiative.themes.through,
        ["initiative_id", "theme_id"],
        ((n, (n + k) % len(themes) + 1) for n in range(1, total + 1) for k in range(2)),
    )
    world.loader.load(
        partnerships.Call,
        ["id", "partnership_id", "slug", "title", "summary", "study_year", "partners_target", "places_target",
         "deadline", "is_published"],
        ((p, p, f"oproep-{p}", "Werkgevers gezocht", "Tien keer tien plekken.", world.day.year, 10, 100,
          world.day + dt.timedelta(days=60), True) for p in world.each()),
    )  # fmt: skip
