from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from meetings import receivers  # noqa: F401, PLC0415 - connects them
        from meetings.presenters import added  # noqa: F401, PLC0415 - names what it shows elsewhere
