"""Promises of a signed cooperation agreement that someone took on as an action."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from meetings.models.actions import Action
from partnerships.models import Promise


class PromisedActionQuerySet(models.QuerySet["PromisedAction"]):
    def for_list(self) -> Self:
        """With the action and who does it."""
        return self.select_related("action__owner__user").order_by("promise", "pk")


class PromisedAction(models.Model):
    """That an action keeps a promise; its owner, day and state stand with the action."""

    APPEND_ONLY = True

    promise = models.OneToOneField(
        Promise, verbose_name=_("promise"), on_delete=models.PROTECT, related_name="promised"
    )
    action = models.OneToOneField(
        Action, verbose_name=_("action"), on_delete=models.PROTECT, related_name="promised"
    )

    objects = PromisedActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action that keeps a promise")
        verbose_name_plural = _("actions that keep a promise")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.promise}: {self.action}"
