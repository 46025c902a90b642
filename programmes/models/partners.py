"""With whom a school gives a programme: the partnership and the employers, each from a day to a day."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import periods
from core.dates import today
from partnerships.models import Organisation, Partnership
from programmes.models.programmes import Programme

ONE_PARTNERSHIP = _("The programme is part of another partnership in these days.")
TAKES_PART_ALREADY = _("This employer already takes part in the programme.")


class DatedPartner(models.Model):
    """A row that begins on a day and is ended by someone; it stays when it is over."""

    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class ProgrammePartnership(DatedPartner):
    """In which partnership a programme is given; one at a time.

    What runs stands on the programme too, where rights, figures and the finder read it by the thousand. The database holds
    the two to each other (migrations/0003_partners.py).
    """

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="partnerships"
    )
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("partnership of a programme")
        verbose_name_plural = _("partnerships of programmes")
        ordering = ["programme", "starts_on", "pk"]
        constraints = [
            *periods.constraints("programme_partnership", "programme", overlap=ONE_PARTNERSHIP),
            # It ends at once: no day passes on which the programme itself would have to change
            models.CheckConstraint(
                name="programme_partnership_ends_at_once",
                condition=Q(ends_on__isnull=True) | Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} – {self.partnership}"


class PartnerEmployerQuerySet(models.QuerySet["PartnerEmployer"]):
    def running(self) -> Self:
        """Those of today."""
        return self.filter(periods.running())


class PartnerEmployer(DatedPartner):
    """An employer that takes part in a programme."""

    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="partner_employers"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("partner employer"),
        on_delete=models.PROTECT,
        related_name="partner_programmes",
    )

    objects = PartnerEmployerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner employer")
        verbose_name_plural = _("partner employers")
        ordering = ["programme", "starts_on", "pk"]
        constraints = periods.constraints(
            "partner_employer", "programme", "organisation", overlap=TAKES_PART_ALREADY
        )

    def __str__(self) -> str:
        return f"{self.programme} – {self.organisation}"
