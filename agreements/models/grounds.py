"""On which checks of the employer's accreditation a text was signed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.models.versions import AgreementVersion
from core.readlog import AboutSomeone
from programmes.models import AccreditationCheck


class AccreditationGround(AboutSomeone):
    """When a text was signed by all, this check said that the employer was accredited on its first day, for one crebo.

    The database takes no text for signed that lacks one for a crebo (migrations/0002_signed_texts_stand.py). What
    became of the accreditation later is another check, and leaves this row alone.
    """

    ABOUT = "version"
    APPEND_ONLY = True

    version = models.ForeignKey(
        AgreementVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="grounds"
    )
    accreditation = models.ForeignKey(
        AccreditationCheck,
        verbose_name=_("accreditation check"),
        on_delete=models.PROTECT,
        related_name="grounds",
    )
    at = models.DateTimeField(_("recorded at"), default=timezone.now)

    class Meta:
        verbose_name = _("ground in an accreditation")
        verbose_name_plural = _("grounds in accreditations")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(name="accreditation_ground_once", fields=["version", "accreditation"])
        ]

    def __str__(self) -> str:
        return f"{self.version}: {self.accreditation}"
