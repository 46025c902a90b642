"""Whether a school has the student already who is about to be enrolled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Person
from accounts.queries.likeness import has_nearly_the_name, people_like
from students.models import Student


def students_like(*, school_id: int, name: str, email: str, born_on: dt.date) -> list[Student]:
    """Students of the school, in whatever cohort, with nearly this name who were born on this day, at another address.

    Both are what the asker knows of the student: so nothing is told of one in a cohort that is not the asker's.
    """
    own = Student.objects.of_school(school_id).filter(born_on=born_on)
    if own.with_address(email).exists():
        return []
    among = Person.objects.filter(pk__in=own.values("person"))
    found = {person.pk: person for person in people_like(among=among, name=name, email=email)}
    rows = {row.person_id: row for row in own.filter(person__in=found).select_related("person")}
    return [rows[key] for key in found if key in rows]


def birthdays_of_like(*, school_id: int, people: Iterable[tuple[str, dt.date]]) -> set[dt.date]:
    """Of many names and days of birth at once: the days on which a student of the school with nearly the name was born."""
    alike = Q()
    for name, born_on in people:
        alike |= Q(has_nearly_the_name(name, "person__"), born_on=born_on)
    if not alike:
        return set()
    return set(Student.objects.of_school(school_id).filter(alike).values_list("born_on", flat=True))
