"""Improvements that go back: a partnership offers a piece of its own to whose playbook it began with."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.versions import Versioned
from partnerships.models import Partnership
from playbooks.enums import OfferState, PartKind
from playbooks.models.adoptions import AdoptedPart
from playbooks.models.playbooks import LONGEST_BODY

if TYPE_CHECKING:
    from partnerships.actors import Actor

ANSWERED = _("This improvement was answered or withdrawn already.")
OFFERED_ALREADY = _("You have offered this part already. Wait for the answer, or withdraw it first.")


class PlaybookOfferQuerySet(models.QuerySet["PlaybookOffer"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those that the actor's partnerships offered or were offered, for their coordinators."""
        asked = Q(part__adoption__version__playbook__partnership__in=actor.coordinates)
        return self.filter(asked | Q(part__adoption__partnership__in=actor.coordinates))

    def of_partnership(self, partnership: Partnership) -> Self:
        """Those that others offered for its playbook, and those that it offered itself."""
        return self.filter(
            Q(part__adoption__version__playbook__partnership=partnership)
            | Q(part__adoption__partnership=partnership)
        )

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=OfferState.OPEN)

    def for_list(self) -> Self:
        """With both partnerships, the newest first."""
        loaded = self.select_related(
            "part__adoption__partnership", "part__adoption__version__playbook__partnership", "by__user"
        )
        return loaded.order_by("-offered_at", "pk")


class PlaybookOffer(Versioned):
    """A piece as it was when it was offered: it does not change with what the partnership makes of it after."""

    TRANSITIONS = {
        "accept": ({OfferState.OPEN}, OfferState.ACCEPTED),
        "decline": ({OfferState.OPEN}, OfferState.DECLINED),
        "withdraw": ({OfferState.OPEN}, OfferState.WITHDRAWN),
    }
    REASON_REQUIRED = frozenset({"decline"})
    REFUSALS = dict.fromkeys(TRANSITIONS, ANSWERED)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    part = models.ForeignKey(
        AdoptedPart, verbose_name=_("adopted part"), on_delete=models.PROTECT, related_name="offers"
    )
    kind = models.CharField(_("kind"), max_length=12, choices=PartKind, editable=False)
    title = models.CharField(_("title"), max_length=160, editable=False)
    body = models.TextField(_("text"), max_length=LONGEST_BODY, blank=True, editable=False)
    details = models.JSONField(_("details"), default=dict, blank=True, editable=False)
    why = models.TextField(_("why this is better"), max_length=500)
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    offered_at = models.DateTimeField(_("offered at"), default=timezone.now, editable=False)
    state = models.CharField(
        _("state"), max_length=9, choices=OfferState, default=OfferState.OPEN, editable=False
    )

    objects = PlaybookOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("improvement of a playbook")
        verbose_name_plural = _("improvements of playbooks")
        ordering = ["-offered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["part"],
                condition=Q(state=OfferState.OPEN),
                name="playbook_offer_once",
                violation_error_message=OFFERED_ALREADY,
            ),
        ]
        indexes = [models.Index(fields=["-offered_at", "id"], name="playbook_offer_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page for the coordinators of both."""
        return reverse("playbooks:offer-detail", args=[self.public_id])

    @property
    def offerer(self) -> Partnership:
        """Who offers it."""
        found: Partnership = self.part.adoption.partnership
        return found

    @property
    def publisher(self) -> Partnership:
        """Whose playbook it is for."""
        found: Partnership = self.part.adoption.version.playbook.partnership
        return found
