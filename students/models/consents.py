"""Consent: what each party answered to a text of a goal."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.readlog import AboutSomeone
from partnerships.models import Organisation
from students.enums import Answer, Party

# What the database refuses, in the words in which a service says it beforehand
SAY_WHAT = _("Say what should change.")


class Consent(AboutSomeone):
    """One party's answer to one text of one goal; it stands as it was given.

    A party may answer anew until all three agree: its newest answer counts. `capacity` is as what the person spoke.
    """

    ABOUT = "goal_version"
    APPEND_ONLY = True

    goal_version = models.ForeignKey(
        "students.GoalVersion",
        verbose_name=_("version of a goal"),
        on_delete=models.PROTECT,
        related_name="consents",
    )
    number = models.PositiveSmallIntegerField(_("number of the answer"))
    party = models.CharField(_("party"), max_length=8, choices=Party)
    capacity = models.CharField(_("capacity"), max_length=20, choices=Role)
    answer = models.CharField(_("answer"), max_length=6, choices=Answer)
    remark = models.CharField(_("remark"), max_length=500, blank=True)
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    # Which employer answered: a new one is asked again, and the earlier answer stays as history (docs/domain.md 3).
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(name="consent_numbered", fields=["goal_version", "number"]),
            models.CheckConstraint(
                name="consent_organisation_of_employer",
                condition=Q(party=Party.EMPLOYER, organisation__isnull=False)
                | (~Q(party=Party.EMPLOYER) & Q(organisation__isnull=True)),
            ),
            models.CheckConstraint(
                name="consent_change_has_remark",
                condition=~Q(answer=Answer.CHANGE) | ~Q(remark=""),
                violation_error_message=SAY_WHAT,
            ),
        ]
        indexes = [
            models.Index(
                fields=["goal_version"], name="consent_change", condition=Q(answer=Answer.CHANGE)
            ),  # few of many: whether a text was sent back at all is asked first
        ]

    def __str__(self) -> str:
        return f"{self.get_party_display()}: {self.get_answer_display()}"
