"""Enrolments by their keys, many at once."""

from __future__ import annotations

from collections.abc import Iterable

from students.models import Enrolment


def versions_of(enrolments: Iterable[int]) -> dict[int, str]:
    """The versions of enrolment, student and person, by the key of the enrolment."""
    rows = Enrolment.objects.filter(pk__in=list(enrolments)).values_list(
        "pk", "row_version", "student__row_version", "student__person__row_version"
    )
    return {key: ".".join(map(str, numbers)) for key, *numbers in rows}
