"""What lower apps tell students."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.dispatch import receiver

from accounts.models import Person
from accounts.signals import people_merging, person_changed, who_is_asked
from core.mail import Ask
from core.models import FieldChange, StoredFile
from core.signals import something_found
from partnerships.models import InitiativeParticipant
from partnerships.queries.able import Gone, Sentences
from partnerships.signals import participant_joined, person_relied_on, rights_lowering
from students.models import Student
from students.models.students import StudentQuerySet
from students.queries import able, asks
from students.services import evidence, students


@receiver(people_merging, dispatch_uid="students.merge")
def merge(sender: Any, kept: Person, dropped: Person, by: int | None, **kwargs: Any) -> list[str]:
    """Two people turned out to be one: when both are students, their enrolments come together."""
    return students.merge(kept=kept, dropped=dropped, by=by)


@receiver(person_relied_on, dispatch_uid="students.is_student")
def is_student(sender: Any, person_id: int, **kwargs: Any) -> StudentQuerySet:
    """Someone wants to know who else works with a person: the school of whoever learns does."""
    return Student.objects.filter(person=person_id)


@receiver(rights_lowering, dispatch_uid="students.ask_for_teachers")
def ask_for_teachers(sender: Any, gone: Gone, **kwargs: Any) -> Sentences:
    """Someone's rights are about to end: whether students lose their last teacher."""
    return able.left_without(gone)


@receiver(person_changed, dispatch_uid="students.tell_teachers")
def tell_teachers(
    sender: Any, person: Person, made: list[FieldChange], by: int | None, **kwargs: Any
) -> None:
    """A name or an address changed: the teachers of a student hear of it."""
    students.tell_teachers(person=person, made=made, by=by)


@receiver(participant_joined, dispatch_uid="students.tell_of_initiative")
def tell_of_initiative(sender: Any, participant: InitiativeParticipant, **kwargs: Any) -> None:
    """Someone takes part in an initiative: the teachers of a student hear of it."""
    students.tell_of_initiative(participant=participant)


@receiver(something_found, dispatch_uid="students.tell_found")
def tell_found(sender: Any, file: StoredFile, **kwargs: Any) -> None:
    """Something was found in a file: when it is evidence, its student hears of it."""
    evidence.tell_found(file=file)


@receiver(who_is_asked, dispatch_uid="students.own_teachers")
def own_teachers(
    sender: Any, reader: Person | None, by: Person | None, **kwargs: Any
) -> tuple[int, Callable[[], list[Ask]]]:
    """A student asks the own teachers."""
    return 2, lambda: asks.of_student(reader) if reader is not None and by is None else []
