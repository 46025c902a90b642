from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Qualifications")

    def ready(self) -> None:
        from programmes import receivers  # noqa: F401, PLC0415  the registry must be ready before models are imported
        from programmes.imports import qualifications  # noqa: F401, PLC0415  makes its importer known
        from programmes.presenters import added  # noqa: F401, PLC0415  names what it shows elsewhere
