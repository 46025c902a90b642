"""Programmes of schools that turn out to be one."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from core import changes
from partnerships.actors import Actor
from partnerships.models import Organisation
from programmes.models import Programme


@transaction.atomic
def tell_apart(*, kept: Organisation, dropped: Organisation, by: Actor) -> list[str]:
    """Give a programme of `dropped` another name where `kept` has one of that name: both go on, with their cohorts.

    Whether they are the same programme is for the school to say. Gives what was done, in sentences.
    """
    solved = []
    names = set(Programme.objects.filter(school=kept).values_list("name", flat=True))
    for programme in Programme.objects.filter(school=dropped, name__in=names).order_by("pk"):
        before = programme.name
        programme.name = _another_name(before, dropped.name, names)
        names.add(programme.name)
        changes.save(programme, by=by.person_id, update_fields=["name"])
        words = _("Both have a programme %(before)s. That of %(school)s is called %(after)s from now on.")
        solved.append(words % {"before": before, "school": dropped.name, "after": programme.name})
    return solved


def _another_name(name: str, school: str, taken: set[str]) -> str:
    """The name with that of the school behind it, and a number where that is taken too."""
    longest = Programme._meta.get_field("name").max_length or 0
    for number in range(1, len(taken) + 2):
        behind = f" ({school})" if number == 1 else f" ({school} {number})"
        found = name[: longest - len(behind)] + behind
        if found not in taken:
            break
    return found
