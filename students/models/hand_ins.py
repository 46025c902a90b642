"""Hand-ins of a goal and what the school decided on them: both are added to, never changed."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.limits import REASON
from core.readlog import AboutSomeone
from students.enums import GoalResult
from students.models.evidence import Evidence
from students.models.goals import Goal, GoalVersion
from students.models.opinions import PracticeOpinion

# What the database refuses, in the words in which a service says it beforehand
SAY_WHAT_IS_NEEDED = _("Say what is still needed.")
SUSPECT_FILE = _(
    "Nobody can open a file that your teachers would read. Choose another file, or do not show that piece to"
    " your teachers."
)
NOTHING_TO_READ = _(
    "Your teacher can't read any of your evidence yet. Show at least one piece to your teachers. Or "
    "ask someone at work to write down what they saw."
)


class HandInQuerySet(models.QuerySet["HandIn"]):
    def standing(self) -> Self:
        """Neither taken back nor closed because the goal was taken up again: at most one for each goal."""
        return self.filter(taken_back_at=None, closed_at=None)


class HandIn(AboutSomeone):
    """The student says: I can show this. With the text that held, and what it rests on.

    That is evidence that the school can read, what someone at work saw of this text, or both.
    """

    ABOUT = "goal"

    goal = models.ForeignKey(
        Goal, verbose_name=_("learning goal"), on_delete=models.PROTECT, related_name="hand_ins"
    )
    version = models.ForeignKey(
        GoalVersion, verbose_name=_("agreed text"), on_delete=models.PROTECT, related_name="+"
    )
    evidence = models.ManyToManyField(Evidence, verbose_name=_("evidence"), related_name="hand_ins")
    opinion = models.ForeignKey(
        PracticeOpinion,
        verbose_name=_("seen at work by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hand_ins",
    )
    at = models.DateTimeField(_("handed in at"))
    taken_back_at = models.DateTimeField(_("taken back at"), null=True, blank=True)
    closed_at = models.DateTimeField(_("taken up again at"), null=True, blank=True)

    objects = HandInQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-in")
        verbose_name_plural = _("hand-ins")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="hand_in_stands_once",
                fields=["goal"],
                condition=Q(taken_back_at=None, closed_at=None),
            ),
            models.CheckConstraint(
                name="hand_in_ends_one_way", condition=Q(taken_back_at=None) | Q(closed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal}, {self.at:%Y-%m-%d}"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def of_goal(self, goal: Goal) -> Self:
        """All that was decided on a goal, the newest first; with who decided on which hand-in."""
        return self.filter(hand_in__goal=goal).select_related("by", "hand_in").order_by("-at", "-pk")


class Assessment(AboutSomeone):
    """What the school decided on a hand-in. A later row corrects an earlier one, with the reason; both are shown.

    A row without a result says that the decision before it was taken back.
    """

    ABOUT = "hand_in"
    APPEND_ONLY = True

    hand_in = models.ForeignKey(
        HandIn, verbose_name=_("hand-in"), on_delete=models.PROTECT, related_name="assessments"
    )
    result = models.CharField(_("result"), max_length=7, choices=GoalResult, blank=True)
    feedback = models.CharField(_("feedback"), max_length=1000, blank=True)
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    reason = models.CharField(_("reason for the correction"), max_length=REASON, blank=True)
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("assessed by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("assessed at"))

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="assessment_not_yet_has_feedback",
                condition=~Q(result=GoalResult.NOT_YET) | ~Q(feedback=""),
                violation_error_message=SAY_WHAT_IS_NEEDED,
            ),
            models.CheckConstraint(
                name="assessment_correction_has_reason",
                condition=Q(corrects=None, reason="") & ~Q(result="")
                | Q(corrects__isnull=False)
                & (Q(result="", feedback="", reason="") | ~Q(result="") & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_result_display() or _("taken back"))
