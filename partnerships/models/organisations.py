"""Organisations and their locations."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import names, periods
from core.dates import today
from core.models import Holiday, SchoolHoliday
from core.provinces import PROVINCE_CHOICES
from core.versions import Versioned
from partnerships.enums import EMPLOYER_KINDS, Branch, OrganisationKind

if TYPE_CHECKING:
    from partnerships.actors import Actor


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def standing(self) -> Self:
        """Those that did not turn out to be another one."""
        return self.filter(merged_into__isnull=True)

    def published(self) -> Self:
        """Those with a public page: valid today or with a successor to point to."""
        return self.standing().filter(is_published=True)

    def existing(self) -> Self:
        """Those that are not over."""
        return self.standing().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=today()))

    def employers(self) -> Self:
        """Care providers and welfare organisations."""
        return self.standing().filter(kind__in=EMPLOYER_KINDS)

    def schools(self) -> Self:
        """Vocational colleges."""
        return self.standing().filter(kind=OrganisationKind.SCHOOL)

    def named(self, text: str) -> Self:
        """Those whose name holds the text, or the name of another row that they turned out to be."""
        former = Organisation.objects.filter(merged_into=OuterRef("pk"), name__icontains=text)
        return self.filter(Q(name__icontains=text) | Exists(former))

    def of_actor(self, actor: Actor) -> Self:
        """Those to which the actor belongs, in whatever role."""
        return self.filter(pk__in=actor.organisations())

    def visible_to(self, actor: Actor) -> Self:
        """Own organisations and those of partnerships the actor coordinates or is a member of."""
        from partnerships.models.partnerships import Member  # noqa: PLC0415  the two models need each other

        shared = Member.objects.running().filter(
            organisation=OuterRef("pk"), partnership__in=actor.takes_part | actor.coordinates
        )
        return self.filter(Q(pk__in=actor.organisations()) | Exists(shared))

    def for_list(self) -> Self:
        """By name."""
        return self.order_by("name", "pk")


class _AnyOf(ArraySubquery):
    template = "ANY(ARRAY(%(subquery)s))"  # an index on the column it is compared with serves it


def one_with(field: str, organisation: Any) -> Q:
    """A condition for histories: the field holds one of the rows that turned out to be this organisation, or itself.

    `organisation` is its key, or a reference to a column of an outer query, one level deeper than beside the condition.
    """
    rows = Organisation.objects.filter(Q(pk=organisation) | Q(merged_into=organisation)).order_by()
    return Q(
        Func(
            F(field),
            _AnyOf(rows.values("pk")),
            template="%(expressions)s",
            arg_joiner=" = ",
            output_field=models.BooleanField(),
        )
    )


class Organisation(Versioned):
    """A care provider, school or other party; real ones of the seeds are marked as example data.

    One that was made twice is merged: the second row stays with its name and address, which lead to the first.
    """

    ON_RECORD = (
        "name",
        "kind",
        "is_published",
        "kvk",
        "learning_company_id",
        "brin",
        "website",
        "free_days",
        "holiday_region",
        "valid_from",
        "valid_until",
        "successor",
        "merged_into",
    )
    # What the one that stays takes over where it has nothing itself.
    FILLED_IN = (
        "branches",
        "province",
        "town",
        "description",
        "website",
        "free_days",
        "holiday_region",
        "kvk",
        "learning_company_id",
        "brin",
    )

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    branches = ArrayField(
        models.CharField(max_length=20, choices=Branch), verbose_name=_("branches"), default=list, blank=True
    )
    province = models.CharField(_("province"), max_length=2, choices=PROVINCE_CHOICES, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    website = models.URLField(_("website"), blank=True)
    # Good Friday, 5 May: whether its people work then is for each organisation to say.
    free_days = ArrayField(
        models.CharField(max_length=20, choices=Holiday.Choice),
        verbose_name=_("days off of its own choice"),
        default=list,
        blank=True,
    )
    holiday_region = models.CharField(
        _("region of the school holidays"), max_length=10, choices=SchoolHoliday.Region, blank=True
    )
    # Identifiers stay text: leading zeros count.
    kvk = models.CharField(
        _("KvK number"),
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^\d{8}$", _("A KvK number has 8 digits."))],
    )
    learning_company_id = models.CharField(_("learning company ID"), max_length=20, blank=True)
    brin = models.CharField(
        _("BRIN"),
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^\d{2}[A-Z]{2}$", _("A BRIN has two digits and two capitals."))],
    )
    is_published = models.BooleanField(_("has a public page"), default=True)
    is_example = models.BooleanField(_("example data"), default=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        verbose_name=_("successor"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("is the same organisation as"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [
            # Few have a last day: what is left out of a list because its organisation is over costs one look.
            models.Index(
                fields=["valid_until"], condition=Q(valid_until__isnull=False), name="organisation_over"
            ),
        ]
        constraints = [
            names.constraint("organisation", "name"),
            models.CheckConstraint(
                name="organisation_kvk_format",
                condition=Q(kvk="") | Q(kvk__regex=r"^\d{8}$"),
                violation_error_message=_("A KvK number has 8 digits."),
            ),
            models.CheckConstraint(
                name="organisation_brin_format",
                condition=Q(brin="") | Q(brin__regex=r"^\d{2}[A-Z]{2}$"),
                violation_error_message=_("A BRIN has two digits and two capitals."),
            ),
            periods.ends_after_start("organisation_ends_after_start", "valid_from", "valid_until"),
            models.CheckConstraint(
                name="organisation_not_merged_into_itself", condition=~Q(merged_into=F("pk"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("partnerships:organisation-detail", args=[self.slug])

    @property
    def is_over(self) -> bool:
        """Whether it no longer exists, for example after a merger."""
        return self.valid_until is not None and self.valid_until < today()

    @property
    def is_employer(self) -> bool:
        """Whether students can work there: a care provider or welfare organisation."""
        return self.kind in EMPLOYER_KINDS

    @property
    def is_school(self) -> bool:
        """Whether it is a vocational college."""
        return self.kind == OrganisationKind.SCHOOL

    @property
    def party_shape(self) -> str:
        """Name of the party shape drawn beside the organisation: employer, school or none."""
        return "employer" if self.is_employer else "school" if self.is_school else ""

    @property
    def branch_labels(self) -> list[str]:
        """The names of its branches."""
        return [str(Branch(value).label) for value in self.branches]


class LocationQuerySet(models.QuerySet["Location"]):
    def open(self) -> Self:
        """Those that have not been closed."""
        return self.filter(periods.not_over(), ended_at=None)

    def visible_to(self, actor: Actor) -> Self:
        """Those of organisations that the actor may see."""
        return self.filter(organisation__in=Organisation.objects.visible_to(actor))

    def for_list(self) -> Self:
        """With their organisation, by name."""
        return self.select_related("organisation").order_by("name", "pk")


class Location(Versioned):
    """A place of an organisation where people work and learn; one that was made twice is merged, as organisations are."""

    ON_RECORD = ("ends_on", "merged_into")
    FILLED_IN = ("neighbourhood", "latitude", "longitude")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="locations"
    )
    name = models.CharField(_("name"), max_length=120)
    municipality = models.CharField(_("town"), max_length=80)
    neighbourhood = models.CharField(_("neighbourhood"), max_length=80, blank=True)
    pc4 = models.CharField(
        _("postcode (4 digits)"),
        max_length=4,
        validators=[
            RegexValidator(r"^[1-9]\d{3}$", _("Give the 4 digits of the postcode, for example 3841."))
        ],
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    ends_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("is the same location as"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged",
    )

    objects = LocationQuerySet.as_manager()

    class Meta:
        verbose_name = _("location")
        verbose_name_plural = _("locations")
        ordering = ["name", "pk"]
        constraints = [
            names.constraint("location", "name"),
            models.CheckConstraint(
                name="location_pc4_format",
                condition=Q(pc4__regex=r"^[1-9]\d{3}$"),
                violation_error_message=_("Give the 4 digits of the postcode, for example 3841."),
            ),
            models.UniqueConstraint(
                name="location_name_once",
                fields=["organisation", "name"],
                condition=Q(ends_on=None),
                violation_error_message=_("There is already a location with this name."),
            ),
            periods.ended_has_last_day("location_ended_has_last_day"),
            models.CheckConstraint(
                name="location_merged_is_closed",
                condition=Q(merged_into__isnull=True) | Q(ends_on__isnull=False) & ~Q(merged_into=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.municipality}"

    def beside(self, title: str) -> str:
        """Where it is, as it stands beside a title: its town alone when the title names the location already."""
        return self.municipality if self.name.casefold() in title.casefold() else str(self)

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        return periods.is_over(self)
