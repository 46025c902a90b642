"""What schools found of the accreditation of employers."""

from __future__ import annotations

from django.db.models import QuerySet

from core.written import written
from programmes.models import AccreditationCheck


@written
def checks_by_key(*, keys: list[int]) -> QuerySet[AccreditationCheck]:
    """Checks of a list that says which may be seen, with what is printed of each."""
    return AccreditationCheck.objects.filter(pk__in=keys).with_details()


@written
def counting_of(*, employer: int) -> QuerySet[AccreditationCheck]:
    """Of one employer the newest of each school and crebo, with what the crebo is called."""
    found = AccreditationCheck.objects.counting().of_employers([employer]).titled()
    return found.select_related("school").order_by("crebo", "pk")
