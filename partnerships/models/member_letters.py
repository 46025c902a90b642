"""Letters that a coordinator wrote to all members, to a group, or to the employers of a call, as they went out."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.dates import today
from partnerships.models.calls import Call
from partnerships.models.groups import Group
from partnerships.models.partnerships import Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor

ONCE_A_DAY = _("They were written to today already. Write again tomorrow.")


class MemberLetterQuerySet(models.QuerySet["MemberLetter"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those in partnerships that the actor coordinates."""
        return self.filter(partnership__in=actor.coordinates)

    def for_list(self) -> Self:
        """With to whom and by whom, the newest first."""
        return self.select_related("partnership", "group", "call", "by").order_by("-at", "-pk")


class MemberLetter(models.Model):
    """What was mailed to many at once, and to how many; who got it stands with the mails."""

    APPEND_ONLY = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="letters"
    )
    # To whom: the people of a group, the employers of a call, or without either who speaks for each member.
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letters",
    )
    call = models.ForeignKey(
        Call,
        verbose_name=_("call for employers"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letters",
    )
    subject = models.CharField(_("subject of the email"), max_length=80)
    text = models.TextField(_("what you write"), max_length=4000)
    recipients = models.PositiveIntegerField(_("number of people"))
    by = models.ForeignKey(Person, verbose_name=_("written by"), on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"), default=today)
    at = models.DateTimeField(_("sent at"), default=timezone.now)

    objects = MemberLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter to many")
        verbose_name_plural = _("letters to many")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="member_letter_to_one_audience", condition=Q(group__isnull=True) | Q(call__isnull=True)
            ),
            models.CheckConstraint(
                name="member_letter_says_something", condition=~Q(subject="") & ~Q(text="")
            ),
            models.CheckConstraint(name="member_letter_to_someone", condition=Q(recipients__gte=1)),
            models.UniqueConstraint(
                name="member_letter_once_a_day",
                fields=["partnership", "group", "call", "day"],
                nulls_distinct=False,
                violation_error_message=ONCE_A_DAY,
            ),
        ]
        indexes = [models.Index(fields=["partnership", "-at", "-id"], name="member_letter_newest")]

    def __str__(self) -> str:
        return self.subject
