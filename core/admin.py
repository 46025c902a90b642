"""The ground for administrators: holidays, and mail that failed or is held without what it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import CharField, HiddenInput, ModelChoiceField, ModelForm, ModelMultipleChoiceField
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core import changes, versions
from core.models import Holiday, OutgoingMail, SchoolHoliday, StoredFile, Synonym
from core.scanning import Scan
from core.typed import TypedMixin
from core.versions import Versioned


class _NumbersOnly(AutocompleteMixin):
    """Leaves out keys that are no numbers, for which Django's own widget would ask the database."""

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        """The choices that are selected, of those that can be."""
        return super().optgroups(name, [key for key in value if key.isdecimal()], attr)


class _Select(_NumbersOnly, AutocompleteSelect):
    pass


class _SelectMultiple(_NumbersOnly, AutocompleteSelectMultiple):
    pass


class AutocompleteAdmin(BaseModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    """For tables with `autocomplete_fields`: a hand-made request gets the form back, not an error page."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """The same field as Django's, which asks the database only for keys that are numbers."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = _Select(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        """The same field as Django's, which asks the database only for keys that are numbers."""
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = _SelectMultiple(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class KeptForm(TypedMixin, ModelForm):  # type: ignore[type-arg]  # not generic when it runs
    """Says which version of a row its page showed, so that nobody writes over what was saved meanwhile."""

    read = CharField(widget=HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is not None:
            self.fields["read"].initial = _edition(self.instance)

    def clean(self) -> dict[str, Any]:
        """Looks at the row under its lock, which holds until it is saved."""
        data = super().clean() or self.cleaned_data
        if self.instance.pk is not None:
            rows = type(self.instance)._base_manager.select_for_update(no_key=True)
            try:
                versions.ensure_same(data.get("read", ""), _edition(rows.get(pk=self.instance.pk)))
            except versions.Changed as changed:
                self.add_error(None, changed)
        return data


def _edition(row: Model) -> str:
    """Which version this is: its number, or of a row that counts none what it says."""
    if isinstance(row, Versioned):
        return versions.of(row)
    said = {field.attname: field.value_from_object(row) for field in row._meta.concrete_fields}
    return hashlib.sha256(json.dumps(said, cls=DjangoJSONEncoder).encode()).hexdigest()


class RecordedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    """Rows that are written over what was read, and on record."""

    form = KeptForm

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        """Over what was read, with what the fields on record were before, and who changed them."""
        person = request.user.person  # type: ignore[union-attr]  # the tables are for people with an account
        if isinstance(obj, Versioned) and change:
            versions.claim(form.cleaned_data["read"], obj)
        changes.save(obj, by=person.pk)


class KeptAdmin(RecordedAdmin):
    """Rows that others rest on: closed or merged by the pages that know how, never deleted from a table."""

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: all that hangs below would go too."""
        return False


class ReadOnlyAdmin(KeptAdmin):
    """Shown, never written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: only the portal itself adds a row."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: this is a record of what happened."""
        return False


class WrongAdmin(ReadOnlyAdmin):
    """Of many rows only those with which something is wrong: `listed_as` says so, on the list and above the page."""

    listed_as: str | Promise

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Under the name of what is shown."""
        return super().changelist_view(request, {"title": self.listed_as} | (extra_context or {}))


DIGEST_PIECE = 16  # of the 64 signs of a digest
WRONG = [OutgoingMail.State.FAILED, OutgoingMail.State.HELD]


class WrongStateFilter(admin.SimpleListFilter):
    """The states of the mails that are shown, no others."""

    title = _("status")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Each with its word."""
        return [(state.value, state.label) for state in WRONG]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        """Those of the chosen one."""
        return queryset.filter(state=self.value()) if self.value() else queryset


@admin.register(OutgoingMail)
class OutgoingMailAdmin(WrongAdmin):
    """Which mails failed or are held; to whom and about what is between sender and reader."""

    listed_as = _("Mails that failed or are held")
    list_display = ("created_at", "kind", "state", "attempts", "due_at", "answer")
    list_display_links = None
    list_filter = (WrongStateFilter, "kind")
    fields = ("kind", "state", "created_at", "due_at", "attempts")
    ordering = ("-pk",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[OutgoingMail]:
        """What went wrong; the rest is nobody's business here."""
        return super().get_queryset(request).filter(state__in=WRONG)

    @admin.display(description=_("answer of the server"))
    def answer(self, mail: OutgoingMail) -> str:
        """The code only."""
        return mail.answer_code or "–"


@admin.register(StoredFile)
class StoredFileAdmin(WrongAdmin):
    """In which files the scanner found something; whose they are and what they are called is not shown."""

    listed_as = _("Files in which the virus scanner found something")
    list_display = ("scanned_at", "type", "shown_size", "shown_digest", "at")
    list_display_links = None
    fields = ("scanned_at", "type", "shown_size", "digest", "at")
    ordering = ("-scanned_at", "-pk")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[StoredFile]:
        """What went wrong; the rest is nobody's business here."""
        return super().get_queryset(request).filter(scan=Scan.SUSPECT)

    @admin.display(description=_("size"), ordering="size")
    def shown_size(self, file: StoredFile) -> str:
        """In kB or MB."""
        return filesizeformat(file.size)

    @admin.display(description=_("hash"), ordering="digest")
    def shown_digest(self, file: StoredFile) -> SafeString:
        """Whole, and in pieces of which each may stand on a line of its own, so that the table fits."""
        pieces = (file.digest[at : at + DIGEST_PIECE] for at in range(0, len(file.digest), DIGEST_PIECE))
        return format_html_join("", "{}<wbr>", ((piece,) for piece in pieces))


@admin.register(Holiday)
class HolidayAdmin(RecordedAdmin):
    """Days that are no working days; `load_holidays` adds those of the years ahead."""

    list_display = ("day", "name", "choice", "source")
    list_filter = ("choice",)
    date_hierarchy = "day"


@admin.register(SchoolHoliday)
class SchoolHolidayAdmin(RecordedAdmin):
    """School holidays by region; what the file of a new version gives otherwise is put right by itself."""

    list_display = ("study_year", "period", "region", "starts_on", "ends_on", "source")
    list_filter = ("study_year", "region")


@admin.register(Synonym)
class SynonymAdmin(RecordedAdmin):
    """Words that mean the same to whoever searches."""

    list_display = ("word", "meaning")
    search_fields = ("word", "meaning")
