"""One agreement as its reader sees it, with its texts and signatures."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from agreements.models import Agreement, AgreementVersion, Signature
from core.models import StateChange
from core.written import attach, written
from partnerships.actors import Actor


def agreement_at(actor: Actor, public_id: UUID) -> list[Agreement]:
    """The agreement at an address, as far as the actor sees it, with all its texts, or none."""
    rows = _agreements(actor=actor, public_id=public_id)
    texts = _texts(agreements=[row.pk for row in rows])
    attach(texts, "signatures", _signatures(texts=[text.pk for text in texts]), by="version_id")
    attach(rows, "versions", texts, by="agreement_id")
    return rows


@written
def changes(*, agreement: str, texts: Collection[str]) -> QuerySet[StateChange]:
    """What was recorded of an agreement and of its texts, by their keys as the record has them, newest first."""
    of_texts = StateChange.objects.filter(model=AgreementVersion._meta.label_lower, object_id__among=texts)
    own = StateChange.objects.filter(model=Agreement._meta.label_lower, object_id=agreement)
    return (own | of_texts).select_related("by").order_by("-at", "-pk")


@written
def _agreements(*, actor: Actor, public_id: UUID) -> QuerySet[Agreement]:
    rows = Agreement.objects.visible_to(actor).with_taught(actor).with_lost().for_page()
    return rows.prefetch_related(None).filter(public_id=public_id)


@written
def _texts(*, agreements: Collection[int]) -> QuerySet[AgreementVersion]:
    people = ("location", "contact__person__user", "trainer__person__user")
    return (
        AgreementVersion.objects.filter(agreement__in=agreements).select_related(*people).order_by("-number")
    )


@written
def _signatures(*, texts: Collection[int]) -> QuerySet[Signature]:
    return Signature.objects.filter(version__in=texts).select_related("objection", "by").order_by("at", "pk")
