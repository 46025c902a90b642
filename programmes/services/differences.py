"""Reporting that a diploma and the job differ at a work process."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.access import ensure
from core.versions import NO_PAGE
from meetings.models import Need
from meetings.rules.needs import can_voice
from meetings.services import needs
from partnerships.actors import Actor
from programmes.models import Difference, WorkProcess
from programmes.queries.differences import work_processes_of

ELSEWHERE = _("Choose a work process of a programme of this partnership.")


@transaction.atomic
def report(*, need: Need, work_process: WorkProcess, by: Actor) -> Difference:
    """Keep it as a need of the partnership, which its coordinators get, with the work process that it is about.

    Raises ValidationError for a work process of no programme there.
    """
    ensure(can_voice(by, need.partnership))
    if not work_processes_of([need.partnership_id]).filter(pk=work_process.pk).exists():
        raise ValidationError({"work_process": ELSEWHERE})
    kept = needs.save(need=need, by=by, version=NO_PAGE)
    return Difference.objects.create(need=kept, work_process=work_process)
