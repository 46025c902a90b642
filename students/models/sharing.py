"""Who reads what a student shows: the student decides it for each piece of evidence and each work situation."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Role
from core.lookups import keys_of
from core.versions import Versioned
from students.enums import Reader
from students.models.access import LearnerAccess
from students.models.enrolments import Enrolment

if TYPE_CHECKING:
    from partnerships.actors import Actor


class Shown(Versioned):
    """A row that a student shows to others, or to nobody: a flag for each kind of reader."""

    ON_RECORD: tuple[str, ...] = ("for_teachers", "for_supervisor", "for_employer")

    for_teachers = models.BooleanField(gettext_lazy("for my teachers"), default=False)
    for_supervisor = models.BooleanField(gettext_lazy("for my supervisor at work"), default=False)
    for_employer = models.BooleanField(
        gettext_lazy("for the contact persons and practice trainers at work"), default=False
    )

    class Meta:
        abstract = True

    @property
    def readers(self) -> frozenset[Reader]:
        return frozenset(reader for reader in Reader if getattr(self, f"for_{reader}"))

    @property
    def readers_in_words(self) -> str:
        """As the student reads it."""
        chosen = [str(reader.label) for reader in Reader if reader in self.readers]
        return capfirst(", ".join(chosen) or _("only me"))


def flags(readers: Collection[str]) -> dict[str, bool]:
    """The columns of `Shown` for a choice of readers."""
    chosen = {Reader(reader) for reader in readers}
    return {f"for_{reader}": reader in chosen for reader in Reader}


def is_shared_with(actor: Actor, enrolment: str, goal: str = "") -> Q:
    """A condition on rows of `Shown`: the actor's own, or shown to the actor by the flag of what the actor is.

    `enrolment` is the path from the row to the student's enrolment. `goal` is the path to the goal that the row belongs
    to: whoever sees only some goals, as a host in an exchange, reads what is shown with those. A row without a goal is
    for those who see the whole plan.
    """
    ways = Q(**{f"{enrolment}__in": keys_of(Enrolment.objects.own(actor))})
    if actor.cohorts:
        taught = keys_of(Enrolment.objects.taught_by(actor))
        ways |= Q(**{"for_teachers": True, f"{enrolment}__in": taught})
    held = LearnerAccess.objects.running().filter(enrolment=OuterRef(enrolment))
    held = held.to_goal(goal) if goal else held.to_plans()
    if supervising := actor.memberships(Role.SUPERVISOR):
        ways |= Q(for_supervisor=True) & Q(Exists(held.filter(membership__in=supervising)))
    if employers := actor.employer_organisations:
        as_employer = held.filter(membership__isnull=True, organisation__in=employers)
        ways |= Q(for_employer=True) & Q(Exists(as_employer))
    return ways
