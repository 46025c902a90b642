"""What parties of a partnership wish or lack; each keeps who brought it and when, also on an agenda."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import endings
from core.dates import today
from core.limits import REASON
from core.versions import Versioned
from meetings.enums import NeedState
from meetings.models.agenda import AgendaItem
from partnerships.models import Organisation, Partnership, PartnershipTheme

if TYPE_CHECKING:
    from partnerships.actors import Actor

WAITING = (NeedState.OPEN, NeedState.BUNDLED)


class NeedQuerySet(models.QuerySet["Need"]):
    def visible_to(self, actor: Actor) -> Self:
        """Needs of the partnerships that the actor knows from within, and one's own."""
        return self.filter(Q(partnership__in=actor.inside) | Q(person=actor.person_id))

    def waiting(self) -> Self:
        """Those that are not answered yet."""
        return self.filter(state__in=WAITING)

    def for_list(self) -> Self:
        """With who brought them and the item they came to, the newest first."""
        return self.select_related(
            "person__user",
            "organisation",
            "partnership",
            "theme",
            "item__meeting__partnership",
            "item__meeting__group",
        ).order_by("-day", "-pk")


class Need(Versioned):
    """A wish or a lack, of one person of one organisation, on a day (story D-02)."""

    TRANSITIONS = {
        "bundle": ({NeedState.OPEN}, NeedState.BUNDLED),
        "unbundle": ({NeedState.BUNDLED}, NeedState.OPEN),
        "answer": ({NeedState.OPEN, NeedState.BUNDLED}, NeedState.ANSWERED),
        "drop": ({NeedState.OPEN, NeedState.BUNDLED}, NeedState.DROPPED),
    }
    REASON_REQUIRED = frozenset({"drop"})
    REFUSALS = {
        "bundle": _("This need is on an agenda or has been answered already."),
        "unbundle": _("This need is not on an agenda any more."),
        "answer": _("This need has been answered already."),
        "drop": _("This need has been answered already."),
    }
    UNDO = dict.fromkeys(("answer", "drop"), endings.DAYS)

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="needs"
    )
    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("raised by"), on_delete=models.PROTECT, related_name="needs"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("for which organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
    )
    # Then only the coordinators, and whoever brought it, read who that was.
    is_anonymous = models.BooleanField(_("do not show my name"), default=False, db_default=False)
    day = models.DateField(_("raised on"), default=today)
    title = models.CharField(_("what do you need?"), max_length=120)
    text = models.TextField(_("explanation"), max_length=2000, blank=True)
    theme = models.ForeignKey(
        PartnershipTheme,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs",
    )
    state = models.CharField(
        _("status"), max_length=10, choices=NeedState, default=NeedState.OPEN, db_default="open"
    )
    item = models.ForeignKey(
        AgendaItem,
        verbose_name=_("agenda item"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="needs",
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True, editable=False)
    drop_reason = models.CharField(_("reason"), max_length=REASON, blank=True, editable=False)

    objects = NeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(name="need_says_what", condition=~Q(title="")),
            models.CheckConstraint(
                name="need_bundled_has_an_item",
                condition=~Q(state=NeedState.BUNDLED) | Q(item__isnull=False),
            ),
            models.CheckConstraint(
                name="need_open_has_no_item", condition=~Q(state=NeedState.OPEN) | Q(item__isnull=True)
            ),
            models.CheckConstraint(
                name="need_answered_has_an_answer", condition=~Q(state=NeedState.ANSWERED) | ~Q(answer="")
            ),
            models.CheckConstraint(
                name="need_dropped_has_a_reason", condition=~Q(state=NeedState.DROPPED) | ~Q(drop_reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "-day", "-id"], name="need_of_partnership"),
            models.Index(fields=["item"], name="need_on_agenda", condition=Q(item__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("meetings:need-detail", args=[self.public_id])

    @property
    def is_waiting(self) -> bool:
        """Whether it has not been answered yet."""
        return self.state in WAITING

    def shows_origin_to(self, actor: Actor) -> bool:
        """Whether the actor reads who brought it and for which organisation."""
        return (
            not self.is_anonymous
            or self.person_id == actor.person_id
            or self.partnership_id in actor.coordinates
        )
