"""Students: the person behind enrolments."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.readlog import AboutSomeone, Subject
from core.versions import Versioned

if TYPE_CHECKING:
    from partnerships.actors import Actor

ADULT = 18


class StudentQuerySet(models.QuerySet["Student"]):
    def own(self, actor: Actor) -> Self:
        return self.filter(person=actor.person_id)

    def with_address(self, email: str) -> Self:
        """Those whose mail goes to this address."""
        return self.filter(person__in=Person.objects.with_address(email))

    def of_school(self, school_id: int) -> Self:
        """With an enrolment, running or not, in a programme of the school."""
        return self.filter(enrolments__cohort__programme__school=school_id).distinct()


class Student(AboutSomeone, Versioned):
    """A person who learns: what a school knows besides name and address.

    No citizen service number or education number, ever (UAVG art. 46).
    """

    ON_RECORD = ("born_on", "town", "pc4")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Under which histories know rows that turned out to be this student.
    former_ids = ArrayField(models.UUIDField(), verbose_name=_("former ids"), default=list, editable=False)
    person = models.OneToOneField(
        "accounts.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="student"
    )
    invitation = models.ForeignKey(
        "accounts.Invitation",
        verbose_name=_("invitation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="students",
    )
    born_on = models.DateField(_("date of birth"))
    town = models.CharField(_("town"), max_length=80)
    pc4 = models.CharField(
        _("postcode (4 digits)"),
        max_length=4,
        validators=[
            RegexValidator(r"^[1-9]\d{3}$", _("Give the 4 digits of the postcode, for example 3841."))
        ],
    )

    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("student")
        verbose_name_plural = _("students")
        ordering = ["person__sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="student_pc4_format",
                condition=Q(pc4__regex=r"^[1-9]\d{3}$"),
                violation_error_message=_("Give the 4 digits of the postcode, for example 3841."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def subject(self) -> Subject:
        """Whose file it is, for the read log."""
        return Subject(self.public_id, self.person_id)

    @property
    def all_ids(self) -> list[uuid.UUID]:
        """Under which histories know the student."""
        return [self.public_id, *self.former_ids]

    @property
    def full_name(self) -> str:
        return self.person.full_name

    @property
    def first_name(self) -> str:
        return self.person.first_name

    @property
    def address(self) -> str:
        """Where mail to the student goes."""
        return self.person.address

    @property
    def has_account(self) -> bool:
        return self.person.has_account

    def is_minor_on(self, day: date) -> bool:
        """Whether the student is under 18 on the day: then a legal representative signs too (docs/domain.md 5)."""
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had_birthday) < ADULT
