"""Cooperation agreements between the parties of a partnership, in versions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from partnerships.enums import AgreementState
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Partnership


class CooperationAgreement(models.Model):
    """One version of what the parties promised each other (story A-01); a signed one is read-only."""

    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.CASCADE,
        related_name="cooperation_agreements",
    )
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=10, choices=AgreementState, default=AgreementState.DRAFT)
    vision = models.TextField(_("shared vision"), max_length=4000)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)

    class Meta:
        verbose_name = _("cooperation agreement")
        verbose_name_plural = _("cooperation agreements")
        ordering = ["partnership", "-version"]
        constraints = [
            models.UniqueConstraint(name="cooperation_version_once", fields=["partnership", "version"]),
            models.CheckConstraint(
                name="cooperation_signed_has_date",
                condition=Q(state=AgreementState.DRAFT) | Q(signed_on__isnull=False),
                violation_error_message=_("Give the date of signing."),
            ),
            models.CheckConstraint(
                name="cooperation_ends_after_signing",
                condition=Q(ends_on__isnull=True) | Q(signed_on__isnull=True) | Q(ends_on__gt=F("signed_on")),
                violation_error_message=_("The end date must be after the start date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership}, {self.version}"


class CooperationSignatory(models.Model):
    """Who signed, by organisation and function, never by name (seed rule: roles may be shown)."""

    agreement = models.ForeignKey(
        CooperationAgreement,
        verbose_name=_("agreement"),
        on_delete=models.CASCADE,
        related_name="signatories",
    )
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT)
    function = models.CharField(_("function"), max_length=120)

    class Meta:
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.function}"
