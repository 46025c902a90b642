"""Tables of partnerships for administrators: organisations and what partnerships share."""

from django.contrib import admin

from core.admin import AutocompleteAdmin
from partnerships import models


class LocationInline(admin.TabularInline):
    model = models.Location
    extra = 0


class MemberInline(AutocompleteAdmin, admin.TabularInline):
    model = models.Member
    extra = 0
    autocomplete_fields = ["organisation"]


class ActionLineInline(admin.TabularInline):
    model = models.ActionLine
    extra = 0


@admin.register(models.Organisation)
class OrganisationAdmin(AutocompleteAdmin, admin.ModelAdmin):
    list_display = ["name", "kind", "town", "valid_until", "is_example"]
    list_filter = ["kind"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["successor"]
    inlines = [LocationInline]


@admin.register(models.Partnership)
class PartnershipAdmin(AutocompleteAdmin, admin.ModelAdmin):
    list_display = ["name", "shape", "starts_on", "ends_on", "is_example"]
    list_filter = ["shape"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["themes", "successor"]
    inlines = [MemberInline, ActionLineInline]


@admin.register(models.Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(models.Initiative)
class InitiativeAdmin(AutocompleteAdmin, admin.ModelAdmin):
    list_display = ["title", "partnership", "kind", "state", "is_published"]
    list_filter = ["kind", "state"]
    list_select_related = ["partnership"]
    search_fields = ["title", "slug"]
    readonly_fields = ["state"]  # moves through its transitions only, with who, when and why
    autocomplete_fields = ["partnership", "themes"]
