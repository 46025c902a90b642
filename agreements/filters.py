"""What the lists of agreements can be narrowed to."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from agreements.enums import AgreementState
from agreements.models import Agreement
from core.text import unaccented
from ui.forms import PortalForm


class AgreementFilter(django_filters.FilterSet):
    """By the name of the student and by state."""

    naam = django_filters.CharFilter(label=_("Name of the student"), method="by_name")
    status = django_filters.ChoiceFilter(
        label=_("State"), field_name="state", choices=AgreementState, empty_label=_("All")
    )

    class Meta:
        model = Agreement
        fields: list[str] = []
        form = PortalForm

    def by_name(self, queryset: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        return queryset.filter(placement__student__person__sort_name__icontains=unaccented(value))
