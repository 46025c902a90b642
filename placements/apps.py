from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlacementsConfig(AppConfig):
    name = "placements"
    verbose_name = _("Training places")

    def ready(self) -> None:
        from placements import receivers  # noqa: F401, PLC0415  the registry must be ready before models are imported
        from placements.presenters import sign_ups, social_returns  # noqa: F401, PLC0415  names what it shows elsewhere
