"""Tables of partnerships for administrators: organisations and what partnerships share."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.admin import AutocompleteAdmin, KeptAdmin, KeptForm
from partnerships import models
from partnerships.actors import actor_of
from partnerships.queries.likeness import organisations_like
from partnerships.services import join_requests
from partnerships.services.partnerships import TEXTS


class JoinRequestInline(AutocompleteAdmin, admin.TabularInline):
    model = models.JoinRequest
    extra = 0
    fields = ["organisation", "role"]
    autocomplete_fields = ["organisation"]
    verbose_name = _("first member")
    verbose_name_plural = _("first members, who are asked to join")


class ActionLineInline(admin.TabularInline):
    model = models.ActionLine
    form = KeptForm
    extra = 0
    fields = ["number", "title", "goal"]


class OrganisationForm(KeptForm):
    """A new one is held against those that are known; an administrator may be shown all."""

    is_another = forms.BooleanField(label=_("It is another one than those that look like it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["is_another"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.instance.pk is None and data.get("name") and not data["is_another"]:
            typed = {field: data.get(field, "") for field in ("name", "kvk", "website")}
            found = organisations_like(among=models.Organisation.objects.all(), **typed)
            if found:
                known = ", ".join(organisation.name for organisation in found)
                ask = _(
                    "These are known already and look like it: %(known)s. Tick this when it is another one."
                )
                self.add_error("is_another", ValidationError(ask, params={"known": known}))
        return data


@admin.register(models.Organisation)
class OrganisationAdmin(AutocompleteAdmin, KeptAdmin):
    form = OrganisationForm
    list_display = ["name", "kind", "town", "valid_until", "is_example"]
    list_filter = ["kind"]
    search_fields = ["name", "slug", "merged__name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["successor"]

    def get_queryset(self, request):
        """Without those that turned out to be another one: they are found by their name and changed no more."""
        return super().get_queryset(request).filter(merged_into__isnull=True)

    def get_fields(self, request, obj=None):
        """Only about one that is not there yet is anything asked."""
        fields = super().get_fields(request, obj)
        return fields if obj is None else [field for field in fields if field != "is_another"]


@admin.register(models.Partnership)
class PartnershipAdmin(AutocompleteAdmin, KeptAdmin):
    """A new partnership is begun here by asking its lead; whoever leads asks the others, writes its texts and ends it."""

    list_display = ["name", "shape", "starts_on", "ends_on", "is_example"]
    list_filter = ["shape"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["successor"]
    readonly_fields = ["ends_on"]
    exclude = ["proposal_days"]  # its coordinators say it; until then it is what stands in the model
    inlines = [JoinRequestInline, ActionLineInline]

    def get_readonly_fields(self, request, obj=None):
        """What a partnership that is there says of itself is for those who coordinate it."""
        return self.readonly_fields if obj is None else [*self.readonly_fields, *TEXTS]

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
class ThemeAdmin(KeptAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(models.ValuationRule)
class ValuationRuleAdmin(KeptAdmin):
    """What counts for how much in social return, from which day on, and where that stands."""

    list_display = ["kind", "unit", "value", "starts_on", "source"]
    list_filter = ["kind"]
