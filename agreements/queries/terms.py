"""The text of an agreement, made from the data. Own words, in Dutch: it is a Dutch document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import Role
from agreements.enums import VersionState
from agreements.models import AgreementVersion
from agreements.queries import hours
from partnerships.models import Location, Membership
from partnerships.models.memberships import MembershipQuerySet
from partnerships.roles import EMPLOYER_PARTY
from placements.models import Placement
from programmes.models import CohortTeacher, CoreTask, Qualification, WorkProcess

LONGEST_CONTENT = 6000


def qualifications_of(placement: Placement) -> list[Qualification]:
    """The qualifications of the student's programme with their core tasks and work processes."""
    processes = WorkProcess.objects.order_by("number", "pk")
    tasks = CoreTask.objects.order_by("code", "pk").prefetch_related(
        Prefetch("work_processes", queryset=processes)
    )
    return list(
        placement.enrolment.cohort.programme.qualifications.order_by("crebo", "pk").prefetch_related(
            Prefetch("core_tasks", queryset=tasks)
        )
    )


def parties_of(
    placement: Placement, qualifications: list[Qualification], location: Location
) -> dict[str, Any]:
    """Who agree on what, by the names of today: a later change of name leaves a signed text alone."""
    slot, cohort = placement.slot, placement.enrolment.cohort
    return {
        "student": placement.student.full_name,
        "employer": slot.organisation.name,
        "learning_company_id": slot.organisation.learning_company_id,
        "location": str(location),
        "school": cohort.programme.school.name,
        "programme": cohort.programme.name,
        "route": cohort.programme.route,
        "cohort": cohort.name,
        "qualifications": [
            {"crebo": item.crebo, "name": item.name, "level": item.level} for item in qualifications
        ],
        "is_example": slot.organisation.is_example or cohort.programme.school.is_example,
    }


def refresh(version: AgreementVersion) -> None:
    """Let a draft, not saved here, name everyone as they are called today; what was asked keeps its names."""
    if version.state != VersionState.DRAFT:
        return
    placement = version.agreement.placement
    version.parties = parties_of(placement, qualifications_of(placement), version.location)
    if version.trainer:
        version.practice_trainer = name_of(version.trainer)
    if version.contact:
        version.school_contact = name_of(version.contact)
    version.digest = version.fingerprint()


def renamed(version: AgreementVersion) -> list[tuple[str, str]]:
    """Who is called otherwise now than in a text whose names stand: the name in it, and that of today."""
    if version.state == VersionState.DRAFT:
        return []
    placement = version.agreement.placement
    names = [
        (str(version.parties.get("student", "")), placement.student.full_name),
        (str(version.parties.get("employer", "")), placement.slot.organisation.name),
        (str(version.parties.get("school", "")), placement.enrolment.cohort.programme.school.name),
    ]
    if version.trainer:
        names.append((version.practice_trainer, name_of(version.trainer)))
    if version.contact:
        names.append((version.school_contact, name_of(version.contact)))
    return [(then, now) for then, now in names if then and then != now]


def name_of(membership: Membership) -> str:
    """The name under which someone stands in an agreement."""
    return membership.person.full_name[:120]


def next_terms(agreed: AgreementVersion, starts_on: date, ends_on: date) -> dict[str, Any]:
    """The contents of the first text of a next agreement: as it was, for the days that are left."""
    route = agreed.agreement.placement.enrolment.cohort.programme.route
    spread = hours.propose(
        route=route,
        starts_on=starts_on,
        ends_on=ends_on,
        minutes_per_week=agreed.minutes_per_week,
    )
    pauses = [pause for pause in agreed.breaks if pause[1] >= starts_on.isoformat()]
    return agreed.carried_on | {
        "starts_on": starts_on,
        "ends_on": ends_on,
        "hours_per_year": spread,
        "breaks": pauses,
    }


