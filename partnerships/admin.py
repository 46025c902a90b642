"""Tables of partnerships for administrators: organisations and what partnerships share."""

from django.contrib import admin

from core.admin import AutocompleteAdmin, KeptAdmin
from partnerships import models


class LocationInline(admin.TabularInline):
    model = models.Location
    extra = 0
    can_delete = False


class MemberInline(AutocompleteAdmin, admin.TabularInline):
    model = models.Member
    extra = 0
    autocomplete_fields = ["organisation"]


class ActionLineInline(admin.TabularInline):
    model = models.ActionLine
    extra = 0


@admin.register(models.Organisation)
class OrganisationAdmin(AutocompleteAdmin, KeptAdmin):
    list_display = ["name", "kind", "town", "valid_until", "is_example"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["successor"]
    inlines = [LocationInline]


@admin.register(models.Partnership)
class PartnershipAdmin(AutocompleteAdmin, KeptAdmin):
    """A new partnership is begun here with its lead; later members join by their own yes."""

    list_display = ["name", "shape", "starts_on", "ends_on", "is_example"]
    list_filter = ["shape"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["themes", "successor"]
    inlines = [MemberInline, ActionLineInline]

    def get_inlines(self, request, obj=None):
        """No member is added to, changed in or taken from a partnership that is there."""
        return self.inlines if obj is None else [ActionLineInline]


@admin.register(models.Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
