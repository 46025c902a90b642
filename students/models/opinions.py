"""What someone at work thinks of a goal: the employer gives an opinion, the school decides (WEB 7.2.8)."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.dates import local_day
from core.readlog import AboutSomeone
from partnerships.models import Membership
from students.models.goals import Goal, GoalVersion

if TYPE_CHECKING:
    from partnerships.actors import Actor

DAYS = 14  # in which an opinion can be taken back
# What the database refuses, in the words in which a service says it beforehand
WRITE_OPINION = _("Write what you saw.")


class PracticeOpinionQuerySet(models.QuerySet["PracticeOpinion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees a goal reads what the people at work think of it."""
        return self.filter(version__goal__in=Goal.objects.visible_to(actor))

    def of_goal(self, goal: Goal) -> Self:
        """On whichever of its texts, the newest first."""
        return self.filter(version__goal=goal).order_by("-at", "-pk")

    def standing(self) -> Self:
        """Those that were not taken back."""
        return self.filter(taken_back_at=None)

    def with_hand_ins(self) -> Self:
        """With whether a hand-in rests on it that was not taken back (`carries`)."""
        handed = apps.get_model("students", "HandIn").objects.filter(
            opinion=OuterRef("pk"), taken_back_at=None
        )
        return self.annotate(carries=Exists(handed))


class PracticeOpinion(AboutSomeone):
    """What a supervisor, practice trainer or contact person saw of an agreed text; a later one stands beside it.

    A hand-in can rest on it, as on evidence. What was taken back has no words any more; that it was stays.
    """

    ABOUT = "version"

    carries = False  # whether a hand-in rests on it; `with_hand_ins` fills it in

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(
        GoalVersion, verbose_name=_("agreed text"), on_delete=models.PROTECT, related_name="opinions"
    )
    text = models.CharField(_("what did you see at work"), max_length=1000)
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("seen by"), on_delete=models.PROTECT, related_name="+"
    )
    # As what that person spoke, and for which organisation.
    membership = models.ForeignKey(
        Membership, verbose_name=_("role"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = PracticeOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion from practice")
        verbose_name_plural = _("opinions from practice")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="opinion_empty_when_taken_back",
                condition=Q(taken_back_at__isnull=True) & ~Q(text="")
                | Q(taken_back_at__isnull=False) & Q(text=""),
                violation_error_message=WRITE_OPINION,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60] or str(_("Opinion that was taken back"))

    @property
    def last_day_to_take_back(self) -> dt.date:
        """Until when whoever gave it can take it back; after that day a later one stands beside it."""
        return local_day(self.at) + dt.timedelta(days=DAYS)
