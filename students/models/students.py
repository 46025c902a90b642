"""Students: the person behind enrolments."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import emails
from core.text import sort_key

if TYPE_CHECKING:
    from partnerships.actors import Actor

ADULT = 18


class StudentQuerySet(models.QuerySet["Student"]):
    def own(self, actor: Actor) -> Self:
        return self.filter(user=actor.user_id)

    def of_school(self, school_id: int) -> Self:
        """With an enrolment, running or not, in a programme of the school."""
        return self.filter(enrolments__cohort__programme__school=school_id).distinct()


class Student(models.Model):
    """A person who learns; no citizen service number or education number, ever (UAVG art. 46)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="student",
    )
    invitation = models.ForeignKey(
        "accounts.Invitation",
        verbose_name=_("invitation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="students",
    )
    first_name = models.CharField(_("first name"), max_length=60)
    name_prefix = models.CharField(_("prefix of the last name"), max_length=20, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    sort_name = models.CharField(max_length=180, editable=False, db_index=True)
    email = emails.EmailField(_("e-mail address"))
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
        ordering = ["sort_name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="student_pc4_format",
                condition=Q(pc4__regex=r"^[1-9]\d{3}$"),
                violation_error_message=_("Give the 4 digits of the postcode, for example 3841."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep true what is derived: the key that lists sort on."""
        self.sort_name = sort_key(
            last_name=self.last_name, first_name=self.first_name, prefix=self.name_prefix
        )
        fields = kwargs.get("update_fields")
        if fields is not None and {"first_name", "name_prefix", "last_name"} & set(fields):
            kwargs["update_fields"] = {*fields, "sort_name"}
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.first_name, self.name_prefix, self.last_name) if part)

    def is_minor_on(self, day: date) -> bool:
        """Whether the student is under 18 on the day: then a legal representative signs too (docs/domain.md 5)."""
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had_birthday) < ADULT
