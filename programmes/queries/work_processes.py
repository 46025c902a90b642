"""The work processes of a programme, for the pages that show or choose them."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import written
from programmes.models import WorkProcess


@written
def processes_of(*, programme: int) -> QuerySet[WorkProcess]:
    """Those of `WorkProcess.objects.of_programme`."""
    return WorkProcess.objects.of_programme(programme)
