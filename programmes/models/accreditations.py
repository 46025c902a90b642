"""Accreditation of a learning company per crebo, as a school found it out (docs/domain.md 8, Accreditation)."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When, Window
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Coalesce, RowNumber
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core import periods
from core.limits import REASON
from core.lookups import keys_of
from partnerships.models import Member, Organisation
from partnerships.models.organisations import one_with
from partnerships.roles import KEEPS_SLOTS
from programmes.enums import AccreditationStatus
from programmes.models.qualifications import CREBO_FORMAT, Qualification

if TYPE_CHECKING:
    from partnerships.actors import Actor

NATIONAL = 0  # stands for the national source where schools are compared: there it is no school

# What the database refuses, in the words in which a service says it beforehand
IS_CORRECTED = _("This check has been corrected. Read the correction first.")


class AccreditationCheckQuerySet(models.QuerySet["AccreditationCheck"]):
    def standing(self) -> Self:
        """Those that no correction replaced."""
        return self.filter(corrected_by__isnull=True)

    def counting(self) -> Self:
        """The newest of each school, employer and crebo; the national source counts apart."""
        newer = _newer().alias(found_by=_found_by("school__merged_into_id", "school_id"))
        same = _found_by(OuterRef("school__merged_into_id"), OuterRef("school_id"))
        return self.standing().filter(~Exists(newer.filter(found_by=same)))

    def newest(self) -> Self:
        """As `counting`, of rows among which is all that the same school or source found of an employer and a crebo."""
        corrected = ArraySubquery(self.filter(corrects__isnull=False).order_by().values("corrects"))
        found_by = Coalesce(_today("school", self), NATIONAL)
        same: list[BaseExpression | F] = [_today("organisation", self), F("crebo"), found_by]
        turn = Window(RowNumber(), partition_by=same, order_by=["-checked_on", "-pk"])
        first = self.exclude(pk__in=corrected).order_by().alias(turn=turn).filter(turn=1)
        return self.filter(pk__in=ArraySubquery(first.values("pk")))

    def counting_for(self, school: int | OuterRef) -> Self:
        """What counts for one school: the newest of its own check and the national one, per employer and crebo."""
        deeper = OuterRef(school) if isinstance(school, OuterRef) else school
        newer = _newer().filter(_relied_on_by(deeper))
        return self.standing().filter(_relied_on_by(school), ~Exists(newer))

    def later_than_outer(self, school: Any) -> Self:
        """Of the same employer and crebo as the outer row, found by the school or the national source, and not older."""
        return self.standing().filter(
            _relied_on_by(school),
            _the_same_employer(),
            crebo=OuterRef("crebo"),
            checked_on__gte=OuterRef("checked_on"),
        )

    def verified_on(self, day: date) -> Self:
        """Those that hold on the day: verified, begun and not ended or withdrawn."""
        return self.filter(
            Q(status=AccreditationStatus.VERIFIED, valid_from__lte=day),
            Q(valid_until__isnull=True) | Q(valid_until__gte=day),
        )

    def of_employers(self, ids: Collection[int] | ArraySubquery) -> Self:
        """Of these employers, under whatever row they were known when it was found."""
        return self.filter(organisation__in=_known_as(ids))

    def visible_to(self, actor: Actor) -> Self:
        """The employer's own; teachers their school's; coordinators those between members of their partnerships.

        What the national source says is read by all who check or coordinate.
        """
        ways = Q(organisation__in=_known_as(actor.organisations(*KEEPS_SLOTS)))
        if schools := actor.organisations(Role.TEACHER):
            ways |= Q(school__in=_known_as(schools))
        if actor.coordinates:
            members = Member.objects.running().filter(partnership__in=actor.coordinates)
            theirs = _known_as(keys_of(members, "organisation"))
            ways |= Q(organisation__in=theirs, school__in=theirs)
        if schools or actor.coordinates or actor.is_staff:
            ways |= Q(school__isnull=True)
        return self.filter(ways)

    def of_the_same(self, check: AccreditationCheck) -> Self:
        """Everything that the same school or source found out about this employer and crebo, newest first."""
        found_by = Q(school__isnull=True)
        if check.found_by_id is not None:
            found_by = Q(school__in=_known_as([check.found_by_id]))
        rows = self.of_employers([check.employer_id]).filter(found_by, crebo=check.crebo)
        return rows.order_by("-checked_on", "-pk")

    def titled(self) -> Self:
        """With `diploma`: what the crebo is called in the newest file that has it; nothing when none has."""
        named = Qualification.objects.filter(crebo=OuterRef("crebo")).order_by("-file__valid_from", "-pk")
        return self.annotate(diploma=Subquery(named.values("name")[:1]))

    def for_list(self) -> Self:
        """With what pages print of each, by employer and crebo."""
        return self.with_details().by_employer()

    def with_details(self) -> Self:
        """The same in the order that the list has already."""
        return self.titled().select_related("organisation", "school", "by", "corrected_by")

    def by_employer(self) -> Self:
        """By employer and crebo, the newest first."""
        return self.order_by("organisation__name", "crebo", "-checked_on", "-pk")


def _today(field: str, rows: AccreditationCheckQuerySet) -> Case:
    """What a field names, as it is known today; of those that were merged, which are few, it is looked up."""
    merged = Organisation.objects.filter(pk__in=keys_of(rows, field), merged_into__isnull=False)
    known_as = Organisation.objects.filter(pk=OuterRef(field)).values("merged_into")
    is_merged = Q(**{f"{field}__in": keys_of(merged)})
    return Case(
        When(is_merged, then=Subquery(known_as)),
        default=F(f"{field}_id"),
        output_field=models.BigIntegerField(),
    )


def _newer() -> AccreditationCheckQuerySet:
    """Of the same employer and crebo as the outer row, and newer; of whatever school."""
    later = Q(checked_on__gt=OuterRef("checked_on"))
    same_day = Q(checked_on=OuterRef("checked_on"), pk__gt=OuterRef("pk"))
    return AccreditationCheck.objects.standing().filter(
        later | same_day, _the_same_employer(), crebo=OuterRef("crebo")
    )


def _relied_on_by(school: Any) -> Q:
    """Found by a school, a key or a column of the outer row, or by the national source."""
    deeper = OuterRef(school) if isinstance(school, OuterRef) else school
    return one_with("school", deeper) | Q(school__isnull=True)


def _the_same_employer() -> Q:
    """That of the outer check, under whatever row it was known there and here."""
    today = Coalesce(OuterRef(OuterRef("organisation__merged_into")), OuterRef(OuterRef("organisation")))
    return one_with("organisation", today)


def _found_by(merged: str | OuterRef, school: str | OuterRef) -> Coalesce:
    """Where schools are compared: a school under the row it has today, and the national source as none of them."""
    return Coalesce(merged, school, NATIONAL)


def _known_as(ids: Collection[int] | ArraySubquery) -> ArraySubquery:
    """Organisations with those that turned out to be one with them; read first, for an OR over both tables reads both."""
    return keys_of(Organisation.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)))


class AccreditationCheck(models.Model):
    """What one school found out on one day: leerbedrijf-ID × crebo, its status and period, who looked and where.

    A row is never changed. What was found later is a new row, and so is a correction, which says what it corrects and
    why; both stay to be read. Without a school it comes from the national source.
    """

    APPEND_ONLY = True

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        Organisation,
        verbose_name=_("school"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recorded_checks",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="accreditation_checks",
    )
    crebo = models.CharField(
        _("crebo"), max_length=5, validators=[RegexValidator(CREBO_FORMAT, _("A crebo code has 5 digits."))]
    )
    learning_company_id = models.CharField(_("learning company ID"), max_length=20)
    status = models.CharField(_("status"), max_length=9, choices=AccreditationStatus)
    valid_from = models.DateField(_("holds from"), null=True, blank=True)
    valid_until = models.DateField(_("holds until"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"))
    source = models.CharField(_("source"), max_length=200)
    proof = models.CharField(_("proof"), max_length=500, blank=True)
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("checked by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    recorded_at = models.DateTimeField(_("recorded at"), auto_now_add=True)
    corrects = models.OneToOneField(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrected_by",
    )
    reason = models.CharField(_("reason"), max_length=REASON, blank=True)

    objects = AccreditationCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("accreditation check")
        verbose_name_plural = _("accreditation checks")
        ordering = ["organisation", "crebo", "pk"]
        constraints = [
            models.CheckConstraint(
                name="accreditation_crebo_format",
                condition=Q(crebo__regex=CREBO_FORMAT),
                violation_error_message=_("A crebo code has 5 digits."),
            ),
            periods.ends_after_start(
                "accreditation_ends_after_start", "valid_from", "valid_until", may_be_one_day=True
            ),
            models.CheckConstraint(
                name="accreditation_verified_has_start",
                condition=~Q(status=AccreditationStatus.VERIFIED) | Q(valid_from__isnull=False),
                violation_error_message=_("Enter the day from which the accreditation is valid."),
            ),
            models.CheckConstraint(
                name="accreditation_withdrawn_has_end",
                condition=~Q(status=AccreditationStatus.WITHDRAWN) | Q(valid_until__isnull=False),
                violation_error_message=_("Give the last day on which the accreditation held."),
            ),
            models.CheckConstraint(
                name="accreditation_correction_has_reason",
                condition=Q(corrects__isnull=True, reason="") | Q(corrects__isnull=False) & ~Q(reason=""),
                violation_error_message=_("Say why this corrects the earlier check."),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "crebo", "checked_on"], name="accreditation_newest")]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.crebo}"

    def get_absolute_url(self) -> str:
        return reverse("placements:accreditation-detail", args=[self.public_id])

    @property
    def employer_id(self) -> int:
        """The employer today; the row names the one it was when this was found."""
        return self.organisation.merged_into_id or self.organisation_id

    @property
    def found_by_id(self) -> int | None:
        """The school today, or none for the national source."""
        return self.school.merged_into_id or self.school_id if self.school else None

    @property
    def is_corrected(self) -> bool:
        """Whether a correction replaced this check; asks nothing when it was loaded `for_list`."""
        return hasattr(self, "corrected_by")

    def holds_on(self, day: date) -> bool:
        """As `verified_on`, for a row that is loaded."""
        if self.status != AccreditationStatus.VERIFIED or self.valid_from is None or self.valid_from > day:
            return False
        return self.valid_until is None or self.valid_until >= day
