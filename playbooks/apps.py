from django.apps import AppConfig


class PlaybooksConfig(AppConfig):
    name = "playbooks"

    def ready(self) -> None:
        from playbooks import receivers  # noqa: F401, PLC0415 - connects them
        from playbooks.presenters import added  # noqa: F401, PLC0415 - names what it shows elsewhere
