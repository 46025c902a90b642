"""Organisations that take part in an initiative, each by its own yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import periods
from core.versions import Versioned
from partnerships.enums import PartnerState
from partnerships.models.organisations import Organisation
from partnerships.roles import BRINGS_INITIATIVES

if TYPE_CHECKING:
    from partnerships.actors import Actor

WAITING = (PartnerState.INVITED, PartnerState.ASKED)
OUT = {PartnerState.DECLINED, PartnerState.WITHDRAWN, PartnerState.LEFT}


class InitiativePartnerQuerySet(models.QuerySet["InitiativePartner"]):
    def joined(self) -> Self:
        """Those that take part."""
        return self.filter(state=PartnerState.JOINED)

    def live(self) -> Self:
        """Those that take part, or wait for the second yes."""
        return self.filter(state__in=[PartnerState.JOINED, *WAITING])

    def to_answer_for(self, organisation_id: int) -> Self:
        """Invitations that wait for the answer of an organisation."""
        return self.filter(state=PartnerState.INVITED, organisation=organisation_id)

    def own(self, actor: Actor) -> Self:
        """Those of organisations for which the actor speaks."""
        return self.filter(organisation__in=actor.organisations(*BRINGS_INITIATIVES))

    def for_list(self) -> Self:
        """With organisation and contact person; those that wait first, then those that take part, by name."""
        place = Case(
            When(state__in=WAITING, then=0),
            When(state=PartnerState.JOINED, then=1),
            default=Value(2),
            output_field=IntegerField(),
        )
        rows = self.select_related("organisation", "contact", "initiative__partnership")
        return rows.order_by(place, "organisation__name", "pk")


class InitiativePartner(Versioned):
    """One organisation in one initiative, for as long as both stand: who left and comes back has the same row."""

    TRANSITIONS = {
        "invite": (OUT, PartnerState.INVITED),
        "ask": (OUT, PartnerState.ASKED),
        "accept": (set(WAITING), PartnerState.JOINED),
        "decline": (set(WAITING), PartnerState.DECLINED),
        "withdraw": (set(WAITING), PartnerState.WITHDRAWN),
        "leave": ({PartnerState.JOINED}, PartnerState.LEFT),
    }
    REASON_REQUIRED = frozenset({"decline", "leave"})
    REFUSALS = {
        **dict.fromkeys(("accept", "decline", "withdraw"), _("This does not wait for an answer any more.")),
        **dict.fromkeys(
            ("invite", "ask"), _("This organisation takes part already, or waits for an answer.")
        ),
        "leave": _("This organisation does not take part."),
    }
    ON_RECORD = ("role", "contact")

    initiative = models.ForeignKey(
        "partnerships.Initiative",
        verbose_name=_("initiative"),
        on_delete=models.PROTECT,
        related_name="partners",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="initiatives"
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=PartnerState,
        default=PartnerState.JOINED,
        db_default=PartnerState.JOINED,
        editable=False,
    )
    role = models.CharField(_("what it does here"), max_length=80, blank=True, default="", db_default="")
    # Unknown of those that took part before the portal kept it.
    starts_on = models.DateField(_("takes part since"), null=True, blank=True, editable=False)
    ends_on = models.DateField(_("took part until"), null=True, blank=True, editable=False)
    contact = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("contact person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )

    objects = InitiativePartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["organisation__name", "pk"]
        constraints = [
            models.UniqueConstraint(name="initiative_partner_once", fields=["initiative", "organisation"]),
            periods.ends_after_start("initiative_partner_ends_after_start", may_be_one_day=True),
            models.CheckConstraint(
                name="initiative_partner_left_has_last_day",
                condition=Q(state=PartnerState.LEFT, ends_on__isnull=False)
                | ~Q(state=PartnerState.LEFT) & Q(ends_on__isnull=True),
            ),
        ]
        indexes = [models.Index(fields=["contact"], name="initiative_partner_contact")]

    def __str__(self) -> str:
        return str(self.organisation)

    def get_absolute_url(self) -> str:
        """The page for both sides; `for_list` has what it is made of."""
        return reverse("partnerships:initiative-partner", args=[self.initiative.slug, self.organisation.slug])

    @property
    def was_invited(self) -> bool:
        """Whether the initiative said the first yes, so that the organisation answers."""
        return self.state == PartnerState.INVITED
