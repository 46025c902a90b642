"""Who guides a student at work: a work supervisor of the employer, with or without an account, for a period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models.people import name_at
from core import periods
from core.dates import today
from partnerships.models import Membership, Organisation
from partnerships.models.contacts import address_shown
from placements.enums import LIVE_PLACEMENT

if TYPE_CHECKING:
    from partnerships.actors import Actor


class SupervisorQuerySet(models.QuerySet["Supervisor"]):
    """Work supervisors, as pages ask for them."""

    def running(self) -> Self:
        """Those who are it today."""
        return self.filter(periods.running())

    def staying(self) -> Self:
        """Those of today who have not been given a last day: they can be named for what is to come."""
        return self.running().filter(ends_on=None)

    def visible_to(self, actor: Actor) -> Self:
        """Those of the organisations in which the actor has a role."""
        return self.filter(organisation__in=actor.organisations())

    def with_load(self) -> Self:
        """With the number of students whom they guide or are to guide, as `load`."""
        counted = Q(supervisions__ended_at=None, supervisions__placement__state__in=LIVE_PLACEMENT)
        counted &= Q(supervisions__ends_on=None) | Q(supervisions__ends_on__gte=today())
        return self.annotate(load=Count("supervisions", filter=counted))

    def for_list(self) -> Self:
        """With their names and accounts, by name."""
        return self.select_related("person__user", "person__contact_card").order_by("person__sort_name", "pk")


class SupervisorManager(models.Manager["Supervisor"]):
    """The roles of work supervisors, and no others."""

    def get_queryset(self) -> SupervisorQuerySet:
        return SupervisorQuerySet(self.model, using=self._db).filter(role=Role.SUPERVISOR)


class Supervisor(Membership):
    """The role of a work supervisor, with or without an account, as the places and placements name it."""

    load: int  # set by `with_load`
    objects = SupervisorManager.from_queryset(SupervisorQuerySet)()  # type: ignore[assignment,misc]  # of a proxy

    class Meta:
        proxy = True
        verbose_name = _("work supervisor")
        verbose_name_plural = _("work supervisors")

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.person.full_name

    @property
    def address(self) -> str:
        """As colleagues read it; empty for who shows it to nobody."""
        return address_shown(self.person)


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    """Supervisions, as pages and rights ask for them."""

    def standing(self) -> Self:
        """Not ended and not over: those that run, and those to come."""
        return self.filter(periods.not_over(), ended_at__isnull=True)

    def held(self) -> Self:
        """Standing ones of who has the role still: whoever left guides nobody, also when that was written meanwhile."""
        stays = Q(membership__ends_on=None) | Q(membership__ends_on__gte=today())
        return self.standing().filter(stays, membership__ended_at=None)

    def running(self) -> Self:
        """Those that hold today."""
        return self.filter(periods.running())

    def with_people(self) -> Self:
        """With the supervisor's name, the first to begin first."""
        return self.select_related("membership__person__user").order_by("starts_on", "pk")


def guide_of(placement: str) -> Subquery:
    """The name of who guides, or is the first to guide, in the placement at this path of the outer row; for lists."""
    name = name_at("membership__person")
    held = Supervision.objects.held().filter(placement=OuterRef(placement))
    return Subquery(held.order_by("starts_on", "pk").annotate(guide=name).values("guide")[:1])


class Supervision(models.Model):
    """A work supervisor guides the student of a placement, from a day on.

    The supervisor sees the goals in that period (`LearnerAccess`); the row stays when someone else takes over.
    """

    ON_RECORD = ("ends_on",)

    placement = models.ForeignKey(
        "placements.Placement",
        verbose_name=_("placement"),
        on_delete=models.PROTECT,
        related_name="supervisions",
    )
    membership = models.ForeignKey(
        Supervisor, verbose_name=_("work supervisor"), on_delete=models.PROTECT, related_name="supervisions"
    )
    # Of both the placement and the supervisor: two keys in the database hold that they are of one employer.
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("employer"), on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("named by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        ordering = ["starts_on", "pk"]
        constraints = periods.constraints(
            "supervision",
            "placement",
            "membership",
            overlap=_("This supervisor guides the student already."),
        )

    def __str__(self) -> str:
        return f"{self.membership}, {self.placement}"
