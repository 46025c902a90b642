"""Action lines: the lines of work of a partnership, each with a goal, an owner and a period."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import periods
from core.versions import Versioned
from partnerships.models.groups import Group
from partnerships.models.partnerships import Partnership, PartnershipTheme

if TYPE_CHECKING:
    from partnerships.actors import Actor

NUMBER_IS_TAKEN = _("Another action line has this number in these days. Choose another number.")


class ActionLineQuerySet(models.QuerySet["ActionLine"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the partnerships that the actor knows from within."""
        return self.filter(partnership__in=actor.inside)

    def running(self) -> Self:
        """Those that hold today."""
        return self.filter(periods.running(may_lack_start=True))

    def not_over(self) -> Self:
        """Those that nobody ended and whose last day has not passed, also what is still to begin."""
        return self.filter(periods.not_over(), ended_at__isnull=True)

    def for_list(self) -> Self:
        """With owner, group and theme, what is over last, by number."""
        over = ExpressionWrapper(
            ~(periods.not_over() & Q(ended_at__isnull=True)), output_field=models.BooleanField()
        )
        loaded = self.select_related("partnership", "owner__user", "owner__contact_card", "group", "theme")
        return loaded.order_by(over, "number", "pk")


class ActionLine(Versioned):
    """A line of work in a platform; number and title are content (docs/domain.md 11)."""

    ON_RECORD = ("number", "title", "goal", "owner", "group", "theme", "starts_on", "ends_on")

    public_id = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="action_lines"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=120)
    goal = models.TextField(_("goal"), max_length=1000, blank=True)
    owner = models.ForeignKey(
        Person,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="action_lines",
    )
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="action_lines",
    )
    theme = models.ForeignKey(
        PartnershipTheme,
        verbose_name=_("theme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="action_lines",
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = ActionLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("action line")
        verbose_name_plural = _("action lines")
        ordering = ["number", "pk"]
        constraints = [*periods.constraints("action_line", "partnership", "number", overlap=NUMBER_IS_TAKEN)]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page for everyone who takes part in the partnership."""
        return reverse("partnerships:action-line", args=[self.partnership.slug, self.public_id])

    @property
    def is_over(self) -> bool:
        """Whether someone ended it, or its last day has passed."""
        return periods.is_over(self)
