"""Partnerships, their members and themes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Count, ExpressionWrapper, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce, JSONObject, Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import names, periods
from core.dates import today
from core.provinces import PROVINCE_CHOICES, province_names
from core.versions import Versioned
from partnerships.enums import COORDINATING, Branch, MemberRole, PartnershipShape
from partnerships.models.organisations import Organisation

if TYPE_CHECKING:
    from partnerships.actors import Actor

IS_A_MEMBER = _("This organisation is already a member.")
LONGEST_TERM = 90  # days within which an organisation reacts to an improvement proposal
TERM = _("Choose between 1 and 90 days.")
ROOT_IS_TAKEN = _("Another theme of this partnership belongs to this shared theme in these days.")


class Theme(models.Model):
    """A subject that partnerships and initiatives share, such as lifelong development."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=60)
    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["name", "pk"]
        constraints = [names.constraint("theme", "name")]

    def __str__(self) -> str:
        return self.name


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def published(self) -> Self:
        """Those with a public page."""
        return self.filter(is_published=True)

    def visible_to(self, actor: Actor) -> Self:
        """Those the actor knows from within, or that have a public page."""
        return self.filter(Q(pk__in=actor.inside) | Q(is_published=True))

    def inside(self, actor: Actor) -> Self:
        """Those the actor knows from within: whoever is inside may know why something is not allowed."""
        return self.filter(pk__in=actor.inside)

    def running(self) -> Self:
        """Those that have begun and not ended."""
        return self.filter(periods.running(may_lack_start=True))

    def with_member_count(self) -> Self:
        """With `member_count`: the organisations that take part today."""
        running = Member.objects.running().filter(partnership=OuterRef("pk")).order_by()
        counts = running.values("partnership").annotate(n=Count("organisation", distinct=True)).values("n")
        return self.annotate(member_count=Coalesce(Subquery(counts), 0))

    def for_page(self) -> Self:
        """With its successor, `theme_rows` and `predecessor_rows`, by name, in the same query."""
        rows = ArraySubquery(
            PartnershipTheme.objects.running()
            .filter(partnership=OuterRef("pk"))
            .values(row=JSONObject(slug="root__slug", name="name"))
        )
        before = Partnership.objects.published().filter(successor=OuterRef("pk")).order_by("name", "pk")
        came_from = ArraySubquery(before.values(row=JSONObject(slug="slug", name="name")))
        return self.select_related("successor").annotate(theme_rows=rows, predecessor_rows=came_from)

    def for_list(self) -> Self:
        """By name."""
        return self.order_by("name", "pk")


