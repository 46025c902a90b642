"""Someone with an account asks an organisation for a role. It gives nothing until a manager has said which."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core.dates import today
from core.versions import Versioned
from partnerships.enums import RoleRequestState
from partnerships.models.organisations import Organisation
from partnerships.roles import MEMBERSHIP

if TYPE_CHECKING:
    from partnerships.actors import Actor

VALID_FOR = dt.timedelta(days=14)


def last_day() -> dt.date:
    """Until when a request made today waits."""
    return today() + VALID_FOR


class RoleRequestQuerySet(models.QuerySet["RoleRequest"]):
    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(state=RoleRequestState.OPEN)

    def own(self, actor: Actor) -> Self:
        """The actor's own."""
        return self.filter(person=actor.person_id)

    def withdrawn_since(self, moment: dt.datetime) -> Self:
        """Those asked since then and taken back."""
        return self.filter(state=RoleRequestState.WITHDRAWN, asked_at__gte=moment)

    def for_list(self) -> Self:
        """With person and organisation, the oldest first."""
        return self.select_related("person__user", "organisation").order_by("asked_at", "pk")


class RoleRequest(Versioned):
    """One person asks one organisation; its managers give a role, decline, or let it run out, if it is not taken back."""

    TRANSITIONS = {
        "give": ({RoleRequestState.OPEN}, RoleRequestState.GIVEN),
        "decline": ({RoleRequestState.OPEN}, RoleRequestState.DECLINED),
        "withdraw": ({RoleRequestState.OPEN}, RoleRequestState.WITHDRAWN),
        "expire": ({RoleRequestState.OPEN}, RoleRequestState.EXPIRED),
    }
    REASON_REQUIRED = frozenset({"decline"})
    REFUSALS = dict.fromkeys(TRANSITIONS, _("This request does not wait for an answer any more."))

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="role_requests"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="role_requests"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=RoleRequestState, default=RoleRequestState.OPEN
    )
    role = models.CharField(
        _("role"), max_length=20, choices=[(role.value, role.label) for role in MEMBERSHIP], blank=True
    )
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now)
    expires_on = models.DateField(_("last day"), default=last_day)

    objects = RoleRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a role")
        verbose_name_plural = _("requests for a role")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="role_request_open_once",
                fields=["person", "organisation"],
                condition=Q(state=RoleRequestState.OPEN),
            ),
            models.CheckConstraint(
                name="role_request_given_has_role",
                condition=Q(state=RoleRequestState.GIVEN) & ~Q(role="")
                | ~Q(state=RoleRequestState.GIVEN) & Q(role=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expires_on"], condition=Q(state=RoleRequestState.OPEN), name="role_request_expires"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.organisation}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state == RoleRequestState.OPEN
