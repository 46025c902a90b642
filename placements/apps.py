from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "placements"

    def ready(self) -> None:
        from placements import receivers  # noqa: F401, PLC0415  the registry must be ready before models are imported
