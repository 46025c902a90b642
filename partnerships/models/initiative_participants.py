"""People who take part in an initiative, each by the own yes, as staff, student, client or carer."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import periods
from core.readlog import AboutSomeone
from core.versions import Versioned
from partnerships.enums import ParticipantKind, ParticipantState
from partnerships.models.initiatives import Initiative

LIVE = (ParticipantState.ASKED, ParticipantState.JOINED)


class InitiativeParticipantQuerySet(models.QuerySet["InitiativeParticipant"]):
    def live(self) -> Self:
        """Those that take part, or wait for the answer."""
        return self.filter(state__in=LIVE)

    def joined(self) -> Self:
        """Those that take part."""
        return self.filter(state=ParticipantState.JOINED)

    def for_list(self) -> Self:
        """With who it is, those that wait first, by name."""
        rows = self.select_related("person__user", "initiative__partnership", "initiative__owner")
        return rows.order_by("state", "person__sort_name", "pk")


class InitiativeParticipant(AboutSomeone, Versioned):
    """One person in one initiative. The yes is given when asking; who comes back asks anew, in a new row."""

    ABOUT = "person"
    TRANSITIONS = {
        "accept": ({ParticipantState.ASKED}, ParticipantState.JOINED),
        "decline": (set(LIVE), ParticipantState.DECLINED),
        "leave": (set(LIVE), ParticipantState.LEFT),
    }
    REASON_REQUIRED = frozenset({"decline"})
    REFUSALS = {
        "accept": _("This does not wait for an answer any more."),
        **dict.fromkeys(("decline", "leave"), _("This person does not take part any more.")),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="participants"
    )
    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("takes part as"), max_length=8, choices=ParticipantKind)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=ParticipantState,
        default=ParticipantState.ASKED,
        editable=False,
    )
    # What the person said yes to, word for word, and when.
    consent = models.CharField(_("said yes to"), max_length=500, editable=False)
    consented_at = models.DateTimeField(_("said yes at"), default=timezone.now, editable=False)
    starts_on = models.DateField(_("takes part since"), null=True, blank=True, editable=False)
    ends_on = models.DateField(_("took part until"), null=True, blank=True, editable=False)

    objects = InitiativeParticipantQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="initiative_participant_once",
                fields=["initiative", "person"],
                condition=Q(state__in=LIVE),
            ),
            periods.ends_after_start("initiative_participant_ends_after_start", may_be_one_day=True),
            models.CheckConstraint(
                name="initiative_participant_joined_has_start",
                condition=~Q(state=ParticipantState.JOINED)
                | Q(starts_on__isnull=False, ends_on__isnull=True),
            ),
            models.CheckConstraint(name="initiative_participant_said_yes", condition=~Q(consent="")),
        ]
        indexes = [
            models.Index(fields=["person"], name="initiative_participant_live", condition=Q(state__in=LIVE))
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        """The page for who leads the initiative, which is loaded."""
        return reverse("partnerships:initiative-participant", args=[self.initiative.slug, self.public_id])
