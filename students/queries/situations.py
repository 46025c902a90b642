"""Work situations as those who treat them see them."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import written
from students.models import WorkSituation


@written
def situations_by_key(*, keys: list[int]) -> QuerySet[WorkSituation]:
    """Those of a list that says which may be seen, with student, parties and what came of each."""
    return WorkSituation.objects.filter(pk__in=keys).with_details()
