"""What this app does when something happens in an app below it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils.functional import Promise

from core.models import StateChange
from partnerships.actors import Actor
from partnerships.models import Membership, Organisation
from partnerships.queries.leaving import Hanging
from partnerships.signals import (
    membership_ended,
    membership_restored,
    organisation_relied_on,
    organisations_merging,
    role_leaving_considered,
)
from programmes.models import Programme
from programmes.queries import leaving
from programmes.services import cohorts, programmes


@receiver(organisation_relied_on, dispatch_uid="programmes.is_school")
def is_school(sender: Any, organisation_id: int, **kwargs: Any) -> QuerySet[Programme]:
    """Someone wants to know whether others count on an organisation: those whose programmes it gives do."""
    return Programme.objects.filter(school=organisation_id)


@receiver(organisations_merging, dispatch_uid="programmes.merge")
def merge(
    sender: Any, kept: Organisation, dropped: Organisation, by: Actor, act: StateChange, **kwargs: Any
) -> list[str]:
    """Two organisations turned out to be one: programmes of one name are told apart, and who partners twice does once."""
    return [
        *programmes.tell_apart(kept=kept, dropped=dropped, by=by),
        *programmes.of_employers(kept=kept, dropped=dropped, by=by, act=act),
    ]


@receiver(role_leaving_considered, dispatch_uid="programmes.cohorts_hang_on")
def cohorts_hang_on(sender: Any, membership: Membership, **kwargs: Any) -> list[Hanging]:
    """Someone is about to end a role: the cohorts that are taught in it."""
    return leaving.hangs_on(membership)


@receiver(membership_ended, dispatch_uid="programmes.cohorts_go_over")
def cohorts_go_over(
    sender: Any,
    membership: Membership,
    by: Actor,
    act: StateChange,
    successors: dict[str, int],
    **kwargs: Any,
) -> None:
    """A teacher leaves and others take the cohorts over."""
    keys = {leaving.key_of(pk): pk for pk in membership.cohort_teachers.values_list("cohort_id", flat=True)}
    chosen = {keys[key]: successor for key, successor in successors.items() if key in keys}
    cohorts.take_over(membership=membership, successors=chosen, by=by, act=act)


@receiver(membership_restored, dispatch_uid="programmes.teacher_comes_back")
def teacher_comes_back(
    sender: Any, act: StateChange, undo: StateChange, **kwargs: Any
) -> list[str | Promise]:
    """A teacher's role goes on after all: the cohorts that were handed over come back."""
    return cohorts.come_back(act=act, undo=undo)
