"""Documents of a partnership or of one of its groups, each with every version that it had."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import endings
from core.models import StoredFile
from core.versions import Versioned
from partnerships.enums import DocumentState
from partnerships.models.groups import Group
from partnerships.models.partnerships import Partnership

if TYPE_CHECKING:
    from partnerships.actors import Actor


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those for all members in own partnerships, and those of own groups; what was taken away for who keeps them."""
        keeps = (
            Q(partnership__in=actor.coordinates)
            | Q(group__in=actor.presides)
            | Q(group__isnull=True, partnership__in=actor.writes_for)
        )
        reads = Q(for_members=True, partnership__in=actor.inside) | Q(group__in=actor.groups)
        return self.filter(keeps | (reads & Q(state=DocumentState.KEPT)))

    def kept(self) -> Self:
        """Those that are there to be read."""
        return self.filter(state=DocumentState.KEPT)

    def for_list(self) -> Self:
        """With group, partnership and the newest version; what was taken away last, by title."""
        newest = DocumentVersion.objects.newest().select_related("file", "by")
        rows = self.select_related("group", "partnership")
        return rows.prefetch_related(Prefetch("versions", newest, to_attr="newest_of")).order_by(
            "state", "title", "pk"
        )


class Document(Versioned):
    """A text that the people of a partnership, or of a group, look up: a plan, a format, a letter from the ministry.

    A newer version takes its place and the older ones stay to be read. Papers of one meeting stand with that meeting.
    """

    ON_RECORD = ("title", "for_members")
    TRANSITIONS = {"take_away": ({DocumentState.KEPT}, DocumentState.TAKEN_AWAY)}
    REFUSALS = {"take_away": _("This document was taken away already.")}
    UNDO = {"take_away": endings.DAYS}

    newest_of: list[DocumentVersion]  # set by `for_list`

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partnership = models.ForeignKey(
        Partnership, verbose_name=_("partnership"), on_delete=models.PROTECT, related_name="documents"
    )
    # Whose it is; empty for the whole partnership. That the two belong together: migrations/0046_documents.py.
    group = models.ForeignKey(
        Group,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="documents",
    )
    title = models.CharField(_("title"), max_length=120)
    for_members = models.BooleanField(_("all members of the partnership may read it"), default=False)
    state = models.CharField(
        _("state"), max_length=10, choices=DocumentState, default=DocumentState.KEPT, editable=False
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title", "pk"]
        constraints = [
            models.CheckConstraint(name="document_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="document_of_all_is_read_by_all", condition=Q(for_members=True) | Q(group__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["partnership", "state", "title", "id"], name="document_by_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page with its versions, for who may read it."""
        return reverse("partnerships:document-detail", args=[self.partnership.slug, self.public_id])

    @property
    def newest(self) -> DocumentVersion:
        """The version that counts; of a row of `for_list`."""
        return self.newest_of[0]

    @property
    def is_taken_away(self) -> bool:
        """Whether only who keeps it still sees it."""
        return self.state == DocumentState.TAKEN_AWAY


class DocumentVersionQuerySet(models.QuerySet["DocumentVersion"]):
    def newest(self) -> Self:
        """Of each document the last one."""
        return self.order_by("document_id", "-number").distinct("document_id")

    def for_list(self) -> Self:
        """With file and who put it in, the newest first."""
        return self.select_related("file", "by").order_by("-number", "pk")


class DocumentVersion(models.Model):
    """One file of a document, as it was put in; nobody writes over it."""

    APPEND_ONLY = True

    document = models.ForeignKey(
        Document, verbose_name=_("document"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    file = models.OneToOneField(
        StoredFile, verbose_name=_("file"), editable=False, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(_("name of the file"), max_length=150)
    by = models.ForeignKey(Person, verbose_name=_("put in by"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("put in at"), default=timezone.now)

    objects = DocumentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["-number", "pk"]
        constraints = [
            models.UniqueConstraint(name="document_version_once", fields=["document", "number"]),
            models.CheckConstraint(name="document_versions_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.document} ({self.number})"
