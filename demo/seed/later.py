"""What people did once all was there, each act by the portal's own service, on the day on which it was done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from accounts.models import Person
from accounts.services import people
from accounts.services.people import Name
from agreements.enums import AgreementState, Signer, VersionKind
from agreements.models import Agreement
from agreements.services import agreements, signatures, versions
from core.models import OutgoingMail
from demo.people import demo_person
from demo.seed.agreements import longer
from demo.seed.context import Seed
from demo.seed.history import made_at
from partnerships.actors import Actor, actor_of_person
from partnerships.services import members, memberships
from placements.enums import PlacementState, Visibility
from placements.models import Match, Placement, Slot, Supervisor
from placements.models.placements import PlacementQuerySet
from placements.queries.supervising import GUIDES
from placements.services import break_offs, matches, placements, slots, supervisors
from students.enums import GoalState
from students.models import Enrolment, Goal
from students.services import goals, leavings

EMPLOYER, SCHOOL = "trainer", "teacher"  # who acts for the employer of the demo, and for the school
FORMER, SMALL, NEW = (
    "BBL Verzorgende IG, Molenhof, vorige lichting",
    "BBL Verzorgende IG, De Waterlelie, kleine groep",
    "BBL Verzorgende IG, Huis aan het Bos, nieuwe afdeling",
)
WHY = "De werkdagen passen bij de schooldag."
NO_ACCOUNT, NO_ACCOUNT_AT = Name(first_name="Gea", last_name="Polman"), "gea.polman@de-linde.example"


class Days:
    """Lets people act on days, counted from that of loading."""

    def __init__(self, seed: Seed) -> None:
        self.seed = seed

    def act(
        self, days: int, by: str | Person | None, service: Callable[..., Any], /, hour: int = 10, **what: Any
    ) -> Any:
        """`by` is a key of people.csv, a person, or None where the service asks no actor, as for the clock."""
        with made_at(self.seed.at(days, hour)):
            if by is not None:
                what["by"] = self.actor(by)
            return service(**what)

    def actor(self, who: str | Person) -> Actor:
        return actor_of_person((self.seed.people[who] if isinstance(who, str) else who).pk)


def load(seed: Seed) -> None:
    """Once; its mails went out on those days and are not kept."""
    if Person.objects.filter(email=NO_ACCOUNT_AT).exists():
        return
    days = Days(seed)
    _former_place(days)
    _last_seat(days)
    _closed_place(days)
    _leavers(days)
    _running(days)
    OutgoingMail.objects.exclude(told_in=None).delete()  # parts before what tells of them
    OutgoingMail.objects.all().delete()


# Proposals and places


def _enrolment(first_name: str, last_name: str, cohort: str, seed: Seed) -> Enrolment:
    named = {"student__person__first_name": first_name, "student__person__last_name": last_name}
    return Enrolment.objects.select_related("student__person").get(cohort=seed.cohorts[cohort], **named)


def _online(days: Days, title: str, on: int) -> Slot:
    slot = Slot.objects.get(title=title)
    days.act(on, EMPLOYER, slots.publish, slot_id=slot.pk, visibility=Visibility.PARTNERSHIP, version=None)
    return slot


def _proposed(days: Days, slot: Slot, enrolment: Enrolment, on: int, hour: int) -> Match:
    what = {"slot_id": slot.pk, "enrolment_id": enrolment.pk, "reason": WHY}
    match: Match = days.act(on, SCHOOL, matches.propose, hour, **what, read=None)
    return match


def _placed(days: Days, slot: Slot, enrolment: Enrolment, on: int) -> Placement:
    """Proposed and agreed to on one day."""
    match = _proposed(days, slot, enrolment, on, 9)
    yes = {"match_id": match.pk, "yes": True, "reason": ""}
    days.act(on, EMPLOYER, matches.employer_answer, 11, **yes, read=None)
    placement: Placement = days.act(
        on, enrolment.student.person, matches.student_answer, 14, **yes, read=None
    )
    return placement


def _former_place(days: Days) -> None:
    """A place whose period is over: one student worked there till the end, for another it was too late."""
    slot = _online(days, FORMER, -429)
    enrolment = _enrolment("Daan", "El Amrani", "vig-delta-1", days.seed)
    placement = _placed(days, slot, enrolment, -419)
    days.act(-419, None, placements.start, 15, placement_id=placement.pk)
    agreement = Agreement.objects.get(placement=placement)
    asked = days.act(
        -418, SCHOOL, versions.ask, agreement_id=agreement.pk, from_digest=agreement.versions.get().digest
    )
    signed = {"agreement_id": agreement.pk, "version_id": asked.pk}
    days.act(-418, enrolment.student.person, signatures.sign, 12, signer=Signer.STUDENT, **signed)
    days.act(-418, EMPLOYER, signatures.sign, 13, signer=Signer.EMPLOYER, **signed)
    days.act(-418, SCHOOL, signatures.sign, 14, signer=Signer.SCHOOL, **signed)
    late = _proposed(days, slot, _enrolment("Siem", "Cate", "vig-delta-2", days.seed), -9, 10)
    days.act(-2, None, placements.complete, 6, placement_id=placement.pk)
    days.act(-2, None, agreements.complete, 6, agreement_id=agreement.pk)
    days.act(-2, None, matches.expire, 7, match_id=late.pk)


def _last_seat(days: Days) -> None:
    """Two were proposed for one seat; the first yes took it, and the student's other proposal went too."""
    slot = _online(days, SMALL, -12)
    _proposed(days, slot, _enrolment("Laila", "Sprenkeling", "vig-delta-2", days.seed), -1, 8)
    _placed(days, slot, _enrolment("Yusuf", "Groeneveld", "vig-delta-2", days.seed), -1)


