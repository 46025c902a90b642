"""What the finder of slots can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import django_filters
from django import forms
from django.db.models import Avg, Q, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import towns
from core.written import written
from partnerships.models import Location
from placements.enums import Setting
from placements.models import Slot
from programmes.models import Qualification
from ui.forms import PortalForm
from ui.languages import Stored

DISTANCES = [(5, "5 km"), (10, "10 km"), (25, "25 km"), (50, "50 km")]
USUAL_DISTANCE = 25


class FinderForm(PortalForm):
    """Town and distance are read together; a filter that makes no sense is ignored with its reason shown."""


def point_of(text: str) -> tuple[float, float] | None:
    """Where a town or postcode lies: from the list of towns, or else the middle of known locations there."""
    town = towns.find(text)
    if town:
        return town.point
    digits = towns.postcode_of(text)
    here = (
        Location.objects.filter(pc4=digits) if digits else Location.objects.filter(municipality__iexact=text)
    )
    middle = here.filter(latitude__isnull=False, longitude__isnull=False).aggregate(
        latitude=Avg("latitude"), longitude=Avg("longitude")
    )
    if middle["latitude"] is None:
        return None
    return middle["latitude"], middle["longitude"]


def crebos() -> list[tuple[str, str]]:
    """Every crebo once, by name, whatever its versions."""
    return [(crebo, Stored(f"{name} ({crebo})")) for name, crebo in sorted(_crebos())]


@written
def _crebos() -> QuerySet[Any, Any]:
    rows = Qualification.objects.order_by("crebo", "-file__valid_from").distinct("crebo")
    return rows.values_list("name", "crebo")


@written
def _versions(*, crebo: str) -> QuerySet[Any, int]:
    return Qualification.objects.filter(crebo=crebo).values_list("pk", flat=True)


@dataclass(frozen=True)
class FinderFields:
    """The filters beside what was found, as plain values; `asked` is what was asked of each."""

    path: str
    asked: tuple[tuple[str, str], ...]
    programmes: tuple[tuple[str, str], ...]
    chosen: int

    @property
    def is_shared(self) -> bool:
        """Whether many see them alike: a town is typed by one."""
        return not any(name == "plaats" for name, _value in self.asked)

    @property
    def form(self) -> Any:
        """The form, made anew of what was asked."""
        asked = QueryDict(mutable=True)
        for name, value in self.asked:
            asked.appendlist(name, value)
        return SlotFilter(asked).form


class SlotFilter(django_filters.FilterSet):
    """The filters of the finder. Their names are Dutch, since they stand in the address."""

    opleiding = django_filters.ChoiceFilter(
        label=_("Programme"),
        choices=[],
        field_name="qualifications__crebo",
        method="by_crebo",
        empty_label=_("All programmes"),
    )
    plaats = django_filters.CharFilter(label=_("Town or postcode"), method="by_town", max_length=80)
    afstand = django_filters.TypedChoiceFilter(
        label=_("Within"), choices=DISTANCES, coerce=int, method="with_distance"
    )
    soort = django_filters.MultipleChoiceFilter(
        label=_("Kind of workplace"),
        choices=Setting,
        field_name="setting",
        distinct=False,
        widget=forms.CheckboxSelectMultiple,
    )
    vrij = django_filters.BooleanFilter(
        label=_("Only with a free training place"), method="by_free", widget=forms.CheckboxInput
    )

    class Meta:
        model = Slot
        form = FinderForm
        fields: list[str] = []

    unknown_town: str = ""
    versions: Sequence[int] = ()  # of the crebo that was asked

    def __init__(self, data: QueryDict, path: str = "") -> None:
        self.path = path
        asked = data.copy()
        asked.setdefault("afstand", str(USUAL_DISTANCE))
        super().__init__(asked, Slot.objects.none())  # of which places it is asked, `narrowed` is told
        self.programmes = crebos()
        self.filters["opleiding"].extra["choices"] = self.programmes
        lists = {name: data.getlist(name) for name in self.filters}
        self.asked = tuple((name, value) for name, values in lists.items() for value in values if value)

    def narrowed(self, found: Any) -> Any:
        """What was asked, of these."""
        if self.asked:
            self.form.is_valid()
            return self.filter_queryset(found)
        return found

    @cached_property
    def fields(self) -> FinderFields:
        """What the page prints of the filters."""
        return FinderFields(self.path, self.asked, tuple(self.programmes), len(self.chosen()))

    def by_crebo(self, queryset: Any, name: str, value: str) -> Any:
        self.versions = self.versions or _versions(crebo=value)
        return queryset.meant_for(self.versions)

    def by_town(self, queryset: Any, name: str, value: str) -> Any:
        point = point_of(value)
        if point:
            kilometres = self.form.cleaned_data.get("afstand") or USUAL_DISTANCE
            return queryset.within(point, kilometres).order_by("distance", "starts_on", "title", "pk")
        self.unknown_town = value
        digits = towns.postcode_of(value)
        here = Q(location__pc4=digits) if digits else Q(location__municipality__icontains=value)
        return queryset.filter(here)

    def with_distance(self, queryset: Any, name: str, value: int) -> Any:
        return queryset  # `by_town` reads it

    def by_free(self, queryset: Any, name: str, value: bool) -> Any:
        return queryset.with_free() if value else queryset

    def chosen(self) -> list[tuple[str | Promise, str]]:
        """The filters in force, in words."""
        if not self.asked:
            return []
        data = self.form.cleaned_data if self.form.is_valid() else {}
        words: list[tuple[str | Promise, str]] = []
        if data.get("opleiding"):
            words.append((dict(self.programmes)[data["opleiding"]], "opleiding"))
        if data.get("plaats"):
            words.append((data["plaats"], "plaats"))
        words += [(Setting(value).label, "soort") for value in data.get("soort") or []]
        if data.get("vrij"):
            words.append((_("Only with a free training place"), "vrij"))
        return words
