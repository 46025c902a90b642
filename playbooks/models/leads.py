"""Organisations from outside that say: we want this too."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import names
from core.versions import Versioned
from partnerships.models import Partnership
from playbooks.enums import LeadState
from playbooks.models.playbooks import PlaybookVersion

if TYPE_CHECKING:
    from partnerships.actors import Actor


class PlaybookLeadQuerySet(models.QuerySet["PlaybookLead"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those about playbooks of partnerships that the actor coordinates."""
        return self.filter(version__playbook__partnership__in=actor.coordinates)

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.filter(state=LeadState.NEW)

    def for_list(self) -> Self:
        """With who it is and what was read, the newest first."""
        loaded = self.select_related("version__playbook__partnership", "contact__user")
        return loaded.order_by("-consented_at", "pk")


class PlaybookLead(Versioned):
    """Who wants to begin with a playbook too, by the own yes to be contacted about it; forgotten after its term."""

    TRANSITIONS = {
        "answer": ({LeadState.NEW, LeadState.ANSWERED}, LeadState.ANSWERED),
        "close": ({LeadState.NEW, LeadState.ANSWERED}, LeadState.CLOSED),
        "reopen": ({LeadState.CLOSED}, LeadState.NEW),
    }
    REFUSALS = {
        **dict.fromkeys(("answer", "close"), _("This question was closed. Open it again first.")),
        "reopen": _("This question is open already."),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        PlaybookVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="leads"
    )
    organisation_name = models.CharField(_("name of the organisation"), max_length=120)
    town = models.CharField(_("town or region"), max_length=80)
    contact = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("contact person"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="playbook_leads",
    )
    question = models.TextField(_("what you want to know"), max_length=1000, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    consented_at = models.DateTimeField(_("consent given at"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=LeadState, default=LeadState.NEW, editable=False
    )

    objects = PlaybookLeadQuerySet.as_manager()

    class Meta:
        verbose_name = _("interest in a playbook")
        verbose_name_plural = _("interests in playbooks")
        ordering = ["-consented_at", "pk"]
        constraints = [
            names.constraint("playbook_lead", "organisation_name"),
            # That an address waits for one answer is held under the lock of the partnership: it stands with the person.
        ]
        indexes = [models.Index(fields=["version", "-consented_at", "id"], name="playbook_lead_newest")]

    def __str__(self) -> str:
        return self.organisation_name

    def get_absolute_url(self) -> str:
        """The page for the coordinators; its playbook and partnership are loaded."""
        return reverse("playbooks:lead-detail", args=[self.partnership.slug, self.public_id])

    @property
    def partnership(self) -> Partnership:
        """Whose playbook it is."""
        found: Partnership = self.version.playbook.partnership
        return found

    @property
    def contact_name(self) -> str:
        """Who asks; empty once that is forgotten."""
        return self.contact.full_name if self.contact else ""

    @property
    def email(self) -> str:
        """Where that person has mail; empty once that is forgotten."""
        return self.contact.address if self.contact else ""
