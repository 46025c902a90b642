from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    name = "partnerships"

    def ready(self) -> None:
        from partnerships import receivers  # noqa: F401, PLC0415 - connects them, once models are there
