"""The locks under which every verb of an agreement works, so that two of them come one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement, AgreementQuerySet, AgreementVersion, Signature
from partnerships.actors import Actor
from placements.models import Placement, Slot
from placements.services import locks as around
from students.models import Enrolment, Student


def rows() -> AgreementQuerySet:
    """Agreements to be locked for this transaction: only their own rows, not those that are joined."""
    signatures = Signature.objects.select_related("objection", "by__user", "person__user").order_by(
        "at", "pk"
    )
    texts = (
        AgreementVersion.objects.order_by("-number")
        .select_related("location", "trainer__person__user", "contact__person__user")
        .prefetch_related(Prefetch("signatures", queryset=signatures))
    )
    return (
        Agreement.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "placement__student__person__user",
            "placement__slot__organisation",
            "placement__slot__location",
            "placement__enrolment__cohort__programme__school",
        )
        .prefetch_related(Prefetch("versions", queryset=texts))
    )


def agreement(agreement_id: int, by: Actor | None = None) -> Agreement:
    """One agreement, locked, with its texts and everyone around it, and as the rules need it for who acts."""
    found: Agreement = (rows().with_taught(by) if by else rows()).get(pk=agreement_id)
    if by is None:
        found.is_taught = False
    return found


def with_placement(agreement_id: int, by: Actor | None = None) -> Agreement:
    """The same where the act may move the placement: its student, slot and placement are locked first, in that order."""
    known = Placement.objects.values("pk", "enrolment_id", "student_id", "slot_id").get(
        agreements=agreement_id
    )
    around.enrolment(known["enrolment_id"])
    around.student(known["student_id"])
    around.slot(known["slot_id"])
    Placement.objects.select_for_update(of=("self",), no_key=True).get(pk=known["pk"])
    return agreement(agreement_id, by)


def all_with_placement(keys: Iterable[int], by: Actor) -> dict[int, Agreement]:
    """Several agreements by their keys, each as `with_placement` gives it: every kind of row is locked at once."""
    asked = sorted(set(keys))
    known = Placement.objects.filter(agreements__in=asked)
    columns = known.values_list("enrolment_id", "student_id", "slot_id", "pk")
    every: tuple[type[Any], ...] = (Enrolment, Student, Slot, Placement)
    for model, keys_of in zip(every, zip(*columns, strict=True), strict=False):
        own = model.objects.select_for_update(of=("self",), no_key=True)
        list(own.filter(pk__in=set(keys_of)).order_by("pk").values_list("pk", flat=True))
    return all_of(asked, by)


def all_of(keys: Iterable[int], by: Actor) -> dict[int, Agreement]:
    """Several agreements by their keys, locked in that order, each as `agreement` gives it."""
    found = rows().with_taught(by).filter(pk__in=set(keys)).order_by("pk")
    return {row.pk: row for row in found}


def pending(agreement: Agreement) -> AgreementVersion:
    """The text that is being made or signed; refuses where there is none."""
    found = agreement.pending
    if found is None:
        raise ValidationError(_("There is no change that waits now."))
    return found
