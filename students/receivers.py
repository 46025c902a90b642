"""What lower apps tell students."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from accounts.models import Person
from accounts.signals import people_merging
from students.services import students


@receiver(people_merging, dispatch_uid="students.merge")
def merge(sender: Any, kept: Person, dropped: Person, by: int | None, **kwargs: Any) -> None:
    """Two people turned out to be one: when both are students, their enrolments come together."""
    students.merge(kept=kept, dropped=dropped, by=by)
