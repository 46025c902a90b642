"""Partnerships that began with the playbook of another: what they took, what they made of it, and what they chose since."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.versions import Versioned
from partnerships.models import Partnership
from playbooks.enums import Choice, PartKind
from playbooks.models.playbooks import LONGEST_BODY, PlaybookPart, PlaybookVersion

BEGUN_ALREADY = _("This partnership has begun with a playbook already.")


class PlaybookAdoption(models.Model):
    """That a partnership began with a version of a playbook: once, and for good."""

    APPEND_ONLY = True

    partnership = models.OneToOneField(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="begun_with"
    )
    version = models.ForeignKey(
        PlaybookVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="adoptions"
    )
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("beginning with a playbook")
        verbose_name_plural = _("beginnings with a playbook")
        ordering = ["-at", "pk"]

    def __str__(self) -> str:
        return f"{self.partnership}: {self.version}"

    def get_absolute_url(self) -> str:
        """Where those inside read what they work by; the partnership is loaded."""
        return reverse("playbooks:adoption-detail", args=[self.partnership.slug])


class AdoptedPartQuerySet(models.QuerySet["AdoptedPart"]):
    def for_list(self) -> Self:
        """With the piece it rests on, in the order of the playbook."""
        return self.select_related("base").order_by("position", "pk")


class AdoptedPart(Versioned):
    """A piece as a partnership has it now, beside `base`: the published piece of which it last took or kept its own.

    Without a base it is the partnership's own. One that is left out stays as a row, so that it is not offered again.
    """

    ON_RECORD = ("title", "body")

    adoption = models.ForeignKey(
        PlaybookAdoption, verbose_name=_("beginning"), on_delete=models.PROTECT, related_name="parts"
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)
    base = models.ForeignKey(
        PlaybookPart,
        verbose_name=_("rests on"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="adopted",
    )
    kind = models.CharField(_("kind"), max_length=12, choices=PartKind, editable=False)
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), max_length=LONGEST_BODY, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)
    is_left = models.BooleanField(_("left out"), default=False, editable=False)

    objects = AdoptedPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("adopted part")
        verbose_name_plural = _("adopted parts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["adoption", "key"], name="adopted_part_once"),
            models.CheckConstraint(name="adopted_part_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def says(self) -> tuple[Any, ...]:
        """All that it says, to be compared."""
        return self.title, self.body, self.details


class PartChoice(models.Model):
    """What was chosen about a piece, when and by whom, with how the piece was before: so that it can be taken back."""

    APPEND_ONLY = True

    part = models.ForeignKey(
        AdoptedPart, verbose_name=_("adopted part"), on_delete=models.PROTECT, related_name="choices"
    )
    choice = models.CharField(_("choice"), max_length=4, choices=Choice)
    number = models.PositiveSmallIntegerField(_("version"))
    # How the piece was before and how often it had been changed after: who changed it since has nothing taken back.
    before = models.JSONField(_("before"), default=dict)
    row_version_after = models.PositiveIntegerField(_("version after"))
    undoes = models.OneToOneField(
        "self",
        verbose_name=_("takes back"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="undone_by",
    )
    by = models.ForeignKey(
        "accounts.Person", verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("choice about a part")
        verbose_name_plural = _("choices about parts")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="part_choice_undo_undoes",
                condition=Q(choice=Choice.UNDO, undoes__isnull=False)
                | (~Q(choice=Choice.UNDO) & Q(undoes__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["part", "-at", "-id"], name="part_choice_newest")]

    def __str__(self) -> str:
        return f"{self.get_choice_display()}: {self.part}"
