"""What packages register about people is taken off the administrators' tables: those hold reference data only.

Accounts, their addresses, second steps, devices and invitations are read and mended by a support act, which has a
reason, an end, and a mail to the person.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from accounts.models import RetentionRun, RetentionTerm
from core.admin import KeptAdmin, ReadOnlyAdmin
from core.dates import today

# The login federation comes from the settings, and groups of rights are not used.
for model in (Authenticator, EmailAddress, Group, SocialAccount, SocialApp, SocialToken, UserSession):
    admin.site.unregister(model)


@admin.register(RetentionTerm)
class RetentionTermAdmin(KeptAdmin):
    """How long things are kept: a new row for each change, so that what held before can be read."""

    list_display = ("term", "starts_on", "months", "days", "source")
    list_filter = ("term",)

    def has_change_permission(self, request: HttpRequest, obj: RetentionTerm | None = None) -> bool:
        """Only before its day: afterwards things were taken away by it."""
        return super().has_change_permission(request, obj) and (obj is None or obj.starts_on > today())


@admin.register(RetentionRun)
class RetentionRunAdmin(ReadOnlyAdmin):
    """What each night took away, in numbers of rows."""

    list_display = ("begun_at", "ended_at", "day", "is_dry_run")
    list_filter = ("is_dry_run",)
