"""Tables of partnerships for administrators: organisations and what partnerships share."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from core.admin import AutocompleteAdmin, KeptAdmin
from partnerships import models
from partnerships.actors import actor_of
from partnerships.services import join_requests


class LocationInline(admin.TabularInline):
    model = models.Location
    extra = 0
    can_delete = False


class JoinRequestInline(AutocompleteAdmin, admin.TabularInline):
    model = models.JoinRequest
    extra = 0
    fields = ["organisation", "role"]
    autocomplete_fields = ["organisation"]
    verbose_name = _("first member")
    verbose_name_plural = _("first members, who are asked to join")


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
    """A new partnership is begun here by asking its lead; whoever leads asks the others."""

    list_display = ["name", "shape", "starts_on", "ends_on", "is_example"]
    list_filter = ["shape"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["themes", "successor"]
    inlines = [JoinRequestInline, ActionLineInline]

    def get_inlines(self, request, obj=None):
        """Only a partnership that is not there yet has nobody who asks."""
        return self.inlines if obj is None else [ActionLineInline]

    def save_formset(self, request, form, formset, change):
        """Who is asked to join hears of it as from a coordinator."""
        if formset.model is not models.JoinRequest:
            super().save_formset(request, form, formset, change)
            return
        for asked in formset.save(commit=False):
            join_requests.invite(
                partnership_id=form.instance.pk,
                organisation=asked.organisation,
                role=asked.role,
                by=actor_of(request.user),
            )


@admin.register(models.Theme)
class ThemeAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
