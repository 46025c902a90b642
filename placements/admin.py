"""Tables of placements for administrators: accreditations only; people's files are not kept here."""

from django.contrib import admin

from core.admin import AutocompleteAdmin
from placements import models


@admin.register(models.Accreditation)
class AccreditationAdmin(AutocompleteAdmin, admin.ModelAdmin):
    list_display = [field.name for field in models.Accreditation._meta.fields[1:7]]
    autocomplete_fields = ["organisation"]
