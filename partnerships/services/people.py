"""Two people who turn out to be one: what both hold is held once."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import Person
from core import periods, states
from partnerships.models import Affiliation, GroupSeat, Membership, RoleRequest


@transaction.atomic
def merge(*, kept: Person, dropped: Person, by: int | None = None) -> None:
    """End what both hold at the same time, on the dropped side; what hung on such a role goes to the one that stays.

    Of two requests that wait at one organisation one goes on: nobody hears of the other, which was the same question.
    All else needs nothing here: its key moves with all others. `by` is a person's id.
    """
    for membership in Membership.objects.filter(person=dropped, ended_at=None).order_by("pk"):
        same = {"organisation": membership.organisation_id, "role": membership.role}
        stays = Membership.objects.filter(periods.beside(membership), person=kept, **same).first()
        if stays is not None:
            _hand_over(membership, stays)
            for mandate in membership.mandates.filter(ended_at=None):  # which the role that stays has already
                periods.end(mandate)
            periods.end(membership)
    for row in Affiliation.objects.filter(person=dropped, ended_at=None).order_by("pk"):
        same = {"partnership": row.partnership_id, "kind": row.kind, "source_id": row.source_id}
        other = Affiliation.objects.filter(periods.beside(row), person=kept, **same).first()
        if other is not None:
            row.seats.update(affiliation=other, person=kept)
            periods.end(row)
    for seat in GroupSeat.objects.filter(person=dropped, ended_at=None).order_by("pk"):
        if GroupSeat.objects.filter(periods.beside(seat), person=kept, group=seat.group_id).exists():
            periods.end(seat)
    waiting = RoleRequest.objects.filter(person=kept).open().values("organisation")
    for request in RoleRequest.objects.filter(person=dropped, organisation__in=waiting).open().order_by("pk"):
        states.advance(request, "expire", by=by)


def _hand_over(membership: Membership, stays: Membership) -> None:
    """Point at the role that stays whatever pointed at the other; what stands there already stands once."""
    for relation in Membership._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if getattr(model, "APPEND_ONLY", False):
            continue
        for pk in model._base_manager.filter(**{name: membership}).values_list("pk", flat=True):
            try:
                with transaction.atomic():
                    model._base_manager.filter(pk=pk).update(**{name: stays})
            except IntegrityError:
                continue  # the role that stays has that already
