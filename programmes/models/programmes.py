"""Programmes: one or more crebos that a school offers with its partner employers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import names
from core.versions import Versioned
from partnerships.models import Initiative, Organisation, Partnership
from programmes.enums import Route
from programmes.models.qualifications import Qualification

if TYPE_CHECKING:
    from partnerships.actors import Actor


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def of_own_school(self, actor: Actor) -> Self:
        """Programmes of the schools to which the actor belongs, in whatever role."""
        return self.filter(school__in=actor.organisations())

    def visible_to(self, actor: Actor) -> Self:
        """Own school's programmes, and those of partnerships the actor coordinates or takes part in."""
        return self.filter(
            Q(school__in=actor.organisations(Role.TEACHER, Role.MANAGER, Role.COORDINATOR))
            | Q(partnership__in=actor.coordinates | actor.takes_part)
        )

    def for_list(self) -> Self:
        return self.select_related("school").prefetch_related("qualifications").order_by("name", "pk")


class Programme(Versioned):
    """A programme of a school; a combined one (VZMZ) holds two crebos (docs/domain.md 10)."""

    ON_RECORD = ("name", "partnership")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        Organisation, verbose_name=_("school"), on_delete=models.PROTECT, related_name="programmes"
    )
    # The one that runs (`ProgrammePartnership`)
    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="programmes",
    )
    name = models.CharField(_("name"), max_length=160)
    route = models.CharField(_("learning route"), max_length=5, choices=Route, default=Route.BBL)
    qualifications = models.ManyToManyField(
        Qualification, verbose_name=_("qualifications"), related_name="programmes"
    )
    contract_hours = models.PositiveSmallIntegerField(
        _("least contract hours a week"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
    )
    school_days = models.PositiveSmallIntegerField(
        _("school days a week"), default=1, validators=[MinValueValidator(0), MaxValueValidator(5)]
    )
    is_switcher = models.BooleanField(_("for career switchers"), default=False)
    is_example = models.BooleanField(_("example data"), default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["name", "pk"]
        constraints = [
            names.constraint("programme", "name"),
            models.UniqueConstraint(
                name="programme_name_once",
                fields=["school", "name"],
                violation_error_message=_("The school already has a programme with this name."),
            ),
            models.CheckConstraint(name="programme_school_days_0_to_5", condition=Q(school_days__lte=5)),
        ]

    def __str__(self) -> str:
        return self.name
