"""Who is asked to a meeting, what they answer, and who was there."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from core.versions import Versioned
from meetings.enums import Answer, MeetingState
from meetings.models.meetings import Meeting
from partnerships.enums import Perspective, SignUpState
from partnerships.models import GroupSeat, Member, Membership, Organisation, SignUp

if TYPE_CHECKING:
    from partnerships.actors import Actor


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the meetings that the actor may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(actor))

    def unanswered(self) -> Self:
        """Those of meetings to come that wait for an answer."""
        return self.single().filter(answer="", meeting__state=MeetingState.INVITED)

    def sitting(self) -> Self:
        """Those who still sit at the table: in the group, or at a meeting of all with a role at the member asked.

        At a kick-off also who signed up for the call and did not drop out.
        """
        seats = GroupSeat.objects.held().filter(group=OuterRef("meeting__group"), person=OuterRef("person"))
        roles = Membership.objects.running().filter(
            person=OuterRef("person"), organisation=OuterRef("organisation")
        )
        joined = Member.objects.running().filter(
            partnership=OuterRef("meeting__partnership"), organisation=OuterRef("organisation")
        )
        pledged = SignUp.objects.confirmed().filter(
            call=OuterRef("meeting__call"), contact=OuterRef("person")
        )
        of_call = Exists(pledged.exclude(state=SignUpState.DROPPED_OUT))
        of_all = Q(meeting__group__isnull=True) & (Exists(roles) & Exists(joined) | of_call)
        return self.filter(Exists(seats) | of_all)

    def single(self) -> Self:
        """Each person once."""
        return self.filter(doubles__isnull=True)

    def for_list(self) -> Self:
        """With person and organisation, who decides first, then by organisation and name."""
        return (
            self.single()
            .select_related("person__user", "organisation")
            .order_by("is_observer", "organisation__name", "person__sort_name", "pk")
        )


class Attendance(Versioned):
    """Someone who is asked, in the name and with the voice of that moment: the seat may change later."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(
        Meeting, verbose_name=_("meeting"), on_delete=models.PROTECT, related_name="attendances"
    )
    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="attendances"
    )
    seat = models.ForeignKey(
        GroupSeat,
        verbose_name=_("seat"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attendances",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attendances",
    )
    perspective = models.CharField(
        _("voice"),
        max_length=20,
        choices=Perspective,
        default=Perspective.DELEGATE,
        db_default="delegate",
    )
    is_observer = models.BooleanField(_("observer"), default=False, db_default=False)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    substitute = models.CharField(_("who is coming instead"), max_length=120, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    was_present = models.BooleanField(_("was there"), null=True, blank=True)
    # Two who were asked turned out to be one: the row that counts.
    doubles = models.ForeignKey(
        "self",
        verbose_name=_("counts as"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="doubled_by",
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="attendance_once", fields=["meeting", "person"], condition=Q(doubles__isnull=True)
            ),
            models.CheckConstraint(
                name="attendance_substitute_has_a_name",
                condition=Q(answer=Answer.SUBSTITUTE) & ~Q(substitute="")
                | ~Q(answer=Answer.SUBSTITUTE) & Q(substitute=""),
                violation_error_message=_("Say who is coming instead."),
            ),
            models.CheckConstraint(
                name="attendance_answer_has_a_moment",
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.meeting}"


class AttendanceLink(models.Model):
    """With which personal link someone answers an invitation."""

    link = models.OneToOneField(
        "accounts.PersonalLink", verbose_name=_("link"), on_delete=models.PROTECT, related_name="attendance"
    )
    attendance = models.ForeignKey(
        Attendance, verbose_name=_("attendance"), on_delete=models.PROTECT, related_name="links"
    )

    class Meta:
        verbose_name = _("link to an invitation")
        verbose_name_plural = _("links to invitations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.attendance)
