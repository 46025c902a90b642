from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db import connection
from django.db.models import Model
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("Calendar, emails and files")

    def ready(self) -> None:
        from core import checks, lookups  # noqa: F401, PLC0415 - checks registers them; they need the models

        lookups.register()

        if settings.MAIL_PROVIDER:
            from anymail.signals import tracking  # noqa: PLC0415 - where a provider is set

            from core import providers  # noqa: PLC0415 - needs the models

            tracking.connect(providers.told, dispatch_uid="core.providers")
        post_migrate.connect(fill_calendar, sender=self, dispatch_uid="core.fill_calendar")


def fill_calendar(*, using: str, plan: Any = (), **_options: Any) -> None:
    """After each migrate, and after a database was emptied: nobody works at Christmas."""
    from core import calendars  # noqa: PLC0415 - needs the models
    from core.models import SchoolHoliday  # noqa: PLC0415

    backwards = any(is_backwards for _migration, is_backwards in plan)
    if using == "default" and not backwards and _is_there(SchoolHoliday):
        calendars.fill()


def _is_there(model: type[Model]) -> bool:
    """Whether the table has been made: someone may migrate one app only."""
    return model._meta.db_table in connection.introspection.table_names()
