"""The words of everything that can be found, beside whom it is for."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from search.enums import Found


class SearchEntry(models.Model):
    """One row of another table with its words; triggers of that table write it (migrations/0002), nothing else does.

    `audiences` narrows who may see it down to what the database can look up: "public", "in:" a partnership, "of:" the
    coordinators of one, "group:", "person:", "org:" whoever receives what is sent to an organisation. It may say too much,
    never too little: what is shown was asked of `visible_to` of the row itself. There are no keys to other tables: what is
    copied binds nobody.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=Found)
    object_id = models.BigIntegerField(_("key"))
    audiences = ArrayField(models.CharField(max_length=30), verbose_name=_("for whom"))
    partnership_id = models.BigIntegerField(_("partnership"), null=True)
    key = models.CharField(_("in its address"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    plain = models.CharField(_("title without accents and capitals"), max_length=200)
    beginning = models.CharField(_("beginning of the text"), max_length=200, blank=True)
    vector = SearchVectorField()

    class Meta:
        verbose_name = _("entry of the search")
        verbose_name_plural = _("entries of the search")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once"),
            models.CheckConstraint(
                name="search_entry_is_for_someone", condition=models.Q(audiences__len__gte=1)
            ),
        ]
        indexes = [
            GinIndex(fields=["kind", "audiences", "vector"], name="search_entry_words"),
            GinIndex(
                "kind", "audiences", OpClass("plain", name="gin_trgm_ops"), name="search_entry_likeness"
            ),
        ]

    def __str__(self) -> str:
        return self.title
