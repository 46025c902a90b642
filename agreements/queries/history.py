"""What happened to an agreement and to its texts, in one row of time."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from agreements.models import Agreement, AgreementVersion
from core.models import StateChange


def changes_of(agreement: Agreement) -> QuerySet[StateChange]:
    """Every recorded change, newest first, with the people loaded."""
    texts = [str(text.pk) for text in agreement.versions.all()]
    own = Q(model=Agreement._meta.label_lower, object_id=str(agreement.pk))
    of_texts = Q(model=AgreementVersion._meta.label_lower, object_id__in=texts)
    return StateChange.objects.filter(own | of_texts).select_related("by").order_by("-at", "-pk")