class Partnership(Versioned):
    """Several equal organisations with one shared goal: the root of access rights (docs/domain.md 1)."""

    # Provinces say whose places are near.
    ON_RECORD = ("name", "starts_on", "ends_on", "is_published", "provinces", "successor", "proposal_days")

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=120)
    shape = models.CharField(_("shape"), max_length=20, choices=PartnershipShape)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), max_length=6000, blank=True)
    provinces = ArrayField(
        models.CharField(max_length=2, choices=PROVINCE_CHOICES),
        verbose_name=_("provinces"),
        default=list,
        blank=True,
    )
    municipalities = ArrayField(
        models.CharField(max_length=80), verbose_name=_("municipalities"), default=list, blank=True
    )
    branches = ArrayField(
        models.CharField(max_length=20, choices=Branch), verbose_name=_("branches"), default=list, blank=True
    )
    organisations = models.ManyToManyField(Organisation, through="Member", related_name="partnerships")
    # Within how many days an organisation reacts to an improvement proposal that it gets.
    proposal_days = models.PositiveSmallIntegerField(
        _("days to react to a proposal"), default=10, db_default=10
    )
    is_published = models.BooleanField(_("has a public page"), default=True)
    is_example = models.BooleanField(_("example data"), default=False)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")
        ordering = ["name", "pk"]
        constraints = [
            names.constraint("partnership", "name"),
            periods.ends_after_start("partnership_ends_after_start", may_be_one_day=True),
            periods.ended_has_last_day("partnership_ended_has_last_day"),
            models.CheckConstraint(
                name="partnership_not_its_own_successor",
                condition=Q(successor__isnull=True) | ~Q(successor=F("pk")),
            ),
            models.CheckConstraint(
                name="partnership_term_of_proposals",
                condition=Q(proposal_days__gte=1, proposal_days__lte=LONGEST_TERM),
                violation_error_message=TERM,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("partnerships:partnership-detail", args=[self.slug])

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return periods.is_over(self)

    @property
    def province_labels(self) -> list[str]:
        """The names of its provinces."""
        return province_names(self.provinces)

    @property
    def branch_labels(self) -> list[str]:
        """The names of its branches."""
        return [str(Branch(value).label) for value in self.branches]


class MemberQuerySet(models.QuerySet["Member"]):
    def running(self) -> Self:
        """Memberships that hold today."""
        return self.filter(periods.running(may_lack_start=True))

    def visible_to(self, actor: Actor) -> Self:
        """Those of partnerships that the actor may see."""
        return self.filter(Q(partnership__in=actor.inside) | Q(partnership__is_published=True))

    def for_list(self) -> Self:
        """With their organisation, by its name."""
        return self.select_related("organisation").order_by("organisation__name", "pk")


class Member(Versioned):
    """An organisation in a partnership, with a role and dates (sources differ on the numbers: docs/domain.md 11).

    It takes part by its own yes and that of the partnership, which stand in `join_request`.
    """

    ON_RECORD = ("role", "starts_on")

    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="members"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="members"
    )
    role = models.CharField(_("role"), max_length=20, choices=MemberRole, default=MemberRole.MEMBER)
    join_request = models.ForeignKey(
        "partnerships.JoinRequest",
        verbose_name=_("request to join"),
        on_delete=models.PROTECT,
        related_name="members",
    )
    # The row of the role that this one took the place of.
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("replaces"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    # With the three keys above these name what the request must be (migrations/0004_joining.py).
    rests_on_accepted = models.GeneratedField(
        expression=Case(When(ended_at__isnull=True, then=True), output_field=models.BooleanField(null=True)),
        output_field=models.BooleanField(null=True),
        db_persist=True,
    )
    coordinates = models.GeneratedField(
        expression=ExpressionWrapper(Q(role__in=COORDINATING), models.BooleanField()),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["organisation__name", "pk"]
        constraints = [
            *periods.constraints("member", "partnership", "organisation", overlap=IS_A_MEMBER),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.partnership}"

    @property
    def is_over(self) -> bool:
        """Whether the organisation has left."""
        return periods.is_over(self)

    @property
    def is_running(self) -> bool:
        """Whether the organisation takes part today."""
        return not self.is_over and (self.starts_on is None or self.starts_on <= today())


class PartnershipThemeQuerySet(models.QuerySet["PartnershipTheme"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of the partnerships that the actor knows from within."""
        return self.filter(partnership__in=actor.inside)

    def running(self) -> Self:
        """Those that hold today."""
        return self.filter(periods.running(may_lack_start=True))

    def for_list(self) -> Self:
        """With partnership and shared theme, what is over last, by name."""
        over = ExpressionWrapper(
            ~(periods.not_over() & Q(ended_at__isnull=True)), output_field=models.BooleanField()
        )
        return self.select_related("partnership", "root").order_by(over, "name", "pk")


class PartnershipTheme(Versioned):
    """A subject that a partnership works on, as it calls it; by its root initiatives are found and counted everywhere."""

    ON_RECORD = ("name", "root", "starts_on", "ends_on")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="own_themes"
    )
    root = models.ForeignKey(
        Theme, verbose_name=_("shared theme"), on_delete=models.PROTECT, related_name="own_themes"
    )
    name = models.CharField(_("name"), max_length=80)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)

    objects = PartnershipThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme of a partnership")
        verbose_name_plural = _("themes of partnerships")
        ordering = ["name", "pk"]
        constraints = [
            names.constraint("partnership_theme", "name"),
            *periods.constraints("partnership_theme", "partnership", "root", overlap=ROOT_IS_TAKEN),
            # One that has ended leaves its name to the next: the two have different ends.
            models.UniqueConstraint(
                "partnership",
                Lower("name"),
                "ends_on",
                name="partnership_theme_name_once",
                nulls_distinct=False,
                violation_error_message=_("There is a theme with this name already. Look in the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page for everyone who takes part in the partnership."""
        return reverse("partnerships:partnership-theme", args=[self.partnership.slug, self.public_id])

    @property
    def is_over(self) -> bool:
        """Whether someone ended it, or its last day has passed."""
        return periods.is_over(self)
