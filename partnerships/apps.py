from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnershipsConfig(AppConfig):
    name = "partnerships"
    verbose_name = _("Organisations and partnerships")

    def ready(self) -> None:
        from partnerships import receivers  # noqa: F401, PLC0415 - connects them, once models are there
