"""What is agreed about the days, hours and place of a placement, from a day on."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models import Location, Membership


class PlacementTerms(models.Model):
    """What holds for a placement in a period, as all have signed it; until then what its slot says.

    The rows are not stored: they are a view over the signed texts of its agreements, which have their days already
    (`agreements/migrations/0003_terms_follow.py`). A copy of them here would be one more that can differ.
    """

    id = models.BigIntegerField(primary_key=True)
    placement = models.ForeignKey(
        "placements.Placement", verbose_name=_("placement"), on_delete=models.PROTECT, related_name="terms"
    )
    starts_on = models.DateField(_("holds from"))
    ends_on = models.DateField(_("holds until"), null=True)
    week = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("minutes for each day of the week"))
    minutes_per_week = models.PositiveSmallIntegerField(_("minutes a week"), null=True)
    location = models.ForeignKey(
        Location, verbose_name=_("location"), on_delete=models.PROTECT, related_name="+"
    )
    trainer = models.ForeignKey(
        Membership, verbose_name=_("practice trainer"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    contact = models.ForeignKey(
        Membership,
        verbose_name=_("contact at the school"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        managed = False
        db_table = "placements_placementterms"
        verbose_name = _("terms of a placement")
        verbose_name_plural = _("terms of placements")
        ordering = ["starts_on", "pk"]

    def __str__(self) -> str:
        return f"{self.placement}, {self.starts_on}"
