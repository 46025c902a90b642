"""People in organisations, and the invitations that bring them in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models.second_step import has_second_step
from core import periods
from core.dates import today
from core.versions import Versioned
from partnerships.enums import MandateKind
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Member
from partnerships.roles import MANDATED, MEMBERSHIP, NEEDS_SECOND_STEP

if TYPE_CHECKING:
    from partnerships.actors import Actor

_ROLES = [(role.value, role.label) for role in MEMBERSHIP]

HAS_THE_ROLE = _("This person already has this role here.")
HAS_THE_MANDATE = _("This person already may do this.")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def running(self) -> Self:
        """Roles that hold today."""
        return self.filter(periods.running())

    def working(self) -> Self:
        """Roles that hold today of people whose account works: those who hear of things."""
        return self.running().filter(person__user__is_active=True)

    def able(self) -> Self:
        """Those among them who are able to act: who is asked for a second step has one, or is within the first days."""
        days = settings.SECOND_STEP_AFTER_DAYS
        if days is None:
            return self.working()
        begun = today() - dt.timedelta(days=days)
        asked = Membership.objects.running().filter(
            person=OuterRef("person"), role__in=NEEDS_SECOND_STEP, starts_on__lt=begun
        )
        late = Q(Exists(asked)) | Q(person__user__is_staff=True, person__user__date_joined__date__lt=begun)
        return self.working().filter(~late | Q(has_second_step("person__user")))

    def visible_to(self, actor: Actor) -> Self:
        """Colleagues of the actor, and people of organisations in coordinated partnerships."""
        coordinated = Member.objects.running().filter(partnership__in=actor.coordinates)
        return self.filter(
            Q(organisation__in=actor.organisations()) | Q(organisation__in=coordinated.values("organisation"))
        )

    def mandated(self, kind: MandateKind) -> Self:
        """Those that carry a mandate of this kind today."""
        return self.filter(carries(kind))

    def with_mandates(self) -> Self:
        """With the kinds of the mandates that each carries today, as `may`."""
        mandates = Mandate.objects.running().filter(membership=OuterRef("pk"))
        return self.annotate(may=ArraySubquery(mandates.order_by("-kind").values("kind")))

    def of(self, actor: Actor) -> Self:
        """The actor's own of all times with organisation and mandates, those that run first."""
        mandates = Mandate.objects.for_history().select_related("given_by", "membership__organisation")
        own = self.filter(person=actor.person_id).select_related("organisation", "person")
        running = F("ended_at").asc(nulls_first=True)
        return own.order_by(running, "organisation__name", "pk").prefetch_related(
            Prefetch("mandates", mandates)
        )

    def for_list(self) -> Self:
        """With person and organisation, by the person's name."""
        return self.select_related("person__user", "organisation").order_by("person__sort_name", "role", "pk")


class Membership(Versioned):
    """A person's role in one organisation; it gives nothing in another."""

    may: list[str]  # set by `with_mandates`

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
            # What a mandate points to: it repeats the role, so that a check can look at it.
            models.UniqueConstraint(name="membership_with_role", fields=["id", "role"]),
        ]
        indexes = [models.Index(fields=["organisation", "role"], name="membership_org_role")]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def running(self) -> Self:
        """Mandates that hold today, as far as their own days say; they count with a running role only."""
        return self.filter(periods.running())

    def for_history(self) -> Self:
        """Those of all times with who gave them, the newest first."""
        return self.select_related("given_by").order_by("-starts_on", "-pk")


class Mandate(models.Model):
    """What someone may do besides the role, from a day to a day: who might sign when stays on record."""

    membership = models.ForeignKey(
        Membership, verbose_name=_("role"), on_delete=models.PROTECT, related_name="mandates"
    )
    # The role of that membership: a composite key (0003_mandates) holds the two together.
    role = models.CharField(_("role"), max_length=20, choices=_ROLES, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=MandateKind)
    given_by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("given by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="given_mandates",
    )
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of a person", "mandate")
        verbose_name_plural = _("mandates")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            *periods.constraints("mandate", "membership", "kind", overlap=HAS_THE_MANDATE),
            models.CheckConstraint(
                name="mandate_by_role",
                condition=Q(kind=MandateKind.SIGN, role__in=MANDATED[MandateKind.SIGN])
                | Q(kind=MandateKind.CONSENT, role__in=MANDATED[MandateKind.CONSENT]),
                violation_error_message=_("People with this role cannot be given this right."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership}: {self.get_kind_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the derived value true: the role of the membership."""
        self.role = self.membership.role
        super().save(*args, **kwargs)

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return periods.is_over(self)


def carries(kind: MandateKind) -> Exists:
    """Whether a role, the row that is asked about, carries a mandate of this kind today."""
    return Exists(Mandate.objects.running().filter(membership=OuterRef("pk"), kind=kind))


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
