"""Students with their plans, places and placements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from agreements import models as agreements
from agreements.enums import AgreementState, VersionState
from benchmarks.loading import NOW
from benchmarks.region import PROCESSES
from benchmarks.world import (
    COHORTS,
    EMPLOYERS,
    GOALS,
    PER_COHORT,
    PER_PARTNERSHIP,
    SEATS,
    SITUATIONS,
    SLOTS,
    World,
)
from placements import enums as work
from placements import models as placements
from programmes import models as programmes
from programmes.enums import AccreditationStatus
from students import enums as learning
from students import models as students

PARTIES = (learning.Party.STUDENT, learning.Party.EMPLOYER, learning.Party.SCHOOL)


def fill(world: World) -> None:
    people(world)
    plans(world)
    slots(world)
    placed_students(world)
    situations(world)


def people(world: World) -> None:
    born_on = dt.date(2004, 3, 14)
    world.loader.load(
        students.Student,
        ["id", "person_id", "born_on", "town", "pc4"],
        ((n, n, born_on, "Lelystad", "8224") for n in range(1, world.count + 1)),
    )
    start, end = world.day - dt.timedelta(days=100), world.day + dt.timedelta(days=600)
    world.loader.load(
        students.Enrolment,
        ["id", "student_id", "cohort_id", "starts_on", "ends_on"],
        ((n, n, (n - 1) // PER_COHORT + 1, start, end) for n in range(1, world.count + 1)),
    )


def plans(world: World) -> None:
    """Four of five plans are active with goals in every state; the others are drafts that wait for consent."""
    everyone = range(1, world.count + 1)
    states, goal_states = learning.PlanState, learning.GoalState
    made = NOW - dt.timedelta(days=90)
    world.loader.load(
        students.LearningPlan,
        ["id", "enrolment_id", "state", "activated_at"],
        ((n, n, states.ACTIVE, made) if world.is_placed(n) else (n, n, states.DRAFT, None) for n in everyone),
    )
    cycle = (
        goal_states.ASSESSED,
        goal_states.ASSESSED,
        goal_states.DEMONSTRATED,
        goal_states.BUSY,
        goal_states.AGREED,
    )

    def goals() -> Iterator[tuple[Any, ...]]:
        for n in everyone:
            for k in range(GOALS):
                number = (n - 1) * GOALS + k + 1
                state = cycle[(n + k) % len(cycle)] if world.is_placed(n) else goal_states.PROPOSED
                assessed = state == goal_states.ASSESSED
                yield (
                    number, n, (n + k) % PROCESSES + 1, k, state,
                    None if state == goal_states.PROPOSED else number, number,
                    learning.GoalResult.PASSED if assessed else "", made if assessed else None,
                )  # fmt: skip

    world.loader.load(
        students.Goal,
        [
            "id",
            "plan_id",
            "work_process_id",
            "position",
            "state",
            "current_id",
            "latest_id",
            "result",
            "assessed_at",
        ],
        goals(),
    )
    due = [world.day + dt.timedelta(days=days) for days in range(-20, 200, 11)]
    world.loader.load(
        students.GoalVersion,
        ["id", "goal_id", "number", "text", "criterion", "due_on", "asked_at", "agreed_at"],
        (
            (g, g, 1, f"Ik rapporteer over de zorg volgens de afspraken {g % 97}", "Drie keer goed.",
             due[g % len(due)], made, made if world.is_placed((g - 1) // GOALS + 1) else None)
            for g in range(1, world.count * GOALS + 1)
        ),
    )  # fmt: skip

    def handed_in(*states: learning.GoalState) -> Iterator[int]:
        """The goals that were handed in and are in one of these states."""
        for n in everyone:
            if world.is_placed(n):
                for k in range(GOALS):
                    if cycle[(n + k) % len(cycle)] in states:
                        yield (n - 1) * GOALS + k + 1

    over = (goal_states.DEMONSTRATED, goal_states.ASSESSED)
    world.loader.load(
        students.Evidence,
        ["id", "goal_id", "text", "for_teachers"],
        ((g, g, "Dit deed ik drie keer, met een collega erbij.", True) for g in handed_in(*over)),
    )
    world.loader.load(
        students.HandIn, ["id", "goal_id", "version_id", "at"], ((g, g, g, made) for g in handed_in(*over))
    )
    world.loader.load(
        students.HandIn.evidence.through, ["handin_id", "evidence_id"], ((g, g) for g in handed_in(*over))
    )
    world.loader.load(
        students.Assessment,
        ["hand_in_id", "result", "at"],
        ((g, learning.GoalResult.PASSED, made) for g in handed_in(goal_states.ASSESSED)),
    )
    world.loader.load(
        students.PlanVersion, ["id", "plan_id", "number", "asked_at"], ((n, n, 1, made) for n in everyone)
    )
    world.loader.load(
        students.PlanVersion.goal_versions.through,
        ["planversion_id", "goalversion_id"],
        (((g - 1) // GOALS + 1, g) for g in range(1, world.count * GOALS + 1)),
    )

    days = [made + dt.timedelta(hours=hours) for hours in range(0, 60 * 24, 5)]

    def consents() -> Iterator[tuple[Any, ...]]:
        for g in range(1, world.count * GOALS + 1):
            student = (g - 1) // GOALS + 1
            partnership = (student - 1) // PER_PARTNERSHIP + 1
            teacher = world.staff(partnership, 1 + (student - 1) % PER_PARTNERSHIP // PER_COHORT)
            asked = PARTIES if world.is_placed(student) else PARTIES[2:]
            for number, party in enumerate(asked, 1):
                employer = world.employer_of(student) if party == learning.Party.EMPLOYER else None
                by = student if party == learning.Party.STUDENT else teacher
                yield g, number, party, learning.Answer.YES, by, employer, days[g % len(days)]

    world.loader.load(
        students.Consent,
        ["goal_version_id", "number", "party", "answer", "by_id", "organisation_id", "at"],
        consents(),
    )
    world.loader.load(
        students.GoalRemark,
        ["goal_id", "party", "text"],
        (
            (g, learning.Party.EMPLOYER, "Goed gedaan, ga zo door.")
            for g in range(1, world.count * GOALS + 1, 5)
        ),
    )


def situations(world: World) -> None:
    """Two of each student, brought in on different days."""
    rows = range(1, world.count * SITUATIONS + 1)
    world.loader.load(
        students.WorkSituation,
        ["id", "enrolment_id", "text", "work_process_id", "state", "for_teachers", "created_at"],
        (
            (n, (n - 1) // SITUATIONS + 1, f"Een bewoner wilde niet eten. Wat doe ik dan? ({n % 89})", n % PROCESSES + 1,
             learning.SituationState.SUBMITTED, True, NOW - dt.timedelta(days=1 + n % 60))
            for n in rows
        ),
    )  # fmt: skip


def slots(world: World) -> None:
    settings = [work.Setting.NURSING_HOME, work.Setting.HOME_CARE, work.Setting.DISTRICT_CARE]
    start, end = world.day - dt.timedelta(days=95), world.day + dt.timedelta(days=300)

    def slots() -> Iterator[tuple[Any, ...]]:
        for p in world.each():
            for n in range(SLOTS):
                employer = world.employer(p, n % EMPLOYERS)
                yield (
                    (p - 1) * SLOTS + n + 1, employer, employer, p, f"BBL Verzorgende, plek {n}", SEATS, _taken(n),
                    start - dt.timedelta(days=n % 40), end + dt.timedelta(days=n % 60), settings[n % 3],
                    work.Visibility.REGION, work.SlotState.ONLINE,
                    world.day - dt.timedelta(days=n % 30),
                )  # fmt: skip

    # Before the places, which take up for which qualifications they are as they are written
    world.loader.load(
        placements.Slot.qualifications.through,
        ["slot_id", "qualification_id"],
        ((n, 1) for n in range(1, world.partnerships * SLOTS + 1)),
    )
    world.loader.load(
        placements.Slot,
        ["id", "organisation_id", "location_id", "partnership_id", "title", "seats", "taken", "starts_on", "ends_on",
         "setting", "visibility", "state", "confirmed_on"],
        slots(),
    )  # fmt: skip
    world.loader.load(
        programmes.AccreditationCheck,
        ["id", "school_id", "organisation_id", "learning_company_id", "crebo", "status", "valid_from", "checked_on",
         "source"],
        (
            (world.employer(p, n), world.school(p), world.employer(p, n), f"{100000000 + n}", "25999",
             AccreditationStatus.VERIFIED, world.day - dt.timedelta(days=500), world.day, "voorbeeldgegevens")
            for p in world.each()
            for n in range(EMPLOYERS)
        ),
    )  # fmt: skip


def placed_students(world: World) -> None:
    placed = [n for n in range(1, world.count + 1) if world.is_placed(n)]
    start, end = world.day - dt.timedelta(days=95), world.day + dt.timedelta(days=300)
    before = NOW - dt.timedelta(days=120)
    world.loader.load(
        placements.Match,
        ["id", "slot_id", "enrolment_id", "state", "reason", "answer_by", "employer_agreed_at"],
        (
            (n, _slot_and_seat(n)[0], n, work.MatchState.ACCEPTED, "Dicht bij huis.", before.date(), before)
            for n in placed
        ),
    )
    world.loader.load(
        placements.Placement,
        [
            "id",
            "match_id",
            "slot_id",
            "seat_no",
            "organisation_id",
            "enrolment_id",
            "student_id",
            "state",
            "starts_on",
            "ends_on",
            "confirmed_on",
        ],
        (
            (
                n, n, *_slot_and_seat(n), world.employer_of(n), n, n, work.PlacementState.RUNNING, start, end,
                before.date(),
            )
            for n in placed
        ),
    )  # fmt: skip
    own = [n for n in placed if world.employer_of(n) == world.employer(world.middle, 1)]
    world.loader.load(
        placements.Supervision,
        ["placement_id", "membership_id", "organisation_id", "starts_on"],
        ((n, world.supervisor, world.employer_of(n), start) for n in own),
    )
    waiting = [n for n in range(1, world.count + 1) if not world.is_placed(n) and n % 2]
    world.loader.load(
        placements.Match,
        ["id", "slot_id", "enrolment_id", "state", "reason", "answer_by"],
        (
            (
                n,
                (n - 1) // PER_PARTNERSHIP * SLOTS + 2 * EMPLOYERS + n % 50 + 1,
                n,
                work.MatchState.PROPOSED,
                "Dichtbij.",
                world.day + dt.timedelta(days=14),
            )
            for n in waiting
        ),
    )
    world.loader.load(
        agreements.Agreement,
        ["id", "placement_id", "state", "activated_at"],
        (
            (n, n, AgreementState.ACTIVE, before) if n % 4 else (n, n, AgreementState.SIGNING, None)
            for n in placed
        ),
    )
    holds = DateRange(start, end + dt.timedelta(days=1))
    world.loader.load(
        agreements.AgreementVersion,
        ["id", "agreement_id", "number", "parties", "starts_on", "ends_on", "effective_from", "location_id",
         "hours_per_year", "total_hours", "guidance", "content", "assessment", "ending", "digest",
         "asked_at", "waits_since", "state", "holds", "signed_at", "signed_digest"],
        (
            (n, n, 1, _parties(world, n), start, end, start, world.employer_of(n), {"2026": 850},
             850, "Elke week.", "Alles.", "De school beslist.", "In overleg.", f"{n:064d}", before, before,
             *((VersionState.SIGNED, holds, before, f"{n:064d}") if n % 4 else (VersionState.SIGNING, None, None, "")))
            for n in placed
        ),
    )  # fmt: skip
    world.loader.load(
        agreements.AccreditationGround,
        ["version_id", "accreditation_id"],
        ((n, world.employer_of(n)) for n in placed if n % 4),
    )
    world.loader.load(
        agreements.Signature,
        ["version_id", "signer", "name", "person_id", "by_id", "signed_on"],
        (
            (n, signer, world.name(n)[0], *_signs(world, n, signer), world.day - dt.timedelta(days=96))
            for n in placed
            for signer in ("student", "employer", "school")
            if n % 4 or signer == "student"
        ),
    )


def _parties(world: World, student: int) -> dict[str, Any]:
    """Who agree, as `agreements.queries.terms` writes it."""
    partnership, number = divmod(student - 1, PER_PARTNERSHIP)
    return {
        "student": " ".join(world.name(student)), "employer": f"Zorggroep {partnership + 1}-{number // 5}",
        "learning_company_id": "", "location": f"Locatie {number // 5}, Lelystad", "school": f"Roc {partnership + 1}",
        "programme": "Verzorgende BBL", "route": "bbl", "cohort": f"Groep {number // PER_COHORT + 1}",
        "qualifications": [{"crebo": "25999", "name": "Verzorgende IG", "level": 3}], "is_example": False,
    }  # fmt: skip


def _signs(world: World, student: int, signer: str) -> tuple[int, int]:
    """Who signs, twice: the person, and who pressed the button."""
    partnership, number = divmod(student - 1, PER_PARTNERSHIP)
    staff = {"employer": 1 + COHORTS + number // 5, "school": 1 + number // PER_COHORT}
    user = world.staff(partnership + 1, staff[signer]) if signer in staff else student
    return user, user


def _taken(slot: int) -> int:
    """How many of the seats of a slot of a partnership the students below have."""
    turn, employer = divmod(slot, EMPLOYERS)
    return SEATS if turn < SEATS and employer < PER_PARTNERSHIP // 5 else 0


def _slot_and_seat(student: int) -> tuple[int, int]:
    """Five students an employer, four of them placed: two in each of its first two slots."""
    partnership, number = divmod(student - 1, PER_PARTNERSHIP)
    employer, turn = divmod(number, 5)
    return partnership * SLOTS + employer + 1 + EMPLOYERS * (turn // 2), turn % 2 + 1
