"""The register of what a partnership decided: only added to, and corrected by a later decision alone."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meetings.models.agenda import AgendaItem
from meetings.models.meetings import Meeting, open_to
from partnerships.models import ActionLine, CooperationVersion, Group, Initiative, Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

_ABOUT = ("initiative", "action_line", "about_group")
# At most one of them: whichever is there, the others are not.
ABOUT_ONE = Q(
    *(Q(**{f"{name}__isnull": True for name in _ABOUT if name != one}) for one in _ABOUT), _connector=Q.OR
)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, actor: Actor) -> Self:
        """Decisions of own groups and partnerships."""
        return self.filter(open_to(actor))

    def for_list(self) -> Self:
        """With their meeting and what replaced them, the newest first."""
        return self.select_related(
            "meeting",
            "group",
            "partnership",
            "initiative",
            "action_line",
            "about_group",
            "proposal",
            "cooperation__partnership",
            "replaces",
            "replaced_by",
        ).order_by("-number", "-pk")


class Decision(models.Model):
    """A decision with its number in the partnership, the item under which it was taken, and what it is about."""

    APPEND_ONLY = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="decisions"
    )
    # Whose meeting took it; empty when the whole partnership did.
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    number = models.PositiveIntegerField(_("number"))
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="decisions"
    )
    item = models.ForeignKey(
        AgendaItem, verbose_name=_("agenda item"), on_delete=models.PROTECT, related_name="decisions"
    )
    text = models.TextField(_("decision"), max_length=1000)
    reason = models.CharField(_("why"), max_length=500, blank=True)
    initiative = models.ForeignKey(
        Initiative,
        verbose_name=_("about the initiative"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    action_line = models.ForeignKey(
        ActionLine,
        verbose_name=_("about the action line"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    about_group = models.ForeignKey(
        Group,
        verbose_name=_("about the group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_about",
    )
    proposal = models.ForeignKey(
        "meetings.ImprovementProposal",
        verbose_name=_("about the improvement proposal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    cooperation = models.ForeignKey(
        CooperationVersion,
        verbose_name=_("about the cooperation agreement"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    # The phase that it moved an initiative to.
    change = models.OneToOneField(
        "core.StateChange",
        verbose_name=_("what it carried out"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="decision",
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("recorded by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("recorded at"), default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(name="decision_number_once", fields=["partnership", "number"]),
            models.CheckConstraint(name="decision_numbers_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="decision_about_one_thing",
                condition=ABOUT_ONE,
            ),
            models.CheckConstraint(
                name="decision_about_a_proposal_alone",
                condition=Q(proposal__isnull=True) | Q(**{f"{name}__isnull": True for name in _ABOUT}),
            ),
            models.CheckConstraint(
                name="decision_about_an_agreement_alone",
                condition=Q(cooperation__isnull=True)
                | Q(**{f"{name}__isnull": True for name in (*_ABOUT, "proposal")}),
            ),
            models.CheckConstraint(name="decision_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="decision_moves_an_initiative",
                condition=Q(change__isnull=True) | Q(initiative__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_does_not_replace_itself",
                condition=Q(replaces__isnull=True) | ~Q(replaces=models.F("pk")),
            ),
        ]
        indexes = [models.Index(fields=["group", "-number", "-id"], name="decision_of_group")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"

    @property
    def is_replaced(self) -> bool:
        """Whether a later decision took its place; of a row of `for_list`."""
        return hasattr(self, "replaced_by")
