"""People who take part in a partnership without working for a member."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _

from core import periods
from core.dates import today
from core.readlog import AboutSomeone
from core.versions import Versioned
from partnerships.enums import AffiliationKind, Perspective
from partnerships.models.organisations import Organisation
from partnerships.models.partnerships import Partnership

TAKES_PART = _("This person takes part in the partnership already.")
VOICES = {
    AffiliationKind.STUDENT: Perspective.STUDENT,
    AffiliationKind.CLIENT: Perspective.CARER_OR_CLIENT,
    AffiliationKind.CARER: Perspective.CARER_OR_CLIENT,
    AffiliationKind.EXPERT: Perspective.PRACTICE_EXPERT,
}


class StudyingQuerySet(models.QuerySet["Studying"]):
    def running(self) -> Self:
        """Those that hold today."""
        return self.filter(periods.within())

    def for_list(self) -> Self:
        """With person and school, by the person's name."""
        return self.select_related("person__user", "organisation").order_by("person__sort_name", "pk")


class Studying(AboutSomeone):
    """That a student takes part in the partnership of a programme, as long as enrolled; by the key of the enrolment.

    The rows are not stored. They are a view over enrolments, made by the app that knows those
    (`students/migrations/0003_takes_part.py`), so that nobody takes part longer than the enrolment lasts.
    """

    ABOUT = "person"

    id = models.BigIntegerField(primary_key=True)
    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="+"
    )
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="studying"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("school"), on_delete=models.PROTECT, related_name="+"
    )
    starts_on = models.DateField(_("start"))
    ends_on = models.DateField(_("end"))

    objects = StudyingQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "partnerships_studying"
        verbose_name = _("student who takes part")
        verbose_name_plural = _("students who take part")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def running(self) -> Self:
        """Those that hold today; a student's as long as the enrolment that it names, of that person and partnership."""
        studying = Studying.objects.running().filter(
            pk=OuterRef("source_id"), person=OuterRef("person"), partnership=OuterRef("partnership")
        )
        return self.filter(periods.running(), Q(source_id=0) | Exists(studying))

    def by_hand(self) -> Self:
        """Those of clients, carers and experts, who were let take part by someone."""
        return self.exclude(kind=AffiliationKind.STUDENT)

    def for_list(self) -> Self:
        """With person, organisation and partnership, by the person's name."""
        return self.select_related("person__user", "organisation", "partnership").order_by(
            "person__sort_name", "pk"
        )


class Affiliation(AboutSomeone, Versioned):
    """A student, client, carer or expert in a partnership: gives only that the person may be seated.

    A student's row names an enrolment, `source_id`, and is there once the student is seated: how long it holds is asked of
    `Studying`. Others are made by hand, with their own days.
    """

    ABOUT = "person"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(
        "accounts.Person", verbose_name=_("person"), on_delete=models.PROTECT, related_name="affiliations"
    )
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="affiliations"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AffiliationKind)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("comes with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="affiliations",
    )
    source_id = models.PositiveBigIntegerField(_("follows from"), default=0, editable=False)
    starts_on = models.DateField(_("start"), default=today)
    ends_on = models.DateField(_("end"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    # What a seat that rests on it must speak for (migrations/0004_joining.py).
    voice = models.GeneratedField(
        expression=Case(*(When(kind=kind, then=Value(voice)) for kind, voice in VOICES.items())),
        output_field=models.CharField(max_length=20),
        db_persist=True,
    )

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        verbose_name = _("person who takes part")
        verbose_name_plural = _("people who take part")
        ordering = ["person__sort_name", "pk"]
        constraints = [
            *periods.constraints(
                "affiliation", "person", "partnership", "kind", "source_id", overlap=TAKES_PART
            ),
            models.CheckConstraint(
                name="affiliation_student_by_enrolment",
                condition=Q(kind=AffiliationKind.STUDENT, source_id__gt=0)
                | ~Q(kind=AffiliationKind.STUDENT) & Q(source_id=0),
            ),
            models.CheckConstraint(
                name="affiliation_student_has_no_days",
                condition=~Q(kind=AffiliationKind.STUDENT) | Q(ends_on__isnull=True, ended_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["source_id"], condition=Q(source_id__gt=0), name="affiliation_of_enrolment")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"

    @property
    def is_over(self) -> bool:
        """Whether the person takes part no more."""
        return periods.is_over(self)