def _closed_place(days: Days) -> None:
    """One proposal was taken back, and then the place closed; one who was placed there leaves with that before beginning."""
    slot = _online(days, NEW, -12)
    placement = _placed(days, slot, _enrolment("Hanna", "Tesfaye", "vig-delta-2", days.seed), -1)
    mistaken = _proposed(days, slot, _enrolment("Dilan", "Oosting", "vig-delta-2", days.seed), -1, 15)
    days.act(
        -1,
        SCHOOL,
        matches.withdraw,
        16,
        match_id=mistaken.pk,
        reason="Dit was de verkeerde student.",
        read=None,
    )
    _proposed(days, slot, _enrolment("Iris", "Rossem", "vig-delta-2", days.seed), -1, 16)
    days.act(
        -1,
        EMPLOYER,
        slots.close,
        17,
        slot_id=slot.pk,
        reason="De afdeling gaat later open dan gedacht.",
        leaving={placement.pk: days.seed.day(0)},
        read=None,
    )


def _leavers(days: Days) -> None:
    """A student with a proposal leaves the programme, and an organisation a partnership."""
    enrolment = _enrolment("Anouk", "Sprenkeling", "hzw-domplein", days.seed)
    last_day = days.seed.day(-1)
    left = {"enrolment_id": enrolment.pk, "last_day": last_day, "reason": "Ander werk gevonden."}
    days.act(-1, "domplein-teacher", leavings.drop_out, 16, **left, read=None)
    platform = days.seed.partnerships["opleidersplatform-flevoland"]
    member = platform.members.get(organisation=days.seed.organisations["poldermeer"])
    days.act(-6, "coordinator-midden", members.end, member_id=member.pk, read=None)


# What runs, and changes


def _in_force(seed: Seed) -> PlacementQuerySet:
    """Placements at the employer of the demo with one text in force and nothing beside it."""
    plain = Agreement.objects.filter(state=AgreementState.ACTIVE).exclude(versions__number__gt=1)
    return (
        Placement.objects.filter(
            organisation=seed.organisations["de-linde"],
            state=PlacementState.RUNNING,
            enrolment__cohort=seed.cohorts["vig-delta-1"],
            agreements__in=plain,
        )
        .exclude(student__person__user__email=demo_person("student").email)
        .order_by("pk")
    )


def _running(days: Days) -> None:
    """One ends on a day to come, one has another supervisor, one student is called otherwise, one change is off."""
    seed = days.seed
    ending, changed, renamed = _in_force(seed)[:3]
    days.act(
        -2,
        EMPLOYER,
        break_offs.break_off,
        placement_id=ending.pk,
        last_day=seed.day(21),
        reason="De afdeling verhuist en de reis wordt te ver.",
        read=None,
    )
    _without_account(days, changed)
    person = renamed.student.person
    person.name_prefix, person.last_name = "van", "Zandvoort"
    days.act(-5, None, people.save_own, person=person, version=None)
    _change_is_off(days, Agreement.objects.get(placement=changed))
    goal = Goal.objects.filter(plan__enrolment=changed.enrolment, state=GoalState.AGREED).latest("position")
    days.act(
        -4, SCHOOL, goals.lapse, goal_id=goal.pk, reason="Dit komt op deze afdeling niet voor.", read=None
    )


def _without_account(days: Days, placement: Placement) -> None:
    """A supervisor who is named before having an account takes a student over, and is to leave again."""
    new = days.act(
        -20,
        EMPLOYER,
        supervisors.add,
        organisation_id=placement.organisation_id,
        name=NO_ACCOUNT,
        email=NO_ACCOUNT_AT,
    )
    to = Supervisor.objects.get(pk=new.pk)
    days.act(-10, EMPLOYER, supervisors.hand_over, placement_id=placement.pk, to=to, read=None)
    colleague = Supervisor.objects.get(person=days.seed.people["supervisor"])
    days.act(
        -1,
        "linde-manager",
        memberships.end,
        membership_id=to.pk,
        last_day=days.seed.day(12),
        successors={GUIDES: colleague.pk},
        read=None,
    )


def _change_is_off(days: Days, agreement: Agreement) -> None:
    """More hours were asked and are not wanted any more."""
    agreed = agreement.versions.get()
    asked = days.act(
        -15,
        SCHOOL,
        versions.amend,
        agreement_id=agreement.pk,
        kind=VersionKind.HOURS,
        effective_from=days.seed.day(7),
        from_version_id=agreed.pk,
        reason="De student wil meer uren.",
        ask_now=True,
        **longer(agreed, 2),
    )
    off = {"agreement_id": agreement.pk, "version_id": asked.pk, "reason": "Het past niet in het rooster."}
    days.act(-13, SCHOOL, versions.withdraw, **off)
