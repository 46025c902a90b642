"""The first text of an agreement, made from the data. Own words, in Dutch: it is a Dutch document."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.enums import Role
from agreements.queries import hours
from partnerships.models import Membership
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


def parties_of(placement: Placement, qualifications: list[Qualification]) -> dict[str, Any]:
    """Who agree on what, by the names of today: a later change of name leaves a signed text alone."""
    slot, cohort = placement.slot, placement.enrolment.cohort
    return {
        "student": placement.student.full_name,
        "employer": slot.organisation.name,
        "learning_company_id": slot.organisation.learning_company_id,
        "location": str(slot.location),
        "school": cohort.programme.school.name,
        "programme": cohort.programme.name,
        "route": cohort.programme.route,
        "cohort": cohort.name,
        "qualifications": [
            {"crebo": item.crebo, "name": item.name, "level": item.level} for item in qualifications
        ],
        "is_example": slot.organisation.is_example or cohort.programme.school.is_example,
    }


def first_terms(placement: Placement, qualifications: list[Qualification]) -> dict[str, Any]:
    """The contents of version 1: the four groups of WEB article 7.2.8 lid 2."""
    starts_on, ends_on = _period(placement)
    programme = placement.enrolment.cohort.programme
    with translation.override("nl"):
        return {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "hours_per_year": hours.propose(
                route=programme.route,
                starts_on=starts_on,
                ends_on=ends_on,
                hours_per_week=placement.slot.hours_per_week,
            ),
            "hours_reason": "",
            "practice_trainer": _practice_trainer(placement),
            "school_contact": _school_contact(placement),
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
                "is put in writing, with the reason and the last day. The school then looks for another place."
            ),
        }


def _period(placement: Placement) -> tuple[date, date]:
    """The placement within the enrolment; the placement itself when the two do not meet."""
    starts_on = max(placement.starts_on, placement.enrolment.starts_on)
    ends_on = min(placement.ends_on, placement.enrolment.ends_on)
    return (starts_on, ends_on) if starts_on < ends_on else (placement.starts_on, placement.ends_on)


def _practice_trainer(placement: Placement) -> str:
    """The only practice trainer of the employer, or the first by name; a person checks it."""
    found = (
        Membership.objects.running()
        .filter(organisation=placement.slot.organisation_id, role=Role.PRACTICE_TRAINER)
        .select_related("user")
        .order_by("user__sort_name", "pk")
        .first()
    )
    return found.user.get_full_name()[:120] if found else ""


def _school_contact(placement: Placement) -> str:
    found = (
        CohortTeacher.objects.filter(
            cohort=placement.enrolment.cohort_id, membership__in=Membership.objects.running()
        )
        .select_related("membership__user")
        .order_by("pk")
        .first()
    )
    return found.membership.user.get_full_name()[:120] if found else ""


def _guidance(placement: Placement) -> str:
    slot = placement.slot
    supervisor = placement.supervisor or slot.supervisor
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
