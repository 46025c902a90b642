"""Accounts and invitations for administrators; invitations are made by the apps that know what for."""

from __future__ import annotations

from allauth.usersessions.admin import UserSessionAdmin as PackageSessionAdmin
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Invitation, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """People. Passwords and second factors are never set here: that is what the links are for."""

    list_display = ("email", "first_name", "name_prefix", "last_name", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "sort_name")
    ordering = ("sort_name", "pk")
    fields = (
        ("first_name", "name_prefix", "last_name"),
        "email",
        "language",
        ("is_active", "is_staff", "is_superuser"),
        ("date_joined", "last_login"),
    )
    readonly_fields = ("date_joined", "last_login")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts come by invitation only."""
        return False


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """Who was invited for what, and what came of it; to read only."""

    list_display = ("email", "purpose", "party_name", "created_at", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("purpose",)
    search_fields = ("email", "party_name")
    ordering = ("-created_at", "-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by the services of the apps above."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Invitation | None = None) -> bool:
        """To read only."""
        return False


admin.site.unregister(UserSession)


@admin.register(UserSession)
class UserSessionAdmin(PackageSessionAdmin):
    """Where people are signed in; the package's own search asks for a username, which our accounts have not."""

    search_fields = ("user__email", "user__sort_name", "ip")
    list_select_related = ("user",)
