"""Who reads figures about people: sums without names, groups under five hidden (docs/domain.md 2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.access import ALLOW, Verdict, deny
from partnerships.models import Organisation, Partnership
from partnerships.roles import READS_OWN_FIGURES

if TYPE_CHECKING:
    from partnerships.actors import Actor


def can_see_figures(actor: Actor, partnership: Partnership) -> Verdict:
    """Of a partnership: its coordinators, who sits in its steering group, its observers and the managers of members."""
    readers = actor.coordinates | actor.steers | actor.observes | actor.takes_part_as(Role.MANAGER)
    if partnership.pk in readers:
        return ALLOW
    return deny(
        _("Only coordinators, the steering group, observers and managers of the members see these figures.")
    )


def can_see_own_figures(actor: Actor, organisation: Organisation) -> Verdict:
    """Of a school or an employer, about its own people: its managers, contact persons and practice trainers."""
    if not (organisation.is_school or organisation.is_employer):
        return deny(_("Only schools and employers have these figures."))
    if actor.has_role(organisation.pk, *READS_OWN_FIGURES):
        return ALLOW
    return deny(
        _("Only managers, contact persons and practice trainers of the organisation see its figures.")
    )
