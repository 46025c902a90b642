"""What search engines may read, with the day of the last change: public pages alone, at most ten thousand in a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from partnerships.models import Call, Initiative, Organisation, Partnership
from playbooks.models import PlaybookVersion


class _Public(Sitemap):
    limit = 10_000
    protocol = "https"


class PageSitemap(_Public):
    """The standing pages and the lists."""

    def items(self) -> Sequence[str]:
        """By name."""
        lists = ("initiative-list", "partnership-list", "call-list")
        standing = ["home", "for-employers", "for-students", "about", "playbooks:playbook-list"]
        return [*standing, *(f"partnerships:{name}" for name in lists)]

    def location(self, item: str) -> str:
        """Its address."""
        return reverse(item)


class InitiativeSitemap(_Public):
    """Each published initiative."""

    def items(self) -> QuerySet[Initiative]:
        """The oldest first, so that a file changes at its end."""
        return Initiative.objects.published().only("slug", "refreshed_on").order_by("pk")

    def lastmod(self, item: Initiative) -> dt.date:
        """The day on which it was brought up to date."""
        return item.refreshed_on


class PartnershipSitemap(_Public):
    """Each partnership with a public page."""

    def items(self) -> QuerySet[Partnership]:
        """The oldest first."""
        return Partnership.objects.published().only("slug").order_by("pk")


class CallSitemap(_Public):
    """Each published call."""

    def items(self) -> QuerySet[Call]:
        """The oldest first."""
        return Call.objects.published().only("slug").order_by("pk")


class OrganisationSitemap(_Public):
    """Each organisation with a public page."""

    def items(self) -> QuerySet[Organisation]:
        """The oldest first."""
        return Organisation.objects.published().only("slug").order_by("pk")


class PlaybookSitemap(_Public):
    """Each version of a playbook that was published, which never changes: those before the newest can be cited too."""

    def items(self) -> QuerySet[PlaybookVersion]:
        """The oldest first."""
        return PlaybookVersion.objects.public().select_related("playbook").order_by("pk")


SITEMAPS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "paginas": PageSitemap,
    "initiatieven": InitiativeSitemap,
    "samenwerkingen": PartnershipSitemap,
    "oproepen": CallSitemap,
    "organisaties": OrganisationSitemap,
    "draaiboeken": PlaybookSitemap,
}
