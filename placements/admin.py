"""Tables of this app for administrators: reference data only."""

from __future__ import annotations

from django.contrib import admin

from core.admin import KeptAdmin
from placements.models import AnswerTerm


@admin.register(AnswerTerm)
class AnswerTermAdmin(KeptAdmin):
    """How long one may wait with an answer to a proposal, from which day on, and who decided that."""

    list_display = ("starts_on", "remind_after", "colleague_after", "expires_after", "source")
