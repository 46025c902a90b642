"""What the contact book of a partnership can be narrowed to."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from partnerships.actors import Actor
from partnerships.models import Membership, Organisation, PartnershipTheme
from partnerships.models.memberships import MembershipQuerySet
from partnerships.queries import books
from partnerships.roles import MEMBERSHIP
from ui.forms import PortalForm
from ui.languages import Stored


class BookFilter(django_filters.FilterSet):
    """By words, role, theme and organisation (story E-09)."""

    zoek = django_filters.CharFilter(label=_("Name, organisation or subject"), method="by_words")
    rol = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=[(role.value, role.label) for role in MEMBERSHIP],
        method="by_role",
        empty_label=_("All roles"),
    )
    thema = django_filters.ChoiceFilter(label=_("Theme"), method="by_theme", empty_label=_("All themes"))
    organisatie = django_filters.ChoiceFilter(
        label=_("Organisation"), method="by_organisation", empty_label=_("All organisations")
    )

    class Meta:
        model = Membership
        form = PortalForm
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        actor: Actor,
        organisations: list[Organisation],
        themes: list[PartnershipTheme],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.themes = {str(theme.public_id): theme for theme in themes}
        self.filters["thema"].extra["choices"] = [
            (key, Stored(theme.name)) for key, theme in self.themes.items()
        ]
        self.filters["organisatie"].extra["choices"] = [(row.slug, Stored(row.name)) for row in organisations]

    @property
    def is_active(self) -> bool:
        """Whether anything was chosen that there is."""
        return any(self.form.cleaned_data.values()) if self.form.is_valid() else False

    @property
    def is_narrowed(self) -> bool:
        """Whether a role, theme or organisation was chosen: then those fields stand open."""
        return any(self.data.get(name) for name in ("rol", "thema", "organisatie"))

    def by_words(self, queryset: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return queryset.filter(books.named(value))

    def by_role(self, queryset: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return queryset.filter(books.having(value))

    def by_theme(self, queryset: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return queryset.filter(books.working_on(self.themes[value], self.actor))

    def by_organisation(self, queryset: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return queryset.filter(organisation__slug=value)
