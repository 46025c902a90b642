from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "portal"

    def ready(self) -> None:
        from portal import (  # noqa: PLC0415 - the current app before the first task
            celery,  # noqa: F401
            clockwork,  # noqa: F401
            public,
            reports,
            worked,  # noqa: F401
        )

        public.watch()
        reports.begin()


class TablesConfig(AdminConfig):
    """Django's admin with our door."""

    default_site = "portal.admin_site.AdminSite"
