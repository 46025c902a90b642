from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "programmes"

    def ready(self) -> None:
        from programmes import receivers  # noqa: F401, PLC0415  the registry must be ready before models are imported
        from programmes.imports import qualifications  # noqa: F401, PLC0415  makes its importer known
