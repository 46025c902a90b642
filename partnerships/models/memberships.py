"""People in organisations, and the invitations that bring them in."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from core.dates import today
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Member
from partnerships.roles import MAY_SIGN, MEMBERSHIP

if TYPE_CHECKING:
    from partnerships.actors import Actor

_ROLES = [(role.value, role.label) for role in MEMBERSHIP]

HAS_THE_ROLE = _("This person already has this role here.")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def running(self) -> Self:
        """Roles that hold today."""
        return self.filter(periods.running())

    def visible_to(self, actor: Actor) -> Self:
        """Colleagues of the actor, and people of organisations in coordinated partnerships."""
        coordinated = Member.objects.running().filter(partnership__in=actor.coordinates)
        return self.filter(
            Q(organisation__in=actor.organisations()) | Q(organisation__in=coordinated.values("organisation"))
        )

    def for_list(self) -> Self:
        """With person and organisation, by the person's name."""
        return self.select_related("person__user", "organisation").order_by("person__sort_name", "role", "pk")


class Membership(models.Model):
    """A person's role in one organisation; it gives nothing in another."""

    ON_RECORD = ("may_consent", "may_sign")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="memberships",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=_ROLES)
    may_consent = models.BooleanField(_("may agree to goals of own students"), default=False)
    may_sign = models.BooleanField(_("may sign agreements"), default=False)
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["person__sort_name", "role", "pk"]
        constraints = [
            *periods.constraints("membership", "person", "organisation", "role", overlap=HAS_THE_ROLE),
            models.CheckConstraint(
                name="membership_consent_for_supervisors",
                condition=Q(may_consent=False) | Q(role=Role.SUPERVISOR),
                violation_error_message=_("Only work supervisors can be given this."),
            ),
            models.CheckConstraint(
                name="membership_sign_by_role",
                condition=Q(may_sign=False) | Q(role__in=MAY_SIGN),
                violation_error_message=_("This role cannot sign agreements."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_org_role")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class MembershipInvitationQuerySet(models.QuerySet["MembershipInvitation"]):
    def accepted_by(self, actor: Actor) -> Self:
        """Those that the actor took up."""
        return self.filter(invitation__accepted_by=actor.person_id)


class MembershipInvitation(models.Model):
    """The role that an accepted invitation will give; the link itself belongs to accounts."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invitation = models.OneToOneField(
        "accounts.Invitation",
        verbose_name=_("invitation"),
        on_delete=models.PROTECT,
        related_name="membership",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField(_("role"), max_length=20, choices=_ROLES)
    # A first manager is often the only one there, and needs the role for the daily work at once.
    also = models.CharField(_("second role"), max_length=20, choices=_ROLES, blank=True)
    may_consent = models.BooleanField(_("may agree to goals of own students"), default=False)
    may_sign = models.BooleanField(_("may sign agreements"), default=False)

    objects = MembershipInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to an organisation")
        verbose_name_plural = _("invitations to organisations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_role_display()}"
