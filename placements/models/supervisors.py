"""Work supervisors of an organisation; one can exist before having an account."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import emails
from partnerships.models import Membership, Organisation

if TYPE_CHECKING:
    from partnerships.actors import Actor


class SupervisorQuerySet(models.QuerySet["Supervisor"]):
    """Work supervisors, as pages ask for them."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the organisations in which the actor has a role."""
        return self.filter(organisation__in=actor.organisations())

    def for_list(self) -> Self:
        """With their accounts, by name."""
        return self.select_related("membership__person__user").order_by("name", "pk")


class Supervisor(models.Model):
    """Name and email of a work supervisor; the membership is linked when the invitation is accepted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="supervisors"
    )
    membership = models.OneToOneField(
        Membership,
        verbose_name=_("membership"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="supervisor",
    )
    name = models.CharField(_("name"), max_length=120)
    email = emails.EmailField(_("email address"))

    objects = SupervisorQuerySet.as_manager()

    class Meta:
        verbose_name = _("work supervisor")
        verbose_name_plural = _("work supervisors")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="supervisor_email_once",
                fields=["organisation", "email"],
                violation_error_message=_("There is already a supervisor with this email address."),
            )
        ]

    def __str__(self) -> str:
        return self.name
