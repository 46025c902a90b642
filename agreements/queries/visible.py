"""One agreement as its reader sees it, with its texts and signatures."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from agreements.enums import OPEN_VERSION, VersionState
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


def agreements_by_key(*, actor: Actor, keys: list[int]) -> list[Agreement]:
    """Agreements of a list that says which may be seen, with the texts that were signed or still can be."""
    rows = _listed(actor=actor, keys=keys)
    texts = _texts_listed(agreements=keys)
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
    rows = Agreement.objects.filter(public_id=public_id).with_lost()
    return rows.visible_to(actor).with_taught(actor).for_page().prefetch_related(None)


@written
def _listed(*, actor: Actor, keys: Collection[int]) -> QuerySet[Agreement]:
    return Agreement.objects.filter(pk__in=keys).with_details(actor).prefetch_related(None)


@written
def _texts_listed(*, agreements: Collection[int]) -> QuerySet[AgreementVersion]:
    texts = AgreementVersion.objects.filter(agreement__in=agreements)
    told = texts.filter(state__in=(*OPEN_VERSION, VersionState.SIGNED))
    return told.select_related("location").order_by("-number")


@written
def _texts(*, agreements: Collection[int]) -> QuerySet[AgreementVersion]:
    people = ("location", "contact__person__user", "trainer__person__user")
    return (
        AgreementVersion.objects.filter(agreement__in=agreements).select_related(*people).order_by("-number")
    )


@written
def _signatures(*, texts: Collection[int]) -> QuerySet[Signature]:
    return Signature.objects.filter(version__in=texts).select_related("objection", "by").order_by("at", "pk")
