"""Django's admin as the administrators' tables: one way in for all, and a second step at that door."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.views.second_step import ask_second_step, lacks_second_step
from portal.tables import with_files

# Headings of Django's own pages that are there for who hears them, and that its own translation leaves in English.
_UNSEEN = (
    gettext_lazy("Model name"),
    gettext_lazy("Add link"),
    gettext_lazy("Change or view list link"),
    gettext_lazy("Error:"),
)
AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])


class AdminSite(admin.AdminSite):
    """Staff with a second step only; signing in goes through the portal's page, so its throttles hold here too."""

    site_header = site_title = gettext_lazy("Tables")
    index_title = gettext_lazy("Choose a table")
    # The way back to the administration stands beside the name: templates/admin/base_site.html.
    site_url = None

    def has_permission(self, request: HttpRequest) -> bool:
        """A stolen password alone opens no table."""
        return super().has_permission(request) and not lacks_second_step(request)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """With the name of what a table shows, where that is not all of it."""
        found = super().get_app_list(request, app_label)
        for app in found:
            for row in app["models"]:
                row["name"] = getattr(self._registry[row["model"]], "listed_as", row["name"])
        return found

    def admin_view(self, view: AnyView, cacheable: bool = False) -> AnyView:
        """Every page of the tables passes here."""
        return super().admin_view(_refuse_null_characters(with_files(view)), cacheable)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Where someone without permission is sent: to sign in, to set up the second step, or away."""
        if not request.user.is_authenticated:
            return redirect_to_login(request.GET.get("next", request.path))
        if not super().has_permission(request):
            raise PermissionDenied(_("These tables are for administrators."))
        if lacks_second_step(request):
            return ask_second_step(request)
        return redirect("admin:index")


def _refuse_null_characters(view: AnyView) -> AnyView:
    """Filters go from the address to the database as they are, and PostgreSQL takes no such character."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise SuspiciousOperation("A null character in the address of a table.")
        return view(request, *args, **kwargs)

    return cast(AnyView, checked)
