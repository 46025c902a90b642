"""What this app does when something happens in an app below it."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from partnerships.actors import Actor
from partnerships.models import Membership
from partnerships.signals import membership_ended, membership_started
from placements.services import enrolments, supervisors
from students.models import Enrolment, Student
from students.signals import enrolment_ended, students_merged


@receiver(membership_started, dispatch_uid="placements.link_supervisor")
def link_supervisor(sender: Any, membership: Membership, **kwargs: Any) -> None:
    """A supervisor accepted the invitation: the name in the list gets the account."""
    supervisors.link(membership=membership)


@receiver(membership_ended, dispatch_uid="placements.unlink_supervisor")
def unlink_supervisor(sender: Any, membership: Membership, **kwargs: Any) -> None:
    """A membership ended: when it was a supervisor's, only the name stays in the list."""
    supervisors.unlink(membership=membership)


@receiver(enrolment_ended, dispatch_uid="placements.end_with_enrolment")
def end_with_enrolment(sender: Any, enrolment: Enrolment, by: Actor, **kwargs: Any) -> None:
    """An enrolment ended: what the student has and waits for at workplaces ends with it."""
    enrolments.end(enrolment=enrolment, by=by)


@receiver(students_merged, dispatch_uid="placements.follow_merge")
def follow_merge(sender: Any, kept: Student, dropped: Student, **kwargs: Any) -> None:
    """Two students turned out to be one person: the placements go to the one that is kept."""
    enrolments.merge(kept=kept, dropped=dropped)
