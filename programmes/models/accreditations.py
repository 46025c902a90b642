"""Accreditation of a learning company per crebo, as checked by a person (docs/domain.md 8, Accreditation)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from partnerships.models import Member, Organisation
from partnerships.roles import KEEPS_SLOTS
from programmes.enums import AccreditationStatus
from programmes.models.qualifications import CREBO_FORMAT

if TYPE_CHECKING:
    from partnerships.actors import Actor


def employers_near(actor: Actor) -> models.QuerySet[Organisation]:
    """Employers in the partnerships in which the actor is teacher or coordinator."""
    near = Member.objects.running().filter(
        partnership__in=actor.coordinates | actor.takes_part_as(Role.TEACHER)
    )
    return Organisation.objects.employers().filter(pk__in=near.values("organisation"))


class AccreditationQuerySet(models.QuerySet["Accreditation"]):
    def verified_on(self, day: date) -> Self:
        """Those that hold on the day: verified, begun and not ended or withdrawn."""
        return self.filter(
            Q(status=AccreditationStatus.VERIFIED, valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )

    def visible_to(self, actor: Actor) -> Self:
        """The employer's own; teachers and coordinators those of organisations in shared partnerships."""
        return self.filter(
            Q(organisation__in=actor.organisations(*KEEPS_SLOTS)) | Q(organisation__in=employers_near(actor))
        )

    def checkable_by(self, actor: Actor) -> Self:
        """Those that a teacher or coordinator may change: of employers in own partnerships."""
        return self.filter(organisation__in=employers_near(actor))

    def for_list(self) -> Self:
        return self.select_related("organisation").order_by(
            "organisation__name", "crebo", "-checked_on", "pk"
        )


class Accreditation(models.Model):
    """One check: leerbedrijf-ID × crebo, its status, since when, who looked and where."""

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE, related_name="accreditations"
    )
    learning_company_id = models.CharField(_("learning company ID"), max_length=20)
    crebo = models.CharField(
        _("crebo"), max_length=5, validators=[RegexValidator(CREBO_FORMAT, _("A crebo code has 5 digits."))]
    )
    status = models.CharField(_("status"), max_length=9, choices=AccreditationStatus)
    valid_from = models.DateField(_("holds from"))
    valid_until = models.DateField(_("holds until"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"))
    source = models.CharField(_("source"), max_length=200)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = AccreditationQuerySet.as_manager()

    class Meta:
        verbose_name = _("accreditation")
        verbose_name_plural = _("accreditations")
        ordering = ["organisation", "crebo", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="accreditation_once_per_crebo",
                fields=["organisation", "crebo"],
                violation_error_message=_("There is already a check for this crebo; change that one."),
            ),
            models.CheckConstraint(
                name="accreditation_crebo_format",
                condition=Q(crebo__regex=CREBO_FORMAT),
                violation_error_message=_("A crebo code has 5 digits."),
            ),
            periods.ends_after_start(
                "accreditation_ends_after_start", "valid_from", "valid_until", may_be_one_day=True
            ),
            models.CheckConstraint(
                name="accreditation_withdrawn_has_day",
                condition=Q(status=AccreditationStatus.WITHDRAWN, withdrawn_on__isnull=False)
                | (~Q(status=AccreditationStatus.WITHDRAWN) & Q(withdrawn_on__isnull=True)),
                violation_error_message=_("Give the day on which the accreditation was withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.crebo}"

    def get_absolute_url(self) -> str:
        return reverse("programmes:accreditation-detail", args=[self.organisation.slug, self.crebo])

    def holds_on(self, day: date) -> bool:
        """As `verified_on`, for a row that is loaded."""
        if self.status != AccreditationStatus.VERIFIED or self.valid_from > day:
            return False
        return self.valid_until is None or self.valid_until >= day
