"""A member of a partnership proposes an initiative in half a page; who writes for the partnership answers."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, IntegerField, Q, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import periods
from core.versions import Versioned
from partnerships.enums import InitiativeKind, ProposalState
from partnerships.models.initiatives import Initiative
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Partnership
from partnerships.roles import BRINGS_INITIATIVES

if TYPE_CHECKING:
    from partnerships.actors import Actor


class InitiativeProposalQuerySet(models.QuerySet["InitiativeProposal"]):
    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=ProposalState.OPEN)

    def visible_to(self, actor: Actor) -> Self:
        """Those of organisations for which the actor could propose too, and of partnerships that the actor writes for."""
        return self.filter(
            Q(organisation__in=actor.organisations(*BRINGS_INITIATIVES))
            | Q(partnership__in=actor.writes_for)
            | Q(by=actor.person_id)
        )

    def for_list(self) -> Self:
        """With who proposed and where; those that wait first, then the newest."""
        waits = Case(When(state=ProposalState.OPEN, then=0), default=Value(1), output_field=IntegerField())
        rows = self.select_related("partnership", "organisation", "by__user", "initiative")
        return rows.order_by(waits, "-proposed_at", "-pk")


class InitiativeProposal(Versioned):
    """What the initiative would be, in the words of who proposes it. These stay; the initiative has its own."""

    TRANSITIONS = {
        "take_on": ({ProposalState.OPEN}, ProposalState.TAKEN_ON),
        "decline": ({ProposalState.OPEN}, ProposalState.DECLINED),
        "withdraw": ({ProposalState.OPEN}, ProposalState.WITHDRAWN),
    }
    REASON_REQUIRED = frozenset({"decline"})
    REFUSALS = dict.fromkeys(TRANSITIONS, _("This proposal does not wait for an answer any more."))

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership,
        verbose_name=_("partnership"),
        on_delete=models.PROTECT,
        related_name="initiative_proposals",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="initiative_proposals",
    )
    by = models.ForeignKey(
        Person, verbose_name=_("proposed by"), on_delete=models.PROTECT, related_name="+", editable=False
    )
    proposed_at = models.DateTimeField(_("proposed at"), default=timezone.now, editable=False)
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=InitiativeKind)
    summary = models.CharField(_("in one sentence"), max_length=300)
    question = models.TextField(_("question"), max_length=2000)
    aim = models.TextField(_("aim"), max_length=2000)
    partners_wanted = models.CharField(_("partners wanted"), max_length=300, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    success_measure = models.CharField(_("measure of success"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=ProposalState, default=ProposalState.OPEN, editable=False
    )
    initiative = models.OneToOneField(
        Initiative,
        verbose_name=_("initiative"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="proposal",
    )

    objects = InitiativeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal for an initiative")
        verbose_name_plural = _("proposals for initiatives")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            periods.ends_after_start("initiative_proposal_ends_after_start"),
            models.CheckConstraint(
                name="initiative_proposal_taken_on_is_there",
                condition=Q(state=ProposalState.TAKEN_ON, initiative__isnull=False)
                | ~Q(state=ProposalState.TAKEN_ON) & Q(initiative__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "proposed_at", "id"],
                condition=Q(state=ProposalState.OPEN),
                name="initiative_proposal_open",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page for who proposed it and who answers."""
        return reverse("partnerships:initiative-proposal", args=[self.public_id])
