"""An organisation joins a partnership, or gets another role in it, by the yes of both sides."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.dates import today
from core.versions import Versioned
from partnerships.enums import COORDINATING, JoinRequestKind, JoinRequestState, MemberRole
from partnerships.models.organisations import Organisation

if TYPE_CHECKING:
    from partnerships.actors import Actor

VALID_FOR = dt.timedelta(days=28)
MENDED_WITHIN = 14
WAITS_ALREADY = _("This organisation has been invited already, and has not answered yet.")
ANSWERED = _("This has been answered, withdrawn, or has expired.")


def last_day() -> dt.date:
    """Until when a request made today waits."""
    return today() + VALID_FOR


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def open(self) -> Self:
        """Those that wait for the second yes."""
        return self.filter(state=JoinRequestState.OPEN)

    def between(self, partnership_id: int, organisation_id: int) -> Self:
        """Those of one organisation and one partnership."""
        return self.filter(partnership=partnership_id, organisation=organisation_id)

    def visible_to(self, actor: Actor) -> Self:
        """Those of organisations at which the actor has a role, and of partnerships that the actor coordinates."""
        return self.filter(Q(organisation__in=actor.organisations()) | Q(partnership__in=actor.coordinates))

    def for_list(self) -> Self:
        """With partnership and organisation, the oldest first."""
        return self.select_related("partnership", "organisation").order_by("asked_at", "pk")

    def with_can_act(self, managers: models.QuerySet[Any]) -> Self:
        """Adds `can_act`: whether one of these managers is at the organisation, so that there can be an answer."""
        return self.annotate(can_act=Exists(managers.filter(organisation=OuterRef("organisation"))))

    def newest_first(self) -> Self:
        """The same, for what has been answered."""
        return self.for_list().order_by("-asked_at", "-pk")


class JoinRequest(Versioned):
    """One side has said yes and the other is asked; a member rests on a request with both.

    The database ties the two together (migrations/0004_joining.py): the row of a member that runs names a request of
    the same partnership and organisation that was accepted, for a role that coordinates when its own does.
    """

    TRANSITIONS = {
        "accept": ({JoinRequestState.OPEN}, JoinRequestState.ACCEPTED),
        "decline": ({JoinRequestState.OPEN}, JoinRequestState.DECLINED),
        "withdraw": ({JoinRequestState.OPEN}, JoinRequestState.WITHDRAWN),
        "expire": ({JoinRequestState.OPEN}, JoinRequestState.EXPIRED),
    }
    REASON_REQUIRED = frozenset({"decline"})
    REFUSALS = dict.fromkeys(TRANSITIONS, ANSWERED)
    UNDO = dict.fromkeys(("accept", "decline", "withdraw"), MENDED_WITHIN)

    can_act: bool  # set by `with_can_act`

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        "partnerships.Partnership",
        verbose_name=_("partnership"),
        on_delete=models.PROTECT,
        related_name="join_requests",
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="join_requests"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=JoinRequestKind)
    role = models.CharField(_("role"), max_length=20, choices=MemberRole, default=MemberRole.MEMBER)
    state = models.CharField(
        _("state"), max_length=10, choices=JoinRequestState, default=JoinRequestState.OPEN
    )
    # Who said yes is not known of what was agreed before the portal was there; when is.
    partnership_yes_by = models.ForeignKey(
        Person,
        verbose_name=_("yes of the partnership by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    partnership_yes_at = models.DateTimeField(_("yes of the partnership"), null=True, blank=True)
    organisation_yes_by = models.ForeignKey(
        Person,
        verbose_name=_("yes of the organisation by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    organisation_yes_at = models.DateTimeField(_("yes of the organisation"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    expires_on = models.DateField(_("last day"), default=last_day)
    # What the members of migrations/0004_joining.py point at.
    is_accepted = models.GeneratedField(
        expression=ExpressionWrapper(Q(state=JoinRequestState.ACCEPTED), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    coordinates = models.GeneratedField(
        expression=ExpressionWrapper(Q(role__in=COORDINATING), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="join_request_open_once",
                fields=["partnership", "organisation"],
                condition=Q(state=JoinRequestState.OPEN),
                violation_error_message=WAITS_ALREADY,
            ),
            models.CheckConstraint(
                name="join_request_begins_with_a_yes",
                condition=Q(kind=JoinRequestKind.INVITED, partnership_yes_at__isnull=False)
                | Q(kind=JoinRequestKind.ASKED, organisation_yes_at__isnull=False),
            ),
            models.CheckConstraint(
                name="join_request_accepted_by_both",
                condition=Q(
                    state=JoinRequestState.ACCEPTED,
                    partnership_yes_at__isnull=False,
                    organisation_yes_at__isnull=False,
                )
                | ~Q(state=JoinRequestState.ACCEPTED)
                & (Q(partnership_yes_at__isnull=True) | Q(organisation_yes_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="join_request_yes_has_a_moment",
                condition=(Q(partnership_yes_by__isnull=True) | Q(partnership_yes_at__isnull=False))
                & (Q(organisation_yes_by__isnull=True) | Q(organisation_yes_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"], condition=Q(state=JoinRequestState.OPEN), name="join_request_expires"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.partnership}"

    def get_absolute_url(self) -> str:
        """The page for both sides."""
        return reverse("partnerships:join-request", args=[self.public_id])

    @property
    def was_invited(self) -> bool:
        """Whether the partnership said the first yes, so that the organisation answers."""
        return self.kind == JoinRequestKind.INVITED

    @property
    def answer_field(self) -> str:
        """Whose yes is the answer, as the beginning of its two fields."""
        return "organisation_yes" if self.was_invited else "partnership_yes"
