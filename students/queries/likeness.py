"""Whether a school has the student already who is about to be enrolled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db.models import Value

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


def likes_of_many(*, school_id: int, people: Mapping[int, tuple[str, dt.date]]) -> dict[int, list[Student]]:
    """The same for many at once, by any number of theirs: students of the school with nearly the name, born on the day."""
    own = Student.objects.of_school(school_id).order_by()
    asked = [
        own.filter(has_nearly_the_name(name, "person__"), born_on=born_on).values_list("pk", Value(number))
        for number, (name, born_on) in people.items()
    ]
    if not asked:
        return {}
    pairs = list(asked[0].union(*asked[1:], all=True))
    rows = Student.objects.select_related("person").in_bulk([key for key, _number in pairs])
    found: dict[int, list[Student]] = {}
    for key, number in sorted(pairs):
        found.setdefault(number, []).append(rows[key])
    return found