def first_terms(placement: Placement, qualifications: list[Qualification]) -> dict[str, Any]:
    """The contents of version 1: the four groups of WEB article 7.2.8 lid 2."""
    starts_on, ends_on = _period(placement)
    programme, slot = placement.enrolment.cohort.programme, placement.slot
    trainer, contact = _practice_trainer(placement), _school_contact(placement)
    with translation.override("nl"):
        return {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "minutes_per_week": slot.minutes_per_week,
            "week": slot.week,
            "hours_per_year": hours.propose(
                route=programme.route,
                starts_on=starts_on,
                ends_on=ends_on,
                minutes_per_week=slot.minutes_per_week,
            ),
            "hours_reason": "",
            "breaks": [],
            "location": slot.location,
            "trainer": trainer,
            "contact": contact,
            "practice_trainer": name_of(trainer) if trainer else "",
            "school_contact": name_of(contact) if contact else "",
            "guidance": _guidance(placement),
            "content": _content(qualifications),
            "assessment": _(
                "The workplace says how the student is doing: at the start, halfway and at the end. The school "
                "weighs that opinion and decides whether the agreed part of the qualification has been achieved. "
                "The student may ask for an explanation of every decision."
            ),
            "ending": _(
                "This agreement stops by itself on the end date, and when the student passes or leaves the "
                "programme. Student, workplace and school can stop earlier together. One of them can stop alone "
                "when the guidance, the safety or the accreditation falls short and talking has not helped. That "
                "is put in writing, with the reason and the last day. The school then looks for another training place."
            ),
        }


def _period(placement: Placement) -> tuple[date, date]:
    """The placement within the enrolment; the placement itself when the two do not meet."""
    starts_on = max(placement.starts_on, placement.enrolment.starts_on)
    ends_on = min(placement.ends_on, placement.enrolment.ends_on)
    return (starts_on, ends_on) if starts_on < ends_on else (placement.starts_on, placement.ends_on)


def _practice_trainer(placement: Placement) -> Membership | None:
    """The only practice trainer of the employer, or the first by name; a person checks it."""
    return trainers(placement.slot.organisation_id).filter(role=Role.PRACTICE_TRAINER).first()


def _school_contact(placement: Placement) -> Membership | None:
    return school_contacts(placement.enrolment.cohort_id).first()


def trainers(organisation_id: int) -> MembershipQuerySet:
    """Who can be responsible for the learning at an employer, by name."""
    return (
        Membership.objects.running()
        .filter(organisation=organisation_id, role__in=EMPLOYER_PARTY)
        .select_related("person__user")
        .order_by("person__sort_name", "pk")
    )


def school_contacts(cohort_id: int) -> MembershipQuerySet:
    """Who can be the contact at the school: the teachers of the cohort, who is asked first before the others."""
    teaching = CohortTeacher.objects.running().filter(cohort=cohort_id)
    return (
        Membership.objects.running()
        .filter(cohort_teachers__in=teaching)
        .select_related("person__user")
        .order_by("-cohort_teachers__is_lead", "cohort_teachers__pk")
    )


def _guidance(placement: Placement) -> str:
    slot = placement.slot
    supervisor = placement.supervisor or slot.names
    parts = []
    if supervisor:
        parts.append(_("%(name)s guides the student in the daily work.") % {"name": supervisor.name})
    else:
        parts.append(_("A work supervisor guides the student in the daily work."))
    if slot.supervision_hours:
        parts.append(_("For that there are %(hours)s hours a week.") % {"hours": slot.supervision_hours})
    parts.append(
        _(
            "The practice trainer watches over the learning and talks with student and school at the start, "
            "halfway and at the end. The contact at the school keeps in touch with the workplace and can be "
            "reached when something goes wrong. Support that the student needs because of a disability or "
            "illness is agreed beforehand and stays in force here."
        )
    )
    return " ".join(parts)


def _content(qualifications: list[Qualification]) -> str:
    """Core tasks with their work processes; only the core tasks where that would be too long."""
    opening = _("At the workplace the student works on these core tasks and work processes.")
    for with_processes in (True, False):
        lines = [opening]
        for item in qualifications:
            lines.append(f"\n{item.name} (crebo {item.crebo})")
            for task in item.core_tasks.all():
                lines.append(f"- {task.code} {task.title}")
                if with_processes:
                    lines += [f"  - {process.code} {process.title}" for process in task.work_processes.all()]
        text = "\n".join(lines)
        if len(text) <= LONGEST_CONTENT:
            return text
    return text[: LONGEST_CONTENT - 1] + "…"
