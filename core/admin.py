"""The ground for administrators: mail that failed or is held, holidays, and the records nobody edits."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import outbox
from core.models import Holiday, OutgoingMail, ReadLog, SentReminder, StateChange


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # not generic when it runs
    """History: shown, never written here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Written by the portal itself."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """What happened does not change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nor disappear."""
        return False


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """The outbox; failed and held mails can be sent after all."""

    list_display = ("created_at", "kind", "to_email", "subject", "state", "attempts", "due_at", "last_error")
    list_filter = ("state", "kind")
    search_fields = ("to_email",)
    ordering = ("-pk",)
    exclude = (
        "body",
        "link",
        "list_unsubscribe",
        "claimed_by",
    )  # what is in a mail is between sender and reader
    show_full_result_count = False
    actions = ("send_again",)

    @admin.action(description=_("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        """For failed mails, and for held ones once someone decided that they did not arrive."""
        sent = sum(outbox.requeue(mail_id=pk) for pk in queryset.values_list("pk", flat=True))
        messages.info(request, _("%(number)d mails are queued again.") % {"number": sent})


@admin.register(StateChange)
class StateChangeAdmin(ReadOnlyAdmin):
    """Every change of state, with actor, time and reason."""

    list_display = ("at", "model", "object_id", "action", "from_state", "to_state", "by", "reason")
    list_filter = ("model", "action")
    list_select_related = ("by",)
    search_fields = ("object_id",)
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(SentReminder)
class SentReminderAdmin(ReadOnlyAdmin):
    """The ledger of reminders."""

    list_display = ("day", "kind", "subject_key", "step", "user", "email")
    list_filter = ("kind", "step")
    list_select_related = ("user",)
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(ReadLog)
class ReadLogAdmin(ReadOnlyAdmin):
    """Who opened whose file."""

    list_display = ("read_on", "reader", "subject")
    list_select_related = ("reader",)
    search_fields = ("=subject",)
    ordering = ("-pk",)
    show_full_result_count = False


@admin.register(Holiday)
class HolidayAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Days that are no working days."""

    list_display = ("day", "name", "source")
    date_hierarchy = "day"
