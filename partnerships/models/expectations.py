"""Whom a group expects at its table: delegates of organisations, and other voices, each with how many."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partnerships.enums import Perspective
from partnerships.models.organisations import Organisation

MOST_SEATS = 100
# Those for whom one sits in a group other than as a delegate.
VOICES = [voice for voice in Perspective if voice != Perspective.DELEGATE]


class GroupExpectation(models.Model):
    """So many delegates of one organisation, or so many with one other voice; a group without it expects none of those."""

    group = models.ForeignKey(
        "partnerships.Group", verbose_name=_("group"), on_delete=models.PROTECT, related_name="expectations"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="expected_in",
    )
    perspective = models.CharField(_("voice"), max_length=20, choices=Perspective, blank=True)
    number = models.PositiveSmallIntegerField(
        _("number"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_SEATS)]
    )

    class Meta:
        verbose_name = _("who is expected")
        verbose_name_plural = _("who are expected")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="expectation_of_an_organisation_or_a_voice",
                condition=Q(organisation__isnull=False, perspective="")
                | Q(organisation__isnull=True, perspective__in=VOICES),
            ),
            models.CheckConstraint(name="expectation_at_least_one", condition=Q(number__gte=1)),
            models.UniqueConstraint(
                name="expectation_of_an_organisation_once",
                fields=["group", "organisation"],
                condition=Q(organisation__isnull=False),
            ),
            models.UniqueConstraint(
                name="expectation_of_a_voice_once",
                fields=["group", "perspective"],
                condition=~Q(perspective=""),
            ),
        ]

    def __str__(self) -> str:
        who = self.organisation or self.get_perspective_display()
        return f"{who}: {self.number}"


@dataclass(frozen=True)
class Lacking:
    """Who is not at the table yet, an organisation or a voice in words, and how many are still to come."""

    name: str
    number: int
    organisation: int | None = None
    voice: str = ""


@dataclass(frozen=True)
class Missing:
    """Delegates and voices that are not at the table yet."""

    organisations: list[Lacking]
    voices: list[Lacking]

    def __bool__(self) -> bool:
        return bool(self.organisations or self.voices)
