from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import celery, clockwork, public, reports  # noqa: F401, PLC0415 - the current app before the first task

        public.watch()
        reports.begin()


class TablesConfig(AdminConfig):
    """Django's admin with our door."""

    default_site = "portal.admin_site.AdminSite"
