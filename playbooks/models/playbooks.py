"""Playbooks: how a partnership works, told in parts for others who want the same, in versions that stay as they were."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.versions import Versioned
from partnerships.models import Partnership
from playbooks.enums import PartKind, VersionState

if TYPE_CHECKING:
    from partnerships.actors import Actor

ONE_DRAFT = _("There is a next version already that is being written.")
STANDS = _("What was published stays as it is. Write a next version.")
MOST_PARTS = 60
LONGEST_BODY = 4000


class PlaybookQuerySet(models.QuerySet["Playbook"]):
    def published(self) -> Self:
        """Those of which a version stands in public."""
        return self.filter(Exists(PlaybookVersion.objects.public().filter(playbook=OuterRef("pk"))))

    def visible_to(self, actor: Actor) -> Self:
        """Those published, and those of partnerships that the actor coordinates."""
        public = PlaybookVersion.objects.public().filter(playbook=OuterRef("pk"))
        return self.filter(Q(partnership__in=actor.coordinates) | Exists(public))


class Playbook(Versioned):
    """The playbook of one partnership, at one lasting address."""

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=80)
    partnership = models.OneToOneField(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="playbook"
    )

    objects = PlaybookQuerySet.as_manager()

    class Meta:
        verbose_name = _("playbook")
        verbose_name_plural = _("playbooks")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.partnership)

    def get_absolute_url(self) -> str:
        """The public page of its newest version."""
        return reverse("playbooks:playbook-detail", args=[self.slug])


class PlaybookVersionQuerySet(models.QuerySet["PlaybookVersion"]):
    def public(self) -> Self:
        """What anyone can read: the one that stands now, and those before it."""
        return self.exclude(state=VersionState.DRAFT)

    def current(self) -> Self:
        """The newest published one of each playbook."""
        return self.filter(state=VersionState.PUBLISHED)

    def draft(self) -> Self:
        """What is being written."""
        return self.filter(state=VersionState.DRAFT)

    def with_parts(self) -> Self:
        """With all that stands in it; a query more."""
        parts = Prefetch("parts", queryset=PlaybookPart.objects.for_list())
        return self.select_related("playbook__partnership").prefetch_related(parts)

    def for_list(self) -> Self:
        """By title."""
        return self.select_related("playbook__partnership").order_by("title", "pk")

    def newest_first(self) -> Self:
        """The newest first."""
        return self.select_related("playbook").order_by("-number", "pk")


class PlaybookVersion(Versioned):
    """One text of a playbook. Once published it never changes, and neither do its parts (migrations/0001)."""

    TRANSITIONS = {
        "publish": ({VersionState.DRAFT}, VersionState.PUBLISHED),
        "replace": ({VersionState.PUBLISHED}, VersionState.REPLACED),
    }
    REFUSALS = {"publish": _("This version was published already.")}

    playbook = models.ForeignKey(
        Playbook, verbose_name=_("playbook"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    title = models.CharField(_("title"), max_length=120)
    summary = models.CharField(_("summary"), max_length=300)
    needed = models.TextField(_("what you need"), max_length=1000, blank=True)
    duration = models.CharField(_("how long it takes"), max_length=200, blank=True)
    costs = models.CharField(_("what it costs"), max_length=200, blank=True)
    news = models.TextField(_("what is new in this version"), max_length=1000, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=VersionState, default=VersionState.DRAFT, editable=False
    )
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)

    objects = PlaybookVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a playbook")
        verbose_name_plural = _("versions of playbooks")
        ordering = ["-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["playbook", "number"], name="playbook_number_once"),
            models.UniqueConstraint(
                fields=["playbook"],
                condition=Q(state=VersionState.DRAFT),
                name="playbook_one_draft",
                violation_error_message=ONE_DRAFT,
            ),
            models.UniqueConstraint(
                fields=["playbook"], condition=Q(state=VersionState.PUBLISHED), name="playbook_one_published"
            ),
            models.CheckConstraint(name="playbook_number_from_one", condition=Q(number__gte=1)),
            models.CheckConstraint(
                name="playbook_published_has_day",
                condition=Q(state=VersionState.DRAFT, published_on__isnull=True)
                | (~Q(state=VersionState.DRAFT) & Q(published_on__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["title", "id"], name="playbook_by_title")]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    def get_absolute_url(self) -> str:
        """The address at which this version stays; its playbook is loaded."""
        return reverse("playbooks:playbook-version", args=[self.playbook.slug, self.number])

    @property
    def is_draft(self) -> bool:
        """Whether it can still be changed."""
        return self.state == VersionState.DRAFT


class PlaybookPartQuerySet(models.QuerySet["PlaybookPart"]):
    def for_list(self) -> Self:
        """In the order of the playbook."""
        return self.order_by("position", "pk")


class PlaybookPart(Versioned):
    """A piece of a version: its `key` is the same in each version, so that they can be compared piece by piece."""

    version = models.ForeignKey(
        PlaybookVersion, verbose_name=_("version"), on_delete=models.PROTECT, related_name="parts"
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=PartKind, editable=False)
    title = models.CharField(_("title"), max_length=160)
    body = models.TextField(_("text"), max_length=LONGEST_BODY, blank=True)
    # What the kind has besides: of a group how many of which voices, of a step when, of a programme its crebos.
    details = models.JSONField(_("details"), default=dict, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0, editable=False)
    # Of what in the partnership it was made, as kind and number: nothing is made of that twice.
    origin = models.CharField(_("made from"), max_length=40, blank=True, editable=False)

    objects = PlaybookPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a playbook")
        verbose_name_plural = _("parts of playbooks")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="playbook_part_once"),
            models.CheckConstraint(name="playbook_part_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def says(self) -> tuple[Any, ...]:
        """All that it says, to be compared."""
        return self.title, self.body, self.details
