"""At which work processes something can be reported: those of the programmes that a partnership gives."""

from __future__ import annotations

from collections.abc import Collection

from partnerships.actors import Actor
from partnerships.models import Partnership
from partnerships.models.partnerships import PartnershipQuerySet
from programmes.models import Programme, Qualification, WorkProcess
from programmes.models.qualifications import WorkProcessQuerySet, in_order


def reports_in(actor: Actor) -> PartnershipQuerySet:
    """The partnerships that the actor knows from within and that give a programme, by name."""
    gives = Programme.objects.filter(partnership__in=actor.inside).order_by().values("partnership")
    return Partnership.objects.running().filter(pk__in=gives).for_list()


def work_processes_of(partnerships: Collection[int]) -> WorkProcessQuerySet:
    """Those of the qualifications of their programmes, each once with the name of its qualification, in the one order."""
    programmes = Programme.objects.filter(partnership__in=partnerships).order_by()
    given = Qualification.objects.filter(pk__in=programmes.values("qualifications"))
    found = WorkProcess.objects.filter(core_task__qualification__in=given)
    return found.select_related("core_task__qualification").order_by(*in_order())
