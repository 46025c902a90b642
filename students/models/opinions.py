"""What someone at work thinks of a goal: the employer gives an opinion, the school decides (WEB 7.2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.readlog import AboutSomeone
from partnerships.models import Membership
from students.models.goals import Goal, GoalVersion

if TYPE_CHECKING:
    from partnerships.actors import Actor

# What the database refuses, in the words in which a service says it beforehand
WRITE_OPINION = _("Write what you saw.")


class PracticeOpinionQuerySet(models.QuerySet["PracticeOpinion"]):
    def visible_to(self, actor: Actor) -> Self:
        """Whoever sees a goal reads what the people at work think of it."""
        return self.filter(version__goal__in=Goal.objects.visible_to(actor))

    def of_goal(self, goal: Goal) -> Self:
        """On whichever of its texts, the newest first."""
        return self.filter(version__goal=goal).order_by("-at", "-pk")


class PracticeOpinion(AboutSomeone):
    """What a supervisor, practice trainer or contact person saw of an agreed text; a later one stands beside it.

    A hand-in can rest on it, as on evidence.
    """

    ABOUT = "version"
    APPEND_ONLY = True

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

    objects = PracticeOpinionQuerySet.as_manager()

    class Meta:
        verbose_name = _("opinion from practice")
        verbose_name_plural = _("opinions from practice")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="opinion_says_something", condition=~Q(text=""), violation_error_message=WRITE_OPINION
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
