"""The story of an initiative, in versions: written by who leads it, made public by who writes for the partnership."""

from __future__ import annotations

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.models import StoredFile
from core.versions import Versioned
from partnerships.enums import StoryState
from partnerships.models.initiatives import Initiative


class StoryVersionQuerySet(models.QuerySet["StoryVersion"]):
    def published(self) -> Self:
        """What visitors read."""
        return self.filter(state=StoryState.PUBLISHED)

    def for_list(self) -> Self:
        """With image and writer, the newest first."""
        return self.select_related("image", "by").order_by("-number", "pk")


class StoryVersion(Versioned):
    """One text with at most one image, as it was written: what should be otherwise is a next version."""

    TRANSITIONS = {
        "publish": ({StoryState.DRAFT, StoryState.REPLACED}, StoryState.PUBLISHED),
        "replace": ({StoryState.PUBLISHED}, StoryState.REPLACED),
    }
    REFUSALS = {
        "publish": _("This version is on the public page already."),
        "replace": _("This version is not on the public page."),
    }

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    initiative = models.ForeignKey(
        Initiative, verbose_name=_("initiative"), on_delete=models.PROTECT, related_name="stories"
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    text = models.TextField(_("story"), max_length=6000)
    image = models.OneToOneField(
        StoredFile,
        verbose_name=_("image"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    alt = models.CharField(_("what the image shows"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=StoryState, default=StoryState.DRAFT, editable=False
    )
    by = models.ForeignKey(
        "accounts.Person",
        verbose_name=_("by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
    )
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    objects = StoryVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a story")
        verbose_name_plural = _("versions of stories")
        ordering = ["-number", "pk"]
        constraints = [
            models.UniqueConstraint(name="story_version_once", fields=["initiative", "number"]),
            models.UniqueConstraint(
                name="story_published_once",
                fields=["initiative"],
                condition=Q(state=StoryState.PUBLISHED),
            ),
            models.CheckConstraint(
                name="story_image_has_words",
                condition=Q(image__isnull=True, alt="") | Q(image__isnull=False) & ~Q(alt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} ({self.number})"

    def get_absolute_url(self) -> str:
        """The page for who works on the initiative, which is loaded."""
        return reverse("partnerships:story", args=[self.initiative.slug, self.public_id])

    @property
    def image_url(self) -> str:
        """Where its image is handed out; its initiative is loaded."""
        return reverse("partnerships:story-image", args=[self.initiative.slug, self.public_id])

    @property
    def is_published(self) -> bool:
        """Whether visitors read it."""
        return self.state == StoryState.PUBLISHED
