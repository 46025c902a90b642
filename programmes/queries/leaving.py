"""Which cohorts someone teaches who leaves the role, and who at the school could take them over."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from partnerships.models import Membership
from partnerships.models.memberships import MembershipQuerySet
from partnerships.queries.able import Gone
from partnerships.queries.leaving import Hanging
from partnerships.queries.people import held
from programmes.models import CohortTeacher

TEACHES = "cohort"


def key_of(cohort_id: int) -> str:
    """Under what a cohort goes over."""
    return f"{TEACHES}-{cohort_id}"


def handed_to(gone: Gone, roles: MembershipQuerySet) -> list[int]:
    """The cohorts that one of these roles takes over from who leaves."""
    chosen = {key: role for key, role in gone.handed if key.startswith(f"{TEACHES}-")}
    known = set(roles.filter(role=Role.TEACHER, pk__in=chosen.values()).values_list("pk", flat=True))
    return [int(key.partition("-")[2]) for key, role in chosen.items() if role in known]


def hangs_on(membership: Membership) -> list[Hanging]:
    """Each cohort with who else teaches it, and the other teachers of the school."""
    if membership.role != Role.TEACHER:
        return []
    rows = CohortTeacher.objects.running()
    own = rows.filter(membership=membership).values("cohort")
    all_of_them = rows.filter(cohort__in=own).select_related("cohort", "membership")
    there = list(all_of_them.order_by("cohort__name", "pk"))
    staff = [row for row in held([membership.organisation_id], [Role.TEACHER]) if row.pk != membership.pk]
    return [
        _hanging(row, {other.membership_id for other in there if other.cohort_id == row.cohort_id}, staff)
        for row in there
        if row.membership_id == membership.pk
    ]


def _hanging(row: CohortTeacher, teaching: set[int], staff: list[Membership]) -> Hanging:
    others = [str(one.person) for one in staff if one.pk in teaching]
    words = (
        _("Teaches {cohort}, together with {others}. They continue.")
        if others
        else _("Is the only teacher of {cohort}, so someone else has to be.")
    )
    return Hanging(
        format_lazy(words, cohort=row.cohort.name, others=", ".join(others)),
        key=key_of(row.cohort_id),
        label=format_lazy(_("Who takes over {cohort} after the last day?"), cohort=row.cohort.name),
        successors=tuple((one.pk, str(one.person)) for one in staff if one.pk not in teaching),
        thing=row.cohort.name,
    )
