from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import celery  # noqa: F401, PLC0415 - makes it the current app before the first task is sent


class TablesConfig(AdminConfig):
    """Django's admin with our door."""

    default_site = "portal.admin_site.AdminSite"
