"""Tables of programmes for administrators: reference data only."""

from django.contrib import admin

from core.admin import AutocompleteAdmin, KeptAdmin, KeptForm
from programmes import models


class CoreTaskInline(admin.TabularInline):
    model = models.CoreTask
    form = KeptForm
    extra = 0
    can_delete = False


class WorkProcessInline(admin.TabularInline):
    model = models.WorkProcess
    form = KeptForm
    extra = 0
    can_delete = False


@admin.register(models.QualificationFile)
class QualificationFileAdmin(KeptAdmin):
    list_display = ["name", "crebo", "valid_from", "valid_until", "source", "is_example"]
    search_fields = ["name", "crebo"]


@admin.register(models.Qualification)
class QualificationAdmin(KeptAdmin):
    list_display = ["name", "crebo", "level", "file"]
    list_filter = ["level"]
    list_select_related = ["file"]
    search_fields = ["name", "crebo"]
    inlines = [CoreTaskInline]


@admin.register(models.CoreTask)
class CoreTaskAdmin(AutocompleteAdmin, KeptAdmin):
    list_display = ["code", "title", "qualification"]
    list_select_related = ["qualification"]
    search_fields = ["code", "title", "qualification__crebo"]
    autocomplete_fields = ["qualification"]
    inlines = [WorkProcessInline]
