"""What of playbooks waits for the coordinators of a partnership; one query."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from core.limits import MOST_STEPS
from playbooks.enums import VersionState
from playbooks.models import AdoptedPart, PlaybookAdoption, PlaybookLead, PlaybookOffer, PlaybookPart


def waiting_for(partnership_id: int) -> QuerySet[Any, dict[str, Any]]:
    """Who wants the playbook too, improvements without an answer, and a newer version that was not chosen about."""
    leads = PlaybookLead.objects.waiting().filter(version__playbook__partnership=partnership_id)
    offers = PlaybookOffer.objects.open().filter(
        part__adoption__version__playbook__partnership=partnership_id
    )
    begun = PlaybookAdoption.objects.filter(Exists(_differing()), partnership=partnership_id)
    return _columns(leads, "lead", "organisation_name", "consented_at", "public_id").union(
        _columns(offers, "offer", "title", "offered_at", "public_id"),
        _columns(begun, "update", "version__title", "at", "pk"),
        all=True,
    )


def _differing() -> QuerySet[PlaybookPart]:
    """The pieces of the newest version that the partnership has not, or has otherwise than it was taken."""
    own = AdoptedPart.objects.filter(adoption=OuterRef(OuterRef("pk")), key=OuterRef("key"))
    same = Q(base__title=OuterRef("title"), base__body=OuterRef("body"), base__details=OuterRef("details"))
    equal = Q(title=OuterRef("title"), body=OuterRef("body"), details=OuterRef("details"))
    kept = Q(base__isnull=True, is_left=False)
    newest = PlaybookPart.objects.filter(
        version__state=VersionState.PUBLISHED, version__playbook=OuterRef("version__playbook")
    )
    return newest.exclude(Exists(own.filter(same | equal | kept)))


def _columns(
    rows: QuerySet[Any], step: str, title: str, when: str, key: str
) -> QuerySet[Any, dict[str, Any]]:
    named = rows.order_by().annotate(
        step=Value(step, CharField()),
        named=Cast(F(title), CharField()),
        since=Cast(F(when), DateTimeField()),
        ident=Concat(Cast(F(key), CharField()), Value("")),
    )
    shown: QuerySet[Any, dict[str, Any]] = named.values("step", "id", "named", "since", "ident")
    return shown.order_by("since", "id")[:MOST_STEPS]
